from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from linking_threads import place, said

from reaffirm.linking.shifts import Shift, shifted, shifts
from reaffirm.model import Span
from reaffirm.sequels import Novelty, Remark, Step, Thread

if TYPE_CHECKING:
    from reaffirm.sequels import Place, RemarkKind, StepStatus, StepVoice, Trend

ONE, TWO = place("2031-04-12"), place("2032-04-12")
PROMISE, WISH = "to dredge the channel by May", "the importance of dredging the channel"


def thread(status: StepStatus, now: Place = TWO, voice: StepVoice = "parties", before: Place = ONE) -> Thread:
    first = Step(before, "introduced", (said(before, PROMISE, start=40),), "parties", "the first step in these texts")
    step = Step(now, status, (said(now, WISH, start=60),), voice, "weaker words", ("to dredge",), ("the importance of",), before.document)
    return Thread("T-1", PROMISE, (), (first, step))


@pytest.mark.parametrize(
    ("status", "trend"), [("strengthened", "stronger"), ("weakened", "weaker"), ("mixed", "mixed"), ("reversed", "reversed")]
)
def test_a_step_of_the_parties_is_a_shift_of_policy(status: StepStatus, trend: Trend) -> None:
    (found,) = shifts([thread(status)], TWO.document, {ONE.document})
    assert (found.trend, found.policy, found.was.exact, found.now.exact) == (trend, True, PROMISE, WISH)
    assert found.why == "weaker words; “to dredge” > “the importance of”"


@pytest.mark.parametrize("status", ["reaffirmed", "restated", "introduced", "carried out", "delayed"])
def test_other_steps_are_none(status: StepStatus) -> None:
    assert shifts([thread(status)], TWO.document, {ONE.document}) == ()


def test_only_what_was_searched_is_held_against_it() -> None:
    assert shifts([thread("weakened")], TWO.document, {"D-other"}) == ()
    assert shifts([thread("weakened")], ONE.document, {TWO.document}) == ()


@pytest.mark.parametrize(
    ("now", "voice", "why"),
    [
        (place("2031-04-12", "gist.txt"), "parties", "wording, not policy (two accounts of one meeting): "),
        (place("2032-04-12", "wire.txt", "account"), "parties", "wording, not policy (told by others): "),
        (TWO, "account", "wording, not policy (told by others): "),
    ],
)
def test_an_account_is_wording_and_no_policy(now: Place, voice: StepVoice, why: str) -> None:
    (found,) = shifts([thread("weakened", now, voice)], now.document, {ONE.document})
    assert (found.policy, found.why.startswith(why)) == (False, True)


# Brought to remarks

WAS, NOW = Span(ONE.document, 40, 40 + len(PROMISE), PROMISE), Span(TWO.document, 60, 60 + len(WISH), WISH)
SENTENCE, OLD = Span(TWO.document, 50, 120, "s" * 70), Span(ONE.document, 30, 90, "o" * 60)


def report(*remarks: Remark) -> Novelty:
    return Novelty(TWO.document, ONE.document, ((ONE.document, None),), remarks)


def shift(*, policy: bool = True) -> Shift:
    return Shift("weaker", WAS, NOW, policy, "weaker words")


@pytest.mark.parametrize(("kind", "then"), [("new", "changed"), ("changed", "changed"), ("returns", "changed"), ("back", "back")])
def test_the_remark_on_the_sentence_says_it(kind: RemarkKind, then: RemarkKind) -> None:
    other = Remark("new", None, Span(TWO.document, 0, 40, "x" * 40), weight=2.5)
    found = shifted(report(other, Remark(kind, None, SENTENCE, weight=1.0, why=("binds",))), [shift()])
    first, second = found.remarks
    assert (first.kind, first.trend, first.was, first.now, first.why) == (then, "weaker", WAS, SENTENCE, ("weaker words", "binds"))
    assert first.weight > second.weight
    assert second == other


def test_what_is_wording_alone_weighs_no_more() -> None:
    (found,) = shifted(report(Remark("new", None, SENTENCE, weight=1.0)), [shift(policy=False)]).remarks
    assert (found.weight, found.trend) == (1.0, "weaker")


def test_a_shift_without_a_remark_is_one_itself() -> None:
    (found,) = shifted(report(), [shift()]).remarks
    assert (found.kind, found.was, found.now, found.trend) == ("changed", WAS, NOW, "weaker")


def test_a_sentence_that_went_says_that_its_item_goes_on() -> None:
    found = shifted(report(Remark("gone", OLD, None, weight=9.0, why=("dropped",))), [shift()])
    assert found.remarks[0].why == ("dropped", "its item is weaker here, in other words")
