"""The questions of a reader who browses: how many rows of which kind, what came last, one document with all that was read in it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Unpack

from reaffirm.store import fulltext, items, meetings, queries
from reaffirm.store.records import Breakdown, Count, Facet, Opened, Received, Titled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.store.protocol import Record, Store
    from reaffirm.store.queries import Asked

MOST = 12  # values of a facet that are told
RECENT = """
SELECT d.id, n.doc, d.title, d.genre, d.published, min(a.received) AS received,
       (SELECT min(t.edtf) FROM dated t WHERE t.document = d.id AND t.kind = 'event') AS event
FROM acquisition a
JOIN document d ON d.id = a.document AND d.current = 1 JOIN doc n ON n.document = d.id
GROUP BY d.id ORDER BY received DESC, min(a.seq) DESC LIMIT ?
"""
TITLED = """
SELECT d.id, n.doc, d.title, d.genre,
       coalesce(d.published, (SELECT min(t.edtf) FROM dated t WHERE t.document = d.id AND t.kind = 'event')) AS day
FROM document d JOIN doc n ON n.document = d.id WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY n.doc, d.id
"""
FOUND = """
WITH found AS MATERIALIZED (
  SELECT s.id, s.document, s.act, s.directness FROM listed l JOIN statement s ON s.id = l.row AND s.version = l.version WHERE {where}
)
SELECT '' AS facet, NULL AS value, count(*) AS n FROM found
UNION ALL SELECT 'speaker', p.name, count(*) FROM found JOIN speaker p ON p.statement = found.id GROUP BY p.name
UNION ALL SELECT 'party', p.name, count(*) FROM found JOIN party p ON p.statement = found.id GROUP BY p.name
UNION ALL SELECT 'act', act, count(*) FROM found GROUP BY act
UNION ALL SELECT 'directness', directness, count(*) FROM found GROUP BY directness
UNION ALL SELECT 'document', n.doc, count(*) FROM found JOIN doc n ON n.document = found.document GROUP BY n.doc
"""
SEARCHED = """
WITH found AS MATERIALIZED (
  SELECT p.document FROM passage_text f JOIN passage p ON p.id = f.rowid JOIN document d ON d.id = p.document AND d.current = 1
  WHERE passage_text MATCH :match AND (:document IS NULL OR p.document = :document)
)
SELECT '' AS facet, NULL AS value, count(*) AS n FROM found
UNION ALL SELECT 'document', n.doc, count(*) FROM found JOIN doc n ON n.document = found.document GROUP BY n.doc
"""


def recent(store: Store, limit: int) -> tuple[Received, ...]:
    """The documents that arrived last, the last first."""
    rows = store.read(RECENT, (limit,))
    return tuple(Received(r["id"], r["doc"], r["title"], r["genre"], r["published"], r["event"], r["received"]) for r in rows)


def titles(store: Store, keys: Iterable[str]) -> tuple[Titled, ...]:
    """The names of some documents (ids), by public name."""
    rows = store.read(TITLED, (json.dumps(sorted(set(keys))),))
    return tuple(Titled(r["id"], r["doc"], r["title"], r["genre"], r["day"]) for r in rows)


def said(store: Store, **asked: Unpack[Asked]) -> Breakdown:
    """How many statements meet all conditions, and how many of them each speaker, party, act, manner and document has."""
    with store.reading():
        where, wanted = queries.conditions(store, asked)
        return breakdown(store.read(FOUND.format(where=where), wanted)) if where else Breakdown(0)


def searched(store: Store, query: str, document: str | None = None) -> Breakdown:
    """How many paragraphs a search finds, and how many of them each document has."""
    match = fulltext.match(query)
    if match is None:
        return Breakdown(0)
    chosen = queries.document_id(store, document) if document else None
    return breakdown(store.read(SEARCHED, {"match": match, "document": chosen}))


def breakdown(rows: Iterable[Record]) -> Breakdown:
    """The counts of records (facet, value, n), the first of them the total, the commonest values of each facet first."""
    counts: defaultdict[str, list[Count]] = defaultdict(list)
    for row in rows:
        if row["value"] is not None or not row["facet"]:
            counts[row["facet"]].append(Count(row["value"] or "", row["n"]))
    (total,) = counts.pop("")
    return Breakdown(total.n, tuple(_facet(name, values) for name, values in counts.items()))


def _facet(name: str, values: list[Count]) -> Facet:
    ordered = sorted(values, key=lambda count: (-count.n, count.value))
    return Facet(name, tuple(ordered[:MOST]), max(0, len(ordered) - MOST))


def opened(store: Store, name: str) -> Opened:
    """A document, by its name, its id or the beginning of that, with all rows that are listed of it."""
    with store.reading():
        key = queries.document_id(store, name)
        entry = queries.entry(store, key)
        promised = items.commitments(store, document=key, rejected=True)
        asked = items.demands(store, document=key, rejected=True)
        return Opened(entry, tuple(promised), tuple(asked), tuple(meetings.told(store, document=key)))
