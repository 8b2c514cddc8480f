"""EDTF level 1 dates and intervals as first and last day (Extended Date/Time Format, Library of Congress 2019)."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.review.rows import JSON

EARLIEST, LATEST = "0000-01-01", "9999-12-31"
OPEN = {"..", ""}
# First and last month of the seasons 21 (spring) to 24 (winter), northern hemisphere, within one calendar year.
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


def bounds(date: JSON) -> tuple[str, str] | None:
    """The first and last day of a date or interval, qualifiers dropped; None when it is not EDTF level 1."""
    parts = re.sub(r"[~?%]", "", date).split("/") if isinstance(date, str) else []
    if len(parts) == 1:
        return _days(parts[0])
    if len(parts) != 2:
        return None
    first = (EARLIEST, "") if parts[0] in OPEN else _days(parts[0])
    last = ("", LATEST) if parts[1] in OPEN else _days(parts[1])
    return (first[0], last[1]) if first and last else None


def _days(date: str) -> tuple[str, str] | None:
    """The first and last day of a date that is no interval: a day, a month, a season, a year, or with XX for unknown."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date.removesuffix("-XX").removesuffix("-XX"))
    if not found:
        return None
    year, month, day = found[1], int(found[2] or 0), found[3]
    months = SEASONS.get(month, (month, month)) if found[2] else (1, 12)
    if not 1 <= months[0] <= 12:
        return None
    end = calendar.monthrange(int(year), months[1])[1]
    if day and (month in SEASONS or not 1 <= int(day) <= end):
        return None
    return f"{year}-{months[0]:02}-{day or '01'}", f"{year}-{months[1]:02}-{day or end}"


def same_date(gold: Iterable[JSON], pred: JSON) -> bool:
    """Whether a date has the same first and last day as one of gold's; what is no EDTF must be the same value."""
    return any((bounds(pred) or pred) == (bounds(g) or g) for g in gold)


def same_last_day(gold: Iterable[JSON], pred: JSON) -> bool:
    """Whether a due has the same last day as one of gold's: `2021`, `2021-12` and `../2021-12-31` are one."""
    return any(_last(pred) == _last(g) for g in gold)


def _last(date: JSON) -> JSON:
    found = bounds(date)
    return found[1] if found else date


def touch(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Whether two extents in time have a day in common."""
    return a[0] <= b[1] and b[0] <= a[1]
