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

from reaffirm.days import bounds
from reaffirm.linking.answers import PERSON
from reaffirm.linking.keys import rank, standing
from reaffirm.linking.lineage import settled, top, weave
from reaffirm.linking.looms import Memory
from reaffirm.linking.silences import silences
from reaffirm.linking.steps import steps
from reaffirm.linking.strands import DEFINITE, THIS, strands
from reaffirm.linking.ties import tied
from reaffirm.linking.wordings import stem
from reaffirm.linking.words import fold
from reaffirm.model import digest
from reaffirm.sequels import Late, Thread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reaffirm.linking.strands import Strand
    from reaffirm.model import Span
    from reaffirm.sequels import Item, Judged, Link, Place, Step

Rule = tuple[str, str, str]
MANY = re.compile(r"\b(?:them|these|those)\b", re.IGNORECASE)  # stand for several
PLURAL = re.compile(r"\b\w{2,}[^\Wsui]s\b|\band\b|\bthem\b")
ITS = re.compile(r"\W*(?:[\w ]{0,24}\bto +)?(?:\w+ +)?its\b", re.IGNORECASE)  # what several promise of "its" first session is of a thing
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
    found = [thread(group) for group in groups if is_listed(group)]
    if passages is not None:
        found = [replace(each, silent=silences(each, chain, passages)) for each in found]
    return tuple(sorted(found, key=lambda t: (t.steps[0].place.first or "9", t.steps[0].place.doc, _start(t), t.id)))


def late(thread: Thread, as_of: str) -> Late | None:
    """The last due that a thread names, if it passed before a day (EDTF) and no text tells an end of it; None if not, or nothing is due.

    A planned meeting ends when it was held, late or not: its step tells by how much it was late.
    """
    asked = bounds(as_of)
    due = [(days[1], step, item) for step in thread.steps for item in step.members if (days := bounds(item.due)) and item.kind != "demand"]
    if not asked or not due:
        return None
    last, step, item = max(due, key=lambda found: (found[0], found[1].place.doc, found[2].id))
    since = [other for other in thread.steps if _after(other.place, step.place)]
    if any(other.ends for other in thread.steps) or last >= asked[0]:
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
    """The groups of strands that are of one item: the lines of a loom on which document after document was put."""
    loom = Memory()
    homes: defaultdict[str, list[Strand]] = defaultdict(list)
    for row in rows:
        homes[rank(row.place)].append(row)
    for key in sorted(homes):
        loom.put(homes[key], [(a, b) for a, b, _ in kin(homes[key])])
        settled(loom, weave(loom, homes[key]))
    lines: defaultdict[str, list[Strand]] = defaultdict(list)
    for name, root in loom.roots(map(standing, rows)).items():
        lines[top(loom, root)].append(loom.rows[name])
    found = [Group(members, reasons(members, loom.reasons(map(standing, members)))) for members in lines.values()]
    return list(decided(found, rows, judged))


def reasons(members: Sequence[Strand], links: Iterable[Link]) -> list[Rule]:
    """Why the members of a line are of one item: what stands for another in its document, and the links by which they were joined."""
    names = {standing(row): row for row in members}
    homes: defaultdict[str, list[Strand]] = defaultdict(list)
    for row in sorted(members, key=standing):
        homes[row.place.document].append(row)
    within = [rule for rows in homes.values() for rule in kin(rows)]
    return [*within, *((names[k.later].id, names[k.earlier].id, _why(names, k)) for k in links if {k.later, k.earlier} <= names.keys())]


def _why(names: Mapping[str, Strand], link: Link) -> str:
    tie = None if link.why else tied(names[link.earlier], names[link.later])
    return tie.why if tie else link.why


