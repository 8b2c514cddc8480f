"""The sections of a brief, in the order in which a reader with five minutes needs them; those with nothing to say are left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reaffirm.brief import Section
from reaffirm.briefing import sentences
from reaffirm.briefing.material import missed_in, told_in
from reaffirm.days import LAST_DAY, bounds
from reaffirm.linking.attested import members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.brief import Sentence
    from reaffirm.briefing.material import Material
    from reaffirm.readings import Call, Commitment, Demand, Duty
    from reaffirm.sequels import Item as Member
    from reaffirm.sequels import Silence, Step, StepStatus, Thread
    from reaffirm.store.records import Item

MOST = 12  # sentences of a section; the brief says how many more there are
ENDS: frozenset[StepStatus] = frozenset({"carried out", "reversed"})
WEAKER: frozenset[StepStatus] = frozenset({"weakened", "mixed"})


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One promised act, however often it was said: its newest row, its thread if it has one, and the last day of its last due.

    `due` is the row of the thread that names this day, None where the newest row does, or no day is named.
    """

    item: Item[Commitment, Duty]
    thread: Thread | None
    last: str | None
    due: Member | None

    @property
    def ended(self) -> bool:
        """Whether a text tells that it was carried out or taken back, or that the meeting which it planned was held."""
        return self.thread is not None and ended(self.thread)


def ended(thread: Thread) -> bool:
    """Whether a step of a thread ends its item."""
    return any(step.status in ENDS or _held(step) for step in thread.steps)


def _held(step: Step) -> bool:
    """Whether a step tells that a planned meeting was held, late or not."""
    return step.status == "delayed" and any(member.kind == "meeting" and member.status == "held" for member in step.members)


def undertakings(material: Material) -> list[Undertaking]:
    """The acts that the rows in scope promise, each once, the earliest due first."""
    homes = {row: thread for thread in material.threads for row in members(thread)}
    newest: dict[str, Item[Commitment, Duty]] = {}
    for item in material.promised:
        if item.row.position or item.row.polarity != "will":
            continue
        key = homes[item.row.id].id if item.row.id in homes else item.row.id
        if key not in newest or _rank(material, item) > _rank(material, newest[key]):
            newest[key] = item
    found = [Undertaking(item, homes.get(item.row.id), *_last(item, homes.get(item.row.id))) for item in newest.values()]
    return sorted(found, key=lambda each: (each.last or LAST_DAY, _rank(material, each.item)))


def _rank(material: Material, item: Item[Commitment, Duty]) -> tuple[str, bool, bool, str]:
    """Order by day; of one day the text put out before records of what was said, and an act with a due before one without."""
    place = material.places[item.row.document]
    due = item.derived is not None and item.derived.due is not None
    return place.first or place.last or "", place.relation == "output", due, item.row.id


def _last(item: Item[Commitment, Duty], thread: Thread | None) -> tuple[str | None, Member | None]:
    """The last day on which the act is due, as its newest words say, else as another row of its thread does, and that row."""
    own = bounds(item.derived.due) if item.derived else None
    if own and own[1] != LAST_DAY:
        return own[1], None
    told = [member for step in thread.steps for member in step.members if member.kind != "demand"] if thread else []
    dated = [(days[1], member.id, member) for member in told if (days := bounds(member.due)) and days[1] != LAST_DAY]
    last = max(dated, default=None, key=lambda found: found[:2])
    return (last[0], last[2]) if last else (None, None)


def sections(material: Material) -> tuple[Section, ...]:
    """All sections that have something to say."""
    acts = undertakings(material)
    agreed = [each for each in acts if each.item.row.document in material.latest]
    rest = [each for each in acts if each.item.row.document not in material.latest and not each.ended]

    def steps(*statuses: StepStatus) -> Iterator[Sentence]:
        return _steps(material, frozenset(statuses))

    found = (
        _section("The meeting" if material.subject == "meeting" else "The meetings", "", "", _meetings(material)),
        _section("Agreed", "agreed", "Acts that were promised, the earliest due first.", _agreed(material, agreed)),
        _section("Not agreed", "not agreed", "What the parties did not promise, or will not do.", _withheld(material)),
        _section("Late", "late", "Promised acts whose day has passed, and no text tells that they were done.", _late(material, acts)),
        _section("Put off", "put off", "Acts that were given a later day.", steps("delayed")),
        _section("Carried out", "carried out", "Acts, promised or demanded, that a text tells to be done.", steps("carried out")),
        _section("Stronger", "stronger", "The same item in words that bind more, or cover more.", steps("strengthened")),
        _section("Weaker", "weaker", "The same item in words that bind or cover less, or less in one way.", steps("weakened", "mixed")),
        _section("Reversed", "reversed", "Items on which the parties now say the contrary.", steps("reversed")),
        _section("New", "new", "What no earlier text of the chain says.", _new(material)),
        _section("No longer said", "no longer said", "Items of earlier texts that the newest does not mention.", _silent(material)),
        _section("Still open", "open", "Earlier promises, due later or on no day, not told to be done.", _open(material, rest)),
        _section("Who asks what", "demands", "Demands: first those of the parties, then those of writers.", _demands(material)),
        _section("Demands that were answered", "answered", "Demands, and later promises that do what was asked.", _answers(material)),
        _section("Positions", "positions", "Support, opposition and views that promise no act.", _positions(material)),
        _section("Said again", "said again", "Items that are as strong as before.", _again(material)),
    )
    return tuple(section for section in found if section.sentences)


def _section(title: str, short: str, about: str, found: Iterable[Sentence]) -> Section:
    told = tuple(dict.fromkeys(found))
    return Section(title, short, about, told[:MOST], max(len(told) - MOST, 0))


