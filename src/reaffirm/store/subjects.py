"""Issues and actors: lists with counts, what is filed under an issue or belongs to an actor, and tables of one by the other.

Rows that people rejected are counted nowhere. The tables `filing`, `bound`, `duty` and `call` hold rows of current documents only;
voices of older runs are left out through `listed`.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from reaffirm.store import actors, items, loading, queries
from reaffirm.store.browsing import breakdown
from reaffirm.store.records import Cell, Figure, Line, Service, Source, Subject, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reaffirm.store.protocol import Record, Store
    from reaffirm.store.records import Breakdown

Layer = Literal["said", "promised", "asked"]
LETTERS: dict[str, Layer] = {"S": "said", "C": "promised", "N": "asked"}
FIRST = {layer: letter for letter, layer in LETTERS.items()}
KEPT = f"NOT IN (SELECT row FROM {loading.OWN_VERDICT} WHERE verdict = 'rejected')"  # noqa: S608 - constants
ROLES = ("party", "undertaker", "person", "holder", "target")

# Lists

SUBJECTS = f"""
SELECT issue, kind, sum(substr(row, 1, 1) = 'S') AS said, sum(substr(row, 1, 1) = 'C') AS promised,
       sum(substr(row, 1, 1) = 'N') AS asked, count(DISTINCT document) AS documents, count(*) OVER () AS total
FROM filing WHERE kind = :kind AND row {KEPT} GROUP BY issue ORDER BY count(*) DESC, issue LIMIT :limit OFFSET :offset
"""  # noqa: S608 - constants
SAID_BY = f"SELECT who, whom, count(*) AS n FROM roll WHERE kind = 'S' AND row {KEPT} {{}} GROUP BY who, whom"  # noqa: S608 - constants
NAMES = "(SELECT value FROM json_each(:names))"
SAID_BY_ONE = f"AND row IN (SELECT statement FROM speaker WHERE name IN {NAMES} UNION SELECT statement FROM party WHERE name IN {NAMES})"  # noqa: S608
BOUND_BY = f"""
SELECT name, sum(role IN ('party', 'person')) AS promised, sum(role = 'holder') AS asks, sum(role = 'target') AS asked FROM bound
WHERE role <> 'undertaker' AND row {KEPT} {{}} GROUP BY name
"""  # noqa: S608 - constants
BOUND_BY_ONE = f"AND name IN {NAMES}"
BOUND_TOGETHER = f"""
SELECT m.value AS name, count(DISTINCT iif(b.role IN ('party', 'person'), b.row, NULL)) AS promised,
       count(DISTINCT iif(b.role = 'holder', b.row, NULL)) AS asks, count(DISTINCT iif(b.role = 'target', b.row, NULL)) AS asked
FROM json_each(:same) m CROSS JOIN bound b ON b.name = m.key WHERE b.role <> 'undertaker' AND b.row {KEPT} GROUP BY m.value
"""  # noqa: S608 - constants
KNOWN = """
SELECT k.value AS name, coalesce(
    (SELECT m.kind FROM mention m WHERE m.name = k.value LIMIT 1),
    (SELECT a.kind FROM bound b JOIN actor a ON a.document = b.document AND a.name = b.name WHERE b.name = k.value LIMIT 1),
    (SELECT a.kind FROM speaker p JOIN voice v ON v.statement = p.statement JOIN actor a ON a.document = v.document AND a.name = p.name
     WHERE p.name = k.value LIMIT 1)) AS kind,
  (SELECT m.state FROM mention m WHERE m.name = k.value AND m.state IS NOT NULL LIMIT 1) AS state
