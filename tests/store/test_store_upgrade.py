"""Ledgers that the programs of earlier schemas wrote (two sample documents, a failure, judgements) are written anew."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reaffirm.errors import LedgerError
from reaffirm.store import connect, queries
from reaffirm.store.sqlite import open_ledger
from reaffirm.store.upgrade import upgrade
from reaffirm.store.verify import verify

SCHEMAS = (1, 2, 3, 4)


@pytest.fixture(params=SCHEMAS)
def old(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "l.db"
    path.write_bytes(gzip.decompress(Path(__file__).with_name(f"schema-{request.param}.db.gz").read_bytes()))
    return path


def answers(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return [tuple(row) for row in connection.execute(sql)]


def test_an_older_ledger_is_refused_until_it_is_upgraded(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(LedgerError, match="reaffirm upgrade"):
        open_ledger(old)
    kept = upgrade(old)
    assert kept is not None
    assert kept.name.startswith("l.db.schema-")
    assert kept.read_bytes() == before
    with open_ledger(old) as store:
        assert verify(store) == []


def test_every_row_and_judgement_comes_along(old: Path) -> None:
    kept = upgrade(old) or old
    for sql in (
        "SELECT id, sha256, text, name, card, run FROM document ORDER BY id",
        "SELECT * FROM statement ORDER BY id",
        "SELECT * FROM span ORDER BY row, role, ord",
        "SELECT * FROM judgement ORDER BY seq",
        "SELECT document, name, origin, received FROM acquisition ORDER BY seq",
        "SELECT name, sha256, reason FROM attempt ORDER BY seq",
        "SELECT * FROM sqlite_sequence WHERE name <> 'sketch' ORDER BY name",
    ):
        assert answers(old, sql) == answers(kept, sql)
        assert answers(old, sql)
    with open_ledger(old) as store:
        assert sorted(j.verdict for j in queries.judgements(store) if j.field != "published") == ["accepted", "corrected"]
        assert queries.search(store, "ministers")


def test_a_ledger_of_this_schema_is_left_as_it_is(tmp_path: Path) -> None:
    connect.make(tmp_path / "l.db")
    before = (tmp_path / "l.db").read_bytes()
    assert upgrade(tmp_path / "l.db") is None
    assert (tmp_path / "l.db").read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE document SET name = 'other.txt'",
        "UPDATE block SET kind = 'note' WHERE ord = 3",
        "UPDATE attempt SET reason = 'none'",
    ],
)
def test_what_was_altered_is_not_sealed_anew(old: Path, damage: str) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(damage)
        connection.commit()
    before = old.read_bytes()
    with pytest.raises(LedgerError, match="was altered"):
        upgrade(old)
    assert old.read_bytes() == before
    assert sorted(path.name for path in old.parent.iterdir()) == ["l.db"]


def test_the_old_file_is_never_written_over(old: Path) -> None:
    old.with_name(f"l.db.schema-{connect.schema_of(old)}").write_text("mine")
    with pytest.raises(LedgerError, match="move it away"):
        upgrade(old)