def _meetings(material: Material) -> Iterator[Sentence]:
    """The meetings of the subject; those that were planned only as far as they are still to come."""
    for convened in reversed(material.meetings) if material.subject == "forum" else material.meetings:
        days = bounds(convened.meeting.date)
        past = days is not None and days[1] < material.as_of
        found = sentences.meeting(convened, material.origins)
        if found and (convened.meeting.status not in {"planned", "called for", "mentioned"} or not past) and convened.meeting.date:
            yield found


def _agreed(material: Material, acts: Iterable[Undertaking]) -> Iterator[Sentence]:
    ordered = sorted(acts, key=lambda each: (each.item.derived and each.item.derived.due) or LAST_DAY)
    return (sentences.promise(each.item, material.origins) for each in ordered)


def _withheld(material: Material) -> Iterator[Sentence]:
    for item in material.promised:
        if item.row.document in material.latest and item.row.polarity != "will":
            yield sentences.withheld(item, material.origins)


def _late(material: Material, acts: Iterable[Undertaking]) -> Iterator[Sentence]:
    for each in acts:
        if each.last and each.last < material.as_of and not each.ended:
            days = (date.fromisoformat(material.as_of) - date.fromisoformat(each.last)).days
            yield sentences.overdue(each.item, days, each.due, material.origins)


def _steps(material: Material, statuses: frozenset[StepStatus]) -> Iterator[Sentence]:
    """The threads that have such a step among the documents whose news are told; of several the newest."""
    for thread in material.threads:
        found = [step for step in told_in(thread, material.now) if step.status in statuses and step.voice == "parties"]
        if found:
            yield sentences.change(thread, found[-1], material.origins)


def _new(material: Material) -> Iterator[Sentence]:
    """Statements in words that are there for the first time, as far as their items are in no earlier text."""
    old = {row for thread in material.threads for row in _rows(thread) if thread.steps[0].place.document not in material.latest}
    for novelty in material.novelties:
        fresh = [remark.now for remark in novelty.of("new") if remark.first_time and remark.now]
        for said in material.said:
            row = said.statement
            within = any(span.start <= row.content[0].start < span.end for span in fresh if row.content)
            if row.document == novelty.document and within and row.id not in old and row.nested_in is None:
                yield sentences.fresh(said, len(novelty.searched), material.origins)
    if not material.novelties and any(item.row.document not in material.latest for item in material.promised):
        yield from _introduced(material)


def _rows(thread: Thread) -> set[str]:
    return {row for step in thread.steps for member in step.members for row in (member.id, member.statement) if row}


def _introduced(material: Material) -> Iterator[Sentence]:
    """Of an actor or issue: the acts that the newest texts promise and no earlier one does."""
    for each in undertakings(material):
        first = each.thread.steps[0].place.document if each.thread else each.item.row.document
        if first in material.latest:
            yield sentences.promise(each.item, material.origins)


def _silent(material: Material) -> Iterator[Sentence]:
    """What the newest texts do not mention of what earlier ones put out, what was said last first; what has ended needs no mention."""
    found: list[tuple[list[Step], tuple[Silence, ...]]] = []
    for thread in material.threads:
        receipts = missed_in(thread, material.latest)
        official = [step for step in thread.steps if step.place.relation == "output" and step.voice == "parties"]
        if receipts and official and not ended(thread) and _early(official[-1]) < _early(receipts[-1]):
            found.append((official, receipts))
    found.sort(key=lambda each: _early(each[0][-1]), reverse=True)
    return (sentences.silent(steps, receipts, material.origins) for steps, receipts in found)


def _early(told: Step | Silence) -> str:
    return told.place.first or told.place.last or ""


def _open(material: Material, acts: Iterable[Undertaking]) -> Iterator[Sentence]:
    """Promises of earlier texts; what stands under Late is not repeated."""
    for each in acts:
        if not each.last or each.last >= material.as_of:
            yield sentences.promise(each.item, material.origins, dated=True)


def _demands(material: Material) -> Iterator[Sentence]:
    """Each demand once, however many texts tell it."""
    homes = {row: thread.id for thread in material.threads for row in members(thread)}
    asked = [item for item in material.asked if item.row.kind == "demand" and item.derived and _in_scope(material, item)]
    seen: set[str] = set()
    for item in sorted(asked, key=lambda item: _newest(material, item)):
        key = homes.get(item.row.id, item.row.id)
        if key not in seen:
            seen.add(key)
            yield sentences.demand(item, material.origins)


def _in_scope(material: Material, item: Item[Demand, Call]) -> bool:
    """Of a forum: only what was asked at or about its last meeting."""
    if material.subject != "forum":
        return True
    last = {material.places[key].meeting for key in material.latest}
    return material.places[item.row.document].meeting in last


def _newest(material: Material, item: Item[Demand, Call]) -> tuple[bool, int, bool, str, int]:
    """Order of demands: the parties' before a writer's, newest first, in the text put out before others."""
    place = material.places[item.row.document]
    writer = item.derived is None or item.derived.holder == (sentences.WRITER,)
    day = (place.first or place.last or "0").replace("-", "")
    return writer, -int(day), place.relation != "output", place.doc, item.row.action.start


def _answers(material: Material) -> Iterator[Sentence]:
    return (sentences.answered(asked, kept, why, material.origins) for asked, kept, why in material.answers)


def _positions(material: Material) -> Iterator[Sentence]:
    for item in material.promised:
        if item.row.document in material.latest and item.row.position and item.row.polarity == "will":
            yield sentences.promise(item, material.origins)


def _again(material: Material) -> Iterator[Sentence]:
    for thread in material.threads:
        found = [step for step in told_in(thread, material.latest) if step.status == "reaffirmed" and step.voice == "parties"]
        if found:
            yield sentences.again(thread, found[-1], material.origins)
