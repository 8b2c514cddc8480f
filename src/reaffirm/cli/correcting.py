"""The verb that takes corrections back from a spreadsheet."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the signatures
from typing import TYPE_CHECKING, Annotated

import typer

from reaffirm.cli.frame import LEDGER, AsJson, LedgerPath, PackFolders, Who, app, epilog, open_book, show_found
from reaffirm.show.lines import line

if TYPE_CHECKING:
    from rich.console import Console

    from reaffirm.corrections import Corrections


@app.command(epilog=epilog("reaffirm corrections ledger.xlsx --dry-run", "there are conflicts, or something could not be taken"))
def corrections(
    path: Annotated[Path, typer.Argument(help="A workbook, a CSV file or a folder of them, as `export` writes them.")],
    *,
    ledger: LedgerPath = LEDGER,
    packs: PackFolders = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be recorded.")] = False,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Record what was corrected in exported sheets; what the ledger changed meanwhile is a conflict, told and left alone."""
    with open_book(ledger, packs=packs) as book:
        found = book.correct(path, who=who, trial=dry_run)
    show_found(found, as_json, _corrections)
    if not found.clean:
        raise typer.Exit(1)


def _corrections(console: Console, found: Corrections) -> None:
    for made in found.judgements:
        line(console, f"{made.row} {f'{made.field} = {made.value}' if made.field else made.verdict}")
    for apart in found.conflicts:
        values = f"exported {apart.then!r}, now {apart.now!r}, in the sheet {apart.given!r}"
        line(console, ("conflict", "bold"), f" {apart.place}: {apart.row} {apart.column}: {values}")
    for told in found.told:
        line(console, f"{told.place}: {f'{told.row} ' if told.row else ''}{told.message}")
    done = f"{len(found.judgements)} corrections {'would be recorded' if found.trial else 'recorded'}"
    line(console, f"{found.rows} rows: {done}, {len(found.conflicts)} conflicts, {found.already} there already")
