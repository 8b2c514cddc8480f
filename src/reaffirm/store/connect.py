"""Opening a ledger file: what it is, whether this program may touch it, and plain words for what went wrong."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import uuid
from contextlib import closing, contextmanager
from importlib import metadata, resources
from typing import TYPE_CHECKING

from reaffirm.errors import LedgerError
from reaffirm.model import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = 5
OLDEST_SCHEMA = 1  # that `reaffirm upgrade` knows
APPLICATION = 0x52454146  # "REAF": the mark in the file's header
CACHE = 65536  # kilobytes of the file that a connection keeps at most
MAGIC = b"SQLite format 3\x00"
HEADER = 72
OLDEST = (3, 37, 0)  # STRICT tables
WAL_SAFE = (3, 51, 3)  # 3.7.0 to 3.51.2 can corrupt in WAL mode under concurrent writers and checkpoints

MOST_HELD = 200  # files; a process that goes through more ledgers than that has done with the first
HELD: dict[tuple[int, int], int] = {}  # descriptors of ledgers by device and inode
HELD_LOCK = threading.Lock()
ADVICE = {
    sqlite3.SQLITE_BUSY: "is being used by another process; wait until that has finished and run again",
    sqlite3.SQLITE_LOCKED: "is being used by another process; wait until that has finished and run again",
    sqlite3.SQLITE_READONLY: "cannot be written (it or its folder is read-only, or it was opened for reading only); "
    "make it writable or work on a copy",
    sqlite3.SQLITE_FULL: "did not fit: the disk is full; nothing was lost and nothing half written; free space and run again",
    sqlite3.SQLITE_CORRUPT: "is damaged; keep the file and run `reaffirm restore BACKUP`",
    sqlite3.SQLITE_NOTADB: "is no ledger or its beginning is damaged; name another file, or run `reaffirm restore BACKUP`",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that the folder exists and may be read",
    sqlite3.SQLITE_PERM: "may not be opened; check its permissions",
    sqlite3.SQLITE_IOERR: "cannot be read or written (the disk reports an error or is full); nothing half written is "
    "kept; check the disk and run again",
    sqlite3.SQLITE_TOOBIG: "cannot hold a single document of this size (about 1 GB); leave it out or split it",
    sqlite3.SQLITE_CONSTRAINT: "refused a record that breaks its rules; this is a defect of Reaffirm: report it",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Nothing; inside, errors of SQLite become a `LedgerError` that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        advice = ADVICE.get(code & 0xFF) if code is not None else None
        message = f"the ledger {path} {advice or 'cannot be used; run `reaffirm verify`'} ({error})"
        raise LedgerError(message) from error


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """The journal that is safe with this version of SQLite: `wal` from 3.51.3 on, else `delete`."""
    if version < OLDEST:
        message = f"SQLite {'.'.join(map(str, version))} is too old for a ledger; install Python with SQLite 3.37 or newer"
        raise LedgerError(message)
    return "wal" if version >= WAL_SAFE else "delete"


def schema() -> str:
    """The text of schema.sql."""
    return resources.files("reaffirm.store").joinpath("schema.sql").read_text(encoding="utf-8")


def recognise(path: Path) -> None:
    """Nothing, when the file is a ledger that this program can use; it is only looked at, never touched."""
    header = _header(path)
    if not header:
        message = f"{path} is empty and no ledger; it was left alone: name another file, or delete it first"
    elif len(header) < HEADER or not header.startswith(MAGIC) or _number(header, 68) != APPLICATION:
        message = f"{path} is no ledger of Reaffirm; it was left alone: name another file"
    elif _number(header, 60) > SCHEMA:
        newer = _number(header, 60)
        message = f"{path} was written by a newer Reaffirm (schema {newer}, this one reads {SCHEMA}); update Reaffirm"
    elif _number(header, 60) < OLDEST_SCHEMA:
        message = f"{path} has schema {_number(header, 60)}, which no Reaffirm ever wrote; run `reaffirm restore BACKUP`"
    elif _number(header, 60) < SCHEMA:
        message = f"{path} was written by an earlier Reaffirm (schema {_number(header, 60)}); run `reaffirm upgrade --ledger {path}`"
    else:
        return
    raise LedgerError(message)


def schema_of(path: Path) -> int:
    """The schema of a ledger that this program can use or upgrade; a `LedgerError` for any other file."""
    header = _header(path)
    known = len(header) >= HEADER and header.startswith(MAGIC) and _number(header, 68) == APPLICATION
    if not known or not OLDEST_SCHEMA <= _number(header, 60) < SCHEMA:
        recognise(path)
    return _number(header, 60)


def _header(path: Path) -> bytes:
    try:
        return _beginning(path)
    except FileNotFoundError:
        message = f"there is no ledger at {path}; `reaffirm add` makes one, or name another with --ledger"
    except IsADirectoryError:
        message = f"{path} is a folder, not a ledger; name the file in it"
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}); check its permissions"
    raise LedgerError(message)


def _beginning(path: Path) -> bytes:
    """The first bytes of a file, read without letting go of the locks on it.

    When a process closes a file, POSIX drops all locks that it holds on that file, also those that SQLite holds in another thread,
    and two processes would write at once (https://www.sqlite.org/howtocorrupt.html, 2.2). So what was opened here stays open.
    """
    if os.name != "posix":
        with path.open("rb") as file:
            return file.read(HEADER)
    with HELD_LOCK:
        status = path.stat()
        handle = HELD.get((status.st_dev, status.st_ino))
        if handle is None:
            handle = os.open(path, os.O_RDONLY)
            status = os.fstat(handle)
            if stat.S_ISDIR(status.st_mode):
                os.close(handle)
                raise IsADirectoryError(path)
            HELD[status.st_dev, status.st_ino] = handle
            if len(HELD) > MOST_HELD:
                os.close(HELD.pop(next(iter(HELD))))
        return os.pread(handle, HEADER, 0)


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big", signed=True)


def connect(path: Path, *, read_only: bool, wait: float) -> sqlite3.Connection:
    """A connection to a file that `recognise` has passed, with the settings every ledger is used with."""
    journal = journal_mode()
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=wait, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")  # so that REPLACE cannot slip past "append-only"
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        connection.execute("PRAGMA temp_store = MEMORY")  # what a question sorts on its way
        if not read_only:
            _keep_journal(connection, journal)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("SELECT value FROM meta").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _keep_journal(connection: sqlite3.Connection, journal: str) -> None:
    (now,) = connection.execute("PRAGMA journal_mode").fetchone()
    if now != journal:
        connection.execute("PRAGMA journal_mode = WAL" if journal == "wal" else "PRAGMA journal_mode = DELETE")


def make(path: Path) -> None:
    """Nothing; makes an empty ledger, complete or not at all, and never over a file that is there."""
    temporary = beside(path, "making")
    try:
        with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # the finished file is flushed as one
            connection.executescript(f"BEGIN;\n{schema()}\nCOMMIT;")
            facts = {"schema": str(SCHEMA), "program": program()}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", [*facts.items(), ("seal", digest(facts))])
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def program() -> str:
    """The name and version of this program."""
    try:
        return f"reaffirm {metadata.version('reaffirm')}"
    except metadata.PackageNotFoundError:
        return "reaffirm"


def beside(path: Path, purpose: str) -> Path:
    """A name for a temporary file in the same folder, so that moving it into place is atomic."""
    return path.with_name(f".{path.name[:80]}.{purpose}-{uuid.uuid4().hex[:12]}")


def place(temporary: Path, path: Path) -> None:
    """Nothing; gives a finished file its name for good; a `LedgerError` when the name is taken."""
    flush(temporary)
    try:
        os.link(temporary, path)
    except FileExistsError:
        message = f"{path} is there already and was left alone; name another file"
        raise LedgerError(message) from None
    except OSError:  # a file system without links
        if path.exists():
            message = f"{path} is there already and was left alone; name another file"
            raise LedgerError(message) from None
        temporary.rename(path)
    flush(path.parent)


def flush(path: Path) -> None:
    """Nothing; what was written to a file or folder is on the disk afterwards."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def folder_explained(path: Path) -> Iterator[None]:
    """Nothing; inside, errors of the file system become a `LedgerError`."""
    try:
        yield
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror or error}); check the folder, its permissions and free space"
        raise LedgerError(message) from error
