"""Commitments and demands as a person reads them in a terminal; no logic, only layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.show.lines import LONGEST, line, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from reaffirm.balance import Exchange
    from reaffirm.model import Span
    from reaffirm.readings import Call, Commitment, Demand, Duty
    from reaffirm.store.records import Item


def commitments(console: Console, found: Sequence[Item[Commitment, Duty]], limit: int) -> None:
    """Nothing: prints commitments: the act, who is bound by which word how strongly, by when, and where it stands."""
    for item in found:
        row, duty = item.row, item.derived
        line(console, (_words(row.action), "bold"), f"  [{row.id}]", _judged(item))
        who = ", ".join(duty.undertaker) if duty and duty.undertaker else "?"
        parties = ", ".join(duty.parties) if duty and duty.parties else "?"
        force = "withheld" if row.polarity == "withheld" else f"{row.force.band} ({row.force.strength} of 6)"
        line(
            console,
            f"    {parties}: {row.illocution}, {row.polarity}; to act: {who}; {force}{'; a position' if row.position else ''}; {row.mode}",
        )
        if row.due:
            line(console, f"    due {duty.due if duty and duty.due else '?'} ({row.due.exact!r}{_rule(duty)})")
        if row.condition:
            line(console, f"    condition: {row.condition.exact!r}")
        line(console, (f"    {_place(item)}; issues: {_issues(item)}", "dim"))
    _end(console, len(found), limit, "commitments")


def demands(console: Console, found: Sequence[Item[Demand, Call]], limit: int) -> None:
    """Nothing: prints demands and their siblings: what is asked or judged, by whom, of whom, how strongly, and where it stands."""
    for item in found:
        row, call = item.row, item.derived
        line(console, (_words(row.action), "bold"), f"  [{row.id}]", _judged(item))
        holder = ", ".join(call.holder) if call and call.holder else "?"
        target = f" of {', '.join(call.target) or '?'}{'' if call.explicit else ' (inferred)'}" if call and row.kind == "demand" else ""
        strength = f"; strength {row.strength} of 4" if row.strength else ""
        words = f"; {row.modality.exact!r}" if row.modality else ""
        line(console, f"    {row.kind} by {holder}{target}; {row.polarity or 'no polarity'}{strength}{words}")
        line(console, (f"    {_place(item)}; issues: {_issues(item)}", "dim"))
    _end(console, len(found), limit, "demands")


def asked_of(console: Console, found: Sequence[Item[Demand, Call]], sides: Sequence[Exchange], limit: int) -> None:
    """Nothing: prints demands, then how much each side asks of which, and what came of it."""
    demands(console, found, limit)
    for each in sides:
        who, whom = (", ".join(names) or "?" for names in (each.holder, each.target))
        rows = f" (told {len(each.rows)} times)" if len(each.rows) > each.items else ""
        line(console, (f"{who} of {whom}: {each.items}{rows}", "bold"), f"; answered {len(each.answered)}, carried out {len(each.done)}")
        lines(console, (f"    {demand} answered by {promise}: {why}" for demand, promise, why in each.answered))
        lines(console, (f"    carried out: {thread}" for thread in each.done))


def promised(console: Console, item: Item[Commitment, Duty]) -> None:
    """Nothing: prints one commitment with the rules behind it: words, force, who is bound and why, the test."""
    commitments(console, [item], 0)
    row, duty = item.row, item.derived
    line(console, f"rule {row.rule}" + (f", pack entry {row.entry.pack}/{row.entry.entry}" if row.entry else "") + _of(row.statement))
    lines(console, (f"strength: {step}" for step in row.force.steps))
    if row.test:
        line(console, "test: " + "; ".join(f"{question} {'yes' if answer else 'no'}" for question, answer in row.test))
    if duty:
        line(console, f"bound by {duty.rule}; {duty.certainty or 'certain'}{f'; due: {duty.due_rule}' if duty.due_rule else ''}")
    lines(console, (f"rejected: {reading}" for reading in row.rejected))


def asked(console: Console, item: Item[Demand, Call]) -> None:
    """Nothing: prints one demand with the rules behind it: words, whose it is and on whom, and why."""
    demands(console, [item], 0)
    row, call = item.row, item.derived
    line(console, f"rule {row.rule}" + (f", pack entry {row.entry.pack}/{row.entry.entry}" if row.entry else "") + _of(row.statement))
    if call:
        line(console, f"holder and addressee by {call.rule}; {call.certainty or 'certain'}")
    lines(console, (f"rejected: {reading}" for reading in row.rejected))


def _of(statement: str | None) -> str:
    return f"; reads statement {statement}" if statement else ""


def _words(span: Span) -> str:
    words = " ".join(span.exact.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} …"


def _judged(item: Item[Commitment, Duty] | Item[Demand, Call]) -> str:
    changed = "; ".join(f"{c.field} = {c.value}" for c in item.corrections)
    return f"  {item.verdict}{': ' + changed if changed else ''}" if item.verdict else ""


def _rule(duty: Duty | None) -> str:
    return f"; {duty.due_rule}" if duty and duty.due is None and duty.due_rule else ""


def _place(item: Item[Commitment, Duty] | Item[Demand, Call]) -> str:
    day = next(iter(item.event_dates), None) or item.published or "date ?"
    return f"{item.doc} [{item.row.action.start}, {item.row.action.end}), {item.genre or 'genre ?'}, {day}"


def _issues(item: Item[Commitment, Duty] | Item[Demand, Call]) -> str:
    return ", ".join(dict.fromkeys(filing.issue for filing in item.filings)) or "none"


def _end(console: Console, shown: int, limit: int, what: str) -> None:
    if not shown:
        line(console, f"no such {what}; `reaffirm status` shows what the ledger holds")
    elif shown == limit:
        line(console, f"the first {limit}; --limit shows more")
