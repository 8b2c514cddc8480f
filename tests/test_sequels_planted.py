"""What is planted in the gold of the sample corpus: every silence of a planted thread and every answered demand, and none besides."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from reaffirm import followup, itemising
from reaffirm.ledger import Ledger
from reaffirm.linking.wordings import wording
from reaffirm.store import loading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Span
    from reaffirm.sequels import Thread

pytest_plugins = ["samples"]
GOLD = Path(__file__).parents[1] / "examples/gold"
OUTPUTS = {"joint statement", "fact sheet", "press-conference transcript", "gist"}
# Kinds of rows: where gold keeps their words.
WORDS = {"statements": "content", "commitments": "action", "demands": "action", "meetings": "evidence"}


def rows(kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]


class Place(NamedTuple):
    """A span of gold: its document, and where it stands or, where readers share no offsets, its words."""

    doc: str
    start: int | None
    end: int | None
    text: str

    def is_in(self, doc: str, span: Span) -> bool:
        if doc != self.doc:
            return False
        if self.start is None or self.end is None:
            mine, other = (" ".join(words.split()) for words in (self.text, span.exact))
            return mine in other or other in mine
        return span.start < self.end and self.start < span.end


def planted() -> Iterator[tuple[str, list[Place]]]:
    for kind, key in WORDS.items():
        for row in rows(kind):
            spans = row[key] if isinstance(row[key], list) else [row[key]]
            yield row["id"], [Place(span.get("doc") or row["doc"], span["start"], span["end"], span["text"]) for span in spans]


DOCUMENTS = {row["doc"]: row for row in rows("documents")}
DAYS = {doc: (row["event_dates"] or [row["published"] or row["published_earliest"] or ""])[0] for doc, row in DOCUMENTS.items()}
PLACES = dict(planted())
THREADS = [thread for thread in rows("threads") if thread["silent"]]
ANSWERED = [(row["id"], answer) for row in rows("demands") for answer in row["answered_by"]]


@pytest.fixture(scope="module")
def ledger(sample: Path) -> Iterator[Ledger]:
    with Ledger(sample) as opened:
        yield opened


@pytest.fixture(scope="module")
def spun(ledger: Ledger) -> list[Thread]:
    return ledger.threads()


def told(thread: Thread, steps: Iterable[dict[str, Any]]) -> int:
    """How many steps of a planted thread a thread has: a step of the same document, with words of one of its members."""
    mine = {step.place.doc: [span for item in step.members for span in item.wording] for step in thread.steps}
    return sum(
        any(place.is_in(step["doc"], span) for key in step["members"] for place in PLACES[key] for span in mine.get(step["doc"], ()))
        for step in steps
    )


def found(spun: list[Thread], planted: dict[str, Any]) -> Thread:
    """The thread that tells a planted one: the one that has most of its steps."""
    best = max(spun, key=lambda thread: told(thread, planted["steps"]))
    assert told(best, planted["steps"]) > len(planted["steps"]) / 2, planted["label"]
    return best


def silent(planted: dict[str, Any]) -> set[str]:
    """The documents of which gold says that they are silent, those that can be: outputs of a meeting after that of the first step."""
    first = DAYS[planted["steps"][0]["doc"]]
    return {s["doc"] for s in planted["silent"] if DOCUMENTS[s["doc"]]["kind"] in OUTPUTS and DAYS[s["doc"]] > first}


@pytest.mark.parametrize("planted", THREADS, ids=[t["id"] for t in THREADS])
def test_every_planted_silence_has_its_receipt_and_none_is_claimed_besides(
    ledger: Ledger, spun: list[Thread], planted: dict[str, Any]
) -> None:
    texts = {filed.id: itemising.sentences(loading.document(ledger.store, filed.id)) for filed in ledger.documents()}
    thread = found(spun, planted)
    assert {receipt.place.doc for receipt in thread.silent} == silent(planted)
    for receipt in thread.silent:
        said = re.match(r"every sentence outside furniture, for the words \(stems\) (.+?);", receipt.searched)
        assert said
        sought, passages = set(said[1].split(", ")), texts[receipt.place.document]
        assert sought
        if receipt.nearest:
            assert receipt.nearest in passages
            assert sought & wording((receipt.nearest.exact,), frozenset()).stems
            assert 0 < receipt.score <= 1
        else:  # only where no word of the item is met at all
            assert receipt.score == 0
            assert not any(sought & wording((passage.exact,), frozenset()).stems for passage in passages)


def test_enough_silences_are_planted() -> None:
    assert sum(len(silent(thread)) for thread in THREADS) >= 20


def claimed(ledger: Ledger) -> set[tuple[str, str]]:
    """The answers that the ledger finds, as ids of gold; rows that gold lacks keep their own."""
    items = {item.id: (item.place.doc, item.wording[0]) for item in itemising.items(ledger.store)}

    def gold(row: str, kind: str) -> str:
        doc, span = items[row]
        return next((key for key in (r["id"] for r in rows(kind)) if any(place.is_in(doc, span) for place in PLACES[key])), row)

    return {(gold(demand, "demands"), gold(promise, "commitments")) for demand, promise, _ in followup.answers(ledger.store)}


def test_every_planted_answer_is_found_and_none_is_claimed_besides(ledger: Ledger) -> None:
    assert claimed(ledger) == set(ANSWERED)
