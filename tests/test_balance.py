"""Who asks how much of whom in the sample corpus, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]


@pytest.fixture(scope="module")
def ledger(sample: Path) -> Iterator[Ledger]:
    with Ledger(sample) as opened:
        yield opened


def test_every_demand_is_counted_once_and_nothing_else(ledger: Ledger) -> None:
    demands = ledger.demands(kinds=("demand",))
    found = ledger.balance(ledger.demands())
    rows = [row for each in found for row in each.rows]
    assert sorted(rows) == sorted(item.row.id for item in demands)
    assert all(0 < each.items <= len(each.rows) for each in found)
    assert [each.items for each in found] == sorted((each.items for each in found), reverse=True)


def test_a_demand_that_is_told_again_is_one(ledger: Ledger) -> None:
    told = [item for item in ledger.demands(target="Drevonia", kinds=("demand",)) if "two sailors" in item.row.action.exact]
    (each,) = ledger.balance(told)
    assert (len(told), each.items, each.holder, each.target) == (2, 1, ("Saoren", "Velmara"), ("Drevonia",))
    assert each.done == (ledger.thread(told[0].row.id).id,)


def test_a_link_of_a_person_counts(book: Path) -> None:
    with Ledger(book) as ledger:
        halt, talks = (
            next(item for item in ledger.demands(target="Drevonia") if words in item.row.action.exact) for words in ("halt", "return to")
        )
        before = sum(each.items for each in ledger.balance([halt, talks]))
        ledger.same_item(halt.row.id, talks.row.id)
        assert sum(each.items for each in ledger.balance([halt, talks])) == before - 1


def test_the_limit_is_of_rows_and_not_of_the_count(sample: Path, run: Run) -> None:
    shown = run("demands", "--target", "Drevonia", "--count", "--limit", "1", "--ledger", sample).out
    assert shown.count("demand by") == 1
    assert "Saoren, Velmara of Drevonia: 3 (told 5 times); answered 0, carried out 1" in shown


def test_what_was_not_said(ledger: Ledger, sample: Path, run: Run) -> None:
    found = ledger.said(factuality="denied")
    assert {row.statement.factuality for row in found} == {"denied"}
    assert "sanctions" in {row.quote for row in found}
    assert run("said", "--factuality", "unsaid", "--ledger", sample).code == 2
