"""The start: what is here, what came last, what is due, what is past its date."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import Query

from reaffirm.days import bounds
from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.readings import Commitment, Duty
from reaffirm.store.records import Item, Received, Status
from reaffirm.web.page import page

FEW = 8
AHEAD, BACK = 366, 366  # days

Day = Annotated[str, Query(max_length=40, description="The day for which to say what is due (EDTF); today unless given.")]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A commitment with the last day of its due, and how many days after `as_of` that is (negative: before)."""

    item: Item[Commitment, Duty]
    last: str
    days: int


@dataclass(frozen=True, slots=True)
class Start:
    """What a ledger holds, the documents that came last, and the deadlines in the year before and after a day."""

    status: Status
    recent: tuple[Received, ...]
    as_of: str
    due: tuple[Deadline, ...]
    past: tuple[Deadline, ...]
    due_total: int
    past_total: int


@page("/", "start.html", "Start")
def start(ledger: Ledger, as_of: Day = "") -> Start:
    """What the ledger holds, what came last, and what is due or past its date on a day."""
    today = asked_day(as_of)
    held = ledger.status(0).placeless()
    ahead = ledger.commitments(due_from=today.isoformat(), due_until=_far(today, AHEAD))
    behind = ledger.commitments(due_from=_far(today, -BACK), due_until=_far(today, -1))
    due = sorted(_deadlines(ahead, today), key=lambda d: (d.last, d.item.doc, d.item.row.id))
    past = sorted(_deadlines(behind, today), key=lambda d: (d.last, d.item.doc, d.item.row.id), reverse=True)
    newest = ledger.recent(FEW)
    return Start(held, newest, today.isoformat(), tuple(due[:FEW]), tuple(past[:FEW]), len(due), len(past))


def asked_day(as_of: str) -> date:
    """The last day that an EDTF expression may mean, today for none; a `UsageError` for what is no date."""
    days = bounds(as_of or time.strftime("%Y-%m-%d"))
    if days is None or days[1] > "9990":
        message = f"{as_of!r} is no date; write 2021, 2021-03 or 2021-03-16"
        raise UsageError(message)
    return date.fromisoformat(days[1])


def _far(today: date, days: int) -> str:
    return (max(today, date(3, 1, 1)) + timedelta(days)).isoformat()


def _deadlines(found: list[Item[Commitment, Duty]], today: date) -> list[Deadline]:
    told = [(item, bounds(item.derived.due)) for item in found if item.derived]
    return [Deadline(item, days[1], (date.fromisoformat(days[1]) - today).days) for item, days in told if days]
