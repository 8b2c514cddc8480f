"""Rows as they are put to a person who is to decide: what is read now, in which words, what makes it doubtful, what was decided so far.

What a field holds is read here for every question about it: what is judged, what a form shows, and whether the reading has changed since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.model import Span, by_person
from reaffirm.sequels import ADDED, ASIDE
from reaffirm.store import items, loading, log
from reaffirm.store import proposals as listing
from reaffirm.store.records import Line, Reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reaffirm.model import Judgement
    from reaffirm.store.proposals import Choice, Kind, Order
    from reaffirm.store.protocol import Store

LISTED = "SELECT l.row, l.version FROM json_each(?) k CROSS JOIN listed l ON l.row = k.value"
LETTERS: dict[str, Kind] = {"S": "statement", "C": "commitment", "N": "demand"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row as it is read now, with its document's public name: in `line` the statement, commitment or demand that it is."""

    row: str
    kind: Kind
    document: str
    doc: str
    line: Line

    @property
    def words(self) -> tuple[Span, ...]:
        """The words of which it is a reading."""
        if self.line.said:
            return self.line.said.statement.content
        deed = self.line.promised or self.line.asked
        return (deed.row.action,) if deed else ()

    @property
    def quote(self) -> str:
        """Its words in one line."""
        return self.line.said.quote if self.line.said else self.words[0].exact

    @property
    def rule(self) -> str:
        """The rule that read it; `person` for a row that a person added."""
        deed = self.line.promised or self.line.asked
        return self.line.said.statement.rule if self.line.said else deed.row.rule if deed else ""

    @property
    def values(self) -> Mapping[str, object]:
        """What is read in the fields that can be corrected, by field; None where nothing is known."""
        return {"span": [[span.start, span.end] for span in self.words], **_values(self.line)}


def _values(line: Line) -> dict[str, object]:
    if line.said:
        voice, own = line.said.voice, line.said.statement
        spoken = (list(voice.speakers), list(voice.parties), voice.certainty) if voice else (None, None, None)
        told = {name: getattr(own, name) for name in ("directness", "factuality", "act", "strength")}
        return {**told, "speakers": spoken[0], "parties": spoken[1], "certainty": spoken[2]}
    if line.promised:
        bond, duty = line.promised.row, line.promised.derived
        owed = (list(duty.parties), list(duty.undertaker), duty.due) if duty else (None, None, None)
        force = {"strength": bond.force.strength, "band": bond.force.band, "polarity": bond.polarity, "evidence_mode": bond.mode}
        return {**force, "parties": owed[0], "undertaker": owed[1], "due": owed[2]}
    if line.asked:
        row, call = line.asked.row, line.asked.derived
        names = (list(call.holder), list(call.target)) if call else (None, None)
        return {"class": row.kind, "strength": row.strength, "polarity": row.polarity, "holder": names[0], "target": names[1]}
    return {}


def read(store: Store, rows: Sequence[str]) -> dict[str, Proposal]:
    """By id, these statements, commitments and demands as they are listed now; what is not listed is left out."""
    kinds = {kind: [row for row in rows if row[:1] == letter] for letter, kind in LETTERS.items()}
    with store.reading():
        keys = [(r["row"], r["version"]) for r in store.read(LISTED, (json.dumps(kinds["statement"]),))]
        said = loading.said(store, keys) if keys else []
        lines = [(s.statement.id, s.statement.document, s.doc, Line(said=s)) for s in said]
        promised = items.commitments(store, rows=kinds["commitment"], rejected=True) if kinds["commitment"] else []
        lines += [(c.row.id, c.row.document, c.doc, Line(promised=c)) for c in promised]
        asked = items.demands(store, rows=kinds["demand"], rejected=True) if kinds["demand"] else []
        lines += [(d.row.id, d.row.document, d.doc, Line(asked=d)) for d in asked]
    return {row: Proposal(row, LETTERS[row[0]], document, doc, line) for row, document, doc, line in lines}


def changes(store: Store, judgements: Iterable[Judgement]) -> list[Reread]:
    """Those of some judgements whose row is listed, but no longer says what was judged."""
    own = [j for j in judgements if j.row[:1] in LETTERS and (j.field or "") not in ASIDE]
    found = read(store, sorted({j.row for j in own}))
    told = [(j, _now(found[j.row], j)) for j in own if j.row in found]
    return [Reread(j, j.judged, now) for j, now in told if json.loads(now) != json.loads(j.judged)]


def _now(proposal: Proposal, judgement: Judgement) -> str:
    """What is read now of what was judged."""
    values = proposal.values
    judged = json.loads(judgement.judged)
    now = values.get(judgement.field) if judgement.field else {name: values.get(name) for name in judged}
    return json.dumps(now, ensure_ascii=False)


# The queue


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row to be decided with its evidence in context: `before`, `words` and `after` are the text of `start` to its paragraphs' end.

    `added` says who added it, where no rule read it; `own` are the judgements of who asks, and `others` how many other people judged it;
    `changed` are judgements of who asks that were made on another reading; `notes` comments, whoever made them.
    """

    proposal: Proposal
    doubts: tuple[str, ...]
    start: int
    text: str
    own: tuple[Judgement, ...] = ()
    others: int = 0
    changed: tuple[Reread, ...] = ()
    notes: tuple[Judgement, ...] = ()
    added: str = ""

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The text in pieces, each with whether it is of the row's words."""
        marked = [(span.start - self.start, span.end - self.start) for span in self.proposal.words]
        edges = sorted({0, len(self.text), *(edge for extent in marked for edge in extent)})
        return tuple((self.text[a:b], any(low <= a and b <= high for low, high in marked)) for a, b in pairwise(edges))


@dataclass(frozen=True, slots=True)
class Queue:
    """So many of the rows to be decided, and how many there are."""

    rows: tuple[Waiting, ...]
    total: int


def queue(store: Store, choice: Choice, who: str, order: Order = "document", page: tuple[int, int] = (20, 0)) -> Queue:
    """The rows to be decided by a person, in order of place or doubt; each with what is needed to decide."""
    places, total = listing.places(store, choice, who, order, page)
    found, doubts = read(store, [place.id for place in places]), listing.doubts(store, places)
    judged: dict[str, list[Judgement]] = {}
    for judgement in log.standing_on(store, found):
        judged.setdefault(judgement.row, []).append(judgement)
    texts: dict[str, str] = {}
    return Queue(
        tuple(_waiting(store, found[p.id], doubts[p.id], judged.get(p.id, []), who, texts) for p in places if p.id in found), total
    )


def _waiting(
    store: Store, proposal: Proposal, doubts: tuple[str, ...], judged: Sequence[Judgement], who: str, texts: dict[str, str]
) -> Waiting:
    start, end = min(s.start for s in proposal.words), max(s.end for s in proposal.words)
    first, last = listing.around(store, proposal.document, start, end)
    text = texts.get(proposal.document) or texts.setdefault(proposal.document, loading.text(store, proposal.document))
    on_row = [j for j in judged if (j.field or "") not in ASIDE]
    own = tuple(j for j in on_row if j.who == who)
    others = len({j.who for j in on_row if j.who != who})
    added = next((j.who for j in judged if j.field == ADDED), "a person") if by_person(proposal.rule) else ""
    notes = tuple(j for j in judged if j.verdict == "noted")
    return Waiting(proposal, doubts, first, text[first:last], own, others, tuple(changes(store, own)) if own else (), notes, added)
