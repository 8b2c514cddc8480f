from __future__ import annotations

import pytest
from extract_marks import marked, plain


@pytest.mark.parametrize(
    "text",
    [
        "Ferry row: council meets again",  # a topic
        "Editor’s note: the mayor died.",  # a sentence, and nobody who speaks
        "Ann Bolt: the tolls are gone.",  # a label of a sentence is no headline
        "The three oldest piers of the harbour town: a map",  # too long for a name
        ": no tolls",
        "Ann Bolt:",
    ],
)
def test_no_speaker_stands_before_the_colon(text: str) -> None:
    assert not any("[:]" in row for row in marked(text))


@pytest.mark.parametrize(
    "expected",
    [
        "<Ann Bolt>[:] {Harbour Tolls Will Go Before Next Winter}.",  # capitals make it a headline in spite of the full stop
        "<Ann Bolt> [Slams] {Harbour Tolls Before Winter Vote}",
    ],
)
def test_a_headline_in_capitals(expected: str) -> None:
    assert expected in marked(plain(expected))


@pytest.mark.parametrize("text", ["Tirevia: Anna Bolt, Peter Rook, Maria Quill.", "Harbour Mill Stands Over River Town"])
def test_names_in_capitals_say_nothing(text: str) -> None:
    assert marked(text) == []
