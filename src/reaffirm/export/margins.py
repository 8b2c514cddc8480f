"""The margins of a Word file (ECMA-376, WordprocessingML): a header with a title, a footer with the program and page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from reaffirm.export import ooxml
from reaffirm.export.book import TOOL

if TYPE_CHECKING:
    Element: TypeAlias = etree._Element  # noqa: SLF001 - the type that lxml names no other way

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WIDE, TALL, EDGE = 11906, 16838, 1134  # A4 and its margin, in twentieths of a point
LINE = WIDE - 2 * EDGE
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SMALL = {"sz": "16", "color": "595959"}  # half points; dark enough for paper and screen
RELATIONS = (("header", "header1.xml"), ("footer", "footer1.xml"))


def parts(title: str) -> dict[str, tuple[str, bytes]]:
    """The two parts, by name: type and content. The title is on one line, without what XML cannot hold."""
    return {
        "word/header1.xml": (f"{KIND}.header+xml", _part("hdr", [title])),
        "word/footer1.xml": (f"{KIND}.footer+xml", _part("ftr", [TOOL, "\t", "PAGE", " / ", "NUMPAGES"])),
    }


def page(body: Element, first: int) -> None:
    """Ends a body with its page: A4, and header and footer by their relations, of which the header's has this number."""
    ending = _add(body, "sectPr")
    for number, kind in enumerate(("headerReference", "footerReference"), first):
        _add(ending, kind, type="default").set(f"{{{RELATED}}}id", f"rId{number}")
    _add(ending, "pgSz", w=str(WIDE), h=str(TALL))
    _add(ending, "pgMar", **dict.fromkeys(("top", "right", "bottom", "left"), str(EDGE)), header="500", footer="500", gutter="0")


def _part(root: str, words: list[str]) -> bytes:
    """A part of one small line; `PAGE` and `NUMPAGES` are fields, a tab goes to the right margin."""
    part = etree.Element(_name(root), nsmap={"w": ooxml.WORDS})
    paragraph = _add(part, "p")
    _add(_add(_add(paragraph, "pPr"), "tabs"), "tab", val="right", pos=str(LINE))
    for each in words:
        _run(paragraph, each)
    return bytes(etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True))


def _run(paragraph: Element, words: str) -> None:
    """Adds a run of some words, of a tab or of a field."""
    field = words in {"PAGE", "NUMPAGES"}
    run = _add(_add(paragraph, "fldSimple", instr=words) if field else paragraph, "r")
    shape = _add(run, "rPr")
    for key in ("color", "sz"):
        _add(shape, key, val=SMALL[key])
    if words == "\t":
        _add(run, "tab")
    else:
        text = _add(run, "t")
        text.set(SPACE, "preserve")
        text.text = "1" if field else words


def _add(parent: Element, local: str, **values: str) -> Element:
    return etree.SubElement(parent, _name(local), {_name(key): value for key, value in values.items()})


def _name(local: str) -> str:
    return f"{{{ooxml.WORDS}}}{local}"
