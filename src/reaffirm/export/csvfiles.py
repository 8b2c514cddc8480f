"""CSV (RFC 4180): a folder of UTF-8 files, one a sheet, that no spreadsheet runs.

A cell that a spreadsheet could take for a formula begins with an apostrophe, and so does one that has such an apostrophe itself;
control characters, carriage returns among them, are `_xHHHH_`; lists are `a; b`. `read` undoes all three.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from reaffirm.export.escapes import coded, decoded
from reaffirm.export.sheets import joined, parted, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.export.book import Book
    from reaffirm.export.sheets import Cell, Sheet, Type

BOM = "\ufeff"
# What begins a formula somewhere (OWASP, CSV Injection), wide forms among them; and apostrophes before it.
FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def files(book: Book, *, bom: bool = False) -> Iterator[tuple[str, bytes]]:
    """The files as (name, bytes): one a sheet, its first line the names of the columns; `bom` puts a byte order mark before each."""
    mark = BOM if bom else ""
    for sheet in sheets(book):
        yield f"{sheet.name}.csv", (mark + _table(sheet)).encode("utf-8")


def _table(sheet: Sheet) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([heading.name for heading in sheet.headings])
    writer.writerows([_written(cell) for cell in row] for row in sheet.rows)
    return text.getvalue()


def _written(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        return str(cell)
    text = joined(cell) if isinstance(cell, list) else cell or ""
    text = coded(text, "\r\x7f\x85\u2028\u2029")
    return f"'{text}" if FORMULA.match(text) else text


def read(cell: str, kind: Type) -> Cell:
    """The value of a cell as a CSV reader gives it, by the type of its column; None where it is empty, [] for a list."""
    if kind in {"number", "share"}:
        return float(cell) if kind == "share" and cell else int(cell) if cell else None
    if kind == "flag":
        return {"true": True, "false": False}.get(cell)
    text = decoded(cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell)
    return parted(text) if kind == "names" else text or None
