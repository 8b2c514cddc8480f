"""The document reader: the text with its rows laid over it, and the rows beside the words that prove them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Annotated

from fastapi import Path, Query, Request, Response

from reaffirm.ledger import Ledger
from reaffirm.model import Card, Problem
from reaffirm.text import sha256
from reaffirm.web import leaves, marking
from reaffirm.web.answering import at
from reaffirm.web.leaves import Leaf
from reaffirm.web.marking import Mark, Note, Passage
from reaffirm.web.page import page
from reaffirm.web.pages import OTHERS
from reaffirm.web.templating import day, row_url, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Span
    from reaffirm.readings import Call, Commitment, Demand, Duty
    from reaffirm.store.records import Item, Opened, Said, Told

Key = Annotated[str, Path(max_length=300, description="A document's id, the SHA-256 of its bytes, its name, or the beginning of its id.")]
Place = Annotated[str, Query(pattern=r"^(\d{1,10}-\d{1,10})?$", description="Words to open at: offsets in code points, end exclusive.")]
Part = Annotated[int, Query(ge=0, le=100_000, description="Which part of a long text, from 1; 0 is the part with the words.")]


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as the reader shows it: its card, one part of its text with the rows of that part, and what is queried of it.

    `coverage` is the share of its characters outside furniture (0 to 1); `counts` how many rows each layer has; `here` the extent that the
    address names; `whole` are problems that concern no words, but the document.
    """

    id: str
    doc: str
    sha256: str
    text_sha256: str
    extractor: str
    card: Card
    received: tuple[str, ...]
    coverage: float
    counts: tuple[tuple[marking.Layer, int], ...]
    part: int
    parts: int
    here: tuple[int, int] | None
    passages: tuple[Passage, ...]
    whole: tuple[Problem, ...]


@page("/d/{document}", "document.html", "Document")
def document(ledger: Ledger, document: Key, c: Place = "", part: Part = 0) -> Shown:
    """A document's text in blocks and stretches, with the rows that are proved by it."""
    opened = ledger.opened(document)
    entry, text = opened.entry, opened.entry.document
    here = _extent(c, len(text.text))
    parts = marking.parts(text)
    number = min(part or marking.part_of(text, here[0] if here else 0), len(parts))
    notes = sorted(_notes(opened), key=lambda n: (n.start, n.end))
    blocks = parts[number - 1]
    first, last = (blocks[0].start if blocks else 0), (blocks[-1].end if blocks else 0)
    own = [n for n in notes if (first <= n.start or number == 1) and (n.start < last or number == len(parts))]
    marks = [m for m in _marks(opened) if m.start < last and first < m.end]
    return Shown(
        text.id, entry.doc, text.sha256, text.text_sha256, text.extractor, text.card, tuple(a.received for a in entry.acquisitions),
        ledger.coverage(text), tuple((layer, sum(n.layer == layer for n in notes)) for layer in marking.LAYERS), number, len(parts), here,
        tuple(marking.passages(text, blocks, marks, own, here)), tuple(p for p in entry.problems if not p.evidence),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """One page of a document as its source set it, with the rows of that page; `leaf` is none where its nodes tell no places."""

    id: str
    doc: str
    title: str | None
    extractor: str
    counts: tuple[tuple[marking.Layer, int], ...]
    number: int
    leaves: int
    leaf: Leaf | None
    notes: tuple[Note, ...]


@page("/d/{document}/layout", "layout.html", "Document as it looked")
def layout(ledger: Ledger, document: Key, c: Place = "", leaf: Part = 0) -> Printed:
    """A page of a document as it looked: the lines of a PDF at their places, the elements of a web page, with the same rows marked."""
    opened = ledger.opened(document)
    entry, text = opened.entry, opened.entry.document
    shown, count = leaves.leaves(text, list(_marks(opened)), _extent(c, len(text.text)), leaf)
    notes = sorted(_notes(opened), key=lambda n: (n.start, n.end))
    own = tuple(n for n in notes if shown and shown.start <= n.start < shown.end)
    counts = tuple((layer, sum(n.layer == layer for n in own)) for layer in marking.LAYERS)
    return Printed(text.id, entry.doc, text.card.title.value, text.extractor, counts, shown.number if shown else 0, count, shown, own)


@OTHERS.get("/d/{document}/original")
def original(request: Request, document: Key) -> Response:
    """The bytes as they were received, to be saved and never shown: nothing in them can act on this site."""
    desk = at(request)
    data = desk.ask(lambda ledger: ledger.original(document))
    name = f"{sha256(data)[:16]}.bin"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _extent(c: str, length: int) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d+)-(\d+)", c, re.ASCII)
    start, end = (min(int(n), length) for n in found.groups()) if found else (0, 0)
    return (start, end) if start < end else None


