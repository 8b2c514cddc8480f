from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_texts import DUES, FISH, OPENING, STATEMENT, THANKS, card, changed, document, prose, text

from effort import bounded
from reaffirm import packs, pipeline
from reaffirm.linking import alignment, copies
from reaffirm.linking.words import body
from reaffirm.model import Block, Copy, Document, Source
from reaffirm.text import prove

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linking_texts import Part

    from reaffirm.model import Span


def link(a: Document, b: Document) -> Copy:
    found = copies.compare(a, b)
    assert found is not None
    assert found == copies.compare(b, a)
    assert (found.a, found.b) == tuple(sorted((a.id, b.id)))
    texts = {a.id: a.text, b.id: b.text}
    for each in found.differences:
        assert each.a or each.b
        prove(texts[found.a], [each.a] if each.a else [])
        prove(texts[found.b], [each.b] if each.b else [])
    return found


def pairs(found: Copy, first: Document) -> list[tuple[str | None, str | None]]:
    """The words of each difference, those of the first document first."""
    return [(a.exact if a else None, b.exact if b else None) for a, b in spans(found, first)]


# Comparison


def test_the_id_does_not_depend_on_the_order() -> None:
    assert copies.copy_id("D-2", "D-1") == copies.copy_id("D-1", "D-2")
    assert copies.copy_id("D-1", "D-2") != copies.copy_id("D-1", "D-3")
    assert copies.copy_id("D-1", "D-2").startswith("L-")
    assert len(copies.copy_id("D-1", "D-2")) == 18


def test_a_link_has_the_id_of_its_documents() -> None:
    a, b = document(*STATEMENT), document(*STATEMENT, THANKS)
    assert link(a, b).id == copies.copy_id(a.id, b.id)


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        (((" ".join(STATEMENT)),), "body equal"),
        ((("title", "Other headline"), *STATEMENT, ("furniture", "Share this")), "body equal"),
        ((*STATEMENT[:3], THANKS.replace("officials", "offi-\ncials").upper()), "body equal"),
        ((("heading", "Grain"), ("note", OPENING), DUES, FISH, THANKS), ""),
    ],
)
def test_the_same_words_are_the_same_text_whatever_the_layout(parts: tuple[str | Part, ...], rule: str) -> None:
    found = copies.compare(document(*STATEMENT), document(*parts))
    assert (found.rule if found and found.kind == "same text" else "") == rule


def test_blocks_cut_otherwise_do_not_make_another_text() -> None:
    short = "Done at Brack"
    found = link(document(*STATEMENT, short), document(*STATEMENT, ("note", short)))
    assert (found.kind, found.rule, found.shared, found.differences) == ("same text", "all but furniture equal", 1.0, ())


def test_the_same_text_of_another_day_is_the_same_text() -> None:
    found = link(document(*STATEMENT, card=card(published="2031-03-01")), document(" ".join(STATEMENT), card=card(published="2033-03-01")))
    assert found.kind == "same text"


def test_two_readings_of_the_same_bytes_are_no_copies() -> None:
    one = document(*STATEMENT)
    assert copies.compare(one, one) is None
    assert copies.compare(one, replace(one, id="D-another")) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((), ()),
        (("See the file.",), ("See the file!",)),
        ((OPENING,), (FISH, THANKS)),
        ((("furniture", OPENING), ("note", DUES)), (("furniture", OPENING), ("note", DUES), FISH)),
    ],
)
def test_nothing_and_other_words_are_no_copies(a: tuple[str | Part, ...], b: tuple[str | Part, ...]) -> None:
    assert copies.compare(document(*a), document("\n", *b)) is None


def test_unrelated_prose_is_no_copy_nor_an_excerpt() -> None:
    assert copies.compare(text(prose(1, 600)), text(prose(2, 600))) is None
    assert copies.compare(text(prose(1, 100)), text(prose(2, 2000))) is None


