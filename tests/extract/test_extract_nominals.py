from __future__ import annotations

import pytest
from extract_marks import document, marked, plain, read


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # light verb and speech noun are one cue; the preposition opens the content, "that" does not
        ("noun.light", "<The envoys> [held talks] {on the drifting mines}."),
        ("noun.light", "<The envoys> [held in-depth discussions] {on the ceasefire}."),
        ("noun.light", "<The two ports> [reached an agreement] {on a common tariff}."),
        ("noun.light", "<The two ports> [have reached an agreement] {to share the tugs}."),
        ("noun.light", "<The bank> [issued a warning] that {prices would fall}."),
        # the noun alone, with its speaker as possessive or behind a preposition
        ("noun.nominal", "The ministry ignored <the guild’s> [call] {for a new tariff}."),
        ("noun.nominal", "The ministry ignored <the guild's> [call] {for a new tariff}."),
        ("noun.nominal", "<The council’s> [commitment] {to open the yard} is weak."),
        ("noun.nominal", "<The guild’s> [criticism] {of the law} went unheard."),
        ("noun.nominal", "<Its> [demand] {for a new tariff} went unheard."),
        ("noun.nominal", "The [pledge] by <the guild> {to open the yard} came late."),
        # the source in an adverbial
        ("adverbial", "[According to] <the guild>, {the yard will close}."),
        ("adverbial", "{The yard will close}, [according to] <the guild>."),
        ("adverbial", "{The yard}, [according to] <the head of the guild>, {will close}."),
        ("adverbial", "[In the words of] <the envoy>, {the talks were a waste of time}."),
        # an attitude opens the content of its verb
        ("frame.object", "<The guild> [expressed] {its concern about the tariff}."),
        ("frame.object", "<The two capitals> [share] {the vision of an open strait}."),
        ("frame.object", "<The envoys> [stressed] {the need to dredge the canal}."),
        ("frame.object", "<The envoy> [conveyed] {his intention to leave}."),
    ],
)
def test_nouns_and_adverbials(rule: str, expected: str) -> None:
    text = plain(expected)
    assert marked(text) == [expected]
    assert [row.rule for row in read(document(text))] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "The envoys will hold talks on the canal.",
        "The council should reach an agreement on the tariff.",
        "The envoys had lunch in the harbour.",
        "The agreement on the tariff is old.",
        "Talks on the canal begin on Monday.",
        "The pilot paid no call.",
    ],
)
def test_nouns_that_nobody_says_are_none(text: str) -> None:
    assert marked(text) == []


@pytest.mark.xfail(strict=True, reason="talks that have no speaker beside them but between the two are not read")
def test_a_speech_noun_with_its_speakers_behind_between() -> None:
    expected = "The [talks] between <the two states> {on the canal} failed."
    assert marked(plain(expected)) == [expected]


@pytest.mark.xfail(strict=True, reason="an adverbial of source with a possessive has no entry")
def test_in_ones_view() -> None:
    expected = "[In] <the guild’s> [view], {the yard must close}."
    assert [s.exact for row in read(document(plain(expected))) for s in row.content] == ["the yard must close"]


@pytest.mark.parametrize("text", ["The ships were sorted according to length.", "The tariff rises according to need."])
def test_what_cannot_speak_is_no_source_of_an_adverbial(text: str) -> None:
    assert marked(text) == []
