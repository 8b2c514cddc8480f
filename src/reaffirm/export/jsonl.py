"""The exchange format: a folder of JSON Lines files and the canonical texts (docs/format.md).

Rows that a person rejected are left out, values that a person corrected replace the machine's; nothing in it depends on
clocks, hosts, paths or the order of arrival.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from reaffirm.export.book import Book
from reaffirm.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from typing import Protocol, TypeVar

    from reaffirm.export.book import Row
    from reaffirm.model import Actor, Block, Copy, Document, Field, Mention, PackEntry, Problem, Run, Statement, Verdict, Voice, When
    from reaffirm.readings import Call, Commitment, Demand, Duty, Filing, Meeting
    from reaffirm.sequels import Place, Thread

    class Correction(Protocol):
        """What a person says a field should hold."""

        @property
        def field(self) -> str: ...  # noqa: D102
        @property
        def value(self) -> str | None: ...  # noqa: D102

    class Said(Protocol):
        """A statement with its voice and what people decided about it."""

        @property
        def statement(self) -> Statement: ...  # noqa: D102
        @property
        def voice(self) -> Voice | None: ...  # noqa: D102
        @property
        def verdict(self) -> Verdict | None: ...  # noqa: D102
        @property
        def corrections(self) -> tuple[Correction, ...]: ...  # noqa: D102

    class Linked(Protocol):
        """A link between two near-copies, with their public names."""

        @property
        def first(self) -> str: ...  # noqa: D102
        @property
        def second(self) -> str: ...  # noqa: D102
        @property
        def copy(self) -> Copy: ...  # noqa: D102

    class Convened(Protocol):
        """A meeting with its tellings, and what is queried about it."""

        @property
        def meeting(self) -> Meeting: ...  # noqa: D102
        @property
        def problems(self) -> tuple[Problem, ...]: ...  # noqa: D102
        @property
        def verdict(self) -> Verdict | None: ...  # noqa: D102

    Noun_co = TypeVar("Noun_co", Commitment, Demand, covariant=True)
    Of_co = TypeVar("Of_co", Duty, Call, covariant=True)

    class Item(Protocol[Noun_co, Of_co]):
        """A commitment or demand with what is derived of it, its issues, and what people decided."""

        @property
        def doc(self) -> str: ...  # noqa: D102
        @property
        def row(self) -> Noun_co: ...  # noqa: D102
        @property
        def derived(self) -> Of_co | None: ...  # noqa: D102
        @property
        def filings(self) -> tuple[Filing, ...]: ...  # noqa: D102
        @property
        def verdict(self) -> Verdict | None: ...  # noqa: D102
        @property
        def corrections(self) -> tuple[Correction, ...]: ...  # noqa: D102

    class Entry(Protocol):
        """One document with its rows, as the store hands it out."""

        @property
        def doc(self) -> str: ...  # noqa: D102
        @property
        def document(self) -> Document: ...  # noqa: D102
        @property
        def run(self) -> Run: ...  # noqa: D102
        @property
        def statements(self) -> tuple[Said, ...]: ...  # noqa: D102
        @property
        def problems(self) -> tuple[Problem, ...]: ...  # noqa: D102
        @property
        def mentions(self) -> tuple[Mention, ...]: ...  # noqa: D102
        @property
        def actors(self) -> tuple[Actor, ...]: ...  # noqa: D102
        @property
        def times(self) -> tuple[When, ...]: ...  # noqa: D102
        @property
        def filings(self) -> tuple[Filing, ...]: ...  # noqa: D102


KINDS = ("documents", "statements", "commitments", "demands", "meetings", "mentions", "timex", "threads", "problems")
BESIDE = ("copies", "codings", "agreement", "accuracy")  # not in the scored format, whose readers pass them by
LISTS = frozenset({"speakers", "parties", "undertaker", "holder", "target"})
LONGEST = 255  # bytes of a file name that every usual file system takes


def written(book: Book) -> Iterator[tuple[str, bytes]]:
    """The files of what was gathered: the texts, then one file a kind, then what made them and from what."""
    for row in book.rows["documents"]:
        yield f"texts/{_file(row['doc'], row['id'])}.txt", book.texts[row["doc"]].encode("utf-8")
    for kind in (*KINDS, *BESIDE):
        lines = (json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n" for row in book.rows.get(kind, ()))
        yield f"{kind}.jsonl", b"".join(lines)
    told = (json.dumps({"what": what, "value": value}, ensure_ascii=False) + "\n" for what, value in book.provenance())
    yield "provenance.jsonl", "".join(told).encode("utf-8", "surrogatepass")


def gather(
    entries: Iterable[Entry],
    linked: Iterable[Linked] = (),
    convened: Iterable[Convened] = (),
    promised: Iterable[Item[Commitment, Duty]] = (),
    asked: Iterable[Item[Demand, Call]] = (),
    across: tuple[Iterable[Thread], Iterable[tuple[str, str, str]], Iterable[Problem]] = ((), (), ()),
) -> Book:
    """All rows of a ledger as the exchange format has them, with the texts, the actors and the runs that read them.

    `across` are the threads, the answers to demands and the problems that were found between documents.
    """
    told, listed = list(convened), sorted(entries, key=lambda e: e.doc)
    names = {entry.document.id: entry.doc for entry in listed}
    rows: dict[str, list[Row]] = {kind: [] for kind in (*KINDS, *BESIDE)} | {"copies": [copy(link) for link in linked]}
    rows["meetings"] = [meeting(item, names) for item in told]
    rows["commitments"] = [commitment(item) for item in promised]
    threads, answers, between = across
    answered: dict[str, list[str]] = {}
    for asking, promise, _ in answers:
        answered.setdefault(asking, []).append(promise)
    rows["demands"] = [demand(item, answered.get(item.row.id, ())) for item in asked]
    rows["threads"] = [thread(row) for row in threads]
    queried = {problem.id: problem for problem in (*(p for item in told for p in item.problems), *between)}
    rows["problems"] = [problem(names[p.document], p, names) for _, p in sorted(queried.items())]
    events, forums = _events(told), _forums(told)
    for entry in listed:
        key = entry.document.id
        _add(rows, entry, document(entry, events.get(key, ()), forums.get(key, ())))
    rows["actors"] = [actor(row) for row in sorted({a for e in listed for a in e.actors}, key=lambda a: (a.name, a.kind, a.state or ""))]
    runs = {entry.run.id: entry.run for entry in listed}
    texts = {entry.doc: entry.document.text for entry in listed}
    return Book({kind: tuple(found) for kind, found in rows.items()}, texts, tuple(run for _, run in sorted(runs.items())))


def _add(rows: dict[str, list[Row]], entry: Entry, card: Row) -> None:
    """Nothing; puts a document's card, and the rows that stand in it alone, under their kinds."""
    rejected = {said.statement.id for said in entry.statements if said.verdict == "rejected"}
    rows["documents"].append(card)
    filed = _filed(entry.filings)
    rows["statements"] += [
        statement(entry.doc, said, rejected, filed.get(said.statement.id, ()))
        for said in entry.statements
        if said.statement.id not in rejected
    ]
    rows["mentions"] += [mention(entry.doc, m) for m in entry.mentions]
    rows["timex"] += [timex(entry.doc, when) for when in entry.times]
    rows["problems"] += [problem(entry.doc, p) for p in entry.problems]