def test_a_statement_that_repeats_some_paragraphs_is_no_copy() -> None:
    formula = prose(1, 300)
    assert copies.compare(text([*formula, *prose(2, 200)]), text([*formula, *prose(3, 200)])) is None


def test_a_reprint_shows_each_place_where_it_parts() -> None:
    original = document(*STATEMENT)
    print_ = document(OPENING.replace("on Monday ", ""), DUES.replace("joint office", "shared “office” – new –"), FISH, THANKS)
    found = link(original, print_)
    assert (found.kind, found.rule) == ("reprint", "words shared")
    assert pairs(found, original) == [("on Monday", None), ("joint", "shared"), (None, "new")]
    assert found.shared == round(1 - 2 / 89, 4)  # the print is shorter by a word, and two of its words are its own


@pytest.mark.parametrize(
    ("one", "other", "differences"),
    [
        ("the cooperation of all", "the co-operation of all", []),
        ("the cooperation of all", "the co-\n  operation of all", []),
        ("5,000 sailors", "5000 seamen", [("sailors", "seamen")]),
        ("the U.S.-Ostmark pact", "the US–Ostmark pact", []),
        ("a rate of 1.5 crowns", "a rate of 15 crowns", [("1.5", "15")]),
        ("on 11-12 March", "on 1112 March", [("11-12", "1112")]),
        ("that may be so", "that maybe so", [("may be", "maybe")]),
        ("no art of war", "no: art, of (war)", []),
        ("pays $5", "pays €5", [("$", "€")]),
    ],
)
def test_hyphens_and_marks_are_no_difference_but_words_and_numbers_are(one: str, other: str, differences: list[tuple[str, str]]) -> None:
    original = document(*STATEMENT, one)
    found = link(original, document(*STATEMENT, other))
    assert pairs(found, original) == differences
    assert (found.kind == "same text") == (not differences)


def test_a_form_letter_with_another_number_is_a_copy_only_while_its_days_are_not_known() -> None:
    first, second = (*STATEMENT, "The fee is 12 crowns."), (*STATEMENT, "The fee is 15 crowns.")
    days = [card(published="2031-03-01"), card(published="2031-06-01")]
    assert link(document(*first), document(*second)).kind == "reprint"
    assert copies.compare(document(*first, card=days[0]), document(*second, card=days[1])) is None


def test_a_shortened_report_under_another_headline_and_tail_is_a_copy() -> None:
    report = prose(7, 400)
    paper = document(("title", "Ports open"), " ".join(report[:320]), ("note", "Additional reporting by our staff"), " ".join(prose(8, 60)))
    assert link(text(report), paper).kind == "reprint"


def test_a_text_within_a_longer_one_is_an_excerpt() -> None:
    whole = prose(7, 1200)
    found = link(text(whole), text(whole[400:700]))
    assert (found.kind, found.shared, len(found.differences)) == ("excerpt", 1.0, 2)


@pytest.mark.parametrize(("size", "kind"), [(360, "reprint"), (420, "excerpt"), (700, "excerpt")])
def test_a_longer_text_is_one_with_a_third_more_words(size: int, kind: str) -> None:
    whole = prose(7, size)
    assert link(text(whole), text(whole[30:330])).kind == kind


def test_passages_with_gaps_between_them_are_an_excerpt() -> None:
    whole = prose(7, 1200)
    assert link(text(whole), text([*whole[100:150], *whole[500:600], *whole[900:960]])).shared >= 0.97


CORRECTION: Part = ("note", "Correction: an earlier version of this statement named the wrong month.")


