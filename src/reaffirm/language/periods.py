"""Periods of the calendar as TIMEX3 values: shifting them, choosing parts of them, and their EDTF intervals.

A value is `2022`, `2022-03`, `2022-03-16`, `2022-W10`, `2022-W10-WE`, `2022-Q1`, `2022-H1`, `2022-SU`, `199X` (a decade) or `19XX`
(a century), with `X` for every figure that is not known; a time of day hangs on a day (`2022-03-16T14:00`, `2022-03-16TMO`).
After TIMEX3 (TimeML 1.2.1) and ISO 8601; intervals after EDTF (Library of Congress 2019), seasons 21 to 24 as there.
"""

from __future__ import annotations

import datetime as dt
import re

UNKNOWN = {
    "century": "XXXX", "decade": "XXXX", "year": "XXXX", "half": "XXXX-HX", "quarter": "XXXX-QX", "season": "XXXX-XX",
    "month": "XXXX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "day": "XXXX-XX-XX",
}  # fmt: skip
SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
LAST_MONTH = {"SP": 5, "SU": 8, "FA": 11, "WI": 12}  # northern; a winter is named by the year in which it begins
DAY = re.compile(r"\d{4}-\d\d-\d\d")
YEARS = {"year": 1, "decade": 10, "century": 100}
MONTHS = {"month": 1, "quarter": 3, "half": 6}


def base(value: str | None) -> str | None:
    """The year, month or day at which a period lies, as `YYYY[-MM[-DD]]`; None where its year is not known."""
    if value is None or not re.match(r"\d{4}", value):
        return None
    value = value.partition("T")[0].partition("/")[0]
    if m := re.match(r"(\d{4})-W(\d\d)(?:-(\d))?", value):
        try:
            return str(dt.date.fromisocalendar(int(m[1]), int(m[2]), int(m[3] or 1)))
        except ValueError:
            return m[1]
    found = re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", value)
    if found and len(value) == 10 and not is_day(value):
        return value[:7]
    return value if found else value[:4]


def is_day(value: str) -> bool:
    """Whether a value is a day that the calendar has."""
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


def shift(anchor: str | None, unit: str, n: int) -> str:
    """The period of that unit, n units from the one in which the anchor lies; unknown where the anchor is too coarse for it."""
    try:
        if anchor is None:
            return UNKNOWN[unit]
        if unit in YEARS:
            size = YEARS[unit]
            index, digits = int(anchor[:4]) // size + n, len(str(9999 // size))
            return f"{index:0{digits}}{'X' * (4 - digits)}" if 0 < index <= 9999 // size else UNKNOWN[unit]
        if unit in MONTHS:
            return _months(anchor, MONTHS[unit], n) if len(anchor) >= 7 else _coarse(anchor, unit, n)
        if len(anchor) < 10:
            return _coarse(anchor, unit, n)
        return _days(dt.date.fromisoformat(anchor), unit, n)
    except (OverflowError, ValueError):
        return UNKNOWN[unit]


def _coarse(anchor: str, unit: str, n: int) -> str:
    """What is known of a period when the anchor is coarser than it: of its own the year, and the month of a day."""
    unknown = UNKNOWN[unit]
    if n:
        return unknown
    return anchor + unknown[len(anchor) :] if unit == "day" else anchor[:4] + unknown[4:]


