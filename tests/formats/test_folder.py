"""Folders as lists of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import UsageError
from reaffirm.formats.folder import files

if TYPE_CHECKING:
    from pathlib import Path


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_files_come_sorted_with_relative_names(tmp_path: Path) -> None:
    make(tmp_path, "b/2.txt", "b/1.txt", "a.txt", "c/d/e.txt")
    assert [name for name, _ in files(tmp_path)] == ["a.txt", "b/1.txt", "b/2.txt", "c/d/e.txt"]
    assert all(path.read_text() == name for name, path in files(tmp_path))


def test_a_file_is_itself(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert list(files(tmp_path / "a.txt")) == [("a.txt", tmp_path / "a.txt")]


def test_hidden_files_and_litter_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, ".hidden", ".git/config", "a.txt", "Thumbs.db", "__MACOSX/a.txt")
    assert [name for name, _ in files(tmp_path)] == ["a.txt"]


def test_links_lead_nowhere(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "out/secret.txt")
    root = tmp_path / "in"
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "away").symlink_to(tmp_path / "out", target_is_directory=True)
    (root / "away.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (root / "dangling.txt").symlink_to(tmp_path / "nothing")
    assert [name for name, _ in files(root)] == ["a.txt"]


def test_names_are_composed(tmp_path: Path) -> None:
    make(tmp_path, "cafe\u0301.txt")
    assert [name for name, _ in files(tmp_path)] == ["caf\u00e9.txt"]


def test_a_missing_path_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="check the path"):
        list(files(tmp_path / "none"))
