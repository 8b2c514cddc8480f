"""The walk of a page's tree: canonical text, and the piece of it that each block element wrote.

An inline element that is furniture (a button, a hidden span) would cut a paragraph in two; its words are set aside
and follow the paragraph as a piece of their own; a space takes the place of a button between two words. Blank lines
within a block, from `<br><br>` or `<pre>`, cut it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from reaffirm.formats.html.marks import furniture, hint, is_section
from reaffirm.formats.html.measure import is_anchor, is_link
from reaffirm.text import trim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from reaffirm.formats.html.measure import Layout
    from reaffirm.model import BlockKind

BLOCKS = frozenset({
    "html", "body", "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p",
    "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "xmp",
})  # fmt: skip
VERBATIM = frozenset({"pre", "xmp", "listing", "plaintext", "textarea"})
CONTROLS = frozenset({"button", "select", "textarea", "label"})
SPACES = re.compile(r"[ \t\n\r\f]+")
BLANK = re.compile(r"\n[ \t\f\u00a0\u3000]*(?:\n[ \t\f]*)+")
TEXT, LINK, ANCHOR = "012"  # what a character is
EDGE = " \t\n\r\f"
PLAIN_TAG = re.compile(r"[a-z][a-z0-9]*\Z")
MAX_STEPS = 48  # a deeper path is written as the n-th element of its name, so that hostile depth costs nothing


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that one block wrote: where, of which kind, why furniture, and its shares of link text.

    `links` is the share of what leads to other pages or the top, `anchors` of what leads to a place in this page.
    """

    start: int
    end: int
    path: str
    hint: BlockKind | None
    reason: str
    element: HtmlElement
    links: float
    anchors: float = 0.0


@dataclass(slots=True)
class _Frame:
    """What holds for the element being walked, inherited downwards."""

    element: HtmlElement
    block: bool
    reason: str
    hint: BlockKind | None
    verbatim: bool
    linked: str
    sectioned: bool
    path: tuple[str, ...]
    tags: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Run:
    """The words gathered for one block, which of their characters are link text, and the hints they stand under."""

    reason: str
    frame: _Frame
    words: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    hints: set[BlockKind | None] = field(default_factory=set)

    def add(self, words: str, frame: _Frame) -> None:
        """Append words, white space collapsed against what is already there unless it is verbatim."""
        if not frame.verbatim:
            words = SPACES.sub(" ", words)
            if words.startswith(" ") and (not self.words or self.words[-1][-1] in EDGE):
                words = words[1:]
        if words:
            self._append(words, frame.linked)
            if not words.isspace():
                self.hints.add(frame.hint)

    def break_line(self, frame: _Frame) -> None:
        """Append a line break; the collapsed space before it goes."""
        if self.words and self.words[-1].endswith(" ") and not frame.verbatim:
            last = self.words.pop()[:-1]
            flag = self.linked.pop()[:1]
            if last:
                self._append(last, flag)
        self._append("\n", TEXT)

    def _append(self, words: str, flag: str) -> None:
        self.words.append(words)
        self.linked.append(flag * len(words))


