"""What the words of time mean: a lexicon of core expressions, each read as a small program that an anchor completes.

A program is a row of steps apart by blanks: `=2022` (a value), `year-1` (the year before the anchor's), `month:3` (the third month
of what was said so far), `month<=3` (the last March not after the anchor), `T15:00`, `P20Y` (a duration or set), `ref:PAST_REF`.
`~` stands for a direction that the tense of the sentence settles. Steps are evaluated by `reaffirm.language.times`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reaffirm.language import timewords as w
from reaffirm.language.periods import is_day
from reaffirm.language.timepatterns import MIDDLE, NEARBY, ORD, SEASON

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.language.timepatterns import Lexicon
    from reaffirm.model import TimeMod, TimeType

Kind = Literal[
    "date", "monthday", "month", "season", "quarter", "half", "year", "weekday", "day", "week", "clock", "daypart", "span", "set", "ref",
    "barred",
]


@dataclass(frozen=True, slots=True)
class Core:
    """A core expression: its extent, what kind of word it is for its neighbours, and its program."""

    start: int
    end: int
    kind: Kind
    program: str
    type: TimeType = "DATE"
    granularity: str | None = None
    mod: TimeMod | None = None
    fuzzy: bool = False
    text: bool = False  # hangs on a date told before ("the next day")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a core say, apart from where they stand."""

    kind: Kind
    program: str
    type: TimeType = "DATE"
    granularity: str | None = None
    mod: TimeMod | None = None
    fuzzy: bool = False
    text: bool = False


TEXTUAL = re.compile(r"(?:that|the (?:same|following|previous|preceding|next))\b", re.IGNORECASE)


def _find(pattern: str, words: str) -> re.Match[str] | None:
    return re.search(pattern, words, re.IGNORECASE)


def _iso(words: str) -> Reading | None:
    numbers = re.findall(r"\d+", words)
    day = f"{numbers[0]}-{int(numbers[1]):02}-{int(numbers[2]):02}"
    if not is_day(day):
        return None
    if len(numbers) > 3:
        return Reading("date", f"={day} T{':'.join(numbers[3:])}", "TIME", "day")
    return Reading("date", f"={day}", granularity="day")


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _numeric(words: str) -> Reading | None:
    if m := re.fullmatch(r"(\d+).([IVX]+).(\d+)", words):
        value = f"{m[3]}-{ROMAN.index(m[2]) + 1:02}-{int(m[1]):02}"
        return Reading("date", f"={value}", granularity="day") if is_day(value) else None
    a, b, year = (int(n) for n in re.findall(r"\d+", words))
    if a <= 12 and b <= 12 and a != b:  # day and month cannot be told apart
        return None
    month, day = (a, b) if a <= 12 else (b, a)
    value = f"{year}-{month:02}-{day:02}"
    return Reading("date", f"={value}", granularity="day") if is_day(value) else None


def _clock(words: str) -> Reading | None:
    lower = words.casefold()
    if "noon" in lower or "midday" in lower:
        return Reading("clock", "day+0 T12:00", "TIME", "day", text=True)
    if "midnight" in lower:
        return Reading("clock", "day+0 T24:00", "TIME", "day", text=True)
    if re.fullmatch(r"\d{4} hours", lower):
        return Reading("clock", f"day+0 T{lower[:2]}:{lower[2:4]}", "TIME", "day", text=True)
    m = _find(r"(\d{1,2}?)(?:[:.]?(\d\d))?(?::\d\d)?(?!\d)(?:-(\d{1,2}))?", lower)
    if m is None:
        return None
    hour, minute = int(m[1]), m[2]
    if re.search(r"p\.?m", lower) and hour < 12:
        hour += 12
    if re.search(r"a\.?m", lower) and hour == 12:
        hour = 0
    return Reading("clock", f"day+0 T{hour:02}:{minute or '00'}", "TIME", "day", text=True) if hour < 25 else None


