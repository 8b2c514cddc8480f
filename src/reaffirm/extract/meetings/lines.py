"""Sentences of a document cut by punctuation alone, for what must be read again without a parse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.text import fold, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import BlockKind, Document

LONGEST = 1200  # code points of a sentence
END = re.compile(r"[.!?][\"')\]]* +(?=[\"'(\[]*[A-Z0-9])")
ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Adm|Sen|Rep|Gov|St|Jr|Sr|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with plain marks, of the length of the original: `start` is its offset, `block` and `kind` where it stands."""

    start: int
    text: str
    kind: BlockKind
    block: int

    @property
    def end(self) -> int:
        """The offset behind the sentence."""
        return self.start + len(self.text)


def lines(document: Document) -> tuple[Line, ...]:
    """The sentences of a document outside its furniture, in order of place; a turn's label is none of them."""
    return tuple(
        Line(first, fold(document.text[first:last]), block.kind, n)
        for n, block in enumerate(document.blocks)
        if block.kind != "furniture"
        for start, end in block.parts
        for first, last in _cuts(document.text, start, end)
    )


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The extents of the sentences of a paragraph, without edge white space."""
    body = fold(text[start:end])
    at = 0
    for m in END.finditer(body):
        if not ABBREVIATED.search(body, max(at, m.start() - 6), m.start() + 1):
            yield from _kept(text, start + at, start + m.end())
            at = m.end()
    yield from _kept(text, start + at, end)


def _kept(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = trim(text, start, end)
    while end - start > LONGEST:  # no sentence, but a table or a text without full stops: what reads it looks back and ahead
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield trim(text, start, cut)
        start, end = trim(text, cut, end)
    if start < end:
        yield start, end
