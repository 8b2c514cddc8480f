"""What is drawn on a page besides characters: pictures, and the small shapes that stand for bullets before items of a list.

Browsers draw the disc, circle or square before an item as a path, so that no character of the page says where an item begins.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdfium2 import raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdfium2 import PdfPage

    from reaffirm.formats.pdf.words import Word

MAX_OBJECTS = 10_000  # objects of a page that are asked what they are; a browser makes one of every word
LARGE = 0.5  # share of a page that a picture covers when the page is a scan
DOT = (1.2, 8.0)  # points that a bullet measures
SQUARE = 0.15  # share by which its sides differ
BEFORE = 2.0  # sizes of the type within which the first word of the item follows
CLEAR = 2.5  # sizes before it that hold no word
MOST_DOTS = 200

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Marks:
    """Whether anything is drawn on a page, whether a picture covers most of it, and the boxes of shapes as small as bullets."""

    marked: bool
    picture: bool
    dots: tuple[Box, ...]


def marks(page: PdfPage, box: Box) -> Marks:
    """The marks of an open page whose box is left, bottom, right, top; those of its first objects only."""
    count = max(0, pdfium.FPDFPage_CountObjects(page.raw))
    area = max(1.0, (box[2] - box[0]) * (box[3] - box[1]))
    picture = False
    dots: list[Box] = []
    for index in range(min(count, MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        kind = pdfium.FPDFPageObj_GetType(item) if item else pdfium.FPDF_PAGEOBJ_UNKNOWN
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            picture = picture or _area(_bounds(item)) >= LARGE * area
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(dots) < MOST_DOTS:
            found = _bounds(item)
            if _is_dot(found):
                dots.append(found)
    return Marks(count > 0, picture, tuple(dots))


def itemised(words: Sequence[Word], dots: Sequence[Box]) -> list[Word]:
    """The words, those marked that a bullet stands before; dots are left, right, bottom, top in the words' frame."""
    found = list(words)
    for left, right, low, high in dots:
        middle = (low + high) / 2
        level = [place for place, word in enumerate(found) if word.low <= middle <= word.high]
        first = min((place for place in level if found[place].x0 >= right), key=lambda place: found[place].x0, default=None)
        if first is None:
            continue
        word = found[first]
        near = any(left - CLEAR * word.size < found[place].x1 <= left + 1 for place in level)
        if word.x0 - right < BEFORE * word.size and high - low < word.size and not near:
            found[first] = word._replace(item=True)
    return found


def _is_dot(box: Box) -> bool:
    """Whether a shape is as small as a bullet, and as wide as it is high."""
    width, height = box[2] - box[0], box[3] - box[1]
    return DOT[0] <= width <= DOT[1] and abs(width - height) <= SQUARE * width


def _bounds(item: object) -> Box:
    """The box of an object, left, bottom, right, top; all 0 when it has none."""
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    return sides[0].value, sides[1].value, sides[2].value, sides[3].value


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
