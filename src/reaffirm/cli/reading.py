"""Verbs that read documents in."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from reaffirm import show
from reaffirm.cli.frame import (
    LEDGER,
    AsJson,
    LedgerPath,
    PackFolders,
    Table,
    app,
    console,
    epilog,
    open_book,
    show_found,
)
from reaffirm.cli.serving import LOOPBACK, answer
from reaffirm.errors import UsageError


@app.command(epilog=epilog("reaffirm add statements/ --metadata table.csv", "a file failed"))
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
        open_book(ledger, create=not retry_failed, packs=packs) as book,
        show.progress(console(stderr=True), lambda: book.count(paths or []), quiet=as_json) as tick,
    ):
        if retry_failed:
            report = book.retry(table=metadata, jobs=jobs, online=online, progress=tick)
        else:
            report = book.add(paths or [], table=metadata, jobs=jobs, online=online, progress=tick)
    show_found(report, as_json, show.report)
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


@app.command(epilog=epilog("reaffirm demo examples", "a file failed"))
def demo(
    folder: Annotated[Path, typer.Argument(help="The sample folder with corpus/, pack/ and demo.json.")] = Path("examples"),
    *,
    ledger: Annotated[Path, typer.Option("--ledger", "-l", help="Where the demo's ledger goes.")] = Path("demo.db"),
    serve: Annotated[bool, typer.Option("--serve", help="Then show it in a browser, if a terminal is there to stop it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read the sample corpus of invented governments and show what a ledger tells."""
    if not all((folder / part).exists() for part in ("corpus", "pack", "demo.json")):
        message = f"{folder} is no sample folder (corpus/, pack/, demo.json); run this in a checkout of Reaffirm, or name its examples/"
        raise UsageError(message)
    with open_book(ledger, create=True, packs=[folder / "pack"]) as book:
        report = book.add([folder / "corpus"], jobs=1)
        summary = book.summary(folder / "demo.json")
    show_found(summary, as_json, show.demo)
    if report.count("failed"):
        raise typer.Exit(1)
    if serve and sys.stdout.isatty() and not as_json:
        answer(ledger, [folder / "pack"], (LOOPBACK, 0), [])
