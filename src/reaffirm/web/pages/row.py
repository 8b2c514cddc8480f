"""One row with all that proves it; rows that have a page of their own lead there."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from reaffirm.ledger import Ledger
from reaffirm.store.records import Explanation
from reaffirm.web.page import Elsewhere, page
from reaffirm.web.templating import doc_url

Row = Annotated[str, Path(max_length=80, description="A row's id, or the beginning of it.")]
ELSEWHERE = {"D": doc_url, "M": "/meeting/{}".format, "T": "/thread/{}".format}


@page("/row/{row}", "row.html", "Row")
def row(ledger: Ledger, row: Row) -> Explanation | Elsewhere:
    """All that the ledger knows about one statement, commitment, demand or problem: words, rule, run, judgements, neighbours."""
    elsewhere = ELSEWHERE.get(row[:1].upper())
    if elsewhere and row[1:2] == "-":
        return Elsewhere(elsewhere(row))
    return ledger.explain(row)
