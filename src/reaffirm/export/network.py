"""Who says, promises and asks what with whom, as nodes and edges: what GraphML and GEXF write.

Nodes are actors, issues and commitments. An edge rests on rows, which it names, and stands in time where their documents are dated, so that
a program can show slices. Every edge is directed, since readers refuse graphs of both sorts; where `symmetric` is true it stands once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from reaffirm.export import originals
from reaffirm.export.book import day, extent, guid
from reaffirm.export.sheets import Heading, joined, sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reaffirm.export.book import Book, Row

Value = str | int | float | bool
Days = tuple[str | None, str | None]
TYPES = {"text": "string", "number": "long", "share": "double", "flag": "boolean", "names": "string"}
EDGE = {"kind": "string", "weight": "long", "symmetric": "boolean", "rows": "string", "doc": "string", "status": "string"}
NODE = {"kind": "string", "actor": "string", "state": "string", "name": "string", "names": "string"}
SYMMETRIC = frozenset({"co-statement", "agreement"})


@dataclass(frozen=True, slots=True)
class Point:
    """A node: its id (that of a commitment; of an actor or issue a UUID of the name), label, attributes, and the days it stands for."""

    id: str
    label: str
    values: Mapping[str, Value]
    days: Days = (None, None)


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge: said, party to, undertakes, files under, asks, co-statement, agreement, same thread; with its rows and days."""

    id: str
    source: str
    target: str
    values: Mapping[str, Value]
    days: Days = (None, None)


@dataclass(slots=True)
class _Gathered:
    """The rows of one edge while they are gathered."""

    rows: list[str] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    status: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """The graph: nodes and edges in order of id, and the attributes of each sort with their types."""

    points: tuple[Point, ...]
    ties: tuple[Tie, ...]
    node_types: dict[str, str]
    edge_types: dict[str, str]


def network(book: Book) -> Network:
    """The network of a book; parallel edges differ in kind or document."""
    times = {row["doc"]: day(row) for row in book.rows["documents"]}
    found: defaultdict[tuple[str, str, str, str], _Gathered] = defaultdict(_Gathered)
    for kind, source, target, doc, row, days in _edges(book, times):
        gathered = found[kind, source, target, doc]
        gathered.rows.append(row)
        gathered.days.append(days)
    ties = tuple(_tie(key, found[key]) for key in sorted(found))
    headings, promised = _promised(book, times)
    ends = {end for tie in ties for end in (tie.source, tie.target)}
    named = (replace(point, id=_public(point.id)) for point in (*_actors(book, ends), *_issues(book, ends), *promised))
    points = sorted(named, key=lambda point: point.id)
    ties = tuple(replace(tie, source=_public(tie.source), target=_public(tie.target)) for tie in ties)
    return Network(tuple(points), ties, NODE | {h.name: TYPES[h.type] for h in headings}, EDGE)


def _public(key: str) -> str:
    """The id of a node without letters that a reader may read otherwise: igraph takes an ampersand in an id for more than it is."""
    kind, colon, name = key.partition(":")
    return f"{kind}:{guid(kind, name)}" if colon else key


def _tie(key: tuple[str, str, str, str], gathered: _Gathered) -> Tie:
    kind, source, target, doc = key
    rows = sorted(set(gathered.rows))
    values: dict[str, Value] = {"kind": kind, "weight": len(rows), "symmetric": kind in SYMMETRIC, "rows": joined(rows), "doc": doc}
    first, last = (sorted(d for days in gathered.days if (d := days[side])) for side in (0, 1))
    return Tie("\x1f".join(key), source, target, values, (first[0] if first else None, last[-1] if last else None))


Edge = tuple[str, str, str, str, str, Days]  # kind, source, target, document (empty: several), row, days


