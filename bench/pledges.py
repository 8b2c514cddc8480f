"""Measures pledges in party manifestos (MiMac, two coders' labels) against the commitments read from each sentence.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its `data/commitments/mimac_english.jsonl` there is nothing to
measure and the script says so. A sentence is read as a manifesto of its own and counts as a pledge when something in a commitment of it
can be checked (`weights.specific`: a discrete act, a date, a figure, a named thing), which is what the coders ask of a pledge. The
documents are halved by their sorted names, even and odd; only the even half was looked at while the rules were written.

    python bench/pledges.py
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from commitments import read

from reaffirm import packs
from reaffirm.extract.commitments.weights import specific

if TYPE_CHECKING:
    from collections.abc import Callable

FLOOR = 0.58
HALVES = ("even (looked at)", "odd (scored)")


def f1(rows: list[dict[str, object]], says: Callable[[dict[str, object]], bool]) -> tuple[float, float, float]:
    """Precision, recall and F1 of what a rule says of the rows, against their labels."""
    gold, said = [row["pledge"] in {1, 2} for row in rows], [says(row) for row in rows]
    both = sum(a and b for a, b in zip(gold, said, strict=True))
    precision, recall = both / max(1, sum(said)), both / max(1, sum(gold))
    return precision, recall, 2 * both / max(1, sum(said) + sum(gold))


def main() -> int:
    """Zero when the scored half reaches the floor, or when there is nothing to measure."""
    path = Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data/commitments/mimac_english.jsonl"
    if not path.exists():
        print(f"{path} is not there: nothing to measure")
        return 0
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    names, knowledge = sorted({row["doc"] for row in rows}), packs.load()
    reached = 0.0
    for n, half in enumerate(HALVES):
        mine = [row for row in rows if row["doc"] in set(names[n::2])]
        found = {row["id"]: read("manifesto", row["text"], knowledge, "manifesto") for row in mine}
        rules: dict[str, Callable[[dict[str, object]], bool]] = {
            "the bare word will": lambda row: re.search(r"\bwill\b", str(row["text"])) is not None,
            "any commitment": lambda row, found=found: bool(found[row["id"]]),  # type: ignore[misc]
            "one that can be checked": lambda row, found=found: any(map(specific, found[row["id"]])),  # type: ignore[misc]
        }
        for name, rule in rules.items():
            precision, recall, reached = f1(mine, rule)
            print(f"{half}: {name:<28} P {precision:.3f}  R {recall:.3f}  F1 {reached:.3f}  of {len(mine)}")
    return 0 if reached >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