@pytest.mark.parametrize(
    ("first", "second", "tail", "expected"),
    [
        ({"publisher": "Veldania Gazette"}, {"publisher": "Veldania Gazette"}, CORRECTION, ("corrected version", "note of correction")),
        ({"publisher": "Veldania Gazette"}, {"publisher": "Ostmark Post"}, CORRECTION, ("reprint", "words shared")),
        ({}, {}, CORRECTION, ("reprint", "words shared")),
        (
            {"publisher": "Gazette", "title": "Ports to open", "published": "2031-03-01"},
            {"publisher": "Gazette", "title": "PORTS TO OPEN", "published": "2031-03-02"},
            None,
            ("corrected version", "same publisher, title and days"),
        ),
        (
            {"publisher": "Gazette", "title": "Ports to open", "published": "2031-03-01"},
            {"publisher": "Gazette", "title": "Ports shut", "published": "2031-03-02"},
            None,
            ("reprint", "words shared"),
        ),
        ({"publisher": "Gazette", "title": "Ports"}, {"publisher": "Gazette", "title": "Ports"}, None, ("reprint", "words shared")),
        (
            {"publisher": "Gazette", "published": "2031-03-01"},
            {"publisher": "Gazette", "published": "2031-04-01"},
            CORRECTION,
            ("corrected version", "note of correction"),
        ),
    ],
)
def test_who_published_when_and_a_note_make_a_corrected_version(
    first: dict[str, str], second: dict[str, str], tail: Part | None, expected: tuple[str, str]
) -> None:
    late: tuple[str | Part, ...] = (OPENING.replace("Monday", "Tuesday"), *STATEMENT[1:], *([tail] if tail else []))
    found = link(document(*STATEMENT, card=card(**first)), document(*late, card=card(**second)))
    assert (found.kind, found.rule) == expected


@pytest.mark.parametrize(
    ("said", "mark", "kind"),
    [
        ({}, ("(Provisional translation)",), "translation"),
        ({}, (("note", "Unofficial translation"), "Brack."), "translation"),
        ({"translation": "true"}, ("Brack.",), "translation"),
        ({}, ("Brack.",), "reprint"),
    ],
)
def test_a_note_of_translation_on_one_side_makes_a_translation(said: dict[str, str], mark: tuple[str | Part, ...], kind: str) -> None:
    assert link(document(*STATEMENT), document(*mark, *STATEMENT, card=card(**said))).kind == kind


def test_two_prints_of_one_translation_are_a_reprint() -> None:
    mark: Part = ("note", "(Provisional translation)")
    assert link(document(mark, *STATEMENT), document(mark, *STATEMENT, "Brack.")).kind == "reprint"


def test_the_words_of_notes_can_be_given() -> None:
    own = replace(copies.NOTES, correction=re.compile("put right", re.IGNORECASE))
    gazette = card(publisher="Gazette")
    a, b = document(*STATEMENT, card=gazette), document(*STATEMENT, "Put right at noon.", card=gazette)
    assert [found.kind for notes in (copies.NOTES, own) if (found := copies.compare(a, b, notes))] == ["reprint", "corrected version"]


# Issues of a series

NEXT = (OPENING.replace("grain ships", "all ships"), DUES, FISH.replace("spring", "autumn").replace("quota", "tax"), THANKS)
SLIP = (OPENING.replace("winter", "winters"), DUES, FISH, THANKS)
NUMBERED = (*STATEMENT, "The fee is 12 crowns.")
RENUMBERED = (*NEXT, "The fee is 15 crowns.")


