"""Labels of turns -> persons: one name for all the labels under which somebody speaks in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm import furniture, turns
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Mention, Span, Statement
    from reaffirm.packs import Packs

PARTICLES = frozenset(
    "de da do dos los las des ul del della di du la le van von der den ter ten bin ibn al el y e zu".split()  # noqa: SIM905 - a list of words
)


def persons(statements: Iterable[Statement], mentions: Iterable[Mention], packs: Packs) -> dict[str, str]:
    """The name of the person who speaks in each turn, by the statement's id; turns of roles and offices are left out.

    A name that the packs or the text know wins; a surname leads to the full name of another label or of the text;
    otherwise the name stands as printed, capitals made small.
    """
    lexicon = turns.read(packs)
    named = [m for m in mentions if m.kind == "person"]
    outlets = furniture.names(packs)
    labels = [
        (s.id, s.source, turns.describe(s.source.exact, lexicon))
        for s in statements
        if s.directness == "turn" and s.source and s.source.exact.casefold() not in outlets
    ]
    full = _full_names(((source, shape) for _, source, shape in labels), named)
    found: dict[str, str] = {}
    for key, source, shape in labels:
        own = next((m.name for m in named if m.entry and m.entry.pack == "offices" and _within(m, source)), None)
        name = own or (_name(source, shape, full) if shape and shape.names else None)
        if name:
            found[key] = name
    return found


def _within(mention: Mention, source: Span) -> bool:
    return source.start <= mention.surface.start and mention.surface.end <= source.end


def _full_names(labels: Iterable[tuple[Span, turns.Shape | None]], named: list[Mention]) -> dict[frozenset[str], str]:
    """The full names of text and labels by their folded words; the text's own spelling goes before a label's."""
    known = {frozenset(fold(m.name).casefold().split()): _spelled(m.name) for m in reversed(named) if " " in m.name}
    for source, shape in labels:
        if shape and len(shape.names) > 1 and not _known(shape.names, known):
            known[frozenset(shape.names)] = printed(source.exact, shape.names)
    return known


def _known(names: tuple[str, ...], known: dict[frozenset[str], str]) -> set[str]:
    """The known names whose words hold all of these, or, for a full name, lie within them (initials, second names)."""
    words = frozenset(names)
    return {name for key, name in known.items() if words <= key or (len(key) > 1 and key <= words)}


def _name(source: Span, shape: turns.Shape, full: dict[frozenset[str], str]) -> str | None:
    """The full name that a label leads to, the name as printed where none is known, nothing for a surname that two people share."""
    fits = _known(shape.names, full)
    if len(fits) > 1:
        return None
    return fits.pop() if fits else printed(source.exact, shape.names)


def printed(label: str, names: tuple[str, ...]) -> str:
    """The name as the label prints it, from its first to its last name word, without title; capitals made small."""
    words = label.split()
    places = [n for n, word in enumerate(words) if fold(word).casefold().strip(".,()") in names]
    if not places:
        return " ".join(name.capitalize() for name in names)
    return " ".join(_small(word.strip(",()")) for word in words[places[0] : places[-1] + 1])


def _spelled(name: str) -> str:
    return " ".join(map(_small, name.split())) if name.isupper() else name


def _small(word: str) -> str:
    """A word in capitals as a name is written; particles in lower case, initials and mixed case as they are."""
    if not word.isupper() or len(word.strip(".")) == 1:
        return word
    if word.casefold() in PARTICLES:
        return word.casefold()
    return "-".join("'".join(piece.capitalize() for piece in part.split("'")) for part in word.split("-"))
