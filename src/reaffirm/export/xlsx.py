"""XLSX: one sheet a noun, spans, provenance and codebook; every text is written as a text, never as a formula, a number or a link."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter

from reaffirm.errors import UsageError
from reaffirm.export import originals
from reaffirm.export.book import TOOL
from reaffirm.export.escapes import coded
from reaffirm.export.sheets import Heading, Sheet, joined, sheets

if TYPE_CHECKING:
    from reaffirm.export.book import Book
    from reaffirm.export.sheets import Cell

LONGEST_CELL, LONGEST_SHEET = 32_767, 1_048_576  # of Excel, in UTF-16 units and in rows
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)  # a file says when it was made; the same ledger gives the same bytes
WIDTH, WIDEST = 18, 60
# Written for the `_x` of our own escapes until the workbook is made: the library's escapes, which run together where two meet, leave it
# alone. It is no character, so no text has it that is not escaped itself.
ESCAPE = "\ufdd0"
STRINGS = "xl/sharedStrings.xml"
SAFE = LONGEST_CELL // 8  # letters that fit whatever they are: an escape has seven
REST = (
    Heading("sheet", "text", "sheet of a cell that is longer than a spreadsheet takes"),
    Heading("row", "number", "its row, as the spreadsheet counts"),
    Heading("column", "text", "its column"),
    Heading("part", "number", "from 2; part 1 is the cell itself"),
    Heading("text", "text", "how it goes on"),
)


def data(book: Book) -> bytes:
    """The bytes of the workbook; a `UsageError` when a sheet has more rows than a spreadsheet takes.

    A text that is longer than a cell takes goes on in the sheet `rest`, which is there only then.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": "Reaffirm: ledger", "author": TOOL, "comments": TOOL, "created": EPOCH.replace(tzinfo=None)})
        workbook.set_custom_property("program", TOOL)
        rest: list[tuple[Cell, ...]] = []
        for sheet in sheets(book):
            rest += _put(workbook, sheet)
        if rest:
            _put(workbook, Sheet("rest", REST, tuple(rest)))
    return _unescaped(out.getvalue())


def _unescaped(made: bytes) -> bytes:
    """The workbook with escapes as readers know them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            found = before.read(part)
            after.writestr(part, found.replace(ESCAPE.encode(), b"_x") if part.filename == STRINGS else found)
    return out.getvalue()


def _put(workbook: xlsxwriter.Workbook, sheet: Sheet) -> list[tuple[Cell, ...]]:
    """The rows of `rest`; writes a sheet, its first row frozen and with filters."""
    if len(sheet.rows) >= LONGEST_SHEET:
        rows = f"{sheet.name} has {len(sheet.rows):,} rows, a spreadsheet takes {LONGEST_SHEET - 1:,}"
        message = f"{rows}; export a part (--since, --issue ...), or csv"
        raise UsageError(message)
    page = workbook.add_worksheet(sheet.name)
    bold = workbook.add_format({"bold": True})
    rest: list[tuple[Cell, ...]] = []
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading.name, bold)
        widest = max((len(str(row[column] or "")) for row in sheet.rows[:100]), default=0)
        page.set_column(column, column, min(WIDEST, max(WIDTH, widest)), None, {"hidden": heading.name == originals.COLUMN})
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            parts = _write(page, (number, column), cell)
            rest += [(sheet.name, number + 1, sheet.headings[column].name, n, part) for n, part in enumerate(parts, 2)]
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    return rest


def _write(page: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], cell: Cell) -> list[str]:
    """What of a text is too long for its cell, in parts; writes the cell by its type, nothing for an empty one."""
    if isinstance(cell, bool):
        page.write_boolean(*place, cell)
    elif isinstance(cell, int | float):
        page.write_number(*place, cell)
    elif text := (joined(cell) if isinstance(cell, list) else cell):
        first, *others = _parts(text)
        page.write_string(*place, _escaped(first))
        return others
    return []


def _parts(text: str) -> list[str]:
    """The text in parts that a cell takes; a cell is as long as its escapes and UTF-16 units."""
    whole = _escaped(text)
    if len(whole.encode("utf-16-le")) // 2 + whole.count(ESCAPE) <= LONGEST_CELL:
        return [text]
    return [text[start : start + SAFE] for start in range(0, len(text), SAFE)]


def _escaped(text: str) -> str:
    return coded(text, f"\r{ESCAPE}").replace("_x", ESCAPE)
