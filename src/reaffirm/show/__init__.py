"""Answers as a person reads them in a terminal; no logic, only layout. The same records give the JSON."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from reaffirm.model import MetaField, PackEntry, Span
from reaffirm.show import deeds
from reaffirm.show.lines import LONGEST, clean, line, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rich.console import Console

    from reaffirm.chronology import Queried
    from reaffirm.doctor import Symptom
    from reaffirm.intake import Filing, Report
    from reaffirm.model import Difference, Evidence, Field, Judgement
    from reaffirm.store.neighbours import Linked
    from reaffirm.store.records import Explanation, Filed, Hit, Judged, Said, Status
    from reaffirm.store.verify import Finding
    from reaffirm.summary import Summary

MOST_SPEAKERS = 12
MOST_PROBLEMS = 6
MOST_FILES = 200  # of an ingest report; the JSON has all
MOST_DIFFERENCES = 5
WORDS = 80  # code points of a difference


@contextmanager
def progress(console: Console, count: Callable[[], int], *, quiet: bool) -> Iterator[Callable[[Filing], None] | None]:
    """A function to call with each filing, which moves a progress bar; None when nothing is to be shown."""
    if quiet or not console.is_terminal:
        yield None
        return
    columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=count())

        def tick(filing: Filing) -> None:
            bar.update(task, advance=1, description=clean(filing.name[-40:]))
            bar.update(task, total=max(bar.tasks[0].total or 0, bar.tasks[0].completed))  # members of archives

        yield tick


def report(console: Console, found: Report) -> None:
    """Nothing: prints the ingest report, failures with their reasons last."""
    read = [f for f in found.filings if f.outcome in {"new", "again"}]
    if read:
        line(console, ("statements  problems  coverage  file", "bold"))
    for f in read[:MOST_FILES]:
        again = "  (read again)" if f.outcome == "again" else ""
        many = f"  ({f.documents} articles)" if f.documents > 1 else ""
        line(console, f"{f.statements:10}  {f.problems:8}  {f.coverage:8.0%}  {f.name}{many}{again}")
    if len(read) > MOST_FILES:
        line(console, f"and {len(read) - MOST_FILES} more; `reaffirm documents` lists all")
    words = {"new": "read", "again": "read again", "known": "known already", "failed": "failed"}
    line(console, ", ".join(f"{found.count(key)} {word}" for key, word in words.items() if found.count(key)) or "no files found")
    lines(console, (f"known: {f.name} has {f.reason}" for f in found.filings if f.outcome == "known" and f.reason))
    lines(console, (f"failed: {f.name}: {f.reason}" for f in found.filings if f.outcome == "failed"))
    if found.copies:
        line(console, f"{found.copies} pairs of documents are nearly the same text; `reaffirm copies` shows them")
    lines(console, (f"note: {note}" for note in found.notes))


def status(console: Console, found: Status) -> None:
    """Nothing: prints what a ledger holds."""
    line(console, f"{found.documents} documents, {found.statements} statements, {found.judgements} judgements ({found.orphans} orphans)")
    for c in found.coverage:
        share = f"{c.known / c.total:.0%}" if c.total else "-"
        line(console, f"  {c.field:<10} known of {c.known} of {c.total} ({share})")
    lines(console, (f"problems of kind {kind}: {number}" for kind, number in found.problems))
    lines(console, (f"failed: {failure.name}: {failure.reason}" for failure in found.failures))


def documents(console: Console, found: Sequence[Filed]) -> None:
    """Nothing: prints the documents, two lines each, so that names stay whole on a narrow terminal."""
    for d in found:
        line(console, (d.doc, "bold"))
        dates = f"published {d.published or '?'}, event {', '.join(d.event_dates) or '?'}"
        facts = f"{d.genre or 'genre ?'}; {dates}; publisher {d.publisher or '?'}"
        line(console, f"    {facts}; {d.statements} statements, {d.problems} problems")
    if not found:
        line(console, "no documents; `reaffirm add PATH` reads some")


def copies(console: Console, found: Sequence[Linked]) -> None:
    """Nothing: prints pairs of near-copies with the words in which they differ."""
    for link in found:
        line(console, (f"{link.first}  ~  {link.second}", "bold"))
        many = len(link.copy.differences)
        line(console, f"    {link.copy.kind}: {link.copy.shared:.1%} of the words are the same; {many} differences ({link.copy.rule})")
        lines(console, (f"    - {_difference(d)}" for d in link.copy.differences[:MOST_DIFFERENCES]))
        if many > MOST_DIFFERENCES:
            line(console, f"    and {many - MOST_DIFFERENCES} more; --json has all")
    if not found:
        line(console, "no two documents are nearly the same text")


def _difference(difference: Difference) -> str:
    a, b = (repr(" ".join(s.exact.split())[:WORDS]) if s else "nothing" for s in (difference.a, difference.b))
    return f"{a} / {b}"


def problems(console: Console, found: Sequence[Queried]) -> None:
    """Nothing: prints problems, the gravest first, with what the ledger shows instead and the words concerned."""
    for item in found:
        p = item.problem
        line(console, (f"{p.severity}  {p.kind}: {p.message}", "bold"), f"  [{p.id}]")
        line(console, f"    {', '.join(item.docs)}; {p.resolution}")
        among = [f"{name} " if len(item.docs) > 1 else "" for name in item.places]
        lines(console, (f"    {name}[{s.start}, {s.end}) {s.exact[:WORDS]!r}" for name, s in zip(among, p.evidence, strict=True)))
    if not found:
        line(console, "nothing to query")


def symptoms(console: Console, found: Sequence[Symptom]) -> None:
    """Nothing: prints what a keeper should look at, and what to do."""
    for symptom in found:
        line(console, (f"{symptom.kind}: {symptom.subject}", "bold"), f" {symptom.message}")
        line(console, f"    {symptom.advice}")
    if not found:
        line(console, "nothing is stuck, orphaned, out of date, changed on disk or unreadable")


def said(console: Console, found: Sequence[Said], limit: int) -> None:
    """Nothing: prints statements, one paragraph each."""
    for row in found:
        statement(console, row)
    if not found:
        line(console, "no statement meets all conditions; `reaffirm status` shows what the ledger holds")
    elif len(found) == limit:
        line(console, f"only the first {limit}; give --limit for more")


def statement(console: Console, row: Said) -> None:
    """Nothing: prints one statement with who, in which office, how, and the exact words."""
    s = row.statement
    cue = f" [{s.cue.exact}]" if s.cue and s.directness != "turn" else ""
    when = row.published or "/".join(row.event_dates) or "undated"
    flags = [s.directness, *([s.factuality] if s.factuality != "plain" else []), *([row.verdict] if row.verdict else [])]
    line(console, (_who(row), "bold"), cue, (f" ({row.doc}, {when}; {', '.join(flags)}; {s.id})", "dim"))
    words = row.quote if len(row.quote) <= LONGEST else f"{row.quote[:LONGEST]} ..."
    line(console, f"    {words}")
    lines(console, (f"    corrected by {c.who}: {c.field} = {c.value}" for c in row.corrections))


def _who(row: Said) -> str:
    """The speakers with their offices, as a person corrected them or as read; members that only the packs know in brackets."""
    corrected = next((c.value for c in row.corrections if c.field == "speakers" and c.value), None)
    if corrected:
        return corrected
    if row.voice is None:
        return "?"
    offices = {o.name: o.office for o in row.voice.offices}
    speakers = [f"{name}, {offices[name]}" if name in offices else name for name in row.voice.speakers]
    return "; ".join([*speakers, *(f"({name})" for name in row.voice.external)]) or "?"


def hits(console: Console, found: Sequence[Hit]) -> None:
    """Nothing: prints the paragraphs found."""
    for hit in found:
        line(console, (hit.doc, "bold"), (f" {hit.start}-{hit.end}", "dim"))
        line(console, "    " + " ".join(hit.snippet.split()))
    if not found:
        line(console, "nothing found; try fewer words, or the beginning of a word with *")


def card(console: Console, found: Mapping[str, Sequence[Field]]) -> None:
    """Nothing: prints a document's card, each field with its basis and evidence."""
    for name, values in found.items():
        for field in values:
            proof = "; ".join(_evidence(e) for e in field.evidence)
            line(console, f"{name:12} {field.value or 'unknown'} ({field.basis}{': ' + proof if proof else ''})")


