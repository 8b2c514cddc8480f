"""What people said of items and silences, brought to threads: links and cuts, receipts confirmed or denied; pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from reaffirm.sequels import CONFIRMED, DENIED, OTHER, SAME, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reaffirm.model import Judgement
    from reaffirm.sequels import Judged, Step, StepStatus, Thread

SILENCES = frozenset({CONFIRMED, DENIED})


def pairs(judgements: Iterable[Judgement]) -> list[Judged]:
    """The links and cuts among some judgements: two items, and whether they are the same."""
    return [(said.row, said.value, said.field == SAME) for said in judgements if said.field in {SAME, OTHER} and said.value]


def members(thread: Thread) -> frozenset[str]:
    """The ids of the items of a thread."""
    return frozenset(item.id for step in thread.steps for item in step.members)


def attested(threads: Iterable[Thread], judgements: Sequence[Judgement]) -> list[Thread]:
    """The threads, each with the links and cuts that touch its members, its receipts with what people said of them."""
    return [_attested(thread, judgements) for thread in threads] if judgements else list(threads)


def _attested(thread: Thread, judgements: Sequence[Judgement]) -> Thread:
    own = members(thread)
    linked = tuple(said for said in judgements if said.field in {SAME, OTHER} and {said.row, said.value} & own)
    of_silence = {said.value: said for said in judgements if said.field in SILENCES and said.row in own}
    silent = tuple(replace(receipt, judged=of_silence.get(receipt.place.document)) for receipt in thread.silent)
    status = {said.row: said for said in judgements if said.field == STATUS and said.row in own}
    steps = tuple(_corrected(step, status) for step in thread.steps) if status else thread.steps
    return replace(thread, steps=steps, silent=silent, judged=(*linked, *status.values()))


def _corrected(step: Step, status: Mapping[str, Judgement]) -> Step:
    """The step with the status that a person gave one of its members, the last where several were given."""
    said = [status[item.id] for item in step.members if item.id in status]
    last = max(said, key=lambda judgement: judgement.at, default=None)
    if last is None:
        return step
    return replace(step, status=cast("StepStatus", last.value), rule=f"{last.who} says so; read: {step.status} ({step.rule})")


def unreceipted(threads: Iterable[Thread], judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements on silences of which there is no receipt any more."""
    receipts = {(row, silence.place.document) for thread in threads for row in members(thread) for silence in thread.silent}
    return [said for said in judgements if said.field in SILENCES and (said.row, said.value) not in receipts]
