"""The nouns that are read out of Statements and texts: Meeting, Commitment, Demand; and all that one run reads from a document.

A row of each is what one document says, proved by its spans. Who is bound, by when, and which rows of different documents tell one
meeting is derived beside the rows (`Duty`, `Call`, `Meeting`), so that a date or a Judgement recomputes only that. The closed
vocabularies are those of the exchange format (docs/format.md). Offsets are code points, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reaffirm.model import (
        Actor,
        Anchor,
        Card,
        Certainty,
        Document,
        Evidence,
        Mention,
        PackEntry,
        Problem,
        Sketch,
        Span,
        Statement,
        Voice,
        When,
    )

MeetingStatus = Literal["held", "planned", "called for", "called off", "mentioned"]
MeetingFormat = Literal["in person", "online"]
Polarity = Literal["will", "will not", "withheld"]
Band = Literal["strong", "medium", "weak"]
EvidenceMode = Literal["turn", "quotation", "paraphrase", "media report", "writer", "hearsay"]
DemandClass = Literal["demand", "evaluation", "question", "inference"]
Tone = Literal["positive", "negative", "mixed", "neutral"]


@dataclass(frozen=True, slots=True)
class Telling:
    """What one document tells of one meeting; rows of different documents that tell the same one make up a `Meeting`.

    `evidence` are the places that speak of it, in order of place; the first is the row's content. `kind` is a short name
    (ministerial meeting, summit, talks, press conference ...; `none`: an event that is no consultation). `forum` is an entry of the forums
    pack, `label` its label or the words of the text. `date` is an EDTF date or interval, None while unanchored; `when` the phrase
    that gives it. `participants` are canonical names, persons where the document names one at
    least for every state, else states; `persons` are those it names, complete or not. `order` says how the
    row hangs on another of the same document ("first since", "next", "after"): its id and the relation.
    """

    id: str
    document: str
    evidence: tuple[Span, ...]
    kind: str
    forum: str | None
    label: str
    status: MeetingStatus
    edition: int | None = None
    date: str | None = None
    when: Span | None = None
    place: str | None = None
    format: MeetingFormat | None = None
    participants: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    order: tuple[str, str] | None = None
    certainty: Certainty = "certain"
    rule: str = ""
    entry: PackEntry | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A consultation as all its tellings know it: a connected component of "same meeting" links, by the smallest id among them.

    `external` are principals whom only the packs know; `rules` say why each telling belongs here, in the order of `tellings`.
    """

    id: str
    tellings: tuple[Telling, ...]
    kind: str
    forum: str | None
    label: str
    status: MeetingStatus
    edition: int | None
    date: str | None
    place: str | None
    format: MeetingFormat | None
    participants: tuple[str, ...]
    states: tuple[str, ...]
    external: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Force:
    """How strong a commitment is: verb (0 to 3), object (0 to 2), time (0 or 1), and the rules that said so.

    After the project's strength scale (docs/guidelines.md, section 5): the sum, 0 to 6, is the strength; bands 5-6, 3-4, below.
    """

    verb: int
    object: int
    time: int
    steps: tuple[str, ...] = ()

    @property
    def strength(self) -> int:
        """The sum of the three, 0 to 6."""
        return self.verb + self.object + self.time

    @property
    def band(self) -> Band:
        """The band of the strength."""
        return "strong" if self.strength >= 5 else "medium" if self.strength >= 3 else "weak"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A row: the reading of a Statement that binds, in the words of one document.

    `statement` is the Statement it reads (None where the words stand under no statement), `cue` its cue, `illocution` the lemma of the
    cue with a governed weaker act in brackets. `undertaker` are the words that name who is to act, None where the parties
    themselves are. `due` is the phrase that bounds the act in time. `position` marks opposition, support, shared vision: no act is
    promised. `test` are the answers of the test after the G7 Research Group's coding manual: (question, answer) pairs.
    """

    id: str
    document: str
    statement: str | None
    action: Span
    illocution: str
    polarity: Polarity
    force: Force
    mode: EvidenceMode
    cue: Span | None = None
    undertaker: Span | None = None
    condition: Span | None = None
    due: Span | None = None
    position: bool = False
    test: tuple[tuple[str, bool], ...] = ()
    rule: str = ""
    entry: PackEntry | None = None
    rejected: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether every question of the test is answered with yes."""
        return bool(self.test) and all(answer for _, answer in self.test)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is bound by a commitment and by when: derived from the row, its statement's voice, the document's names and dates.

    `parties` are states and organisations; `undertaker` who must act; `due` an EDTF date or interval, None where the text bounds
    nothing or is unanchored, when `due_rule` says how an anchor would settle it.
    """

    commitment: str
    parties: tuple[str, ...]
    undertaker: tuple[str, ...]
    persons: tuple[str, ...] = ()
    due: str | None = None
    anchor: Anchor | None = None
    due_rule: str = ""
    certainty: Certainty | None = None
    rule: str = ""
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """A row: the reading that asks (demand), judges (evaluation), asks openly (question) or guesses (inference).

    `action` is what is asked, the judgement or the question; `modality` the words that ask; `target` the words that name who should
    act, None where it must be inferred; `holder` the words that name whose demand it is, None for the writer or, in a turn, the
    speaker. `object` is the thing judged. Strength 1 to 4, for demands only (docs/guidelines.md, section 6).
    """

    id: str
    document: str
    kind: DemandClass
    action: Span
    statement: str | None = None
    commitment: str | None = None
    holder: Span | None = None
    modality: Span | None = None
    target: Span | None = None
    object: Span | None = None
    strength: int | None = None
    polarity: Tone | None = None
    rule: str = ""
    entry: PackEntry | None = None
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """Whose demand it is and on whom: derived from the row, the voices, the document's card and names.

    `holder` are canonical names or `writer`; `target` the states, organisations or persons asked; `explicit` whether the text
    names them there, else `rule` says what they were inferred from.
    """

    demand: str
    holder: tuple[str, ...]
    target: tuple[str, ...]
    explicit: bool | None
    certainty: Certainty | None = None
    rule: str = ""
    inputs: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Filing:
    """A row filed under an issue of the issues pack, or under a thing that is named (treaty, law, place), and by which words."""

    row: str
    issue: str
    kind: Literal["issue", "thing"]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """All that one run reads from one document: what the store records in one transaction.

    `meetings` are the keys by which documents that may tell the same meeting are found.
    """

    document: Document
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    voices: tuple[Voice, ...]
    actors: tuple[Actor, ...]
    problems: tuple[Problem, ...]
    sketch: Sketch | None = None
    times: tuple[When, ...] = ()
    meetings: tuple[str, ...] = ()
    tellings: tuple[Telling, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    duties: tuple[Duty, ...] = ()
    demands: tuple[Demand, ...] = ()
    calls: tuple[Call, ...] = ()
    filings: tuple[Filing, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """What is derived anew for a document because a date, a neighbour or a Judgement changed; None leaves a part as it is."""

    voices: tuple[Voice, ...] = ()
    card: Card | None = None
    times: tuple[When, ...] | None = None
    tellings: tuple[Telling, ...] | None = None
    duties: tuple[Duty, ...] | None = None
    calls: tuple[Call, ...] | None = None
