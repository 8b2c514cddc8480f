from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reaffirm.export.redlines import CHAIN_FORMS, page, rows, terminal, tracked
from reaffirm.export.redlines.sections import Section
from reaffirm.linking.redline import redline
from reaffirm.sequels import Place

if TYPE_CHECKING:
    from reaffirm.export.redlines.paragraphs import Kind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST = "The envoys of Torvane opened the session on the lake treaty."
SECOND = "They noted that the dredging of the channel had begun, and that tolls were due."
THIRD = "A joint panel will report on ferry tariffs before the harvest."
SENTENCES = [FIRST, SECOND, THIRD, "The board was asked to publish its accounts.", "Nothing here alters the first protocol.", "Thank you."]
TEXTS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), max_size=4).map("\n\n".join)


@dataclass(frozen=True)
class Bit:
    kind: Kind
    text: str
    a: tuple[int, int] | None = None
    b: tuple[int, int] | None = None
    move: int | None = None
    layout: bool = False
    paragraph: bool = False


def lines(a: str, b: str) -> list[str]:
    return terminal(redline(a, b).pieces).rstrip("\n").split("\n\n")


# Terminal


def test_brackets_stand_for_what_went_and_came() -> None:
    assert lines("The panel met in May.", "The old panel met in June.") == ["The {+old+} panel met in [-May-]{+June+}."]


def test_moves_name_both_ends() -> None:
    assert lines(f"{FIRST}\n\n{SECOND}\n\n{THIRD}", f"{SECOND}\n\n{THIRD}\n\n{FIRST}") == [
        f"«moved away 1: {FIRST}»", SECOND, THIRD, f"«moved here 1: {FIRST}»",
    ]  # fmt: skip


def test_a_break_that_was_added_is_seen() -> None:
    assert lines(f"{FIRST} {SECOND}", f"{FIRST}\n\n{SECOND}") == [f"{FIRST}[-␣-]{{+¶+}}", SECOND]


def test_lines_are_set_anew_and_control_characters_named() -> None:
    assert terminal([Bit("same", "one\ntwo\x1b[2J\u202e")]) == "one two<U+001B>[2J<U+202E>\n"


# JSON


def test_rows_hold_every_piece() -> None:
    found = redline(f"{FIRST} {SECOND}", f"{FIRST}\n\n{THIRD}")
    read = json.loads(rows(found.pieces))["pieces"]
    assert "".join(row["text"] for row in read if row["kind"] not in {"deleted", "moved-from"}) == f"{FIRST}\n\n{THIRD}"
    assert [tuple(row["a"]) if row["a"] else None for row in read] == [piece.a for piece in found.pieces]
    assert list(read[0]) == ["kind", "text", "a", "b", "move", "layout", "paragraph"]


# Page


