from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from linking_threads import place, said

from reaffirm.linking.outcomes import kept
from reaffirm.linking.threads import threads

if TYPE_CHECKING:
    from reaffirm.sequels import Item, Step

FIRST, SECOND = place("2031-04-12"), place("2032-02-20")
PRESS = place("2031-04-12", "press.txt", "transcript")
WORDS = "to repair the lamps of the outer harbour"
FILED: dict[str, Any] = {"issues": ("harbours",)}
MOVES: list[tuple[str, dict[str, Any], str, dict[str, Any], str]] = [
    ("as strong as before", {}, WORDS, {}, "reaffirmed"),
    ("a firmer verb", {"band": "weak"}, WORDS, {"band": "medium"}, "strengthened"),
    ("a softer verb", {}, WORDS, {"band": "weak"}, "weakened"),
    ("a wider scope", {}, f"{WORDS} and of the canal", {}, "strengthened"),
    ("firmer, but other lamps only", {"band": "weak", "words": f"{WORDS} and of the canal"}, WORDS, {}, "mixed"),
    ("words that widen nothing", {}, f"{WORDS} as announced in June", {}, "reaffirmed"),
    ("withheld before", {"band": None, "polarity": "withheld"}, WORDS, {}, "strengthened"),
    ("a later due", {"due": "2031-12-31"}, WORDS, {"due": "2032-12-31"}, "delayed"),
]
TOLD = [
    ("the lamps of the outer harbour have been repaired", "carried out"),
    ("the repair of the lamps of the outer harbour in May 2031", "carried out"),
    ("the lamps of the outer harbour remain unfinished", "delayed"),
    ("the repair of the lamps of the outer harbour was postponed", "delayed"),
    ("the repair of the lamps of the outer harbour was cancelled", "reversed"),
    ("the successful completion in May of the repair of the lamps of the outer harbour", "carried out"),
    ("the repair of the lamps of the outer harbour, which was to be done in May, is still under discussion", "delayed"),
    ("the decision not to repair the lamps of the outer harbour", "reversed"),
    ("that the lamps of the outer harbour are to be repaired without delay", "weakened"),
]
HELD = [
    ("2032-02-20", "2032-04-12", "carried out"),
    ("2032-02-20", "2031", "delayed"),
    ("../2032-01-08", "2031", "delayed"),
    ("2032-02-20", None, "carried out"),
]


def last(*items: Item) -> Step:
    (thread,) = threads(items)
    return thread.steps[-1]


@pytest.mark.parametrize(("before", "words", "after", "status"), [case[1:] for case in MOVES], ids=[case[0] for case in MOVES])
def test_a_later_meeting_moves_an_item(before: dict[str, Any], words: str, after: dict[str, Any], status: str) -> None:
    filed = {**FILED, **before}
    earlier = said(FIRST, filed.pop("words", WORDS), **filed)
    assert last(earlier, said(SECOND, words, **FILED, **after)).status == status


@pytest.mark.parametrize(("words", "status"), TOLD)
def test_a_text_tells_what_became_of_it(words: str, status: str) -> None:
    assert last(said(FIRST, WORDS, **FILED), said(SECOND, words, "statement", lemma="noted", **FILED)).status == status


def test_what_is_done_in_part_and_due_later_is_delayed() -> None:
    before = said(FIRST, WORDS, due="2031-12-31", **FILED)
    rows = [
        said(SECOND, "that half of the lamps of the outer harbour have been repaired", "statement", lemma="noted", **FILED),
        said(SECOND, WORDS, start=100, due="2032-12-31", **FILED),
    ]
    assert last(before, *rows).status == "delayed"


def test_a_comment_restates_what_the_parties_said() -> None:
    comment = place("2031-05-01", "comment.txt", "comment", meeting=None)
    told = said(comment, WORDS, lemma="promise", band="weak", voice="account", **FILED)
    assert last(said(FIRST, WORDS, **FILED), told).status == "restated"


def test_two_accounts_of_one_meeting_are_restated_unless_their_bands_differ() -> None:
    one = place("2031-04-12", "press.txt", "transcript", meeting=FIRST.meeting)
    assert last(said(FIRST, WORDS, **FILED), said(one, WORDS, lemma="pledge", **FILED)).status == "restated"
    assert last(said(FIRST, WORDS, **FILED), said(one, WORDS, "statement", **FILED)).status == "restated"
    assert last(said(FIRST, WORDS, **FILED), said(one, WORDS, **{**FILED, "band": "weak"})).status == "weakened"


def test_a_higher_body_strengthens_and_another_voice_is_not_compared_with() -> None:
    summit = place("2032-02-20", level=3)
    assert last(said(FIRST, WORDS, **FILED), said(summit, WORDS, **FILED)).status == "strengthened"
    wish = said(summit, WORDS, "demand", voice="writer", parties=(), actors=("Marn",), **FILED)
    assert last(said(FIRST, WORDS, **FILED), wish).status == "reaffirmed"


def test_an_undated_document_has_no_status_and_comes_last() -> None:
    step = last(said(place(None, "note.txt", meeting=None), WORDS, **FILED), said(FIRST, WORDS, **FILED), said(SECOND, WORDS, **FILED))
    assert (step.place.doc, step.status) == ("note.txt", None)
    assert "cannot be placed" in step.rule


def test_the_words_that_changed_stand_side_by_side() -> None:
    step = last(said(FIRST, WORDS, **FILED), said(SECOND, "to replace the lamps of the outer harbour", **FILED))
    assert (step.was, step.now) == (("repair",), ("replace",))


@pytest.mark.parametrize(("date", "window", "status"), HELD)
def test_a_meeting_keeps_its_window_or_not(date: str, window: str | None, status: str) -> None:
    found, why = kept(date, window)
    assert found == status
    assert date.lstrip("./") in why
