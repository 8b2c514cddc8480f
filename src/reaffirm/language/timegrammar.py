"""How core expressions join: months with years, days with clock times, "the end of", "early", "about", and the preposition before."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from reaffirm.language.timecontext import ENDS, direction
from reaffirm.language.timefiscal import fiscal
from reaffirm.language.timeguards import holds
from reaffirm.language.timepatterns import lexicon
from reaffirm.language.timerules import READERS, Core, named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reaffirm.language.timepatterns import Lexicon
    from reaffirm.model import TimeMod, TimeType
    from reaffirm.packs import Packs

@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression in a paragraph: surface and phrase (from `head`), its program, and what its words say of it."""

    start: int
    end: int
    head: int
    program: str
    type: TimeType
    granularity: str | None
    mod: TimeMod | None
    fuzzy: bool
    text: bool
    anchored: bool
    reach: Literal["since", "until", "within", ""] = ""
    compares: bool = False  # "from a year earlier": what is told is compared with its like


def expressions(text: str, packs: Packs) -> Iterator[Expression]:
    """The time expressions of a paragraph with plain marks and single blanks, in order, none overlapping."""
    low = 0
    for core in joined(text, list(cores(text, lexicon(packs)))):
        if core.kind not in {"barred", "half"}:
            yield _expression(text, _modified(text, core, low), low, packs)
        low = core.end


def cores(text: str, words: Lexicon) -> Iterator[Core]:
    """The core expressions of a paragraph, in order, none overlapping; the first rule that reads a place wins it."""
    at = 0
    for place in words.first.finditer(text):
        m = words.whole.match(text, place.start()) if place.start() >= at else None
        core = _read(text, m, words) if m else None
        if core:
            yield core
            at = core.end


def _read(text: str, m: re.Match[str], words: Lexicon) -> Core | None:
    names = tuple(words.alone)
    for later in names[names.index(m.lastgroup or "") :]:
        found = m if later == m.lastgroup else words.alone[later].match(text, m.start())
        if found is None:
            continue
        reading = named(found.group(), words) if later == "packed" else READERS[later](found.group())
        if reading is not None and holds(later, text, found.start(), found.end()):
            start, end = found.start(), _stop(text, later, found)
            return Core(start, end, **asdict(reading))
    return None


def _stop(text: str, name: str, m: re.Match[str]) -> int:
    """The end of a match, without a full stop that belongs to the sentence because the month is written out."""
    return m.end() - (name == "month" and text[m.start() : m.end()].casefold() in {"may.", "june.", "july."})


# joining

YEARLY = re.compile(r"(?:=(?:FY)?\d{4}(?:-\d\d)?|year[+-]\d+)(?: fiscal)?")
OF_YEAR = re.compile(r"(?:,? |, ?| of | of the | in )")
OF_DAY = re.compile(r" of (?:the )?|,? (?:on |at |around |about )?|,? (?:the )?(?:morning|evening|night) of ")
OF_MONTH = re.compile(r" of | in ")


def joined(text: str, found: list[Core]) -> list[Core]:
    """The cores with those joined that tell one time together: dates with their years first, then clock times with their dates."""
    for joins in ((_with_year, _year_first, _week_day), (_with_day, _week_of)):
        out: list[Core] = []
        for core in found:
            now = core
            while out and (one := _join(text, out[-1], now, joins)):
                out.pop()
                now = one
            out.append(now)
        found = out
    return [_shared_year(text, core, after) for core, after in zip_longest(found, found[1:])]


RANGE = re.compile(r" ?(?:-|to|and|through|until|till) ?(?:the )?(?:end of )?|,? (?:to|until|and) ")
SHARED = re.compile(r"((?:=(?:FY)?\d{4}|year[+-]\d+)) \w+:\S+")


def _shared_year(text: str, core: Core, after: Core | None) -> Core:
    """The core with the year of the one that it runs to ("from January to March 2022")."""
    if after is None or "~" not in core.program or core.kind not in {"month", "monthday"} or after.kind not in {"month", "monthday"}:
        return core
    m = SHARED.fullmatch(after.program)
    if m is None or not RANGE.fullmatch(text[core.end : after.start]):
        return core
    return replace(core, program=f"{m[1]} {core.program.replace('~', ':')}")


