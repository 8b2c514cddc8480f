from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from reaffirm import cli
from reaffirm.export.forms import FORMS
from reaffirm.ledger import Ledger
from reaffirm.store import connect

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]
PROGRAM = [sys.executable, "-c", "from reaffirm.cli import main; main()"]
VERBS = [
    "add", "demo", "status", "documents", "said", "search", "explain", "serve", "score", "accept", "reject", "unsure", "correct", "comment",
    "add-row", "same-actor", "other-actor", "undo", "redo", "carry", "history", "queue", "date",
    "verify", "backup", "restore", "upgrade", "doctor", "copies", "meetings", "meeting", "office", "commitments",
    "demands", "problems", "threads", "thread", "redline", "new", "audit", "brief", "agreement", "adjudicate", "accuracy", "blind",
    "corrections",
    "account add", "account remove", "account list", "account password", "token add", "token list", "token revoke",
    *(f"export {form}" for form in FORMS),
]  # fmt: skip
LOADED = "import reaffirm.cli\ntry: reaffirm.cli.main()\nfinally: print('spacy' in sys.modules)"
NOTE = "Joint note\n\nForeign Minister Elna Marsten said that the “talks” would go on.\n"
EDITORIAL = "05-hanaru-herald-editorial.txt"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("REAFFIRM_LEDGER", "REAFFIRM_PACKS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REAFFIRM_USER", "Ana")


def start(*arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True, env=os.environ | env, check=False)


def row_of(book: Path) -> str:
    with Ledger(book) as ledger:
        return ledger.said(document=EDITORIAL)[0].statement.id


# Help


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_an_example_exit_codes_and_json(run: Run, verb: str) -> None:
    found = run(*verb.split(), "--help")
    assert found.code == 0
    assert f"Example: reaffirm {verb}" in found.out
    assert "Exit codes: 0 done" in found.out
    assert "--json" in found.out


def test_the_verbs_tested_here_are_all() -> None:
    groups = (("", cli.app), ("export ", cli.export_app), ("account ", cli.account_app), ("token ", cli.token_app))
    names = [f"{group}{c.name or c.callback.__name__}" for group, a in groups for c in a.registered_commands if c.callback]
    assert sorted(names) == sorted(VERBS)


def test_help_and_questions_load_no_language_model(book: Path) -> None:
    for arguments in (["--help"], ["status", "--ledger", str(book)]):
        code = f"import sys; sys.argv = ['reaffirm', *{arguments!r}]\n{LOADED}"
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert found.stdout.endswith("False\n")


def test_the_version_is_shown(run: Run) -> None:
    assert run("--version").out.startswith("reaffirm 0.")


