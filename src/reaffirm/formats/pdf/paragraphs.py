"""Paragraphs of a column: where one ends and the next begins, and what kind each is.

A line begins a paragraph when its type is another, when it stands lower than lines do, further in or out than its paragraph, or
behind a sign of a list; and when its first word would have found room on the line before, so that the break was meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.formats.pdf.columns import APART_ROWS, cells, edges
from reaffirm.formats.pdf.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.formats.pdf.columns import Block
    from reaffirm.formats.pdf.lines import Line, Type
    from reaffirm.model import BlockKind

# In parts of the type's size.
SHIFT = 0.7  # an indentation
LEADING = 0.22  # more than the usual distance of lines
LOOSE = 0.6  # more than that even where a sentence runs on
SPACE = 0.3
SLACK = 0.5
LARGER = 1.1  # type of a heading against the body's
TITLE = 1.2
SAME = 0.08  # difference of sizes that are one
LONGEST_HEADING = 220
NEIGHBOURS = 30  # lines on either side that tell the measure of a line
BULLET = re.compile(r"[•‣◦▪■□●○·∙➢►▶⁃✓❖◆→](?:\s|(?=\w))")
NUMBERED = re.compile(
    r"(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[A-Z]\)|\(?[ivx]{1,5}[.)]|(?:I|[IVX]{2,5})[.)]|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}\.?|[-–—*])\s+\S"
)
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\w{1,6}\Z|\t\d{1,4}\Z")
CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Chart|Photo|Box|Map|Diagram|Graph)\s+[\dIVX]{1,5}[.:](?:\s|\Z)")
INTRODUCES = re.compile(r"(?:[:;,.!?…]|\b(?:and|or))[\"'”’)]*\Z")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its lines, its kind, the right edge of its column, and whether its first line stands further in."""

    lines: tuple[Line, ...]
    kind: BlockKind = "paragraph"
    right: float = 0.0
    indented: bool = False
    table: bool = False

    @property
    def text(self) -> str:
        """The lines, a space between two."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


def paragraphs(block: Block, page: int, turn: int, usual: Type) -> list[Para]:
    """The paragraphs of a block: those of its text, or one for each row of its table."""
    if block.table:
        return list(_table(block, page, turn))
    lines = [line(row, page, turn) for row in block.rows]
    rights = _measures(lines, block)
    found: list[Para] = []
    held: list[Line] = []
    for place, here in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else None
        if held and _begins(held, here, after, rights[place - 1], usual):
            found.append(_para(held, rights[place - 1], block))
            held = []
        held.append(here)
    if held:
        found.append(_para(held, rights[-1], block))
    return [replace(para, kind=_kind(para, usual)) for para in found]


def _para(held: Sequence[Line], right: float, block: Block) -> Para:
    left = held[1].x0 if len(held) > 1 else block.left
    return Para(tuple(held), right=right, indented=held[0].x0 - left > SHIFT * held[0].size)


def _measures(lines: Sequence[Line], block: Block) -> list[float]:
    """The right edge that each line was set to: the column's, or that of the lines round it that are all set narrower."""
    rights = []
    for place, here in enumerate(lines):
        start = end = place
        while start > max(0, place - NEIGHBOURS) and _level(lines[start - 1], here):
            start -= 1
        while end + 1 < min(len(lines), place + NEIGHBOURS) and _level(lines[end + 1], here):
            end += 1
        edges = [near.x1 for near in lines[start : end + 1]]
        wide = max(edges)
        set_so = len(edges) > 3 and sum(edge > wide - 0.1 * (wide - here.x0) for edge in edges) >= 0.6 * len(edges)
        rights.append(wide if set_so else max(block.right, here.x1))
    return rights


def _level(a: Line, b: Line) -> bool:
    return abs(a.x0 - b.x0) < SHIFT * b.size and abs(a.size - b.size) <= SAME * b.size


def _begins(held: Sequence[Line], here: Line, after: Line | None, right: float, usual: Type) -> bool:
    """Whether a line begins a paragraph after those held."""
    last = held[-1]
    step = (last.base - here.base) / max(last.size, here.size)
    room = right - last.x1 - here.first > (SPACE + SLACK) * here.size
    leading = max(usual.leading, _leading(held))
    if _differs(last, here) or LEADERS.search(last.text) or step > leading + LOOSE:
        return True
    runs_on = here.text[0].islower() and not last.ended
    if step > leading + LEADING and not runs_on:
        return True
    if is_item(here, held, room=room):
        return True
    if here.size > LARGER * usual.size:
        return False
    if abs(here.x0 - last.x0) > SHIFT * here.size and not _aligned(held, here, after, runs_on=runs_on):
        return True
    return room and not runs_on


def _leading(held: Sequence[Line]) -> float:
    """How far the last two lines of a paragraph stand apart, in sizes; 0 where it has but one."""
    return (held[-2].base - held[-1].base) / max(held[-2].size, held[-1].size) if len(held) > 1 else 0.0


def _differs(a: Line, b: Line) -> bool:
    """Whether two lines are set in different type, a paragraph that only begins or ends bold aside."""
    if abs(a.size - b.size) > SAME * max(a.size, b.size):
        return True
    return (a.bold and not b.head) or (b.bold and not a.tail)


