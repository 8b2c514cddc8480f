"""A person's table of metadata: CSV, one row a file, its cells evidence of kind `table:...` for what the file holds."""

from __future__ import annotations

import csv
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, get_args

from reaffirm.days import bounds
from reaffirm.errors import UsageError
from reaffirm.formats.names import safe
from reaffirm.model import Genre, MetaField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

COLUMNS = ("published", "publisher", "title", "author", "genre", "url", "language")
SEPARATORS = ",;\t"
CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    "published": (bounds, "write an EDTF date such as 2021, 2021-03, 2021-03-16 or 2021-03/2021-05"),
    "genre": (lambda value: value in get_args(Genre), f"write one of: {', '.join(get_args(Genre))}"),
    "language": (lambda value: re.fullmatch("[a-z]{2,3}", value), "write a language code such as en"),
}

Fields = tuple[MetaField, ...]


class Table:
    """What a table says of files, and which bytes these turned out to be.

    Where the same bytes come under several names, the smallest name that says something of a column is heard: so
    neither the order of arrival nor the number of processes matters.
    """

    def __init__(self, rows: Mapping[str, Fields] | None = None, notes: tuple[str, ...] = ()) -> None:
        self.rows = rows or {}
        self.notes = notes
        self.used: dict[str, list[str]] = {}
        self.heard: dict[str, dict[str, tuple[str, MetaField]]] = {}

    def fields(self, name: str, sha256: str, before: Fields) -> Fields:
        """What is said of the bytes of a file by this table, and by earlier ones (`before`) where this one is silent."""
        row = next((key for key in (name, PurePosixPath(name).name) if key in self.rows), None)
        heard = self.heard.setdefault(sha256, {}) if row else self.heard.get(sha256, {})
        if row is not None:
            self.used.setdefault(row, []).append(name)
            for field in self.rows[row]:
                heard[field.key] = min(heard.get(field.key, (name, field)), (name, field))
        said = {field.key: field for field in before} | {key: field for key, (_, field) in heard.items()}
        return tuple(sorted(said.values()))

    def remarks(self) -> Iterator[str]:
        """What a person should know about the table once all files have been seen."""
        yield from self.notes
        for row in sorted(self.rows):
            names = self.used.get(row, [])
            if not names:
                yield f"the table names {row}, which is not among the files"
            elif len(names) > 1:
                yield f"the table's row {row} was used for {len(names)} files: {', '.join(sorted(names)[:5])}"


def read(path: Path) -> Table:
    """The table in a CSV file; a `UsageError` that names the file, the line and what to write instead."""
    rows, header = _rows(path)
    if "file" not in header:
        message = f"the table {path} has no column `file`; it needs that and any of {', '.join(COLUMNS)}"
        raise UsageError(message)
    said: dict[str, Fields] = {}
    for line, row in rows:
        name = safe(row.get("file", ""))
        if not name and any(row.values()):
            raise _wrong(path, line, "names no file")
        if name in said:
            raise _wrong(path, line, f"names {name} once more; give each file one row")
        if name:
            said[name] = tuple(_fields(path, line, row))
    unknown = [column for column in header if column and column not in {"file", *COLUMNS}]
    notes = [f"columns of the table that are not used: {', '.join(unknown)}"] if unknown else []
    return Table(said, tuple(notes))


def _rows(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """The lines of a CSV file as (number, cells by column), edges of white space dropped, and the columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            reader = csv.reader(file, delimiter=max(SEPARATORS, key=first.count), strict=True)
            lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"the table {path} cannot be read ({error}); give a CSV file in UTF-8"
        raise UsageError(message) from error
    header = [column.casefold() for column in lines[0][1]] if lines else []
    for line, cells in lines[1:]:
        if len(cells) > len(header):
            raise _wrong(path, line, f"has {len(cells)} cells for {len(header)} columns; put text with commas in quotation marks")
    return [(line, dict(zip(header, cells, strict=False))) for line, cells in lines[1:]], header


def _fields(path: Path, line: int, row: Mapping[str, str]) -> Iterator[MetaField]:
    """What the cells of a row say; empty ones say nothing."""
    for column in COLUMNS:
        value = row.get(column, "")
        value = value.casefold() if column in {"genre", "language"} else value
        check, advice = CHECKS.get(column, (bool, ""))
        if value and not check(value):
            raise _wrong(path, line, f"says {column} = {value!r}; {advice}")
        if value:
            yield MetaField(f"table:{column}", value)


def _wrong(path: Path, line: int, what: str) -> UsageError:
    return UsageError(f"the table {path}, line {line}, {what}")
