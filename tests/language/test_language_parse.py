from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm.language.parse import LONGEST, calm, lemma, model, model_name, parse, parse_text, squeeze
from reaffirm.model import Block, Document

if TYPE_CHECKING:
    from reaffirm.language.parse import Parse
    from reaffirm.model import BlockKind


def document(*pieces: tuple[BlockKind, str]) -> Document:
    """A document of blocks, one a paragraph, a blank line between them."""
    starts = itertools.accumulate((len(words) + 2 for _, words in pieces), initial=0)
    blocks = tuple(
        Block(kind, start, start + len(words), ((start, start + len(words)),)) for (kind, words), start in zip(pieces, starts, strict=False)
    )
    text = "\n\n".join(words for _, words in pieces)
    return Document("D-t", "", text, "", "test", blocks=blocks)


def words(parsed: Parse) -> list[str]:
    return [" ".join(t.text for t in sentence.tokens) for sentence in parsed]


def letters(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in "[]\ufeff")


def check(parsed: Parse, text: str) -> None:
    """Every token stands in the text at its place; children and heads agree."""
    for sentence in parsed:
        assert sentence.tokens
        assert [t.i for t in sentence.tokens] == list(range(len(sentence.tokens)))
        edges = [edge for t in sentence.tokens for edge in (t.start, t.end)]
        assert edges == sorted(edges)
        assert 0 <= edges[0] <= edges[-1] <= len(text)
        for token in sentence.tokens:
            assert squeeze(text, token.start, token.end)[0] == token.text
            assert (token.head == token.i) != (token.i in sentence.children[token.head])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys met.", "The envoys met."),
        ("The  envoys\nmet.", "The envoys met."),
        ("The envoys\r\nmet.\r\n", "The envoys met."),
        ("The\u00a0envoys\u3000met.", "The envoys met."),
        ("\ufeffThe envoys met.", "The envoys met."),
        ("The [two] envoys", "The two envoys"),
        ("[T]he envoys []met", "The envoys met"),
        (" \t\n ", ""),
        ("", ""),
        ("[]", ""),
        ("😀 they\n\nmet", "😀 they met"),
    ],
)
def test_squeeze(text: str, expected: str) -> None:
    squeezed, offsets = squeeze(text, 0, len(text))
    assert squeezed == expected
    assert len(offsets) == len(squeezed)
    assert all(text[o] == c or (c == " " and (text[o].isspace() or text[o] == "\ufeff")) for c, o in zip(squeezed, offsets, strict=True))