FROM json_each(?) k
"""


def subjects(store: Store, kind: str, *, limit: int, offset: int = 0) -> tuple[list[Subject], int]:
    """The issues (or, of kind `thing`, what is named) under which most is filed, and how many there are."""
    rows = store.read(SUBJECTS, {"kind": kind, "limit": limit, "offset": offset})
    found = [Subject(r["issue"], r["kind"], r["said"], r["promised"], r["asked"], r["documents"]) for r in rows]
    return found, rows[0]["total"] if rows else 0


def figures(store: Store, kind: str | None = None, name: str | None = None, *, limit: int = 1, offset: int = 0) -> tuple[list[Figure], int]:
    """The actors who say, promise and ask most, or are asked most, and how many there are; of one kind or name if that is given.

    Names that people joined are one actor, under the name that stands for it, whichever of them is asked for.
    """
    with store.reading():
        same = actors.merged(store)
        counted = _counted(store, same, name)
        ranked = sorted(counted, key=lambda each: (-sum(counted[each]), each))
        of_kind = {each for each, known in _known(store, same, ranked).items() if known[0] == kind} if kind else counted.keys()
        chosen = [each for each in ranked if each in of_kind]
        shown = chosen[offset : offset + limit]
        known = _known(store, same, shown)
    return [Figure(each, *known[each], *counted[each], tuple(actors.alike(same, [each])[1:])) for each in shown], len(chosen)


def _counted(store: Store, same: Mapping[str, str], name: str | None) -> dict[str, tuple[int, int, int, int]]:
    """By actor (or of one), how much it says, promises and asks, and is asked; who is not known, or only the writer, is none."""
    one = (SAID_BY_ONE, BOUND_BY_ONE) if name else ("", "")
    name = same.get(name, name) if name else None
    asked = {"names": json.dumps(actors.alike(same, [name] if name else [])), "same": json.dumps(same)}
    said: Counter[str] = Counter()
    for row in store.read(SAID_BY.format(one[0]), asked):
        told = {*row["who"].split("\n"), *row["whom"].split("\n")}
        said.update(dict.fromkeys({same.get(each, each) for each in told}, row["n"]))
    rows = [row for row in store.read(BOUND_BY.format(one[1]), asked) if row["name"] not in same]
    rows += store.read(BOUND_TOGETHER, asked) if same else []
    bound = {row["name"]: (row["promised"], row["asks"], row["asked"]) for row in rows}
    names = {name} & {*said, *bound} if name else {*said, *bound}
    return {n: (said[n], *bound.get(n, (0, 0, 0))) for n in names if n and not n.startswith("?") and n != "writer"}


def _known(store: Store, same: Mapping[str, str], names: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """Kind and state of these actors, as the first of their names has them of which they are known."""
    told = {row["name"]: (row["kind"], row["state"]) for row in store.read(KNOWN, (json.dumps(actors.alike(same, names)),))}
    of = {each: [told[name] for name in (actors.alike(same, [each]) if each in same else [each])] for each in names}
    return {each: (next((k for k, _ in found if k), None), next((s for _, s in found if s), None)) for each, found in of.items()}


# Rows under an issue, or of an actor

FILED = "SELECT f.row AS id FROM filing f WHERE f.issue = :issue"
OWNED = """
SELECT p.statement AS id FROM speaker p WHERE p.name IN (SELECT value FROM json_each(:names))
UNION SELECT p.statement FROM party p WHERE p.name IN (SELECT value FROM json_each(:names))
UNION SELECT b.row FROM bound b WHERE b.name IN (SELECT value FROM json_each(:names)) AND b.role <> 'target'
"""
LOOKED_UP = "({}) o CROSS JOIN roll r ON r.row = o.id"
SCANNED = (  # most records are passed by at the first look
    "(SELECT * FROM roll WHERE instr(issues, :issue) AND instr(char(10) || issues || char(10), char(10) || :issue || char(10))) r"
)
FEW = 5_000  # rows that are looked up one by one; more are found by going through all
HOW_MANY = f"SELECT count(*) AS n, max(kind) AS kind FROM (SELECT kind FROM filing WHERE issue = ? LIMIT {FEW})"  # noqa: S608 - constants
FOUND = """
WITH found AS MATERIALIZED (
  SELECT r.row AS id, r.kind AS letter, r.reads, {columns}
  FROM {source} WHERE r.row {kept} AND r.kind IN ('S', 'C', 'N') AND (:document IS NULL OR r.document = :document) {also}
), taken AS MATERIALIZED (SELECT reads AS id FROM found WHERE reads IS NOT NULL),
chosen AS MATERIALIZED (
  SELECT * FROM found WHERE letter = :letter OR (:letter IS NULL AND (letter <> 'S' OR id NOT IN (SELECT id FROM taken)))
)
"""
ALSO = f"AND r.row IN ({OWNED})"
DAY = (
    "coalesce((SELECT min(e.first) FROM dated e WHERE e.document = {0} AND e.kind = 'published'),"
    " (SELECT min(e.first) FROM dated e WHERE e.document = {0}))"
)
COLUMNS = "r.version, r.name, r.document, r.start, r.day, r.who, r.whom, r.persons, r.issues"
PLACE = "c.day IS NULL, c.day, c.name, c.document, c.start, c.letter, c.id"
SHEET = f"""
UNION ALL SELECT NULL, c.id, row_number() OVER (ORDER BY {PLACE}), c.version
FROM (SELECT * FROM chosen c ORDER BY {PLACE} LIMIT :limit OFFSET :offset) c
"""  # noqa: S608 - constants
COUNTS = """
, grouped AS MATERIALIZED (
  SELECT letter, who, whom, persons, issues, count(*) AS n FROM chosen GROUP BY letter, who, whom, persons, issues
)
SELECT '' AS facet, NULL AS value, coalesce(sum(n), 0) AS n, NULL AS version FROM grouped
UNION ALL SELECT 'kind', CASE letter WHEN 'S' THEN 'said' WHEN 'C' THEN 'promised' ELSE 'asked' END, count(*), NULL
FROM found GROUP BY letter
UNION ALL SELECT 'actor', iif(letter = 'N', who, who || char(10) || whom || char(10) || persons), n, NULL FROM grouped
UNION ALL SELECT 'issue', issues, sum(n), NULL FROM grouped GROUP BY issues
"""
YEARLY, DAILY = 4, 10  # characters of a date
MANY = 60  # days more than which are told by year
WEIGHTS = f"""
WITH told AS MATERIALIZED (
  SELECT r.day, r.strength, r.degree AS band FROM {{source}} WHERE r.row {KEPT} AND r.kind = 'C' AND r.class <> 'withheld' {{also}}
), sized AS (SELECT CASE WHEN count(DISTINCT day) > {MANY} THEN {YEARLY} ELSE {DAILY} END AS digits FROM told)
SELECT substr(day, 1, digits) AS day, count(*) AS n, max(strength) AS strongest, avg(strength) AS mean,
       sum(band = 'strong') AS strong, sum(band = 'medium') AS medium, sum(band = 'weak') AS weak
