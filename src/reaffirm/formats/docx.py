"""Word documents (OOXML, transitional and strict): the words of the package's XML, a node for each paragraph or cell.

Text: paragraphs are separated by blank lines. A table row whose cells hold one line each is one line, a tab between
cells; the paragraphs of any other row stand apart like those of the body. Text boxes follow the paragraph that holds
them, footnotes and endnotes the body in the order of their references, headers and footers (furniture, once each) the
notes. Tracked changes are read as accepted. Numbers that Word itself would draw, comments and pictures are not text.
Metadata keys: `docx:title`, `docx:creator`, `docx:subject`, `docx:category`, `docx:language`, `docx:created`,
`docx:modified`; none of them is a date of publication.
"""

from __future__ import annotations

import functools
import posixpath
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from reaffirm.formats.package import DAMAGED, BadPartError, Package
from reaffirm.formats.pieces import Box, Piece, Rows, join, level, titled
from reaffirm.formats.problems import Found, refused, unreadable
from reaffirm.formats.refusals import TYPE_OUT, is_word
from reaffirm.model import MetaField, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.model import BlockKind

MAX_STYLES = 16  # steps from a style to the one it is based on
ACCEPT = "If the text before the changes is meant, reject the changes in a word processor and add that file."
REVEAL = "If the hidden words belong to the text, make them visible in a word processor and add that file."
NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}
SKIPPED = frozenset({
    "del", "moveFrom", "delText", "instrText", "delInstrText", "fldData", "rt", "pPr", "rPr", "sectPr", "tblPr", "tblPrEx",
    "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "m:rPr",
})  # fmt: skip
LITERAL = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
CHANGES = {"ins": "insertions", "moveTo": "insertions", "del": "deletions", "moveFrom": "deletions"}
ENDS = str.maketrans("\r\n", "  ")  # a line end within a run shows as a space
EDGE = " \t\n\r"
OFF = frozenset({"0", "false", "off"})
HINTS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"title\Z"), "title"),
    (re.compile(r"heading ?\d"), "heading"),
    (re.compile(r"caption\Z"), "caption"),
    (re.compile(r"(?:footnote|endnote) ?text\Z"), "note"),
    (re.compile(r"list(?! ?paragraph)"), "list item"),
)
CONTENTS = re.compile(r"toc ?\d")
PROPERTIES = ("title", "creator", "subject", "category", "language", "created", "modified")


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its name in lower case, the style it is based on, whether it numbers."""

    name: str
    base: str
    numbered: bool


_Styles = dict[str, _Style]
_Relations = dict[str, tuple[str, str]]


@dataclass(slots=True)
class _Para:
    """A paragraph being read: its words, open fields, and the pieces of its text boxes."""

    element: etree._Element
    path: str
    hint: BlockKind | None
    reason: str
    joined: bool
    level: int = 0
    words: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    boxes: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Box(Box):
    """What holds paragraphs, and a paragraph whose end was deleted and that waits for the next."""

    carried: _Para | None = None


@dataclass(slots=True)
class _Table:
    """A table being read: its number, how many rows were begun, its rows."""

    element: etree._Element
    number: int
    row: int = 0
    rows: Rows = field(default_factory=Rows)


def sniff(data: bytes, name: str) -> bool:  # noqa: ARG001 - every format has the same two functions
    """Whether the bytes are a package with the parts of a Word document."""
    return is_word(data)


def read(data: bytes, name: str) -> Source:  # noqa: ARG001 - every format has the same two functions
    """The Source of a Word document; a package that cannot be read gives a problem."""
    try:
        return _read(_Package(data))
    except BadPartError as error:
        what, resolution = error.args
        return refused(_extractor(), unreadable(f"a Word document {what}", resolution))


def _read(package: _Package) -> Source:
    """The Source of a package whose main part can be read."""
    main = package.main()
    root = package.parse(main)
    relations = package.relations(main)
    styles = _styles(package.optional(_target(relations, "styles")))
    body = _Walk(styles)
    pieces = body.walk(root, _Box(root, "", numbered=True))
    pieces += _notes(package, relations, styles, body.notes)
    if any(piece.hint in ("title", "heading") for piece in pieces):
        pieces = [replace(piece, hint=piece.hint or "paragraph") for piece in titled(pieces)]
    text, nodes = join([*pieces, *_margins(package, relations, styles, root)])
    problems = [*_changes(root), *_doubts(root, body, pieces), *package.problems]
    return Source(text, _extractor(), nodes, _properties(package), tuple(problems))


def _notes(package: _Package, relations: _Relations, styles: _Styles, references: Sequence[tuple[str, str]]) -> list[Piece]:
    """The pieces of the footnotes, then of the endnotes, in the order of their first references."""
    pieces: list[Piece] = []
    for kind in ("footnote", "endnote"):
        wanted = list(dict.fromkeys(number for what, number in references if what == kind))
        root = package.optional(_target(relations, f"{kind}s")) if wanted else None
        held = {} if root is None else {_value(note, "id"): note for note in root if _name(note.tag) == kind}
        for place, number in enumerate(wanted, start=1):
            if number in held:
                found = _Walk(styles).walk(held[number], _Box(held[number], f"{kind} {place}", numbered=False))
                pieces += (replace(piece, hint="note") for piece in found)
    return pieces


def _margins(package: _Package, relations: _Relations, styles: _Styles, root: etree._Element) -> Iterator[Piece]:
    """The pieces of the headers and footers that the sections name, furniture, equal words once."""
    seen: set[tuple[str, str]] = set()
    read: dict[str, int] = {}
    for kind, part in _named_margins(relations, root):
        found = None if part in read else package.optional(part)
        if found is None:
            continue
        read[part] = len(read) + 1
        for piece in _Walk(styles).walk(found, _Box(found, f"{kind} {read[part]}", numbered=True)):
            if (kind, piece.words) not in seen:
                seen.add((kind, piece.words))
                yield replace(piece, hint=None, reason=kind, lead="\n\n")


def _named_margins(relations: _Relations, root: etree._Element) -> Iterator[tuple[str, str]]:
    """The kind and the part of each header, then of each footer, that a section refers to."""
    for kind in ("header", "footer"):
        for reference in root.iter(f"{{*}}{kind}Reference"):
            identity = next((value for key, value in reference.attrib.items() if str(key).endswith("}id")), "")
            _, part = relations.get(str(identity), ("", ""))
            if part:
                yield kind, part


def _changes(root: etree._Element) -> Iterator[Found]:
    """The problem of a document with tracked changes."""
    counts = {"insertions": 0, "deletions": 0}
    for element in root.iter(*(f"{{*}}{name}" for name in CHANGES)):
        name = _name(element.tag)
        if name in CHANGES:
            counts[CHANGES[name]] += 1
    if any(counts.values()):
        listed = ", ".join(f"{count} {what}" for what, count in counts.items())
        yield ("tracked changes", "low", f"the document holds tracked changes ({listed}); it was read as if accepted", ACCEPT)


def _doubts(root: etree._Element, body: _Walk, pieces: Sequence[Piece]) -> Iterator[Found]:
    """The problems of words that are hidden, stand in embedded files, or are not there at all."""
    if not pieces:
        yield unreadable("the document holds no text; its pages may be pictures", TYPE_OUT)
    if body.hidden:
        message = f"{body.hidden} characters of the document are formatted as hidden; they were left out"
        yield ("hidden text", "low", message, REVEAL)
    if next((e for e in root.iter("{*}altChunk") if _name(e.tag) == "altChunk"), None) is not None:
        yield unreadable("a part of the document is an embedded file of another format", DAMAGED)


def _properties(package: _Package) -> tuple[MetaField, ...]:
    """The metadata fields of the core properties that are filled in."""
    part = _target(package.relations(""), "core-properties") or "docProps/core.xml"
    root = package.optional(part)
    found = {} if root is None else {_local(child): (child.text or "").strip() for child in root}
    return tuple(MetaField(f"docx:{key}", found[key]) for key in PROPERTIES if found.get(key))


def _styles(root: etree._Element | None) -> _Styles:
    """The paragraph styles by their ids."""
    styles: dict[str, _Style] = {}
    for style in () if root is None else root:
        if _name(style.tag) == "style":
            name = _value(_child(style, "name"), "val").lower()
            numbered = _numbered(_child(style, "pPr"))
            styles[_value(style, "styleId")] = _Style(name, _value(_child(style, "basedOn"), "val"), bool(numbered))
    return styles


def _claims(properties: etree._Element | None, styles: _Styles) -> tuple[BlockKind | None, str, int]:
    """The hint of a paragraph by its style, the styles that one is based on, and its numbering; furniture reason; a heading's level."""
    identity = _value(_child(properties, "pStyle"), "val")
    numbered = _numbered(properties)
    for _ in range(MAX_STYLES):
        style = styles.get(identity, _Style(identity.lower(), "", numbered=False))
        if CONTENTS.match(style.name):
            return None, "contents", 0
        hint = next((kind for pattern, kind in HINTS if pattern.match(style.name)), None)
        if hint is not None:
            return hint, "", level(style.name)
        numbered = style.numbered if numbered is None else numbered
        identity = style.base
        if not identity:
            break
    return ("list item" if numbered else None), "", 0


