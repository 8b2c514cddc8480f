"""What became of items from document to document: the list, narrowed by issue, document, status and forum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Query

from reaffirm.ledger import Ledger
from reaffirm.sequels import Place, StepStatus
from reaffirm.store.records import Breakdown, Titled
from reaffirm.web.page import page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.sequels import Course as Shortened

Words = Annotated[str, Query(max_length=300)]
Status = Annotated[StepStatus | None, Query(description="Only items of which a step has this status.")]


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

    `silent` is None where no receipts are made: in a list narrowed by status or forum, and where very many texts came later.
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
    found, counted = ledger.courses(issue=issue, document=document, status=status, forum=forum, limit=per, offset=(page - 1) * per)
    titles = {t.id: t for t in ledger.titles(step.place.document for course in found for step in course.steps)}
    silent = {} if status or forum else ledger.silent(found)  # receipts cost a search
    rows = [Course(c.id, c.label, c.issues, c.forum, tuple(_stops(c, titles)), silent.get(c.id)) for c in found]
    return Courses(given(rows, page, per, counted.total), counted)


def _stops(course: Shortened, titles: dict[str, Titled]) -> Iterator[Stop]:
    """The steps, those told once more of the same meeting counted with the one before."""
    stop: Stop | None = None
    for step in course.steps:
        if stop and step.status == "restated":
            stop = Stop(stop.place, stop.title, stop.status, stop.voice, stop.accounts + 1)
            continue
        if stop:
            yield stop
        named = titles.get(step.place.document)
        stop = Stop(step.place, named.title if named else None, step.status, step.voice)
    if stop:
        yield stop

