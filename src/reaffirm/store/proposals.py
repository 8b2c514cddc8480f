"""Rows to be decided: which they are, in which order, and what makes each doubtful.

A doubt is a plain fact of a row that a careful reader would look at twice; how many a row has orders the queue. They are counted, not
weighed, and none is a probability. What each says stands here, once, and in docs/review.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict

from reaffirm.store import loading, queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.store.protocol import Store

Kind = Literal["statement", "commitment", "demand"]
State = Literal["open", "untouched", "decided", "disputed", "added", "all"]
Order = Literal["document", "doubt", "certain"]
FEW = 30  # code points below which the words of a row are few
WEIGHED = "other readings were weighed"
UNSURE = "who is meant is not certain"
SHORT = "few words"
# By kind: what is doubtful, and when it is so of a row `r` and what is derived of it (`x`).
DOUBTS: dict[Kind, tuple[tuple[str, str], ...]] = {
    "statement": (
        (WEIGHED, "r.rejected <> '[]'"),
        ("no speaker is known", "coalesce(x.speakers, '[]') = '[]' OR x.speakers LIKE '[\"?%'"),
        (UNSURE, "coalesce(x.certainty, 'certain') <> 'certain'"),
        ("not said plainly", "r.factuality <> 'plain'"),
        (
            "no words name a source",
            (
                "r.directness NOT IN ('turn', 'authorial') AND NOT EXISTS"
                " (SELECT 1 FROM span p WHERE p.row = r.id AND p.version = r.version AND p.role = 'source')"
            ),
        ),
        (SHORT, f'r."end" - r.start < {FEW}'),
    ),
    "commitment": (
        (WEIGHED, "json_array_length(r.data, '$.rejected') > 0"),
        ("nobody is bound", "x.data IS NULL OR json_array_length(x.data, '$.parties') = 0"),
        (UNSURE, "coalesce(json_extract(x.data, '$.certainty'), 'certain') <> 'certain'"),
        ("heard from others", "r.mode IN ('hearsay', 'media report', 'writer')"),
        ("its due date is not anchored", "json_extract(r.data, '$.due') IS NOT NULL AND x.due IS NULL"),
        (SHORT, f'r."end" - r.start < {FEW}'),
    ),
    "demand": (
        (WEIGHED, "json_array_length(r.data, '$.rejected') > 0"),
        ("nobody is named whose it is", "x.data IS NULL OR json_array_length(x.data, '$.holder') = 0"),
        (UNSURE, "coalesce(json_extract(x.data, '$.certainty'), 'certain') <> 'certain'"),
        ("who should act is inferred", "json_extract(x.data, '$.explicit') = 0"),
        (SHORT, f'r."end" - r.start < {FEW}'),
    ),
}
DERIVED: dict[Kind, str] = {"statement": "voice", "commitment": "duty", "demand": "call"}
KINDS: tuple[Kind, ...] = ("statement", "commitment", "demand")
OWN = loading.OWN.format("j")
BY = "SELECT row FROM standing j WHERE {} AND j.who = :who"
JUDGED = f"SELECT row FROM standing j WHERE {OWN}"  # noqa: S608 - constants, as are the next
DISPUTED = f"""
SELECT row FROM (SELECT j.row, j.verdict FROM standing j WHERE {OWN} AND NOT EXISTS
  (SELECT 1 FROM standing l WHERE l.row = j.row AND l.who = j.who AND l.seq > j.seq AND {loading.OWN.format("l")}))
