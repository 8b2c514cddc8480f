"""Rows to be decided: which they are, in which order, and what makes each doubtful.

A doubt (`doubts.py`) is a plain fact of a row that a careful reader would look at twice; how many a row has orders the queue.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict

from reaffirm.store import loading, queries
from reaffirm.store.doubts import DERIVED, DOUBTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.store.protocol import Store

Kind = Literal["statement", "commitment", "demand", "meeting"]
State = Literal["open", "untouched", "decided", "disputed", "added", "all"]
Order = Literal["document", "doubt", "certain"]
KINDS: tuple[Kind, ...] = ("statement", "commitment", "demand")  # those that are rows of one text
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
LETTERS: dict[Kind, str] = {"statement": "S", "commitment": "C", "demand": "N"}
NAMED: dict[str, Kind] = {letter: kind for kind, letter in LETTERS.items()}
AGAIN = """
SELECT DISTINCT d.id FROM (SELECT document FROM observation WHERE row = :row) o JOIN document w ON w.id = o.document
JOIN document d ON d.sha256 = w.sha256 AND d.part = w.part AND d.current = 1
"""
ORDERS: dict[Order, str] = {
    "document": "o.name, o.document, o.start, o.row",
    "doubt": "o.doubt DESC, o.name, o.document, o.start, o.row",
    "certain": "o.doubt, o.name, o.document, o.start, o.row",
}


class Choice(TypedDict, total=False):
    """Which rows are to be decided; a row must meet every condition that is given."""

    kind: Kind | None  # unless it is given, all but meetings, which are rows of no single text
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
    where = " AND ".join(_conditions(choice))
    with store.reading():
        (counts,) = store.read(f"SELECT count(*) AS n FROM roll o WHERE {where}", asked)  # noqa: S608 - constants, as in the next
        sql = f"SELECT o.* FROM roll o WHERE {where} ORDER BY {ORDERS[order]} LIMIT :limit OFFSET :offset"  # noqa: S608
        found = store.read(sql, {**asked, "limit": page[0], "offset": page[1]})
    return [Place(NAMED[r["kind"]], r["row"], r["version"], r["document"], r["start"]) for r in found], int(counts["n"])


def _conditions(choice: Choice) -> Iterator[str]:
    """What a record of the roll must meet."""
    yield "o.doubt IS NOT NULL"  # the rows that people review
    yield STATES[choice.get("state") or "open"]
    kind = choice.get("kind")
    if kind:
        yield f"o.kind = '{LETTERS[kind]}'"
    if choice.get("document"):
        yield "o.document = :document"
    if choice.get("rows") is not None:
        yield "o.row IN (SELECT value FROM json_each(:rows))"
    if choice.get("issue"):
        yield "o.row IN (SELECT f.row FROM filing f WHERE instr(lower(f.issue), lower(:issue)) > 0)"
    if choice.get("doubtful") is not None:
        yield "o.doubt >= :least"
    if choice.get("certain") is not None:
        yield "o.doubt <= :most"


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
            f" AND r.version = json_extract(k.value, '$[1]') {DERIVED[kind]}"
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


def read_again(store: Store, row: str) -> str | None:
    """The current document of the bytes in which a row was once read; None where they have none."""
    found = store.read(AGAIN, {"row": row})
    return str(found[0]["id"]) if len(found) == 1 else None
