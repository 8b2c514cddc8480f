"""Verbs that ask the ledger."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the signatures
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from reaffirm import register, show
from reaffirm.cli.frame import (
    LEDGER,
    AsJson,
    Day,
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
from reaffirm.errors import UsageError
from reaffirm.model import Act, Factuality
from reaffirm.readings import Band, Polarity
from reaffirm.show import deeds, offices
from reaffirm.show import meetings as sessions
from reaffirm.show.lines import lines as print_lines

if TYPE_CHECKING:
    from reaffirm.review.scoring import Scope


@app.command(epilog=epilog("reaffirm status --json"))
def status(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Show what the ledger holds, how much of it is known, and what failed."""
    ask(ledger, lambda book: book.status(), as_json, show.status)


@app.command(epilog=epilog("reaffirm documents"))
def documents(*, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """List the documents with what their cards say."""
    ask(ledger, lambda book: book.documents(), as_json, show.documents)


@app.command(epilog=epilog("reaffirm copies 09-meridian-wire-report.html"))
def copies(
    document: Annotated[str | None, typer.Argument(help="A document's name or id; default: all.")] = None,
    *,
    ledger: LedgerPath = LEDGER,
    as_json: AsJson = False,
) -> None:
    """List documents that are nearly the same text (reprints, excerpts, corrected versions), with the words in which they differ."""
    ask(ledger, lambda book: book.copies(document), as_json, show.copies)


@app.command(epilog=epilog("reaffirm said --speaker Marsten --cue agreed"))
def said(  # noqa: PLR0913 - one option a question
    *,
    ledger: LedgerPath = LEDGER,
    speaker: Annotated[str | None, typer.Option(help="A name or a part of one.")] = None,
    party: Annotated[str | None, typer.Option(help="The state or organisation behind the speaker.")] = None,
    document: Annotated[str | None, typer.Option(help="A document's name or id.")] = None,
    cue: Annotated[str | None, typer.Option(help="Words of the cue.")] = None,
    text: Annotated[str | None, typer.Option(help="Words of the content: what it is about.")] = None,
    act: Annotated[str | None, typer.Option(help="The speech act: assertive, commissive, directive ...")] = None,
    factuality: Annotated[str | None, typer.Option(help="plain, hearsay, inferred, characterised, denied (what was not said) ...")] = None,
    to: Annotated[str | None, typer.Option(help="Words that name to whom it was said.")] = None,
    direct: Annotated[bool, typer.Option("--direct", help="Only the speakers' own words: turns and quotations.")] = False,
    official: Annotated[bool, typer.Option("--official", help="Only official texts and official paraphrases.")] = False,
    since: Day = None,
    until: Day = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Also rows that people rejected.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List who said what, in which words, in which office, with the row id for `explain`."""
    with open_book(ledger) as book:
        found = book.said(
            speaker=speaker, party=party, document=document, cue=cue, text=text, act=one_of(act, Act), to=to,
            factuality=one_of(factuality, Factuality), direct=direct, official=official, since=since, until=until,
            rejected=rejected, limit=limit,
        )  # fmt: skip
    show_found(found, as_json, lambda console, rows: show.said(console, rows, limit))


def one_of(value: str | None, words: Any) -> Any:  # noqa: ANN401 - whatever closed list is given
    """The value, which must be one of a closed list; nothing is nothing."""
    if value is not None and value not in get_args(words):
        message = f"{value!r} is none of: {', '.join(get_args(words))}"
        raise UsageError(message)
    return value


@app.command(epilog=epilog("reaffirm problems 02-2031-04-press-conference-gist.txt"))
def problems(
    document: Annotated[str | None, typer.Argument(help="A document's name or id; default: all.")] = None,
    *,
    ledger: LedgerPath = LEDGER,
    packs: PackFolders = None,
    as_json: AsJson = False,
) -> None:
    """List what a careful reader would query in documents and between them, the gravest first; events are those of the packs."""
    with open_book(ledger, packs=packs) as book:
        found = book.problems(document)
    show_found(found, as_json, show.problems)


@app.command(epilog=epilog("reaffirm meetings --forum Dialogue --since 2031"))
def meetings(  # noqa: PLR0913 - one option a question
    *,
    ledger: LedgerPath = LEDGER,
    forum: Annotated[str | None, typer.Option(help="Words of the forum's name.")] = None,
    actor: Annotated[str | None, typer.Option(help="A participant: person, state or organisation, or a part of the name.")] = None,
    state_of: Annotated[str | None, typer.Option("--status", help="held, planned, called off or mentioned.")] = None,
    since: Day = None,
    until: Day = None,
    others: Annotated[bool, typer.Option("--others", help="Also events that are no consultation.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the meetings in order of date: forum, number, place, who took part, and how many documents tell of them."""
    with open_book(ledger) as book:
        found = book.meetings(forum=forum, actor=actor, status=state_of, since=since, until=until, others=others)
    show_found(found, as_json, sessions.chronology)


@app.command(epilog=epilog("reaffirm meeting M-3f2a"))
def meeting(  # noqa: PLR0913 - one option a question
    row: RowId,
    *,
    ledger: LedgerPath = LEDGER,
    packs: PackFolders = None,
    join: Annotated[str | None, typer.Option(help="Record that this other row tells the same meeting.")] = None,
    apart: Annotated[str | None, typer.Option(help="Record that this other row tells another meeting.")] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Show everything known of one meeting, each line with its words; or join it with another row, or keep the two apart."""
    with open_book(ledger, packs=packs) as book:
        for other, same in ((join, True), (apart, False)):
            if other:
                book.same_meeting(row, other, same=same, who=who)
        found = book.meeting(row)
    show_found(found, as_json, sessions.meeting)


@app.command(epilog=epilog('reaffirm office "foreign minister" japan 2021-03-16'))
def office(
    who: Annotated[str, typer.Argument(help="An office (a kind such as `foreign`, a title such as `secretary of state`), or a person.")],
    state: Annotated[str | None, typer.Argument(help="The office's state or organisation, by any of its names; or a person's day.")] = None,
    day: Annotated[str | None, typer.Argument(help="2021, 2021-03 or 2021-03-16; default: all terms.")] = None,
    *,
    packs: PackFolders = None,
    as_json: AsJson = False,
) -> None:
    """Tell who held an office on a day, or which offices a person held, by the offices pack; sourced rows before unverified ones."""
    show_found(register.ask(who, state, day, packs or ()), as_json, offices.incumbents)


@app.command(epilog=epilog("reaffirm commitments --party Velmara --due 2033"))
def commitments(  # noqa: PLR0913 - one option a question
    *,
    ledger: LedgerPath = LEDGER,
    party: Annotated[str | None, typer.Option(help="A state or organisation that is bound.")] = None,
    undertaker: Annotated[str | None, typer.Option(help="Who must act.")] = None,
    issue: Annotated[str | None, typer.Option(help="An issue of the issues pack, or a thing that is named.")] = None,
    forum: Annotated[str | None, typer.Option(help="Words of the forum whose meeting the document tells.")] = None,
    band: Annotated[str | None, typer.Option(help="strong, medium or weak.")] = None,
    polarity: Annotated[str | None, typer.Option(help="will, will not or withheld.")] = None,
    due: Annotated[str | None, typer.Option(help="Due then (EDTF: 2033, 2033-01/2033-06, ../2033-12-31).")] = None,
    document: Annotated[str | None, typer.Option(help="A document's name or id.")] = None,
    since: Day = None,
    until: Day = None,
    positions: Annotated[bool | None, typer.Option("--positions/--acts", help="Only positions, or only acts.")] = None,
    ics: Annotated[Path | None, typer.Option(help="Write the due dates as a calendar to this file.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Also rows that people rejected.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List what was promised: the act, who is bound, who must act, how strongly, by when; with the row id for `explain`."""
    first, _, last = (due or "").partition("/")
    with open_book(ledger) as book:
        found = book.commitments(
            party=party, undertaker=undertaker, issue=issue, forum=forum, band=one_of(band, Band), polarity=one_of(polarity, Polarity),
            due_from=_edge(first), due_until=_edge(last or first), document=document, since=since, until=until, positions=positions,
            rejected=rejected, limit=limit,
        )  # fmt: skip
        if ics:
            ics.write_bytes(book.calendar(found))
    show_found(found, as_json, lambda console, rows: deeds.commitments(console, rows, limit))


def _edge(day: str) -> str | None:
    return day if day not in {"", ".."} else None


@app.command(epilog=epilog("reaffirm demands --target Saoren"))
def demands(  # noqa: PLR0913 - one option a question
    *,
    ledger: LedgerPath = LEDGER,
    holder: Annotated[str | None, typer.Option(help="Whose demand it is: a name, or writer.")] = None,
    target: Annotated[str | None, typer.Option(help="Who is asked to act.")] = None,
    issue: Annotated[str | None, typer.Option(help="An issue of the issues pack, or a thing that is named.")] = None,
    document: Annotated[str | None, typer.Option(help="A document's name or id.")] = None,
    since: Day = None,
    until: Day = None,
    every: Annotated[bool, typer.Option("--all", help="Also evaluations, open questions and inferences.")] = False,
    rejected: Annotated[bool, typer.Option("--rejected", help="Also rows that people rejected.")] = False,
    count: Annotated[bool, typer.Option("--count", help="Then say how much each side asks of which, and what came of it.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List what is asked of whom, by whom and how strongly; a writer's wishes are never mixed with the parties' own."""
    with open_book(ledger) as book:
        found = book.demands(
            holder=holder, target=target, issue=issue, document=document, since=since, until=until, kinds=() if every else ("demand",),
            rejected=rejected, limit=None if count else limit,
        )  # fmt: skip
        sides = book.balance(found) if count else []
    rows = found[:limit]
    answer = {"demands": rows, "balance": sides} if count else rows
    show_found(answer, as_json, lambda console, _answer: deeds.asked_of(console, rows, sides, limit))


@app.command(epilog=epilog('reaffirm search "undersea cables" treaty'))
def search(
    words: Annotated[list[str], typer.Argument(help='Words and "phrases"; word* finds beginnings.')],
    *,
    ledger: LedgerPath = LEDGER,
    document: Annotated[str | None, typer.Option(help="Only in this document.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many paragraphs.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find paragraphs, never page furniture, best first."""
    query = " ".join(f'"{word}"' if " " in word else word for word in words)
    ask(ledger, lambda book: book.search(query, document=document, limit=limit), as_json, show.hits)


@app.command(epilog=epilog("reaffirm explain S-3f2a"))
def explain(row: RowId, *, ledger: LedgerPath = LEDGER, as_json: AsJson = False) -> None:
    """Show all the ledger knows of one row: words, rule, pack entry, rejected readings, judgements; of a document its card."""
    if row[:2].upper() == "D-":
        ask(ledger, lambda book: book.card(row), as_json, show.card)
    elif row[:2].upper() == "M-":
        ask(ledger, lambda book: book.meeting(row), as_json, sessions.meeting)
    else:
        ask(ledger, lambda book: book.explain(row), as_json, show.explanation)


@app.command(epilog=epilog("reaffirm score examples/gold --by doc"))
def score(  # noqa: PLR0913 - one option a question
    gold: Annotated[Path, typer.Argument(help="A folder of gold in the exchange format.")],
    predicted: Annotated[Path | None, typer.Argument(help="A folder to score; default: the ledger.")] = None,
    *,
    ledger: LedgerPath = LEDGER,
    docs: Annotated[str | None, typer.Option(help="Only these documents, separated by commas.")] = None,
    by: Annotated[str, typer.Option(help="all, kind or doc.")] = "kind",
    rows: Annotated[tuple[str, str] | None, typer.Option("--list", help="missed, false or wrong, and a kind.")] = None,
    as_json: AsJson = False,
) -> None:
    """Score the ledger, or another folder, against gold."""
    from reaffirm.review import scoring  # noqa: PLC0415 - only this command needs it

    wanted = set(docs.split(",")) if docs else None
    if predicted is None:
        with open_book(ledger) as book:
            tally = book.score(gold, None, wanted)
    else:
        tally = scoring.score(gold, predicted, wanted)
    lines = scoring.render(tally, cast("Scope", by))
    if rows:
        lines, as_json = [json.dumps(row, ensure_ascii=False) for row in scoring.listing(tally, *rows)], False
    show_found(scoring.report(tally), as_json, lambda console, _found: print_lines(console, lines))
