"""The single checks of `verify`, document by document and table by table."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from reaffirm.readings import Call, Commitment, Demand, Duty, Filing, Telling
from reaffirm.store import deeds, loading, roll, writing
from reaffirm.store.codec import card_column, read_voice
from reaffirm.store.plain import decode, spans_in
from reaffirm.store.proof import (
    bound_spans,
    card_spans,
    check_blocks,
    check_deed,
    check_problem,
    check_spans,
    check_statement,
    check_voices,
    furniture_of,
    office_spans,
)
from reaffirm.store.sealing import document_seal, problem_version, statement_version
from reaffirm.text import prove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reaffirm.model import Document, Span
    from reaffirm.store.sqlite import SqliteStore

Check = tuple[str, str, "Callable[[], list[str]]"]
Extents = list[tuple[int, int]]

SEALED = {
    "acquisition": "SELECT seq, document, name, origin, received, headers, seal FROM acquisition",
    "attempt": "SELECT seq, name, origin, sha256, reason, at, settled, seal FROM attempt",
    "run": "SELECT id AS key, id, version, code, packs, model, seal FROM run",
    "judgement": "SELECT seq, id, row, verdict, field, value, quote, judged, who, at, undone, seal FROM judgement",
}
NUMBERED = {
    table: f"SELECT count(*) AS n, coalesce(max(seq), 0) AS highest,"  # noqa: S608 - the names stand here
    f" coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0) AS given FROM {table}"
    for table in ("acquisition", "attempt", "judgement")
}
INTEGRITY = {
    "passage_text": "INSERT INTO passage_text (passage_text) VALUES ('integrity-check')",
    "statement_text": "INSERT INTO statement_text (statement_text) VALUES ('integrity-check')",
}
NO_ROW = """
FROM {table} x LEFT JOIN statement s ON s.id = x.row AND s.version = x.version
LEFT JOIN problem p ON p.id = x.row AND p.version = x.version LEFT JOIN commitment c ON c.id = x.row AND c.version = x.version
LEFT JOIN demand n ON n.id = x.row AND n.version = x.version WHERE coalesce(s.id, p.id, c.id, n.id) IS NULL
"""
UNSEEN = "FROM {table} x WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.row = x.id AND o.version = x.version)"
STRAYS = (  # table, what is selected from records that belong to nothing
    ("observation", "SELECT x.row " + NO_ROW.format(table="observation")),
    ("span", "SELECT x.row " + NO_ROW.format(table="span")),
    ("span", "SELECT row FROM span GROUP BY row, version HAVING count(DISTINCT ord) <= max(ord)"),
    ("statement", "SELECT x.id " + UNSEEN.format(table="statement")),
    ("problem", "SELECT x.id " + UNSEEN.format(table="problem")),
    ("commitment", "SELECT x.id " + UNSEEN.format(table="commitment")),
    ("demand", "SELECT x.id " + UNSEEN.format(table="demand")),
    ("duty", "SELECT commitment FROM duty WHERE commitment NOT IN (SELECT id FROM commitment)"),
    ("call", "SELECT demand FROM call WHERE demand NOT IN (SELECT id FROM demand)"),
    ("meeting", "SELECT meeting FROM meeting WHERE meeting NOT IN (SELECT telling FROM meeting)"),
    ("strand", "SELECT name FROM strand WHERE document NOT IN (SELECT document FROM place) OR line NOT IN (SELECT name FROM strand)"),
    ("strand_key", "SELECT DISTINCT strand FROM strand_key WHERE strand NOT IN (SELECT name FROM strand)"),
    ("link", "SELECT later FROM link WHERE later NOT IN (SELECT name FROM strand) OR earlier NOT IN (SELECT name FROM strand)"),
    ("line", "SELECT line FROM line WHERE line NOT IN (SELECT line FROM strand) OR top NOT IN (SELECT line FROM strand)"),
    ("thread", "SELECT line FROM thread WHERE line NOT IN (SELECT line FROM strand)"),
    ("step", "SELECT line FROM step WHERE line NOT IN (SELECT line FROM thread) OR line IN (SELECT line FROM open_thread)"),
    ("thread", "SELECT line FROM thread WHERE line NOT IN (SELECT line FROM step UNION SELECT line FROM open_thread)"),
    ("promise", "SELECT strand FROM promise WHERE strand NOT IN (SELECT name FROM strand)"),
    (
        "place",
        """SELECT document FROM place WHERE document NOT IN
           (SELECT id FROM document WHERE current = 1 UNION SELECT document FROM open_place)""",
    ),
    (
        "voice",
        """SELECT v.statement FROM voice v WHERE NOT EXISTS
           (SELECT 1 FROM statement s WHERE s.id = v.statement AND s.document = v.document)""",
    ),
    ("run", "SELECT r.id FROM run r WHERE NOT EXISTS (SELECT 1 FROM reading g WHERE g.run = r.id)"),
    (
        "judgement",
        """SELECT row FROM judgement WHERE row NOT IN
           (SELECT id FROM statement UNION SELECT id FROM problem UNION SELECT id FROM document
            UNION SELECT id FROM commitment UNION SELECT id FROM demand UNION SELECT row FROM judgement WHERE verdict = 'added')
           AND row NOT LIKE 'M-%' AND row NOT LIKE 'L-%' AND coalesce(field, '') NOT IN ('same actor', 'other actor')""",
    ),
    ("passage_text", "SELECT rowid FROM passage_text WHERE rowid NOT IN (SELECT id FROM passage)"),
    ("statement_text", "SELECT statement FROM statement_text WHERE statement NOT IN (SELECT id FROM statement)"),
    ("statement_text", "SELECT statement FROM statement_text GROUP BY statement HAVING count(*) > 1"),
)
WORDS = """
SELECT s.id, s.document FROM (SELECT id, min(version) AS version, document FROM statement GROUP BY id) s
LEFT JOIN (SELECT statement, max(rowid) AS last FROM statement_text GROUP BY statement) w ON w.statement = s.id
LEFT JOIN statement_text f ON f.rowid = w.last
WHERE f.content IS NOT (
  SELECT group_concat(exact, ' … ') FROM (
    SELECT exact FROM span p WHERE p.row = s.id AND p.version = s.version AND p.role = 'content' ORDER BY p.ord
  )
)
"""
STATEMENT_KEYS = "SELECT id, version FROM statement WHERE document = ? ORDER BY id, version"
PROBLEM_KEYS = "SELECT id, version FROM problem WHERE document = ? ORDER BY id, version"
LISTED = "SELECT row, version FROM listed WHERE document = ?"


def checks(store: SqliteStore, document: Document) -> Iterator[Check]:
    """The checks of one document and all that hangs on it: table, record, and a function that returns the faults."""
    key = document.id
    furniture = furniture_of(document.blocks)
    yield "document", key, partial(_sealed, store, key)
    yield "document", key, partial(_named, store, document)
    yield "document", key, partial(_card, store, document, furniture)
    yield "block", key, partial(_blocks, document)
    yield "statement", key, partial(_parents, store, key)
    yield "voice", key, partial(_voices, store, document, furniture)
    yield "mention", key, partial(_mentions, store, document, furniture)
    yield "timex", key, partial(_times, store, document, furniture)
    yield "telling", key, partial(_tellings, store, document, furniture)
    yield "duty", key, partial(_derived, store, document, furniture)
    yield "passage", key, partial(_passages, store, document)
    yield "roll", key, partial(_roll, store, key)
    listed = {(row["row"], row["version"]) for row in store.read(LISTED, (key,))}
    for row in rows_of(store, STATEMENT_KEYS, key):
        yield "statement", row[0], partial(_statement, store, document, row, furniture if row in listed else [])
    for table in ("commitment", "demand"):
        for row in rows_of(store, f"SELECT id, version FROM {table} WHERE document = ? ORDER BY id, version", key):  # noqa: S608
            yield table, row[0], partial(_deed, store, document, table, row, furniture if row in listed else [])
    for row in rows_of(store, PROBLEM_KEYS, key):
        yield "problem", row[0], partial(_problem, store, document, row, furniture if row in listed else [])


def rows_of(store: SqliteStore, sql: str, key: str) -> list[loading.Key]:
    """The ids and versions of a document's rows."""
    return [(row["id"], row["version"]) for row in store.read(sql, (key,))]