# What goes wrong


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["add"], 2, "give files or folders"),
        (["add", "note.txt", "--retry-failed"], 2, "give files or folders"),
        (["add", "none.txt"], 2, "not there: none.txt"),
        (["add", "https://ministry.example/a"], 2, "say --online"),
        (["add", "--retry-failed"], 3, "there is no ledger"),
        (["upgrade", "--ledger", "none.db"], 3, "there is no ledger"),
        (["copies", "none.txt", "--ledger", "book.db"], 2, "none.txt"),
        (["add", "note.txt", "--jobs", "-1"], 2, "--jobs"),
        (["add", "note.txt", "--colour"], 2, "No such option"),
        (["bring"], 2, "No such command"),
        (["add", "note.txt", "--metadata", "none.csv"], 2, "the table none.csv cannot be read"),
        (["add", "note.txt", "--metadata", "bad.csv"], 2, "write an EDTF date"),
        (["add", "note.txt", "--packs", "none"], 4, "is not there"),
        (["add", "note.txt", "--ledger", "note.txt"], 3, "no ledger of Reaffirm"),
        (["add", "note.txt", "--ledger", "."], 3, "is a folder"),
        (["add", "note.txt", "--ledger", "none/x.db"], 3, "none/x.db"),
        (["add", "note.txt", "--ledger", "/proc/x.db"], 3, "/proc/x.db"),
        (["status"], 3, "there is no ledger at reaffirm.db"),
        (["status", "--ledger", "newer.db"], 3, "newer Reaffirm"),
        (["explain", "S-ffff", "--ledger", "book.db"], 2, "nothing in the ledger is called 'S-ffff'"),
        (["explain", "S-", "--ledger", "book.db"], 2, "rows begin with S-"),
        (["accept", "D-", "--ledger", "book.db"], 2, "D-"),
        (["undo", "S-", "--ledger", "book.db"], 2, "rows begin with S-"),
        (["said", "--since", "soon", "--ledger", "book.db"], 2, "is no date"),
        (["said", "--document", "none.txt", "--ledger", "book.db"], 2, "none.txt"),
        (["said", "--limit", "0", "--ledger", "book.db"], 2, "--limit"),
        (["score", "none", "--ledger", "book.db"], 2, "none"),
        (["export", "jsonl", "full", "--ledger", "book.db"], 2, "no export"),
        (["export", "jsonl", "note.txt/x", "--ledger", "book.db"], 3, "could not be written"),
        (["export", "jsonl", "/proc/x", "--ledger", "book.db"], 3, "could not be written"),
        (["backup", "note.txt", "--ledger", "book.db"], 3, "is there already"),
        (["restore", "note.txt", "--ledger", "book.db"], 3, "no ledger of Reaffirm"),
        (["demo", "none"], 2, "is no sample folder"),
        (["add", "x" * 5000], 2, "not there: xxx"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_an_exit_code(
    run: Run, book: Path, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    (tmp_path / "note.txt").write_text(NOTE)
    (tmp_path / "bad.csv").write_text("file,published\nnote.txt,soon\n")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    newer = bytearray(book.read_bytes())
    newer[60:64] = (99).to_bytes(4, "big")
    (tmp_path / "newer.db").write_bytes(newer)
    before = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    found = run(*arguments)
    assert (found.code, found.out) == (code, "")
    assert words in found.err
    assert "Traceback" not in found.err
    told = run(*arguments, "--json")
    assert told.code == code
    assert json.loads(told.err)["exit_code"] == code
    assert words in json.loads(told.err)["error"]
    after = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file() and path.name != "reaffirm.db"}
    assert after == before


def test_a_defect_is_one_sentence_too(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        message = "x"
        raise KeyError(message)

    monkeypatch.setattr(Ledger, "status", broken)
    found = run("status", "--ledger", book)
    assert (found.code, found.err) == (5, "reaffirm: a defect of Reaffirm, please report it: KeyError: 'x'\n")
    monkeypatch.setenv("REAFFIRM_TRACEBACK", "1")
    assert "Traceback" in run("status", "--ledger", book).err


def test_a_full_disk_loses_nothing(run: Run, tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = connect.connect

    def small(path: Path, *, read_only: bool, wait: float) -> sqlite3.Connection:
        connection = opened(path, read_only=read_only, wait=wait)
        connection.execute("PRAGMA max_page_count = 150")  # SQLite then says that the disk is full
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(connect, "connect", small)
        found = run("add", corpus, "--jobs", 1)
    assert found.code == 3
    assert found.err.startswith("reaffirm: the ledger reaffirm.db did not fit: the disk is full")
    with Ledger(tmp_path / "reaffirm.db") as ledger:
        assert 0 < len(ledger.documents()) < 12
        assert ledger.verify() == []
    assert run("add", corpus).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the shell")
def test_where_nothing_can_be_written_the_run_stops_with_a_sentence(tmp_path: Path, corpus: Path) -> None:
    script = 'ulimit -f "$1"; shift; exec "$@"'
    command = ["bash", "-c", script, "-", "600", *PROGRAM, "add", str(corpus), "--ledger", "small.db", "--jobs", "1"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 3
    assert found.stderr.startswith("reaffirm: ")
    assert "Traceback" not in found.stderr
    with Ledger(tmp_path / "small.db") as ledger:
        assert ledger.verify() == []
        assert ledger.status().failures == ()


def test_a_full_standard_output_is_told(book: Path) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        found = subprocess.run([*PROGRAM, "said", "--ledger", book], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert found.returncode == 3
    assert "No space left on device" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_reader_that_goes_away_is_no_error(book: Path) -> None:
    command = f"set -o pipefail; '{sys.executable}' -c 'from reaffirm.cli import main; main()' said --limit 500 --ledger '{book}' | head -1"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


# Reading documents in


def test_add_reports_each_file(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(NOTE)
    (folder / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    found = run("add", folder)
    assert found.code == 1
    assert found.out.splitlines()[0] == "statements  problems  coverage  file"
    assert found.out.splitlines()[1].split()[-2:] == ["100%", "a.txt"]
    assert found.out.splitlines()[2:3] == ["1 read, 1 failed"]
    assert "failed: b.png: unreadable: a PNG picture" in found.out
    again = run("add", folder, "--json")
    report = again.json()
    assert isinstance(report, dict)
    assert [(f["name"], f["outcome"]) for f in report["filings"]] == [("a.txt", "known"), ("b.png", "failed")]
    (folder / "b.png").unlink()
    assert run("add", folder).out == "1 known already\n"


def test_an_empty_folder_is_said_to_be_empty(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run("add", tmp_path / "in")[:2] == (0, "no files found\n")


def test_a_table_goes_in_with_the_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE)
    (tmp_path / "table.csv").write_text("file,published\na.txt,2031-05\nb.txt,2032\n")
    found = run("add", "a.txt", "--metadata", "table.csv")
    assert "note: the table names b.txt, which is not among the files" in found.out
    assert "published 2031-05" in run("documents").out


KILLER = """
import os, signal
from reaffirm.formats import plain
def sniff(data, name):
    if b"KILL" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    return False
read = plain.read
"""


def test_a_process_that_dies_fails_the_file_at_fault_alone(tmp_path: Path) -> None:
    plug, folder = tmp_path / "plug", tmp_path / "in"
    (plug / "killer-1.0.dist-info").mkdir(parents=True)
    (plug / "killer-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: killer\nVersion: 1.0\n")
    (plug / "killer-1.0.dist-info" / "entry_points.txt").write_text("[reaffirm.formats]\nkiller = killer\n")
    (plug / "killer.py").write_text(KILLER)
    folder.mkdir()
    for name, text in (("a.txt", NOTE), ("b.txt", "KILL"), ("c.txt", NOTE.replace("talks", "terms")), ("d.txt", NOTE.upper())):
        (folder / name).write_text(text)
    paths = os.pathsep.join([str(plug), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    found = start("add", folder, "--jobs", "2", "--json", PYTHONPATH=paths)
    filings = json.loads(found.stdout)["filings"]
    assert [(f["name"], f["outcome"]) for f in filings] == [("a.txt", "new"), ("b.txt", "failed"), ("c.txt", "new"), ("d.txt", "new")]
    assert "the process that read it was ended" in filings[1]["reason"]
    assert found.returncode == 1
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_keeps_what_was_read(tmp_path: Path, jobs: int) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(400):
        (folder / f"{n:03}.txt").write_text(NOTE.replace("talks", f"talks {n}"))
    ledger = tmp_path / "reaffirm.db"
    with Ledger(tmp_path / "empty.db", create=True) as empty:
        begun = empty.path.stat().st_size + 100_000  # some documents are in
    command = [*PROGRAM, "add", str(folder), "--jobs", str(jobs)]
    listen = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # what runs in the background is deaf to it from birth
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=listen,  # noqa: PLW1509 - no threads here
    )  # fmt: skip
    while running.poll() is None and not (ledger.exists() and ledger.stat().st_size > begun):
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: the whole group
    _, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (130, "reaffirm: stopped; what was read so far is kept, and the same command goes on from there\n")
    with Ledger(ledger) as opened:
        assert 0 < len(opened.documents()) < 400
        assert opened.verify() == []


EVIL = "open('taken', 'w').close()\nraise SystemExit(9)\n"


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_in_the_folder_that_is_read_is_run(tmp_path: Path, jobs: int) -> None:
    for name in ("json", "struct", "multiprocessing", "pickle", "re", "lxml", "reaffirm", "spacy", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(EVIL)
    (tmp_path / "note.txt").write_text(NOTE)
    (tmp_path / "page.html").write_text(f"<!doctype html><p>{NOTE}</p>")
    program = [sys.executable, "-P", *PROGRAM[1:]]  # as the installed command starts: without the folder it runs in
    found = subprocess.run([*program, "add", ".", "--jobs", str(jobs), "--json"], capture_output=True, text=True, check=False)
    outcomes = {filing["name"]: filing["outcome"] for filing in json.loads(found.stdout)["filings"]}
    assert (outcomes["note.txt"], outcomes["page.html"]) == ("new", "new")
    assert not (tmp_path / "taken").exists()


# Asking, judging, keeping


def test_questions_are_answered_in_text_and_in_json(run: Run, book: Path) -> None:
    for arguments, words in (
        (("status",), "12 documents"), (("documents",), EDITORIAL), (("said", "--speaker", "Marsten"), "Elna Marsten"),
        (("search", "undersea cables"), "undersea cables"), (("verify",), "sound"), (("explain", row_of(book)), EDITORIAL),
    ):  # fmt: skip
        found = run(*arguments, "--ledger", book)
        assert (found.code, found.err) == (0, "")
        assert words in found.out
        assert run(*arguments, "--ledger", book, "--json").json() is not None


def test_a_row_is_judged_and_the_judgement_undone(run: Run, book: Path, tmp_path: Path) -> None:
    row = row_of(book)
    assert run("accept", row[:10], "--ledger", book).out == f"{row} accepted by Ana\n"
    assert run("reject", row, "--ledger", book, "--who", "Jonas").out == f"{row} rejected by Jonas\n"
    assert row not in run("said", "--ledger", book, "--limit", 500).out
    assert row in run("said", "--ledger", book, "--limit", 500, "--rejected").out
    run("export", "jsonl", "out", "--ledger", book)
    assert row not in (tmp_path / "out" / "statements.jsonl").read_text()
    assert run("undo", row, "--anyone", "--ledger", book).out == f"undone: {row} rejected by Jonas\n"
    assert run("correct", row, "speakers=Jonas Weidel", "--ledger", book).out == f"{row} corrected speakers = Jonas Weidel by Ana\n"
    assert "corrected by Ana: speakers = Jonas Weidel" in run("said", "--ledger", book, "--limit", 500).out
    assert run("correct", row, "speakers", "--ledger", book).code == 2
    assert "rejected by Jonas at" in run("explain", row, "--ledger", book).out


def test_a_damaged_ledger_is_found_out(run: Run, book: Path) -> None:
    damaged = book.read_bytes().replace(b"undersea", b"overland")
    book.write_bytes(damaged)
    found = run("verify", "--ledger", book)
    assert found.code == 1
    assert "findings" in found.out


def test_a_backup_comes_back(run: Run, book: Path, tmp_path: Path) -> None:
    assert run("backup", "copy.db", "--ledger", book, "--json").json() == {"backup": "copy.db"}
    run("reject", row_of(book), "--ledger", book)
    found = run("restore", "copy.db", "--ledger", book, "--json").json()
    assert found == {"ledger": str(book), "kept": f"{book}.before-restore-1"}
    assert "0 judgements" in run("status", "--ledger", book).out


def test_scores_are_a_table_or_json_or_a_list(run: Run, book: Path, corpus: Path) -> None:
    gold = corpus.parent / "gold"
    assert "statements" in run("score", gold, "--ledger", book, "--by", "all").out
    assert "statements" in (run("score", gold, "--ledger", book, "--json").json() or {})  # type: ignore[operator]
    listed = run("score", gold, "--ledger", book, "--list", "missed", "statements").out.splitlines()
    assert all("content" in json.loads(line) for line in listed)
    assert run("score", gold, "--ledger", book, "--by", "country").code == 2


def test_the_demo_ends_with_commands_to_try(run: Run, corpus: Path, tmp_path: Path) -> None:
    found = run("demo", corpus.parent)
    assert found.code == 0
    assert [line.split()[0] for line in found.out.splitlines()[-3:]] == ["reaffirm"] * 3
    assert (tmp_path / "demo.db").exists()


# Terminals


@pytest.mark.parametrize("env", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_letters_that_a_terminal_cannot_show_never_stop_the_program(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "ü “n”.txt").write_text(NOTE)
    assert start("add", tmp_path / "ü “n”.txt", **env).returncode == 0
    for arguments in (("said",), ("documents", "--json")):
        found = start(*arguments, **env)
        assert (found.returncode, found.stderr) == (0, "")
        if "--json" in arguments:
            assert "ü “n”.txt" in json.dumps(json.loads(found.stdout), ensure_ascii=False)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
@pytest.mark.parametrize(("env", "codes"), [({"NO_COLOR": "1", "TERM": "xterm-256color"}, False), ({"TERM": "xterm-256color"}, True)])
def test_no_color_means_no_codes(book: Path, env: dict[str, str], *, codes: bool) -> None:
    import pty  # noqa: PLC0415 - Unix only

    seen = bytearray()

    def read(handle: int) -> bytes:
        seen.extend(data := os.read(handle, 4096))
        return data

    os.environ.update(env)
    pty.spawn([*PROGRAM, "documents", "--ledger", str(book)], read)
    assert (b"\x1b[" in seen) is codes


def test_no_codes_where_there_is_no_terminal(book: Path) -> None:
    assert "\x1b" not in start("documents", "--ledger", book, TERM="xterm-256color").stdout