@given(st.text(), st.data())
def test_squeeze_keeps_all_letters_of_an_extent_and_their_places(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    squeezed, offsets = squeeze(text, start, end)
    assert letters(squeezed) == letters(text[start:end])
    assert offsets == sorted(set(offsets))
    assert all(start <= o < end for o in offsets)
    assert "  " not in squeezed
    assert squeezed == squeezed.strip(" ")


PLAIN = ["The envoys met in the old harbour .", "They agreed to dredge the canal ."]


@pytest.mark.parametrize(
    "text",
    [
        "The envoys met in the old harbour. They agreed to dredge the canal.",
        "The envoys met in\nthe old harbour. They\nagreed to dredge the canal.",
        "The envoys met in\r\nthe old harbour.\r\nThey agreed to dredge\r\nthe canal.\r\n",
        "The\u00a0envoys met in the\u202fold harbour.  They agreed to\tdredge the canal.",
        "[The] envoys met in the old [har]bour. [They] agreed to dredge the canal[.]",
        "\ufeffThe envoys met in the old harbour. They agreed to dredge the canal.",
    ],
)
def test_line_ends_blanks_and_brackets_do_not_change_the_sentences(text: str) -> None:
    parsed = parse(document(("paragraph", text)))
    assert words(parsed) == PLAIN
    check(parsed, text)
    assert words(parse_text(text)) == PLAIN


def test_characters_beyond_the_first_plane_count_one() -> None:
    text = "𝒯he 😀 envoy 🇻🇺 Åse said that 𠮷野 agreed."
    parsed = parse_text(text)
    check(parsed, text)
    assert letters("".join(w for w in words(parsed))) == letters(text)


def test_blocks_that_are_no_prose_are_not_parsed() -> None:
    doc = document(
        ("title", "Ministers agree"), ("heading", "The sea"), ("furniture", "Share this."), ("caption", "The envoy smiled."),
        ("note", "By A."), ("standfirst", "They met."), ("paragraph", "The envoys met."), ("turn", "We agreed."),
        ("list item", "The rest is open."),
    )  # fmt: skip
    parsed = parse(doc)
    assert words(parsed) == ["The envoys met .", "We agreed .", "The rest is open ."]
    assert [s.block for s in parsed] == [6, 7, 8]


def test_a_turn_of_several_paragraphs_is_parsed_by_paragraph_without_its_label() -> None:
    text = "VARGA: We met.\n\nWe agreed."
    doc = Document("D-t", "", text, "", "test", blocks=(Block("turn", 0, len(text), ((7, 14), (16, 26))),))
    parsed = parse(doc)
    assert [(s.part, text[s.start : s.end]) for s in parsed] == [(0, "We met."), (1, "We agreed.")]


def test_an_empty_document_has_no_sentence() -> None:
    assert parse(Document("D-t", "", "", "", "test")) == ()
    assert parse_text(" \n ") == ()


@pytest.mark.parametrize(
    "paragraph",
    [
        "The envoys of the two river states met again. " * 500,
        "word " * 4_000,
        "x" * 20_000,
        ("The envoys met. " * 499 + "\n") * 2,
    ],
)  # fmt: skip
def test_a_very_long_paragraph_is_cut_and_nothing_is_lost(paragraph: str) -> None:
    assert len(paragraph) > LONGEST
    text = paragraph.strip()
    parsed = parse(document(("paragraph", text)))
    check(parsed, text)
    assert [t for s in parsed for t in (s.start, s.end)] == sorted(t for s in parsed for t in (s.start, s.end))
    assert letters("".join(words(parsed))) == letters(text)


@pytest.mark.parametrize(
    ("lead", "item", "expected"),
    [
        ("The Ministers:", "welcomed the accord on the locks;", ["The Ministers welcomed the accord on the locks"]),
        ("The Ministers:", "Welcomed the accord on the locks; and", ["The Ministers Welcomed the accord on the locks"]),
        ("They met. The Ministers:", "welcomed the accord,", ["The Ministers welcomed the accord"]),
        ("In this spirit the two sides decided:", "to dredge the canal; and", ["In this spirit the two sides decided to dredge the canal"]),
        ("In this spirit the two sides decided:", "The canal will be dredged.", ["The canal will be dredged ."]),
        ("The envoys met.", "welcomed the accord", ["welcomed the accord"]),
    ],
)
def test_an_item_of_a_list_goes_on_with_its_lead(lead: str, item: str, expected: list[str]) -> None:
    doc = document(("paragraph", lead), ("list item", item))
    parsed = parse(doc)
    assert words(tuple(s for s in parsed if s.block == 1)) == expected
    check(parsed, doc.text)


def test_every_item_of_a_list_has_the_lead_and_the_next_paragraph_has_not() -> None:
    doc = document(
        ("paragraph", "The Ministers:"),
        ("list item", "welcomed the accord;"),
        ("list item", "urged restraint."),
        ("paragraph", "They left."),
    )
    assert words(parse(doc))[1:] == ["The Ministers welcomed the accord", "The Ministers urged restraint .", "They left ."]


@pytest.mark.parametrize(
    "dateline",
    ["OSTREL — ", "OSTREL, Velmara -- ", "PORT AMARY, April 12 (Meridian) - ", "ZELMACH (Wire) – ", "ST. ALBA — ",
     "CAIRN, Oct. 2, 2033 (Wire) - "],
)
def test_a_dateline_is_not_parsed(dateline: str) -> None:
    text = f"{dateline}The envoys met on Monday."
    parsed = parse(document(("paragraph", text)))
    assert words(parsed) == ["The envoys met on Monday ."]
    check(parsed, text)


@pytest.mark.parametrize("text", ["The envoys met — on Monday.", "UN talks failed.", "Ostrel — a port — waits."])
def test_what_is_no_dateline_is_parsed(text: str) -> None:
    assert letters("".join(words(parse(document(("paragraph", text)))))) == letters(text)


@settings(deadline=None)
@given(st.text())
def test_tokens_of_any_text_lie_in_it_in_order_and_leave_nothing_out(text: str) -> None:
    parsed = parse(document(("paragraph", text)))
    check(parsed, text)
    assert letters("".join(words(parsed))) == letters(text)


pieces = st.lists(
    st.sampled_from([
        "The Ministers:", "welcomed the [two] accords;", "“We agree,” she said.", "OSTREL — ", "\r\n", "\n", "\u00a0", "𝒳",
        "and", " ", ". ",
    ])
)  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["paragraph", "list item", "turn", "note"]), pieces.map(lambda p: "".join(p).strip() or "It")), max_size=4
    )
)
def test_tokens_of_any_blocks_lie_in_them_in_order(blocks: list[tuple[BlockKind, str]]) -> None:
    doc = document(*blocks)
    check(parse(doc), doc.text)


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("said", "VBD", "say"), ("met", "VBN", "meet"), ("agreeing", "VBG", "agree"), ("reaffirms", "VBZ", "reaffirm"),
        ("was", "VBD", "be"),
        ("talks", "NNS", "talk"), ("concerns", "NNS", "concern"), ("countries", "NNS", "country"), ("meet", "VB", "meet"),
        ("ostrel", "NNP", "ostrel"), ("quickly", "RB", "quickly"), ("zxqwv", "VBD", "zxqwv"), ("", "NN", ""),
    ],
)  # fmt: skip
def test_lemmas_of_verbs_and_nouns(word: str, tag: str, expected: str) -> None:
    assert lemma(word, tag) == expected