def actor(row: Actor) -> Row:
    """The row of an actor: not in the scored format, nor written in it."""
    return {"name": row.name, "kind": row.kind, "state": row.state, "actor": row.name}


def copy(link: Linked) -> Row:
    """The row of a link between two near-copies: not in the scored format, whose readers pass it by."""
    row = link.copy
    return {
        "id": row.id, "kind": row.kind, "a": link.first, "b": link.second, "shared": row.shared, "rule": row.rule,
        "differences": [{"a": span(d.a), "b": span(d.b)} for d in row.differences],
    }  # fmt: skip


def _file(doc: str, key: str) -> str:
    """The name of a document's text; its id where the document's own name is no path that every file system takes."""
    steps = PurePosixPath(doc).parts
    sound = steps and steps[0] != "/" and ".." not in steps and all(len(step.encode()) + len(".txt") <= LONGEST for step in steps)
    return doc if sound else key


def span(value: Span | None) -> Row | None:
    """A span as the format has it; null for none."""
    return None if value is None else {"text": value.exact, "start": value.start, "end": value.end}


def _events(convened: Iterable[Convened]) -> dict[str, list[str]]:
    """By document, the meetings that it tells as its own: those on which no other of the document's rows hangs."""
    found: dict[str, list[str]] = {}
    for item in convened:
        for telling in item.meeting.tellings:
            if telling.status == "held" and (telling.order is None or telling.order[1] == "after"):
                found.setdefault(telling.document, []).append(item.meeting.id)
    return {key: sorted(set(ids)) for key, ids in found.items()}


