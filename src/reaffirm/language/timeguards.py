"""What only looks like a time: "may" and "March" that are no months, years that count things, halves of games, ages, ratios."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

I = re.IGNORECASE  # noqa: E741 - as in the module `re`
TIMELY = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|last|next|this|late|early|mid|from|to|before|after|during|and|or|each|every|through|between|for|on"
    r"|around|about|as|than|previous|past|coming|end|begin|beginning|following|throughout|over|sometime|later|earlier|into)[ -]"
    r"|[(,-] ?|mid-)\Z",
    I,
)
YEARLY = re.compile(
    r",? (?:of )?(?:(?:1[5-9]|20|21)\d\d\b|last year|this year|next year|of (?:last|this|next|that) year)|-(?:to-)?[A-Z]"
)
COUNTED = re.compile(
    r" ?(?:%|percent|per cent|million|billion|people|men|women|troops|ships|vessels|soldiers|tons|tonnes|dollars|yen|euros|miles|kilomet|km"
    r"|feet|meters|metres|points|pages|persons|workers|jobs|cases|votes|shares|cars|homes|households|employees|students|refugees|members"
    r"|units|nautical|hectares|acres|pounds|hours|aircraft|missiles|warheads|degrees|GMT)"
)
NUMBERED = re.compile(
    r"(?:\b(?:no|nos|number|resolution|resolutions|article|articles|section|sections|paragraph|paragraphs|room|flight|page|pages|chapter"
    r"|rule|document|order|directive|regulation|act no|line|boeing|model|channel|highway|route|index|windows|office)\.?|[$€£#/+]) ?\Z",
    I,
)
OLD_YEAR = re.compile(r"\b(?:in|since|of|by|until|from|before|after|during|around|between|about) \Z|\(\Z", I)
LETTERED = re.compile(r"(?<!\b[Mm]id)(?<!\b[Pp]re)(?<!\b[Pp]ost)(?<=[A-Za-z])-\Z")
HOLIDAY = re.compile(r"\b(?:Bloody|Good|Black|Ash|Palm|Easter|Super|Maundy|Ruby|Holy|Joe|Cyber|Fat) \Z")
ONE = re.compile(r"an? (?:second|minute|quarter|day|night|half|hour|week|month|year|decade|century)")
STRETCH = re.compile(
    r"\b(?:within|for|in|than|about|nearly|almost|over|after|barely|only|just|least|of|lasted|takes?|took|spent|every|some|around|under"
    r"|up to|once|and|is) \Z",
    I,
)
FALL = re.compile(r"\b(?:in|by|until|since|during|before|after|early|late|next|of) \Z")
ADVERBIAL = re.compile(r" ?(?:[.,;:)]|$|(?:at|in|on|to|by|for|from|with|and|or|basis|until|since)\b)")
RATED = re.compile(r"(?:%|percent|per cent|\d|million|billion|units|dollars|euros|tons|tonnes|barrels) \Z", I)
AFTER_MONTH = re.compile(r"(?:uary|ch|April|May|June|July|gust|ber),? \Z")
HOURLY = re.compile(r"\b(?:at|from|until|till|by|around|about|before|after|since) \Z", I)


def holds(rule: str, text: str, start: int, end: int) -> bool:
    """Whether a match of a rule is a time where it stands."""
    guard = GUARDS.get(rule)
    return guard is None or guard(text[start:end], text[max(0, start - 20) : start], text[end : end + 20])


def _month(word: str, before: str, after: str) -> bool:
    if len(word.rstrip(".")) <= 3 and word.casefold() != "may":
        return word.endswith(".") or YEARLY.match(after) is not None
    if re.match(r"'?s?-(?:based|born)", after):
        return False
    if word.casefold() in {"may", "march", "august"}:
        named = re.match(r" [A-Z][a-z]+ ", after)
        return YEARLY.match(after) is not None or (TIMELY.search(before) is not None and not named)
    return True


def _year(word: str, before: str, after: str) -> bool:
    if len(word) > 4:
        return True  # "the year 2040"
    if NUMBERED.search(before) or LETTERED.search(before) or COUNTED.match(after):
        return False
    things = re.match(r" [a-z]+s\b", after)
    if not 1900 <= int(word) <= 2099:
        return OLD_YEAR.search(before) is not None and not things
    return not things or before.endswith("the ") or TIMELY.search(before) is not None


def _spelled(word: str, before: str, _after: str) -> bool:
    return "thousand" not in word.casefold() or word[:3].casefold() == "the" or AFTER_MONTH.search(before) is not None


def _season(word: str, before: str, after: str) -> bool:
    """Not the fall of a city, nor a spring of hope, nor a season in a name."""
    if re.match(r"-| (?:Olympic|Games)", after) or (word[0].isupper() and re.search(r"\b[A-Z][a-z]+ \Z", before)):
        return False
    if YEARLY.match(after):
        return True
    season = word.casefold().removeprefix("the ")
    if season == "fall":
        return word.casefold() == "the fall" and FALL.search(before) is not None and not re.match(" of", after)
    if season == "spring":
        return TIMELY.search(before) is not None and not re.search(r"\b(?:to|and|or|of|from) \Z", before)
    told = word.casefold().startswith("the ") or TIMELY.search(before)
    return bool(told) and not re.match(r" of (?!\d|nineteen|last|this|next|that)", after)


def _weekday(_word: str, before: str, after: str) -> bool:
    nth = re.search(r"\b(?:first|second|third|fourth|fifth|last) \Z", before) and re.match(r" (?:of|in) ", after)
    return not nth and not HOLIDAY.search(before) and not after.startswith("-based")


def _duration(word: str, before: str, after: str) -> bool:
    """Not an age, a rate ("ten dollars a year") or a share ("three quarters of the states")."""
    if re.match(r"[- ]{0,3}(?:of age|olds?)\b", after) or before.endswith(("$", "€", "£")):
        return False
    if not ONE.fullmatch(word.casefold()):
        return not (word.casefold().endswith("quarters") and after.startswith(" of"))
    measured = re.search(r"\b(?:within|than|about|nearly|almost|over|half) \Z", before)
    if re.match(r" (?:of|when|in which|that|for|to|and)\b", after) and not measured:
        return False
    return STRETCH.search(before) is not None


def _the(word: str, _before: str, after: str) -> bool:
    if re.match(r" (?:before|after)\b", after):
        return False  # "the year before the vote" hangs on the vote
    of_days = re.match(r" of (?:the )?(?:\d|[A-Z])", after) and word.endswith("week")
    return word[4].islower() and (bool(of_days) or not re.match(r" (?:of|in which|when|that)\b(?! (?:19|20)\d\d)", after))


def _clock(word: str, before: str, after: str) -> bool:
    """Not a ratio or a verse: bare figures are a time only behind a preposition of time."""
    if re.match(r"\d|[-/]\d", after) or re.search(r"[.\d:]\Z", before):
        return False
    return not re.fullmatch(r"\d{1,2}:\d\d(?::\d\d)?", word) or HOURLY.search(before) is not None


def _deictic(word: str, before: str, _after: str) -> bool:
    """Not the end of a newspaper's name."""
    return not (word in {"Today", "Tomorrow"} and re.search(r"[A-Z][A-Za-z]+ \Z", before))


