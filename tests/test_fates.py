"""What became of a row, in a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from reaffirm import followup
from reaffirm.fates import fates
from reaffirm.ledger import Ledger
from reaffirm.sequels import Item, Place, Step, StepStatus, Thread
from reaffirm.store.courses import ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytest_plugins = ["samples"]


def thread(told: Sequence[StepStatus]) -> Thread:
    """A thread with one commitment a step, of statuses in this order, a year apart."""
    places = [Place(f"D-{n}", f"{n}.txt", "output", None, f"203{n}-01-01", f"203{n}-01-01") for n in range(len(told))]
    items = [Item(f"C-{n}", "commitment", place, (), (), (), (), ()) for n, place in enumerate(places)]
    rows = zip(told, places, items, strict=True)
    return Thread("T-1", "x", (), tuple(Step(place, status, (item,), "parties", "") for status, place, item in rows))


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        (["introduced"], None, None),
        (["introduced", "reaffirmed", "weakened"], ("weakened", "2.txt"), None),
        (["introduced", "carried out", "restated"], ("carried out", "1.txt"), ("carried out", "1.txt")),
        (["introduced", "delayed", "reversed"], ("reversed", "2.txt"), ("reversed", "2.txt")),
    ],
)
def test_an_end_counts_for_all_and_else_what_is_told_later(
    told: list[StepStatus], first: tuple[str, str] | None, last: tuple[str, str] | None
) -> None:
    found = fates([thread(told)])
    assert found.keys() == {f"C-{n}" for n in range(len(told))}
    for row, expected in (("C-0", first), (f"C-{len(told) - 1}", last)):
        fate = found[row]
        assert ((fate.status, fate.doc) if fate.status else None) == expected
        assert fate.thread == "T-1"


def test_fates_of_some_rows_are_those_of_their_threads(sample: Path) -> None:
    with Ledger(sample) as ledger:
        every = fates(followup.threads(ledger.store))
        rows = sorted(every)[::3]
        assert ledger.fates(rows) == {row: every[row] for row in rows}
        assert ledger.fates([]) == {}


def test_ends_are_statuses() -> None:
    assert set(get_args(StepStatus)) >= ENDS
