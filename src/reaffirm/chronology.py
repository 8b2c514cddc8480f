"""The chronology: meetings as all their tellings know them, in order of date, each with what came before and after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict, Unpack

from reaffirm.days import FIRST_DAY, LAST_DAY, bounds, period
from reaffirm.linking.gathering import contradictions, meeting
from reaffirm.store import meetings, queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reaffirm.model import Problem
    from reaffirm.readings import Meeting
    from reaffirm.store.protocol import Store
    from reaffirm.store.records import Told

SEVERITIES = ("high", "medium", "low")
NONE = "none"  # the kind of an event that is no consultation


class Sought(TypedDict, total=False):
    """What `chronology` may be asked for; a meeting must meet every condition that is given."""

    forum: str | None  # the forum's id, or words of its label
    actor: str | None  # a name or a part of one: person, state or organisation
    status: str | None
    since: str | None  # EDTF: the meeting may be of that day or later
    until: str | None
    others: bool  # events that are no consultation as well


@dataclass(frozen=True, slots=True)
class Convened:
    """A meeting with the documents that tell it (one name a telling), its neighbours in the forum's chain, and what is queried."""

    meeting: Meeting
    docs: tuple[str, ...]
    before: str | None = None
    after: str | None = None
    problems: tuple[Problem, ...] = ()


def chronology(store: Store, **sought: Unpack[Sought]) -> list[Convened]:
    """The meetings that meet all conditions, in order of date; those without a date last."""
    period(sought.get("since"), sought.get("until"))  # what is no date is said before anything is looked for
    return [found for found in _all(store) if _wanted(found.meeting, sought)]


def one(store: Store, row: str) -> Convened:
    """The meeting that a row tells; the beginning of the id of any of its tellings is enough."""
    key = meetings.meeting_of(store, queries.resolve_row(store, row, kinds="M"))
    return next(found for found in _all(store) if found.meeting.id == key)


@dataclass(frozen=True, slots=True)
class Queried:
    """A problem with the public names of the documents that it concerns; `places` names that of each piece of its evidence."""

    docs: tuple[str, ...]
    problem: Problem
    places: tuple[str, ...] = ()


def problems(store: Store, document: str | None = None, more: Iterable[Problem] = ()) -> list[Queried]:
    """What a careful reader would query, in and between documents, the gravest first; of one document if it is named.

    `more` are problems that were found elsewhere.
    """
    key = queries.document_id(store, document) if document else None
    filed = {item.id: item for item in queries.documents(store)}
    names = {home: item.doc for home, item in filed.items()}
    between = {p.id: p for p in (*(p for item in _all(store) for p in item.problems), *more)}
    within = (p for home in ([key] if key else names) for p in queries.problems(store, home) if not (filed[home].published and _undated(p)))
    found = {p.id: p for p in (*within, *between.values())}.values()
    told = [_named(p, names) for p in found if key is None or key in _homes(p)]
    return sorted(told, key=lambda q: (SEVERITIES.index(q.problem.severity), q.docs, q.problem.id))


def _named(problem: Problem, names: Mapping[str, str]) -> Queried:
    docs = sorted({names.get(home, home) for home in _homes(problem)})
    return Queried(tuple(docs), problem, tuple(names.get(span.document, span.document) for span in problem.evidence))


def _undated(problem: Problem) -> bool:
    """Whether a problem is that nobody knows when a text was published, which a person may have told since."""
    return problem.kind == "unknown" and problem.message.startswith("published:")


def _homes(problem: Problem) -> set[str]:
    return {problem.document, *(span.document for span in problem.evidence)}


def _all(store: Store) -> list[Convened]:
    with store.reading():
        told = meetings.told(store)
    groups: defaultdict[str, list[Told]] = defaultdict(list)
    for row in told:
        groups[row.meeting].append(row)
    queried = _queried(told)
    found = []
    for rows in groups.values():
        members = sorted(rows, key=lambda row: row.telling.id)
        problems = {p.id: p for row in rows for p in queried[row.telling.id]}
        whole = meeting([(row.telling, row.rule) for row in members])
        found.append(Convened(whole, tuple(row.doc for row in members), problems=tuple(problems.values())))
    return _chained(sorted(found, key=lambda c: (_first(c.meeting), c.meeting.id)))


def _first(found: Meeting) -> tuple[str, str]:
    days = bounds(found.date)
    if days is None:
        return LAST_DAY, LAST_DAY
    return (days[1], days[1]) if days[0] == FIRST_DAY else days


def _chained(found: list[Convened]) -> list[Convened]:
    """The meetings, each held or planned one with the one before and the one after it in its forum's chain."""
    chains: defaultdict[object, list[str]] = defaultdict(list)
    for item in found:
        if item.meeting.forum and item.meeting.date and item.meeting.kind not in {NONE, "press conference"}:
            chains[item.meeting.forum, item.meeting.states].append(item.meeting.id)
    links = [pair for chain in chains.values() for pair in pairwise(chain)]
    before, after = {b: a for a, b in links}, dict(links)
    return [Convened(item.meeting, item.docs, before.get(item.meeting.id), after.get(item.meeting.id), item.problems) for item in found]


def _queried(told: Iterable[Told]) -> defaultdict[str, list[Problem]]:
    """By telling, the contradictions in which it takes part."""
    circles: defaultdict[str, list[Told]] = defaultdict(list)
    for row in told:
        circles[row.circle].append(row)
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for rows in circles.values():
        tellings = [row.telling for row in rows]
        for problem in contradictions(tellings):
            places = {(span.document, span.start) for span in problem.evidence}
            for telling in tellings:
                if places & {(s.document, s.start) for s in (*telling.evidence, *([telling.when] if telling.when else []))}:
                    found[telling.id].append(problem)
    return found


def _wanted(found: Meeting, sought: Sought) -> bool:
    if found.kind == NONE and not sought.get("others"):
        return False
    forum, actor, status = (str(sought.get(name) or "").casefold() for name in ("forum", "actor", "status"))
    names = " | ".join((*found.participants, *found.states, *found.external)).casefold()
    told = f"{found.forum or ''} | {found.label}".casefold()
    return forum in told and actor in names and status in {"", found.status} and _within(found, sought.get("since"), sought.get("until"))


def _within(found: Meeting, since: str | None, until: str | None) -> bool:
    if not since and not until:
        return True
    first, last = period(since, until)
    days = bounds(found.date)
    return days is not None and days[1] >= first and days[0] <= last