def _months(anchor: str, size: int, n: int) -> str:
    index = (int(anchor[:4]) * 12 + int(anchor[5:7]) - 1) // size + n
    year, part = divmod(index, 12 // size)
    if not 0 < year < 10_000:
        raise ValueError(anchor)
    return f"{year:04}-" + (f"{part + 1:02}" if size == 1 else f"{'Q' if size == 3 else 'H'}{part + 1}")


def _days(day: dt.date, unit: str, n: int) -> str:
    if unit == "day":
        return str(day + dt.timedelta(days=n))
    year, week, _ = (day + dt.timedelta(weeks=n)).isocalendar()
    return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")


def yearly(value: str | None, n: int) -> str | None:
    """The same part of the year that many years away (`1988-Q3` of `1989-Q3` for -1)."""
    return f"{int(value[:4]) + n:04}{value[4:]}" if value and re.match(r"\d{4}", value) and 0 < int(value[:4]) + n <= 9999 else value


def part(value: str, unit: str, which: str) -> str:
    """A named part of a period: the third month of a year (`month`), a day of it (`date`), the fifth day of a week, a season."""
    year = value[:4] if len(value) >= 4 else "XXXX"
    if unit == "weekday":
        return _weekday(value, int(which))
    if unit in {"nth", "easter"}:
        return _feast(year, unit, which)
    if unit == "dates":
        return "/".join(f"{year}-{day}" for day in which.split("/"))
    if unit in {"quarter", "half"}:
        return f"{year}-{unit[0].upper()}{which}"
    return f"{year}-{int(which):02}" if unit == "month" else f"{year}-{which}"


def _weekday(value: str, n: int) -> str:
    m = re.fullmatch(r"(\d{4})-W(\d\d)", value)
    return str(dt.date.fromisocalendar(int(m[1]), int(m[2]), n)) if m else f"XXXX-WXX-{n}"


def nearest(anchor: str | None, unit: str, sign: str, which: str) -> str:
    """The part of the calendar nearest to an anchor: `<=` not after it, `>=` not before it, `<` and `>` without its own.

    `~<` and `~>` lean to one side, but give way where that part is most of a year away and the other is at hand; `~` is the nearer.
    """
    if sign.startswith("~"):
        return _leaning(anchor, unit, sign, which)
    if unit == "weekend":
        before = sign == "<=" and anchor and len(anchor) == 10 and dt.date.fromisoformat(anchor).isoweekday() < 6
        return shift(anchor, unit, -1 if before else 0)
    if anchor is None or (unit == "weekday" and len(anchor) < 10):
        return part("XXXX", unit, which)
    if unit == "weekday":
        return _near_weekday(dt.date.fromisoformat(anchor), sign, int(which))
    if unit in {"nth", "easter"}:
        return _near_feast(anchor, unit, sign, which)
    own, other = _ordinal(anchor, unit, which)
    if own is None:
        return part("XXXX", unit, which)
    step = {"<=": -(other > own), "<": -(other >= own), ">=": int(other < own), ">": int(other <= own)}[sign]
    year = int(anchor[:4]) + step
    while unit == "date" and which == "02-29" and not is_day(f"{year:04}-{which}") and 4 < year < 9990:
        year += -1 if "<" in sign else 1
    return part(f"{year:04}", unit, which)


FAR, NEAR = 8, 2  # months


def _leaning(anchor: str | None, unit: str, sign: str, which: str) -> str:
    past, future = (nearest(anchor, unit, side, which) for side in ("<=", ">="))
    if anchor is None or "X" in past:
        return past
    away = [_apart(anchor, value) for value in (past, future)]
    if None in away:
        return past
    behind, ahead = (n or 0 for n in away)
    if sign == "~<":
        return future if behind > FAR and ahead <= (1 if unit == "month" else NEAR) else past
    if sign == "~>":
        return past if ahead > FAR and behind <= NEAR else future
    return past if behind <= ahead else future


def _apart(a: str, b: str) -> float | None:
    """The months between two dates; days count where both have them."""
    x, y = ([int(n) for n in value[:10].split("-")] for value in (a, b.partition("/")[0]))
    if len(x) < 2 or len(y) < 2:
        return None
    days = (x[2] - y[2]) / 31 if len(x) == len(y) == 3 else 0
    return abs((x[0] - y[0]) * 12 + x[1] - y[1] + days)


def _feast(year: str, unit: str, which: str) -> str:
    """The day of a year on which a movable day falls: `11/4/4` is the fourth Thursday of November, `-2` two days before Easter."""
    if not year.isdigit():
        return f"{year}-XX-XX"
    if unit == "easter":
        return str(_easter(int(year)) + dt.timedelta(days=int(which)))
    month, n, weekday = (int(number) for number in which.split("/"))
    if n < 0:
        last = dt.date(int(year) + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        return str(last - dt.timedelta(days=(last.isoweekday() - weekday) % 7))
    first = dt.date(int(year), month, 1)
    return str(first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (n - 1)))


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    (i, k), m = divmod(c, 4), (a + 11 * h) // 319
    n = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + n + 90) // 25
    return dt.date(year, month, (h - m + n + month + 19) % 32)


