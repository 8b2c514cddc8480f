"""A text with rows laid over it: blocks cut into stretches, each with the rows whose words it is, and the rows beside their block.

Offsets are code points of the document's canonical text, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.model import Block, BlockKind, Document

Layer = Literal["said", "commitment", "demand", "meeting", "problem"]
LAYERS: tuple[Layer, ...] = ("said", "commitment", "demand", "meeting", "problem")
WORD = re.compile(r"\w\w")  # what has no more than a stop is too small to be clicked
SHEET = 60_000  # code points of a part of a long text


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a row: its id, its layer, what these words are in it, and their extent."""

    row: str
    layer: Layer
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """A row in the margin: who or what it is about, a few words that classify it, its extent, and where more is told."""

    row: str
    layer: Layer
    head: str
    told: tuple[str, ...]
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that belongs to the same rows throughout; `opens` are the rows whose words begin here.

    `row` is the innermost one, empty where there is no word to click. `looks` are names of style classes; `gap` is white space
    between paragraphs; `here` marks the words that the address names.
    """

    text: str
    start: int
    end: int
    looks: tuple[str, ...] = ()
    row: str = ""
    opens: tuple[str, ...] = ()
    gap: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the text with its stretches, and the rows that begin in it; `reason` says why it is furniture."""

    kind: BlockKind
    start: int
    end: int
    reason: str
    stretches: tuple[Stretch, ...]
    notes: tuple[Note, ...]


def parts(document: Document) -> tuple[tuple[Block, ...], ...]:
    """The blocks of a text, in parts of some 60,000 code points, so that no page grows without end; at least one part."""
    found: list[list[Block]] = [[]]
    for block in sorted(document.blocks, key=lambda b: (b.start, b.end)):
        if found[-1] and block.end - found[-1][0].start > SHEET:
            found.append([])
        found[-1].append(block)
    return tuple(tuple(blocks) for blocks in found)


def part_of(document: Document, place: int) -> int:
    """The number (from 1) of the part that a place lies in."""
    ends = [blocks[-1].end for blocks in parts(document) if blocks]
    return min(bisect_left(ends, place + 1) + 1, max(1, len(ends)))


def passages(document: Document, blocks: Sequence[Block], marks: Sequence[Mark], notes: Sequence[Note],
             here: tuple[int, int] | None) -> Iterator[Passage]:  # fmt: skip
    """The blocks with their rows; a note stands beside the block in which its row begins, or the one before that."""
    starts = [block.start for block in blocks]
    beside: dict[int, list[Note]] = {}
    for note in sorted(notes, key=lambda n: (n.start, n.end, LAYERS.index(n.layer), n.row)):
        beside.setdefault(max(0, bisect_left(starts, note.start + 1) - 1), []).append(note)
    opened = set[str]()
    for n, block in enumerate(blocks):
        laid = [m for m in marks if m.start < block.end and block.start < m.end]
        stretches = tuple(_stretches(document, block, laid, here, opened))
        yield Passage(block.kind, block.start, block.end, block.reason, stretches, tuple(beside.get(n, ())))


def _stretches(
    document: Document, block: Block, marks: Sequence[Mark], here: tuple[int, int] | None, opened: set[str]
) -> Iterator[Stretch]:
    label = (block.label.start, block.label.cue_end) if block.label else None
    yield from cut(document, Cut(block.start, block.end, label, block.parts), marks, here, opened)


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of text to be cut into stretches: its extent, that of the label in it, and those of its paragraphs."""

    start: int
    end: int
    label: tuple[int, int] | None = None
    parts: tuple[tuple[int, int], ...] = ()


def cut(
    document: Document, piece: Cut, marks: Sequence[Mark], here: tuple[int, int] | None, opened: set[str]
) -> Iterator[Stretch]:
    """The stretches of a piece of text under these marks; rows whose words begin in it are added to `opened`."""
    low, high, label, parts = piece.start, piece.end, piece.label, piece.parts
    extents = [(m.start, m.end) for m in marks] + [e for e in (label, here) if e] + [*parts]
    edges = sorted({low, high, *(p for each in extents for p in each if low < p < high)})
    for start, end in pairwise(edges):
        inside = [m for m in marks if m.start <= start and end <= m.end]
        opens = tuple(sorted({m.row for m in inside} - opened))
        opened.update(opens)
        text = document.text[start:end]
        yield Stretch(
            text, start, end, tuple(_looks(inside, within((start, end), label))), _innermost(inside) if WORD.search(text) else "", opens,
            gap=not text.strip() and "\n" in text and len(parts) > 1, here=within((start, end), here),
        )  # fmt: skip


def within(extent: tuple[int, int], other: tuple[int, int] | None) -> bool:
    """Whether an extent lies in another one."""
    return other is not None and other[0] <= extent[0] and extent[1] <= other[1]


def _looks(marks: Iterable[Mark], label: bool) -> Iterator[str]:  # noqa: FBT001 - one look among others
    yield from ["label"] if label else []
    yield from sorted({f"in-{m.layer}" if m.role in {"content", "action", "evidence"} else f"of-{m.role}" for m in marks})


def _innermost(marks: Sequence[Mark]) -> str:
    shortest = min(marks, key=lambda m: (m.end - m.start, LAYERS.index(m.layer), m.row), default=None)
    return shortest.row if shortest else ""
