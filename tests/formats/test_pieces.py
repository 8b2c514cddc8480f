"""Pieces of office documents: which heading is the title."""

from __future__ import annotations

import pytest

from reaffirm.formats.pieces import Piece, level, titled


def heading(words: str, rank: int = 1) -> Piece:
    return Piece(words, "paragraph", "heading", level=rank)


BODY = Piece("The sides met.", "paragraph")
CONTENTS = Piece("Trade 2", "paragraph", reason="contents")


@pytest.mark.parametrize(("pieces", "expected"), [
    ([heading("Accord"), BODY, heading("Trade", 2)], ["title", None, "heading"]),
    ([CONTENTS, heading("Accord"), BODY], [None, "title", None]),
    ([Piece("", "paragraph"), heading("Accord"), BODY], [None, "title", None]),
    ([heading("Accord"), BODY, heading("Trade")], ["heading", None, "heading"]),  # sections of a text whose title is elsewhere
    ([BODY, heading("Accord"), BODY], [None, "heading", None]),
    ([heading("Trade", 2), BODY], ["heading", None]),
    ([heading("Accord"), Piece("Accord", "paragraph", "title")], ["heading", "title"]),
    ([BODY], [None]),
    ([], []),
])  # fmt: skip
def test_the_only_heading_of_the_first_level_is_the_title_where_it_comes_first(pieces: list[Piece], expected: list[str | None]) -> None:
    found = titled(pieces)
    assert [piece.hint for piece in found] == expected
    assert [piece.words for piece in found] == [piece.words for piece in pieces]


@pytest.mark.parametrize(("style", "rank"), [("heading 1", 1), ("heading2", 2), ("heading 10", 0), ("title", 0), ("heading", 0)])
def test_the_level_of_a_heading_is_named_by_its_style(style: str, rank: int) -> None:
    assert level(style) == rank
