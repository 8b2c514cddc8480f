"""Threads, new language and audits as a person reads them in a terminal; no logic, only layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.sequels import OTHER, SAME
from reaffirm.show.lines import line, lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from reaffirm.model import Judgement, Span
    from reaffirm.sequels import Late, Novelty, Remark, Silence, Step, Thread, Verdict

PAIRS = {SAME: "the same item", OTHER: "different items"}
WORDS = 160  # code points of a wording in a list


def threads(console: Console, found: Sequence[Thread]) -> None:
    """Nothing: prints threads, one line each and one for what became of the item at each step."""
    for thread in found:
        line(console, (thread.label, "bold"), f"  [{thread.id}]")
        steps = (f"{_day(step)} {step.status or '?'}" for step in thread.steps)
        line(console, f"    {' > '.join(steps)}")
        silent = sum(receipt.confirmed is not False for receipt in thread.silent)
        if silent:
            line(console, f"    not mentioned in {silent} later texts of the chain")
    if not found:
        line(console, "no such thread; an item becomes one when a second document speaks of it")


def thread(console: Console, found: Thread, late: Late | None) -> None:
    """Nothing: prints the life of one item: each step with its words, what changed and why it has its status; then silence."""
    line(console, (found.label, "bold"), f"  [{found.id}]  {', '.join(found.issues)}")
    for step in found.steps:
        line(console, (f"{_day(step)}  {step.status or 'not to be compared'}", "bold"), f"  {step.place.doc} ({step.voice})")
        for item in step.members:
            words = " … ".join(_cut(span) for span in item.wording)
            line(console, f"    {item.kind} {item.id}: {words}")
        line(console, f"    {step.rule}")
        if step.was or step.now:
            line(console, f"    was {_list(step.was)}; now {_list(step.now)}")
    if late:
        line(console, (f"late as of {late.as_of}: {late.why}", "yellow"))
    for silence in found.silent:
        _silence(console, silence)
    for said in found.judged:
        about = f"{said.row} and {said.value} are {PAIRS[said.field]}" if said.field in PAIRS else f"{said.row} is {said.value}"
        line(console, (f"a person says so: {about}, by {_who(said)}", "yellow"))


def _silence(console: Console, found: Silence) -> None:
    line(console, (f"not mentioned in {found.place.doc}", "bold"), f"  {found.searched}")
    if found.nearest:
        line(console, f"    nearest, {found.score:.2f}: {_cut(found.nearest)}")
    else:
        line(console, "    no word of it stands there")
    if found.judged:
        word = "confirmed" if found.confirmed else "denied, it is mentioned after all:"
        line(console, (f"    {word} by {_who(found.judged)}", "yellow"))


def parted(console: Console, row: str, said: Sequence[Judgement]) -> None:
    """Nothing: prints what was decided of a row that is in no thread any more."""
    lines(console, (f"{judged.row} and {judged.value} are {PAIRS[judged.field or '']}, says {_who(judged)}" for judged in said))
    line(console, f"{row} is in no thread now; `reaffirm undo {row}` takes that back")


def _who(said: Judgement) -> str:
    return f"{said.who} at {said.at}"


def _day(step: Step) -> str:
    first, last = step.place.first, step.place.last
    return first or "?" if first == last else f"{first or '..'}/{last or '..'}"


def _list(words: Sequence[str]) -> str:
    return ", ".join(repr(word) for word in words) or "nothing"


def _cut(span: Span) -> str:
    words = " ".join(span.exact.split())
    return repr(words if len(words) <= WORDS else f"{words[:WORDS]} …")


def audit(console: Console, found: Sequence[Verdict], names: Mapping[str, str]) -> None:
    """Nothing: prints each quotation with its verdict, where it stands, and what differs."""
    for verdict in found:
        line(console, (f"{verdict.verdict}: ", "bold"), _cut(verdict.quotation.span))
        for span in verdict.standing:
            said = ", a paraphrase" if verdict.paraphrase else ""
            line(console, f"    stands in {names.get(span.document, span.document)} [{span.start}, {span.end}){said}: {_cut(span)}")
        for change in verdict.changes:
            quoted, standing = (repr(s.exact) if s else "nothing" for s in (change.quoted, change.standing))
            line(console, f"    {change.kind}: quoted {quoted}, stands {standing}")
        if verdict.nearest and not verdict.standing:
            line(console, f"    nearest, {verdict.share:.2f}: {_cut(verdict.nearest)}")
        lines(console, (f"    {note}" for note in verdict.notes))
    if not found:
        line(console, "no quotation in it")


def novelty(console: Console, found: Novelty, names: Mapping[str, str], limit: int) -> None:
    """Nothing: prints what is new, gone, changed and back in a document, most remarkable first."""
    against = f" against {names.get(found.predecessor, found.predecessor)}" if found.predecessor else ""
    line(console, (f"{names.get(found.document, found.document)}{against}; {len(found.searched)} earlier texts searched", "bold"))
    if found.account:
        line(console, "both tell one meeting: what differs is wording, not policy")
    for remark in found.remarks[:limit]:
        _remark(console, remark)
    if len(found.remarks) > limit:
        line(console, f"and {len(found.remarks) - limit} more; --limit shows more")


def _remark(console: Console, remark: Remark) -> None:
    first = " for the first time" if remark.first_time else ""
    line(console, (f"{remark.kind}{first}{f', {remark.trend}' if remark.trend else ''}", "bold"), f"  {'; '.join(remark.why)}")
    for name, span in (("was", remark.was), ("now", remark.now)):
        if span:
            line(console, f"    {name}: {_cut(span)}")
    swaps = [f"{_words(s.was)} > {_words(s.now)}" for s in remark.words]
    if swaps:
        line(console, f"    words: {'; '.join(swaps)}")
    if remark.since:
        line(console, f"    since {remark.since[1] or remark.since[0]}, in {remark.run} texts in a row")


def _words(span: Span | None) -> str:
    return repr(" ".join(span.exact.split())) if span else "nothing"
