"""Rows put into sentences: each says what one row, or one step of a thread, says, and carries the words as its notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.brief import Note, Sentence
from reaffirm.days import FIRST_DAY, LAST_DAY, bounds, spoken
from reaffirm.linking.shifts import head
from reaffirm.readings import Commitment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reaffirm.brief import Origin
    from reaffirm.chronology import Convened
    from reaffirm.model import Span
    from reaffirm.readings import Call, Demand, Duty
    from reaffirm.sequels import Item as Member
    from reaffirm.sequels import Silence, Step, Thread
    from reaffirm.store.records import Item, Said

LONGEST = 240  # code points of a quotation in a sentence; its note has all of it
TELLINGS = 3  # how many documents prove a meeting
HELD = {
    "held": "was held", "planned": "is planned", "called for": "is called for", "called off": "was called off", "mentioned": "is mentioned",
}  # fmt: skip
WRITER = "writer"


def quoted(words: Iterable[Span]) -> str:
    """Words as a quotation in a sentence, on one line, cut where they are long."""
    text = " ".join(" … ".join(span.exact for span in words).split()).strip("“”\"' ")
    return f"“{text if len(text) <= LONGEST else text[:LONGEST].rsplit(' ', 1)[0] + ' …'}”"


def listed(names: Sequence[str], unknown: str = "somebody who is not named") -> str:
    """Names as a list in a sentence."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else unknown


def reason(rule: str) -> str:
    """What a rule says of a step, without the name of the document that it was compared with, days as a sentence has them."""
    bare = re.sub(r" \(compared with [^()]*\)", "", rule)
    return re.sub(r"\d{4}-\d\d-\d\d", lambda m: spoken(m[0]), bare)


# Notes


def note(item: Item[Commitment, Duty] | Item[Demand, Call], origins: Mapping[str, Origin]) -> Note:
    """The note of a commitment or a demand: the words that bind or ask, its act, its condition and its due."""
    row = item.row
    more = (row.cue, row.condition, row.due) if isinstance(row, Commitment) else (row.holder, row.modality, row.target)
    apart = {span for span in more if span and not row.action.start <= span.start < row.action.end}
    words = sorted((row.action, *apart), key=lambda span: (span.start, span.end))
    said = "; ".join(f"{correction.who} corrects: {correction.field} = {correction.value}" for correction in item.corrections)
    return Note(row.id, origins[row.document], tuple(words), said)


def cited(member: Member, origins: Mapping[str, Origin], why: str = "") -> Note:
    """The note of a row in a thread."""
    return Note(member.id, origins[member.place.document], member.wording, why)


def receipt(silence: Silence, row: str, origins: Mapping[str, Origin]) -> Note:
    """The note of a silence: what was searched, and the nearest passage."""
    near = f"the nearest passage, likeness {silence.score:.2f}" if silence.nearest else "no word of it stands there"
    said = "; a person has confirmed it" if silence.confirmed else ""
    words = (silence.nearest,) if silence.nearest else ()
    return Note(row, origins[silence.place.document], words, f"not mentioned: {near}; searched: {silence.searched}{said}")


# Sentences


def meeting(convened: Convened, origins: Mapping[str, Origin]) -> Sentence | None:
    """When, where and by whom a meeting was or is to be held; None where no document that is known tells it."""
    found = convened.meeting
    told = [telling for telling in found.tellings if telling.document in origins]
    if not told:
        return None
    number = f", no. {found.edition}," if found.edition else ""
    when = f" ({spoken(found.date)})" if found.date else ", on a day that is not known"
    where = f" in {found.place}" if found.place else " online" if found.format == "online" else ""
    who = f", with {listed(found.participants)}" if found.participants else ""
    notes = [Note(each.id, origins[each.document], (*each.evidence[:2], *((each.when,) if each.when else ()))) for each in told[:TELLINGS]]
    return Sentence(f"{found.label}{number} {HELD[found.status]}{where}{when}{who}.", tuple(notes))


def promise(item: Item[Commitment, Duty], origins: Mapping[str, Origin], *, dated: bool = False) -> Sentence:
    """Who is bound to what, by which word, by when; of an earlier text on which day (`dated`)."""
    row, duty = item.row, item.derived
    verb = " ".join((row.cue.exact if row.cue else row.illocution).split())
    day = spoken(next(iter(item.event_dates), None) or item.published) if dated else ""
    band = "" if row.position or row.polarity == "withheld" else row.force.band
    tag = f" ({', '.join(filter(None, (day, band)))})" if day or band else ""
    others = f"; {listed(duty.undertaker)} must act" if duty and duty.undertaker and set(duty.undertaker) != set(duty.parties) else ""
    due = f"; due {by(duty.due)}" if duty and duty.due else f"; due {quoted([row.due])}, for which no date is known" if row.due else ""
    on = f"; on condition {quoted([row.condition])}" if row.condition else ""
    text = f"{listed(duty.parties if duty else ())} {verb} {quoted([row.action])}{tag}{others}{due}{on}{_corrected(item)}."
    return Sentence(text, (note(item, origins),))


def _corrected(item: Item[Commitment, Duty] | Item[Demand, Call]) -> str:
    """What a person says that the reading should be, which stands beside it."""
    return "".join(f"; corrected to {correction.field} = {correction.value}" for correction in item.corrections)