def _relative(word: str, _before: str, after: str) -> bool:
    """Not a name ("This Week"), nor a part of something ("the last decade of the century")."""
    if re.match(r"(?:the )?(?:last|first|previous)\b", word, I) and re.match(r" of (?:the|[A-Z]|\d)", after):
        return False
    return not re.match(r"[a-z]+ [A-Z]", word[1:])


def _relpart(_word: str, _before: str, after: str) -> bool:
    return not re.match(r" (?:before|after)\b", after)


def _fiscal(word: str, before: str, _after: str) -> bool:
    return not (before.casefold().endswith(" a ") and word[-1].isalpha())


def _present(word: str, _before: str, after: str) -> bool:
    if word.casefold() == "current":
        return not re.match(r" (?:account|affairs|and former)", after)
    return not (word.casefold() == "now" and re.match(r",? (?:that|then)\b|-", after))


def _future(word: str, _before: str, after: str) -> bool:
    return not word.endswith("Future") and not (word.casefold() == "soon" and re.match(r" (?:after|as)\b", after))


def _packed(word: str, before: str, after: str) -> bool:
    """Not part of a name ("Easter Island", "The Daily Courier"); "quarterly" only where it is no adjective of business."""
    if before.endswith("-"):
        return False
    if word[0].isupper() and re.match(r" [A-Z][a-z]", after) and not re.match(r" (?:In|The|On)\b", after):
        return False
    if word.casefold() in {"quarterly", "yearly", "hourly"}:
        return ADVERBIAL.match(after) is not None and word[0].islower()
    if word.casefold() in {"annually", "per annum"} and RATED.search(before):
        return False  # a rate, as "a year" is in "ten dollars a year"
    return not (re.fullmatch(r"Weekly|Daily|Monthly", word) and before) and not (word == "Thanksgiving" and before.endswith("a "))


def _set(_word: str, _before: str, after: str) -> bool:
    return not re.match(r" (?:since|of the)\b", after)


GUARDS: dict[str, Callable[[str, str, str], bool]] = {
    "month": _month, "year": _year, "season": _season, "weekday": _weekday, "duration": _duration, "the": _the, "clock": _clock,
    "spelled": _spelled, "fiscal": _fiscal, "relative": _relative, "relpart": _relpart, "deictic": _deictic, "present": _present,
    "future": _future, "set": _set, "packed": _packed,
}  # fmt: skip
