"""What coders decided is exported with the data: their codings, the figures, and how the rules fared."""

from __future__ import annotations

import csv
import json
import random
from typing import TYPE_CHECKING

from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["samples"]

EDITORIAL = "05-hanaru-herald-editorial.txt"
NAMES = ("codings", "agreement", "accuracy")


def exported(folder: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def code(ledger: Ledger, seed: int) -> None:
    """Nothing; ana and ben decide the statements of one document, in any order, and cem settles what they differ on."""
    rows = [said.statement.id for said in ledger.said(document=EDITORIAL, rejected=True)]
    told = [(row, who, "rejected" if who == "ben" and n < 2 else "accepted") for n, row in enumerate(rows) for who in ("ana", "ben")]
    for row, who, verdict in random.Random(seed).sample(told, len(told)):  # noqa: S311 - any order
        ledger.judge(row, "rejected" if verdict == "rejected" else "accepted", who=who)
    ledger.settle(rows[0], "no", who="cem")


def test_what_is_exported_is_what_is_shown(book: Path, pack: Path, tmp_path: Path) -> None:
    with Ledger(book, packs=[pack]) as ledger:
        code(ledger, 1)
        ledger.export("jsonl", tmp_path / "jsonl")
        ledger.export("csv", tmp_path / "csv")
        (shown,) = ledger.agreement(kind="statement")
        fared = ledger.accuracy()
    figures = {(row["question"], row["measure"]): row["value"] for row in exported(tmp_path / "jsonl", "agreement")}
    assert figures["is one", "alpha"] == round(shown.figures[0].alpha or 0, 9)
    assert figures["is one", "kappa"] == round(shown.pairs[0].kappa or 0, 9)
    assert figures["units in texts", "u"] == round(shown.unitized.u or 0, 9)
    assert [row["right"] for row in exported(tmp_path / "jsonl", "accuracy")] == [row.right for row in fared]
    codings = exported(tmp_path / "jsonl", "codings")
    assert {(row["coder"], row["value"]) for row in codings if row["question"] == "is one"} == {
        ("ana", "yes"), ("ben", "yes"), ("ben", "no"), ("cem", "no"),
    }  # fmt: skip
    assert [(row["coder"], row["settles"]) for row in codings if row["settles"]] == [("cem", True)]
    for name in NAMES:  # a rejected row is no row of the export; what coders said of it is
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == len(exported(tmp_path / "jsonl", name)), name


def test_the_order_of_decisions_changes_no_byte(book: Path, sample: Path, pack: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(sample.read_bytes())
    for seed, path in ((1, book), (2, other)):
        with Ledger(path, packs=[pack]) as ledger:
            code(ledger, seed)
            ledger.export("jsonl", tmp_path / str(seed))
    for name in NAMES:
        assert (tmp_path / "1" / f"{name}.jsonl").read_bytes() == (tmp_path / "2" / f"{name}.jsonl").read_bytes(), name


def test_a_part_has_its_own_codings_and_no_figures_of_the_whole(book: Path, pack: Path, tmp_path: Path) -> None:
    with Ledger(book, packs=[pack]) as ledger:
        code(ledger, 1)
        ledger.export("jsonl", tmp_path / "of it", document=EDITORIAL)
        ledger.export("jsonl", tmp_path / "of another", document="01-2031-04-12-joint-statement.txt")
    assert {name: bool(exported(tmp_path / "of it", name)) for name in NAMES} == {"codings": True, "agreement": False, "accuracy": False}
    assert {name: bool(exported(tmp_path / "of another", name)) for name in NAMES} == dict.fromkeys(NAMES, False)
