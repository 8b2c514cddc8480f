"""iCalendar (RFC 5545): one all-day event on the last day of each bounded due date.

The time stamp that the format asks for is that of the epoch, so that the same ledger gives the same bytes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from reaffirm.days import LAST_DAY, bounds
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.export.jsonl import Item
    from reaffirm.readings import Commitment, Duty

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def calendar(items: Iterable[Item[Commitment, Duty]]) -> bytes:
    """The calendar of the commitments that have a due date, in order of date, then of id; lines end as the format wants."""
    book = Calendar()
    book.add("prodid", f"-//Reaffirm//{VERSION}//EN")
    book.add("version", "2.0")
    due = ((days[1], item) for item in items if item.derived and (days := bounds(item.derived.due)) and days[1] != LAST_DAY)
    for day, item in sorted(due, key=lambda pair: (pair[0], pair[1].row.id)):
        book.add_component(_event(day, item))
    return bytes(book.to_ical())


def _event(day: str, item: Item[Commitment, Duty]) -> Event:
    row, duty = item.row, item.derived
    event = Event()
    event.add("uid", f"{row.id}@reaffirm")
    event.add("dtstamp", EPOCH)
    event.add("dtstart", date.fromisoformat(day))
    event.add("summary", f"Due: {' '.join(row.action.exact.split())}")
    who = f"Parties: {', '.join(duty.parties)}. To act: {', '.join(duty.undertaker)}. " if duty else ""
    words = f" ({row.due.exact})" if row.due else ""
    event.add("description", f"{who}Due {duty.due if duty else '?'}{words}. {item.doc} [{row.action.start}, {row.action.end}).")
    return event