def _near_feast(anchor: str, unit: str, sign: str, which: str) -> str:
    year = int(anchor[:4])
    if len(anchor) < 7 or not 1 < year < 9998:
        return "XXXX-XX-XX"
    days = [_feast(f"{y:04}", unit, which) for y in (year - 1, year, year + 1)]
    key = anchor if len(anchor) == 10 else f"{anchor}-15"
    if sign in {"<=", "<"}:
        return [day for day in days if day < key or (sign == "<=" and day == key)][-1]
    return next(day for day in days if day > key or (sign == ">=" and day == key))


def _ordinal(anchor: str, unit: str, which: str) -> tuple[str | None, str]:
    """The place of the anchor in its year and that of the part, in figures that compare; None where the anchor is too coarse."""
    month = anchor[5:7]
    if not month:
        return None, which
    if unit == "month":
        return month, f"{int(which):02}"
    if unit in {"date", "dates"}:
        if len(anchor) == 10:
            return anchor[5:], which[:5]
        return (None, which) if which[:2] == month else (month, which[:2])
    if unit in {"quarter", "half"}:
        size = MONTHS[unit]
        return str((int(month) - 1) // size + 1), which
    last = LAST_MONTH[which]
    began = f"{max(1, last - 2):02}" if which != "WI" else "12"
    return month, began


def _near_weekday(day: dt.date, sign: str, n: int) -> str:
    past = (day.isoweekday() - n) % 7
    away = {"<=": -past, "<": -(past or 7), ">=": -past + 7 * (past > 0), ">": 7 - past}[sign]
    try:
        return str(day + dt.timedelta(days=away))
    except OverflowError:
        return f"XXXX-WXX-{n}"


def interval(value: str | None) -> str | None:
    """The EDTF interval of a value: a year, month, day or season as it stands, else from first to last; None where unknown."""
    if m := re.fullmatch(r"(\d{2,3})(X|XX)", value or ""):
        return f"{m[1]}0/{m[1]}9" if len(m[1]) == 3 else f"{m[1]}01/{int(m[1]) + 1}00"
    if not value or "X" in value:
        return None
    value = value.partition("T")[0]
    if "/" in value or re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return value
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{m[1]}-{SEASONS[m[2]]}"
    if m := re.fullmatch(r"(\d{4})-([QH])([1-4])", value):
        size = 3 if m[2] == "Q" else 6
        return f"{m[1]}-{int(m[3]) * size - size + 1:02}/{m[1]}-{int(m[3]) * size:02}"
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        first = dt.date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
        return f"{first}/{first + dt.timedelta(days=1 if m[3] else 6)}"
    return None


def added(day: str, duration: str) -> str | None:
    """The day a whole duration (`P1Y`, `P18M`, `P2W`, `P90D`) after a day; None for any other."""
    m = re.fullmatch(r"P(\d{1,4})([YMWD])", duration)
    if not m or not is_day(day):
        return None
    n, start = int(m[1]), dt.date.fromisoformat(day)
    try:
        if m[2] in "WD":
            return str(start + dt.timedelta(days=n * (7 if m[2] == "W" else 1)))
        index = start.year * 12 + start.month - 1 + n * (12 if m[2] == "Y" else 1)
        year, month = divmod(index, 12)
        last = (dt.date(year + month // 11, (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
        return str(dt.date(year, month + 1, min(start.day, last)))
    except (OverflowError, ValueError):
        return None
