"""The office in which a person speaks, on the day, from the words of the text and the offices pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.model import OfficeHeld, PackEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Mention
    from reaffirm.packs import Packs, Term

GENERAL = frozenset({"honorific", "role", "chair", "deputy"})


def office(name: str, mentions: Iterable[Mention], packs: Packs, day: str | None) -> OfficeHeld | None:
    """The office of a person: the pack's term that the stated title and the day single out, else the title as printed.

    Without a day and a title in the text nothing is given: who held what is never guessed.
    """
    titled = [m for m in mentions if m.kind == "person" and m.name == name and m.office]
    stated = [m for m in titled if m.office not in GENERAL]
    terms = [t for t in packs.offices if t.person == name]
    kind = stated[0].office if stated else None
    fitting = [t for t in terms if kind is None or t.kind == kind]
    held = [t for t in fitting if day and covers(t, day)]
    term = _single(held) or (_single(fitting) if kind else None)
    if term:
        evidence = (stated[0].surface,) if stated else ()
        entry = PackEntry("offices", f"{term.state} / {term.office} / {term.person} / {term.start}")
        return OfficeHeld(name, f"{term.office} ({term.state})", "stated" if stated else "inferred", (*evidence, entry))
    return _printed(name, stated or titled)


def _printed(name: str, stated: list[Mention]) -> OfficeHeld | None:
    if not stated:
        return None
    first = stated[0]
    words = first.surface.exact
    family = next((n for n in (name, *name.split()) if n in words), "")
    title = words[: words.index(family)].strip(" ,") if family and words.index(family) else (first.title or "")
    title = title.removeprefix(f"{first.state} ")
    return OfficeHeld(name, f"{title} ({first.state})" if first.state else title, "stated", (first.surface,))


def _single(terms: list[Term]) -> Term | None:
    """The one office that the terms agree on; sourced rows go before unverified ones."""
    sourced = [t for t in terms if t.source and t.source != "unverified"] or terms
    names = {(t.office, t.state) for t in sourced}
    return sourced[-1] if len(names) == 1 else None


def covers(term: Term, day: str) -> bool:
    """Whether a term covers a day, month or year: both bounds are compared to the precision that both have."""
    first, last = day.split("/", maxsplit=1)[0], day.rsplit("/", maxsplit=1)[-1]
    return _cut(term.start, first) <= _cut(first, term.start) and (not term.end or _cut(last, term.end) <= _cut(term.end, last))


def _cut(date: str, other: str) -> str:
    return date[: min(len(date), len(other))]


def holders(packs: Packs, state: str, kind: str, day: str) -> list[Term]:
    """The terms of an office kind in a state that cover the day, sourced rows alone where there are any."""
    found = [t for t in packs.offices if t.state == state and t.kind == kind and covers(t, day)]
    return [t for t in found if t.source != "unverified"] or found
