"""When an undated document can have appeared: bounds from the meetings that it tells and other documents date.

A text that tells of a meeting as held is not older than it; a text that looks forward to one is not younger. Both hold only because
another document, or the text itself, dates that meeting; the evidence says which. What no bound settles stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from reaffirm.days import bounds
from reaffirm.model import UNKNOWN, Card, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reaffirm.model import Document, Span, When
    from reaffirm.readings import Telling

OWN = "telling.own"  # the rule of the row for the meeting that a document is about
PAST = frozenset({"held", "mentioned"})
YEARLESS = re.compile(r"XXXX-(\d\d)-(\d\d)")
Bound = tuple[str, tuple["Span", ...]]


def unbounded(card: Card) -> Card:
    """The card without the bounds, and the date of its meeting, that other documents gave it."""
    stated = tuple(field for field in card.event_dates if field.basis != "inferred" or card.earliest == UNKNOWN)
    return replace(card, earliest=UNKNOWN, latest=UNKNOWN, event_dates=stated)


def bounded(document: Document, tellings: Iterable[Telling], fellows: Mapping[str, Iterable[Telling]], whens: Iterable[When]) -> Card:
    """The card of a document with the bounds of its publication; as it was where the date is known or nothing bounds it.

    Where another document dates the meeting that this one is about, that is the date of its event, inferred.

    `fellows` are, by the id of a telling of this document, the tellings of others that tell the same meeting.
    """
    card = unbounded(document.card)
    if card.published.value is not None:
        return card
    told = [(row, _dating(row, fellows.get(row.id, ()))) for row in tellings]
    first = max((found for row, found in told if found and row.status in PAST), default=None, key=lambda b: (b[0], _keys(b)))
    if first is None:
        return card
    planned = [_planned(row, found, first[0], whens) for row, found in told if row.status == "planned"]
    last = min((b for b in planned if b and b[0] >= first[0]), default=None, key=lambda b: (b[0], _keys(b)))
    own = [_field(found) for row, found in told if found and row.rule.startswith(OWN) and not card.event_dates]
    return replace(card, earliest=_field(first), latest=_field(last) if last else UNKNOWN, event_dates=(*card.event_dates, *own[:1]))


def _keys(bound: Bound) -> list[tuple[str, int]]:
    return [(span.document, span.start) for span in bound[1]]


def _field(bound: Bound) -> Field:
    return Field(bound[0], "inferred", bound[1])


def _dating(row: Telling, fellows: Iterable[Telling]) -> Bound | None:
    """The day of a meeting, known here or from a fellow to the day, with the words that tell it and the words that date it."""
    for telling in (row, *sorted(fellows, key=lambda t: t.id)):
        days = bounds(telling.date)
        if days and days[0] == days[1]:
            return days[0], tuple(dict.fromkeys([row.evidence[0], telling.when or telling.evidence[0]]))
    return None


def _planned(row: Telling, found: Bound | None, earliest: str, whens: Iterable[When]) -> Bound | None:
    """The day before which a text that looks forward to a meeting appeared; a day without a year is the next one of that name."""
    if found or row.when is None:
        return found
    value = next((w.value or "" for w in whens if w.phrase.start <= row.when.start < w.phrase.end), "")
    m = YEARLESS.fullmatch(value)
    day = m and _next(earliest, int(m[1]), int(m[2]))
    return (day, (row.evidence[0], row.when)) if day else None


def _next(earliest: str, month: int, day: int) -> str | None:
    """The first such day of a year on or after another; None for a day that is in few calendars."""
    first = date.fromisoformat(earliest)
    try:
        here = date(first.year, month, day)
        return (here if here >= first else date(first.year + 1, month, day)).isoformat()
    except ValueError:
        return None
