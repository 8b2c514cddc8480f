"""Rows as they are put to a person who is to decide: what is read now, in which words, what makes it doubtful, what was decided so far.

What a field holds is read here for every question about it: what is judged, what a form shows, and whether the reading has changed since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm import chronology
from reaffirm.model import Span, by_person
from reaffirm.sequels import ADDED, ASIDE
from reaffirm.store import items, loading, log, meetings
from reaffirm.store import proposals as listing
from reaffirm.store.records import Line, Reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reaffirm.chronology import Convened
    from reaffirm.model import Judgement
    from reaffirm.store.proposals import Choice, Kind, Order
    from reaffirm.store.protocol import Store

LISTED = "SELECT l.row, l.version FROM json_each(?) k CROSS JOIN listed l ON l.row = k.value"
TEXTS: dict[str, Kind] = {"S": "statement", "C": "commitment", "N": "demand"}  # rows of one text, by the letter of their ids
LETTERS: dict[str, Kind] = {**TEXTS, "M": "meeting"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row as it is read now, with its document's public name: in `line` the statement, commitment or demand that it is.

    A meeting (`convened`) is a row of all documents that tell it; `document` is that of its first telling.
    """

    row: str
    kind: Kind
    document: str
    doc: str
    line: Line
    convened: Convened | None = None

    @property
    def words(self) -> tuple[Span, ...]:
        """The words of which it is a reading; of a meeting those of its first telling."""
        if self.convened:
            return self.convened.meeting.tellings[0].evidence
        if self.line.said:
            return self.line.said.statement.content
        deed = self.line.promised or self.line.asked
        return (deed.row.action,) if deed else ()

    @property
    def quote(self) -> str:
        """Its words in one line."""
        return self.line.said.quote if self.line.said else " ".join(self.words[0].exact.split()) if self.convened else self.words[0].exact

    @property
    def rule(self) -> str:
        """The rule that read it; `person` for a row that a person added."""
        deed = self.line.promised or self.line.asked
        if self.convened:
            return self.convened.meeting.tellings[0].rule
        return self.line.said.statement.rule if self.line.said else deed.row.rule if deed else ""

    @property
    def values(self) -> Mapping[str, object]:
        """What is read in the fields that can be corrected, by field; None where nothing is known."""
        if self.convened:
            return _told(self.convened)
        return {"span": [[span.start, span.end] for span in self.words], **_values(self.line)}


def _told(found: Convened) -> dict[str, object]:
    """What the tellings of a meeting say together, without what people corrected of it."""
    row = found.meeting
    read = next((json.loads(c.judged) for c in found.corrections if c.field == chronology.DATE), row.date)
    plain = {"label": row.label, "kind": row.kind, "status": row.status, "date": read, "place": row.place}
    return {**plain, "participants": list(row.participants), "states": list(row.states)}


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
    """By id, these statements, commitments, demands and meetings as they are listed now; what is not listed is left out.

    A meeting stands under each of the ids of its tellings that was asked for.
    """
    kinds = {kind: [row for row in rows if row[:1] == letter] for letter, kind in LETTERS.items()}
    with store.reading():
        keys = [(r["row"], r["version"]) for r in store.read(LISTED, (json.dumps(kinds["statement"]),))]
        said = loading.said(store, keys) if keys else []
        lines = [(s.statement.id, s.statement.document, s.doc, Line(said=s)) for s in said]
        promised = items.commitments(store, rows=kinds["commitment"], rejected=True) if kinds["commitment"] else []
        lines += [(c.row.id, c.row.document, c.doc, Line(promised=c)) for c in promised]
        asked = items.demands(store, rows=kinds["demand"], rejected=True) if kinds["demand"] else []
        lines += [(d.row.id, d.row.document, d.doc, Line(asked=d)) for d in asked]
        told = _meetings(store, kinds["meeting"]) if kinds["meeting"] else {}
    return {**{row: Proposal(row, LETTERS[row[0]], document, doc, line) for row, document, doc, line in lines}, **told}


def _meetings(store: Store, tellings: Sequence[str]) -> dict[str, Proposal]:
    """By telling, the meetings that these tellings tell."""
    homes = meetings.homes(store, tellings)
    found = chronology.chosen(store, homes.values())
    return {telling: of_meeting(found[key]) for telling, key in homes.items() if key in found}


def of_meeting(found: Convened) -> Proposal:
    """A meeting as it is put to a person."""
    first = found.meeting.tellings[0]
    return Proposal(found.meeting.id, "meeting", first.document, found.docs[0], Line(), found)


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
class Passage:
    """What one document tells of a meeting (`row`: the telling): its words, and the text round the first, from `start` on."""

    row: str
    document: str
    doc: str
    status: str
    date: str | None
    words: tuple[Span, ...]
    start: int
    text: str

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The text in pieces, each with whether it is of the telling's words."""
        return _pieces(self.text, self.start, self.words)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row to be decided with its evidence in context: `before`, `words` and `after` are the text of `start` to its paragraphs' end.

    `added` says who added it, where no rule read it; `own` are the judgements of who asks, and `others` how many other people judged it;
    `changed` are judgements of who asks that were made on another reading; `notes` comments, whoever made them. `tellings` are all
    places that tell of a meeting, each in its own document.
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
    tellings: tuple[Passage, ...] = ()

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The text in pieces, each with whether it is of the row's words."""
        return _pieces(self.text, self.start, self.proposal.words)


def _pieces(text: str, start: int, words: Iterable[Span]) -> tuple[tuple[str, bool], ...]:
    marked = [(span.start - start, span.end - start) for span in words]
    edges = sorted({0, len(text), *(edge for extent in marked for edge in extent)})
    return tuple((text[a:b], any(low <= a and b <= high for low, high in marked)) for a, b in pairwise(edges))


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
