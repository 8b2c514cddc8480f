from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

import duckdb
import pytest
from export_books import PAYLOADS, sampled, small

from reaffirm.errors import UsageError
from reaffirm.export import parquet
from reaffirm.export.sheets import sheets
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]
READER = duckdb.connect()
TYPES = {"text": "VARCHAR", "number": "BIGINT", "share": "DOUBLE", "flag": "BOOLEAN", "names": "VARCHAR[]"}


def equal(book: Book, folder: Path) -> None:
    described = {sheet.name: sheet for sheet in sheets(book)}
    for name, data in parquet.files(book):
        path = folder / name
        path.write_bytes(data)
        sheet = described.pop(name.removesuffix(".parquet"))
        found = READER.execute("SELECT * FROM read_parquet(?)", [str(path)])
        assert [(column[0], str(column[1])) for column in found.description or ()] == [(h.name, TYPES[h.type]) for h in sheet.headings]
        assert found.fetchall() == list(sheet.rows), sheet.name
    assert described == {}


def test_rows_and_attributes_are_equal_when_another_library_reads_them(sample: Path, tmp_path: Path) -> None:
    equal(sampled(sample), tmp_path)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_lost(payload: str, tmp_path: Path) -> None:
    equal(small(payload), tmp_path)


def test_each_file_says_what_made_it_and_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    first = list(parquet.files(small("x")))
    assert first == list(parquet.files(small("x")))
    for name, data in first:
        (tmp_path / name).write_bytes(data)
        told = READER.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(tmp_path / name)]).fetchall()
        assert (b"program", f"Reaffirm {VERSION}".encode()) in told


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name == "pyarrow":
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'reaffirm\[exports\]'"):
        list(parquet.files(small("x")))
