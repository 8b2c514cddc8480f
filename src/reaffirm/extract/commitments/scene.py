"""What the rules of commitments look at: the document with its sentences, statements and times, and the indexes of the packs."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reaffirm.extract.commitments.bonds import index
from reaffirm.extract.quotes import quotations
from reaffirm.resolve.podium import official, speaker_state, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.commitments.bonds import Bonds
    from reaffirm.extract.groups import Extent
    from reaffirm.extract.quotes import Quotation
    from reaffirm.language.parse import Parse, Sentence
    from reaffirm.model import Document, Span, Statement, When
    from reaffirm.packs import Packs

PROGRAMME = "manifesto"  # a party's programme binds as official texts do
LONGEST = 20_000  # code points of a paragraph whose quotation marks are matched
CELL = 2_000  # code points of a cell in the index of statements by place


@dataclass(slots=True)
class Scene:
    """The document, its sentences, statements and times, with indexes by place.

    `speech` and `official` say whether it is a speech, or a text that a meeting or body issues. `starts` are where the sentences' own
    words begin; `own` the names, in lower case, of the state whose speech it is.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    times: tuple[When, ...]
    bonds: Bonds
    packs: Packs
    speech: bool
    official: bool
    own: frozenset[str]
    starts: list[int] = field(default_factory=list)
    by_id: dict[str, Statement] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    cells: dict[int, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[tuple[int, int], list[Quotation]] = field(default_factory=dict)
    when: dict[int, list[When]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Nothing: fills the indexes by place."""
        self.starts = [begin(self.document, s) for s in self.sentences]
        self.by_id = {s.id: s for s in self.statements}
        self.order = {s.id: n for n, s in enumerate(self.statements)}
        for row in self.statements:
            for content in row.content:
                for cell in range(content.start // CELL, content.end // CELL + 1):
                    self.cells[cell].append(row)
        for when in self.times:
            self.when[when.phrase.start // CELL].append(when)

    def at(self, place: int) -> Sentence | None:
        """The sentence that holds an offset."""
        n = bisect_right(self.starts, place) - 1
        return self.sentences[n] if n >= 0 and place < self.sentences[n].end else None

    def around(self, extent: Extent) -> Statement | None:
        """The smallest statement whose content holds an extent."""
        near = self.cells.get(extent[0] // CELL, [])
        held = (s for s in near if any(c.start <= extent[0] and extent[1] <= c.end + 1 for c in s.content))
        return min(held, key=lambda s: s.content[-1].end - s.content[0].start, default=None)

    def near(self, sentence: Sentence) -> list[When]:
        """The time expressions that begin in a sentence, in order."""
        cells = range(sentence.start // CELL, sentence.end // CELL + 1)
        return [w for cell in cells for w in self.when.get(cell, []) if sentence.start <= w.phrase.start < sentence.end]

    def chain(self, statement: Statement | None) -> Iterator[Statement]:
        """A statement and those that it is nested in, from the inside."""
        while statement is not None:
            yield statement
            statement = self.by_id.get(statement.nested_in or "")

    def quoted(self, span: Span) -> bool:
        """Whether words begin between quotation marks of their paragraph."""
        sentence = self.at(span.start)
        if sentence is None or sentence.block >= len(self.document.blocks):
            return False
        key = sentence.block, sentence.part
        if key not in self.marks:
            low, high = self.document.blocks[sentence.block].parts[sentence.part]
            self.marks[key] = quotations(self.document.text, low, high) if high - low <= LONGEST else []
        return any(mark.holds(span.start, span.start + 1) for mark in self.marks[key])


def scene(
    document: Document, parsed: Parse, said: tuple[tuple[Statement, ...], tuple[When, ...]], packs: Packs
) -> Scene:
    """The scene of a document: its parse, its statements and times, the packs and the entries of the commitments pack."""
    sentences = tuple(sorted(parsed, key=lambda s: begin(document, s)))
    statements, times = said
    return Scene(
        document, sentences, statements, times, index(packs.bonds), packs, spoken(document),
        official(document) or document.card.genre.value == PROGRAMME, own_names(document, statements, packs),
    )  # fmt: skip


def begin(document: Document, sentence: Sentence) -> int:
    """Where a sentence's own words begin: an item of a list is parsed with the words that lead into the list."""
    parts = document.blocks[sentence.block].parts if sentence.block < len(document.blocks) else ()
    return max(sentence.start, parts[sentence.part][0]) if sentence.part < len(parts) else sentence.start


def own_names(document: Document, statements: tuple[Statement, ...], packs: Packs) -> frozenset[str]:
    """The names and demonyms, in lower case, of the state whose speech a document is; none where it is no speech."""
    state = speaker_state(document, statements, packs) if spoken(document) else None
    known = next((s for s in packs.states if s.name == state), None)
    return frozenset(form.casefold() for form in (known.name, *known.aliases, *known.demonyms)) if known else frozenset()
