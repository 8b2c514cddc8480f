"""The command line: parse, call the ledger, print. Exit codes: `reaffirm --help`."""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar, cast, get_args

import typer
from rich.console import Console

from reaffirm import show
from reaffirm.errors import LedgerError, ReaffirmError, UsageError
from reaffirm.model import Act
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.ledger import Ledger
    from reaffirm.model import Judgement, Verdict
    from reaffirm.review.scoring import Scope

CODES = """Exit codes: 0 done; 1 done, but something was found wrong (a file failed, verify found damage); 2 wrong arguments;
3 the ledger is missing, damaged, newer than this program or in use, or the disk is full; 4 a data pack is wrong; 5 a defect of
Reaffirm (REAFFIRM_TRACEBACK=1 shows where); 130 stopped with Ctrl-C. With --json, errors are JSON objects as well."""
STOPPED = 130
app = typer.Typer(
    help=f"Reaffirm keeps a proven ledger of what governments said, read from their documents.\n\n{CODES}",
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
)  # fmt: skip
export_app = typer.Typer(help="Write the ledger in an outside format.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(export_app, name="export")

LedgerPath = Annotated[Path, typer.Option("--ledger", "-l", envvar="REAFFIRM_LEDGER", help="The ledger file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
PackFolders = Annotated[
    list[Path] | None,
    typer.Option("--packs", envvar="REAFFIRM_PACKS", help="A folder of data packs laid over the shipped ones; may be repeated."),
]
Table = Annotated[
    Path | None,
    typer.Option("--metadata", help="CSV: file, and any of published (EDTF), publisher, title, author, genre, url, language."),
]
RowId = Annotated[str, typer.Argument(help="A row id or its beginning.")]
Who = Annotated[str | None, typer.Option("--who", envvar="REAFFIRM_USER", help="Who decides; default: the user of this machine.")]
Day = Annotated[str | None, typer.Option(help="2021, 2021-03 or 2021-03-16.")]
LEDGER = Path("reaffirm.db")
T = TypeVar("T")


def main() -> NoReturn:
    """Nothing: runs the command line and ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter shows its number
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        code = 0
    except OSError as error:
        code = _failed(error)
    if code == STOPPED:
        _complain("stopped; what was read so far is kept, and the same command goes on from there", STOPPED)
    _leave(code)


def _run() -> int:
    try:
        return int(app(standalone_mode=False) or 0)
    except SystemExit:  # typer's answer to a reader that has gone away (`reaffirm said | head`)
        return 0
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last resort: a sentence and an exit code, no traceback
        return _failed(error)


def _leave(code: int) -> NoReturn:
    """Nothing: ends the process; output that nobody takes any more is no error."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _failed(error: Exception) -> int:
    """The exit code of an error, which is told in one sentence on the standard error output."""
    if os.environ.get("REAFFIRM_TRACEBACK"):
        traceback.print_exception(error)
    if isinstance(error, ReaffirmError):
        return _complain(str(error), error.exit_code)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return _complain(f"{place}{error.strerror or error}; check the path, its permissions and the disk", LedgerError.exit_code)
    if hasattr(error, "format_message") and hasattr(error, "show"):  # typer's errors, which have no public base class
        if "--json" in sys.argv:
            return _complain(error.format_message(), UsageError.exit_code)
        error.show()
        return UsageError.exit_code
    return _complain(f"a defect of Reaffirm, please report it: {type(error).__name__}: {error}", 5)


def _complain(message: str, code: int) -> int:
    """The exit code; the message goes to the standard error output."""
    text = _json({"error": message, "exit_code": code}, sys.stderr.encoding) if "--json" in sys.argv else f"reaffirm: {show.clean(message)}"
    sys.stderr.write(text + "\n")
    return code


def _json(value: object, encoding: str | None) -> str:
    return json.dumps(plain(value), ensure_ascii=not (encoding or "").lower().startswith("utf"), indent=1)


def plain(value: object) -> object:
    """The value as JSON can hold it: dataclasses as objects, tuples as lists, paths as strings."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def _console(*, stderr: bool = False) -> Console:
    """A console that prints text as it is; NO_COLOR means no codes of any kind."""
    colours = None if os.environ.get("NO_COLOR") else "auto"
    return Console(stderr=stderr, soft_wrap=True, highlight=False, markup=False, emoji=False, color_system=cast("None", colours))


def _open(path: Path, *, create: bool = False, packs: list[Path] | None = None) -> Ledger:
    from reaffirm.ledger import Ledger  # noqa: PLC0415 - `--help` must not load all that a ledger needs

    return Ledger(path, create=create, packs=packs or ())


def _print(value: T, as_json: bool, text: Callable[[Console, T], None]) -> None:
    if as_json:
        sys.stdout.write(_json(value, sys.stdout.encoding) + "\n")
    else:
        text(_console(), value)


def _ask(path: Path, question: Callable[[Ledger], T], as_json: bool, text: Callable[[Console, T], None]) -> T:
    """The ledger's answer, printed."""
    with _open(path) as book:
        found = question(book)
    _print(found, as_json, text)
    return found


def _epilog(example: str, one: str = "") -> str:
    wrong = f"1 {one}, " if one else ""
    return f"Example: {example}\n\nExit codes: 0 done, {wrong}2 wrong arguments, 3 the ledger cannot be used; all: reaffirm --help"


# Reading documents in


@app.command(epilog=_epilog("reaffirm add statements/ --metadata table.csv", "a file failed"))
def add(  # noqa: PLR0913 - one option a question
    paths: Annotated[list[str] | None, typer.Argument(help="Files, folders, ZIP archives; with --online addresses.")] = None,
    *,
    ledger: LedgerPath = LEDGER,
    packs: PackFolders = None,
    metadata: Table = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0 chooses.")] = 0,
    online: Annotated[bool, typer.Option("--online", help="Fetch addresses (http, https) from the network.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Read what failed earlier once more, and nothing else.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read documents into the ledger; what is known already is not read again, and a killed run is resumed by the same command."""
    _insist_there(paths or [], retry=retry_failed)
    with (
        _open(ledger, create=not retry_failed, packs=packs) as book,
        show.progress(_console(stderr=True), lambda: book.count(paths or []), quiet=as_json) as tick,
    ):
        if retry_failed:
            report = book.retry(table=metadata, jobs=jobs, online=online, progress=tick)
        else:
            report = book.add(paths or [], table=metadata, jobs=jobs, online=online, progress=tick)
    _print(report, as_json, show.report)
    if report.count("failed"):
        raise typer.Exit(1)


def _insist_there(paths: list[str], *, retry: bool) -> None:
    if bool(paths) == retry:
        message = "give files or folders to read, or --retry-failed without any"
        raise UsageError(message)
    missing = [path for path in paths if not path.lower().startswith(("http://", "https://")) and not os.path.lexists(path)]
    if missing:
        message = f"not there: {', '.join(missing)}; check the path"
        raise UsageError(message)


@app.command(epilog=_epilog("reaffirm demo examples", "a file failed"))
def demo(
    folder: Annotated[Path, typer.Argument(help="The sample folder with corpus/, pack/ and demo.json.")] = Path("examples"),
    *,
    ledger: Annotated[Path, typer.Option("--ledger", "-l", help="Where the demo's ledger goes.")] = Path("demo.db"),
    as_json: AsJson = False,
) -> None:
    """Read the sample corpus of invented governments and show what a ledger tells."""
    if not all((folder / part).exists() for part in ("corpus", "pack", "demo.json")):
        message = f"{folder} is no sample folder (corpus/, pack/, demo.json); run this in a checkout of Reaffirm, or name its examples/"
        raise UsageError(message)
    with _open(ledger, create=True, packs=[folder / "pack"]) as book:
        report = book.add([folder / "corpus"], jobs=1)
        summary = book.summary(folder / "demo.json")
    _print(summary, as_json, show.demo)
    if report.count("failed"):
        raise typer.Exit(1)


# Asking


@app.command(epilog=_epilog("reaffirm status --json"))
def status(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Show what the ledger holds, how much of it is known, and what failed."""
    _ask(ledger, lambda book: book.status(), as_json, show.status)


@app.command(epilog=_epilog("reaffirm documents"))
def documents(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """List the documents with what their cards say."""
    _ask(ledger, lambda book: book.documents(), as_json, show.documents)


@app.command(epilog=_epilog("reaffirm copies 09-meridian-wire-report.html"))
def copies(
    document: Annotated[str | None, typer.Argument(help="A document's name or id; default: all.")] = None,
    *,
    ledger: LedgerPath = LEDGER,
    as_json: AsJson = False,
) -> None:
    """List documents that are nearly the same text (reprints, excerpts, corrected versions), with the words in which they differ."""
    _ask(ledger, lambda book: book.copies(document), as_json, show.copies)


@app.command(epilog=_epilog("reaffirm said --speaker Marsten --cue agreed"))
def said(  # noqa: PLR0913 - one option a question
    *,
    ledger: LedgerPath = LEDGER,
    speaker: Annotated[str | None, typer.Option(help="A name or a part of one.")] = None,
    party: Annotated[str | None, typer.Option(help="The state or organisation behind the speaker.")] = None,
    document: Annotated[str | None, typer.Option(help="A document's name or id.")] = None,
    cue: Annotated[str | None, typer.Option(help="Words of the cue.")] = None,
    text: Annotated[str | None, typer.Option(help="Words of the content: what it is about.")] = None,
    act: Annotated[str | None, typer.Option(help="The speech act: assertive, commissive, directive ...")] = None,
    to: Annotated[str | None, typer.Option(help="Words that name to whom it was said.")] = None,
    direct: Annotated[bool, typer.Option("--direct", help="Only the speakers' own words: turns and quotations.")] = False,
    official: Annotated[bool, typer.Option("--official", help="Only official texts and official paraphrases.")] = False,
    since: Day = None,
    until: Day = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Also rows that people rejected.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List who said what, in which words, in which office, with the row id for `explain`."""
    with _open(ledger) as book:
        found = book.said(
            speaker=speaker, party=party, document=document, cue=cue, text=text, act=_one_of(act, Act), to=to, direct=direct,
            official=official, since=since, until=until, rejected=rejected, limit=limit,
        )  # fmt: skip
    _print(found, as_json, lambda console, rows: show.said(console, rows, limit))


def _one_of(value: str | None, words: object) -> Act | None:
    """The value, which must be one of a closed list."""
    if value is not None and value not in get_args(words):
        message = f"{value!r} is none of: {', '.join(get_args(words))}"
        raise UsageError(message)
    return cast("Act | None", value)


@app.command(epilog=_epilog('reaffirm search "undersea cables" treaty'))
def search(
    words: Annotated[list[str], typer.Argument(help='Words and "phrases"; word* finds beginnings.')],
    *,
    ledger: LedgerPath = LEDGER,
    document: Annotated[str | None, typer.Option(help="Only in this document.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many paragraphs.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find paragraphs, never page furniture, best first."""
    query = " ".join(f'"{word}"' if " " in word else word for word in words)
    _ask(ledger, lambda book: book.search(query, document=document, limit=limit), as_json, show.hits)


@app.command(epilog=_epilog("reaffirm explain S-3f2a"))
def explain(row: RowId, *, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Show all the ledger knows of one row: words, rule, pack entry, rejected readings, judgements; of a document its card."""
    if row[:2].upper() == "D-":
        _ask(ledger, lambda book: book.card(row), as_json, show.card)
    else:
        _ask(ledger, lambda book: book.explain(row), as_json, show.explanation)


@app.command(epilog=_epilog("reaffirm score examples/gold --by doc"))
def score(  # noqa: PLR0913 - one option a question
    gold: Annotated[Path, typer.Argument(help="A folder of gold in the exchange format.")],
    predicted: Annotated[Path | None, typer.Argument(help="A folder to score; default: the ledger.")] = None,
    *,
    ledger: LedgerPath = LEDGER,
    docs: Annotated[str | None, typer.Option(help="Only these documents, separated by commas.")] = None,
    by: Annotated[str, typer.Option(help="all, kind or doc.")] = "kind",
    rows: Annotated[tuple[str, str] | None, typer.Option("--list", help="missed, false or wrong, and a kind.")] = None,
    as_json: AsJson = False,
) -> None:
    """Score the ledger, or another folder, against gold."""
    from reaffirm.review import scoring  # noqa: PLC0415 - only this command needs it

    wanted = set(docs.split(",")) if docs else None
    if predicted is None:
        with _open(ledger) as book:
            tally = book.score(gold, None, wanted)
    else:
        tally = scoring.score(gold, predicted, wanted)
    lines = scoring.render(tally, cast("Scope", by))
    if rows:
        lines, as_json = [json.dumps(row, ensure_ascii=False) for row in scoring.listing(tally, *rows)], False
    _print(scoring.report(tally), as_json, lambda console, _found: show.lines(console, lines))


# Judging


@app.command(epilog=_epilog("reaffirm accept S-3f2a"))
def accept(row: RowId, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Record that a row is right."""
    _ask(ledger, _verdict(row, "accepted", who), as_json, show.judgement)


@app.command(epilog=_epilog("reaffirm reject S-3f2a"))
def reject(row: RowId, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Record that a row is wrong; it is no longer listed or exported, and `undo` brings it back."""
    _ask(ledger, _verdict(row, "rejected", who), as_json, show.judgement)


@app.command(epilog=_epilog('reaffirm correct S-3f2a "speakers=Ana Duarte; Jonas Weidel"'))
def correct(
    row: RowId,
    change: Annotated[str, typer.Argument(help="FIELD=VALUE; lists separated by semicolons.")],
    *,
    ledger: LedgerPath = LEDGER,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Record what a field of a row should be, beside what the machine read."""
    _ask(ledger, _verdict(row, "corrected", who, change), as_json, show.judgement)


@app.command(epilog=_epilog("reaffirm date 05-hanaru-herald-editorial.txt 2031-04-15"))
def date(
    document: Annotated[str, typer.Argument(help="A document's name or id.")],
    published: Annotated[str, typer.Argument(help="EDTF: 2031, 2031-04, 2031-04-15 or 2031-04/2031-05.")],
    *,
    ledger: LedgerPath = LEDGER,
    packs: PackFolders = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Record when a document was published; its time expressions and offices are computed anew, and `undo` takes it back."""
    with _open(ledger, packs=packs) as book:
        found = book.date(document, published, who=who)
    _print(found, as_json, show.judgement)


@app.command(epilog=_epilog("reaffirm undo S-3f2a"))
def undo(row: RowId, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Undo the last decision on a row."""
    _ask(ledger, lambda book: book.undo(row, who=who), as_json, show.judgement)


def _verdict(row: str, verdict: Verdict, who: str | None, change: str | None = None) -> Callable[[Ledger], Judgement]:
    return lambda book: book.judge(row, verdict, change, who=who)


# Keeping


@app.command(epilog=_epilog("reaffirm verify", "something is wrong with the ledger"))
def verify(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Check every hash, span, id and version of the ledger anew."""
    if _ask(ledger, lambda book: book.verify(), as_json, show.findings):
        raise typer.Exit(1)


@app.command(epilog=_epilog("reaffirm doctor", "something needs a look"))
def doctor(*, ledger: LedgerPath = LEDGER, packs: PackFolders = None, as_json: AsJson = False) -> None:
    """Show what is stuck, orphaned, out of date, changed on disk or unreadable, and what to do about it."""
    with _open(ledger, packs=packs) as book:
        found = book.doctor()
    _print(found, as_json, show.symptoms)
    if found:
        raise typer.Exit(1)


@app.command(epilog=_epilog("reaffirm upgrade --ledger old.db"))
def upgrade(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Write a ledger of an earlier version anew for this one; the old file is kept beside it."""
    from reaffirm.ledger import upgrade as renew  # noqa: PLC0415 - as in `_open`

    kept = renew(ledger)
    line = f"{ledger} was written anew; the old file is kept as {kept}" if kept else f"{ledger} needs no upgrade"
    _print({"ledger": ledger, "kept": kept}, as_json, lambda console, _found: show.lines(console, [line]))


@export_app.command("jsonl", epilog=_epilog("reaffirm export jsonl out/"))
def export_jsonl(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder, or an earlier export.")],
    *,
    ledger: LedgerPath = LEDGER,
    as_json: AsJson = False,
) -> None:
    """Write the exchange format: JSON Lines files and the canonical texts."""
    with _open(ledger) as book:
        found = {"files": book.export(folder), "folder": str(folder)}
    _print(found, as_json, lambda console, _found: show.lines(console, [f"{found['files']} files written to {folder}"]))


@app.command(epilog=_epilog("reaffirm backup ledger-2031-04.db"))
def backup(path: Annotated[Path, typer.Argument(help="A new file.")], *, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Copy the whole ledger into one new file."""
    with _open(ledger) as book:
        book.backup(path)
    _print({"backup": path}, as_json, lambda console, _found: show.lines(console, [f"the ledger was copied to {path}"]))


@app.command(epilog=_epilog("reaffirm restore ledger-2031-04.db"))
def restore(path: Annotated[Path, typer.Argument(help="A backup.")], *, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Put a verified backup in the ledger's place; the replaced ledger is kept beside it."""
    from reaffirm.ledger import restore as bring_back  # noqa: PLC0415 - as in `_open`

    kept = bring_back(path, ledger)
    line = f"{ledger} is restored from {path}" + (f"; the old one is kept as {kept}" if kept else "")
    _print({"ledger": ledger, "kept": kept}, as_json, lambda console, _found: show.lines(console, [line]))


def _version(value: bool) -> None:
    if value:
        sys.stdout.write(f"reaffirm {VERSION}\n")
        raise typer.Exit


@app.callback()
def version(_show: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False) -> None:
    """Nothing: options before the verb."""