def is_item(here: Line, held: Sequence[Line], *, room: bool) -> bool:
    """Whether a line begins an item of a list: behind a bullet; behind a number only where a line before has ended."""
    if here.item or BULLET.match(here.text):
        return True
    if not NUMBERED.match(here.text):
        return False
    last, first = held[-1], held[0]
    moved = abs(here.x0 - last.x0) > SHIFT * here.size
    listed = bool(NUMBERED.match(first.text)) and abs(here.x0 - first.x0) < SHIFT * here.size and len(held) > 1 and moved
    return room or moved or listed or bool(INTRODUCES.search(last.text))


def _aligned(held: Sequence[Line], here: Line, after: Line | None, *, runs_on: bool) -> bool:
    """Whether a line that stands further in or out than the one before may still go on with its paragraph."""
    last, shift = held[-1], here.x0 - held[-1].x0
    if runs_on and abs((here.x0 + here.x1) - (last.x0 + last.x1)) < SHIFT * here.size:
        return True  # centred
    if len(held) > 1:
        return False
    if shift < 0:
        return -shift < 8 * here.size  # from an indented first line to the edge
    hanging = bool(last.item or BULLET.match(last.text) or NUMBERED.match(last.text))
    return hanging or runs_on or (after is not None and abs(after.x0 - here.x0) < 0.1 * here.size and not last.ended)


def _table(block: Block, page: int, turn: int) -> Iterator[Para]:
    """A paragraph for each row of a table: its cells, each of one printed line or more."""
    rows, among = block.rows, edges(block.rows)
    steps = [a.base - b.base for a, b in pairwise(rows)]
    tight = APART_ROWS * min((step for step, row in zip(steps, rows, strict=False) if step > 0.8 * row.size), default=0.0)
    spaced = any(step > tight for step in steps)
    most = max(len(cells(row, among)) for row in rows)
    close = [len(cells(row, among)) == most for row, step in zip(rows[1:], steps, strict=True) if step <= tight]
    lined = spaced and 2 * sum(close) < len(close)  # rows that stand close are mostly parts of rows
    held: list[list[Line]] = []
    for place, row in enumerate(rows):
        parts = [line(cell, page, turn) for cell in cells(row, among)]
        if held and steps[place - 1] <= tight and _continues(held, parts, spaced=spaced, lined=lined):
            held = _added(held, parts)
        else:
            if held:
                yield _row(held, block)
            held = [[part] for part in parts]
    if held:
        yield _row(held, block)


def _continues(held: Sequence[Sequence[Line]], parts: Sequence[Line], *, spaced: bool, lined: bool) -> bool:
    """Whether a printed row only goes on with cells of the row before: not with the first, or where rows stand apart."""
    if not all(any(_below(cell, part) for cell in held) for part in parts):
        return False
    first = min(cell[0].x0 for cell in held)
    if len(parts) < len(held) and parts[0].x0 > first + SHIFT * parts[0].size:
        return True
    if lined and len(parts) < len(held):
        return True
    return spaced and any(part.text[0].islower() for part in parts)


def _below(cell: Sequence[Line], part: Line) -> bool:
    return part.x0 < max(line.x1 for line in cell) and part.x1 > cell[0].x0


def _added(held: Sequence[Sequence[Line]], parts: Sequence[Line]) -> list[list[Line]]:
    """The cells with each line added to the cell above it."""
    grown = [list(cell) for cell in held]
    for part in parts:
        cell = next(cell for cell in grown if _below(cell, part))
        cell.append(part)
    return grown


def _row(held: Sequence[Sequence[Line]], block: Block) -> Para:
    lines = [replace(part, lead="\t" if place and not nth else "") for place, cell in enumerate(held) for nth, part in enumerate(cell)]
    return Para(tuple(lines), right=block.right, table=True)


def _kind(para: Para, usual: Type) -> BlockKind:
    """The kind of a paragraph by its first characters and its type."""
    text = para.text
    larger = para.size >= LARGER * usual.size
    if para.lines[0].item or BULLET.match(text):
        return "list item"
    if CAPTION.match(text) and len(text) < LONGEST_HEADING:
        return "caption"
    if (larger or (para.bold and not usual.bold)) and _is_heading(text, larger=larger) and not _is_row(para):
        return "heading"
    return "list item" if NUMBERED.match(text) else "paragraph"


def _is_row(para: Para) -> bool:
    """Whether a line holds the heads of a small table's columns: cells apart, no number before the first."""
    return len(para.lines) == 1 and para.lines[0].parted and not NUMBERED.match(para.text)


def _is_heading(text: str, *, larger: bool) -> bool:
    """Whether the words of a large or bold paragraph may be a heading."""
    if len(text) > LONGEST_HEADING or not any(char.isalpha() for char in text) or LEADERS.search(text):
        return False
    if text.endswith((";", ",", ":")):
        return False
    return not text.endswith((".", "?", "!", "”", '"')) or (larger and len(text) < LONGEST_HEADING / 2)
