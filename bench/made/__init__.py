"""Files of known text in every format that the program reads: one module a format, the function `make` in each.

`make(variant, chance, shape)` gives a file of one of five variants; `MAKERS` names them all. The makers know the formats
by their specifications and nothing of the readers.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from made.prose import Piece, Shape, compose

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

FORMATS = ("docx", "pdf", "eml", "html", "odt", "rtf", "txt", "export")
VARIANTS = 5


@dataclass(frozen=True, slots=True)
class Made:
    """A file of known text: its bytes, the pieces a reader must find, the words on each page where there are pages."""

    name: str
    format: str
    data: bytes
    pieces: tuple[Piece, ...]
    pages: tuple[str, ...] = ()
    articles: int = 1
    encoding: str = "utf-8"


def make(form: str, variant: int, chance: random.Random, shape: Shape | None = None) -> Made:
    """A file of a format and a variant (0 to 4); the shape is the variant's own unless given."""
    module = importlib.import_module(f"made.{form}")
    wanted: Shape = shape or module.SHAPES[variant]
    return cast("Callable[[int, list[Piece], random.Random], Made]", module.make)(variant, compose(chance, wanted), chance)
