"""Lists that a reader narrows and pages through: which commitments, demands and problems, in which order, with counts by facet.

Each list is one question for the rows of a sheet and one for the counts, whatever the ledger holds; the rows themselves are loaded
together by `store.items` and `store.loading`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from reaffirm.days import LAST_DAY
from reaffirm.store import items, loading, queries
from reaffirm.store.browsing import breakdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Problem, Severity
    from reaffirm.readings import Call, Demand
    from reaffirm.store.items import Wanted
    from reaffirm.store.protocol import Store
    from reaffirm.store.records import Breakdown, Item

State = Literal["late", "due", "open", "carried out"]
FOUND = """
WITH found AS MATERIALIZED (
  SELECT r.id, r.document, r.start, {columns}
  FROM {table} r CROSS JOIN observation o ON o.row = r.id AND o.version = r.version
  JOIN document d ON d.id = o.document AND d.run = o.run AND d.current = 1
  LEFT JOIN {derived} x ON x.{key} = r.id LEFT JOIN {verdict} v ON v.row = r.id WHERE {where}
), chosen AS MATERIALIZED (SELECT * FROM found WHERE :state IS NULL OR state = :state)
"""
SHEET = "SELECT c.id, c.state FROM chosen c JOIN doc n ON n.document = c.document ORDER BY {order} LIMIT :limit OFFSET :offset"
NAMES = (
    "UNION ALL SELECT '{role}', b.name, count(*) FROM chosen c CROSS JOIN bound b ON b.document = c.document AND b.row = c.id"
    " AND b.role = '{role}' GROUP BY b.name"
)
ISSUES = (
    "UNION ALL SELECT 'issue', f.issue, count(*) FROM chosen c CROSS JOIN filing f ON f.document = c.document AND f.row = c.id"
    " AND f.kind = 'issue' GROUP BY f.issue"
)
COUNTS = """
SELECT '' AS facet, NULL AS value, count(*) AS n FROM chosen
UNION ALL SELECT 'state', state, count(*) FROM found GROUP BY state
"""
STATE = """
  r.band, coalesce(x.last, '') AS last, CASE WHEN r.id IN (SELECT value FROM json_each(:done)) THEN 'carried out'
  WHEN x.last IS NULL OR x.last >= :never THEN 'open' WHEN x.last < :as_of THEN 'late' ELSE 'due' END AS state
"""
BANDS = "UNION ALL SELECT 'band', band, count(*) FROM chosen GROUP BY band"
FORUMS = """
UNION ALL SELECT 'forum', t.forum, count(DISTINCT c.id) FROM chosen c CROSS JOIN telling t ON t.document = c.document
WHERE t.forum IS NOT NULL AND json_extract(t.data, '$.order') IS NULL GROUP BY t.forum
"""
PROMISED = (
    "CASE c.state WHEN 'late' THEN 0 WHEN 'due' THEN 1 WHEN 'open' THEN 2 ELSE 3 END, c.last, n.doc, c.start, c.id",
    "\n".join((COUNTS, BANDS, NAMES.format(role="party"), NAMES.format(role="undertaker"), ISSUES, FORUMS)),
)
ASKED = (
    "n.doc, c.start, c.id",
    "\n".join((COUNTS, NAMES.format(role="holder"), NAMES.format(role="target"), ISSUES)),
)


def promised(  # noqa: PLR0913 - one parameter a question
    store: Store, as_of: str, state: State | None, done: Iterable[str], wanted: Wanted, *, limit: int, offset: int
) -> tuple[list[tuple[str, State]], Breakdown]:
    """The ids of the commitments that meet all conditions, each with its state on a day, and their counts by facet.

    What is late comes first, then what is due, each by its last day; `done` are the rows that are told to have been carried out.
    """
    asked: dict[str, object] = {"as_of": as_of, "never": LAST_DAY, "state": state, "done": json.dumps(sorted(done))}
    asked |= {"limit": limit, "offset": offset}
    return _listed(store, ("commitment", "duty", "commitment", STATE), PROMISED, wanted, asked)


def asked(store: Store, wanted: Wanted, kind: str | None, *, limit: int, offset: int) -> tuple[list[Item[Demand, Call]], Breakdown]:
    """The demands that meet all conditions, by document and place, and their counts by facet (their kinds under `state`)."""
    with store.reading():
        parameters: dict[str, object] = {"state": kind, "limit": limit, "offset": offset}
        keys, found = _listed(store, ("demand", "call", "demand", "r.kind AS state"), ASKED, wanted, parameters)
        return items.demands(store, rows=[key for key, _ in keys], rejected=True), found


def _listed(
    store: Store, source: tuple[str, str, str, str], told: tuple[str, str], wanted: Wanted, asked: dict[str, object]
) -> tuple[list[tuple[str, State]], Breakdown]:
    table, derived, key, columns = source
    order, counts = told
    with store.reading():
        where, parameters = items.conditions(store, wanted)
        found = FOUND.format(table=table, derived=derived, key=key, columns=columns, verdict=loading.OWN_VERDICT, where=where)
        rows = store.read(found + SHEET.format(order=order), {**parameters, **asked})
        return [(row["id"], row["state"]) for row in rows], breakdown(store.read(found + counts, {**parameters, **asked}))


# Problems

QUERIED = """
WITH found AS MATERIALIZED (
  SELECT p.id, p.version, p.document, p.severity, p.kind FROM problem p CROSS JOIN observation o ON o.row = p.id AND o.version = p.version
  JOIN document d ON d.id = o.document AND d.run = o.run AND d.current = 1
  WHERE NOT (p.kind = 'unknown' AND p.message LIKE 'published:%' AND d.published IS NOT NULL)
  AND (:document IS NULL OR p.document = :document)
)
"""
NARROWED = "(:severity IS NULL OR f.severity = :severity) AND (:kind IS NULL OR f.kind = :kind)"
GRAVEST = f"""
SELECT f.id, f.version, n.doc FROM found f JOIN doc n ON n.document = f.document WHERE {NARROWED}
ORDER BY CASE f.severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, n.doc, f.id LIMIT :limit OFFSET :offset
"""  # noqa: S608 - constants
WEIGHED = f"""
SELECT '' AS facet, NULL AS value, count(*) AS n FROM found f WHERE {NARROWED}
UNION ALL SELECT 'severity', severity, count(*) FROM found f WHERE :kind IS NULL OR f.kind = :kind GROUP BY severity
UNION ALL SELECT 'kind', kind, count(*) FROM found f WHERE :severity IS NULL OR f.severity = :severity GROUP BY kind
"""  # noqa: S608 - constants


def queried(
    store: Store, *, document: str | None, severity: Severity | None, kind: str | None, limit: int, offset: int
) -> tuple[list[tuple[str, Problem]], Breakdown]:
    """The problems in documents that meet all conditions, the gravest first, each with its document's name; and counts by facet."""
    with store.reading():
        home = queries.document_id(store, document) if document else None
        asked = {"document": home, "severity": severity, "kind": kind, "limit": limit, "offset": offset}
        keys = [((row["id"], row["version"]), row["doc"]) for row in store.read(QUERIED + GRAVEST, asked)]
        found = loading.problems(store, [key for key, _ in keys])
        return [(doc, found[key]) for key, doc in keys], breakdown(store.read(QUERIED + WEIGHED, asked))
