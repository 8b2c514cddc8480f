"""The same documents and version give the byte-equal export, whatever the order, place, zone, language or processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reaffirm.export.forms import FORMS
from reaffirm.ledger import Ledger

pytest_plugins = ["samples"]
PROGRAM = [sys.executable, "-c", "from reaffirm.cli import main; main()"]
FEW = ("02", "05", "08", "09")  # a gist, an editorial, a transcript, a page


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def chosen(corpus: Path) -> list[Path]:
    return [path for path in sorted(corpus.iterdir()) if path.name[:2] in FEW]


def start(cwd: Path, env: dict[str, str], *arguments: object) -> None:
    done = subprocess.run([*PROGRAM, *map(str, arguments)], cwd=cwd, env=os.environ | env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, corpus: Path, pack: Path) -> dict[str, bytes]:
    """The export of the few documents as one process reads them in this one."""
    folder = tmp_path_factory.mktemp("expected")
    with Ledger(folder / "ledger.db", create=True, packs=[pack]) as ledger:
        ledger.add(chosen(corpus), jobs=1)
        ledger.export(folder / "out")
    return files(folder / "out")


def test_the_whole_corpus_twice_gives_the_same_export(sample: Path, corpus: Path, pack: Path, tmp_path: Path) -> None:
    book = Path(shutil.copy(sample, tmp_path / "book.db"))
    with Ledger(book, packs=[pack]) as ledger:
        ledger.export(tmp_path / "once")
        assert ledger.add([corpus]).count("known") == 12
        ledger.export(tmp_path / "twice")
    assert files(tmp_path / "twice") == files(tmp_path / "once")
    assert book.read_bytes() == sample.read_bytes()


def test_the_order_of_all_documents_does_not_matter(sample: Path, corpus: Path, pack: Path, tmp_path: Path) -> None:
    with Ledger(sample, packs=[pack]) as ledger:
        for form in FORMS:
            ledger.export(form, tmp_path / "once" / form)
    with Ledger(tmp_path / "ledger.db", create=True, packs=[pack]) as ledger:
        ledger.add(sorted(corpus.iterdir(), reverse=True), jobs=1)
        for form in FORMS:
            ledger.export(form, tmp_path / "reversed" / form)
    assert files(tmp_path / "reversed") == files(tmp_path / "once")


@pytest.mark.parametrize(
    ("folder", "env", "jobs", "whole"),
    [
        ("one", {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 1, True),
        ("Zwei Ordner/ü", {"TZ": "America/Adak", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"}, 2, False),
        ("three", {"TZ": "UTC", "LANG": "ja_JP.eucJP", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0"}, 2, True),
    ],
)
def test_place_order_zone_language_seed_and_processes_do_not_matter(
    tmp_path: Path, corpus: Path, pack: Path, expected: dict[str, bytes], *, folder: str, env: dict[str, str], jobs: int, whole: bool
) -> None:
    copy, elsewhere = tmp_path / folder, tmp_path / "elsewhere"
    copy.mkdir(parents=True)
    elsewhere.mkdir()
    for path in chosen(corpus):
        shutil.copy(path, copy)
    given = [os.path.relpath(copy, elsewhere)] if whole else sorted(copy.iterdir(), reverse=True)
    start(elsewhere, env, "add", *given, "--packs", pack, "--ledger", "l.db", "--jobs", jobs)
    start(elsewhere, env, "export", "jsonl", "out", "--ledger", "l.db")
    assert files(elsewhere / "out") == expected
