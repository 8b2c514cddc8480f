"""The words of a document's body, folded for comparison, each with its place in the canonical text.

Body is what the document itself says: not furniture, and not titles, notes and captions either, which each paper, page
or file sets in its own way round one and the same text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Block, Document, Span

BODY = frozenset({"heading", "standfirst", "paragraph", "turn", "list item"})
EVERYTHING = BODY | {"title", "note", "caption"}
SOFT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens and joiners that some files put inside words
APOSTROPHES = "'’‘ʼ"
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # scripts without spaces: each character is a word
# A word: letters and digits with combining marks and inner apostrophes, a number, initials, a sign that is read as a word.
LETTERS = rf"(?:(?![{UNSPACED}])[^\W_][\u0300-\u036f{SOFT}]*)+"
WORD = re.compile(rf"[{UNSPACED}$€£¥%]|\d+(?:[.,]\d+)+(?![^\W\d_])|\b(?:[^\W\d_]\.){{2,}}|{LETTERS}(?:[{APOSTROPHES}]{LETTERS})*")
DROPPED = str.maketrans("", "", SOFT + APOSTROPHES)
THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
HYPHEN = re.compile(r"[-‐‑–—](?:\s*[\r\n]\s*)?")


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words in order and the extent of each; `breaks` are the words that follow other text, `joined` those that a hyphen ties."""

    folded: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    breaks: frozenset[int] = frozenset()
    joined: frozenset[int] = frozenset()

    def letters(self, start: int, end: int) -> str:
        """The words [start, end) with spaces between them, but none at a hyphen: `co-operation` reads as `cooperation`."""
        return "".join(self.folded[i] if i in self.joined else f" {self.folded[i]}" for i in range(start, end))

    def spans(self, document: Document, start: int, end: int) -> list[Span]:
        """The spans of the words [start, end) of their document, one for each stretch without other text inside."""
        edges = [start, *sorted(b for b in self.breaks if start < b < end), end] if start < end else []
        return [document.span(self.places[i][0], self.places[k - 1][1]) for i, k in pairwise(edges)]


def body(document: Document) -> Words:
    """The words of a document's body; none when it has no body."""
    return _words(document, BODY)


def running(document: Document) -> str:
    """The words of everything but furniture, run together: equal where only mark-up and layout differ."""
    words = _words(document, EVERYTHING)
    return words.letters(0, len(words.folded))


def _words(document: Document, kinds: frozenset[str]) -> Words:
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    breaks, joined = set(), set()
    for start, end, apart in _extents(document, kinds):
        if apart:
            breaks.add(len(places))
        edge = -1
        for found in WORD.finditer(document.text, start, end):
            word = fold(found[0])
            if edge >= 0 and HYPHEN.fullmatch(document.text, edge, found.start()) and not (folded[-1][-1:] + word[:1]).isdigit():
                joined.add(len(places))
            folded.append(word)
            places.append(found.span())
            edge = found.end()
    return Words(tuple(folded), tuple(places), frozenset(breaks), frozenset(joined))


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word without case, apostrophes, soft hyphens and compatibility forms (Unicode NFKC); `5,000` is 5000, `U.S.` is US."""
    plain = unicodedata.normalize("NFKC", word.translate(DROPPED)).casefold()
    return THOUSANDS.sub("", plain) if plain[-1:].isdigit() else plain.replace(".", "")


def _extents(document: Document, kinds: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    """The extents of text of some kinds, and whether other text stands between each and the one before it."""
    apart = False
    for block in document.blocks:
        if block.kind not in kinds:
            apart = True
            continue
        edge = None
        for start, end in _parts(block):
            apart = apart or (edge is not None and any(map(str.isalnum, document.text[edge:start])))
            yield start, end, apart
            apart, edge = False, end


def _parts(block: Block) -> Iterator[tuple[int, int]]:
    """A block's label, because another speaker is a difference, and its paragraphs."""
    if block.label:
        yield block.label.start, block.label.end
    yield from block.parts