def _evidence(evidence: Evidence) -> str:
    match evidence:
        case Span():
            return f"{evidence.start}-{evidence.end} {evidence.exact[:80]!r}"
        case MetaField():
            return f"{evidence.key} = {evidence.value[:80]!r}"
        case PackEntry():
            return f"{evidence.pack}/{evidence.entry}"
    return f"searched {evidence.searched}"


def explanation(console: Console, found: Explanation) -> None:
    """Nothing: prints all that is known of a row."""
    line(console, f"{found.kind} {found.row} in {found.doc}" + ("" if found.listed else " (no longer listed)"))
    if found.said:
        statement(console, found.said)
        _basis(console, found, found.said)
    if found.promised:
        deeds.promised(console, found.promised)
    if found.asked:
        deeds.asked(console, found.asked)
    if found.problem:
        lines(console, (f"{found.problem.severity}: {found.problem.message}", f"resolution: {found.problem.resolution}"))
    lines(console, (f"{span.role:8} {span.start}-{span.end}: {span.exact[:200]!r}" for span in found.spans))
    lines(console, (f"in the source: {place}" for place in found.places))
    runs = (seen.run for seen in found.runs)
    lines(console, (f"run {r.id}: reaffirm {r.version}, code {r.code}, packs {r.packs}, {r.model}" for r in runs))
    lines(console, (_decision(judged, found.row) for judged in found.judgements))
    lines(console, (f"read otherwise since {c.judgement.who} judged it: was {c.judged}, is {c.now}" for c in found.reread))
    lines(console, (f"problem {problem.id}: {problem.message}" for problem in found.problems))


