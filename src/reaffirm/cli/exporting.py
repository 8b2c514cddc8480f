"""Verbs that take the ledger away: one a format, all with the same filters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reaffirm.cli.frame import LEDGER, AsJson, Day, LedgerPath, PackFolders, epilog, export_app, open_book, show_found
from reaffirm.export.forms import FORMS
from reaffirm.show.lines import lines as print_lines

if TYPE_CHECKING:
    from collections.abc import Callable

BOM = typer.Option("--bom", help="Put a byte order mark before each file, by which Excel knows UTF-8.")


def _verb(form: str) -> Callable[..., None]:
    """The command that writes one format."""
    kind = "A new or empty folder" if FORMS[form].folder else "A new file"

    def command(  # noqa: PLR0913 - one option a filter
        path: Annotated[Path, typer.Argument(help=f"{kind}, or an earlier export.")],
        *,
        ledger: LedgerPath = LEDGER,
        packs: PackFolders = None,
        document: Annotated[str | None, typer.Option(help="Only of this document: a name or id.")] = None,
        forum: Annotated[str | None, typer.Option(help="Only of documents that tell a meeting of this forum: words of its name.")] = None,
        since: Day = None,
        until: Day = None,
        issue: Annotated[str | None, typer.Option(help="Only items under this issue, or thing that is named.")] = None,
        speaker: Annotated[str | None, typer.Option(help="Only items of this speaker: a name or a part of one.")] = None,
        party: Annotated[str | None, typer.Option(help="Only items of this state or organisation; demands on it too.")] = None,
        bom: bool = False,
        as_json: AsJson = False,
    ) -> None:
        with open_book(ledger, packs=packs) as book:
            written = book.export(
                form, path, bom=bom, document=document, forum=forum, since=since, until=until, issue=issue, speaker=speaker, party=party,
            )  # fmt: skip
        found = {"files": written, "folder" if FORMS[form].folder else "file": str(path)}
        told = f"{written} files written to {path}" if FORMS[form].folder else f"written to {path}"
        show_found(found, as_json, lambda console, _found: print_lines(console, [told]))

    command.__doc__ = f"Write {FORMS[form].what}."
    command.__annotations__["path"] = Annotated[Path, typer.Argument(help=f"{kind}, or an earlier export.")]
    command.__annotations__["bom"] = Annotated[bool, BOM if form == "csv" else typer.Option(hidden=True)]
    return command


for name, shape in FORMS.items():
    export_app.command(name, epilog=epilog(f"reaffirm export {name} {shape.example}"))(_verb(name))
