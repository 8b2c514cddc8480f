"""Small builders: an observation from a short text, and what goes with it into a ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.model import (
    UNKNOWN,
    Acquisition,
    Actor,
    Block,
    Card,
    Document,
    Field,
    Judgement,
    Mention,
    MetaField,
    Node,
    OfficeHeld,
    PackEntry,
    Problem,
    Run,
    Statement,
    Voice,
    When,
    digest,
    document_id,
    problem_id,
    row_id,
)
from reaffirm.readings import Observation

if TYPE_CHECKING:
    from reaffirm.model import Span, Verdict
    from reaffirm.store.sqlite import SqliteStore

TEXT = """Joint statement of 16 March 2021

The ministers reaffirmed that the alliance is strong.

Mr. Motegi said, "We will meet again within the year."

print PRINT"""
NOW = "2022-01-23T12:00:00Z"
RUN = Run("R-1", "1.0", "c0de", "packs", "model")
RUN2 = Run("R-2", "1.1", "c0de2", "packs", "model")


def run_of(number: int) -> Run:
    """A run of its own."""
    return Run(f"R-{number}", "1.0", f"code {number}", "packs", "model")


def words(document: Document, exact: str, role: str = "content") -> Span:
    """The span of the first occurrence of these words."""
    start = document.text.index(exact)
    return document.span(start, start + len(exact), role)  # type: ignore[arg-type]


def blocks_of(text: str, furniture: str = "print") -> tuple[Block, ...]:
    """One block a paragraph; those that begin with `furniture` are furniture."""
    blocks, at = [], 0
    for part in text.split("\n\n"):
        extent = at, at + len(part)
        body = Block("paragraph", *extent, (extent,))
        blocks.append(Block("furniture", *extent, (), None, "print line") if part.startswith(furniture) else body)
        at = extent[1] + 2
    return tuple(blocks)


def document_of(text: str = TEXT, *, data: bytes | None = None, published: str | None = "2021-03-17") -> Document:
    """A document whose bytes are its text, unless others are given."""
    raw = hashlib.sha256(text.encode() if data is None else data).hexdigest()
    text_hash = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        document_id(raw, text_hash), raw, text, text_hash, "plain 1",
        (Node(0, len(text), "/line[1]"),), (MetaField("meta:og", "x"),), blocks_of(text),
    )  # fmt: skip
    title = text.split("\n", 1)[0]
    card = Card(
        title=Field(title, "stated", (document.span(0, len(title), "title"),)) if title else UNKNOWN,
        genre=Field("joint statement", "inferred", (PackEntry("genres", "joint"),)),
        published=Field(published, "metadata", (MetaField("meta:published", published or ""),)) if published else UNKNOWN,
        event_dates=(Field("2021-03-16", "stated"),) if "16 March 2021" in text else (),
    )
    return replace(document, card=card)


def statement_of(document: Document, content: str, cue: str | None = None, source: str | None = None) -> Statement:
    """A statement found by its words."""
    spans = (words(document, content),)
    cue_span = words(document, cue, "cue") if cue else None
    source_span = words(document, source, "source") if source else None
    identity = row_id("statement", document.id, spans, cue_span)
    return Statement(
        identity, document.id, source_span, cue_span, spans, "indirect", rule="test", entry=PackEntry("verbs", cue or "-"),
        rejected=("another reading",),
    )  # fmt: skip


def voice_of(statement: Statement, speaker: str, party: str = "Japan") -> Voice:
    """One voice."""
    offices = (OfficeHeld(speaker, "Minister (Japan)", "inferred", (PackEntry("offices", "x"),)),)
    return Voice(statement.id, (speaker,), ("Marise Payne",), (party,), offices, "certain", "names", digest(speaker))


def problem_of(document: Document, message: str = "undated", evidence: tuple[Span, ...] = ()) -> Problem:
    """One problem."""
    identity = problem_id(document.id, "undated", message, evidence)
    return Problem(identity, document.id, "undated", "medium", message, "stays unanchored", evidence)


def observation_of(text: str = TEXT, *, data: bytes | None = None, published: str | None = "2021-03-17") -> Observation:
    """An observation of the usual text: two statements; of any other: one statement that holds its first line."""
    document = document_of(text, data=data, published=published)
    statements: tuple[Statement, ...]
    if text == TEXT:
        first = statement_of(document, "the alliance is strong", "reaffirmed", "The ministers")
        second = statement_of(document, "We will meet again within the year.", "said", "Mr. Motegi")
        statements = first, second
        voices: tuple[Voice, ...] = (voice_of(first, "?the ministers"), voice_of(second, "Toshimitsu Motegi"))
        vague = problem_of(document, "vague", (words(document, "within the year", "evidence"),))
        problems: tuple[Problem, ...] = problem_of(document), vague
    else:
        statements = tuple(statement_of(document, line) for line in text.split("\n")[:1] if line)
        voices, problems = tuple(voice_of(row, "writer") for row in statements), ()
    mentions = tuple(
        Mention(words(document, name, "surface"), "Toshimitsu Motegi", "person", "Japan", None, "Mr.", PackEntry("offices", "x"))
        for name in ("Mr. Motegi",) if name in text
    )  # fmt: skip
    actors = (Actor("Toshimitsu Motegi", "person", "Japan"), Actor("Japan", "state"))
    times = tuple(
        When(words(document, "the year", "surface"), words(document, "within the year", "surface"), "DATE", "XXXX", None, None, None,
             "year", fuzzy=True, rule="within a year that only a date of publication tells")
        for vague in ("within the year",) if vague in text
    )  # fmt: skip
    return Observation(document, statements, mentions, voices, actors, problems, times=times)


def arrival_of(observation: Observation, name: str = "a.txt", origin: str = "/in") -> Acquisition:
    """An arrival of a document."""
    return Acquisition(observation.document.id, name, origin, NOW)


def judgement_of(row: str, verdict: Verdict = "rejected", *, value: str | None = None, who: str = "Ada") -> Judgement:
    """A decision on a row; the field is `speakers` where a value is given."""
    field = "speakers" if value is not None else None
    identity = f"J-{digest(row, verdict, field, value, who)[:16]}"
    return Judgement(identity, row, verdict, field, value, "quote", "what was judged", who, NOW)


@dataclass
class Filled:
    """A ledger with one document in it."""

    store: SqliteStore
    observation: Observation

    @property
    def rows(self) -> list[str]:
        """The ids of its statements."""
        return [statement.id for statement in self.observation.statements]


def put(store: SqliteStore, text: str = TEXT, name: str = "a.txt", run: Run = RUN) -> Observation:
    """The observation that was recorded."""
    observation = observation_of(text)
    store.record(observation, arrival_of(observation, name), text.encode(), run)
    return observation


def contents(store: SqliteStore) -> list[list[object]]:
    """All that stands in all tables."""
    names = [row["name"] for row in store.read("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [[name, [tuple(row) for row in store.read(f"SELECT * FROM {name}")]] for name in names]
