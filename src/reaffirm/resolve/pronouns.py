"""He, she, it and they: the speaker, person or state shortly before that agrees in number, kind and, where known, gender."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from reaffirm.resolve.collectives import principals
from reaffirm.resolve.reading import Reading
from reaffirm.resolve.titles import RULE as TITLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.model import Mention
    from reaffirm.resolve.room import Case

PRONOUN = re.compile(r"(?:he|she|his|her|it|its|they|their|who|which)", re.IGNORECASE)
PERSONAL = {"he": "m", "his": "m", "she": "f", "her": "f"}
ISSUED = frozenset({"joint statement", "communique"})
SOMEBODY = re.compile(  # one person whom a text does not name
    r"^\?(?:an?|the|one|another|this) (?:[\w-]+ ){0,4}?(?:(?:spokes|chair|congress|business|states)(?P<sex>man|woman)"
    r"|spokesperson|official|diplomat|minister|leader|aide|adviser|advisor|negotiator|lawmaker|senator|expert|analyst|source|resident|officer|envoy|ambassador)\b",
    re.IGNORECASE,
)
OTHER = {"m": "woman", "f": "man"}
RECENT = 40  # statements that a pronoun may look back
NEAR = 500  # code points that a pronoun may look back
MOST = 3  # persons of one sentence that a pronoun may be ambiguous between


def pronoun(case: Case) -> Reading | None:
    """He, she, it, they: the statement around or before it whose speaker agrees in number and kind."""
    word = case.words.casefold()
    if not PRONOUN.fullmatch(word):
        return None
    if word == "they" and (leading := _leading(case)):
        return replace(leading, rule="voice.they")
    wanted = _agreement(case, word)
    around = [case.parent] if case.parent else []
    before = _before(case)
    fitting = next((r for r in (*around, *before) if r and wanted(r)), None)
    unnamed = _unnamed(case, word) if fitting is None and word in PERSONAL else None
    if unnamed:
        return replace(unnamed, certainty="probable", rule=f"voice.{word}")
    if fitting:
        return replace(fitting, certainty="probable" if word in PERSONAL else fitting.certainty or "certain", rule=f"voice.{word}")
    return _fallback(case, word)


def _leading(case: Case) -> Reading | None:
    """The principals, all named, for a "They" that opens a paragraph of a text that they issue."""
    document, source = case.room.document, case.statement.source
    if source is None or document.card.genre.value not in ISSUED or case.parent:
        return None
    block = next((b for b in document.blocks if b.start <= source.start < b.end), None)
    if block is None or any(letter.isalpha() for letter in document.text[block.start : source.start]):
        return None
    found = principals(case.room.cast, case.room.packs)
    return found if len(found.persons) > 1 else None


def _agreement(case: Case, word: str) -> Callable[[Reading], bool]:
    """Whether a reading may be meant: one person, not known to be of the other gender; several speakers; or no single person."""
    if word in PERSONAL:
        return lambda r: _may_be(case, r.persons[0], word) if len(r.persons) == 1 else r.rule == TITLE and len(r.speakers) == 1
    if word in {"they", "their"}:
        return lambda r: len(r.speakers) > 1
    return lambda r: not (len(r.persons) == 1 and len(r.speakers) == 1) and r.speakers[:1] != ("writer",)


def _unnamed(case: Case, word: str) -> Reading | None:
    """The person nearest before, where the text does not name that person and the words do not speak against the gender."""
    nearest = next((reading for reading in _near(case) if reading.open or reading.persons), None)
    said = nearest.speakers[0] if nearest and nearest.open and nearest.speakers else ""
    m = SOMEBODY.search(said)
    return None if m is None or m["sex"] == OTHER[PERSONAL[word]] else nearest


def _before(case: Case) -> list[Reading]:
    """The readings of statements that stand shortly before the pronoun and may be meant, nearest first."""
    readings = _near(case)
    if case.words.casefold() in PERSONAL:  # a person nearer by, whom nothing names, may be the one meant
        readings = list(takewhile(lambda reading: not reading.open, readings))
    return [reading for reading in readings if not reading.open]


def _near(case: Case) -> list[Reading]:
    """The readings of statements that stand shortly before the pronoun, nearest first."""
    place = case.statement.source.start if case.statement.source else 0
    latest = islice(reversed(case.room.readings), RECENT)  # readings are made in the order of the text
    near = [s for s in map(case.room.by_id.__getitem__, latest) if s.source and place - NEAR < s.source.start < place]
    near = sorted((s for s in near if s.directness != "turn"), key=lambda s: -(s.source.start if s.source else 0))
    return [case.room.readings[s.id] for s in near]


def _may_be(case: Case, name: str, word: str) -> bool:
    return case.room.gender(name) in {None, PERSONAL[word]}


def _fallback(case: Case, word: str) -> Reading | None:
    """Who is named in the sentence before; for "they" and "it" else the states of the consultation that the text tells."""
    rule = f"voice.{word}"
    if word in PERSONAL:
        return _person(case, word)
    near = _sentence_before(case)
    begun = bool(near) and near[0].surface.start - case.sentences[0][0] <= len("The ")  # its subject, as far as order tells
    people = tuple(dict.fromkeys(m.name for m in near if m.kind == "person"))
    places = {m.name: m.state or m.name for m in near if m.kind in {"state", "organisation"}}
    if word in {"they", "their"}:
        if len(people) > 1 and begun:
            return Reading(people, persons=people, certainty="probable", rule=rule)
    elif len(places) == 1 and not people and begun:
        return Reading(tuple(places), parties=tuple(places.values()), certainty="probable", rule=rule)
    states = case.room.cast.states
    return Reading(states, parties=states, certainty="underspecified", rule=rule) if states else None


def _sentence_before(case: Case) -> list[Mention]:
    before, lead = case.sentences
    return [m for m in case.room.from_to(before[0], lead[1]) if m.surface.end <= lead[1]]


def _person(case: Case, word: str) -> Reading | None:
    """The one person named shortly before; those of the sentence before, ambiguous, where it names several."""
    near = [m for m in case.room.from_to(case.start - NEAR + 1, case.start) if m.kind == "person" and _may_be(case, m.name, word)]
    told = [m.name for m in near if m.surface.start >= case.sentences[0][0]]
    names = tuple(dict.fromkeys(told or [m.name for m in near[-1:]]))
    if not names or len(names) > MOST:
        return None
    return Reading(names, persons=names, certainty="probable" if len(names) == 1 else "ambiguous", rule=f"voice.{word}")