def _numbered(properties: etree._Element | None) -> bool | None:
    """Whether properties of a paragraph number it; None when they do not say."""
    number = _child(properties, "numPr", "numId")
    return None if number is None else _value(number, "val") != "0"


class _Walk:
    """The state of a walk through one story: open boxes, tables and paragraphs; what it referred to and hid."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.boxes: list[_Box] = []
        self.tables: list[_Table] = []
        self.paras: list[_Para] = []
        self.notes: list[tuple[str, str]] = []
        self.hidden = 0
        self.table_count = 0
        self.box_count = 0
        self.starts = {
            "p": self.open_para, "tbl": self.open_table, "tr": self.open_row, "tc": self.open_cell, "r": self.open_run,
            "txbxContent": self.open_box, "t": self.say, "m:t": self.say, "sym": self.symbol, "fldChar": self.mark_field,
            "footnoteReference": self.refer, "endnoteReference": self.refer, "mc:Choice": self.choose,
            "mc:Fallback": self.choose,
        }  # fmt: skip
        self.ends = {
            "p": self.close_para, "tbl": self.close_table, "tr": self.close_row, "tc": self.close_box,
            "txbxContent": self.close_box,
        }  # fmt: skip

    def walk(self, root: etree._Element, box: _Box) -> list[Piece]:
        """The pieces of a story, in order; deep nesting costs no stack."""
        self.boxes = [box]
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            name = _name(element.tag)
            if event == "start":
                if name in SKIPPED or not self.enter(name, element):
                    walker.skip_subtree()
            elif name in self.ends:
                self.ends[name](element)
        self.release(box)
        return box.pieces

    def enter(self, name: str, element: etree._Element) -> bool:
        """Whether to go into an element, after what its start does."""
        if name in LITERAL:
            self.add(LITERAL[name])
        start = self.starts.get(name)
        return start is None or start(element)

    def add(self, words: str) -> None:
        """Add words to the open paragraph, unless they are the instruction of a field."""
        if self.paras and "begin" not in self.paras[-1].fields:
            self.paras[-1].words.append(words)

    def say(self, element: etree._Element) -> bool:
        """True; the words of a text element are added."""
        self.add((element.text or "").translate(ENDS))
        return True

    def symbol(self, element: etree._Element) -> bool:
        """True; the character of a symbol is added, in the private use area where its font alone knows it."""
        code = _value(element, "char")
        if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) and not 0xD800 <= int(code, 16) < 0xE000 and int(code, 16) >= 0x20:
            self.add(chr(int(code, 16)))
        return True

    def mark_field(self, element: etree._Element) -> bool:
        """True; a field begins, goes on to its result, or ends."""
        fields = self.paras[-1].fields if self.paras else []
        kind = _value(element, "fldCharType")
        if kind == "begin":
            fields.append(kind)
        elif fields and kind == "separate":
            fields[-1] = kind
        elif fields and kind == "end":
            fields.pop()
        return True

    def refer(self, element: etree._Element) -> bool:
        """True; the note that is referred to is noted."""
        self.notes.append((_name(element.tag).removesuffix("Reference"), _value(element, "id")))
        return True

    def choose(self, element: etree._Element) -> bool:
        """Whether this is the first of several forms of the same content."""
        return element.getprevious() is None

    def open_run(self, element: etree._Element) -> bool:
        """Whether a run shows; the characters of a hidden one are counted."""
        vanish = _child(element, "rPr", "vanish")
        if vanish is None or _value(vanish, "val") in OFF:
            return True
        self.hidden += sum(len((child.text or "").strip()) for child in element if _name(child.tag) == "t")
        return False

    def open_para(self, element: etree._Element) -> bool:
        """True; a paragraph is opened."""
        properties = _child(element, "pPr")
        hint, reason, rank = _claims(properties, self.styles)
        mark = _child(properties, "rPr")
        joined = _child(mark, "del") is not None or _child(mark, "moveFrom") is not None
        self.paras.append(_Para(element, self.boxes[-1].path(), hint, reason, joined, rank))
        return True

    def close_para(self, element: etree._Element) -> None:
        """Put the paragraph into its box, or keep it for the next one when its end was deleted."""
        if not self.paras or self.paras[-1].element is not element:
            return
        para, box = self.paras.pop(), self.boxes[-1]
        if box.carried is not None:
            box.carried.words += para.words
            box.carried.boxes += para.boxes
            para.words, para.boxes = box.carried.words, box.carried.boxes
            box.carried = None
        if para.joined:
            box.carried = para
        else:
            _put(box, para)

    def release(self, box: _Box) -> None:
        """Put a paragraph that waits for a next one into its box."""
        if box.carried is not None:
            _put(box, box.carried)
            box.carried = None

    def open_table(self, element: etree._Element) -> bool:
        """True; a table is opened."""
        self.release(self.boxes[-1])
        self.table_count += 1
        self.tables.append(_Table(element, self.table_count))
        return True

    def open_row(self, element: etree._Element) -> bool:
        """Whether the row was not deleted; it is begun."""
        if not self.tables or _child(element, "trPr", "del") is not None:
            return False
        self.tables[-1].row += 1
        self.tables[-1].rows.cells = []
        return True

    def open_cell(self, element: etree._Element) -> bool:
        """Whether the cell was not deleted; it is opened."""
        if not self.tables or _child(element, "tcPr", "cellDel") is not None:
            return False
        table = self.tables[-1]
        label = f"table {table.number} row {table.row} cell {len(table.rows.cells) + 1}"
        self.boxes.append(_Box(element, label, numbered=False))
        return True

    def open_box(self, element: etree._Element) -> bool:
        """True; a text box is opened."""
        self.box_count += 1
        self.boxes.append(_Box(element, f"text box {self.box_count}", numbered=True))
        return True

    def close_box(self, element: etree._Element) -> None:
        """Close a cell or a text box, whose pieces go to the row or to the paragraph that holds it."""
        if self.boxes[-1].element is not element or len(self.boxes) == 1:
            return
        box = self.boxes.pop()
        self.release(box)
        if _name(element.tag) == "tc":
            self.tables[-1].rows.cells.append(box.pieces)
        else:
            (self.paras[-1].boxes if self.paras else self.boxes[-1].pieces).extend(box.pieces)

    def close_row(self, element: etree._Element) -> None:
        """Add the open row to its table; a row that was skipped left none."""
        if not self.tables or not self.tables[-1].rows.cells or _child(element, "trPr", "del") is not None:
            return
        self.tables[-1].rows.close()

    def close_table(self, element: etree._Element) -> None:
        """Put the rows of a table into the box that holds it."""
        if self.tables and self.tables[-1].element is element:
            self.boxes[-1].pieces.extend(self.tables.pop().rows.pieces)


def _put(box: _Box, para: _Para) -> None:
    """Add the piece of a paragraph to a box, and those of its text boxes after it."""
    words = "".join(para.words).strip(EDGE)
    if words.strip():
        box.pieces.append(Piece(words, para.path, para.hint, para.reason, level=para.level))
    box.pieces.extend(para.boxes)


class _Package(Package):
    """The parts of a Word document, and which of them belongs to which."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data, "a Word document")

    def main(self) -> str:
        """The name of the main part."""
        return _target(self.relations(""), "officeDocument") or "word/document.xml"

    def relations(self, part: str) -> _Relations:
        """The type and the part of each relation of a part, by its id."""
        folder, base = posixpath.split(part)
        root = self.optional(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in () if root is None else root:
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        return found


def _target(relations: _Relations, kind: str) -> str:
    """The part of the first relation of a type, or an empty string."""
    return next((part for what, part in relations.values() if what == kind), "")


@functools.lru_cache(maxsize=4096)
def _name(tag: str) -> str:
    """The local name of a tag, with a prefix unless it is one of WordprocessingML; empty in foreign namespaces."""
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.rpartition("}")
    prefix = NAMESPACES.get(namespace[1:])
    return "" if prefix is None else prefix + local


def _local(element: etree._Element) -> str:
    """The local name of an element."""
    return str(element.tag).rpartition("}")[2]


def _child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The child of an element by a path of names in its own namespace, or None."""
    for name in names:
        if element is None:
            return None
        element = element.find(element.tag[: element.tag.rfind("}") + 1] + name)
    return element


def _value(element: etree._Element | None, name: str) -> str:
    """An attribute in the element's own namespace, or an empty string."""
    if element is None:
        return ""
    return str(element.get(element.tag[: element.tag.rfind("}") + 1] + name, ""))


@functools.cache
def _extractor() -> str:
    """The name of this extractor with the version of what its output depends on."""
    return f"docx/1 libxml2/{'.'.join(map(str, etree.LIBXML_VERSION))}"
