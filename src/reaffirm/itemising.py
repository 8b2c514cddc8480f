"""The rows of a ledger as linking sees them: items, the places where they stand, the sentences round them; and what is derived of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from reaffirm.chronology import NONE, chosen, chronology, meetings_of
from reaffirm.days import FIRST_DAY, LAST_DAY, bounds
from reaffirm.linking import answers as asking
from reaffirm.sequels import SPAN, Item, Place
from reaffirm.store import items as store_items
from reaffirm.store import loading, meetings, queries
from reaffirm.values import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.chronology import Convened
    from reaffirm.model import Authority, Card, Document, Relation, Span
    from reaffirm.readings import Call, Commitment, Demand, Duty, Filing, Meeting, Telling
    from reaffirm.sequels import Judged, StepVoice
    from reaffirm.store.protocol import Store
    from reaffirm.store.records import Correction, Entry, Said
    from reaffirm.store.records import Item as Deed

END = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bNo)[.!?][”’\")\]]*\s+(?=[“‘\"(\[]?[A-Z0-9])")
LEVELS = {"summit": 3, "ministerial meeting": 2, "talks": 1}
WRITER = "writer"
OWN = "telling.own"  # the rule of the row for the meeting that a document is about
OUTPUTS = frozenset({"output", "transcript"})
HEARD = frozenset({"hearsay", "media report"})


@dataclass(slots=True)
class Book:
    """What is gathered of one document: its place, its sentences, the things and issues under which its rows are filed."""

    place: Place
    sentences: tuple[Span, ...]
    states: dict[str, str] = field(default_factory=dict)  # behind the persons whom it names
    issues: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    things: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def behind(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names, a person's replaced by that of the state behind it."""
        return tuple(dict.fromkeys(self.states.get(name, name) for name in names))

    def around(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The two sentences before the one in which some words begin, and that."""
        at = bisect_right(self.sentences, spans[0].start, key=lambda sentence: sentence.start) - 1 if spans else -1
        return self.sentences[max(0, at - 2) : at + 1] if at >= 0 else ()


def items(store: Store) -> list[Item]:
    """All that may be a step of a thread: statements, commitments, demands and meetings, by document and place."""
    found = [item for key in queries.listed(store) for item in of_document(store, key)[1]]
    return sorted(found, key=lambda item: (item.place.doc, item.wording[0].start if item.wording else 0, item.id))


def of_document(store: Store, key: str) -> tuple[Place | None, list[Item]]:
    """A document as linking sees it, and its items, by place; None and none where it is not listed."""
    with store.reading():
        doc = queries.public_name(store, key)
        if doc is None:
            return None, []
        book, told = _book(store, key, doc)
        found = [*_statements(book, loading.said(store, queries.statement_keys(store, key)))]
        found += [_commitment(book, row) for row in store_items.commitments(store, document=key)]
        found += [_demand(book, row) for row in store_items.demands(store, document=key)]
        found += [item for row in told for item in _meetings(book, row)]
    return book.place, sorted(found, key=lambda item: (item.wording[0].start if item.wording else 0, item.id))


def place(store: Store, key: str) -> Place:
    """A document of the ledger as linking sees it."""
    return _book(store, key, queries.public_name(store, key) or key)[0].place


def places(store: Store) -> list[Place]:
    """The documents as linking sees them, by name."""
    return sorted((place(store, key) for key in queries.listed(store)), key=lambda found: found.doc)


def sentences(document: Document) -> tuple[Span, ...]:
    """The sentences of a document outside furniture, in order: what is searched before it is said that nothing was found."""
    return tuple(_cut(document))


def books(store: Store) -> tuple[dict[str, Book], list[Convened], list[Entry]]:
    """By document, what is gathered of it; all meetings; all entries: for who needs them together."""
    entries = list(queries.everything(store))
    return _books(store, entries), chronology(store), entries


def books_beside(store: Store, key: str) -> tuple[dict[str, Book], list[Convened], list[Entry]]:
    """As `books`, only of the meetings that a document (its id) tells, and of it and the documents that tell one of these."""
    told = chosen(store, (row.meeting for row in meetings.told(store, document=key)))
    held = [convened for convened in told.values() if convened.meeting.kind != NONE]
    near = {key, *(telling.document for convened in held for telling in convened.meeting.tellings)}
    entries = sorted((queries.entry(store, each) for each in near), key=lambda entry: (entry.doc, entry.document.id))
    return _books(store, entries), held, entries


def _books(store: Store, entries: Iterable[Entry]) -> dict[str, Book]:
    return {entry.document.id: _book(store, entry.document.id, entry.doc)[0] for entry in entries}


def answers_of(store: Store, judged: Iterable[Judged] = ()) -> tuple[tuple[str, str, str], ...]:
    """Demands with the later commitments that do what was asked, and why: (demand, commitment, why)."""
    return asking.answers(items(store), judged)


def _book(store: Store, key: str, doc: str) -> tuple[Book, list[Meeting]]:
    """What is gathered of a document, and the meetings that it tells."""
    document, told = loading.document(store, key), meetings_of(store, key)
    book = Book(_place(doc, key, document.card, _own(told, key)), sentences(document))
    book.states = {actor.name: actor.state for actor in loading.actors(store, key) if actor.kind == "person" and actor.state}
    for filing in loading.filings(store, key):
        (book.issues if filing.kind == "issue" else book.things)[filing.row].append(filing.issue)
    return book, told


def _own(told: Iterable[Meeting], key: str) -> tuple[Meeting, Telling] | None:
    """The meeting that a document is about: held, hanging on no other, the one it tells first."""
    own = [(row, telling) for row in told for telling in row.tellings if telling.document == key and _is_own(row, telling)]
    return min(own, key=lambda found: _first(found[1]), default=None)


def _is_own(meeting: Meeting, telling: Telling) -> bool:
    apart = meeting.kind == NONE or telling.kind == "press conference"
    return telling.status == "held" and not telling.order and not apart and telling.rule.startswith(OWN)


def _first(telling: Telling) -> tuple[int, str]:
    return telling.evidence[0].start, telling.id


def _place(doc: str, document: str, card: Card, own: tuple[Meeting, Telling] | None) -> Place:
    first, last = _days(card, own[0] if own else None)
    meeting = own[0] if own else None
    return Place(
        document, doc, cast("Relation | None", card.relation.value), cast("Authority | None", card.authority.value), first, last,
        forum=meeting.forum if meeting else None, circle=meeting.states if meeting else (), meeting=meeting.id if meeting else None,
        level=LEVELS.get(meeting.kind) if meeting else None, publisher=card.publisher.value,
    )  # fmt: skip


def _days(card: Card, meeting: Meeting | None) -> tuple[str | None, str | None]:
    """The first and last day on which a document may have appeared, else those of its event; None where a side is open."""
    event = next((days for f in card.event_dates if (days := bounds(f.value))), None)
    if card.relation.value in OUTPUTS and event:
        return event  # what a meeting puts out is of its day
    known = bounds(card.published.value) or (None if card.earliest.value else event)
    if known is None:
        early, late = bounds(card.earliest.value), bounds(card.latest.value)
        known = (early[0] if early else FIRST_DAY, late[1] if late else LAST_DAY)
    if known == (FIRST_DAY, LAST_DAY) and meeting:
        known = (bounds(meeting.date) or known)[0], LAST_DAY
    return (None if known[0] == FIRST_DAY else known[0]), (None if known[1] == LAST_DAY else known[1])


def _cut(document: Document) -> Iterator[Span]:
    """The sentences of a document's body."""
    for block in document.blocks:
        if block.kind == "furniture":
            continue
        for start, end in block.parts:
            edges = [start, *(found.end() for found in END.finditer(document.text, start, end)), end]
            for low, high in pairwise(edges):
                text = document.text[low:high]
                if text.strip():
                    lead = len(text) - len(text.lstrip())
                    yield document.span(low + lead, low + len(text.rstrip()))


# Rows


def _statements(book: Book, rows: Iterable[Said]) -> Iterator[Item]:
    for said in rows:
        row, voice = said.statement, said.voice
        if said.verdict == "rejected":
            continue
        words = _right(row.content, said.corrections)
        yield Item(
            row.id, "statement", book.place, words, voice.parties if voice else (), (), *_filed(book, row.id),
            lemma=row.cue.exact if row.cue else "", strength=row.strength, voice=_heard(row.directness == "authorial", row.factuality),
            statement=row.id, factuality=row.factuality, nested_in=row.nested_in, directness=row.directness,
            around=book.around(words),
        )  # fmt: skip


def _right(read: tuple[Span, ...], corrections: Iterable[Correction]) -> tuple[Span, ...]:
    """The words of a row: those that a person said are the right ones, else those that were read."""
    told = next((c.value for c in corrections if c.field == SPAN and c.value), None)
    if told is None:
        return read
    extent, _, text = told.partition(" ")
    ((start, end),) = stretches(extent)
    return (replace(read[0], start=start, end=end, exact=text),)


def _heard(writer: bool, factuality: str) -> StepVoice:  # noqa: FBT001 - the two things that decide
    return "writer" if writer else "account" if factuality == "hearsay" else "parties"


def _filed(book: Book, row: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(set(book.issues[row]))), tuple(sorted(set(book.things[row])))


def _commitment(book: Book, found: Deed[Commitment, Duty]) -> Item:
    row, duty = found.row, found.derived
    withheld = row.polarity == "withheld"
    words = _right((row.action,), found.corrections)
    return Item(
        row.id, "commitment", book.place, words, duty.parties if duty else (), duty.undertaker if duty else (),
        *_issues(found.filings), lemma=row.illocution, band=None if withheld else row.force.band,
        strength=None if withheld else row.force.strength, polarity=row.polarity, due=duty.due if duty else None,
        voice="account" if row.mode in HEARD else "parties", statement=row.statement, around=book.around(words),
        position=row.position,
    )  # fmt: skip


def _issues(filings: Iterable[Filing]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = sorted({(f.kind, f.issue) for f in filings})
    return tuple(i for kind, i in found if kind == "issue"), tuple(i for kind, i in found if kind == "thing")


def _demand(book: Book, found: Deed[Demand, Call]) -> Item:
    row, call = found.row, found.derived
    holder = call.holder if call else ()
    parties = () if holder == (WRITER,) else book.behind(holder)
    words = _right((row.action,), found.corrections)
    return Item(
        row.id, "demand", book.place, words, parties, book.behind(call.target) if call else (),
        *_issues(found.filings), lemma=row.modality.exact if row.modality else "", strength=row.strength,
        voice="writer" if holder == (WRITER,) else "parties", statement=row.statement or row.commitment, asks=row.kind,
        around=book.around(words),
    )  # fmt: skip


def _meetings(book: Book, meeting: Meeting) -> Iterator[Item]:
    """A meeting that a document is about, looks forward to or tells to be off, as it is told there; press conferences are none."""
    if meeting.kind in {NONE, "press conference"}:
        return
    for row in (telling for telling in meeting.tellings if telling.document == book.place.document):
        own = row.status == "held" and book.place.meeting == meeting.id and row.order is None
        planned = row.status == "planned"
        yield Item(
            row.id, "meeting", book.place, row.evidence if planned else row.evidence[:1], row.states, (), (), (), lemma=row.kind,
            due=row.date if planned else None, status=row.status, around=book.around(row.evidence[:1]), meeting=meeting.id, forum=row.forum,
            date=meeting.date, own=own,
        )  # fmt: skip
