"""PDFs of known words, made with reportlab: pages as ministries print them, and pages drawn in odd ways."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PIL import Image
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, ListFlowable, PageTemplate, Paragraph, Table, TableStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

WIDTH, HEIGHT = A4
NOUNS = [
    "ministers", "delegations", "harbours", "railways", "fisheries", "agreements", "customs", "officers", "experts", "waters", "exchanges",
    "students", "researchers", "scholarships", "corridors", "forests", "inspections", "tariffs", "reservoirs", "consultations",
    "frameworks", "bridges", "archives", "observers",
]  # fmt: skip
VERBS = ["welcomed", "reviewed", "reaffirmed", "discussed", "noted", "strengthened", "confirmed", "supported", "examined", "extended"]
SIDES = ["Norland", "Sudria", "Vesteria", "Ostmark", "Meridia", "Calloway", "Tarnovia"]
LINKS = ["regarding", "concerning", "between", "throughout", "alongside", "within"]


def dice(seed: int) -> random.Random:
    """Chance that falls the same way for the same seed."""
    return random.Random(seed)  # noqa: S311 - invented sentences are no secret


def sentence(chance: random.Random) -> str:
    """A sentence of an invented consultation, long enough to wrap."""
    first, second = chance.sample(SIDES, 2)
    words = [chance.choice(NOUNS) for _ in range(5)]
    return (
        f"The {words[0]} of {first} and {second} {chance.choice(VERBS)} the {words[1]} {chance.choice(LINKS)} {words[2]} and "
        f"{words[3]}, and {chance.choice(VERBS)} {chance.randint(3, 97)} {words[4]} before the year {chance.randint(2031, 2060)}."
    )


def prose(count: int, seed: int = 1, least: int = 2) -> list[str]:
    """Paragraphs of two to five sentences."""
    chance = dice(seed)
    return [" ".join(sentence(chance) for _ in range(chance.randint(least, 5))) for _ in range(count)]


def wrap(words: str, width: float, font: str = "Times-Roman", size: float = 11) -> list[str]:
    """The lines of a paragraph set greedily to a width in points."""
    lines: list[str] = []
    for word in words.split():
        if lines and stringWidth(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@dataclass
class Sheet:
    """A canvas with a pen: lines go down from the top; `pages` says what was written on which page."""

    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.canvas = canvas.Canvas(self.buffer, pagesize=self.options.pop("pagesize", A4), **self.options)

    def put(self, x: float, y: float, words: str, font: str = "Times-Roman", size: float = 11) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, words)

    def column(self, x: float, y: float, lines: Iterable[str], size: float = 11, leading: float = 1.25) -> float:
        """The height below the last of lines drawn down from y."""
        for line in lines:
            self.put(x, y, line, size=size)
            y -= leading * size
        return y

    def turn(self) -> None:
        self.canvas.showPage()

    def save(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def flowing(
    story: Sequence[object], columns: int = 1, decorate: Callable[[canvas.Canvas, object], None] | None = None, **options: object,
) -> bytes:  # fmt: skip
    """A PDF of flowables in columns; `decorate` draws heads and feet."""
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, **options)
    gutter, left, width = 18.0, 72.0, WIDTH - 144
    each = (width - gutter * (columns - 1)) / columns
    frames = [Frame(left + n * (each + gutter), 80, each, HEIGHT - 170, 0, 0, 0, 0) for n in range(columns)]
    document.addPageTemplates(PageTemplate("page", frames, onPage=decorate or _nothing))
    document.build(list(story))
    return buffer.getvalue()


def _nothing(pen: canvas.Canvas, page: object) -> None:
    """No head and no foot."""


def style(name: str = "body", **settings: object) -> ParagraphStyle:
    """A paragraph style: Times, 11 on 14 points."""
    return ParagraphStyle(name, **({"fontName": "Times-Roman", "fontSize": 11, "leading": 14, "spaceAfter": 6} | settings))


BODY = style()
JUSTIFIED = style(alignment=TA_JUSTIFY)
INDENTED = style(firstLineIndent=14, spaceAfter=0, alignment=TA_JUSTIFY)
HEADING = style("heading", fontName="Helvetica-Bold", fontSize=13, leading=16, spaceBefore=8)
TITLE = style("title", fontName="Helvetica-Bold", fontSize=19, leading=24, spaceAfter=14)


def paragraphs(words: Iterable[str], how: ParagraphStyle = BODY) -> list[Paragraph]:
    """Flowables of paragraphs."""
    return [Paragraph(text, how) for text in words]


def items(words: Iterable[str], bullet: str = "bullet") -> ListFlowable:
    """A bulleted list, or with `bullet="1"` a numbered one."""
    return ListFlowable([Paragraph(text, BODY) for text in words], bulletType=bullet, start="•" if bullet == "bullet" else 1, leftIndent=18)


def grid(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    """A ruled table."""
    return Table([list(row) for row in rows], colWidths=list(widths), style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))


def running(head: str, foot: str = "- {} -") -> Callable[[canvas.Canvas, object], None]:
    """A decoration: a running head and a page's number in the foot."""

    def decorate(pen: canvas.Canvas, _: object) -> None:
        pen.setFont("Times-Roman", 9)
        pen.drawString(72, HEIGHT - 50, head)
        pen.drawCentredString(WIDTH / 2, 45, foot.format(pen.getPageNumber()))

    return decorate


def photograph(width: int = 200, height: int = 280) -> ImageReader:
    """A picture in grey."""
    return ImageReader(Image.new("L", (width, height), 200))


def font() -> str:
    """The name of a font that has ligatures: Vera, which comes with reportlab, registered on first use."""
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    return "Vera"


def raw(*objects: str, content: str = "") -> bytes:
    """A PDF written by hand without a table of its objects, which readers rebuild; object 1 is the catalogue, 9 the content of a page."""
    numbered = [f"{n} 0 obj\n{words}\nendobj" for n, words in enumerate(objects, start=1)]
    stream = f"9 0 obj\n<< /Length {len(content)} >>\nstream\n{content}\nendstream\nendobj"
    return "\n".join(["%PDF-1.4", *numbered, stream, "trailer\n<< /Root 1 0 R >>", "%%EOF\n"]).encode()


CATALOGUE = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 9 0 R /Resources << /Font << /F 4 0 R >> >> >>",
)
PLAIN = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
NAMELESS = "<< /Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts [5 0 R] >>"
DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nameless /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
    "/FontDescriptor 6 0 R >>"
)
DESCRIPTOR = "<< /Type /FontDescriptor /FontName /Nameless /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200 /ItalicAngle 0 >>"
