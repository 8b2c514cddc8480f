"""The rows of the sample corpus as items, and the threads, silences and answers that come of them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from reaffirm.itemising import answers_of, items, places, sentences
from reaffirm.ledger import Ledger
from reaffirm.store import loading

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.sequels import Thread

pytest_plugins = ["samples"]
FIRST, PRESS, THIRD = "01-2031-04-12-joint-statement.txt", "02-2031-04-press-conference-gist.txt", "07-2033-03-joint-statement.txt"


@pytest.fixture(scope="module")
def spun(sample: Path) -> list[Thread]:
    with Ledger(sample) as ledger:
        return ledger.threads()


def thread(spun: list[Thread], label: str) -> Thread:
    (found,) = (thread for thread in spun if label in thread.label)
    return found


def test_items_are_of_all_kinds_and_every_wording_is_the_documents(sample: Path) -> None:
    with Ledger(sample) as ledger:
        found = items(ledger.store)
        assert {item.kind for item in found} == {"statement", "commitment", "demand", "meeting"}
        assert all(span.document == item.place.document for item in found for span in (*item.wording, *item.around))
        assert len({(item.id, item.place.document) for item in found}) == len(found)


def test_a_document_is_of_the_day_of_its_meeting_or_of_its_publication(sample: Path) -> None:
    with Ledger(sample) as ledger:
        found = {place.doc: place for place in places(ledger.store)}
    assert (found[THIRD].first, found[THIRD].last, found[THIRD].relation) == ("2033-03-14", "2033-03-14", "output")
    assert found[FIRST].meeting == found[PRESS].meeting
    comment = found["06-ostrel-courier-editorial.txt"]
    assert (comment.first, comment.last, comment.relation) == ("2032-02-20", None, "comment")


def test_sentences_are_exact_and_outside_furniture(sample: Path) -> None:
    with Ledger(sample) as ledger:
        found = [sentences(loading.document(ledger.store, filed.id)) for filed in ledger.documents()]
    assert all(found)
    for cut in found:
        assert all(one.end <= other.start for one, other in pairwise(cut))
        assert all(len(span.exact) == span.end - span.start for span in cut)


def test_an_item_is_followed_through_its_documents(spun: list[Thread]) -> None:
    found = thread(spun, "Article 4 of the Treaty of Mutual Assistance extends")
    told = {step.place.doc[:2]: step.status for step in found.steps}
    assert told["01"] == "introduced"
    assert (told["03"], told["07"], told["11"]) == ("strengthened",) * 3
    assert {told[name] for name in ("02", "04", "05", "08", "09", "10", "12")} == {"restated"}


@pytest.mark.parametrize(
    ("label", "doc", "status"),
    [
        ("direct line", "03", "carried out"),
        ("complete a joint study", "07", "delayed"),
        ("the next meeting of the Dialogue will be held", "03", "carried out"),
        ("in Ostrel before the end", "11", "delayed"),
        ("release the two sailors", "11", "carried out"),
    ],
)
def test_outcomes(spun: list[Thread], label: str, doc: str, status: str) -> None:
    assert [step.status for step in thread(spun, label).steps if step.place.doc.startswith(doc)] == [status]


def test_a_promise_that_was_never_told_again_has_receipts_of_silence(spun: list[Thread]) -> None:
    found = thread(spun, "the first scholars")
    assert [silence.place.doc[:2] for silence in found.silent] == ["03", "04", "07", "08", "11"]
    assert all("scholar" in silence.searched for silence in found.silent)


def test_demands_that_were_answered_later(sample: Path) -> None:
    with Ledger(sample) as ledger:
        words = {item.id: item.wording[0].exact for item in items(ledger.store)}
        found = {(words[demand][:24], words[commitment][:24]) for demand, commitment, _ in answers_of(ledger.store)}
    assert ("settle the command of jo", "joint patrols will begin") in found
    assert ("the study be published i", "to publish the study by ") in found
