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
from reaffirm.show import decided
from reaffirm.store import people  # noqa: TC001 - typer reads the signatures
from reaffirm.store import proposals as listing  # noqa: TC001 - the same

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.ledger import Ledger
    from reaffirm.model import Judgement, Verdict


Name = Annotated[str, typer.Argument(help="The name of a person, state or organisation, as lists give it.")]
MaybeRow = Annotated[str | None, typer.Argument(help="A row id or its beginning.")]


@app.command(epilog=epilog("reaffirm accept S-3f2a"))
def accept(row: RowId, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Record that a row is right."""
    ask(ledger, _verdict(row, "accepted", who), as_json, show.judgement)


@app.command(epilog=epilog("reaffirm reject S-3f2a"))
def reject(row: RowId, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Record that a row is wrong; it is no longer listed or exported, and `undo` brings it back."""
    ask(ledger, _verdict(row, "rejected", who), as_json, show.judgement)


@app.command(epilog=epilog("reaffirm unsure S-3f2a"))
def unsure(row: RowId, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Record that you looked at a row and cannot say whether it is right."""
    ask(ledger, _verdict(row, "unsure", who), as_json, show.judgement)


@app.command(epilog=epilog('reaffirm correct S-3f2a "speakers=Ana Duarte; Jonas Weidel"'))
def correct(
    row: RowId,
    change: Annotated[str, typer.Argument(help="FIELD=VALUE; lists separated by semicolons.")],
    *,
    ledger: LedgerPath = LEDGER,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Record what a field of a row should be, beside what the machine read.

    `span=120-188`, or `span=` and the right words, says which words the row is; `status=weakened` what became of its thread's item there.
    """
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


@app.command(epilog=epilog('reaffirm comment S-3f2a "The second party is named two lines above."'))
def comment(
    row: RowId,
    text: Annotated[str, typer.Argument(help="What you want to say of the row.")],
    *,
    ledger: LedgerPath = LEDGER,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Record a comment on a row of any kind; it says nothing of whether the row is right."""
    ask(ledger, lambda book: book.comment(row, text, who=who), as_json, show.judgement)


@app.command("add-row", epilog=epilog('reaffirm add-row 10-straits-monitor-analysis.txt demand "tell Maridel what they expect of it"'))
def add_row(
    document: Annotated[str, typer.Argument(help="A document's name or id.")],
    kind: Annotated[people.Kind, typer.Argument(help="statement, commitment or demand.")],
    words: Annotated[str, typer.Argument(help="The words, which must stand once in the text, or START-END in code points.")],
    *,
    ledger: LedgerPath = LEDGER,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Record a row that you saw and the program did not read; it is listed and exported with the others, as added by a person."""
    ask(ledger, lambda book: book.add_row(document, kind, words, who=who), as_json, show.judgement)


@app.command("same-actor", epilog=epilog('reaffirm same-actor "Ruth Calvane" "Calvane administration"'))
def same_actor(name: Name, other: Name, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Record that two names are of one actor, for which the first stands: one page, one count, both names in questions and exports."""
    ask(ledger, lambda book: book.same_actor(name, other, who=who), as_json, show.judgement)


@app.command("other-actor", epilog=epilog('reaffirm other-actor "Ruth Calvane" "Calvane administration"'))
def other_actor(name: Name, other: Name, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Record that two names are of two actors, whatever was said before."""
    ask(ledger, lambda book: book.same_actor(name, other, same=False, who=who), as_json, show.judgement)


@app.command(epilog=epilog("reaffirm undo S-3f2a"))
def undo(
    row: MaybeRow = None,
    *,
    ledger: LedgerPath = LEDGER,
    anyone: Annotated[bool, typer.Option("--anyone", help="Undo the last decision on the row even if another person made it.")] = False,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Undo the last decision that you made, on a row if one is named."""
    if anyone and row is None:
        message = "--anyone needs a row: name the one on which the decision is to be undone"
        raise typer.BadParameter(message)
    ask(ledger, lambda book: book.undo(row, who=who, anyone=anyone), as_json, show.judgement)


@app.command(epilog=epilog("reaffirm redo S-3f2a"))
def redo(row: MaybeRow = None, *, ledger: LedgerPath = LEDGER, who: Who = None, as_json: AsJson = False) -> None:
    """Make the decision again that was undone last on a row, or, without a row, by you."""
    ask(ledger, lambda book: book.redo(row, who=who), as_json, show.judgement)


@app.command(epilog=epilog("reaffirm carry S-3f2a"))
def carry(
    row: Annotated[str, typer.Argument(help="The id of an orphan, as `queue --orphans` lists it.")],
    *,
    ledger: LedgerPath = LEDGER,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Carry what you decided on a row that nothing reads any more over to the one row that has its words now; each is a new decision."""
    ask(ledger, lambda book: book.carry(row, who=who), as_json, decided.carried)


@app.command(epilog=epilog("reaffirm history S-3f2a"))
def history(row: RowId, *, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Show all that people decided on a row, in that order: what, who, when, and who took it back."""
    ask(ledger, lambda book: book.history(row), as_json, decided.history)


@app.command(epilog=epilog("reaffirm queue --kind commitment --order doubt"))
def queue(  # noqa: PLR0913 - one option a question
    *,
    ledger: LedgerPath = LEDGER,
    kind: Annotated[listing.Kind | None, typer.Option(help="statement, commitment, demand, or meeting; default: all but meetings.")] = None,
    document: Annotated[str | None, typer.Option(help="A document's name or id.")] = None,
    issue: Annotated[str | None, typer.Option(help="An issue of the issues pack, or a thing that is named.")] = None,
    state: Annotated[listing.State, typer.Option(help="open: not decided by you; untouched: by nobody; disputed: people differ.")] = "open",
    doubtful: Annotated[int | None, typer.Option(min=0, help="Only rows with at least so many doubts.")] = None,
    certain: Annotated[int | None, typer.Option(min=0, help="Only rows with at most so many doubts.")] = None,
    order: Annotated[listing.Order, typer.Option(help="By place in documents, or by the number of doubts.")] = "document",
    changed: Annotated[bool, typer.Option("--changed", help="Instead: judgements whose row is read otherwise now.")] = False,
    orphans: Annotated[bool, typer.Option("--orphans", help="Instead: judgements whose row nothing reads any more.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 20,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """List the rows that wait for a decision, each with its words in context and what makes it doubtful."""
    choice: listing.Choice = {"kind": kind, "document": document, "issue": issue, "state": state, "doubtful": doubtful, "certain": certain}
    with open_book(ledger) as book:
        if changed:
            show_found(book.changed(), as_json, decided.changed)
        elif orphans:
            show_found(book.offers(), as_json, decided.orphans)
        else:
            show_found(book.queue(who, order=order, limit=limit, **choice), as_json, decided.queue)


def _verdict(row: str, verdict: Verdict, who: str | None, change: str | None = None) -> Callable[[Ledger], Judgement]:
    return lambda book: book.judge(row, verdict, change, who=who)