@pytest.mark.parametrize(
    ("first", "second", "parts", "linked"),
    [
        ({"published": "2031-03-01"}, {"published": "2032-03-01"}, NEXT, False),
        ({"published": "2031-03-01"}, {"published": "2031-03-04"}, NEXT, True),
        ({"published": "2031-03-01"}, {"published": "2031-03-05"}, NEXT, False),
        ({"published": "2031-03-01"}, {"published": "2031-03"}, NEXT, True),
        ({"published": "2031-03-01/2031-03-20"}, {"published": "2031-03-22"}, NEXT, True),
        ({"published": "2031"}, {"published": "2032-02"}, NEXT, False),
        ({"published": "2031-12"}, {"published": "2032-01-02"}, NEXT, True),
        ({"published": "2031-13-41"}, {"published": "2032-01-02"}, NEXT, True),
        ({"published": "2031-03-01"}, {}, NEXT, True),
        ({}, {}, NEXT, True),
        ({"published": "2031-03-01", "publisher": "Gazette"}, {"published": "2031-03-09", "publisher": "Post"}, NEXT, True),
        ({"published": "2031-03-01", "publisher": "Gazette"}, {"published": "2031-03-09", "publisher": "gazette"}, NEXT, False),
        ({"event": "2031-03-01", "publisher": "Gazette"}, {"event": "2032-03-01", "publisher": "Post"}, NEXT, False),
        ({"event": "2031-03-01", "published": "2031-03-01"}, {"event": "2031-03-01", "published": "2031-08-01"}, NEXT, True),
        ({"event": "2031-03-01 2031-06-01"}, {"event": "2031-06-02"}, NEXT, True),
        ({"published": "2031-03-01"}, {"published": "2032-03-01"}, SLIP, True),
        ({"published": "2031-03-01"}, {"published": "2032-03-01"}, (*STATEMENT, "No 7"), True),
        ({"published": "2031-03-01"}, {"published": "2032-03-01"}, (" ".join(STATEMENT), " ".join(prose(1, 90))), True),
    ],
)
def test_a_changed_text_of_another_day_is_another_text(
    first: dict[str, str], second: dict[str, str], parts: tuple[str, ...], *, linked: bool
) -> None:
    found = copies.compare(document(*STATEMENT, card=card(**first)), document(*parts, card=card(**second)))
    assert (found is not None) == linked


@pytest.mark.parametrize(
    ("said", "parts", "linked"),
    [
        ({}, RENUMBERED, False),
        ({}, (*NEXT, "The fee is 12 crowns."), True),
        ({}, (*NEXT, "The fee is small."), True),
        ({"published": "2031-03-01"}, RENUMBERED, True),
    ],
)
def test_a_changed_text_without_days_in_which_a_number_changed_is_another_text(
    said: dict[str, str], parts: tuple[str, ...], *, linked: bool
) -> None:
    found = copies.compare(document(*NUMBERED, card=card(**said)), document(*parts, card=card(**said)))
    assert (found is not None) == linked


def test_a_note_of_correction_explains_another_day_and_changed_words() -> None:
    first, second = card(published="2031-03-01"), card(published="2031-04-01")
    assert copies.compare(document(*STATEMENT, card=first), document(*NEXT, card=second)) is None
    assert link(document(*STATEMENT, card=first), document(*NEXT, CORRECTION, card=second)).kind == "reprint"


def test_other_tails_with_numbers_make_no_other_issue() -> None:
    tails = [" ".join(["In", year, *prose(seed, 15)]) for seed, year in ((1, "2030"), (2, "2031"))]
    assert link(document(*STATEMENT, tails[0]), document(*STATEMENT, tails[1])).kind == "reprint"


# Alignment and differences


@given(st.integers(0, 10**6), st.integers(40, 400), st.floats(0, 0.12))
@settings(max_examples=60, deadline=None)
def test_outside_their_differences_two_copies_have_the_same_words(seed: int, size: int, rate: float) -> None:
    words = prose(seed, size)
    a, b = text(words), document(" ".join(changed(words, rate, seed)), ("furniture", "Share"))
    found = copies.compare(a, b)
    if found is None:
        return
    in_a, in_b = ([pair[side] for pair in spans(found, a)] for side in (0, 1))
    assert outside(a, in_a) == outside(b, in_b)


def spans(found: Copy, first: Document) -> list[tuple[Span | None, Span | None]]:
    """The spans of each difference, those of the first document first."""
    sides = [(each.a, each.b) for each in found.differences]
    return sides if found.a == first.id else [(b, a) for a, b in sides]


