"""The words of time: numbers, units, months, weekdays, seasons, parts of the day; and the regular expressions made of them."""

from __future__ import annotations

import re

from reaffirm.language.dates import MONTHS, WEEKDAYS

ONES_IN_ORDER = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS_IN_ORDER = "twenty thirty forty fifty sixty seventy eighty ninety"
ORDINALS_IN_ORDER = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth eighteenth nineteenth twentieth"
)
ONES = {word: n for n, word in enumerate(ONES_IN_ORDER.split())}
TENS = {word: 10 * n for n, word in enumerate(TENS_IN_ORDER.split(), 2)}
ORDINALS = {word: n for n, word in enumerate(ORDINALS_IN_ORDER.split(), 1)} | {"twenty-first": 21, "twenty first": 21, "twenty-second": 22}
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "W", "fortnight": "2W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "centurie": "C", "millennium": "L",
}  # fmt: skip
PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "mornings": "MO", "afternoons": "AF", "evenings": "EV",
    "nights": "NI",
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}


def cased(words: list[str]) -> str:
    """An alternation of the words with a capital first letter or all in capitals, longest first."""
    return "|".join(form for word in sorted(words, key=len, reverse=True) for form in (word.capitalize(), word.upper()))


WHOLE_MONTHS = [month for month in MONTHS if len(month) > 4 or month in {"may", "june", "july"}]
SHORT_MONTHS = [month for month in MONTHS if month not in WHOLE_MONTHS]
MONTH = rf"(?:{cased(WHOLE_MONTHS)}|(?:{cased(SHORT_MONTHS)})\b\.?)"
WEEKDAY = rf"(?:{cased(list(WEEKDAYS))}|(?:Mon|Tues|Wed|Thurs|Fri)\.)"
TEEN = "|".join(sorted((w for w in ONES if w != "zero"), key=len, reverse=True))
TEN = "|".join(TENS)
WORDED = rf"(?:(?:{TEN})(?:[- ](?:{TEEN}))?|{TEEN})"
HALVES = r"(?:[ -]and[ -](?:a[ -]half|one[ -]half|a[ -]quarter)| 1/2|½)"
COUNT = (
    rf"(?:(?:{WORDED}|an?) (?:hundred|thousand|million)(?: (?:and )?{WORDED})?|{WORDED} thousand|{WORDED}"
    r"|\d{1,3}(?:,\d{3})+|\d{1,5}(?:\.\d{1,2})?"
    r"|(?:a )?couple(?: of)?|a few|few|several|many|a dozen|half a dozen|dozens of|hundreds of|thousands of"
    r"|(?:a )?half(?: an?)?|a quarter(?:[ -]of[ -]an?)?|an?)"
)
UNIT = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|centur(?:y|ie)|millennium)"
UNITS_ = rf"(?:{UNIT}s?\b|millennia\b)"
VAGUE = {"few", "several", "many", "dozens", "hundreds", "thousands", "some"}


def number(words: str) -> float | None:
    """The number that words or figures name (`seven`, `twenty-four`, `2 1/2`, `a couple of`); None where they are vague."""
    words = re.sub(r"[-\s]+", " ", words.casefold()).strip()
    if words.startswith(("couple", "a couple")):
        return 2
    if set(words.split()) & VAGUE:
        return None
    if re.fullmatch(r"(?:a )?half(?: an?)?", words):
        return 0.5
    if words.startswith("a quarter"):
        return 0.25
    more = 0.0
    for tail, plus in ((" and a half", 0.5), (" and one half", 0.5), (" 1/2", 0.5), ("½", 0.5), (" and a quarter", 0.25)):
        if words.endswith(tail):
            words, more = words.removesuffix(tail).strip(), plus
    return _whole(words) + more


def _whole(words: str) -> float:
    total = 0.0
    for word in words.replace(",", "").split():
        if re.fullmatch(r"\d+(?:\.\d+)?", word):
            total += float(word)
        elif word in {"hundred", "thousand", "million", "dozen"}:
            total = (total or 1) * {"hundred": 100, "thousand": 1000, "million": 10**6, "dozen": 12}[word]
        elif word == "half":
            total += 0.5
        else:
            total += ONES.get(word, TENS.get(word, 1 if word in {"a", "an"} else 0))
    return total


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 value of so many units: `P7Y6M`, `PT2H`, `P2W`, `PXY` where the number is vague."""
    code = UNITS[unit]
    if count is not None and code in LONG:
        count, code = count * LONG[code], "Y"
    time, letter = ("T", code[1]) if code.startswith("T") else ("", code)
    if letter == "2W":
        count, letter = (None if count is None else 2 * count), "W"
    if count is None:
        return f"P{time}X{letter}"
    if count == int(count):
        return f"P{time}{int(count)}{letter}"
    smaller = {"Y": ("M", 12), "E": ("Y", 10), "M": ("D", 30), "W": ("D", 7), "H": ("M", 60), "M_": ("S", 60), "C": ("Y", 100)}
    if (letter == "M" and time) or letter in smaller:
        less, per = smaller["M_" if letter == "M" and time else letter]
        whole, rest = int(count), round((count - int(count)) * per)
        return f"P{time}{f'{whole}{letter}' if whole else ''}{rest}{less}" if letter != "D" else f"P{count:g}D"
    return f"P{time}{count:g}{letter}" if letter != "D" else f"PT{count * 24:g}H"


LONG = {"E": 10, "C": 100, "L": 1000}  # ISO 8601 has no letter for these


def singular(unit: str) -> str:
    """The singular of a unit's name, lower case."""
    unit = unit.casefold()
    if unit == "millennia":
        return "millennium"
    if unit == "centuries":
        return "century"
    return unit.removesuffix("s")


def ordinal(word: str) -> int:
    """The number of an ordinal (`third`, `21st`), 0 for none."""
    word = word.casefold()
    m = re.match(r"\d+", word)
    return int(m.group()) if m else ORDINALS.get(word, 0)


def month(word: str) -> int:
    """The number of a month by its name or abbreviation."""
    return MONTHS[word.casefold().rstrip(".")]


def weekday(word: str) -> int:
    """The ISO number of a weekday (Monday is 1) by its name or abbreviation."""
    head = word.casefold()[:3]
    return next(n for n, name in enumerate(WEEKDAYS, 1) if name.startswith(head))
