"""Which later commitment does what a demand asked for: demand, commitment, outcome."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reaffirm.linking.strands import strands
from reaffirm.linking.ties import common

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.linking.strands import Strand
    from reaffirm.sequels import Item, Judged

ASKED = "the act that was asked"
PERSON = "a person says so"
THING = "="  # before the name of a thing among words
ACT = 5  # strength from which a commitment promises an act that can be checked


def answers(items: Iterable[Item], judged: Iterable[Judged] = ()) -> tuple[tuple[str, str, str], ...]:
    """The demands that a later commitment answers: see `answered`."""
    return answered(strands(items), judged)


def answered(rows: Sequence[Strand], judged: Iterable[Judged] = ()) -> tuple[tuple[str, str, str], ...]:
    """The demands that a later commitment answers: (demand, commitment, why), by document and place of the demand.

    The commitment is of one of those who were asked, and does what was asked: the same act on the same object, or an act on the
    named thing that the demand is about. Of several the first that does so counts. `judged` are a person's links and cuts of items:
    a commitment that is linked to a demand answers it, one that is cut from it does not.
    """
    promised: defaultdict[tuple[str, str], list[Strand]] = defaultdict(list)
    for row in rows:
        if _promises(row):
            for key in _keys(row):
                promised[key].append(row)
    told = _told(rows, judged)
    found = []
    for row in rows:
        if row.head.kind == "demand" and row.head.asks == "demand" and not row.thin:
            others = {o.id: o for key in _keys(row) for o in promised[key] if _later(o, row) and _owed(o, row)}
            said = {other.id: (other, same) for other, same in told[row.id] if other.head.kind == "commitment" and _later(other, row)}
            best = _first([(other, PERSON) for other, same in said.values() if same]) or _first(
                [(o, why) for o in others.values() if o.id not in said and (why := _does(o, row))]
            )
            if best:
                found.append((row.id, best[0].id, best[1]))
    return tuple(found)


def _told(rows: Sequence[Strand], judged: Iterable[Judged]) -> defaultdict[str, list[tuple[Strand, bool]]]:
    """By strand, those that people linked to it or cut from it."""
    homes = {item.id: row for row in rows for item in row.items}
    found: defaultdict[str, list[tuple[Strand, bool]]] = defaultdict(list)
    for a, b, same in judged:
        if a in homes and b in homes:
            found[homes[a].id].append((homes[b], same))
            found[homes[b].id].append((homes[a], same))
    return found


def answer(demand: Strand, promise: Strand) -> str | None:
    """Why a later promise does the very act that was asked; None where it does not, or nothing was asked or promised."""
    if demand.head.asks != "demand" or demand.thin or not _promises(promise) or not (_later(promise, demand) and _owed(promise, demand)):
        return None
    why = _does(promise, demand)
    return why if why and ASKED in why else None


def bound(row: Strand) -> frozenset[str]:
    """Those who promise an act in a strand, who alone can answer with it; none where it promises none."""
    return row.parties | set(row.head.actors) if _promises(row) else frozenset()


def owing(demand: Strand) -> frozenset[str]:
    """Those of whom a promise may answer a demand: who was asked, or the states of the meeting where persons were."""
    return frozenset((*demand.head.actors, *demand.place.circle)) if demand.head.asks == "demand" and not demand.thin else frozenset()


def words(row: Strand) -> tuple[str, ...]:
    """What a strand is about, sorted: stems, issues, and things with a sign before them."""
    return tuple(sorted({*row.content.firm, *row.issues, *(f"{THING}{name}" for name in row.things)}))


def may_answer(demand: Strand, about: frozenset[str]) -> bool:
    """Whether a promise about this (as `words` has it) may answer a demand: it shares a thing, or two words."""
    shared = about & set(words(demand))
    return len(shared) > 1 or any(word.startswith(THING) for word in shared)


def _promises(row: Strand) -> bool:
    """Whether an act is promised there, in words of its own."""
    return row.head.kind == "commitment" and not row.thin and not row.head.position and row.head.polarity == "will"


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


def _does(promise: Strand, demand: Strand) -> str | None:
    shared = common(promise, demand)
    named = ", ".join(sorted(shared.things or shared.firm))
    if shared.small >= 0.5 and shared.beside and len(shared.firm) > 1:
        return f"it promises {ASKED}: {named}"
    one = promise.place.forum is not None and promise.place.forum == demand.place.forum
    if one and (promise.head.strength or 0) >= ACT and (shared.things or (shared.issues and shared.firm)):
        return f"it promises an act that can be checked on what was asked about: {named}"
    return None


def _first(found: Sequence[tuple[Strand, str]]) -> tuple[Strand, str] | None:
    return min(found, key=lambda pair: (pair[0].place.first or "", pair[0].place.doc, pair[0].start), default=None)