def _forums(convened: Iterable[Convened]) -> dict[str, list[str]]:
    """By document, the forums whose meetings it tells, by their labels; meetings that it names beside another are none of them."""
    found: dict[str, set[str]] = {}
    for item in convened:
        for telling in item.meeting.tellings:
            if telling.order is None:
                found.setdefault(telling.document, set()).add(item.meeting.label)
    return {key: sorted(labels) for key, labels in found.items()}


def meeting(item: Convened, names: Mapping[str, str]) -> Row:
    """The row of a meeting, with the words of every document that tells it."""
    row = item.meeting
    evidence = [{"doc": names[s.document], **(span(s) or {})} for telling in row.tellings for s in telling.evidence]
    return {
        "id": row.id, "kind": row.kind, "forum": row.label, "edition": str(row.edition) if row.edition else None, "date": row.date,
        "place": row.place, "format": row.format, "participants": list(row.participants), "participants_external": list(row.external),
        "status": row.status, "evidence": sorted(evidence, key=lambda e: (str(e["doc"]), str(e["start"]).zfill(12), str(e["end"]))),
        "tellings": [telling.id for telling in row.tellings], "forum_id": row.forum, "states": list(row.states), "verdict": item.verdict,
        "merged": {},
    }  # fmt: skip


def document(entry: Entry, events: Iterable[str] = (), forums: Iterable[str] = ()) -> Row:
    """The row of a document's card."""
    doc = entry.document
    card = doc.card
    return {
        "id": doc.id, "doc": entry.doc, "sha256": doc.sha256, "kind": card.genre.value, "title": _evidence(card.title),
        "publisher": card.publisher.value, "author": card.author.value, "language": card.language.value,
        "translation": {"true": True, "false": False}.get(card.translation.value or ""), "published": card.published.value,
        "published_earliest": card.earliest.value or _edge(card.published.value or next((f.value for f in card.event_dates), None), 0),
        "published_latest": card.latest.value or _edge(card.published.value, -1),
        "published_basis": card.earliest.basis if card.earliest.value else card.published.basis,
        "event_dates": [f.value for f in card.event_dates], "events": list(events),
        "furniture": [_cut(doc, b) for b in doc.blocks if b.kind == "furniture"],
        "headings": [_cut(doc, b) for b in doc.blocks if b.kind == "heading"], "text_sha256": doc.text_sha256,
        "relation": card.relation.value, "authority": card.authority.value, "url": card.url.value,
        "forums": list(forums), "extractor": doc.extractor, "run": entry.run.id,
    }  # fmt: skip


def _edge(edtf: str | None, side: int) -> str | None:
    """The first (0) or last (-1) date of an EDTF date or interval; null where that side is open."""
    date = (edtf or "").split("/")[side]
    return date if date not in {"", ".."} else None


