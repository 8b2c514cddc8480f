"""Whose demand it is and whom it asks: holder and target of each demand, and what was inferred from what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from resolve_scenes import PACKS, scene

from reaffirm.extract.demands import demands
from reaffirm.extract.statements import statements
from reaffirm.language.names import mentions
from reaffirm.language.parse import parse
from reaffirm.resolve.calls import calls
from reaffirm.resolve.voices import voices

if TYPE_CHECKING:
    from reaffirm.model import Document
    from reaffirm.readings import Call, Demand

MET = "Velmara and Saoren held talks in Hanaru on Friday."


def called(document: Document) -> list[tuple[Demand, Call]]:
    """The rows of a document with their calls, in order of place."""
    parsed, named = parse(document), mentions(document, PACKS)
    rows = statements(document, parsed, PACKS)
    found = demands(document, parsed, rows, PACKS)
    derived = calls(document, found, rows, voices(document, rows, named, PACKS), named, PACKS)
    assert [c.demand for c in derived] == [d.id for d in found]
    return list(zip(found, derived, strict=True))


def targets(document: Document) -> list[tuple[tuple[str, ...], bool | None]]:
    """The targets of the demands and whether the text names them."""
    return [(c.target, c.explicit) for d, c in called(document) if d.kind == "demand"]


def holders(document: Document) -> list[tuple[str, ...]]:
    """The holders of all rows."""
    return [c.holder for _, c in called(document)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Drevonia must release the sailors.", ("Drevonia",)),
        ("Zelmach must release the sailors.", ("Drevonia",)),
        ("The Drevonian authorities must release the sailors.", ("Drevonia",)),
        ("Drevonia itself needs to act.", ("Drevonia",)),
        ("The two countries should meet again.", ("Saoren", "Velmara")),
        ("The two sides are urged to meet again.", ("Saoren", "Velmara")),
        ("The Drevonian people must decide.", ("Drevonia",)),
        ("The fishermen must wait.", ("?The fishermen",)),
        ("The parties to the conflict must lay down their arms.", ("?The parties to the conflict",)),
        ("Both sides in the war should talk.", ("?Both sides in the war",)),
    ],
)
def test_words_that_name_who_should_act_are_resolved(text: str, wanted: tuple[str, ...]) -> None:
    assert targets(scene(MET, text, genre="editorial", title="A talk")) == [(wanted, True)]


def test_they_are_those_of_the_demand_before() -> None:
    document = scene("Velmara and Drevonia should talk. They should also trade.", genre="remarks")
    assert [t for t, _ in targets(document)] == [("Drevonia", "Velmara")] * 2


def test_where_nobody_is_named_the_parties_of_the_meeting_are_meant() -> None:
    ((demand, call),) = called(scene(MET, "It is essential that the study be published.", genre="editorial", title="A talk"))
    assert demand.target is None
    assert (call.target, call.explicit, call.rule) == (("Saoren", "Velmara"), False, "call.parties-of-the-meeting")


def test_a_title_without_a_subject_asks_the_parties_of_the_meeting() -> None:
    document = scene(MET, genre="editorial", title="Strengthen the dialogue of the straits")
    assert targets(document) == [(("Saoren", "Velmara"), False)]


def test_a_text_about_no_meeting_leaves_the_target_empty() -> None:
    document = scene("The lake is calm. It is essential that the study be published.", genre="editorial", title="A lake")
    assert targets(document) == [((), False)]


def test_nobody_is_no_target() -> None:
    assert targets(scene("The lake is calm. Nobody should wait.", genre="editorial", title="A lake")) == [((), False)]


def test_an_opinion_is_its_writers() -> None:
    assert holders(scene(MET, "Drevonia must act. The pact is a success.", genre="editorial", title="A talk")) == [("writer",)] * 2


def test_in_a_turn_the_speaker_holds_what_is_asked_and_judged() -> None:
    document = scene(
        MET, "|Foreign Minister Lise Ondaro of Saoren|: Drevonia must act. The pact is a success.",
        genre="press-conference transcript", title="Press conference",
    )  # fmt: skip
    assert holders(document) == [("Lise Ondaro",)] * 2


def test_we_in_a_turn_is_the_speakers_side_unless_a_joint_act_was_told() -> None:
    label = "|Foreign Minister Lise Ondaro of Saoren|: "
    alone, joint = (
        scene(MET, label + words + "We need to keep watch.", genre="press-conference transcript", title="Press conference")
        for words in ("", "We discussed the patrols. ")
    )
    assert [t for t, _ in targets(alone)] == [("Saoren",)]
    assert [t for t, _ in targets(joint)] == [("Saoren", "Velmara")]


def test_a_joint_text_asks_as_its_ministers() -> None:
    document = scene(
        "Foreign Minister Lise Ondaro of Saoren and Foreign Secretary Elna Marsten of Velmara met in Hanaru.",
        "The Ministers urged Drevonia to return to the talks.", genre="joint statement", title="Joint Statement of Saoren and Velmara",
    )  # fmt: skip
    ((_, call),) = called(document)
    assert (call.holder, call.target, call.explicit) == (("Elna Marsten", "Lise Ondaro"), ("Drevonia",), True)


def test_those_who_fight_elsewhere_are_not_those_who_meet() -> None:
    document = scene(
        "Foreign Minister Lise Ondaro of Saoren and Foreign Secretary Elna Marsten of Velmara met in Hanaru.",
        "The Ministers called on the parties to the conflict in Drevonia to agree to a truce.",
        genre="joint statement", title="Joint Statement of Saoren and Velmara",
    )  # fmt: skip
    ((_, call),) = called(document)
    assert call.target == ("?the parties to the conflict in Drevonia",)


def test_a_speech_without_a_known_speaker_is_its_states() -> None:
    document = scene("My country, Maridel, is small. Drevonia must act.", genre="remarks")
    assert [c.holder for d, c in called(document) if d.kind == "demand"] == [("Maridel",)]


def test_judgements_have_a_holder_and_no_target() -> None:
    ((demand, call),) = called(scene("The pact is a success.", genre="editorial", title="A pact"))
    assert demand.kind == "evaluation"
    assert (call.holder, call.target, call.explicit) == (("writer",), (), None)


def test_a_document_without_demands_has_no_calls() -> None:
    assert called(scene("The lake is calm.", genre="editorial")) == []


def test_equal_ingredients_give_equal_inputs() -> None:
    document = scene(MET, "Drevonia must act.", genre="editorial", title="A talk")
    first, second = called(document), called(document)
    assert [c.inputs for _, c in first] == [c.inputs for _, c in second] != [""]


@pytest.mark.parametrize(
    ("text", "title", "wanted"),
    [
        ("The government should publish the text.", "Velmara must wake up", ("Velmara",)),
        ("Saoren depends on the sea, but it must not sell the harbour.", "A harbour for sale", ("Saoren",)),
        ("The government should publish the text.", "On trade", ("?The government",)),
    ],
)
def test_an_opinion_means_the_state_at_home(text: str, title: str, wanted: tuple[str, ...]) -> None:
    more = " Velmara has many bays. Saoren has few." if "wake" in title else " Saoren has few bays. Velmara has many."
    found = [(d.action.exact, c.target) for d, c in called(scene(text + more, genre="editorial", title=title)) if d.kind == "demand"]
    assert found[-1][1] == wanted


def test_a_question_is_that_of_the_name_in_its_turn() -> None:
    document = scene("|Q|: (Harbour Post) Will Velmara raise the toll?", "|MARSTEN|: No.", genre="press-conference transcript")
    assert holders(document) == [("?Harbour Post",)]


def test_a_state_with_a_clause_behind_it_is_the_holder() -> None:
    document = scene("Drevonia, which was not invited, urged both countries to wait.", genre="news report")
    assert holders(document) == [("Drevonia",)]
