from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from resolve_scenes import PACKS, scene

from reaffirm.extract.statements import statements
from reaffirm.language.names import mentions
from reaffirm.language.parse import parse
from reaffirm.model import Field
from reaffirm.resolve.neighbours import PERSON, RULE, Gathering, Participant, borrowed, gathering, same_meeting
from reaffirm.resolve.voices import voices

if TYPE_CHECKING:
    from reaffirm.model import Document, Voice

TITLE = "The Straits Security Dialogue"
FULL = (
    "Velmaran Foreign Secretary Elna Marsten, Velmaran Defence Secretary Joan Ferrand, Saorenese Foreign Minister Lise Ondaro and "
    "Saorenese Defence Minister Dorun Keshiwa met in Ostrel."
)
FOUR = ("Dorun Keshiwa", "Elna Marsten", "Joan Ferrand", "Lise Ondaro")
BOTH = ("Saoren", "Velmara")
DAY = "2034-01-22"


def told(*paragraphs: str, name: str = "D-0", day: str | None = None, published: str | None = None, genre: str = "news report") -> Document:
    """A document about the dialogue, with the days that its card gives."""
    document = scene(*paragraphs, title=TITLE, day=day, genre=genre)
    card = replace(document.card, published=Field(published, "stated")) if published else document.card
    return replace(document, id=name, card=card)


def of(document: Document) -> Gathering:
    return gathering(document, mentions(document, PACKS), PACKS)


def lent(document: Document, *others: Document) -> dict[str, Voice]:
    """The voices that change when others are known, by the words of the source."""
    named = mentions(document, PACKS)
    rows = statements(document, parse(document), PACKS)
    pairs = list(zip(rows, voices(document, rows, named, PACKS), strict=True))
    words = {row.id: row.source.exact for row in rows if row.source}
    return {words[v.statement]: v for v in borrowed(of(document), pairs, [of(other) for other in others], PACKS, document.text)}


ACCOUNT = told(FULL, name="D-1", day=DAY)


@pytest.mark.parametrize("source", ["The four ministers", "The ministers", "The joint statement"])
def test_members_come_from_the_document_that_names_them(source: str) -> None:
    voice = lent(told(f"{source} said the port was open.", day=DAY), ACCOUNT)[source]
    assert (voice.speakers, voice.external, voice.parties) == (FOUR, (), BOTH)
    assert (voice.certainty, voice.rule) == ("probable", RULE)
    assert {e.document for o in voice.offices for e in o.evidence if hasattr(e, "document")} == {"D-1"}
    assert {o.basis for o in voice.offices} == {"inferred"}


def test_only_those_are_lent_whom_the_words_mean() -> None:
    assert lent(told("The foreign ministers said the port was open.", day=DAY), ACCOUNT)["The foreign ministers"].speakers == (
        "Elna Marsten",
        "Lise Ondaro",
    )


@pytest.mark.parametrize("source", ["The two countries", "Both sides", "The Velmaran side", "The five ministers"])
def test_states_and_wrong_counts_borrow_nobody(source: str) -> None:
    assert lent(told(f"{source} said the port was open.", day=DAY), ACCOUNT) == {}


def test_a_document_that_names_its_members_borrows_nobody() -> None:
    assert lent(told(FULL, "The four ministers said the port was open.", day=DAY), ACCOUNT) == {}


def test_neighbours_that_disagree_lend_nobody() -> None:
    other = told(FULL.replace("Joan Ferrand", "Piers Haldor"), name="D-2", day=DAY)
    assert lent(told("The four ministers said the port was open.", day=DAY), ACCOUNT, other) == {}


def test_two_neighbours_may_each_name_some() -> None:
    one = told("Velmaran Foreign Secretary Elna Marsten and Velmaran Defence Secretary Joan Ferrand met them.", name="D-1", day=DAY)
    two = told("Saorenese Foreign Minister Lise Ondaro and Saorenese Defence Minister Dorun Keshiwa met them.", name="D-2", day=DAY)
    text = told("The four ministers said the port was open.", day=DAY)
    assert lent(text, one) == {}
    assert lent(text, one, two)["The four ministers"].speakers == FOUR
    assert lent(text, one, two) == lent(text, two, one)


