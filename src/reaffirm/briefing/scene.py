"""Where the words that a brief quotes stand: their sentence, what joins a cue to its act, and what stood before words that point back."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reaffirm.brief import Origin

# Words that mean what was named before them, near the beginning of an act: further on they mean what the act itself names. A pronoun
# that has its own verb ("what it has confirmed") means who acts; "their" and "its" are of the parties, whom a sentence names.
POINTING = re.compile(
    r"^(?:\S+\s+){0,8}?\W*(?:it|them|there|these|those(?! who\b| that\b| of\b)|such(?! as\b)"
    r"|this(?! (?:year|month|week|spring|summer|autumn|fall|winter|quarter|decade|century)\b))\b"
    r"(?! (?:is|are|be|was|were|will|has|have|had|would|should|could|can|may|might|must)\b)",
    re.IGNORECASE,
)
FEWEST = 6  # words before the act in its own sentence that may name, beside who does it, what it points to
WHICH = re.compile(r"\bwhich\b(?:\s+\S+){0,5}\s*$", re.IGNORECASE)
JOINT = re.compile(r"\s*([^\W\d_]+)\s+")
CLAUSE = re.compile(r"[,;:—–]\s+(?:(?:and|but)\s+)?")
NEAREST, LEAD = 20, 40  # code points between quoted words that are quoted with them, and before them in their clause
LEAST = 4  # words: what is shorter is a heading or a cry


@dataclass(frozen=True, slots=True)
class Scene:
    """The documents that a brief may cite, by id, and the sentences of those whose rows it tells, in order."""

    origins: Mapping[str, Origin]
    sentences: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def sentence(self, words: Span) -> Span | None:
        """The sentence in which some words begin; None where none is known."""
        at = self._at(words)
        return None if at is None else self.sentences[words.document][at]

    def _at(self, words: Span) -> int | None:
        known = self.sentences.get(words.document, ())
        at = bisect_right(known, words.start, key=lambda sentence: sentence.start) - 1
        return at if at >= 0 and words.start < known[at].end else None

    def joint(self, cue: Span, act: Span) -> str:
        """The one word that stands between a cue and its act ("that"), empty where there is none or more."""
        between = self.cut(cue.end, act.start, cue)
        found = JOINT.fullmatch(between.exact) if between else None
        return found[1] if found else ""

    def cut(self, start: int, end: int, near: Span) -> Span | None:
        """The words from one place to another of the sentence in which some words stand; None where they are not all of it."""
        home = self.sentence(near)
        if home is None or not home.start <= start < end <= home.end:
            return None
        return Span(home.document, start, end, home.exact[start - home.start : end - home.start])

    def before(self, act: Span, cue: Span | None = None) -> Span | None:
        """What stands before an act that points back ("it", "there"): the rest of its sentence if that says enough, else the one before.

        Also of an act that a relative clause names. None where it points nowhere, or nothing stands before it.
        """
        start = min(act.start, cue.start) if cue else act.start
        lead = self._lead(act, start)
        if not POINTING.search(act.exact) and not (lead and WHICH.search(lead.exact)):
            return None
        enough = lead and len(lead.exact.split()) >= FEWEST and not POINTING.search(lead.exact)
        return lead if enough else self._former(act)

    def _lead(self, act: Span, start: int) -> Span | None:
        """The words of its sentence before an act."""
        home = self.sentence(act)
        text = home.exact[: max(0, start - home.start)].rstrip() if home else ""
        return Span(home.document, home.start, home.start + len(text), text) if home and text else None

    def _former(self, act: Span) -> Span | None:
        """The sentence before that of an act; None where it is a heading or a cry."""
        at = self._at(act)
        found = self.sentences[act.document][at - 1] if at else None
        return found if found and len(found.exact.split()) >= LEAST else None

    def whole(self, words: Sequence[Span], longest: int) -> Span | None:
        """Some words of one sentence with the little that stands between them and before them in their clause; None where it is much."""
        ordered = sorted(words, key=lambda span: span.start)
        if any(b.start - a.end > NEAREST for a, b in pairwise(ordered)):
            return None
        last = max(span.end for span in words)
        found = self.cut(self._clause(ordered[0]), last, ordered[0])
        return found if found and len(found.exact) <= longest else None

    def _clause(self, words: Span) -> int:
        """Where the clause of some words begins, as far as the sentence has a sign for it."""
        home = self.sentence(words)
        if home is None:
            return words.start
        lead = home.exact[: words.start - home.start]
        ends = [found.end() for found in CLAUSE.finditer(lead)]
        start = home.start + (ends[-1] if ends else 0)
        return start if words.start - start <= LEAD else words.start
