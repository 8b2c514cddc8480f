"""What the rules of one document share: the room with its document, cast, names and readings so far, and the case to decide."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reaffirm.model import Document, Mention, Statement
    from reaffirm.packs import Packs
    from reaffirm.resolve.cast import Cast
    from reaffirm.resolve.reading import Reading
    from reaffirm.resolve.speech import Platform

MALE = re.compile(r"(?:mr|sir|lord|baron|viscount|king|prince|emperor|sultan|emir|monsieur|herr|señor|crown prince|his)\b", re.IGNORECASE)
FEMALE = re.compile(
    r"(?:mrs|ms|miss|madame?|dame|lady|baroness|countess|queen|princess|empress|crown princess|frau|señora|her)\b", re.IGNORECASE
)
STOP = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?][”\"’')\]]*\s+")


def _start(mention: Mention) -> int:
    return mention.surface.start


@dataclass(slots=True)
class Room:
    """What all statements of a document share, and the readings so far, by statement id."""

    document: Document
    cast: Cast
    mentions: tuple[Mention, ...]
    packs: Packs
    by_id: dict[str, Statement]
    labels: dict[str, str]
    platform: Platform
    readings: dict[str, Reading] = field(default_factory=dict)
    by_name: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for mention in self.mentions:
            if mention.kind == "person":
                self.by_name[mention.name].append(mention)

    def gender(self, name: str) -> str | None:
        """`m` or `f` where an honorific of the text tells it ("Mr", "Madam"), else None."""
        surfaces = [m.surface.exact for m in self.by_name.get(name, ())]
        found = {"m" if MALE.match(x) else "f" for x in surfaces if MALE.match(x) or FEMALE.match(x)}
        return found.pop() if len(found) == 1 else None

    def from_to(self, start: int, end: int) -> tuple[Mention, ...]:
        """The names that begin inside an extent; mentions stand in the order of the text."""
        return self.mentions[bisect_left(self.mentions, start, key=_start) : bisect_left(self.mentions, end, key=_start)]

    def within(self, start: int, end: int) -> list[Mention]:
        """The names inside an extent."""
        return [m for m in self.from_to(start, end) if m.surface.end <= end]


@dataclass(frozen=True, slots=True)
class Case:
    """One statement to resolve, with its source's words."""

    room: Room
    statement: Statement

    @property
    def words(self) -> str:
        """The words of the source, empty where there is none."""
        source = self.statement.source
        return re.sub(r"\s+", " ", source.exact).strip() if source else ""

    @property
    def parent(self) -> Reading | None:
        """The reading of the statement that holds this one."""
        return self.room.readings.get(self.statement.nested_in or "")

    @property
    def start(self) -> int:
        """Where the source begins, or the statement's cue or content where it has none."""
        statement = self.statement
        return (statement.source or statement.cue or statement.content[0]).start

    @property
    def sentences(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The sentence before that of the source, and the words of its own sentence before it; within the block."""
        document, start = self.room.document, self.start
        low = next((b.start for b in document.blocks if b.start <= start < b.end), 0)
        stops = [low, *(low + m.end() for m in STOP.finditer(document.text[low:start]))]
        before = (stops[-2], stops[-1]) if len(stops) > 1 else (low, low)
        return before, (stops[-1], start)
