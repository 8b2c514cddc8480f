"""Threads: what became of one item across documents; pure, and the same in whatever order documents arrived.

Strands (the smallest records that carry an item) are joined by ties between documents, by pronouns within one, and by the meeting
that a plan led to; the surest first, and never two clearly different items of one document. A person's link or cut beats every rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from reaffirm.days import FIRST_DAY, bounds
from reaffirm.linking.answers import ASKED, PERSON, answered
from reaffirm.linking.silences import silences
from reaffirm.linking.steps import RELATIONS, steps
from reaffirm.linking.strands import DEFINITE, THIS, strands
from reaffirm.linking.summaries import asks, kindred, summaries
from reaffirm.linking.ties import Scales, alike, ties
from reaffirm.linking.wordings import stem
from reaffirm.linking.words import fold
from reaffirm.model import digest
from reaffirm.sequels import Late, Thread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reaffirm.linking.strands import Strand
    from reaffirm.model import Span
    from reaffirm.sequels import Item, Judged, Place, Step

Rule = tuple[str, str, str]
LATEST = 400  # days after its window from which a meeting that was held is rather another one
MANY = re.compile(r"\b(?:them|these|those)\b", re.IGNORECASE)  # stand for several
PLURAL = re.compile(r"\b\w{2,}[^\Wsui]s\b|\band\b|\bthem\b")
SMALL = 3  # stems of a wording that a definite noun ties to the item before it: "to publish the study"
LABEL = 90  # code points of a label


@dataclass(slots=True)
class Group:
    """Strands of one item, with what joined them."""

    members: list[Strand]
    rules: list[Rule] = field(default_factory=list)


def threads(
    items: Iterable[Item],
    judged: Iterable[Judged] = (),
    *,
    chain: Sequence[Place] = (),
    passages: Mapping[str, Sequence[Span]] | None = None,
) -> tuple[Thread, ...]:
    """The threads of some items, in order of their first step.

    A thread has steps in two documents at least, or one whose item names a due or plans a meeting. With `chain` (all documents) and
    `passages` (the sentences of each) it has receipts of silence.
    """
    rows = strands(items)
    groups = _grouped(rows, list(judged))
    found = [thread for group in groups if (thread := _thread(group))]
    if passages is not None:
        found = [replace(thread, silent=silences(thread, chain, passages)) for thread in found]
    return tuple(sorted(found, key=lambda t: (t.steps[0].place.first or "9", t.steps[0].place.doc, _start(t), t.id)))


def late(thread: Thread, as_of: str) -> Late | None:
    """The last due that a thread names, if it passed before a day (EDTF) without a carrying-out; None if not, or nothing is due."""
    asked = bounds(as_of)
    due = [(days[1], step, item) for step in thread.steps for item in step.members if (days := bounds(item.due)) and item.kind != "demand"]
    if not asked or not due:
        return None
    last, step, item = max(due, key=lambda found: (found[0], found[1].place.doc, found[2].id))
    since = [other for other in thread.steps if _after(other.place, step.place)]
    if any(other.status in {"carried out", "reversed"} for other in thread.steps) or last >= asked[0]:
        return None
    passed = (date.fromisoformat(asked[0]) - date.fromisoformat(last)).days
    told = since[-1].status if since else None
    why = f"due by {last} ({step.place.doc}); " + (f"since then: {since[-1].rule}" if since else "no later text tells of it")
    return Late(item, last, as_of, passed, told, why)


def _after(place: Place, other: Place) -> bool:
    return (place.first or place.last or "") > (other.first or other.last or "")


def _start(thread: Thread) -> int:
    return min(item.wording[0].start for item in thread.steps[0].members)


# Joining


def _grouped(rows: Sequence[Strand], judged: Sequence[Judged]) -> list[Group]:
    groups = {row.id: Group([row]) for row in rows}
    homes = {item.id: row.id for row in rows for item in row.items}
    sure = [(homes[a], homes[b], same) for a, b, same in sorted(judged) if a in homes and b in homes]
    apart = {frozenset({a, b}) for a, b, same in sure if not same}
    for a, b, same in sure:
        if same:
            _join(groups, (a, b, PERSON), apart, None)
    scales = Scales(rows)
    meant = _kin(rows)
    kin = {frozenset({a, b}) for a, b, _ in meant}
    for rule in meant:
        _join(groups, rule, apart, None)
    unsaid = [*summaries(rows), *asks(rows)]
    kin |= kindred(unsaid)
    for tie in (*ties(rows), *unsaid):
        _join(groups, (tie.a, tie.b, tie.why), apart, (scales, kin))
    for a, b, why in answered(rows, judged):
        if ASKED in why:
            _join(groups, (a, b, why), apart, None)
    for a, b, why in _kept(groups, rows):
        _join(groups, (a, b, why), apart, None)
    return list({id(group): group for group in groups.values()}.values())


def _join(groups: dict[str, Group], rule: Rule, apart: set[frozenset[str]], guard: tuple[Scales, set[frozenset[str]]] | None) -> None:
    """Nothing; makes two groups one, unless a person or two different items of one document forbid it."""
    one, other = groups[rule[0]], groups[rule[1]]
    if one is other:
        one.rules.append(rule)
        return
    pairs = [(a, b) for a in one.members for b in other.members]
    if any(frozenset({a.id, b.id}) in apart for a, b in pairs):
        return
    if guard and any(_different(a, b, *guard) for a, b in pairs if a.place.document == b.place.document):
        return
    one.members += other.members
    one.rules += [*other.rules, rule]
    for member in other.members:
        groups[member.id] = one


def _different(a: Strand, b: Strand, scales: Scales, kin: set[frozenset[str]]) -> bool:
    """Whether two strands of one document are clearly different items."""
    return a.family != b.family and frozenset({a.id, b.id}) not in kin and not alike(a, b, scales)


def _kin(rows: Sequence[Strand]) -> list[Rule]:
    """Strands that a pronoun ties to the one before it in the same or the last sentence; "this meeting" to the document's own."""
    found: list[Rule] = []
    homes: defaultdict[str, list[Strand]] = defaultdict(list)
    for row in rows:
        homes[row.place.document].append(row)
    for members in homes.values():
        own = next((row for row in members if row.convened and row.convened.own), None)
        for i, row in enumerate(members):
            before = _antecedent(row, members[:i])
            if own and own is not row and row.head.kind == "statement" and THIS.search(row.text):
                found.append((row.id, own.id, "it speaks of the meeting at which it was said"))
            elif before:
                found.append((row.id, before.id, "a word in it stands for the item before it"))
    return found


