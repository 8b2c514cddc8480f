"""Briefs as Markdown, Word and PDF: read again by other programs, each sentence with its notes, the same bytes each time."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from export_books import PAYLOADS
from lxml import etree

from reaffirm.brief import Brief, Change, Note, Origin, Section, Sentence
from reaffirm.errors import UsageError
from reaffirm.export import briefs
from reaffirm.export.book import TOOL
from reaffirm.export.briefs import lines
from reaffirm.ledger import Ledger
from reaffirm.model import Span

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["samples"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORIGIN = Origin("D-1", "a.txt", "A statement", "joint statement", "2031-04-12", "official text")


def noted(words: str, row: str = "C-1") -> Note:
    return Note(row, ORIGIN, (Span("D-1", 3, 3 + len(words), words, "action"),), "why")


def small(words: str) -> Brief:
    """A brief that holds these words wherever words may stand."""
    sentences = (Sentence(words, (noted(words), noted("other", "C-2"))), Sentence("second", (noted("third"),)))
    section = Section("Agreed", "agreed", "About.", sentences, more=3)
    change = Change(words, noted(words), "now", noted("now"), words)
    return Brief("issue", words, "2031-04-12", "A day.", (section,), (change,), 2, (replace(ORIGIN, title=words),))


@pytest.fixture(scope="module")
def brief(sample: Path) -> Brief:
    with Ledger(sample, read_only=True) as ledger:
        return ledger.brief("meeting", ledger.meetings(status="held")[-1].meeting.id)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# Markdown


def test_markdown_has_a_definition_for_each_mark_and_a_mark_for_each_definition(brief: Brief) -> None:
    text = briefs.data(brief, ".md").decode()
    marks = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert marks == re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == [str(n) for n in range(1, len(list(brief.notes())) + 1)]
    assert [line for line in text.splitlines() if line.startswith("- ") and "[^" not in line and ".txt: " not in line] == []
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\(#([\w-]+)\)", text)) <= anchors


def test_the_counts_at_the_top_are_those_of_the_sections() -> None:
    assert lines.glance(small("x")) == [("5 agreed", "Agreed"), ("3 wording changes", "Wording changes")]


@pytest.mark.parametrize("words", ["a|b", "*x* _y_ `z`", "[a](http://evil.example)", "<script>alert(1)</script>", "# x", "line\nline"])
def test_markdown_obeys_no_words(words: str) -> None:
    text = briefs.data(small(words), ".md").decode()
    bare = re.sub(r"\\.", "", text)
    assert "](http" not in bare
    assert "<script" not in bare
    (row,) = [line for line in text.splitlines() if line.startswith("| ") and "[^4]" in line]
    assert len(re.findall(r"(?<!\\)\|", row)) == 4


# Word


def test_word_has_title_and_day_above_program_and_page_numbers_below(brief: Brief) -> None:
    (section,) = docx.Document(io.BytesIO(briefs.data(brief, ".docx"))).sections
    assert section.header.paragraphs[0].text == f"{brief.title} · as of 24 January 2034"
    assert section.footer.paragraphs[0].text.startswith(TOOL)
    footer = parts(briefs.data(brief, ".docx"))["word/footer1.xml"]
    assert [field.get(f"{W}instr") for field in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def test_word_has_real_footnotes_one_for_each_reference(brief: Brief) -> None:
    found = parts(briefs.data(brief, ".docx"))
    references = [each.get(f"{W}id") for each in found["word/document.xml"].iter(f"{W}footnoteReference")]
    notes = {each.get(f"{W}id"): "".join(each.itertext()).strip() for each in found["word/footnotes.xml"].iter(f"{W}footnote")}
    assert references == [str(number) for number in range(1, len(list(brief.notes())) + 1)]
    assert [notes[key] for key in references if key] == [str(lines.quoted(note)) for note in brief.notes()]
    assert set(notes) - set(references) == {"-1", "0"}


def test_word_is_read_by_another_program_with_headings_sentences_and_table(brief: Brief) -> None:
    document = docx.Document(io.BytesIO(briefs.data(brief, ".docx")))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [*(section.title for section in brief.sections), "Wording changes", "Documents"]
    points = [re.sub(r"(, )+$", "", p.text) for p in document.paragraphs if p.style and p.style.name == "List Bullet"]
    assert points[: -len(brief.origins)] == [sentence.text for section in brief.sections for sentence in section.sentences]
    (table,) = document.tables
    assert [row.cells[2].text for row in table.rows] == ["what became of it", *(change.verdict for change in brief.changes)]
    assert document.core_properties.title == brief.title


def test_links_in_word_lead_to_headings(brief: Brief) -> None:
    root = parts(briefs.data(brief, ".docx"))["word/document.xml"]
    links = {each.get(f"{W}anchor") for each in root.iter(f"{W}hyperlink")}
    assert links
    assert links <= {each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")}


# PDF


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_pdf_tells_every_sentence_and_every_note_and_has_a_page_for_the_table(brief: Brief) -> None:
    pytest.importorskip("reportlab", reason="the extra `exports` is not installed")
    read = pages(briefs.data(brief, ".pdf"))
    margins = [re.match(r"\A(?:(.+?)\r?\n)?(Reaffirm \S+) (\d+)\r?\n", page) for page in read]  # what stands in them comes first
    running = f"{brief.title} · as of 24 January 2034"
    expected = [(running if number > 1 else None, TOOL, str(number)) for number in range(1, len(read) + 1)]
    assert [found and found.groups() for found in margins] == expected
    found = [page[margin.end() :] for page, margin in zip(read, margins, strict=True) if margin]
    text = squeezed("".join(found))
    assert [s.text for section in brief.sections for s in section.sentences if squeezed(s.text) not in text] == []
    assert [note for note in brief.notes() if squeezed(lines.quoted(note).place) not in text] == []
    (table,) = [page for page in found if "Wording changes" in page and "what became of it" in page]
    assert squeezed(table).startswith(squeezed("Wording changes"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Łucja Čapek", "Łucja Čapek"), ("Αλέξης", "Αλέξης"), ("Яна Ёлкина", "Яна Ёлкина"), ("Trần Thị Ế", "Trần Thị Ế"),
     ("外務大臣", "外務大臣"), ("グレイ外相", "グレイ外相"), ("김장관", "김장관"), ("שלום", "[…][…][…][…]")],
)  # fmt: skip
def test_pdf_shows_names_in_other_letters_or_says_that_it_cannot(name: str, shown: str) -> None:
    pytest.importorskip("reportlab", reason="the extra `exports` is not installed")
    text = squeezed("".join(pages(briefs.data(small(f"said {name} then"), ".pdf"))))
    assert squeezed(f"said {shown} then") in text
    assert (squeezed("stands for letters that the font") in text) is ("[…]" in shown)


def test_a_missing_library_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reportlab.platypus", None)
    with pytest.raises(UsageError, match=r"pip install 'reaffirm\[exports\]', or write .md or .docx"):
        briefs.data(small("x"), ".pdf")


# All forms


@pytest.mark.parametrize("form", briefs.FORMS)
def test_the_same_brief_gives_the_same_bytes_and_replaces_an_earlier_one_alone(form: str, tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="the extra `exports` is not installed")
    path, other = tmp_path / f"b{form}", tmp_path / f"other{form}"
    briefs.write(small("first"), path)
    briefs.write(small("x"), path)
    assert path.read_bytes() == briefs.data(small("x"), form)
    other.write_bytes(b"something else")
    with pytest.raises(UsageError, match="no export of Reaffirm"):
        briefs.write(small("x"), other)


@pytest.mark.parametrize("form", briefs.FORMS)
def test_no_words_break_a_form(form: str) -> None:
    pytest.importorskip("reportlab", reason="the extra `exports` is not installed")
    for words in PAYLOADS:
        data = briefs.data(small(words), form)
        if form == ".docx":
            assert parts(data)
        elif form == ".pdf":
            assert pages(data)
        else:
            assert data.decode().count("\n[^") == 5
