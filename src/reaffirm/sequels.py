"""The nouns of what became of it: Thread, Step, silence, redline, quotation audit. All are derived, and say what they rest on.

An `Item` is what a thread is made of: a row of one document (commitment, demand, statement, planned meeting) with all that linking
needs, so that linking sees neither a store nor a parse. Offsets are code points, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reaffirm.model import Authority, Judgement, Relation, Span
    from reaffirm.readings import Band, DemandClass, MeetingStatus, Polarity

ItemKind = Literal["statement", "commitment", "demand", "meeting"]
StepStatus = Literal[
    "introduced", "reaffirmed", "strengthened", "weakened", "mixed", "restated", "carried out", "delayed", "reversed",
]  # fmt: skip
StepVoice = Literal["parties", "account", "writer", "third party"]
RemarkKind = Literal["new", "back", "gone", "changed", "returns"]
Trend = Literal["stronger", "weaker", "mixed", "reversed"]
Manner = Literal["verbatim", "elided", "bracketed", "altered", "from another document", "not found"]
ChangeKind = Literal["replaced", "added", "left out", "letter case"]
Judged = tuple[str, str, bool]  # two items, and whether a person says that they are the same
# The fields of judgements on items across documents: the value of the first two is the other row, of the others the document.
SAME, OTHER, CONFIRMED, DENIED = "same item", "other item", "silence confirmed", "silence denied"
STATUS = "status"  # of the step that a row is a member of
SAME_ACTOR, OTHER_ACTOR = "same actor", "other actor"
SAME_MEETING, OTHER_MEETING = "same meeting", "other meeting"
COMMENT, ADDED = "comment", "row"
SPAN = "span"  # the words of a row
CODING = "coding"  # of the ledger itself: whether coders see each other's decisions
PAIRS = (SAME, OTHER, SAME_MEETING, OTHER_MEETING, SAME_ACTOR, OTHER_ACTOR)  # stand for two rows: their own and the value
ASIDE = (*PAIRS, CONFIRMED, DENIED, STATUS, COMMENT, ADDED, CODING)  # say nothing of whether their row is right


@dataclass(frozen=True, slots=True)
class Place:
    """A document as linking sees it: its public name, its relation to a meeting, the days it may be of, the meetings it tells.

    `first` and `last` are the first and last day on which it may have appeared or its event taken place, None where open;
    `forum` and `circle` (states) are those of the meeting that it is about, `meeting` that meeting's id.
    """

    document: str
    doc: str
    relation: Relation | None
    authority: Authority | None
    first: str | None
    last: str | None
    forum: str | None = None
    circle: tuple[str, ...] = ()
    meeting: str | None = None
    level: int | None = None  # of the body that met: 3 heads of state or government, 2 ministers, 1 officials
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One row as linking sees it: its words, who is bound or asks, what it is about, how strong it is, by when."""

    id: str
    kind: ItemKind
    place: Place
    wording: tuple[Span, ...]
    parties: tuple[str, ...]
    actors: tuple[str, ...]  # undertaker of a commitment, target of a demand
    issues: tuple[str, ...]
    things: tuple[str, ...]
    lemma: str = ""  # illocution, lemma of the cue
    band: Band | None = None
    strength: int | None = None
    polarity: Polarity | None = None
    due: str | None = None
    voice: StepVoice = "parties"
    statement: str | None = None  # the statement that it reads; its own id for a statement
    asks: DemandClass | None = None
    status: MeetingStatus | None = None
    factuality: str = "plain"
    nested_in: str | None = None
    directness: str = ""
    around: tuple[Span, ...] = ()  # two sentences before it and its own: where that stands which a pronoun means
    meeting: str | None = None  # of a meeting: its id
    forum: str | None = None
    date: str | None = None  # of a meeting, EDTF
    own: bool = False  # a meeting that its document is about
    position: bool = False  # a commitment that promises no act


