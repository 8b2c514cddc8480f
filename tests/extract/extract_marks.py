"""Sentences with their statements marked: <source> [cue] {content}; one marked sentence is one expected statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm import packs
from reaffirm.extract.statements import statements
from reaffirm.language.parse import parse
from reaffirm.model import Block, Card, Document, Field
from reaffirm.text import trim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import BlockKind, Statement

PACKS = packs.load()
MARKS = str.maketrans(dict.fromkeys("<>[]{}"))


def plain(marked: str) -> str:
    """The sentence without its marks."""
    return marked.translate(MARKS)


def document(text: str, genre: str = "news report", kind: BlockKind = "paragraph") -> Document:
    """A document whose paragraphs stand between blank lines."""
    card = Card(genre=Field(genre, "stated"))
    blocks, start = [], 0
    for part in text.split("\n\n"):
        extent = trim(text, start, start + len(part))
        blocks.append(Block(kind, *extent, (extent,)))
        start += len(part) + 2
    return Document("D-0", "", text, "", "test", blocks=tuple(blocks), card=card)


def read(document: Document) -> tuple[Statement, ...]:
    """The statements of a document by the shipped packs."""
    return statements(document, parse(document), PACKS)


def mark(text: str, row: Statement) -> str:
    """The text with one statement marked."""
    spans = [*((s, "{}") for s in row.content), *((s, "<>") for s in [row.source] if s), *((s, "[]") for s in [row.cue] if s)]
    inserts = sorted([(s.start, 1, pair[0]) for s, pair in spans] + [(s.end, 0, pair[1]) for s, pair in spans], reverse=True)
    for place, _, sign in inserts:
        text = text[:place] + sign + text[place:]
    return text


def marked(text: str, genre: str = "news report") -> list[str]:
    """The text once for each of its statements, marked, in their order."""
    return [mark(text, row) for row in read(document(text, genre))]


def ids(rows: Iterable[Statement]) -> list[str]:
    """The ids of statements."""
    return [row.id for row in rows]
