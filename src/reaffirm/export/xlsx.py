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
NARROWEST, WIDEST = 8, 66  # letters that a column shows; a hash has 64
LINE, FULLEST = 15, 60  # points: the height of a line; letters that surely stand in a line of the widest column
ONE_PAGE = 260  # letters: a sheet that is no wider is printed on pages of its width
BUTTON = 4  # letters that the button of a filter covers, and the margins
TALLEST = 400  # letters: cells of columns in which some are longer are cut at their edge, not wrapped, so that rows stay low
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
    head = workbook.add_format({"bold": True, "valign": "top", "bottom": 1, "bg_color": "#EEEEEE"})
    shapes = {wrap: workbook.add_format({"valign": "top", "text_wrap": wrap}) for wrap in (True, False)}
    rest: list[tuple[Cell, ...]] = []
    wrapped, whole = set(), 0
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading.name, head)
        longest = max((len(_shown(row[column])) for row in sheet.rows), default=0)
        width = min(WIDEST, max(NARROWEST, len(heading.name) + BUTTON, longest + 1))
        if WIDEST < longest <= TALLEST:
            wrapped.add(column)
        page.set_column(column, column, width, shapes[column in wrapped], {"hidden": heading.name == originals.COLUMN})
        whole += width
    for number, row in enumerate(sheet.rows, 1):
        lines = max((-(-len(_shown(row[column])) // FULLEST) for column in wrapped), default=1)
        if lines > 1:
            page.set_row(number, LINE * lines)
        for column, cell in enumerate(row):
            parts = _write(page, (number, column), cell)
            rest += [(sheet.name, number + 1, sheet.headings[column].name, n, part) for n, part in enumerate(parts, 2)]
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    _lay_out(page, narrow=whole <= ONE_PAGE)
    return rest


def _lay_out(page: xlsxwriter.worksheet.Worksheet, *, narrow: bool) -> None:
    """Sets how a sheet is printed: landscape A4, its headings on each page, its name above, the program and page numbers below."""
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    if narrow:
        page.fit_to_pages(1, 0)
    page.set_header("&L&A")
    page.set_footer(f"&L{TOOL}&R&P / &N")


def _shown(cell: Cell) -> str:
    """A cell as a spreadsheet shows it, near enough for its width."""
    return joined(cell) if isinstance(cell, list) else "" if cell is None else str(cell)


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
