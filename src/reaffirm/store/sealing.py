"""Hashes by which a changed record gives itself away: versions of rows, seals of records.

They show accidents and edits by hand, not an adversary who recomputes them; for that, keep a backup elsewhere.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from reaffirm.model import PackEntry, Problem, Span, Statement, digest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

LENGTH = 16
STATEMENT, PROBLEM = ([field.name for field in fields(noun)] for noun in (Statement, Problem))
DOCUMENT = """
SELECT id, part, current, run, name, extractor, genre, title, publisher, published, language, card, metadata
FROM document WHERE id = ?
"""
LAYERS = (
    "SELECT * FROM node WHERE document = ? ORDER BY ord",
    "SELECT * FROM block WHERE document = ? ORDER BY ord",
    "SELECT * FROM mention WHERE document = ? ORDER BY ord",
    "SELECT * FROM voice WHERE document = ? ORDER BY statement",
    "SELECT * FROM actor WHERE document = ? ORDER BY name",
    "SELECT * FROM dated WHERE document = ? ORDER BY kind, edtf",
    "SELECT * FROM timex WHERE document = ? ORDER BY ord",
    "SELECT * FROM telling WHERE document = ? ORDER BY id",
    "SELECT * FROM duty WHERE document = ? ORDER BY commitment",
    "SELECT * FROM call WHERE document = ? ORDER BY demand",
    "SELECT * FROM bound WHERE document = ? ORDER BY row, role, name",
    "SELECT * FROM filing WHERE document = ? ORDER BY row, kind, issue",
)
OBSERVED = "SELECT row, version FROM observation WHERE run = ? AND document = ? ORDER BY row"


def seal(*parts: object) -> str:
    """The seal of a record's values."""
    return digest(*parts)[:LENGTH]


def statement_version(statement: Statement) -> str:
    """The hash of all that was read into a statement, its id included."""
    told = (name for name in STATEMENT if name != "addressee" or statement.addressee)  # it came in with schema 2
    return seal("statement", *(_plain(getattr(statement, name)) for name in told))


def problem_version(problem: Problem) -> str:
    """The hash of all that a problem says."""
    return seal("problem", *(_plain(getattr(problem, name)) for name in PROBLEM))


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return [value.role, value.start, value.end, value.exact]
    if isinstance(value, PackEntry):
        return [value.pack, value.entry]
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def reading_seal(connection: sqlite3.Connection, record: Iterable[object]) -> str:
    """The seal of a reading (run, document, extractor, card) and of the rows it observed."""
    run, document, extractor, card = record
    observed = [list(row) for row in connection.execute(OBSERVED, (run, document))]
    return seal(run, document, extractor, card, observed)


def document_seal(connection: sqlite3.Connection, document: str) -> str:
    """The seal of a document's record and of everything replaceable that hangs on it."""
    layers = [[list(row) for row in connection.execute(sql, (document,))] for sql in (DOCUMENT, *LAYERS)]
    return seal(*layers)


def place_of(spans: Iterable[Span]) -> tuple[int, int]:
    """Where a row stands: the first start and the last end of its spans."""
    extents = [(span.start, span.end) for span in spans]
    return min(start for start, _ in extents), max(end for _, end in extents)
