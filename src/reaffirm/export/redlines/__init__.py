"""Redlines for people and programs: as text for a terminal, as a page, as a document with tracked changes, as rows.

Nothing is told by colour alone: each form reads in black and white, and the page in a screen reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.export.redlines.page import page
from reaffirm.export.redlines.rows import rows
from reaffirm.export.redlines.terminal import terminal
from reaffirm.export.redlines.tracked import tracked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reaffirm.export.redlines.paragraphs import Piece

__all__ = ["FORMS", "page", "rows", "terminal", "tracked"]
FORMS: dict[str, Callable[[Iterable[Piece]], bytes]] = {
    "text": lambda pieces: terminal(pieces).encode(),
    "html": lambda pieces: page(pieces).encode(),
    "docx": tracked,
    "json": lambda pieces: rows(pieces).encode(),
}
