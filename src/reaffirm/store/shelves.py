"""Shelves: under each key of a sketch the documents that have it, in the order of their ids; who stands near is compared.

A formula that a thousand texts share would make each of them a candidate of every other, so that one more document costs the more
the larger the ledger is. So two documents are compared when they stand within `REACH` places of each other on some shelf. Texts that
are nearly the same share most of their keys, also the rare ones, on whose short shelves all stand near; only of something that came
more than `REACH` times are not all pairs linked, and its copies still hang together, each linked with those beside it.
Ids are hashes, so the order is as good as drawn and no date can change it. What is near depends on what stands on the shelves, not
on how it came there: a new document parts pairs that it comes between, one that goes has its neighbours compared again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from reaffirm.store.protocol import Store

REACH = 8  # copies of one thing that a reader looks through; bench/ledger_size.py measures what they cost

KEYS = "SELECT key FROM sketch_key WHERE document = ? ORDER BY key"
BEFORE = "SELECT document FROM sketch_key WHERE key = ? AND document < ? ORDER BY document DESC LIMIT ?"
AFTER = "SELECT document FROM sketch_key WHERE key = ? AND document > ? ORDER BY document LIMIT ?"
ACROSS = "SELECT a, b FROM copy WHERE a = ? AND b > ?"  # a copy's `a` is the smaller id
SHARED = """
SELECT x.key FROM sketch_key x JOIN sketch_key y ON y.key = x.key AND y.document = :b
WHERE x.document = :a AND (
  SELECT count(*) FROM (SELECT 1 FROM sketch_key z WHERE z.key = x.key AND z.document > :a AND z.document < :b LIMIT :reach)
) < :reach LIMIT 1
"""


def near(store: Store, document: str) -> list[str]:
    """The ids of the documents that stand near this one on some shelf, in order."""
    found: set[str] = set()
    for row in store.read(KEYS, (document,)):
        for side in (BEFORE, AFTER):
            found.update(str(other["document"]) for other in store.read(side, (row["key"], document, REACH)))
    return sorted(found)


def part(connection: sqlite3.Connection, document: str) -> None:
    """Nothing; takes away the links of those that a document came between so that they stand near on no shelf any more."""
    still: set[tuple[str, str]] = set()
    before: set[str] = set()
    for row in connection.execute(KEYS, (document,)).fetchall():
        left, right = (_beside(connection, row["key"], document, side) for side in (BEFORE, AFTER))
        before.update(left)
        still.update((a, b) for i, a in enumerate(left, 1) for b in right[: REACH - i])
    links = ((row["a"], row["b"]) for a in sorted(before) for row in connection.execute(ACROSS, (a, document)).fetchall())
    for a, b in links:
        if (a, b) not in still and not connection.execute(SHARED, {"a": a, "b": b, "reach": REACH}).fetchone():
            connection.execute("DELETE FROM copy WHERE a = ? AND b = ?", (a, b))


def leave(connection: sqlite3.Connection, document: str, keys: Iterable[int]) -> None:
    """Nothing; takes a document from all shelves but those of `keys`; who comes nearer to each other thereby is to be compared again."""
    kept = frozenset(keys)
    gone = [row["key"] for row in connection.execute(KEYS, (document,)).fetchall() if row["key"] not in kept]
    for other in sorted(set(_nearer(connection, document, gone))):
        connection.execute("UPDATE sketch SET linked = 0 WHERE document = ?", (other,))
    connection.executemany("DELETE FROM sketch_key WHERE key = ? AND document = ?", ((key, document) for key in gone))


def _nearer(connection: sqlite3.Connection, document: str, keys: Iterable[int]) -> Iterator[str]:
    """Who stands before a document on a shelf where somebody on its other side was just out of reach."""
    for key in keys:
        left, right = (_beside(connection, key, document, side) for side in (BEFORE, AFTER))
        yield from (a for i, a in enumerate(left, 1) if len(right) > REACH - i)


def _beside(connection: sqlite3.Connection, key: int, document: str, side: str) -> list[str]:
    return [str(row["document"]) for row in connection.execute(side, (key, document, REACH))]
