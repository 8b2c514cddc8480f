"""Statements, names and packs -> voices: who speaks, in which office, for which states, how certainly.

Each rule takes a `Case` and returns a `Reading` or nothing; `RULES` is their order. Nothing is guessed: what no rule warrants
keeps its surface form after a question mark, as the exchange format has it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from reaffirm.model import Actor, OfficeHeld, Statement, Voice, digest
from reaffirm.resolve import collectives
from reaffirm.resolve.cast import Cast, cast
from reaffirm.resolve.labels import persons
from reaffirm.resolve.offices import office
from reaffirm.resolve.reading import Reading, unresolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reaffirm.model import Certainty, Document, Mention
    from reaffirm.packs import Packs

FIRST = re.compile(r"(?:i|we|us|our|ours|my)(?: (?:all|both|also))?", re.IGNORECASE)
SINGULAR = re.compile(r"(?:i|my)", re.IGNORECASE)
PRONOUN = re.compile(r"(?:he|she|his|her|it|its|they|their|who|which)", re.IGNORECASE)
FILLER = re.compile(
    r"\b(?:the|both|and|of|a|an|governments?|states?|republic|kingdom|side|itself|themselves|as|well|also)\b|[,’']s?|\W+", re.IGNORECASE
)
PAST = re.compile(r"\b\w+ed\b|\b(?:held|had|made|met|took|gave)\b", re.IGNORECASE)
OFFICIALS = re.compile(
    r"\b(?:spokes\w+|officials?|diplomats?|ministers?|ministry|ministries|governments?|embassy|envoys?|ambassadors?|delegations?|presidents?|cabinet"
    r"|military|army|navy|authorities|negotiators?|aides?|advis[eo]rs?)\b",
    re.IGNORECASE,
)
OPINION = frozenset({"editorial", "analysis"})
OFFICIAL = frozenset({"joint statement", "communique", "fact sheet"})
PERSONAL = frozenset({"he", "she", "his", "her"})
RECENT = 40  # statements that a pronoun may look back
NEAR = 500  # code points that a pronoun may look back


def _start(mention: Mention) -> int:
    return mention.surface.start


@dataclass(slots=True)
class Room:
    """What all statements of a document share, and the readings so far, by statement id."""

    document: Document
    cast: Cast
    mentions: tuple[Mention, ...]
    packs: Packs
    by_id: dict[str, Statement]
    labels: dict[str, str]
    readings: dict[str, Reading] = field(default_factory=dict)
    by_name: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for mention in self.mentions:
            if mention.kind == "person":
                self.by_name[mention.name].append(mention)

    def from_to(self, start: int, end: int) -> tuple[Mention, ...]:
        """The names that begin inside an extent; mentions stand in the order of the text."""
        return self.mentions[bisect_left(self.mentions, start, key=_start) : bisect_left(self.mentions, end, key=_start)]

    def within(self, start: int, end: int) -> list[Mention]:
        """The names inside an extent."""
        return [m for m in self.from_to(start, end) if m.surface.end <= end]


@dataclass(frozen=True, slots=True)
class Case:
    """One statement to resolve, with its source's words."""

    room: Room
    statement: Statement

    @property
    def words(self) -> str:
        """The words of the source, empty where there is none."""
        source = self.statement.source
        return re.sub(r"\s+", " ", source.exact).strip() if source else ""

    @property
    def parent(self) -> Reading | None:
        """The reading of the statement that holds this one."""
        return self.room.readings.get(self.statement.nested_in or "")


def voices(document: Document, statements: Iterable[Statement], mentions: tuple[Mention, ...], packs: Packs) -> tuple[Voice, ...]:
    """One voice per statement, in the order of the statements."""
    rows = tuple(statements)
    labels = persons(rows, mentions, packs)
    room = Room(document, cast(document, mentions, packs), mentions, packs, {s.id: s for s in rows}, labels)
    order = sorted(rows, key=lambda s: ((s.source or s.cue or s.content[0]).start, -s.content[-1].end))
    for statement in _parents_first(order, room.by_id):
        room.readings[statement.id] = read(Case(room, statement))
    inputs = digest([s.id for s in rows], [[m.surface.start, m.name, m.office] for m in mentions], room.cast.day, packs.fingerprint)[:16]
    return tuple(_voice(room, s, room.readings[s.id], inputs) for s in rows)


