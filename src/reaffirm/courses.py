"""Threads in short, as lists show and count them: read from the table of their steps, those that people decided on from their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm import followup, weaving
from reaffirm.linking.attested import pairs
from reaffirm.sequels import Course, Stage
from reaffirm.store import courses as tables
from reaffirm.store import decided
from reaffirm.store.browsing import breakdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Unpack

    from reaffirm.sequels import Thread
    from reaffirm.store.courses import Sought
    from reaffirm.store.protocol import Record, Store
    from reaffirm.store.records import Breakdown

SEARCHED = 200  # later outputs that are searched at most for the receipts of a list


def courses(store: Store, *, limit: int, offset: int = 0, **sought: Unpack[Sought]) -> tuple[list[Course], Breakdown]:
    """So many threads that meet all conditions, in order of their first step, and the counts of all of them by facet."""
    with store.reading():
        lines, decisions = weaving.decided_threads(store, pairs(decided.of_threads(store)))
        own = {first: thread for first, thread in decisions.items() if _meets(thread, sought)}
        found = sorted({*tables.lines(store, lines, **sought), *own})[offset : offset + limit]
        told = {row["line"]: (row, steps) for row, steps in tables.shown(store, [line for line in found if line not in own])}
        places = weaving.places_of(store, {step["document"] for _, steps in told.values() for step in steps})
        counted = [*tables.counts(store, lines, **sought), *(record for thread in own.values() for record in _counted(thread))]
    read = {
        line: _course(row, [Stage(places[s["document"]], s["status"], s["voice"]) for s in steps if s["document"] in places])
        for line, (row, steps) in told.items()
    }
    return [_short(own[line]) if line in own else read[line] for line in found], breakdown(counted)


def _course(row: Record, steps: Iterable[Stage]) -> Course:
    issues = tuple(row["issues"].split("\n")) if row["issues"] else ()
    return Course(row["id"], row["label"] or "", issues, row["forum"], tuple(steps))


def _short(thread: Thread) -> Course:
    steps = tuple(Stage(step.place, step.status, step.voice) for step in thread.steps)
    return Course(thread.id, thread.label, thread.issues, weaving.forum(thread), steps)


def _meets(thread: Thread, sought: Sought) -> bool:
    """Whether a thread that people decided on meets all conditions."""
    about = [name.casefold() for step in thread.steps for item in step.members for name in (*item.issues, *item.things)]
    issue, document, status, forum = (sought.get(name) for name in ("issue", "document", "status", "forum"))
    return (
        (not issue or any(str(issue).casefold() in name for name in about))
        and (not document or any(step.place.document == document for step in thread.steps))
        and (not status or any(step.status == status for step in thread.steps))
        and (not forum or str(forum).casefold() in (weaving.forum(thread) or "").casefold())
    )


def _counted(thread: Thread) -> Iterator[Record]:
    """The counts that a thread adds to those of its list."""
    facets: dict[str, Iterable[str | None]] = {
        "": [None], "status": {step.status for step in thread.steps}, "issue": thread.issues, "forum": [weaving.forum(thread)],
        "document": {step.place.doc for step in thread.steps},
    }  # fmt: skip
    yield from ({"facet": facet, "value": value, "n": 1} for facet, values in facets.items() for value in values)


def silent(store: Store, found: Iterable[Course]) -> dict[str, int]:
    """By thread (its id), how many later outputs of its chain do not mention it; none of those for which too much is to be searched."""
    counted: dict[str, int] = {}
    searched = 0
    for course in found:
        later = weaving.later(store, course.steps[0].place) if course.steps else []
        searched += len(later)
        if not later:
            counted[course.id] = 0
        elif searched <= SEARCHED:
            counted[course.id] = sum(receipt.confirmed is not False for receipt in followup.thread_of(store, course.id).silent)
    return counted
