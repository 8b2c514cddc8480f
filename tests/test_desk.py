"""What people decide at the desk: rows judged, added and linked, names of actors; each undone and made again, none lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.review.log import redoable, standing
from reaffirm.store import log, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reaffirm.proposals import Proposal
    from samples import Outcome

pytest_plugins = ["samples"]
FIRST = "01-2031-04-12-joint-statement.txt"
MISSED = "I. The regional situation"


@pytest.fixture
def ledger(book: Path, pack: Path) -> Iterator[Ledger]:
    with Ledger(book, packs=[pack]) as opened:
        yield opened


@pytest.fixture
def proposal(ledger: Ledger) -> Proposal:
    return ledger.queue("Ana", kind="commitment").rows[0].proposal


def verdicts(ledger: Ledger, row: str) -> list[tuple[str, bool]]:
    return [(told.judgement.verdict, told.undone_by is not None) for told in ledger.history(row)]


def exported(ledger: Ledger, folder: Path, kind: str) -> dict[str, dict[str, object]]:
    ledger.export(folder)
    lines = (folder / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


# The queue


def test_a_row_waits_for_each_coder_until_that_coder_decides(ledger: Ledger, proposal: Proposal) -> None:
    everything = ledger.queue("Ana").total
    ledger.judge(proposal.row, "rejected", who="Ana")
    assert (ledger.queue("Ana").total, ledger.queue("Bo").total) == (everything - 1, everything)
    assert ledger.queue("Ana", state="untouched").total == everything - 1
    (waiting,) = ledger.queue("Bo", rows=[proposal.row]).rows
    assert (waiting.own, waiting.others) == ((), 1)  # what the other said stays with the other


def test_disputed_are_rows_on_which_the_last_words_of_two_people_differ(ledger: Ledger, proposal: Proposal) -> None:
    for who, verdict in (("Ana", "accepted"), ("Bo", "rejected")):
        ledger.judge(proposal.row, verdict, who=who)  # type: ignore[arg-type] # verdicts
    assert [w.proposal.row for w in ledger.queue("Cy", state="disputed").rows] == [proposal.row]
    ledger.judge(proposal.row, "accepted", who="Bo")
    assert ledger.queue("Cy", state="disputed").total == 0


def test_the_queue_is_narrowed_and_ordered(ledger: Ledger) -> None:
    asked = ledger.queue("Ana", kind="commitment", document=FIRST, limit=500)
    assert {(w.proposal.kind, w.proposal.doc) for w in asked.rows} == {("commitment", FIRST)}
    cables = ledger.queue("Ana", issue="undersea-cables", limit=500)
    assert 0 < cables.total < ledger.queue("Ana").total
    doubts = [len(w.doubts) for w in ledger.queue("Ana", order="doubt", limit=500).rows]
    assert doubts == sorted(doubts, reverse=True)
    assert doubts[0] > 1
    assert [len(w.doubts) for w in ledger.queue("Ana", order="certain", limit=500).rows] == sorted(doubts)
    assert ledger.queue("Ana", doubtful=2).total == sum(n >= 2 for n in doubts)
    assert ledger.queue("Ana", certain=0).total == doubts.count(0)


def test_evidence_stands_in_its_paragraphs(ledger: Ledger) -> None:
    for waiting in ledger.queue("Ana", limit=500).rows:
        for span in waiting.proposal.words:
            assert waiting.text[span.start - waiting.start : span.end - waiting.start] == span.exact


# Undo and redo


def test_what_is_said_again_after_it_was_overruled_is_undone_for_itself(ledger: Ledger, proposal: Proposal) -> None:
    row = proposal.row
    for verdict in ("accepted", "rejected", "accepted", "accepted"):
        ledger.judge(row, verdict, who="Ana")
    assert verdicts(ledger, row) == [("accepted", False), ("rejected", False), ("accepted", False)]
    assert [ledger.undo(who="Ana").verdict for _ in range(3)] == ["accepted", "rejected", "accepted"]
    with pytest.raises(UsageError, match="nothing to undo"):
        ledger.undo(who="Ana")
    assert [ledger.redo(who="Ana").verdict for _ in range(3)] == ["accepted", "rejected", "accepted"]
    with pytest.raises(UsageError, match="nothing to redo"):
        ledger.redo(who="Ana")


def test_a_new_decision_ends_what_can_be_made_again(ledger: Ledger, proposal: Proposal) -> None:
    ledger.judge(proposal.row, "accepted", who="Ana")
    ledger.undo(proposal.row, who="Ana")
    ledger.judge(proposal.row, "unsure", who="Ana")
    with pytest.raises(UsageError, match="nothing to redo"):
        ledger.redo(proposal.row, who="Ana")


def test_undo_without_a_row_leaves_others_alone_and_redo_makes_it_ones_own(ledger: Ledger, proposal: Proposal) -> None:
    ledger.judge(proposal.row, "accepted", who="Ana")
    ledger.judge(proposal.row, "rejected", who="Bo")
    assert ledger.undo(who="Ana").verdict == "accepted"
    assert [(j.who, j.verdict) for j in queries.judgements(ledger.store)] == [("Bo", "rejected")]
    with pytest.raises(UsageError, match="the last one is of Bo"):
        ledger.undo(proposal.row, who="Cy")
    assert ledger.undo(proposal.row, who="Cy", anyone=True).verdict == "rejected"
    assert ledger.redo(proposal.row, who="Cy").who == "Cy"


def test_undo_on_a_row_takes_ones_own_decision_however_late_the_other_came(ledger: Ledger, proposal: Proposal) -> None:
    ledger.judge(proposal.row, "accepted", who="Ana")
    ledger.judge(proposal.row, "rejected", who="Bo")
    assert ledger.undo(proposal.row, who="Ana").who == "Ana"
    assert [(j.who, j.verdict) for j in queries.judgements(ledger.store)] == [("Bo", "rejected")]


def test_another_persons_decision_is_undone_only_by_an_option_that_needs_a_curator(
    ledger: Ledger, proposal: Proposal, run: Callable[..., Outcome]
) -> None:
    ledger.judge(proposal.row, "accepted", who="Ana")
    book = str(ledger.path)
    refused = run("undo", proposal.row, "--ledger", book, "--who", "Bo")
    assert (refused.code, "--anyone" in refused.err) == (2, True)
    assert run("undo", "--anyone", "--ledger", book, "--who", "Bo").code == 2
    assert run("undo", proposal.row, "--anyone", "--ledger", book, "--who", "Bo").code == 0
    assert queries.judgements(ledger.store) == []


def test_the_log_replayed_is_what_stands(ledger: Ledger, proposal: Proposal) -> None:
    ledger.judge(proposal.row, "accepted", who="Ana")
    ledger.undo(proposal.row, who="Ana")
    ledger.comment(proposal.row, "why not", who="Bo")
    ledger.undo(proposal.row, who="Bo")
    ledger.redo(proposal.row, who="Bo")
    ledger.judge(proposal.row, "rejected", who="Ana")
    ledger.undo(who="Ana")
    ledger.redo(proposal.row, who="Ana")
    ledger.undo(who="Ana")
    events = log.events(ledger.store, proposal.row)
    made_again = redoable(events)
    assert made_again is not None
    assert made_again.verdict == "rejected"
    replayed = standing(events)
    assert replayed == queries.judgements(ledger.store)
    assert [j.verdict for j in replayed] == ["noted"]


# Words, status, comments, actors


def test_the_right_words_stand_in_exports(ledger: Ledger, proposal: Proposal, tmp_path: Path) -> None:
    span = proposal.words[0]
    text = span.exact.rsplit(" ", 1)[0]
    said = ledger.judge(proposal.row, "corrected", f"span={text}", who="Ana")
    assert said.value == f"{span.start}-{span.start + len(text)} {text}"
    right = exported(ledger, tmp_path / "out", "commitments")[proposal.row]
    assert right["action"] == {"text": text, "start": span.start, "end": span.start + len(text)}
    assert ledger.verify() == []


@pytest.mark.parametrize("span", ["9999999-10000000", "5-5", "words that stand nowhere", "the"])
def test_words_that_do_not_stand_there_once_are_refused(ledger: Ledger, proposal: Proposal, span: str) -> None:
    with pytest.raises(UsageError):
        ledger.judge(proposal.row, "corrected", f"span={span}", who="Ana")
    assert ledger.history(proposal.row) == ()


def test_the_status_of_a_step_is_what_a_person_says(ledger: Ledger) -> None:
    thread = next(t for t in ledger.threads() if len(t.steps) > 1)
    member = thread.steps[1].members[0].id
    ledger.judge(member, "corrected", "status=reversed", who="Ana")
    step = ledger.thread(member).steps[1]
    assert step.status == "reversed"
    assert step.rule.startswith(f"Ana says so; read: {thread.steps[1].status}")
    ledger.undo(member, who="Ana")
    assert ledger.thread(member) == thread
    with pytest.raises(UsageError, match="choose one of"):
        ledger.judge(member, "corrected", "status=better")


def test_a_comment_is_no_verdict(ledger: Ledger, proposal: Proposal) -> None:
    ledger.comment(proposal.row, "see the annex", who="Bo")
    assert [item.verdict for item in ledger.commitments(row=proposal.row)] == [None]
    assert [note.value for note in ledger.queue("Ana", rows=[proposal.row]).rows[0].notes] == ["see the annex"]


def test_two_names_of_one_actor_are_found_together(ledger: Ledger) -> None:
    one, other = "Elna Marsten", "Dorun Keshiwa"
    before = {row.statement.id for row in ledger.said(speaker=one)}
    said = ledger.same_actor(one, other, who="Ana")
    assert {row.statement.id for row in ledger.said(speaker=one)} == before | {row.statement.id for row in ledger.said(speaker=other)}
    assert ledger.orphans() == []
    ledger.same_actor(other, one, same=False, who="Ana")
    assert {row.statement.id for row in ledger.said(speaker=one)} == before
    ledger.undo(said.row, who="Ana")
    assert len(ledger.said(speaker=one)) > len(before)
    with pytest.raises(UsageError, match="no document names"):
        ledger.same_actor(one, "Nobody At All")


# Rows that people add


@pytest.mark.parametrize("kind", ["statement", "commitment", "demand"])
def test_an_added_row_is_listed_exported_and_undone(ledger: Ledger, tmp_path: Path, kind: str) -> None:
    added = ledger.add_row(FIRST, kind, MISSED, who="Ana")  # type: ignore[arg-type] # kinds
    row = exported(ledger, tmp_path / "with", f"{kind}s")[added.row]
    assert (row["rule"], row["doc"]) == ("person", FIRST)
    (waiting,) = ledger.queue("Bo", state="added").rows
    assert (waiting.proposal.row, waiting.added, waiting.proposal.quote) == (added.row, "Ana", MISSED)
    assert ledger.queue("Bo", state="added", order="doubt").total == 1  # nothing is derived of it, and it is counted
    assert ledger.verify() == []
    ledger.judge(added.row, "accepted", who="Bo")
    ledger.undo(who="Ana")
    assert added.row not in exported(ledger, tmp_path / "without", f"{kind}s")
    assert [j.verdict for j in ledger.orphans()] == ["accepted"]  # Bo's word on it is shown, not lost
    ledger.redo(who="Ana")
    assert (ledger.orphans(), ledger.verify()) == ([], [])


def test_an_added_row_outlives_a_reading_and_the_file_is_known_with_it(ledger: Ledger, corpus: Path) -> None:
    added = ledger.add_row(FIRST, "demand", MISSED, who="Ana")
    assert [f.outcome for f in ledger.add([corpus / FIRST]).filings] == ["known"]
    assert [s.kind for s in ledger.doctor()] == []
    ledger.judge(added.row, "corrected", "holder=Velmara", who="Ana")
    assert ledger.explain(added.row).listed
    with pytest.raises(UsageError, match="read as a demand already"):
        ledger.add_row(FIRST, "demand", MISSED, who="Bo")


def test_an_added_row_stays_where_its_words_stand_when_the_bytes_are_read_into_another_text(tmp_path: Path) -> None:
    page = b"Note\n<p>Elna Marsten said that the talks would go on.</p>\n<p>The ports stay open. The ports stay open.</p>\n"
    (tmp_path / "b.txt").write_bytes(page)
    (tmp_path / "a.html").write_bytes(page)  # the smaller name decides: now it is a page
    with Ledger(tmp_path / "book.db", create=True) as ledger:
        ledger.add([tmp_path / "b.txt"])
        text = ledger.opened("b.txt").entry.document.text
        second = text.rindex("The ports")
        added = ledger.add_row("b.txt", "statement", f"{second}-{second + 20}", who="Ana")
        lost = ledger.add_row("b.txt", "statement", "<p>Elna Marsten", who="Ana")
        ledger.judge(added.row, "accepted", who="Bo")
        assert [f.outcome for f in ledger.add([tmp_path / "a.html"]).filings] == ["again"]
        moved = ledger.explain(added.row).said
        text = ledger.opened("a.html").entry.document.text
        assert moved is not None
        assert moved.statement.content[0].start == text.rindex("The ports")
        assert [j.verdict for j in ledger.store.judgements(added.row)] == ["added", "accepted"]
        assert [(j.row, j.quote) for j in ledger.orphans()] == [(lost.row, "<p>Elna Marsten")]
        assert ledger.verify() == []


def test_a_row_that_is_read_otherwise_than_it_was_judged_is_shown_as_such(ledger: Ledger, corpus: Path, tmp_path: Path) -> None:
    row = next(s.statement.id for s in ledger.said(speaker="Elna Marsten", document=FIRST))
    ledger.judge(row, "accepted", who="Ana")
    assert (ledger.changed(), ledger.explain(row).reread) == ([], ())
    with Ledger(ledger.path) as other:  # without the sample's pack nobody knows these names
        other.add([corpus / FIRST])
        (change,) = other.changed()
        assert (change.judgement.row, "Elna Marsten" in change.judged, "Elna Marsten" in change.now) == (row, True, False)
        assert other.explain(row).reread == (change,)
        assert other.queue("Ana", rows=[row], state="all").rows[0].changed == (change,)
        assert other.history(row)[0].judgement == change.judgement


def test_an_added_row_needs_words_of_the_body(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="stands 0 times"):
        ledger.add_row(FIRST, "demand", "words that stand nowhere", who="Ana")
