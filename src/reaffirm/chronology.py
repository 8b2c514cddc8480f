"""The chronology: meetings as all their tellings know them, in order of date, each with what came before and after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict, Unpack, cast

from reaffirm.days import FIRST_DAY, LAST_DAY, bounds, period
from reaffirm.linking.gathering import contradictions, meeting
from reaffirm.store import meetings, queries
from reaffirm.store.records import Correction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reaffirm.model import Judgement, Problem, Verdict
    from reaffirm.readings import Meeting, MeetingStatus, Telling
    from reaffirm.store.protocol import Store
    from reaffirm.store.records import Told

SEVERITIES = ("high", "medium", "low")
NONE = "none"  # the kind of an event that is no consultation
APART = {NONE, "press conference"}  # in no chain
REJECTED = "rejected"
DATE = "date"  # what a person may correct of a meeting


class Sought(TypedDict, total=False):
    """What `chronology` may be asked for; a meeting must meet every condition that is given."""

    forum: str | None  # the forum's id, or words of its label
    actor: str | None  # a name or a part of one: person, state or organisation
    status: str | None
    since: str | None  # EDTF: the meeting may be of that day or later
    until: str | None
    others: bool  # events that are no consultation as well
    rejected: bool  # those as well of which a person says that they are none
    limit: int | None
    offset: int


@dataclass(frozen=True, slots=True)
class Convened:
    """A meeting with the documents that tell it (one name a telling), its neighbours in the forum's chain, and what is queried.

    What people corrected stands in the meeting itself, and in `corrections` beside what was read.
    """

    meeting: Meeting
    docs: tuple[str, ...]
    before: str | None = None
    after: str | None = None
    problems: tuple[Problem, ...] = ()
    verdict: Verdict | None = None
    corrections: tuple[Correction, ...] = ()


class Words:
    """What people decided of the meetings of a ledger; what is said under any telling of a meeting is said of the meeting."""

    def __init__(self, store: Store) -> None:
        self.judged: defaultdict[str, list[tuple[int, Judgement]]] = defaultdict(list)
        for n, judgement in enumerate(meetings.decided(store)):
            self.judged[judgement.row].append((n, judgement))

    def of(self, tellings: Iterable[str]) -> tuple[Verdict | None, tuple[Correction, ...]]:
        """The last verdict on the meeting that has these tellings, and what was corrected of it, field by field."""
        made = [judgement for _, judgement in sorted(pair for row in tellings for pair in self.judged.get(row, ()))]
        fields = {j.field or "": Correction(j.field or "", j.value, j.judged, j.who, j.at) for j in made if j.verdict == "corrected"}
        return cast("Verdict | None", made[-1].verdict if made else None), tuple(fields.values())

    def told(self, found: Meeting) -> tuple[Meeting, Verdict | None, tuple[Correction, ...]]:
        """A meeting with what people corrected in place of what was read, and what they said of it."""
        verdict, corrections = self.of(row.id for row in found.tellings)
        right = next((c.value or None for c in corrections if c.field == DATE), found.date)
        return replace(found, date=right), verdict, corrections


def chronology(store: Store, **sought: Unpack[Sought]) -> list[Convened]:
    """The meetings that meet all conditions, in order of date; those without a date last."""
    period(sought.get("since"), sought.get("until"))  # what is no date is said before anything is looked for
    circles = meetings.circles(store, forum=sought.get("forum"), actor=sought.get("actor"))
    kept = (each for each in _all(store, circles) if sought.get("rejected") or each.verdict != REJECTED)
    found = [each for each in kept if _wanted(each.meeting, sought)]
    first, limit = sought.get("offset") or 0, sought.get("limit")
    return found[first:] if limit is None else found[first : first + limit]


def one(store: Store, row: str) -> Convened:
    """The meeting that a row tells; the beginning of the id of any of its tellings is enough."""
    key = meetings.meeting_of(store, queries.resolve_row(store, row, kinds="M"))
    circles = [row.circle for row in meetings.told(store, meeting=key)]
    return next(found for found in _all(store, circles) if found.meeting.id == key)


def meetings_of(store: Store, document: str) -> list[Meeting]:
    """The meetings that a document (its id) tells, as all their tellings know them, by id; not those that people rejected."""
    keys = sorted({row.meeting for row in meetings.told(store, document=document)})
    groups = (sorted(meetings.told(store, meeting=key), key=lambda row: row.telling.id) for key in keys)
    words = Words(store)
    found = (words.told(meeting([(row.telling, row.rule) for row in rows])) for rows in groups if rows)
    return [whole for whole, verdict, _ in found if verdict != REJECTED]


def chosen(store: Store, rows: Iterable[str]) -> dict[str, Convened]:
    """By id, everything known of these meetings: the ids are those of meetings, and what is none any more is left out."""
    wanted = set(rows)
    with store.reading():
        found = _gathered(store, meetings.kin(store, wanted))
    return {convened.meeting.id: convened for convened in found if convened.meeting.id in wanted}


@dataclass(frozen=True, slots=True)
class Outline:
    """A meeting as a chronology places it: what is needed to sort, count and draw thousands of them."""

    id: str
    label: str
    forum: str | None
    status: MeetingStatus
    date: str | None
    actors: tuple[str, ...]
    tellings: tuple[str, ...] = ()


def outlines(store: Store, **sought: Unpack[Sought]) -> list[Outline]:
    """The meetings that meet all conditions, in order of date as in `chronology`, without the words that tell them."""
    period(sought.get("since"), sought.get("until"))
    groups: defaultdict[str, list[Telling]] = defaultdict(list)
    for home, telling in meetings.brief(store):
        groups[home].append(telling)
    words = Words(store)
    found = [words.told(meeting([(row, "") for row in sorted(rows, key=lambda row: row.id)])) for rows in groups.values()]
    wanted = [m for m, verdict, _ in found if _wanted(m, sought) and (sought.get("rejected") or verdict != REJECTED)]
    return [_outline(m) for m in sorted(wanted, key=lambda m: (_first(m), m.id))]


def _outline(m: Meeting) -> Outline:
    actors = tuple(sorted({*m.participants, *m.states}))
    return Outline(m.id, m.label, m.forum, m.status, m.date, actors, tuple(row.id for row in m.tellings))


@dataclass(frozen=True, slots=True)
class Queried:
    """A problem with the public names of the documents that it concerns; `places` names that of each piece of its evidence."""

    docs: tuple[str, ...]
    problem: Problem
    places: tuple[str, ...] = ()


def problems(
    store: Store,
    document: str | None = None,
    more: Iterable[Problem] = (),
    *,
    within: bool = True,
    limit: int | None = None,
    offset: int = 0,
) -> list[Queried]:
    """What a careful reader would query, in (`within`) and between documents, the gravest first; of one document if it is named.

    `more` are problems that were found elsewhere.
    """
    with store.reading():
        key = queries.document_id(store, document) if document else None
        circles = [row.circle for row in meetings.told(store, document=key)] if key else None
        told = (p for item in _all(store, circles) for p in item.problems)
        between = {p.id: p for p in (*told, *more) if key is None or key in _homes(p)}
        most = None if limit is None else offset + limit
        single = {p.id: p for p in queries.gravest(store, key, limit=most)} if within else {}
        found = {**single, **between}.values()
        names = queries.public_names(store, {home for p in found for home in _homes(p)})
    ranked = sorted((_named(p, names) for p in found), key=lambda q: (SEVERITIES.index(q.problem.severity), q.docs, q.problem.id))
    return ranked[offset:most]


def _named(problem: Problem, names: Mapping[str, str]) -> Queried:
    docs = sorted({names.get(home, home) for home in _homes(problem)})
    return Queried(tuple(docs), problem, tuple(names.get(span.document, span.document) for span in problem.evidence))


def _homes(problem: Problem) -> set[str]:
    return {problem.document, *(span.document for span in problem.evidence)}


def _all(store: Store, circles: Iterable[str] | None = None) -> list[Convened]:
    """The meetings of some circles, or all, in order of date."""
    with store.reading():
        names = [None] if circles is None else sorted({*circles})
        return _gathered(store, [row for name in names for row in meetings.told(store, circle=name)])


def _gathered(store: Store, told: Sequence[Told]) -> list[Convened]:
    groups: defaultdict[str, list[Told]] = defaultdict(list)
    for row in told:
        groups[row.meeting].append(row)
    words = Words(store)
    gone = {key for key, rows in groups.items() if words.of(row.telling.id for row in rows)[0] == REJECTED}
    queried = _queried(row for row in told if row.meeting not in gone)
    found = []
    for rows in groups.values():
        members = sorted(rows, key=lambda row: row.telling.id)
        problems = {p.id: p for row in rows for p in queried[row.telling.id]}
        whole, verdict, corrections = words.told(meeting([(row.telling, row.rule) for row in members]))
        found.append(Convened(whole, tuple(row.doc for row in members), None, None, tuple(problems.values()), verdict, corrections))
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
        if item.meeting.forum and item.meeting.date and item.meeting.kind not in APART and item.verdict != REJECTED:
            chains[item.meeting.forum, item.meeting.states].append(item.meeting.id)
    links = [pair for chain in chains.values() for pair in pairwise(chain)]
    before, after = {b: a for a, b in links}, dict(links)
    return [replace(item, before=before.get(item.meeting.id), after=after.get(item.meeting.id)) for item in found]


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
