"""Briefs for people: as Markdown, as a Word document, as PDF; the same sentences, notes and table of wording changes in each.

Nothing but the brief goes in: no clock, host or path, so that the same brief gives the same bytes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.export.folders import put

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.brief import Brief

FORMS = {".md": "markdown", ".docx": "word", ".pdf": "sheet"}  # by the end of the file's name: the module with `data(brief)`


def check(path: Path) -> None:
    """Nothing; a `UsageError` where the end of a file's name stands for no form of a brief."""
    if path.suffix.lower() not in FORMS:
        message = f"{path.name} ends in none of {', '.join(FORMS)}; the end of the name says which form is written"
        raise UsageError(message)


def write(brief: Brief, path: Path) -> None:
    """Nothing, once the brief is in the file, complete or not at all; an earlier export there is replaced.

    Raises `UsageError` for a name that ends otherwise, for a file that is no export, and where a library is missing.
    """
    check(path)
    put(path, data(brief, path.suffix.lower()))


def data(brief: Brief, suffix: str) -> bytes:
    """The brief as the bytes of a file that ends so."""
    return bytes(import_module(f"reaffirm.export.briefs.{FORMS[suffix]}").data(brief))
