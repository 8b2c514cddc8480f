"""A copy of a ledger that is whole, and the way back from it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from reaffirm.errors import LedgerError
from reaffirm.store.connect import beside, explained, flush, folder_explained, place, recognise
from reaffirm.store.sqlite import open_ledger
from reaffirm.store.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.store.sqlite import SqliteStore

JOURNALS = ("-journal", "-wal", "-shm")
SHOWN = 3


def backup(store: SqliteStore, path: Path) -> None:
    """Nothing; writes the ledger as it is now to a new file, whole or not at all; never over a file that is there."""
    if path.exists():
        message = f"{path} is there already and was left alone; give the backup another name"
        raise LedgerError(message)
    temporary = beside(path, "backup")
    try:
        with folder_explained(path), explained(path):
            _copy(store.connection, temporary)
            place(temporary, path)
    finally:
        _remove(temporary)


def restore(backup_path: Path, ledger_path: Path) -> Path | None:
    """Where the ledger that was replaced is kept (`NAME.before-restore-N`); None where there was none.

    The backup is verified first: a damaged one changes nothing.
    """
    temporary = beside(ledger_path, "restore")
    try:
        with folder_explained(ledger_path), explained(ledger_path):
            with open_ledger(backup_path, read_only=True) as source, explained(backup_path):
                _copy(source.connection, temporary)
            _insist(temporary, backup_path)
            flush(temporary)
            kept = _keep(ledger_path)
            temporary.replace(ledger_path)
            flush(ledger_path.parent)
            return kept
    finally:
        _remove(temporary)


def _copy(source: sqlite3.Connection, path: Path) -> None:
    with closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


def _insist(copy: Path, backup_path: Path) -> None:
    with open_ledger(copy) as store:
        findings = verify(store)
    if findings:
        shown = "; ".join(f"{f.table} {f.record}: {f.message}" for f in findings[:SHOWN])
        message = f"the backup {backup_path} is not whole ({len(findings)} findings: {shown}); use another backup"
        raise LedgerError(message)


def _keep(ledger: Path) -> Path | None:
    """Where the old ledger now also stands; the old name keeps it too until it is replaced."""
    if not ledger.exists():
        return None
    _insist_idle(ledger)
    number = 1
    while (kept := ledger.with_name(f"{ledger.name}.before-restore-{number}")).exists():
        number += 1
    for suffix in JOURNALS:  # a journal left behind would be played into the restored ledger
        journal = ledger.with_name(ledger.name + suffix)
        if journal.exists():
            journal.rename(kept.with_name(kept.name + suffix))
    try:
        os.link(ledger, kept)
    except OSError:  # a file system without links
        ledger.rename(kept)
    return kept


def _insist_idle(ledger: Path) -> None:
    try:
        recognise(ledger)
    except LedgerError:
        return  # a ruin is kept as it is: SQLite would tidy up its journal
    try:
        with closing(sqlite3.connect(ledger, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            message = f"the ledger {ledger} is being used by another process; close it and restore again"
            raise LedgerError(message) from error


def _remove(temporary: Path) -> None:
    for suffix in ("", *JOURNALS):
        temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)
