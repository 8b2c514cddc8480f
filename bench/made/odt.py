"""OpenDocument texts by hand (version 1.3): paragraphs, lists, tables, footnotes, and tracked changes with cut words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from made import Made
from made.packing import packed
from made.prose import Shape

if TYPE_CHECKING:
    import random

    from made.prose import Piece

NAMES = ("plain", "lists", "tables", "footnotes", "tracked")
SHAPES = (Shape(3, 3), Shape(3, 3, items=5), Shape(3, 3, rows=5), Shape(3, 3, notes=4), Shape(3, 3))
MIME = "application/vnd.oasis.opendocument.text"
NS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{name}="{NS}{name}:1.0"' for name in ("office", "text", "table", "style", "manifest", "meta")
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>A clerk</dc:creator>'
    "<dc:date>2033-03-14T09:00:00</dc:date></office:change-info><text:p>struck words</text:p></text:deletion></text:changed-region>"
    "</text:tracked-changes>"
)
HEADER = "<style:header><text:p>Ministry paper, not for release</text:p></style:header>"
FOOTER = "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>"


def make(variant: int, pieces: list[Piece], chance: random.Random) -> Made:  # noqa: ARG001 - the signature of every maker
    """The document."""
    body = "".join(_body(variant, pieces))
    content = _part("content", f"<office:body><office:text>{CHANGES if variant == 4 else ''}{body}</office:text></office:body>")
    master = f'<office:master-styles><style:master-page style:name="Standard">{HEADER}{FOOTER}</style:master-page></office:master-styles>'
    meta = f"<office:meta><dc:title>{escape(pieces[0].text)}</dc:title><dc:creator>Press Office</dc:creator></office:meta>"
    parts = [("mimetype", MIME), ("content.xml", content), ("styles.xml", _part("styles", master)), ("meta.xml", _part("meta", meta)),
             ("META-INF/manifest.xml", _manifest())]  # fmt: skip
    return Made(f"open-{NAMES[variant]}.odt", "odt", packed(((name, xml.encode()) for name, xml in parts), "mimetype"), tuple(pieces))


def _body(variant: int, pieces: list[Piece]) -> list[str]:
    """The elements of the body, items and rows gathered."""
    out, number = [], 0
    for kind, group in groupby([p for p in pieces if p.kind != "note"], key=lambda p: p.kind):
        if kind == "row":
            rows = [
                "".join(f"<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>" for c in p.text.split("\t")) for p in group
            ]
            out.append('<table:table table:name="T"><table:table-column table:number-columns-repeated="3"/>')
            out += [f"<table:table-row>{row}</table:table-row>" for row in rows] + ["</table:table>"]
        elif kind == "item":
            out.append(
                "<text:list>"
                + "".join(f"<text:list-item><text:p>{escape(p.text)}</text:p></text:list-item>" for p in group)
                + "</text:list>"
            )
        else:
            for piece in group:
                place = pieces.index(piece) + 1
                note = pieces[place].text if place < len(pieces) and pieces[place].kind == "note" else ""
                number += bool(note)
                out.append(_paragraph(piece, variant, _note(note, number) if note else ""))
    return out


def _paragraph(piece: Piece, variant: int, note: str) -> str:
    words = escape(piece.text)
    if variant == 4:
        first, _, rest = words.partition(" ")
        half = rest.find(" ", len(rest) // 2)
        words = (
            f'{first}<text:s/><text:change text:change-id="c1"/><text:span>{rest[:half]}</text:span><text:soft-page-break/>{rest[half:]}'
        )
    if piece.kind in {"title", "heading"}:
        return f'<text:h text:outline-level="{1 if piece.kind == "title" else 2}">{words}</text:h>'
    return f"<text:p>{words}{note}</text:p>"


def _note(text: str, number: int) -> str:
    return (
        f'<text:note text:id="ftn{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body><text:p>{escape(text)}</text:p></text:note-body></text:note>"
    )


def _part(root: str, inside: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-{root} {SPACES} office:version="1.3">{inside}</office:document-{root}>'
    )


def _manifest() -> str:
    rows = (("/", MIME), ("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml"))
    entries = "".join(f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in rows)
    space = f'xmlns:manifest="{NS}manifest:1.0" manifest:version="1.3"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest {space}>{entries}</manifest:manifest>'
