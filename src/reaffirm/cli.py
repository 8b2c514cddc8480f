"""The command line: parse, call the ledger, print. Exit codes: docs/cli.md and `reaffirm --help`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

import reaffirm
from reaffirm import show
from reaffirm.errors import ReaffirmError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.ledger import Ledger
    from reaffirm.model import Judgement

CODES = """Exit codes: 0 done; 1 done, but something was found wrong (a file failed, verify found damage); 2 wrong arguments;
3 the ledger is missing, damaged, newer than this program, locked, or the disk is full; 4 a data pack is wrong; 5 a defect of Reaffirm."""
app = typer.Typer(
    help=f"Reaffirm keeps a proven ledger of what governments said, read from their documents.\n\n{CODES}",
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
)  # fmt: skip
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

LedgerPath = Annotated[Path, typer.Option("--ledger", "-l", envvar="REAFFIRM_LEDGER", help="The ledger file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Packs = Annotated[list[Path] | None, typer.Option("--packs", envvar="REAFFIRM_PACKS", help="A folder of data packs laid over the shipped ones; may be repeated.")]
DEFAULT = Path("reaffirm.db")


def main() -> NoReturn:
    """Nothing: runs the command line and ends the process with its exit code."""
    try:
        app(standalone_mode=True)
    except ReaffirmError as error:
        err.print(f"reaffirm: {error}", markup=False)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        err.print("reaffirm: stopped; what was read so far is kept, the same command goes on from there")
        sys.exit(130)
    sys.exit(0)


def _open(path: Path, *, create: bool = False, packs: list[Path] | None = None) -> Ledger:
    from reaffirm.ledger import Ledger  # noqa: PLC0415 - `--help` must not load the model

    return Ledger(path, create=create, packs=packs or ())


def _print(value: object, as_json: bool, table: Callable[[Console], None]) -> None:
    if as_json:
        sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n")
    else:
        table(out)


def plain(value: object) -> object:
    """The value as JSON can hold it: dataclasses as objects, tuples as lists, paths as strings."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


