"""The board of commitments: what is late, due, open or carried out on a day, who is bound, and how strongly."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query, Request, Response

from reaffirm.days import bounds
from reaffirm.errors import UsageError
from reaffirm.fates import Promise
from reaffirm.ledger import Ledger
from reaffirm.readings import Band, Polarity
from reaffirm.store.items import Wanted
from reaffirm.store.listings import State
from reaffirm.store.records import Breakdown
from reaffirm.web.answering import at
from reaffirm.web.page import page
from reaffirm.web.pages import OTHERS
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, given

Words = Annotated[str, Query(max_length=300)]
Day = Annotated[str, Query(max_length=40, description="The day for which to say what is due (EDTF); today unless given.")]


@dataclass(frozen=True, slots=True)
class Board:
    """A sheet of commitments with their state on a day, and the counts by which they may be narrowed."""

    as_of: str
    sheet: Sheet[Promise]
    found: Breakdown
    names: dict[str, str]


@page("/commitments", "commitments.html", "Commitments", menu="Commitments")
def commitments(  # noqa: PLR0913, PLR0917 - one parameter a question
    ledger: Ledger,
    as_of: Day = "",
    state: State | None = None,
    party: Words = "",
    undertaker: Words = "",
    person: Words = "",
    issue: Words = "",
    forum: Words = "",
    band: Band | None = None,
    polarity: Polarity | None = None,
    document: Words = "",
    *,
    positions: bool = False,
    page: PageNumber = 1,
    per: PerPage = PER,
) -> Board:
    """What was promised and its state on a day, the late first: carried out as far as a text tells it, else late, due or open."""
    today = on_day(as_of)
    wanted = Wanted(
        party=party, undertaker=undertaker, person=person, issue=issue, forum=forum, band=band, polarity=polarity, document=document,
        positions=None if positions else False,
    )  # fmt: skip
    rows, found = ledger.board(today, state, wanted, limit=per, offset=(page - 1) * per)
    return Board(today, given(rows, page, per, found.total), found, ledger.issue_names())


@OTHERS.get("/commitments.ics")
def calendar(request: Request, party: Words = "", undertaker: Words = "", issue: Words = "", forum: Words = "") -> Response:
    """The due dates of commitments as a calendar, to be saved."""
    desk = at(request)
    wanted = Wanted(party=party, undertaker=undertaker, issue=issue, forum=forum, due_from="0001", positions=False)
    data = desk.ask(lambda ledger: ledger.calendar(ledger.commitments(**wanted)))
    return Response(data, media_type="text/calendar", headers={"Content-Disposition": 'attachment; filename="commitments.ics"'})


def on_day(as_of: str) -> str:
    """The last day of a date (EDTF), today's if none is given; a `UsageError` for what is no date."""
    days = bounds(as_of or time.strftime("%Y-%m-%d"))
    if days is None or days[1] > "9990":
        message = f"{as_of!r} is no date; write 2021, 2021-03 or 2021-03-16"
        raise UsageError(message)
    return days[1]
