"""The paragraphs that a reader of office documents finds, and how they become canonical text and nodes.

Paragraphs are separated by blank lines. A table row whose cells hold one line each is one line, a tab between cells;
the paragraphs of any other row stand apart like those of the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reaffirm.model import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from reaffirm.model import BlockKind

HEADING = re.compile(r"heading ?([1-9])(?!\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one paragraph, where it stands, what its style claims, what parts it from the piece before, a heading's level."""

    words: str
    path: str
    hint: BlockKind | None = None
    reason: str = ""
    lead: str = "\n\n"
    level: int = 0


@dataclass(slots=True)
class Box:
    """What holds paragraphs: the body, a cell, a text box, a note, a header."""

    element: etree._Element
    label: str
    numbered: bool
    pieces: list[Piece] = field(default_factory=list)
    count: int = 0

    def path(self) -> str:
        """The path of the next paragraph."""
        self.count += 1
        return " ".join(filter(None, (self.label, f"paragraph {self.count}"))) if self.numbered else self.label


@dataclass(slots=True)
class Rows:
    """The rows of a table that are read, and the cells of the open one."""

    cells: list[list[Piece]] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    inline: bool = False

    def close(self) -> None:
        """Add the open row to those before it; a row without cells adds nothing."""
        if not self.cells:
            return
        inline = all(len(cell) <= 1 and "\n" not in "".join(p.words for p in cell) for cell in self.cells)
        pieces = list(_line(self.cells)) if inline else [piece for cell in self.cells for piece in cell]
        if pieces and inline and self.inline:
            pieces[0] = replace(pieces[0], lead="\n")
        if pieces:
            self.inline = inline
        self.pieces += pieces
        self.cells = []


def _line(cells: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    """The pieces of a row that is one line; a tab stands for each edge between cells but those before the first words."""
    lead = ""
    for cell in cells:
        for piece in cell:
            yield replace(piece, lead=lead or "\n\n")
            lead = "\t"
        if lead and not cell:
            lead += "\t"


def level(style: str) -> int:
    """The level of a heading by the name of its style, in lower case; 0 when it is no heading of a level."""
    found = HEADING.match(style)
    return int(found.group(1)) if found else 0


def titled(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces; the first is the title when it is the only heading of the first level and none claims to be a title."""
    found = list(pieces)
    first = next((place for place, piece in enumerate(found) if piece.words.strip() and not piece.reason), None)
    highest = [place for place, piece in enumerate(found) if piece.hint == "title" or (piece.hint == "heading" and piece.level == 1)]
    if first is not None and highest == [first]:
        found[first] = replace(found[first], hint="title")
    return found


def join(pieces: Iterable[Piece]) -> tuple[str, tuple[Node, ...]]:
    """The canonical text of the pieces and their nodes."""
    texts: list[str] = []
    nodes: list[Node] = []
    size = 0
    for piece in pieces:
        lead = piece.lead if texts else ""
        start = size + len(lead)
        size = start + len(piece.words)
        texts += (lead, piece.words) if texts else (piece.words,)
        nodes.append(Node(start, size, piece.path, piece.hint, piece.reason))
    return "".join(texts), tuple(nodes)
