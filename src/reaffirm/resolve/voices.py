"""Statements, names and packs -> voices: who speaks, in which office, for which states, how certainly.

Each rule takes a `Case` and returns a `Reading` or nothing; `RULES` is their order. Nothing is guessed: what no rule warrants
keeps its surface form after a question mark, as the exchange format has it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.model import Actor, OfficeHeld, Statement, Voice, digest
from reaffirm.resolve import collectives
from reaffirm.resolve.cast import cast
from reaffirm.resolve.conjuncts import joined
from reaffirm.resolve.labels import persons
from reaffirm.resolve.offices import office, state_of
from reaffirm.resolve.podium import issued
from reaffirm.resolve.pronouns import pronoun
from reaffirm.resolve.reading import Reading, unresolved
from reaffirm.resolve.room import Case, Room
from reaffirm.resolve.speech import Platform, platform, plural, singular
from reaffirm.resolve.titles import title
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reaffirm.model import Certainty, Document, Mention
    from reaffirm.packs import Packs

FIRST = re.compile(
    r"(?:i|we|us|our|ours|my|ourselves|myself)(?: (?:all|both|also|too|each))?|(?:all|each|many|some|most|both|none) of us", re.IGNORECASE
)
SINGULAR = re.compile(r"(?:i|my|myself)(?: (?:also|too))?", re.IGNORECASE)
FILLER = re.compile(
    r"\b(?:the|both|and|of|a|an|governments?|states?|republic|kingdom|side|itself|themselves|as|well|also)\b"
    r"|[\s,]*[’']s?(?!\w)|\W+", re.IGNORECASE,
)  # fmt: skip
OF_A_STATE = re.compile(
    r"(?:(?:his|her|their|its|the) )?(?:\w+ )?(?:counterpart|opposite number|colleague),? (?=[A-Z])|[A-Z]\w+(?: [A-Z]\w+)?[’']s (?=[A-Z])",
    re.IGNORECASE,
)  # "his Ruvian counterpart Ana Duarte", "Ruvia's Ana Duarte"
APPOSITION = re.compile(r"(?:the|a|an|who|head|chief|director|professor|senior|former)\b")
PAST = re.compile(r"\b\w+ed\b|\b(?:held|had|made|met|took|gave|did|didn[’']t)\b", re.IGNORECASE)
OFFICIALS = re.compile(
    r"\b(?:spokes\w+|officials?|diplomats?|ministers?|ministry|ministries|governments?|embassy|envoys?|ambassadors?|delegations?|presidents?|cabinet"
    r"|military|army|navy|authorities|negotiators?|aides?|advis[eo]rs?)\b",
    re.IGNORECASE,
)
OPINION = frozenset({"editorial", "analysis"})
OFFICIAL = frozenset({"joint statement", "communique", "fact sheet"})


def voices(document: Document, statements: Iterable[Statement], mentions: tuple[Mention, ...], packs: Packs) -> tuple[Voice, ...]:
    """One voice per statement, in the order of the statements."""
    rows = tuple(statements)
    labels = persons(rows, mentions, packs)
    by_id, spoken = {s.id: s for s in rows}, platform(document, mentions, packs) if document.card.genre.value == "remarks" else Platform()
    room = Room(document, cast(document, mentions, packs), mentions, packs, by_id, labels, spoken)
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
    return stated or next((state_of(o) for o in offices if o.name == name), None)


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
    around, genre = case.parent, case.room.document.card.genre.value
    if not FIRST.fullmatch(case.words):
        return None
    if around is None:
        if genre in OPINION:
            return Reading(("writer",), certainty="certain", rule="voice.editorial-we")
        if genre in OFFICIAL:
            found = collectives.principals(case.room.cast, case.room.packs)
            return replace(found, rule="voice.issuers-we") if found.speakers else _of_forum(case)
        return _in_speech(case) if genre == "remarks" else None
    if SINGULAR.fullmatch(case.words):
        return replace(around, rule="voice.i")
    states = case.room.cast.states
    if _happened(case.statement):
        return replace(collectives.principals(case.room.cast, case.room.packs), rule="voice.joint-we")
    if states:
        return Reading(states, parties=states, certainty="ambiguous", rule="voice.joint-we")
    return _in_speech(case, Platform(*_one_person(around))) or replace(around, rule="voice.we")


def one(case: Case) -> Reading | None:
    """The writer, who is "one" in an opinion ("one hopes")."""
    alone = case.parent is None and case.words.casefold() == "one" and case.room.document.card.genre.value in OPINION
    return Reading(("writer",), certainty="probable", rule="voice.one") if alone else None


def _of_forum(case: Case) -> Reading | None:
    """The forum whose text it is, where it has too many members to be those who speak; the organisation that its title names first."""
    forum = case.room.cast.forum
    if forum is None:
        return None
    head = next((b.end for b in case.room.document.blocks if b.kind == "title"), 0)
    body = next((m.name for m in case.room.mentions if m.kind == "organisation" and m.surface.end <= head), forum.name)
    return Reading((body,), parties=(body,), certainty="probable", rule="voice.forum-we")


def _happened(statement: Statement) -> bool:
    """Whether an act of "we" is told as done, so that all who took part did it ("we agreed")."""
    return statement.rule == "noun.light" or (statement.cue is not None and PAST.search(statement.cue.exact) is not None)


def _one_person(reading: Reading) -> tuple[str | None, str | None]:
    """The one person of a reading and the one state behind it."""
    return (reading.persons[0] if len(reading.persons) == 1 else None), (reading.parties[0] if len(reading.parties) == 1 else None)


def _in_speech(case: Case, around: Platform | None = None) -> Reading | None:
    """The first person of a speech; in a turn or quotation (`around`) only a "we" that is not the speaker's own side."""
    room, source = case.room, case.statement.source
    if source is None:
        return None
    if around is None and SINGULAR.fullmatch(case.words):
        return singular(room.platform, case.words)
    reading = plural(room.document, source, around or room.platform, room.mentions, room.packs)
    return None if around and reading.rule == "voice.we-delegation" else reading


