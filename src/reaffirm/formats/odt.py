"""OpenDocument texts (packages and flat XML): the words of the content, a node for each paragraph or cell.

Text: paragraphs are separated by blank lines. A table row whose cells hold one line each is one line, a tab between
cells; the paragraphs of any other row stand apart like those of the body. Text boxes and shapes follow the paragraph
that holds them, footnotes and endnotes the body in their order, headers and footers (furniture, once each) the notes.
Tables of contents and indexes are furniture. Tracked changes are read as accepted. Numbers that a word processor would
draw, annotations, formulas and pictures are not text. White space is collapsed as OpenDocument 1.3, part 3, 6.1.2 says.
Metadata keys: `odt:title`, `odt:initial-creator`, `odt:creator`, `odt:subject`, `odt:language`, `odt:created`,
`odt:modified`; none of them is a date of publication.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from reaffirm.formats.archive import MAX_MEMBER
from reaffirm.formats.package import DAMAGED, UNLOCK, BadPartError, Package, parsed
from reaffirm.formats.pieces import Box, Piece, Rows, join, level, titled
from reaffirm.formats.problems import Found, refused, unreadable
from reaffirm.formats.refusals import SAVE_AS_TEXT, TYPE_OUT
from reaffirm.model import MetaField, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import BlockKind

KIND = "an OpenDocument text"
HEAD = 4096
LOCAL = b"PK\x03\x04"
MIME = re.compile(rb"application/vnd\.oasis\.opendocument\.text(?:-template|-master|-web)?")
FLAT = re.compile(rb"\s*<\?xml[^>]*>.{0,2000}?<office:document[\s>]", re.DOTALL)
MAX_STYLES = 16  # steps from a style to the one it is based on
MAX_SPACES = 1000  # of one element
ACCEPT = "If the text before the changes is meant, reject the changes in a word processor and add that file."
REVEAL = "If the hidden words belong to the text, make them visible in a word processor and add that file."
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {f"{ODF}{name}:1.0": f"{prefix}:" for name, prefix in (
    ("office", "office"), ("text", "text"), ("table", "table"), ("drawing", "draw"), ("style", "style"), ("meta", "meta"),
    ("svg-compatible", "svg"), ("form", "form"), ("script", "script"), ("manifest", "manifest"), ("presentation", "presentation"),
)} | {"http://purl.org/dc/elements/1.1/": "dc:", "http://www.w3.org/1998/Math/MathML": "math:"}  # fmt: skip
SKIPPED = frozenset({
    "text:tracked-changes", "text:note-citation", "text:ruby-text", "text:script", "text:variable-decls", "text:sequence-decls",
    "text:user-field-decls", "text:dde-connection-decls", "text:notes-configuration", "office:annotation", "office:annotation-end",
    "office:forms", "office:scripts", "office:event-listeners", "office:dde-source", "office:binary-data", "svg:title", "svg:desc",
    "math:math", "draw:object", "draw:glue-point", "table:title", "table:desc", "table:covered-table-cell",
    "text:table-of-content-source", "text:illustration-index-source", "text:table-index-source", "text:object-index-source",
    "text:user-index-source", "text:alphabetical-index-source", "text:bibliography-source", "text:hidden-text",
})  # fmt: skip
INDEXES = frozenset(f"text:{name}" for name in (
    "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
))  # fmt: skip
LISTS = frozenset({"text:list-item", "text:list-header", "text:numbered-paragraph"})
SHAPES = frozenset(f"draw:{name}" for name in (
    "text-box", "custom-shape", "rect", "ellipse", "circle", "line", "polygon", "polyline", "path", "connector", "regular-polygon",
    "caption", "measure",
))  # fmt: skip
PARAGRAPHS = frozenset({"text:p", "text:h"})
SILENT = frozenset({"text:list", "text:section", "text:note", "text:note-body", "text:index-body"}) | LISTS | INDEXES
HINTS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"title\Z"), "title"),
    (re.compile(r"heading ?\d"), "heading"),
    (re.compile(r"caption\Z"), "caption"),
    (re.compile(r"(?:footnote|endnote)\Z"), "note"),
    (re.compile(r"list (?:bullet|number)|(?:list|numbering) ?\d"), "list item"),
)
CONTENTS = re.compile(r"contents (?:\d|heading)|toc ?\d")
BLANK = re.compile(r"[ \t\r\n]+")
CODED = re.compile(r"_([0-9a-f]{2})_")
PROPERTIES = {
    "title": "title", "initial-creator": "initial-creator", "creator": "creator", "subject": "subject", "language": "language",
    "creation-date": "created", "date": "modified",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: its name in lower case, the style it is based on, whether it hides its words."""

    name: str
    base: str
    hidden: bool | None


