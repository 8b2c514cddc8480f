"""Receipts of silence: later outputs of a chain in which an item does not appear, what was searched there, and the nearest passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.linking.wordings import folded, named, wording
from reaffirm.sequels import Silence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reaffirm.linking.wordings import Wording
    from reaffirm.model import Span
    from reaffirm.sequels import Item, Place, Thread

OUTPUTS = frozenset({"output", "transcript"})
CARRIES = 0.6  # share of an item's words, by what they say, from which a passage plainly carries it
NAMES = 0.35  # the same, where it has the words of the item's object side by side
FAINTLY = 0.35


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for in later outputs: silences, and documents in which the item plainly stands and a link is missing."""

    silent: tuple[Silence, ...]
    doubts: tuple[Silence, ...]


def silences(thread: Thread, chain: Sequence[Place], passages: Mapping[str, Sequence[Span]]) -> tuple[Silence, ...]:
    """The receipts of silence of a thread: see `search`."""
    return search(thread, chain, passages).silent


def search(thread: Thread, chain: Sequence[Place], passages: Mapping[str, Sequence[Span]]) -> Search:
    """What the later outputs of the thread's forum and states say of it, where none of its steps stands, by date.

    `passages` are the sentences of each document outside its furniture. Accounts and comments never make silence.
    """
    first = thread.steps[0]
    told = {step.place.document for step in thread.steps}
    members = (*first.members, *thread.steps[-1].members)
    forms = [form for item in members if (form := _form(item)).firm]
    names = named(frozenset(name for item in members for name in item.things)).pairs
    last = thread.steps[-1]
    done = last.status in {"carried out", "reversed"}  # like words at later meetings are of another item
    silent: list[Silence] = []
    doubts: list[Silence] = []
    for place in sorted((p for p in chain if p.document not in told and _later(p, first.place)), key=lambda p: (p.first or "", p.doc)):
        nearest, score = _nearest(forms, passages.get(place.document, ()), folded(place.circle), names)
        receipt = Silence(place, _searched(thread, forms), nearest, round(score, 2))
        over = done and place.meeting != last.place.meeting
        (doubts if score >= CARRIES and not over else silent).append(receipt)
    return Search(tuple(silent), tuple(doubts))


def unspoken(place: Place, subject: str, told: Iterable[Span], passages: Iterable[Span]) -> Silence:
    """The receipt that a document has no passage on a subject: searched for its name and for the words of passages told before it."""
    left_out = folded(place.circle)
    forms = [form for words in (subject.replace("-", " "), *(span.exact for span in told)) if (form := wording((words,), left_out)).firm]
    nearest, score = _nearest(forms, passages, left_out, frozenset())
    searched = f"every sentence outside furniture, for rows filed under “{subject}” and sentences with its name"
    return Silence(place, searched, nearest, round(score, 2))


def _later(place: Place, first: Place) -> bool:
    """Whether a document is an output of the same forum and states, of a meeting after that of the first step."""
    if place.relation not in OUTPUTS or (place.meeting is not None and place.meeting == first.meeting):
        return False
    same = place.forum == first.forum and set(place.circle) == set(first.circle) if first.circle else False
    return same and place.first is not None and first.first is not None and place.first > first.first


def _form(item: Item) -> Wording:
    return wording((span.exact for span in item.wording), folded((*item.place.circle, *item.parties)))


def _nearest(
    forms: Sequence[Wording], passages: Iterable[Span], left_out: frozenset[str], names: frozenset[tuple[str, str]]
) -> tuple[Span | None, float]:
    """The passage that has most of one of the forms, and how much of it (0 to 1); none where no word is met."""
    best: tuple[Span | None, float] = (None, 0.0)
    for passage in passages:
        told = wording((passage.exact,), left_out)
        score = max((_share(form, told, names) for form in forms), default=0.0)
        if score > best[1]:
            best = passage, score
    return best


def _share(form: Wording, told: Wording, names: frozenset[tuple[str, str]]) -> float:
    """How much of a form a passage has; where it has two neighbouring words of its object, other than a name, it carries it."""
    whole = len(form.firm) + FAINTLY * len(form.faint)
    share = (len(form.firm & told.stems) + FAINTLY * len(form.faint & told.stems)) / whole
    shared = {pair for pair in form.pairs & told.pairs if pair not in names and not form.faint & set(pair)}
    return max(share, CARRIES) if shared and share >= NAMES else share


def _searched(thread: Thread, forms: Sequence[Wording]) -> str:
    words = sorted({name for form in forms for name in form.firm})
    issues = f"; issues: {', '.join(thread.issues)}" if thread.issues else ""
    parties = sorted({name for item in thread.steps[0].members for name in item.parties})
    return f"every sentence outside furniture, for the words (stems) {', '.join(words)}{issues}; parties: {', '.join(parties) or 'any'}"
