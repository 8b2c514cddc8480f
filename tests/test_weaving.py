"""The lines of a ledger are those that its items have from scratch, whatever came when; threads are read from them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import UsageError
from reaffirm.itemising import items, places, sentences
from reaffirm.ledger import Ledger
from reaffirm.linking.strands import strands
from reaffirm.linking.threads import threads
from reaffirm.packs import load
from reaffirm.store import loading
from reaffirm.weaving import packed, unpacked, woven

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.sequels import Thread

pytest_plugins = ["samples"]
FIRST = "01-2031-04-12-joint-statement.txt"


def afresh(ledger: Ledger) -> list[Thread]:
    """The threads of all items of a ledger, computed in memory."""
    passages = {filed.id: sentences(loading.document(ledger.store, filed.id)) for filed in ledger.documents()}
    return list(threads(items(ledger.store), chain=places(ledger.store), passages=passages))


def kept(ledger: Ledger) -> list[Thread]:
    return sorted(ledger.threads(), key=lambda thread: thread.id)


@pytest.fixture
def ledger(sample: Path, tmp_path: Path, pack: Path) -> Ledger:
    return Ledger(shutil.copy(sample, tmp_path / "l.db"), packs=[pack])


def test_the_ledger_has_the_threads_of_its_items(ledger: Ledger) -> None:
    with ledger:
        assert kept(ledger) == sorted(afresh(ledger), key=lambda thread: thread.id)
        assert woven(ledger.store, load) == 0


def test_one_by_one_in_any_order_gives_the_same(sample: Path, corpus: Path, pack: Path, tmp_path: Path) -> None:
    files = sorted(corpus.iterdir())
    files = files[5:] + files[4::-1]
    with Ledger(sample) as whole, Ledger(tmp_path / "l.db", create=True, packs=[pack]) as book:
        for file in files:
            book.add([file])
        assert kept(book) == kept(whole)


def test_a_rejected_row_leaves_its_thread_and_comes_back(ledger: Ledger) -> None:
    with ledger:
        before = kept(ledger)
        row = next(item.id for thread in before for step in thread.steps for item in step.members if item.kind == "commitment")
        ledger.judge(row, "rejected")
        assert row not in {item.id for thread in kept(ledger) for step in thread.steps for item in step.members}
        assert kept(ledger) == sorted(afresh(ledger), key=lambda thread: thread.id)
        ledger.undo(row)
        assert kept(ledger) == before


@pytest.mark.parametrize("letter", ["S", "C", "N"])
def test_links_are_made_from_the_words_that_a_person_says_are_right(ledger: Ledger, letter: str) -> None:
    """The words of a row in a thread become those of the next sentence, which tell of something else; undo takes that back."""
    with ledger:
        before = kept(ledger)
        row = next(i for t in before for s in t.steps for i in s.members if i.id.startswith(letter) and len(i.wording) == 1)
        home = loading.document(ledger.store, row.place.document)
        other = next(span for span in sentences(home) if span.start >= row.wording[0].end and len(span.exact) > 40)
        ledger.judge(row.id, "corrected", f"span={other.start}-{other.end}", who="Ana")
        assert kept(ledger) == sorted(afresh(ledger), key=lambda thread: thread.id)
        assert kept(ledger) != before
        words = [i.wording for t in kept(ledger) for s in t.steps for i in s.members if i.id == row.id]
        assert all([(span.start, span.end, span.exact) for span in found] == [(other.start, other.end, other.exact)] for found in words)
        ledger.undo(row.id, who="Ana")
        assert kept(ledger) == before
        assert woven(ledger.store, load) == 0


def test_a_date_that_a_person_gives_moves_the_steps_of_a_document(ledger: Ledger) -> None:
    with ledger:
        before = kept(ledger)
        filed = next(f for f in ledger.documents() if f.doc.startswith("05-"))
        ledger.date(filed.doc, "2035-01-01")
        assert kept(ledger) == sorted(afresh(ledger), key=lambda thread: thread.id)
        ledger.undo(filed.id)
        assert [thread.id for thread in kept(ledger)] == [thread.id for thread in before]
        assert kept(ledger) == before
        assert ledger.verify() == []


def test_pages_of_threads_are_cuts_of_the_list(ledger: Ledger) -> None:
    with ledger:
        whole = ledger.threads(silent=False)
        assert [*ledger.threads(limit=3, silent=False), *ledger.threads(limit=99, offset=3, silent=False)] == whole
        assert all(not thread.silent for thread in whole)
        of_first = ledger.threads(document=FIRST, silent=False)
        assert of_first == [thread for thread in whole if any(step.place.doc == FIRST for step in thread.steps)]
        assert ledger.threads(issue="no such issue") == []


def test_any_row_leads_to_its_thread(ledger: Ledger) -> None:
    with ledger:
        thread = ledger.threads(limit=1)[0]
        assert ledger.thread(thread.id[:8]) == thread
        assert all(ledger.thread(item.id) == thread for step in thread.steps for item in step.members if item.kind == "commitment")
        with pytest.raises(UsageError, match="no thread"):
            ledger.thread("C-ffffffffffffffff")


def test_a_strand_comes_back_from_its_column_without_the_words_round_it(ledger: Ledger) -> None:
    with ledger:
        for row in strands(items(ledger.store)):
            found = unpacked(_data(row), packed(row))
            assert (found.content, found.hint, found.parties, found.things, found.place) == (
                row.content, row.hint, row.parties, row.things, row.place,
            )  # fmt: skip
            assert [(i.id, i.wording, i.due, i.actors) for i in found.items] == [(i.id, i.wording, i.due, i.actors) for i in row.items]


def _data(row: object) -> str:
    from reaffirm.weaving import _place  # noqa: PLC0415 - the column of a place

    return _place(row.place)  # type: ignore[attr-defined]
