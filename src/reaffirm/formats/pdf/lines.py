"""Printed lines of a column: their words, place and type; and what type most of a document is set in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.formats.pdf.words import Row

TAB = 3.0  # sizes; a gap within a line from which on its parts are set apart by a tab
PARTED = 1.1  # sizes; a gap that parts the cells of a table's row
USUAL_LEADING = 1.2
RUNNING = 4  # lines that run on, from which on they alone say how far lines stand apart
ENDS = re.compile(r"[.!?:;…。][\"'”’»)\]*_¹²³⁰-⁹\d]{0,6}\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: page, turn, words, box and baseline in the page's frame, type, and the width of its first word.

    `lead` is a tab before every cell of a table's row but the first. `bold` says that all of it is, `head` and `tail` that its
    first and last word are; `item` that a bullet is drawn before it, `parted` that a gap in it is wider than words have.
    """

    page: int
    turn: int
    text: str
    x0: float
    x1: float
    low: float
    high: float
    base: float
    size: float
    first: float
    bold: bool
    head: bool
    tail: bool
    lead: str = ""
    item: bool = False
    parted: bool = False

    @property
    def ended(self) -> bool:
        """Whether the line ends as sentences do."""
        return bool(ENDS.search(self.text))


@dataclass(frozen=True, slots=True)
class Type:
    """What most of a document is set in: the size, the distance of baselines in sizes, and whether it is bold."""

    size: float
    leading: float
    bold: bool


def line(row: Row, page: int, turn: int, lead: str = "") -> Line:
    """The line of a row."""
    words = row.words
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    tab = max(TAB * row.size, TAB * min(gaps, default=0.0))  # a justified line of few words has wide gaps, all alike
    texts = [words[0].text]
    for gap, word in zip(gaps, words[1:], strict=True):
        texts += ("\t" if gap > tab else " ", word.text)
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    size = max(sizes, key=lambda size: (sizes[size], size))
    main = [word for word in words if word.size >= 0.9 * size] or words
    return Line(
        page, turn, "".join(texts), row.x0, row.x1, min(word.low for word in words), max(word.high for word in words), row.base, size,
        words[0].x1 - words[0].x0, all(word.bold for word in main), main[0].bold, main[-1].bold, lead, words[0].item,
        max(gaps, default=0.0) > PARTED * row.size,
    )  # fmt: skip


def usual(columns: Iterable[Sequence[Row]]) -> Type:
    """The type of a document by the rows of its columns."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    steps: Counter[float] = Counter()
    running: Counter[float] = Counter()
    for rows in columns:
        for row in rows:
            sizes[round(row.size * 2) / 2] += sum(len(word.text) for word in row.words)
            bold[row.words[0].bold] += len(row.words)
        for a, b in pairwise(rows):
            step = (a.base - b.base) / max(a.size, b.size)
            if abs(a.size - b.size) < 0.05 * a.size and 0.8 < step < 3.2:
                steps[round(step * 20) / 20] += 1
                running[round(step * 20) / 20] += b.words[0].text[0].islower() and not ENDS.search(a.words[-1].text)
    steps = running if running.total() >= RUNNING else steps
    frequent = [step for step in steps if steps[step] >= 0.2 * steps.total()]
    size = max(sizes, key=lambda size: (sizes[size], -size), default=12.0)
    return Type(size, min(frequent, default=USUAL_LEADING), bold[True] > bold[False])