_Styles = dict[tuple[str, str], _Style]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The roots of a document's parts; the same one of flat XML."""

    content: etree._Element
    styles: etree._Element | None
    meta: etree._Element | None
    problems: tuple[Found, ...] = ()


@dataclass(slots=True)
class _Para:
    """A paragraph being read: its words, whether white space was the last of them, the pieces of its text boxes."""

    path: str
    hint: BlockKind | None
    reason: str
    level: int
    words: list[str] = field(default_factory=list)
    blank: bool = True
    boxes: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table being read: its number, how many rows were begun, its rows."""

    number: int
    row: int = 0
    rows: Rows = field(default_factory=Rows)


def sniff(data: bytes, name: str) -> bool:  # noqa: ARG001 - every format has the same two functions
    """Whether the bytes are a package whose first member says OpenDocument text, or flat XML that says so."""
    if data.startswith(LOCAL):
        start = 38 + int.from_bytes(data[28:30], "little")
        return data[30:38] == b"mimetype" and MIME.match(data, start) is not None
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    return FLAT.match(head) is not None and MIME.search(head) is not None


def read(data: bytes, name: str) -> Source:  # noqa: ARG001 - every format has the same two functions
    """The Source of an OpenDocument text; one that cannot be read gives a problem."""
    try:
        return _read(_opened(data) if data.startswith(LOCAL) else _flat(data))
    except BadPartError as error:
        what, resolution = error.args
        return refused(_extractor(), unreadable(f"{KIND} {what}", resolution))


def _opened(data: bytes) -> _Parts:
    """The parts of a package."""
    package = Package(data, KIND)
    manifest = package.optional("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        message = "that is encrypted"
        raise BadPartError(message, UNLOCK)
    content = package.parse("content.xml")
    styles, meta = package.optional("styles.xml"), package.optional("meta.xml")
    return _Parts(content, styles, meta, tuple(package.problems))


def _flat(data: bytes) -> _Parts:
    """The parts of flat XML, which are one."""
    if len(data) > MAX_MEMBER:
        message = f"of {len(data):,} bytes; the limit is {MAX_MEMBER:,}"
        raise BadPartError(message, SAVE_AS_TEXT)
    root = parsed(data)
    return _Parts(root, root, root)


def _read(parts: _Parts) -> Source:
    """The Source of a document whose content could be parsed."""
    body = next(parts.content.iter(f"{{{ODF}office:1.0}}text"), None)
    if body is None:
        message = "without a body of text"
        raise BadPartError(message, DAMAGED)
    styles = _styles(parts)
    walk = _Walk(styles)
    pieces = walk.walk(body, Box(body, "", numbered=True))
    pieces += [*walk.notes["footnote"], *walk.notes["endnote"]]
    if any(piece.hint in ("title", "heading") for piece in pieces):
        pieces = [replace(piece, hint=piece.hint or "paragraph") for piece in titled(pieces)]
    text, nodes = join([*pieces, *_margins(parts.styles, styles)])
    problems = [*_changes(body), *_doubts(walk.hidden, text=bool(pieces)), *parts.problems]
    return Source(text, _extractor(), nodes, _properties(parts.meta), tuple(problems))


def _margins(root: etree._Element | None, styles: _Styles) -> Iterator[Piece]:
    """The pieces of the headers and footers of all page styles, furniture, equal words once."""
    seen: set[tuple[str, str]] = set()
    count = 0
    for kind in ("header", "footer"):
        for found in () if root is None else root.iter(*(f"{{*}}{kind}{side}" for side in ("", "-left", "-first"))):
            if not _name(found.tag).startswith("style:") or _value(found, "style:display") == "false":
                continue
            count += 1
            for piece in _Walk(styles).walk(found, Box(found, f"{kind} {count}", numbered=True)):
                if (kind, piece.words) not in seen:
                    seen.add((kind, piece.words))
                    yield replace(piece, hint=None, reason=kind, lead="\n\n")


def _changes(body: etree._Element) -> Iterator[Found]:
    """The problem of a document with tracked changes."""
    names = {"text:insertion": "insertions", "text:deletion": "deletions"}
    counts = dict.fromkeys(names.values(), 0)
    for element in body.iter("{*}insertion", "{*}deletion"):
        name = _name(element.tag)
        if name in names:
            counts[names[name]] += 1
    if any(counts.values()):
        listed = ", ".join(f"{count} {what}" for what, count in counts.items())
        yield ("tracked changes", "low", f"the document holds tracked changes ({listed}); it was read as if accepted", ACCEPT)


def _doubts(hidden: int, *, text: bool) -> Iterator[Found]:
    """The problems of words that are hidden or not there at all."""
    if not text:
        yield unreadable("the document holds no text; its pages may be pictures", TYPE_OUT)
    if hidden:
        yield ("hidden text", "low", f"{hidden} characters of the document are formatted as hidden; they were left out", REVEAL)


def _properties(root: etree._Element | None) -> tuple[MetaField, ...]:
    """The metadata fields that are filled in."""
    meta = None if root is None else next(root.iter(f"{{{ODF}office:1.0}}meta"), None)
    found: dict[str, str] = {}
    for child in () if meta is None else meta:
        prefix, _, local = _name(child.tag).partition(":")
        if prefix in {"dc", "meta"}:
            found.setdefault(local, (child.text or "").strip())
    return tuple(MetaField(f"odt:{key}", found[local]) for local, key in PROPERTIES.items() if found.get(local))


def _styles(parts: _Parts) -> _Styles:
    """The styles by family and name; those of the content go before those of the document."""
    styles: _Styles = {}
    for root in dict.fromkeys(part for part in (parts.content, parts.styles) if part is not None):
        for style in root.iter(f"{{{ODF}style:1.0}}style"):
            family, name = _value(style, "style:family"), _value(style, "style:name")
            shown = _value(style, "style:display-name") or _decoded(name)
            display = next((_value(child, "text:display") for child in style if _name(child.tag) == "style:text-properties"), "")
            found = _Style(shown.lower(), _value(style, "style:parent-style-name"), display == "none" if display else None)
            styles.setdefault((family, name), found)
    return styles


def _decoded(name: str) -> str:
    """The name of a style as it is shown: `_20_` is a space."""
    return CODED.sub(lambda found: chr(int(found[1], 16)), name)


def _lineage(styles: _Styles, family: str, name: str) -> Iterator[_Style]:
    """A style and those it is based on."""
    for _ in range(MAX_STYLES):
        style = styles.get((family, name))
        if style is None:
            if name:
                yield _Style(_decoded(name).lower(), "", None)
            return
        yield style
        name = style.base


def _is_hidden(styles: _Styles, family: str, name: str) -> bool:
    """Whether a style, or the nearest that says so of those it is based on, hides its words."""
    return next((style.hidden for style in _lineage(styles, family, name) if style.hidden is not None), False)


class _Walk:
    """The state of a walk through one story: open boxes, tables, paragraphs and lists; its notes and what it hid."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.boxes: list[Box] = []
        self.tables: list[_Table] = []
        self.paras: list[_Para] = []
        self.notes: dict[str, list[Piece]] = {"footnote": [], "endnote": []}
        self.note_counts = {"footnote": 0, "endnote": 0}
        self.hidden = 0
        self.table_count = 0
        self.box_count = 0
        self.lists = 0
        self.indexes = 0
        self.starts = {
            "text:p": self.open_para, "text:h": self.open_para, "text:span": self.open_span, "text:section": self.open_section,
            "text:s": self.space, "text:tab": self.literal, "text:line-break": self.literal, "text:note-body": self.open_note,
            "table:table": self.open_table, "table:table-row": self.open_row, "table:table-cell": self.open_cell,
            "text:hidden-paragraph": self.hide_field, "text:hidden-text": self.hide_field, "table:covered-table-cell": self.cover,
        }  # fmt: skip

    def walk(self, root: etree._Element, box: Box) -> list[Piece]:
        """The pieces of a story, in order; deep nesting costs no stack."""
        self.boxes = [box]
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walker:
            name = _name(element.tag)
            if event == "start":
                if self.enter(name, element):
                    self.say(name, element.text)
                else:
                    skipped = element
                    walker.skip_subtree()
                continue
            if element is not skipped:
                self.leave(name, element)
            skipped = None
            if element is not root:
                self.say(_name(element.getparent().tag), element.tail)
        return box.pieces

    def enter(self, name: str, element: etree._Element) -> bool:
        """Whether to go into an element, after what its start does."""
        start = self.starts.get(name)
        if start is not None and not start(element):
            return False
        if name in SKIPPED:
            return False
        if name in SHAPES:
            self.box_count += 1
            self.boxes.append(Box(element, f"text box {self.box_count}", numbered=True))
        self.lists += name in LISTS
        self.indexes += name in INDEXES
        return True

    def leave(self, name: str, element: etree._Element) -> None:
        """What the end of an element does that was gone into."""
        self.lists -= name in LISTS
        self.indexes -= name in INDEXES
        if name in PARAGRAPHS:
            self.close_para()
        elif self.boxes[-1].element is element and len(self.boxes) > 1:
            self.close_box(name)
        elif name == "table:table-row" and self.tables:
            self.tables[-1].rows.close()
        elif name == "table:table" and self.tables:
            rows = self.tables.pop().rows
            rows.close()
            self.boxes[-1].pieces.extend(rows.pieces)

    def say(self, name: str, words: str | None) -> None:
        """Add the words that stand in an element to the open paragraph; white space is collapsed."""
        if not words or not self.paras or name in SILENT or not (name.startswith("text:") or not name):
            return
        para = self.paras[-1]
        words = BLANK.sub(" ", words)
        if para.blank:
            words = words.removeprefix(" ")
        if words:
            para.words.append(words)
            para.blank = words.endswith(" ")

    def add(self, words: str) -> None:
        """Add words that stand for an element, as they are."""
        if self.paras:
            self.paras[-1].words.append(words)
            self.paras[-1].blank = False

    def space(self, element: etree._Element) -> bool:
        """False; the spaces of an element are added."""
        count = _value(element, "text:c")
        self.add(" " * (min(int(count), MAX_SPACES) if re.fullmatch(r"\d{1,9}", count) else 1))
        return False

    def literal(self, element: etree._Element) -> bool:
        """False; the tab or line end of an element is added."""
        self.add("\t" if _name(element.tag) == "text:tab" else "\n")
        return False

    def hide(self, element: etree._Element) -> bool:
        """False; the characters of a hidden element are counted."""
        self.hidden += sum(len(words.strip()) for words in element.itertext())
        return False

    def hide_field(self, element: etree._Element) -> bool:
        """False; the words that a field hides are counted, and those of one that does not are added."""
        words = _value(element, "text:string-value")
        if _name(element.tag) == "text:hidden-text" and _value(element, "text:is-hidden") == "true":
            self.hidden += len(words.strip())
        elif _name(element.tag) == "text:hidden-text":
            self.add(element.text or words)
        return False

    def open_span(self, element: etree._Element) -> bool:
        """Whether a span shows."""
        return not _is_hidden(self.styles, "text", _value(element, "text:style-name")) or self.hide(element)

    def open_section(self, element: etree._Element) -> bool:
        """Whether a section shows."""
        hidden = _value(element, "text:display") == "none" or _value(element, "text:is-hidden") == "true"
        return not hidden or self.hide(element)

    def open_para(self, element: etree._Element) -> bool:
        """Whether a paragraph shows; it is opened."""
        path = self.boxes[-1].path()
        style = _value(element, "text:style-name")
        if _hides_itself(element) or _is_hidden(self.styles, "paragraph", style):
            return self.hide(element)
        self.paras.append(_Para(path, *self.claims(element, style)))
        return True

    def claims(self, element: etree._Element, style: str) -> tuple[BlockKind | None, str, int]:
        """The hint of a paragraph by its element, its style and its bases, and its list; the furniture reason; a heading's level."""
        if self.indexes:
            return None, "contents", 0
        for found in _lineage(self.styles, "paragraph", style):
            if CONTENTS.match(found.name):
                return None, "contents", 0
            hint = next((kind for pattern, kind in HINTS if pattern.match(found.name)), None)
            if hint is not None:
                return hint, "", level(found.name)
        if _name(element.tag) == "text:h":
            return "heading", "", level(f"heading {_value(element, 'text:outline-level')}")
        return ("list item" if self.lists else None), "", 0

    def close_para(self) -> None:
        """Put the open paragraph and the pieces of its text boxes into its box."""
        para, box = self.paras.pop(), self.boxes[-1]
        words = "".join(para.words).strip(" \t\r\n")
        if words.strip():
            box.pieces.append(Piece(words, para.path, para.hint, para.reason, level=para.level))
        box.pieces.extend(para.boxes)

    def open_note(self, element: etree._Element) -> bool:
        """True; a note is opened."""
        kind = "endnote" if _value(element.getparent(), "text:note-class") == "endnote" else "footnote"
        self.note_counts[kind] += 1
        self.boxes.append(Box(element, f"{kind} {self.note_counts[kind]}", numbered=False))
        return True

    def open_table(self, element: etree._Element) -> bool:  # noqa: ARG002 - every start has the same signature
        """True; a table is opened."""
        self.table_count += 1
        self.tables.append(_Table(self.table_count))
        return True

    def open_row(self, element: etree._Element) -> bool:  # noqa: ARG002 - every start has the same signature
        """True; a row is begun where there is a table."""
        if self.tables:
            self.tables[-1].row += 1
            self.tables[-1].rows.close()
        return True

    def open_cell(self, element: etree._Element) -> bool:
        """True; a cell is opened where there is a row."""
        if self.tables:
            table = self.tables[-1]
            label = f"table {table.number} row {table.row} cell {len(table.rows.cells) + 1}"
            self.boxes.append(Box(element, label, numbered=False))
        return True

    def cover(self, element: etree._Element) -> bool:
        """False; a cell that another one covers counts as an empty one."""
        if self.tables:
            self.tables[-1].rows.cells.append([])
        return self.hide(element)

    def close_box(self, name: str) -> None:
        """Close a cell, a note or a text box, whose pieces go to the row, the notes or what holds the box."""
        box = self.boxes.pop()
        if name == "table:table-cell":
            self.tables[-1].rows.cells.append(box.pieces)
        elif name == "text:note-body":
            self.notes[box.label.partition(" ")[0]] += (replace(piece, hint="note") for piece in box.pieces)
        else:
            (self.paras[-1].boxes if self.paras else self.boxes[-1].pieces).extend(box.pieces)


