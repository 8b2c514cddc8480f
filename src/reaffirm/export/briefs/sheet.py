"""A brief as PDF: A4, the notes numbered and linked both ways at its end, the wording changes on a page of their own.

Set with reportlab in Source Serif Pro, which is embedded and has the letters of Latin, Greek and Cyrillic. Chinese, Japanese and Korean are
set in the fonts that PDF viewers bring for them and are not embedded. What neither has is shown as `[…]`, and the end of the brief says so.
"""

from __future__ import annotations

import re
from importlib import import_module, resources
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any

from reaffirm.days import spoken
from reaffirm.errors import UsageError
from reaffirm.export.book import TOOL
from reaffirm.export.briefs import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reaffirm.brief import Brief, Note, Section

FACES = {"Brief": "SourceSerifPro-Regular.ttf", "Brief-Bold": "SourceSerifPro-Semibold.ttf"}  # its italics lack Greek and Cyrillic
# Writing that viewers bring fonts for (PDF 32000-1, 9.7.5.2), the most telling first.
VIEWERS = (
    ("HeiseiMin-W3", re.compile("[\u3040-\u30ff\u31f0-\u31ff]")),
    ("HYSMyeongJo-Medium", re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")),
    ("STSong-Light", re.compile("[\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")),
)
GAP = "[…]"
MISSING = f"{GAP} stands for letters that the font of this file lacks; the Markdown and Word forms of the brief have them."
SMALL, NORMAL = 7.5, 10.0  # points
MARGIN = 57.0
WIDTHS = (180.0, 180.0, 121.0)


def data(brief: Brief) -> bytes:
    """The bytes of the file; a `UsageError` where the libraries are not installed."""
    try:
        platypus = import_module("reportlab.platypus")
        sheet = Sheet(platypus)
    except ImportError as error:
        message = "a PDF needs reportlab and a font, which are not installed: pip install 'reaffirm[exports]', or write .md or .docx"
        raise UsageError(message) from error
    packed = BytesIO()
    page = platypus.SimpleDocTemplate(
        packed, pagesize=(595.28, 841.89), leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        title=lines.clean(brief.title), creator=TOOL, author=TOOL, lang="en", invariant=1,
    )  # fmt: skip
    page.build(list(sheet.story(brief)), onFirstPage=_foot, onLaterPages=sheet.margins(brief))
    return packed.getvalue()


def _foot(canvas: Any, page: Any) -> None:  # noqa: ANN401 - reportlab ships no types
    """Draws the program and the number of the page."""
    canvas.setFont("Brief", SMALL)
    canvas.setFillColor("#505050")
    canvas.drawString(MARGIN, MARGIN / 2, TOOL)
    canvas.drawRightString(page.pagesize[0] - MARGIN, MARGIN / 2, str(canvas.getPageNumber()))


class Sheet:
    """The fonts and styles of a brief, and its parts as what reportlab flows onto pages."""

    def __init__(self, platypus: Any) -> None:  # noqa: ANN401 - reportlab ships no types
        self.platypus = platypus
        self.letters = _fonts()
        self.numbers = count(1)
        self.missing = False
        style = import_module("reportlab.lib.styles").ParagraphStyle
        base = {"fontName": "Brief", "fontSize": NORMAL, "leading": NORMAL * 1.3, "spaceAfter": 3}
        bold, small = {"fontName": "Brief-Bold"}, {"fontSize": SMALL, "leading": SMALL * 1.25}
        shapes: dict[str, dict[str, object]] = {
            "title": {**bold, "fontSize": 18, "leading": 22}, "about": {"textColor": "#505050", "keepWithNext": 1},
            "line": {}, "cell": {"spaceAfter": 0},
            "head": {**bold, "fontSize": 13, "leading": 16, "spaceBefore": 10, "keepWithNext": 1}, "note": {**small, "spaceAfter": 2},
            "point": {"leftIndent": 12, "bulletIndent": 2}, "running": {**small, "textColor": "#505050"},
        }  # fmt: skip
        self.styles = {name: style(name, **{**base, **shape}) for name, shape in shapes.items()}

    def margins(self, brief: Brief) -> Callable[[Any, Any], None]:
        """What draws the margins of the pages after the first: its title and day above, the program and the number below."""
        title = self._set(self._safe(f"{lines.clean(brief.title)} · as of {spoken(brief.as_of)}"), "running")

        def draw(canvas: Any, page: Any) -> None:  # noqa: ANN401 - reportlab ships no types
            width, height = page.pagesize
            _, needed = title.wrap(width - 2 * MARGIN, MARGIN)
            title.drawOn(canvas, MARGIN, height - MARGIN / 2 - needed)
            _foot(canvas, page)

        return draw

    def story(self, brief: Brief) -> Iterator[Any]:
        """The parts in order."""
        yield self._set(self._safe(brief.title), "title")
        yield self._set(self._safe(lines.subtitle(brief)), "about")
        yield self._set(" · ".join(f'<a href="#{_anchor(t)}"><u>{self._safe(words)}</u></a>' for words, t in lines.glance(brief)), "line")
        for section in brief.sections:
            yield from self._section(section)
        if brief.changes:
            yield self.platypus.PageBreak()
            yield from (self._head(lines.CHANGES), self._set(lines.ABOUT_CHANGES, "about"), self._table(brief))
            if brief.more_changes:
                yield self._set(f"And {brief.more_changes} more, which the ledger lists.", "about")
        yield self._head(lines.DOCUMENTS)
        for doc, about in lines.documents(brief):
            yield self._set(f"<bullet>•</bullet>{self._safe(f'{doc}: {about}')}", "point")
        yield self._head(lines.NOTES)
        yield self._set(self._safe(lines.IMPRINT), "about")
        for number, note in enumerate(brief.notes(), 1):
            text = self._safe(str(lines.quoted(note)))
            yield self._set(f'<a name="n{number}"/><a href="#r{number}">{number}</a>&nbsp; {text}', "note")
        if self.missing:
            yield self._set(MISSING, "note")

    def _section(self, section: Section) -> Iterator[Any]:
        yield self._head(section.title)
        if section.about:
            yield self._set(self._safe(section.about), "about")
        for sentence in section.sentences:
            yield self._set(f"<bullet>•</bullet>{self._safe(sentence.text)}{self._references(sentence.notes)}", "point")
        if section.more:
            yield self._set(lines.more(section), "about")

    def _references(self, notes: tuple[Note, ...]) -> str:
        found = (next(self.numbers) for _ in notes)
        marks = (f'<a name="r{number}"/><a href="#n{number}">{number}</a>' for number in found)
        return f"&nbsp;<super>{', '.join(marks)}</super>"

    def _table(self, brief: Brief) -> Any:  # noqa: ANN401 - reportlab ships no types
        rows = [[self._set(f'<font name="Brief-Bold">{title}</font>', "cell") for title in lines.COLUMNS]]
        for change in brief.changes:
            sides = ((change.was, change.before), (change.now, change.after))
            cells = [self._safe(words) + (self._references((note,)) if note else "") for words, note in sides]
            rows.append([self._set(text, "cell") for text in (*cells, self._safe(change.verdict))])
        table = self.platypus.Table(rows, colWidths=WIDTHS, repeatRows=1)
        table.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, "#808080"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
        return table

    def _head(self, title: str) -> Any:  # noqa: ANN401 - reportlab ships no types
        return self._set(f'<a name="{_anchor(title)}"/>{title}', "head")

    def _set(self, markup: str, style: str) -> Any:  # noqa: ANN401 - reportlab ships no types
        return self.platypus.Paragraph(markup, self.styles[style])

    def _safe(self, text: str) -> str:
        """The text as markup: what the font lacks in the font of a viewer, or as a gap."""
        shown = []
        for run in re.findall(r"\S+|\s+", lines.clean(text)):
            if all(ord(letter) in self.letters for letter in run):
                shown.append(_escaped(run))
            else:
                shown += self._foreign(run)
        return "".join(shown)

    def _foreign(self, run: str) -> Iterator[str]:
        """A word with letters that the font lacks: its stretches, each in a font that has them."""
        viewer = next((name for name, letters in VIEWERS if letters.search(run)), "")
        for part in re.findall("|".join(f"{letters.pattern}+" for _, letters in VIEWERS) + "|.", run):
            if any(letters.match(part) for _, letters in VIEWERS):
                yield f'<font name="{viewer}">{_escaped(part)}</font>'
            elif ord(part) in self.letters:
                yield _escaped(part)
            else:
                self.missing = True
                yield GAP


def _fonts() -> frozenset[int]:
    """The letters that both faces have, once they are known to reportlab."""
    metrics = import_module("reportlab.pdfbase.pdfmetrics")
    font = import_module("reportlab.pdfbase.ttfonts").TTFont
    viewer = import_module("reportlab.pdfbase.cidfonts").UnicodeCIDFont
    folder = resources.files("font_source_serif_pro") / "files"
    faces = [font(name, BytesIO((folder / file).read_bytes())) for name, file in FACES.items()]
    for face in (*faces, *(viewer(name) for name, _ in VIEWERS)):
        metrics.registerFont(face)
    metrics.registerFontFamily("Brief", normal="Brief", bold="Brief-Bold", italic="Brief", boldItalic="Brief-Bold")
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")
