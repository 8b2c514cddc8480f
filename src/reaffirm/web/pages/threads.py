"""What became of items from document to document: the list, narrowed by issue, document, status and forum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Query

from reaffirm.ledger import Ledger
from reaffirm.sequels import Place, StepStatus, Thread
from reaffirm.store.records import Breakdown, Count, Facet, Titled
from reaffirm.web.page import page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Words = Annotated[str, Query(max_length=300)]
Status = Annotated[StepStatus | None, Query(description="Only items of which a step has this status.")]
MOST = 12  # values of a facet that are told


@dataclass(frozen=True, slots=True)
class Stop:
    """A step in a list: where it stands, what became of the item there, and how many other accounts of the same repeat it."""

    place: Place
    title: str | None
    status: StepStatus | None
    voice: str
    accounts: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """An item in a list: its label and issues, its path from document to document, and how many later texts do not mention it.

    `silent` is None in a list narrowed by status or forum, for which no receipts are made.
    """

    id: str
    label: str
    issues: tuple[str, ...]
    forum: str | None
    path: tuple[Stop, ...]
    silent: int | None


@dataclass(frozen=True, slots=True)
class Courses:
    """A sheet of items, and the counts by which they may be narrowed."""

    sheet: Sheet[Course]
    found: Breakdown


@page("/threads", "threads.html", "Threads", menu="Threads")
def threads(  # noqa: PLR0913, PLR0917 - one parameter a question
    ledger: Ledger,
    issue: Words = "",
    document: Words = "",
    status: Status = None,
    forum: Words = "",
    page: PageNumber = 1,
    per: PerPage = PER,
) -> Courses:
    """The items that several documents speak of or that are due, in order of their first step, with what became of each."""
    found = [
        thread
        for thread in ledger.threads(issue=issue or None, document=document or None, silent=False)
        if (status is None or status in _statuses(thread)) and forum.casefold() in (_forum(thread) or "").casefold()
    ]
    shown = sheet(found, page, per)
    titles = {t.id: t for t in ledger.titles(step.place.document for thread in shown.rows for step in thread.steps)}
    silent: dict[str, int] = {}
    if status is None and not forum:  # receipts cost a search, so only those of this sheet are asked for
        receipts = ledger.threads(issue=issue or None, document=document or None, limit=per, offset=(page - 1) * per)
        silent = {thread.id: sum(receipt.confirmed is not False for receipt in thread.silent) for thread in receipts}
    rows = tuple(_course(thread, titles, silent.get(thread.id)) for thread in shown.rows)
    counted = Breakdown(len(found), tuple(_facets(found)))
    return Courses(Sheet(rows, shown.total, shown.page, shown.per, shown.next, shown.previous), counted)


def _statuses(thread: Thread) -> set[str]:
    return {step.status for step in thread.steps if step.status}


def _forum(thread: Thread) -> str | None:
    """The forum of the first step that has one."""
    return next((step.place.forum for step in thread.steps if step.place.forum), None)


def _course(thread: Thread, titles: dict[str, Titled], silent: int | None) -> Course:
    return Course(thread.id, thread.label, thread.issues, _forum(thread), tuple(_stops(thread, titles)), silent)


def _stops(thread: Thread, titles: dict[str, Titled]) -> Iterator[Stop]:
    """The steps, those told once more of the same meeting counted with the one before."""
    stop: Stop | None = None
    for step in thread.steps:
        if stop and step.status == "restated":
            stop = Stop(stop.place, stop.title, stop.status, stop.voice, stop.accounts + 1)
            continue
        if stop:
            yield stop
        named = titles.get(step.place.document)
        stop = Stop(step.place, named.title if named else None, step.status, step.voice)
    if stop:
        yield stop


def _facets(found: Iterable[Thread]) -> Iterator[Facet]:
    counted: dict[str, Counter[str]] = {name: Counter() for name in ("status", "issue", "forum", "document")}
    for thread in found:
        counted["status"].update(_statuses(thread))
        counted["issue"].update(thread.issues)
        counted["forum"].update(filter(None, [_forum(thread)]))
        counted["document"].update({step.place.doc for step in thread.steps})
    for name, values in counted.items():
        ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
        yield Facet(name, tuple(Count(value, n) for value, n in ordered[:MOST]), max(0, len(ordered) - MOST))
