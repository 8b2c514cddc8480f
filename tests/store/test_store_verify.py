import sqlite3
from pathlib import Path

import pytest
from store_builders import NOW, RUN2, Filled, judgement_of, put

from reaffirm.errors import LedgerError
from reaffirm.store.explaining import explain
from reaffirm.store.sqlite import SqliteStore, open_ledger
from reaffirm.store.verify import Finding, verify

TABLES = [
    "raw", "document", "acquisition", "attempt", "run", "reading", "statement", "problem", "span", "observation", "node", "block",
    "passage", "dated", "voice", "speaker", "party", "mention", "actor", "judgement", "meta",
]  # fmt: skip
FREE = {("meta", "key"), ("passage", "id")}


@pytest.fixture
def rich(filled: Filled) -> SqliteStore:
    """A ledger with something in every table, opened so that anything can be changed."""
    store = filled.store
    put(store, "Another document.", "b.txt", RUN2)
    store.judge(judgement_of(filled.rows[0]))
    store.judge(judgement_of(filled.rows[1], "accepted"))
    store.undo(filled.rows[0], "Bo", NOW, anyone=True)
    store.fail("c.pdf", None, "encrypted", NOW)
    assert verify(store) == []
    loosen(store.connection)
    return store


def loosen(connection: sqlite3.Connection) -> None:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")


def tampered(store: SqliteStore, sql: str) -> list[Finding]:
    """The findings after a change, without those that name the triggers dropped for it; the change is taken back."""
    store.connection.execute("SAVEPOINT before")
    try:
        changed = store.connection.execute(sql).rowcount
        store.connection.execute("RELEASE before")
        assert changed, f"{sql} changed nothing"
        return [finding for finding in verify(store) if finding.table != "schema"]
    finally:
        if store.connection.in_transaction:
            store.connection.execute("ROLLBACK")


def columns(table: str) -> list[tuple[str, str]]:
    schema = sqlite3.connect(":memory:")
    from reaffirm.store.connect import schema as text  # noqa: PLC0415

    schema.executescript(text())
    rows = [(row[1], row[2]) for row in schema.execute(f"PRAGMA table_info({table})")]
    schema.close()
    return rows


CELLS = [(table, name, kind) for table in TABLES for name, kind in columns(table)]


@pytest.mark.parametrize(("table", "name", "kind"), CELLS)
def test_a_change_of_any_one_value_is_found(rich: SqliteStore, table: str, name: str, kind: str) -> None:
    change = {"INTEGER": f'coalesce("{name}", 0) + 1000', "BLOB": "x'00'", "TEXT": f"coalesce(\"{name}\", '') || 'x'"}[kind]
    (key,) = rich.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert key, f"{table} is empty"
    first = rich.connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
    where = " AND ".join(f'"{column}" IS ?' for column in first.keys())  # noqa: SIM118
    assert rich.connection.execute(f'UPDATE {table} SET "{name}" = {change} WHERE {where}', tuple(first)).rowcount == 1
    assert [finding for finding in verify(rich) if finding.table != "schema"] != []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("order", ["", "DESC"])
def test_the_loss_of_any_one_record_is_found(rich: SqliteStore, table: str, order: str) -> None:
    first = rich.connection.execute(f"SELECT * FROM {table} ORDER BY 1 {order} LIMIT 1").fetchone()
    where = " AND ".join(f'"{column}" IS ?' for column in first.keys())  # noqa: SIM118
    assert rich.connection.execute(f"DELETE FROM {table} WHERE {where}", tuple(first)).rowcount == 1
    assert [finding for finding in verify(rich) if finding.table != "schema"] != []


@pytest.mark.parametrize(("sql", "table"), [
    ("UPDATE passage_text SET text = 'other words' WHERE rowid = 1", "passage"),
    ("DELETE FROM passage_text WHERE rowid = 1", "passage"),
    ("INSERT INTO passage_text (text) VALUES ('stray')", "passage_text"),
    ("UPDATE statement_text SET content = 'other words' WHERE rowid = 1", "statement_text"),
    ("UPDATE statement_text SET statement = 'S-0' WHERE rowid = 1", "statement_text"),
    ("DELETE FROM statement_text WHERE rowid = 1", "statement_text"),
    ("INSERT INTO statement_text SELECT content, statement FROM statement_text", "statement_text"),
    ("UPDATE passage_text_content SET c0 = 'other words' WHERE id = 1", "passage_text"),
    ("UPDATE statement_text_data SET block = x'00' WHERE id > 100", "statement_text"),
    ("INSERT INTO observation SELECT document, run, 'S-0', version FROM observation LIMIT 1", "observation"),
    ("INSERT INTO speaker SELECT statement, 'Nobody', 0 FROM voice LIMIT 1", "voice"),
    ("INSERT INTO run SELECT 'R-0', version, code, packs, model, seal FROM run LIMIT 1", "run"),
    ("UPDATE judgement SET undone = 1 - undone", "judgement"),
    ("PRAGMA user_version = 7", "file"),
    ("PRAGMA application_id = 7", "file"),
])  # fmt: skip
def test_other_changes_are_found(rich: SqliteStore, sql: str, table: str) -> None:
    rich.connection.execute(sql)
    assert table in {finding.table for finding in verify(rich)}


@pytest.mark.parametrize(("sql", "name"), [
    ("DROP TRIGGER raw_kept", "trigger raw_kept"),
    ("DROP INDEX document_current", "index document_current"),
    ("CREATE TABLE extra (x)", "table extra"),
])  # fmt: skip
def test_a_changed_schema_is_found(filled: Filled, sql: str, name: str) -> None:
    filled.store.connection.execute(sql)
    assert [(f.table, f.record) for f in verify(filled.store)] == [("schema", name)]


def test_evidence_that_came_to_lie_in_furniture_is_found(rich: SqliteStore) -> None:
    rich.connection.execute("UPDATE block SET kind = 'furniture' WHERE ord = 1")
    assert any("lies in furniture" in finding.message for finding in verify(rich))


def test_a_finding_names_the_record(rich: SqliteStore) -> None:
    row = rich.connection.execute("SELECT row FROM span WHERE role = 'content' ORDER BY row LIMIT 1").fetchone()["row"]
    rich.connection.execute("UPDATE span SET exact = 'Never said.' WHERE row = ? AND role = 'content'", (row,))
    findings = {(f.table, f.record): f.message for f in verify(rich)}
    assert "does not read 'Never said.'" in findings["statement", row]
    assert explain(rich, row).row == row


def test_a_damaged_file_is_a_finding(path: Path, filled: Filled) -> None:
    for number in range(30):
        put(filled.store, f"Document {number}.", f"{number}.txt")
    filled.store.close()
    data = bytearray(path.read_bytes())
    middle = 3 * len(data) // 4
    data[middle : middle + 8192] = b"\x55" * 8192
    path.write_bytes(data)
    with open_ledger(path) as store:
        assert [finding.table for finding in verify(store)][:1] == ["file"]


def test_a_ledger_in_use_is_not_called_altered(path: Path, filled: Filled) -> None:
    with filled.store.writing(), open_ledger(path, wait=0.05) as other, pytest.raises(LedgerError, match="another process"):
        verify(other)


def test_a_good_ledger_has_no_findings_and_is_not_changed(path: Path, filled: Filled) -> None:
    filled.store.close()
    before = path.read_bytes()
    with open_ledger(path) as store:
        assert verify(store) == []
    assert path.read_bytes() == before
