"""The statements that write: each function adds or replaces one part, inside the transaction of its caller."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from reaffirm.days import bounds
from reaffirm.store import codec, deeds, lines, roll, shelves
from reaffirm.store.proof import require, statement_spans
from reaffirm.store.sealing import (
    document_seal,
    place_of,
    problem_version,
    seal,
    statement_version,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.model import (
        Acquisition,
        Actor,
        Card,
        Copy,
        Document,
        Judgement,
        Mention,
        Problem,
        Run,
        Sketch,
        Span,
        Statement,
        Voice,
        When,
    )
    from reaffirm.readings import Observation

Columns = tuple[object, ...]
NAME = "iif(part > 0, :name || '/' || printf('%03d', part), :name)"
SPAN = "INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"


def add_raw(connection: sqlite3.Connection, sha256: str, data: bytes) -> bool:
    """Whether these bytes are new."""
    sql = "INSERT INTO raw (sha256, size, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    return connection.execute(sql, (sha256, len(data), data)).rowcount == 1


def add_run(connection: sqlite3.Connection, run: Run) -> None:
    """Nothing; a run that is known already must have the same ingredients."""
    values = run.id, run.version, run.code, run.packs, run.model
    sql = "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    connection.execute(sql, (*values, seal(*values)))
    (known,) = connection.execute("SELECT seal FROM run WHERE id = ?", (run.id,)).fetchone()
    require(known == seal(*values), f"run {run.id} was recorded with other ingredients")


def retire(connection: sqlite3.Connection, sha256: str) -> None:
    """Nothing; no reading of these bytes is current any more, and none is a copy of anything."""
    sql = "UPDATE document SET current = 0 WHERE sha256 = ? AND current = 1 RETURNING id"
    retired = [row["id"] for row in connection.execute(sql, (sha256,)).fetchall()]
    for document in retired:
        put_sketch(connection, document, None)
        put_meetings(connection, document, ())
        deeds.clear(connection, document)
    put_seals(connection, retired)


def add_document(connection: sqlite3.Connection, document: Document, run: Run, name: str) -> None:
    """Nothing; makes this reading of these bytes the current one, and this run its current run."""
    connection.execute(
        "INSERT INTO document (id, sha256, part, text_sha256, text, current, run, name, extractor, card, metadata, seal)"
        " VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, '', '', '')"
        " ON CONFLICT (id) DO UPDATE SET current = 1, part = excluded.part, run = excluded.run, extractor = excluded.extractor",
        (
            document.id,
            document.sha256,
            document.part,
            document.text_sha256,
            document.text,
            run.id,
            codec.storable(name),
            document.extractor,
        ),
    )
    sql = "UPDATE document SET metadata = ? WHERE id = ?"
    connection.execute(sql, (codec.metadata_column(document.metadata), document.id))
    put_card(connection, document.id, document.card)


def put_card(connection: sqlite3.Connection, document: str, card: Card) -> None:
    """Nothing; replaces a document's card, its flat columns and its dates."""
    flat = (card.genre.value, card.title.value, card.publisher.value, card.published.value, card.language.value)
    connection.execute(
        "UPDATE document SET card = ?, genre = ?, title = ?, publisher = ?, published = ?, language = ? WHERE id = ?",
        (codec.card_column(card), *flat, document),
    )
    connection.execute("DELETE FROM dated WHERE document = ?", (document,))
    sql = "INSERT INTO dated VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    connection.executemany(sql, dates_of(document, card))


def dates_of(document: str, card: Card) -> Iterator[Columns]:
    """The records of table `dated` that a card yields."""
    for kind, field in (("published", card.published), *(("event", event) for event in card.event_dates)):
        extent = bounds(field.value)
        if extent:
            yield (document, kind, field.value, *extent)


def add_reading(connection: sqlite3.Connection, observation: Observation, run: Run) -> None:
    """Nothing; notes which rows this run saw in this document, and the rows themselves, once."""
    document = observation.document
    record = run.id, document.id, document.extractor, codec.card_column(document.card)
    rows = deeds.add(connection, observation)
    seen = sorted({*add_statements(connection, observation.statements), *_add_problems(connection, observation.problems), *rows})
    sealed = seal(*record, [list(row) for row in seen])
    earlier = connection.execute("SELECT seal FROM reading WHERE run = ? AND document = ?", record[:2]).fetchone()
    if earlier:
        require(earlier["seal"] == sealed, f"run {run.id} read {document.id} otherwise before: equal runs must read alike")
        return
    connection.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?)", (*record, sealed))
    observed = ((document.id, run.id, row, version) for row, version in seen)
    connection.executemany("INSERT INTO observation VALUES (?, ?, ?, ?)", observed)