@app.command(epilog="Example: reaffirm add statements/ --metadata table.csv")
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or ZIP archives.")],
    ledger: LedgerPath = DEFAULT,
    packs: Packs = None,
    metadata: Annotated[Path | None, typer.Option("--metadata", help="CSV: file, and any of published (EDTF), publisher, title, author, genre, url, language.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0 chooses.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Read documents into the ledger; what is known already is not read again, and a killed run is resumed by the same command."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        message = f"not there: {', '.join(missing)}; check the path"
        raise UsageError(message)
    with _open(ledger, create=True, packs=packs) as book, show.progress(err, quiet=as_json) as tick:
        report = book.add(paths, table=metadata, jobs=jobs, progress=tick)
    _print(report, as_json, lambda console: show.report(console, report))
    if report.count("failed"):
        raise typer.Exit(1)


@app.command(epilog="Example: reaffirm status --json")
def status(ledger: LedgerPath = DEFAULT, as_json: AsJson = False) -> None:
    """Show what the ledger holds, how much of it is known, and what failed."""
    with _open(ledger) as book:
        found = book.status()
    _print(found, as_json, lambda console: show.status(console, found))


@app.command(epilog="Example: reaffirm documents")
def documents(ledger: LedgerPath = DEFAULT, as_json: AsJson = False) -> None:
    """List the documents with what their cards say."""
    with _open(ledger) as book:
        found = book.documents()
    _print(found, as_json, lambda console: show.documents(console, found))


@app.command(epilog="Example: reaffirm said --speaker Marsten --cue agreed")
def said(  # noqa: PLR0913 - one option a question
    ledger: LedgerPath = DEFAULT,
    speaker: Annotated[str | None, typer.Option(help="A name or a part of one.")] = None,
    party: Annotated[str | None, typer.Option(help="The state or organisation behind the speaker.")] = None,
    document: Annotated[str | None, typer.Option(help="A document's name or id.")] = None,
    cue: Annotated[str | None, typer.Option(help="Words of the cue.")] = None,
    text: Annotated[str | None, typer.Option(help="Words of the content.")] = None,
    since: Annotated[str | None, typer.Option(help="2021, 2021-03 or 2021-03-16.")] = None,
    until: Annotated[str | None, typer.Option(help="2021, 2021-03 or 2021-03-16.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Also rows that people rejected.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List who said what, in which words, in which office, with the row id for `explain`."""
    with _open(ledger) as book:
        found = book.said(
            speaker=speaker, party=party, document=document, cue=cue, text=text, since=since, until=until, rejected=rejected, limit=limit
        )
    _print(found, as_json, lambda console: show.said(console, found, limit))


@app.command(epilog='Example: reaffirm search "undersea cables" treaty')
def search(
    words: Annotated[list[str], typer.Argument(help='Words and "phrases"; word* finds beginnings.')],
    ledger: LedgerPath = DEFAULT,
    document: Annotated[str | None, typer.Option(help="Only in this document.")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 20,
    as_json: AsJson = False,
) -> None:
    """Find paragraphs, never page furniture, best first."""
    query = " ".join(f'"{word}"' if " " in word else word for word in words)
    with _open(ledger) as book:
        found = book.search(query, document=document, limit=limit)
    _print(found, as_json, lambda console: show.hits(console, found))


@app.command(epilog="Example: reaffirm explain S-3f2a")
def explain(row: Annotated[str, typer.Argument(help="A row id or its beginning.")], ledger: LedgerPath = DEFAULT, as_json: AsJson = False) -> None:
    """Show all the ledger knows of one row: exact words, rule, pack entry, rejected readings, judgements."""
    with _open(ledger) as book:
        found = book.explain(row)
    _print(found, as_json, lambda console: show.explanation(console, found))


@app.command(epilog="Example: reaffirm verify")
def verify(ledger: LedgerPath = DEFAULT, as_json: AsJson = False) -> None:
    """Check every hash, span, id and version of the ledger anew; exit code 1 when anything is wrong."""
    with _open(ledger) as book:
        found = book.verify()
    _print(found, as_json, lambda console: show.findings(console, found))
    if found:
        raise typer.Exit(1)


export_app = typer.Typer(help="Write the ledger in an outside format.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(export_app, name="export")


@export_app.command("jsonl", epilog="Example: reaffirm export jsonl out/")
def export_jsonl(folder: Annotated[Path, typer.Argument(help="A new or empty folder, or an earlier export.")], ledger: LedgerPath = DEFAULT, as_json: AsJson = False) -> None:
    """Write the exchange format: JSON Lines files and the canonical texts."""
    with _open(ledger) as book:
        found = book.export(folder)
    _print(found, as_json, lambda console: console.print(f"{found['files']} files written to {folder}"))


@app.command(epilog="Example: reaffirm score examples/gold --by doc")
def score(  # noqa: PLR0913 - one option a question
    gold: Annotated[Path, typer.Argument(help="A folder of gold in the exchange format.")],
    predicted: Annotated[Path | None, typer.Argument(help="A folder to score; default: the ledger.")] = None,
    ledger: LedgerPath = DEFAULT,
    docs: Annotated[str | None, typer.Option(help="Only these documents, separated by commas.")] = None,
    by: Annotated[str, typer.Option(help="all, kind or doc.")] = "kind",
    rows: Annotated[tuple[str, str] | None, typer.Option("--list", help="missed, false or wrong, and a kind.")] = None,
    as_json: AsJson = False,
) -> None:
    """Score the ledger, or another folder, against gold."""
    from reaffirm.review import scoring  # noqa: PLC0415 - only this command needs it

    wanted = set(docs.split(",")) if docs else None
    if predicted is not None:
        tally = scoring.score(gold, predicted, wanted)
    else:
        with _open(ledger) as book:
            tally = book.score(gold, None, wanted)
    if rows:
        for row in scoring.listing(tally, *rows):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    lines = scoring.render(tally, by)  # type: ignore[arg-type]
    _print(scoring.report(tally), as_json, lambda _console: print("\n".join(lines)))  # noqa: T201


def _judge(row: str, ledger: Path, verdict: str, change: str | None, who: str | None, as_json: bool) -> None:  # noqa: PLR0913, PLR0917
    with _open(ledger) as book:
        found = book.judge(row, verdict, change, who=who)  # type: ignore[arg-type]
    _judged(found, as_json)


def _judged(found: Judgement, as_json: bool) -> None:
    what = f" {found.field} = {found.value}" if found.field else ""
    state = "undone: " if found.undone else ""
    _print(found, as_json, lambda console: console.print(f"{state}{found.row} {found.verdict}{what} by {found.who}", markup=False))


Who = Annotated[str | None, typer.Option("--who", envvar="REAFFIRM_USER", help="Who decides; default: the user of this machine.")]
RowId = Annotated[str, typer.Argument(help="A row id or its beginning.")]


@app.command(epilog="Example: reaffirm accept S-3f2a")
def accept(row: RowId, ledger: LedgerPath = DEFAULT, who: Who = None, as_json: AsJson = False) -> None:
    """Record that a row is right."""
    _judge(row, ledger, "accepted", None, who, as_json)


@app.command(epilog="Example: reaffirm reject S-3f2a")
def reject(row: RowId, ledger: LedgerPath = DEFAULT, who: Who = None, as_json: AsJson = False) -> None:
    """Record that a row is wrong; it is no longer listed or exported, and `undo` brings it back."""
    _judge(row, ledger, "rejected", None, who, as_json)


@app.command(epilog="Example: reaffirm correct S-3f2a \"speakers=Ana Duarte; Jonas Weidel\"")
def correct(
    row: RowId,
    change: Annotated[str, typer.Argument(help="FIELD=VALUE; lists separated by semicolons.")],
    ledger: LedgerPath = DEFAULT, who: Who = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Record what a field of a row should be, beside what the machine read."""
    _judge(row, ledger, "corrected", change, who, as_json)


@app.command(epilog="Example: reaffirm undo S-3f2a")
def undo(row: RowId, ledger: LedgerPath = DEFAULT, who: Who = None, as_json: AsJson = False) -> None:
    """Undo the last decision on a row."""
    with _open(ledger) as book:
        _judged(book.undo(row, who=who), as_json)


@app.command(epilog="Example: reaffirm backup ledger-2031-04.db")
def backup(path: Annotated[Path, typer.Argument(help="A new file.")], ledger: LedgerPath = DEFAULT) -> None:
    """Copy the whole ledger into one new file."""
    with _open(ledger) as book:
        book.backup(path)
    out.print(f"the ledger was copied to {path}", markup=False)


@app.command(epilog="Example: reaffirm restore ledger-2031-04.db")
def restore(path: Annotated[Path, typer.Argument(help="A backup.")], ledger: LedgerPath = DEFAULT) -> None:
    """Put a verified backup in the ledger's place; the replaced ledger is kept beside it."""
    from reaffirm.ledger import restore as bring_back  # noqa: PLC0415

    kept = bring_back(path, ledger)
    out.print(f"{ledger} is restored from {path}" + (f"; the old one is kept as {kept}" if kept else ""), markup=False)


@app.command(epilog="Example: reaffirm demo examples")
def demo(
    folder: Annotated[Path, typer.Argument(help="The sample folder with corpus/ and pack/.")] = Path("examples"),
    ledger: Annotated[Path, typer.Option("--ledger", "-l", help="Where the demo's ledger goes.")] = Path("demo.db"),
    as_json: AsJson = False,
) -> None:
    """Read the sample corpus of invented governments and show what a ledger tells."""
    if not (folder / "corpus").is_dir():
        message = f"{folder} has no folder corpus/; run this in a checkout of Reaffirm, or name its examples folder"
        raise UsageError(message)
    with _open(ledger, create=True, packs=[folder / "pack"]) as book:
        book.add([folder / "corpus"], jobs=1)
        summary = book.summary(folder / "demo.json")
    _print(summary, as_json, lambda console: show.demo(console, summary))


def _version(value: bool) -> None:
    if value:
        out.print(f"reaffirm {reaffirm.__version__}")
        raise typer.Exit


@app.callback()
def version(_show: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False) -> None:
    """Nothing: options before the verb."""


