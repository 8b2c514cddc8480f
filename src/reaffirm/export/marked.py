"""Sheets that came back: the rows of a workbook, a CSV file or a folder of these, cell by cell, with the place of each."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.export import csvfiles, originals
from reaffirm.export.columns import COLUMNS
from reaffirm.export.escapes import decoded
from reaffirm.export.sheets import headings, joined, parted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from reaffirm.export.sheets import Cell, Type

LIMIT = 10_000_000  # code points of one cell
NAMES = {"S": "statements", "C": "commitments", "N": "demands"}  # by the letter of a row's id
BOOKS = {".xlsx", ".xlsm", ".xlsb", ".ods"}
MARKS = ",;\t"  # between the cells of a line, as programs write it


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet as it came back: where it stands, its cells by column, as texts, and what the sheet is called in an export."""

    place: str
    cells: Mapping[str, str]
    sheet: str

    @property
    def key(self) -> str:
        """The id of the row; empty where there is none."""
        return self.cells.get("id", "").strip()


def lines(path: Path) -> list[Line]:
    """The lines of statements, commitments and demands; a `UsageError` where there is no such sheet, or it lacks `id` or `as_exported`."""
    found: list[Line] = []
    sheets = list(_sheets(path))
    for name, table, escaped in sheets:
        found += _lines(name, table, escaped=escaped)
    if not sheets:
        needed = f"no sheet of statements, commitments or demands with the columns id and {originals.COLUMN}"
        message = f"{path} has {needed}; write one with `reaffirm export xlsx` or `csv`"
        raise UsageError(message)
    return found


def _sheets(path: Path) -> Iterator[tuple[str, list[list[object]], bool]]:
    """The sheets that can be corrected: name, header and rows, and whether cells that look like formulas have an apostrophe before them."""
    if path.is_dir():
        for name in NAMES.values():
            if (path / f"{name}.csv").exists():
                yield from _sheets(path / f"{name}.csv")
        return
    is_book = path.suffix.lower() in BOOKS
    for name, table in _workbook(path) if is_book else [(path.name, _table(path))]:
        if table and {"id", originals.COLUMN} <= {str(cell) for cell in table[0]}:
            yield name, table, not is_book


def _workbook(path: Path) -> Iterator[tuple[str, list[list[object]]]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only corrections read workbooks

    try:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                yield name, [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    except (CalamineError, OSError) as error:
        message = f"{path} cannot be read as a workbook ({error}); save it as XLSX, or as CSV in UTF-8"
        raise UsageError(message) from error


def _table(path: Path) -> list[list[object]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read as CSV in UTF-8 ({error}); save it as `CSV UTF-8`, or as XLSX"
        raise UsageError(message) from error
    mark = max(MARKS, key=text.partition("\n")[0].count)
    csv.field_size_limit(LIMIT)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)]
    except csv.Error as error:
        message = f"{path} is no CSV ({error}); save it as `CSV UTF-8`, or as XLSX"
        raise UsageError(message) from error


def _lines(name: str, table: Sequence[Sequence[object]], *, escaped: bool) -> Iterator[Line]:
    head = [str(cell) for cell in table[0]]
    keys = {str(row[head.index("id")])[:1] for row in table[1:] if len(row) > head.index("id")}
    sheet = next((NAMES[letter] for letter in NAMES if letter in keys), "statements")
    types: dict[str, Type] = {h.name: h.type for column in COLUMNS[sheet] for h in headings(column)}
    for number, row in enumerate(table[1:], 2):
        if any(cell not in {None, ""} for cell in row):
            told = zip(head, row, strict=False)
            cells = {column: _read(cell, types.get(column, "text"), escaped=escaped) for column, cell in told}
            yield Line(f"{name}, row {number}", cells, sheet)


def _read(cell: object, kind: Type, *, escaped: bool) -> str:
    """A cell as one text, as `originals.plain` has it; what no export holds is kept as it is."""
    if not isinstance(cell, str):
        return originals.plain(cell)
    if kind in {"number", "share", "flag"}:
        return originals.plain(_number(cell)) if kind != "flag" else cell.strip().lower()
    bare = cell[1:] if escaped and cell.startswith("'") and csvfiles.FORMULA.match(cell) else cell
    text = decoded(bare)
    return originals.plain(_parted(text)) if kind == "names" else text


def _number(cell: str) -> Cell:
    try:
        return float(cell) if cell.strip() else None
    except ValueError:
        return cell.strip()


def _parted(text: str) -> list[str]:
    """The names of a cell, however the semicolons between them were typed."""
    exact = parted(text)
    return exact if joined(exact) == text else [name.strip() for name in text.split(";") if name.strip()]