def _evidence(field: Field) -> Row | None:
    """The span that proves a field; a value known only from metadata is a text without offsets."""
    found = next((e for e in field.evidence if isinstance(e, Span)), None)
    if found is None and field.value is not None:
        return {"text": field.value, "start": None, "end": None}
    return span(found)


def _cut(doc: Document, block: Block) -> Row:
    return {"text": doc.text[block.start : block.end], "start": block.start, "end": block.end}


def statement(doc: str, said: Said, left_out: Collection[str] = (), issues: Iterable[str] = ()) -> Row:
    """The row of a statement, with what people corrected in place of what the machine read; no parent that is left out."""
    row, voice = said.statement, said.voice
    nested = None if row.nested_in in left_out else row.nested_in
    out: dict[str, object] = {
        "id": row.id, "doc": doc, "source": span(row.source), "cue": span(row.cue), "content": [span(c) for c in row.content],
        "speakers": list(voice.speakers) if voice else [], "speakers_external": list(voice.external) if voice else [],
        "parties": list(voice.parties) if voice else [], "offices": {o.name: o.office for o in voice.offices} if voice else {},
        "certainty": voice.certainty if voice else None, "directness": row.directness, "quoted_from": row.quoted_from, "act": row.act,
        "strength": row.strength, "factuality": row.factuality, "nested_in": nested, "issues": list(issues), "meeting": None,
        "addressee": span(row.addressee), "rule": row.rule, "entry": _entry(row.entry), "rejected": list(row.rejected),
        "verdict": said.verdict, "merged": {},
    }  # fmt: skip
    return out | _corrected(said) if said.corrections else out


def _entry(entry: PackEntry | None) -> str | None:
    return f"{entry.pack}/{entry.entry}" if entry else None


def _corrected(said: Said) -> dict[str, object]:
    """The fields that people corrected; other speakers than the machine's have none of its offices, and no external members."""
    found = _right(said.corrections, lambda words: {"content": [words]})
    named = found.get("speakers")
    if isinstance(named, list):
        found["offices"] = {o.name: o.office for o in (said.voice.offices if said.voice else ()) if o.name in named}
        found["speakers_external"] = []
    return found


def _right(corrections: Iterable[Correction], placed: Callable[[dict[str, object]], dict[str, object]]) -> dict[str, object]:
    """The corrected fields of a row; `placed` says where its words stand, where a person said which they are."""
    found: dict[str, object] = {c.field: _value(c) for c in corrections if c.field != "span"}
    words = next((c.value for c in corrections if c.field == "span" and c.value), None)
    if words is None:
        return found
    extent, _, text = words.partition(" ")
    start, _, end = extent.partition("-")
    return found | placed({"text": text, "start": int(start), "end": int(end)})


def _value(correction: Correction) -> object:
    """What a correction puts in a row: names for a field of names, a number for the strength, null for an empty value."""
    value = correction.value or None
    if correction.field in LISTS:
        return [part.strip() for part in (value or "").split(";") if part.strip()]
    return int(value) if correction.field == "strength" and value else value


def commitment(item: Item[Commitment, Duty]) -> Row:
    """The row of a commitment, with what people corrected in place of what the machine read."""
    row, duty = item.row, item.derived
    out: dict[str, object] = {
        "id": row.id, "doc": item.doc, "statement": row.statement, "parties": list(duty.parties) if duty else [],
        "undertaker": list(duty.undertaker) if duty else [], "action": span(row.action), "illocution": row.illocution,
        "polarity": row.polarity, "condition": span(row.condition), "due": duty.due if duty else None, "due_span": span(row.due),
        "anchor": duty.anchor if duty else None, "strength": row.force.strength, "band": row.force.band, "evidence_mode": row.mode,
        "g7_test": row.passes if row.test else None, "issues": _issues(item), "position": row.position,
        "test": dict(row.test), "force": [row.force.verb, row.force.object, row.force.time], "rule": row.rule,
        "due_rule": duty.due_rule if duty else "", "persons": list(duty.persons) if duty else [], "cue": span(row.cue),
        "entry": _entry(row.entry), "rejected": list(row.rejected), "verdict": item.verdict, "merged": {},
    }  # fmt: skip
    if row.polarity == "withheld":
        out |= {"strength": None, "band": None}
    return out | _right(item.corrections, lambda words: {"action": words})