class _Walk:
    """The state of a walk: the frames from the root down, the open runs, the text so far."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.frames: list[_Frame] = []
        self.run: _Run | None = None
        self.asides: list[_Run] = []
        self.closed: list[_Run] = []
        self.texts: list[str] = []
        self.size = 0
        self.pieces: list[Piece] = []
        self.ordinals: Counter[str] = Counter()
        self.parted = False  # whether a button or the like stood between the last words and the next

    def enter(self, element: HtmlElement) -> None:
        """Open the frame of an element, and its text."""
        frame = self._frame(element)
        if frame.block:
            self.flush()
        elif frame.reason and (not self.frames[-1].reason or element.tag in CONTROLS):
            self.asides.append(_Run(frame.reason, frame))
        self.frames.append(frame)
        if element.tag == "br":
            self.break_line()
        self.say(element.text)

    def leave(self, element: HtmlElement) -> None:
        """Close the frame of an element."""
        frame = self.frames.pop()
        if frame.block:
            self.frames.append(frame)
            self.flush()
            self.frames.pop()
        elif self.asides and self.asides[-1].frame.element is element:
            self.parted = frame.reason != "hidden"
            self.closed.append(self.asides.pop())

    def say(self, words: str | None) -> None:
        """Add words of the innermost frame to the run that is open for them."""
        if not words or not self.frames:
            return
        frame = self.frames[-1]
        if self.asides:
            self.asides[-1].add(words, frame)
            return
        if self.run is None:
            self.run = _Run(frame.reason, self._block())
        elif self.parted and self.run.words and self.run.words[-1][-1].isalnum() and words[0].isalnum():
            self.run.add(" ", frame)
        self.parted = False
        self.run.add(words, frame)

    def break_line(self) -> None:
        """Add a line break to the open run; before any words it would be an edge of the block."""
        run = self.asides[-1] if self.asides else self.run
        if run is not None:
            run.break_line(self.frames[-1])

    def flush(self) -> None:
        """Write the open runs as pieces: the paragraph, then what was set aside from it."""
        for run in (self.run, *self.closed, *self.asides):
            if run is not None:
                self._write(run)
        self.run, self.closed = None, []
        self.asides = [_Run(run.reason, run.frame) for run in self.asides]

    def _block(self) -> _Frame:
        return next(frame for frame in reversed(self.frames) if frame.block)

    def _frame(self, element: HtmlElement) -> _Frame:
        """The frame of an element below the innermost one."""
        above = self.frames[-1] if self.frames else None
        tag = element.tag
        return _Frame(
            element,
            tag in BLOCKS or above is None,
            self._reason(element, above),
            hint(element, above.hint if above else None, self.layout),
            tag in VERBATIM or (above is not None and above.verbatim),
            _linked(element, above),
            is_section(element) or (above is not None and above.sectioned),
            self._path(element, above),
            Counter(child.tag for child in element),
        )

    def skip(self) -> None:
        """Count an element whose content is never text, so that later siblings keep their numbers."""
        if self.frames:
            self.frames[-1].seen["*"] += 1

    def _reason(self, element: HtmlElement, above: _Frame | None) -> str:
        """The reason of what an element stands in, or its own."""
        if above is None:
            return ""
        return above.reason or furniture(element, self.layout, sectioned=above.sectioned)

    def _path(self, element: HtmlElement, above: _Frame | None) -> tuple[str, ...]:
        """The steps of the XPath to an element, as lxml's `getpath` writes them."""
        tag = str(element.tag)
        plain = PLAIN_TAG.match(tag) is not None
        self.ordinals[tag] += 1
        if above is None:
            return ("", tag)
        above.seen[tag] += 1
        above.seen["*"] += 1
        if len(above.path) > MAX_STEPS:
            return (f"(//{tag})[{self.ordinals[tag]}]",) if plain else above.path
        step = tag if above.tags[tag] == 1 else f"{tag}[{above.seen[tag]}]"
        return (*above.path, step if plain else f"*[{above.seen['*']}]")

    def _write(self, run: _Run) -> None:
        """Append a run to the text, and the pieces that blank lines cut it into to the pieces."""
        gathered, linked = "".join(run.words), "".join(run.linked)
        words = gathered.strip("\n" if run.frame.verbatim else EDGE)
        if not words.strip():
            return
        if self.texts:
            self.texts.append("\n\n")
            self.size += 2
        self.texts.append(words)
        linked = linked[gathered.index(words) :]
        hint = next(iter(run.hints)) if len(run.hints) == 1 else run.frame.hint
        path = "/".join(run.frame.path)
        for start, end in _cuts(words):
            links, anchors = (_share(words[start:end], linked[start:end], kind) for kind in (LINK, ANCHOR))
            place = (self.size + start, self.size + end)
            self.pieces.append(Piece(*place, path, hint, run.reason, run.frame.element, links, anchors))
        self.size += len(words)


def walk(root: HtmlElement, layout: Layout) -> tuple[str, list[Piece]]:
    """The canonical text of a page and its pieces in the order of the text."""
    state = _Walk(layout)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start" and element in layout.below:
            state.enter(element)
        elif event == "start":
            walker.skip_subtree()
            state.skip()
        else:
            if element in layout.below:
                state.leave(element)
            state.say(element.tail)
    return "".join(state.texts), state.pieces


def _cuts(words: str) -> Iterator[tuple[int, int]]:
    """The trimmed extents between the blank lines of a run."""
    edges = [0, *(edge for blank in BLANK.finditer(words) for edge in blank.span()), len(words)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        start, end = trim(words, start, end)  # noqa: PLW2901 - the extent is narrowed
        if start < end:
            yield start, end


def _linked(element: HtmlElement, above: _Frame | None) -> str:
    """Which kind of link text stands below an element."""
    inherited = above.linked if above is not None else TEXT
    return LINK if is_link(element) else ANCHOR if inherited == TEXT and is_anchor(element) else inherited


def _share(words: str, linked: str, kind: str) -> float:
    """The share of letters and digits that are link text of a kind."""
    if kind not in linked:
        return 0.0
    flags = [flag for character, flag in zip(words, linked, strict=True) if character.isalnum()]
    return flags.count(kind) / len(flags) if flags else 1.0
