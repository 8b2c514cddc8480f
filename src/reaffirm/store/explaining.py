"""The question `explain`: all that the ledger knows about one row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.model import Span
from reaffirm.store import items, loading, log
from reaffirm.store.plain import spans_in
from reaffirm.store.queries import problems, resolve_row
from reaffirm.store.records import Explanation, Judged, Observed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.model import Problem, Statement
    from reaffirm.store.loading import Key
    from reaffirm.store.protocol import Record, Store
    from reaffirm.store.records import Said

KINDS = {"S": "statement", "P": "problem", "C": "commitment", "N": "demand"}
SEEN = """
SELECT r.*, o.version AS seen, o.document, d.current = 1 AND d.run = o.run AS listed
FROM observation o JOIN run r ON r.id = o.run JOIN document d ON d.id = o.document
WHERE o.row = ? ORDER BY listed DESC, o.run, o.version
"""
PASSAGE = """
SELECT p.start, p."end", f.text FROM passage p JOIN passage_text f ON f.rowid = p.id
WHERE p.document = ? AND p.start <= ? AND p."end" > ? ORDER BY p."end" - p.start LIMIT 1
"""
PLACES = 'SELECT ord, path FROM node WHERE document = ? AND start < ? AND "end" > ? ORDER BY ord'
BEFORE = """
SELECT s.id, s.version FROM listed l JOIN statement s ON s.id = l.row AND s.version = l.version
WHERE l.document = :document AND (s.start, s.id) < (:start, :row) ORDER BY s.start DESC, s.id DESC LIMIT 1
"""
AFTER = """
SELECT s.id, s.version FROM listed l JOIN statement s ON s.id = l.row AND s.version = l.version
WHERE l.document = :document AND (s.start, s.id) > (:start, :row) ORDER BY s.start, s.id LIMIT 1
"""


def explain(store: Store, row: str) -> Explanation:
    """All that the ledger knows about a statement, commitment, demand or problem; the beginning of its id is enough."""
    with store.reading():
        row = resolve_row(store, row, kinds="SPCN")
        seen = store.read(SEEN, (row,))
        if not seen:
            message = f"{row} was never observed by a run; run `reaffirm verify`"
            raise UsageError(message)
        key = (row, seen[0]["seen"])
        document = seen[0]["document"]
        said = loading.said(store, [key])[0] if row[0] == "S" else None
        problem = loading.problems(store, [key])[key] if row[0] == "P" else None
        promised = next(iter(items.commitments(store, row=row, rejected=True)), None) if row[0] == "C" else None
        asked = next(iter(items.demands(store, row=row, rejected=True)), None) if row[0] == "N" else None
        deed = promised.row if promised else asked.row if asked else None
        spans = tuple(spans_in(deed)) if deed else tuple(loading.spans(store, [key])[key])
        (name,) = store.read("SELECT doc FROM doc WHERE document = ?", (document,))
        return Explanation(
            row=row,
            kind=KINDS[row[0]],
            document=document,
            doc=name["doc"],
            listed=bool(seen[0]["listed"]),
            said=said,
            problem=problem,
            spans=spans,
            places=places(store, document, spans),
            passage=_passage(store, document, spans),
            runs=tuple(Observed(loading.run_of(r), r["seen"], bool(r["listed"])) for r in seen),
            otherwise=_otherwise(store, key, seen) if said else (),
            judgements=history(store, row),
            problems=_near(store, document, row, spans),
            neighbours=_neighbours(store, said.statement) if said else (),
            promised=promised,
            asked=asked,
        )


def places(store: Store, document: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """Where spans stand in the source, as its format names places, in the order of the text, each once."""
    rows = [row for span in sorted(spans) for row in store.read(PLACES, (document, span.end, span.start))]
    return tuple(dict.fromkeys(row["path"] for row in sorted(rows, key=lambda row: int(row["ord"]))))


def _passage(store: Store, document: str, spans: tuple[Span, ...]) -> Span | None:
    if not spans:
        return None
    start = next((s.start for s in spans if s.role == "content"), spans[0].start)
    rows = store.read(PASSAGE, (document, start, start))
    return Span(document, rows[0]["start"], rows[0]["end"], rows[0]["text"]) if rows else None


def _otherwise(store: Store, key: Key, seen: Sequence[Record]) -> tuple[Statement, ...]:
    keys = sorted({(key[0], record["seen"]) for record in seen} - {key})
    found = loading.statements(store, keys)
    return tuple(found[other] for other in keys)


def history(store: Store, row: str) -> tuple[Judged, ...]:
    """All that people decided on a row, in the order in which they did, each with who undid it and when."""
    held: list[Judged] = []
    for event in log.events(store, row):
        if event.undone:
            held = [
                Judged(replace(j.judgement, undone=True), event.who, event.at) if j.judgement.id == event.id and j.undone_by is None else j
                for j in held
            ]  # fmt: skip
        else:
            held.append(Judged(event))
    return tuple(held)


def _near(store: Store, document: str, row: str, spans: tuple[Span, ...]) -> tuple[Problem, ...]:
    def concerns(problem: Problem) -> bool:
        shared = any(e.start < s.end and s.start < e.end for e in problem.evidence for s in spans)
        return problem.id != row and (shared or not problem.evidence)

    return tuple(problem for problem in problems(store, document) if concerns(problem))


def _neighbours(store: Store, statement: Statement) -> tuple[Said, ...]:
    start = min(span.start for span in statement.content)
    asked = {"document": statement.document, "start": start, "row": statement.id}
    keys = [(r["id"], r["version"]) for sql in (BEFORE, AFTER) for r in store.read(sql, asked)]
    return tuple(loading.said(store, keys))