MONTH_IN = re.compile(w.MONTH)
NUMBER_IN = re.compile(r"\d{1,2}")


def _monthday(words: str) -> Reading | None:
    found = MONTH_IN.search(words)
    if found is None:
        return None
    month, rest = w.month(found.group()), words[: found.start()] + " " + words[found.end() :]
    days = [int(n) for n in NUMBER_IN.findall(rest)]
    if not days:
        ordinal = _find(ORD, rest)
        days = [w.ordinal(ordinal.group())] if ordinal else []
    if not days or not all(is_day(f"2000-{month:02}-{day:02}") for day in days):
        return Reading("barred", "")
    if len(days) > 1 and days[0] < days[1]:
        return Reading("monthday", f"dates~{month:02}-{days[0]:02}/{month:02}-{days[1]:02}", granularity="day")
    return Reading("monthday", f"date~{month:02}-{days[0]:02}", granularity="day")


def _nthday(words: str) -> Reading | None:
    found = list(MONTH_IN.finditer(words))
    day = _find(w.WEEKDAY, words)
    if not found or day is None:
        return None
    lower = words.casefold()
    n = -1 if "last " in lower else next(w.ORDINALS[word] for word in ("first", "second", "third", "fourth") if word in lower)
    return Reading("monthday", f"nth~{w.month(found[-1].group())}/{n}/{w.weekday(day.group())}", granularity="day")


def _month(words: str) -> Reading:
    return Reading("month", f"month~{w.month(words)}", granularity="month")


def _weekday(words: str) -> Reading:
    if words.casefold().endswith("days"):
        return Reading("set", f"XXXX-WXX-{w.weekday(words)}", "SET", "day")
    return Reading("weekday", f"weekday~{w.weekday(words)}", granularity="day")


def _named(words: str) -> Reading | None:
    """Last March, next Monday, this summer, every July."""
    lower = words.casefold()
    every = lower.startswith(("each", "every"))
    sign = "<" if re.search(r"\b(?:last|past|previous)\b", lower) else ">" if re.search(r"\b(?:next|coming|following)\b", lower) else "~"
    text = bool(re.match(r"the (?:previous|following|same)|that", lower))
    if day := _find(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:mon|tues|wed|thurs|fri)\.", lower):
        n = w.weekday(day.group())
        if every:
            return Reading("set", f"XXXX-WXX-{n}", "SET", "day")
        program = f"week+0 weekday:{n}" if lower.startswith("this") and sign == "~" else f"weekday{sign}{n}"
        return Reading("weekday", program, granularity="day", text=text)
    if season := _find(SEASON, lower):
        code = w.SEASONS[season.group()]
        if every or (lower.endswith("s")):
            return Reading("set", f"XXXX-{code}", "SET", "quarter")
        program = f"year+0 season:{code}" if sign == "~" else f"season{sign}{code}"
        return Reading("season", program, granularity="quarter", text=text)
    month = MONTH_IN.search(words)
    if month is None:
        return None
    n = w.month(month.group())
    if every:
        return Reading("set", f"XXXX-{n:02}", "SET", "month")
    return Reading("month", f"year+0 month:{n}" if sign == "~" else f"month{sign}{n}", granularity="month", text=text)


def _year(words: str) -> Reading:
    return Reading("year", f"={words.rsplit(maxsplit=1)[-1]:>04}", granularity="year")


def _short(words: str) -> Reading:
    n = int(words[1:])
    return Reading("year", f"={n + (1900 if n >= 40 else 2000)}", granularity="year")


def _yearspan(words: str) -> Reading | None:
    a, b = re.split(r"[-/]", words)
    b = a[:-2] + b if len(b) == 2 else b
    return Reading("date", f"={a}/{b}", granularity="year") if int(a) < int(b) else None


