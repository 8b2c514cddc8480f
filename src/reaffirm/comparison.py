"""Questions that hold one document against others: its redline, its quotations, what is new in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm import chains, followup, itemising
from reaffirm.errors import UsageError
from reaffirm.formats import confinement
from reaffirm.linking.audit import Primary, audit, quotations, shelve
from reaffirm.linking.formulas import Edition
from reaffirm.linking.novelty import novelty
from reaffirm.linking.redline import redline
from reaffirm.linking.shifts import head, shifted, shifts
from reaffirm.store import browsing, loading, meetings, queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reaffirm.linking.audit import PrimaryKind
    from reaffirm.linking.redline import Piece, Redline
    from reaffirm.model import Document
    from reaffirm.sequels import Item, Novelty, Place, Step, Thread, Verdict
    from reaffirm.store.protocol import Store

KINDS: dict[str, PrimaryKind] = {"output": "output", "transcript": "transcript"}
BREAK = "\n\n"  # between blocks
GIST, REMARKS = "gist", "remarks"  # genres


@dataclass(frozen=True, slots=True)
class Side:
    """One of two documents that were compared: its id, its public name, its title, and where its compared text stands in it.

    `places` are pairs of offsets: where a block begins in the compared text, and where in the document's.
    """

    document: str
    doc: str
    title: str | None
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents of a ledger as one series of pieces, whose offsets are those of the compared texts."""

    first: Side
    second: Side
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words by which a step is compared: its item, the document (id) of the step before it, and the redline of the two wordings.

    Without such a step `against` is None and the redline has one piece, or none where the step has no words.
    """

    item: Item
    against: str | None
    pieces: tuple[Piece, ...]


def body(document: Document) -> str:
    """The text of a document without furniture: its paragraphs, titles and headings, a blank line between them."""
    blocks = (block for block in document.blocks if block.kind != "furniture")
    return BREAK.join(document.text[block.start : block.end] for block in blocks)


def redlined(store: Store, first: str, second: str) -> Redline:
    """What became of one text in another; each is a document of the ledger, or a file that is in none."""
    return redline(*(_text(store, name) for name in (first, second)))


def compared(store: Store, first: str, second: str) -> Comparison:
    """What became of one document of the ledger in another; files are no answer here, because strangers may ask."""
    documents = [queries.document(store, name) for name in (first, second)]
    names = {filed.id: filed.doc for filed in browsing.titles(store, [document.id for document in documents])}
    one, other = (Side(d.id, names.get(d.id, d.id), d.card.title.value, tuple(_places(d))) for d in documents)
    return Comparison(one, other, redline(*map(body, documents)).pieces)


def _places(document: Document) -> Iterator[tuple[int, int]]:
    offset = 0
    for block in document.blocks:
        if block.kind != "furniture":
            yield offset, block.start
            offset += block.end - block.start + len(BREAK)


def worded(thread: Thread) -> tuple[Wording, ...]:
    """For each step of a thread, its words held against those of the step that it is compared with."""
    heads = {step.place.document: head(step) for step in thread.steps}
    return tuple(_worded(step, heads) for step in thread.steps)


def _worded(step: Step, heads: Mapping[str, Item]) -> Wording:
    item = heads[step.place.document]
    before = heads.get(step.against or "")
    now = _said(item)
    return Wording(item, step.against if before else None, redline(_said(before) if before else now, now).pieces)


def _said(item: Item) -> str:
    return " … ".join(span.exact for span in item.wording)


def _text(store: Store, name: str) -> str:
    path = Path(name)
    try:
        return body(queries.document(store, name))
    except UsageError:
        if not path.is_file():
            raise
    source = confinement.read(path.read_bytes(), path.name)
    if not source.text.strip():
        message = f"no text was found in {name}{''.join(f': {p[2]}' for p in source.problems[:1])}; give a document or a file with text"
        raise UsageError(message)
    return source.text


def audited(store: Store, document: str) -> tuple[Verdict, ...]:
    """A verdict on each quotation of a document, held against the official texts of the ledger, in order of place."""
    own = queries.document(store, document)
    quoted = quotations(own.id, own.text, _extents(own), _told(store, own.id))
    return audit(quoted, shelve(primaries(store))) if quoted else ()


def primaries(store: Store) -> Iterator[Primary]:
    """The texts of a ledger that may be quoted: what meetings put out, records of them, remarks."""
    for row in loading.official(store, KINDS, REMARKS):
        gist = row["genre"] == GIST
        kind: PrimaryKind = "gist" if gist else "remarks" if row["genre"] == REMARKS else KINDS[row["relation"]]
        parts = {(start, end) for block in json.loads(row["parts"]) for start, end in block if start < end}
        yield Primary(row["id"], kind, row["text"], tuple(sorted(parts)))


def _extents(document: Document) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({part for block in document.blocks if block.kind != "furniture" for part in block.parts if part[0] < part[1]}))


def _told(store: Store, document: str) -> tuple[str, ...]:
    """The other documents that tell a meeting which this one tells: those that it may be quoting."""
    kin = {told.meeting for told in meetings.told(store, document=document)}
    fellows = {told.telling.document for key in sorted(kin) for told in meetings.told(store, meeting=key)}
    return tuple(sorted(fellows - {document}))


def renewed(store: Store, document: str, against: Sequence[str] = ()) -> Novelty:
    """What a document says anew, no longer, again and otherwise than all earlier ones of its chain, or than those named."""
    own = queries.document_id(store, document)
    earlier = [queries.document_id(store, name) for name in against] or chains.earlier(store, own)
    if not earlier:
        message = f"{document} has no earlier text of its forum in the ledger; name some to compare it with (--against)"
        raise UsageError(message)
    places = {key: chains.place(store, key) for key in (*earlier, own)}
    found_places = [places[key] for key in (*earlier, own)]
    ordered = [p.document for p in sorted(found_places[:-1], key=lambda p: (p.first or "", p.doc))]
    editions = [_edition(store, places[key]) for key in (*ordered, own)]
    found = novelty(editions[-1], editions[:-1])
    here, before = places[own], places[ordered[-1]]
    account = here.meeting is not None and here.meeting == before.meeting
    return shifted(found, shifts(followup.threads(store, document=own, silent=False), own, ordered), account=account)


def _edition(store: Store, place: Place) -> Edition:
    document = loading.document(store, place.document)
    extents = tuple((sentence.start, sentence.end) for sentence in itemising.sentences(document))  # outside furniture
    return Edition(document.id, place.first if place.first == place.last else None, document.text, extents)