def _parents_first(order: list[Statement], by_id: dict[str, Statement]) -> list[Statement]:
    done: dict[str, Statement] = {}

    def visit(statement: Statement) -> None:
        parent = by_id.get(statement.nested_in or "")
        if parent and parent.id not in done:
            visit(parent)
        done.setdefault(statement.id, statement)

    for statement in order:
        visit(statement)
    return list(done.values())


def read(case: Case) -> Reading:
    """The reading of the first rule that has one; the surface after a question mark when none has."""
    for rule in RULES:
        reading = rule(case)
        if reading is not None and reading.speakers:
            return reading
    return replace(unresolved(case.words), parties=_behind(case))


def _behind(case: Case) -> tuple[str, ...]:
    """The one state named in an unresolved source that is an official's ("a spokesman for the Peruvian government")."""
    source = case.statement.source
    if source is None or not OFFICIALS.search(case.words):
        return ()
    states = tuple(dict.fromkeys(m.state for m in case.room.within(source.start, source.end) if m.kind == "state" and m.state))
    return states if len(states) == 1 else ()


def _voice(room: Room, statement: Statement, reading: Reading, inputs: str) -> Voice:
    offices = tuple(o for name in reading.persons if (o := office(name, room.by_name[name], room.packs, room.cast.day)))
    parties = reading.parties or tuple(dict.fromkeys(state for name in reading.persons if (state := _state(room, name, offices))))
    return Voice(
        statement.id, tuple(sorted(set(reading.speakers))), tuple(sorted(set(reading.external))), tuple(sorted(set(parties))),
        offices, reading.certainty, reading.rule, inputs,
    )  # fmt: skip


def _state(room: Room, name: str, offices: Iterable[OfficeHeld]) -> str | None:
    """The state behind a person: that of the title or the pack's entry, or that of the office held on the day."""
    stated = next((m.state for m in room.by_name[name] if m.state), None)
    held = next((o.office.rpartition("(")[2].rstrip(")") for o in offices if o.name == name and "(" in o.office), None)
    return stated or held


def agentless(case: Case) -> Reading | None:
    """Nobody: the writer where the act is the writer's own, the states where minutes say "it was agreed", else unknown."""
    statement = case.statement
    if statement.source is not None:
        return None
    if statement.directness == "authorial":
        return Reading(("writer",), rule="voice.writer")
    if statement.factuality == "hearsay" or not case.room.cast.states or statement.directness == "scare":
        return Reading(("?",), rule="voice.nobody")
    return Reading(case.room.cast.states, parties=case.room.cast.states, certainty="probable", rule="voice.unnamed")


def turn(case: Case) -> Reading | None:
    """The person of a turn's label, or the label itself where it is a role (`Q`, `MODERATOR`) or an office."""
    if case.statement.directness != "turn" or case.statement.source is None:
        return None
    name = case.room.labels.get(case.statement.id)
    if name:
        return Reading((name,), persons=(name,), rule="voice.label")
    return titled(case) or Reading((f"?{case.words}",), rule="voice.label")


def first_person(case: Case) -> Reading | None:
    """I and we: of the turn or quotation around it, of the writer in an opinion, of the issuers in an official text."""
    if not FIRST.fullmatch(case.words):
        return None
    around, genre = case.parent, case.room.document.card.genre.value
    if around is None:
        if genre in OPINION:
            return Reading(("writer",), certainty="certain", rule="voice.editorial-we")
        if genre in OFFICIAL:
            return replace(collectives.principals(case.room.cast, case.room.packs), rule="voice.issuers-we")
        author = case.room.document.card.author.value
        return Reading((author,), persons=(author,), certainty="probable", rule="voice.author") if genre == "remarks" and author else None
    if SINGULAR.fullmatch(case.words):
        return replace(around, rule="voice.i")
    cue = case.statement.cue
    happened = case.statement.rule == "noun.light" or (cue is not None and PAST.search(cue.exact) is not None)
    states = case.room.cast.states
    if happened:
        return replace(collectives.principals(case.room.cast, case.room.packs), rule="voice.joint-we")
    return Reading(states, parties=states, certainty="ambiguous", rule="voice.joint-we") if states else replace(around, rule="voice.we")


def pronoun(case: Case) -> Reading | None:
    """He, she, it, they: the statement around or before it whose speaker agrees in number and kind."""
    word = case.words.casefold()
    if not PRONOUN.fullmatch(word):
        return None
    wanted = _agreement(word)
    around = [case.parent] if case.parent else []
    before = _before(case)
    fitting = next((r for r in (*around, *before) if r and wanted(r)), None)
    if fitting:
        return replace(fitting, certainty="probable" if word in PERSONAL else fitting.certainty or "certain", rule=f"voice.{word}")
    return _fallback(case, word)


