from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.linking.wordings import changes, folded, stem, wording
from reaffirm.model import Span


def span(words: str) -> Span:
    return Span("D-1", 0, len(words), words)


@pytest.mark.parametrize(
    "forms",
    [
        ("coordinate", "coordinates", "coordinated", "coordinating", "coordination"),
        ("apply", "applies", "applied", "application"),
        ("repair", "repairs", "repaired", "repairing"),
        ("harbour", "harbours"),
        ("plan", "planned", "planning"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("harbour", "harvest"), ("treaty", "treasure"), ("grain", "grant")])
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_content_leaves_out_small_words_dates_years_and_names_of_the_parties() -> None:
    found = wording(["to coordinate Marn's grain tolls with the Marnish ports by the end of May 2031"], folded(["Marn"]))
    assert found.order == (stem("coordinate"), stem("grain"), stem("tolls"), stem("ports"))


def test_neighbours_may_have_a_small_word_between_them_and_no_other() -> None:
    found = wording(["the release of the two sailors, and grain from Tessel"])
    assert (stem("release"), stem("sailors")) in found.pairs
    assert (stem("grain"), stem("tessel")) not in found.pairs
    assert found.proper == {stem("tessel")}


def test_what_says_little_is_faint() -> None:
    found = wording(["the importance of strengthening harbour patrols"])
    assert found.firm == {stem("harbour"), stem("patrols")}


def test_changes_are_the_words_of_either_side() -> None:
    assert changes([span("to open the mole by May")], [span("to open the long mole by June")]) == (("May",), ("long", "June"))


@given(st.text(alphabet="abc de.,", max_size=40))
def test_nothing_changes_between_equal_words(text: str) -> None:
    assert changes([span(text)], [span(text)]) == ((), ())
