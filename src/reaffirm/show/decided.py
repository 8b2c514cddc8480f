"""What people decided, and what waits for them, as it is read in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.show.lines import LONGEST, line, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from reaffirm.carrying import Offer
    from reaffirm.model import Judgement
    from reaffirm.proposals import Passage, Proposal, Queue, Waiting
    from reaffirm.store.records import Judged, Reread


def queue(console: Console, found: Queue) -> None:
    """Nothing: prints the rows that wait, with their words in context."""
    for row in found.rows:
        _waiting(console, row)
    more = found.total - len(found.rows)
    words = f"{found.total} rows wait" + (f"; the first {len(found.rows)} are shown, --limit shows more" if more else "")
    line(console, words if found.total else "nothing waits for a decision here")


def _waiting(console: Console, row: Waiting) -> None:
    proposal, text = row.proposal, row.text
    start, end = proposal.words[0].start - row.start, proposal.words[-1].end - row.start
    line(console, (f"{proposal.kind}  {proposal.row}", "bold"), f"  {proposal.doc}", f"  (added by {row.added})" if row.added else "")
    if row.tellings:
        for passage in row.tellings:
            _passage(console, passage)
    else:
        _context(console, text, start, end)
    line(console, f"    {told(proposal)}")
    lines(console, (f"    doubt: {doubt}" for doubt in row.doubts))
    lines(console, (f"    changed since {c.judgement.who} judged it: was {c.judged}, is {c.now}" for c in row.changed))
    lines(console, (f"    {event(j)}" for j in (*row.own, *row.notes)))


def _passage(console: Console, found: Passage) -> None:
    line(console, f"    {found.doc}  {found.row}  {found.status}; date {found.date or '?'}")
    _context(console, found.text, found.words[0].start - found.start, found.words[0].end - found.start)


def _context(console: Console, text: str, start: int, end: int) -> None:
    before, words, after = (" ".join(part.split()) for part in (text[max(0, start - 160) : start], text[start:end], text[end : end + 160]))
    line(console, f"    … {before} ", (words[:LONGEST], "bold"), f" {after} …")


def told(proposal: Proposal) -> str:
    """What is read in the fields of a row, in one line; unknown ones are left out."""
    values = {name: value for name, value in proposal.values.items() if name != "span" and value not in (None, [])}
    return "; ".join(f"{name}: {', '.join(map(str, v)) if isinstance(v, list) else v}" for name, v in values.items())


def history(console: Console, found: Sequence[Judged]) -> None:
    """Nothing: prints what people decided on a row, one line each."""
    for judged in found:
        undone = f"; undone by {judged.undone_by} at {judged.undone_at}" if judged.undone_by else ""
        line(console, f"{event(judged.judgement)}{undone}")
    if not found:
        line(console, "nobody has judged this row yet")


def event(judgement: Judgement) -> str:
    """A judgement in one line: what, who, when."""
    what = f" {judgement.field} = {judgement.value}" if judgement.verdict == "corrected" else ""
    note = f": {judgement.value}" if judgement.verdict == "noted" else ""
    return f"{judgement.verdict}{what}{note} by {judgement.who} at {judgement.at}"


def changed(console: Console, found: Sequence[Reread]) -> None:
    """Nothing: prints the judgements whose row is read otherwise now."""
    for change in found:
        line(console, (f"{change.judgement.row}", "bold"), f"  “{change.judgement.quote[:LONGEST]}”")
        line(console, f"    {event(change.judgement)}")
        line(console, f"    judged: {change.judged}; read now: {change.now}")
    if not found:
        line(console, "every row that was judged is still read as it was")


def carried(console: Console, found: Sequence[Judgement]) -> None:
    """Nothing: prints the decisions that were carried over."""
    for judgement in found:
        line(console, (judgement.row, "bold"), f"  {event(judgement)}")


def orphans(console: Console, found: Sequence[Offer]) -> None:
    """Nothing: prints the judgements whose row nothing reads any more, and to which row each may be carried."""
    for offer in found:
        judgement = offer.judgement
        line(console, (f"{judgement.row}", "bold"), f"  “{judgement.quote[:LONGEST]}”")
        line(console, f"    {event(judgement)}")
        if offer.row:
            done = "carried to it" if offer.carried else f"`reaffirm carry {judgement.row}` carries it over"
            line(console, f"    its words are read once, as {offer.row} of {offer.doc}: {done}")
    if not found:
        line(console, "every judgement has its row")
