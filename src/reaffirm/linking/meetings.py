"""Which tellings of different documents tell one meeting; pure, and the same in whatever order documents arrived.

Two tellings are linked only where words prove it (`LINKS`) and nothing speaks against it (`contradiction`); a set of them is one
meeting only while no two of its members contradict each other, because a wrong merge is worse than none. A person's word comes first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from reaffirm.days import FIRST_DAY, LAST_DAY, bounds
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reaffirm.readings import Telling

SHORT, NAMED = 3, 3  # letters of a word that tells little; words from which a name tells which talks are meant
LATE = 14  # days after a meeting within which a comment on it appears that does not date it
NONE = "none"  # the kind of an event that is no consultation
APART = frozenset({"press conference", "visit", "call", NONE})  # kinds that are no other kind of event
RANKS = frozenset({"summit", "ministerial meeting"})  # of the same states on one day, these are two
PAST = frozenset({"held", "mentioned"})
MONTH = len("2031-04")
Judged = tuple[str, str, bool]  # two tellings, and whether a person says that they tell one meeting


@dataclass(slots=True)
class Group:
    """Tellings of one meeting, each with the rule that brought it in."""

    members: list[Telling]
    rules: dict[str, str] = field(default_factory=dict)


def merged(tellings: Iterable[Telling], judged: Iterable[Judged] = ()) -> list[list[tuple[Telling, str]]]:
    """The meetings: their tellings, by id, each with the rule by which it belongs there (empty where it stands alone).

    `judged` are a person's links and separations of tellings; they beat every rule.
    """
    rows = sorted({t.id: t for t in tellings}.values(), key=lambda t: t.id)
    held = [(frozenset({a, b}), same) for a, b, same in judged]
    apart = {pair for pair, same in held if not same}
    groups = {row.id: Group([row]) for row in rows}
    for pair in sorted({pair for pair, same in held if same}, key=sorted):
        if pair <= groups.keys() and len(pair) > 1:
            _join(groups, pair, "same-meeting.judged", apart, sure=True)
    for rule, link in LINKS:
        for pair in _linked(rows, link):
            _join(groups, pair, rule, apart)
    while _follow(groups, rows, apart):
        pass
    unique = {id(group): group for group in groups.values()}
    found = ([(t, g.rules.get(t.id, "")) for t in sorted(g.members, key=lambda t: t.id)] for g in unique.values())
    return sorted(found, key=lambda members: members[0][0].id)


def _join(groups: dict[str, Group], pair: frozenset[str], rule: str, apart: set[frozenset[str]], *, sure: bool = False) -> bool:
    """Whether two groups became one: they were two, and none of their members stand against each other."""
    one, other = (groups[key] for key in sorted(pair))
    if one is other or any(frozenset({a.id, b.id}) in apart for a in one.members for b in other.members):
        return False
    if not sure and any(contradiction(a, b) for a in one.members for b in other.members):
        return False
    one.members += other.members
    one.rules = other.rules | one.rules | {key: one.rules.get(key) or other.rules.get(key) or rule for key in pair}
    for member in other.members:
        groups[member.id] = one
    return True


def _linked(rows: list[Telling], link: Link) -> list[frozenset[str]]:
    """The pairs of tellings that a rule links, in order; where the rule wants it, only those without a rival."""
    buckets: defaultdict[object, list[Telling]] = defaultdict(list)
    for row in rows:
        for key in link.keys(row):
            buckets[key].append(row)
    pairs = {
        frozenset({a.id, b.id}): (a, b)
        for members in buckets.values()
        for a, b in combinations(members, 2)
        if a.document != b.document and link.holds(a, b) and not contradiction(a, b)
    }
    if link.alone:
        pairs = {key: pair for key, pair in pairs.items() if not _rivals(pair, pairs.values())}
    return sorted(pairs, key=sorted)


def _rivals(pair: tuple[Telling, Telling], others: Iterable[tuple[Telling, Telling]]) -> bool:
    """Whether an undated telling of a pair would as well go with another meeting, which contradicts the one of the pair."""
    for own, partner in (pair, pair[::-1]):
        if _exact(own):
            continue
        rivals = (b if a.id == own.id else a for a, b in others if own.id in {a.id, b.id})
        if any(contradiction(partner, rival) for rival in rivals if rival.id != partner.id):
            return True
    return False


def _follow(groups: dict[str, Group], rows: list[Telling], apart: set[frozenset[str]]) -> bool:
    """Whether meetings were joined that hang in the same way on one meeting: the next after it, the press conference on it."""
    hanging: defaultdict[tuple[int, str, str | None], list[Telling]] = defaultdict(list)
    for row in rows:
        if row.order and row.order[0] in groups:
            hanging[id(groups[row.order[0]]), row.order[1], row.forum].append(row)
    joined = False
    for (_, relation, _), members in hanging.items():
        for a, b in combinations(members, 2):
            if a.document != b.document and _follows(a, b) and not contradiction(a, b):
                joined |= _join(groups, frozenset({a.id, b.id}), f"same-meeting.{relation.replace(' ', '-')}-of-one", apart)
    return joined


def _follows(a: Telling, b: Telling) -> bool:
    return a.kind == b.kind and a.states == b.states


def contradiction(a: Telling, b: Telling) -> str | None:
    """What speaks against two tellings being of one meeting, in a word; None if nothing does."""
    if a.kind != b.kind and (a.kind in APART or b.kind in APART or {a.kind, b.kind} == RANKS):
        return "kind"
    if a.forum and b.forum and a.forum != b.forum and not (_whole(a) & _whole(b)):
        return "forum"
    if a.states and b.states and a.states != b.states:
        return "states"
    if a.edition and b.edition and a.edition != b.edition:
        return "edition"
    return _in_time(a, b) or _in_person(a, b)


def _whole(row: Telling) -> set[object]:
    """What names a day's meeting of some states whatever its forum is called: the states and the exact day."""
    return {(row.states, row.date)} if _exact(row) and len(row.states) > 1 else set()


