"""Answers as a person reads them in a terminal; no logic, only layout. The same records give the JSON."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    from reaffirm.ledger import Filing, Report, Summary
    from reaffirm.store.records import Explanation, Filed, Hit, Said, Status
    from reaffirm.store.verify import Finding

MOST = 12


@contextmanager
def progress(console: Console, *, quiet: bool) -> Iterator[Callable[[Filing], None] | None]:
    """A function to call with each filing, which moves a progress bar; None when nothing is to be shown."""
    if quiet or not console.is_terminal:
        yield None
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} files"), TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda filing: bar.update(task, advance=1, description=filing.name[-40:])


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.strip("#"), justify="right" if column.endswith("#") else "left", overflow="fold")
    return table


def report(console: Console, found: Report) -> None:
    """Nothing: prints the ingest report, failures with their reasons last."""
    shown = [f for f in found.filings if f.outcome in {"new", "again"}]
    if shown:
        table = _table("file", "outcome", "statements#", "problems#", "coverage#")
        for f in shown[:200]:
            table.add_row(escape(f.name), f.outcome, str(f.statements), str(f.problems), f"{f.coverage:.0%}")
        console.print(table)
    words = {"new": "read", "again": "read again", "known": "known already", "failed": "failed"}
    console.print(", ".join(f"{found.count(key)} {word}" for key, word in words.items() if found.count(key)) or "no files found")
    for f in found.filings:
        if f.outcome == "failed":
            console.print(f"failed: {f.name}: {f.reason}", markup=False)
    for note in found.notes:
        console.print(f"note: {note}", markup=False)


def status(console: Console, found: Status) -> None:
    """Nothing: prints what a ledger holds."""
    console.print(f"{found.documents} documents, {found.statements} statements, {found.judgements} judgements ({found.orphans} orphans)")
    table = _table("known of", "", "#")
    for c in found.coverage:
        table.add_row(c.field, f"{c.known} of {c.total}", f"{c.known / c.total:.0%}" if c.total else "-")
    console.print(table)
    for kind, number in found.problems:
        console.print(f"problems of kind {kind}: {number}", markup=False)
    for failure in found.failures:
        console.print(f"failed: {failure.name}: {failure.reason}", markup=False)


def documents(console: Console, found: Sequence[Filed]) -> None:
    """Nothing: prints the documents as a table."""
    table = _table("document", "genre", "published", "event", "publisher", "statements#", "problems#")
    for d in found:
        dates = ", ".join(d.event_dates)
        table.add_row(escape(d.doc), d.genre or "?", d.published or "?", dates or "?", escape(d.publisher or "?"), str(d.statements), str(d.problems))
    console.print(table)


def said(console: Console, found: Sequence[Said], limit: int) -> None:
    """Nothing: prints statements, one paragraph each."""
    for row in found:
        statement(console, row)
    if not found:
        console.print("no statement meets all conditions; `reaffirm status` shows what the ledger holds")
    elif len(found) == limit:
        console.print(f"only the first {limit}; give --limit for more")


def statement(console: Console, row: Said) -> None:
    """Nothing: prints one statement with who, in which office, how, and the exact words."""
    s, voice = row.statement, row.voice
    names = [*(voice.speakers if voice else ()), *(f"({name})" for name in (voice.external if voice else ()))]
    offices = {o.name: o.office for o in (voice.offices if voice else ())}
    who = ", ".join(f"{name}, {offices[name]}" if name in offices else name for name in names) or "?"
    cue = f" [{s.cue.exact}]" if s.cue and s.directness != "turn" else ""
    when = row.published or "/".join(row.event_dates) or "undated"
    flags = [s.directness, *([s.factuality] if s.factuality != "plain" else []), *([row.verdict] if row.verdict else [])]
    console.print(f"[bold]{escape(who)}[/bold]{escape(cue)} [dim]({escape(row.doc)}, {when}; {', '.join(flags)}; {s.id})[/dim]")
    console.print("    " + " … ".join(" ".join(c.exact.split()) for c in s.content)[:600], markup=False)
    for c in row.corrections:
        console.print(f"    corrected by {c.who}: {c.field} = {c.value}", markup=False)


def hits(console: Console, found: Sequence[Hit]) -> None:
    """Nothing: prints the paragraphs found."""
    for hit in found:
        console.print(f"[bold]{escape(hit.doc)}[/bold] [dim]{hit.start}-{hit.end}[/dim]")
        console.print("    " + " ".join(hit.snippet.split()), markup=False)
    if not found:
        console.print("nothing found; try fewer words, or the beginning of a word with *")


def explanation(console: Console, found: Explanation) -> None:
    """Nothing: prints all that is known of a row."""
    console.print(f"{found.kind} {found.row} in {found.doc}" + ("" if found.listed else " (no longer listed)"), markup=False)
    if found.said:
        statement(console, found.said)
        _basis(console, found.said)
    if found.problem:
        console.print(f"{found.problem.severity}: {found.problem.message}\nresolution: {found.problem.resolution}", markup=False)
    for span in found.spans:
        console.print(f"{span.role:8} {span.start}-{span.end}: {span.exact[:200]!r}", markup=False)
    for seen in found.runs:
        console.print(f"run {seen.run.id}: reaffirm {seen.run.version}, code {seen.run.code}, packs {seen.run.packs}, {seen.run.model}", markup=False)
    for judged in found.judgements:
        j = judged.judgement
        console.print(f"{j.verdict} by {j.who} at {j.at}" + (f"; undone by {judged.undone_by}" if judged.undone_by else ""), markup=False)
    for problem in found.problems:
        console.print(f"problem {problem.id}: {problem.message}", markup=False)


def _basis(console: Console, row: Said) -> None:
    s, voice = row.statement, row.voice
    console.print(f"rule {s.rule}" + (f", pack entry {s.entry.pack}/{s.entry.entry}" if s.entry else ""), markup=False)
    for reading in s.rejected:
        console.print(f"rejected: {reading}", markup=False)
    if voice:
        console.print(f"speaker by {voice.rule}; parties {', '.join(voice.parties) or 'none'}; {voice.certainty or 'certain'}", markup=False)
        for office in voice.offices:
            console.print(f"office of {office.name}: {office.office} ({office.basis})", markup=False)


def findings(console: Console, found: Sequence[Finding]) -> None:
    """Nothing: prints what verification found."""
    for finding in found:
        console.print(f"{finding.table} {finding.record}: {finding.message}", markup=False)
    console.print(f"{len(found)} findings; restore a backup or report this" if found else "sound: every hash, span and id was checked")


def demo(console: Console, found: Summary) -> None:
    """Nothing: prints the demo's summary, ending with three commands to try."""
    console.rule("Reaffirm: a proven ledger of what governments said")
    console.print(f"Read {found.documents} documents about four consultations of two invented states, and found {found.statements} statements.")
    console.print(f"Each is proved by the exact words: verification found {found.findings} faults. {found.furniture} lines of page furniture were set aside, none deleted.\n")
    documents(console, found.listed)
    console.print("\n[bold]Who spoke most[/bold]")
    for name, number in found.speakers[:MOST]:
        console.print(f"  {number:3}  {name}", markup=False)
    console.print(f"\n[bold]One subject, {found.question}, through the joint statements[/bold]")
    for row in found.chain:
        statement(console, row)
    console.print("\n[bold]What a careful reader would query[/bold]")
    for message, number in found.problems[:6]:
        console.print(f"  {number:3}  {message}", markup=False)
    console.print("\n[bold]Try next[/bold]")
    for command in found.next:
        console.print(f"  {command}", markup=False)