class Reader(HTMLParser):
    """What a page says, in order: words, with the element that holds them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open and data.strip():
            self.said.append((self.open[-1], data.strip()))


def test_the_page_says_in_words_what_it_shows() -> None:
    found = Reader(page(redline("The panel met in May.", "The panel met in June.").pieces))
    assert found.said == [
        ("p", "The panel met in"), ("span", "deleted:"), ("del", "May"), ("span", "end of deletion"),
        ("span", "inserted:"), ("ins", "June"), ("span", "end of insertion"), ("p", "."),
    ]  # fmt: skip


def test_moved_text_leads_to_its_other_end() -> None:
    found = Reader(page(redline(f"{FIRST}\n\n{SECOND}\n\n{THIRD}", f"{SECOND}\n\n{THIRD}\n\n{FIRST}").pieces))
    assert found.ids == ["move-1-from", "move-1-to"]
    assert found.links == ["#move-1-to", "#move-1-from"]
    assert ("a", "moved away 1:") in found.said
    assert ("ins", FIRST) in found.said


@given(TEXTS, TEXTS)
@settings(max_examples=30)
def test_a_page_is_well_formed_and_its_links_lead_somewhere(a: str, b: str) -> None:
    found = Reader(page(redline(a, b).pieces))
    assert not found.open[1:]
    assert len(set(found.ids)) == len(found.ids)
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)


def test_a_page_runs_and_loads_nothing_that_a_text_holds() -> None:
    text = page(redline("", "<script>alert(1)</script> & \x00").pieces, "<b>")
    assert "<script" not in text
    assert "<b>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; \ufffd" in text


def test_equal_texts_are_said_to_be_equal() -> None:
    assert "Nothing was changed." in page(redline(FIRST, FIRST).pieces)


# Tracked changes


def story(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def settled(data: bytes, *, accept: bool) -> list[str]:
    """The paragraphs of a document once all its revisions are accepted or rejected."""
    gone = ("del", "moveFrom") if accept else ("ins", "moveTo")
    done, text = [], ""
    for paragraph in story(data).iter(f"{W}p"):
        for run in paragraph.iter(f"{W}t", f"{W}delText", f"{W}tab"):
            if next(run.iterancestors(*(f"{W}{name}" for name in gone)), None) is None:
                text += run.text or "\t"
        if not any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in gone):
            done.append(text)
            text = ""
    return [*done, text] if text else done


def printed(text: str) -> list[str]:
    return [re.sub(r"\s*\n\s*", " ", part) for part in re.split(r"\n\n+", text.strip())]


@given(TEXTS, TEXTS)
def test_accepting_all_gives_the_second_text_and_rejecting_the_first(a: str, b: str) -> None:
    data = tracked(redline(a, b).pieces)
    assert settled(data, accept=True) == printed(b)
    assert settled(data, accept=False) == printed(a)


def test_changes_are_tracked_and_moves_named() -> None:
    found = redline(f"{FIRST}\n\n{SECOND}\n\n{THIRD}", f"{SECOND}\n\n{THIRD.replace('joint', 'mixed')}\n\n{FIRST}")
    root = story(tracked(found.pieces))
    assert [e.text for e in root.iter(f"{W}delText")] == ["joint"]
    assert [t.text for e in root.iter(f"{W}ins") for t in e.iter(f"{W}t")] == ["mixed"]
    names = [root.find(f".//{W}{kind}RangeStart").get(f"{W}name") for kind in ("moveFrom", "moveTo")]
    assert names == ["move1", "move1"]
    assert {e.get(f"{W}author") for e in root.iter() if e.get(f"{W}author")} == {"Reaffirm"}


@given(TEXTS, TEXTS)
@settings(max_examples=30)
def test_ranges_open_before_they_close_and_numbers_are_one_each(a: str, b: str) -> None:
    root = story(tracked(redline(a, b).pieces))
    opened: list[str] = []
    numbers = []
    for element in root.iter():
        kind, number = etree.QName(element).localname, element.get(f"{W}id")
        if kind.endswith("RangeEnd"):
            opened.remove(number)
            continue
        numbers += [number] if number else []
        if kind.endswith("RangeStart"):
            opened.append(number)
    assert not opened
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("one\ttwo", ["one\ttwo"]), ("a\x00b", ["a\ufffdb"]), ("line\nline", ["line", "line"]), ("\n\nlate\n", ["late"]), ("", [""])],
)
def test_a_document_opens(text: str, expected: list[str]) -> None:
    data = tracked(redline(text, text).pieces)
    assert [p.text for p in docx.Document(io.BytesIO(data)).paragraphs] == expected


def test_a_document_has_its_paragraphs_and_the_same_bytes() -> None:
    found = redline(f"{FIRST}\n\n{SECOND}", f"{FIRST}\n\n{SECOND}\n\n{THIRD}")
    data = tracked(found.pieces)
    assert [p.text for p in docx.Document(io.BytesIO(data)).paragraphs] == [FIRST, SECOND, ""]  # inserted runs are not its own
    assert data == tracked(redline(found.before, found.after).pieces)


# A chain


def test_the_moves_of_a_chain_are_numbered_through() -> None:
    def section(day: str, a: str, b: str) -> Section:
        return Section(Place(f"D-{day}", f"{day}.txt", "output", None, day, day), (), "before.txt", redline(a, b).pieces)

    one = section("2031-04-12", f"{FIRST}\n\n{SECOND}\n\n{THIRD}", f"{SECOND}\n\n{THIRD}\n\n{FIRST}")
    two = section("2032-04-12", f"{SECOND}\n\n{THIRD}\n\n{FIRST}", f"{FIRST}\n\n{SECOND}\n\n{THIRD}")
    found = Reader(CHAIN_FORMS["html"]([one, two], "Chain").decode())
    assert len(found.ids) == len(set(found.ids)) == 4
    assert [words for element, words in found.said if element == "h2"] == [
        "2031-04-12  2031-04-12.txt: against before.txt", "2032-04-12  2032-04-12.txt: against before.txt",
    ]  # fmt: skip
    assert "«moved here 2: " in CHAIN_FORMS["text"]([one, two], "Chain").decode()
