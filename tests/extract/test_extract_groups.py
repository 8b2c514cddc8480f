from __future__ import annotations

import pytest
from extract_marks import document, marked, plain, read


@pytest.mark.parametrize(
    "expected",
    [
        # auxiliaries and negation
        "<The envoys> [have agreed] {to meet again}.",
        "<The envoys> [had been discussing] {the tariff} since Monday.",
        "<The guild> [does support] {the new ban}.",
        "<The guild> [has not agreed to] {the new tariff}.",
        "<The guild> [is considering] {a new plan}.",
        # adverbs of manner belong to the cue, others do not
        "<The envoys> [have clearly indicated] that {the port will stay open}.",
        "<The council> [strongly condemned] {the raid}.",
        "<The council> also [welcomed] {the accord}.",
        "<The council> [has also welcomed] {the accord}.",
        "Recently <the council> [welcomed] {the accord}.",
        "<The council> earlier [welcomed] {the accord}.",
        "<The council> reportedly [welcomed] {the accord}.",
        # particles and further words
        "<The envoy> [pointed out] that {the tide had turned}.",
        "<The envoy> [made it clear] that {the port would close}.",
        "<The envoy> [made it perfectly clear] that {the port would close}.",
        "<The envoys> [took note of] {the report}.",
        # chains of verbs
        "<The delegation> [would like to stress] {the value of patience}.",
        "<The envoy> [went on to say] that {the talks had failed}.",
        "<The council> [continues to condemn] {the blockade}.",
        "<The two envoys> [have set aside time to discuss] {the drought}.",
        "<The mayor> [declined to say] {whether the bridge was safe}.",
        "<The two sides> [began discussing] {a customs union}.",
        # an occasion is no part of the cue
        "<The envoys> gathered in the old harbour to [discuss] {the ceasefire}.",
    ],
)
def test_how_far_a_cue_reaches(expected: str) -> None:
    assert marked(plain(expected)) == [expected]


@pytest.mark.parametrize(
    "expected",
    [
        [
            "<The council> [condemned] {the raid} and urged the crews to leave.",
            "<The council> condemned the raid and [urged] {the crews to leave}.",
        ],
        [
            "<The envoys> [welcomed] {the accord}, reaffirmed their pledges and agreed to meet again.",
            "<The envoys> welcomed the accord, [reaffirmed] {their pledges} and agreed to meet again.",
            "<The envoys> welcomed the accord, reaffirmed their pledges and [agreed] {to meet again}.",
        ],
        ["<The envoy> sat down and [said] that {the talks had failed}."],
        [
            "<The envoy> [said] that {the talks had failed and that the port would close}.",
        ],
        [
            "<The two guilds> [shared concerns about] and agreed on {the harbour law}.",
            "<The two guilds> shared concerns about and [agreed on] {the harbour law}.",
        ],
    ],
)  # fmt: skip
def test_coordinated_cues_share_their_subject(expected: list[str]) -> None:
    assert marked(plain(expected[0])) == expected


