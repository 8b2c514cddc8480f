"""PDF documents that are scanned, garbled, locked, cut or damaged: what can be read is read, and a sentence says the rest."""

from __future__ import annotations

import re

import pdf_files as make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib import pdfencrypt
from reportlab.platypus import Paragraph
from test_pdf import FONT, flowed, lines, problems, read

from reaffirm.formats import pdf
from reaffirm.formats.pdf.doubts import pages
from reaffirm.model import MetaField


def test_a_scanned_page_is_a_problem_and_the_others_are_read() -> None:
    words = make.prose(3)
    sheet = make.Sheet()
    for paragraph in words:
        sheet.column(72, 770, make.wrap(paragraph, 420))
        sheet.turn()
        sheet.canvas.drawImage(make.photograph(), 0, 0, make.WIDTH, make.HEIGHT)
        sheet.turn()
    source = read(sheet.save())
    assert lines(source) == words
    assert [(kind, severity) for kind, severity, _ in problems(source)] == [("scanned page", "high")]
    assert source.problems[0][2].startswith("pages 2, 4, 6 hold pictures of text, or no text")


def test_a_scanned_document_has_no_text_and_says_so() -> None:
    sheet = make.Sheet()
    sheet.canvas.drawImage(make.photograph(), 0, 0, make.WIDTH, make.HEIGHT)
    source = read(sheet.save())
    assert (source.text, source.nodes) == ("", ())
    assert source.problems[0][0] == "scanned page"
    assert "the document is scanned" in source.problems[0][2]
    assert "OCR" in source.problems[0][3]


def test_text_recognised_in_a_picture_is_read_with_a_problem() -> None:
    words = make.prose(1)[0]
    sheet = make.Sheet()
    sheet.canvas.drawImage(make.photograph(), 0, 0, make.WIDTH, make.HEIGHT)
    pen = sheet.canvas.beginText(72, 700)
    pen.setFont(FONT, 11)
    pen.setLeading(14)
    pen.setTextRenderMode(3)
    pen.textLines("\n".join(make.wrap(words, 420)))
    sheet.canvas.drawText(pen)
    source = read(sheet.save())
    assert source.text == words
    assert problems(source) == [("recognised text", "low", "page 1: the text was recognised by a machine from a picture")]


@pytest.mark.parametrize(("font", "codes", "kinds"), [
    ((make.PLAIN,), "4142434445464748", []),
    ((make.PLAIN,), "4101020304050607", ["garbled text"]),
    ((make.NAMELESS, make.DESCENDANT, make.DESCRIPTOR), "00410042004300440045004600470048", ["garbled text"]),
])  # fmt: skip
def test_characters_without_meaning_are_a_problem(font: tuple[str, ...], codes: str, kinds: list[str]) -> None:
    source = read(make.raw(*make.CATALOGUE, *font, content=f"BT /F 12 Tf 72 700 Td <{codes}> Tj ET"))
    assert [problem[0] for problem in source.problems] == kinds
    assert source.text.startswith("A")


def encrypted(user: str) -> bytes:
    sheet = make.Sheet(options={"encrypt": pdfencrypt.StandardEncryption(user, ownerPassword="owner", strength=128)})
    sheet.put(72, 700, "The ministers met in Calloway.")
    return sheet.save()


def test_a_password_is_asked_for_and_an_empty_one_is_none() -> None:
    assert read(encrypted("")).text == "The ministers met in Calloway."
    locked = read(encrypted("secret"))
    assert locked.text == ""
    assert problems(locked) == [("unreadable", "high", "unreadable: a PDF that needs a password")]
    assert "password" in locked.problems[0][3]


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_a_truncated_file_is_read_as_far_as_it_goes_and_says_so(share: float) -> None:
    words = make.prose(40)
    data = make.flowing(make.paragraphs(words))
    whole = read(data)
    assert whole.problems == ()
    source = read(data[: int(len(data) * share)])
    assert ("damaged", "medium") in [problem[:2] for problem in source.problems]
    assert len(source.text) > 0.6 * share * len(whole.text)
    assert whole.text.startswith(source.text[:1000])


def test_a_file_whose_pages_are_listed_first_breaks_off_behind_them() -> None:
    data = make.raw(*make.CATALOGUE, make.PLAIN, content="BT /F 12 Tf 72 700 Td (The ministers met.) Tj ET")
    assert (read(data).text, read(data).problems) == ("The ministers met.", ())
    broken = read(data[: data.index(b"trailer")])
    assert broken.text == "The ministers met."
    assert [problem[0] for problem in broken.problems] == ["damaged"]


@pytest.mark.parametrize("data", [
    b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF", b"junk %PDF-" + b"\x00" * 500,
])  # fmt: skip
def test_a_file_without_pages_is_unreadable(data: bytes) -> None:
    source = read(data)
    assert source.text == ""
    assert source.problems[0][0] == "unreadable"


def test_a_blank_page_is_unreadable_text_but_no_scan() -> None:
    sheet = make.Sheet()
    sheet.turn()
    assert problems(read(sheet.save()))[0][0] == "unreadable"


def test_metadata_is_kept_as_found() -> None:
    sheet = make.Sheet(options={"lang": "en-GB"})
    sheet.canvas.setTitle("Joint Statement")
    sheet.canvas.setAuthor("Ministry of Norland")
    sheet.put(72, 700, "The ministers met.")
    found = {field.key: field.value for field in read(sheet.save()).metadata}
    assert found["pdf:title"] == "Joint Statement"
    assert found["pdf:author"] == "Ministry of Norland"
    assert found["pdf:pages"] == "1"
    assert re.match(r"D:\d{14}", found["pdf:created"])


def test_the_signature_may_stand_a_little_behind_the_start() -> None:
    assert pdf.sniff(b"\x00" * 1000 + b"%PDF-1.4", "x")
    assert not pdf.sniff(b"\x00" * 2000 + b"%PDF-1.4", "x")
    assert not pdf.sniff(b"plain text", "x.pdf")


def test_pages_are_listed_in_ranges() -> None:
    assert [pages([3]), pages([3, 4, 5, 9]), pages([9, 1])] == ["page 3", "pages 3-5, 9", "pages 1, 9"]


def test_reading_twice_gives_the_same() -> None:
    data, _ = flowed("justified 2")
    assert read(data) == read(data)
    assert MetaField("pdf:pages", "3") in read(data).metadata


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 40))
def test_a_damaged_file_never_raises(seed: int, count: int) -> None:
    chance = make.dice(seed)
    data = bytearray(SMALL)
    for _ in range(count):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    source = read(bytes(data))
    assert source.text or source.problems


SMALL = make.flowing([Paragraph(make.sentence(make.dice(1)), make.BODY)])
