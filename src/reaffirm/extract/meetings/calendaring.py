"""When, where and in what form an occasion takes place, by the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.extract.meetings.occasions import STOP
from reaffirm.language import periods
from reaffirm.language.dates import MONTHS, WEEKDAYS
from reaffirm.language.times import Anchors, anchors, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.extract.meetings.occasions import Occasion, Words
    from reaffirm.model import Card, Document, Span, When

FAR = 110  # code points between an occasion and its date
NAME = r"[A-Z][\w'.-]*(?:(?: +(?:of|de|del|la|do))? +[A-Z][\w'-]*){0,3}"
PLACE = re.compile(rf"\b(?:in|at|hosted by) (?:the )?({NAME})")
DATELINE = re.compile(rf"^\W{{0,2}}({NAME}), (?:\w+day, )?(?:\d{{1,2}} [A-Z]|[A-Z][a-z]+\.? \d{{1,2}})")
CALENDAR = re.compile(rf"(?:{'|'.join([*MONTHS, *WEEKDAYS])})\b", re.IGNORECASE)
DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")
UNTIL = re.compile(r"(?:before|by|until|no later than)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of an occasion: an EDTF value, None while its expression is unanchored, and the words that give it."""

    value: str | None
    when: Span | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The time expressions of a document by place, settled as far as its card goes, with what the card knows."""

    whens: tuple[When, ...]
    starts: tuple[int, ...]
    card: Card

    def between(self, start: int, end: int) -> tuple[When, ...]:
        """The expressions that begin within an extent."""
        return self.whens[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def calendar(times: Iterable[When], document: Document) -> Calendar:
    """The calendar of a document; where its publication lies between two days, what both of them say is settled as well."""
    ordered = sorted(times, key=lambda w: w.surface.start)
    first, last = _ends(document.card)
    known = anchors(document.card)
    if first and last:
        ordered = [w if w.interval else _agreed(w, first, last, known) for w in ordered]
    return Calendar(tuple(ordered), tuple(w.surface.start for w in ordered), document.card)


def _ends(card: Card) -> tuple[str | None, str | None]:
    """The first and the last day on which a document can have appeared, where it is known to lie between two days."""
    first, _, last = (card.published.value or "").partition("/")
    ends = (first, last) if last else (card.earliest.value or "", card.latest.value or "")
    return (ends[0], ends[1]) if periods.is_day(ends[0]) and periods.is_day(ends[1]) else (None, None)


def told_by(card: Card) -> str | None:
    """The last day on which a document can have been told: that of its publication, else the latest that others leave."""
    return (card.published.value or "").rpartition("/")[2] or card.latest.value or None


def _agreed(when: When, first: str, last: str, known: Anchors) -> When:
    """The expression as both ends of an interval of publication settle it; unchanged where they differ."""
    one, other = (resolve(when, Anchors(day, known.event or day, known.event), {}) for day in (first, last))
    return one if one.interval and one.interval == other.interval else when


def day(card: Card) -> str | None:
    """The one date that a card gives its event; None where it gives none or several."""
    values = {f.value for f in card.event_dates if f.value}
    return values.pop() if len(values) == 1 else None


def dated(occasion: Occasion, others: Iterable[Occasion], known: Calendar) -> Dated | None:
    """The date of an occasion: an expression inside its words, else behind them, else before them, in the same clause."""
    line = occasion.line
    within = [w for w in known.between(line.start, line.end) if _dates(w)]
    heads = [(line.start + o.head[0], line.start + o.head[1]) for o in others if o is not occasion and o.line is line]
    low, high = occasion.start, max(occasion.end, occasion.reach, line.start + occasion.head[1])
    inside = [w for w in within if low <= w.surface.start < high]
    behind = [w for w in within if w.surface.start >= high and _joined(line.text, high - line.start, w.phrase.start - line.start)]
    before = [w for w in within if w.surface.end <= low and _joined(line.text, w.surface.end - line.start, low - line.start)]
    for w in (*inside, *behind[:1], *before[-1:]):
        a, b = sorted((w.surface.start, line.start + occasion.head[0]))
        if not any(a <= x and y <= b and not (low <= x < high) for x, y in heads):
            return Dated(_value(w, occasion.status, known.card), w.phrase)
    return None


def _dates(when: When) -> bool:
    """Whether an expression can be the date of a meeting: no reference to past or future at large, no repetition, no "since"."""
    if when.type == "DURATION":
        return "within" in when.rule.split()
    wrong = {"since", "event"} & set(when.rule.split()) or when.phrase.exact.casefold().startswith("since")
    vague = (when.value or "").endswith("_REF") or when.granularity in {"decade", "century"}
    return when.type in {"DATE", "TIME"} and not wrong and not vague


def _joined(text: str, start: int, end: int) -> bool:
    return 0 <= end - start <= FAR and STOP.search(text, start, end) is None


def _value(when: When, status: str | None, card: Card) -> str | None:
    """The interval of a date; one that says "before" or "by" a time to come runs from the day of telling."""
    here = day(card) or card.published.value
    if when.type == "DURATION":
        first = (here or "").partition("/")[0]
        end = periods.added(first, when.value or "")
        return when.interval or (f"{first}/{end}" if end else None)
    if when.interval is None:
        return None
    first, _, last = when.interval.partition("/")
    if status == "planned" and (first == ".." or UNTIL.match(when.phrase.exact)):
        end = _last(last or first)
        return f"{here.partition('/')[0]}/{end}" if here and here < end else f"../{end}"
    return when.interval


def _last(value: str) -> str:
    """The last day of a year or month; any other value as it stands."""
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-12-31"
    if re.fullmatch(r"\d{4}-(?:0\d|1[0-2])", value):
        return str(periods.added(f"{value}-01", "P1M") and _before(periods.added(f"{value}-01", "P1M") or ""))
    return value


def _before(value: str) -> str:
    return periods.shift(value, "day", -1)


def earlier(date: str | None, duration: str | None) -> str | None:
    """The approximate date a duration before a date: a month where it counts months, else a year; None where either is unknown."""
    m = DURATION.fullmatch(duration or "")
    if not m or not (m[1] or m[2]) or not date or not re.match(r"\d{4}", date):
        return None
    years, months = int(m[1] or 0), int(m[2] or 0)
    first = date.partition("/")[0]
    if not months:
        return f"{int(first[:4]) - years:04}~" if int(first[:4]) > years else None
    if len(first) < 7:
        return None
    index = int(first[:4]) * 12 + int(first[5:7]) - 1 - years * 12 - months
    return f"{index // 12:04}-{index % 12 + 1:02}~" if index > 12 else None


def bounds(date: str | None) -> tuple[str, str] | None:
    """The first and last day of an EDTF value as they compare; None where it is unknown."""
    if not date:
        return None
    first, slash, last = date.replace("~", "").replace("?", "").partition("/")
    low = "" if first == ".." else first
    high = (last if slash else first).replace("..", "")
    return low, f"{high}\uffff" if high else "\uffff"


def apart(one: str | None, other: str | None) -> bool:
    """Whether two dates are both known and have no day in common."""
    a, b = bounds(one), bounds(other)
    return a is not None and b is not None and (a[1] < b[0] or b[1] < a[0])


def place(occasion: Occasion, known: Words) -> str | None:
    """The place that the words of an occasion, or those right behind, give; None for an occasion that is online."""
    text = occasion.line.text
    end = max(occasion.end - occasion.line.start, occasion.reach - occasion.line.start, occasion.head[1])
    stop = next((s.start() for s in STOP.finditer(text, end)), len(text))
    for m in PLACE.finditer(text, occasion.start - occasion.line.start, min(stop, end + 90)):
        name = " ".join(m.group(1).rstrip(".,").split()).removesuffix("'s")
        if not CALENDAR.match(name) and not known.nouns.search(name):
            return name
    return None


def form(occasion: Occasion, known: Words) -> str | None:
    """The form that the words in and near an occasion give: in person or online; None where they give none."""
    start, end = occasion.start - occasion.line.start, occasion.end - occasion.line.start
    near = occasion.line.text[max(0, start) : end + 60]
    found = known.first("format", near)
    return found.value if found else None


def dateline(document: Document) -> str | None:
    """The place in a note or opening line that consists of place and day; None where there is none."""
    for block in document.blocks[:12]:
        if block.kind in {"note", "heading", "standfirst"} and block.end - block.start < 60:
            m = DATELINE.match(document.text[block.start : block.end].replace("\u00a0", " "))
            if m and not CALENDAR.match(m[1]):
                return m[1]
    return None
