from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reaffirm.linking.weights import together

STEMS = ("patrol", "ship", "cabl", "meet", "trade", "minist", "zzz", "agre", "secur", "harbour", "talk", "peac")


@given(st.permutations(STEMS), st.frozensets(st.sampled_from(STEMS)))
def test_the_weight_of_words_does_not_hang_on_their_order(order: list[str], faint: frozenset[str]) -> None:
    assert together(order, faint) == together(STEMS, faint)
