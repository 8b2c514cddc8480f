"""The nouns of the ledger as frozen values, and how a row gets its identity.

Offsets everywhere are Unicode code points of a document's canonical text, end exclusive.
The closed vocabularies are those of the exchange format (docs/format.md) and stand here once, in code.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

Genre = Literal[
    "joint statement", "communique", "fact sheet", "press-conference transcript", "gist", "remarks",
    "editorial", "analysis", "news report", "reaction", "other",
]  # fmt: skip
Authority = Literal["official text", "official paraphrase", "press", "opinion"]
Relation = Literal["output", "transcript", "account", "comment"]
BlockKind = Literal["title", "heading", "standfirst", "paragraph", "turn", "list item", "caption", "note", "furniture"]
Directness = Literal["direct", "mixed", "indirect", "turn", "scare", "authorial"]
Factuality = Literal["plain", "hearsay", "inferred", "characterised", "denied", "conditional", "demanded"]
Act = Literal["assertive", "concern", "objection", "reaffirming", "commissive", "directive", "evaluative"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeMod = Literal[
    "START", "MID", "END", "APPROX", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
]  # fmt: skip
Anchor = Literal["publication", "speaking", "event", "text"]
Certainty = Literal["certain", "probable", "ambiguous", "underspecified", "external"]
Basis = Literal["stated", "metadata", "inferred", "judged", "unknown"]
Severity = Literal["high", "medium", "low"]
ActorKind = Literal["person", "office", "state", "organisation", "collective"]
Verdict = Literal["accepted", "rejected", "corrected", "unsure"]
Decision = Literal["accepted", "rejected", "corrected", "unsure", "noted", "added"]  # noted: a comment; added: a row that a person saw
CopyKind = Literal["same text", "reprint", "excerpt", "corrected version", "translation"]
Role = Literal[
    "source", "cue", "content", "addressee", "evidence", "title", "surface", "furniture", "heading", "action", "undertaker", "condition",
    "due", "modality", "holder", "target", "object",
]  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one document's canonical text and its exact words (W3C position and quote selector)."""

    document: str
    start: int
    end: int
    exact: str
    role: Role = "evidence"


@dataclass(frozen=True, slots=True, order=True)
class MetaField:
    """A metadata field kept verbatim, such as `meta:published` of a table or `jsonld:datePublished` of a page."""

    key: str
    value: str


@dataclass(frozen=True, slots=True, order=True)
class PackEntry:
    """An entry of a data pack that a row rests on: the pack's name and the entry's id."""

    pack: str
    entry: str


@dataclass(frozen=True, slots=True, order=True)
class Receipt:
    """What was searched without a find, and the nearest passage: the proof of an absence."""

    searched: str
    nearest: str | None = None


Evidence = Span | MetaField | PackEntry | Receipt


@dataclass(frozen=True, slots=True)
class When:
    """A time expression: its words, its TIMEX3 type and value, its EDTF interval, and the anchor that was used.

    `surface` is the extent that TimeBank marks ("2019"), `phrase` has the preposition as well ("since 2019"). `value` is
    as in ISO-TimeML (`2021-W10`, `2022-H1`, `P20Y`, `PAST_REF`; `XXXX-H1` where the year is unknown). `interval` is None
    while the expression is unanchored, and for durations and sets; `rule` says how it was read, and so how an anchor
    would settle it. `granularity` is the smallest unit that the words name (year, half, quarter, month, week, day ...);
    `fuzzy` marks bounds that the words leave open ("around", "mid-", "later in the year").
    """

    surface: Span
    phrase: Span
    type: TimeType
    value: str | None
    mod: TimeMod | None = None
    interval: str | None = None
    anchor: Anchor | None = None
    granularity: str | None = None
    fuzzy: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document card: its value (None is *unknown*), on what basis, proved by what."""

    value: str | None
    basis: Basis
    evidence: tuple[Evidence, ...] = ()


UNKNOWN = Field(None, "unknown")


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about a document as a document; every field carries its own basis and evidence.

    `earliest` and `latest` bound the day of publication where no date is known: inferred from other documents, each with its reason.
    """

    title: Field = UNKNOWN
    genre: Field = UNKNOWN
    publisher: Field = UNKNOWN
    author: Field = UNKNOWN
    language: Field = UNKNOWN
    translation: Field = UNKNOWN
    published: Field = UNKNOWN
    event_dates: tuple[Field, ...] = ()
    relation: Field = UNKNOWN
    authority: Field = UNKNOWN
    url: Field = UNKNOWN
    earliest: Field = UNKNOWN
    latest: Field = UNKNOWN

    @property
    def day(self) -> str | None:
        """The day on which the document's people held their offices: that of its event, else of its publication."""
        return next((f.value for f in (*self.event_dates, self.published) if f.value), None)


