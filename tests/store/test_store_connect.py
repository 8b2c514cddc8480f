import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store_builders import RUN, arrival_of, observation_of, put

from reaffirm.errors import LedgerError
from reaffirm.store import connect, queries
from reaffirm.store.sqlite import open_ledger
from reaffirm.store.verify import verify


def foreign_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()


def newer(path: Path) -> None:
    with open_ledger(path, create=True) as store:
        store.connection.execute("PRAGMA user_version = 99")


def older(path: Path) -> None:
    with open_ledger(path, create=True) as store:
        store.connection.execute("PRAGMA user_version = 0")


def cut_short(path: Path) -> None:
    with open_ledger(path, create=True) as store:
        put(store)
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(("make", "words"), [
    (lambda path: None, "there is no ledger at"),  # noqa: ARG005
    (lambda path: path.write_bytes(b""), "empty"),
    (lambda path: path.write_text("not a database at all " * 9), "no ledger of Reaffirm"),
    (lambda path: path.write_bytes(b"SQLite format 3\x00"), "no ledger of Reaffirm"),
    (Path.mkdir, "is a folder"),
    (foreign_database, "no ledger of Reaffirm"),
    (newer, f"newer Reaffirm (schema 99, this one reads {connect.SCHEMA}); update"),
    (older, "reaffirm restore"),
    (cut_short, "damaged"),
])  # fmt: skip
def test_what_cannot_be_used_is_named_and_left_alone(path: Path, make: Callable[[Path], object], words: str) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None
    creates = [False, True] if path.exists() else [False]
    for create in creates:
        with pytest.raises(LedgerError, match=words.replace("(", r"\(").replace(")", r"\)")):
            open_ledger(path, create=create)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_ledger_is_made_once_and_then_opened(path: Path) -> None:
    with open_ledger(path, create=True) as store:
        put(store)
    with open_ledger(path, create=True) as store:
        assert [d.doc for d in queries.documents(store)] == ["a.txt"]
    assert sorted(p.name for p in path.parent.iterdir()) == ["ledger.db"]


def test_a_missing_folder_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="check"):
        open_ledger(tmp_path / "none" / "ledger.db", create=True)


def test_odd_names_are_names(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%20 é.db"
    with open_ledger(path, create=True) as store:
        put(store)
    with open_ledger(path, read_only=True) as store:
        assert queries.status(store).documents == 1
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208


def test_two_processes_may_make_the_same_ledger(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = connect.make

    def overtaken(wanted: Path) -> None:
        make(wanted)  # the other process was first
        make(wanted)

    monkeypatch.setattr(connect, "make", overtaken)
    with open_ledger(path, create=True) as store:
        assert verify(store) == []


def test_a_file_system_without_links(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    with open_ledger(path, create=True) as store:
        assert verify(store) == []
    with pytest.raises(LedgerError, match="left alone"):
        connect.make(path)


def test_a_ledger_open_for_reading_refuses_to_be_written(path: Path) -> None:
    with open_ledger(path, create=True) as store:
        put(store)
    with open_ledger(path, read_only=True) as store:
        assert queries.status(store).documents == 1
        observation = observation_of("Other.")
        with pytest.raises(LedgerError, match="cannot be written"):
            store.record(observation, arrival_of(observation), b"Other.", RUN)
        assert verify(store) == []


@pytest.mark.parametrize(("version", "mode"), [((3, 40, 1), "delete"), ((3, 51, 2), "delete"), ((3, 51, 3), "wal"), ((3, 52, 0), "wal")])
def test_wal_is_used_only_where_it_is_safe(version: tuple[int, int, int], mode: str) -> None:
    assert connect.journal_mode(version) == mode


def test_a_sqlite_without_strict_tables_is_too_old() -> None:
    with pytest.raises(LedgerError, match="too old"):
        connect.journal_mode((3, 36, 0))


def test_a_ledger_left_in_wal_mode_gets_the_safe_journal_again(path: Path) -> None:
    with open_ledger(path, create=True) as store:
        store.connection.execute("PRAGMA journal_mode = WAL")
        put(store)
    with open_ledger(path) as store:
        assert store.read("PRAGMA journal_mode")[0][0] == connect.journal_mode()
        assert store.read("PRAGMA synchronous")[0][0] == 2
        assert verify(store) == []


def test_an_error_without_advice_still_says_something(path: Path) -> None:
    said = r"cannot be used; run `reaffirm verify` \(no such table: x\)"
    with closing(sqlite3.connect(":memory:")) as memory, pytest.raises(LedgerError, match=said), connect.explained(path):
        memory.execute("SELECT * FROM x")


def test_opening_a_ledger_once_more_keeps_the_locks_of_another_connection(tmp_path: Path) -> None:
    path = tmp_path / "locked.db"
    other = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute('BEGIN IMMEDIATE')"
    with open_ledger(path, create=True) as writer, writer.writing():
        for _ in range(2):
            open_ledger(path, read_only=True).close()
        done = subprocess.run([sys.executable, "-c", other, str(path)], capture_output=True, text=True, check=False)
    assert "database is locked" in done.stderr
