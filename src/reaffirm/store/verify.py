"""Whether a ledger is complete and unaltered: every hash, id, span, seal and index is computed again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.errors import LedgerError, ProofError
from reaffirm.model import digest, document_id
from reaffirm.store import checking, connect, loading
from reaffirm.store.codec import read_card
from reaffirm.store.sealing import reading_seal, seal
from reaffirm.text import sha256, text_sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reaffirm.model import Document
    from reaffirm.store.sqlite import SqliteStore


ALTERED = "the reading by run {}, or the rows it observed, were altered"
IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in a ledger that is not as it was written: the table, the record, and what is wrong with it."""

    table: str
    record: str
    message: str


def verify(store: SqliteStore) -> list[Finding]:
    """All that is wrong with a ledger, by table and record; an empty list means it is complete and unaltered."""
    findings: list[Finding] = []
    try:
        damage = list(_file(store))
        findings += damage
        for check in () if damage else CHECKS:
            findings += check(store)
    except (sqlite3.Error, LedgerError) as error:
        if _code(error) in IN_USE:
            raise
        findings.append(Finding("file", str(store.path), f"cannot be read to its end: {error}"))
    return sorted(set(findings))


def _file(store: SqliteStore) -> Iterator[Finding]:
    for row in store.read("PRAGMA quick_check"):
        if row[0] != "ok":
            yield Finding("file", str(store.path), f"damaged: {row[0]}")


def _schema(store: SqliteStore) -> Iterator[Finding]:
    for pragma, expected in (("PRAGMA application_id", connect.APPLICATION), ("PRAGMA user_version", connect.SCHEMA)):
        if store.read(pragma)[0][0] != expected:
            yield Finding("file", str(store.path), f"{pragma.split()[1]} is not {expected}")
    facts = {row["key"]: row["value"] for row in store.read("SELECT key, value FROM meta")}
    sealed = facts.pop("seal", None)
    if sealed != digest(facts) or facts.get("schema") != str(connect.SCHEMA):
        yield Finding("meta", "schema", "was altered, or an entry is missing")
    found, expected_objects = _objects(store.connection), _fresh_objects()
    for name in sorted(found.keys() | expected_objects.keys()):
        if found.get(name) != expected_objects.get(name):
            yield Finding("schema", name, "is not as schema.sql makes it")


def _objects(connection: sqlite3.Connection) -> dict[str, str]:
    sql = "SELECT type || ' ' || name AS name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    return {row[0]: row[1] or "" for row in connection.execute(sql)}


def _fresh_objects() -> dict[str, str]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(connect.schema())
        return _objects(connection)
    finally:
        connection.close()


def _foreign_keys(store: SqliteStore) -> Iterator[Finding]:
    for row in store.read("PRAGMA foreign_key_check"):
        yield Finding(row[0], str(row[1] or "?"), f"points to a record of {row[2]} that is not there")


def _raw(store: SqliteStore) -> Iterator[Finding]:
    for row in store.read("SELECT sha256 FROM raw"):
        (record,) = store.read("SELECT size, bytes FROM raw WHERE sha256 = ?", (row["sha256"],))
        if sha256(record["bytes"]) != row["sha256"] or len(record["bytes"]) != record["size"]:
            yield Finding("raw", row["sha256"], "the bytes do not have their hash or size")
    sql = (
        "SELECT r.sha256, count(d.id) AS n, coalesce(min(d.part), 0) AS first FROM raw r"
        " LEFT JOIN document d ON d.sha256 = r.sha256 AND d.current = 1 GROUP BY r.sha256 HAVING n = 0 OR (n > 1 AND first = 0)"
    )
    for row in store.read(sql):
        yield Finding("raw", row["sha256"], f"has {row['n']} current documents instead of one, or the parts of one")


def _documents(store: SqliteStore) -> Iterator[Finding]:
    for row in store.read("SELECT id FROM document ORDER BY id"):
        try:
            document = loading.document(store, row["id"])
        except (ValueError, TypeError, KeyError) as error:
            yield Finding("document", row["id"], f"cannot be read: {error!r}")
            continue
        yield from _document(store, document)


def _document(store: SqliteStore, document: Document) -> Iterator[Finding]:
    if text_sha256(document.text) != document.text_sha256:
        yield Finding("document", document.id, "the text does not have its hash")
    if document_id(document.sha256, document.text_sha256) != document.id:
        yield Finding("document", document.id, "the id is not that of its bytes and text")
    for table, record, check in checking.checks(store, document):
        try:
            faults = check()
        except ProofError as error:
            faults = [str(error)]
        except (ValueError, TypeError, KeyError, IndexError) as error:
            faults = [f"cannot be read: {error!r}"]
        yield from (Finding(table, record, fault) for fault in faults)


def _readings(store: SqliteStore) -> Iterator[Finding]:
    """Findings of all readings, one by one by their key: to look for those of each document would be to look through all each time."""
    for key in store.read("SELECT run, document FROM reading"):
        (row,) = store.read("SELECT run, document, extractor, card, seal FROM reading WHERE run = ? AND document = ?", tuple(key))
        try:
            read_card(row["card"])
            faults = [] if reading_seal(store.connection, tuple(row)[:4]) == row["seal"] else [ALTERED.format(row["run"])]
        except (ValueError, TypeError, KeyError, IndexError) as error:
            faults = [f"cannot be read: {error!r}"]
        yield from (Finding("reading", row["document"], fault) for fault in faults)


def _words(store: SqliteStore) -> Iterator[Finding]:
    """Findings of the searchable words of all statements at once: their index knows no way from a statement to its words."""
    for row in store.read(checking.WORDS):
        yield Finding("statement_text", row["document"], f"the searchable words of {row['id']} are not its own")


def _rows(store: SqliteStore) -> Iterator[Finding]:
    for table, sql in checking.STRAYS:
        for row in store.read(sql):
            yield Finding(table, str(row[0]), "belongs to nothing that is there, or to two")
    for table, sql in checking.SEALED.items():
        for row in store.read(sql):
            *values, sealed = tuple(row)[1:]
            if seal(*values) != sealed:
                yield Finding(table, str(row[0]), "was altered")
    for table, sql in checking.NUMBERED.items():
        (row,) = store.read(sql)
        if row["n"] != row["highest"] or row["n"] != row["given"]:
            yield Finding(table, "seq", f"holds {row['n']} records where {row['given']} were written")


def _index(store: SqliteStore) -> Iterator[Finding]:
    """Findings of FTS5's own check; it needs to write, so a ledger open for reading goes without."""
    for table, statement in checking.INTEGRITY.items():
        try:
            with store.writing() as connection:
                connection.execute(statement)
        except LedgerError as error:
            if _code(error) == sqlite3.SQLITE_CORRUPT:
                yield Finding(table, "index", "does not match its text")
            elif _code(error) != sqlite3.SQLITE_READONLY:
                raise


def _code(error: Exception) -> int:
    """The kind of error that SQLite reported."""
    cause = error.__cause__ if isinstance(error, LedgerError) else error
    return int(getattr(cause, "sqlite_errorcode", 0)) & 0xFF


CHECKS: tuple[Callable[[SqliteStore], Iterator[Finding]], ...] = (
    _schema, _foreign_keys, _raw, _documents, _readings, _words, _rows, _index,
)  # fmt: skip
