import sqlite3

import pytest
from store_builders import RUN2, Filled, judgement_of, put

APPEND_ONLY = ["raw", "document", "acquisition", "run", "reading", "statement", "problem", "span", "observation", "judgement"]


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["DELETE FROM {0}", "REPLACE INTO {0} SELECT * FROM {0}"])
def test_append_only(filled: Filled, table: str, change: str) -> None:
    filled.store.judge(judgement_of(filled.rows[0]))
    with pytest.raises(sqlite3.IntegrityError, match=f"append-only: {table}"):
        filled.store.connection.execute(change.format(table))


@pytest.mark.parametrize("table", [table for table in APPEND_ONLY if table != "document"])
def test_no_column_may_change(filled: Filled, table: str) -> None:
    filled.store.judge(judgement_of(filled.rows[0]))
    for column in filled.store.read(f"PRAGMA table_info({table})"):
        with pytest.raises(sqlite3.IntegrityError, match=f"append-only: {table}"):
            filled.store.connection.execute(f'UPDATE {table} SET "{column["name"]}" = "{column["name"]}"')


@pytest.mark.parametrize("column", ["id", "sha256", "text", "text_sha256"])
def test_the_text_of_a_document_may_not_change(filled: Filled, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only: document"):
        filled.store.connection.execute(f"UPDATE document SET {column} = 'x'")


def test_one_document_is_current(filled: Filled) -> None:
    put(filled.store, run=RUN2)
    assert filled.store.read("SELECT sum(current) FROM document")[0][0] == 1


def test_tables_are_strict(filled: Filled) -> None:
    tables = filled.store.read("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    assert [row["name"] for row in tables if not row["strict"] and not row["name"].startswith("sqlite_")] == []
