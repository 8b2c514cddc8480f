from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from export_books import PAYLOADS, TEXTS, sampled, small
from hypothesis import given
from hypothesis import settings as limits
from lxml import etree
from python_calamine import CalamineWorkbook

from reaffirm.errors import UsageError
from reaffirm.export import xlsx
from reaffirm.export.escapes import coded, decoded
from reaffirm.export.sheets import Cell, Sheet, parted, sheets
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]


def reread(data: bytes) -> dict[str, list[list[object]]]:
    """The sheets as another library reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)] for name in book.sheet_names}


def value(cell: object, kind: str) -> Cell:
    """The value of a cell by the type of its column; the library leaves the escapes of two code points as they are."""
    text = re.sub("_x(FFF[EF])_", lambda m: chr(int(m[1], 16)), cell) if isinstance(cell, str) else cell
    if kind == "names":
        return parted(str(text))
    return None if text == "" else int(text) if kind == "number" and isinstance(text, float) else text  # type: ignore[return-value]


def equal(book: Book) -> None:
    found = reread(xlsx.data(book))
    for sheet in sheets(book):
        header, *rows = found[sheet.name]
        assert header == [heading.name for heading in sheet.headings]
        read = [[value(c, h.type) for c, h in zip(row, sheet.headings, strict=True)] for row in rows]
        assert read == [[None if cell == "" else cell for cell in row] for row in sheet.rows], sheet.name


def test_rows_and_attributes_are_equal_when_another_library_reads_them(sample: Path) -> None:
    equal(sampled(sample))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_lost(payload: str) -> None:
    equal(small(payload))


@given(TEXTS)
@limits(max_examples=40, deadline=None)
def test_no_cell_is_a_formula_and_every_string_comes_back(text: str) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx.data(small(text)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = ["".join(si.itertext()) for si in etree.fromstring(parts["xl/sharedStrings.xml"])]
    assert coded(text, "\r\ufdd0") in strings or not text
    assert text in map(decoded, strings) or not text
    for name, data in parts.items():
        if name.startswith("xl/worksheets/"):
            root = etree.fromstring(data)
            assert not root.findall(".//{*}f")
            assert not root.findall(".//{*}hyperlink")
            assert {cell.get("t") for cell in root.iter("{*}c")} <= {"s", "b", None}


def test_a_text_that_is_too_long_for_a_cell_goes_on_in_a_sheet_of_its_own() -> None:
    long = "word \x00_x0041_ 𝔸\n" * 5_000
    found = reread(xlsx.data(small(long)))
    header, *rest = found["rest"]
    assert header == ["sheet", "row", "column", "part", "text"]
    place = found["threads"][0].index("label")
    parts = [found["threads"][1][place], *(row[4] for row in rest if row[:3] == ["threads", 2, "label"])]
    assert "".join(map(str, parts)) == long
    assert all(len(str(part).encode("utf-16-le")) // 2 <= xlsx.LONGEST_CELL for row in [*rest, *found["threads"]] for part in row)
    assert "rest" not in reread(xlsx.data(small("short")))


def test_more_rows_than_a_sheet_takes_are_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "LONGEST_SHEET", 1)
    with pytest.raises(UsageError, match="export a part"):
        xlsx.data(small("x"))


def test_the_same_rows_give_the_same_bytes_with_the_version_in_them(sample: Path) -> None:
    first = xlsx.data(sampled(sample))
    assert first == xlsx.data(sampled(sample))
    found = reread(first)
    assert ["version", VERSION] in found["provenance"]
    assert list(found)[-1] == "codebook"


def test_texts_that_look_like_numbers_stay_texts() -> None:
    sheet = Sheet("a", xlsx.REST[:1], (("007",), ("1e5",), ("2031-04-12",), ("http://a.example",)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx, "sheets", lambda _book: [sheet])
        assert reread(xlsx.data(small("x")))["a"][1:] == [["007"], ["1e5"], ["2031-04-12"], ["http://a.example"]]


def test_long_texts_are_wrapped_in_rows_that_are_as_high_and_headings_are_printed_on_each_page(sample: Path) -> None:
    data = xlsx.data(sampled(sample))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book, styles = etree.fromstring(package.read("xl/workbook.xml")), etree.fromstring(package.read("xl/styles.xml"))
        names = [sheet.get("name") for sheet in book.iter("{*}sheet")]
        page = etree.fromstring(package.read(f"xl/worksheets/sheet{names.index('statements') + 1}.xml"))
    wraps = [form.find("{*}alignment") for form in styles.iterfind("{*}cellXfs/{*}xf")]
    columns = {int(each.get("min")): each for each in page.iter("{*}col")}
    wrapped = [n for n, each in columns.items() if (found := wraps[int(each.get("style"))]) is not None and found.get("wrapText") == "1"]
    assert wrapped
    assert all(8 <= float(each.get("width")) <= 67 for each in columns.values())
    assert any(float(row.get("ht", "15")) > 15 for row in page.iter("{*}row"))
    assert "statements!$1:$1" in [each.text for each in book.iter("{*}definedName") if each.get("name") == "_xlnm.Print_Titles"]