def _marks(opened: Opened) -> Iterator[Mark]:
    for said in opened.entry.statements:
        s = said.statement
        yield from (_mark(s.id, "said", span) for span in (*s.content, s.cue, s.source) if span)
    for promised in opened.commitments:
        yield from (_mark(promised.row.id, "commitment", span) for span in (promised.row.action, promised.row.due) if span)
    for asked in opened.demands:
        yield from (_mark(asked.row.id, "demand", span) for span in (asked.row.action, asked.row.modality) if span)
    for told in opened.tellings:
        yield from (_mark(told.telling.id, "meeting", span) for span in told.telling.evidence)
    for problem in opened.entry.problems:
        yield from (_mark(problem.id, "problem", span) for span in problem.evidence if span.document == opened.entry.document.id)


def _mark(row: str, layer: marking.Layer, span: Span) -> Mark:
    return Mark(row, layer, "evidence" if layer in {"meeting", "problem"} else span.role, span.start, span.end)


def _notes(opened: Opened) -> Iterator[Note]:
    home = opened.entry.document.id
    problems = (p for p in opened.entry.problems if any(s.document == home for s in p.evidence))
    yield from chain(
        map(_said, opened.entry.statements), map(_promised, opened.commitments), map(_asked, opened.demands), map(_told, opened.tellings),
        map(_queried, problems),
    )  # fmt: skip


def _said(said: Said) -> Note:
    s = said.statement
    cue = f"“{s.cue.exact}”" if s.cue and s.directness != "turn" else ""
    told = (cue, s.directness, s.factuality if s.factuality != "plain" else "", said.verdict or "")
    start, end = min(c.start for c in s.content), max(c.end for c in s.content)
    return Note(s.id, "said", who(said.voice), _kept(*told), start, end, row_url(s.id))


def _promised(item: Item[Commitment, Duty]) -> Note:
    row, duty = item.row, item.derived
    names = "; ".join((duty.undertaker or duty.parties) if duty else ())
    due = f"due {day(duty.due)}" if duty and duty.due else ""
    told = (row.polarity, "position" if row.position else row.force.band, due, item.verdict or "")
    return Note(row.id, "commitment", names or "?", _kept(*told), row.action.start, row.action.end, row_url(row.id))


def _asked(item: Item[Demand, Call]) -> Note:
    row, call = item.row, item.derived
    holder, target = (("; ".join(call.holder), "; ".join(call.target)) if call else ("", ""))
    told = (row.kind, f"of {target}" if target else "", row.polarity or "", item.verdict or "")
    return Note(row.id, "demand", holder or "?", _kept(*told), row.action.start, row.action.end, row_url(row.id))


def _told(told: Told) -> Note:
    t = told.telling
    first = t.evidence[0]
    return Note(t.id, "meeting", t.label, _kept(t.status, day(t.date), t.place or ""), first.start, first.end, f"/meeting/{told.meeting}")


def _queried(problem: Problem) -> Note:
    first = problem.evidence[0]
    return Note(problem.id, "problem", problem.message, (problem.severity, problem.kind), first.start, first.end, row_url(problem.id))


def _kept(*told: str) -> tuple[str, ...]:
    return tuple(word for word in told if word)
