"""Words of a row that say what has become of something, found by the entries of the outcomes pack when the row is made a strand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from reaffirm.occurrences import Becomes, Outcome, Standing
    from reaffirm.sequels import Item

BEHIND = 20  # code points behind words that say that an act was done, shown with them


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that say what has become of an item; `own` where they stand in the row's own words, not only in its sentence."""

    becomes: Becomes
    where: Standing
    words: str
    own: bool


def signs(item: Item, text: str, known: Iterable[Outcome]) -> tuple[Sign, ...]:
    """The signs in a row and in the rest of its sentence (`text`, which begins with its words), in the order of the pack."""
    own = " ".join(span.exact for span in item.wording)
    places = {"verb": item.lemma, "opening": own}
    found = ((entry, entry.pattern.search(places.get(entry.where, text)), entry.pattern.search(own)) for entry in known)
    return tuple(Sign(entry.becomes, entry.where, _shown(entry, hit, text), inside is not None) for entry, hit, inside in found if hit)


def _shown(entry: Outcome, hit: re.Match[str], text: str) -> str:
    return f"{text[hit.start() : hit.end() + BEHIND].strip()} …" if entry.where == "act" else hit[0].strip()
