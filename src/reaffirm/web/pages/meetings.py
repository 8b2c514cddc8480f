"""The chronology of meetings, and one meeting with all that is told of it, what was promised there and what came of that."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Path, Query

from reaffirm.chronology import Convened, Outline, Sought
from reaffirm.fates import Fate
from reaffirm.ledger import Ledger
from reaffirm.readings import Commitment, Duty, MeetingStatus, Telling
from reaffirm.store.records import Breakdown, Count, Facet, Item, Source
from reaffirm.web.drawing import Tick, ticks
from reaffirm.web.page import Elsewhere, page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Words = Annotated[str, Query(max_length=300)]
Row = Annotated[str, Path(max_length=80, description="The id of a meeting, of any of its tellings, or the beginning of one.")]
MOST = 12  # values of a facet
RELATIONS = ("output", "transcript", "account", "comment")
OWN = "telling.own"  # the rule of the telling of the meeting that a document is about
PROMISES = 200


@dataclass(frozen=True, slots=True)
class Chronology:
    """A sheet of meetings in order of date, the timeline of all that meet the conditions, and the counts by which they are narrowed."""

    sheet: Sheet[Convened]
    timeline: tuple[Tick, ...]
    undated: int
    found: Breakdown


@page("/meetings", "meetings.html", "Meetings", menu="Meetings")
def meetings(  # noqa: PLR0913 - one parameter a question
    ledger: Ledger,
    forum: Words = "",
    actor: Words = "",
    status: MeetingStatus | None = None,
    since: Words = "",
    until: Words = "",
    *,
    others: bool = False,
    page: PageNumber = 1,
    per: PerPage = PER,
) -> Chronology:
    """The meetings that meet all conditions, in order of date, with who told of them, on a timeline and as a table."""
    sought = Sought(forum=forum, actor=actor, status=status, since=since, until=until, others=others)
    known = ledger.outlines(**sought)
    part = sheet(known, page, per)
    whole = ledger.convened([outline.id for outline in part.rows])
    names = _lanes(known)
    marks = ticks((names[m.forum or m.label], m.date, m.status, f"{m.label}, {m.date}, {m.status}") for m in known)
    undated = sum(outline.date is None for outline in known)
    return Chronology(_told(part, whole), marks, undated, Breakdown(len(known), _facets(known)))


def _lanes(known: Iterable[Outline]) -> dict[str, str]:
    """What the rows of the timeline are called: a forum by the commonest label of its meetings, which have it with or without a number."""
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outline in known:
        labels[outline.forum or outline.label][outline.label] += 1
    return {lane: counted.most_common(1)[0][0] for lane, counted in labels.items()}


def _told(part: Sheet[Outline], whole: dict[str, Convened]) -> Sheet[Convened]:
    rows = tuple(whole[outline.id] for outline in part.rows)
    return Sheet(rows, part.total, part.page, part.per, part.next, part.previous)


def _facets(known: Sequence[Outline]) -> tuple[Facet, ...]:
    counted: dict[str, Counter[str]] = {
        "status": Counter(str(m.status) for m in known),
        "forum": Counter(m.forum for m in known if m.forum),
        "actor": Counter(name for m in known for name in m.actors),
    }
    return tuple(
        Facet(name, tuple(Count(value, n) for value, n in ordered[:MOST]), max(0, len(ordered) - MOST))
        for name, counts in counted.items()
        for ordered in [sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A document that tells of a meeting, with the places where it does."""

    source: Source
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A commitment made at a meeting, and what became of it; None where no other text speaks of it."""

    item: Item[Commitment, Duty]
    fate: Fate | None


@dataclass(frozen=True, slots=True)
class Met:
    """One meeting: all that is known, the documents that tell it by relation, its neighbours in the chain, and what was promised there.

    `promised_in` are the documents whose commitments are counted as made there: what the meeting put out, else records, else accounts.
    """

    convened: Convened
    told: tuple[tuple[str, tuple[Told, ...]], ...]
    before: Convened | None
    after: Convened | None
    promised_in: tuple[Source, ...]
    promised: tuple[Outcome, ...]


@page("/meeting/{meeting}", "meeting.html", "Meeting")
def meeting(ledger: Ledger, meeting: Row) -> Met | Elsewhere:
    """Everything known of one meeting, each telling with its words; what was promised there and what came of it."""
    convened = ledger.meeting(meeting)
    key = convened.meeting.id
    if meeting != key:
        return Elsewhere(f"/meeting/{key}")
    near = ledger.convened([other for other in (convened.before, convened.after) if other])
    sources = {source.id: source for source in ledger.sources(telling.document for telling in convened.meeting.tellings)}
    homes = _homes(convened, sources)
    made = ledger.commitments(documents=[source.id for source in homes], positions=False, limit=PROMISES) if homes else []
    fates = ledger.fates(item.row.id for item in made)
    return Met(
        convened, tuple(_by_relation(convened, sources)), near.get(convened.before or ""), near.get(convened.after or ""), homes,
        tuple(Outcome(item, fates.get(item.row.id)) for item in made),
    )  # fmt: skip


def _homes(convened: Convened, sources: dict[str, Source]) -> tuple[Source, ...]:
    own = {t.document for t in convened.meeting.tellings if t.rule.startswith(OWN) and t.status == "held" and not t.order}
    found = [source for key, source in sources.items() if key in own]
    for relation in RELATIONS[:3]:
        if chosen := tuple(source for source in found if source.relation == relation):
            return chosen
    return ()


def _by_relation(convened: Convened, sources: dict[str, Source]) -> list[tuple[str, tuple[Told, ...]]]:
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in convened.meeting.tellings:
        told[telling.document].append(telling)
    groups = []
    for relation in (*RELATIONS, ""):
        members = [s for s in sources.values() if (s.relation if s.relation in RELATIONS else "") == relation]
        if members:
            groups.append((relation or "other", tuple(Told(source, tuple(told[source.id])) for source in members)))
    return groups
