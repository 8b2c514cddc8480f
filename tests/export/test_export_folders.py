from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from export_books import small

from reaffirm import packs
from reaffirm.errors import LedgerError, UsageError
from reaffirm.export.folders import put
from reaffirm.export.forms import FORMS, export

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book


def told(payload: str) -> Book:
    return replace(small(payload), packs=packs.load())


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("form", FORMS)
def test_an_export_replaces_an_earlier_one_and_leaves_nothing_beside_it(form: str, tmp_path: Path) -> None:
    path = tmp_path / "x" / "out"
    first = export(form, told("first"), path)
    before = names(tmp_path)
    assert export(form, told("second"), path) == first
    assert names(tmp_path) == before
    data = [p.read_bytes() for p in sorted((tmp_path / "x").rglob("*")) if p.is_file()]
    export(form, told("second"), path)
    assert [p.read_bytes() for p in sorted((tmp_path / "x").rglob("*")) if p.is_file()] == data


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_export_is_kept(form: str, tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", tmp_path / "file"
    folder.mkdir()
    (folder / "notes.txt").write_text("The ministers reaffirm 12.5 of it. Mine.")
    file.write_text("The ministers reaffirm 12.5 of it. Mine.")
    for path in (folder, file):
        with pytest.raises(UsageError, match=r"give (?:an empty or new folder|another name|its name)"):
            export(form, told("x"), path)
    assert (folder / "notes.txt").read_text() == file.read_text() == "The ministers reaffirm 12.5 of it. Mine."
    assert names(tmp_path) == ["file", "folder", "folder/notes.txt"]


def test_an_unknown_format_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"formats are jsonl, csv"):
        export("dbf", small("x"), tmp_path / "x")


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a", b"Reaffirm 0.1.0: old")
    monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(LedgerError, match="nothing was left behind"):
        put(tmp_path / "a", b"Reaffirm 0.1.0: new")
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"Reaffirm 0.1.0: old"


def test_another_programs_archive_is_kept(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        archive.writestr("docProps/core.xml", "<creator>Another 1.0</creator>")
    with pytest.raises(UsageError, match="would be lost"):
        put(tmp_path / "a", b"Reaffirm 0.1.0")


def test_a_new_file_may_be_read_as_the_users_other_files(tmp_path: Path) -> None:
    put(tmp_path / "a", b"Reaffirm 0.1.0")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