def _fiscal(words: str) -> Reading | None:
    lower = words.casefold()
    if m := re.search(r"(\d{4})(?:[-/]\d*(\d\d))?", lower):
        return Reading("year", f"=FY{m[1]}{f'-{m[2]}' if m[2] else ''}", granularity="year")
    if m := re.search(r"fys? ?'?(\d\d)", lower):
        return Reading("year", f"=FY20{m[1]}", granularity="year")
    if "year" not in lower or lower.endswith("years"):
        return None
    offset = -1 if re.search(r"last|previous|latest", lower) else 1 if re.search(r"next|coming", lower) else 0
    return Reading("year", f"year{offset:+} fiscal", granularity="year")


def _decade(words: str) -> Reading:
    figures = "".join(re.findall(r"\d", words))
    return Reading("year", f"={figures[:-1] if len(figures) == 4 else '19' + figures[0]}X", granularity="decade")


def _century(words: str) -> Reading | None:
    if words.casefold().endswith("centuries"):
        return None
    if m := _find(ORD, words):
        return Reading("year", f"={w.ordinal(m.group()) - 1:02}XX", granularity="century")
    offset = -1 if _find("last|previous", words) else 1 if _find("next", words) else 0
    return Reading("year", f"century{offset:+}", granularity="century")


def _spelled(words: str) -> Reading | None:
    lower = words.casefold().removeprefix("the year ")
    if lower.startswith("two thousand"):
        return Reading("year", f"={int(2000 + (w.number(lower[12:].replace(' and', '')) or 0))}", granularity="year")
    n = w.number(re.sub(r"\bo(?:h)?\b", "", lower[9:])) or 0
    return Reading("year", f"=19{int(n):02}", granularity="year")


def _deictic(words: str) -> Reading:
    lower = words.casefold()
    if lower == "tonight":
        return Reading("daypart", "day+0 TNI", "TIME", "day")
    offset = -2 if "before" in lower else 2 if "after" in lower else {"today": 0, "yesterday": -1, "tomorrow": 1}[lower]
    return Reading("day", f"day{offset:+}", granularity="day")


def _relpart(words: str) -> Reading | None:
    """This morning, last night, the following evening, every afternoon."""
    lower = words.casefold()
    daypart = lower.rsplit(maxsplit=1)[-1].removeprefix("mid-").removeprefix("mid")
    code = w.PARTS.get(daypart)
    if code is None:
        return None
    if lower.startswith(("every", "each")):
        return Reading("set", f"XXXX-XX-XXT{code}", "SET", "day")
    text = lower.startswith(("the", "that"))
    if lower.split()[0] == "the" and not re.search("next|following|previous", lower):
        return Reading("daypart", f"day+0 T{code}", "TIME", "day", text=True)
    offset = -1 if re.search("last|previous", lower) else 1 if re.search("next|following", lower) else 0
    mod: TimeMod | None = "START" if "early" in lower else "END" if " late" in lower else "MID" if "mid" in lower else None
    return Reading("daypart", f"day{offset:+} T{code}", "TIME", "day", mod, text=text)


GRAIN = {"Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter", "E": "decade", "C": "century"}


def _set(words: str) -> Reading | None:
    lower = re.sub(" +", " ", words.casefold())
    unit = w.singular(re.split(r"[ -]", lower)[-1])
    if unit in {"second", "minute", "weekend"} and "times" not in lower:
        return None
    count = 2.0 if re.search(r"\b(?:other|every second)\b", lower) else 3.0 if "third" in lower else 1.0
    m = re.match(rf"(?:every|each) ({w.COUNT})(?: |-to-)", lower)
    if m:
        count = w.number(m[1]) or 1.0
    return Reading("set", w.duration(count, unit), "SET", _grain(unit))


def _grain(unit: str) -> str | None:
    unit = {"night": "day", "weekend": "day", "fortnight": "week", "centurie": "century"}.get(unit, unit)
    return unit if unit in {"day", "week", "month", "quarter", "half", "year", "decade", "century"} else None


REACH = re.compile(r"past|last|previous|preceding|latest|recent", re.IGNORECASE)


