"""Parse, statements and entries -> the demands, judgements, open questions and guesses of one document.

The one public function is `demands`. The writer's own words count, and a speaker's in a turn; what a statement reports is the
party's and is left alone (docs/guidelines.md, section 6). The readers of single sentences are `askings`, `evaluations`,
`questions` and `inferences`; what they find is sifted here by who says it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.extract.demands.askings import askings
from reaffirm.extract.demands.evaluations import evaluations, scales
from reaffirm.extract.demands.imperatives import imperative, title
from reaffirm.extract.demands.questions import doubts, inferences, questions
from reaffirm.extract.demands.wishes import lore
from reaffirm.extract.lexicon import lexicon
from reaffirm.model import PackEntry, row_id
from reaffirm.readings import Demand
from reaffirm.resolve.podium import official

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.extract.demands.evaluations import Scales
    from reaffirm.extract.demands.questions import Doubts
    from reaffirm.extract.demands.wishes import Draft, Lore
    from reaffirm.language.parse import Parse, Sentence
    from reaffirm.model import Document, Statement
    from reaffirm.packs import Packs
    from reaffirm.readings import Commitment, DemandClass, Tone

OPINION = frozenset({"editorial", "analysis"})
REPORT = "news report"
VOICED = OPINION | {"remarks"}  # texts of one voice, in which what others ask is not told for its own sake
PAST = re.compile(r"\w+ed\b")
# Under which name the identity of a row is made, so that no id begins as that of a document or statement.
NAMED: dict[DemandClass, str] = {"demand": "need", "evaluation": "verdict", "question": "question", "inference": "inference"}
PERFORMED = frozenset({"asking", "for", "that"})  # frames of acts that a joint text performs ("we urge")
OWN = re.compile(
    r"(?:i|we|my|our)\b.*|(?:the |my |our )?(?:\w+ ){0,2}delegation(?: of .*)?|(?:it is|this is) (?:my|our) .*", re.IGNORECASE | re.DOTALL
)
SPOKEN = frozenset({"turn", "authorial"})
MARKS = (("“", "”"), ('"', '"'))
SAME = 0.6  # share of the words of a statement's content that are the demand's own words
CELL = 1_000  # code points of a cell in the index of statements by place


def demands(
    document: Document, parsed: Parse, statements: tuple[Statement, ...], packs: Packs, commitments: tuple[Commitment, ...] = ()
) -> tuple[Demand, ...]:
    """The demands, evaluations, questions and inferences of a document, in order of place.

    `parsed` are its sentences, `statements` its statement rows; a demand whose words are also those of one of `commitments` names it.
    """
    entries = (*packs.askings, *packs.judgements, *packs.questions, *packs.hedges)
    known = Known(lore(entries, lexicon(packs).speakers), scales(entries), doubts(entries))
    around = Around(document, statements, lexicon(packs).states)
    found: dict[str, Demand] = {}
    for sentence in title(document):
        for draft in (*imperative(sentence, known.asking), *askings(sentence, known.asking)):
            row = _row(around, draft)
            found.setdefault(row.id, row)
    for sentence in parsed:
        for row in _of_sentence(around, sentence, known):
            found.setdefault(row.id, row)
    linked = (replace(r, commitment=_promised(r, commitments)) if r.kind == "demand" else r for r in found.values())
    return tuple(sorted(linked, key=lambda r: (r.action.start, r.action.end, r.kind, r.id)))


def _promised(row: Demand, commitments: tuple[Commitment, ...]) -> str | None:
    """The commitment that shares most words with a demand, and all of the demand's or more than half of the longer one's."""

    def shared(other: Commitment) -> int:
        return min(row.action.end, other.action.end) - max(row.action.start, other.action.start)

    near = max(commitments, key=shared, default=None)
    if near is None or near.polarity == "withheld":
        return None
    asked, done = row.action.end - row.action.start, near.action.end - near.action.start
    return near.id if shared(near) == asked or shared(near) * 2 > max(asked, done) else None


@dataclass(frozen=True, slots=True)
class Known:
    """The entries as the readers of the four classes want them."""

    asking: Lore
    judging: Scales
    doubting: Doubts


def _of_sentence(around: Around, sentence: Sentence, known: Known) -> Iterator[Demand]:
    """The rows of one sentence; words that ask are no judgement, and words that wonder neither judge nor guess."""
    opinion = around.genre in OPINION
    mood = imperative(sentence, known.asking, body=True) if opinion and not around.in_turn(sentence.start) else ()
    asked = [d for d in (*askings(sentence, known.asking), *mood) if around.counts(d)]
    yield from (_row(around, d) for d in asked)
    if not around.speaks(sentence.start):
        return
    open_ = [d for d in questions(sentence, known.doubting) if around.counts(d)]
    guessed = [d for d in inferences(sentence, known.doubting) if opinion and around.counts(d) and not _touches(d, open_)]
    taken = [*open_, *guessed]
    left_open = [d.object for d in open_ if d.object]
    barred = [*(d.modality for d in asked if d.modality), *(d.action for d in asked), *left_open]
    for draft, tone in evaluations(sentence, known.judging):
        if not _touches(draft, taken) and not any(_meet(draft.action, b) for b in barred) and around.counts(draft):
            yield replace(_row(around, draft), polarity=tone)
    yield from (_row(around, d) for d in taken)


def _touches(draft: Draft, others: Iterable[Draft]) -> bool:
    return any(_meet(draft.action, other.action) for other in others)


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


class Around:
    """A document's statements by place: what is said inside which, and by whom."""

    def __init__(self, document: Document, statements: Iterable[Statement], states: frozenset[str]) -> None:
        self.document, self.states = document, states
        self.genre = document.card.genre.value
        self.official = official(document)
        self.cells: dict[int, list[Statement]] = {}
        self.cues: dict[int, list[Statement]] = {}
        self.turns = [b for b in document.blocks if b.kind == "turn"]
        self._turn_starts = [b.start for b in self.turns]
        for row in statements:
            for span in row.content:
                for cell in range(span.start // CELL, span.end // CELL + 1):
                    self.cells.setdefault(cell, []).append(row)
            if row.cue:
                self.cues.setdefault(row.cue.start // CELL, []).append(row)

    def holding(self, start: int, end: int) -> list[Statement]:
        """The statements whose content holds a stretch."""
        return [r for r in self.cells.get(start // CELL, ()) if any(c.start <= start and end <= c.end for c in r.content)]

    def in_turn(self, place: int) -> bool:
        """Whether a place is in somebody's turn."""
        n = bisect_right(self._turn_starts, place) - 1
        return n >= 0 and place < self.turns[n].end

    def cued(self, start: int, end: int) -> Statement | None:
        """The statement whose cue shares words with a stretch."""
        near = [r for cell in {start // CELL, max(0, start // CELL - 1)} for r in self.cues.get(cell, ())]
        return next((r for r in near if r.cue and r.cue.start < end and start < r.cue.end), None)

    def reported(self, start: int, end: int, cue: Statement | None = None) -> bool:
        """Whether a stretch stands inside what somebody is reported to have said."""
        return any(r is not cue and not self.own(r) for r in self.holding(start, end))

    def own(self, row: Statement) -> bool:
        """Whether a statement is the words of the writer himself, or of the speaker of a turn."""
        if row.directness in SPOKEN or (row.source is None and row.factuality == "plain" and row.directness == "indirect"):
            return True
        if row.directness == "scare" or self.official:
            return False
        return row.source is not None and OWN.fullmatch(" ".join(row.source.exact.split())) is not None

    def counts(self, draft: Draft) -> bool:
        """Whether a draft is the writer's or a speaker's, not a party's."""
        start, end = draft.modality or draft.action
        cue = self.cued(start, end)
        if cue is None and self._issued(draft, start, end):
            return True
        if self.reported(start, end, cue or self._asked(draft)):
            return False
        if draft.whose == "source":
            return cue is not None and self._of_party(cue, start)
        if self.official and not self.in_turn(start):
            return cue is not None if draft.entry.frame in PERFORMED else self._of_state(draft)
        return draft.whose != "told" and self.speaks(start)

    def _issued(self, draft: Draft, start: int, end: int) -> bool:
        """Whether an official text itself asks, in words that no statement has as its cue ("and call upon", "are encouraged to")."""
        if not self.official or self.in_turn(start) or draft.entry.frame not in PERFORMED or draft.whose not in {"own", "agentless"}:
            return False
        return all(r.source is not None and OWN.fullmatch(" ".join(r.source.exact.split())) for r in self.holding(start, end))

    def _asked(self, draft: Draft) -> Statement | None:
        """The statement without a source whose content an open question is ("it remains to be seen whether")."""
        if draft.entry.kind != "question":
            return None
        near = self.cells.get(draft.action[0] // CELL, ())
        return next((r for r in near if r.source is None and r.content[0].start == draft.action[0]), None)

    def _of_party(self, row: Statement, place: int) -> bool:
        """Whether a party itself asks, as an official text or a report tells: not inside what another says, nor in an opinion."""
        if self.in_turn(place):
            return self.own(row)
        told = self.genre not in VOICED or self._own_state(row)
        return told and row.factuality == "plain" and row.nested_in is None

    def _own_state(self, row: Statement) -> bool:
        """Whether a speech names a state that asks now, which is the speaker's own as a rule ("Ruvia calls on all")."""
        words = row.source.exact.casefold().removeprefix("the ") if row.source else ""
        return self.genre not in OPINION and words in self.states and row.cue is not None and PAST.search(row.cue.exact) is None

    def _of_state(self, draft: Draft) -> bool:
        """Whether an official text asks a state by name outside any statement ("Ruvia must withdraw")."""
        words = self.document.text[slice(*draft.target)].casefold() if draft.target else ""
        return draft.entry.kind == "demand" and words.removeprefix("the ") in self.states

    def speaks(self, place: int) -> bool:
        """Whether a writer or speaker has his own voice at a place: not in a report or an official text, turns apart."""
        return self.in_turn(place) or (self.genre != REPORT and not self.official)


def _row(around: Around, draft: Draft) -> Demand:
    document = around.document
    action = document.span(*_trimmed(document.text, *draft.action), "content")
    modality = document.span(*draft.modality, "cue") if draft.modality else None
    linked = _linked(around, draft)
    return Demand(
        row_id("demand", document.id, (action,), modality), document.id, draft.entry.kind,
        action, linked.id if linked else None, None,
        document.span(*draft.holder, "source") if draft.holder else None, modality,
        document.span(*draft.target, "addressee") if draft.target else None,
        document.span(*draft.object, "evidence") if draft.object and draft.entry.kind == "evaluation" else None,
        draft.strength, _polarity(draft), draft.rule, PackEntry("demands", draft.entry.id),
    )  # fmt: skip


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The extent without a closing quotation mark that it does not open, and the full stop before it."""
    for opening, closing in MARKS:
        inside = text[start:end]
        odd = inside.count(closing) % 2 == 1 if opening == closing else inside.count(opening) < inside.count(closing)
        if inside.endswith(closing) and odd:
            return start, start + len(inside[:-1].rstrip(" .,"))
    return start, end


def _polarity(draft: Draft) -> Tone | None:
    if draft.entry.kind == "demand":
        return "negative" if draft.negative else "positive"
    return draft.entry.polarity


def _linked(around: Around, draft: Draft) -> Statement | None:
    """The statement that the same words are: its cue is the modality, or its content is little more than the action."""
    start, end = draft.modality or draft.action
    cued = around.cued(start, end)
    if cued is not None:
        return cued
    near = [r for r in around.holding(*draft.action) if r.directness != "turn" and around.own(r)]
    return next((r for r in near if _words(draft.action, around) >= SAME * sum(len(c.exact.split()) for c in r.content)), None)


def _words(extent: tuple[int, int], around: Around) -> int:
    return len(around.document.text[slice(*extent)].split())
