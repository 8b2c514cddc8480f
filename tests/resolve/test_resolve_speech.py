from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from resolve_scenes import PACKS, scene, spoken

from reaffirm.language.names import mentions
from reaffirm.model import Field
from reaffirm.resolve.speech import Platform, own_state, platform

if TYPE_CHECKING:
    from reaffirm.model import Document

TITLE = "Statement by Foreign Minister Lise Ondaro of Saoren"


def speech(*paragraphs: str, title: str = "", author: str | None = None) -> Document:
    """A speech with a title and an author."""
    document = scene(*paragraphs, title=title, genre="remarks")
    return replace(document, card=replace(document.card, author=Field(author, "metadata"))) if author else document


# Whose speech


@pytest.mark.parametrize(
    ("title", "author", "text", "expected"),
    [
        (TITLE, None, "We meet again.", Platform("Lise Ondaro", "Saoren")),
        ("Address by President Edda Lorne", None, "We meet again.", Platform("Edda Lorne", "Velmara")),
        ("Statement by Velmara", None, "We meet again.", Platform(None, "Velmara")),
        ("Statement by the Permanent Representative of Drevonia to the Straits Community", None, "We meet.", Platform(None, "Drevonia")),
        ("Statement by the Southern Straits Community", None, "We meet again.", Platform(None, "Southern Straits Community")),
        ("General debate", None, "We in the Southern Straits Community meet again.", Platform()),
        ("General debate", "Elna Marsten", "We meet again.", Platform("Elna Marsten", "Velmara")),
        ("General debate", "Marsten Elna", "Elna Marsten spoke.", Platform("Elna Marsten", "Velmara")),
        ("General debate", None, "My country, Saoren, is small.", Platform(None, "Saoren")),
        ("General debate", None, "Saoren is far from Velmara.", Platform()),
        ("Statement on Velmara", None, "We meet again.", Platform()),
    ],
)
def test_whose_speech_it_is(title: str, author: str | None, text: str, expected: Platform) -> None:
    document = speech(text, title=title, author=author)
    assert platform(document, mentions(document, PACKS), PACKS) == expected


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("I speak on behalf of the Government and people of Saoren.", "Saoren"),
        ("On behalf of my delegation I thank the chair.", None),
        ("Velmara, my own country, has harbours.", "Velmara"),
        ("We in Velmara have harbours.", "Velmara"),
        ("The Saorenese delegation congratulates the chair.", "Saoren"),
        ("We in Velmara and we in Saoren have harbours.", None),
        ("We in Velmara wait. We in Velmara hope. My country, Saoren, waits.", "Velmara"),
    ],
)
def test_the_state_that_a_speaker_calls_the_own(text: str, state: str | None) -> None:
    assert own_state(speech(text), PACKS) == state


# I and we


@pytest.mark.parametrize(
    ("title", "text", "source", "speakers", "parties", "rule"),
    [
        (TITLE, "I believe that the port is open.", "I", ("Lise Ondaro",), ("Saoren",), "voice.author"),
        ("General debate", "I believe that the port is open.", "I", ("?I",), (), "voice.unknown"),
        ("Statement by Saoren", "I believe that the port is open.", "I", ("?I",), ("Saoren",), "voice.speaker-of-state"),
        (TITLE, "We welcome the truce.", "We", ("Saoren",), ("Saoren",), "voice.we-delegation"),
        ("General debate", "We welcome the truce.", "We", ("?We",), (), "voice.we-delegation"),
        (TITLE, "We all agree that the port is open.", "We all", ("?We all",), (), "voice.we-inclusive"),
        (TITLE, "There is persistence in what we call hope.", "we", ("?we",), (), "voice.we-generic"),
        (
            TITLE, "Together with the other members of the Southern Straits Community, we welcome the truce.", "we",
            ("Southern Straits Community",), ("Southern Straits Community",), "voice.we-group",
        ),
    ],
)  # fmt: skip
def test_the_first_person_of_a_speech(
    title: str, text: str, source: str, speakers: tuple[str, ...], parties: tuple[str, ...], rule: str
) -> None:
    found = spoken(speech(text, title=title))
    assert (found[source].speakers, found[source].parties, found[source].rule) == (speakers, parties, rule)


def test_an_inclusive_we_in_a_quotation_is_not_the_person_quoted() -> None:
    text = "“We all agree that rivers rise,” Odo Brask, the harbour master, said."
    found = spoken(scene(text))
    assert (found["We all"].speakers, found["Odo Brask, the harbour master"].speakers) == (("?We all",), ("Odo Brask",))
