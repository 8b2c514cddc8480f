"""Verbs by which people decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reaffirm import show
from reaffirm.cli.frame import (
    LEDGER,
    AsJson,
    LedgerPath,
    PackFolders,
    RowId,
    Who,
    app,
    ask,
    epilog,
    open_book,
    show_found,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.ledger import Ledger
    from reaffirm.model import Judgement, Verdict


@app.command(epilog=epilog("reaffirm accept S-3f2a"))
def accept(row: RowId, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Record that a row is right."""
    ask(ledger, _verdict(row, "accepted", who), as_json, show.judgement)


@app.command(epilog=epilog("reaffirm reject S-3f2a"))
def reject(row: RowId, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Record that a row is wrong; it is no longer listed or exported, and `undo` brings it back."""
    ask(ledger, _verdict(row, "rejected", who), as_json, show.judgement)


@app.command(epilog=epilog('reaffirm correct S-3f2a "speakers=Ana Duarte; Jonas Weidel"'))
def correct(
    row: RowId,
    change: Annotated[str, typer.Argument(help="FIELD=VALUE; lists separated by semicolons.")],
    *,
    ledger: LedgerPath = LEDGER,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Record what a field of a row should be, beside what the machine read."""
    ask(ledger, _verdict(row, "corrected", who, change), as_json, show.judgement)


@app.command(epilog=epilog("reaffirm date 05-hanaru-herald-editorial.txt 2031-04-15"))
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
    with open_book(ledger, packs=packs) as book:
        found = book.date(document, published, who=who)
    show_found(found, as_json, show.judgement)


@app.command(epilog=epilog("reaffirm undo S-3f2a"))
def undo(row: RowId, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Undo the last decision on a row."""
    ask(ledger, lambda book: book.undo(row, who=who), as_json, show.judgement)


def _verdict(row: str, verdict: Verdict, who: str | None, change: str | None = None) -> Callable[[Ledger], Judgement]:
    return lambda book: book.judge(row, verdict, change, who=who)