def _blocks(document: Document) -> list[str]:
    check_blocks(document)
    return []


def _sealed(store: SqliteStore, key: str) -> list[str]:
    (row,) = store.read("SELECT seal FROM document WHERE id = ?", (key,))
    altered = row["seal"] != document_seal(store.connection, key)
    return ["it, its nodes, blocks, voices, actors or dates were altered"] if altered else []


def _named(store: SqliteStore, document: Document) -> list[str]:
    names = [acquisition.name for acquisition in loading.acquisitions(store, document.sha256)]
    sql = f"SELECT name, {writing.NAME} AS wanted FROM document WHERE id = :id"  # noqa: S608 - a constant
    (row,) = store.read(sql, {"name": min(names, default=None), "id": document.id})
    return [] if row["name"] == row["wanted"] else ["the name is not the smallest it came under"]


def _card(store: SqliteStore, document: Document, furniture: Extents) -> list[str]:
    check_spans(document, card_spans(document.card), furniture)
    _elsewhere(store, document, bound_spans(document.card))
    (row,) = store.read("SELECT * FROM document WHERE id = ?", (document.id,))
    fields = ("genre", "title", "publisher", "published", "language")
    card = document.card
    faults = [f"{f} is not that of the card" for f in fields if row[f] != getattr(card, f).value]
    dated = {tuple(r) for r in store.read("SELECT * FROM dated WHERE document = ?", (document.id,))}
    if dated != set(writing.dates_of(document.id, card)) or row["card"] != card_column(card):
        faults.append("the dates or the wording of the card were altered")
    return faults


