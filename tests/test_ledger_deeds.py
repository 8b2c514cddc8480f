"""Commitments and demands of the sample corpus: asked for, explained, judged, and taken away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]
SECOND = "03-2032-02-joint-statement.txt"
MEETING = "to meet in Hanaru in the first half of 2033"
EDITORIAL = "05-hanaru-herald-editorial.txt"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"document": SECOND, "due_from": "2033-01", "due_until": "2033-06-30"}, True),
        ({"document": SECOND, "party": "Saoren", "band": "strong"}, True),
        ({"undertaker": "Velmara", "issue": "summitry"}, True),
        ({"forum": "straits", "polarity": "will"}, True),
        ({"since": "2032-02", "until": "2032-03"}, True),
        ({"document": SECOND, "due_from": "2034"}, False),
        ({"document": SECOND, "party": "Drevonia"}, False),
        ({"positions": True}, False),
        ({"document": EDITORIAL}, False),
        ({"polarity": "withheld"}, False),
        ({"since": "2034"}, False),
    ],
)
def test_commitments_meet_all_conditions(sample: Path, wanted: dict[str, str], *, found: bool) -> None:
    with Ledger(sample) as ledger:
        rows = ledger.commitments(**wanted)  # type: ignore[arg-type]
        assert (MEETING in [item.row.action.exact for item in rows]) is found
        assert len(rows) < len(ledger.commitments())


def test_a_commitment_says_who_is_bound_and_by_when(sample: Path) -> None:
    with Ledger(sample) as ledger:
        (item,) = (item for item in ledger.commitments(document=SECOND) if item.row.action.exact == MEETING)
        assert item.derived is not None
        assert (item.derived.parties, item.derived.undertaker, item.derived.due) == (("Saoren", "Velmara"),) * 2 + ("2033-06-30",)
        assert (item.row.illocution, item.row.force.band, item.row.passes) == ("agree", "strong", True)
        assert {filing.issue for filing in item.filings}
        assert len(ledger.commitments(limit=3)) == 3


def test_demands_and_their_siblings_are_never_mixed(sample: Path) -> None:
    with Ledger(sample) as ledger:
        every, asked = ledger.demands(), ledger.demands(kinds=["demand"])
        assert {item.row.kind for item in asked} == {"demand"}
        assert {item.row.kind for item in every} == {"demand", "evaluation", "question", "inference"}
        writers = ledger.demands(holder="writer", kinds=["demand"])
        assert writers
        assert all(item.derived and item.derived.holder == ("writer",) for item in writers)
        assert all("Saoren" in (item.derived.target if item.derived else ()) for item in ledger.demands(target="Saoren"))


def test_each_row_explains_itself(book: Path, run: Run) -> None:
    with Ledger(book) as ledger:
        promised, asked = ledger.commitments(document=SECOND)[0].row, ledger.demands(document=EDITORIAL)[0].row
        assert ledger.explain(promised.id).promised is not None
        assert ledger.explain(asked.id[:8]).asked is not None
    shown = run("explain", promised.id, "--ledger", book).out
    assert "strength: verb" in shown
    assert f"reads statement {promised.statement}" in shown
    assert "holder and addressee by" in run("explain", asked.id, "--ledger", book).out


def test_people_decide_about_commitments_and_demands(book: Path, tmp_path: Path) -> None:
    with Ledger(book) as ledger:
        before = ledger.commitments(document=SECOND)
        gone, mended = before[0].row.id, before[1].row.id
        ledger.judge(gone, "rejected", who="Ana")
        ledger.judge(mended, "corrected", "undertaker=Saoren", who="Ana")
        ledger.judge(mended, "corrected", "due=2034-06", who="Ana")
        assert gone not in [item.row.id for item in ledger.commitments(document=SECOND)]
        assert len(ledger.commitments(document=SECOND, rejected=True)) == len(before)
        ledger.export(tmp_path / "out")
        rows = {row["id"]: row for row in map(json.loads, (tmp_path / "out/commitments.jsonl").read_text().splitlines())}
        assert gone not in rows
        assert (rows[mended]["undertaker"], rows[mended]["due"]) == (["Saoren"], "2034-06")
        ledger.undo(gone, who="Ana")
        assert [item.row.id for item in ledger.commitments(document=SECOND)] == [item.row.id for item in before]
        assert ledger.verify() == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [("due=soon", "EDTF date"), ("band=mighty", "choose one of"), ("speakers=Ana", "fields: parties"), ("parties=;", "at least one name")],
)
def test_what_cannot_be_corrected_so_is_said(book: Path, change: str, complaint: str) -> None:
    with Ledger(book) as ledger, pytest.raises(UsageError, match=complaint):
        ledger.judge(ledger.commitments()[0].row.id, "corrected", change, who="Ana")


def test_due_dates_leave_as_a_calendar(sample: Path, tmp_path: Path, run: Run) -> None:
    done = run("commitments", "--document", SECOND, "--ics", tmp_path / "due.ics", "--ledger", sample)
    assert done.code == 0
    events = Calendar.from_ical((tmp_path / "due.ics").read_bytes()).walk("VEVENT")
    days = {str(event["SUMMARY"]): event.decoded("DTSTART").isoformat() for event in events}
    assert days[f"Due: {MEETING}"] == "2033-06-30"
    assert all(day >= "2032" for day in days.values())


def test_commitments_and_demands_on_the_command_line(sample: Path, run: Run) -> None:
    shown = run("commitments", "--due", "2033", "--ledger", sample).out
    assert MEETING in shown
    assert "due 2033-06-30" in shown
    assert "demand by writer" in run("demands", "--ledger", sample).out
    assert "evaluation by" in run("demands", "--all", "--ledger", sample).out
    assert run("commitments", "--band", "mighty", "--ledger", sample).code == 2
