"""A folder in the exchange format is one more coder, on documents of the same bytes, row by row as `score` matches them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.review.opinions import HOLDS, MACHINE, NO, YES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from samples import Outcome

pytest_plugins = ["samples"]
DOC = "01-2031-04-12-joint-statement.txt"


@pytest.fixture
def gold(corpus: Path) -> Path:
    return corpus.parent / "gold"


def test_a_ledger_agrees_with_its_own_export(sample: Path, tmp_path: Path) -> None:
    with Ledger(sample) as ledger:
        ledger.export(tmp_path / "own")
        found = ledger.agreement([MACHINE, "own"], beside=[tmp_path / "own"])
        apart = ledger.disagreements([MACHINE, "own"], beside=[tmp_path / "own"])
    assert apart == []
    for part in found:
        assert part.coders == (MACHINE, "own")
        assert part.partial == ()
        assert {figure.agreed for figure in part.figures} == {1.0}
        assert part.unitized.u == pytest.approx(1.0)


def test_gold_is_one_more_coder(sample: Path, gold: Path) -> None:
    with Ledger(sample) as ledger:
        found = {part.kind: part for part in ledger.agreement([MACHINE, "gold"], beside=[gold])}
        apart = ledger.disagreements([MACHINE, "gold"], kind="commitment", beside=[gold])
        known = {item.row.id for item in ledger.commitments()}
    holds = next(figure for figure in found["commitment"].figures if figure.question == HOLDS)
    assert 0.5 < holds.agreed < 1
    assert all(0 < part.unitized.u < 1 for part in found.values() if part.unitized.u is not None)
    missed = [row for row in apart if row.question == HOLDS and dict(row.values) == {MACHINE: NO, "gold": YES}]
    assert all(row.row.startswith("gold:") and row.row not in known for row in missed)
    wrong = [row for row in apart if row.question == HOLDS and dict(row.values) == {MACHINE: YES, "gold": NO}]
    assert all(row.row in known for row in wrong)


def test_a_person_is_compared_with_gold_on_the_rows_that_she_decided(book: Path, gold: Path) -> None:
    with Ledger(book) as ledger:
        for row in ledger.said(document=DOC):
            ledger.judge(row.statement.id, "accepted", who="ana")
        (part,) = ledger.agreement(["ana", "gold"], kind="statement", beside=[gold])
        many = len(ledger.said(document=DOC))
    (pair,) = [pair for pair in part.pairs if pair.question == HOLDS]
    assert (pair.a, pair.b, pair.units) == ("ana", "gold", many)


def test_a_folder_of_other_bytes_is_refused(sample: Path, gold: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(gold, tmp_path / "other")
    cards = [json.loads(line) for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
    (folder / "documents.jsonl").write_text("".join(json.dumps({**card, "sha256": "0" * 64}) + "\n" for card in cards), encoding="utf-8")
    with Ledger(sample) as ledger, pytest.raises(UsageError, match="bytes"):
        ledger.agreement(beside=[folder])


def test_the_verb_takes_a_folder(sample: Path, gold: Path, run: Callable[..., Outcome]) -> None:
    found = run("agreement", "--ledger", sample, "--with", gold, "--coder", MACHINE, "--coder", "gold")
    assert (found.code, "gold" in found.out) == (0, True)
