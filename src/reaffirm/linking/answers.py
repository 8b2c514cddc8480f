"""Which later commitment does what a demand asked for: demand, commitment, outcome."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reaffirm.linking.strands import strands
from reaffirm.linking.ties import Scales

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.linking.strands import Strand
    from reaffirm.sequels import Item

ASKED = "the act that was asked"
ACT = 5  # strength from which a commitment promises an act that can be checked


def answers(items: Iterable[Item]) -> tuple[tuple[str, str, str], ...]:
    """The demands that a later commitment answers: see `answered`."""
    return answered(strands(items))


def answered(rows: Sequence[Strand]) -> tuple[tuple[str, str, str], ...]:
    """The demands that a later commitment answers: (demand, commitment, why), by document and place of the demand.

    The commitment is of one of those who were asked, and does what was asked: the same act on the same object, or an act on the
    named thing that the demand is about. Of several the first that does so counts.
    """
    scales = Scales(rows)
    promised: defaultdict[tuple[str, str], list[Strand]] = defaultdict(list)
    for row in rows:
        if row.head.kind == "commitment" and not row.thin and not row.head.position and row.head.polarity == "will":
            for key in _keys(row):
                promised[key].append(row)
    found = []
    for row in rows:
        if row.head.kind == "demand" and row.head.asks == "demand" and not row.thin:
            others = {o.id: o for key in _keys(row) for o in promised[key] if _later(o, row) and _owed(o, row)}
            best = _first([(o, why) for o in others.values() if (why := _does(o, row, scales))])
            if best:
                found.append((row.id, best[0].id, best[1]))
    return tuple(found)


def _keys(row: Strand) -> set[tuple[str, str]]:
    return {("issue", name) for name in (*row.issues, *row.things)} | {("word", name) for name in row.content.firm}


def _later(promise: Strand, demand: Strand) -> bool:
    days = promise.place.first, demand.place.last or demand.place.first
    return promise.place.document != demand.place.document and None not in days and str(days[0]) > str(days[1])


def _owed(promise: Strand, demand: Strand) -> bool:
    """Whether the promise is of those who were asked; persons asked stand for the states of the meeting."""
    asked = set(demand.head.actors)
    bound = promise.parties | set(promise.head.actors)
    circle = set(demand.place.circle)
    return bool(asked & bound) or bool(circle & set(promise.place.circle) & bound and not asked & circle)


def _does(promise: Strand, demand: Strand, scales: Scales) -> str | None:
    common = scales.common(promise, demand)
    named = ", ".join(sorted(common.things or common.firm))
    if common.small >= 0.5 and common.beside and len(common.firm) > 1:
        return f"it promises {ASKED}: {named}"
    one = promise.place.forum is not None and promise.place.forum == demand.place.forum
    if one and (promise.head.strength or 0) >= ACT and (common.things or (common.issues and common.firm)):
        return f"it promises an act that can be checked on what was asked about: {named}"
    return None


def _first(found: Sequence[tuple[Strand, str]]) -> tuple[Strand, str] | None:
    return min(found, key=lambda pair: (pair[0].place.first or "", pair[0].place.doc, pair[0].start), default=None)