def demand(item: Item[Demand, Call], answers: Iterable[str] = ()) -> Row:
    """The row of a demand or one of its siblings, with what people corrected in place of what the machine read."""
    row, call = item.row, item.derived
    out: dict[str, object] = {
        "id": row.id, "doc": item.doc, "statement": row.statement, "commitment": row.commitment,
        "answered_by": sorted(answers), "class": row.kind,
        "holder": list(call.holder) if call else [], "target": list(call.target) if call else [],
        "target_explicit": call.explicit if call else None, "action": span(row.action), "modality_span": span(row.modality),
        "strength": row.strength, "polarity": row.polarity, "issues": _issues(item), "object": span(row.object), "rule": row.rule,
        "entry": _entry(row.entry), "rejected": list(row.rejected), "verdict": item.verdict, "merged": {},
    }  # fmt: skip
    return out | _right(item.corrections, lambda words: {"action": words})


def thread(row: Thread) -> Row:
    """The row of a thread: its steps in order, and the texts in which it does not appear."""
    steps = [
        {
            "doc": step.place.doc, "date": _days(step.place), "status": step.status,
            "members": sorted({item.meeting or item.id for item in step.members}),
            "wording": [span(w) for item in step.members for w in item.wording], "voice": step.voice, "rule": step.rule,
            "was": list(step.was), "now": list(step.now),
        }
        for step in row.steps
    ]  # fmt: skip
    silent = [
        {"doc": s.place.doc, "searched": s.searched, "nearest": span(s.nearest), "score": s.score, "confirmed": s.confirmed}
        for s in row.silent
    ]
    return {"id": row.id, "label": row.label, "issues": list(row.issues), "topic": row.topic, "steps": steps, "silent": silent}


def _days(place: Place) -> str | None:
    """When a document stands in its chain, as EDTF: a day, an interval, or null."""
    if place.first == place.last:
        return place.first
    return f"{place.first or '..'}/{place.last or '..'}"


def _filed(filings: Iterable[Filing]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for filing in filings:
        found.setdefault(filing.row, []).append(filing.issue)
    return {row: sorted(set(issues)) for row, issues in found.items()}


def _issues(item: Item[Commitment, Duty] | Item[Demand, Call]) -> list[str]:
    return sorted({filing.issue for filing in item.filings})


def mention(doc: str, row: Mention) -> Row:
    """The row of a mention."""
    office = f"{row.title} ({row.state})" if row.kind == "person" and row.title and row.state else None
    return {"doc": doc, "surface": span(row.surface), "names": [row.name], "kind": row.kind, "office": office}


def timex(doc: str, row: When) -> Row:
    """The row of a time expression."""
    return {
        "doc": doc, "surface": span(row.surface), "phrase": span(row.phrase), "type": row.type, "value": row.value, "mod": row.mod,
        "interval": row.interval, "anchor": row.anchor, "granularity": row.granularity, "fuzzy": row.fuzzy,
    }  # fmt: skip


def problem(doc: str, row: Problem, names: Mapping[str, str] | None = None) -> Row:
    """The row of a problem; `names` are those of other documents in which some of its evidence stands."""
    evidence = [{"doc": (names or {}).get(s.document, doc), **(span(s) or {})} for s in row.evidence]
    return {
        "id": row.id, "kind": row.kind, "severity": row.severity, "message": row.message, "resolution": row.resolution,
        "evidence": evidence, "doc": doc,
    }  # fmt: skip
