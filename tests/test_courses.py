"""Lists are read from tables that say what the threads and rows themselves say, whatever came when and whatever people decided."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reaffirm import followup
from reaffirm.fates import fates
from reaffirm.ledger import Ledger
from reaffirm.sequels import Course, Stage
from reaffirm.weaving import forum

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["samples"]
TABLES = ("step", "promise", "thread", "open_thread")


@pytest.fixture
def ledger(sample: Path, tmp_path: Path, pack: Path) -> Ledger:
    return Ledger(shutil.copy(sample, tmp_path / "l.db"), packs=[pack])


def listed(ledger: Ledger) -> list[Course]:
    return ledger.courses(limit=1000)[0]


def read(ledger: Ledger) -> list[Course]:
    """The threads themselves, in short."""
    return [
        Course(t.id, t.label, t.issues, forum(t), tuple(Stage(s.place, s.status, s.voice) for s in t.steps))
        for t in followup.threads(ledger.store, silent=False)
    ]


def check(ledger: Ledger) -> None:
    threads = followup.threads(ledger.store)
    assert listed(ledger) == read(ledger)
    every = fates(threads)
    assert ledger.fates(every) == every
    assert ledger.silent(listed(ledger)) == {t.id: sum(s.confirmed is not False for s in t.silent) for t in threads}
    answers = followup.answers(ledger.store)
    assert sorted(followup.answers_to(ledger.store, [item.row.id for item in ledger.demands()])) == sorted(answers)
    assert answers
    assert ledger.verify() == []


def test_lists_say_what_the_threads_say(ledger: Ledger) -> None:
    with ledger:
        check(ledger)


@pytest.mark.parametrize("same", [True, False])
def test_lists_follow_what_people_decide(ledger: Ledger, *, same: bool) -> None:
    with ledger:
        steps = next(t for t in followup.threads(ledger.store) if len(t.steps) > 2).steps
        other = next(t for t in followup.threads(ledger.store) if t.steps[0].members[0].id not in {m.id for s in steps for m in s.members})
        rows = (steps[0].members[0].id, (other.steps[0] if same else steps[-1]).members[0].id)
        before = listed(ledger)
        ledger.same_item(*rows, same=same)
        assert listed(ledger) != before or not same
        check(ledger)
        counts = ledger.courses(limit=1)[1]
        assert counts.total == len(listed(ledger))
        ledger.undo(rows[0])
        assert listed(ledger) == before


def test_lists_are_narrowed_as_they_are_counted(ledger: Ledger) -> None:
    with ledger:
        for facet in ledger.courses(limit=1)[1].facets:
            for count in facet.counts if facet.name != "issue" else ():  # of the issues of a thread only three are counted
                assert ledger.courses(limit=1, **{facet.name: count.value})[1].total == count.n > 0  # type: ignore[arg-type] # names of parameters


def test_tables_are_the_same_in_any_order(sample: Path, corpus: Path, pack: Path, tmp_path: Path) -> None:
    files = sorted(corpus.iterdir())
    with Ledger(sample) as whole, Ledger(tmp_path / "l.db", create=True, packs=[pack]) as book:
        for file in files[4:] + files[3::-1]:
            book.add([file])
        for table in TABLES:
            rows = [sorted(map(tuple, each.store.read(f"SELECT * FROM {table}")), key=repr) for each in (whole, book)]
            assert rows[0] == rows[1], table
