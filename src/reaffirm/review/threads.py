"""Scoring threads: the links between rows of different documents, and the status of the steps."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from reaffirm.review.matching import match
from reaffirm.review.rows import Row, accepted, document, items, name, records
from reaffirm.review.tally import Count, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

# A document, and the statement (or what stands for one) that a step of a thread rests on there.
Node: TypeAlias = tuple[str, str]
Link: TypeAlias = tuple[Node, Node]
Steps: TypeAlias = list[tuple[Row, set[Node]]]


class Families:
    """Which gold rows are readings of one statement, and which statement contains which; optional rows left out."""

    def __init__(self, gold: dict[str, list[Row]]) -> None:
        rows = {kind: [r for r in found if not r.get("optional")] for kind, found in gold.items()}
        self.root = {_id(r): _id(r) for kind in ("statements", "meetings") for r in rows[kind]}
        self.root |= {_id(c): name(c.get("statement")) or _id(c) for c in rows["commitments"]}
        self.root |= {_id(d): self._of_demand(d) for d in rows["demands"]}
        self.parent = {_id(s): name(s.get("nested_in")) for s in rows["statements"]}

    def _of_demand(self, demand: Row) -> str:
        commitment = name(demand.get("commitment")) or ""
        return name(demand.get("statement")) or self.root.get(commitment, _id(demand))

    def nodes(self, members: Iterable[str], doc: str) -> set[Node]:
        """One node for each statement family of a step; a statement that contains another member is left out."""
        found = {self.root[m] for m in members if m in self.root}
        return {(doc, f) for f in found - {self.parent.get(f) for f in found}}

    def steps(self, thread: Row, twin: dict[str, str] | None = None) -> Steps:
        """The steps of a thread with their nodes; members of a predicted one are carried over to gold by `twin`."""
        out: Steps = []
        for step in records(thread, "steps"):
            members = [m for member in items(step.get("members")) if (m := name(member))]
            carried = members if twin is None else [twin[m] for m in members if m in twin]
            out.append((step, self.nodes(carried, document(step))))
        return out


def _id(row: Row) -> str:
    return str(row["id"])


def _all_nodes(steps: Steps) -> set[Node]:
    return {node for _, nodes in steps for node in nodes}


def _links(threads: Iterable[Steps]) -> set[Link]:
    """All pairs of nodes of one thread that stand in different documents."""
    pairs = (pair for steps in threads for pair in combinations(sorted(_all_nodes(steps)), 2))
    return {(a, b) for a, b in pairs if a[0] != b[0]}


def threads(gold: dict[str, list[Row]], pred: dict[str, list[Row]], twin: dict[str, str], out: Tally) -> None:
    """Nothing: counts links and step status, by the rows matched in `twin` (predicted id -> gold id).

    A gold thread with `topic` true is no item: its links are counted apart, and neither asked for nor held
    against anyone.
    """
    families = Families(gold)
    ours = {id(t): families.steps(t) for t in gold["threads"]}
    theirs = {id(t): families.steps(t, twin) for t in pred["threads"]}
    topical, real = ([t for t in gold["threads"] if bool(t.get("topic")) == topic] for topic in (True, False))
    wanted = _links(ours[id(t)] for t in real)
    apart = _links(ours[id(t)] for t in topical) - wanted
    _count_links(wanted, apart, _links(theirs.values()), out)

    def shared(g: Row, p: Row) -> float:
        return float(len(_all_nodes(ours[id(g)]) & _all_nodes(theirs[id(p)])))

    for g, p in match(real, pred["threads"], shared).pairs:
        _status(g, ours[id(g)], theirs[id(p)], out)


def _count_links(wanted: set[Link], apart: set[Link], drawn: set[Link], out: Tally) -> None:
    out.add("threads", "links", None, Count(len(wanted & drawn), len(wanted), len(drawn - apart)))
    within = Count(len(apart & drawn), len(apart), len(drawn & apart))
    out.add("threads", "links within topics (apart)", None, within)
    out.rows["threads", "missed"] += map(_shown, sorted(wanted - drawn))
    out.rows["threads", "false"] += map(_shown, sorted(drawn - apart - wanted))


def _shown(link: Link) -> Row:
    return {"link": [list(node) for node in link]}


def _status(thread: Row, ours: Steps, theirs: Steps, out: Tally) -> None:
    """Nothing: counts the status of each step of which the predicted thread has one with a common node."""
    for step, mine in ours:
        # A node names its document, so a common node is one in the same document.
        other = next((s for s, nodes in theirs if mine & nodes), None)
        if other and step.get("status"):
            pair = ({"thread": thread.get("label"), **step}, other)
            out.ratio("threads", "step status", pair, right=other.get("status") in accepted(step, "status"))
