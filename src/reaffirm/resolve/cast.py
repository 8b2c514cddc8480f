"""The cast of a document: which states consult in it, who their principals are, and on what day."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.resolve.definitions import definitions
from reaffirm.resolve.membership import members
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Block, Document, Mention
    from reaffirm.packs import Forum, Packs

NUMBERS = {word: n for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])} | {
    "both": 2
}
STATES_COUNTED = re.compile(
    r"\b(both|two|three|four|five|six|seven|\d{1,2}) (?:\w+ )?(?:countries|nations|states|sides"
    r"|governments|allies|parties|capitals|partners)\b",
    re.IGNORECASE,
)
MANY_SIDED = re.compile(
    r"\b(?:(trilateral|three-way|tripartite)|quadrilateral|four-way) (?:[\w-]+ ){0,2}"
    r"(?:talks|meetings?|summit|dialogue|ministerial|consultations?|conference)\b",
    re.IGNORECASE,
)
PAIR = re.compile(
    r"\b(both|two|three|four|six|eight) (?:\w+ ){0,3}(?:ministers|leaders|presidents|chiefs|secretaries|principals)\b", re.IGNORECASE
)
HEADS = ("head_of_government", "head_of_state")
CONSULT = re.compile(r"\b(?:talks|meetings?|summit|meets?|met|held|consultation|dialogue|2\+2|conference|visit)\b", re.IGNORECASE)
BARE = frozenset({"deputy", "honorific", "chair"})  # titles too general to tell the office
OFFICE = 12  # what a person with an office weighs for his state: as much as a name in the title
ISSUED = frozenset({"joint statement", "communique"})  # texts in which the members of a forum speak together
MANY = 12  # members up to which the text of a forum is that of its members
FEW = 4  # a forum of more members is named by its forum, not by its members
LEADERS = re.compile(r"\b(?:leaders|summit|presidents|prime ministers|heads of (?:state|government))\b", re.IGNORECASE)
MINISTERS = re.compile(r"\b(?:foreign|defen[cs]e)(?:(?: and |, | )(?:foreign|defen[cs]e))?[’' ]+minist(?:ers|erial)\b", re.IGNORECASE)
DEFENCE = re.compile(r"\b(?:defen[cs]e (?:minister|secretar|chief)|minist\w+ (?:of|for) (?:\w+ )?defen[cs]e|2 ?\+ ?2)", re.IGNORECASE)
MINISTERIAL = frozenset({"foreign", "defence", "finance", "trade", "security_adviser", "deputy"})
OF_WHOM = re.compile(
    r"\b(?:leaders|ministers|secretaries|presidents|prime ministers|heads of (?:state|government|state and government|state or government)"
    r"|governments|chiefs|representatives|principals)(?: of (?:foreign affairs|defen[cs]e))?(?: and [\w ]{3,30}?)? of (?:the )?",
    re.IGNORECASE,
)
JOINED = re.compile(r"(?:,? and (?:of )?|, (?:of )?)(?:the )?")
COUPLE = re.compile(r" ?[-/] ?| and (?:the )?|,? and ")
TWO = 2
MET = re.compile(r"\b(?:met|held|hold|gathered|took place)\b", re.IGNORECASE)
FEW_STATES = 3  # members from which a forum is a group that is named for other reasons too
LEAD = 4  # paragraphs that count as the opening of a text


@dataclass(frozen=True, slots=True)
class Principal:
    """A person who takes part for a state, with the kind of office that the text or the packs give."""

    name: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The states that consult, most important first, their principals named in the text, the forum, and the day if known.

    `defined` are the words by which the text calls several of its persons ("the Ministers"), with their names.
    """

    states: tuple[str, ...]
    principals: tuple[Principal, ...]
    forum: Forum | None
    kinds: tuple[str, ...]
    day: str | None
    defined: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the text names a principal of every expected kind for every state."""
        held = {(p.state, p.kind) for p in self.principals}
        return bool(self.states) and all(any((s, k) in held for k in ks) for s in self.states for ks in self.expected)

    @property
    def expected(self) -> tuple[tuple[str, ...], ...]:
        """The kinds of office that each state sends; heads of state and of government are one."""
        if set(self.kinds) & set(HEADS):
            return (HEADS,)
        return tuple((kind,) for kind in self.kinds)


def cast(document: Document, mentions: Iterable[Mention], packs: Packs) -> Cast:
    """The cast that title, opening and names of a document warrant."""
    named = tuple(mentions)
    forum = find_forum(document, packs)
    issued = document.card.genre.value in ISSUED
    if forum and 0 < len(forum.members) <= (MANY if issued else FEW):
        states = members(forum, document.card.day)
    elif forum and issued and len(forum.members) > MANY:
        states = ()
    else:
        listed = _listed(document, named)
        states = listed or (tuple(_states(document, named)) if forum or _consults(document, named) else ())
    forum = _of_the_states(forum, states, packs)
    people = tuple(_principals(document, named, states, packs))
    kinds = _kinds(document, forum, people)
    seated = _delegations(document, named, states, kinds) or tuple(p for p in people if p.kind in kinds or not kinds)
    return Cast(states, seated, forum, kinds, document.card.day, definitions(document, named))


def _of_the_states(forum: Forum | None, states: tuple[str, ...], packs: Packs) -> Forum | None:
    """The entry of just these states where a text names their forum in general words ("2+2" of A and B: "A-B 2+2")."""
    if forum is None or forum.members:
        return forum
    called = re.compile(rf"(?<!\w){re.escape(forum.name)}(?!\w)", re.IGNORECASE)
    own = (f for f in packs.forums if {*f.members} == {*states} and called.search(f.name))
    return next(own, forum) if states else forum


def _consults(document: Document, mentions: tuple[Mention, ...]) -> bool:
    """Whether a text is about a consultation at all: it counts its parties, or its opening names two and a meeting."""
    if STATES_COUNTED.search(document.text) or PAIR.search(document.text):
        return True
    for block in _opening(document):
        named = {m.state for m in mentions if m.state and block.start <= m.surface.start < block.end}
        if len(named) > 1 and CONSULT.search(document.text[block.start : block.end]):
            return True
    return False


def find_forum(document: Document, packs: Packs) -> Forum | None:
    """The forum named first in title and opening; the entry with most words wins where several fit one place.

    A group of more than two states is the forum only where a meeting is told: "their commitment to the group" is none.
    """
    opening = "\n".join(_where_they_met(document))
    lowered, found = opening.lower(), []
    for forum in packs.forums:
        if forum.needs and not any(word in lowered for word in forum.needs):
            continue
        pattern = forum.pattern or re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forum.forms)) + r")(?!\w)")
        m = next((m for m in pattern.finditer(opening) if len(forum.members) < FEW_STATES or _meets(opening, m.start(), m.end())), None)
        if m:
            found.append((m.start() // 200, -len(forum.members), -(m.end() - m.start()), forum.id, forum))
    return min(found)[-1] if found else None


def _meets(opening: str, start: int, end: int) -> bool:
    """Whether the sentence, or the title, in which a forum is named tells of a consultation."""
    first = max(opening.rfind(". ", 0, start) + 2, opening.rfind("\n", 0, start) + 1, 0)
    last = min((place for mark in (". ", "\n") if (place := opening.find(mark, end)) >= 0), default=len(opening))
    return CONSULT.search(opening, first, last) is not None


def _where_they_met(document: Document) -> Iterator[str]:
    """Title, notes and opening; of what somebody says in a turn only where a meeting took place, not where one is planned."""
    for block in _opening(document):
        words = document.text[block.start : block.end]
        if block.kind != "turn" or MET.search(words):
            yield words


def _opening(document: Document) -> Iterator[Block]:
    bodies = 0
    for block in document.blocks:
        if block.kind in {"title", "heading", "standfirst", "note"} and bodies < LEAD:
            yield block
        elif block.kind in {"paragraph", "turn", "list item"} and bodies < LEAD:
            bodies += 1
            yield block


def _listed(document: Document, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The states that title or opening list as those whose principals speak: "the Foreign Ministers of A, B and C"."""
    text = document.text
    places = {m.surface.start: m for m in mentions if m.kind == "state" and m.state}
    for block in _opening(document):
        for m in OF_WHOM.finditer(text, block.start, block.end):
            found, at = [], m.end()
            while at in places:
                found.append(places[at].state or "")
                joint = JOINED.match(text, places[at].surface.end, block.end)
                at = joint.end() if joint else -1
            if len(set(found)) > 1:
                return tuple(dict.fromkeys(found))
    return _in_a_row(document, mentions) if not STATES_COUNTED.search(text) else ()


