"""Verbs that take the ledger away: a brief, and exports, one a format, all with the same filters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from reaffirm.cli.frame import LEDGER, AsJson, Day, LedgerPath, PackFolders, app, epilog, export_app, open_book, show_found
from reaffirm.errors import UsageError
from reaffirm.export import briefs
from reaffirm.export.forms import FORMS
from reaffirm.show.lines import lines as print_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.brief import Subject



@app.command(epilog=epilog("reaffirm brief --forum Dialogue --out brief.docx"))
def brief(  # noqa: PLR0913 - one option a subject
    *,
    ledger: LedgerPath = LEDGER,
    meeting: Annotated[str | None, typer.Option(help="Of this meeting: its row id or the beginning of it.")] = None,
    forum: Annotated[str | None, typer.Option(help="Of the meetings of this forum: words of its name.")] = None,
    actor: Annotated[str | None, typer.Option(help="Of this person, state or organisation: a name or a part of one.")] = None,
    issue: Annotated[str | None, typer.Option(help="Of this issue of the issues pack, or thing that is named.")] = None,
    as_of: Annotated[str | None, typer.Option(help="As of this day (EDTF), without later texts; default: the newest text's.")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="To this file: .md, .docx or .pdf; default: print Markdown.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell in five minutes what was agreed, is late, new, stronger, weaker, no longer said, open and asked, every sentence footnoted."""
    named = {"meeting": meeting, "forum": forum, "actor": actor, "issue": issue}
    asked = [(subject, name) for subject, name in named.items() if name]
    if len(asked) != 1:
        message = "name one subject: --meeting, --forum, --actor or --issue"
        raise UsageError(message)
    with open_book(ledger) as book:
        found = book.brief(cast("Subject", asked[0][0]), asked[0][1], as_of, out=out)
    told = f"written to {out}" if out else briefs.data(found, ".md").decode().rstrip("\n")
    show_found(found, as_json, lambda console, _found: print_lines(console, [told]))


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