@dataclass(frozen=True, slots=True)
class Link:
    """A strand (`later`) that may go on from one of an earlier document, how surely (0 to 1), and by which kind of rule.

    Strands are named by where they stand in time and text (`linking.keys.standing`); `why` is empty where the two tell it themselves.
    """

    later: str
    earlier: str
    score: float
    rule: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of an item in one document, against the step before: status (None where nothing can be compared), and why.

    `members` are the items of that document; `was` and `now` the words that changed, side by side, since the document `against` (its id);
    `rule` says which rule gave the status, in words a reader understands.
    """

    place: Place
    status: StepStatus | None
    members: tuple[Item, ...]
    voice: StepVoice
    rule: str
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    against: str | None = None

    @property
    def ends(self) -> bool:
        """Whether it ends its item: carried out, reversed, or the meeting that was planned was held, late or not."""
        held = any(member.kind == "meeting" and member.status == "held" for member in self.members)
        return self.status in {"carried out", "reversed"} or (self.status == "delayed" and held)


@dataclass(frozen=True, slots=True)
class Silence:
    """A later output of a chain in which an item does not appear: what was searched, and the nearest passage with its score (0 to 1).

    `judged` is a person's word on it: that the item is indeed not mentioned, or that it is after all.
    """

    place: Place
    searched: str
    nearest: Span | None
    score: float
    judged: Judgement | None = None

    @property
    def confirmed(self) -> bool | None:
        """Whether a person read the document and found the item not mentioned; None where nobody said."""
        return None if self.judged is None else self.judged.field == CONFIRMED


@dataclass(frozen=True, slots=True)
class Late:
    """A due that passed without a carrying-out: the item that names it, its last day, the day asked for, and what was told since."""

    item: Item
    due: str
    as_of: str
    days: int  # from the last day of the due to the day asked for
    told: StepStatus | None  # the last step after it, None if nothing was told
    why: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The life of one item across documents: steps in order of date, then receipts of silence; `rules` say why members are linked.

    `judged` are the links and cuts by which people beat the rules, as far as they touch its members.
    """

    id: str
    label: str
    issues: tuple[str, ...]
    steps: tuple[Step, ...]
    silent: tuple[Silence, ...] = ()
    topic: bool = False
    rules: tuple[tuple[str, str, str], ...] = ()  # (item, item, why)
    judged: tuple[Judgement, ...] = ()


# New language


@dataclass(frozen=True, slots=True)
class Stage:
    """A step in short: where it stands, what became of the item there, and in whose voice."""

    place: Place
    status: StepStatus | None
    voice: StepVoice


@dataclass(frozen=True, slots=True)
class Course:
    """A thread in short, as lists show it, with no words: its label, issues and forum, and its steps in order of date."""

    id: str
    label: str
    issues: tuple[str, ...]
    forum: str | None
    steps: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """Words that were and words that are now; None where one side has none. `first_time`: no text before has the new words.

    `still`: the former words stand elsewhere in the text; `already`: the new words stood elsewhere in the predecessor.
    """

    was: Span | None
    now: Span | None
    first_time: bool = False
    still: bool = False
    already: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a text does with its chain's wording, with the sentence or formula on either side.

    `words` are the words that differ. `run` counts the texts in a row, up to the predecessor, that had what returns or the `formula`
    that is broken (the oldest run of words of the predecessor there); `since` is (document, date) of the first of them, `first` of the
    first text that ever had it. `last`, of what is back, is the last text that had it. `first_time`: none of the texts searched has it.
    `weight` orders remarks; `why` says what it rests on. `trend` says what became of its item
    (see `shifts`), whose former words may be all of `was`.
    """

    kind: RemarkKind
    was: Span | None
    now: Span | None
    words: tuple[Swap, ...] = ()
    run: int = 0
    since: tuple[str, str | None] | None = None
    first: tuple[str, str | None] | None = None
    last: tuple[str, str | None] | None = None
    first_time: bool = False
    formula: Span | None = None
    weight: float = 0.0
    why: tuple[str, ...] = ()
    trend: Trend | None = None


@dataclass(frozen=True, slots=True)
class Novelty:
    """What a document did with the wording of its chain, most remarkable first; `searched` are the texts that "first time" rests on.

    `account`: it and its predecessor tell one meeting, so that what differs is wording and no policy.
    """

    document: str
    predecessor: str | None
    searched: tuple[tuple[str, str | None], ...]
    remarks: tuple[Remark, ...]
    account: bool = False

    def of(self, *kinds: RemarkKind) -> tuple[Remark, ...]:
        """The remarks of these kinds, most remarkable first."""
        return tuple(remark for remark in self.remarks if remark.kind in kinds)


# Quotations


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted fragment: its span without the marks, and the ids of the documents that it is said to be from (none: not said).

    `depth` counts the quotations around it; `open_ended`: its paragraph ends before the closing mark.
    """

    span: Span
    named: tuple[str, ...] = ()
    depth: int = 0
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Words that differ, both sides: as quoted and as they stand; None where one side has none."""

    kind: ChangeKind
    quoted: Span | None
    standing: Span | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a quotation: the verdict, where it stands, what differs, and in words what a reader should know.

    `standing` are its spans in one document, several where words were left out; for "not found" none. `others` are the ids of
    further documents that have it word for word. `paraphrase`: it stands in a gist alone. `short`: too few words to tell where they
    are from. `weight` (0 to 1) says how much the verdict is worth, by the number of words; `share` (0 to 1) how much of the
    quotation stands there, and for "not found" how much of it stands in `nearest`.
    """

    quotation: Quoted
    verdict: Manner
    standing: tuple[Span, ...] = ()
    changes: tuple[Change, ...] = ()
    others: tuple[str, ...] = ()
    paraphrase: bool = False
    short: bool = False
    weight: float = 1.0
    share: float = 1.0
    nearest: Span | None = None
    notes: tuple[str, ...] = ()
