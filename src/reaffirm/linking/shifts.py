"""What is stronger or weaker in a document than in its chain: the steps of its items, brought to the remarks on its wording.

A step is a shift of policy where the parties themselves say otherwise at another meeting. Where two texts tell one meeting, or where
somebody else tells what the parties said, it is a matter of wording, and is said to be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.linking.novelty import ranked
from reaffirm.sequels import Remark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from reaffirm.model import Span
    from reaffirm.sequels import Item, Novelty, Step, StepStatus, Thread, Trend

TRENDS: dict[StepStatus, Trend] = {"strengthened": "stronger", "weakened": "weaker", "mixed": "mixed", "reversed": "reversed"}
BANDS = {"weak": 1, "medium": 2, "strong": 3}
OUTPUTS = frozenset({"output", "transcript"})
POLICY = {"reversed": 4.5, "stronger": 3.5, "weaker": 3.5, "mixed": 3.5}  # weights: before what is new, after what an old formula lost
WORDING = 1.2  # the weight of a change that is wording alone, where no remark has it


@dataclass(frozen=True, slots=True)
class Shift:
    """An item that a document tells more strongly or weakly than an earlier one: both wordings, and by which rule."""

    trend: Trend
    was: Span
    now: Span
    policy: bool
    why: str


def shifts(threads: Iterable[Thread], document: str, searched: Collection[str]) -> tuple[Shift, ...]:
    """The shifts of a document (its id) against those that were searched, by place."""
    found = []
    for thread in threads:
        steps = {step.place.document: step for step in thread.steps}
        step = steps.get(document)
        trend = TRENDS.get(step.status) if step and step.status else None
        if step and trend and step.against in searched and step.against in steps:
            found.append(_shift(trend, steps[step.against], step))
    return tuple(sorted(found, key=lambda shift: (shift.now.start, shift.now.end, shift.why)))


def _shift(trend: Trend, before: Step, step: Step) -> Shift:
    told_alike = step.place.meeting is not None and step.place.meeting == before.place.meeting
    policy = not told_alike and step.voice == "parties" and step.place.relation in OUTPUTS
    aside = "" if policy else f"wording, not policy ({'two accounts of one meeting' if told_alike else 'told by others'}): "
    swapped = f"; {_list(step.was)} > {_list(step.now)}" if step.was or step.now else ""
    return Shift(trend, head(before).wording[0], head(step).wording[0], policy, f"{aside}{step.rule}{swapped}")


def _list(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words) or "nothing"


def head(step: Step) -> Item:
    """The item by which a step is compared: the strongest, of those the first."""
    return max(step.members, key=lambda item: (BANDS.get(item.band or "", 0), -item.wording[0].start))


def shifted(found: Novelty, moved: Iterable[Shift], *, account: bool = False) -> Novelty:
    """The novelty with these shifts: each at the remark on its sentence, else as a remark of its own; ranked anew.

    A sentence that is new in its words but whose item was told before is changed, not new.
    """
    remarks = list(found.remarks)
    for shift in moved:
        at = max(range(len(remarks)), key=lambda n: _overlap(remarks[n].now, shift.now), default=None)
        if at is not None and _overlap(remarks[at].now, shift.now):
            remarks[at] = _told(remarks[at], shift)
        else:
            remarks.append(_told(Remark("changed", shift.was, shift.now, weight=WORDING), shift))
        gone = f"its item is {shift.trend} here, in other words"
        lost = [n for n, remark in enumerate(remarks) if remark.kind == "gone" and _overlap(remark.was, shift.was)]
        for n in lost:
            remarks[n] = replace(remarks[n], why=(*remarks[n].why, gone))
    return replace(found, remarks=ranked(remarks), account=account)


def _told(remark: Remark, shift: Shift) -> Remark:
    """A remark with what became of its item; of several the weightiest comes first."""
    weight = max(remark.weight, POLICY[shift.trend]) if shift.policy else remark.weight
    return replace(
        remark, kind="changed" if remark.kind in {"new", "returns"} else remark.kind, was=remark.was or shift.was,
        trend=remark.trend or shift.trend, weight=weight, why=(shift.why, *remark.why),
    )  # fmt: skip


def _overlap(a: Span | None, b: Span) -> int:
    if a is None or a.document != b.document:
        return 0
    return max(0, min(a.end, b.end) - max(a.start, b.start))
