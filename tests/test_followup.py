"""What people say of items and silences beats the rules, is shown with who and when, and is undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from reaffirm import itemising
from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.linking.strands import strands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]
FIRST, SECOND, THIRD = "01-2031-04-12-joint-statement.txt", "03-2032-02-joint-statement.txt", "07-2033-03-joint-statement.txt"
FOURTH = "11-2034-01-22-joint-statement.txt"
WHO = ("--who", "Runa")


@pytest.fixture
def ledger(book: Path) -> Iterator[Ledger]:
    with Ledger(book) as opened:
        yield opened


def row(ledger: Ledger, words: str, doc: str | None = None) -> str:
    """The one commitment, else the one demand, of these words."""
    promised = [item.row.id for item in ledger.commitments(document=doc) if words in item.row.action.exact]
    return promised[0] if promised else next(item.row.id for item in ledger.demands(document=doc) if words in item.row.action.exact)


def docs(ledger: Ledger, key: str) -> list[str]:
    return [step.place.doc for step in ledger.thread(key).steps]


# Links and cuts


def test_a_link_makes_one_thread_of_two_and_undo_parts_them_again(ledger: Ledger) -> None:
    ships, records = row(ledger, "provide two survey ships"), row(ledger, "share the records")
    assert ledger.thread(ships).id != ledger.thread(records).id
    said = ledger.same_item(ships, records, who="Runa")
    whole = ledger.thread(ships)
    assert whole.id == ledger.thread(records).id
    assert (whole.judged, said.field, said.who) == ((said,), "same item", "Runa")
    assert any(why == "a person says so" for _, _, why in whole.rules)
    ledger.undo(max(ships, records), who="Runa")  # either row takes it back
    assert ledger.thread(ships).id != ledger.thread(records).id
    assert ledger.thread(ships).judged == ()


def test_a_cut_parts_what_a_rule_joined(ledger: Ledger) -> None:
    promised = row(ledger, "hold the next meeting of the Dialogue in Ostrel", THIRD)
    (held,) = (step for step in ledger.thread(promised).steps if step.place.doc == FOURTH)
    for member in held.members:
        ledger.same_item(promised, member.id, same=False, who="Runa")
    assert FOURTH not in docs(ledger, promised)
    assert {said.field for said in ledger.thread(promised).judged} == {"other item"}


def test_the_last_word_on_two_rows_counts(ledger: Ledger) -> None:
    ships, records = row(ledger, "provide two survey ships"), row(ledger, "share the records")
    ledger.same_item(ships, records)
    ledger.same_item(records, ships, same=False)
    assert ledger.thread(ships).id != ledger.thread(records).id
    ledger.undo(ships)
    assert ledger.thread(ships).id == ledger.thread(records).id


def test_a_link_is_no_verdict_on_its_rows(ledger: Ledger, tmp_path: Path) -> None:
    ships, records = sorted([row(ledger, "provide two survey ships"), row(ledger, "share the records")])
    ledger.judge(ships, "accepted")
    ledger.same_item(ships, records)
    (item,) = (item for item in ledger.commitments() if item.row.id == ships)
    assert (item.verdict, item.corrections) == ("accepted", ())
    ledger.export(tmp_path / "out")
    assert "same item" not in "".join(path.read_text() for path in (tmp_path / "out").glob("*.jsonl"))
    ledger.undo(ships)
    ledger.judge(ships, "rejected")
    ledger.same_item(records, row(ledger, "release the two sailors"))
    assert ships not in {item.row.id for item in ledger.commitments()}


def test_what_is_no_item_cannot_be_linked(ledger: Ledger) -> None:
    ships = row(ledger, "provide two survey ships")
    turn = next(said.statement.id for said in ledger.said(directness="turn"))
    homes = {strand.id: strand for strand in strands(itemising.items(ledger.store))}
    twin = next(strand for strand in homes.values() if len(strand.items) > 1)
    with pytest.raises(UsageError, match="is no item"):
        ledger.same_item(ships, turn)
    with pytest.raises(UsageError, match="readings of the same words"):
        ledger.same_item(twin.items[0].id, twin.items[1].id)
    with pytest.raises(UsageError, match="name the row of it"):
        ledger.same_item(ledger.thread(ships).id, row(ledger, "share the records"), same=False)


def test_a_commitment_linked_to_a_demand_answers_it_and_one_cut_from_it_does_not(ledger: Ledger, tmp_path: Path) -> None:
    def answers(name: str) -> dict[str, list[str]]:
        ledger.export(tmp_path / name)
        lines = (tmp_path / name / "demands.jsonl").read_text().splitlines()
        return {found["id"]: found["answered_by"] for found in map(json.loads, lines)}

    demand = row(ledger, "settle the command of joint patrols")
    (promise,) = answers("before")[demand]
    ledger.same_item(demand, promise, same=False)
    assert promise not in answers("cut")[demand]
    other = row(ledger, "publish the study by the end of April 2034", FOURTH)
    ledger.same_item(demand, other)
    assert answers("linked")[demand] == [other]


def test_links_on_the_command_line(book: Path, run: Run) -> None:
    with Ledger(book) as ledger:
        threads = [ledger.thread(row(ledger, words)) for words in ("provide two survey ships", "share the records")]
        whole, other = (thread.id for thread in threads)
        ships, records = (thread.steps[0].members[0].id for thread in threads)
    shown = run("thread", whole, "--join", other, *WHO, "--ledger", book)
    assert shown.code == 0, shown.err
    assert "are the same item, by Runa at 20" in shown.out
    assert "same item = " in run("explain", ships, "--ledger", book).out
    assert "by Runa" in run("explain", records, "--ledger", book).out
    assert run("undo", ships, *WHO, "--ledger", book).code == 0
    assert run("thread", ships, "--join", ships, "--ledger", book).code == 2


def test_a_cut_may_leave_a_row_in_no_thread(book: Path, run: Run) -> None:
    with Ledger(book) as ledger:
        thread = next(t for t in ledger.threads() if "honour Article 4" in t.label)
        rows = [step.members[0].id for step in thread.steps]
    shown = run("thread", rows[0], "--apart", rows[1], *WHO, "--ledger", book)
    assert (shown.code, "is in no thread now" in shown.out) == (0, True)
    assert run("threads", "--ledger", book).out.count("honour Article 4") == 0


# Silences


def receipts(found: dict[str, Any]) -> dict[str, str | None]:
    return {silent["place"]["doc"]: silent["judged"] and silent["judged"]["field"] for silent in found["thread"]["silent"]}


def test_a_silence_is_confirmed_denied_and_undone(book: Path, run: Run, tmp_path: Path) -> None:
    with Ledger(book) as ledger:
        key = row(ledger, "receive the first scholars", FIRST)
    assert run("thread", key, "--confirm-silence", SECOND, *WHO, "--ledger", book).code == 0
    shown = run("thread", key, "--deny-silence", THIRD, *WHO, "--ledger", book)
    assert "    confirmed by Runa at 20" in shown.out
    assert "    denied, it is mentioned after all: by Runa at 20" in shown.out
    assert "not mentioned in 4 later texts" in run("threads", "--document", FIRST, "--ledger", book).out
    told = receipts(json.loads(run("thread", key, "--json", "--ledger", book).out))
    assert (told[SECOND], told[THIRD], told[FOURTH]) == ("silence confirmed", "silence denied", None)
    with Ledger(book) as ledger:
        ledger.export(tmp_path / "out")
        rows = [json.loads(line) for line in (tmp_path / "out/threads.jsonl").read_text().splitlines()]
        (thread,) = (thread for thread in rows if "first scholars" in thread["label"])
        assert {s["doc"]: s["confirmed"] for s in thread["silent"] if s["confirmed"] is not None} == {SECOND: True, THIRD: False}
        last = ledger.undo(key, who="Runa")
        assert (last.field, json.loads(last.judged).keys()) == ("silence denied", {"searched", "nearest", "score"})
    assert receipts(json.loads(run("thread", key, "--json", "--ledger", book).out))[THIRD] is None


def test_only_a_receipt_can_be_confirmed(ledger: Ledger) -> None:
    key = row(ledger, "receive the first scholars", FIRST)
    with pytest.raises(UsageError, match="no receipt of silence"):
        ledger.silence(key, FIRST)


def test_a_confirmed_silence_without_its_receipt_is_an_orphan(ledger: Ledger) -> None:
    promised, told = row(ledger, "receive the first scholars", FIRST), row(ledger, "publish the study by the end of April 2034", FOURTH)
    ledger.silence(promised, FOURTH, who="Runa")
    assert [s for s in ledger.doctor() if s.kind == "orphan"] == []
    ledger.same_item(promised, told)  # so it is mentioned
    (orphan,) = (s for s in ledger.doctor() if s.kind == "orphan")
    assert (orphan.subject, "no receipt of silence any more" in orphan.message, "Runa" in orphan.message) == (promised, True, True)


def test_a_link_to_a_row_that_is_no_item_any_more_is_an_orphan(ledger: Ledger) -> None:
    ships, records = sorted([row(ledger, "provide two survey ships"), row(ledger, "share the records")])
    ledger.same_item(ships, records)
    ledger.judge(records, "rejected")
    assert [(s.kind, s.subject) for s in ledger.doctor() if s.kind == "orphan"] == [("orphan", ships)]
