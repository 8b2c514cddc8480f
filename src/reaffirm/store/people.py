"""Rows that people added: placed in the text that is current, and observed by a run of their own beside all that the machine read there.

Such a row lives in its judgement, which keeps the words, what stands round them and how often they stood there before; the row itself is
made of that, here, whenever the judgement is made or undone and whenever the document is read again. Its run has the id of the machine's
run, a `+` and a hash of the rows; a document without such rows has the machine's run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from reaffirm.model import PERSON, Run, Span, Statement, digest, person_row_id
from reaffirm.readings import Commitment, Demand, Force
from reaffirm.sequels import ADDED
from reaffirm.store import deeds, writing
from reaffirm.store.codec import dump
from reaffirm.store.proof import Extents, touches
from reaffirm.store.sealing import seal
from reaffirm.text import anchor, fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from reaffirm.model import Document

Kind = Literal["statement", "commitment", "demand"]
Row = Statement | Commitment | Demand
AROUND = 40  # code points kept on either side
NOT_READ = Force(0, 0, 0, ("a person added the row; nothing was read into it",))
OWN_RUN = "+"
OF_BYTES = """
SELECT id FROM statement WHERE rule LIKE :rule AND document IN (SELECT id FROM document WHERE sha256 = :sha256 AND part = :part)
UNION SELECT id FROM commitment WHERE json_extract(data, '$.rule') LIKE :rule
  AND document IN (SELECT id FROM document WHERE sha256 = :sha256 AND part = :part)
UNION SELECT id FROM demand WHERE json_extract(data, '$.rule') LIKE :rule
  AND document IN (SELECT id FROM document WHERE sha256 = :sha256 AND part = :part)
"""
STANDING = f"SELECT value FROM standing WHERE row = ? AND field = '{ADDED}'"  # noqa: S608 - a constant
FURNITURE = 'SELECT start, "end" FROM block WHERE document = ? AND kind = \'furniture\' AND start < "end" ORDER BY start'
OBSERVED = "SELECT row, version FROM observation WHERE document = ? AND run = ?"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person saw: a row of this kind in these words of these bytes, at the `nth` (from 0) of `of` places, and what is round them."""

    kind: Kind
    sha256: str
    part: int
    words: str
    nth: int
    of: int
    before: str
    after: str

    @property
    def rule(self) -> str:
        """The rule of the row: `person`, and how often its words stand before it."""
        return f"{PERSON}.{self.nth}" if self.nth else PERSON

    @property
    def id(self) -> str:
        """The id of the row."""
        return person_row_id(self.kind, (self.sha256, self.part), fold(self.words), self.rule)

    def column(self) -> str:
        """All of it as the value of a judgement."""
        return dump({name: getattr(self, name) for name in self.__slots__})


def seen(document: Document, kind: Kind, start: int, end: int) -> Seen:
    """What a person saw at an extent of a document's text, so that it is found again."""
    text, words = document.text, document.text[start:end]
    places = [place[0] for place in anchor(text, words)]
    nth = sum(place < start for place in places)
    return Seen(kind, document.sha256, document.part, words, nth, len(places), *_around(text, start, end))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after an extent, without white space, so that another reading of the same bytes has the same."""
    before, after = text[max(0, start - 3 * AROUND) : start], text[end : end + 3 * AROUND]
    return "".join(fold(before).split())[-AROUND:], "".join(fold(after).split())[:AROUND]


def read(value: str) -> Seen:
    """What a person saw, from the value of a judgement."""
    return Seen(**json.loads(value))


def place(text: str, furniture: Extents, told: Seen) -> tuple[int, int] | None:
    """Where the words stand in a text: at the same one of as many places, else where the same stands round them; else None."""
    places = anchor(text, told.words)
    if len(places) != told.of:
        places = [extent for extent in places if _around(text, *extent) == (told.before, told.after)]
    chosen = places[told.nth] if len(places) == told.of else places[0] if len(places) == 1 else None
    span = chosen and Span("", *chosen, "")
    return None if span is None or touches(furniture, span) else chosen


def row_of(told: Seen, document: str, text: str, extent: tuple[int, int]) -> Row:
    """The row at an extent of a document's text: its words, and the least that can be said of a row of its kind."""
    words = Span(document, *extent, text[extent[0] : extent[1]], "content" if told.kind == "statement" else "action")
    if told.kind == "statement":
        return Statement(told.id, document, None, None, (words,), "indirect", rule=told.rule)
    if told.kind == "commitment":
        return Commitment(told.id, document, None, words, "", "will", NOT_READ, "paraphrase", rule=told.rule)
    return Demand(told.id, document, "demand", words, rule=told.rule)


