"""Redlines as a Word document (ECMA-376, WordprocessingML) with tracked changes that any word processor accepts or rejects.

Accepting all gives the second text, rejecting all the first, set as paragraphs. Author and date are fixed and nothing is
compressed, so that the same redline gives the same bytes.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from lxml import etree

from reaffirm.export import margins, ooxml
from reaffirm.export.redlines.paragraphs import Run, legal, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.export.redlines.paragraphs import Paragraph, Piece

    Marks = dict[int, list[etree._Element]]  # noqa: SLF001 - the type that lxml names no other way

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STYLED = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:cs="Cambria"/><w:sz w:val="21"/>'
    '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="120"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr>'
    '<w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style>'
)
AUTHOR, DATE = "Reaffirm", "1980-01-01T00:00:00Z"
ELEMENTS = {"deleted": "del", "inserted": "ins", "moved-from": "moveFrom", "moved-to": "moveTo"}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def tracked(pieces: Iterable[Piece], title: str = "Redline") -> bytes:
    """The redline as the bytes of a DOCX file; a move is a tracked move, with the words changed on the way inside it.

    The title stands in the header, so that the text itself is that of the two documents. Line breaks inside a paragraph are spaces.
    Characters that XML has no place for become U+FFFD.
    """
    return file(paragraphs(pieces), title)


def file(found: tuple[Paragraph, ...], title: str) -> bytes:
    """Paragraphs of redlines as the bytes of such a file; headings are bold and have a place in the outline."""
    parts = {
        "word/document.xml": (DOCUMENT, _document(found)),
        "word/styles.xml": (STYLED, f'{ooxml.HEAD}<w:styles xmlns:w="{ooxml.WORDS}">{STYLES}</w:styles>'.encode()),
        **margins.parts(legal(" ".join(title.split()))),
        "word/_rels/document.xml.rels": ("", ooxml.related([("styles", "styles.xml"), *margins.RELATIONS])),
    }
    return ooxml.packed(parts, [("officeDocument", "word/document.xml")])


def _document(found: tuple[Paragraph, ...]) -> bytes:
    """The part that holds the text."""
    root = etree.Element(_name("document"), nsmap={"w": ooxml.WORDS})
    body = etree.SubElement(root, _name("body"))
    numbers = count(1)
    opens, closes = _ranges(found, numbers)
    step = 0
    owed: list[etree._Element] = []  # the ends of ranges that end with the break before
    for each in found:
        paragraph = etree.SubElement(body, _name("p"))
        paragraph.extend(_properties(each, numbers))
        paragraph.extend(owed)
        for run in each.runs:
            paragraph.extend(opens.get(step, ()))
            _add(paragraph, run, numbers)
            paragraph.extend(closes.get(step, ()))
            step += 1
        paragraph.extend(opens.get(step, ()))
        owed = closes.get(step, [])
        step += 1
    margins.page(body, 2)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _properties(paragraph: Paragraph, numbers: Iterator[int]) -> Iterator[etree._Element]:
    """The properties of a paragraph, if it has any: the style of a heading, what became of the break behind it."""
    properties = etree.Element(_name("pPr"))
    if paragraph.heading:
        etree.SubElement(properties, _name("pStyle"), {_name("val"): "Heading1"})
    if paragraph.end and paragraph.end.kind != "same":
        mark = etree.SubElement(properties, _name("rPr"))
        etree.SubElement(mark, _name(ELEMENTS[paragraph.end.kind]), _revision(numbers))
    if len(properties):
        yield properties


def _ranges(found: tuple[Paragraph, ...], numbers: Iterator[int]) -> tuple[Marks, Marks]:
    """The marks that open and close both ends of each move, by the number of the run or break that is its first and last."""
    extents: dict[tuple[int, bool], tuple[int, int]] = {}
    runs = (run for paragraph in found for run in (*paragraph.runs, paragraph.end))
    for step, run in enumerate(runs):
        if run and run.place:
            extents[run.place] = extents.get(run.place, (step, step))[0], step
    opens: Marks = {}
    closes: Marks = {}
    for (move, here), (first, last) in extents.items():
        name, revision = "moveTo" if here else "moveFrom", _revision(numbers)
        opens.setdefault(first, []).append(etree.Element(_name(f"{name}RangeStart"), {**revision, _name("name"): f"move{move}"}))
        closes.setdefault(last, []).append(etree.Element(_name(f"{name}RangeEnd"), {_name("id"): revision[_name("id")]}))
    return opens, closes


def _add(paragraph: etree._Element, run: Run, numbers: Iterator[int]) -> None:
    """Nothing, once a run stands at the end of a paragraph."""
    parent = paragraph if run.kind == "same" else etree.SubElement(paragraph, _name(ELEMENTS[run.kind]), _revision(numbers))
    element = etree.SubElement(parent, _name("r"))
    for text in filter(None, re.split(r"(\t)", legal(run.text))):
        if text == "\t":
            etree.SubElement(element, _name("tab"))
        else:
            etree.SubElement(element, _name("delText" if run.kind == "deleted" else "t"), {SPACE: "preserve"}).text = text


def _revision(numbers: Iterator[int]) -> dict[str, str]:
    """Who changed, when, and the number of the change."""
    return {_name("id"): str(next(numbers)), _name("author"): AUTHOR, _name("date"): DATE}


def _name(local: str) -> str:
    return f"{{{ooxml.WORDS}}}{local}"
