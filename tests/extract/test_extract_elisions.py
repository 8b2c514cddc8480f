from __future__ import annotations

from itertools import pairwise

import pytest
from extract_marks import document, read
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.extract.elisions import elisions
from reaffirm.model import Span, Statement
from reaffirm.text import prove


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy said: “The treaty applies.”", []),
        ("The envoy said: “The [Treaty] … applies.”", ["[Treaty]", "…"]),
        ("The envoy said: “The treaty ... applies.”", ["..."]),
        ("The envoy said: “The treaty . . . applies [to the reef].”", [". . .", "[to the reef]"]),
        ("The envoy said: “The treaty [...] applies [].”", ["[...]", "[]"]),
        ("The envoy said: “[T]he treaty applies.”", ["[T]"]),
        # notes, footnotes and stage directions change no words
        ("The envoy said: “The treeties [sic] apply [3]. [Laughter]”", []),
        # outside the quotation the writer speaks
        ("The envoy said that the treaty [of Marn] applies … today.", []),
        ("The envoy said the [old] treaty “applies [to all] reefs”.", ["[to all]"]),
    ],
)
def test_cuts_and_insertions_in_quoted_words(text: str, expected: list[str]) -> None:
    (row,) = read(document(text))
    found = elisions(row, text)
    assert [span.exact for span in found] == expected
    assert all(text[span.start : span.end] == span.exact for span in found)


def test_all_words_of_a_turn_are_quoted() -> None:
    text = "VARGA: The treaty [of Marn] applies …"
    content = (Span("D", 7, len(text), text[7:], "content"),)
    row = Statement("S", "D", None, None, content, "turn", rule="turn.label")
    assert [span.exact for span in elisions(row, text)] == ["[of Marn]", "…"]


@given(st.text(alphabet="ab .[]…“”\n", max_size=40))
def test_places_are_exact_in_order_and_inside(words: str) -> None:
    text = f"x{words}x"
    row = Statement("S", "D", None, None, (Span("D", 1, len(text) - 1, words, "content"),), "turn")
    found = elisions(row, text)
    prove(text, found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(1 <= span.start < span.end < len(text) for span in found)
