"""The life of one item: each step with its words against those before it, the later texts that are silent, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Path, Query

from reaffirm.ledger import Ledger
from reaffirm.model import Judgement
from reaffirm.sequels import Item, Late, Silence, Step, Thread
from reaffirm.store.records import Titled
from reaffirm.web import redlining
from reaffirm.web.page import Elsewhere, page
from reaffirm.web.pages.start import asked_day
from reaffirm.web.redlining import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = Annotated[str, Path(max_length=80, description="The id of a thread, or of any row of it, or its beginning.")]
Day = Annotated[str, Query(max_length=40, description="The day for which to say what is late (EDTF); today unless given.")]
LEGIBLE = 0.3  # share of words that two wordings must have in common for a redline of them to be read


@dataclass(frozen=True, slots=True)
class Words:
    """The words by which a step is compared, as a redline against those of the step before it.

    `item` is the row that they are of; `kept` the share (0 to 1) of the words that both wordings have; `legible` says whether that is
    enough to be shown as changes of one wording rather than as two wordings.
    """

    item: Item
    against: Titled | None
    runs: tuple[Run, ...]
    kept: float
    legible: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One document in the life of an item: a step with its words, or a receipt of silence."""

    document: Titled
    step: Step | None
    words: Words | None
    silence: Silence | None


@dataclass(frozen=True, slots=True)
class Rule:
    """Why two rows are one item; each with its document."""

    one: str
    one_document: str
    other: str
    other_document: str
    why: str


@dataclass(frozen=True, slots=True)
class Life:
    """An item's life: its moments in order of date, what is late on the day asked for, why its rows are linked, what people said."""

    id: str
    label: str
    issues: tuple[str, ...]
    forum: str | None
    moments: tuple[Moment, ...]
    as_of: str
    late: Late | None
    rules: tuple[Rule, ...]
    judged: tuple[Judgement, ...]


@page("/thread/{row}", "thread.html", "Thread")
def thread(ledger: Ledger, row: Row, as_of: Day = "") -> Life | Elsewhere:
    """The life of the item of a row: what became of it in each document, with the words on both sides."""
    found = ledger.thread(row)
    if found.id != row:
        return Elsewhere(f"/thread/{found.id}")
    day = asked_day(as_of).isoformat()
    named = {t.id: t for t in ledger.titles([*(s.place.document for s in found.steps), *(s.place.document for s in found.silent)])}
    forum = next((step.place.forum for step in found.steps if step.place.forum), None)
    return Life(
        found.id, found.label, found.issues, forum, tuple(_moments(ledger, found, named)), day, ledger.late(found, day),
        tuple(_rules(found)), found.judged,
    )  # fmt: skip


def _moments(ledger: Ledger, found: Thread, named: dict[str, Titled]) -> Iterator[Moment]:
    """Steps in their order, each silence before the first step that is later."""
    silent = sorted(found.silent, key=lambda silence: (silence.place.first or "9999", silence.place.doc))
    for step, wording in zip(found.steps, ledger.worded(found), strict=True):
        while silent and (silent[0].place.first or "9999") < (step.place.first or step.place.last or "9999"):
            yield _silence(silent.pop(0), named)
        runs = redlining.runs(wording.pieces)
        kept = redlining.kept(runs)
        words = Words(wording.item, named.get(wording.against or ""), runs, round(kept, 2), kept >= LEGIBLE)
        yield Moment(named[step.place.document], step, words, None)
    yield from (_silence(silence, named) for silence in silent)


def _silence(silence: Silence, named: dict[str, Titled]) -> Moment:
    return Moment(named[silence.place.document], None, None, silence)


def _rules(found: Thread) -> Iterator[Rule]:
    homes = {item.id: step.place.doc for step in found.steps for item in step.members}
    for one, other, why in found.rules:
        yield Rule(one, homes.get(one, ""), other, homes.get(other, ""), why)
