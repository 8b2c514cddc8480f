"""The counts behind a score: per kind, measure and scope, with the rows that were missed, false or wrong."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reaffirm.review.rows import Pair, Row, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.review.matching import Matched


class Count(NamedTuple):
    """How many are right, how many gold has, how many were predicted."""

    right: int
    gold: int
    pred: int

    def plus(self, other: Count) -> Count:
        """The sum of two counts."""
        return Count(self.right + other.right, self.gold + other.gold, self.pred + other.pred)

    def figures(self) -> dict[str, float | int | None]:
        """Precision, recall and F1 (None where nothing was predicted or asked for) and the three numbers."""
        return {
            "precision": self.right / self.pred if self.pred else None,
            "recall": self.right / self.gold if self.gold else None,
            "f1": 2 * self.right / (self.gold + self.pred) if self.gold + self.pred else None,
            "right": self.right,
            "gold": self.gold,
            "pred": self.pred,
        }


def every(_gold: Row, _pred: Row) -> bool:
    """True: the test of a measure that asks for no more than a pair."""
    return True


class Tally:
    """Counts per kind, measure and scope (`all`, `kind: editorial`, `doc: a.txt`), and the rows behind them.

    `genre` gives the kind of each document; `rows` lists, by kind and `missed`, `false` or `wrong`, what failed.
    """

    def __init__(self, genre: dict[str, str | None]) -> None:
        self.genre = genre
        self.cells: dict[tuple[str, str], dict[str, Count]] = defaultdict(dict)
        self.rows: dict[tuple[str, str], list[Row]] = defaultdict(list)

    def add(self, kind: str, measure: str, doc: str | None, count: Count) -> None:
        """Nothing: adds a count to a measure, for everything, the document's kind and the document."""
        cells = self.cells[kind, measure]
        for scope in ["all"] if doc is None else ["all", f"kind: {self.genre.get(doc)}", f"doc: {doc}"]:
            cells[scope] = cells.get(scope, Count(0, 0, 0)).plus(count)

    def ratio(self, kind: str, measure: str, pair: Pair, *, right: bool) -> None:
        """Nothing: counts a matched pair as right or wrong in one respect, and keeps it when wrong."""
        gold, pred = pair
        self.add(kind, measure, word(gold, "doc"), Count(int(right), 1, 1))
        if not right:
            self.rows[kind, "wrong"].append({"wrong": measure, "gold": gold, "pred": pred})

    def found(self, kind: str, measure: str, here: Matched, keep: Callable[[Row, Row], bool] = every) -> None:
        """Nothing: counts required gold rows, pairs that pass, and predicted rows that no optional gold row absorbs."""
        absorbed = {id(p) for g, p in here.pairs if g.get("optional") and absorbs(g, p)}
        for g in here.gold:
            self.add(kind, measure, word(g, "doc"), Count(0, int(not g.get("optional")), 0))
        for p in here.pred:
            self.add(kind, measure, word(p, "doc"), Count(0, 0, int(id(p) not in absorbed)))
        for g, p in here.pairs:
            self.add(kind, measure, word(g, "doc"), Count(int(not g.get("optional") and keep(g, p)), 0, 0))

    def listing(self, kind: str, here: Matched) -> None:
        """Nothing: keeps the required gold rows that nothing matches, and the predicted rows that match nothing."""
        hit = {id(row) for pair in here.pairs for row in pair}
        self.rows[kind, "missed"] += [g for g in here.gold if id(g) not in hit and not g.get("optional")]
        self.rows[kind, "false"] += [p for p in here.pred if id(p) not in hit]


def absorbs(gold: Row, pred: Row) -> bool:
    """Whether an optional gold row excuses a prediction: a withheld act only one that says withheld or will not."""
    return gold.get("polarity") != "withheld" or pred.get("polarity") in ("withheld", "will not")
