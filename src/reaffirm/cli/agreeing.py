"""Verbs for several coders: how far they agree, where they differ, and how the rules fare under their decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from reaffirm.agreement import Kind
from reaffirm.cli.frame import LEDGER, AsJson, LedgerPath, Who, app, ask, epilog, open_book, show_found
from reaffirm.show import agreement as shown
from reaffirm.show import judgement
from reaffirm.show.lines import line

COMPARED = "A coder to compare, 'machine' too; repeatable; default: all people."
Coders = Annotated[list[str] | None, typer.Option("--coder", help=COMPARED)]
BESIDE = "Another ledger whose coders count as well, or a folder in the exchange format, one more coder; repeatable."
Beside = Annotated[list[Path] | None, typer.Option("--with", help=BESIDE)]
OfKind = Annotated[Kind | None, typer.Option(help="Only this kind of row.")]


@app.command(epilog=epilog("reaffirm agreement --coder ana --coder ben"))
def agreement(
    *,
    ledger: LedgerPath = LEDGER,
    coder: Coders = None,
    kind: OfKind = None,
    by: Annotated[str | None, typer.Option(help="The field whose values units in texts have; default: directness of statements.")] = None,
    beside: Beside = None,
    as_json: AsJson = False,
) -> None:
    """Show how far coders agree: alpha and kappa on rows, unitizing alphas on texts. What is not defined is no figure, never 1."""
    ask(ledger, lambda book: book.agreement(coder or (), kind, by, beside or ()), as_json, shown.agreement)


@app.command(epilog=epilog("reaffirm adjudicate S-3f2a yes --who cem"))
def adjudicate(  # noqa: PLR0913 - one option a question
    row: Annotated[str | None, typer.Argument(help="The row to settle, an id or its beginning; without one all are listed.")] = None,
    answer: Annotated[str | None, typer.Argument(help="yes, no (whether it is one), or FIELD=VALUE.")] = None,
    *,
    ledger: LedgerPath = LEDGER,
    coder: Coders = None,
    kind: OfKind = None,
    beside: Beside = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """List what coders differ on, or settle one of these by the decision of a third person."""
    if row is None:
        ask(ledger, lambda book: book.disagreements(coder or (), kind, beside or ()), as_json, shown.disagreements)
    elif answer is None:
        message = "say how it is settled: yes, no, or FIELD=VALUE; for instance: reaffirm adjudicate S-3f2a yes"
        raise typer.BadParameter(message)
    else:
        ask(ledger, lambda book: book.settle(row, answer, who=who, beside=beside or ()), as_json, judgement)


@app.command(epilog=epilog("reaffirm blind on"))
def blind(
    setting: Annotated[Literal["on", "off"] | None, typer.Argument(help="on or off; without it the ledger says what holds.")] = None,
    *,
    ledger: LedgerPath = LEDGER,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Say that coders see no decision of others on a row before they decide it themselves; the ledger keeps that, and `off` ends it."""
    with open_book(ledger) as book:
        if setting:
            book.coding(blind=setting == "on", who=who)
        found = {"blind": book.is_blind()}
    show_found(found, as_json, lambda console, told: line(console, f"coding is {'blind' if told['blind'] else 'open'}"))


@app.command(epilog=epilog("reaffirm accuracy --coder ana"))
def accuracy(
    *,
    ledger: LedgerPath = LEDGER,
    coder: Annotated[str | None, typer.Option(help="By the decisions of this person alone.")] = None,
    kind: OfKind = None,
    as_json: AsJson = False,
) -> None:
    """Show how each rule and pack entry fared under what people decided of its rows."""
    ask(ledger, lambda book: book.accuracy(coder, kind), as_json, shown.accuracy)