def _edges(book: Book, times: Mapping[str, Days]) -> Iterator[Edge]:
    for row in book.rows["statements"]:
        at = row["doc"], row["id"], times.get(row["doc"], (None, None))
        spoken, behind = _one(book, row["speakers"]), _one(book, row["parties"])
        yield from (("said", f"actor:{name}", f"issue:{issue}", *at) for name in spoken for issue in row["issues"])
        for names in (spoken, behind):
            yield from (("co-statement", f"actor:{a}", f"actor:{b}", *at) for a, b in combinations(names, 2))
    for row in book.rows["commitments"]:
        at = row["doc"], row["id"], times.get(row["doc"], (None, None))
        yield from (("party to", f"actor:{name}", row["id"], *at) for name in _one(book, row["parties"]))
        yield from (("undertakes", f"actor:{name}", row["id"], *at) for name in _one(book, row["undertaker"]))
        yield from (("files under", row["id"], f"issue:{issue}", *at) for issue in row["issues"])
    for row in book.rows["demands"]:
        at = row["doc"], row["id"], times.get(row["doc"], (None, None))
        if row["class"] == "demand":
            holders, targets = _one(book, row["holder"]), _one(book, row["target"])
            yield from (("asks", f"actor:{a}", f"actor:{b}", *at) for a in holders for b in targets)
    yield from _threaded(book)


def _one(book: Book, names: Iterable[str]) -> list[str]:
    """The actors of these names, each once, under the name that stands for it."""
    return sorted({book.same.get(name, name) for name in names})


def _threaded(book: Book) -> Iterator[Edge]:
    """Commitments of one thread, step to step; and the parties who stand together behind steps of one thread."""
    promised = {row["id"]: row for row in book.rows["commitments"]}
    for thread in book.rows["threads"]:
        steps = [(step, [promised[key] for key in step["members"] if key in promised]) for step in thread["steps"]]
        bound = [(extent(step["date"]), rows) for step, rows in steps if rows]
        for (_, earlier), (days, later) in pairwise(bound):
            yield from (("same thread", a["id"], b["id"], "", thread["id"], days) for a in earlier for b in later)
        for days, rows in bound:
            names = _one(book, (name for row in rows for name in row["parties"] if row["polarity"] != "withheld"))
            yield from (("agreement", f"actor:{a}", f"actor:{b}", "", thread["id"], days) for a, b in combinations(names, 2))


def _actors(book: Book, ends: set[str]) -> Iterator[Point]:
    known: dict[str, Row] = {row["name"]: row for row in book.rows["actors"] if row["actor"] == row["name"]}
    others = {first: sorted(name for name in book.same if book.same[name] == first != name) for first in set(book.same.values())}
    for name in sorted(set(known) | {end.removeprefix("actor:") for end in ends if end.startswith("actor:")}):
        row: Row = known.get(name, {"kind": None, "state": None})
        values = {"kind": "actor", "name": name, "actor": row["kind"] or "", "state": row["state"] or ""}
        values["names"] = joined(others.get(name, ()))
        yield Point(f"actor:{name}", name, {key: value for key, value in values.items() if value})


def _issues(book: Book, ends: set[str]) -> Iterator[Point]:
    names = {issue.id: issue.name for issue in book.packs.issues} if book.packs else {}
    for issue in sorted(end.removeprefix("issue:") for end in ends if end.startswith("issue:")):
        yield Point(f"issue:{issue}", names.get(issue, issue), {"kind": "issue", "name": issue})


def _promised(book: Book, times: Mapping[str, Days]) -> tuple[list[Heading], list[Point]]:
    """The attributes of commitments, all that the sheet has; and their nodes, from the day of the document to that of the due date."""
    sheet = next(sheet for sheet in sheets(book) if sheet.name == "commitments")
    headings = [heading for heading in sheet.headings if heading.name not in {"id", originals.COLUMN}]
    points = []
    for row, cells in zip(book.rows["commitments"], sheet.rows, strict=True):
        held = {h.name: joined(c) if isinstance(c, list) else c for h, c in zip(sheet.headings, cells, strict=True)}
        values = {name: cell for name, cell in held.items() if cell not in (None, "") and name not in {"id", originals.COLUMN}}
        begin, last = times.get(row["doc"], (None, None))
        due = extent(row["due"])[1]
        days = begin, max(due, last or due) if due else None
        points.append(Point(row["id"], row["action"]["text"], {**values, "kind": "commitment"}, days))
    return headings, points