GROUP BY row HAVING count(DISTINCT verdict) > 1
"""  # noqa: S608
STATES: dict[State, str] = {
    "open": f"o.row NOT IN ({BY.format(OWN)})",
    "untouched": f"o.row NOT IN ({JUDGED})",
    "decided": f"o.row IN ({JUDGED})",
    "disputed": f"o.row IN ({DISPUTED})",
    "added": "o.row IN (SELECT row FROM standing j WHERE j.verdict = 'added')",
    "all": "1",
}
# From the roll alone, but for who counts doubts.
ROWS = """
SELECT '{kind}' AS kind, o.row AS id, o.version, o.document, o.name, o.start, {doubt} AS doubt FROM roll o {beside}
WHERE o.kind = '{letter}' AND {where}
"""
ROW = "JOIN {kind} r ON r.id = o.row AND r.version = o.version "
LETTERS: dict[Kind, str] = {"statement": "S", "commitment": "C", "demand": "N"}
BESIDE = "LEFT JOIN {derived} x ON x.{kind} = r.id"
ORDERS: dict[Order, str] = {
    "document": "name, document, start, id",
    "doubt": "doubt DESC, name, document, start, id",
    "certain": "doubt, name, document, start, id",
}


class Choice(TypedDict, total=False):
    """Which rows are to be decided; a row must meet every condition that is given."""

    kind: Kind | None
    document: str | None
    issue: str | None  # an issue or named thing, or words of it
    state: State | None  # open (unless given): not decided by who asks
    doubtful: int | None  # rows with at least so many doubts
    certain: int | None  # rows with at most so many
    rows: Sequence[str] | None  # only these


@dataclass(frozen=True, slots=True)
class Place:
    """A row to be decided: its kind, id and version, and where it stands."""

    kind: Kind
    id: str
    version: str
    document: str
    start: int


def places(store: Store, choice: Choice, who: str, order: Order = "document", page: tuple[int, int] = (20, 0)) -> tuple[list[Place], int]:
    """The rows to be decided, so many of them after so many, and how many there are; `who` is the person who asks."""
    asked = {"who": who, "issue": choice.get("issue"), "least": choice.get("doubtful"), "most": choice.get("certain")}
    asked |= {"document": queries.document_id(store, choice.get("document") or "") if choice.get("document") else None}
    asked |= {"rows": json.dumps(list(choice.get("rows") or ()))}
    counted = order != "document" or choice.get("doubtful") is not None or choice.get("certain") is not None
    kinds = [kind for kind in KINDS if choice.get("kind") in {None, kind}]
    rows = " UNION ALL ".join(_rows(kind, choice, counted=counted) for kind in kinds)
    limits = "doubt >= coalesce(:least, 0) AND doubt <= coalesce(:most, 99)" if counted else "1"
    with store.reading():
        (counts,) = store.read(f"SELECT count(*) AS n FROM ({rows}) WHERE {limits}", asked)  # noqa: S608 - constants, as in the next
        sql = f"SELECT * FROM ({rows}) WHERE {limits} ORDER BY {ORDERS[order]} LIMIT :limit OFFSET :offset"  # noqa: S608
        found = store.read(sql, {**asked, "limit": page[0], "offset": page[1]})
    return [Place(r["kind"], r["id"], r["version"], r["document"], r["start"]) for r in found], int(counts["n"])


def _rows(kind: Kind, choice: Choice, *, counted: bool) -> str:
    where = [STATES[choice.get("state") or "open"]]
    where += ["o.document = :document"] if choice.get("document") else []
    where += ["o.row IN (SELECT value FROM json_each(:rows))"] if choice.get("rows") is not None else []
    if choice.get("issue"):
        where.append(
            "EXISTS (SELECT 1 FROM filing f WHERE f.document = o.document AND f.row = o.row AND instr(lower(f.issue), lower(:issue)) > 0)"
        )
    doubt = " + ".join(f"coalesce({condition}, 0)" for _, condition in DOUBTS[kind]) if counted else "0"
    beside = (ROW + BESIDE).format(derived=DERIVED[kind], kind=kind) if counted else ""
    return ROWS.format(kind=kind, letter=LETTERS[kind], doubt=doubt, beside=beside, where=" AND ".join(where))


def of_document(store: Store, document: str, kind: Kind) -> list[str]:
    """The listed rows of a kind of a document (its id)."""
    sql = f"SELECT l.row FROM listed l JOIN {kind} r ON r.id = l.row AND r.version = l.version WHERE l.document = ?"  # noqa: S608
    return [row["row"] for row in store.read(sql, (document,))]


def doubts(store: Store, rows: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    """By row, what makes it doubtful."""
    keys: dict[Kind, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for row in rows:
        keys[row.kind].append((row.id, row.version))
    found: dict[str, tuple[str, ...]] = {}
    for kind, wanted in keys.items():
        names = [name for name, _ in DOUBTS[kind]]
        told = ", ".join(f"({condition}) AS d{n}" for n, (_, condition) in enumerate(DOUBTS[kind]))
        sql = (
            f"SELECT r.id, {told} FROM json_each(?) k CROSS JOIN {kind} r ON r.id = json_extract(k.value, '$[0]')"  # noqa: S608
            f" AND r.version = json_extract(k.value, '$[1]') {BESIDE.format(derived=DERIVED[kind], kind=kind)}"
        )
        for record in store.read(sql, (json.dumps(wanted),)) if wanted else ():
            found[record["id"]] = tuple(name for n, name in enumerate(names) if record[f"d{n}"])
    return found


def around(store: Store, document: str, start: int, end: int) -> tuple[int, int]:
    """The extent of the paragraphs round some words: theirs, the one before and the one after."""
    before = store.read(
        'SELECT start, "end" FROM passage WHERE document = ? AND start <= ? ORDER BY start DESC LIMIT 2', (document, start)
    )
    after = store.read('SELECT start, "end" FROM passage WHERE document = ? AND "end" >= ? ORDER BY start LIMIT 2', (document, end))
    known = [*before, *after]
    return min([start, *(r["start"] for r in known)]), max([end, *(r["end"] for r in known)])