def _join(text: str, a: Core, b: Core, joins: Iterable[Callable[[Core, Core, str], Core | None]]) -> Core | None:
    between = text[a.end : b.start]
    return next(filter(None, (join(a, b, between) for join in joins)), None) if len(between) <= 16 else None


def _with_year(a: Core, b: Core, between: str) -> Core | None:
    """March last year, Jan. 8, 2022, the summer of 2032, the first half of this year."""
    if a.kind == "barred" and b.kind == "year":
        return replace(a, end=b.end)
    if a.kind not in {"monthday", "month", "season", "quarter", "half"} or b.kind != "year" or b.mod:
        return None
    step = re.sub(r"(~|[<>]=?)", ":", a.program.split()[-1])
    if not YEARLY.fullmatch(b.program):
        if a.kind == "half" and between == " of ":
            return replace(b, start=a.start, mod="START" if step.endswith("1") else "END")
        return None
    if not OF_YEAR.fullmatch(between) or (a.kind == "month" and between == " in "):
        return None
    if a.kind == "monthday" and between not in {" ", ", ", ",", " of ", " in "}:
        return None
    return replace(a, end=b.end, kind="date" if a.kind == "half" else a.kind, program=f"{b.program} {step}", text=b.text)


def _year_first(a: Core, b: Core, between: str) -> Core | None:
    """Next year's first quarter, the 1988 third quarter, 2033 spring."""
    if a.kind != "year" or b.kind not in {"quarter", "half", "season", "month"} or not YEARLY.fullmatch(a.program) or a.mod:
        return None
    possessive = between in {"'s ", "' "}
    if not possessive and not (between == " " and b.kind == "quarter"):
        return None
    step = re.sub(r"(~|[<>]=?)", ":", b.program.split()[-1])
    return replace(b, start=a.start, kind="date" if b.kind == "half" else b.kind, program=f"{a.program} {step}")


WEEK_OF = re.compile(r" (?:of|beginning|starting|commencing|ending|from)(?: on)? ")
DAILY = {"date", "monthday", "weekday", "day"}


def _with_day(a: Core, b: Core, between: str) -> Core | None:
    """10 p.m. Wednesday, noon Nov. 9, Friday evening, yesterday at 3 p.m."""
    if a.kind in {"clock", "daypart"} and b.kind in DAILY and b.granularity == "day" and OF_DAY.fullmatch(between) and b.type == "DATE":
        return _timed(a.start, b.end, b, a)
    if b.kind == "clock" and a.kind in DAILY and a.granularity == "day" and OF_DAY.fullmatch(between) and a.type == "DATE":
        return _timed(a.start, b.end, a, b)
    if a.kind == "clock" and b.kind == "daypart" and between in {" ", " in "}:
        return replace(b, start=a.start, program=f"{b.program.split()[0]} {a.program.split()[-1]}", type="TIME")
    return None


def _timed(start: int, end: int, day: Core, hour: Core) -> Core:
    clock = hour.program.split()[-1]
    return replace(day, start=start, end=end, program=f"{day.program} {clock}", type="TIME", mod=hour.mod, kind="clock")


def _week_day(a: Core, b: Core, between: str) -> Core | None:
    """Monday of last week; Monday, March 3."""
    if a.kind == "weekday" and b.kind in {"monthday", "date"} and b.granularity == "day" and between in {" ", ", ", ",", " the ", ", the "}:
        return replace(b, start=a.start)
    if a.kind == "weekday" and b.kind == "week" and between in {" of ", " "}:
        step = a.program.replace("~", ":")
        return replace(a, end=b.end, program=f"{b.program} {step}", text=b.text) if ":" in step else None
    return None


def _week_of(a: Core, b: Core, between: str) -> Core | None:
    """The week of 14 March; the week beginning 6 June 2033."""
    if a.kind != "week" or a.program != "week+0" or b.granularity != "day" or b.type != "DATE" or not WEEK_OF.fullmatch(between):
        return None
    return replace(b, start=a.start, program=f"{b.program} week+0", kind="date", granularity="week")


# words before and behind

