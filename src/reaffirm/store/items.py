"""Questions about commitments and demands: one function each, answered with plain frozen records."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, TypedDict, Unpack

from reaffirm.days import period
from reaffirm.readings import Call, Commitment, Demand, Duty, Filing
from reaffirm.store import actors, loading, queries
from reaffirm.store.plain import decode
from reaffirm.store.records import D, Item, R

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.readings import Band, DemandClass, Polarity
    from reaffirm.store.protocol import Record, Store


class Wanted(TypedDict, total=False):
    """What commitments and demands may be asked for; a row must meet every condition that is given."""

    row: str | None  # the row of this id
    rows: Sequence[str] | None  # the rows of these ids; none where the list is empty
    document: str | None
    documents: Sequence[str] | None  # the rows of these documents (ids)
    issue: str | None  # an issue, a field of issues, or words of a thing that is named
    forum: str | None  # words of the forum whose meeting the document tells
    party: str | None  # commitments: a state or organisation that is bound
    undertaker: str | None  # commitments: who must act
    person: str | None  # commitments: who spoke for those that are bound
    holder: str | None  # demands: whose it is
    target: str | None  # demands: who should act
    band: Band | None  # commitments
    polarity: Polarity | None  # commitments
    kinds: Sequence[DemandClass]  # demands
    positions: bool | None  # commitments: only positions (True), only acts (False)
    due_from: str | None  # commitments: due on that day or later (EDTF)
    due_until: str | None
    since: str | None  # EDTF: the document may be of that day or later
    until: str | None
    rejected: bool
    limit: int | None
    offset: int


TABLES: dict[type, tuple[str, str, str]] = {Commitment: ("commitment", "duty", "commitment"), Demand: ("demand", "call", "demand")}
SELECT = """
SELECT r.id, r.data, x.data AS derived, d.genre, d.published, r.document, n.doc, v.verdict
FROM document d {join} observation o ON o.document = d.id AND o.run = d.run {join} {table} r ON r.id = o.row AND r.version = o.version
JOIN doc n ON n.document = r.document LEFT JOIN {derived} x ON x.{key} = r.id LEFT JOIN {verdict} v ON v.row = r.id
WHERE d.current = 1 AND {where} ORDER BY d.name, d.sha256, d.id, r.start, r.id LIMIT :limit OFFSET :offset
"""
NAMED = (
    "EXISTS (SELECT 1 FROM bound b WHERE b.document = r.document AND b.row = r.id AND b.role = '{role}'"
    " AND (instr(lower(b.name), lower(:{role})) > 0 OR b.name IN (SELECT value FROM json_each(:{role}_too))))"
)
CONDITIONS = {
    "row": "r.id = :row",
    "rows": "r.id IN (SELECT value FROM json_each(:rows))",
    "document": "r.document = :document",
    "documents": "r.document IN (SELECT value FROM json_each(:documents))",
    "issue": "EXISTS (SELECT 1 FROM filing f WHERE f.document = r.document AND f.row = r.id AND instr(lower(f.issue), lower(:issue)) > 0)",
    "forum": "EXISTS (SELECT 1 FROM telling t WHERE t.document = r.document AND json_extract(t.data, '$.order') IS NULL AND"
    " (instr(lower(t.forum), lower(:forum)) > 0 OR instr(lower(json_extract(t.data, '$.label')), lower(:forum)) > 0))",
    "party": NAMED.format(role="party"),
    "undertaker": NAMED.format(role="undertaker"),
    "person": NAMED.format(role="person"),
    "holder": NAMED.format(role="holder"),
    "target": NAMED.format(role="target"),
    "band": "r.band = :band",
    "polarity": "r.polarity = :polarity",
    "kinds": "r.kind IN (SELECT value FROM json_each(:kinds))",
    "positions": "r.position = :positions",
    "due_first": "x.last >= :due_first AND x.last <= :due_last",
    "first": "r.document IN (SELECT document FROM dated WHERE last >= :first AND first <= :last)",
    "unrejected": f"r.id NOT IN (SELECT row FROM {loading.OWN_VERDICT} WHERE verdict = 'rejected')",  # noqa: S608 - constants
}
PLAIN = ("row", "issue", "forum", "party", "undertaker", "person", "holder", "target", "band", "polarity")
ACTORS = ("party", "undertaker", "person", "holder", "target")  # conditions on names, which other names of the same actor meet
FEW = frozenset({"row", "rows", "document", "documents", "due_first"})  # what few rows meet, which are found first
LISTED = "SELECT r.data FROM listed l JOIN {table} r ON r.id = l.row AND r.version = l.version WHERE l.document = ? ORDER BY r.start, r.id"
FILINGS = (
    "SELECT f.data FROM json_each(?) k CROSS JOIN filing f ON f.document = json_extract(k.value, '$[0]')"
    " AND f.row = json_extract(k.value, '$[1]') ORDER BY f.row, f.kind, f.issue"
)


def commitments(store: Store, **wanted: Unpack[Wanted]) -> list[Item[Commitment, Duty]]:
    """The commitments that meet all conditions, by document and place."""
    return _items(store, Commitment, Duty, wanted)


def demands(store: Store, **wanted: Unpack[Wanted]) -> list[Item[Demand, Call]]:
    """The demands, evaluations, questions and inferences that meet all conditions, by document and place."""
    return _items(store, Demand, Call, wanted)


def of_document(store: Store, document: str) -> tuple[tuple[Commitment, ...], tuple[Demand, ...]]:
    """The listed commitments and demands of a document, by place."""
    promised = (decode(Commitment, row["data"]) for row in store.read(LISTED.format(table="commitment"), (document,)))
    asked = (decode(Demand, row["data"]) for row in store.read(LISTED.format(table="demand"), (document,)))
    return tuple(promised), tuple(asked)


def _items(store: Store, noun: type[R], derived: type[D], wanted: Wanted) -> list[Item[R, D]]:
    table, beside, key = TABLES[noun]
    limit = wanted.get("limit")
    with store.reading():
        where, asked = conditions(store, wanted)
        join = "JOIN" if FEW & asked.keys() else "CROSS JOIN"  # in the order of documents, so that it ends where a page does
        sql = SELECT.format(table=table, derived=beside, key=key, verdict=loading.OWN_VERDICT, where=where, join=join)
        rows = store.read(sql, {**asked, "limit": -1 if limit is None else limit, "offset": wanted.get("offset") or 0})
        return _loaded(store, rows, noun, derived)


def conditions(store: Store, wanted: Wanted) -> tuple[str, dict[str, object]]:
    """What is asked for, as SQL about a row `r` and (when it is due) what is derived of it (`x`), with its parameters."""
    asked: dict[str, object] = dict(_asked(store, wanted))
    return " AND ".join(["1", *(CONDITIONS[name] for name in asked if name in CONDITIONS)]), asked


def _asked(store: Store, wanted: Wanted) -> Iterator[tuple[str, object]]:
    plain = {name: wanted.get(name) for name in PLAIN}
    yield from ((name, value) for name, value in plain.items() if value)
    yield from ((f"{name}_too", json.dumps(actors.named(store, str(plain[name])))) for name in ACTORS if plain[name])
    listed = {"rows": wanted.get("rows"), "documents": wanted.get("documents")}
    yield from ((name, json.dumps(list(ids))) for name, ids in listed.items() if ids is not None)
    if wanted.get("document"):
        yield "document", queries.document_id(store, wanted.get("document") or "")
    if wanted.get("kinds"):
        yield "kinds", json.dumps(list(wanted.get("kinds", ())))
    if wanted.get("positions") is not None:
        yield "positions", int(bool(wanted.get("positions")))
    if wanted.get("due_from") or wanted.get("due_until"):
        yield from zip(("due_first", "due_last"), period(wanted.get("due_from"), wanted.get("due_until")), strict=True)
    if wanted.get("since") or wanted.get("until"):
        yield from zip(("first", "last"), period(wanted.get("since"), wanted.get("until")), strict=True)
    if not wanted.get("rejected"):
        yield "unrejected", 1


def _loaded(store: Store, rows: Sequence[Record], noun: type[R], derived: type[D]) -> list[Item[R, D]]:
    ids = json.dumps([row["id"] for row in rows])
    filed: defaultdict[str, list[Filing]] = defaultdict(list)
    for record in store.read(FILINGS, (json.dumps([(row["document"], row["id"]) for row in rows]),)):
        filing = decode(Filing, record["data"])
        filed[filing.row].append(filing)
    events = loading.group(store.read(loading.EVENTS, (json.dumps(sorted({row["document"] for row in rows})),)), "document", "edtf")
    corrected = loading.corrections(store, ids)
    return [
        Item(
            row["doc"], row["genre"], row["published"], tuple(events[row["document"]]), decode(noun, row["data"]),
            decode(derived, row["derived"]) if row["derived"] else None, tuple(filed[row["id"]]), row["verdict"],
            tuple(corrected[row["id"]].values()),
        )
        for row in rows
    ]  # fmt: skip
