from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb
import pytest
from export_books import PAYLOADS, TEXTS, sampled, small
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm.export import csvfiles
from reaffirm.export.columns import COLUMNS
from reaffirm.export.escapes import coded, decoded
from reaffirm.export.sheets import Cell, Sheet, joined, parted, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]
READER = duckdb.connect()
ASKED = """
SELECT * FROM read_csv(?, header=false, all_varchar=true, delim=',', quote='"', escape='"', nullstr=['\x01'], parallel=false,
strict_mode=true, skip=0, auto_detect=false, columns={})
"""


def cells(data: bytes, folder: Path) -> list[tuple[str, ...]]:
    """The cells as another library reads them, the names of the columns first."""
    path = folder / "table.csv"
    path.write_bytes(data)
    width = data.decode("utf-8-sig").partition("\r\n")[0].count(",") + 1
    columns = "{" + ", ".join(f"'c{n}': 'VARCHAR'" for n in range(width)) + "}"
    return READER.execute(ASKED.format(columns), [str(path)]).fetchall()


def kept(sheet: Sheet) -> list[list[Cell]]:
    """The rows with what CSV has no word for: an empty text is as one that is unknown."""
    return [[None if cell == "" else cell for cell in row] for row in sheet.rows]


def reread(book: Book, folder: Path) -> dict[str, list[list[Cell]]]:
    found = {}
    described = {sheet.name: sheet for sheet in sheets(book)}
    for name, data in csvfiles.files(book):
        sheet = described[name.removesuffix(".csv")]
        header, *rows = cells(data, folder)
        assert list(header) == [heading.name for heading in sheet.headings]
        found[sheet.name] = [[csvfiles.read(c, h.type) for c, h in zip(row, sheet.headings, strict=True)] for row in rows]
    return found


def test_rows_and_attributes_are_equal_when_another_library_reads_them(sample: Path, tmp_path: Path) -> None:
    book = sampled(sample)
    found = reread(book, tmp_path)
    assert {name: len(rows) for name, rows in found.items() if name in COLUMNS and name in book.rows} == {
        name: len(book.rows[name]) for name in COLUMNS if name in book.rows
    }
    for sheet in sheets(book):
        assert found[sheet.name] == kept(sheet), sheet.name


def test_every_key_of_a_row_is_a_column_or_laid_flat(sample: Path) -> None:
    apart = {"commitments": {"force"}, "threads": {"steps", "silent"}, "copies": {"differences"}}
    for kind, rows in sampled(sample).rows.items():
        for row in rows:
            assert set(row) - {column.name for column in COLUMNS[kind]} == apart.get(kind, set()), kind


def test_the_codebook_tells_every_column_of_every_sheet(sample: Path) -> None:
    found = sheets(sampled(sample))
    told = {(row[0], row[1]) for row in found[-1].rows}
    assert told == {(sheet.name, heading.name) for sheet in found for heading in sheet.headings}
    assert all(row[3] for row in found[-1].rows)


def test_values_of_closed_lists_are_those_that_the_codebook_tells(sample: Path) -> None:
    for sheet in sheets(sampled(sample)):
        for place, heading in enumerate(sheet.headings):
            values = {row[place] for row in sheet.rows if isinstance(row[place], str)} if heading.values else set()
            assert values <= set(heading.values.split(", ")), (sheet.name, heading.name)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_runs_and_none_is_lost(payload: str, tmp_path: Path) -> None:
    book = small(payload)
    found = reread(book, tmp_path)
    for sheet in sheets(book):
        assert found[sheet.name] == kept(sheet), sheet.name
    for _, data in csvfiles.files(book):
        for row in cells(data, tmp_path):
            assert not [cell for cell in row if cell and re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)]
            assert not [cell for cell in row if cell and re.search(r"[\x00-\x08\x0b-\x1f]", cell)]


@given(TEXTS)
@settings(deadline=None)  # whole exports, on machines under load
def test_any_text_comes_back(text: str) -> None:
    assert decoded(coded(text)) == text
    assert csvfiles.read(csvfiles._written(text), "text") == (text or None)


@given(st.lists(TEXTS, max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_list_comes_back(names: list[str]) -> None:
    assert parted(joined(names)) == names
    assert csvfiles.read(csvfiles._written(names), "names") == names


def test_a_byte_order_mark_stands_before_each_file_when_asked_for() -> None:
    assert all(data.startswith(b"\xef\xbb\xbf") for _, data in csvfiles.files(small("a"), bom=True))
    assert not any(data.startswith(b"\xef\xbb\xbf") for _, data in csvfiles.files(small("a")))


def test_the_same_rows_give_the_same_bytes(sample: Path) -> None:
    assert list(csvfiles.files(sampled(sample))) == list(csvfiles.files(sampled(sample)))


def test_lists_of_spans_stand_one_by_one_in_their_own_sheet() -> None:
    spans = next(sheet for sheet in sheets(small("x")) if sheet.name == "spans")
    assert [row for row in spans.rows if row[0] == "statements"] == [
        ("statements", "S-1", "content", 1, "a.txt", "x", 5, 6), ("statements", "S-1", "content", 2, "a.txt", "x", 5, 6),
    ]  # fmt: skip