def _parents(store: SqliteStore, key: str) -> list[str]:
    sql = (
        "SELECT s.id, s.nested_in FROM listed l JOIN statement s ON s.id = l.row AND s.version = l.version"
        " WHERE l.document = ? AND s.nested_in IS NOT NULL AND s.nested_in NOT IN"
        " (SELECT p.row FROM listed p WHERE p.document = l.document)"
    )
    return [f"{row['id']} is nested in {row['nested_in']}, which is not listed" for row in store.read(sql, (key,))]


def _statement(store: SqliteStore, document: Document, key: loading.Key, furniture: Extents) -> list[str]:
    statement = loading.statements(store, [key])[key]
    check_statement(document, statement, furniture)
    (columns,) = store.read("SELECT * FROM statement WHERE id = ? AND version = ?", key)
    same = statement_version(statement) == key[1] and tuple(columns) == writing.statement_columns(statement, key[1])
    return [] if same else ["was altered: its values do not have its version"]


def _problem(store: SqliteStore, document: Document, key: loading.Key, furniture: Extents) -> list[str]:
    problem = loading.problems(store, [key])[key]
    check_problem(document, problem, furniture)
    return [] if problem_version(problem) == key[1] else ["was altered: its values do not have its version"]


def _voices(store: SqliteStore, document: Document, furniture: Extents) -> list[str]:
    voices = [read_voice(r) for r in store.read("SELECT * FROM voice WHERE document = ?", (document.id,))]
    check_voices(document, voices, furniture)
    _elsewhere(store, document, office_spans(voices))
    expected = {row for voice in voices for row in writing.speakers_of(voice)}
    expected_parties = {(voice.statement, name) for voice in voices for name in voice.parties}
    sql = "SELECT x.* FROM voice v JOIN speaker x ON x.statement = v.statement WHERE v.document = ?"
    speakers = {tuple(row) for row in store.read(sql, (document.id,))}
    sql = "SELECT x.* FROM voice v JOIN party x ON x.statement = v.statement WHERE v.document = ?"
    parties = {tuple(row) for row in store.read(sql, (document.id,))}
    same = speakers == expected and parties == expected_parties
    return [] if same else ["tables speaker or party are not those of the voices"]


