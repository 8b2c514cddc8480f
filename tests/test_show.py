from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from reaffirm import show
from reaffirm.intake import Filing, Report
from reaffirm.ledger import Ledger
from reaffirm.show.lines import line
from reaffirm.store.records import Coverage, Failure, Filed, Hit, Status
from reaffirm.store.verify import Finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest_plugins = ["samples"]
LONG = "archive.zip/2031-04-12-joint-statement-of-the-security-consultative-committee.html"


def shown(show_it: Callable[[Console], None], *, width: int = 80) -> list[str]:
    console = Console(file=io.StringIO(), width=width, soft_wrap=True, markup=False, emoji=False, highlight=False)
    show_it(console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_nothing_that_a_terminal_would_obey_or_rich_would_read_gets_through() -> None:
    text = "a\x1b[31mb\u202ec [bold]d[/bold] :smile: e\x07"
    assert shown(lambda console: line(console, text, (text, "bold"))) == ["a\ufffd[31mb\ufffdc [bold]d[/bold] :smile: e\ufffd" * 2]


@pytest.mark.parametrize(
    ("filings", "notes", "lines"),
    [
        ([], [], ["no files found"]),
        ([Filing("a.txt", "known")], ["table"], ["1 known already", "note: table"]),
        (
            [Filing(LONG, "new", 12, 3, 0.956), Filing("b.txt", "again", 1, 0, 1.0), Filing("c.txt", "failed", reason="empty")],
            [],
            [
                "statements  problems  coverage  file", f"        12         3       96%  {LONG}",
                "         1         0      100%  b.txt  (read again)", "1 read, 1 read again, 1 failed", "failed: c.txt: empty",
            ],
        ),
        ([Filing("b.txt", "known", reason="the same bytes as a.txt")], [], ["1 known already", "known: b.txt has the same bytes as a.txt"]),
    ],
)  # fmt: skip
def test_the_ingest_report(filings: list[Filing], notes: list[str], lines: list[str]) -> None:
    assert shown(lambda console: show.report(console, Report(filings, notes))) == lines


def test_a_long_ingest_report_is_cut_and_says_so() -> None:
    found = Report([Filing(f"{n}.txt", "new") for n in range(show.MOST_FILES + 5)])
    lines = shown(lambda console: show.report(console, found))
    assert lines[-2:] == ["and 5 more; `reaffirm documents` lists all", "205 read"]


def test_documents_keep_their_names_whole_on_a_narrow_terminal() -> None:
    known = Filed("D-1", LONG, "", "joint statement", "T", "Reuters", "2031-04-12", "en", ("2031-04-11", "2031-04-12"), 3, 1, "R")
    unknown = Filed("D-2", "b.txt", "", None, None, None, None, None, (), 0, 0, "R")
    assert shown(lambda console: show.documents(console, [known, unknown]), width=40) == [
        LONG,
        "    joint statement; published 2031-04-12, event 2031-04-11, 2031-04-12; publisher Reuters; 3 statements, 1 problems",
        "b.txt",
        "    genre ?; published ?, event ?; publisher ?; 0 statements, 0 problems",
    ]


def test_the_status_names_failures() -> None:
    coverage = (Coverage("genre", 1, 2), Coverage("speaker", 0, 0))
    found = Status(2, 10, 5, (("unknown", 3),), coverage, (), (Failure("c.txt", None, "empty", "now"),), 1, 0, 0)
    assert shown(lambda console: show.status(console, found)) == [
        "2 documents, 5 statements, 1 judgements (0 orphans)",
        "  genre      known of 1 of 2 (50%)",
        "  speaker    known of 0 of 0 (-)",
        "problems of kind unknown: 3",
        "failed: c.txt: empty",
    ]


def test_answers_without_rows_say_what_to_do_next() -> None:
    assert shown(lambda console: show.said(console, [], 5))[0].startswith("no statement meets all conditions; `reaffirm status`")
    assert shown(lambda console: show.hits(console, []))[0].startswith("nothing found; try fewer words")
    assert shown(lambda console: show.documents(console, [])) == ["no documents; `reaffirm add PATH` reads some"]
    assert shown(lambda console: show.findings(console, [])) == ["sound: every hash, span and id was checked"]


def test_findings_and_hits_are_listed() -> None:
    assert shown(lambda console: show.findings(console, [Finding("raw", "r", "is gone")]))[0] == "raw r: is gone"
    hit = Hit("D-1", "a.txt", 3, 9, "two  words", "two  words", ())
    assert shown(lambda console: show.hits(console, [hit])) == ["a.txt 3-9", "    two words"]


def test_statements_name_speaker_office_cue_and_place(sample: Path) -> None:
    with Ledger(sample) as ledger:
        rows = ledger.said(speaker="Elna Marsten", document="05-hanaru-herald-editorial.txt", limit=2)
        lines = shown(lambda console: show.said(console, rows, 2))
        explained = shown(lambda console: show.explanation(console, ledger.explain(rows[0].statement.id)))
    s = rows[0].statement
    assert s.cue
    assert "Elna Marsten" in lines[0]
    assert f"[{s.cue.exact}]" in lines[0]
    assert f"{s.id})" in lines[0]
    assert lines[1] == f"    {rows[0].quote}"
    assert lines[-1] == "only the first 2; give --limit for more"
    assert f"rule {s.rule}" in "\n".join(explained)
    assert f"content  {s.content[0].start}-{s.content[0].end}: " in "\n".join(explained)


def test_progress_is_for_terminals_only() -> None:
    console = Console(file=io.StringIO())
    for quiet in (True, False):
        with show.progress(console, lambda: 3, quiet=quiet) as tick:
            assert tick is None
    terminal = Console(file=io.StringIO(), force_terminal=True, width=100)
    with show.progress(terminal, lambda: 1, quiet=False) as tick:
        assert tick is not None
        tick(Filing("[a].zip/1.txt", "new"))
        tick(Filing("[a].zip/2.txt", "new"))
    assert isinstance(terminal.file, io.StringIO)
    assert "2/2" in terminal.file.getvalue()
    assert "[a].zip/2.txt" in terminal.file.getvalue()
