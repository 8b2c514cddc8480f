"""What a text asks, judges, leaves open and guesses: the words of the pack first, then whose demands count."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm import packs
from reaffirm.extract.commitments import commitments
from reaffirm.extract.demands import demands
from reaffirm.extract.demands.askings import askings
from reaffirm.extract.demands.evaluations import evaluations, scales
from reaffirm.extract.demands.questions import doubts, inferences, questions
from reaffirm.extract.demands.wishes import lore
from reaffirm.extract.lexicon import lexicon
from reaffirm.extract.statements import statements
from reaffirm.language.parse import parse, parse_text
from reaffirm.model import Block, Card, Document, Field, Genre, Label
from reaffirm.text import text_sha256

if TYPE_CHECKING:
    from reaffirm.packs import Asking
    from reaffirm.readings import Demand, DemandClass

KNOWLEDGE = packs.load()
KNOWN = packs.load()
ENTRIES = (*KNOWN.askings, *KNOWN.judgements, *KNOWN.questions, *KNOWN.hedges)
SPEAKERS = lexicon(KNOWLEDGE).speakers


def document(text: str, genre: Genre = "editorial", title: str = "", turn: str = "") -> Document:
    """A document of one paragraph, with a title before it, or as the turn of somebody."""
    head = f"{title}\n\n" if title else f"{turn}: " if turn else ""
    whole = head + text
    blocks = [Block("title", 0, len(title), ((0, len(title)),))] if title else []
    label = Label(0, len(turn), len(turn), len(turn) + 1) if turn else None
    blocks.append(Block("turn" if turn else "paragraph", 0 if turn else len(head), len(whole), ((len(head), len(whole)),), label))
    return Document("D-t", "", whole, text_sha256(whole), "text", blocks=tuple(blocks), card=Card(genre=Field(genre, "stated")))


def rows(doc: Document) -> tuple[Demand, ...]:
    """The rows of a document."""
    parsed = parse(doc)
    return demands(doc, parsed, statements(doc, parsed, KNOWLEDGE), KNOWLEDGE)


def asked(doc: Document) -> list[tuple[str | None, str]]:
    """The demands as (modality, action)."""
    return [(r.modality.exact if r.modality else None, r.action.exact) for r in rows(doc) if r.kind == "demand"]


def actions(doc: Document, kind: DemandClass) -> list[str]:
    """The actions of one class."""
    return [r.action.exact for r in rows(doc) if r.kind == kind]


def read(sentence: str, entry: Asking) -> list[str]:
    """The actions that the readers of single sentences find by one entry."""
    found = []
    for parsed in parse_text(sentence):
        drafts = chain(
            askings(parsed, lore(ENTRIES, SPEAKERS)),
            (draft for draft, _ in evaluations(parsed, scales(ENTRIES))),
            questions(parsed, doubts(ENTRIES)),
            inferences(parsed, doubts(ENTRIES)),
        )
        found += [sentence[slice(*d.action)] for d in drafts if entry.frame == "booster" or d.entry.id == entry.id]
    return found


EXAMPLES = [(e, x) for e in ENTRIES for x in e.examples]
COUNTER = [(e, x) for e in ENTRIES for x in e.counterexamples]


@pytest.mark.parametrize(("entry", "example"), EXAMPLES, ids=[f"{e.id}-{n}" for n, (e, _) in enumerate(EXAMPLES)])
def test_every_example_of_the_pack_is_read_as_marked(entry: Asking, example: str) -> None:
    assert read(re.sub(r"[{}]", "", example), entry) == re.findall(r"\{(.*?)\}", example)


@pytest.mark.parametrize(("entry", "example"), COUNTER, ids=[f"{e.id}-{n}" for n, (e, _) in enumerate(COUNTER)])
def test_no_counterexample_of_the_pack_is_read_by_its_entry(entry: Asking, example: str) -> None:
    assert read(example, entry) == []


# Whose demands count


@pytest.mark.parametrize(
    ("text", "genre", "wanted"),
    [
        ("Ruvia must open the gates.", "editorial", [("must", "open the gates")]),
        ("Ruvia must open the gates.", "news report", []),
        ("Ruvia said that Halle must open the gates.", "editorial", []),
        ("“Halle must open the gates,” the ferryman said.", "editorial", []),
        ("The Ministers stressed that Halle must open the gates.", "joint statement", []),
        ("We must open the gates.", "joint statement", []),
        ("The ministers urged Ruvia to open the gates.", "joint statement", [("urged", "open the gates")]),
        ("The Lake Council urged Ruvia to open the gates.", "news report", [("urged", "open the gates")]),
        ("The Lake Council urged Ruvia to open the gates.", "editorial", []),
        ("My delegation believes that Ruvia should open the gates.", "remarks", [("should", "open the gates")]),
        ("The gates, which Ruvia must open, are old.", "editorial", []),
        ("If Ruvia must open the gates, it will.", "editorial", []),
        ("Because Ruvia must open the gates, we wait.", "editorial", [("must", "open the gates")]),
        ("It is important for the lake that Ruvia withdraw.", "editorial", [("It is important for the lake that", "withdraw")]),
        ("It is no longer necessary to wait.", "editorial", []),
        ("It is important to note that the lake is low.", "editorial", []),
        ("It is essential that the terms be clarified.", "editorial", [("It is essential that", "the terms be clarified")]),
        ("The terms must be read and signed.", "editorial", [("must", "The terms must be read and signed")]),
        ("This will require Ruvia to act.", "editorial", [("will require", "act")]),
        ("Nobody knows what Ruvia should do.", "editorial", []),
        ("Should Ruvia open the gates?", "editorial", []),
        ("Ruvia should act, while Halle must wait.", "editorial", [("should", "act"), ("must", "wait")]),
        ("Ruvia must open the gates, as nobody else can.", "editorial", [("must", "open the gates")]),
    ],
)
def test_only_the_writers_and_speakers_own_demands_count(text: str, genre: Genre, wanted: list[tuple[str, str]]) -> None:
    assert asked(document(text, genre)) == wanted


def test_in_a_turn_the_speaker_demands_even_where_all_agreed() -> None:
    found = rows(document("We agreed that the pilots need to train together.", "gist", turn="Minister Oru"))
    assert [(r.action.exact, r.target and r.target.exact, r.holder) for r in found if r.kind == "demand"] == [
        ("train together", "the pilots", None)
    ]


def test_a_demand_of_a_source_names_it_and_is_the_statement_of_the_same_words() -> None:
    doc = document("The ministers urged Ruvia to open the gates.", "joint statement")
    (found,) = rows(doc)
    said = {s.id: s for s in statements(doc, parse(doc), KNOWLEDGE)}
    assert found.holder is not None
    assert found.target is not None
    assert (found.holder.exact, found.target.exact) == ("The ministers", "Ruvia")
    cue = said[found.statement or ""].cue
    assert cue is not None
    assert cue.exact == "urged"


# What a row says


@pytest.mark.parametrize(
    ("text", "strength", "polarity", "target"),
    [
        ("Ruvia must act.", 4, "positive", "Ruvia"),
        ("Ruvia urgently needs to act.", 4, "positive", "Ruvia"),
        ("It will not be possible for Ruvia to wait.", 4, "negative", "Ruvia"),
        ("It will not be possible for Ruvia not to act.", 4, "positive", "Ruvia"),
        ("Ruvia needs to act.", 3, "positive", "Ruvia"),
        ("It is essential that Ruvia withdraw.", 3, "positive", "Ruvia"),
        ("Ruvia should not act.", 2, "negative", "Ruvia"),
        ("Ruvia should never act.", 2, "negative", "Ruvia"),
        ("Ruvia, which owns the gates, must act.", 4, "positive", "Ruvia"),
        ("Nobody should wait.", 2, "negative", "Nobody"),
        ("The two towns are urged to act.", 2, "positive", "The two towns"),
        ("It is hoped that Ruvia will act.", 1, "positive", "Ruvia"),
        ("It is important to act.", 2, "positive", None),
        ("The gates must be opened.", 4, "positive", None),
    ],
)
def test_strength_polarity_and_target_follow_the_words(text: str, strength: int, polarity: str, target: str | None) -> None:
    (found,) = (r for r in rows(document(text)) if r.kind == "demand")
    assert (found.strength, found.polarity, found.target and found.target.exact) == (strength, polarity, target)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Strengthen the bridge", [("Strengthen", "Strengthen the bridge")]),
        ("EDITORIAL: Ministers must open the gates", [("must", "open the gates")]),
        ("A bridge for the north", []),
        ("Why strengthen the bridge?", []),
    ],
)
def test_a_title_asks_in_the_imperative_or_with_a_modality(title: str, wanted: list[tuple[str, str]]) -> None:
    assert asked(document("The lake is calm.", title=title)) == wanted


def test_a_title_of_a_report_asks_nothing() -> None:
    assert asked(document("The lake is calm.", "news report", title="Strengthen the bridge")) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The accord is a clear success.", [("a clear success", "positive")]),
        ("The accord is not a success.", [("not a success", "negative")]),
        ("It is regrettable that the ferry sank.", [("regrettable", "negative")]),
        ("The talks would be a waste.", [("would be a waste", "negative")]),
        ("This is important for the lake, and we welcome it.", [("important for the lake", "positive"), ("welcome it", "positive")]),
        ("The ferry, which is a danger, was sold.", []),
        ("Although the ferry is a danger, it was sold.", []),
        ("Halle said that the ferry was a danger.", []),
        ("The growing danger was on all minds.", []),
    ],
)
def test_judgements_are_the_predicates_of_clauses_that_count(text: str, wanted: list[tuple[str, str]]) -> None:
    found = rows(document(text))
    assert [(r.action.exact, r.polarity) for r in found if r.kind == "evaluation"] == wanted


def test_the_thing_judged_is_kept_beside_the_judgement() -> None:
    first, second = rows(document("The ferry is a danger. It is regrettable that the ferry sank."))
    assert [r.object and r.object.exact for r in (first, second)] == ["The ferry", "that the ferry sank"]


def test_a_report_judges_nothing_but_its_speakers_do() -> None:
    words = "The accord is a clear success."
    assert actions(document(words, "news report"), "evaluation") == []
    assert actions(document(words, "gist", turn="Minister Oru"), "evaluation") == ["a clear success"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Who will pay for the bridge?", ["Who will pay for the bridge?"]),
        ("Did they meet, and what did they say?", ["Did they meet", "what did they say?"]),
        ("It remains to be seen whether the bridge will hold.", ["whether the bridge will hold"]),
        ("Whether the bridge will hold is unclear.", ["Whether the bridge will hold"]),
        ("We know what the bridge can bear.", []),
    ],
)
def test_questions_are_direct_or_left_open(text: str, wanted: list[str]) -> None:
    assert actions(document(text), "question") == wanted


def test_the_words_of_a_question_are_no_judgement() -> None:
    found = rows(document("Whether the bridge is a danger is unclear."))
    assert [r.kind for r in found] == ["question"]


def test_guesses_are_an_opinions_own() -> None:
    words = "The delay may reflect pressure from the ferrymen."
    assert actions(document(words), "inference") == ["may reflect pressure from the ferrymen"]
    assert actions(document(words, "remarks"), "inference") == []


# More ways to ask, and what is no guess


@pytest.mark.parametrize(
    ("text", "genre", "wanted"),
    [
        ("Stop the secrecy, and start talking to the islands.", "editorial", ["Stop the secrecy", "start talking to the islands"]),
        ("Consider the ferry.", "editorial", []),
        ("Do not expect miracles.", "editorial", []),
        ("Stop the secrecy.", "news report", []),
        ("Our diplomats have to explain this.", "editorial", ["explain this"]),
        ("The government has to publish the survey.", "editorial", ["publish the survey"]),
        ("It is time to tell the voters the truth.", "editorial", ["tell the voters the truth"]),
        ("The council should create conditions for talks, not add fuel.", "editorial", ["create conditions for talks", "not add fuel"]),
        ("We hope to end this, if our partners are ready.", "editorial", []),
        ("The premier urged Ruvia to open the gates.", "gist", ["open the gates"]),
        ("Member towns are encouraged to contribute to the fund.", "communique", ["contribute to the fund"]),
    ],
)
def test_more_ways_to_ask(text: str, genre: Genre, wanted: list[str]) -> None:
    assert [action for _, action in asked(document(text, genre))] == wanted


def test_what_is_asked_not_to_be_done_is_negative() -> None:
    found = rows(document("The council should create conditions for talks, not add fuel."))
    assert [r.polarity for r in found if r.kind == "demand"] == ["positive", "negative"]


def test_a_passive_asks_its_agent() -> None:
    (row,) = rows(document("The siege must be lifted by Ruvia."))
    assert row.target is not None
    assert row.target.exact == "Ruvia"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ministers may fear the voters.", ["may fear the voters"]),
        ("The survey may highlight the toll.", []),
        ("The silence could simply reflect fatigue.", ["could simply reflect fatigue"]),
        ("Ruvia could lend two tugs.", []),
        ("Nobody seems to know the toll.", []),
    ],
)
def test_a_guess_is_of_a_motive_or_an_effect(text: str, wanted: list[str]) -> None:
    assert actions(document(text), "inference") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The visit was a missed opportunity.", "negative"),
        ("The promise is not enough.", "negative"),
        ("Our finances are in a difficult state.", "negative"),
    ],
)
def test_the_tone_of_a_judgement(text: str, wanted: str) -> None:
    assert [r.polarity for r in rows(document(text)) if r.kind == "evaluation"] == [wanted]


def test_a_demand_names_the_commitment_that_its_words_also_are() -> None:
    doc = document("We agreed that the pilots need to train together.", "gist", turn="Minister Oru")
    parsed = parse(doc)
    said = statements(doc, parsed, KNOWLEDGE)
    promised = commitments(doc, parsed, said, (), KNOWLEDGE)
    (row,) = (r for r in demands(doc, parsed, said, KNOWLEDGE, promised) if r.kind == "demand")
    assert [row.commitment] == [c.id for c in promised if "train together" in c.action.exact]
    assert [r.commitment for r in rows(doc) if r.kind == "demand"] == [None]


# Properties


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([re.sub(r"[{}]", "", x) for _, x in EXAMPLES] + [x for _, x in COUNTER]), min_size=1, max_size=6))
def test_every_span_is_in_the_text_and_no_row_is_given_twice(sentences: list[str]) -> None:
    doc = document(" ".join(sentences))
    found = rows(doc)
    spans = [s for r in found for s in (r.action, r.modality, r.target, r.object, r.holder) if s]
    assert all(doc.text[s.start : s.end] == s.exact for s in spans)
    assert all(s.exact and s.exact == s.exact.strip() for s in spans)
    assert len({r.id for r in found}) == len(found)
    assert list(found) == sorted(found, key=lambda r: r.action.start)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=120))
def test_no_text_breaks_the_readers(text: str) -> None:
    body = text.strip() or "-"
    found = rows(document(body, "remarks"))
    assert all(body[r.action.start : r.action.end] == r.action.exact for r in found)


# The entries


def test_entries_that_ask_have_a_strength_and_those_that_judge_a_polarity() -> None:
    words = {"exempt", "skipped", "law", "effect", "actor", "carrier", "copula"}
    assert all(e.strength for e in ENTRIES if e.kind == "demand" and e.frame not in words)
    assert {e.id for e in ENTRIES if e.kind == "evaluation" and e.frame not in words and not e.polarity} == {"growth"}
