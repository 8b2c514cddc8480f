from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from resolve_scenes import PACKS

from reaffirm.model import Block, Document
from reaffirm.resolve.persons import PLURAL, cues, passage, we

if TYPE_CHECKING:
    from reaffirm.packs import PersonCue


def marked(words: str) -> tuple[Document, int, int]:
    """A document of one paragraph, and the extent of the pronoun that stands in <angle brackets>."""
    start, end = words.index("<"), words.index(">") - 1
    text = words.replace("<", "").replace(">", "")
    return Document("D-0", "", text, "", "test", blocks=(Block("paragraph", 0, len(text), ((0, len(text)),)),)), start, end


def kind(words: str, own: str | None = None) -> str:
    document, start, end = marked(words)
    return we(document, start, end, PACKS, own)


# The pack


@pytest.mark.parametrize("cue", PACKS.persons, ids=lambda cue: cue.id)
def test_a_cue_fits_its_examples_and_not_its_counterexamples(cue: PersonCue) -> None:
    def fits(words: str) -> bool:
        return cue in cues(passage(*marked(words)), PACKS)

    assert [words for words in cue.examples if not fits(words)] == []
    assert [words for words in cue.counterexamples if fits(words)] == []


@pytest.mark.parametrize("cue", PACKS.persons, ids=lambda cue: cue.id)
def test_a_cue_has_examples_and_a_weight_that_counts(cue: PersonCue) -> None:
    assert cue.examples
    assert cue.counterexamples
    assert 1 <= cue.weight <= 20


# Kinds


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<We> have ratified the treaty.", "delegation"),
        ("<We> welcome the truce and thank the ferrymen.", "delegation"),
        ("My country lies on the river. <We> know it well.", "delegation"),
        ("<Our> Government believes that the port must open.", "delegation"),
        ("<We> are grateful to all members of this Assembly.", "delegation"),
        ("The rain fell. <We> counted the boats.", "delegation"),
        ("<We> must act together, for our planet has no other river.", "inclusive"),
        ("<We>, the peoples, have decided to meet.", "inclusive"),
        ("<We> all agree that rivers rise.", "inclusive"),
        ("Let <us> agree that rivers rise.", "inclusive"),
        ("If <we> want to keep the peace, all nations must disarm.", "inclusive"),
        ("Humankind shares one river, and <we> know that no one can own it.", "inclusive"),
        ("Ten years ago, in this Hall, <we> adopted the Declaration.", "inclusive"),
        ("<We>, the small island States, ask for time.", "group"),
        ("Together with the other members of the league, <we> welcome the truce.", "group"),
        ("As <we> all know, rivers rise.", "generic"),
    ],
)
def test_whom_we_means(words: str, expected: str) -> None:
    assert kind(words) == expected


def test_the_speakers_own_state_beside_the_pronoun_speaks_for_the_delegation() -> None:
    words = "Velmara is a small land. <We> know that the world is wide."
    assert (kind(words), kind(words, "Velmara")) == ("inclusive", "delegation")


def test_a_line_break_in_a_sentence_is_white_space() -> None:
    assert kind("Together with the other\nmembers of the league,\n<we> welcome the truce.") == "group"


def test_the_sentences_beside_a_pronoun_stay_in_its_block() -> None:
    text = "All of us share one planet.\n\nWe know the river."
    blocks = (Block("paragraph", 0, 27, ((0, 27),)), Block("paragraph", 29, len(text), ((29, len(text)),)))
    found = passage(Document("D-0", "", text, "", "test", blocks=blocks), 29, 31)
    assert (found.before, found.lead, found.tail) == ("", "", "We know the river.")


def test_a_passage_is_the_sentence_and_its_neighbours() -> None:
    found = passage(*marked("It rained. The boats, as Mr. Varga says, are <ours> now. They leak."))
    assert (found.before, found.lead) == ("It rained.", "The boats, as Mr. Varga says, are ")
    assert (found.tail, found.behind) == ("ours now.", "They leak.")


@given(before=st.text(max_size=60), behind=st.text(max_size=60))
def test_every_place_has_a_kind(before: str, behind: str) -> None:
    text = f"{before} we {behind}"
    start = len(before) + 1
    document = Document("D-0", "", text, "", "test", blocks=(Block("paragraph", 0, len(text), ((0, len(text)),)),))
    assert we(document, start, start + 2, PACKS) in {"delegation", "inclusive", "group", "generic"}


@pytest.mark.parametrize(
    ("words", "plural"), [("we", True), ("Our", True), ("us all", True), ("we both", True), ("I", False), ("were", False)]
)
def test_what_is_a_first_person_plural(words: str, plural: bool) -> None:  # noqa: FBT001
    assert (PLURAL.fullmatch(words) is not None) is plural
