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
from reaffirm.store.courses import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Problem, Severity
    from reaffirm.readings import Call, Demand
    from reaffirm.store.items import Wanted
    from reaffirm.store.protocol import Store
    from reaffirm.store.records import Breakdown, Item

State = Literal["late", "due", "open", "carried out"]
ROLLS = {  # rows of the roll under the names by which conditions know them
    "C": "(SELECT row AS id, version, name, document, start, class AS polarity, degree AS band, who, whom, issues, aside AS position, last"
    " FROM roll WHERE kind = 'C') r",
    "N": "(SELECT row AS id, version, name, document, start, class AS kind, who, whom, issues FROM roll WHERE kind = 'N') r",
}
FOUND = """
WITH found AS MATERIALIZED (SELECT r.id, r.name, r.document, r.start, r.who, r.whom, r.issues, {columns} FROM {roll} WHERE {where}),
chosen AS MATERIALIZED (SELECT * FROM found WHERE :state IS NULL OR state = :state)
"""
SHEET = "SELECT c.id, c.state FROM chosen c ORDER BY {order} LIMIT :limit OFFSET :offset"
COUNTS = """
SELECT '' AS facet, NULL AS value, count(*) AS n FROM chosen
UNION ALL SELECT 'state', state, count(*) FROM found GROUP BY state
UNION ALL SELECT '{who}', who, count(*) FROM chosen GROUP BY who
UNION ALL SELECT '{whom}', whom, count(*) FROM chosen GROUP BY whom
UNION ALL SELECT 'issue', issues, count(*) FROM chosen GROUP BY issues
"""
STATE = f"""
  r.band, coalesce(r.last, '') AS last,
  CASE WHEN r.id IN (SELECT value FROM json_each(:done)) OR r.id IN ({ENDED}) THEN 'carried out'
  WHEN r.last IS NULL OR r.last >= :never THEN 'open' WHEN r.last < :as_of THEN 'late' ELSE 'due' END AS state
"""  # noqa: S608 - constants
BANDS = "UNION ALL SELECT 'band', band, count(*) FROM chosen GROUP BY band"
FORUMS = """
UNION ALL SELECT 'forum', t.forum, sum(c.n) FROM (SELECT document, count(*) AS n FROM chosen GROUP BY document) c
CROSS JOIN (SELECT DISTINCT document, forum FROM telling WHERE forum IS NOT NULL AND json_extract(data, '$.order') IS NULL) t
ON t.document = c.document GROUP BY t.forum
"""
PROMISED = (
    "CASE c.state WHEN 'late' THEN 0 WHEN 'due' THEN 1 WHEN 'open' THEN 2 ELSE 3 END, c.last, c.name, c.document, c.start, c.id",
    "\n".join((COUNTS.format(who="party", whom="undertaker"), BANDS, FORUMS)),
)
ASKED = ("c.name, c.document, c.start, c.id", COUNTS.format(who="holder", whom="target"))


def promised(  # noqa: PLR0913 - one parameter a question
    store: Store,
    as_of: str,
    state: State | None,
    done: tuple[Iterable[str], Iterable[str]],
    wanted: Wanted,
    *,
    limit: int,
    offset: int,
) -> tuple[list[tuple[str, State]], Breakdown]:
    """The ids of the commitments that meet all conditions, each with its state on a day, and their counts by facet.

    What is late comes first, then what is due, each by its last day. `done` are rows that are carried out because people linked them,
    and the lines of threads that are left to these.
    """
    rows, but = (json.dumps(sorted(each)) for each in done)
    asked: dict[str, object] = {"as_of": as_of, "never": LAST_DAY, "state": state, "done": rows, "but": but}
    return _listed(store, ("C", STATE), PROMISED, wanted, {**asked, "limit": limit, "offset": offset})


def asked(store: Store, wanted: Wanted, kind: str | None, *, limit: int, offset: int) -> tuple[list[Item[Demand, Call]], Breakdown]:
    """The demands that meet all conditions, by document and place, and their counts by facet (their kinds under `state`)."""
    with store.reading():
        parameters: dict[str, object] = {"state": kind, "limit": limit, "offset": offset}
        keys, found = _listed(store, ("N", "r.kind AS state"), ASKED, wanted, parameters)
        rows = {item.row.id: item for item in items.demands(store, rows=[key for key, _ in keys], rejected=True)}
        return [rows[key] for key, _ in keys], found


def _listed(
    store: Store, source: tuple[str, str], told: tuple[str, str], wanted: Wanted, asked: dict[str, object]
) -> tuple[list[tuple[str, State]], Breakdown]:
    letter, columns = source
    order, counts = told
    with store.reading():
        where, parameters = items.conditions(store, wanted)
        found = FOUND.format(roll=ROLLS[letter], columns=columns, where=where)
        rows = store.read(found + SHEET.format(order=order), {**parameters, **asked})
        return [(row["id"], row["state"]) for row in rows], breakdown(store.read(found + counts, {**parameters, **asked}))


# Problems

QUERIED = """
WITH found AS MATERIALIZED (
  SELECT row AS id, version, name, document, degree AS severity, class AS kind FROM roll
  WHERE roll.kind = 'P' AND aside = 0 AND (:document IS NULL OR document = :document)
)
"""
NARROWED = "(:severity IS NULL OR f.severity = :severity) AND (:kind IS NULL OR f.kind = :kind)"
GRAVEST = f"""
SELECT f.id, f.version, f.document FROM found f WHERE {NARROWED}
ORDER BY CASE f.severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, f.name, f.document, f.id LIMIT :limit OFFSET :offset
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
        keys = [((row["id"], row["version"]), row["document"]) for row in store.read(QUERIED + GRAVEST, asked)]
        found = loading.problems(store, [key for key, _ in keys])
        names = queries.public_names(store, {document for _, document in keys})
        return [(names[document], found[key]) for key, document in keys], breakdown(store.read(QUERIED + WEIGHED, asked))
