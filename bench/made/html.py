"""Pages: an article with menus round it, one in Windows-1252, lists and tables, inline mark-up, and line breaks in one block."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from made import Made
from made.prose import Shape

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from made.prose import Piece

NAMES = ("article", "cp1252", "tables", "inline", "breaks")
SHAPES = (Shape(3, 3), Shape(3, 3), Shape(3, 3, items=5, rows=4), Shape(3, 3, items=2), Shape(2, 4, notes=2))
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li><li><a href='/s'>Sports</a></li></ul></nav>"
FOOT = "<footer><p>© 2033 The paper. <a href='/terms'>Terms of use</a> <a href='/privacy'>Privacy policy</a></p></footer>"
TAGS = {"title": "h1", "heading": "h2", "paragraph": "p", "note": "p"}


def make(variant: int, pieces: list[Piece], chance: random.Random) -> Made:  # noqa: ARG001 - the signature of every maker
    """The page."""
    encoding = "cp1252" if variant == 1 else "utf-8"
    body = _breaks(pieces) if variant == 4 else "\n".join(_body(pieces, inline=variant == 3))
    page = (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='{encoding}'><title>{escape(pieces[0].text)}</title>"
        "<style>p { margin: 0 }</style><script>var said = 'nothing <p>';</script></head>\n"
        f"<body>{MENU}<main><article>\n{body}\n</article></main>{FOOT}</body></html>\n"
    )
    if variant == 1:
        page = page.replace("“", "&ldquo;").replace("é", "&eacute;")
    return Made(f"page-{NAMES[variant]}.html", "html", page.encode(encoding), tuple(pieces), encoding=encoding)


def _body(pieces: Iterable[Piece], *, inline: bool) -> list[str]:
    """The lines of mark-up, items and rows gathered into lists and tables."""
    lines = []
    for kind, group in groupby(pieces, key=lambda p: p.kind):
        if kind == "item":
            lines.append("<ul>" + "".join(f"<li>{escape(p.text)}</li>" for p in group) + "</ul>")
        elif kind == "row":
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in p.text.split("\t")) for p in group)
            lines.append("<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>")
        else:
            lines += [f"<{TAGS[kind]}>{_inline(p.text) if inline else escape(p.text)}</{TAGS[kind]}>" for p in group]
    return lines


def _inline(text: str) -> str:
    """The words with mark-up among them: a link, emphasis, a comment, a superscript within a word's end."""
    first, _, rest = escape(text, quote=False).partition(" ")
    marked = rest.replace(" the ", " <em>the</em> ").replace("ministers", "<a href='/m'>minis<b>ters</b></a><!-- no -->")
    return f"<strong>{first}</strong> {marked}"


def _breaks(pieces: list[Piece]) -> str:
    """A title, and all else in one block with line breaks."""
    rest = "<br><br>\n".join(escape(p.text) for p in pieces[1:])
    return f"<h1>{escape(pieces[0].text)}</h1><div class='text'>{rest}</div>"
