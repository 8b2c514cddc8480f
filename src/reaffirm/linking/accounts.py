"""What problems between documents are found in: a document's text, place and days, and what it says that others said."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.linking.wordings import wording
from reaffirm.model import Problem, problem_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.linking.wordings import Wording
    from reaffirm.model import Document, Severity, Span, Statement, When
    from reaffirm.sequels import Place

PRIMARY = frozenset({"output", "transcript"})
NEGATIONS = frozenset({"not", "no", "never", "none", "nobody", "neither", "nor", "cannot", "without"})  # a closed class of English
FEWEST = 4  # stems that two wordings must share
NEARLY, PARTLY = 0.8, 0.6  # of the stems of the smaller wording, and of the larger, that must be shared


@dataclass(frozen=True, slots=True)
class Utterance:
    """A statement with those who speak in it and the states and organisations behind them."""

    statement: Statement
    speakers: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether the text tells it as said, by others than the writer."""
        return self.statement.factuality in {"plain", "characterised"} and self.statement.directness not in {"authorial", "scare"}

    @property
    def alone(self) -> str | None:
        """The one known speaker; None where there are several or none is known."""
        known = [name for name in self.speakers if not name.startswith("?")]
        return known[0] if len(known) == len(self.speakers) == 1 else None


@dataclass(frozen=True, slots=True)
class Account:
    """A document as problems between documents need it; `sentences` are those outside furniture, in order, `names` who is named where."""

    document: Document
    place: Place
    utterances: tuple[Utterance, ...] = ()
    sentences: tuple[Span, ...] = ()
    times: tuple[When, ...] = ()
    names: tuple[tuple[int, str], ...] = ()  # where a name begins, and the state behind it or the name

    @property
    def primary(self) -> bool:
        """Whether a meeting put the text out, or it is the record of what was said there."""
        return self.place.relation in PRIMARY

    @property
    def extents(self) -> tuple[tuple[int, int], ...]:
        """The paragraphs outside furniture."""
        blocks = (block for block in self.document.blocks if block.kind != "furniture")
        return tuple(sorted({part for block in blocks for part in block.parts if part[0] < part[1]}))

    def sentence(self, offset: int) -> Span:
        """The sentence in which some words begin; the words' own place where they stand in none."""
        at = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        return self.sentences[at] if at >= 0 else self.document.span(offset, offset + 1)


def query(kind: str, severity: Severity, message: str, resolution: str, evidence: Iterable[Span]) -> Problem:
    """The problem that some words raise, each of them once; it is one of the document in which the first stand."""
    proof = tuple(dict.fromkeys(evidence))
    home = proof[0].document
    return Problem(problem_id(home, kind, message, proof), home, kind, severity, message, resolution, proof)


def alike(ours: Wording, theirs: Wording, larger: float = PARTLY) -> bool:
    """Whether two wordings say nearly the same in the same words: stems, two neighbours, most of the smaller, some of the larger."""
    shared = len(ours.firm & theirs.firm)
    small, large = sorted((len(ours.firm), len(theirs.firm)))
    return shared >= FEWEST and shared >= NEARLY * small and shared >= larger * large and bool(ours.pairs & theirs.pairs)


def denies(text: str) -> bool:
    """Whether a text has a word of denial."""
    words = {word.strip(".,;:!?\"'“”()").casefold() for word in text.split()}
    return bool(words & NEGATIONS) or any(word.endswith(("n't", "n’t")) for word in words)


def content(spans: tuple[Span, ...]) -> Wording:
    """The content words of some spans."""
    return wording(span.exact for span in spans)
