"""What is new: sentences that no earlier text of a chain has, and statements whose items are in no earlier text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.briefing.sentences import fresh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.brief import Sentence
    from reaffirm.briefing.material import Material
    from reaffirm.briefing.sections import Undertaking
    from reaffirm.model import Span, Statement
    from reaffirm.sequels import Novelty, Thread

FIRST = "no earlier text of the ledger has it as the same item"


def statements(material: Material, acts: Iterable[Undertaking]) -> dict[str, str]:
    """The statements (ids) of the newest texts that are new, each with what was searched.

    Of a meeting or forum these are those in sentences that no earlier text of the chain has; of an actor or issue those of acts which
    no earlier text promises, where there is an earlier one.
    """
    if material.subject in {"meeting", "forum"}:
        return {row.id: _why(novelty) for novelty in material.novelties for _, rows in _fresh(material, novelty) for row in rows}
    if all(item.row.document in material.latest for item in material.promised):
        return {}
    first = [each for each in acts if (each.thread.steps[0].place.document if each.thread else each.item.row.document) in material.latest]
    return {each.item.row.statement: FIRST for each in first if each.item.row.statement}


def sentences(material: Material, new: Iterable[str]) -> Iterator[Sentence]:
    """The new sentences of the newest texts that have a new statement which no promise and no demand of theirs reads."""
    known = set(new)
    told = {item.row.statement for item in material.promised if item.row.document in material.latest}
    told |= {item.row.statement for item in material.asked if item.row.document in material.latest}
    for novelty in material.novelties:
        for sentence, rows in _fresh(material, novelty):
            left = [row.id for row in rows if row.id in known - told]
            if left:
                yield fresh(sentence, left[0], _why(novelty), material.scene)


def _why(novelty: Novelty) -> str:
    count = len(novelty.searched)
    return f"not in the {f'{count} earlier texts' if count > 1 else 'earlier text'} of the chain"


def _fresh(material: Material, novelty: Novelty) -> Iterator[tuple[Span, list[Statement]]]:
    """The sentences of a text that are there for the first time, in order, with their statements whose items no earlier text has."""
    old = {row for thread in material.threads if thread.steps[0].place.document not in material.latest for row in _rows(thread)}
    rows = [said.statement for said in material.said if said.statement.document == novelty.document and said.statement.nested_in is None]
    spans = [remark.now for remark in novelty.of("new") if remark.first_time and remark.now]
    for span in sorted(spans, key=lambda span: span.start):
        within = [row for row in rows if row.content and span.start <= row.content[0].start < span.end and row.id not in old]
        if within:
            yield span, within


def _rows(thread: Thread) -> set[str]:
    return {row for step in thread.steps for member in step.members for row in (member.id, member.statement) if row}