def _decision(judged: Judged, row: str) -> str:
    j = judged.judgement
    what = f" {j.field} = {j.row if j.value == row else j.value}" if j.field and j.verdict != "added" else ""
    return f"{j.verdict}{what} by {j.who} at {j.at}" + (f"; undone by {judged.undone_by}" if judged.undone_by else "")


def _basis(console: Console, found: Explanation, row: Said) -> None:
    s, voice = row.statement, row.voice
    line(console, f"rule {s.rule}" + (f", pack entry {s.entry.pack}/{s.entry.entry}" if s.entry else ""))
    if s.act:
        line(console, f"act {s.act} {s.strength}" + (f" by {', '.join(found.force)}" if found.force else ""))
    lines(console, (f"the quotation has {cut.exact!r}" for cut in found.elisions))
    if found.topic_only:
        line(console, "only the subject is told, not what was said of it")
    lines(console, (f"rejected: {reading}" for reading in s.rejected))
    if voice:
        parties = ", ".join(voice.parties) or "none"
        line(console, f"speaker by {voice.rule}; parties {parties}; {voice.certainty or 'certain'}")
        lines(console, (f"office of {office.name}: {office.office} ({office.basis})" for office in voice.offices))


def judgement(console: Console, found: Judgement) -> None:
    """Nothing: prints what was decided or undone."""
    what = f": “{found.quote}”" if found.verdict == "added" else f" {found.field} = {found.value}" if found.field else ""
    line(console, f"{'undone: ' if found.undone else ''}{found.row} {found.verdict}{what} by {found.who}")


def findings(console: Console, found: Sequence[Finding]) -> None:
    """Nothing: prints what verification found."""
    lines(console, (f"{finding.table} {finding.record}: {finding.message}" for finding in found))
    line(console, f"{len(found)} findings; restore a backup or report this" if found else "sound: every hash, span and id was checked")


def demo(console: Console, found: Summary) -> None:
    """Nothing: prints the demo's summary, ending with three commands to try."""
    line(console, ("Reaffirm: a proven ledger of what governments said", "bold"))
    line(console, f"Read {found.documents} documents about the consultations of invented states, and found {found.statements} statements.")
    line(console, f"Each is proved by the exact words: verification found {found.findings} faults.")
    line(console, f"{found.furniture} lines of page furniture were set aside, none deleted.")
    line(console, ("\nThe documents", "bold"))
    documents(console, found.listed)
    line(console, ("\nWho spoke most", "bold"))
    lines(console, (f"  {number:3}  {name}" for name, number in found.speakers[:MOST_SPEAKERS]))
    line(console, (f"\nOne subject, {found.question}, through the joint statements", "bold"))
    for row in found.chain:
        statement(console, row)
    line(console, ("\nWhat a careful reader would query", "bold"))
    lines(console, (f"  {number:3}  {message}" for message, number in found.problems[:MOST_PROBLEMS]))
    line(console, ("\nTry next", "bold"))
    lines(console, (f"  {command}" for command in found.next))
