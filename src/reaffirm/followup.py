"""What became of the items of a ledger, as people's links, cuts and words on silences leave it; and those decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from reaffirm import itemising, judging, weaving
from reaffirm.doctor import Symptom
from reaffirm.errors import UsageError
from reaffirm.linking.answers import answered
from reaffirm.linking.attested import attested, pairs, unreceipted
from reaffirm.sequels import CONFIRMED, DENIED, OTHER, SAME, STATUS, StepStatus
from reaffirm.store import decided, queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Judgement
    from reaffirm.sequels import Silence, Thread
    from reaffirm.store.protocol import Store


def threads(
    store: Store, *, issue: str | None = None, document: str | None = None, page: weaving.Page = weaving.ALL, silent: bool = True
) -> list[Thread]:
    """The threads of a ledger, in order of their first step, as people's links and cuts make them; of an issue, of a document (its id).

    `page` is how many at most and after how many; `silent`: with receipts of silence.
    """
    said = decided.of_threads(store)
    return attested(weaving.threads(store, pairs(said), issue=issue, document=document, page=page, silent=silent), said)


def threads_of(store: Store, rows: Iterable[str]) -> list[Thread]:
    """The threads that have any of these rows (ids), as people's links and cuts make them, with receipts of silence."""
    said = decided.of_threads(store)
    return attested(weaving.threads_of(store, rows, pairs(said)), said)


def answers(store: Store) -> tuple[tuple[str, str, str], ...]:
    """Demands with the later commitments that do what was asked, or that people linked to them, and why: (demand, commitment, why)."""
    return itemising.answers_of(store, pairs(decided.of_threads(store)))


def answers_to(store: Store, rows: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """As `answers`, for these demands (ids) only."""
    wanted, judged = set(rows), pairs(decided.of_threads(store))
    return tuple(found for found in answered(weaving.answering(store, wanted, judged), judged) if found[0] in wanted)


def thread_of(store: Store, row: str) -> Thread:
    """The one thread with this id, or with a row of it, or of its beginning; a `UsageError` when there is none or several."""
    said = decided.of_threads(store)
    found = weaving.thread_of(store, row, pairs(said))
    if len(found) == 1:
        return attested(found, said)[0]
    message = f"{row} belongs to {'no thread' if not found else f'{len(found)} threads'}; `reaffirm threads` lists all, with their ids"
    raise UsageError(message)


# What people decide


def same_item(store: Store, rows: tuple[str, str], *, same: bool = True, who: str | None = None) -> Judgement:
    """The judgement that two rows are steps of one item, or (`same=False`) that they are not; a thread stands for its first row."""
    keys = sorted(_item(store, row, whole=same) for row in rows)
    one, other = (weaving.strand_of(store, key) for key in keys)
    if one is None or other is None:
        raise _no_item(keys[0] if one is None else keys[1])
    if one == other:
        message = f"{keys[0]} and {keys[1]} are readings of the same words, one step in any case; name rows of two passages"
        raise UsageError(message)
    judged = judging.judgement(keys[0], "corrected", SAME if same else OTHER, keys[1], (one.text, [one.text, other.text]), who)
    store.judge(judged)
    return judged


def _item(store: Store, row: str, *, whole: bool) -> str:
    """The id of the row that is meant, which must be one that a thread can have."""
    if row[:2].upper() == "T-":
        if not whole:
            message = f"{row} is a whole thread; name the row of it that is to be kept apart (`reaffirm thread {row}` lists them)"
            raise UsageError(message)
        return thread_of(store, row).steps[0].members[0].id
    return queries.resolve_row(store, row, kinds="SCNM")


def _no_item(key: str) -> UsageError:
    why = "it is the frame of other rows, a writer's judgement or aside, or rejected"
    return UsageError(f"{key} is no item ({why}); `reaffirm threads` lists what became of items")


def silence(store: Store, row: str, document: str, *, holds: bool = True, who: str | None = None) -> Judgement:
    """The judgement that a document does not mention an item, as its receipt says, or (`holds=False`) that it does after all."""
    found = thread_of(store, row)
    receipt = _receipt(found, queries.document_id(store, document))
    if receipt is None:
        held = ", ".join(silent.place.doc for silent in found.silent) or "none"
        message = f"{found.id} has no receipt of silence for {document}; it has: {held}"
        raise UsageError(message)
    first = found.steps[0].members[0]
    key = first.id if row[:2].upper() == "T-" else queries.resolve_row(store, row, kinds="SCNM")
    nearest = receipt.nearest.exact if receipt.nearest else None
    read = (" … ".join(span.exact for span in first.wording), {"searched": receipt.searched, "nearest": nearest, "score": receipt.score})
    judged = judging.judgement(key, "corrected", CONFIRMED if holds else DENIED, receipt.place.document, read, who)
    store.judge(judged)
    return judged


def status(store: Store, row: str, value: str, who: str | None = None) -> Judgement:
    """The judgement that says what became of an item in the step that a row is a member of; not yet recorded."""
    if value not in get_args(StepStatus):
        message = f"status cannot be {value!r}; choose one of: {', '.join(get_args(StepStatus))}"
        raise UsageError(message)
    key = queries.resolve_row(store, row, kinds="SCNM")
    step, item = next((step, item) for step in thread_of(store, key).steps for item in step.members if key in {item.id, item.meeting})
    read = [said for said in weaving.thread_of(store, key, pairs(decided.of_threads(store)))[0].steps if item in said.members]
    words = " … ".join(span.exact for span in item.wording)
    return judging.judgement(item.id, "corrected", STATUS, value, (words, (read or [step])[0].status), who)


def _receipt(thread: Thread, document: str) -> Silence | None:
    return next((silent for silent in thread.silent if silent.place.document == document), None)


def orphans(store: Store) -> Iterator[Symptom]:
    """The decisions on items across documents that have lost what they were about: the other row, the receipt of silence."""
    said = decided.of_threads(store)
    if not said:
        return
    linked = [judged for judged in said if judged.field in {SAME, OTHER} and weaving.strand_of(store, judged.row)]
    lost = [judged for judged in linked if not weaving.strand_of(store, judged.value or "")]
    for judged in lost:
        message = f"the decision of {judged.who} on “{judged.quote[:80]}” ({judged.field}) names {judged.value}, which is no item any more"
        yield Symptom("orphan", judged.row, message, f"`reaffirm undo {judged.row}` (--anyone), or link the row that took its place")
    for judged in unreceipted(threads(store), said):
        message = f"the word of {judged.who} on “{judged.quote[:80]}” ({judged.field}) has no receipt of silence any more"
        yield Symptom("orphan", judged.row, message, f"see `reaffirm thread {judged.row}`, then `reaffirm undo {judged.row}` (--anyone)")
