"""A brief as a Word document (ECMA-376, WordprocessingML) with real footnotes, headings, and links from the line of counts.

Written part by part: libraries that write DOCX know no footnotes. The fonts are named, not embedded: what a name needs that the reader's
machine has no font for is that machine's matter.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from reaffirm.days import spoken
from reaffirm.export import margins, ooxml
from reaffirm.export.book import TOOL
from reaffirm.export.briefs import lines
from reaffirm.export.escapes import coded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.brief import Brief, Change, Note, Section

    Element: TypeAlias = etree._Element  # noqa: SLF001 - the type that lxml names no other way

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PARTS = ("footnotes", "styles", "numbering", "settings")  # that the text refers to, in the order of their relations
WIDTHS = (3700, 3700, margins.LINE - 7400)  # of the columns of the table, in twentieths of a point
SERIF = "Cambria"
# name: (kind, what it is based on, paragraph properties, run properties)
STYLES = {
    "Normal": ("paragraph", "", '<w:spacing w:after="80"/>', ""),
    "Title": ("paragraph", "Normal", '<w:spacing w:after="60"/>', '<w:b/><w:sz w:val="36"/>'),
    "Subtitle": ("paragraph", "Normal", "", '<w:i/><w:sz w:val="22"/>'),
    "Heading1": ("paragraph", "Normal", '<w:keepNext/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="0"/>',
                 '<w:b/><w:sz w:val="26"/>'),
    "About": ("paragraph", "Normal", '<w:keepNext/><w:spacing w:after="60"/>', '<w:i/><w:color w:val="404040"/>'),
    "ListBullet": ("paragraph", "Normal",
                   '<w:keepLines/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="360" w:hanging="360"/>', ""),
    "FootnoteText": ("paragraph", "Normal", '<w:spacing w:after="20"/>', '<w:sz w:val="16"/>'),
    "FootnoteReference": ("character", "", "", '<w:vertAlign w:val="superscript"/>'),
}  # fmt: skip
BULLETS = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


def data(brief: Brief) -> bytes:
    """The bytes of the file."""
    document = _document(brief)
    parts = {
        "word/document.xml": (f"{KIND}.document.main+xml", document),
        "word/footnotes.xml": (f"{KIND}.footnotes+xml", _footnotes(brief)),
        "word/styles.xml": (f"{KIND}.styles+xml", _styles()),
        "word/numbering.xml": (f"{KIND}.numbering+xml", _plain("numbering", BULLETS)),
        "word/settings.xml": (f"{KIND}.settings+xml", _plain("settings", _settings())),
        **margins.parts(f"{lines.clean(brief.title)} · as of {spoken(brief.as_of)}"),
        "docProps/core.xml": ("application/vnd.openxmlformats-package.core-properties+xml", _core(brief)),
        "word/_rels/document.xml.rels": ("", ooxml.related((*((n, f"{n}.xml") for n in PARTS), *margins.RELATIONS))),
    }
    return ooxml.packed(parts, [("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")])


# The text


def _document(brief: Brief) -> bytes:
    root = etree.Element(_name("document"), nsmap={"w": ooxml.WORDS})
    body, numbers, anchors = _add(root, "body"), count(1), count(1)
    _paragraph(body, brief.title, "Title")
    _paragraph(body, lines.subtitle(brief), "Subtitle")
    _glance(_paragraph(body, "", "Normal"), brief)
    for section in brief.sections:
        _section(body, section, numbers, anchors)
    if brief.changes:
        _heading(body, lines.CHANGES, anchors, own_page=True)
        _paragraph(body, lines.ABOUT_CHANGES, "About")
        _table(body, brief.changes, numbers)
        if brief.more_changes:
            _paragraph(body, f"And {brief.more_changes} more, which the ledger lists.", "About")
    _heading(body, lines.DOCUMENTS, anchors)
    for doc, about in lines.documents(brief):
        _paragraph(body, f"{doc}: {about}", "ListBullet")
    _paragraph(body, lines.IMPRINT, "About")
    margins.page(body, len(PARTS) + 1)
    return _bytes(root)


def _glance(paragraph: Element, brief: Brief) -> None:
    for number, (words, title) in enumerate(lines.glance(brief)):
        if number:
            _run(paragraph, " · ")
        _run(_add(paragraph, "hyperlink", {"anchor": _anchor(title)}), words, underlined=True)


def _section(body: Element, section: Section, numbers: Iterator[int], anchors: Iterator[int]) -> None:
    _heading(body, section.title, anchors)
    if section.about:
        _paragraph(body, section.about, "About")
    for sentence in section.sentences:
        paragraph = _paragraph(body, sentence.text, "ListBullet")
        _references(paragraph, sentence.notes, numbers)
    if section.more:
        _paragraph(body, lines.more(section), "About")


def _heading(body: Element, title: str, anchors: Iterator[int], *, own_page: bool = False) -> None:
    paragraph = _paragraph(body, "", "Heading1")
    if own_page:
        _add(paragraph[0], "pageBreakBefore")
    mark = str(next(anchors))
    _add(paragraph, "bookmarkStart", {"id": mark, "name": _anchor(title)})
    _run(paragraph, title)
    _add(paragraph, "bookmarkEnd", {"id": mark})


def _table(body: Element, changes: tuple[Change, ...], numbers: Iterator[int]) -> None:
    table = _add(body, "tbl")
    properties = _add(table, "tblPr")
    _add(properties, "tblW", {"w": str(sum(WIDTHS)), "type": "dxa"})
    borders = _add(properties, "tblBorders")
    for side in ("top", "bottom", "insideH"):
        _add(borders, side, {"val": "single", "sz": "4", "space": "0", "color": "808080"})
    _add(properties, "tblLayout", {"type": "fixed"})
    grid = _add(table, "tblGrid")
    for width in WIDTHS:
        _add(grid, "gridCol", {"w": str(width)})
    head = _add(table, "tr")
    _add(_add(head, "trPr"), "tblHeader")
    for width, title in zip(WIDTHS, lines.COLUMNS, strict=True):
        _run(_cell(head, width), title, bold=True)
    for change in changes:
        row = _add(table, "tr")
        _add(_add(row, "trPr"), "cantSplit")
        for width, words, note in zip(WIDTHS, (change.was, change.now, change.verdict), (change.before, change.after, None), strict=True):
            paragraph = _cell(row, width)
            _run(paragraph, words)
            _references(paragraph, (note,) if note else (), numbers)


def _cell(row: Element, width: int) -> Element:
    cell = _add(row, "tc")
    _add(_add(cell, "tcPr"), "tcW", {"w": str(width), "type": "dxa"})
    return _paragraph(cell, "", "Normal")


def _references(paragraph: Element, notes: tuple[Note, ...], numbers: Iterator[int]) -> None:
    for place, _ in enumerate(notes):
        if place:
            _run(paragraph, ", ", style="FootnoteReference")
        _add(_run(paragraph, "", style="FootnoteReference"), "footnoteReference", {"id": str(next(numbers))})


# The notes


def _footnotes(brief: Brief) -> bytes:
    root = etree.Element(_name("footnotes"), nsmap={"w": ooxml.WORDS})
    for key, kind in SEPARATORS:
        _add(_add(_add(_add(root, "footnote", {"type": kind, "id": str(key)}), "p"), "r"), kind)
    for number, note in enumerate(brief.notes(), 1):
        paragraph = _paragraph(_add(root, "footnote", {"id": str(number)}), "", "FootnoteText")
        _add(_run(paragraph, "", style="FootnoteReference"), "footnoteRef")
        _run(paragraph, f" {lines.quoted(note)}")
    return _bytes(root)


# The other parts


def _styles() -> bytes:
    fonts = f'<w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:cs="{SERIF}"/><w:sz w:val="21"/><w:lang w:val="en-GB"/>'
    styles = [f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault></w:docDefaults>"]
    for name, (kind, base, paragraph, run) in STYLES.items():
        default = ' w:default="1"' if name == "Normal" else ""
        inner = f'<w:basedOn w:val="{base}"/>' if base else ""
        inner += f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
        inner += f"<w:rPr>{run}</w:rPr>" if run else ""
        styles.append(f'<w:style w:type="{kind}"{default} w:styleId="{name}"><w:name w:val="{_called(name)}"/>{inner}</w:style>')
    return _plain("styles", "".join(styles))


def _called(style: str) -> str:
    """The name by which word processors know a style that they ship."""
    return {"Heading1": "heading 1", "ListBullet": "List Bullet", "FootnoteText": "footnote text",
            "FootnoteReference": "footnote reference"}.get(style, style)  # fmt: skip


def _settings() -> str:
    listed = "".join(f'<w:footnote w:id="{key}"/>' for key, _ in SEPARATORS)
    return f"<w:footnotePr>{listed}</w:footnotePr>"


def _plain(root: str, inner: str) -> bytes:
    return f'{ooxml.HEAD}<w:{root} xmlns:w="{ooxml.WORDS}">{inner}</w:{root}>'.encode()


def _core(brief: Brief) -> bytes:
    """Title and maker; no time."""
    spaces = {"cp": f"{ooxml.PACKAGE}/metadata/core-properties", "dc": "http://purl.org/dc/elements/1.1/"}
    root = etree.Element(f"{{{spaces['cp']}}}coreProperties", nsmap=spaces)
    for name, text in (("title", lines.clean(brief.title)), ("creator", TOOL), ("language", "en")):
        etree.SubElement(root, f"{{{spaces['dc']}}}{name}").text = text
    return _bytes(root)


# Elements


def _paragraph(parent: Element, text: str, style: str) -> Element:
    paragraph = _add(parent, "p")
    _add(_add(paragraph, "pPr"), "pStyle", {"val": style})
    if text:
        _run(paragraph, text)
    return paragraph


def _run(parent: Element, text: str, *, style: str = "", bold: bool = False, underlined: bool = False) -> Element:
    run = _add(parent, "r")
    if style or bold or underlined:
        properties = _add(run, "rPr")
        if style:
            _add(properties, "rStyle", {"val": style})
        if bold:
            _add(properties, "b")
        if underlined:
            _add(properties, "u", {"val": "single"})
    if text:
        element = _add(run, "t")
        element.set(SPACE, "preserve")
        element.text = coded(text)
    return run


def _add(parent: Element, local: str, values: dict[str, str] | None = None) -> Element:
    return etree.SubElement(parent, _name(local), {_name(key): value for key, value in (values or {}).items()})


def _name(local: str) -> str:
    return f"{{{ooxml.WORDS}}}{local}"


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "_")


def _bytes(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
