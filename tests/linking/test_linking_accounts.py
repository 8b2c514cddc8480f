"""When two wordings are nearly the same, and what a sentence denies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linking_accounts import account

from reaffirm.linking.accounts import alike, denies
from reaffirm.linking.wordings import wording

WORDS = "the study on the tide pumps of Marn will be finished before the autumn floods"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("they finished the study on the tide pumps of Marn before the floods", True),
        ("the tide pumps of Marn", False),  # too few
        ("the pumps that Marn studied: floods, tides, a finish", False),  # no two of them together
        ("they finished the study on the tide pumps of Marn, bought barges, hired pilots, closed quays and sold salt", False),
    ],
)
def test_nearly_the_same_words_in_nearly_the_same_order(other: str, same: bool) -> None:  # noqa: FBT001 - what is expected
    assert alike(wording([WORDS]), wording([other])) is same


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_has_no_direction(one: str, other: str) -> None:
    assert alike(wording([one]), wording([other])) == alike(wording([other]), wording([one]))


@pytest.mark.parametrize(
    ("text", "denied"), [("It did not.", True), ("It didn’t.", True), ("“No,” she said.", True), ("It was noted.", False)]
)  # fmt: skip
def test_a_word_of_denial(text: str, denied: bool) -> None:  # noqa: FBT001 - what is expected
    assert denies(text) is denied


def test_the_sentence_round_a_place() -> None:
    told = account("a", "One is here. Two is there.")
    assert [told.sentence(at).exact for at in (0, 11, 13, 20)] == ["One is here.", "One is here.", "Two is there.", "Two is there."]
