"""Absolute dates in a text, as EDTF: nothing relative is resolved here and no clock is asked.

Numeric dates with slashes or dots are read only where day and month cannot be confused.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = {
    name: n
    for n, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20|21)\d\d)"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<first>\d{{1,2}})(?: ?- ?| (?:to|and) ){DAY} {MONTH},? {YEAR}\b",
        rf"\b{MONTH} (?P<first>\d{{1,2}})(?: ?- ?| (?:to|and) ){DAY},? {YEAR}\b",
        rf"\b{MONTH} {DAY},? {YEAR}\b",
        rf"\b{DAY}(?: of)? {MONTH},? {YEAR}\b",
        rf"\b{YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        rf"(?<![\d./-])(?P<day>1[3-9]|2\d|3[01])(?P<mark>[./-])(?P<month>0?[1-9]|1[0-2])(?P=mark){YEAR}(?!\d)",
        rf"(?<![\d./-])(?P<month>0?[1-9]|1[0-2])(?P<mark>[./-])(?P<day>1[3-9]|2\d|3[01])(?P=mark){YEAR}(?!\d)",
        rf"(?<!\d){YEAR} ?年 ?(?P<month>\d{{1,2}}) ?月 ?(?P<day>\d{{1,2}}) ?日",
        rf"\b{MONTH},? {YEAR}\b",
        rf"\b{MONTH} {DAY}\b(?!,? ?\d)",
        rf"\b{DAY}(?: of)? {MONTH}(?![\w,]* ?(?:19|20)\d\d)",
    )
)


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A date in a text: its extent and its EDTF value; without a year the value is `XXXX-03-16`."""

    start: int
    end: int
    value: str

    @property
    def complete(self) -> bool:
        """Whether the year is given."""
        return not self.value.startswith("XXXX")


def dates(text: str, start: int = 0, end: int | None = None) -> tuple[Date, ...]:
    """The absolute dates within an extent, not overlapping, in order; the more complete pattern wins."""
    found: list[tuple[int, int, str | None]] = []  # what is no date ("31 June 2031") bars its parts from being one
    text = fold(text)
    for pattern in PATTERNS:
        for m in pattern.finditer(text, start, len(text) if end is None else end):
            if not any(a < m.end() and m.start() < b for a, b, _ in found):
                found.append((m.start(), m.end() - _stop(m), _value(m)))
    return tuple(sorted(Date(a, b, value) for a, b, value in found if value))


def _stop(m: re.Match[str]) -> int:
    """One where the match ends in a full stop that belongs to the sentence, because the month is written out."""
    return int(m.group().endswith(".") and len(m["month"]) > 4)


def _value(m: re.Match[str]) -> str | None:
    parts = m.groupdict()
    month = MONTHS.get(parts["month"].casefold()) or (int(parts["month"]) if parts["month"].isdigit() else 0)
    year, day = parts.get("year"), int(parts.get("day") or 1)
    try:
        dt.date(int(year or 2000), month, day)
    except ValueError:
        return None
    head = f"{year or 'XXXX'}-{month:02}"
    if first := parts.get("first"):
        return f"{head}-{int(first):02}/{head}-{day:02}" if 0 < int(first) < day else None
    return f"{head}-{day:02}" if parts.get("day") else head


def iso(value: str) -> str | None:
    """The date of a metadata value as EDTF (`2033-03-15T06:30+08:00` is 2033-03-15), None when it is no date."""
    m = re.match(r"\s*(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?=$|[T\s])", value)
    if m:
        try:
            dt.date(int(m[1]), int(m[2] or 1), int(m[3] or 1))
        except ValueError:
            return None
        return "-".join(part for part in m.groups() if part)
    found = [d for d in dates(value) if d.complete]
    return found[0].value if len(found) == 1 else None


def latest(value: str, anchor: str) -> str | None:
    """The last day `XXXX-MM-DD` that is not after an anchor day, as a full date; None when the anchor is no day."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", anchor) or not value.startswith("XXXX-"):
        return None
    year = int(anchor[:4])
    same = f"{year}{value[4:]}"
    return next((day for day in (same, f"{year - 1}{value[4:]}") if day <= anchor and _is_day(day)), None)


def _is_day(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def weekday(name: str, anchor: str) -> str | None:
    """The last day of that name that is not after an anchor day."""
    if name.casefold() not in WEEKDAYS or not re.fullmatch(r"\d{4}-\d\d-\d\d", anchor):
        return None
    day = dt.date.fromisoformat(anchor)
    return str(day - dt.timedelta(days=(day.weekday() - WEEKDAYS.index(name.casefold())) % 7))


def urls(url: str) -> Iterator[str]:
    """The dates that a URL's path spells out (`/2033/03/15/`)."""
    for m in re.finditer(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=/|-|$)", url):
        value = iso("-".join(m.groups()))
        if value:
            yield value