def add_statements(connection: sqlite3.Connection, statements: Sequence[Statement]) -> list[tuple[str, str]]:
    """The ids and versions of these statements, which are now in the ledger, once."""
    seen = [(statement.id, statement_version(statement)) for statement in statements]
    fresh = [
        statement for statement in statements
        if not connection.execute("SELECT 1 FROM statement WHERE id = ?", (statement.id,)).fetchone()
    ]  # fmt: skip
    texts = ((content_text(statement.content), statement.id) for statement in fresh)
    connection.executemany("INSERT INTO statement_text (content, statement) VALUES (?, ?)", texts)
    rows = (statement_columns(s, version) for s, (_, version) in zip(statements, seen, strict=True))
    sql = "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    connection.executemany(sql, rows)
    proofs = (span_columns(*key, statement_spans(s)) for s, key in zip(statements, seen, strict=True))
    connection.executemany(SPAN, chain.from_iterable(proofs))
    return seen


def with_roles(statement: Statement) -> Statement:
    """The statement with the role of each span set by its place, as the ledger keeps it."""
    return replace(
        statement,
        source=statement.source and replace(statement.source, role="source"),
        cue=statement.cue and replace(statement.cue, role="cue"),
        addressee=statement.addressee and replace(statement.addressee, role="addressee"),
        content=tuple(replace(span, role="content") for span in statement.content),
    )


def statement_columns(statement: Statement, version: str) -> Columns:
    """A statement as the columns of its table."""
    read = statement.directness, statement.factuality, statement.act, statement.strength
    ties = statement.nested_in, statement.quoted_from, statement.rule
    entry = (statement.entry.pack, statement.entry.entry) if statement.entry else (None, None)
    where = place_of(statement.content)
    return (statement.id, version, statement.document, *where, *read, *ties, *entry, codec.dump(statement.rejected))


def content_text(content: Iterable[Span]) -> str:
    """The words of a statement's content as they are searched; pieces are kept apart by an ellipsis."""
    return " … ".join(span.exact for span in content)


def span_columns(row: str, version: str, spans: Iterable[Span]) -> Iterator[Columns]:
    """Spans as the columns of their table, numbered in the order given."""
    for order, span in enumerate(spans):
        yield (row, version, span.role, order, span.document, span.start, span.end, span.exact)


def _add_problems(connection: sqlite3.Connection, problems: Sequence[Problem]) -> list[tuple[str, str]]:
    seen = [(problem.id, problem_version(problem)) for problem in problems]
    rows = [
        (p.id, version, p.document, p.kind, p.severity, p.message, p.resolution) for p, (_, version) in zip(problems, seen, strict=True)
    ]
    connection.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)
    proofs = (span_columns(*key, p.evidence) for p, key in zip(problems, seen, strict=True))
    connection.executemany(SPAN, chain.from_iterable(proofs))
    return seen


def put_layout(connection: sqlite3.Connection, document: Document) -> None:
    """Nothing; replaces a document's nodes, blocks and searchable paragraphs."""
    _clear_layout(connection, document.id)
    nodes = (
        (document.id, order, node.start, node.end, codec.storable(node.path), node.hint, codec.storable(node.furniture))
        for order, node in enumerate(document.nodes)
    )
    connection.executemany("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?)", nodes)
    blocks = (codec.block_columns(document.id, order, block) for order, block in enumerate(document.blocks))
    connection.executemany("INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?)", blocks)
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()
    passages = [(last + n, *extent) for n, extent in enumerate(passages_of(document), 1)]
    rows = ((key, document.id, start, end) for key, start, end in passages)
    connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?)", rows)
    texts = ((key, document.text[start:end]) for key, start, end in passages)
    connection.executemany("INSERT INTO passage_text (rowid, text) VALUES (?, ?)", texts)


def _clear_layout(connection: sqlite3.Connection, document: str) -> None:
    connection.execute("DELETE FROM passage_text WHERE rowid IN (SELECT id FROM passage WHERE document = ?)", (document,))
    connection.execute("DELETE FROM passage WHERE document = ?", (document,))
    connection.execute("DELETE FROM node WHERE document = ?", (document,))
    connection.execute("DELETE FROM block WHERE document = ?", (document,))


def passages_of(document: Document) -> list[tuple[int, int]]:
    """The extents of the paragraphs that can be searched: those of all blocks that are not furniture."""
    bodies = (block for block in document.blocks if block.kind != "furniture")
    return sorted({(start, end) for block in bodies for start, end in block.parts if start < end})


