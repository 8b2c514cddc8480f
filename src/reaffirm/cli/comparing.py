"""Verbs that hold documents against each other."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the signatures
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reaffirm.cli.frame import LEDGER, AsJson, LedgerPath, Who, app, epilog, open_book, show_found
from reaffirm.errors import UsageError
from reaffirm.show import sequels
from reaffirm.show.lines import lines as print_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reaffirm.ledger import Ledger
    from reaffirm.model import Judgement
    from reaffirm.sequels import Thread

Form = Literal["text", "html", "docx", "json"]


@app.command(epilog=epilog("reaffirm threads --issue summitry"))
def threads(
    *,
    ledger: LedgerPath = LEDGER,
    issue: Annotated[str | None, typer.Option(help="An issue of the issues pack, or a thing that is named.")] = None,
    document: Annotated[str | None, typer.Option(help="Only items of this document.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many threads.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List items that several documents speak of, with what became of each from document to document."""
    with open_book(ledger) as book:
        found = book.threads(issue=issue, document=document)[:limit]
    show_found(found, as_json, sequels.threads)


@app.command(epilog=epilog("reaffirm thread C-3f2a --as-of 2034-01-01"))
def thread(  # noqa: PLR0913 - one option a question
    row: Annotated[str, typer.Argument(help="The id of a thread, or of any row of it, or its beginning.")],
    *,
    ledger: LedgerPath = LEDGER,
    as_of: Annotated[str | None, typer.Option(help="The day for which to say what is late (EDTF).")] = None,
    join: Annotated[str | None, typer.Option(help="Record that this other row is the same item.")] = None,
    apart: Annotated[str | None, typer.Option(help="Record that this other row is another item.")] = None,
    confirm_silence: Annotated[str | None, typer.Option(help="Record that this document does not mention the item.")] = None,
    deny_silence: Annotated[str | None, typer.Option(help="Record that this document mentions it after all.")] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Show the life of one item: each step with its words, what changed, why, and the later texts that do not mention it.

    Or record what you know better, which `undo` takes back.
    """
    with open_book(ledger) as book:
        links = [book.same_item(row, other, same=same, who=who) for other, same in ((join, True), (apart, False)) if other]
        words = ((confirm_silence, True), (deny_silence, False))
        said = [*links, *(book.silence(row, document, holds=holds, who=who) for document, holds in words if document)]
        found = _left(book, row, said)
        late = book.late(found, as_of) if as_of and found else None
    if found:
        show_found({"thread": found, "late": late}, as_json, lambda console, _found: sequels.thread(console, found, late))
    else:
        show_found({"thread": None, "late": None, "judged": said}, as_json, lambda console, _found: sequels.parted(console, row, said))


def _left(book: Ledger, row: str, said: Sequence[Judgement]) -> Thread | None:
    """The thread of a row, after what was decided here; None where that has left the row in none."""
    try:
        return book.thread(said[-1].row if said and row[:2].upper() == "T-" else row)
    except UsageError:
        if not said:
            raise
        return None


@app.command(epilog=epilog("reaffirm redline 03-2032-02-joint-statement.txt 07-2033-03-joint-statement.txt --form html --out changes.html"))
def redline(  # noqa: PLR0913 - one option a question
    first: Annotated[str | None, typer.Argument(help="A document's name or id, or a file.")] = None,
    second: Annotated[str | None, typer.Argument(help="A document's name or id, or a file.")] = None,
    *,
    ledger: LedgerPath = LEDGER,
    issue: Annotated[str | None, typer.Option(help="Instead: what a chain says of this issue or named thing.")] = None,
    forum: Annotated[str | None, typer.Option(help="With --issue: the chain of this forum's meetings (words of its name).")] = None,
    chain: Annotated[str | None, typer.Option(help="With --issue: the chain of this document.")] = None,
    form: Annotated[str, typer.Option(help="text, html, docx (tracked changes) or json.")] = "text",
    out: Annotated[Path | None, typer.Option(help="Write to this file; a DOCX needs one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was deleted, inserted and moved from one text to another, sentence by sentence, then word by word.

    With --issue, down a whole chain: the passages of each document on that issue against those of the one before.
    """
    form, to_file = "json" if as_json else form, out is not None
    with open_book(ledger) as book:
        if issue and not first:
            data = book.chain_redline(issue, forum=forum, chain=chain, form=form, to_file=to_file)
        elif first and second and not (issue or forum or chain):
            data = book.redline(first, second, form, to_file=to_file)
        else:
            message = "name two texts, or an issue and a chain (--issue with --forum or --chain)"
            raise UsageError(message)
    if out:
        out.write_bytes(data)
        show_found({"redline": str(out)}, as_json, lambda console, _found: print_lines(console, [f"the redline was written to {out}"]))
    else:
        sys.stdout.write(data.decode("utf-8") + "\n")


@app.command(epilog=epilog("reaffirm new 07-2033-03-joint-statement.txt"))
def new(
    document: Annotated[str, typer.Argument(help="A document's name or id.")],
    *,
    ledger: LedgerPath = LEDGER,
    against: Annotated[list[str] | None, typer.Option(help="Compare with this document; may be repeated. Default: its chain.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many remarks.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show what a document says more strongly or weakly than its chain, for the first time, no longer, otherwise, and again since when."""
    with open_book(ledger) as book:
        found, names = book.new(document, against or ()), book.names()
    show_found(found, as_json, lambda console, told: sequels.novelty(console, told, names, limit))


@app.command(epilog=epilog("reaffirm audit 09-meridian-wire-report.html"))
def audit(
    document: Annotated[str, typer.Argument(help="A document's name or id.")],
    *,
    ledger: LedgerPath = LEDGER,
    as_json: AsJson = False,
) -> None:
    """Hold each quotation of a document against the official texts of the ledger: verbatim, elided, bracketed, altered, not found."""
    with open_book(ledger) as book:
        found, names = book.audit(document), book.names()
    show_found(found, as_json, lambda console, told: sequels.audit(console, told, names))
