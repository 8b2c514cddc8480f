from __future__ import annotations

import pytest
from extract_marks import document, mark, marked, plain, read


@pytest.mark.parametrize(
    ("expected", "directness"),
    [
        # before, after, around
        ("{“We will not sign this text,”} <the envoy> [said].", "direct"),
        ("{“We will not sign this text,”} [said] <the envoy>.", "direct"),
        ("<The envoy> [said], {“We will not sign this text.”}", "direct"),
        ("<The envoy> [said]: {“We will not sign this text.”}", "direct"),
        ("{“We will not sign,”} <the envoy> [said], {“until the raid ends.”}", "direct"),
        ('{"We will not sign this text,"} <the envoy> [said].', "direct"),
        ("{‘We will not sign this text,’} <the envoy> [said].", "direct"),
        ("{'We will not sign this text,'} <the envoy> [said].", "direct"),
        ("{“Will you sign this text?”} <the envoy> [asked].", "direct"),
        ("{“Never!”} <the envoy> [said].", "direct"),
        ("{“We will not sign this text,”} <the envoy> [told] reporters on Monday.", "direct"),
        # continued behind the full stop
        ("{“We will not sign this text,”} <the envoy> [said]. {“The raid must end first.”}", "direct"),
        # words of others within indirect speech
        ("<The envoy> [said] that {the text was “a slap in the face” of her people}.", "mixed"),
        ("<The envoy> [described] {the text as “a slap in the face”}.", "mixed"),
        ("<The envoy> [said] that {the text was “dead”}.", "indirect"),
        ("<The envoy> [said] that {the text was dead}.", "indirect"),
        # a slogan with its owner
        ("The voters were tired of <the old council’s> {“harbour first”} and stayed at home.", "scare"),
    ],
)
def test_quotations_have_their_speakers(expected: str, directness: str) -> None:
    assert marked(plain(expected)) == [expected]
    assert [row.directness for row in read(document(plain(expected)))] == [directness]


@pytest.mark.parametrize(
    "text",
    [
        "The “harbour first” voters stayed at home.",
        "A ship called “Patience” left the port.",
        "“We will sign.” The rain fell on the harbour all that week and all the next.",
        "The envoy should say “we will sign” now.",
    ],
)
def test_a_quotation_without_a_speaker_is_none(text: str) -> None:
    assert [m for m in marked(text) if "{“" in m] == []


def test_a_quotation_over_two_sentences_is_one_content() -> None:
    expected = "{“We will not sign. The raid must end first,”} <the envoy> [said]."
    assert marked(plain(expected)) == [expected]


def test_a_quotation_that_runs_on_over_paragraphs_has_its_first_part() -> None:
    expected = "<The envoy> [said]: {“We will not sign this text.}\n\n“The raid must end first.”"
    assert marked(plain(expected))[0] == expected


def test_a_statement_within_a_quotation_is_nested_and_stays_inside() -> None:
    text = "“The guild promised to open the yard,” the envoy said."
    outer, inner = read(document(text))
    assert marked(text) == [
        "{“The guild promised to open the yard,”} <the envoy> [said].",
        "“<The guild> [promised] {to open the yard},” the envoy said.",
    ]
    assert (outer.nested_in, inner.nested_in) == (None, outer.id)
    assert (outer.directness, inner.directness) == ("direct", "indirect")


def test_editors_brackets_stay_in_a_quotation() -> None:
    text = "“[We] will not sign [this] text,” the envoy said."
    (row,) = read(document(text))
    assert [s.exact for s in row.content] == ["“[We] will not sign [this] text,”"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The envoy said that [the council] would sign.", "[the council] would sign"),
        ("The envoy said the council would [not] sign.", "the council would [not] sign"),
        ("The envoy said the council would sign [the text].", "the council would sign [the text]"),
        ("The envoy said [that] the council would sign.", "the council would sign"),
    ],
)
def test_editors_brackets_stay_in_indirect_speech(text: str, content: str) -> None:
    (row,) = read(document(text))
    assert [s.exact for s in row.content] == [content]


@pytest.mark.xfail(
    strict=True, reason="a predicate in quotation marks loses its object: the parser does not see it, and the quotation alone is taken"
)
@pytest.mark.parametrize("words", ["a slap in the face", "absurd and late"])
def test_a_predicate_in_quotation_marks_keeps_its_object(words: str) -> None:
    assert marked(f"The envoy called the text “{words}”.") == [f"<The envoy> [called] {{the text “{words}”}}."]


@pytest.mark.xfail(strict=True, reason="a clause that is coordinated behind the closing mark is taken into the content")
def test_a_content_that_is_one_quotation_ends_with_it() -> None:
    expected = "<The text> [said], {“The raid must end,”} but the mayor disagreed."
    assert marked(plain(expected)) == [expected]


@pytest.mark.xfail(strict=True, reason="quotation marks within a noun phrase cut the content off where the parser hangs them elsewhere")
def test_a_noun_phrase_with_quotation_marks_within_is_one_content() -> None:
    expected = "<The envoy> [criticised] {the council’s “harbour first” plan}."
    assert expected in marked(plain(expected))


def test_a_text_named_before_its_words_is_their_source_without_a_cue() -> None:
    expected = "Given its doubts, <the statement> {“Trade among the three ports is vital for our shared wealth”} matters."
    (row,) = [row for row in read(document(plain(expected))) if row.cue is None]
    assert (mark(plain(expected), row), row.rule, row.directness) == (expected, "quote.text", "direct")


def test_a_text_speaks_through_a_relative_clause_that_follows_its_complement() -> None:
    text = "This is related to the part of the joint statement of the harbour council (2+2), which stated “The yard has to close.”"
    (row,) = read(document(text))
    assert row.source is not None
    assert (row.source.exact, row.quoted_from) == ("the joint statement of the harbour council (2+2)", "joint statement")
