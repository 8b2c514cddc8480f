"""The table of wording changes: what one item was in words and is now, as threads and as the comparison of whole texts tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.brief import Change, Note
from reaffirm.briefing import sentences
from reaffirm.briefing.material import told_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reaffirm.brief import Origin
    from reaffirm.briefing.material import Material
    from reaffirm.model import Span
    from reaffirm.sequels import Remark, Step, Thread

MOST = 20  # rows of the table
VERDICTS = {
    "strengthened": "stronger", "weakened": "weaker", "mixed": "more in one way, less in another", "reversed": "reversed",
    "delayed": "put off", "carried out": "done",
}  # fmt: skip
LAYOUT_ONLY = "dates, names and numbers alone"


def changes(material: Material) -> tuple[Change, ...]:
    """The rows of the table: first what became of items, then sentences that were worded anew without any such verdict."""
    of_threads = list(_of_threads(material))
    told = [span for change in of_threads if change.after for span in change.after.words]
    return (*of_threads, *(change for change in _of_texts(material) if not _tells(change, told)))


def _tells(change: Change, told: Iterable[Span]) -> bool:
    """Whether a sentence holds words of which a change is told already."""
    own = change.after.words[0] if change.after else None
    return own is not None and any(own.document == span.document and own.start <= span.start < own.end for span in told)


def _of_threads(material: Material) -> Iterator[Change]:
    for thread in material.threads:
        for step in told_in(thread, material.now):
            if step.status in VERDICTS and step.voice == "parties" and step.against:
                yield _step(thread, step, material.origins)


def _step(thread: Thread, step: Step, origins: Mapping[str, Origin]) -> Change:
    now, before = sentences.shown(step), sentences.former(thread, step)
    verdict = f"{VERDICTS[step.status or '']}: {sentences.reason(step.rule)}"
    return Change(
        sentences.quoted(before.wording) if before else "", sentences.cited(before, origins) if before else None,
        sentences.quoted(now.wording), sentences.cited(now, origins), verdict,
    )  # fmt: skip


def _of_texts(material: Material) -> Iterator[Change]:
    for novelty in material.novelties:
        for remark in () if novelty.account else novelty.of("changed"):  # what two texts of one meeting word otherwise is no change
            if remark.was and remark.now and LAYOUT_ONLY not in remark.why:
                rows = _row(material, remark.was), _row(material, remark.now)
                if any(rows):  # what no row stands in, such as a heading, is not told
                    yield _remark(remark, rows, (remark.was, remark.now), material.origins)


def _row(material: Material, sentence: Span) -> str:
    """The row that stands in a sentence: a statement, or a member of a thread; empty where there is none."""
    said = ((row.statement.id, row.statement.content[0]) for row in material.said if row.statement.content)
    members = ((m.id, m.wording[0]) for thread in material.threads for step in thread.steps for m in step.members if m.wording)
    places = ((row, span) for row, span in (*said, *members) if span.document == sentence.document)
    return min((row for row, span in places if sentence.start <= span.start < sentence.end), default="")


def _remark(remark: Remark, rows: tuple[str, str], spans: tuple[Span, Span], origins: Mapping[str, Origin]) -> Change:
    (was, now), either = spans, rows[0] or rows[1]
    verdict = remark.trend if remark.trend in {"stronger", "weaker"} else "worded otherwise"
    return Change(
        sentences.quoted([was]), Note(rows[0] or either, origins[was.document], (was,), "the sentence before"),
        sentences.quoted([now]), Note(rows[1] or either, origins[now.document], (now,), "the sentence now"), verdict or "",
    )  # fmt: skip
