"""Meetings in the review queue: each with the words of its tellings and its doubts, decided like any other row, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.meetings import APART, UNDATED, doubts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from samples import Outcome

pytest_plugins = ["samples"]
STATEMENT = """Joint Statement of the Fourth Straits Security Dialogue

14 March 2033

Foreign Secretary Elna Marsten of Velmara and Minister of Foreign Affairs Lise Ondaro of Saoren met in Port Ambel on 14 March 2033.

Velmara will host the next Straits Security Dialogue.
"""
REPORT = """Report on the Straits Security Dialogue

2 May 2033

Foreign Secretary Elna Marsten of Velmara and Minister of Foreign Affairs Lise Ondaro of Saoren held the Straits Security Dialogue
in Port Ambel on 16 March 2033.
"""


@pytest.fixture
def ledger(tmp_path: Path, pack: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "l.db", create=True, packs=[pack]) as book:
        for name, text in (("statement.txt", STATEMENT), ("report.txt", REPORT)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        book.add([tmp_path / "statement.txt", tmp_path / "report.txt"])
        yield book


def dates(ledger: Ledger) -> list[str | None]:
    return [found.meeting.date for found in ledger.meetings()]


def joined(ledger: Ledger) -> str:
    """The id of the meeting that both documents tell, once a person has said so."""
    rows = [found.meeting for found in ledger.meetings() if found.meeting.date in {"2033-03-14", "2033-03-16"}]
    assert len(rows) == 2
    ledger.same_meeting(rows[0].id, rows[1].id, who="Ana")
    return min(row.id for row in rows)


def test_a_meeting_waits_with_the_words_of_its_tellings_and_its_doubts(ledger: Ledger) -> None:
    key = joined(ledger)
    (waiting,) = ledger.queue("Bo", kind="meeting", rows=[key]).rows
    assert (waiting.proposal.kind, waiting.proposal.row) == ("meeting", key)
    assert {(told.doc, told.date) for told in waiting.tellings} == {("statement.txt", "2033-03-14"), ("report.txt", "2033-03-16")}
    for told in waiting.tellings:
        marked = [text for text, is_marked in told.pieces if is_marked]
        assert marked
        assert "".join(text for text, _ in told.pieces) == told.text
    assert APART in waiting.doubts
    first = ledger.queue("Bo", kind="meeting", order="doubt").rows[0]
    assert first.proposal.row == key
    assert ledger.queue("Bo", kind="meeting", doubtful=2).total < ledger.queue("Bo", kind="meeting").total


def test_what_waits_is_told_by_coder_and_state(ledger: Ledger) -> None:
    everything = ledger.queue("Ana", kind="meeting")
    assert [w.proposal.values["date"] for w in everything.rows] == dates(ledger)
    key = everything.rows[0].proposal.row
    ledger.judge(key, "accepted", who="Ana")
    ledger.judge(key, "rejected", who="Bo")
    for who, state, total in (("Ana", "open", -1), ("Cy", "open", 0), ("Cy", "untouched", -1)):
        assert ledger.queue(who, kind="meeting", state=state).total == everything.total + total  # type: ignore[arg-type] # states
    for state in ("decided", "disputed"):
        assert [w.proposal.row for w in ledger.queue("Cy", kind="meeting", state=state).rows] == [key]  # type: ignore[arg-type] # states
    (waiting,) = ledger.queue("Cy", kind="meeting", rows=[key]).rows
    assert (waiting.own, waiting.others) == ((), 2)
    assert ledger.queue("Cy", kind="meeting", document="report.txt").total == 1
    with pytest.raises(UsageError, match="under no issue"):
        ledger.queue("Cy", kind="meeting", issue="cables")


def test_a_rejected_meeting_is_listed_nowhere_until_that_is_undone(ledger: Ledger, tmp_path: Path) -> None:
    before = ledger.meetings()
    threads = ledger.threads()
    key = before[0].meeting.id
    ledger.judge(key, "rejected", who="Ana")
    assert key not in {found.meeting.id for found in ledger.meetings()}
    assert key not in {outline.id for outline in ledger.outlines()}
    ledger.export(tmp_path / "out")
    assert key not in (tmp_path / "out" / "meetings.jsonl").read_text(encoding="utf-8")
    assert ledger.meeting(key).verdict == "rejected"
    assert all(key not in {found.before, found.after} for found in ledger.meetings())
    ledger.undo(key, who="Ana")
    assert (ledger.meetings(), ledger.threads()) == (before, threads)


def test_the_right_date_stands_in_its_place_and_the_read_one_beside_it(ledger: Ledger) -> None:
    key = joined(ledger)
    before = dates(ledger)
    ledger.judge(key, "corrected", "date=2033-03-15", who="Ana")
    found = ledger.meeting(key)
    assert (found.meeting.date, [(c.field, c.judged) for c in found.corrections]) == ("2033-03-15", [("date", '"2033-03-14"')])
    assert ledger.changed() == []  # what was read is what was judged
    with pytest.raises(UsageError, match="EDTF"):
        ledger.judge(key, "corrected", "date=soon", who="Ana")
    ledger.undo(who="Ana")
    assert dates(ledger) == before
    ledger.redo(who="Ana")
    assert ledger.meeting(key).meeting.date == "2033-03-15"


def test_a_decision_stands_on_the_meeting_that_has_its_telling(ledger: Ledger) -> None:
    """Who accepted one of two meetings has accepted what they are together, and is told that it reads otherwise now."""
    rows = [found.meeting.id for found in ledger.meetings() if found.meeting.date in {"2033-03-14", "2033-03-16"}]
    ledger.judge(max(rows), "accepted", who="Ana")
    ledger.comment(max(rows), "the report errs", who="Ana")
    key = joined(ledger)
    (waiting,) = ledger.queue("Ana", kind="meeting", state="all", rows=[key]).rows
    assert [j.verdict for j in waiting.own] == ["accepted"]
    assert [j.value for j in waiting.notes] == ["the report errs"]
    assert [told.judgement.verdict for told in ledger.history(key)] == ["accepted", "noted", "corrected"]
    assert ledger.orphans() == []
    ledger.same_meeting(*rows, same=False, who="Ana")
    assert ledger.queue("Ana", kind="meeting", rows=[min(rows)]).total == 1
    assert ledger.queue("Ana", kind="meeting", rows=[max(rows)]).total == 0


def test_a_meeting_without_a_date_is_doubtful(ledger: Ledger) -> None:
    found = next(each for each in ledger.meetings() if each.meeting.date is None)
    assert UNDATED in doubts(found)


def test_the_verbs_say_the_same(ledger: Ledger, run: Callable[..., Outcome]) -> None:
    book = str(ledger.path)
    listed = run("queue", "--kind", "meeting", "--ledger", book, "--who", "Ana")
    assert "statement.txt" in listed.out
    key = ledger.meetings()[0].meeting.id
    assert run("reject", key, "--ledger", book, "--who", "Ana").code == 0
    assert key not in run("meetings", "--ledger", book).out
    assert run("correct", key, "date=2033-03-15", "--ledger", book, "--who", "Ana").code == 0
    assert "2033-03-15" in run("meetings", "--ledger", book).out
    assert run("undo", "--ledger", book, "--who", "Ana").code == 0
