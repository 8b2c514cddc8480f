from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reaffirm import tables
from reaffirm.errors import UsageError
from reaffirm.model import MetaField

if TYPE_CHECKING:
    from pathlib import Path


def table(tmp_path: Path, text: str | bytes) -> tables.Table:
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return tables.read(path)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("file,published,title\na.txt,2021-03-16,A title\n", {"a.txt": ("published=2021-03-16", "title=A title")}),
        ("\ufefffile,genre\r\na.txt,Editorial\r\n", {"a.txt": ("genre=editorial",)}),
        ("file;publisher\nsub/a.txt;Reuters, London\n", {"sub/a.txt": ("publisher=Reuters, London",)}),
        ("File , Author\n./sub\\a.txt,Ana\n", {"sub/a.txt": ("author=Ana",)}),
        ("file,title,url\na.txt,,\nb.txt,B\n\n", {"a.txt": (), "b.txt": ("title=B",)}),
        ("file,title\n", {}),
        ('file,title\na.txt,"One,\ntwo"\n', {"a.txt": ("title=One,\ntwo",)}),
    ],
)
def test_cells_that_say_something_are_fields(tmp_path: Path, text: str, rows: dict[str, tuple[str, ...]]) -> None:
    found = {name: tuple(f"{f.key.removeprefix('table:')}={f.value}" for f in said) for name, said in table(tmp_path, text).rows.items()}
    assert found == rows


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no column `file`"),
        ("name,title\na.txt,A\n", "no column `file`"),
        (b"file,title\na.txt,\xff\n", "UTF-8"),
        ("file,published\na.txt,last March\n", "line 2, says published = 'last March'; write an EDTF date"),
        ("file,published\na.txt,2021-05/2021-03\n", "EDTF"),
        ("file,published\na.txt,2021-02-30\n", "EDTF"),
        ("file,genre\na.txt,leader\n", "says genre = 'leader'; write one of: joint statement"),
        ("file,language\na.txt,English\n", "language code"),
        ("file,title\na.txt,A, B and C\n", "line 2, has 3 cells for 2 columns"),
        ('file,title\na.txt,"open\n', "cannot be read"),
        ("file,title\n,A\n", "line 2, names no file"),
        ("file,title\na.txt,A\na.txt,B\n", "line 3, names a.txt once more"),
    ],
)
def test_a_broken_table_is_refused_with_the_line_and_what_to_do(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(UsageError, match=r"table\.csv") as refused:
        table(tmp_path, text)
    assert words in str(refused.value)


def test_a_table_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            tables.read(path)


def test_a_path_goes_before_a_name_and_earlier_words_stay_where_the_table_is_silent() -> None:
    told = tables.Table({"sub/a.txt": (MetaField("table:title", "Path"),), "a.txt": (MetaField("table:title", "Name"),)})
    before = (MetaField("table:author", "Ana"), MetaField("table:title", "Old"))
    assert told.fields("sub/a.txt", "1", before) == (MetaField("table:author", "Ana"), MetaField("table:title", "Path"))
    assert told.fields("other/a.txt", "2", ()) == (MetaField("table:title", "Name"),)
    assert told.fields("c.txt", "3", before) == before


@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
def test_of_several_names_for_the_same_bytes_the_smallest_is_heard(order: str) -> None:
    told = tables.Table({"b.txt": (MetaField("table:title", "B"),), "c.txt": (MetaField("table:title", "C"), MetaField("table:url", "u"))})
    for name in order:
        told.fields(f"{name}.txt", "same bytes", ())
    assert told.fields("z.txt", "same bytes", ()) == (MetaField("table:title", "B"), MetaField("table:url", "u"))


def test_what_a_person_should_know_is_said(tmp_path: Path) -> None:
    told = table(tmp_path, "file,title,remark\na.txt,A,x\ngone.txt,B,y\n")
    told.fields("one/a.txt", "1", ())
    told.fields("two/a.txt", "2", ())
    assert list(told.remarks()) == [
        "columns of the table that are not used: remark",
        "the table's row a.txt was used for 2 files: one/a.txt, two/a.txt",
        "the table names gone.txt, which is not among the files",
    ]