@dataclass(frozen=True, slots=True)
class Label:
    """Who a turn says is speaking: the words before the cue, and the cue (a colon, or nothing but the line's end)."""

    start: int
    end: int
    cue_start: int
    cue_end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A cut of the text: its kind, extent, paragraphs, and, for a turn, its label.

    `start` and `end` cover the whole block without edge white space, a turn's label included; `parts` are the
    extents of its paragraphs without the label (at least one, except in furniture, titles and headings, where
    it is the block itself); `reason` says why a block is furniture: the pack entry or the node rule.
    """

    kind: BlockKind
    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    label: Label | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A stretch of canonical text and where it stands in the source: the way back to the original.

    `path` is what the format calls the place (an XPath, a line); `hint` is the kind of block that the source's
    own mark-up claims; `furniture` is the reason why the source's mark-up makes it furniture, else empty.
    """

    start: int
    end: int
    path: str
    hint: BlockKind | None = None
    furniture: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding that a careful reader would query, with its evidence and what the ledger shows instead."""

    id: str
    document: str
    kind: str
    severity: Severity
    message: str
    resolution: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a format read from bytes: canonical text, the map back, metadata as found, and what went wrong."""

    text: str
    extractor: str
    nodes: tuple[Node, ...] = ()
    metadata: tuple[MetaField, ...] = ()
    problems: tuple[tuple[str, Severity, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes as received and their canonical text, frozen for ever, with blocks and a card.

    `id` stands for this reading of these bytes (see `document_id`); names, addresses and times of receipt are
    acquisitions and live beside the document, because the same bytes may arrive often. `part` is 0, or the number of
    the article in a file that holds many.
    """

    id: str
    sha256: str
    text: str
    text_sha256: str
    extractor: str
    nodes: tuple[Node, ...] = ()
    metadata: tuple[MetaField, ...] = ()
    blocks: tuple[Block, ...] = ()
    card: Card = Card()
    part: int = 0

    def span(self, start: int, end: int, role: Role = "evidence") -> Span:
        """The span [start, end) of this document's text, proved by construction."""
        return Span(self.id, start, end, self.text[start:end], role)


@dataclass(frozen=True, slots=True)
class Acquisition:
    """One arrival of a document: the name it came under (relative, with `/`), from where and when, and a server's headers."""

    document: str
    name: str
    origin: str
    received: str
    headers: tuple[MetaField, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """A person, office, state, organisation or collective, by its canonical name, and the state behind it."""

    name: str
    kind: ActorKind
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: who or what is meant, and, for a person, the title that stands with it.

    `surface` runs over the longest name with its title, without determiner; `office` is the kind of office that the
    title names (a word of the offices pack) and `title` the title's words; `state` the state behind the name.
    """

    surface: Span
    name: str
    kind: ActorKind
    state: str | None = None
    office: str | None = None
    title: str | None = None
    entry: PackEntry | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution: somebody (source) said in some way (cue) something (content).

    After PARC 3.0 (Pareti 2015) and PolNeAR (Newell et al. 2018). `source` is None in agentless passives, `cue` in
    labels and slogans; `addressee` is to whom it was said, where the words beside the cue name somebody. `rule` is the
    rule that read it, `entry` the pack entry it rests on, `rejected` the readings that were weighed and lost.
    """

    id: str
    document: str
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    directness: Directness
    factuality: Factuality = "plain"
    act: Act | None = None
    strength: int | None = None
    nested_in: str | None = None
    quoted_from: str | None = None
    rule: str = ""
    entry: PackEntry | None = None
    rejected: tuple[str, ...] = ()
    addressee: Span | None = None


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """The office in which a speaker speaks, `Title (State)`, and what that rests on."""

    name: str
    office: str
    basis: Basis
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a statement, in which office, for whom: derived from the row, its document and the packs.

    `speakers` are canonical names, or `?surface` where nothing warrants one; `external` are members that only
    the packs know; `parties` the states and organisations behind them; `inputs` the hash of what it was
    derived from, so that a change of packs or Judgements recomputes only what depends on it.
    """

    statement: str
    speakers: tuple[str, ...]
    external: tuple[str, ...]
    parties: tuple[str, ...]
    offices: tuple[OfficeHeld, ...]
    certainty: Certainty | None
    rule: str
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a document's body is found again by: how many words it has, and keys that a near-copy of it shares some of."""

    document: str
    words: int
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that two texts do not share at one place: the span of each; None where one has nothing there."""

    a: Span | None
    b: Span | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A link between two documents whose bodies are nearly the same text; they are never merged.

    `a` and `b` are document ids, `a` the smaller; `shared` is the share of the shorter body's words that stand in the
    other in the same order (0 to 1); `differences` the places where they part, in the order of `a`.
    """

    id: str
    kind: CopyKind
    a: str
    b: str
    shared: float
    rule: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Which code, packs, model and versions observed rows; equal ingredients give the equal id."""

    id: str
    version: str
    code: str
    packs: str
    model: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision on a row, with the words and the value judged; it never overwrites the row."""

    id: str
    row: str
    verdict: Decision
    field: str | None
    value: str | None
    quote: str
    judged: str
    who: str
    at: str
    undone: bool = False


def digest(*parts: object) -> str:
    """The SHA-256 of the parts as canonical JSON, in hexadecimal."""
    material = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(material.encode("utf-8", "surrogatepass")).hexdigest()


def document_id(sha256: str, text_sha256: str) -> str:
    """The id of one reading (canonical text) of some bytes: `D-` and 16 hexadecimal digits."""
    return f"D-{digest(sha256, text_sha256)[:16]}"


LETTERS = {"demand": "N"}  # with which ids begin, where it is not the kind's own first letter: D is a document's


def row_id(kind: str, document: str, content: tuple[Span, ...], cue: Span | None = None) -> str:
    """The identity of a row: a hash of its document, kind, content offsets and cue offsets, nothing else.

    A document's id is itself a hash of its raw bytes and canonical text, so neither a rule, nor a run, nor the
    order of rows ever enters (design.md, section 2, Identity).
    """
    places = [[s.start, s.end] for s in content]
    return f"{LETTERS.get(kind, kind[0].upper())}-{digest(kind, document, places, cue and [cue.start, cue.end])[:16]}"


PERSON = "person"  # the rule of a row that no rule read: a person saw it; `person.1` where its words stand there once before


def by_person(rule: str) -> bool:
    """Whether a row with this rule was added by a person."""
    return rule.partition(".")[0] == PERSON


def person_row_id(kind: str, home: tuple[str, int], words: str, rule: str) -> str:
    """The identity of a row that a person added: kind, bytes (`home`: their hash and the part), words, and which of their occurrences.

    No offset enters, so that it stays when the same bytes are read into another text (`rule` says how often the words stand before it).
    """
    return f"{LETTERS.get(kind, kind[0].upper())}-{digest(PERSON, kind, *home, ' '.join(words.split()), rule)[:16]}"


def problem_id(document: str, kind: str, message: str, evidence: tuple[Span, ...]) -> str:
    """The identity of a problem: its document, kind, evidence offsets and, where it has none, its message."""
    places = [[s.start, s.end] for s in evidence]
    return f"P-{digest(document, kind, places, '' if places else message)[:16]}"