def collective(case: Case) -> Reading | None:
    """A collective of the pack: principals, states, one side, the issuers of a text, a government, officials."""
    return collectives.collective(case.words, case.room.cast, case.room.mentions, case.room.packs) if case.words else None


def conjuncts(case: Case) -> Reading | None:
    """Several heads, each read by itself: "X and I", "X and her counterpart", a person and a state."""
    return joined(case, _part, lambda reading: _parties(case.room, reading))


def _parties(room: Room, reading: Reading) -> tuple[str, ...]:
    """The states behind a reading: its own, or those of its persons."""
    return reading.parties or tuple(dict.fromkeys(s for name in reading.persons if (s := _state(room, name, ()))))


def _part(case: Case, start: int, end: int) -> Reading | None:
    """The reading of one conjunct: names, else a title alone, else a collective."""
    room, words = case.room, re.sub(r"\s+", " ", case.room.document.text[start:end]).strip()
    before = room.from_to(0, start)
    return (
        _people(case, start, end)
        or title(words, room.cast, room.mentions, room.packs, before)
        or _bodies(case, words, start, end)
        or collectives.collective(words, room.cast, room.mentions, room.packs)
    )


def named(case: Case) -> Reading | None:
    """The persons, states or organisations that the source names."""
    source = case.statement.source
    if source is None:
        return None
    return _people(case, source.start, source.end) or _bodies(case, case.words, source.start, source.end)


def _people(case: Case, start: int, end: int) -> Reading | None:
    """The persons named in an extent; all bearers of a surname alone that several persons of the text share."""
    people = [m for m in case.room.within(start, end) if m.kind == "person"]
    names = tuple(dict.fromkeys(m.name for m in people))
    if not names:
        return None
    bearers = _bearers(case, names[0]) if len(names) == 1 else ()
    if len(bearers) > 1:
        return Reading(bearers, persons=bearers, certainty="ambiguous", rule="voice.person")
    return Reading(names, persons=names, rule="voice.person")


def _bearers(case: Case, name: str) -> tuple[str, ...]:
    """The persons of the text whose family name a single word is."""
    return tuple(full for full in case.room.by_name if " " in full and full.split()[-1] == name) if " " not in name else ()


def _bodies(case: Case, words: str, start: int, end: int) -> Reading | None:
    """The states and organisations that are all that an extent names."""
    places = [m for m in case.room.within(start, end) if m.kind in {"state", "organisation"}]
    rest = words
    for m in places:
        rest = rest.replace(m.surface.exact, " ")
    if not places or FILLER.sub("", rest):
        return None
    names = tuple(dict.fromkeys(m.name for m in places))
    if len(places) == 1 and places[0].title == "metonym":
        return _seat(case, places[0])
    parties = tuple(dict.fromkeys(m.state or m.name for m in places))
    certainty: Certainty | None = "probable" if any(m.title == "metonym" for m in places) else None
    return Reading(names, parties=parties, certainty=certainty, rule="voice.name")


def _seat(case: Case, place: Mention) -> Reading:
    """Whose seat a place is: of the one state or organisation that the text names, else of all that sit there, ambiguous."""
    word = fold(place.surface.exact)
    bodies = [o.name for o in case.room.packs.organisations if word in o.aliases]
    seated = dict.fromkeys([place.name, *bodies])
    told = {m.name for m in case.room.mentions if m.name in seated and fold(m.surface.exact) != word}
    names = tuple(name for name in seated if name in told) if len(told) == 1 else tuple(seated)
    return Reading(names, parties=names, certainty="ambiguous" if len(names) > 1 else "probable", rule="voice.name")


def titled(case: Case) -> Reading | None:
    """A title alone ("the foreign minister"): the person whom the text gives that office."""
    room = case.room
    return title(case.words, room.cast, room.mentions, room.packs, room.from_to(0, case.start)) if case.words else None


def person_like(case: Case) -> Reading | None:
    """Capitalised words that no pack knows, taken as a person's name as printed; what stands behind a comma is no part of it."""
    owner = OF_A_STATE.match(case.words)
    states = collectives.states_in(owner.group(), case.room.packs) if owner else ()
    beside = owner is not None and (len(states) == 1 or "," in owner.group())  # "Her counterpart, Ana Duarte"
    name, _, apposition = case.words[owner.end() if owner and beside else 0 :].partition(", ")
    words = name.split()
    looks = all(w[0].isupper() and w.replace("’", "").replace("-", "").replace(".", "").isalpha() for w in words)
    if not 2 <= len(words) <= 4 or not looks or words[0] == "The" or (apposition and not APPOSITION.match(apposition)):
        return None
    return Reading((name,), persons=(name,), parties=states, certainty="probable", rule="voice.unknown-name")


def issuer(case: Case) -> Reading | None:
    """A body of which an official text speaks by its noun alone ("the Council"): the organisation that the text names most."""
    names = issued(case.room.document, case.room.mentions, case.words)
    return Reading(names, parties=names, certainty="probable", rule="voice.issuer") if names else None


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


RULES: tuple[Callable[[Case], Reading | None], ...] = (
    turn, agentless, first_person, one, pronoun, conjuncts, titled, collective, named, issuer, person_like,
)  # fmt: skip
