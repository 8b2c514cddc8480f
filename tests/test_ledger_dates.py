"""A person dates a document: what depends on the date is computed anew, outlives readings, and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.store import loading, queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest_plugins = ["samples"]
NOTE = "A note on the talks\n\nForeign Secretary Elna Marsten said that the plan would be ready in the first half of this year.\n"


@pytest.fixture
def ledger(tmp_path: Path, pack: Path) -> Iterator[Ledger]:
    (tmp_path / "note.txt").write_text(NOTE)
    with Ledger(tmp_path / "l.db", create=True, packs=[pack]) as book:
        book.add([tmp_path / "note.txt"])
        yield book


def intervals(book: Ledger) -> list[str | None]:
    document = queries.document(book.store, "note.txt")
    return [when.interval for when in loading.times(book.store, document)]


def test_a_date_settles_what_hung_on_it_and_undoing_unsettles_it(ledger: Ledger, tmp_path: Path) -> None:
    before = list(ledger.said())
    assert intervals(ledger) == [None]
    judgement = ledger.date("note.txt", "2033-01-08", who="Ana")
    assert intervals(ledger) == ["2033-01/2033-06"]
    (published,) = ledger.card("note.txt")["published"]
    assert (published.value, published.basis) == ("2033-01-08", "judged")
    assert ledger.documents()[0].published == "2033-01-08"
    assert [row.statement for row in ledger.said()] == [row.statement for row in before]
    assert ledger.verify() == []
    assert ledger.undo(judgement.row, who="Ana").value == "2033-01-08"
    assert intervals(ledger) == [None]
    assert ledger.documents()[0].published is None
    assert ledger.verify() == []


def test_a_date_outlives_another_reading(ledger: Ledger, tmp_path: Path) -> None:
    ledger.date("note.txt", "2033-01-08", who="Ana")
    with Ledger(tmp_path / "l.db") as other:  # without the pack: another run
        assert [f.outcome for f in other.add([tmp_path / "note.txt"]).filings] == ["again"]
        assert other.documents()[0].published == "2033-01-08"
        assert intervals(other) == ["2033-01/2033-06"]
        assert other.verify() == []


def test_the_last_date_counts(ledger: Ledger) -> None:
    ledger.date("note.txt", "2032", who="Ana")
    ledger.date("note.txt", "2033-01", who="Bo")
    assert ledger.documents()[0].published == "2033-01"
    ledger.undo(queries.document(ledger.store, "note.txt").id, who="Bo")
    assert ledger.documents()[0].published == "2032"


def test_what_is_no_date_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="EDTF"):
        ledger.date("note.txt", "last spring")
    assert queries.judgements(ledger.store) == []
