"""Fixtures, a plugin of the modules that name it: the sample corpus, read once, and the program to run."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reaffirm import cli
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


class Outcome(NamedTuple):
    """What a command did: exit code, standard output, standard error output."""

    code: int
    out: str
    err: str

    def json(self) -> object:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the sample corpus."""
    return EXAMPLES / "corpus"


@pytest.fixture(scope="session")
def pack() -> Path:
    """The folder of the sample corpus's own pack."""
    return EXAMPLES / "pack"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, corpus: Path, pack: Path) -> Path:
    """A ledger with the sample corpus; to be read, never to be written."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    with Ledger(path, create=True, packs=[pack]) as ledger:
        report = ledger.add([corpus], jobs=1)
    assert [(f.name, f.reason) for f in report.filings if f.outcome != "new"] == []
    return path


@pytest.fixture
def book(sample: Path, tmp_path: Path) -> Path:
    """A copy of that ledger, to be written."""
    return Path(shutil.copy(sample, tmp_path / "book.db"))


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """The program, run in this process: its arguments in, what it did out."""

    def call(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["reaffirm", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Outcome(int(ended.value.code or 0), *capfd.readouterr())

    return call
