"""What a careful reader would query, by severity and kind, in documents and between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query

from reaffirm.chronology import Queried
from reaffirm.ledger import Ledger
from reaffirm.model import Severity
from reaffirm.store.records import Breakdown, Count, Facet
from reaffirm.web.page import page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, given, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

Words = Annotated[str, Query(max_length=300)]
Where = Annotated[Literal["in", "between"], Query(description="In single documents, or between documents.")]

LARGE = 200  # documents more than which are not all read beside each other while somebody waits


@dataclass(frozen=True, slots=True)
class Problems:
    """A sheet of problems, the gravest first, and the counts by which they may be narrowed.

    `whole` is false where what is found only by reading all documents beside each other was left out, because there are too many; of
    one document only reports that hardened are left out then.
    """

    where: Literal["in", "between"]
    sheet: Sheet[Queried]
    found: Breakdown
    whole: bool


@page("/problems", "problems.html", "Problems", menu="Problems")
def problems(  # noqa: PLR0913, PLR0917 - one parameter a question
    ledger: Ledger, where: Where = "in", severity: Severity | None = None, kind: Words = "", document: Words = "", page: PageNumber = 1,
    per: PerPage = PER,
) -> Problems:  # fmt: skip
    """What a careful reader would query in documents, or between them, each with the words that it rests on."""
    if where == "in":
        rows, found = ledger.queried(document or None, severity, kind or None, limit=per, offset=(page - 1) * per)
        return Problems(where, given(rows, page, per, found.total), found, whole=True)
    whole = ledger.size() <= LARGE
    between = ledger.between(document or None, across=whole)
    kept = [q for q in between if severity in {None, q.problem.severity} and kind in {"", q.problem.kind}]
    facets = (_facet("severity", [q.problem.severity for q in between]), _facet("kind", [q.problem.kind for q in between]))
    return Problems(where, sheet(kept, page, per), Breakdown(len(kept), facets), whole=whole)


def _facet(name: str, values: Sequence[str]) -> Facet:
    return Facet(name, tuple(Count(value, n) for value, n in sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))))