def test_the_tree_of_a_sentence() -> None:
    (sentence,) = parse_text("The envoys of both states welcomed the accord.")
    verb = sentence.root
    assert verb.text == "welcomed"
    subject = sentence.kid(verb.i, "nsubj")
    assert subject is not None
    assert [sentence.tokens[i].text for i in sentence.below(subject.i)] == ["The", "envoys", "of", "both", "states"]
    assert sentence.kid(verb.i, "iobj") is None
    assert {t.text for t in sentence.kids(verb.i)} == {"envoys", "accord", "."}


def test_the_model_is_loaded_once_and_named() -> None:
    assert model() is model()
    assert "spacy 3." in model_name()


def test_a_numbered_point_may_lead_into_items_and_the_next_number_does_not_hang_on_it() -> None:
    lines = ["1. Marn and Ruvia:", "- agreed on a lock;", "- Will dredge the river.", "2. Marn will pay."]
    text = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        body = at + line.index(" ") + 1
        blocks.append(Block("list item", at, at + len(line), ((body, at + len(line)),)))
        at += len(line) + 1
    parsed = parse(Document("D-0", "", text, "", "test", blocks=tuple(blocks)))
    led = ["Marn and Ruvia agreed on a lock", "Marn and Ruvia Will dredge the river ."]
    assert words(parsed) == ["Marn and Ruvia :", *led, "Marn will pay ."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Council STRESSES that NATO must act.", "The Council stresses that NATO must act."),
        ("It CALLS ON Marn to stop.", "It calls on Marn to stop."),
        ("The Council INVITES the Commission to report.", "The Council invites the Commission to report."),
        ("ASEAN and UNESCO met.", "ASEAN and UNESCO met."),
        ("JOINT STATEMENT ISSUED TODAY", "JOINT STATEMENT ISSUED TODAY"),
    ],
)
def test_verbs_in_capitals_are_read_as_verbs(text: str, expected: str) -> None:
    assert calm(text) == expected


def test_a_council_leads_over_its_recitals_into_its_decisions() -> None:
    doc = document(
        ("paragraph", "The Council,"),
        ("paragraph", "Recalling its earlier texts,"),
        ("list item", "Decides to send a mission;"),
        ("list item", "Calls upon Marn to stop."),
        ("paragraph", "It rained."),
        ("list item", "Open till nine."),
    )
    led = ["The Council Decides to send a mission", "The Council Calls upon Marn to stop ."]
    assert words(parse(doc)) == ["The Council ,", "Recalling its earlier texts ,", *led, "It rained .", "Open till nine ."]


@pytest.mark.parametrize(
    ("text", "verb", "head"),
    [
        ("They reiterated that the pact holds and pledged to keep it.", "pledged", "reiterated"),
        ("They reiterated that the pact held and kept the peace.", "kept", "held"),
        ("They noted that ten boats have been sold, and pledged to sell the rest.", "pledged", "noted"),
        ("They noted with joy that the board has met, and pledged to join it.", "pledged", "noted"),
    ],
)
def test_a_verb_of_the_past_hangs_on_the_verb_that_said_it(text: str, verb: str, head: str) -> None:
    (sentence,) = parse_text(text)
    token = next(t for t in sentence.tokens if t.text == verb)
    assert sentence.tokens[token.head].text == head


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("They will co-host a fair.", "co-host", "co-host"),
        ("They re-opened the lock.", "re-opened", "re-open"),
        ("They vowed to de-escalate.", "de-escalate", "de-escalate"),
        ("It is a well-known lock.", "well", "well"),
    ],
)
def test_a_word_with_such_a_beginning_is_one(text: str, word: str, lemma: str) -> None:
    (sentence,) = parse_text(text)
    assert [t.lemma for t in sentence.tokens if t.text == word] == [lemma]
