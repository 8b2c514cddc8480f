"""The first person plural: whom a speaker means by "we", by the cues of the persons pack."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from reaffirm.resolve.collectives import states_in
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Document
    from reaffirm.packs import Packs, PersonCue

Kind = Literal["delegation", "inclusive", "group", "generic"]
PLURAL = re.compile(r"(?:we|us|our|ours|ourselves)(?: (?:all|both|also|each|too))?", re.IGNORECASE)
STOP = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bNo)[.!?][\"')\]]*(?= )|[.!?:;]?\n[^\S\n]*\n")
WORD = re.compile(r"\w+")
PRIOR = 3  # what a speech begins with for its delegation
OWN = 3  # the weight of the speaker's own state: in the sentence before the pronoun, or a sentence before
REACH = 700  # code points of a passage before and behind the pronoun


@dataclass(frozen=True, slots=True)
class Passage:
    """A pronoun in its sentence, with the sentences beside it: words with single spaces and straight apostrophes."""

    lead: str
    tail: str
    before: str
    behind: str

    @property
    def places(self) -> dict[str, tuple[str, ...]]:
        """The words in which a cue of each place is looked for."""
        first = WORD.match(self.tail)
        cut = first.end() if first else 0
        marked = f"{self.lead}<{self.tail[:cut]}>{self.tail[cut:]}"
        return {"at": (self.tail,), "around": (marked,), "sentence": (self.lead + self.tail,), "near": (self.before, self.behind)}


def we(document: Document, start: int, end: int, packs: Packs, own: str | None = None) -> Kind:
    """Whom the first person plural at [start, end) means: the kind whose cues weigh most, a delegation where none do.

    Offsets are code points of the document's text, end exclusive. `own` is the speaker's state where it is known: its name
    or demonym near the pronoun speaks for the delegation.
    """
    weights = weigh(passage(document, start, end), packs, own)
    return max(get_args(Kind), key=lambda kind: weights[kind])  # a tie goes to the first


def weigh(found: Passage, packs: Packs, own: str | None = None) -> Counter[str]:
    """The sum of the cues' weights for each kind."""
    weights: Counter[str] = Counter(delegation=PRIOR)
    for cue in cues(found, packs):
        weights[cue.kind] += cue.weight
    if own:
        near = states_in(found.lead + found.tail[:60], packs), states_in(found.before, packs)
        weights["delegation"] += OWN if own in near[0] else OWN - 1 if own in near[1] else 0
    return weights


def cues(found: Passage, packs: Packs) -> Iterator[PersonCue]:
    """The cues of the pack that fit a passage, in the order of the pack."""
    places = found.places
    for cue in packs.persons:
        search = cue.pattern.match if cue.where == "at" else cue.pattern.search
        if any(search(words) for words in places[cue.where]):
            yield cue


def passage(document: Document, start: int, end: int) -> Passage:
    """The pronoun at [start, end) in its sentence and between its neighbours, none of them outside its block."""
    block = next(((b.start, b.end) for b in document.blocks if b.start <= start < b.end), (0, len(document.text)))
    first, last = max(block[0], start - REACH), min(block[1], end + REACH)
    before, behind = _sentences(document.text[first:start]), _sentences(document.text[start:last])
    whole = document.text[first:start][-1:].isspace()
    lead = before[-1] + (" " if before[-1] and whole else "")
    return Passage(lead, behind[0], before[-2] if len(before) > 1 else "", behind[1] if len(behind) > 1 else "")


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, at least one, the last one open: a text that ends with a stop ends with an empty one."""
    marked = re.sub(r"\s+", " ", re.sub(r"[.!?:;]?\s*\n[^\S\n]*\n\s*", ". ", fold(text, lines=True)))
    parts, done = [], 0
    for stop in STOP.finditer(marked):
        parts.append(marked[done : stop.end()].strip())
        done = stop.end()
    return (*parts, marked[done:].strip())
