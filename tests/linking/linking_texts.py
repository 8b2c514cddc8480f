"""Made-up statements and prose, and documents of them."""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING, Any

from reaffirm.linking import copies
from reaffirm.model import Block, Card, Document, Field, document_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reaffirm.model import BlockKind

    Part = tuple[BlockKind, str]

OPENING = "The harbour ministers of Veldania and Ostmark met on Monday and agreed to open three ports to grain ships before the winter."
DUES = "Neither side will charge dues for the first two years, and a joint office in Brack will look after pilots, quays and repairs."
FISH = "On fisheries the ministers did not agree; Ostmark wants a closed season, Veldania a quota, and talks go on in the spring."
THANKS = "They thanked the people of Brack for their welcome and asked their officials to report on progress at the end of each month."
STATEMENT = (OPENING, DUES, FISH, THANKS)


def document(*parts: str | Part, card: Card | None = None) -> Document:
    """A document of blocks, one below the other; a bare string is a paragraph."""
    text, blocks = "", []
    for part in parts:
        kind, words = part if isinstance(part, tuple) else ("paragraph", part)
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(words), ((len(text), len(text) + len(words)),)))
        text += words
    sha = hashlib.sha256(repr(parts).encode()).hexdigest()
    return Document(document_id(sha, sha), sha, text, sha, "test", blocks=tuple(blocks), card=card or Card())


def card(**said: str) -> Card:
    events = tuple(Field(value, "stated") for value in said.pop("event", "").split() if value)
    fields: dict[str, Any] = {name: Field(value, "metadata") for name, value in said.items()}
    return Card(event_dates=events, **fields)


def vocabulary() -> list[str]:
    rng = random.Random(1)  # noqa: S311 - made-up words
    return ["".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(rng.randint(1, 4))) for _ in range(600)]


VOCABULARY = vocabulary()
COMMON = ("the", "of", "and", "to", "in", "a", "for", "we", "that", "our")


def prose(seed: int, size: int) -> list[str]:
    """Words as in prose: a third of them common, the others rare."""
    rng = random.Random(seed)  # noqa: S311 - made-up words
    return [rng.choice(COMMON) if rng.random() < 0.35 else rng.choice(VOCABULARY) for _ in range(size)]


def changed(words: Sequence[str], rate: float, seed: int) -> list[str]:
    """The words, some replaced, left out or followed by another."""
    rng, found = random.Random(seed), []  # noqa: S311 - made-up words
    for word in words:
        way = rng.randrange(3) if rng.random() < rate else 3
        found += [word] if way > 1 else []
        found += [rng.choice(VOCABULARY)] if way in {0, 2} else []
    return found


def text(words: Sequence[str]) -> Document:
    return document(" ".join(words))


def keys(words: Sequence[str]) -> set[int]:
    return set(copies.sketch(text(words)).keys)
