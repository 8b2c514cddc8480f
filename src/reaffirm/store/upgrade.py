"""A ledger of an earlier schema, written anew in this one: record by record into a new file, the old file kept.

Each step knows which columns came in, and how the seals of the earlier schema were made: a record that does not have
its seal is not carried over as if it had one.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from reaffirm.errors import LedgerError
from reaffirm.store import connect, roll
from reaffirm.store.checking import SEALED
from reaffirm.store.sealing import DOCUMENT, LAYERS, document_seal, seal

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

# What the columns that came in with a schema hold for records that are older: schema, table, column, SQL.
ADDED = (
    (2, "document", "part", "0"), (2, "acquisition", "headers", "'[]'"), (2, "attempt", "origin", "''"),
)
TABLES = (
    "raw", "run", "document", "reading", "acquisition", "attempt", "statement", "problem", "span", "observation", "node",
    "block", "passage", "dated", "voice", "speaker", "party", "mention", "actor", "judgement",
)  # fmt: skip
COPIED = (  # those that later schemas brought
    (2, "timex"), (2, "sketch"), (2, "sketch_key"), (2, "meeting_key"), (3, "commitment"), (3, "demand"), (3, "telling"), (3, "meeting"),
    (3, "open_circle"), (3, "duty"), (3, "call"), (3, "bound"), (3, "filing"), (3, "copy"),
)  # fmt: skip
ADDED_TABLES = ((2, "timex"), (3, "telling"), (3, "duty"), (3, "call"), (3, "bound"), (3, "filing"))
RESEALED = ("acquisition", "attempt")
INDEXED = {"passage_text": "rowid, text", "statement_text": "rowid, content, statement"}


def upgrade(path: Path) -> Path | None:
    """Where the old file was kept, or None when the ledger has this program's schema already.

    A `LedgerError` says why a file cannot be upgraded; it is then as it was.
    """
    schema = connect.schema_of(path)
    if schema == connect.SCHEMA:
        return None
    kept = path.with_name(f"{path.name}.schema-{schema}")
    if kept.exists():
        message = f"{kept} is there already, and would keep the old ledger; move it away first"
        raise LedgerError(message)
    fresh = connect.beside(path, "upgrading")
    with connect.folder_explained(path), connect.explained(path):
        try:
            connect.make(fresh)
            _fill(fresh, path, schema)
            connect.flush(fresh)
            path.rename(kept)
            fresh.rename(path)
        finally:
            fresh.unlink(missing_ok=True)
    return kept


def _fill(fresh: Path, path: Path, schema: int) -> None:
    """Nothing; copies every record of an older ledger into an empty one."""
    with closing(connect.connect(fresh, read_only=False, wait=10.0)) as connection:
        connection.execute("ATTACH ? AS old", (f"{path.resolve().as_uri()}?mode=ro",))
        connection.execute("BEGIN IMMEDIATE")
        _insist_sealed(connection, path, schema)
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table in (*TABLES, *(table for since, table in COPIED if since <= schema)):
            _copy(connection, table, schema)
        for table, columns in INDEXED.items():
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM old.{table}")  # noqa: S608 - constants
        connection.execute("DELETE FROM sqlite_sequence")
        connection.execute("INSERT INTO sqlite_sequence SELECT * FROM old.sqlite_sequence")
        if schema < 3:
            connection.execute("UPDATE sketch SET linked = 0")  # near-copies have other ids since schema 3
        connection.execute("INSERT INTO open_place SELECT id FROM document WHERE current = 1")  # strands hold more since schema 5
        _seal(connection)
        connection.execute("COMMIT")
        connection.execute("DETACH old")


def _copy(connection: sqlite3.Connection, table: str, schema: int) -> None:
    added = {column: value for since, where, column, value in ADDED if where == table and since > schema}
    columns = [row["name"] for row in connection.execute(f"PRAGMA main.table_info({table})")]
    values = ", ".join(added.get(column, f'"{column}"') for column in columns)
    rows = connection.execute(f"SELECT {values} FROM old.{table}")  # noqa: S608 - from the schema
    sealed = table in RESEALED  # their seal is the last column, their first a number that is no part of it
    places = ", ".join("?" * len(columns))
    records = ((*row[:-1], seal(*row[1:-1])) if sealed else row for row in map(tuple, rows))
    connection.executemany(f"INSERT INTO main.{table} VALUES ({places})", records)  # noqa: S608 - from the schema


def _insist_sealed(connection: sqlite3.Connection, path: Path, schema: int) -> None:
    """Nothing, when the old records have their seals."""
    new = {(table, column) for since, table, column, _ in ADDED if since > schema}
    for table in RESEALED:
        query = _without(SEALED[table], [column for where, column in new if where == table]).replace(f"FROM {table}", f"FROM old.{table}")
        for row in connection.execute(query):
            *values, sealed = tuple(row)[1:]
            _insist(path, table, str(row[0]), sealed == seal(*values))
    head = _without(DOCUMENT, [column for where, column in new if where == "document"])
    missing = [f"FROM {table} " for since, table in ADDED_TABLES if since > schema]
    layers = [query for query in LAYERS if not any(words in query for words in missing)]
    queries = [query.replace("FROM ", "FROM old.", 1) for query in (head, *layers)]
    for key, sealed in connection.execute("SELECT id, seal FROM old.document").fetchall():
        found = [[list(row) for row in connection.execute(query, (key,))] for query in queries]
        _insist(path, "document", key, sealed == seal(*found))


def _without(query: str, columns: list[str]) -> str:
    for column in columns:
        query = query.replace(f" {column},", "", 1)
    return query


def _insist(path: Path, table: str, record: str, sound: bool) -> None:  # noqa: FBT001 - what is insisted on
    if not sound:
        message = f"{path} is damaged ({table} {record} was altered) and was left alone; restore a backup of it first"
        raise LedgerError(message)


def _seal(connection: sqlite3.Connection) -> None:
    """Nothing; seals the documents, whose records have changed, and puts their rows on the roll."""
    documents = [row["id"] for row in connection.execute("SELECT id FROM document")]
    for key in documents:
        roll.put(connection, key)
    connection.executemany("UPDATE document SET seal = ? WHERE id = ?", [(document_seal(connection, key), key) for key in documents])
