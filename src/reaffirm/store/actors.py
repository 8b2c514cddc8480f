"""Names of actors that people joined: the one place that says which names are of one actor, and which of them stands for it.

Nothing that was read changes: rows keep the names that they were read with, and an undone decision puts all back. Of the names that a
decision joins, the one that was given first stands for all; of several decisions the last one says so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reaffirm.sequels import OTHER_ACTOR, SAME_ACTOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reaffirm.store.protocol import Store

DECIDED = f"SELECT row, value, field, judged FROM standing WHERE field IN ('{SAME_ACTOR}', '{OTHER_ACTOR}') ORDER BY seq"  # noqa: S608
KNOWN = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM speaker WHERE name = :name) OR EXISTS (SELECT 1 FROM party WHERE name = :name)
OR EXISTS (SELECT 1 FROM bound WHERE name = :name)
"""


def merged(store: Store) -> dict[str, str]:
    """By name, the name that stands for its actor; only names that people joined are there."""
    last: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for row in store.read(DECIDED):
        last.pop((row["row"], row["value"]), None)
        last[row["row"], row["value"]] = row["field"], json.loads(row["judged"])
    found: dict[str, str] = {}
    for field, names in last.values():
        if field == SAME_ACTOR:
            groups = {found.get(name, name) for name in names}
            first = found.get(names[0], names[0])
            found |= dict.fromkeys([*names, *(name for name, stands in found.items() if stands in groups)], first)
    return found


def alike(same: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """These names and all others of their actors, each once, those that stand for an actor before its others."""
    stand = dict.fromkeys(same.get(name, name) for name in names)
    others: dict[str, list[str]] = {name: [] for name in stand}
    for name, first in sorted(same.items()):
        if first in others and name != first:
            others[first].append(name)
    return [name for first in stand for name in (first, *others[first])]


def named(store: Store, words: str) -> list[str]:
    """All names of the actors that people joined one of whose names has these words."""
    same, sought = merged(store), words.casefold()
    return alike(same, (name for name in same if sought in name.casefold()))


def is_known(store: Store, name: str) -> bool:
    """Whether somebody of just this name says, promises or asks something, or is asked."""
    return bool(store.read(KNOWN, {"name": name}))
