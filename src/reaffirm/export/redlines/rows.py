"""Redlines for programs: one object a piece."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.export.redlines.paragraphs import Piece

NAMES = ("kind", "text", "a", "b", "move", "layout", "paragraph")


def rows(pieces: Iterable[Piece]) -> str:
    """The redline as JSON: `{"pieces": […]}`, each piece with kind, text, a, b, move, layout and paragraph, one to a line.

    `a` and `b` are the extents [start, end) in code points in the first and the second text, null where a piece is not in
    that text. The texts of all pieces but deleted and moved-from ones are the second text, those of all but inserted and
    moved-to ones the first. Letters beyond ASCII are escaped, so that the bytes say the same in every encoding.
    """
    lines = (json.dumps(row(piece)) for piece in pieces)
    return '{"pieces": [\n' + ",\n".join(lines) + "\n]}\n"


def row(piece: Piece) -> dict[str, object]:
    """One piece as an object."""
    return {name: getattr(piece, name) for name in NAMES}
