"""The accounts of a ledger, in a file of their own beside it, so that no backup, export or copy of the ledger takes them along.

Kept are hashes only: of passwords (made by whoever calls), and of the secrets of sessions and tokens. The file is its owner's alone.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.store.connect import explained, folder_explained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reaffirm.rights import Role

SUFFIX = ".accounts"
WAIT = 10.0  # seconds for the turn of a writer
NOTED = 60.0  # seconds within which a session that is used again is not written down again
SCHEMA = """
CREATE TABLE account (
  name TEXT NOT NULL PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE token (
  id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE, label TEXT NOT NULL,
  secret TEXT NOT NULL UNIQUE, at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  secret TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
  begun REAL NOT NULL, seen REAL NOT NULL
) STRICT, WITHOUT ROWID;
"""
BEARER = "SELECT a.name, a.role FROM token t JOIN account a ON a.name = t.account WHERE t.secret = ?"
VISITOR = "SELECT a.name, a.role, s.begun, s.seen FROM session s JOIN account a ON a.name = s.account WHERE s.secret = ?"


@dataclass(frozen=True, slots=True)
class Account:
    """Who may use a ledger through the server, and as what."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Token:
    """A key by which a program acts for an account; the secret itself is known only to whom it was shown."""

    id: str
    account: str
    label: str
    at: str


def place(ledger: Path) -> Path:
    """Where the accounts of a ledger are kept."""
    return ledger.with_name(ledger.name + SUFFIX)


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, open for one transaction; it is made where there is none, and nobody but its owner may read it."""
    with folder_explained(path), explained(path):
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE")
            try:
                _make(connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _make(connection: sqlite3.Connection) -> None:
    """Nothing; makes the tables of an empty file."""
    (made,) = connection.execute("PRAGMA user_version").fetchone()
    for statement in SCHEMA.split(";") if not made else ():
        connection.execute(statement)
    if not made:
        connection.execute("PRAGMA user_version = 1")


def _ask(path: Path, sql: str, parameters: tuple[object, ...] = ()) -> list[sqlite3.Row]:
    """The records that answer a question; none where there is no file, or one in which nothing was ever put. Nothing is written."""
    if not path.exists():
        return []
    with explained(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT)) as connection:
        connection.row_factory = sqlite3.Row
        (made,) = connection.execute("PRAGMA user_version").fetchone()
        return connection.execute(sql, parameters).fetchall() if made else []


def accounts(path: Path) -> list[Account]:
    """All accounts by name; none where there is no file."""
    return [Account(row["name"], row["role"]) for row in _ask(path, "SELECT name, role FROM account ORDER BY name")]


def password(path: Path, name: str) -> tuple[Account, str] | None:
    """An account with the hash of its password."""
    rows = _ask(path, "SELECT name, role, password FROM account WHERE name = ?", (name,))
    return (Account(rows[0]["name"], rows[0]["role"]), str(rows[0]["password"])) if rows else None


def add(path: Path, account: Account, hashed: str, at: str) -> None:
    """Nothing; adds an account; a `UsageError` where its name is taken."""
    with _open(path) as connection:
        if connection.execute("SELECT 1 FROM account WHERE name = ?", (account.name,)).fetchone():
            message = f"there is an account {account.name} already; `reaffirm account password` changes its password"
            raise UsageError(message)
        connection.execute("INSERT INTO account VALUES (?, ?, ?, ?)", (account.name, account.role, hashed, at))


def change(path: Path, name: str, hashed: str) -> None:
    """Nothing; gives an account another password, ends its sessions, and revokes its tokens."""
    with _open(path) as connection:
        _insist(connection.execute("UPDATE account SET password = ? WHERE name = ?", (hashed, name)).rowcount, name)
        connection.execute("DELETE FROM session WHERE account = ?", (name,))
        connection.execute("DELETE FROM token WHERE account = ?", (name,))


def rehash(path: Path, name: str, hashed: str) -> None:
    """Nothing; keeps the same password under a newer hash."""
    with _open(path) as connection:
        connection.execute("UPDATE account SET password = ? WHERE name = ?", (hashed, name))


def remove(path: Path, name: str) -> None:
    """Nothing; removes an account with its sessions and tokens; what it judged stays in the ledger."""
    with _open(path) as connection:
        _insist(connection.execute("DELETE FROM account WHERE name = ?", (name,)).rowcount, name)


def _insist(changed: int, name: str) -> None:
    if not changed:
        message = f"there is no account {name}; `reaffirm account list` shows all"
        raise UsageError(message)


def add_token(path: Path, token: Token, secret: str) -> None:
    """Nothing; adds a token by the hash of its secret."""
    with _open(path) as connection:
        _insist(len(connection.execute("SELECT 1 FROM account WHERE name = ?", (token.account,)).fetchall()), token.account)
        connection.execute("INSERT INTO token VALUES (?, ?, ?, ?, ?)", (token.id, token.account, token.label, secret, token.at))


def tokens(path: Path) -> list[Token]:
    """All tokens by account and label; never a secret."""
    rows = _ask(path, "SELECT id, account, label, at FROM token ORDER BY account, label, id")
    return [Token(row["id"], row["account"], row["label"], row["at"]) for row in rows]


def revoke(path: Path, key: str) -> None:
    """Nothing; removes a token by its id."""
    with _open(path) as connection:
        if not connection.execute("DELETE FROM token WHERE id = ?", (key,)).rowcount:
            message = f"there is no token {key}; `reaffirm token list` shows all"
            raise UsageError(message)


def bearer(path: Path, secret: str) -> Account | None:
    """The account of a token, by the hash of its secret."""
    rows = _ask(path, BEARER, (secret,))
    return Account(rows[0]["name"], rows[0]["role"]) if rows else None


def begin(path: Path, name: str, secret: str, now: float) -> None:
    """Nothing; begins a session of an account, by the hash of its secret."""
    with _open(path) as connection:
        connection.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (secret, name, now, now))


def visitor(path: Path, secret: str, now: float, idle: float, longest: float) -> Account | None:
    """The account of a session; one that nobody used for `idle` seconds, or that began `longest` seconds ago, is over."""
    rows = _ask(path, VISITOR, (secret,))
    if not rows:
        return None
    seen, is_over = rows[0]["seen"], rows[0]["seen"] < now - idle or rows[0]["begun"] < now - longest
    if is_over or seen < now - NOTED:
        with _open(path) as connection:
            connection.execute("DELETE FROM session WHERE seen < ? OR begun < ?", (now - idle, now - longest))
            connection.execute("UPDATE session SET seen = ? WHERE secret = ?", (now, secret))
    return None if is_over else Account(rows[0]["name"], rows[0]["role"])


def end(path: Path, secret: str) -> None:
    """Nothing; ends a session."""
    if path.exists():
        with _open(path) as connection:
            connection.execute("DELETE FROM session WHERE secret = ?", (secret,))