def _span(words: str) -> Reading | None:
    """The past 20 years, the next few weeks, recent months, the coming years, the first nine months."""
    lower = re.sub(" +", " ", words.casefold())
    m = re.search(rf"(?:^| )({NEARBY}) (?:({w.COUNT})(?:[- ]to[- ]{w.COUNT})?(?: (?:more|full))?[ -])?({w.UNITS_})", lower)
    if m is None:
        return None
    unit, word = w.singular(m[3]), m[1]
    if m[2] is None:
        if not m[3].endswith(("s", "ia")) or word in {"first", "final", "initial", "last"}:
            return None
        if word in {"recent", "past", "latest"}:
            return Reading("ref", "ref:PAST_REF", fuzzy=True)
        return Reading("ref", "ref:FUTURE_REF", "DATE", None, fuzzy=True)
    count = w.number(m[2])
    anchored = word not in {"first", "final", "initial"}
    direction = "" if not anchored else " back" if REACH.search(word) else " ahead"
    return Reading("span", w.duration(count, unit) + direction, "DURATION", _grain(unit), _or_so(lower), count is None or "or so" in lower)


def _or_so(lower: str) -> TimeMod | None:
    return "APPROX" if re.search(r"couple|or so$|or so |or two|few", lower) and "few" not in lower else None


DURATION = re.compile(rf"({w.COUNT}(?:(?: to | or |-to-){w.COUNT})?{w.HALVES}?){MIDDLE}[ -]({w.UNITS_})", re.IGNORECASE)
EITHER = re.compile(r" to | or |-to-")
SHIFTED = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century"}


def _duration(words: str) -> Reading | None:
    """Seven and a half years, five-year, three months ago, a week later."""
    lower = re.sub(" +", " ", words.casefold())
    m = DURATION.search(lower)
    if m is None:
        return None
    unit, counted = w.singular(m[2]), m[1]
    count = w.number(EITHER.split(counted)[0])
    if count is not None and re.search(r" and an? half\b", lower[m.end() :]):
        count += 0.5
    if unit == "second" and (counted in {"a", "an", "one"} or not m[2].endswith("s")):
        return None
    if unit == "quarter" and not m[2].endswith("s") and "-" not in words:
        return None
    mod = _or_so(lower)
    if tail := re.search(r" (ago|earlier|later|from now|hence|before|previously|beforehand|afterwards?)$|('s? time)$", lower):
        return _moved(count, unit, tail[1] or "hence", mod)
    return Reading("span", w.duration(count, unit), "DURATION", _grain(unit), mod, count is None)


def _moved(count: float | None, unit: str, tail: str, mod: TimeMod | None) -> Reading:
    back = tail in {"ago", "earlier", "before", "previously", "beforehand"}
    text = tail not in {"ago", "from now", "hence"}
    code = w.UNITS[unit]
    if count is None and text:
        return Reading("span", w.duration(None, unit), "DURATION", _grain(unit), mod, fuzzy=True)
    if count is None:
        return Reading("ref", f"ref:{'PAST' if back else 'FUTURE'}_REF", "DATE", None, mod, fuzzy=True)
    if code.startswith("T"):
        return Reading("span", w.duration(count, unit), "DURATION", None, mod)
    step = "week" if code == "2W" else SHIFTED.get(code, "year")
    count *= {"2W": 2, **w.LONG}.get(code, 1)
    step = "year" if code in w.LONG else step
    if count != int(count) and step == "year":
        step, count = "month", count * 12
    n = int(count)
    return Reading("date", f"{step}{'-' if back else '+'}{n}", "DATE", step, mod, text=text)


