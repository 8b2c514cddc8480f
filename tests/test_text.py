from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm.errors import ProofError
from reaffirm.model import Span
from reaffirm.text import FOLD, anchor, decode, fold, prove, text_sha256, trim

WHITE = ["\ufeff", "\r\n", "\n", "\u00a0", "\u202f", " "]
HARD = ["e\u0301", "\u0928\u093f", "\U0001f91d", "\U00020bb7", *"‘’“”«—‑…", "a", "U.S.", "日本"]
pieces = st.sampled_from([*WHITE, *HARD]) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
texts = st.lists(pieces, max_size=30).map("".join)
BOMS = [("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)]
words = st.text(alphabet="abcdeéñ’“—-.日\U0001f91d", min_size=1, max_size=8)
spaces = st.sampled_from([" ", "\n", "\r\n", "\u00a0", "\t", "  ", " \n "])

# decode


@settings(deadline=None)
@given(texts)
def test_utf8_is_decoded_so_that_every_byte_comes_back(text: str) -> None:
    data = text.encode()
    found, encoding = decode(data)
    assert (found, encoding) == (text, "utf-8")
    assert found.encode(encoding) == data


@settings(deadline=None)
@given(texts, st.sampled_from(BOMS), st.sampled_from([None, "latin-1", "utf-8"]))
def test_a_byte_order_mark_decides_and_stays(text: str, kind: tuple[str, bytes], declared: str | None) -> None:
    encoding, bom = kind
    data = bom + text.encode(encoding)
    found, used = decode(data, declared)
    assert (found, used) == ("\ufeff" + text, encoding)
    assert found.encode(used) == data


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_decoded_and_every_byte_comes_back(data: bytes) -> None:
    found, encoding = decode(data)
    if encoding == "windows-1252":
        assert len(found) == len(data)
        assert b"".join(map(windows, found)) == data
    elif encoding == "utf-8+windows-1252":
        loose = data.decode("utf-8", "surrogateescape")  # one character for each good sequence and each bad byte
        assert len(found) == len(loose)
        back = (windows(c) if "\udc80" <= was <= "\udcff" else c.encode() for c, was in zip(found, loose, strict=True))
        assert b"".join(back) == data
    else:
        assert found.encode(encoding) == data


def windows(char: str) -> bytes:
    """The one byte of a character; Windows-1252 leaves five bytes undefined, which are read as Latin-1."""
    return char.encode("latin-1") if 0x80 <= ord(char) <= 0x9F else char.encode("windows-1252")


@settings(deadline=None)
@given(texts.filter(bool))
def test_a_declared_encoding_that_does_not_exist_is_passed_over(text: str) -> None:
    assert decode(text.encode(), "klingon-8") == (text, "utf-8")


def test_a_declared_encoding_is_used_where_it_fits_and_left_where_not() -> None:
    assert decode("Señor".encode("latin-1"), "latin-1") == ("Señor", "latin-1")
    assert decode("日本".encode("shift_jis"), "shift_jis") == ("日本", "shift_jis")
    assert decode("“ni” – no".encode(), "ascii") == ("“ni” – no", "utf-8")
    assert decode(b"\x93quoted\x94 \x81", None) == ("“quoted” \x81", "windows-1252")


@settings(deadline=None)
@given(texts)
def test_text_is_never_normalised(text: str) -> None:
    found = decode(text.encode())[0]
    assert [unicodedata.name(c, hex(ord(c))) for c in found] == [unicodedata.name(c, hex(ord(c))) for c in text]


# fold


@settings(deadline=None)
@given(texts)
def test_folding_keeps_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    assert all(a == b or ord(a) in FOLD for a, b in zip(text, fold(text), strict=True))


def test_fold_makes_marks_dashes_and_spaces_plain() -> None:
    assert fold("“It’s” – a\u00a0‘plan’") == "\"It's\" - a 'plan'"


# anchor


@settings(deadline=None)
@given(texts, st.lists(words, min_size=1, max_size=5), st.data())
def test_what_was_cut_out_is_found_where_it_stood(around: str, quote: list[str], data: st.DataObject) -> None:
    gaps = [data.draw(spaces) for _ in quote[1:]]
    cut = quote[0] + "".join(gap + word for gap, word in zip(gaps, quote[1:], strict=True))
    text = f"{around} {cut} {around}"
    start = len(around) + 1
    extents = [e for e in anchor(text, cut) if e == (start, start + len(cut))]
    # an earlier, overlapping occurrence may take its place, but then it reads the same
    assert extents or all(fold(text[a:b]).split() == fold(cut).split() for a, b in anchor(text, cut))
    assert anchor(text, cut)


@settings(deadline=None)
@given(texts, texts)
def test_every_extent_found_reads_the_quotation(text: str, quote: str) -> None:
    for start, end in anchor(text, quote):
        assert fold(text[start:end]).split() == fold(quote).split()


def test_a_quotation_is_found_through_other_marks_and_line_breaks() -> None:
    text = "They “stressed\r\nthe  need to act” – and the need\u00a0to act."
    assert [text[a:b] for a, b in anchor(text, "the need to act")] == ["the  need to act", "the need\u00a0to act"]
    assert [text[a:b] for a, b in anchor(text, '"stressed the need')] == ["“stressed\r\nthe  need"]


def test_nothing_is_found_for_nothing_and_for_what_is_not_there() -> None:
    assert anchor("a b", " \n") == []
    assert anchor("a b", "c") == []
    assert anchor("", "c") == []
    assert anchor("a+b (c", "a+b (c") == [(0, 6)]


# trim


@settings(deadline=None)
@given(texts, st.data())
def test_trim_takes_away_white_space_and_nothing_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    a, b = trim(text, start, end)
    assert start <= a <= b <= end
    assert (text[start:a] + text[b:end]).replace("\ufeff", "").strip() == ""
    if a < b:
        assert not text[a].isspace()
        assert not text[b - 1].isspace()
        assert "\ufeff" not in (text[a], text[b - 1])
    assert trim(text, a, b) == (a, b)


def test_trim_takes_edge_characters_too() -> None:
    assert trim("“ so. ”", 0, 7, "“”.") == (2, 4)


# prove


@settings(deadline=None)
@given(texts.filter(bool), st.data())
def test_a_span_cut_from_the_text_proves_itself(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span("D", start, end, text[start:end])
    prove(text, [span])
    with pytest.raises(ProofError, match="does not read"):
        prove("\U0001f91d" + text.replace("\U0001f91d", "x"), [Span("D", start, end, "\u0000" + text[start:end])])


@pytest.mark.parametrize(("start", "end", "exact"), [(0, 0, ""), (2, 1, ""), (-1, 1, ""), (0, 4, "abc"), (0, 2, "ac"), (1, 3, "ab")])
def test_a_span_that_does_not_read_its_words_is_refused(start: int, end: int, exact: str) -> None:
    with pytest.raises(ProofError, match="report it"):
        prove("abc", [Span("D", start, end, exact)])


def test_offsets_are_code_points_not_bytes_or_utf16_units() -> None:
    text = "\U0001f91d e\u0301te\u0301 “ok”"
    prove(text, [Span("D", 0, 1, "\U0001f91d"), Span("D", 2, 4, "e\u0301"), Span("D", 8, 12, "“ok”")])


def test_a_lone_surrogate_has_no_hash() -> None:
    with pytest.raises(UnicodeEncodeError):
        text_sha256("\ud800")


def test_one_bad_byte_does_not_turn_a_page_into_another_encoding() -> None:
    assert decode("“Não,” disse ele — e saiu.".encode() + b" Caf\xe9.") == ("“Não,” disse ele — e saiu. Café.", "utf-8+windows-1252")
    assert decode("Der Außenminister sagte: „Nein“".encode("windows-1252")) == ("Der Außenminister sagte: „Nein“", "windows-1252")


def test_utf_16_that_is_cut_within_a_character_is_read_to_there() -> None:
    assert decode("\ufeffWords.".encode("utf-16-le") + b"x") == ("\ufeffWords.\ufffd", "utf-16-le")
