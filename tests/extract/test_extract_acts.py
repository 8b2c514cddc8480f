"""The ladder: own sentences marked beforehand, and a walk over the examples of the pack."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from extract_acts import BLIND, FORCE
from extract_marks import MARKS, PACKS, document, read
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.extract.acts import HIGHEST, LOWEST, denies, force, topic_only
from reaffirm.model import PackEntry, Span, Statement

if TYPE_CHECKING:
    from reaffirm.packs import Rung

RUNGS = {rung.id: rung for rung in PACKS.ladder}
EXAMPLES = [(rung.id, example) for rung in PACKS.ladder for example in rung.examples]
COUNTEREXAMPLES = [(rung.id, example) for rung in PACKS.ladder for example in rung.counterexamples]
MISSED = {
    # not read at all: an object that the entry does not list
    "The ministers recognised with concern the decline of the herring.",
    "The ministers took note with appreciation of the work of the pilots.",
    "The two navies vigorously protested the boarding of the trawler.",
    "The chair suggested a short recess.",
    # "name" is no verb of saying, so that the refusal is the cue, and its adverb lowers it
    "The consul politely declined to name the buyer.",
}
MARKED = [*FORCE, *BLIND]


def weighed(text: str, cue: str) -> list[tuple[str | None, int | None]]:
    return [(row.act, row.strength) for row in read(document(text)) if row.cue and row.cue.exact == cue]


@pytest.mark.parametrize(("text", "cue", "act", "strength"), [row for row in MARKED if row[0] not in MISSED])
def test_own_sentences_marked_beforehand(text: str, cue: str, act: str, strength: int) -> None:
    assert weighed(text, cue) == [(act, strength)]


def test_what_is_missed_is_still_missed() -> None:
    assert [text for text, cue, *expected in MARKED if text in MISSED and weighed(text, cue) == [tuple(expected)]] == []
    assert {text for text, *_ in MARKED} > MISSED
    assert (len(FORCE), len(BLIND), len(MISSED)) == (60, 40, 5)


def marked(example: str) -> tuple[str, str, str]:
    """The sentence of an example, its marked cue, and what it should be."""
    sentence, _, expected = example.partition(" = ")
    sentence = sentence if sentence.endswith(".") else f"{sentence}."
    found = re.search(r"\[(.+?)\]", sentence)
    assert found, example
    return sentence.translate(MARKS), found[1], expected


def used(rung: Rung, text: str, rows: tuple[Statement, ...], cue: str) -> bool:
    """Whether an entry has a say in the statement with that cue."""
    (row,) = [r for r in rows if r.cue and r.cue.exact == cue]
    if rung.kind == "topic":
        return topic_only(row, PACKS)
    if rung.kind == "denial":
        return any(r.factuality == "denied" for r in rows if r.nested_in == row.id)
    if rung.kind in {"carrier", "manner"}:
        return (row.act, row.strength) != entry(row) or bool(force(row, text, PACKS).steps)
    return f"ladder/{rung.id}" in force(row, text, PACKS).steps


def entry(row: Statement) -> tuple[str, int]:
    """Act and strength of the verb itself."""
    verb = next(v for v in PACKS.verbs if row.entry and v.id == row.entry.entry)
    return verb.act, verb.strength


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_of_the_ladder_is_read_by_its_entry(name: str, example: str) -> None:
    text, cue, expected = marked(example)
    rows = read(document(text))
    assert used(RUNGS[name], text, rows, cue)
    found = [f"{row.act} {row.strength}" for row in rows if row.cue and row.cue.exact == cue]
    assert not expected or found == [expected]


@pytest.mark.parametrize(("name", "example"), COUNTEREXAMPLES)
def test_a_counterexample_of_the_ladder_is_left_alone(name: str, example: str) -> None:
    text, cue, _ = marked(example)
    assert not used(RUNGS[name], text, read(document(text)), cue)


def test_every_entry_has_a_source_and_examples_and_names_what_is_there() -> None:
    known = {f"{pack}/{e.id}" for pack in ("verbs", "nouns") for e in getattr(PACKS, pack)}
    for rung in PACKS.ladder:
        assert rung.source
        assert rung.examples or rung.kind == "bare"
        assert rung.forms
        assert rung.kind != "topic" or set(rung.forms) <= known
        decides = rung.kind in {"noun", "refusal", "agreement", "question", "bare"}
        assert decides == (rung.act is not None) == (rung.strength is not None), rung.id


def made(words: str, rule: str = "frame.object", lemma: str = "express") -> tuple[Statement, str]:
    """A statement whose cue is its first word and whose content is the rest."""
    cue, _, content = words.partition(" ")
    spans = Span("D", 0, len(cue), cue, "cue"), Span("D", len(cue) + 1, len(words), content, "content")
    return Statement("S", "D", None, spans[0], spans[1:], "indirect", rule=rule, entry=PackEntry("verbs", lemma)), words


def test_the_steps_tell_what_decided() -> None:
    weight = force(*made("voiced their very deep concern about the dam", lemma="voice"), PACKS)
    assert (weight.act, weight.strength) == ("concern", 3)
    assert weight.steps == ("nouns/concern-attitude", "ladder/deeply", "ladder/strong")


@pytest.mark.parametrize(
    ("rule", "entry", "expected"),
    [
        ("turn.label", None, ("assertive", 1)),
        ("quote.text", None, ("assertive", 1)),
        ("quote.possessive", None, (None, None)),  # a slogan says nothing of how it was said
        ("frame.that", PackEntry("verbs", "not-there"), (None, None)),
    ],
)
def test_statements_without_a_cue_verb(rule: str, entry: PackEntry | None, expected: tuple[str | None, int | None]) -> None:
    row, text = made("said so")
    weight = force(replace(row, cue=None, rule=rule, entry=entry), text, PACKS)
    assert (weight.act, weight.strength) == expected


@given(st.lists(st.sampled_from(["deep", "some", "strong", "their", "grave", "mild", "concern", "about", "in", "the", "dam"]), max_size=9))
def test_strength_stays_on_the_ladder_and_moves_one_step_at_most(words: list[str]) -> None:
    row, text = made("voiced " + " ".join([*words, "things"]), lemma="voice")
    weight = force(row, text, PACKS)
    assert weight.strength is not None
    assert LOWEST <= weight.strength <= HIGHEST
    assert weight.act != "concern" or abs(weight.strength - 2) <= 1


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The envoys discussed the price of grain.", True),
        ("The envoys exchanged views on the price of grain.", True),
        ("The ministers reviewed the situation in the strait.", True),
        ("The ministers touched on the toll.", True),
        ("The consul raised the case of the jailed pilots.", True),
        ("The consul raised objections to the toll.", False),
        ("The envoys agreed on the price of grain.", False),
        ("The envoys said that grain is dear.", False),
        ("The envoys took note of the price of grain.", False),
    ],
)
def test_reports_of_a_topic_alone(text: str, topic: bool) -> None:  # noqa: FBT001
    assert [topic_only(row, PACKS) for row in read(document(text))] == [topic]


def test_a_denial_reaches_the_verbs_in_its_content_only() -> None:
    outer, inner = read(document("The premier denied that the envoy had promised a loan."))
    assert denies(outer, inner, PACKS)
    assert not denies(inner, outer, PACKS)
    assert not denies(replace(outer, factuality="denied"), inner, PACKS)  # who did not deny, denied nothing
    assert not denies(outer, replace(inner, rule="noun.nominal"), PACKS)
