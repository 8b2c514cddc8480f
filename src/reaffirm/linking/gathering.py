"""A meeting as all its tellings know it, and where they contradict each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from reaffirm.days import FIRST_DAY, LAST_DAY, bounds
from reaffirm.linking.meetings import PAST
from reaffirm.model import Problem, problem_id
from reaffirm.readings import Meeting
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from reaffirm.readings import MeetingStatus, Telling

H = TypeVar("H", bound="Hashable")
STATUSES: tuple[MeetingStatus, ...] = ("held", "called off", "planned", "mentioned", "called for")  # the first that is told counts


def meeting(members: Sequence[tuple[Telling, str]]) -> Meeting:
    """The meeting that these tellings tell, each with the rule by which it belongs here; of a field, what most of them say.

    The date is the narrowest that is told, the status the first of `STATUSES`, the participants all persons who are named
    anywhere, or the states where nobody is.
    """
    rows = [row for row, _ in members]
    named = [row.forum for row in rows if row.forum]
    forum = _most(named)
    states = _most(row.states for row in rows if row.states) or ()
    people = {name for row in rows for name in row.participants} - set(states)
    return Meeting(
        id=min(row.id for row in rows),
        tellings=tuple(rows),
        kind=_most(row.kind for row in rows if row.forum == forum) or rows[0].kind,
        forum=forum,
        label=_most(row.label for row in rows if row.forum == forum) or rows[0].label,
        status=next(status for status in STATUSES if any(row.status == status for row in rows)),
        edition=_most(row.edition for row in rows if row.edition),
        date=_narrowest(row.date for row in rows if row.date),
        place=_most(row.place for row in rows if row.place),
        format=_most(row.format for row in rows if row.format),
        participants=tuple(sorted(people)) or tuple(states),
        states=tuple(states),
        rules=tuple(rule for _, rule in members),
    )


def _most(values: Iterable[H]) -> H | None:
    """The value that occurs most often; of equals the one that sorts first."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], str(value)), default=None)


def _narrowest(dates: Iterable[str]) -> str | None:
    return min(set(dates), key=lambda edtf: (_length(edtf), edtf), default=None)


def _length(edtf: str) -> int:
    """How many days lie between the first and the last of a date; more than any where one side is open."""
    days = bounds(edtf)
    if days is None or FIRST_DAY in days or LAST_DAY in days:
        return date.max.toordinal()
    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days


def contradictions(rows: Iterable[Telling]) -> Iterator[Problem]:
    """What a careful reader would query in tellings of one circle: one edition with two dates, one day with two editions or places."""
    told = sorted((row for row in rows if row.forum and row.status in PAST), key=lambda row: (row.document, row.id))
    for a, b in _near(told):
        found = _disagree(a, b) if a.forum == b.forum and a.document != b.document and a.kind == b.kind else None
        if found:
            field, ours, theirs = found
            evidence = (a.when or a.evidence[0], b.when or b.evidence[0])
            message = f"two documents tell the same meeting ({a.label}) with another {field}: {ours} and {theirs}"
            yield Problem(
                problem_id(a.document, "contradiction", message, evidence), a.document, "contradiction", "high", message,
                "both are kept as they are told; join or separate the two with `reaffirm meeting`", evidence,
            )  # fmt: skip


def _near(told: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """The pairs of one edition, or of one date, in order: no others can contradict each other."""
    groups: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for n, row in enumerate(told):
        for name, value in (("edition", row.edition), ("date", row.date)):
            if value:
                groups[row.forum, row.kind, name, value].append(n)
    pairs = {pair for group in groups.values() for pair in combinations(group, 2)}
    yield from ((told[a], told[b]) for a, b in sorted(pairs))


def _disagree(a: Telling, b: Telling) -> tuple[str, str, str] | None:
    days = bounds(a.date), bounds(b.date)
    apart = days[0] and days[1] and (days[0][1] < days[1][0] or days[1][1] < days[0][0])
    if a.edition and a.edition == b.edition and apart:
        return "date", str(a.date), str(b.date)
    if a.date is None or a.date != b.date or _length(a.date) > 0 or a.states != b.states:
        return None
    if a.edition and b.edition and a.edition != b.edition:
        return "number", str(a.edition), str(b.edition)
    if a.place and b.place and fold(a.place) != fold(b.place):
        return "place", a.place, b.place
    return None
