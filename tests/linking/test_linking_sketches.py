from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from linking_texts import FISH, OPENING, STATEMENT, changed, document, keys, prose, text

from reaffirm.linking import copies, sketches
from reaffirm.model import Sketch

if TYPE_CHECKING:
    from linking_texts import Part


def test_the_keys_of_a_text_are_the_same_for_ever() -> None:
    found = copies.sketch(document(*STATEMENT))
    assert found.words == 90
    assert hashlib.sha256(repr(found.keys).encode()).hexdigest()[:16] == "0d1fa7eed3130f2e"


def test_keys_are_distinct_signed_integers_of_64_bits_in_order() -> None:
    found = copies.sketch(text(prose(3, 800))).keys
    assert list(found) == sorted(set(found))
    assert 50 <= len(found) <= 90
    assert all(type(key) is int and -(2**63) <= key < 2**63 for key in found)
    assert min(found) < 0 < max(found)


def test_a_long_text_has_no_more_keys_than_its_bands_and_passages() -> None:
    assert len(copies.sketch(text(prose(4, 20_000))).keys) == sketches.BANDS + sketches.PASSAGES


@pytest.mark.parametrize("words", [0, 1, 2, 3, sketches.LEAST - 1])
def test_a_body_of_a_few_words_has_no_keys(words: int) -> None:
    assert copies.sketch(text(prose(5, words))) == Sketch(text(prose(5, words)).id, words, ())


def test_a_body_of_the_least_words_has_keys() -> None:
    assert len(copies.sketch(text(prose(5, sketches.LEAST))).keys) >= sketches.BANDS


@pytest.mark.parametrize(
    ("plain", "printed"),
    [
        ('the ports\' "open" dues', "The Ports’ “open” DUES"),
        ("in the end - at last", "in the end — at last…"),
        ("an office in the city", "an of\ufb01ce in the ci\u00adty".replace("\ufb01", "fi")),
        ("the office", "the o\ufb03ce"),
        ("caf\u00e9 society", "cafe\u0301 society"),
    ],
)
def test_case_marks_and_composition_do_not_change_keys(plain: str, printed: str) -> None:
    assert copies.sketch(document(plain, OPENING, FISH)).keys == copies.sketch(document(printed, OPENING, FISH)).keys


def test_titles_notes_captions_and_furniture_do_not_change_keys() -> None:
    around: tuple[Part, ...] = (("title", "Ports to open"), ("furniture", "Home | News | Sport"), ("caption", "The port of Brack"))
    printed = document(*around, *STATEMENT, ("note", "(Provisional translation)"))
    assert copies.sketch(printed).keys == copies.sketch(document(*STATEMENT)).keys


def test_pieces_with_a_tenth_of_their_words_changed_share_keys() -> None:
    missed = [n for n in range(150) if not keys(words := prose(n, 300)) & keys(changed(words, 0.1, n))]
    assert len(missed) <= 1


def test_an_excerpt_shares_keys_with_the_text_that_it_is_from() -> None:
    missed = [n for n in range(40) if not keys(prose(n, 1200)) & keys(prose(n, 1200)[20 * n : 20 * n + 300])]
    assert missed == []


def test_texts_that_share_only_a_formula_share_no_keys() -> None:
    formula = prose(999, 60)
    sketched = [keys([*prose(n, 100 + 10 * n), *formula, *prose(n + 500, 300)]) for n in range(40)]
    assert sum(bool(a & b) for i, a in enumerate(sketched) for b in sketched[:i]) <= 4  # of 780
