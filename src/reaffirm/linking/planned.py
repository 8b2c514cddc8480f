"""Which meeting that was held is the one that was planned: the next of the same forum and states."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reaffirm.days import FIRST_DAY, bounds
from reaffirm.linking.keys import chain, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.linking.strands import Strand

LATEST = 400  # days after its window from which a meeting that was held is rather another one
NEXT = "the next meeting of the same forum and states that was held"


def kept(rows: Sequence[Strand], around: Iterable[Strand]) -> Iterator[tuple[str, str, str]]:
    """What was planned before and the meeting that a document is about: (plan, held, why), ids; only the first to tell of the meeting.

    `around` are strands of earlier documents in the same chain of meetings.
    """
    before = sorted(around, key=standing)
    told = [row for row in before if row.convened and row.convened.own]
    for held in (row for row in rows if row.convened and row.convened.own):
        if any(_meeting(other) == _meeting(held) for other in told):
            continue
        plans = [row for row in before if row.again and chain(row) == chain(held) and row.place.meeting != _meeting(held)]
        yield from ((plan.id, held.id, NEXT) for plan in plans if _follows(held, plan, told))


def _meeting(row: Strand) -> str | None:
    return row.convened.meeting if row.convened else None


def _day(row: Strand) -> str | None:
    days = bounds(row.convened.date) if row.convened else None
    return days[1] if days else None


def _follows(held: Strand, plan: Strand, told: Sequence[Strand]) -> bool:
    """Whether a meeting was held after the one at which it was planned, none of the chain between them, and not long after its window."""
    home = next((_day(row) for row in told if _meeting(row) == plan.place.meeting), None)
    base = home or (bounds(plan.place.first) or (FIRST_DAY, FIRST_DAY))[1]
    day = _day(held)
    if day is None or day <= base:
        return False
    between = (other for row in told if chain(row) == chain(held) and (other := _day(row)))
    if any(base < other < day for other in between):
        return False
    window = bounds(plan.due)
    return window is None or (date.fromisoformat(day) - date.fromisoformat(window[1])).days <= LATEST