def _hides_itself(element: etree._Element) -> bool:
    """Whether a field within a paragraph, and not within one of its text boxes, hides it."""
    fields = (f for f in element.iter(f"{{{ODF}text:1.0}}hidden-paragraph") if _value(f, "text:is-hidden") == "true")
    return any(next(f.iterancestors("{*}p", "{*}h")) is element for f in fields)


@functools.lru_cache(maxsize=4096)
def _name(tag: str) -> str:
    """The name of a tag or attribute with the usual prefix; empty in foreign namespaces."""
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.rpartition("}")
    prefix = NAMESPACES.get(namespace[1:])
    return "" if prefix is None else prefix + local


@functools.lru_cache(maxsize=256)
def _qualified(name: str) -> str:
    """The full name of a prefixed one."""
    prefix, _, local = name.partition(":")
    return f"{{{next(uri for uri, found in NAMESPACES.items() if found == f'{prefix}:')}}}{local}"


def _value(element: etree._Element | None, name: str) -> str:
    """An attribute by its prefixed name, or an empty string."""
    return "" if element is None else str(element.get(_qualified(name), ""))


@functools.cache
def _extractor() -> str:
    """The name of this extractor with the version of what its output depends on."""
    return f"odt/1 libxml2/{'.'.join(map(str, etree.LIBXML_VERSION))}"
