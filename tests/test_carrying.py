"""Orphans are offered for the one row that has their words, and carried to it by a decision of their person alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reaffirm import packs, pipeline
from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.model import Acquisition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from samples import Outcome

pytest_plugins = ["samples"]
# Read as plain text or as a page, by the name: the same bytes, two canonical texts.
PAGE = b"""Note of the talks
<p>Foreign Minister Elna Marsten said that Velmara would provide two survey ships by June 2033. She said the ports would stay open.</p>
<p>The ministry said that the talks would go on. The ministry said that the talks would go on.</p>
"""
ONCE, TWICE = "Velmara would provide two survey ships by June 2033", "the talks would go on"


def read(ledger: Ledger, name: str) -> None:
    observation = pipeline.observations(name, PAGE, packs.load(), ())[0]
    ledger.store.record(observation, Acquisition(observation.document.id, name, "", "2031-01-01"), PAGE, pipeline.run(packs.load()))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "l.db", create=True) as book:
        read(book, "note.txt")
        yield book


def row(ledger: Ledger, words: str) -> str:
    return next(said.statement.id for said in ledger.said() if words in said.quote)


def test_an_orphan_is_offered_for_the_row_with_its_words_and_carried_by_its_person(ledger: Ledger) -> None:
    old = row(ledger, ONCE)
    ledger.judge(old, "corrected", "speakers=Lise Ondaro", who="Ana")
    ledger.judge(old, "rejected", who="Bo")
    read(ledger, "note.html")
    new = row(ledger, ONCE)
    assert new != old
    assert [(offer.row, offer.carried) for offer in ledger.offers()] == [(new, False), (new, False)]
    assert ledger.history(new) == ()  # nothing is moved by itself
    (made,) = ledger.carry(old, who="Ana")
    assert (made.row, made.verdict, made.field, made.value, made.who) == (new, "corrected", "speakers", "Lise Ondaro", "Ana")
    assert {offer.judgement.who: offer.carried for offer in ledger.offers()} == {"Ana": True, "Bo": False}
    with pytest.raises(UsageError, match="already"):
        ledger.carry(old, who="Ana")
    with pytest.raises(UsageError, match="no orphan that Cy judged"):
        ledger.carry(old, who="Cy")
    ledger.undo(new, who="Ana")
    assert {offer.judgement.who: offer.carried for offer in ledger.offers()} == {"Ana": False, "Bo": False}


def test_words_that_stand_twice_are_offered_for_nothing(ledger: Ledger) -> None:
    old = row(ledger, TWICE)
    ledger.judge(old, "accepted", who="Ana")
    read(ledger, "note.html")
    assert [offer.row for offer in ledger.offers()] == [""]
    with pytest.raises(UsageError, match="no one row has the words"):
        ledger.carry(old, who="Ana")


def test_a_row_that_says_something_else_now_is_shown_as_changed(ledger: Ledger) -> None:
    old = row(ledger, ONCE)
    ledger.judge(old, "accepted", who="Ana")
    with ledger.store.writing() as connection:  # as an older version would have judged it
        connection.execute("DROP TRIGGER judgement_same")
        connection.execute("UPDATE judgement SET judged = ?", (json.dumps({"speakers": ["Nobody"], "directness": "indirect"}),))
    read(ledger, "note.html")
    ledger.carry(old, who="Ana")
    assert [change.judgement.row for change in ledger.changed()] == [row(ledger, ONCE)]


def test_corrected_words_are_found_again_in_the_new_text(ledger: Ledger) -> None:
    old = row(ledger, ONCE)
    ledger.judge(old, "corrected", "span=provide two survey ships", who="Ana")
    read(ledger, "note.html")
    (made,) = ledger.carry(old, who="Ana")
    text = ledger.opened(ledger.documents()[0].doc).entry.document.text
    extent, _, words = (made.value or "").partition(" ")
    start, end = map(int, extent.split("-"))
    assert text[start:end] == words == "provide two survey ships"


def test_the_verbs_say_the_same(ledger: Ledger, run: Callable[..., Outcome]) -> None:
    old = row(ledger, ONCE)
    ledger.judge(old, "accepted", who="Ana")
    read(ledger, "note.html")
    listed = run("queue", "--orphans", "--ledger", ledger.path)
    assert f"`reaffirm carry {old}`" in listed.out
    assert run("carry", old, "--ledger", ledger.path, "--who", "Ana").code == 0
    assert "carried to it" in run("queue", "--orphans", "--ledger", ledger.path).out