DAYPART_AFTER = re.compile(r" (?:early |late )?(morning|afternoon|evening|night)(s?)\b(?! of)", re.IGNORECASE)
DAYPARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
BEFORE: list[tuple[str, TimeMod | None, str]] = [
    (r"(?:the )?(?:beginning|start|early (?:part|days|months)|first (?:decade|year|month|week|day)s?) of (?:the )?", "START", ""),
    (r"(?:the )?(?:very )?early(?: in)? (?:the )?|the early-?", "START", ""),
    (r"(?:the )?(?:middle|midpoint) of (?:the )?|(?:the )?mid[- ]?", "MID", ""),
    (r"(?:the )?(?:very )?(?:end|close|last (?:decade|year|month|week|day)s?|latter (?:part|half)|remainder|rest) of (?:the )?", "END", ""),
    (r"(?:the )?late(?: in)? (?:the )?|end[- ](?:of )?", "END", ""),
    (r"(?:much )?earlier(?: in)? (?:the )?", "START", "earlier"),
    (r"later(?: in| on)? (?:the )?", "END", "later"),
    (r"(?:some ?time|any ?time)(?: in| during)? ", None, "fuzzy"),
]
AMOUNT: list[tuple[str, TimeMod]] = [
    (r"about|around|approximately|roughly|some|circa|nearly(?: about)?|or so", "APPROX"),
    (r"almost|just under|less than|fewer than|under", "LESS_THAN"),
    (r"(?:no|not) (?:more|longer) than|at (?:the )?most|up to|a maximum of|as (?:much|many) as|no later than", "EQUAL_OR_LESS"),
    (r"at least|no (?:less|fewer) than|a minimum of|not less than", "EQUAL_OR_MORE"),
    (r"(?:much |far |slightly |a little |well )?(?:more|longer|greater) than|just over|well over", "MORE_THAN"),
]
BEFORES = [(re.compile(rf"(?<![\w-])(?:{pattern})\Z", re.IGNORECASE), mod, extra) for pattern, mod, extra in BEFORE]
AMOUNTS = [(re.compile(rf"(?<![\w-])(?:{pattern}) \Z", re.IGNORECASE), mod) for pattern, mod in AMOUNT]
AWAY = ("year-", "month-", "week-", "day-")
PREPOSITION = re.compile(
    r"(?<![\w-])(?:as of|as from|as early as|as late as|as recently as|ahead of|prior to|up to|up until|no later than|not later than|until"
    r"|till|since|between|within|throughout|through|during|before|after|from|over|for|by|in|on|at|to|of|around|about|under|following|into|beyond"
    r"|towards?|and|upon|as|ever since)( the)? \Z",
    re.IGNORECASE,
)
PHRASAL = re.compile(r"(?:and|of|as|to|under|around|about) ?\Z", re.IGNORECASE)
THE = re.compile(r"(?<![\w-])the \Z", re.IGNORECASE)


def _modified(text: str, core: Core, low: int) -> Core:
    """The core with its article, "early", "the end of", "about" and part of the day."""
    core = _part_of_day(text, core)
    before = text[max(low, core.start - 48) : core.start]
    if core.kind == "daypart" or (core.type == "DATE" and core.kind != "ref"):
        for pattern, mod, extra in BEFORES:
            if m := pattern.search(before):
                if m.group().casefold().endswith("the ") and text[core.start : core.start + 4].casefold() == "the ":
                    continue
                return _bounded(core, core.start - len(m.group()), mod, extra)
    if core.type != "SET" and (core.type in {"DURATION", "TIME"} or core.kind in {"date", "year", "monthday"}):
        for pattern, mod in AMOUNTS:
            if (core.type == "DURATION" or mod == "APPROX" or core.program.startswith(AWAY)) and (m := pattern.search(before)):
                return replace(core, start=core.start - len(m.group()), mod=mod, fuzzy=mod == "APPROX")
    return core


def _bounded(core: Core, start: int, mod: TimeMod | None, extra: str) -> Core:
    program = f"{core.program} {extra}" if extra in {"later", "earlier"} else core.program
    return replace(core, start=start, mod=mod or core.mod, program=program, fuzzy=core.fuzzy or bool(extra) or mod == "MID")


def _part_of_day(text: str, core: Core) -> Core:
    if core.kind not in DAILY or core.granularity != "day" or core.type != "DATE":
        return core
    m = DAYPART_AFTER.match(text, core.end)
    if m is None:
        return core
    return replace(core, end=m.end(), program=f"{core.program} T{DAYPARTS[m[1].casefold()]}", type="TIME")


