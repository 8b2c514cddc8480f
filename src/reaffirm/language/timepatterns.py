"""The forms of time expressions: one pattern a rule, all tried in order at every word that can begin one.

A rule may be greedy; what only looks like a time is sorted out by `reaffirm.language.timeguards`, and what the words mean is
told by the reader of that name in `reaffirm.language.timerules`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reaffirm.language import timewords as w
from reaffirm.language.dates import MONTHS, WEEKDAYS
from reaffirm.packs import longest_first

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.packs import CalendarEntry, Packs


def _i(*patterns: str) -> str:
    """Any of the patterns, without regard to case."""
    return f"(?i:{'|'.join(patterns)})"


def _any(*patterns: str) -> str:
    return "|".join(patterns)


YEAR = r"(?:19|20|21)\d\d"
OLDER = r"(?:1[6-9]|20|21)\d\d"
ORD = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ]first|\d{1,2}(?:st|nd|rd|th))"
)
DAYNUM = r"(?:0?[1-9]|[12]\d|3\d)"
NTH = rf"{DAYNUM}(?:st|nd|rd|th)?"
ZONES = "(?:GMT|UTC|EST|EDT|ET|PST|PDT|PT|CST|CDT|JST|BST|CET|CEST|MST)"
ZONE = rf"(?: {ZONES}(?![A-Za-z])| \({ZONES}\)| local time| Eastern(?: time)?)"
ROMAN = "XII|XI|IX|X|VIII|VII|VI|V|IV|III|II|I"
ROMAN_BETWEEN = "|".join(f"{mark}(?:{ROMAN}){mark}" for mark in (r"\.", "/", "-", " "))
DAYPART = r"(?:morning|afternoon|evening|night)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
NO_QUANTITY = r"(?!\d|:\d|%|,\d{3}| ?(?:million|billion|percent|per cent|a\.m|p\.m))"
MIDDLE = r"(?: (?:more|additional|full|further|consecutive|straight|long|whole|successive|trading|working|business|calendar|extra))?"
NEARBY = "past|last|next|coming|following|previous|first|final|preceding|latest|initial|recent|ensuing"
AFTER_WHICH = ("for", "in", "over", "after", "within", "took", "take", "spent")  # "years" behind these is a stretch of time
BEFORE_YEAR = ("in", "since", "of", "by", "until", "from", "before", "after", "during")
THOSE = (
    "world", "worlds", "people", "peoples", "leaders", "follies", "problems", "challenges", "threats", "ideas", "wars", "solutions",
    "generation", "generations", "citizens", "children", "youth", "economy", "technologies", "tools", "institutions", "realities",
)  # "the world of tomorrow" is no day
HOPING = ("will", "would", "could", "may", "might", "can", "shall", "must", "should", "hope", "hopes", "to")
WORKS = "talks|negotiation|war|fighting|violence|debate|delay|efforts?|conflict|discussion|tension"
OFFICE = r"(?:taking|assuming|leaving|entering) (?:office|power)|coming (?:to power|into office)"

RULES: dict[str, str] = {
    "iso": rf"{YEAR}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?(?![\d-])|{YEAR}(?:/\d{{1,2}}/|\.\d{{1,2}}\.)\d{{1,2}}(?!\d)",
    "numeric": _any(rf"\d{{1,2}}[/.]\d{{1,2}}[/.]{YEAR}(?!\d)", rf"\d{{1,2}}(?:{ROMAN_BETWEEN}){YEAR}(?!\d)"),
    "clock": _any(
        rf"\d{{1,2}}(?:[:.]\d\d)?(?:-\d{{1,2}}(?:[:.]\d\d)?)? ?(?:[aApP]\.m\.|(?:am|pm|AM|PM|A\.M|P\.M)\b\.?|o'clock\b){ZONE}?",
        rf"\d{{1,2}}:[0-5]\d(?::[0-5]\d)?(?![\d:-]){ZONE}?",
        rf"(?:[01]\d|2[0-3])[0-5]\d(?:{ZONE}| hours\b(?! of))",
        _i(r"(?:noon|midnight|midday)\b"),
    ),
    "monthday": _any(
        rf"{w.MONTH} (?:{NTH}{NO_QUANTITY}(?: ?(?:-|to|and) ?{DAYNUM}(?!\d|:\d| {w.MONTH}|,\d{{3}}| ?(?:a\.m|p\.m)))?"
        rf"|(?i:(?:the )?{ORD}\b))",
        rf"(?:[tT]he )?{NTH}(?: ?(?:-|/|to|and) ?{NTH})?(?: of| day of)?,? {w.MONTH}(?!\w)",
        rf"(?i:the {ORD})(?: day)? of {w.MONTH}(?!\w)",
        rf"(?i:this {ORD} day of) {w.MONTH}(?!\w)",
    ),
    "nthday": _i("(?:the )?(?:first|second|third|fourth|last) ") + rf"{w.WEEKDAY} (?:of|in) {w.MONTH}(?!\w)",
    "named": _any(
        _i(r"(?:last|next|this|each|every)(?: (?:past|coming))? ") + rf"(?:{w.MONTH}|{w.WEEKDAY})(?!\w)",
        _i(rf"(?:the )?(?:last|next|this|each|every|coming|past|previous|following)(?: (?:past|coming))? {SEASON}s?\b"),
        _i("the (?:previous|following) ") + rf"(?:{w.MONTH}|{w.WEEKDAY})(?!\w)",
        _i(rf"(?:that|the same) {SEASON}\b"),
    ),
    "month": rf"{w.MONTH}(?!\w)",
    "weekday": rf"{w.WEEKDAY}(?:[sS]?\b|(?<=\.))",
    "ended": _i(r"(?:the )?(?:fiscal |full |financial )?year(?= (?:ended|ending|that ended|since)\b)"),
    "fiscal": (
        r"(?:[tT]he )?(?:(?:[cC]urrent|[nN]ext|[lL]ast|[tT]his|[cC]oming|[pP]revious|[lL]atest|full) )?"
        r"(?:(?:[fF]iscal|[bB]udget|[fF]inancial(?= [yY]ear))(?: [yY]ears?\b)?|FYs?)"
        rf"(?: ?-? ?{YEAR}(?:[-/]\d{{2,4}})?(?!\d)| ?'?\d\d(?!\d))?"
        rf"|(?:[tT]he )?{YEAR}(?:[-/]\d\d(?:\d\d)?)? (?:[fF]iscal|[fF]inancial|[bB]udget) [yY]ear\b"
    ),
    "decade": r"(?:[tT]he )?(?:(?:1[0-9]|20)\d0|'\d0)'?s\b",
    "century": _i(rf"(?:the )?(?:this|last|next|current|previous|{ORD})(?:- |[- ])centur(?:y|ies)\b"),
    "yearspan": rf"{OLDER}[-/](?:{OLDER}|\d\d)(?![\d-])",
    "year": r"[tT]he [yY]ear \d{3,4}(?![\d,.:]\d|\w)|(?:1[5-9]|20|21)\d\d(?![\d,]\d|\w|[./:]\d|-\w)",
    "short": rf"(?:{_any(*(f'(?<=[{word[0].upper()}{word[0]}]{word[1:]} )' for word in BEFORE_YEAR))})'\d\d(?=[ .,;)])",
    "spelled": _i(
        rf"(?:(?:the year )?nineteen[- ](?:(?:{w.TEN})(?:[- ](?:{w.TEEN}))?|(?:oh|o)[- ](?:{w.TEEN})|(?:{w.TEEN}))"
        rf"|(?:the year )?two thousand(?: (?:and )?{w.WORDED})?)(?!\w)"
    ),
    "figured": _i(
        rf"(?:{_any(*(f'(?<={word} of )' for word in THOSE))})(?:yesterday|today|tomorrow)\b",
        r"(?:(?<=better )|(?<=brighter )|(?<=safer )|(?<=new ))tomorrow\b",
    ),
    "deictic": _i(r"(?:the )?day (?:before yesterday|after tomorrow)|(?:today|yesterday|tomorrow|tonight)\b"),
    "relpart": _i(
        rf"(?:this|that|last|the (?:next|following|previous)|every|each|the)(?: (?:very|same))? (?:early |late |mid[- ]?)?{DAYPART}\b"
        r"(?! of (?![A-Z\d]))",
        r"mid[- ]?(?:morning|afternoon)\b",
    ),
    "someday": _i(rf"(?:{_any(*(f'(?<={word} )' for word in HOPING))})one day\b", r"some ?day\b"),
    "set": _i(
        rf"(?:every|each)(?: (?:single|other|second|third|{w.COUNT}(?:(?: to | or |-to-){w.COUNT})?))? {w.UNITS_}",
        rf"(?:once|twice|thrice|(?:{w.COUNT}|{ORD}|several|many) times) (?:a|an|per|each|every|in a) {w.UNIT}\b",
    ),
    "span": _i(
        rf"(?:(?:the|these|those|its|his|her|their|our) )?(?:{NEARBY}) (?:{w.COUNT}(?:[- ]to[- ]{w.COUNT})?(?: (?:more|full))?[ -])?"
        rf"{w.UNITS_}(?: or so\b)?(?!-old)"
    ),
    "duration": _i(
        rf"(?:(?:an? )?(?:additional|full|extra|entire|whole|further) |another )?{w.COUNT}(?:(?: to | or |-to-){w.COUNT})?"
        rf"{w.HALVES}?{MIDDLE}[ -]{w.UNITS_}(?:-long\b)?(?: and an? (?:half|quarter))?(?: or (?:so|more|less|two)\b)?(?:[- ]period\b)?"
        r"(?: (?:ago|earlier|later|from now|hence|beforehand|afterwards?)\b|'(?:s)? time\b| (?:before|previously)(?= ?[.,;)]))?"
    ),
    "quarterly": _any(
        rf"Q[1-4][/-]{YEAR}(?!\d)", rf"{YEAR}[ -]?Q[1-4]\b",
        _i(r"(?:fiscal[ -])?(?:first|second|third|fourth|final|latest)(?: fiscal)?[- ]quarters?\b"), r"Q[1-4]\b", r"[1-4]Q\b",
    ),
    "half": _any(_i(r"(?:the )?(?:first|second|latter|last) half\b(?!-)"), rf"\bH[12](?= (?:of )?{YEAR})"),
    "season": _i(rf"(?:the )?{SEASON}\b"),
    "relative": _i(
        r"(?:(?:this|last|next|coming|that|current|previous|past|upcoming)"
        r"|the (?:past|last|next|previous|coming|following|current|same|present|preceding|upcoming|latest|entire|full|whole))"
        r"(?: (?:very|past|coming|same|calendar|whole|full|current))? (?:day|week|weekend|month|quarter|year|decade)(?!\w)"
        r"(?: or (?:so|two)\b| and a half\b)?",
        r"the past century\b|the (?:week|month|year|decade) ahead\b",
    ),
    "ago": _i(
        r"(?:(?:the )?(?:comparable |same )?year[- ](?:ago|earlier) (?:third |first |second |fourth )?(?:period|quarter)"
        r"|year[- ](?:ago|earlier)|(?:years|months|weeks|days|decades|centuries|moments|hours|minutes) ago)\b"
    ),
    "yearend": _i(r"(?:the )?(?:year(?:'s)?[- ]end|end-year|turn of the (?:century|millennium|year))\b"),
    "the": _i(
        r"the (?:(?:day|night|week|month|year) (?:before|after)(?= ?[.,;:)]|$| (?:was|were|had)\b)"
        r"|(?:week|month|year) (?:before last|after next)\b"
        r"|year|month|week|quarter|weekend|decade)(?![\w-])",
        r"(?<=later in )the day\b",
        r"(?<=earlier in )the day\b",
    ),
    "while": _i(r"(?<=for )(?:quite )?some time\b(?! to)", r"a (?:little |long |short )?while\b",
        r"(?<=for )an? (?:considerable|limited|indefinite|extended|prolonged) (?:time|period(?: of time)?)\b",
        r"(?<=for )a (?:lengthy|long|short) period(?: of time)?\b",
    ),
    "bare": _i(
        r"(?<=over )the years\b",
        rf"(?:{_any(*(f'(?<={word} )' for word in AFTER_WHICH))})"
        r"(?:years|months|weeks|days|decades|centuries|hours|minutes)\b(?! (?:old|ago))",
        rf"(?:years|months|weeks|days|decades|hours|minutes)(?= (?:after|before|later|of (?:\w+ )?(?:{WORKS})))",
    ),
    "eventful": _i(rf"(?<=since )(?:{OFFICE})", rf"(?<=after )(?:{OFFICE})"),
    "present": _i(
        r"(?:right now|now(?:adays)?|currently|(?<=at )present|presently|these days|(?<=at )the (?:present|moment)(?: time| moment)?"
        r"|(?<=at )this (?:time|timing|moment|juncture|point in time|stage)|the present(?= ?[.,;)]| day| time)"
        r"|the (?:current|present) (?:time|moment)|this (?:crucial|critical) (?:moment|time)|current)\b(?!-)"
    ),
    "past": _i(
        r"(?:(?:most |more |very )?recently|lately|(?:not (?:so |that |too |very )?)?long ago|a moment ago"
        r"|(?:the )?(?:most )?recent (?:past|times)|recent"
        r"|the other day|(?<=in )the past|(?<=of )the past|(?<=from )the past)\b(?!-)"
    ),
    "future": _i(
        r"(?:(?:the )?(?:near|foreseeable|immediate|distant|not-too-distant|very near) future|the future(?! of\b)|(?<=in )future"
        r"|going forward|(?:an|the) (?:early|earliest)(?: possible)? date|a later (?:date|time|stage)|as soon as possible"
        r"|the (?:short|near|medium|long(?:er)?|coming) term|the (?:days|weeks|months|years|decades) (?:ahead|to come)"
        r"|(?<!as )soon(?! after)(?! as)|(?<=in )due course|in the time to come)\b(?!-)"
    ),
}
FIRST_WORDS = """
    a an the half couple few several many dozens hundreds thousands this that these those last next past previous coming following current
    same preceding upcoming each every its his her their our additional another noon midnight midday day today yesterday tomorrow tonight
    once twice thrice final latest initial recent ensuing fiscal budget fy fys full q1 q2 q3 q4 latter h1 h2 year years months
    weeks days decades centuries hours minutes moments comparable end turn taking assuming leaving entering right now nowadays currently
    presently present recently lately most more very near foreseeable immediate distant not future going as soon due quite long some mid
    mon tues wed thurs fri extra some financial entire whole further in
