"""Neighbours: which documents are still to be compared with which, near-copies, and who may tell the same meeting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.model import Copy, Difference
from reaffirm.store import loading

if TYPE_CHECKING:
    from reaffirm.model import Document, Span
    from reaffirm.store.protocol import Record, Store

OPEN = "SELECT document FROM sketch WHERE linked = 0 ORDER BY document"
FELLOWS = """
SELECT DISTINCT o.document FROM meeting_key k JOIN meeting_key o ON o.key = k.key AND o.document <> k.document
WHERE k.document = ? ORDER BY o.document
"""
COPIES = """
SELECT c.*, n.doc AS first, m.doc AS second FROM copy c JOIN doc n ON n.document = c.a JOIN doc m ON m.document = c.b
{} ORDER BY n.doc, m.doc, c.id
"""
OF_ONE = "WHERE c.a = :document OR c.b = :document"


@dataclass(frozen=True, slots=True)
class Linked:
    """A link between two near-copies with the public names of its `a` and its `b`."""

    first: str
    second: str
    copy: Copy


def unlinked(store: Store) -> list[str]:
    """The ids of the documents that have not been compared with the others yet, in order."""
    return [str(row["document"]) for row in store.read(OPEN)]


def fellows(store: Store, document: str) -> list[str]:
    """The ids of the documents that may tell the same meeting as this one, in order."""
    return [str(row["document"]) for row in store.read(FELLOWS, (document,))]


def copies(store: Store, document: str | None = None) -> list[Linked]:
    """The links between near-copies, those of one document or all, by the documents' names."""
    with store.reading():
        texts: dict[str, Document] = {}
        rows = store.read(COPIES.format(OF_ONE if document else ""), {"document": document})
        return [Linked(row["first"], row["second"], _copy(store, row, texts)) for row in rows]


def _copy(store: Store, row: Record, texts: dict[str, Document]) -> Copy:
    a, b = (texts.get(key) or texts.setdefault(key, loading.document(store, key)) for key in (row["a"], row["b"]))
    places = json.loads(row["differences"])
    differences = tuple(Difference(_span(a, first), _span(b, second)) for first, second in places)
    return Copy(row["id"], row["kind"], row["a"], row["b"], row["shared"], row["rule"], differences)


def _span(document: Document, extent: list[int] | None) -> Span | None:
    return None if extent is None else document.span(extent[0], extent[1])
