"""What words weigh: the fewer sentences of diplomatic English have a stem, the more it says.

The counts are constants (data/linking/stems.csv, made by tools/stemcounts.py of speeches in the public domain), so that a tie between
two rows depends on no third one.
"""

from __future__ import annotations

import csv
import math
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FAINTLY = 0.35  # what a faint word weighs against a firm one
RAREST = 30  # sentences: the least that is counted; rarer stems are taken for as rare


@cache
def _weights() -> dict[str, float]:
    text = resources.files("reaffirm").joinpath("data/linking/stems.csv").read_text(encoding="utf-8")
    counts = {row["stem"]: int(row["sentences"]) for row in csv.DictReader(text.splitlines())}
    total = counts.pop("")
    return {"": math.log(1 + total / RAREST), **{name: math.log(1 + total / count) for name, count in counts.items()}}


def weight(stem: str) -> float:
    """The weight of one stem; a rare or unknown one has the most."""
    known = _weights()
    return known.get(stem, known[""])


def together(stems: Iterable[str], faint: frozenset[str] = frozenset()) -> float:
    """The weight of some stems together, the faint ones counted less; exact, because sets have no order and sums of fractions have."""
    return math.fsum(weight(name) * (FAINTLY if name in faint else 1) for name in stems)
