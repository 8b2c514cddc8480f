"""Names that people said are of one actor, in the rows of an export: beside the names that were read, never in their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reaffirm.export.book import Book, Row

KEYS = {  # where the rows of a kind name actors
    "statements": ("speakers", "parties"), "commitments": ("parties", "undertaker", "persons"), "demands": ("holder", "target"),
    "meetings": ("participants", "states"),
}  # fmt: skip


def merged(book: Book, same: Mapping[str, str]) -> Book:
    """The book with `merged` in its rows: by name, of those that people joined to another, the one that stands for the actor."""
    if not same:
        return book
    rows = {kind: tuple(_told(row, keys, same) for row in book.rows[kind]) for kind, keys in KEYS.items()}
    actors = tuple({**row, "actor": same.get(row["name"], row["name"])} for row in book.rows["actors"])
    return replace(book, rows={**book.rows, **rows, "actors": actors}, same=same)


def _told(row: Row, keys: tuple[str, ...], same: Mapping[str, str]) -> Row:
    names = sorted({name for key in keys for name in row[key] if same.get(name, name) != name})
    return {**row, "merged": {name: same[name] for name in names}}