POSTPONED = re.compile(
    r"\b(?:gave|given|postponed|delayed|extended|adjourned|suspended|put off|deferred|rescheduled|pushed back|planned|called|convened"
    r"|timed)\b[^.;]*\Z",
    re.IGNORECASE,
)
YEAR_END = "year+0 date:12-31"
DEMANDED = re.compile(
    r"\b(?:demanded|ordered|told|asked|urged|warned|required|instructed|pledged|promised|vowed|agreed|wanted|called (?:on|for))\b[^.;]*\Z",
    re.IGNORECASE,
)
OF_EVENT = re.compile(r" (?:of|from|after|following|before|prior to)\b(?! (?:now|today|this|publication))")
WEEKLY = re.compile(r"(?i:earlier|later) (?=(?:this|last|next|the)? ?week\b|[A-Z])")


def _expression(text: str, core: Core, low: int, packs: Packs) -> Expression:
    start = core.start
    if _definite(text, core) and (the := THE.search(text[max(low, start - 4) : start])):
        start -= len(the.group())
    head = start
    if adverb := WEEKLY.match(text, start, core.end + 1):
        start = adverb.end()
    m = PREPOSITION.search(text[max(low, head - 24) : head])
    word = m.group().strip().casefold() if m else ""
    program = fiscal(core.program, text, packs)
    if "~" in program:
        program = program.replace("~", _lean(text, replace(core, start=start, program=program), head, word))
    reach = _reach(text, core, word)
    if reach == "since" and program == YEAR_END:
        program = program.replace("year+0", "year-1")  # the last, not the coming one
    return Expression(
        start,
        core.end,
        head - len(m.group()) if m else head,
        program,
        core.type,
        core.granularity,
        core.mod,
        core.fuzzy,
        core.text,
        _needs(program, reach),
        reach,
        program == "year-1" and _compares(text, start, core.end),
    )


def _lean(text: str, core: Core, head: int, word: str) -> str:
    """To which side of the anchor a core leans, by the tense of its sentence and the preposition before it."""
    lean = direction(text, core.start, core.end)
    yearly = core.kind in {"month", "monthday"} or core.program.startswith("date~")
    if lean == "<=":
        put_off = word in {"until", "till", "to", "by", "for"} and POSTPONED.search(text, max(0, head - 60), head)
        asked = not yearly and word in {"until", "till", "by"} and DEMANDED.search(text, max(0, head - 60), head)
        lean = ">=" if put_off or asked else lean
    if yearly and word in {"by", "until", "till", "no later than", "not later than"}:
        lean = "" if lean == "<=" else ">="  # "ordered that it be paid by 14 January" may lie behind: the nearer one
    if word.endswith("since"):
        return "<="
    return f"~{lean[:1]}" if yearly else lean or "<="


def _reach(text: str, core: Core, word: str) -> Literal["since", "until", "within", ""]:
    if core.type in {"DATE", "TIME"}:
        return "since" if word.endswith("since") else "until" if word in {"until", "till", "up until"} else ""
    return "within" if word == "within" and core.type == "DURATION" and not OF_EVENT.match(text, core.end) else ""


COMPOUND = re.compile(r"year-(?:ago|earlier)", re.IGNORECASE)
APART = re.compile(r"an? year (?:ago|earlier)", re.IGNORECASE)
COMPARING = re.compile(
    r"\b(?:from|than|compared|versus|against|up|down|rose|fell|gain(?:ed|s)?|increase[ds]?|decrease[ds]?|declin(?:ed?|es)|grew|higher|lower"
    r"|above|below)\b",
    re.IGNORECASE,
)


def _compares(text: str, start: int, end: int) -> bool:
    """Whether "a year ago" or "year-earlier" stands for the like of what the sentence reports on."""
    if COMPOUND.search(text, start, end):
        return True
    if not APART.fullmatch(text, start, end):
        return False
    low = max((m.end() for m in ENDS.finditer(text, max(0, start - 240), start)), default=max(0, start - 240))
    return COMPARING.search(text, low, start) is not None


def _definite(text: str, core: Core) -> bool:
    """Whether an article before the core belongs to it: not that of the noun behind "1987" or "two-week"."""
    if core.kind == "year" and re.fullmatch(r"=(?:FY)?[0-9]{4}", core.program):
        return False
    return core.kind in {"year", "season", "quarter", "span", "date"} and "-" not in text[core.start : core.end]


def _needs(program: str, reach: str) -> bool:
    """Whether a program reckons from an anchor."""
    return reach == "within" or program.endswith((" back", " ahead")) or not program.startswith(("=", "P", "XXXX"))