def by(due: str | None) -> str:
    """A due as a sentence has it: its last day, or its first where that is open."""
    days = bounds(due)
    if days is None:
        return due or "on a day that is not known"
    return spoken(days[1]) if days[1] != LAST_DAY else f"from {spoken(days[0])} on" if days[0] != FIRST_DAY else "some day"


def withheld(item: Item[Commitment, Duty], origins: Mapping[str, Origin]) -> Sentence:
    """What was not promised, or is not to be done."""
    row, duty = item.row, item.derived
    verb = "did not commit to" if row.polarity == "withheld" else "will not do this:"
    return Sentence(f"{listed(duty.parties if duty else ())} {verb} {quoted([row.action])}.", (note(item, origins),))


def change(thread: Thread, step: Step, origins: Mapping[str, Origin]) -> Sentence:
    """What became of an item at a step: its words before, its words now, and the rule in words."""
    now, before = shown(step), former(thread, step)
    notes = (*((cited(before, origins),) if before else ()), cited(now, origins, reason(step.rule)))
    words = f"{quoted(before.wording)} ({spoken(_day(before))})" if before else quoted(thread.steps[0].members[0].wording)
    if now.kind == "meeting":
        return Sentence(f"{words}: {reason(step.rule)}.", notes)
    verb = {"carried out": "was done:", "delayed": "was put off:", "reversed": "was reversed:"}.get(step.status or "", "now reads")
    return Sentence(f"{words} {verb} {quoted(now.wording)} ({reason(step.rule)}).", notes)


def shown(step: Step) -> Member:
    """The member of a step whose words tell best what became of the item: what was done is told by a statement, not by a new promise."""
    told = [member for member in step.members if member.kind != "commitment"] if step.status == "carried out" else []
    return told[0] if told else head(step)


def former(thread: Thread, step: Step) -> Member | None:
    """The member of the step against which a step is told, None where there is none."""
    return next((head(other) for other in thread.steps if other.place.document == step.against), None)


def again(thread: Thread, step: Step, origins: Mapping[str, Origin]) -> Sentence:
    """That an item was said again as strongly as before."""
    now, before = head(step), former(thread, step)
    since = f", as on {spoken(_day(before))}" if before else ""
    return Sentence(f"{quoted(now.wording)} was said again{since}.", tuple(cited(each, origins) for each in (before, now) if each))


def _day(member: Member) -> str | None:
    first, last = member.place.first, member.place.last
    return first if first == last else f"{first or '..'}/{last or '..'}"


def overdue(item: Item[Commitment, Duty], days: int, due: Member | None, origins: Mapping[str, Origin]) -> Sentence:
    """That a promise is so many days past its due; `due` is another row of its thread, where that alone bounds it in time."""
    said = promise(item, origins, dated=True)
    when = f"; due {by(due.due)}, as told on {spoken(_day(due))}" if due else ""
    return Sentence(f"{said.text.removesuffix('.')}{when}: {days} days late.", (*said.notes, *((cited(due, origins),) if due else ())))


def silent(steps: Sequence[Step], receipts: Sequence[Silence], origins: Mapping[str, Origin]) -> Sentence:
    """That an item, said at these steps, is not mentioned any more, with the receipts of the search."""
    first, last = head(steps[0]), head(steps[-1])
    where = listed([f"the text of {spoken(origins[each.place.document].day)}" for each in receipts])
    since = f", first said on {spoken(_day(first))}" if _day(first) != _day(last) else ""
    text = f"{quoted(first.wording)}{since}, last said on {spoken(_day(last))}, is not mentioned in {where}."
    said = [first, last] if first is not last else [first]
    return Sentence(text, (*(cited(each, origins) for each in said), *(receipt(each, first.id, origins) for each in receipts)))


def fresh(said: Said, searched: int, origins: Mapping[str, Origin]) -> Sentence:
    """Words that no earlier text of the chain has."""
    row = said.statement
    source = " ".join(row.source.exact.split()) if row.source else "The text"
    cue = f" {' '.join(row.cue.exact.split())}" if row.cue else ":"
    why = f"not in the {searched} earlier texts of the chain"
    return Sentence(f"{source}{cue} {quoted(row.content)}.", (Note(row.id, origins[row.document], row.content, why),))


def demand(item: Item[Demand, Call], origins: Mapping[str, Origin]) -> Sentence:
    """Who asks what of whom, by which word."""
    row, call = item.row, item.derived
    origin = origins[row.document]
    writer = call is not None and call.holder == (WRITER,)
    holder = f"The writer of “{origin.title or origin.doc}”" if writer else listed(call.holder if call else ())
    target = f" {listed(call.target)}" if call and call.target else ""
    inferred = ", whom the text does not name" if call and call.target and not call.explicit else ""
    word = f" ({quoted([row.modality])})" if row.modality else ""
    return Sentence(f"{holder} asked{target}{inferred}: {quoted([row.action])}{word}{_corrected(item)}.", (note(item, origins),))


def answered(asked: Item[Demand, Call], kept: Item[Commitment, Duty], why: str, origins: Mapping[str, Origin]) -> Sentence:
    """That a demand was answered by a later promise."""
    question, answer = demand(asked, origins), promise(kept, origins)
    notes = (*question.notes, Note(answer.notes[0].row, answer.notes[0].origin, answer.notes[0].words, why))
    return Sentence(f"{question.text.removesuffix('.')}; then {answer.text}", notes)
