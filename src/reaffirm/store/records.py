"""The answers of `store.queries`, as plain frozen records: what a page shows is what the JSON says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from reaffirm.readings import Call, Commitment, Demand, Duty, Telling

if TYPE_CHECKING:
    from reaffirm.model import (
        Acquisition,
        Actor,
        Document,
        Judgement,
        Mention,
        Problem,
        Run,
        Span,
        Statement,
        Verdict,
        Voice,
        When,
    )
    from reaffirm.readings import Filing

R = TypeVar("R", Commitment, Demand)
D = TypeVar("D", Duty, Call)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    name: str
    sha256: str | None
    reason: str
    at: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of how many records a field is known."""

    field: str
    known: int
    total: int


@dataclass(frozen=True, slots=True)
class Status:
    """What a ledger holds; `readings` are older readings and runs that are kept but not listed."""

    documents: int
    bytes: int
    statements: int
    problems: tuple[tuple[str, int], ...]
    coverage: tuple[Coverage, ...]
    runs: tuple[tuple[Run, int], ...]
    failures: tuple[Failure, ...]
    judgements: int
    orphans: int
    readings: int

    def placeless(self) -> Status:
        """The same without the places of files on this machine, which are nothing for readers elsewhere."""
        return replace(self, failures=tuple(replace(failure, origin="") for failure in self.failures))


@dataclass(frozen=True, slots=True)
class Filed:
    """A document in a list: its public name, what its card says, and how many rows it has."""

    id: str
    doc: str
    sha256: str
    genre: str | None
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    event_dates: tuple[str, ...]
    statements: int
    problems: int
    run: str


@dataclass(frozen=True, slots=True)
class Titled:
    """A document by its names: id, public name, title, genre, and the day of its publication or else of its event."""

    id: str
    doc: str
    title: str | None
    genre: str | None
    day: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says a field should hold, beside what the machine read (`judged`)."""

    field: str
    value: str | None
    judged: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its voice, its words, where and when, and what people decided about it.

    The machine's reading stands in `statement` and `voice`, corrections beside it.
    """

    doc: str
    genre: str | None
    published: str | None
    event_dates: tuple[str, ...]
    statement: Statement
    voice: Voice | None
    quote: str
    verdict: Verdict | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Item(Generic[R, D]):
    """A commitment or demand with what is derived of it, its issues, where and when it was read, and what people decided.

    The machine's reading stands in `row` and `derived`, corrections beside it.
    """

    doc: str
    genre: str | None
    published: str | None
    event_dates: tuple[str, ...]
    row: R
    derived: D | None
    filings: tuple[Filing, ...]
    verdict: Verdict | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that a search found; `marks` are the extents of the words in the document, `snippet` an excerpt."""

    document: str
    doc: str
    start: int
    end: int
    text: str
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Observed:
    """A run that saw a row; in which version; and whether it is the current run of the current document."""

    run: Run
    version: str
    current: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement and, when it was undone, by whom and when."""

    judgement: Judgement
    undone_by: str | None = None
    undone_at: str | None = None


@dataclass(frozen=True, slots=True)
class Reread:
    """A judgement whose row is read otherwise now: what was judged, and what is read, as JSON."""

    judgement: Judgement
    judged: str
    now: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that the ledger knows about one row.

    `places` say where its words stand in the source: page and box, paragraph, node of a page, line. `said`, `promised`, `asked` or
    `problem` is the row as it is listed, or as it was read last (commitments and demands only as
    listed); `otherwise` the statement as other runs
    read the same words; `passage` the paragraph round it; `problems` those that share words with it or concern the
    whole document; `reread` the judgements that were made on another reading; `neighbours` the statements before and
    after it. What rules say of a statement is added by who knows them: `force` the steps to its act and strength,
    `elisions` what its quotation leaves out or puts in, `topic_only` whether it tells no more than a subject that was talked about.
    """

    row: str
    kind: str
    document: str
    doc: str
    listed: bool
    said: Said | None
    problem: Problem | None
    spans: tuple[Span, ...]
    places: tuple[str, ...]
    passage: Span | None
    runs: tuple[Observed, ...]
    otherwise: tuple[Statement, ...]
    judgements: tuple[Judged, ...]
    problems: tuple[Problem, ...]
    neighbours: tuple[Said, ...]
    force: tuple[str, ...] = ()
    elisions: tuple[Span, ...] = ()
    topic_only: bool = False
    promised: Item[Commitment, Duty] | None = None
    asked: Item[Demand, Call] | None = None
    reread: tuple[Reread, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One document with all its listed rows, in order of place, as an export needs it."""

    doc: str
    document: Document
    run: Run
    acquisitions: tuple[Acquisition, ...]
    statements: tuple[Said, ...]
    problems: tuple[Problem, ...]
    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    times: tuple[When, ...]
    filings: tuple[Filing, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A telling with its document's public name, its circle, and the meeting to which it belongs, by which rule."""

    doc: str
    telling: Telling
    circle: str
    meeting: str
    rule: str


@dataclass(frozen=True, slots=True)
class Opened:
    """One document with all that is listed of it, rejected rows too, as a reader needs it; every tuple in order of place."""

    entry: Entry
    commitments: tuple[Item[Commitment, Duty], ...]
    demands: tuple[Item[Demand, Call], ...]
    tellings: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A document, the first date of its events, and the time (ISO 8601) at which it first arrived."""

    id: str
    doc: str
    title: str | None
    genre: str | None
    published: str | None
    event: str | None
    received: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows have a value."""

    value: str
    n: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values of one field with their counts, and how many values more there are."""

    name: str
    counts: tuple[Count, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How many rows a question finds, and the counts by which it may be narrowed."""

    total: int
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a heading over its rows: its day is that of its publication, else of its event, None where neither is known."""

    id: str
    doc: str
    title: str | None
    genre: str | None
    relation: str | None
    day: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of any kind in a list of several: exactly one of the three is there."""

    said: Said | None = None
    promised: Item[Commitment, Duty] | None = None
    asked: Item[Demand, Call] | None = None

    @property
    def document(self) -> str:
        """The id of the row's document."""
        row = self.said.statement if self.said else self.promised.row if self.promised else self.asked.row if self.asked else None
        return row.document if row else ""


@dataclass(frozen=True, slots=True)
class Subject:
    """An issue or a named thing, and how many statements, commitments, demands and documents are filed under it."""

    id: str
    kind: str
    said: int
    promised: int
    asked: int
    documents: int


@dataclass(frozen=True, slots=True)
class Figure:
    """An actor, and how many statements are its, how many commitments bind it, how many demands it makes and how many are made of it.

    `others` are further names that people said are of it.
    """

    name: str
    kind: str | None
    state: str | None
    said: int
    promised: int
    asks: int
    asked: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weight:
    """The commitments of one time (a year, or a day): how many, the strongest, the mean strength (0 to 6), and how many in each band."""

    day: str
    n: int
    strongest: int
    mean: float
    strong: int
    medium: int
    weak: int


@dataclass(frozen=True, slots=True)
class Service:
    """An office in which texts show a person: the first and last day of these texts, how many rows, and one of them."""

    office: str
    first: str | None
    last: str | None
    n: int
    row: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How many rows one line of a table has in one of its columns."""

    line: str
    column: str
    n: int
