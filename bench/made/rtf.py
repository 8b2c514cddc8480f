r"""Rich Text by hand (specification 1.9.1): code page bytes, \u escapes, a table, footnotes, headers and deleted words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from made import Made
from made.prose import Shape

if TYPE_CHECKING:
    import random

    from made.prose import Piece

NAMES = ("codepage", "unicode", "table", "footnotes", "revised")
SHAPES = (Shape(3, 3), Shape(3, 3, items=4), Shape(3, 3, rows=4), Shape(3, 3, notes=3), Shape(3, 3))
HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0\deflang1033{\fonttbl{\f0\froman\fcharset0 Serif;}{\f1\fswiss\fcharset0 Sans;}}"
    "\r\n"
    r"{\colortbl;\red0\green0\blue0;\red200\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}"
    "\r\n"
    r"{\*\generator A Word Processor 7.1;}{\info{\title An official paper}{\author Press Office}{\creatim\yr2033\mo3\dy14}}"
    "\r\n"
)
STYLES = {"title": r"\s1\qc\b\fs32 ", "heading": r"\s1\b\fs28 ", "paragraph": r"\s0\fs24 ", "item": r"\s0\fs24\li360 "}
RUNNING = r"{\header\pard\qr Ministry paper, not for release\par}{\footer\pard\qc Page \chpgn\par}" "\r\n"
DELETED = r"{\deleted\revauthdel1 struck words that nobody agreed to }"


def make(variant: int, pieces: list[Piece], chance: random.Random) -> Made:  # noqa: ARG001 - the signature of every maker
    """The document."""
    wide = variant in {1, 3}
    parts = [HEAD, RUNNING if variant >= 2 else ""]
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        note = _note(after, wide=wide) if after and after.kind == "note" else ""
        if piece.kind == "row":
            parts.append(_row(piece, wide=wide))
        elif piece.kind != "note":
            parts.append(_paragraph(piece, note, variant, wide=wide))
    data = "".join(parts) + "}"
    return Made(f"rich-{NAMES[variant]}.rtf", "rtf", data.encode("ascii"), tuple(pieces))


def _paragraph(piece: Piece, note: str, variant: int, *, wide: bool) -> str:
    words = escape(piece.text, wide=wide)
    if variant == 4 and piece.kind == "paragraph":
        first, _, rest = words.partition(" ")
        words = f"{first} {DELETED}{{\\revised\\revauth1 {rest}}}"
    bullet = r"{\listtext\'95\tab}" if piece.kind == "item" else ""
    return f"\\pard\\plain{STYLES[piece.kind]}{bullet}{words}{note}\\par\r\n"


def _note(piece: Piece, *, wide: bool) -> str:
    return f"{{\\super\\chftn}}{{\\footnote\\pard\\plain\\fs20 {{\\super\\chftn}} {escape(piece.text, wide=wide)}}}"


def _row(piece: Piece, *, wide: bool) -> str:
    cells = "".join(f"\\pard\\intbl\\plain {escape(cell, wide=wide)}\\cell " for cell in piece.text.split("\t"))
    return f"\\trowd\\trgaph70\\cellx2000\\cellx8000\\cellx9600 {cells}\\row\r\n"


def escape(text: str, *, wide: bool) -> str:
    """The text in seven bits: control characters escaped, others as code page bytes, or as numbers with a stand-in."""
    out = []
    for char in text:
        if char in "\\{}":
            out.append("\\" + char)
        elif char < "\x80":
            out.append(char)
        elif wide:
            out.append(f"\\u{ord(char) if ord(char) < 32768 else ord(char) - 65536}?")
        else:
            out.append("".join(f"\\'{byte:02x}" for byte in char.encode("cp1252")))
    return "".join(out)