def _elsewhere(store: SqliteStore, document: Document, spans: Iterable[Span]) -> None:
    """Nothing, when the spans that stand in other documents read what they say."""
    for span in (span for span in spans if span.document != document.id):
        texts = store.read("SELECT text FROM document WHERE id = ?", (span.document,))
        prove(texts[0]["text"] if texts else "", [span])


def _tellings(store: SqliteStore, document: Document, furniture: Extents) -> list[str]:
    faults = []
    for record in store.read("SELECT * FROM telling WHERE document = ?", (document.id,)):
        telling = decode(Telling, record["data"])
        check_deed(document, telling, furniture)
        if tuple(record) != deeds.telling_columns(telling):
            faults.append(f"{telling.id} was altered: its columns are not those of the row")
    return faults


def _derived(store: SqliteStore, document: Document, furniture: Extents) -> list[str]:
    """Duties, calls and filings: their columns and names are their own, and the words of filings stand in the text."""
    duties = [decode(Duty, r["data"]) for r in store.read("SELECT data FROM duty WHERE document = ?", (document.id,))]
    calls = [decode(Call, r["data"]) for r in store.read("SELECT data FROM call WHERE document = ?", (document.id,))]
    filings = [decode(Filing, r["data"]) for r in store.read("SELECT data FROM filing WHERE document = ?", (document.id,))]
    check_spans(document, spans_in(tuple(filings)), furniture, excused=False)
    names = chain((deeds.duty_names(document.id, d) for d in duties), (deeds.call_names(document.id, c) for c in calls))
    expected: dict[str, set[tuple[object, ...]]] = {
        "duty": {deeds.duty_columns(document.id, row) for row in duties},
        "filing": {deeds.filing_columns(document.id, row) for row in filings},
        "bound": set(chain.from_iterable(names)),
    }
    sql = "SELECT * FROM {} WHERE document = ?"
    found = {table: {tuple(r) for r in store.read(sql.format(table), (document.id,))} for table in expected}
    return [f"table {table} does not hold what its rows say" for table, rows in expected.items() if rows != found[table]]


def _deed(store: SqliteStore, document: Document, table: str, key: loading.Key, furniture: Extents) -> list[str]:
    (record,) = store.read(f"SELECT * FROM {table} WHERE id = ? AND version = ?", key)  # noqa: S608 - a constant
    row = decode(Commitment, record["data"]) if table == "commitment" else decode(Demand, record["data"])
    check_deed(document, row, furniture)
    columns = deeds.commitment_columns(row) if isinstance(row, Commitment) else deeds.demand_columns(row)
    return [] if tuple(record) == columns else ["was altered: its values do not have its version"]


def _mentions(store: SqliteStore, document: Document, furniture: Extents) -> list[str]:
    surfaces = (mention.surface for mention in loading.mentions(store, document.id))
    check_spans(document, surfaces, furniture, excused=False)
    return []


def _times(store: SqliteStore, document: Document, furniture: Extents) -> list[str]:
    spans = (span for when in loading.times(store, document) for span in (when.surface, when.phrase))
    check_spans(document, spans, furniture, excused=False)
    return []


def _passages(store: SqliteStore, document: Document) -> list[str]:
    sql = (
        'SELECT p.start, p."end", f.text FROM passage p LEFT JOIN passage_text f ON f.rowid = p.id'
        ' WHERE p.document = ? ORDER BY p.start, p."end"'
    )
    found = [tuple(row) for row in store.read(sql, (document.id,))]
    expected = [(start, end, document.text[start:end]) for start, end in writing.passages_of(document)]
    return [] if found == expected else ["the searchable paragraphs are not those of the text"]


def _roll(store: SqliteStore, key: str) -> list[str]:
    found = sorted((tuple(row) for row in store.read("SELECT * FROM roll WHERE document = ?", (key,))), key=repr)
    return [] if found == roll.wanted(store.connection, key) else ["the records of its rows are not what these say"]
