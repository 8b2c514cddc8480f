from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.resolve.spellings import plain, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Zoë Łukić", "Zoe Lukic"), ("Søren Ağı", "Soren Agi"), ("Trần Đình Bê", "Tran Dinh Be"), ("Ana Duarte", "Ana Duarte")],
)
def test_letters_lose_their_marks(name: str, expected: str) -> None:
    assert plain(name) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Duarte", "Duarte Ana"),
        ("Pak Il-nam", "Il Nam Pak"),
        ("Emil von der Aue", "Emil Aue"),
        ("Tariq bin Salim al-Nuri", "Tariq Salim Al Nuri"),
        ("Ana J. Duarte", "ANA DUARTE"),
        ("Hugo Lind, Jr.", "Hugo Lind"),
        ("Moshe Ya'arin", "Moshe Ya’arin"),
    ],
)
def test_spellings_of_one_name_have_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), [("Ana Duarte", "Rui Duarte"), ("Pak Il-nam", "Pak Il-su"), ("U Al", "U El")])
def test_other_names_have_other_words(one: str, other: str) -> None:
    assert words(one) != words(other)


names = st.lists(st.text("abcçdeéñöş", min_size=2, max_size=8), min_size=1, max_size=5)


@given(names.flatmap(lambda x: st.tuples(st.just(x), st.permutations(x))))
def test_order_and_case_never_matter(pair: tuple[list[str], list[str]]) -> None:
    assert words(" ".join(pair[0])) == words(" ".join(pair[1]).upper())
