from __future__ import annotations

import pytest
from extract_marks import marked


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
