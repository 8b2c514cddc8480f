"""Who asks what of whom, and what was promised in answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from reaffirm.ledger import Ledger
from reaffirm.readings import Call, Commitment, Demand, DemandClass, Duty
from reaffirm.store.items import Wanted
from reaffirm.store.records import Breakdown, Item
from reaffirm.web.page import page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, given

Words = Annotated[str, Query(max_length=300)]
Every = Annotated[bool, Query(alias="all", description="Evaluations, open questions and inferences as well.")]


@dataclass(frozen=True, slots=True)
class Answered:
    """A demand, the later commitment of those asked that does what was asked, and why it is taken for one; None if there is none."""

    item: Item[Demand, Call]
    answer: Item[Commitment, Duty] | None
    why: str


@dataclass(frozen=True, slots=True)
class Demands:
    """A sheet of demands with their answers, and the counts by which they may be narrowed."""

    sheet: Sheet[Answered]
    found: Breakdown
    names: dict[str, str]


@page("/demands", "demands.html", "Demands", menu="Demands")
def demands(  # noqa: PLR0913, PLR0917 - one parameter a question
    ledger: Ledger,
    holder: Words = "",
    target: Words = "",
    issue: Words = "",
    document: Words = "",
    since: Words = "",
    until: Words = "",
    state: DemandClass | None = None,
    *,
    every: Every = False,
    page: PageNumber = 1,
    per: PerPage = PER,
) -> Demands:
    """What is asked of whom by whom, by document and place, each with the later commitment that answers it."""
    wanted = Wanted(holder=holder, target=target, issue=issue, document=document, since=since, until=until)
    if not every and state in {None, "demand"}:
        wanted["kinds"] = ("demand",)
    rows, found = ledger.asked(state, wanted, limit=per, offset=(page - 1) * per)
    answers = ledger.answers([item.row.id for item in rows])
    told = [Answered(item, *answers.get(item.row.id, (None, ""))) for item in rows]
    return Demands(given(told, page, per, found.total), found, ledger.issue_names())