def replace_of(connection: sqlite3.Connection, row: str) -> None:
    """Nothing; the rows that people added to the bytes of a row (its judgements say which) are placed anew in their current text."""
    (value,) = connection.execute("SELECT value FROM judgement WHERE row = ? AND field = ?", (row, ADDED)).fetchone()
    told = read(value)
    sql = "SELECT id FROM document WHERE sha256 = ? AND part = ? AND current = 1"
    for record in connection.execute(sql, (told.sha256, told.part)).fetchall():
        observe(connection, record["id"], row)


def observe(connection: sqlite3.Connection, document: str, *more: str) -> None:
    """Nothing; people's rows on the bytes of a document are placed in its text, and their run is its current one.

    `more` are ids of rows that may not have been placed in any text yet.
    """
    record = connection.execute("SELECT sha256, part, run, text FROM document WHERE id = ?", (document,)).fetchone()
    asked = {"sha256": record["sha256"], "part": record["part"], "rule": f"{PERSON}%"}
    known = {row["id"] for row in connection.execute(OF_BYTES, asked)} | set(more)
    rows = list(_placed(connection, document, record["text"], sorted(known))) if known else []
    base = machine_run(record["run"])
    seen_here = _write(connection, rows)
    run = f"{base}{OWN_RUN}{digest(seen_here)[:8]}" if rows else base
    if run != record["run"]:
        if rows:
            _read(connection, document, base, run, seen_here)
        connection.execute("UPDATE document SET run = ? WHERE id = ?", (run, document))
        writing.put_seals(connection, [document])


def machine_run(run: str) -> str:
    """The id of the run without what people added."""
    return run.partition(OWN_RUN)[0]


def _placed(connection: sqlite3.Connection, document: str, text: str, known: Iterable[str]) -> Iterable[Row]:
    furniture = [(r["start"], r["end"]) for r in connection.execute(FURNITURE, (document,))]
    for key in known:
        found = connection.execute(STANDING, (key,)).fetchone()
        told = read(found["value"]) if found else None
        extent = place(text, furniture, told) if told else None
        if told and extent:
            yield row_of(told, document, text, extent)


def _write(connection: sqlite3.Connection, rows: list[Row]) -> list[tuple[str, str]]:
    """The ids and versions of these rows, which are now in the ledger."""
    statements = [row for row in rows if isinstance(row, Statement)]
    promised = [row for row in rows if isinstance(row, Commitment)]
    asked = [row for row in rows if isinstance(row, Demand)]
    return sorted([*writing.add_statements(connection, statements), *deeds.add_rows(connection, promised, asked)])


def _read(connection: sqlite3.Connection, document: str, base: str, run: str, added: list[tuple[str, str]]) -> None:
    """Nothing; a reading of the document by the machine and people together, beside that of the machine."""
    made = connection.execute("SELECT * FROM run WHERE id = ?", (base,)).fetchone()
    code = f"{made['code']}; with rows that people added ({run.partition(OWN_RUN)[2]})"
    writing.add_run(connection, Run(run, made["version"], code, made["packs"], made["model"]))
    if connection.execute("SELECT 1 FROM reading WHERE run = ? AND document = ?", (run, document)).fetchone():
        return
    own = connection.execute("SELECT extractor, card FROM reading WHERE run = ? AND document = ?", (base, document)).fetchone()
    observed = sorted([*(cast("tuple[str, str]", tuple(r)) for r in connection.execute(OBSERVED, (document, base))), *added])
    record = (run, document, own["extractor"], own["card"])
    sealed = seal(*record, [list(row) for row in observed])
    connection.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?)", (*record, sealed))
    connection.executemany("INSERT INTO observation VALUES (?, ?, ?, ?)", ((document, run, *row) for row in observed))
