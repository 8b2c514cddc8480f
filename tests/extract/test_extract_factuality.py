"""Nesting and factuality level by level: own sentences marked beforehand."""

from __future__ import annotations

import pytest
from extract_acts import LEVELS
from extract_marks import document, read

# Not read as marked. Each needs words in the cue, or a verb form, that the reading of verbs does not take yet.
MISSED = {
    "The envoy left without promising to return.",
    "Should Ruvia agree to withdraw, the toll will fall.",
    "Kestria needs to go on condemning the raids.",
}


def levels(text: str) -> list[tuple[str, str, str]]:
    rows = read(document(text))
    cues = {row.id: row.cue.exact if row.cue else "" for row in rows}
    return sorted((cues[row.id], row.factuality, cues.get(row.nested_in or "", "")) for row in rows)


@pytest.mark.parametrize(("text", "expected"), [row for row in LEVELS if row[0] not in MISSED])
def test_own_sentences_marked_beforehand(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert levels(text) == sorted(expected)


def test_what_is_missed_is_still_missed() -> None:
    assert [text for text, expected in LEVELS if text in MISSED and levels(text) == sorted(expected)] == []
    assert {text for text, _ in LEVELS} > MISSED
    assert len(LEVELS) == 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the act is open below a condition or a question, told outside of it
        ("If the mill closes, the guild says that it will pay.", "plain"),
        ("Unless the guild agreed to pay, the mill would close.", "conditional"),
        ("Once the guild has agreed to pay, the mill will open.", "conditional"),
        ("Once the guild had agreed to pay, the mill opened.", "plain"),
        ("When the guild agrees to pay, the mill will open.", "conditional"),
        ("When the guild agreed to pay, the mill opened.", "plain"),
        # what ended counts as denied
        ("The guild no longer opposes the mill.", "denied"),
        ("The guild waited no longer and opposes the mill.", "plain"),
        # a condition beats a negation
        ("If the guild did not agree to pay, the mill closed.", "conditional"),
    ],
)
def test_the_clauses_around_a_cue(text: str, expected: str) -> None:
    assert [row.factuality for row in read(document(text))] == [expected]


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("The ministers said that they had pledged to pay.", ["had pledged"]),  # an earlier act of their own
        ("The ministers said that they are determined to pay.", []),  # an attitude of their own
        ("The ministers said that they hoped to pay.", []),
        ("The ministers said that they had hoped to pay.", []),
    ],
)
def test_an_earlier_pledge_of_the_speaker_is_a_level_of_its_own(text: str, nested: list[str]) -> None:
    assert [row.cue.exact for row in read(document(text)) if row.nested_in and row.cue] == nested
