"""Rows put into sentences: each says what one row, or one step of a thread, says, and carries the words as its notes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.brief import Note, Sentence
from reaffirm.briefing.scene import Scene
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
    from reaffirm.store.records import Item

LONGEST = 240  # code points of a quotation in a sentence; its note has all of it
TELLINGS = 3  # how many documents prove a meeting
WRITER = "writer"
INTENDED = 1  # the first place of a commitment's strength: a word of intention, not of promise
SHORT = 4  # words: a quotation of fewer is told by its whole sentence
BECAME = {
    "carried out": "was done", "delayed": "was put off", "reversed": "was reversed", "strengthened": "was made stronger",
    "weakened": "was made weaker", "mixed": "was worded anew",
}  # fmt: skip


def quoted(words: Iterable[Span]) -> str:
    """Words as a quotation in a sentence, on one line, cut where they are long; quotation marks within it are single ones."""
    text = " ".join(" … ".join(span.exact for span in words).split()).strip("“”\"' ")
    whole = text.count("“") == text.count("”")  # marks that lost their other half in the cutting are left out
    text = text.translate({ord("“"): "‘" if whole else None, ord("”"): "’" if whole else None})
    return f"“{text if len(text) <= LONGEST else text[:LONGEST].rsplit(' ', 1)[0] + ' …'}”"


def listed(names: Sequence[str], unknown: str = "somebody who is not named") -> str:
    """Names as a list in a sentence."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else unknown


def reason(rule: str) -> str:
    """What a rule says of a step, without the name of the document that it was compared with, days as a sentence has them."""
    bare = re.sub(r" \(compared with [^()]*\)", "", rule)
    return re.sub(r"\d{4}-\d\d-\d\d", lambda m: spoken(m[0]), bare)


# Notes


def note(
    item: Item[Commitment, Duty] | Item[Demand, Call], origins: Mapping[str, Origin], meant: Span | None = None, new: str = ""
) -> Note:
    """The note of a commitment or a demand: the words that bind or ask, its act, its condition and its due; what it points back to."""
    row = item.row
    more = (row.cue, row.condition, row.due) if isinstance(row, Commitment) else (row.holder, row.modality, row.target)
    apart = {span for span in more if span and not row.action.start <= span.start < row.action.end}
    words = sorted((row.action, *apart, *((meant,) if meant else ())), key=lambda span: (span.start, span.end))
    said = "; ".join(filter(None, (new, _corrections(item))))
    return Note(row.id, origins[row.document], tuple(words), said)


def _corrections(item: Item[Commitment, Duty] | Item[Demand, Call]) -> str:
    """What people say that the reading should be."""
    return "; ".join(f"{correction.who} corrects: {correction.field} = {correction.value}" for correction in item.corrections)


def cited(member: Member, origins: Mapping[str, Origin], why: str = "") -> Note:
    """The note of a row in a thread, with what its words point back to."""
    meant = _meant(member)
    return Note(member.id, origins[member.place.document], (*((meant,) if meant else ()), *_wording(member)), why)


def _wording(member: Member) -> tuple[Span, ...]:
    """The words of a row in a thread; its whole sentence where they are too few to be understood."""
    few = sum(len(span.exact.split()) for span in member.wording) < SHORT and member.kind != "meeting"
    return member.around[-1:] if few and member.around else member.wording


def _meant(member: Member) -> Span | None:
    """What the words of a row in a thread point back to."""
    words = _wording(member)
    return Scene({}, {member.place.document: member.around}).before(words[0]) if words else None


def _recalled(member: Member) -> str:
    """The words of a row in a thread as a quotation, after what they point back to."""
    meant = _meant(member)
    return f"{quoted(_wording(member))}{f', said after {quoted([meant])},' if meant else ''}"


def receipt(silence: Silence, row: str, origins: Mapping[str, Origin]) -> Note:
    """The note of a silence: what was searched, and the nearest passage."""
    near = f"the nearest passage, likeness {silence.score:.2f}" if silence.nearest else "no word of it stands there"
    said = "; a person has confirmed it" if silence.confirmed else ""
    words = (silence.nearest,) if silence.nearest else ()
    return Note(row, origins[silence.place.document], words, f"not mentioned: {near}; searched: {silence.searched}{said}")


