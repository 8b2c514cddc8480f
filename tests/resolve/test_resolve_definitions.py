"""Words by which a text says that it will call its persons."""

from __future__ import annotations

import pytest
from resolve_scenes import PACKS, scene, spoken

from reaffirm.language.names import mentions
from reaffirm.resolve.definitions import definitions

BOTH = "Energy Minister Ana Duarte of Velmara met Ms Rui Castell of Saoren"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BOTH} (“the Ministers”).", {"ministers": ("Ana Duarte", "Rui Castell")}),
        (f"{BOTH} (hereafter “the Ministers”).", {"ministers": ("Ana Duarte", "Rui Castell")}),
        (f"{BOTH} (hereinafter referred to as ‘the two Leaders’) in Ostrel.", {"leaders": ("Ana Duarte", "Rui Castell")}),
        (f"{BOTH}, collectively “the Principals”, in Ostrel.", {"principals": ("Ana Duarte", "Rui Castell")}),
        ("Mr Odo Brask went home. The Hon. Ana Duarte met Mr Rui Castell (the Sides).", {"sides": ("Ana Duarte", "Rui Castell")}),
        # one name is no collective; the word must be given as a name for them
        ("Ms Ana Duarte spoke (“the Ministers”).", {}),
        (f"{BOTH} (Ministers from two states).", {}),
        (f"{BOTH}, the Ministers, in Ostrel.", {}),
        (f"{BOTH}. They went home.", {}),
    ],
)
def test_the_words_that_a_text_defines(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    document = scene(text)
    assert dict(definitions(document, mentions(document, PACKS))) == expected


def test_a_defined_word_stands_for_its_persons() -> None:
    voice = spoken(scene(f"{BOTH} (“the Ministers”).", "The Ministers agreed to trade.", genre="joint statement"))["The Ministers"]
    assert (voice.speakers, voice.certainty) == (("Ana Duarte", "Rui Castell"), "certain")
