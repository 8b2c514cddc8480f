from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linking_threads import place, said

from reaffirm.linking.answers import answers
from reaffirm.linking.silences import search
from reaffirm.linking.threads import threads
from reaffirm.model import Span

if TYPE_CHECKING:
    from reaffirm.linking.silences import Search
    from reaffirm.sequels import Place

FIRST, SECOND = place("2031-04-12"), place("2032-02-20")
COMMENT = place("2032-02-22", relation="comment", meeting=SECOND.meeting)
WORDS = "to found a school for young pilots by 2033"
FILED: dict[str, Any] = {"issues": ("pilotage",), "due": "2033-12-31"}


def sentence(words: str, start: int = 0) -> Span:
    return Span(SECOND.document, start, start + len(words), words)


def found(*passages: str, chain: tuple[Place, ...] = (FIRST, SECOND, COMMENT)) -> Search:
    (thread,) = threads([said(FIRST, WORDS, **FILED)])
    return search(thread, chain, {SECOND.document: [sentence(p, i * 100) for i, p in enumerate(passages)], COMMENT.document: ()})


def test_a_later_output_without_the_item_is_silent_and_a_comment_never() -> None:
    (silence,) = found("They praised the pilots of the bay.", "Grain prices fell.").silent
    assert silence.place == SECOND
    assert silence.nearest == sentence("They praised the pilots of the bay.")
    assert 0 < silence.score < 0.5
    assert "pilot" in silence.searched


def test_a_passage_that_plainly_carries_the_item_is_a_doubt_and_no_silence() -> None:
    result = found("The school for young pilots was much praised.")
    assert result.silent == ()
    assert [doubt.place for doubt in result.doubts] == [SECOND]


def test_another_forum_and_an_earlier_output_make_no_silence() -> None:
    other = place("2032-05-01", forum="grain-talks")
    earlier = place("2030-05-01")
    assert found(chain=(FIRST, other, earlier)).silent == ()


def test_nothing_near_is_said_so() -> None:
    (silence,) = found("Grain prices fell.").silent
    assert (silence.nearest, silence.score) == (None, 0.0)


def test_a_thread_carries_its_receipts() -> None:
    (thread,) = threads([said(FIRST, WORDS, **FILED)], chain=[FIRST, SECOND], passages={SECOND.document: []})
    assert [silence.place for silence in thread.silent] == [SECOND]


def test_a_later_commitment_of_those_asked_answers_a_demand() -> None:
    wish = said(place("2031-05-01", relation="comment"), "publish the chart of the reefs in full", "demand",
                voice="writer", parties=(), actors=("Marn", "Ruvia"), issues=("charts",))  # fmt: skip
    answer = said(SECOND, "to publish the chart of the reefs", strength=5, band="strong", issues=("charts",))
    too_early = said(FIRST, "to publish the chart of the reefs", strength=5, band="strong", issues=("charts",))
    elsewhere = said(SECOND, "to light the beacons", start=80, strength=5, band="strong", issues=("beacons",))
    ((demand, commitment, why),) = answers([wish, answer, too_early, elsewhere])
    assert (demand, commitment) == (wish.id, answer.id)
    assert "asked" in why
    assert answers([wish, too_early, elsewhere]) == ()
