"""What became of a row, in a word: whether other texts tell that it was carried out, taken back, delayed or said again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reaffirm import followup, weaving
from reaffirm.days import LAST_DAY, bounds
from reaffirm.linking.attested import pairs
from reaffirm.store import courses, decided, items, listings
from reaffirm.store.courses import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.readings import Commitment, Duty
    from reaffirm.sequels import Step, StepStatus, Thread
    from reaffirm.store.items import Wanted
    from reaffirm.store.listings import State
    from reaffirm.store.protocol import Store
    from reaffirm.store.records import Breakdown, Item


@dataclass(frozen=True, slots=True)
class Fate:
    """The thread of a row, and what the weightiest later step of it tells: its status, where and when; None where none tells."""

    thread: str
    status: StepStatus | None = None
    document: str | None = None
    doc: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment on a day: its state, the last day of its due (None where it has none), the days since then, and its fate."""

    item: Item[Commitment, Duty]
    state: State
    last: str | None
    days: int | None
    fate: Fate | None


def fates(threads: Iterable[Thread]) -> dict[str, Fate]:
    """By row, its fate; rows that are in no thread have none."""
    return {
        item.id: _fate(thread, step, place)
        for thread in threads
        for place, step in enumerate(thread.steps)
        for item in step.members
    }  # fmt: skip


def _fate(thread: Thread, own: Step, place: int) -> Fate:
    """An end that is told anywhere counts, for it ends the item; else the last step after the row's own."""
    later = thread.steps[place + 1 :]
    ended = [step for step in thread.steps if step.status in ENDS]
    told = (ended or later or [own])[-1]
    if not ended and not later:
        return Fate(thread.id)
    return Fate(thread.id, told.status, told.place.document, told.place.doc, told.place.first or told.place.last)


def of_rows(store: Store, rows: Iterable[str]) -> dict[str, Fate]:
    """By row, of these ids, its fate; rows that are in no thread have none."""
    wanted = set(rows)
    with store.reading():
        lines, own = _decided(store)
        told = {row: Fate(*found) for row, found in courses.fates(store, wanted, lines).items()}
    return told | {row: fate for row, fate in own.items() if row in wanted}


def _decided(store: Store) -> tuple[set[str], dict[str, Fate]]:
    """The lines that people's links and cuts touch, and the fates of the rows in the threads that are there in place of them."""
    lines, threads = weaving.decided_threads(store, pairs(decided.of_threads(store)))
    return lines, fates(threads.values())


def board(
    store: Store, as_of: str, state: State | None, wanted: Wanted, *, limit: int, offset: int
) -> tuple[list[Promise], Breakdown]:
    """The commitments that meet all conditions on a day (ISO 8601), the late ones first, and their counts by facet."""
    with store.reading():
        lines, own = _decided(store)
        done = [row for row, fate in own.items() if fate.status in ENDS]
        keys, found = listings.promised(store, as_of, state, (done, lines), wanted, limit=limit, offset=offset)
        rows = {item.row.id: item for item in items.commitments(store, rows=[key for key, _ in keys], rejected=True)}
        known = of_rows(store, rows)
    return [_promise(rows[key], told, as_of, known.get(key)) for key, told in keys], found


def _promise(item: Item[Commitment, Duty], state: State, as_of: str, fate: Fate | None) -> Promise:
    days = bounds(item.derived.due) if item.derived else None
    last = days[1] if days and days[1] != LAST_DAY else None
    passed = (date.fromisoformat(as_of) - date.fromisoformat(last)).days if last else None
    return Promise(item, state, last, passed, fate)


def answers(store: Store, rows: Iterable[str]) -> dict[str, tuple[Item[Commitment, Duty], str]]:
    """By demand, of those of these ids that are answered, its commitment and why."""
    told = {demand: (commitment, why) for demand, commitment, why in followup.answers_to(store, rows)}
    found = {item.row.id: item for item in items.commitments(store, rows=[commitment for commitment, _ in told.values()])}
    return {demand: (found[commitment], why) for demand, (commitment, why) in told.items() if commitment in found}
