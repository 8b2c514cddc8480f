"""The commitments pack as an index: which words bind, by kind and form."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reaffirm.packs import Bond


@dataclass(frozen=True, slots=True)
class Bonds:
    """The entries by kind and form; forms that begin with a hyphen are endings of words."""

    forms: Mapping[tuple[str, str], tuple[Bond, ...]]
    endings: Mapping[str, tuple[tuple[str, Bond], ...]]
    kinds: Mapping[str, tuple[Bond, ...]]

    def of(self, kind: str, form: str) -> tuple[Bond, ...]:
        """The entries of a kind that list a form, in the order of the pack."""
        return self.forms.get((kind, form), ())

    def first(self, kind: str, form: str) -> Bond | None:
        """The first entry of a kind that lists a form or an ending of it."""
        listed = next(iter(self.of(kind, form)), None)
        return listed or next((bond for ending, bond in self.endings.get(kind, ()) if form.endswith(ending)), None)


@lru_cache(maxsize=8)
def index(lore: tuple[Bond, ...]) -> Bonds:
    """The index of some entries."""
    forms: dict[tuple[str, str], list[Bond]] = defaultdict(list)
    endings: dict[str, list[tuple[str, Bond]]] = defaultdict(list)
    kinds: dict[str, list[Bond]] = defaultdict(list)
    for bond in lore:
        kinds[bond.kind].append(bond)
        for form in bond.forms:
            if form.startswith("-"):
                endings[bond.kind].append((form[1:], bond))
            else:
                forms[bond.kind, form].append(bond)
    return Bonds(
        {key: tuple(found) for key, found in forms.items()},
        {key: tuple(found) for key, found in endings.items()},
        {key: tuple(found) for key, found in kinds.items()},
    )
