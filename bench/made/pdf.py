"""PDF files by reportlab, every line set here, so that it is known which words stand on which page.

One column; two columns with words parted at the ends of lines; footnotes and a list; a table, ligatures and accents in an
embedded font; pages that are turned. All have running headers, footers and page numbers.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from made import Made
from made.prose import Piece, Shape

if TYPE_CHECKING:
    import random

NAMES = ("column", "columns", "footnotes", "ligatures", "turned")
SHAPES = (Shape(5, 6), Shape(6, 6), Shape(5, 4, items=5, notes=6), Shape(5, 5, rows=5), Shape(6, 5))
SIZE = (595.0, 842.0)
SIZES = {"title": 16.0, "heading": 13.0, "note": 8.0, "row": 9.0}
MARGIN = 72.0
LIGATURES = (("fi", "ﬁ"), ("fl", "ﬂ"))
VOWEL = re.compile(r"(?<=[a-z]{3})(?<=[aeiou])(?=[bcdfgklmnprstv][aeiou][a-z]{2})")


@dataclass
class Press:
    """A file being set: the canvas, where the next line goes, what was drawn on each page, notes that wait for its foot."""

    canvas: Canvas
    variant: int
    font: str = "Times-Roman"
    column: int = 0
    y: float = 0.0
    top: float = 0.0
    pages: list[list[str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    noted: int = 0

    @property
    def size(self) -> tuple[float, float]:
        return (SIZE[1], SIZE[0]) if self.turned else SIZE

    @property
    def turned(self) -> bool:
        """Whether the open page is turned: the second of a file with turned pages."""
        return self.variant == 4 and len(self.pages) % 2 == 0

    @property
    def width(self) -> float:
        """The width of a column."""
        full = self.size[0] - 2 * MARGIN
        return (full - 24) / 2 if self.variant == 1 else full

    def open(self) -> None:
        """Nothing; begins a page with its running header and footer."""
        self.pages.append([])
        wide, high = self.size
        self.canvas.setPageSize(SIZE)
        if self.turned:  # set on its side, and turned by the viewer
            self.canvas.setPageRotation(90)
            self.canvas.translate(SIZE[0], 0)
            self.canvas.rotate(90)
        else:
            self.canvas.setPageRotation(0)
        self.canvas.setFont("Helvetica", 8)
        self.canvas.drawString(MARGIN, high - 40, "Ministry paper, not for release")
        self.canvas.drawCentredString(wide / 2, 36, f"Page {len(self.pages)}")
        self.column, self.top, self.y = 0, high - 72, high - 72

    def close(self) -> None:
        """Nothing; draws the notes of a page and ends it."""
        self.y = 60 + sum(10 * len(self.broken(note, 8.0, self.width)) for _, note in self.notes)
        for number, note in self.notes:
            self.lines(f"{number} {note}", 8.0, 10, note)
        self.notes = []
        self.canvas.showPage()

    def broken(self, text: str, size: float, width: float) -> list[str]:
        """The text in lines that are not too wide, words parted where the variant wants that."""
        lines, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if pdfmetrics.stringWidth(longer, self.font, size) <= width:
                line = longer
                continue
            cuts = [found.start() for found in VOWEL.finditer(word)] if self.variant == 1 else []
            fitting = [cut for cut in cuts if pdfmetrics.stringWidth(f"{line} {word[:cut]}-", self.font, size) <= width]
            cut = max(fitting, default=0)
            lines.append(f"{line} {word[:cut]}-" if cut else line)
            line = word[cut:]
        return [*lines, line]

    def room(self, leading: float) -> None:
        """Nothing; goes to the next column or page when there is no room for a line."""
        foot = 90 + sum(12 * (len(note) // 90 + 1) for _, note in self.notes)
        if self.y - leading >= foot:
            return
        if self.variant == 1 and self.column == 0:
            self.column, self.y = 1, self.top
        else:
            self.close()
            self.open()

    def lines(self, text: str, size: float, leading: float, known: str | None = None) -> None:
        """Nothing; draws a text in lines, over the end of a column or page where it must."""
        free = known is None
        for line in self.broken(text, size, self.width):
            if free:
                self.room(leading)
            self.draw(MARGIN + self.column * (self.width + 24), line, size)
            self.y -= leading

    def draw(self, x: float, line: str, size: float) -> None:
        """Nothing; draws one line at the height reached and keeps it for its page."""
        drawn = line
        if self.variant == 3:
            for letters, ligature in LIGATURES:
                drawn = drawn.replace(letters, ligature)
        self.canvas.setFont(self.font, size)
        self.canvas.drawString(x, self.y, drawn)
        self.pages[-1].append(line)


def make(variant: int, pieces: list[Piece], chance: random.Random, *, compressed: bool = True) -> Made:  # noqa: ARG001 - as every maker
    """The file; without compression its operators stand open."""
    out = io.BytesIO()
    press = Press(Canvas(out, pagesize=SIZE, invariant=1, pageCompression=int(compressed)), variant)
    if variant == 3:
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
        press.font = "Vera"
    press.open()
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        _set(press, piece, after.text if after and after.kind == "note" else "")
    press.close()
    press.canvas.save()
    pages = tuple("\n".join(page) for page in press.pages)
    return Made(f"print-{NAMES[variant]}.pdf", "pdf", out.getvalue(), tuple(pieces), pages)


def _set(press: Press, piece: Piece, note: str) -> None:
    """Nothing; sets one piece, a note at the foot of the page on which its paragraph ends."""
    if piece.kind == "note":
        return
    size = SIZES.get(piece.kind, 10.5)
    if piece.kind == "row":
        _row(press, piece.text.split("\t"), size)
        return
    if note:
        press.noted += 1
    if piece.kind == "heading":
        press.y -= size * 0.6
    mark = f" ({press.noted})" if note else ""
    press.lines(("• " if piece.kind == "item" else "") + piece.text + mark, size, size * 1.25)
    if note:
        press.notes.append((press.noted, note))
    press.y -= size * (0.3 if piece.kind == "item" else 0.9)


def _row(press: Press, cells: list[str], size: float) -> None:
    """Nothing; sets a table row of three cells, the second of several lines."""
    middle = press.broken(cells[1], size, 260)
    press.room(12.0 * len(middle) + 10)
    top = press.y
    press.draw(MARGIN, cells[0], size)
    for line in middle:
        press.draw(MARGIN + 90, line, size)
        press.y -= 12
    below, press.y = press.y, top
    press.draw(MARGIN + 370, cells[2], size)
    press.y = below - 6
    press.canvas.line(MARGIN, press.y + 12, MARGIN + 450, press.y + 12)
    press.y -= 4