@pytest.mark.parametrize(
    ("own", "same"),
    [
        ({"day": DAY}, True),
        ({"day": "2034-01"}, True),
        ({"day": "2034"}, False),
        ({"day": "2034-01-23"}, False),
        ({"published": "2034-01-22"}, True),
        ({"published": "2034-02-05"}, True),
        ({"published": "2034-02-06"}, False),
        ({"published": "2034-01-21"}, False),
        ({"published": "2034-01"}, False),
        ({}, False),
    ],
)
def test_days_that_agree(own: dict[str, str], same: bool) -> None:  # noqa: FBT001
    one = of(told("The ministers met.", **own))
    assert same_meeting(one, of(ACCOUNT)) is same
    assert same_meeting(of(ACCOUNT), one) is same


def test_an_undated_text_is_of_the_meeting_whose_principal_it_names() -> None:
    assert same_meeting(of(told("Velmaran Foreign Secretary Elna Marsten left.")), of(ACCOUNT))
    assert not same_meeting(of(told("Velmaran Defence Secretary Piers Haldor left.")), of(ACCOUNT))


def test_no_document_is_its_own_neighbour() -> None:
    assert not same_meeting(of(ACCOUNT), of(ACCOUNT))


def test_what_can_be_the_same_meeting_shares_a_key() -> None:
    assert of(ACCOUNT).keys == ("Saoren|Velmara|straits-security-dialogue", "Saoren|Velmara|2034-01")
    assert set(of(told("The ministers met.")).keys) & set(of(ACCOUNT).keys)
    alone = Gathering("D-3", None, (DAY,), None, frozenset({"Saoren"}), (), (Participant("Lise Ondaro", "Saoren", "foreign"),))
    assert alone.keys == ()


NEW = told("Velmaran Foreign Secretary Ana Quill met the Foreign Minister of Saoren, Rui de los Llanos.", name="D-1", day=DAY)


@pytest.mark.parametrize(
    ("text", "source", "name", "state"),
    [
        ("Secretary Quill said it rained.", "Secretary Quill", "Ana Quill", "Velmara"),
        ("Minister de los Llanos said it rained.", "Minister de los Llanos", "Rui de los Llanos", "Saoren"),
        ("Mr Rui de los Llanos said it rained.", "Mr Rui de los Llanos", "Rui de los Llanos", "Saoren"),
    ],
)
def test_a_person_is_introduced_by_the_document_that_gives_name_and_state(text: str, source: str, name: str, state: str) -> None:
    voice = lent(told(text, day=DAY), NEW)[source]
    assert (voice.speakers, voice.parties, voice.rule) == ((name,), (state,), PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "Ms Tamsin Quill said it rained.",  # another given name
        "Drevonian Foreign Minister Quill said it rained.",  # another state
        "Mr Obrek said it rained.",
    ],
)
def test_nobody_is_taken_for_a_namesake(text: str) -> None:
    assert lent(told(text, day=DAY), NEW) == {}


def test_the_ministers_of_another_year_are_those_who_met_then() -> None:
    earlier = told(FULL.replace("Joan Ferrand", "Piers Haldor"), name="D-2", day="2033-05-02")
    text = told(FULL, "In 2033 the four ministers agreed to dredge. The ministers also agreed to trade.", day=DAY)
    changed = lent(text, earlier)
    assert changed["the four ministers"].speakers == tuple(sorted({*FOUR, "Piers Haldor"} - {"Joan Ferrand"}))
    assert set(changed) == {"the four ministers"}
    assert lent(told("Last year the ministers agreed to dredge.", day=DAY), earlier)["the ministers"].rule == RULE
    assert lent(told("Last year the ministers agreed to dredge.", day=DAY), ACCOUNT) == {}