def _in_a_row(document: Document, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The three or more states that a sentence of title or opening names in a row where it tells of a consultation."""
    places = sorted((m for m in mentions if m.kind == "state" and m.state), key=lambda m: m.surface.start)
    for block in _opening(document):
        row: list[Mention] = []
        for m in [m for m in places if block.start <= m.surface.start < block.end]:
            joined = row and JOINED.fullmatch(document.text, row[-1].surface.end, m.surface.start)
            row = [*row, m] if joined else [m]
            whole = len({x.state for x in row}) >= FEW_STATES and _closes(document, row)
            if whole and _meets(document.text, row[0].surface.start, m.surface.end):
                return tuple(dict.fromkeys(x.state or "" for x in row))
    return ()


def _closes(document: Document, row: list[Mention]) -> bool:
    """Whether a row of names has its last: an "and" stands before it."""
    return " and " in document.text[row[-2].surface.end : row[-1].surface.start]


def _states(document: Document, mentions: tuple[Mention, ...]) -> list[str]:
    """The states that consult: those that title, opening and titles of persons name most, as many as the text counts."""
    weights: Counter[str] = Counter()
    zones = [(b.start, b.end, _weight(document, b, n)) for n, b in enumerate(_opening(document))]
    for m in mentions:
        if not m.state or m.kind == "organisation" or m.title == "metonym":
            continue
        zone = next((w for a, b, w in zones if a <= m.surface.start < b), 1)
        weights[m.state] += zone + (OFFICE if m.kind == "person" and m.office else 0)
    number = _number(document)
    ranked = sorted(weights, key=lambda s: -weights[s])  # a tie goes to the one that the text names first
    return _coupled(document, mentions) or ranked[:number] if number == TWO else ranked[:number]


def _coupled(document: Document, mentions: tuple[Mention, ...]) -> list[str]:
    """The two states that title and opening name in one breath ("A and B", "A-B summit"), where they couple no other two so often."""
    places = [m for m in mentions if m.kind == "state" and m.state]
    couples: Counter[frozenset[str]] = Counter()
    for block in _opening(document):
        row = [m for m in places if block.start <= m.surface.start < block.end]
        for a, b in pairwise(row):
            if a.state != b.state and COUPLE.fullmatch(fold(document.text[a.surface.end : b.surface.start])):
                couples[frozenset({a.state or "", b.state or ""})] += 1
    first = couples.most_common(2)
    clear = first and first[0][1] > 1 and (len(first) == 1 or first[0][1] > first[1][1])
    return sorted(first[0][0]) if clear else []


def _weight(document: Document, block: Block, n: int) -> int:
    if block.kind == "title":
        return 12
    return 8 if n < LEAD and CONSULT.search(document.text[block.start : block.end]) else 2


def _number(document: Document) -> int:
    """How many states the text counts ("the three countries", "trilateral talks" in the opening); two where it does not say."""
    counts = Counter(_value(m.group(1)) for m in STATES_COUNTED.finditer(document.text))
    if counts:
        return counts.most_common(1)[0][0]
    sided = (MANY_SIDED.search(document.text, b.start, b.end) for b in _opening(document))
    return next((3 if m.group(1) else 4 for m in sided if m), 2)


def _value(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.get(word.casefold(), 2)


def _principals(document: Document, mentions: tuple[Mention, ...], states: tuple[str, ...], packs: Packs) -> Iterator[Principal]:
    """The persons named with an office of one of the states, each once; a bare "Minister" has the office of that day."""
    seen: set[str] = set()
    on = document.card.day
    for m in mentions:
        if m.kind != "person" or not m.office or m.state not in states or m.name in seen or _past(document, m):
            continue
        kind = m.office if m.office not in BARE else _held(m.name, m.state, on, packs)
        if kind:
            seen.add(m.name)
            yield Principal(m.name, m.state, kind)


def _held(name: str, state: str, on: str | None, packs: Packs) -> str | None:
    """The kind of office that the packs give a person on the day; None where the day or the person is unknown."""
    kinds = [t.kind for t in packs.offices if on and t.person == name and t.state == state and t.covers(on)]
    return kinds[0] if kinds else None


def _past(document: Document, mention: Mention) -> bool:
    """Whether the title is that of a former holder."""
    return fold(mention.surface.exact).casefold().startswith(("former", "then", "ex-")) or document.text[
        max(0, mention.surface.start - 7) : mention.surface.start
    ].casefold().endswith("former ")


def _delegations(
    document: Document, mentions: tuple[Mention, ...], states: tuple[str, ...], kinds: tuple[str, ...]
) -> tuple[Principal, ...]:
    """The ministers whom the opening names, of whatever matter, where it names as many of each state, several at least; else nobody."""
    if set(kinds) & set(HEADS) or len(states) < TWO:
        return ()
    zones = [(b.start, b.end) for b in _opening(document)]
    people: dict[str, Principal] = {}
    for m in mentions:
        if m.kind == "person" and m.office in MINISTERIAL and m.state in states and any(a <= m.surface.start < b for a, b in zones):
            people.setdefault(m.name, Principal(m.name, m.state, m.office))
    counts = Counter(p.state for p in people.values())
    return tuple(people.values()) if set(counts) == set(states) and len(set(counts.values())) == 1 and counts[states[0]] >= TWO else ()


def _sent(document: Document, forum: Forum, people: tuple[Principal, ...]) -> tuple[str, ...]:
    """The kinds of office that a forum's meetings have; of a forum in general words, without those of which the text tells nothing."""
    held = {(p.state, p.kind) for p in people}
    whole = {kind for kind in forum.principals if sum(k == kind for _, k in held) >= TWO}
    if forum.members or not whole:
        return forum.principals
    told = {kind for kind in forum.principals if any(k == kind for _, k in held) or (kind == "defence" and DEFENCE.search(document.text))}
    return tuple(kind for kind in forum.principals if kind in told)


def _stated_kinds(document: Document) -> tuple[str, ...]:
    """The kinds of office that the title gives its meeting ("Statement by the Foreign Ministers"); empty where it gives none."""
    title = " ".join(document.text[b.start : b.end] for b in document.blocks if b.kind == "title")
    if LEADERS.search(title):
        return HEADS
    ministers = MINISTERS.search(title)
    words = ministers.group().casefold() if ministers else ""
    return tuple(kind for kind, stem in (("foreign", "foreign"), ("defence", "defen")) if stem in words)


def _kinds(document: Document, forum: Forum | None, people: tuple[Principal, ...]) -> tuple[str, ...]:
    """The kinds of office at the table: the forum's usual ones, else those that most named principals hold."""
    stated = _stated_kinds(document)
    if stated:
        return stated
    if forum and forum.principals:
        return _sent(document, forum, people)
    counts = Counter(p.kind for p in people)
    heads = sum(counts[k] for k in HEADS)
    if heads >= 2 or (heads and re.search(r"\bleaders\b|\bsummit\b", document.text, re.IGNORECASE)):
        return HEADS
    return tuple(kind for kind in ("foreign", "defence", "finance", "trade") if counts[kind] >= 2)