FROM told, sized WHERE day IS NOT NULL GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - constants


class Chosen(TypedDict, total=False):
    """Which rows `lines` may be asked for: under an issue, of an actor, or both; in one document; of one layer."""

    issue: str | None
    actor: str | None
    document: str | None
    layer: Layer | None
    limit: int
    offset: int


def lines(store: Store, **chosen: Unpack[Chosen]) -> tuple[list[Line], Breakdown]:
    """What is said, promised and asked under an issue, by an actor, or both, by date, document and place; and counts by facet.

    Without a layer, a statement that is read as one of the commitments or demands is left to them.
    """
    layer = chosen.get("layer")
    with store.reading():
        issue, actor, document = chosen.get("issue"), chosen.get("actor"), chosen.get("document")
        home = queries.document_id(store, document) if document else None
        parts = _parts(store, issue, actor)
        found = FOUND.format(columns=COLUMNS, kept=KEPT, **parts)
        same = actors.merged(store)
        asked: dict[str, object] = {"issue": issue, "names": json.dumps(actors.alike(same, [actor] if actor else [])), "document": home}
        asked |= {"letter": FIRST[layer] if layer else None, "limit": chosen.get("limit", -1), "offset": chosen.get("offset", 0)}
        rows = store.read(found + COUNTS + SHEET, asked)
        shown = sorted((row for row in rows if row["facet"] is None), key=lambda row: int(row["n"]))
        counted = [row for row in rows if row["facet"] is not None]
        return _lines(store, [(row["value"], row["version"]) for row in shown]), breakdown(counted, same)


