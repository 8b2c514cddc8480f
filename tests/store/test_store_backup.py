import sqlite3
from pathlib import Path

import pytest
from store_builders import Filled, put

from reaffirm.errors import LedgerError
from reaffirm.store import queries
from reaffirm.store.backup import backup, restore
from reaffirm.store.sqlite import open_ledger
from reaffirm.store.verify import verify


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def docs(path: Path) -> list[str]:
    with open_ledger(path) as store:
        assert verify(store) == []
        return [d.doc for d in queries.documents(store)]


def test_a_backup_is_a_ledger_in_one_file(tmp_path: Path, filled: Filled) -> None:
    backup(filled.store, tmp_path / "copy.db")
    assert docs(tmp_path / "copy.db") == ["a.txt"]
    assert names(tmp_path) == ["copy.db", "ledger.db"]


def test_a_backup_never_replaces_a_file(tmp_path: Path, filled: Filled) -> None:
    (tmp_path / "copy.db").write_bytes(b"precious")
    with pytest.raises(LedgerError, match="left alone"):
        backup(filled.store, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"precious"


def test_a_backup_into_a_missing_folder(tmp_path: Path, filled: Filled) -> None:
    with pytest.raises(LedgerError, match="check"):
        backup(filled.store, tmp_path / "none" / "copy.db")


def test_the_ledger_goes_back_and_the_replaced_one_is_kept(tmp_path: Path, path: Path, filled: Filled) -> None:
    backup(filled.store, tmp_path / "copy.db")
    put(filled.store, "Later.", "b.txt")
    filled.store.close()
    assert restore(tmp_path / "copy.db", path) == tmp_path / "ledger.db.before-restore-1"
    assert docs(path) == ["a.txt"]
    assert docs(tmp_path / "ledger.db.before-restore-1") == ["a.txt", "b.txt"]
    assert restore(tmp_path / "ledger.db.before-restore-1", path) == tmp_path / "ledger.db.before-restore-2"
    assert docs(path) == ["a.txt", "b.txt"]
    assert names(tmp_path) == ["copy.db", "ledger.db", "ledger.db.before-restore-1", "ledger.db.before-restore-2"]


def test_where_there_was_no_ledger_nothing_is_kept(tmp_path: Path, filled: Filled) -> None:
    backup(filled.store, tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", tmp_path / "new.db") is None
    assert docs(tmp_path / "new.db") == ["a.txt"]


def test_a_damaged_ledger_can_be_replaced_and_takes_its_journal_along(tmp_path: Path, path: Path, filled: Filled) -> None:
    backup(filled.store, tmp_path / "copy.db")
    filled.store.close()
    path.write_bytes(b"ruin")
    (tmp_path / "ledger.db-journal").write_bytes(b"a journal that must not be played into the restored ledger")
    kept = restore(tmp_path / "copy.db", path)
    assert kept is not None
    assert kept.read_bytes() == b"ruin"
    assert docs(path) == ["a.txt"]
    assert names(tmp_path) == ["copy.db", "ledger.db", "ledger.db.before-restore-1", "ledger.db.before-restore-1-journal"]


def test_an_altered_backup_changes_nothing(tmp_path: Path, path: Path, filled: Filled) -> None:
    backup(filled.store, tmp_path / "copy.db")
    filled.store.close()
    with sqlite3.connect(tmp_path / "copy.db") as connection:
        connection.execute("DROP TRIGGER span_same")
        connection.execute("UPDATE span SET exact = 'Never said.'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"is not whole \(\d+ findings: .*; use another backup"):
        restore(tmp_path / "copy.db", path)
    assert path.read_bytes() == before
    assert names(tmp_path) == ["copy.db", "ledger.db"]


@pytest.mark.parametrize("data", [None, b"", b"no backup"])
def test_what_is_no_backup_changes_nothing(tmp_path: Path, path: Path, filled: Filled, data: bytes | None) -> None:
    filled.store.close()
    if data is not None:
        (tmp_path / "copy.db").write_bytes(data)
    with pytest.raises(LedgerError):
        restore(tmp_path / "copy.db", path)
    assert docs(path) == ["a.txt"]


def test_a_ledger_that_is_being_written_is_not_replaced(tmp_path: Path, path: Path, filled: Filled) -> None:
    backup(filled.store, tmp_path / "copy.db")
    with filled.store.writing(), pytest.raises(LedgerError, match="close it and restore again"):
        restore(tmp_path / "copy.db", path)
    assert names(tmp_path) == ["copy.db", "ledger.db"]