# Sentences


def meeting(convened: Convened, scene: Scene) -> Sentence | None:
    """When, where and by whom a meeting was or is to be held; None where no document that is known tells it."""
    found = convened.meeting
    told = [telling for telling in found.tellings if telling.document in scene.origins]
    if not told:
        return None
    number = f", no. {found.edition}" if found.edition else ""
    when = f"{_on(found.date)}" if found.date else ", on a day that is not known"
    where = f" in {found.place}" if found.place else " online" if found.format == "online" else ""
    who = f", with {listed(found.participants)}" if found.participants else ""
    notes = [
        Note(each.id, scene.origins[each.document], (*each.evidence[:2], *((each.when,) if each.when else ()))) for each in told[:TELLINGS]
    ]
    return Sentence(f"{_begun(found.label)}{number}: {found.status}{where}{when}{who}.", tuple(notes))


def _begun(text: str) -> str:
    """A name as a sentence begins with it."""
    return text[:1].upper() + text[1:]


def _on(day: str) -> str:
    """A day with its preposition, a period or a day that is not sure in brackets."""
    return f" on {spoken(day)}" if len(day) == len("2033-03-14") and day[-1].isdigit() else f" ({spoken(day)})"


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says of a promise beside its words: its day (of an earlier text), that it is new, and what became of it since."""

    dated: bool = False
    new: str = ""  # what was searched before it was called new
    since: Step | None = None


def promise(item: Item[Commitment, Duty], scene: Scene, told: Told = Told()) -> Sentence:
    """Who is bound to what, by which word, by when; of an earlier text on which day; what it points back to; what became of it."""
    row, duty = item.row, item.derived
    parties = listed(duty.parties if duty else ())
    others = f"; {listed(duty.undertaker)} must act" if duty and duty.undertaker and set(duty.undertaker) != set(duty.parties) else ""
    due = f"; due {by(duty.due)}" if duty and duty.due else f"; due {quoted([row.due])}, for which no date is known" if row.due else ""
    apart = row.condition and not (row.action.start <= row.condition.start and row.condition.end <= row.action.end)
    on = f"; on condition {quoted([row.condition])}" if row.condition and apart else ""
    later, notes = _since(told, scene)
    whole, meant = _first_person(item, scene), scene.before(row.action, row.cue)
    said = f"{parties}: {quoted([whole])}" if whole else _bound(item, parties, scene)
    after = f", said after {quoted([meant])}" if meant else ""
    text = f"{said}{after}{_tag(item, told)}{others}{due}{on}{_corrected(item)}{later}."
    return Sentence(text, (_over(note(item, scene.origins, meant, told.new), whole), *notes))


def _first_person(item: Item[Commitment, Duty], scene: Scene) -> Span | None:
    """The cue and the act in one, where one party is bound by a word as "we" has it ("intend"), which fits no name; else None."""
    row, duty = item.row, item.derived
    cue = row.cue
    if cue is None or duty is None or len(duty.parties) != 1 or cue.exact.casefold() != row.illocution or row.illocution == "will":
        return None
    return scene.cut(cue.start, row.action.end, cue) if cue.end <= row.action.start else None


def _bound(item: Item[Commitment, Duty], parties: str, scene: Scene) -> str:
    """Who is bound by which word to what."""
    row = item.row
    joint = scene.joint(row.cue, row.action) if row.cue else ""
    verb = " ".join((row.cue.exact if row.cue else row.illocution).split())
    return " ".join(filter(None, (parties, verb, joint, quoted([row.action]))))


def _tag(item: Item[Commitment, Duty], told: Told) -> str:
    """Day, strength and novelty of a promise, in brackets."""
    row = item.row
    day = spoken(next(iter(item.event_dates), None) or item.published) if told.dated else ""
    band = "" if row.position or row.polarity == "withheld" else row.force.band
    found = ", ".join(filter(None, (day, band, "new" if told.new else "")))
    return f" ({found})" if found else ""


def _since(told: Told, scene: Scene) -> tuple[str, tuple[Note, ...]]:
    """What a later text tells of an item, with its note."""
    if told.since is None:
        return "", ()
    step = told.since
    now, why = shown(step), reason(step.rule)
    notes = (cited(now, scene.origins, why),)
    if now.kind == "meeting":
        return f"; {why}", notes
    return f"; on {spoken(_day(now))} it {BECAME[step.status or '']}: {quoted(_wording(now))}", notes


def _corrected(item: Item[Commitment, Duty] | Item[Demand, Call]) -> str:
    """What a person says that the reading should be, which stands beside it."""
    return "".join(f"; corrected to {correction.field} = {correction.value}" for correction in item.corrections)


def by(due: str | None) -> str:
    """A due as a sentence has it: its last day, or its first where that is open."""
    days = bounds(due)
    if days is None:
        return due or "on a day that is not known"
    return spoken(days[1]) if days[1] != LAST_DAY else f"from {spoken(days[0])} on" if days[0] != FIRST_DAY else "some day"


def withheld(item: Item[Commitment, Duty], scene: Scene) -> Sentence:
    """What was not promised, or is not to be done."""
    row, duty = item.row, item.derived
    verb = "did not commit to" if row.polarity == "withheld" else "will not do this:"
    meant = scene.before(row.action, row.cue)
    after = f", said after {quoted([meant])}" if meant else ""
    return Sentence(f"{listed(duty.parties if duty else ())} {verb} {quoted([row.action])}{after}.", (note(item, scene.origins, meant),))


def change(thread: Thread, step: Step, scene: Scene) -> Sentence:
    """What became of an item at a step: its words before, its words now, and the rule in words."""
    now, before = shown(step), former(thread, step)
    notes = (*((cited(before, scene.origins),) if before else ()), cited(now, scene.origins, reason(step.rule)))
    first = before or thread.steps[0].members[0]
    words = f"{quoted(_wording(first))} ({spoken(_day(first))})"
    if now.kind == "meeting":
        return Sentence(f"{words}: {reason(step.rule)}.", notes)
    meant = _meant(first)
    after = f", said after {quoted([meant])}," if meant else ""
    verb = {"carried out": "was done:", "delayed": "was put off:", "reversed": "was reversed:"}.get(step.status or "", "now reads")
    return Sentence(f"{words}{after} {verb} {_recalled(now).removesuffix(',')} ({reason(step.rule)}).", notes)


def shown(step: Step) -> Member:
    """The member of a step whose words tell best what became of the item: what was done is told by a statement, not by a new promise."""
    told = [member for member in step.members if member.kind != "commitment"] if step.status == "carried out" else []
    return told[0] if told else head(step)


def former(thread: Thread, step: Step) -> Member | None:
    """The member of the step against which a step is told, None where there is none."""
    return next((head(other) for other in thread.steps if other.place.document == step.against), None)


def again(thread: Thread, step: Step, scene: Scene) -> Sentence:
    """That an item was said again as strongly as before."""
    now, before = head(step), former(thread, step)
    since = f", as on {spoken(_day(before))}" if before else ""
    notes = tuple(cited(each, scene.origins) for each in (before, now) if each)
    return Sentence(f"{_recalled(now).removesuffix(',')} was said again{since}.", notes)


def _day(member: Member) -> str | None:
    first, last = member.place.first, member.place.last
    return first if first == last else f"{first or '..'}/{last or '..'}"


def overdue(item: Item[Commitment, Duty], days: int, due: Member | None, scene: Scene, missed: Sequence[Silence] = ()) -> Sentence:
    """That a promise is so many days past its due, or that the day of an intention has passed, and which texts do not mention it any more.

    `due` is another row of its thread, where that alone bounds it in time.
    """
    said = promise(item, scene, Told(dated=True))
    when = f"; due {by(due.due)}, as told on {spoken(_day(due))}" if due else ""
    late = f"{days} days late" if item.row.force.verb > INTENDED else f"meant, not promised; its day passed {days} days ago"
    notes = (*said.notes, *((cited(due, scene.origins),) if due else ()), *_receipts(item.row.id, missed, scene))
    return Sentence(f"{said.text.removesuffix('.')}{when}: {late}{_unsaid(missed, scene)}.", notes)


def dropped(item: Item[Commitment, Duty], missed: Sequence[Silence], scene: Scene) -> Sentence:
    """That a promise which may still be open is not mentioned any more, with the receipts of the search."""
    said = promise(item, scene, Told(dated=True))
    return Sentence(f"{said.text.removesuffix('.')}{_unsaid(missed, scene)}.", (*said.notes, *_receipts(item.row.id, missed, scene)))


def _unsaid(missed: Sequence[Silence], scene: Scene) -> str:
    return f"; not mentioned in {_texts(missed, scene)}" if missed else ""


def _receipts(row: str, missed: Sequence[Silence], scene: Scene) -> tuple[Note, ...]:
    return tuple(receipt(each, row, scene.origins) for each in missed)


def _texts(missed: Sequence[Silence], scene: Scene) -> str:
    """The texts that do not mention something, by their days."""
    days = Counter(spoken(scene.origins[each.place.document].day) for each in missed)
    return listed([f"the text of {day}" if count == 1 else f"{count} texts of {day}" for day, count in days.items()])


def silent(steps: Sequence[Step], missed: Sequence[Silence], scene: Scene) -> Sentence:
    """That an item which no promise holds, said at these steps, is not mentioned any more, with the receipts of the search."""
    first, last = head(steps[0]), head(steps[-1])
    since = f" first said on {spoken(_day(first))}," if _day(first) != _day(last) else ""
    words = f"{_recalled(first).removesuffix(',')},"
    text = f"{words}{since} last said on {spoken(_day(last))}, is not mentioned in {_texts(missed, scene)}."
    said = [first, last] if first is not last else [first]
    return Sentence(text, (*(cited(each, scene.origins) for each in said), *_receipts(first.id, missed, scene)))


def fresh(sentence: Span, row: str, why: str, scene: Scene) -> Sentence:
    """A sentence that no earlier text of the chain has, and a row that stands in it."""
    return Sentence(quoted([sentence]), (Note(row, scene.origins[sentence.document], (sentence,), why),))


def demand(item: Item[Demand, Call], scene: Scene, new: str = "") -> Sentence:
    """Who asks what of whom, by which word: a speaker's or writer's in the order of their own words, which may deny."""
    row, call = item.row, item.derived
    origin = scene.origins[row.document]
    writer = call is not None and call.holder == (WRITER,)
    holder = f"The writer of “{origin.title or origin.doc}”" if writer else listed(call.holder if call else ())
    target = f" {listed(call.target)}" if call and call.target else ""
    inferred = ", whom the text does not name" if call and call.target and not call.explicit else ""
    meant = scene.before(row.action, row.modality)
    after = f", said after {quoted([meant])}" if meant else ""
    whole = _own_words(row, scene)
    words = quoted([whole]) if whole else quoted([row.action])
    word = "" if whole or not row.modality else quoted([row.modality])
    tag = ", ".join(filter(None, (word, "new" if new else "")))
    text = f"{holder} asked{target}{inferred}: {words}{f' ({tag})' if tag else ''}{after}{_corrected(item)}."
    return Sentence(text, (_over(note(item, scene.origins, meant, new), whole),))


def _own_words(row: Demand, scene: Scene) -> Span | None:
    """The words of a demand from who should act, or the word that asks, to the act; None where a text reports it, or they stand apart."""
    parts = [span for span in (row.target, row.modality, row.action) if span]
    return scene.whole(parts, LONGEST) if row.modality and not row.holder else None


def _over(proof: Note, whole: Span | None) -> Note:
    """A note with some words in place of the parts that lie in them."""
    if whole is None:
        return proof
    kept = [span for span in proof.words if not (whole.start <= span.start and span.end <= whole.end)]
    return replace(proof, words=tuple(sorted((*kept, whole), key=lambda span: (span.start, span.end))))


def answered(asked: Item[Demand, Call], kept: Item[Commitment, Duty], why: str, scene: Scene) -> Sentence:
    """That a demand was answered by a later promise."""
    question, answer = demand(asked, scene), promise(kept, scene, Told(dated=True))
    notes = (*question.notes, replace(answer.notes[0], why=why))
    return Sentence(f"{question.text.removesuffix('.')}; then {answer.text}", notes)
