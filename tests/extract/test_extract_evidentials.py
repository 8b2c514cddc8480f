"""Attributions without a speaker: what seems so, what is reported, what somebody was asked."""

from __future__ import annotations

import pytest
from extract_marks import document, mark, marked, plain, read


@pytest.mark.parametrize(
    ("expected", "factuality"),
    [
        ("{The two crews} [seem] {to have met in secret}.", "inferred"),
        ("{The mayor} [appeared] {unwell}.", "inferred"),
        ("It [seems] that {the envoy left at dawn}.", "inferred"),
        ("{The envoy had} [reportedly] {left the island}.", "hearsay"),
        ("{The raiders} [allegedly] {burnt the nets}.", "hearsay"),
    ],
)
def test_what_seems_or_is_reported_has_no_source(expected: str, factuality: str) -> None:
    rows = read(document(plain(expected)))
    assert [mark(plain(expected), row) for row in rows] == [expected]
    assert [(row.source, row.factuality) for row in rows] == [(None, factuality)]


@pytest.mark.parametrize(
    "text",
    [
        "The envoy appeared at the gate.",  # came
        "Does the mayor seem uneasy?",
        "The crews may seem uneasy.",
        "Who seemed uneasy was not noted.",
    ],
)
def test_what_only_came_or_may_be_is_nothing(text: str) -> None:
    assert not any(row.rule == "frame.seeming" for row in read(document(text)))


def test_an_attitude_that_somebody_only_seems_to_have_is_inferred() -> None:
    rows = read(document("The mayor appeared uneasy about the vote."))
    assert [(row.cue and row.cue.exact, row.factuality) for row in rows] == [("appeared uneasy about", "inferred")]


def test_an_adverb_beside_a_cue_makes_no_second_statement() -> None:
    assert marked("The council reportedly welcomed the accord.") == ["<The council> reportedly [welcomed] {the accord}."]


@pytest.mark.parametrize(
    "expected",
    [
        "[Asked about] {the toll}, the mayor left the room.",
        "[Asked] {whether he would stay}, the mayor left the room.",
        "The mayor [was asked about] {the toll}.",
    ],
)
def test_what_somebody_was_asked(expected: str) -> None:
    assert expected in marked(plain(expected))


@pytest.mark.parametrize("text", ["The mayor was never asked about the toll.", "The mayor was asked about it."])
def test_no_question_that_was_not_put_or_is_not_told(text: str) -> None:
    assert marked(text) == []