def weights(store: Store, *, issue: str | None = None, actor: str | None = None) -> list[Weight]:
    """How strong what was promised under an issue (by an actor) is, by day of the documents, or by year where days are many."""
    rows = store.read(WEIGHTS.format(**_parts(store, issue, actor)), {"issue": issue, "names": _names(store, actor)})
    return [Weight(r["day"], r["n"], r["strongest"], round(r["mean"], 2), r["strong"], r["medium"], r["weak"]) for r in rows]


def _names(store: Store, actor: str | None) -> str:
    """All names of an actor (JSON)."""
    return json.dumps(actors.alike(actors.merged(store), [actor] if actor else []))


def _parts(store: Store, issue: str | None, actor: str | None) -> dict[str, str]:
    """Where the rows under an issue, or of an actor, are found, and what more is asked of them where both are given."""
    return {"source": _source_of(store, issue), "also": ALSO if issue and actor else ""}


def _source_of(store: Store, issue: str | None) -> str:
    """Where the rows of an issue, else of an actor, are found."""
    if not issue:
        return LOOKED_UP.format(OWNED)
    (filed,) = store.read(HOW_MANY, (issue,))
    return SCANNED if filed["n"] == FEW and filed["kind"] == "issue" else LOOKED_UP.format(FILED)


def _lines(store: Store, keys: Sequence[tuple[str, str]]) -> list[Line]:
    statements = [key for key in keys if key[0].startswith("S")]
    others = [key for key, _ in keys if not key.startswith("S")]
    told = {
        **{row.statement.id: Line(said=row) for row in loading.said(store, statements)},
        **{row.row.id: Line(promised=row) for row in items.commitments(store, rows=others, rejected=True)},
        **{row.row.id: Line(asked=row) for row in items.demands(store, rows=others, rejected=True)},
    }
    return [told[key] for key, _ in keys]


SOURCES = f"""
SELECT d.id, n.doc, d.title, d.genre, json_extract(d.card, '$.relation.value') AS relation,
       coalesce(d.published, (SELECT min(e.edtf) FROM dated e WHERE e.document = d.id)) AS day, {DAY.format("d.id")} AS first
FROM json_each(?) k CROSS JOIN document d ON d.id = k.value JOIN doc n ON n.document = d.id ORDER BY first IS NULL, first, n.doc
"""  # noqa: S608 - constants


def sources(store: Store, documents: Iterable[str]) -> list[Source]:
    """These documents (ids) as headings, by date and name."""
    return [_source(row) for row in store.read(SOURCES, (json.dumps(sorted(set(documents))),))]


def _source(row: Record) -> Source:
    return Source(row["id"], row["doc"], row["title"], row["genre"], row["relation"], row["day"])


# One actor

SERVED = f"""
SELECT json_extract(o.value, '$.office') AS office, min({DAY.format("v.document")}) AS first, max({DAY.format("v.document")}) AS last,
       count(*) AS n, min(v.statement) AS row
FROM speaker p JOIN listed l ON l.row = p.statement JOIN voice v ON v.statement = p.statement JOIN json_each(v.offices) o
WHERE p.name IN {NAMES} AND json_extract(o.value, '$.name') IN {NAMES} GROUP BY office ORDER BY first, office
"""  # noqa: S608 - constants
PEOPLE = f"""
SELECT '' AS facet, NULL AS value, count(DISTINCT statement) AS n FROM party WHERE name IN {NAMES}
UNION ALL SELECT 'person', coalesce(m.value, s.name), count(DISTINCT p.statement) FROM party p JOIN listed l ON l.row = p.statement
JOIN speaker s ON s.statement = p.statement LEFT JOIN json_each(:same) m ON m.key = s.name
WHERE p.name IN {NAMES} AND s.name NOT IN {NAMES} AND s.name NOT LIKE '?%' AND p.statement {KEPT} GROUP BY 2
"""  # noqa: S608 - constants