def _quarterly(words: str) -> Reading | None:
    lower = words.casefold()
    if m := re.fullmatch(r"q([1-4]).(\d{4})|(\d{4}).?q([1-4])", lower):
        return Reading("date", f"={m[2] or m[3]} quarter:{m[1] or m[4]}", granularity="quarter")
    if m := re.search(r"q([1-4])|([1-4])q", lower):
        n = int(m[1] or m[2])
    elif lower.endswith("quarters"):
        return None
    elif "latest" in lower:
        return Reading("quarter", "quarter-1", granularity="quarter")
    else:
        n = next(n for word, n in (("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("final", 4)) if word in lower)
    return Reading("quarter", f"quarter<={n}", granularity="quarter")


def _half(words: str) -> Reading:
    lower = words.casefold()
    return Reading("half", f"half:{1 if 'first' in lower or '1' in lower else 2}", granularity="half")


def _season(words: str) -> Reading:
    return Reading("season", f"season~{w.SEASONS[words.casefold().rsplit(maxsplit=1)[-1]]}", granularity="quarter")


def _relative(words: str) -> Reading | None:
    """This week, last year, the following month, that day, the current quarter."""
    lower = words.casefold()
    if lower.endswith(" and a half"):
        unit = lower.split()[-4]
        return Reading("span", w.duration(1.5, unit) + " back", "DURATION", _grain(unit)) if unit in w.UNITS else None
    if lower.endswith(" ahead"):
        lower = f"the coming {lower.split()[1]}"
    mod: TimeMod | None = "APPROX" if lower.endswith((" or so", " or two")) else None
    lower = re.sub(r" or (?:so|two)$", "", lower)
    unit = lower.rsplit(maxsplit=1)[-1]
    if unit in {"hour", "minute", "half", "period"}:
        return None
    of_now = (lower.startswith("the next") and unit != "day") or lower.startswith("the previous year")
    text = TEXTUAL.match(lower) is not None and not of_now
    back = re.search(r"\b(?:last|previous|past|preceding|latest)\b", lower)
    ahead = re.search(r"\b(?:next|coming|following|upcoming)\b", lower)
    offset = -1 if back else 1 if ahead else 0
    if lower.startswith("the past") and unit in {"decade", "century"}:
        return Reading("span", w.duration(1, unit) + " back", "DURATION", _grain(unit))
    if unit == "day" and offset == 0 and not text:
        return None
    kind: Kind = "year" if unit in {"year", "decade"} else "week" if unit == "week" else "day" if unit == "day" else "date"
    return Reading(kind, f"{unit}{offset:+}", granularity=_grain(unit), mod=mod, text=text)


def _ago(words: str) -> Reading:
    lower = words.casefold()
    if "year" in lower and not lower.startswith("years"):
        m = re.search(r"(first|second|third|fourth) ", lower)
        if m:
            return Reading("quarter", f"year-1 quarter:{w.ordinal(m[1])}", granularity="quarter")
        return Reading("date", "quarter-5" if "quarter" in lower else "year-1", granularity="year")
    return Reading("ref", "ref:PAST_REF", fuzzy=True)


def _yearend(words: str) -> Reading:
    lower = words.casefold()
    if "century" in lower:
        return Reading("date", "century+0", granularity="century", mod="START")
    if "millennium" in lower:
        return Reading("date", "=2000", granularity="year", mod="APPROX", fuzzy=True)
    if "turn" in lower:
        return Reading("year", "year+0", granularity="year", mod="START")
    return Reading("date", "year+0 date:12-31", granularity="day")


def _the(words: str) -> Reading:
    lower = re.sub(" +", " ", words.casefold())
    if m := re.fullmatch(r"the (\w+) (before|after)( last| next)?", lower):
        return _beside(m[1], -1 if m[2] == "before" else 1, of_now=m[3] is not None)
    unit = lower.rsplit(maxsplit=1)[-1]
    if unit == "quarter":
        return Reading("quarter", "quarter-1", granularity="quarter")
    if unit == "weekend":
        return Reading("date", "weekend~", granularity="day")
    kind: Kind = "year" if unit in {"year", "decade"} else "week" if unit == "week" else "date"
    return Reading(kind, f"{unit}+0", granularity=_grain(unit), text=unit == "day")


def _beside(unit: str, way: int, *, of_now: bool) -> Reading:
    """The day before, the week after: of what was told; the month before last, the year after next: of now."""
    if unit == "night":
        return Reading("daypart", f"day{way:+} TNI", "TIME", "day", text=True)
    kind: Kind = "year" if unit == "year" else "week" if unit == "week" else "day" if unit == "day" else "date"
    return Reading(kind, f"{unit}{2 * way if of_now else way:+}", granularity=_grain(unit), text=not of_now)


def _bare(words: str) -> Reading:
    unit = w.singular(words.rsplit(maxsplit=1)[-1])
    return Reading("span", w.duration(None, unit), "DURATION", _grain(unit), fuzzy=True)


def named(words: str, lexicon: Lexicon) -> Reading | None:
    """What words of the calendar pack say."""
    lower = words.casefold()
    decades = (e for form, e in lexicon.entries.items() if e.kind == "decade" and lower.endswith(form))
    name, _, nth = lower.rpartition(" ")
    entry = lexicon.entries.get(lower) or next(decades, None) or (lexicon.entries.get(name) if nth.isdigit() else None)
    if entry is None:
        return None
    if entry.kind == "set":
        return Reading("set", entry.value, "SET", GRAIN.get(entry.value[-1]) if "T" not in entry.value else None)
    if entry.kind == "decade":
        mod: TimeMod | None = "START" if "early" in lower else "END" if "late " in lower else "MID" if "mid" in lower else None
        return Reading("year", f"={entry.value}X", granularity="decade", mod=mod, fuzzy=mod == "MID")
    if entry.kind == "era" and nth.isdigit():
        return _year_of_era(entry.value, int(nth))
    if entry.kind == "era":
        return Reading("date", f"={entry.value}", fuzzy=True) if lower.startswith("the ") else None
    unit = "date" if re.fullmatch(r"\d\d-\d\d", entry.value) else "easter" if "easter" in entry.value else "nth"
    return Reading("monthday", f"{unit}~{entry.value.removeprefix('easter')}", granularity="day")


def _year_of_era(value: str, n: int) -> Reading | None:
    """The fifth year of a reign or an era that counts its years from one; None behind its end."""
    first, _, last = value.partition("/")
    year, end = int(first[:4]) + n - 1, int(last[:4]) if last.strip(".") else 9999
    return Reading("year", f"={year}", granularity="year") if n > 0 and year <= end else None


FIGURED = {"yesterday": "PAST", "today": "PRESENT", "tomorrow": "FUTURE"}
READERS: dict[str, Callable[[str], Reading | None]] = {
    "iso": _iso, "numeric": _numeric, "clock": _clock, "monthday": _monthday, "nthday": _nthday, "named": _named, "month": _month,
    "weekday": _weekday,
    "fiscal": _fiscal, "decade": _decade, "century": _century, "yearspan": _yearspan, "year": _year, "short": _short, "spelled": _spelled,
    "deictic": _deictic, "relpart": _relpart, "set": _set, "span": _span, "duration": _duration, "quarterly": _quarterly, "half": _half,
    "season": _season, "relative": _relative, "ago": _ago, "yearend": _yearend, "the": _the,
    "ended": lambda _: Reading("span", "P1Y", "DURATION", "year"), "bare": _bare,
    "figured": lambda words: Reading("ref", f"ref:{FIGURED[words.casefold()]}_REF", fuzzy=True),
    "someday": lambda _: Reading("ref", "ref:FUTURE_REF", fuzzy=True),
    "while": lambda _: Reading("span", "PXX", "DURATION", fuzzy=True),
    "eventful": lambda _: Reading("ref", "event", fuzzy=True),
    "present": lambda _: Reading("ref", "ref:PRESENT_REF"),
    "past": lambda _: Reading("ref", "ref:PAST_REF"),
    "future": lambda words: Reading("ref", "ref:FUTURE_REF", fuzzy="future" not in words.casefold()),
}  # fmt: skip