def _agreement(word: str) -> Callable[[Reading], bool]:
    if word in PERSONAL:
        return lambda r: len(r.persons) == 1
    if word in {"they", "their"}:
        return lambda r: len(r.speakers) > 1
    return lambda r: not (len(r.persons) == 1 and len(r.speakers) == 1) and r.speakers[:1] != ("writer",)


def _before(case: Case) -> list[Reading]:
    """The readings of statements that stand shortly before the pronoun, nearest first."""
    place = case.statement.source.start if case.statement.source else 0
    latest = islice(reversed(case.room.readings), RECENT)  # readings are made in the order of the text
    near = [s for s in map(case.room.by_id.__getitem__, latest) if s.source and place - NEAR < s.source.start < place]
    near = sorted((s for s in near if s.directness != "turn"), key=lambda s: -(s.source.start if s.source else 0))
    readings = [case.room.readings[s.id] for s in near]
    if case.words.casefold() in PERSONAL:  # a person nearer by, whom nothing names, may be the one meant
        readings = list(takewhile(lambda reading: not reading.open, readings))
    return [reading for reading in readings if not reading.open]


def _fallback(case: Case, word: str) -> Reading | None:
    """A person named shortly before; for "they" and "it" the states of the consultation that the text tells."""
    place = case.statement.source.start if case.statement.source else 0
    if word in PERSONAL:
        near = [m for m in case.room.from_to(place - NEAR + 1, place) if m.kind == "person"]
        return Reading((near[-1].name,), persons=(near[-1].name,), certainty="probable", rule=f"voice.{word}") if near else None
    states = case.room.cast.states
    return Reading(states, parties=states, certainty="underspecified", rule=f"voice.{word}") if states else None


def collective(case: Case) -> Reading | None:
    """A collective of the pack: principals, states, one side, the issuers of a text, a government, officials."""
    return collectives.collective(case.words, case.room.cast, case.room.mentions, case.room.packs) if case.words else None


def named(case: Case) -> Reading | None:
    """The persons, states or organisations that the source names."""
    source = case.statement.source
    if source is None:
        return None
    inside = case.room.within(source.start, source.end)
    people = tuple(dict.fromkeys(m.name for m in inside if m.kind == "person"))
    if people:
        return Reading(people, persons=people, rule="voice.person")
    rest = case.words
    places = [m for m in inside if m.kind in {"state", "organisation"}]
    for m in places:
        rest = rest.replace(m.surface.exact, " ")
    if not places or FILLER.sub("", rest):
        return None
    names = tuple(dict.fromkeys(m.name for m in places))
    parties = tuple(dict.fromkeys(m.state or m.name for m in places))
    certainty: Certainty | None = "probable" if any(m.title == "metonym" for m in places) else None
    return Reading(names, parties=parties, certainty=certainty, rule="voice.name")


def titled(case: Case) -> Reading | None:
    """A title alone ("the foreign minister"): the one person whom the text gives that office."""
    return collectives.title(case.words, case.room.cast, case.room.mentions, case.room.packs) if case.words else None


def person_like(case: Case) -> Reading | None:
    """Capitalised words that no pack knows, taken as a person's name as printed."""
    words = case.words.split()
    if (
        2 <= len(words) <= 4
        and all(w[0].isupper() and w.replace("’", "").replace("-", "").replace(".", "").isalpha() for w in words)
        and words[0] != "The"
    ):
        return Reading((case.words,), persons=(case.words,), certainty="probable", rule="voice.unknown-name")
    return None


def actors(rows: Iterable[Voice], mentions: Iterable[Mention]) -> tuple[Actor, ...]:
    """The actors that voices name, with what is known of their kind and state, by name."""
    known = {m.name: m for m in mentions}
    found: dict[str, Actor] = {}
    for voice in rows:
        for name in (*voice.speakers, *voice.external, *voice.parties):
            mention = known.get(name)
            people = {o.name for o in voice.offices}
            kind = (
                mention.kind
                if mention
                else "person"
                if name in people
                else "organisation"
                if name.endswith("administration")
                else "collective"
            )
            if not name.startswith("?") and name != "writer":
                found[name] = Actor(name, kind, mention.state if mention else None)
    return tuple(sorted(found.values()))


RULES: tuple[Callable[[Case], Reading | None], ...] = (turn, agentless, first_person, pronoun, collective, named, titled, person_like)
