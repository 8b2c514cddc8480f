"""Lines in a terminal, without anything that it would obey."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

LONGEST = 600  # code points of a row's words; the JSON has all
# Control characters and the marks that show a line backwards: what a document must not do to a terminal.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without anything that a terminal would obey."""
    return UNPRINTABLE.sub("\ufffd", text)


def line(console: Console, *parts: str | tuple[str, str]) -> None:
    """Nothing: prints one line made of plain parts and (words, style) parts."""
    console.print(Text.assemble(*(clean(p) if isinstance(p, str) else (clean(p[0]), p[1]) for p in parts)))


def lines(console: Console, found: Iterable[str]) -> None:
    """Nothing: prints plain lines."""
    for text in found:
        line(console, text)
