"""Redlines for people and programs: as text for a terminal, as a page, as a document with tracked changes, as rows.

Nothing is told by colour alone: each form reads in black and white, and the page in a screen reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reaffirm.errors import UsageError
from reaffirm.export.redlines.page import page
from reaffirm.export.redlines.rows import rows
from reaffirm.export.redlines.sections import CHAIN_FORMS, Section
from reaffirm.export.redlines.terminal import terminal
from reaffirm.export.redlines.tracked import tracked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reaffirm.export.redlines.paragraphs import Piece

__all__ = ["CHAIN_FORMS", "FORMS", "Section", "chosen", "page", "rows", "terminal", "titled", "tracked"]
W = TypeVar("W")


def titled(first: str, second: str) -> str:
    """The title of the redline of two documents, by their names."""
    return f"From {first} to {second}"


def chosen(forms: Mapping[str, W], form: str, *, to_file: bool) -> W:
    """The writer of a form; a `UsageError` where there is none, or where what it writes is for no terminal."""
    if form not in forms or (form == "docx" and not to_file):
        message = f"{form!r} cannot be shown here; forms are {', '.join(forms)}, and a DOCX needs a file (--out)"
        raise UsageError(message)
    return forms[form]


FORMS: dict[str, Callable[[Iterable[Piece], str], bytes]] = {  # each of the pieces and a title
    "text": lambda pieces, _title: terminal(pieces).encode(),
    "html": lambda pieces, title: page(pieces, title).encode(),
    "docx": tracked,
    "json": lambda pieces, _title: rows(pieces).encode(),
}