def served(store: Store, actor: str) -> list[Service]:
    """The offices in which texts show a person speaking, by the first day of these texts."""
    rows = store.read(SERVED, {"names": _names(store, actor)})
    return [Service(r["office"], r["first"], r["last"], r["n"], r["row"]) for r in rows]


def people(store: Store, actor: str) -> Breakdown:
    """Who speaks for a state or organisation, and in how many statements."""
    return breakdown(store.read(PEOPLE, {"names": _names(store, actor), "same": json.dumps(actors.merged(store))}))


# Tables

HOMES = f"""
WITH chosen AS MATERIALIZED (
  SELECT d.id, d.name, {DAY.format("d.id")} AS first, count(*) OVER () AS total FROM document d WHERE d.current = 1
  ORDER BY first IS NULL, first, d.name, d.id LIMIT :limit OFFSET :offset
)
SELECT d.id, n.doc, d.title, d.genre, json_extract(d.card, '$.relation.value') AS relation, c.total,
       coalesce(d.published, (SELECT min(e.edtf) FROM dated e WHERE e.document = d.id)) AS day
FROM chosen c CROSS JOIN document d ON d.id = c.id JOIN doc n ON n.document = d.id ORDER BY c.first IS NULL, c.first, c.name, c.id
"""  # noqa: S608 - constants
BY_DOCUMENT = f"""
SELECT f.document AS line, f.issue AS "column", count(*) AS n FROM json_each(:lines) k CROSS JOIN filing f ON f.document = k.value
WHERE f.issue IN (SELECT value FROM json_each(:columns)) AND substr(f.row, 1, 1) = :letter AND f.row {KEPT} GROUP BY 1, 2
"""  # noqa: S608 - constants
BY_ACTOR = f"""
WITH line AS (SELECT json_extract(value, '$[0]') AS actor, json_extract(value, '$[1]') AS name FROM json_each(:lines)),
owned AS (
  SELECT k.actor AS name, p.statement AS row, v.document FROM line k CROSS JOIN speaker p ON p.name = k.name
  JOIN voice v ON v.statement = p.statement WHERE :letter = 'S'
  UNION SELECT k.actor, p.statement, v.document FROM line k CROSS JOIN party p ON p.name = k.name
  JOIN voice v ON v.statement = p.statement WHERE :letter = 'S'
  UNION SELECT k.actor, b.row, b.document FROM line k CROSS JOIN bound b ON b.name = k.name
  WHERE b.role <> 'target' AND substr(b.row, 1, 1) = :letter
)
SELECT o.name AS line, f.issue AS "column", count(*) AS n FROM owned o JOIN listed l ON l.row = o.row
JOIN filing f ON f.document = o.document AND f.row = o.row
WHERE f.issue IN (SELECT value FROM json_each(:columns)) AND o.row {KEPT} GROUP BY 1, 2
"""  # noqa: S608 - constants


def homes(store: Store, *, limit: int, offset: int = 0) -> tuple[list[Source], int]:
    """So many documents by date, and how many there are."""
    rows = store.read(HOMES, {"limit": limit, "offset": offset})
    return [_source(row) for row in rows], rows[0]["total"] if rows else 0


def cells(
    store: Store, layer: Layer, columns: Iterable[str], *, named: Iterable[str] | None = None, documents: Iterable[str] = ()
) -> list[Cell]:
    """How many rows of a layer these actors (else these documents) have under these issues; pairs without any are left out."""
    same = actors.merged(store)
    told = list(documents) if named is None else [(each, name) for each in named for name in actors.alike(same, [each])]
    asked = {"columns": json.dumps(list(columns)), "letter": FIRST[layer], "lines": json.dumps(told)}
    return [Cell(row["line"], row["column"], row["n"]) for row in store.read(BY_DOCUMENT if named is None else BY_ACTOR, asked)]