@pytest.mark.parametrize(
    "expected",
    [
        "<The envoy>, who [said] {the talks had failed}, left the harbour.",
        "The treaty rests on <the envoy>, who [stressed] that {it must hold}.",
        "<The envoy> left, [saying] that {the talks had failed}.",
        "The ministers issued <a text> [stressing] that {the strait is open}.",
        "After <the council> [condemned] {the raid}, the crews left.",
        "<The envoy of the two small river states> [said] {the talks had failed}.",
        "<Ana Quill, the head of the guild>, [said] {the yard would close}.",
        "<She> [said] {the yard would close}.",
        "<The council and the guild> [agreed] {to meet}.",
        "<A statement by the guild> [said] {the yard would close}.",
        "In the old harbour on Monday, <the guild> [said] {the yard would close}.",
    ],
)
def test_the_source_is_the_whole_noun_phrase_wherever_it_stands(expected: str) -> None:
    assert marked(plain(expected)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The council should condemn the raid.",
        "The council must agree to meet.",
        "The council can confirm the report.",
        "The council could say that the port is closed.",
        "The council may welcome the accord.",
        "The council might agree to meet.",
        "The council ought to support the guild.",
        "The council needs to explain why the port is closed.",
        "The council will condemn the raid.",
        "The council would agree to meet.",
        "The council won’t support the guild.",
        "Will the council condemn the raid?",
        "Did the council say that the port was closed?",
        "Why has the council not condemned the raid?",
        "It is important to condemn the raid.",
        "The plan to welcome the guests was dropped.",
        "Condemn the raid!",
        "Let us support the guild.",
        "The promised ships never came.",
        "The discussed tariff is high.",
        "The envoys met in the harbour.",
        "The pilot told a good story.",
        "This says much about the guild.",
    ],
)
def test_an_act_that_is_asked_for_possible_or_none_is_no_statement(text: str) -> None:
    assert marked(text) == []


def test_an_occasion_directly_before_its_cue_is_no_part_of_it() -> None:
    assert marked("The envoys met to discuss the ceasefire.") == ["<The envoys> met to [discuss] {the ceasefire}."]


@pytest.mark.parametrize("time", ["for a week", "for three hours", "over the weekend"])
def test_how_long_something_was_said_is_no_part_of_it(time: str) -> None:
    assert marked(f"The envoys discussed the tariff {time}.") == [f"<The envoys> [discussed] {{the tariff}} {time}."]


def test_a_coordinated_clause_with_another_speaker_is_no_content() -> None:
    expected = [
        "<The mayor> [said] {the well was dry}, and the engineer added that a new one would cost too much.",
        "The mayor said the well was dry, and <the engineer> [added] that {a new one would cost too much}.",
    ]
    assert marked(plain(expected[0])) == expected


@pytest.mark.xfail(strict=True, reason="a participle with an object is a cue only for verbs of judging and asking")
def test_an_adverbial_participle_with_an_object() -> None:
    assert marked("The guild, citing rising costs, closed the yard.") == ["<The guild>, [citing] {rising costs}, closed the yard."]


@pytest.mark.parametrize(
    "text", ["Told that the port would close, the guild laughed.", "The envoy, asked why, left.", "Asked if it rained, the envoy left."]
)
def test_who_is_asked_or_told_is_not_the_source(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize("text", ["Asked whether the port would close, the envoy left."])
def test_who_is_asked_in_a_clause_before_is_not_the_source(text: str) -> None:
    assert [mark for mark in marked(text) if "<the envoy>" in mark] == []


@pytest.mark.xfail(strict=True, reason="a passive with an agent and an infinitive is not read")
@pytest.mark.parametrize(
    "expected",
    ["The council [has been urged] by <the guild> {to open the yard}.", "{Both crews} [were urged] by <the council> {to leave the pier}."],
)
def test_a_passive_with_its_agent_and_an_infinitive(expected: str) -> None:
    (found,) = marked(plain(expected))
    assert "<the guild>" in found or "<the council>" in found


@pytest.mark.parametrize(
    "text",
    [
        "Nobody said that the port was closed.",
        "No one has agreed to the plan.",
        "Neither side agreed to meet.",
        "No minister welcomed the accord.",
    ],
)
def test_what_nobody_said_is_denied(text: str) -> None:
    assert [row.factuality for row in read(document(text))] == ["denied"]


def test_an_infinitive_in_the_progressive_reports_nothing() -> None:
    assert [row.cue.exact for row in read(document("The guild is said to be seeking to sell the yard.")) if row.cue] == ["is said"]


def test_an_infinitive_keeps_the_object_that_a_phrase_between_commas_tore_off() -> None:
    expected = "<The Ministers> [pledged] {to conclude, by the end of June 2034, a joint plan for the strait}."
    assert marked(plain(expected)) == [expected]
