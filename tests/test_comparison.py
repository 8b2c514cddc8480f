"""Redline, audit, new language and threads of the sample corpus, as the command line and Python ask for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]
SECOND, THIRD = "03-2032-02-joint-statement.txt", "07-2033-03-joint-statement.txt"
WIRE = "09-meridian-wire-report.html"


def test_a_redline_of_two_documents_in_every_form(sample: Path, tmp_path: Path, run: Run) -> None:
    shown = run("redline", SECOND, THIRD, "--ledger", sample)
    assert "{+Third" in shown.out
    pieces = json.loads(run("redline", SECOND, THIRD, "--json", "--ledger", sample).out)
    assert pieces
    for form, start in (("html", b"<!"), ("docx", b"PK")):
        path = tmp_path / f"changes.{form}"
        assert run("redline", SECOND, THIRD, "--form", form, "--out", path, "--ledger", sample).code == 0
        assert path.read_bytes().startswith(start)
    assert run("redline", SECOND, THIRD, "--form", "docx", "--ledger", sample).code == 2


def test_a_redline_of_files_that_are_in_no_ledger(sample: Path, tmp_path: Path, run: Run) -> None:
    for name, words in (("a.txt", "The pact holds for one year."), ("b.txt", "The pact holds for two years.")):
        (tmp_path / name).write_text(words)
    shown = run("redline", tmp_path / "a.txt", tmp_path / "b.txt", "--ledger", sample)
    assert "[-one year-]" in shown.out or "[-one-]" in shown.out
    assert run("redline", tmp_path / "a.txt", tmp_path / "none.txt", "--ledger", sample).code == 2
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 9)
    refused = run("redline", tmp_path / "a.txt", tmp_path / "binary", "--ledger", sample)
    assert (refused.code, "no text was found" in refused.err) == (2, True)


def test_an_audit_says_where_each_quotation_stands(sample: Path) -> None:
    with Ledger(sample) as ledger:
        found = {verdict.quotation.span.exact: verdict for verdict in ledger.audit(WIRE)}
        names = ledger.names()
    verdict = next(v for words, v in found.items() if words.startswith("applies to the Orrin Shoals"))
    assert verdict.verdict == "verbatim"
    assert {names[span.document] for span in verdict.standing} == {THIRD}


def test_what_is_new_in_a_statement(sample: Path, run: Run) -> None:
    with Ledger(sample) as ledger:
        found = ledger.new(THIRD)
        assert [ledger.names()[doc] for doc, _ in found.searched] == ["01-2031-04-12-joint-statement.txt", SECOND]
        fresh = " ".join(remark.now.exact for remark in found.of("new", "changed") if remark.now)
        assert "airspace above them" in fresh
        with pytest.raises(UsageError, match="--against"):
            ledger.new("01-2031-04-12-joint-statement.txt")
        assert ledger.new("05-hanaru-herald-editorial.txt", [SECOND]).remarks
    assert "for the first time" in run("new", THIRD, "--ledger", sample).out


def test_what_is_stronger_or_weaker_in_a_statement_comes_first(sample: Path, run: Run) -> None:
    with Ledger(sample) as ledger:
        found = ledger.new(SECOND)
        assert [(r.trend, r.kind) for r in found.remarks[:2]] == [("stronger", "changed"), ("weaker", "changed")]
        assert ["Article 4" in r.was.exact for r in found.remarks[:2] if r.was] == [True, False]
        assert not any(r.trend for r in found.remarks[2:])
        assert not found.account
        gist = ledger.new("02-2031-04-press-conference-gist.txt", ["01-2031-04-12-joint-statement.txt"])
        assert gist.account
    shown = run("new", SECOND, "--limit", "2", "--ledger", sample).out
    assert "changed for the first time, weaker  weaker words of undertaking (compared with 01-2031-04-12-joint-statement.txt)" in shown
    assert "“to coordinate” > “the importance of coordinating”" in shown


def test_a_thread_tells_the_life_of_an_item(sample: Path, run: Run) -> None:
    with Ledger(sample) as ledger:
        joint = next(item.row for item in ledger.commitments(document=SECOND) if "joint study" in item.row.action.exact)
        thread = ledger.thread(joint.id)
        assert joint.id in {item.id for step in thread.steps for item in step.members}
        assert thread.steps[0].status == "introduced"
        assert thread in ledger.threads(document=SECOND)
        assert ledger.threads(issue="no such issue") == []
        with pytest.raises(UsageError, match="no thread"):
            ledger.thread("C-ffffffffffff")
    shown = run("thread", joint.id, "--as-of", "2035-01-01", "--ledger", sample)
    assert "introduced" in shown.out
    assert thread.id in run("threads", "--ledger", sample).out


def test_threads_and_answers_are_exported(sample: Path, tmp_path: Path) -> None:
    with Ledger(sample) as ledger:
        ledger.export(tmp_path / "out")
    threads = [json.loads(line) for line in (tmp_path / "out/threads.jsonl").read_text().splitlines()]
    rows = {json.loads(line)["id"] for kind in ("statements", "commitments", "demands", "meetings")
            for line in (tmp_path / f"out/{kind}.jsonl").read_text().splitlines()}  # fmt: skip
    assert threads
    assert {member for thread in threads for step in thread["steps"] for member in step["members"]} <= rows
    demands = [json.loads(line) for line in (tmp_path / "out/demands.jsonl").read_text().splitlines()]
    assert [answer for demand in demands for answer in demand["answered_by"] if answer not in rows] == []
    assert any(demand["answered_by"] for demand in demands)


def test_what_a_stopped_add_has_not_linked_is_told(tmp_path: Path, corpus: Path, pack: Path) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with Ledger(tmp_path / "stopped.db", create=True, packs=[pack]) as ledger:
        with pytest.raises(KeyboardInterrupt):
            ledger.add([corpus / THIRD], progress=stop)
        with pytest.raises(UsageError, match="not linked with the others yet"):
            ledger.new(THIRD)
