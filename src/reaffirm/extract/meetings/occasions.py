"""Occasions: what speaks of a consultation in a sentence, before it is known which one it means, and the words that find them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.packs import longest_first

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.extract.meetings.lines import Line
    from reaffirm.model import Mention
    from reaffirm.packs import Forum, MeetingWord, Packs

TOKEN = re.compile(r"[\w.+&'/-]*\w[\w.+&'/-]*|\S")
CLAUSE = re.compile(
    r"[;:]| - |\b(?:that|which|who|where|when|while|whereas|because|although|though|as|if|after|before|hinting)\b|,? (?:and|but|so) ",
    re.IGNORECASE,
)
JOINING = frozenset({"and", "but", "so"})
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|may|must|should|said|told|met|held|(?!united)[a-z]{3,}ed)\b")
STOP = re.compile(
    r"[;:]|\b(?:that|which|who|whom|whose|where|while|although|because|but|if|whether|since|until|said|says|told|made|gave|after|before"
    r"|following|did|has|have|had|does|do|can|could|may|might|must|should)\b|, and\b|(?<!\w)(?!(?:held|scheduled|planned|hosted|convened"
    r"|attended|expected|visited|gathered|opened|concluded|started|ended|postponed|slated|called|chaired)\b)[a-z]{2,}ed\b"
)
NOWHERE = re.compile(r"(?!)")
Hit = tuple[int, int, "Forum"]
PLACED = re.compile(r"\b(?:in|to|at|from|near|off|via|outside|through|across|visit|visited|visits) +(?:the )?$")
MEMBERS = re.compile(r"(?: [\w'-]+){0,3} ?")
FROM = re.compile(r"(?:[a-z]s|[Dd]elegation|team|side) from +(?:the )?$")  # "envoys from Orvane" are a party


@dataclass(frozen=True, slots=True)
class Occasion:
    """Words that speak of a consultation. `start` and `end` are offsets in the document, `reach` the end of the words that tell its status.

    `head` is the extent of noun or verb group in the sentence; `kind` the noun's, empty for a clause; `forum` the most specific entry
    that names it; `states` and `persons` those named as its parties; `level` who meets where a collective subject says it (principals,
    states, officials); `status` what the words prove, None where they prove nothing, `sure` where a verb does; `series` next or
    previous; `bare` a definite phrase that names nothing by itself, `fresh` one that brings something new, `named` one with a name of
    its own; `title` stands in the name of a text.
    """

    line: Line
    start: int
    end: int
    reach: int
    head: tuple[int, int]
    kind: str
    words: str
    forum: Forum | None = None
    states: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    level: str | None = None
    status: str | None = None
    sure: bool = False
    edition: int | None = None
    series: str | None = None
    bare: bool = False
    fresh: bool = False
    named: bool = False
    weak: bool = False
    clause: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The entries of the meetings pack made ready for the search."""

    nouns: re.Pattern[str]
    kinds: dict[str, MeetingWord]
    modifiers: frozenset[str]
    roles: dict[str, tuple[MeetingWord, ...]] = field(default_factory=dict)

    def pattern(self, role: str) -> re.Pattern[str]:
        """The pattern of the one entry of a role; one that matches nowhere where the pack has none."""
        return next((w.pattern for w in self.roles.get(role, ()) if w.pattern), NOWHERE)

    def first(self, role: str, text: str) -> MeetingWord | None:
        """The first entry of a role whose pattern is found in the text."""
        return next((w for w in self.roles.get(role, ()) if w.pattern and w.pattern.search(text)), None)


@lru_cache(maxsize=4)
def words(lore: tuple[MeetingWord, ...]) -> Words:
    """The search index of the entries."""
    kinds = {form.casefold(): entry for entry in lore if entry.role == "noun" for form in entry.forms}
    nouns = re.compile(rf"(?<![\w+-])(?:{longest_first(kinds)})(?![\w+-])", re.IGNORECASE)
    modifiers = frozenset(form for entry in lore if entry.role == "modifier" for form in entry.forms)
    roles = {str(role): tuple(e for e in lore if e.role == role) for role in {e.role for e in lore}}
    return Words(nouns, kinds, modifiers, roles)


