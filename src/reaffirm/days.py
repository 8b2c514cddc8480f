"""The first and last day of a date in EDTF, so that the ledger can be asked for a period."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

from reaffirm.errors import UsageError

FIRST_DAY, LAST_DAY = "0000-01-01", "9999-12-31"
LEAP_YEAR = 2000
DATE = re.compile(r"(?P<year>[\dX]{4})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?[~?%]?", re.ASCII)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DOUBTS = {"~": "about", "?": "perhaps", "%": "perhaps about"}  # marks of EDTF
# EDTF seasons, quarters, quadrimesters and halves as months (northern; a winter may be at either end).
PARTS_OF_YEAR = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (1, 12), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip


@lru_cache(maxsize=1 << 14)
def bounds(edtf: str | None) -> tuple[str, str] | None:
    """The first and last day of an EDTF date or interval; None when it is unknown or no date."""
    first, slash, last = (edtf or "").strip().partition("/")
    if not slash:
        return _days(first)
    begin, end = _edge(first, FIRST_DAY), _edge(last, LAST_DAY)
    if begin is None or end is None or begin[0] > end[1]:
        return None
    return begin[0], end[1]


def period(since: str | None, until: str | None) -> tuple[str, str]:
    """The first day of one date and the last of the other, open where none is given; a `UsageError` for what is no date."""
    first = bounds(since) if since else (FIRST_DAY, FIRST_DAY)
    last = bounds(until) if until else (LAST_DAY, LAST_DAY)
    if first is None or last is None:
        message = f"{since if first is None else until!r} is no date; write 2021, 2021-03 or 2021-03-16"
        raise UsageError(message)
    return first[0], last[1]


def _edge(side: str, open_day: str) -> tuple[str, str] | None:
    return (open_day, open_day) if side in ("", "..") else _days(side)


def _days(date: str) -> tuple[str, str] | None:
    found = DATE.fullmatch(date)
    if not found:
        return None
    year, month, day = found["year"], found["month"], found["day"]
    low, high = year.replace("X", "0"), year.replace("X", "9")
    months = _months(month)
    if months is None:
        return None
    length = monthrange(LEAP_YEAR if "X" in year else int(year), months[1])[1]
    if day is None or day == "XX":
        return f"{low}-{months[0]:02}-01", f"{high}-{months[1]:02}-{length:02}"
    valid = months[0] == months[1] and 1 <= int(day) <= length
    return (f"{low}-{months[0]:02}-{day}", f"{high}-{months[1]:02}-{day}") if valid else None


def _months(month: str | None) -> tuple[int, int] | None:
    if month is None or month == "XX":
        return 1, 12
    number = int(month)
    return (number, number) if number in range(1, 13) else PARTS_OF_YEAR.get(number)


def spoken(day: str | None) -> str:
    """A day or period (EDTF) as a sentence has it: 14 March 2033, about March 2033, 2033, January to June 2033; else as it is written."""
    if not day:
        return "an unknown day"
    first, slash, last = day.partition("/")
    if slash and first not in {"", ".."} and last not in {"", ".."}:
        return f"{spoken(first)} to {spoken(last)}"
    if slash:
        return f"{spoken(first)} or later" if last in {"", ".."} else f"{spoken(last)} or earlier"
    if day[-1] in DOUBTS:
        return f"{DOUBTS[day[-1]]} {spoken(day[:-1])}"
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", day)
    if not found or (found[2] and not 1 <= int(found[2]) <= len(MONTHS)):
        return day
    year, month, of_month = found.groups()
    return " ".join(filter(None, (str(int(of_month)) if of_month else "", MONTHS[int(month) - 1] if month else "", year)))
