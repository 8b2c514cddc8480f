"""Where quoted words stand: what joins a cue to its act, what stood before words that point back, what is quoted with them."""

from __future__ import annotations

import pytest

from reaffirm.briefing.scene import Scene
from reaffirm.linking.sentences import sentences
from reaffirm.model import Span


def told(text: str, *words: str) -> tuple[Scene, list[Span]]:
    """A scene of one text, and the first places of some words in it."""
    scene = Scene({}, {"D-1": tuple(Span("D-1", a, b, text[a:b]) for a, b in sentences(text))})
    return scene, [Span("D-1", text.index(each), text.index(each) + len(each), each) for each in words]


@pytest.mark.parametrize(
    ("text", "cue", "act", "joint"),
    [
        ("The two sides agreed that ferries will run in May.", "agreed", "ferries will run in May", "that"),
        ("The two sides agreed to run ferries.", "agreed", "to run ferries", ""),
        ("The two sides agreed, at long last, that ferries will run.", "agreed", "ferries will run", ""),
    ],
)
def test_one_word_joins_a_cue_to_its_act(text: str, cue: str, act: str, joint: str) -> None:
    scene, (first, second) = told(text, cue, act)
    assert scene.joint(first, second) == joint


@pytest.mark.parametrize(
    ("text", "cue", "act", "before"),
    [
        ("Our boats lie at Port Tessel. We will keep them there.", "will", "keep them there", "Our boats lie at Port Tessel."),
        (
            "The two sides praised the drill of last autumn and agreed to repeat it.", "agreed", "to repeat it",
            "The two sides praised the drill of last autumn and",
        ),
        (
            "They work on the law of the harbours, which the government intends to finish next year.", "intends", "to finish next year",
            "They work on the law of the harbours, which the government",
        ),
        ("Our boats lie at Port Tessel. We will begin this summer.", "will", "begin this summer", None),
        ("Our boats lie at Port Tessel. We will tell the council what it has done.", "will", "tell the council what it has done", None),
        ("II. Boats. We will keep them.", "will", "keep them", None),
        ("We will keep them.", "will", "keep them", None),
        (
            "Our boats lie here. We will protect the reef, the shoals round the reef and the air above them.", "will",
            "protect the reef, the shoals round the reef and the air above them", None,
        ),
    ],
)  # fmt: skip
def test_words_that_point_back_have_what_stands_before_them(text: str, cue: str, act: str, before: str | None) -> None:
    scene, (first, second) = told(text, cue, act)
    found = scene.before(second, first)
    assert (found.exact if found else None) == before
    assert found is None or text[found.start : found.end] == found.exact


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("Velmara helps, and nobody should doubt that.", ("should", "doubt that"), "nobody should doubt that"),
        ("The council must act.", ("The council", "must", "act"), "The council must act"),
        ("The council must publish the rules of the harbour and close the gate.", ("must", "close the gate"), None),
    ],
)
def test_words_of_one_clause_are_quoted_together(text: str, words: tuple[str, ...], whole: str | None) -> None:
    scene, spans = told(text, *words)
    found = scene.whole(spans, 240)
    assert (found.exact if found else None) == whole


def test_of_a_document_whose_sentences_are_not_known_nothing_is_told() -> None:
    _, (act,) = told("We will keep them there.", "keep them there")
    assert (Scene({}).before(act), Scene({}).whole([act], 240), Scene({}).sentence(act)) == (None, None, None)
