"""Verbs that keep the ledger safe."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the signatures
from typing import Annotated

import typer

from reaffirm import show
from reaffirm.cli.frame import (
    LEDGER,
    AsJson,
    LedgerPath,
    PackFolders,
    app,
    ask,
    epilog,
    open_book,
    show_found,
)
from reaffirm.show.lines import lines as print_lines


@app.command(epilog=epilog("reaffirm verify", "something is wrong with the ledger"))
def verify(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Check every hash, span, id and version of the ledger anew."""
    if ask(ledger, lambda book: book.verify(), as_json, show.findings):
        raise typer.Exit(1)


@app.command(epilog=epilog("reaffirm doctor", "something needs a look"))
def doctor(*, ledger: LedgerPath = LEDGER, packs: PackFolders = None, as_json: AsJson = False) -> None:
    """Show what is stuck, orphaned, out of date, changed on disk or unreadable, and what to do about it."""
    with open_book(ledger, packs=packs) as book:
        found = book.doctor()
    show_found(found, as_json, show.symptoms)
    if found:
        raise typer.Exit(1)


@app.command(epilog=epilog("reaffirm upgrade --ledger old.db"))
def upgrade(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Write a ledger of an earlier version anew for this one; the old file is kept beside it."""
    from reaffirm.safekeeping import upgrade as renew  # noqa: PLC0415 - as in `open_book`

    kept = renew(ledger)
    line = f"{ledger} was written anew; the old file is kept as {kept}" if kept else f"{ledger} needs no upgrade"
    show_found({"ledger": ledger, "kept": kept}, as_json, lambda console, _found: print_lines(console, [line]))


@app.command(epilog=epilog("reaffirm backup ledger-2031-04.db"))
def backup(path: Annotated[Path, typer.Argument(help="A new file.")], *, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Copy the whole ledger into one new file."""
    with open_book(ledger) as book:
        book.backup(path)
    show_found({"backup": path}, as_json, lambda console, _found: print_lines(console, [f"the ledger was copied to {path}"]))


@app.command(epilog=epilog("reaffirm restore ledger-2031-04.db"))
def restore(path: Annotated[Path, typer.Argument(help="A backup.")], *, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Put a verified backup in the ledger's place; the replaced ledger is kept beside it."""
    from reaffirm.safekeeping import restore as bring_back  # noqa: PLC0415 - as in `open_book`

    kept = bring_back(path, ledger)
    line = f"{ledger} is restored from {path}" + (f"; the old one is kept as {kept}" if kept else "")
    show_found({"ledger": ledger, "kept": kept}, as_json, lambda console, _found: print_lines(console, [line]))
