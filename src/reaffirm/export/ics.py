"""iCalendar (RFC 5545): due dates of commitments on their last day, and planned meetings over the days on which they may be.

Only what has a last day is an event; a meeting whose first day is open stands on that day alone. The time stamp that the format asks for is
that of the epoch, so that the same ledger gives the same bytes. `X-REAFFIRM-ROW` holds all of a row as JSON.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from reaffirm.export.book import extent
from reaffirm.export.escapes import coded, legible
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.export.book import Book, Row

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def data(book: Book) -> bytes:
    """The calendar of a book."""
    return calendar(book.rows["commitments"], book.rows["meetings"], book.provenance())


def calendar(commitments: Iterable[Row], meetings: Iterable[Row] = (), provenance: Iterable[tuple[str, str]] = ()) -> bytes:
    """The calendar of the commitments that have a due date and the meetings that are planned, in order of date, then of id."""
    book = Calendar()
    book.add("prodid", f"-//Reaffirm//{VERSION}//EN")
    book.add("version", "2.0")
    told = "; ".join(f"{what} {value}" for what, value in provenance)
    if told:
        book.add("x-wr-caldesc", coded(told))
    due = [(last, last, row, _due(row)) for row in commitments if (last := extent(row["due"])[1])]
    planned = [(first or last, last, row, _planned(row)) for row in meetings for first, last in [extent(row["date"])]
               if last and row["status"] == "planned"]  # fmt: skip
    for first, last, row, (title, text) in sorted((*due, *planned), key=lambda found: (found[1], found[2]["id"])):
        book.add_component(_event(first, last, row, title, text))
    return bytes(book.to_ical())


def _due(row: Row) -> tuple[str, str]:
    who = f"Parties: {', '.join(row['parties'])}. To act: {', '.join(row['undertaker'])}. "
    words = f" ({row['due_span']['text']})" if row["due_span"] else ""
    action = row["action"]
    return f"Due: {action['text']}", f"{who}Due {row['due']}{words}. {row['doc']} [{action['start']}, {action['end']})."


def _planned(row: Row) -> tuple[str, str]:
    places = [f"“{place['text']}” {place['doc']} [{place['start']}, {place['end']})" for place in row["evidence"]]
    return f"Planned: {row['forum'] or row['kind']}", f"Date {row['date']}. With {', '.join(row['participants'])}. {'; '.join(places)}."


def _event(first: str, last: str, row: Row, title: str, text: str) -> Event:
    event = Event()
    event.add("uid", f"{row['id']}@reaffirm")
    event.add("dtstamp", EPOCH)
    event.add("dtstart", date.fromisoformat(first))
    if first != last:
        event.add("dtend", date.fromisoformat(last) + timedelta(days=1))  # the day after, as the format has it
    event.add("summary", legible(title))
    event.add("description", coded(text, "\r\x7f"))
    if row.get("place"):
        event.add("location", legible(row["place"]))
    event.add("x-reaffirm-row", json.dumps(row))
    return event