def _antecedent(row: Strand, before: Sequence[Strand]) -> Strand | None:
    if not row.head.around or row.convened:
        return None
    low = row.head.around[0].start
    near = [other for other in reversed(before) if other.start >= low and _may_mean(row, other)]
    if row.thin and (row.content.firm or row.head.kind == "commitment"):
        many = MANY.search(row.text) is not None
        return next((other for other in near if not many or PLURAL.search(other.text)), None)
    known = DEFINITE.match(row.text)
    if known is None or row.head.kind == "demand" or len(row.content.order) > SMALL:
        return None
    noun = stem(fold(known[1]))
    return next((other for other in near if noun in other.content.stems), None)


def _may_mean(row: Strand, other: Strand) -> bool:
    return other.family != row.family and other.convened is None and (other.head.voice == "writer") == (row.head.voice == "writer")


def _kept(groups: Mapping[str, Group], rows: Sequence[Strand]) -> Iterator[Rule]:
    """For each planned meeting, the next one of the same forum and states that was held after the meeting at which it was planned."""
    held = [row for row in rows if row.convened and row.convened.own]
    days = {row.convened.meeting: bounds(row.convened.date) for row in held if row.convened}
    taken = set()
    for group in {id(g): g for g in groups.values()}.values():
        plans = [row for row in group.members if row.again]
        if not plans or id(group) in taken:
            continue
        taken.add(id(group))
        base = max(days.get(row.place.meeting) or bounds(row.place.first) or (FIRST_DAY, FIRST_DAY) for row in plans)
        later = [row for row in held if _follows(row, plans, base, days)]
        if later:
            soonest = min((days[row.convened.meeting] or ("", ""))[1] for row in later if row.convened)
            same = [row for row in later if row.convened and (days[row.convened.meeting] or ("", ""))[1] == soonest]
            best = min(same, key=lambda row: (_rank(row.place), row.place.first or "", row.place.doc))
            yield plans[0].id, best.id, "the next meeting of the same forum and states that was held"


def _rank(place: Place) -> int:
    return RELATIONS.index(place.relation) if place.relation in RELATIONS else len(RELATIONS)


def _follows(
    row: Strand, plans: Sequence[Strand], base: tuple[str, str], held_on: Mapping[str | None, tuple[str, str] | None]
) -> bool:
    """Whether a held meeting is of the planned one's forum and states, and later than the meeting at which that was planned."""
    held = row.convened
    plan = next((p.convened for p in plans if p.convened), None)
    if held is None or any(held.meeting == p.place.meeting for p in plans):
        return False
    forum = plan.forum if plan else plans[0].place.forum
    states = frozenset(plan.parties) if plan else plans[0].parties
    known = held_on.get(held.meeting)
    if held.forum != forum or frozenset(held.parties) != states or known is None or known[1] <= base[1]:
        return False
    window = max((days[1] for p in plans if (days := bounds(p.due))), default=None)
    return window is None or (date.fromisoformat(known[1]) - date.fromisoformat(window)).days <= LATEST


# What a group tells


def _thread(group: Group) -> Thread | None:
    documents = {row.place.document for row in group.members}
    if len(documents) < 2 and not any(_expected(row) for row in group.members):
        return None
    if not any(_carries(row) for row in group.members) and not _repeated(group) and not any(why == PERSON for _, _, why in group.rules):
        return None
    found = steps(group.members)
    first = found[0].members[0]
    issues = tuple(sorted({i for row in group.members for i in row.issues}, key=lambda i: (-_times(group, i), i))[:3])
    return Thread(f"T-{digest('thread', first.id)[:16]}", _label(found[0]), issues, found, rules=tuple(sorted(set(group.rules))))


def _carries(row: Strand) -> bool:
    """Whether something is promised, asked or planned there, not only said or held."""
    return row.head.kind != "statement" and not (row.convened and row.convened.own)


def _repeated(group: Group) -> bool:
    """Whether what was only said, neither promised nor asked, was said by the parties at more than one meeting."""
    meetings = {row.place.meeting for row in group.members if row.head.kind == "statement" and row.head.voice == "parties"}
    return len(meetings - {None}) > 1


def _times(group: Group, issue: str) -> int:
    return sum(issue in row.issues for row in group.members)


def _expected(row: Strand) -> bool:
    """Whether something is to come of it on its own: a promise with a due, a planned meeting."""
    promised = row.head.kind == "commitment" and row.head.polarity != "withheld" and row.due is not None
    return promised or bool(row.convened and row.convened.status == "planned" and row.due)


def _label(step: Step) -> str:
    text = " ".join(" … ".join(span.exact for span in step.members[0].wording).split())
    return text if len(text) <= LABEL else text[:LABEL].rsplit(" ", 1)[0] + " …"
