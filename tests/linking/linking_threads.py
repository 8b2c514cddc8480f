"""Items of invented documents: `said` makes one from its words, `place` a document of a day and a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reaffirm.model import Span
from reaffirm.sequels import Item, Place

if TYPE_CHECKING:
    from reaffirm.model import Relation
    from reaffirm.sequels import ItemKind

BOTH = ("Marn", "Ruvia")
MARKS = {"commitment": "C", "demand": "N", "statement": "S", "meeting": "M"}


def place(day: str | None, name: str = "", relation: Relation = "output", **fields: Any) -> Place:  # noqa: ANN401 - any field
    """A document of a day, about the meeting of that day of one forum of two states."""
    doc = name or f"{day}.txt"
    known: dict[str, Any] = {"forum": "tide-talks", "circle": BOTH, "meeting": f"M-{day}", "level": 2, **fields}
    return Place(f"D-{doc}", doc, relation, "official text", day, day, **known)


def said(where: Place, words: str, kind: ItemKind = "commitment", start: int = 0, **fields: Any) -> Item:  # noqa: ANN401 - any field
    """An item of a document that reads these words from an offset on; a commitment binds both states, medium."""
    span = Span(where.document, start, start + len(words), words)
    known: dict[str, Any] = {
        "parties": BOTH, "actors": (), "issues": (), "things": (), "around": (span,),
        **({"band": "medium", "strength": 3, "polarity": "will", "lemma": "agree"} if kind == "commitment" else {}),
        **({"asks": "demand", "strength": 2} if kind == "demand" else {}),
        **fields,
    }  # fmt: skip
    return Item(f"{MARKS[kind]}-{where.doc}-{start}", kind, where, (span,), **known)


def planned(where: Place, words: str, due: str | None, start: int = 0, **fields: Any) -> Item:  # noqa: ANN401 - any field
    """A meeting to come, of the document's forum."""
    return said(where, words, "meeting", start, status="planned", due=due, meeting=f"M-next-{where.doc}", forum=where.forum, **fields)


def held(where: Place, words: str = "The Tide Talks", start: int = 500) -> Item:
    """The meeting that a document is about."""
    return said(where, words, "meeting", start, status="held", date=where.first, meeting=where.meeting, forum=where.forum, own=True)
