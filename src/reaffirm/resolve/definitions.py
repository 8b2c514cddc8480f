"""What a text says that it will call its persons: "A of Ruvia and B of Marn (“the Ministers”)" -> that word and those names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Document, Mention

DEFINED = re.compile(
    r"[(,] ?(?:(?:hereinafter|hereafter|henceforth|collectively|together|jointly|both)[, ]*)*(?:(?:referred to|known|called)(?: as)? )?"
    r"(?P<open>[\"'])?(?:the )?(?:two |three |four |both )?"
    r"(?P<noun>Ministers|Secretaries|Leaders|Presidents|Principals|Participants|Parties|Sides|Chairs|Heads|Commissioners|Advis[eo]rs)"
    r"(?P=open)? ?[),]",
)
STOP = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\bProf)[.!?][\"')\]]*\s+(?=[A-Z])")  # not that of "Hon." or "Dr."
LEAST = 2


def definitions(document: Document, mentions: Iterable[Mention]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words, in small letters, by which a text calls several of its persons, each with their names in order."""
    people = [m for m in mentions if m.kind == "person"]
    return tuple(dict(_defined(document, people)).items())


def _defined(document: Document, people: list[Mention]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for block in document.blocks:
        if block.kind == "furniture":
            continue
        words = fold(document.text[block.start : block.end])
        for m in DEFINED.finditer(words):
            if not m["open"] and "(" not in m.group():
                continue
            low = max((stop.end() for stop in STOP.finditer(words, 0, m.start())), default=0)
            names = (p.name for p in people if block.start + low <= p.surface.start < block.start + m.start())
            told = tuple(dict.fromkeys(names))
            if len(told) >= LEAST:
                yield m["noun"].casefold(), told
