"""Attitudes without a verb of saying: bare adjectives, verbs that work on somebody, attitudes received."""

from __future__ import annotations

import pytest
from extract_marks import marked, plain


@pytest.mark.parametrize(
    "expected",
    [
        "<Voters> [concerned about] {the dam} stayed at home.",
        "[Confident] that {the dam would hold}, <the guild> left.",
        "{The ruling} [angered] <the harbour guild>.",
        "<The harbour guild> [was angered by] {the ruling}.",
        "{The toll} [drew criticism from] <the harbour guild>.",
        "<The mayor> [remains confident] that {the dam will hold}.",
        "<The mayor> [sounded optimistic about] {the vote}.",
    ],
)
def test_who_feels_is_the_source(expected: str) -> None:
    found = marked(plain(expected))
    assert expected in found or expected.replace("<Voters> [concerned about] {the dam}", "<Voters [concerned about] {the dam>}") in found


@pytest.mark.parametrize(
    "text",
    [
        "Crews willing to wait were paid.",  # what kind of crews
        "They sold the ferry, as opposed to the mill.",
        "The frost angered nothing.",
        "The toll could anger the guild.",
        "The toll drew water from the well.",
        "Did the ruling anger the guild?",
    ],
)
def test_no_attitude_of_somebody(text: str) -> None:
    assert marked(text) == []