def outside(side: Document, taken: Sequence[Span | None]) -> list[str]:
    """The words that no span covers, the spans being in order."""
    places = [(span.start, span.end) for span in taken if span]
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    words = body(side)
    return [word for word, (i, k) in zip(words.folded, words.places, strict=True) if not any(s <= i and k <= e for s, e in places)]


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abcd"), max_size=30))
@settings(max_examples=200, deadline=None)
def test_runs_are_equal_words_in_order_and_gaps_are_the_rest(a: list[str], b: list[str]) -> None:
    runs = alignment.align(a, b)
    assert all(a[i : i + n] == b[j : j + n] and n for i, j, n in runs)
    assert all(i + n <= x and j + n <= y and (i + n, j + n) != (x, y) for (i, j, n), (x, y, _) in pairwise(runs))
    outside = list(alignment.gaps(runs, len(a), len(b)))
    assert sum(n for *_, n in runs) + sum(k - i for i, k, _, _ in outside) == len(a)
    assert sum(n for *_, n in runs) + sum(m - j for _, _, j, m in outside) == len(b)


@pytest.mark.parametrize("largest", [0, 50, 10**6])
def test_landmarks_find_what_the_exact_comparison_finds(largest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    words = prose(11, 500)
    other = [*words[:100], *prose(12, 30), *words[120:300], *words[310:]]
    monkeypatch.setattr(alignment, "LARGEST", largest)
    assert 460 <= sum(n for *_, n in alignment.align(words, other)) <= 475


def test_texts_that_repeat_themselves_are_compared_from_their_ends() -> None:
    lines = [*prose(1, 5), *prose(2, 5)] * 600
    assert link(text(lines), document("Brack", " ".join(lines))).shared == 1.0
    assert link(text(lines), text([*lines[:3000], "gull", *lines[3010:]])).shared > 0.99


def test_words_equal_by_chance_within_a_replaced_passage_are_no_run() -> None:
    a = ["one", "two", "three", "four", "the", "five", "six", "seven", "eight"]
    b = ["one", "two", "nil", "zero", "naught", "the", "void", "vain", "seven", "eight"]
    assert alignment.align(a, b) == [(0, 0, 2), (7, 8, 2)]


def test_a_difference_never_lies_in_other_text() -> None:
    a = document(OPENING, DUES, FISH, THANKS, "Alpha beta.", ("furniture", "Page 2 of 3"), "Gamma delta.")
    b = document(*STATEMENT)
    assert pairs(link(a, b), a) == [("Alpha beta", None), ("Gamma delta", None)]


def test_a_difference_never_runs_over_a_page_break_within_a_turn() -> None:
    plain = document(*STATEMENT)
    broken = plain.text + "\n\nAlpha beta.\nPage 2 of 3\nGamma delta."
    parts = tuple((broken.index(words), broken.index(words) + len(words)) for words in ("Alpha beta.", "Gamma delta."))
    turn = Block("turn", parts[0][0], parts[-1][1], parts)
    other = replace(document("another"), text=broken, blocks=(*plain.blocks, turn))
    assert pairs(link(plain, other), plain) == [(None, "Alpha beta"), (None, "Gamma delta")]


def test_another_speaker_is_a_difference() -> None:
    known = packs.load()

    def transcript(name: str) -> Document:
        said = f"Minister Aldo Brandt: {OPENING}\n\n{name}: {DUES} {FISH}\n\nMinister Aldo Brandt: {THANKS}\n"
        return pipeline.identify(said.encode(), Source(said, "test"), known)

    first = transcript("Minister Oda Lind")
    assert pairs(link(first, transcript("Minister Oda Falk")), first) == [("Lind", "Falk")]


def test_long_texts_are_compared_in_seconds() -> None:
    words = prose(13, 50_000)
    a, b = text(words), text(changed(words, 0.05, 14))
    with bounded(10):
        assert link(a, b).shared > 0.93  # twice, once in either order
        assert copies.compare(a, text(prose(15, 50_000))) is None
