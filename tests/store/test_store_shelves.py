"""Shelves: which documents are compared hangs on what stands on the shelves, not on the order in which it came there."""

from __future__ import annotations

import sqlite3
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.model import Sketch
from reaffirm.store import shelves, writing
from reaffirm.store.connect import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REACH = 2
DOCUMENTS, KEYS = "ABCDEFGHJK", range(5)
COPY = "INSERT INTO copy VALUES (?, 'reprint', ?, ?, 1.0, '', '[]', '')"


@pytest.fixture(autouse=True, scope="module")
def _short() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "REACH", REACH)
        yield


class Store:
    """As much of a ledger as shelves need: its tables, without what they refer to."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.executescript(schema())
        self.connection.execute("PRAGMA foreign_keys = OFF")

    def read(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        return self.connection.execute(sql, values).fetchall()

    def put(self, document: str, keys: frozenset[int] | None) -> None:
        """Nothing; a document comes, comes with other keys, or goes."""
        writing.put_sketch(self.connection, document, None if keys is None else Sketch(document, 100, tuple(sorted(keys))))

    def link(self) -> None:
        """Nothing; compares whoever is open, as `derivation.derive` does; all that are near each other count as copies."""
        for (key,) in self.read("SELECT document FROM sketch WHERE linked = 0 ORDER BY document"):
            pairs = [sorted((key, other)) for other in shelves.near(self, key)]  # type: ignore[arg-type] # it reads only
            self.connection.execute("DELETE FROM copy WHERE a = :id OR b = :id", {"id": key})
            self.connection.executemany(COPY, ((a + b, a, b) for a, b in pairs))
            shelves.part(self.connection, key)
            self.connection.execute("UPDATE sketch SET linked = 1 WHERE document = ?", (key,))

    def links(self) -> set[tuple[str, str]]:
        return {(row["a"], row["b"]) for row in self.read("SELECT a, b FROM copy")}


def near(shelved: dict[str, frozenset[int]]) -> set[tuple[str, str]]:
    """The pairs that stand within `REACH` places on some shelf, found by looking at all."""
    found = set()
    for key in KEYS:
        shelf = sorted(document for document, keys in shelved.items() if key in keys)
        found |= {(shelf[i], shelf[k]) for i, k in combinations(range(len(shelf)), 2) if k - i <= REACH}
    return found


@given(
    st.lists(
        st.tuples(st.sampled_from(DOCUMENTS), st.none() | st.frozensets(st.sampled_from(KEYS), min_size=1), st.booleans()), max_size=25
    )
)
def test_links_are_those_of_who_is_near_whatever_came_and_went_before(moves: list[tuple[str, frozenset[int] | None, bool]]) -> None:
    store, shelved = Store(), dict[str, frozenset[int]]()
    for document, keys, at_once in moves:
        store.put(document, keys)
        shelved.pop(document, None)
        if keys is not None:
            shelved[document] = keys
        if at_once:
            store.link()
            assert store.links() == near(shelved)
    store.link()
    assert store.links() == near(shelved)


@pytest.mark.parametrize(
    ("shelf", "document", "found"),
    [
        ("ABCDE", "C", ["A", "B", "D", "E"]),
        ("ABCDE", "A", ["B", "C"]),
        ("A", "A", []),
    ],
)
def test_who_stands_near(shelf: str, document: str, found: list[str]) -> None:
    store = Store()
    for name in shelf:
        store.put(name, frozenset({1}))
    assert shelves.near(store, document) == found  # type: ignore[arg-type] # it reads only


def test_a_rare_key_brings_together_who_stands_far_apart_under_a_common_one() -> None:
    store = Store()
    for name in DOCUMENTS:
        store.put(name, frozenset({1, 2}) if name in "AK" else frozenset({1}))
    store.link()
    assert ("A", "K") in store.links()
    assert ("A", "J") not in store.links()