@dataclass(frozen=True, slots=True)
class Reader:
    """What is at hand to read a sentence: the words, the packs, and the names in the document, in order of place."""

    words: Words
    packs: Packs
    names: tuple[Mention, ...]
    starts: tuple[int, ...]
    aliases: tuple[tuple[str, Forum], ...] = ()
    labels: tuple[tuple[int, int, int], ...] = ()  # block, start and end of the label of each turn

    def forums(self, text: str) -> list[Hit]:
        """The places where a text names forums, best first, those called by letters that the document itself gives them included."""
        short = [(m.start(), m.end(), forum) for name, forum in self.aliases for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        return ranked([*forums_in(text, self.packs), *short])

    def speaker(self, line: Line) -> Mention | None:
        """The person whom the label of a turn names; None where the sentence stands in no turn, or the label names nobody known."""
        label = next(((a, b) for block, a, b in self.labels if block == line.block), None)
        if label is None:
            return None
        near = self.names[bisect_left(self.starts, label[0]) : bisect_left(self.starts, label[1])]
        return next((m for m in near if m.kind == "person"), None)

    def within(self, line: Line, start: int, end: int) -> list[Mention]:
        """The states, governments and persons named in a part of a sentence as parties, not as places."""
        low, high = line.start + start, line.start + end
        near = self.names[bisect_left(self.starts, low) : bisect_left(self.starts, high)]
        return [m for m in near if m.surface.end <= high and m.state and not _is_place(line, m.surface.start - line.start)]


def _is_place(line: Line, at: int) -> bool:
    before = line.text[max(0, at - 30) : at]
    return PLACED.search(before) is not None and FROM.search(before) is None


def states(mentions: list[Mention]) -> tuple[str, ...]:
    """The states behind mentions, each once, in order."""
    return tuple(dict.fromkeys(m.state for m in mentions if m.state))


def general(forum: Forum) -> bool:
    """Whether an entry names a form of meeting ("2+2", "summit"), not one series of meetings."""
    return not forum.members and any(form == form.lower() for form in forum.forms)


@lru_cache(maxsize=4)
def _patterns(packs: Packs) -> tuple[tuple[re.Pattern[str], Forum], ...]:
    return tuple((forum.pattern or _of_forms(forum), forum) for forum in packs.forums)


def _of_forms(forum: Forum) -> re.Pattern[str]:
    """The forms of a forum as a pattern; a word in capitals only as printed."""
    loud = [f for f in forum.forms if f.isupper() and " " not in f]
    plain = [f for f in forum.forms if f not in loud]
    parts = ([longest_first(plain)] if plain else []) + ([f"(?-i:{longest_first(loud)})"] if loud else [])
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def forums_in(text: str, packs: Packs) -> list[Hit]:
    """The places where a text names forums, best first: those of one series before general ones, then the longest."""
    return ranked((m.start(), m.end(), forum) for pattern, forum in _patterns(packs) for m in pattern.finditer(text))


def ranked(found: Iterable[Hit]) -> list[Hit]:
    """Places where forums are named, best first."""
    return sorted(found, key=lambda hit: (general(hit[2]), not hit[2].members, hit[0] - hit[1], hit[0]))


def acting(hits: Iterable[Hit], text: str, start: int, verb: int) -> Hit | None:
    """The forum that is the subject of a verb, by itself or by its leaders or members; None where none is."""
    return next((h for h in hits if start <= h[0] and h[1] <= verb and not general(h[2]) and MEMBERS.fullmatch(text, h[1], verb)), None)


def subject(text: str, verb: int) -> int:
    """Where the clause begins whose verb stands at a place; a conjunction parts clauses only behind a finite verb."""
    start = 0
    for cut in CLAUSE.finditer(text, 0, verb):
        if cut.group().strip(" ,").casefold() not in JOINING or FINITE.search(text, start, cut.start()):
            start = cut.end()
    while start < verb and not text[start].isalnum():
        start += 1
    return start


def circle(text: str, known: Words) -> str | None:
    """Who meets where a subject stands for them: principals, states, officials; None where none does."""
    found = known.first("circle", text)
    return found.value if found else None


def parties(line: Line, start: int, verb: int, reader: Reader) -> tuple[tuple[Mention, ...], str | None]:
    """Those whom the subject of a verb names, and the level that it stands for; "their ministers" are those of the states before."""
    named = tuple(reader.within(line, start, verb))
    words_of = line.text[start:verb]
    level = circle(words_of, reader.words)
    if not named and (level or re.search(r"\b(?:their|they)\b", words_of, re.IGNORECASE)):
        before = reader.within(line, 0, start)
        if len(states(before)) > 1:
            return tuple(before), level or "states"
    return named, level
