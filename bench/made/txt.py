"""Plain text: UTF-8, Windows-1252, UTF-16, CRLF, and lines broken by hand with words parted at their ends."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from made import Made
from made.prose import Piece, Shape

if TYPE_CHECKING:
    import random

NAMES = ("utf-8", "cp1252", "utf-16", "crlf", "wrapped")
ENCODINGS = ("utf-8", "cp1252", "utf-16", "utf-8", "utf-8")
SHAPES = (Shape(3, 3), Shape(3, 3, items=4), Shape(3, 3), Shape(3, 3, items=3, rows=3), Shape(3, 4))


def make(variant: int, pieces: list[Piece], chance: random.Random) -> Made:  # noqa: ARG001 - the signature of every maker
    """The text with blank lines between its pieces."""
    if variant == 4:
        pieces = [Piece(p.kind, textwrap.fill(p.text, 66, break_long_words=False)) for p in pieces]
    text = "\n\n".join(f"- {p.text}" if p.kind == "item" else p.text for p in pieces) + "\n"
    if variant == 3:
        text = text.replace("\n", "\r\n")
    return Made(f"text-{NAMES[variant]}.txt", "txt", text.encode(ENCODINGS[variant]), tuple(pieces), encoding=ENCODINGS[variant])
