"""Names of one actor: which stands for it, and that a decision taken back puts all back."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.store import actors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest_plugins = ["samples"]
ONE, OTHER, THIRD = "Elna Marsten", "Dorun Keshiwa", "Lise Ondaro"


@pytest.fixture
def ledger(book: Path, pack: Path) -> Iterator[Ledger]:
    with Ledger(book, packs=[pack]) as opened:
        yield opened


def everything(ledger: Ledger) -> list[object]:
    """All that is told of actors: the list, the rows and people of each, the table by issue."""
    figures, total = ledger.figures(limit=200)
    names = [figure.name for figure in figures]
    issues = [subject.id for subject in ledger.subjects("issue", limit=50)[0]]
    told = [(ledger.lines(actor=name), ledger.served(name), ledger.people(name), ledger.weights(actor=name)) for name in names]
    cells = [sorted(ledger.cells(layer, issues, actors=names), key=str) for layer in ("said", "promised", "asked")]
    return [figures, total, told, cells]


def test_the_name_given_first_stands_for_all_that_are_joined(ledger: Ledger) -> None:
    ledger.same_actor(ONE, OTHER, who="Ana")
    assert actors.merged(ledger.store) == dict.fromkeys((ONE, OTHER), ONE)
    ledger.same_actor(THIRD, OTHER, who="Ana")
    assert actors.merged(ledger.store) == dict.fromkeys((ONE, OTHER, THIRD), THIRD)
    ledger.same_actor(THIRD, OTHER, same=False, who="Bo")
    assert actors.merged(ledger.store) == dict.fromkeys((ONE, OTHER), ONE)
    assert actors.alike(actors.merged(ledger.store), [OTHER, THIRD]) == [ONE, OTHER, THIRD]
    with pytest.raises(UsageError, match="no document names"):
        ledger.same_actor(ONE, "Elna")


def test_one_actor_is_counted_once_and_asked_for_by_any_of_its_names(ledger: Ledger) -> None:
    apart = {name: {line.said.statement.id for line in ledger.lines(actor=name, layer="said")[0] if line.said} for name in (ONE, OTHER)}
    known, total = ledger.figures(limit=1)
    ledger.same_actor(ONE, OTHER, who="Ana")
    assert ledger.figures(limit=1)[1] == total - 1
    for name in (ONE, OTHER):
        (figure,) = ledger.figures(name=name)[0]
        assert (figure.name, figure.others) == (ONE, (OTHER,))
        rows, found = ledger.lines(actor=name, layer="said")
        assert {line.said.statement.id for line in rows if line.said} == apart[ONE] | apart[OTHER]
        assert figure.said == found.total == len(apart[ONE] | apart[OTHER])
        assert all(count.value != OTHER for facet in found.facets for count in facet.counts)
    promised = {item.row.id for name in (ONE, OTHER) for item in ledger.commitments(person=name)}
    assert {item.row.id for item in ledger.commitments(person=OTHER)} == promised
    assert known


def test_the_table_by_issue_counts_each_row_of_an_actor_once(ledger: Ledger) -> None:
    issues = [subject.id for subject in ledger.subjects("issue", limit=50)[0]]
    ledger.same_actor(ONE, OTHER, who="Ana")
    cells = ledger.cells("said", issues, actors=[ONE])
    assert {cell.line for cell in cells} == {ONE}
    for cell in cells:
        rows = ledger.lines(actor=ONE, issue=cell.column, layer="said")[0]
        assert cell.n == len({line.said.statement.id for line in rows if line.said})


def test_what_is_undone_puts_all_back(ledger: Ledger, tmp_path: Path) -> None:
    before = everything(ledger)
    forms = ("jsonl", "csv", "graphml")
    for form in forms:
        ledger.export(form, tmp_path / f"before.{form}")
    ledger.same_actor(ONE, OTHER, who="Ana")
    assert everything(ledger) != before
    ledger.undo(who="Ana")
    assert everything(ledger) == before
    for form in forms:
        ledger.export(form, tmp_path / f"after.{form}")
        assert content(tmp_path / f"before.{form}") == content(tmp_path / f"after.{form}")


def content(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()] if path.is_dir() else [path.read_bytes()]


def test_states_that_are_joined_promise_together(ledger: Ledger) -> None:
    """Both are party to many of the same commitments, each of which counts once."""
    rows = {name: {item.row.id for item in ledger.commitments(party=name)} for name in ("Velmara", "Saoren")}
    assert rows["Velmara"] & rows["Saoren"]
    ledger.same_actor("Velmara", "Saoren", who="Ana")
    (figure,) = ledger.figures(name="Saoren")[0]
    assert figure.name == "Velmara"
    assert figure.promised == len(rows["Velmara"] | rows["Saoren"])
    for name, other in itertools.permutations(("Velmara", "Saoren")):
        assert {item.row.id for item in ledger.commitments(party=name)} == rows[name] | rows[other]
