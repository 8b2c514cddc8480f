"""Pages as PDFium shows them: their words with boxes, turned upright, and what else a page holds.

Text is read along its own direction, so neither a rotated page nor rotated text matters: every page has the turn that most
of its characters have (0 to 3 quarter turns, anticlockwise), and its words stand in a frame in which lines run to the right.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdfium2 import PdfiumError

from reaffirm.formats.pdf.engine import Letter, TextPage, turned
from reaffirm.formats.pdf.marks import itemised, marks
from reaffirm.formats.pdf.words import Word, gather

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 5_000
MAX_PAGE_CHARS = 200_000
MAX_CHARS = 8_000_000  # of all pages; a character costs some 50 bytes while a document is read

Box = tuple[float, float, float, float]  # in the page: left, bottom, right, top; in a frame: left, right, bottom, top


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number, turn, box in its upright frame, words; those set in other directions; and what was seen on it.

    `chars`, `garbled` and `hidden` count characters: all, those without a known meaning, those drawn invisibly.
    `picture` says whether a picture covers most of the page, `marked` whether anything at all is drawn on it.
    """

    number: int
    turn: int
    box: Box
    words: tuple[Word, ...]
    aside: tuple[tuple[int, tuple[Word, ...]], ...] = ()
    chars: int = 0
    garbled: int = 0
    hidden: int = 0
    picture: bool = False
    marked: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages that were read, how many there are, and the numbers of those that could not be read."""

    sheets: tuple[Sheet, ...]
    count: int
    failed: tuple[int, ...] = ()
    last: int = 0


def sheets(document: PdfDocument) -> Sheets:
    """The pages of a document, as many as the limits allow; `last` is the number of the last page that was tried."""
    count = len(document)
    found: list[Sheet] = []
    failed: list[int] = []
    left, number = MAX_CHARS, 0
    for number in range(1, min(count, MAX_PAGES) + 1):
        try:
            sheet = _sheet(document, number, min(left, MAX_PAGE_CHARS))
        except (PdfiumError, ValueError, OverflowError):
            failed.append(number)
            continue
        found.append(sheet)
        left -= sheet.chars
        if left <= 0:
            break
    return Sheets(tuple(found), count, tuple(failed), number)


def _sheet(document: PdfDocument, number: int, limit: int) -> Sheet:
    """One page; at most `limit` characters of it."""
    page = document[number - 1]
    try:
        box = _finite(page.get_cropbox())
        with TextPage(page, limit) as text:
            turns, seen = _turns(text)
        drawn = marks(page, box)
    finally:
        page.close()
    main = max(turns, key=lambda turn: sum(len(word.text) for word in turns[turn]) - turn, default=0)
    words = itemised(turns.get(main, ()), [turned(dot, main) for dot in drawn.dots])
    aside = tuple((turn, tuple(words)) for turn, words in sorted(turns.items()) if turn != main)
    return Sheet(
        number, main, turned(box, main), tuple(words), aside,
        seen["chars"], seen["garbled"], seen["hidden"], drawn.picture, drawn.marked, bool(seen["cut"]),
    )  # fmt: skip


def _turns(text: TextPage) -> tuple[dict[int, list[Word]], Counter[str]]:
    """The words of a page by their turn, and the counts of its characters."""
    seen: Counter[str] = Counter(cut=int(text.cut))
    letters: dict[int, list[Letter]] = {}
    for letter in text.letters():
        letters.setdefault(letter.style.turn, []).append(letter)
        if letter.char != " ":
            seen["chars"] += 1
            seen["garbled"] += letter.doubtful
            seen["hidden"] += letter.style.hidden
    return {turn: gather(found) for turn, found in letters.items()}, seen


def _finite(box: tuple[float, ...]) -> Box:
    """A page's box with its sides in order; that of a letter page when it is none."""
    if not all(math.isfinite(side) and abs(side) < 1e6 for side in box):
        return 0.0, 0.0, 612.0, 792.0
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
