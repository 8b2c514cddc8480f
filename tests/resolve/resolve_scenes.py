"""Small documents about the invented states of the sample pack, and what the resolver makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm import packs
from reaffirm.extract.statements import statements
from reaffirm.language.names import mentions
from reaffirm.language.parse import parse
from reaffirm.model import Block, Card, Document, Field, Label
from reaffirm.resolve.cast import Cast, cast
from reaffirm.resolve.voices import voices

if TYPE_CHECKING:
    from reaffirm.model import BlockKind, Voice
    from reaffirm.packs import Packs

PACKS = packs.load(Path(__file__).parents[2] / "examples/pack")


def scene(*paragraphs: str, title: str = "", genre: str = "news report", day: str | None = None) -> Document:
    """A document with a title, if any, and paragraphs; one that begins with a label in bars (`|VARGA|: ...`) is a turn."""
    pieces: list[tuple[BlockKind, str, Label | None]] = [("title", title, None)] if title else []
    blocks, text = [], ""
    for words in paragraphs:
        label = words[1 : words.index("|", 1)] if words.startswith("|") else ""
        pieces.append(
            ("turn", label + words[len(label) + 2 :], Label(0, len(label), len(label), len(label) + 1))
            if label
            else ("paragraph", words, None)
        )
    for kind, words, label_ in pieces:
        start = len(text)
        text += words + "\n\n"
        end = start + len(words)
        place = Label(start, start + label_.end, start + label_.cue_start, start + label_.cue_end) if label_ else None
        blocks.append(Block(kind, start, end, ((start + label_.cue_end + 1 if label_ else start, end),), place))
    dates = (Field(day, "stated"),) if day else ()
    return Document("D-0", "", text, "", "test", blocks=tuple(blocks), card=Card(genre=Field(genre, "stated"), event_dates=dates))


def at_table(document: Document, knowledge: Packs = PACKS) -> Cast:
    """The cast of a document."""
    return cast(document, mentions(document, knowledge), knowledge)


def spoken(document: Document, knowledge: Packs = PACKS) -> dict[str, Voice]:
    """The voices of a document by their source, or by their cue where there is none; the last of each wins."""
    rows = statements(document, parse(document), knowledge)
    by_id = {row.id: row for row in rows}
    found = {}
    for voice in voices(document, rows, mentions(document, knowledge), knowledge):
        row = by_id[voice.statement]
        words = row.source or row.cue
        found[words.exact if words else ""] = voice
    return found
