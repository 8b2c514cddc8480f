"""The sections of a brief, in the order in which a reader with five minutes needs them; those with nothing to say are left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reaffirm.brief import Section
from reaffirm.briefing import news, sentences
from reaffirm.briefing.material import OFFICIAL, missed_in, told_in
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

AGREED = ("Agreed", "agreed", "Acts that were promised, the earliest due first; those that are late stand below.")
PROMISED = ("Promised", "promised", "What the newest texts with a promise promise, the earliest due first; what is late stands below.")
MOST = 12  # sentences of a section; the brief says how many more there are


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
    return any(step.ends for step in thread.steps)


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
    found = [Undertaking(item, homes.get(item.row.id), *_last(material, item, homes.get(item.row.id))) for item in newest.values()]
    return sorted(found, key=lambda each: (each.last or LAST_DAY, _rank(material, each.item)))


def _rank(material: Material, item: Item[Commitment, Duty]) -> tuple[str, bool, bool, str]:
    """Order by day; of one day the text put out before records of what was said, and an act with a due before one without."""
    place = material.places[item.row.document]
    due = item.derived is not None and item.derived.due is not None
    return place.first or place.last or "", place.relation == "output", due, item.row.id


def _last(material: Material, item: Item[Commitment, Duty], thread: Thread | None) -> tuple[str | None, Member | None]:
    """The last day on which the act is due, and the row that names it where it is another: a later text's day goes before its own."""
    day = _day(material, item)
    told = [member for step in thread.steps for member in step.members if member.kind != "demand"] if thread else []
    dated = [(days[1], member.id, member) for member in told if (days := bounds(member.due)) and days[1] != LAST_DAY]
    since = [found for found in dated if _first(found[2]) > day]
    later = max(since, default=None, key=lambda found: (_first(found[2]), *found[:2]))
    own = bounds(item.derived.due) if item.derived else None
    if own and own[1] != LAST_DAY and not later:
        return own[1], None
    last = later or max(dated, default=None, key=lambda found: found[:2])
    return (last[0], last[2]) if last else (None, None)


def _first(member: Member) -> str:
    return member.place.first or member.place.last or ""


