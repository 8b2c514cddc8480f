"""The audit of a document's quotations: each fragment with its verdict, beside the words that stand in the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Path

from reaffirm.ledger import Ledger
from reaffirm.sequels import Manner, Verdict
from reaffirm.store.records import Titled
from reaffirm.web import redlining
from reaffirm.web.page import page

if TYPE_CHECKING:
    from collections.abc import Iterator

Key = Annotated[str, Path(max_length=300, description="A document's id, the SHA-256 of its bytes, its name, or the beginning of its id.")]
MANNERS: tuple[Manner, ...] = ("altered", "not found", "from another document", "bracketed", "elided", "verbatim")  # the gravest first


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation with its verdict: its words and those that stand in the record, what differs marked on both sides.

    `source` is the document in which they stand, or which has the nearest passage; `others` have them word for word.
    """

    verdict: Verdict
    quoted: tuple[redlining.Run, ...]
    standing: tuple[tuple[redlining.Run, ...], ...]
    source: Titled | None
    others: tuple[Titled, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """The quotations of a document in order of place, and how many have which verdict."""

    document: Titled
    counts: tuple[tuple[Manner, int], ...]
    quotations: tuple[Checked, ...]


@page("/audit/{document}", "audit.html", "Quotation audit")
def audit(ledger: Ledger, document: Key) -> Audit:
    """A verdict on each quotation of a document, held against the official texts of the ledger."""
    found = ledger.audit(document)
    own = ledger.titled(document).id
    keys = {own, *(key for verdict in found for key in _keys(verdict))}
    named = {t.id: t for t in ledger.titles(keys)}
    counts = tuple((manner, sum(v.verdict == manner for v in found)) for manner in MANNERS)
    return Audit(named[own], counts, tuple(_checked(verdict, named) for verdict in found))


def _keys(verdict: Verdict) -> Iterator[str]:
    yield from (span.document for span in verdict.standing)
    yield from verdict.others
    if verdict.nearest:
        yield verdict.nearest.document


def _checked(verdict: Verdict, named: dict[str, Titled]) -> Checked:
    quoted = redlining.marked(verdict.quotation.span, [(c.quoted, "inserted") for c in verdict.changes if c.quoted])
    gone = [c.standing for c in verdict.changes if c.standing]
    standing = tuple(tuple(redlining.marked(span, [(part, "deleted") for part in gone])) for span in verdict.standing)
    where = verdict.standing[0] if verdict.standing else verdict.nearest
    others = tuple(named[key] for key in verdict.others if key in named)
    return Checked(verdict, tuple(quoted), standing, named.get(where.document) if where else None, others)
