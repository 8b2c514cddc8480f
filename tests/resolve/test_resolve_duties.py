"""Who is bound and by when, in small documents about the invented states of the sample pack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from resolve_scenes import PACKS
from resolve_scenes import scene as undated

from reaffirm.extract.commitments import commitments
from reaffirm.extract.statements import statements
from reaffirm.language.names import mentions
from reaffirm.language.parse import parse
from reaffirm.language.times import times
from reaffirm.model import Document, Field
from reaffirm.resolve.duties import duties
from reaffirm.resolve.podium import speaker_state, spoken
from reaffirm.resolve.voices import voices

if TYPE_CHECKING:
    from reaffirm.readings import Duty

JOINT = "joint statement"
TITLE = "Joint Statement of the Straits Security Dialogue between Velmara and Saoren"
BOTH = ("Saoren", "Velmara")


def scene(*paragraphs: str, title: str = "", genre: str = "news report", day: str | None = None) -> Document:
    """A document that was published on a day."""
    document = undated(*paragraphs, title=title, genre=genre)
    return replace(document, card=replace(document.card, published=Field(day, "stated"))) if day else document


def bound(document: Document) -> dict[str, Duty]:
    """The duties of a document by the words of the act."""
    parsed = parse(document)
    said = statements(document, parsed, PACKS)
    named, found = mentions(document, PACKS), times(document, PACKS)
    rows = commitments(document, parsed, said, found, PACKS)
    heard = voices(document, said, named, PACKS)
    derived = duties(document, rows, said, heard, named, found, PACKS)
    assert [d.commitment for d in derived] == [row.id for row in rows]
    return {row.action.exact: duty for row, duty in zip(rows, derived, strict=True)}


@pytest.mark.parametrize(
    ("words", "parties", "undertaker"),
    [
        ("The Ministers agreed to open a second line.", BOTH, BOTH),
        ("The Saorenese side pledged to lengthen the pier.", ("Saoren",), ("Saoren",)),
        ("The Ministers confirmed that the Velmaran Navy will provide two ships.", BOTH, ("Velmaran Navy",)),
        ("The Ministers confirmed that Saoren will lengthen the pier.", BOTH, ("Saoren",)),
        ("The Ministers confirmed that they will meet again.", BOTH, BOTH),
        ("The Ministers confirmed that a list of goods will be drawn up.", BOTH, BOTH),
        ("The Ministers confirmed that cooperation will continue between Velmara and Maridel.", BOTH, ("Maridel", "Velmara")),
        ("Velmara will send two ships.", ("Velmara",), ("Velmara",)),
        ("The Ministers will meet in Hanaru.", BOTH, BOTH),
    ],
)
def test_parties_speak_and_the_undertaker_is_whom_the_words_name(words: str, parties: tuple[str, ...], undertaker: tuple[str, ...]) -> None:
    ((_, duty),) = bound(scene(words, title=TITLE, genre=JOINT, day="2031-04-12")).items()
    assert (duty.parties, duty.undertaker) == (parties, undertaker)


@pytest.mark.parametrize(
    ("words", "parties"),
    [
        ("We will lengthen the pier.", ("Saoren",)),
        ("We will bring our two countries together.", BOTH),
        ("We will cooperate closely with Velmara.", ("Saoren",)),
        ("We agreed to open a second line.", BOTH),
        ("We intend to lengthen the pier.", ("Saoren",)),
        ("Velmara will open a second line.", ("Velmara",)),
    ],
)
def test_we_in_a_turn_is_the_speaker_s_side_unless_the_act_is_mutual(words: str, parties: tuple[str, ...]) -> None:
    title = "Joint Press Conference of the Straits Security Dialogue between Velmara and Saoren"
    document = scene(f"|Minister of Defence Dorun Keshiwa of Saoren|: {words}", title=title, genre="press-conference transcript")
    ((_, duty),) = bound(document).items()
    assert duty.parties == parties


@pytest.mark.parametrize(
    ("words", "day", "due", "anchor"),
    [
        ("by the middle of 2036", None, "2036-06-30", None),
        ("by mid-May 2036", None, "2036-05-15", None),
        ("by the end of 2032", "2031-04-12", "2032-12-31", None),
        ("within the year", "2031-04-12", "2031-12-31", "publication"),
        ("within the year", None, None, None),
        ("before 2034", "2031-04-12", "2033-12-31", None),
        ("before the end of 2033", "2031-04-12", "2033-12-31", None),
        ("in the first half of 2033", "2031-04-12", "2033-06-30", None),
        ("in the coming years", "2031-04-12", None, None),
    ],
)
def test_due_is_the_last_day_and_unanchored_ones_keep_their_rule(words: str, day: str | None, due: str | None, anchor: str | None) -> None:
    ((_, duty),) = bound(scene(f"The Ministers agreed to publish the list {words}.", title=TITLE, genre=JOINT, day=day)).items()
    assert (duty.due, bool(duty.anchor)) == (due, bool(anchor))
    assert bool(duty.due_rule) == (words != "in the coming years")


def test_nothing_is_derived_from_nothing_and_inputs_follow_the_day() -> None:
    words = "The Ministers agreed to publish the list within the year."
    first, second = (bound(scene(words, title=TITLE, genre=JOINT, day=day)) for day in ("2031-04-12", "2032-04-12"))
    assert [d.inputs for d in first.values()] != [d.inputs for d in second.values()]
    assert bound(scene("The harvest was poor.", genre=JOINT)) == {}


SPEECH = "Mr. President, I thank you. " + "The sea gives and the sea takes away. " * 40
STANDS = "Saoren welcomes the report. Saoren supports the league. Saoren is ready to lend its pilots. We will open a harbour in Hanaru."


def test_a_speaker_s_state_is_the_one_that_takes_stands() -> None:
    document = scene(SPEECH + "I come with hope. My people are many. " + STANDS, genre="other")
    said = statements(document, parse(document), PACKS)
    assert spoken(document)
    assert speaker_state(document, said, PACKS) == "Saoren"
    assert {duty.parties for duty in bound(document).values()} == {("Saoren",)}


def test_a_report_in_the_first_person_of_its_sources_is_no_speech() -> None:
    assert not spoken(scene("“I am tired,” she said. " * 80, genre="news report"))
    assert not spoken(scene(SPEECH + STANDS, genre=JOINT))


def test_the_issuers_of_a_text_are_bound_by_its_we() -> None:
    words = "We, the Leaders of the Southern Straits Community, met in Hanaru. We agreed to open a second line."
    (duty,) = bound(scene(words, title="Leaders’ Declaration", genre=JOINT)).values()
    assert (duty.parties, duty.rule) == (("Southern Straits Community",), "duty.issuers")


def test_a_body_and_a_state_coupled_in_the_opening_issue_a_text_together() -> None:
    words = "The second Southern Straits Community-Drevonia Summit was held. We agreed to open a second line."
    (duty,) = bound(scene(words, title="Chairman’s Statement of the Summit", genre="remarks")).values()
    assert duty.parties == ("Drevonia", "Southern Straits Community")


def test_where_nobody_knows_who_says_so_the_doer_is_bound() -> None:
    (duty,) = bound(scene("A spokesperson said Drevonia will send two ships.")).values()
    assert (duty.parties, duty.undertaker) == (("Drevonia",), ("Drevonia",))


def test_the_only_speaker_of_a_briefing_speaks_for_the_state_that_undertakes_by_name() -> None:
    turns = ("|MR. OLVEN|: Velmara will send two ships.", "|QUESTION|: And then?", "|MR. OLVEN|: We intend to publish a list.")
    found = bound(scene(*turns, genre="press-conference transcript"))
    assert found["to publish a list"].parties == ("Velmara",)
    other = ("|MR. OLVEN|: Velmara will send two ships.", "|MS. TARR|: We intend to publish a list.")
    assert bound(scene(*other, genre="press-conference transcript"))["to publish a list"].parties != ("Velmara",)