def decided(groups: Sequence[Group], rows: Sequence[Strand], judged: Iterable[Judged]) -> Iterator[Group]:
    """The groups as people decided: those joined of which somebody said so, and those parted in which two rows are not of one item."""
    homes = {item.id: row.id for row in rows for item in row.items}
    sure = [(homes[a], homes[b], same) for a, b, same in sorted(judged) if a in homes and b in homes]
    apart = {frozenset({a, b}) for a, b, same in sure if not same}
    said = [(a, b, PERSON) for a, b, same in sure if same]
    touched = {key for a, b, _ in sure for key in (a, b)}
    whole: list[Group] = []
    for group in groups:
        if touched & {row.id for row in group.members}:
            whole.append(group)
        else:
            yield group
    parted = {row.id: Group([row]) for group in whole for row in group.members}
    for rule in (*said, *(rule for group in whole for rule in group.rules)):
        _join(parted, rule, apart)
    yield from {id(group): group for group in parted.values()}.values()


def _join(groups: dict[str, Group], rule: Rule, apart: set[frozenset[str]]) -> None:
    """Nothing; makes two groups one, unless a person forbids it."""
    one, other = groups[rule[0]], groups[rule[1]]
    if one is other:
        one.rules.append(rule)
    elif not any(frozenset({a.id, b.id}) in apart for a in one.members for b in other.members):
        one.members += other.members
        one.rules += [*other.rules, rule]
        for member in other.members:
            groups[member.id] = one


def kin(rows: Sequence[Strand]) -> list[Rule]:
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
    if len(row.parties) > 1 and ITS.match(row.text):
        same = row.head.around[-1].start
        return next((other for other in near if other.start >= same), None)
    known = DEFINITE.match(row.text)
    if known is None or row.head.kind == "demand" or len(row.content.order) > SMALL:
        return None
    noun = stem(fold(known[1]))
    return next((other for other in near if noun in other.content.stems), None)


def _may_mean(row: Strand, other: Strand) -> bool:
    return other.family != row.family and other.convened is None and (other.head.voice == "writer") == (row.head.voice == "writer")


# What a group tells


def is_listed(group: Group) -> bool:
    """Whether several documents tell an item, or something is to come of it; and whether it is promised, asked or said again."""
    documents = {row.place.document for row in group.members}
    several = len(documents) > 1 or any(expected(row) for row in group.members)
    said = len({said_at(row) for row in group.members} - {None}) > 1 or any(why == PERSON for _, _, why in group.rules)
    return several and (said or any(promises(row) for row in group.members))


def thread(group: Group) -> Thread:
    """The thread that a group tells; its id is that of its first row."""
    found = steps(group.members)
    first = found[0].members[0]
    issues = tuple(sorted({i for row in group.members for i in row.issues}, key=lambda i: (-_times(group, i), i))[:3])
    return Thread(named(first.id), _label(found[0]), issues, found, rules=tuple(sorted(set(group.rules))))


def named(row: str) -> str:
    """The id of the thread whose first row this is."""
    return f"T-{digest('thread', row)[:16]}"


def promises(row: Strand) -> bool:
    """Whether something is promised, asked or planned there, not only said or held."""
    return row.head.kind != "statement" and not (row.convened and row.convened.own)


def said_at(row: Strand) -> str | None:
    """The meeting at which the parties said what was only said, neither promised nor asked."""
    return row.place.meeting if row.head.kind == "statement" and row.head.voice == "parties" else None


def _times(group: Group, issue: str) -> int:
    return sum(issue in row.issues for row in group.members)


def expected(row: Strand) -> bool:
    """Whether something is to come of it on its own: a promise with a due, a planned meeting."""
    promised = row.head.kind == "commitment" and row.head.polarity != "withheld" and row.due is not None
    return promised or bool(row.convened and row.convened.status == "planned" and row.due)


def _label(step: Step) -> str:
    text = " ".join(" … ".join(span.exact for span in step.members[0].wording).split())
    return text if len(text) <= LABEL else text[:LABEL].rsplit(" ", 1)[0] + " …"