def _day(material: Material, item: Item[Commitment, Duty]) -> str:
    place = material.places[item.row.document]
    return place.first or place.last or ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which part of a brief tells which promised act: each is told once. `new` says of statements (ids) why they are new.

    `missed` has, by thread, the newest texts that do not mention it any more.
    """

    agreed: list[Undertaking]
    late: list[Undertaking]
    dropped: list[Undertaking]
    open: list[Undertaking]
    missed: dict[str, tuple[Silence, ...]]
    new: dict[str, str]


def planned(material: Material) -> Plan:
    """The acts of the material by part: late, agreed now, not mentioned any more, open."""
    acts, missed = undertakings(material), {thread.id: receipts for thread, _, receipts in _unsaid(material)}
    late = [each for each in acts if each.last and each.last < material.as_of and not each.ended]
    now = [each for each in acts if each.item.row.document in material.latest and each not in late]
    rest = [each for each in acts if each not in late and each not in now and not each.ended]
    dropped = [each for each in rest if each.thread and each.thread.id in missed]
    late.sort(key=lambda each: each.item.row.force.verb <= sentences.INTENDED)  # what was promised before what was only meant
    return Plan(now, late, dropped, [each for each in rest if each not in dropped], missed, news.statements(material, acts))


def sections(material: Material) -> tuple[Section, ...]:
    """All sections that have something to say."""
    plan, whole = planned(material), material.subject in {"meeting", "forum"}

    def steps(*statuses: StepStatus) -> Iterator[Sentence]:
        return _steps(material, frozenset(statuses))

    found = (
        _section("The meeting" if material.subject == "meeting" else "The meetings", "", "", _meetings(material)),
        _section(*(AGREED if whole else PROMISED), _agreed(material, plan)),
        _section("Not agreed", "not agreed", "What the parties did not promise, or will not do.", _withheld(material)),
        _section("Late", "late", "Acts whose day has passed, and no text tells that they were done.", _late(material, plan)),
        _section("Put off", "put off", "Acts that were given a later day.", steps("delayed")),
        _section("Carried out", "carried out", "Acts, promised or demanded, that a text tells to be done.", steps("carried out")),
        _section("Stronger", "stronger", "The same item in words that bind more, or cover more.", steps("strengthened")),
        _section("Weaker", "weaker", "The same item in words that bind or cover less, or less in one way.", steps("weakened", "mixed")),
        _section("Reversed", "reversed", "Items on which the parties now say the contrary.", steps("reversed")),
        _section("New", "new", "Sentences that no earlier text has, beside what is marked as new.", news.sentences(material, plan.new)),
        _section("No longer said", "no longer said", "Items of earlier texts that the newest does not mention.", _silent(material, plan)),
        _section("Still open", "open", "Earlier promises, due later or on no day, not told to be done.", _open(material, plan)),
        _section("Who asks what", "demands", "Demands: first those of the parties, then those of writers.", _demands(material, plan)),
        _section("Demands that were answered", "answered", "Demands, and later promises that do what was asked.", _answers(material)),
        _section("Positions", "positions", "Support, opposition and views that promise no act.", _positions(material, plan)),
        _section("Said again", "said again", "Items that are as strong as before.", _again(material)),
    )
    return tuple(section for section in found if section.sentences)


def _section(title: str, short: str, about: str, found: Iterable[Sentence]) -> Section:
    told = tuple(dict.fromkeys(found))
    return Section(title, short, about, told[:MOST], max(len(told) - MOST, 0))


def _meetings(material: Material) -> Iterator[Sentence]:
    """The meetings of the subject; others that were only planned as far as they are still to come."""
    whole = material.subject == "meeting"
    for number, convened in enumerate(material.meetings if whole else reversed(material.meetings)):
        days = bounds(convened.meeting.date)
        past = days is not None and days[1] < material.as_of
        found = sentences.meeting(convened, material.scene)
        due = convened.meeting.date and (convened.meeting.status not in {"planned", "called for", "mentioned"} or not past)
        if found and (due or (whole and number == 0)):
            yield found


def _agreed(material: Material, plan: Plan) -> Iterator[Sentence]:
    ordered = sorted(plan.agreed, key=lambda each: (each.item.derived and each.item.derived.due) or LAST_DAY)
    return (_promised(material, plan, each) for each in ordered)


def _promised(material: Material, plan: Plan, act: Undertaking, *, dated: bool = False) -> Sentence:
    """A promise with what became of it in later texts."""
    new = "" if dated else plan.new.get(act.item.row.statement or "", "")
    return sentences.promise(act.item, material.scene, sentences.Told(dated, new, _since(material, act)))


def _since(material: Material, act: Undertaking) -> Step | None:
    """The last step after the text of an act that the parties told, in a text of theirs."""
    day = _day(material, act.item)
    later = [step for step in act.thread.steps if _early(step) > day and step.place.relation in OFFICIAL] if act.thread else []
    return next((step for step in reversed(later) if step.status in sentences.BECAME and step.voice == "parties"), None)


def _withheld(material: Material) -> Iterator[Sentence]:
    for item in material.promised:
        if item.row.document in material.latest and item.row.polarity != "will":
            yield sentences.withheld(item, material.scene)


def _late(material: Material, plan: Plan) -> Iterator[Sentence]:
    for each in plan.late:
        days = (date.fromisoformat(material.as_of) - date.fromisoformat(each.last or material.as_of)).days
        missed = plan.missed.get(each.thread.id, ()) if each.thread else ()
        yield sentences.overdue(each.item, days, each.due, material.scene, missed)


def _steps(material: Material, statuses: frozenset[StepStatus]) -> Iterator[Sentence]:
    """The threads that have such a step among the documents whose news are told; of several the newest."""
    for thread in material.threads:
        found = [step for step in told_in(thread, material.now) if step.status in statuses and step.voice == "parties"]
        if found:
            yield sentences.change(thread, found[-1], material.scene)


def _unsaid(material: Material) -> list[tuple[Thread, list[Step], tuple[Silence, ...]]]:
    """What the newest texts do not mention of what earlier ones put out, what was said last first; what has ended needs no mention."""
    found: list[tuple[Thread, list[Step], tuple[Silence, ...]]] = []
    for thread in material.threads:
        receipts = missed_in(thread, material.latest)
        official = [step for step in thread.steps if step.place.relation == "output" and step.voice == "parties"]
        if receipts and official and not ended(thread) and _early(official[-1]) < _early(receipts[-1]):
            found.append((thread, official, receipts))
    return sorted(found, key=lambda each: _early(each[1][-1]), reverse=True)


def _silent(material: Material, plan: Plan) -> Iterator[Sentence]:
    """What is not mentioned any more: promises as such, other items in their words; what is late is told there."""
    acts = {each.thread.id: each for each in plan.dropped if each.thread}
    late = {each.thread.id for each in plan.late if each.thread}
    for thread, steps, receipts in _unsaid(material):
        if thread.id in acts:
            yield sentences.dropped(acts[thread.id].item, receipts, material.scene)
        elif thread.id not in late:
            yield sentences.silent(steps, receipts, material.scene)


def _early(told: Step | Silence) -> str:
    return told.place.first or told.place.last or ""


def _open(material: Material, plan: Plan) -> Iterator[Sentence]:
    return (_promised(material, plan, each, dated=True) for each in plan.open)


def _demands(material: Material, plan: Plan) -> Iterator[Sentence]:
    """Each demand once, however many texts tell it."""
    homes = {row: thread.id for thread in material.threads for row in members(thread)}
    asked = [item for item in material.asked if item.row.kind == "demand" and item.derived and _in_scope(material, item)]
    seen: set[str] = set()
    for item in sorted(asked, key=lambda item: _newest(material, item)):
        key = homes.get(item.row.id, item.row.id)
        if key not in seen:
            seen.add(key)
            new = plan.new.get(item.row.statement or "", "") if item.row.document in material.latest else ""
            yield sentences.demand(item, material.scene, new)


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
    return (sentences.answered(asked, kept, why, material.scene) for asked, kept, why in material.answers)


def _positions(material: Material, plan: Plan) -> Iterator[Sentence]:
    for item in material.promised:
        if item.row.document in material.latest and item.row.position and item.row.polarity == "will":
            yield sentences.promise(item, material.scene, sentences.Told(new=plan.new.get(item.row.statement or "", "")))


def _again(material: Material) -> Iterator[Sentence]:
    for thread in material.threads:
        found = [step for step in told_in(thread, material.latest) if step.status == "reaffirmed" and step.voice == "parties"]
        if found:
            yield sentences.again(thread, found[-1], material.scene)
