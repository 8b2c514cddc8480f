"""Meetings as a person reads them in a terminal; no logic, only layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.show.lines import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from reaffirm.chronology import Convened
    from reaffirm.model import Span

WORDS = 160  # code points of a place that speaks of a meeting


def chronology(console: Console, found: Sequence[Convened]) -> None:
    """Nothing: prints meetings, two lines each, in the order given."""
    for item in found:
        m = item.meeting
        number = f", no. {m.edition}" if m.edition else ""
        line(console, (f"{m.date or 'date unknown'}  {m.label}{number}", "bold"), f"  {m.status}", f"  [{m.id}]")
        where = "; ".join(filter(None, [m.kind, m.place, m.format, ", ".join(m.participants), f"told by {len(set(item.docs))} documents"]))
        line(console, f"    {where}")
        for problem in item.problems:
            line(console, (f"    {problem.severity}: {problem.message}", "yellow"))
    if not found:
        line(console, "no such meeting; `reaffirm add PATH` reads documents, and `--others` shows events that are no consultation")


def meeting(console: Console, item: Convened) -> None:
    """Nothing: prints everything known of one meeting, each line with the words that prove it."""
    m = item.meeting
    line(console, (m.label, "bold"), f"  [{m.id}]")
    facts = {
        "kind": m.kind, "forum": m.forum, "number": m.edition, "status": m.status, "date": m.date, "place": m.place, "format": m.format,
        "participants": ", ".join(m.participants), "of states": ", ".join(m.states), "before it": item.before, "after it": item.after,
    }  # fmt: skip
    for name, value in facts.items():
        line(console, f"  {name:<13}{value if value not in (None, '') else '?'}")
    for telling, rule, doc in zip(m.tellings, m.rules, item.docs, strict=True):
        line(console, (f"{doc}", "bold"), f"  {telling.id}  {telling.rule}{f'; {rule}' if rule else ''}")
        line(console, f"  status {telling.status}; date {telling.date or '?'}{_words(telling.when)}; place {telling.place or '?'}")
        for span in telling.evidence:
            line(console, f"  [{span.start}, {span.end})  {_cut(span)}")
    for c in item.corrections:
        line(console, f"  {c.field} as {c.who} corrected it at {c.at}; read: {c.judged}")
    if item.verdict:
        line(console, f"  people's word: {item.verdict}")
    for problem in item.problems:
        line(console, (f"{problem.severity}: {problem.message}; {problem.resolution}", "yellow"))


def _words(span: Span | None) -> str:
    return f" ({' '.join(span.exact.split())!r})" if span else ""


def _cut(span: Span) -> str:
    words = " ".join(span.exact.split())
    return repr(words if len(words) <= WORDS else f"{words[:WORDS]} …")