def put_voices(connection: sqlite3.Connection, document: str, statements: Iterable[str], voices: Iterable[Voice]) -> None:
    """Nothing; replaces the voices of these statements."""
    connection.executemany("DELETE FROM voice WHERE statement = ?", ((row,) for row in statements))
    spoken = list(voices)
    rows = (codec.voice_columns(voice, document) for voice in spoken)
    connection.executemany("INSERT INTO voice VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    speakers = chain.from_iterable(speakers_of(voice) for voice in spoken)
    connection.executemany("INSERT INTO speaker VALUES (?, ?, ?)", speakers)
    parties = ((voice.statement, name) for voice in spoken for name in sorted(set(voice.parties)))
    connection.executemany("INSERT INTO party VALUES (?, ?)", parties)


def speakers_of(voice: Voice) -> list[tuple[str, str, int]]:
    """The records of table `speaker` that a voice yields."""
    named = {(name, 0) for name in voice.speakers} | {(name, 1) for name in voice.external}
    return [(voice.statement, name, external) for name, external in sorted(named)]


def put_mentions(connection: sqlite3.Connection, document: str, mentions: Iterable[Mention]) -> None:
    """Nothing; replaces the mentions of a document."""
    connection.execute("DELETE FROM mention WHERE document = ?", (document,))
    rows = (mention_columns(document, order, mention) for order, mention in enumerate(mentions))
    connection.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def mention_columns(document: str, order: int, mention: Mention) -> Columns:
    """A mention as the columns of its table."""
    place = mention.surface.start, mention.surface.end, mention.surface.exact
    named = mention.name, mention.kind, mention.state, mention.office, mention.title
    entry = (mention.entry.pack, mention.entry.entry) if mention.entry else (None, None)
    return (document, order, *place, *named, *entry)


def put_times(connection: sqlite3.Connection, document: str, times: Iterable[When]) -> None:
    """Nothing; replaces the time expressions of a document."""
    connection.execute("DELETE FROM timex WHERE document = ?", (document,))
    rows = (time_columns(document, order, when) for order, when in enumerate(times))
    connection.executemany("INSERT INTO timex VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def time_columns(document: str, order: int, when: When) -> Columns:
    """A time expression as the columns of its table."""
    extents = when.surface.start, when.surface.end, when.phrase.start, when.phrase.end
    read = when.type, when.value, when.mod, when.interval, when.anchor, when.granularity
    return (document, order, *extents, *read, int(when.fuzzy), when.rule)


def put_actors(connection: sqlite3.Connection, document: str, actors: Iterable[Actor]) -> None:
    """Nothing; replaces the actors of a document."""
    connection.execute("DELETE FROM actor WHERE document = ?", (document,))
    rows = ((document, actor.name, actor.kind, actor.state) for actor in sorted(set(actors), key=repr))
    connection.executemany("INSERT INTO actor VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)


def put_sketch(connection: sqlite3.Connection, document: str, sketch: Sketch | None) -> None:
    """Nothing; replaces what a document's near-copies are found by; those known so far are to be looked for again."""
    connection.execute("DELETE FROM copy WHERE a = :id OR b = :id", {"id": document})
    keys = sorted(set(sketch.keys)) if sketch else []
    shelves.leave(connection, document, keys)
    if sketch is None:
        connection.execute("DELETE FROM sketch WHERE document = ?", (document,))
        return
    sql = "INSERT INTO sketch VALUES (?, ?, 0) ON CONFLICT (document) DO UPDATE SET words = excluded.words, linked = 0"
    connection.execute(sql, (document, sketch.words))
    connection.executemany("INSERT INTO sketch_key VALUES (?, ?) ON CONFLICT DO NOTHING", ((key, document) for key in keys))


def put_meetings(connection: sqlite3.Connection, document: str, keys: Iterable[str]) -> None:
    """Nothing; replaces the keys of a document's meeting; who shared the old ones is to be looked at again."""
    connection.execute(
        "UPDATE sketch SET linked = 0 WHERE document IN (SELECT o.document FROM meeting_key k JOIN meeting_key o ON o.key = k.key"
        " WHERE k.document = ?)", (document,),
    )  # fmt: skip
    connection.execute("DELETE FROM meeting_key WHERE document = ?", (document,))
    connection.executemany("INSERT INTO meeting_key VALUES (?, ?)", ((key, document) for key in sorted(set(keys))))


def put_copies(connection: sqlite3.Connection, document: str, copies: Iterable[Copy]) -> None:
    """Nothing; replaces the links of a document to its near-copies; it has been compared with all that stand near it."""
    connection.execute("DELETE FROM copy WHERE a = :id OR b = :id", {"id": document})
    rows = (copy_columns(copy) for copy in copies)
    connection.executemany("INSERT INTO copy VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ((*row, seal(*row)) for row in rows))
    shelves.part(connection, document)
    connection.execute("UPDATE sketch SET linked = 1 WHERE document = ?", (document,))


def copy_columns(copy: Copy) -> Columns:
    """A link between near-copies as the columns of its table, the seal apart."""
    places = [[_extent(d.a), _extent(d.b)] for d in copy.differences]
    return (copy.id, copy.kind, copy.a, copy.b, copy.shared, copy.rule, codec.dump(places))


def _extent(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


def add_acquisition(connection: sqlite3.Connection, acquisition: Acquisition) -> bool:
    """Whether the document came under this name or from this origin for the first time."""
    values = (acquisition.document, codec.storable(acquisition.name), codec.storable(acquisition.origin))
    sql = "SELECT 1 FROM acquisition WHERE document = ? AND name = ? AND origin = ?"
    if connection.execute(sql, values).fetchone():
        return False
    record = (*values, acquisition.received, codec.metadata_column(acquisition.headers))
    sql = "INSERT INTO acquisition (document, name, origin, received, headers, seal) VALUES (?, ?, ?, ?, ?, ?)"
    connection.execute(sql, (*record, seal(*record)))
    return True


def put_name(connection: sqlite3.Connection, document: str) -> None:
    """Nothing; gives all readings of a document's bytes the smallest name these bytes came under, and their part's number."""
    (name, sha256) = connection.execute(
        "SELECT min(a.name), d.sha256 FROM document x JOIN document d ON d.sha256 = x.sha256"
        " JOIN acquisition a ON a.document = d.id WHERE x.id = ?", (document,),
    ).fetchone()  # fmt: skip
    sql = f"UPDATE document SET name = {NAME} WHERE sha256 = :sha256 AND name <> {NAME} RETURNING id"  # noqa: S608 - a constant
    put_seals(connection, [row["id"] for row in connection.execute(sql, {"name": name, "sha256": sha256}).fetchall()])


def put_seals(connection: sqlite3.Connection, documents: Iterable[str]) -> None:
    """Nothing; renews the seals and the roll of these documents, whose strands are to be made again."""
    seals = [(document_seal(connection, document), document) for document in documents]
    lines.reopen(connection, [document for _, document in seals])
    connection.executemany("UPDATE document SET seal = ? WHERE id = ?", seals)
    for _, document in seals:
        roll.put(connection, document)


def settle(connection: sqlite3.Connection, name: str, sha256: str) -> None:
    """Nothing; a file that failed earlier has been read after all."""
    sql = "UPDATE attempt SET settled = 1 WHERE settled = 0 AND (name = ? OR sha256 = ?) RETURNING seq"
    _seal_attempts(connection, connection.execute(sql, (codec.storable(name), sha256)).fetchall())


def put_attempt(connection: sqlite3.Connection, record: tuple[str, str, str | None, str, str]) -> None:
    """Nothing; notes a failure (name, origin, hash, reason, time); the same one again only moves its time."""
    name, origin, sha256, reason, at = record
    same = (codec.storable(name), codec.storable(origin), sha256, codec.storable(reason))
    sql = "UPDATE attempt SET at = ?, settled = 0 WHERE name = ? AND origin = ? AND sha256 IS ? AND reason = ? RETURNING seq"
    rows = connection.execute(sql, (at, *same)).fetchall()
    if not rows:
        sql = "INSERT INTO attempt (name, origin, sha256, reason, at, seal) VALUES (?, ?, ?, ?, ?, '') RETURNING seq"
        rows = connection.execute(sql, (*same, at)).fetchall()
    _seal_attempts(connection, rows)


def _seal_attempts(connection: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> None:
    sql = "SELECT name, origin, sha256, reason, at, settled FROM attempt WHERE seq = ?"
    keys = [row["seq"] for row in rows]
    seals = [(seal(*connection.execute(sql, (key,)).fetchone()), key) for key in keys]
    connection.executemany("UPDATE attempt SET seal = ? WHERE seq = ?", seals)


def add_judgement(connection: sqlite3.Connection, judgement: Judgement) -> None:
    """Nothing; appends one event: a judgement, or (undone) that it was taken back."""
    words = (codec.storable(judgement.quote), codec.storable(judgement.judged), codec.storable(judgement.who))
    record = (judgement.id, judgement.row, judgement.verdict, judgement.field, judgement.value, *words, judgement.at)
    values = (*record, int(judgement.undone))
    sql = (
        "INSERT INTO judgement (id, row, verdict, field, value, quote, judged, who, at, undone, seal)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    connection.execute(sql, (*values, seal(*values)))
