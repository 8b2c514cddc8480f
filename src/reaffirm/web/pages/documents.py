"""The list of documents."""

from __future__ import annotations

from reaffirm.ledger import Ledger
from reaffirm.store.records import Filed
from reaffirm.web.page import page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, given


@page("/documents", "documents.html", "Documents", menu="Documents")
def documents(ledger: Ledger, page: PageNumber = 1, per: PerPage = PER) -> Sheet[Filed]:
    """The documents of the ledger, by name, with what their cards say."""
    rows = ledger.documents(limit=per, offset=(page - 1) * per)
    return given(rows, page, per, ledger.size())
