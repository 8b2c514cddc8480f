"""How the source of a text looked, as far as its nodes tell: printed pages with the place of each line, or elements of a web page.

What a file says is never shown by its own code: lines of a PDF are set anew at their boxes, elements by a few safe names of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from reaffirm.web.marking import Cut, Stretch, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.model import Document, Node
    from reaffirm.web.marking import Mark

Look = Literal["heading", "item", "cell", "quote", "caption", "pre", "text"]
BOX = re.compile(r"page (\d+) (-?\d+),(-?\d+),(-?\d+),(-?\d+)")
STEP = re.compile(r"([a-z][a-z0-9]*)(?:\[\d+\])?(?=/|$)")
ROW = re.compile(r".*/tr(?:\[\d+\])?(?=/)")
LOOKS: dict[str, Look] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"), "li": "item", "dt": "item", "dd": "item", "td": "cell", "th": "cell",
    "blockquote": "quote", "q": "quote", "figcaption": "caption", "caption": "caption", "pre": "pre",
}  # fmt: skip
A4 = (595, 842)  # points; what a page has at least, whose size the nodes do not tell
EDGE = 36  # points between the last words and the edge of a larger page
THIN, WIDE, NARROW, BROAD = frozenset("fijlrtI.,;:!'|()[] "), frozenset("mwMW—"), 0.6, 1.5
SHEET = 400  # elements of one leaf


@dataclass(frozen=True, slots=True)
class Slot:
    """Words at their place on a printed page: left, top, width and height in points from the upper left corner; why they are furniture."""

    x: float
    y: float
    width: float
    height: float
    reason: str
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Piece:
    """An element of a page: what it looks like, its words, and why it is furniture (empty where it is none)."""

    look: Look
    reason: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the source: `width` and `height` in points with the `slots` of its words, or 0 with `groups` of elements.

    Elements of a group stand together: the cells of a row, the items of a list. Its text is that from `start` to `end`.
    """

    number: int
    width: int
    height: int
    slots: tuple[Slot, ...]
    groups: tuple[tuple[Piece, ...], ...]
    start: int
    end: int


def leaves(document: Document, marks: Sequence[Mark], here: tuple[int, int] | None, number: int) -> tuple[Leaf | None, int]:
    """The leaf of a number (from 1; 0: the one with the words `here`), and how many there are; None where there is none."""
    nodes = sorted((node for node in document.nodes if node.start < node.end), key=lambda node: node.start)
    sheets = list(_sheets(nodes))
    if not sheets:
        return None, 0
    place = here[0] if here else 0
    holds = (n for n, sheet in enumerate(sheets) if any(node.end > place >= node.start for node in sheet))
    wanted = number - 1 if number else next(holds, 0)
    at = max(0, min(wanted, len(sheets) - 1))
    return _leaf(document, sheets[at], at + 1, marks, here), len(sheets)


def _sheets(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """The nodes of each printed page, or, of what has no pages, so many elements."""
    if nodes and all(BOX.match(node.path) for node in nodes):
        paged = sorted(nodes, key=_page)
        yield from (list(sheet) for _, sheet in groupby(paged, key=_page))
        return
    yield from (list(nodes[n : n + SHEET]) for n in range(0, len(nodes), SHEET))


def _page(node: Node) -> int:
    found = BOX.match(node.path)
    return int(found[1]) if found else 0


def _leaf(document: Document, nodes: Sequence[Node], number: int, marks: Sequence[Mark], here: tuple[int, int] | None) -> Leaf:
    first, last = nodes[0].start, max(node.end for node in nodes)
    near = [mark for mark in marks if mark.start < last and first < mark.end]
    boxes = [box for node in nodes if (box := BOX.match(node.path))]
    if not boxes:
        return Leaf(number, 0, 0, (), tuple(_groups(document, nodes, near, here)), first, last)
    sides = [tuple(map(int, box.groups()[1:])) for box in boxes]
    left, low = (min(0, *(side[n] for side in sides)) for n in (0, 1))
    width, height = max(A4[0], *(side[2] + EDGE for side in sides)) - left, max(A4[1], *(side[3] + EDGE for side in sides)) - low
    slots: list[Slot] = []
    for node, side in zip(nodes, sides, strict=True):
        extent = (side[0] - left, height - (side[3] - low), side[2] - side[0], side[3] - side[1])
        slots += _slots(extent, node.furniture, tuple(_cut(document, node, near, here)))
    return Leaf(int(boxes[0][1]), width, height, tuple(slots), (), first, last)


def _slots(box: tuple[int, int, int, int], reason: str, stretches: Sequence[Stretch]) -> Iterator[Slot]:
    """The stretches of a line side by side in its box (left, top, width, height), each as wide as its letters are of the whole."""
    x, y, width, height = box
    whole = sum(_broad(stretch.text) for stretch in stretches) or 1.0
    done = 0.0
    for stretch in stretches:
        share = _broad(stretch.text)
        yield Slot(round(x + width * done / whole, 1), y, round(width * share / whole, 1), height, reason, stretch)
        done += share


def _broad(text: str) -> float:
    """How broad letters are, in those of middle breadth: what common book types have, within a tenth."""
    return sum(NARROW if letter in THIN else BROAD if letter in WIDE or letter.isupper() else 1.0 for letter in text)


def _groups(
    document: Document, nodes: Iterable[Node], marks: Sequence[Mark], here: tuple[int, int] | None
) -> Iterator[tuple[Piece, ...]]:
    """Elements that stand together: the cells of a row, the items of a list; others alone."""
    for (look, _), members in groupby(nodes, key=_stand):
        pieces = tuple(Piece(_look(node), node.furniture, tuple(_cut(document, node, marks, here))) for node in members)
        yield from [pieces] if look in {"cell", "item"} else [(piece,) for piece in pieces]


def _stand(node: Node) -> tuple[Look, str]:
    """What a node looks like, and with which others it stands: those of one row, or of one list."""
    look = _look(node)
    row = ROW.match(node.path)
    return look, (row[0] if row else node.path.rpartition("/")[0]) + node.furniture


def _look(node: Node) -> Look:
    """The innermost element that says how a node looks; elsewhere than in web pages what the source's own mark-up claims."""
    names = [LOOKS[name] for name in STEP.findall(node.path) if name in LOOKS] if node.path.startswith("/") else []
    claimed: dict[str | None, Look] = {"title": "heading", "heading": "heading", "list item": "item", "caption": "caption"}
    return names[-1] if names else claimed.get(node.hint, "text")


def _cut(document: Document, node: Node, marks: Sequence[Mark], here: tuple[int, int] | None) -> Iterator[Stretch]:
    laid = [mark for mark in marks if mark.start < node.end and node.start < mark.end]
    return cut(document, Cut(node.start, node.end), laid, here, set())
