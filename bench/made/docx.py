"""Word documents: two by python-docx, three by hand with footnotes, tracked changes and words cut into runs."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from made import Made
from made.packing import packed, unpacked
from made.prose import Shape

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from made.prose import Piece

NAMES = ("plain", "tables", "footnotes", "tracked", "runs")
SHAPES = (Shape(3, 3, items=4), Shape(3, 3, rows=5), Shape(3, 3, notes=4), Shape(3, 3), Shape(3, 3, items=3, rows=3))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = {"title": "Title", "heading": "Heading1", "item": "ListBullet"}
AUTHOR = 'w:id="7" w:author="A clerk" w:date="2033-03-14T09:00:00Z"'


def make(variant: int, pieces: list[Piece], chance: random.Random) -> Made:  # noqa: ARG001 - the signature of every maker
    """The document."""
    data = _library(pieces) if variant < 2 else _hand(variant, pieces)
    return Made(f"word-{NAMES[variant]}.docx", "docx", data, tuple(pieces))


def _library(pieces: Iterable[Piece]) -> bytes:
    """The document as python-docx writes it, with a header and a footer."""
    import docx  # noqa: PLC0415 - slow to load, and the benches of other formats do without

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ministry paper, not for release"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 9"
    for kind, group in groupby(pieces, key=lambda p: p.kind):
        if kind == "row":
            rows = [p.text.split("\t") for p in group]
            table = document.add_table(len(rows), 3)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    table.cell(r, c).text = cell
            continue
        for piece in group:
            if kind in {"title", "heading"}:
                document.add_heading(piece.text, 0 if kind == "title" else 1)
            else:
                document.add_paragraph(piece.text, "List Bullet" if kind == "item" else None)
    out = io.BytesIO()
    document.save(out)
    return packed(unpacked(out.getvalue()))


def _hand(variant: int, pieces: list[Piece]) -> bytes:
    """The package written by hand."""
    notes = [p.text for p in pieces if p.kind == "note"]
    body, number = [], 1
    for kind, group in groupby([p for p in pieces if p.kind != "note"], key=lambda p: p.kind):
        if kind == "row":
            body.append(_table([p.text.split("\t") for p in group]))
            continue
        for piece in group:
            position = pieces.index(piece) + 1
            reference = ""
            if position < len(pieces) and pieces[position].kind == "note":
                number += 1
                reference = f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'
            body.append(_paragraph(kind, _runs(piece.text, variant if kind == "paragraph" else 2) + reference))
    parts = [
        ("[Content_Types].xml", _types()), ("_rels/.rels", _relations(("officeDocument", "word/document.xml"))),
        ("word/document.xml", _part("document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>")),
        ("word/_rels/document.xml.rels", _relations(("footnotes", "footnotes.xml"), ("styles", "styles.xml"))),
        ("word/styles.xml", _part("styles", _styles())), ("word/footnotes.xml", _part("footnotes", _footnotes(notes))),
    ]  # fmt: skip
    return packed((name, xml.encode()) for name, xml in parts)


def _runs(text: str, variant: int) -> str:
    """The runs of a paragraph: one; one with tracked changes round it; or words cut in their middle."""
    if variant == 3:
        first, _, rest = text.partition(" ")
        middle = len(rest) // 2
        return (
            f"{_run(first + ' ')}<w:del {AUTHOR}><w:r><w:delText>struck words </w:delText></w:r></w:del>"
            f"<w:ins {AUTHOR}>{_run(rest[:middle])}</w:ins>{_run(rest[middle:])}"
        )
    if variant == 4:
        cuts = range(0, len(text), 7)
        return "<w:proofErr w:type='spellStart'/>".join(_run(text[a : a + 7]) for a in cuts)
    return _run(text)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(kind: str, runs: str) -> str:
    style = f'<w:pPr><w:pStyle w:val="{STYLES[kind]}"/></w:pPr>' if kind in STYLES else ""
    return f"<w:p>{style}{runs}</w:p>"


def _table(rows: list[list[str]]) -> str:
    lines = ("".join(f"<w:tc><w:tcPr/>{_paragraph('', _run(cell))}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def _footnotes(notes: list[str]) -> str:
    marks = "".join(f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
                    for n, kind in enumerate(("separator", "continuationSeparator")))  # fmt: skip
    told = (
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>{_run(" " + note)}</w:p></w:footnote>' for n, note in enumerate(notes, 2)
    )
    return marks + "".join(told)


def _styles() -> str:
    named = (("Title", "Title"), ("Heading1", "heading 1"), ("ListBullet", "List Bullet"))
    return "".join(f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in named)


def _part(root: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root} xmlns:w="{W}">{inside}</w:{root}>'


def _relations(*targets: tuple[str, str]) -> str:
    rows = (f'<Relationship Id="rId{n}" Type="{RELATED}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1))
    return f'<?xml version="1.0"?>\n<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _types() -> str:
    parts = (("document", "document.main"), ("styles", "styles"), ("footnotes", "footnotes"))
    rows = (f'<Override PartName="/word/{part}.xml" ContentType="{TYPE}.{kind}+xml"/>' for part, kind in parts)
    return (
        f'<?xml version="1.0"?>\n<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{"".join(rows)}</Types>'
    )
