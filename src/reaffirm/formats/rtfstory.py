"""The stories of Rich Text, paragraphs and tables that they build cell by cell, and what a group says of its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reaffirm.formats.pieces import Piece, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import BlockKind

MAX_TABLES = 50  # tables within tables
EDGE = " \t\n\r"


@dataclass(slots=True)
class Table:
    """A table being read: its number, its rows, the pieces of the open cell."""

    number: int
    row: int = 1
    rows: Rows = field(default_factory=Rows)
    cell: list[Piece] = field(default_factory=list)

    def close_cell(self) -> None:
        """Add the open cell to the open row."""
        self.rows.cells.append(self.cell)
        self.cell = []

    def close_row(self) -> None:
        """Add the open row to those before it."""
        if self.cell:
            self.close_cell()
        self.rows.close()
        self.row += 1


@dataclass(slots=True)
class Story:
    """The body, a note, a text box, a header, or a field of the document's information, while it is read.

    `numbers` counts the tables of the whole document; `listed` says that a drawn number or bullet began the paragraph.
    """

    kind: str
    label: str
    numbers: Iterator[int]
    numbered: bool
    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    boxes: list[Piece] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    count: int = 0
    listed: bool = False

    def end(self, level: int, hint: BlockKind | None, reason: str, rank: int) -> None:
        """Put the open paragraph, a heading of some rank or 0, into as many tables as the level says; without words it only counts."""
        words = "".join(self.words).strip(EDGE)
        self.words = []
        self.listed = False
        if words.strip() or level < len(self.tables):
            self.adapt(level)
        path = self.path()
        target = self.tables[-1].cell if self.tables else self.pieces
        if words.strip():
            target.append(Piece(words, path, hint, reason, level=rank))
        target += self.boxes
        self.boxes = []

    def adapt(self, level: int) -> None:
        """Open or close tables until the story stands in as many as the level says."""
        while len(self.tables) > level:
            table = self.tables.pop()
            table.close_row()
            (self.tables[-1].cell if self.tables else self.pieces).extend(table.rows.pieces)
        while len(self.tables) < level:
            self.tables.append(Table(next(self.numbers)))

    def path(self) -> str:
        """The path of the next paragraph."""
        if self.tables:
            table = self.tables[-1]
            return f"table {table.number} row {table.row} cell {len(table.rows.cells) + 1}"
        self.count += 1
        return " ".join(filter(None, (self.label, f"paragraph {self.count}"))) if self.numbered else self.label


@dataclass(slots=True)
class State:
    """What a group hands down to the groups within it."""

    story: Story
    mode: str = "text"  # text; quiet: words do not count, destinations do; skip: nothing counts; or a catalogue
    codec: str = "cp1252"
    unit: int = 1  # characters that stand for a Unicode one in old readers
    hidden: bool = False
    deleted: bool = False
    style: int = 0
    outline: int = 0  # the level of a heading
    listed: bool = False
    level: int = 0
    outer: str = "text"


@dataclass(slots=True)
class Style:
    """A paragraph style: its name in lower case and the style it is based on."""

    name: str = ""
    base: int = -1
