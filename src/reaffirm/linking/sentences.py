"""Sentences of a plain text by its stops, for texts that come without a parse; hard line breaks part nothing, blank lines do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.text import trim

if TYPE_CHECKING:
    from collections.abc import Iterable

PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
# A stop, with what closes after it, before a blank and what can begin a sentence.
STOP = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*|;)(?=\s+[\"'“‘«(\[]*[^\W_a-z])")
# What ends in a stop and no sentence: an initial, a title, a month, a number's sign.
SHORT = re.compile(r"(?:\b[^\W\d_]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Gov|Rep|St|No|Nos|Art|vs|Vol|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec))\.$")


def sentences(text: str, extents: Iterable[tuple[int, int]] | None = None) -> tuple[tuple[int, int], ...]:
    """The extents of a text's sentences, or of those of its paragraphs that are given; none is empty.

    A semicolon before a capital parts too, as between the items of a list. An initial or a shortened title ends nothing.
    """
    parts = (found.span() for found in PARAGRAPH.finditer(text)) if extents is None else extents
    found = []
    for start, end in parts:
        edge = start
        for stop in STOP.finditer(text, start, end):
            if not SHORT.search(text, max(edge, stop.end() - 8), stop.end()):
                found.append((edge, stop.end()))
                edge = stop.end()
        found.append((edge, end))
    trimmed = (trim(text, a, b) for a, b in found)
    return tuple((a, b) for a, b in trimmed if a < b)
