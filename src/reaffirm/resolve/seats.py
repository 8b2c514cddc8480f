"""Persons of whom a text gives the office but not the state -> the same persons with the state for which they sit at the table.

Three proofs, each only where nothing speaks against it: the names beside theirs ("Minister A and Minister B of Ruvia"), an office
that only one of the two states has, and the other minister of the same kind, who sits for the other state.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.resolve.cast import HEADS, cast
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Document, Mention
    from reaffirm.packs import Packs

SEATED = frozenset({"foreign", "defence", "finance", "trade", "security_adviser", *HEADS})  # kinds that one person holds for a state
SECTOR = "deputy"  # ministers of other matters, and those who stand in for a minister
BESIDE = re.compile(
    r"(?:,? [A-Z][A-Za-z.]{1,6})?(?:,? \([^)]{1,40}\))?,?(?: and| as well as| along with| together with)?(?: the| his| her)?\s",
)  # what stands between two names of one row: letters behind a name, a note in brackets, "and"
BARE = frozenset({"the", "hon", "for", "and", "affairs", "national", "her", "his", "mrs"})
TWO = 2


def seated(document: Document, mentions: tuple[Mention, ...], packs: Packs) -> tuple[Mention, ...]:
    """The names of a document, in their order, persons with the state that the text proves them to sit for."""
    titled = [m for m in mentions if m.kind == "person" and m.office in SEATED | {SECTOR}]
    if all(m.state for m in titled):
        return mentions
    states = {m.name: m.state for m in titled if m.state}
    states |= dict(_beside(document, titled, states))
    pair = cast(document, _placed(mentions, states), packs).states
    if len(pair) == TWO:
        states |= dict(_by_office(titled, states, pair, packs))
        states |= dict(_opposite(titled, states, pair))
    return _placed(mentions, states)


def _placed(mentions: Iterable[Mention], states: dict[str, str]) -> tuple[Mention, ...]:
    """The names, persons that have no state with the one that was found for them; a former holder keeps none."""
    return tuple(
        replace(m, state=states[m.name]) if m.kind == "person" and m.state is None and m.office and m.name in states else m
        for m in mentions
    )


def _beside(document: Document, titled: list[Mention], states: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The states of those who stand in a row with one whose state is known, in another office of the same government.

    Where the row names several states, each is that of those behind it ("A of X, B, C of Y and D"), or, if it ends with one, of those
    before it.
    """
    for found in _rows(document, titled):
        turned = states.get(found[0].name) is None and len({states.get(m.name) for m in found} - {None}) > 1 if found else False
        row = found[::-1] if turned else found
        known = [states.get(m.name) for m in row]
        groups: dict[str, list[Mention]] = {}
        last = next((s for s in known if s), "")
        for m, own in zip(row, known, strict=True):
            last = own or last
            groups.setdefault(last, []).append(m)
        for state, members in groups.items():
            offices = ["head" if m.office in HEADS else m.surface.exact if m.office == SECTOR else m.office for m in members]
            if state and len(set(offices)) == len(offices):
                yield from ((m.name, state) for m in members if m.name not in states)


def _rows(document: Document, titled: list[Mention]) -> Iterator[list[Mention]]:
    """The persons named in a row, nothing but "and" and the like between them."""
    row: list[Mention] = titled[:1]
    for first, second in pairwise(titled):
        if BESIDE.fullmatch(fold(document.text[first.surface.end : second.surface.start])):
            row.append(second)
        else:
            yield row
            row = [second]
    yield row


def _by_office(titled: list[Mention], states: dict[str, str], pair: tuple[str, ...], packs: Packs) -> Iterator[tuple[str, str]]:
    """The state, of the two, that alone has an office of this kind called by this title."""
    offices = [(t.state, t.kind, _words(t.office)) for t in packs.offices if t.state in pair]
    if {state for state, _, _ in offices} != set(pair):
        return
    taken = {(states.get(m.name), m.office) for m in titled}
    for m in titled:
        called = _words(m.surface.exact.removesuffix(m.name))
        fits = {state for state, kind, words in offices if kind == m.office and called <= words}
        if m.name not in states and called and len(fits) == 1 and (*fits, m.office) not in taken:
            yield m.name, fits.pop()


def _words(office: str) -> frozenset[str]:
    """The words that tell an office, in one spelling."""
    return frozenset(re.findall(r"\w{3,}", fold(office).casefold().replace("defense", "defence"))) - BARE


def _opposite(titled: list[Mention], states: dict[str, str], pair: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The other state, for the one person whose office another person holds for one of the two."""
    for m in titled:
        kinds = HEADS if m.office in HEADS else (m.office,)
        holders = {x.name: states.get(x.name) for x in titled if x.office in kinds}
        taken = {s for s in holders.values() if s}
        free = [name for name, state in holders.items() if state is None]
        if len(taken) == 1 and free == [m.name] and taken <= set(pair):
            yield m.name, next(s for s in pair if s not in taken)
