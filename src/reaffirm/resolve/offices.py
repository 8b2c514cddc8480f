"""The office in which a person speaks, on the day, from the words of the text and the offices pack."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.model import OfficeHeld, PackEntry
from reaffirm.packs import longest_first

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Mention
    from reaffirm.packs import Packs, Term

GENERAL = frozenset({"honorific", "role", "chair", "deputy"})


@lru_cache(maxsize=4)
def _terms(packs: Packs) -> dict[str, list[Term]]:
    """All terms by person."""
    found: dict[str, list[Term]] = defaultdict(list)
    for term in packs.offices:
        found[term.person].append(term)
    return dict(found)


def office(name: str, mentions: Iterable[Mention], packs: Packs, day: str | None) -> OfficeHeld | None:
    """The office of a person: the pack's term that the stated title and the day single out, else the title as printed.

    Without a day and a title in the text nothing is given: who held what is never guessed.
    """
    titled = [m for m in mentions if m.kind == "person" and m.name == name and m.office]
    stated = [m for m in titled if m.office not in GENERAL]
    terms = _terms(packs).get(name, [])
    kind = stated[0].office if stated else None
    fitting = [t for t in terms if kind is None or t.kind == kind]
    held = [t for t in fitting if day and t.covers(day)]
    term = _single(held) or (_single(fitting) if kind and not day else None)
    if term:
        evidence = (stated[0].surface,) if stated else ()
        entry = PackEntry("offices", f"{term.state} / {term.office} / {term.person} / {term.start}")
        return OfficeHeld(name, f"{term.office} ({term.state})", "stated" if stated else "inferred", (*evidence, entry))
    return _printed(name, stated or titled, packs)


def state_of(held: OfficeHeld) -> str | None:
    """The state of an office that rests on an entry of the offices pack; None for one that stands as printed."""
    entry = next((e.entry for e in held.evidence if isinstance(e, PackEntry) and e.pack == "offices"), "")
    return entry.partition(" / ")[0] or None


def _printed(name: str, stated: list[Mention], packs: Packs) -> OfficeHeld | None:
    if not stated:
        return None
    first = stated[0]
    words = " ".join(first.surface.exact.split())
    family = next((n for n in (name, *name.split()) if n in words), "")
    title = words[: words.index(family)].strip(" ,") if family else ""
    title = _bare(title, first.state, packs) or (first.title or "").replace("-", " ")
    return OfficeHeld(name, f"{title} ({first.state})" if first.state else title, "stated", (first.surface,))


def _bare(title: str, state: str | None, packs: Packs) -> str:
    """The title without the state that stands before it ("Peruvian Foreign Minister", "Peru's foreign minister")."""
    forms = [f for s in packs.states if s.name == state for f in (s.name, *s.aliases, *s.demonyms)]
    before = re.match(rf"(?:the )?(?:{longest_first(forms)})(?:['’]s)? ", title, re.IGNORECASE) if forms else None
    return title[before.end() :] if before else title


@lru_cache(maxsize=4)
def _last_year(packs: Packs) -> int:
    """The last year in which an office of the pack changed hands."""
    return max((int(day[:4]) for t in packs.offices for day in (t.start, t.end) if day[:4].isdigit()), default=0)


def _beyond(packs: Packs, day: str) -> bool:
    """Whether a day lies more than a year after the last that the pack knows of."""
    return day[:4].isdigit() and int(day[:4]) > _last_year(packs) + 1


def _single(terms: list[Term]) -> Term | None:
    """The one office that the terms agree on; sourced rows go before unverified ones."""
    sourced = [t for t in terms if t.source and t.source != "unverified"] or terms
    names = {(t.office, t.state) for t in sourced}
    return sourced[-1] if len(names) == 1 else None


def holders(packs: Packs, state: str, kind: str, day: str) -> list[Term]:
    """The terms of an office kind in a state that cover the day, sourced rows alone where there are any.

    Of a day long after the last that the pack knows of, a term without an end says nothing: nobody is given.
    """
    known = not _beyond(packs, day)
    found = [t for t in packs.offices if t.state == state and t.kind == kind and t.covers(day) and (t.end or known)]
    return [t for t in found if t.source != "unverified"] or found
