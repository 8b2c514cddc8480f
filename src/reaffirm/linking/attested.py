"""What people said of items and silences, brought to threads: links and cuts, receipts confirmed or denied; pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.sequels import CONFIRMED, DENIED, OTHER, SAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.model import Judgement
    from reaffirm.sequels import Judged, Thread

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
    return replace(thread, silent=silent, judged=linked)


def unreceipted(threads: Iterable[Thread], judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements on silences of which there is no receipt any more."""
    receipts = {(row, silence.place.document) for thread in threads for row in members(thread) for silence in thread.silent}
    return [said for said in judgements if said.field in SILENCES and (said.row, said.value) not in receipts]
