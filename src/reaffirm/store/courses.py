"""The steps of threads as lists show them: which threads there are, narrowed and counted; what became of the row of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict, Unpack

from reaffirm.store.browsing import ALL, MOST
from reaffirm.store.lines import OF_DOCUMENT, OF_ISSUE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from reaffirm.sequels import StepStatus
    from reaffirm.store.protocol import Record, Store

    Told = tuple[str, StepStatus | None, str | None, str | None, str | None]  # of a row: thread, status, document, its name, day

OTHERS = "t.line NOT IN (SELECT value FROM json_each(:but))"
CONDITIONS = {
    "issue": OF_ISSUE,
    "document": OF_DOCUMENT,
    "status": "t.line IN (SELECT line FROM step WHERE status = :status)",
    "forum": "instr(lower(coalesce(t.forum, '')), lower(:forum)) > 0",
}
LINES = "SELECT t.line FROM thread t WHERE {} ORDER BY t.line"
COUNTS = """
WITH chosen AS MATERIALIZED (SELECT t.line, t.forum, t.issues FROM thread t WHERE {}),
homes AS MATERIALIZED (SELECT s.document, count(*) AS n FROM chosen c CROSS JOIN step s ON s.line = c.line GROUP BY s.document)
SELECT '' AS facet, NULL AS value, count(*) AS n FROM chosen
UNION ALL SELECT 'status', s.status, count(DISTINCT c.line) FROM chosen c CROSS JOIN step s ON s.line = c.line GROUP BY s.status
UNION ALL SELECT 'issue', nullif(issues, ''), count(*) FROM chosen GROUP BY issues
UNION ALL SELECT 'forum', forum, count(*) FROM chosen GROUP BY forum
"""
HOMED = f"""
UNION ALL SELECT 'document', n.doc, u.n FROM (
  SELECT h.document, h.n FROM homes h CROSS JOIN document d ON d.id = h.document AND d.current = 1
  ORDER BY h.n DESC, d.name, d.id LIMIT :most
) u JOIN doc n ON n.document = u.document
UNION ALL SELECT 'document{ALL}', NULL, count(*) FROM homes
"""  # noqa: S608 - constants
SHOWN = "SELECT t.line, t.id, t.label, t.forum, t.issues FROM json_each(?) k CROSS JOIN thread t ON t.line = k.value"
STEPS = "SELECT s.line, s.document, s.status, s.voice FROM json_each(?) k CROSS JOIN step s ON s.line = k.value ORDER BY s.line, s.ord"
HOMES = f"""
SELECT k.value AS row, t.id, t.line, s.document FROM json_each(:rows) k CROSS JOIN strand_row r ON r.row = k.value
JOIN strand s ON s.name = r.strand LEFT JOIN line l ON l.line = s.line JOIN thread t ON t.line = coalesce(l.top, s.line) WHERE {OTHERS}
"""  # noqa: S608 - constants
PLACES = """
SELECT p.document, n.doc, json_extract(p.data, '$[4]') AS first, json_extract(p.data, '$[5]') AS last
FROM json_each(?) k CROSS JOIN place p ON p.document = k.value JOIN doc n ON n.document = p.document
"""
ENDS = frozenset({"carried out", "reversed"})
_ENDED = "(SELECT DISTINCT line FROM step WHERE status IN ('carried out', 'reversed')) t"
ENDED = f"""
SELECT r.row FROM {_ENDED} CROSS JOIN strand s ON s.line = t.line CROSS JOIN strand_row r ON r.strand = s.name WHERE {OTHERS}
UNION ALL SELECT r.row FROM {_ENDED} CROSS JOIN line l ON l.top = t.line CROSS JOIN strand s ON s.line = l.line
CROSS JOIN strand_row r ON r.strand = s.name WHERE {OTHERS}
"""  # noqa: S608 - constants; the rows of threads that ended, for questions with the parameter `but`


class Sought(TypedDict, total=False):
    """What a list of threads may be narrowed by: words of an issue or named thing, a document (its id), a status, words of a forum."""

    issue: str | None
    document: str | None
    status: StepStatus | None
    forum: str | None


def lines(store: Store, but: Collection[str] = (), **sought: Unpack[Sought]) -> list[str]:
    """The lines of the threads that meet all conditions, in order, without some."""
    where, asked = _asked(but, sought)
    return [row["line"] for row in store.read(LINES.format(where), asked)]


def counts(store: Store, but: Collection[str] = (), **sought: Unpack[Sought]) -> Sequence[Record]:
    """How many threads meet all conditions, without some, and how many of them have each status, issue, forum and document.

    Of the documents only the commonest are told, unless others are to be counted with them (`but`).
    """
    where, asked = _asked(but, sought)
    return store.read(COUNTS.format(where) + HOMED, {**asked, "most": -1 if but else MOST})


def shown(store: Store, chosen: Sequence[str]) -> list[tuple[Record, list[Record]]]:
    """What lists show of the threads of these lines, each with its steps; in the order of the lines."""
    keys = json.dumps(list(chosen))
    steps: dict[str, list[Record]] = {line: [] for line in chosen}
    for row in store.read(STEPS, (keys,)):
        steps[row["line"]].append(row)
    return [(row, steps[row["line"]]) for row in sorted(store.read(SHOWN, (keys,)), key=lambda row: str(row["line"]))]


def fates(store: Store, rows: Iterable[str], but: Collection[str] = ()) -> dict[str, Told]:
    """By row, of these that are in a thread (some left out), what the weightiest later step of it tells; its status None where none tells.

    An end that is told anywhere counts, for it ends the item; else the last step after the row's own.
    """
    homes = store.read(HOMES, {"rows": json.dumps(sorted(set(rows))), "but": json.dumps(sorted(but))})
    steps: dict[str, list[Record]] = {row["line"]: [] for row in homes}
    for row in store.read(STEPS, (json.dumps(list(steps)),)):
        steps[row["line"]].append(row)
    told = {row["row"]: (row["id"], _weightiest(steps[row["line"]], row["document"])) for row in homes}
    places = {p["document"]: p for p in store.read(PLACES, (json.dumps(sorted({s["document"] for _, s in told.values() if s})),))}
    return {
        row: (thread, step["status"], step["document"], place["doc"], place["first"] or place["last"])
        if step and (place := places.get(step["document"]))
        else (thread, None, None, None, None)
        for row, (thread, step) in told.items()
    }


def _weightiest(steps: Sequence[Record], document: str) -> Record | None:
    ended = [step for step in steps if step["status"] in ENDS]
    own = next((n for n, step in enumerate(steps) if step["document"] == document), len(steps))
    return next(iter([*ended[-1:], *steps[own + 1 :][-1:]]), None)


def _asked(but: Collection[str], sought: Sought) -> tuple[str, dict[str, object]]:
    asked = {name: value for name, value in sought.items() if value}
    return " AND ".join([OTHERS, *(CONDITIONS[name] for name in asked)]), {**asked, "but": json.dumps(sorted(but))}
