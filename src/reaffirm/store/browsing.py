"""The questions of a reader who browses: how many rows of which kind, what came last, one document with all that was read in it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Unpack

from reaffirm.store import fulltext, items, meetings, queries
from reaffirm.store.records import Breakdown, Count, Facet, Opened, Received, Titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reaffirm.store.protocol import Record, Store
    from reaffirm.store.queries import Asked

MOST = 12  # values of a facet that are told
ALL = "+"  # behind the name of a facet: how many values it has
LISTED = frozenset({"speaker", "party", "undertaker", "holder", "target", "issue", "actor"})  # facets whose values are lists of names
RECENT = """
SELECT d.id, n.doc, d.title, d.genre, d.published, a.received,
       (SELECT min(t.edtf) FROM dated t WHERE t.document = d.id AND t.kind = 'event') AS event
FROM acquisition a CROSS JOIN document d ON d.id = a.document AND d.current = 1 CROSS JOIN doc n ON n.document = d.id
WHERE NOT EXISTS (SELECT 1 FROM acquisition e WHERE e.document = a.document AND (e.received, e.seq) < (a.received, a.seq))
ORDER BY a.received DESC, a.seq DESC LIMIT ?
"""
TITLED = """
SELECT d.id, n.doc, d.title, d.genre,
       coalesce(d.published, (SELECT min(t.edtf) FROM dated t WHERE t.document = d.id AND t.kind = 'event')) AS day
FROM document d JOIN doc n ON n.document = d.id WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY n.doc, d.id
"""
DEAR = frozenset({"match", "cue", "to", "factuality", "speakers", "parties"})  # conditions that are met once for all counts
FOUND = """
WITH said AS {kept} (SELECT s.name, s.document, s.who, s.whom, s.act, s.directness FROM {roll} WHERE {where}),
found AS MATERIALIZED (SELECT who, whom, act, directness, count(*) AS n FROM said GROUP BY who, whom, act, directness),
homes AS MATERIALIZED (SELECT name, document, count(*) AS n FROM said GROUP BY name, document)
SELECT '' AS facet, NULL AS value, coalesce(sum(n), 0) AS n FROM found
UNION ALL SELECT 'speaker', who, n FROM found
UNION ALL SELECT 'party', whom, sum(n) FROM found GROUP BY whom
UNION ALL SELECT 'act', act, sum(n) FROM found GROUP BY act
UNION ALL SELECT 'directness', directness, sum(n) FROM found GROUP BY directness
"""
HOMES = f"""
UNION ALL SELECT 'document', n.doc, h.n FROM (SELECT * FROM homes ORDER BY n DESC, name, document LIMIT {MOST}) h
JOIN doc n ON n.document = h.document
UNION ALL SELECT 'document{ALL}', NULL, count(*) FROM homes
"""  # noqa: S608 - constants
SEARCHED = """
WITH homes AS MATERIALIZED (
  SELECT d.name, d.id AS document, f.n FROM (
    SELECT p.document, count(*) AS n FROM passage_text f JOIN passage p ON p.id = f.rowid
    WHERE passage_text MATCH :match AND (:document IS NULL OR p.document = :document) GROUP BY p.document
  ) f CROSS JOIN document d ON d.id = f.document AND d.current = 1
)
SELECT '' AS facet, NULL AS value, coalesce(sum(n), 0) AS n FROM homes
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
        kept = "MATERIALIZED" if DEAR & wanted.keys() else "NOT MATERIALIZED"
        sql = FOUND.format(where=where, roll=queries.roll(wanted), kept=kept) + HOMES
        return breakdown(store.read(sql, wanted)) if where else Breakdown(0)


def searched(store: Store, query: str, document: str | None = None) -> Breakdown:
    """How many paragraphs a search finds, and how many of them each document has."""
    match = fulltext.match(query)
    if match is None:
        return Breakdown(0)
    chosen = queries.document_id(store, document) if document else None
    return breakdown(store.read(SEARCHED + HOMES, {"match": match, "document": chosen}))


def breakdown(rows: Iterable[Record], same: Mapping[str, str] | None = None) -> Breakdown:
    """The counts of records (facet, value, n), those without a facet the total, the commonest values of each facet first.

    `same` says which name stands for the actor of a name, where that is another one.

    Records of one value are added up; a value of `LISTED` is several, one a line. A facet of which only the commonest values are there
    has a record more, under its name and `ALL`, with how many it has.
    """
    rows = list(rows)
    whole = {row["facet"]: row["n"] for row in rows if row["facet"].endswith(ALL)}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["value"] is not None or not row["facet"]:
            value = row["value"] or ""
            for each in {(same or {}).get(name, name) for name in _names(row["facet"], value)}:
                counts[row["facet"]][each] += row["n"]
    total = counts.pop("", Counter()).total()
    return Breakdown(total, tuple(_facet(name, values, whole.get(name + ALL, 0)) for name, values in counts.items() if values))


def _names(facet: str, value: str) -> Iterable[str]:
    """The values that a value holds; who is not known, or only the writer, is no actor."""
    if facet not in LISTED:
        return (value,)
    names = {*value.split("\n")} - {""}
    return names if facet != "actor" else (name for name in names if name != "writer" and not name.startswith("?"))


def _facet(name: str, values: Counter[str], whole: int) -> Facet:
    ordered = sorted((Count(value, n) for value, n in values.items()), key=lambda count: (-count.n, count.value))
    return Facet(name, tuple(ordered[:MOST]), max(0, max(whole, len(ordered)) - MOST))


def opened(store: Store, name: str) -> Opened:
    """A document, by its name, its id or the beginning of that, with all rows that are listed of it."""
    with store.reading():
        key = queries.document_id(store, name)
        entry = queries.entry(store, key)
        promised = items.commitments(store, document=key, rejected=True)
        asked = items.demands(store, document=key, rejected=True)
        return Opened(entry, tuple(promised), tuple(asked), tuple(meetings.told(store, document=key)))
