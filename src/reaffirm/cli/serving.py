"""The verb that shows the ledger in a browser."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the signatures
from typing import Annotated

import typer

from reaffirm.cli.frame import LEDGER, AsJson, LedgerPath, PackFolders, app, epilog, open_book, show_found
from reaffirm.show.lines import lines as print_lines

LOOPBACK = "127.0.0.1"


@app.command(epilog=epilog("reaffirm serve --port 8000"))
def serve(  # noqa: PLR0913 - one option a question
    *,
    ledger: LedgerPath = LEDGER,
    packs: PackFolders = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on; with any but this machine's own others can read along.")] = LOOPBACK,
    name: Annotated[list[str] | None, typer.Option(help="A host name to answer to, besides localhost and addresses; repeatable.")] = None,
    ingest: Annotated[
        bool | None,
        typer.Option("--ingest/--no-ingest", help="Whether documents may be sent to the page; default: only on this machine."),
    ] = None,
    accounts: Annotated[
        bool | None,
        typer.Option("--accounts/--no-accounts", help="Whether to sign in; default: once there is an account, and beyond this machine."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the ledger in a browser, as pages and as JSON; no network and no script is needed to read it."""
    with open_book(ledger, packs=packs) as book:
        book.status()
    answer(ledger, packs or [], (host, port), name or [], as_json=as_json, ingest=ingest, accounts=accounts)


def answer(  # noqa: PLR0913 - what `serve` is told
    ledger: Path,
    packs: list[Path],
    place: tuple[str, int],
    names: list[str],
    *,
    as_json: bool = False,
    ingest: bool | None = None,
    accounts: bool | None = None,
) -> None:
    """Nothing; serves a ledger at a host and port until Ctrl-C, and prints the address first."""
    from reaffirm.web import server  # noqa: PLC0415 - only this verb needs a server

    def announce(address: str) -> None:
        line = f"{ledger} is open at {address} (Ctrl-C stops)"
        show_found({"ledger": ledger, "address": address}, as_json, lambda printed, _found: print_lines(printed, [line]))
        sys.stdout.flush()  # who started this waits for the address

    server.serve(ledger, packs, names, place, announce, ingest=ingest, accounts=accounts)