def _in_time(a: Telling, b: Telling) -> str | None:
    ours, theirs = bounds(a.date), bounds(b.date)
    if ours and theirs and not (ours[0] <= theirs[1] and theirs[0] <= ours[1]):
        return "date"
    planned = (a.status in PAST) != (b.status in PAST)
    if planned and not (_exact(a) and _exact(b)):
        return "status"  # a meeting that was planned for some month may be another than the one that was held then
    both = a.date is not None and a.date == b.date and _exact(a)
    if a.place and b.place and fold(a.place) != fold(b.place) and not both and a.format != "online" and b.format != "online":
        return "place"
    return None


def _in_person(a: Telling, b: Telling) -> str | None:
    """`people` where both name as many persons and share none of them: two ministers of one office cannot both be right."""
    ours, theirs = ({*row.participants} - {*row.states} for row in (a, b))
    return "people" if ours and theirs and len(ours) == len(theirs) and not ours & theirs else None


def _exact(row: Telling) -> bool:
    """Whether a telling knows the day (or the days from one to another, a week at most)."""
    days = bounds(row.date)
    if days is None or FIRST_DAY in days or LAST_DAY in days:
        return False
    return date.fromisoformat(days[1]) - date.fromisoformat(days[0]) < timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Link:
    """A rule that links tellings: under which keys it looks for pairs, when it holds, and whether a rival forbids it."""

    keys: Callable[[Telling], Iterable[object]]
    holds: Callable[[Telling, Telling], bool]
    alone: bool = False


def _kept(row: Telling) -> bool:
    return row.kind != NONE


def _by_day(row: Telling) -> Iterator[object]:
    if _kept(row) and _exact(row) and len(row.states) > 1:
        yield row.states, row.date


def _same_day(a: Telling, b: Telling) -> bool:
    """Two meetings of the same states on one day are one, unless their kinds or forums differ by name."""
    return a.kind == b.kind or a.forum == b.forum or None in {a.forum, b.forum}


def _by_edition(row: Telling) -> Iterator[object]:
    if _kept(row) and row.forum and row.edition:
        yield row.forum, row.edition


def _always(_a: Telling, _b: Telling) -> bool:
    return True  # what the rule asks for stands in the key


def _by_month(row: Telling) -> Iterator[object]:
    """A forum that meets twice in a month names the days, and then these contradict each other."""
    if _kept(row) and row.forum and (month := _month(row)):
        yield row.forum, row.states, month


def _month(row: Telling) -> str | None:
    days = bounds(row.date)
    return days[0][:MONTH] if days and days[0][:MONTH] == days[1][:MONTH] else None


def _by_plan(row: Telling) -> Iterator[object]:
    if _kept(row) and row.forum and row.status == "planned":
        yield row.forum, row.states


def _same_window(a: Telling, b: Telling) -> bool:
    """Both are planned for the same stretch of time, or for stretches that share a day and the same place."""
    if None in {a.date, b.date}:
        return False
    return bounds(a.date) == bounds(b.date) or bool(a.place and b.place)


def _by_person(row: Telling) -> Iterator[object]:
    if _kept(row) and row.forum:
        yield from ((row.forum, row.states, name) for name in sorted({*row.persons, *row.participants} - {*row.states}))


def _same_people(a: Telling, b: Telling) -> bool:
    """One is undated and names a person of the other, which is dated; both were held."""
    return (a.date is None) != (b.date is None) and {a.status, b.status} <= PAST


def _by_weeks(row: Telling) -> Iterator[object]:
    """The months in which the meeting may lie that a comment does not date, or the month of one that is dated."""
    days = bounds(row.date)
    if not (_kept(row) and row.forum and days):
        return
    if days[0] == FIRST_DAY and days[1] != LAST_DAY:
        last = date.fromisoformat(days[1])
        yield from {(row.forum, row.states, day.isoformat()[:MONTH]) for day in (last, last - timedelta(days=LATE))}
    elif _exact(row):
        yield row.forum, row.states, days[0][:MONTH]


def _soon_after(a: Telling, b: Telling) -> bool:
    """One is only known to have been held before its comment appeared, within two weeks after the day of the other."""
    open_, dated = (a, b) if _exact(b) else (b, a)
    days, day = bounds(open_.date), bounds(dated.date)
    if not (_exact(dated) and days and day and days[0] == FIRST_DAY and {a.status, b.status} <= PAST):
        return False
    return timedelta() <= date.fromisoformat(days[1]) - date.fromisoformat(day[0]) <= timedelta(days=LATE)


def _by_name(row: Telling) -> Iterator[object]:
    """Consultations that two texts name alike and neither dates, by a name of some length ("talks on a code of conduct")."""
    words = [word for word in fold(row.label).split() if len(word) > SHORT]
    if _kept(row) and row.forum is None and row.date is None and len(words) >= NAMED:
        yield row.kind, row.states, row.status, fold(row.label)


LINKS = (
    ("same-meeting.same-day", Link(_by_day, _same_day)),
    ("same-meeting.same-edition", Link(_by_edition, _always)),
    ("same-meeting.same-month", Link(_by_month, _always)),
    ("same-meeting.same-window", Link(_by_plan, _same_window)),
    ("same-meeting.soon-after", Link(_by_weeks, _soon_after, alone=True)),
    ("same-meeting.same-people", Link(_by_person, _same_people, alone=True)),
    ("same-meeting.same-name", Link(_by_name, _always)),
)
