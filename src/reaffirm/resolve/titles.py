"""Titles alone ("the foreign minister", "her counterpart") -> the persons whom the text gives that office."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.resolve.cast import HEADS
from reaffirm.resolve.collectives import states_in, without_states
from reaffirm.resolve.offices import holders
from reaffirm.resolve.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Mention
    from reaffirm.packs import Packs
    from reaffirm.resolve.cast import Cast

DETERMINER = re.compile(r"^(?:(?:the|his|her|its|their|our|my) )?(?:'s )?| of(?: the)?$", re.IGNORECASE)
DEFINITE = re.compile(r"(?:the|his|her|its|their|our|my)\b|\S+'s? |(?-i:[A-Z])", re.IGNORECASE)
COUNTERPART = re.compile(r"(?:\w+ )*(?:counterpart|opposite number|colleague)", re.IGNORECASE)
GENERAL = frozenset({"minister", "secretary", "leader"})  # words that many offices share
RULE = "voice.title"
MOST = 4  # persons between whom a title may be ambiguous


def title(words: str, cast: Cast, mentions: Iterable[Mention], packs: Packs, before: tuple[Mention, ...] = ()) -> Reading | None:
    """The person meant by a title alone; where several fit, all of them, ambiguous; the state where the text names nobody.

    `before` are the names up to the title: a counterpart has the office of the last person among them.
    """
    if not DEFINITE.match(words.replace("’", "'")):
        return None
    states, people = states_in(words, packs), [m for m in mentions if m.kind == "person" and m.office]
    bare = re.sub(r"\s+", " ", DETERMINER.sub("", without_states(words, packs))).casefold().strip()
    bare = DETERMINER.sub("", bare).strip()
    if COUNTERPART.fullmatch(bare):
        return _counterpart(states, cast, people, packs, before)
    if bare in GENERAL:
        fits = [m for m in people if _bears(m, bare) and (not states or m.state in states)]
        return _one_of(fits)
    titles = {t.id: t.kind for t in packs.titles if bare in t.forms and t.kind not in {"role", "honorific"}}
    if not titles:
        return None
    held = [m for m in people if m.office in titles.values() and (not states or m.state in states)]
    meant = states or _vacant(bare, frozenset(titles.values()), cast, people, packs)
    return _one_of([m for m in held if m.title in titles] or held) or _elsewhere(meant, sorted(set(titles.values())), cast, packs)


def _vacant(bare: str, kinds: frozenset[str], cast: Cast, people: list[Mention], packs: Packs) -> tuple[str, ...]:
    """The one state at the table that has an office of this title and sends nobody else whom the text names."""
    alike = kinds | set(HEADS) if kinds & set(HEADS) else kinds
    taken = {m.state for m in people if m.office in alike}
    words = set(bare.split())
    has = {t.state for t in packs.offices if t.kind in kinds and words <= set(t.office.casefold().split())}
    fits = [s for s in cast.states if s in has and s not in taken]
    return tuple(fits) if len(fits) == 1 and set(cast.states) - set(fits) <= taken else ()


def _bears(mention: Mention, word: str) -> bool:
    """Whether a person's title has a general word, or, for "leader", is that of a head of state or government."""
    return mention.office in HEADS if word == "leader" else re.search(rf"\b{word}\b", mention.surface.exact, re.IGNORECASE) is not None


def _one_of(fits: list[Mention]) -> Reading | None:
    """The one person of these mentions, or all of them, ambiguous, where they are few."""
    names = tuple(dict.fromkeys(m.name for m in fits))
    if not 0 < len(names) <= MOST:
        return None
    return Reading(names, persons=names, certainty="probable" if len(names) == 1 else "ambiguous", rule=RULE)


def _elsewhere(states: tuple[str, ...], kinds: Iterable[str], cast: Cast, packs: Packs) -> Reading | None:
    """The states of an office that the text names nobody for, with its holders on the day as the packs know them."""
    terms = {t.person for s in states for k in kinds for t in (holders(packs, s, k, cast.day) if cast.day else ())}
    return Reading(states, external=tuple(sorted(terms)), parties=states, certainty="external", rule=RULE) if states else None


def _counterpart(states: tuple[str, ...], cast: Cast, people: list[Mention], packs: Packs, before: tuple[Mention, ...]) -> Reading | None:
    """Who holds the office of the last person before, for another state."""
    last = next((m for m in reversed(before) if m.kind == "person" and (not states or m.state not in states)), None)
    own = next((m for m in people if last and m.name == last.name), None)
    if own is None:
        return None
    kinds = HEADS if own.office in HEADS else (own.office or "",)
    fits = [m for m in people if m.office in kinds and m.state != own.state and m.name != own.name and (not states or m.state in states)]
    return _one_of(fits) or _elsewhere(states, kinds, cast, packs)