"""
HEADS = {
    "day": ("(?:", ")"), "era": ("(?:", r")(?: \d{1,3}(?!\d))?"), "set": ("(?i:", ")"),
    "decade": ("(?i:the (?:early |late |mid[- ]?)?(?:nineteen[ -])?(?:", "))"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rules with the words of a calendar pack among them: as one pattern, one by one, and the pack's entries by their words.

    `first` finds the words with which an expression may begin, so that the rules are tried only there.
    """

    first: re.Pattern[str]
    whole: re.Pattern[str]
    alone: dict[str, re.Pattern[str]]
    entries: dict[str, CalendarEntry]


@cache
def lexicon(packs: Packs) -> Lexicon:
    """The lexicon that these packs make."""
    entries = {form.casefold(): entry for entry in packs.calendar for form in entry.forms}
    packed = _packed(packs.calendar)
    patterns = {"packed": packed, **RULES} if packed else RULES
    whole = "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items())
    alone = {name: re.compile(pattern) for name, pattern in patterns.items()}
    return Lexicon(_first(entries), re.compile(rf"(?<![\w$€£#])(?<!\d[.,:/-])(?:{whole})"), alone, entries)


def _packed(calendar: Iterable[CalendarEntry]) -> str:
    """The pattern of the words that the calendar pack has, empty for none."""
    forms = {kind: [form for entry in calendar if entry.kind == kind for form in entry.forms] for kind in HEADS}
    packed = [f"{HEADS[kind][0]}{longest_first(words)}{HEADS[kind][1]}" for kind, words in forms.items() if words]
    return rf"(?:{'|'.join(packed)})(?!\w)" if packed else ""


def _first(entries: Iterable[str]) -> re.Pattern[str]:
    names = (*FIRST_WORDS.split(), *MONTHS, *WEEKDAYS, *w.ONES, *w.TENS, *w.ORDINALS, *w.SEASONS, *entries)
    words = {re.split(r"[ '-]", word)[0] for word in names}
    return re.compile(rf"(?<![\w$€£#])(?:\d|'\d|(?:{longest_first(words)})s?(?![^\W\d_])|fy|mid)", re.IGNORECASE)
