"""Accounts made by hand: a text of one paragraph, its days and place, and what it says that others said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reaffirm.linking.accounts import Account, Utterance
from reaffirm.linking.sentences import sentences
from reaffirm.model import Block, Card, Document, Field, Statement
from reaffirm.sequels import Place

if TYPE_CHECKING:
    from reaffirm.model import Relation

BOTH = ("Marn", "Ruvia")


def account(name: str, text: str, relation: Relation = "comment", day: str | None = None, *said: dict[str, Any], **card: Any) -> Account:  # noqa: ANN401 - any field of the card
    """A document of a day about the meeting M-1 of two states; each of `said` are the words of a statement and its fields."""
    blocks = (Block("paragraph", 0, len(text), ((0, len(text)),)),)
    published = Field(day, "stated") if day else Field(None, "unknown")
    document = Document(f"D-{name}", "", text, "", "test", blocks=blocks, card=Card(**{"published": published, **card}))
    place = Place(document.id, name, relation, None, day, day, "tide-talks", BOTH, "M-1", 2)
    whole = tuple(document.span(start, end) for start, end in sentences(text))
    return Account(document, place, tuple(_utterance(document, **row) for row in said), whole)


def _utterance(document: Document, words: str, speakers: tuple[str, ...] = (), parties: tuple[str, ...] = (), **fields: Any) -> Utterance:  # noqa: ANN401 - any field of a statement
    start = document.text.index(words)
    cue = fields.pop("cue", None)
    at = document.text.index(cue) if cue else 0
    span = document.span(start, start + len(words))
    known: dict[str, Any] = {"directness": "indirect", **fields}
    row = Statement(f"S-{document.id}-{start}", document.id, None, document.span(at, at + len(cue)) if cue else None, (span,), **known)
    return Utterance(row, speakers, parties)
