"""Law 1 at the door: nothing enters the ledger that does not prove itself."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING

from reaffirm.errors import ProofError
from reaffirm.model import by_person, document_id, person_row_id, problem_id, row_id
from reaffirm.readings import Commitment, Telling
from reaffirm.store.codec import BOUNDS, card_fields, spans_of
from reaffirm.store.plain import spans_in
from reaffirm.text import fold, prove, sha256, text_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Acquisition, Block, Card, Document, Problem, Span, Statement, Voice
    from reaffirm.readings import Demand, Observation

Extents = list[tuple[int, int]]


def check(observation: Observation, acquisition: Acquisition, data: bytes) -> None:
    """Nothing, when everything in an observation proves itself; else a `ProofError` naming the first fault."""
    document = observation.document
    _check_document(document, acquisition, data)
    check_blocks(document)
    furniture = furniture_of(document.blocks)
    check_spans(document, card_spans(document.card), furniture)
    check_statements(document, observation.statements, furniture)
    for problem in observation.problems:
        check_problem(document, problem, furniture)
    check_voices(document, observation.voices, furniture)
    check_spans(document, (mention.surface for mention in observation.mentions), furniture, excused=False)
    check_spans(document, (span for when in observation.times for span in (when.surface, when.phrase)), furniture, excused=False)
    check_deeds(document, observation, furniture)
    known = {statement.id for statement in observation.statements}
    for voice in observation.voices:
        require(voice.statement in known, f"a voice of {voice.statement}, which is no statement of {document.id}")


def require(holds: bool, fault: str) -> None:  # noqa: FBT001
    """Nothing, when it holds; else a `ProofError`."""
    if not holds:
        message = f"{fault}; this is a defect of Reaffirm: report it with the document"
        raise ProofError(message)


def _check_document(document: Document, acquisition: Acquisition, data: bytes) -> None:
    require(sha256(data) == document.sha256, f"the bytes of {document.id} do not have its hash")
    require(text_sha256(document.text) == document.text_sha256, f"the text of {document.id} does not have its hash")
    expected = document_id(document.sha256, document.text_sha256)
    require(document.id == expected, f"document {document.id} should have the id {expected}")
    require(acquisition.document == document.id, f"an acquisition of {acquisition.document} came with {document.id}")


def check_deeds(document: Document, observation: Observation, furniture: Extents) -> None:
    """Nothing, when tellings, commitments and demands prove themselves and belong to rows that are there."""
    rows: list[Telling | Commitment | Demand] = [*observation.tellings, *observation.commitments, *observation.demands]
    ids = {row.id for row in rows}
    require(len(ids) == len(rows), f"two rows of {document.id} have the same place")
    for row in rows:
        check_deed(document, row, furniture)
    known = {statement.id for statement in observation.statements} | ids
    read = {row.statement for row in observation.commitments} | {row.statement for row in observation.demands}
    require(read - {None} <= known, f"a row of {document.id} reads a statement that is not there")
    derived = {d.commitment for d in observation.duties} | {c.demand for c in observation.calls} | {f.row for f in observation.filings}
    require(derived <= known, f"something is derived of a row of {document.id} that is not there")


def check_deed(document: Document, row: Telling | Commitment | Demand, furniture: Extents) -> None:
    """Nothing, when a telling, commitment or demand has its proper id and words that stand in the text."""
    if isinstance(row, Telling):
        require(bool(row.evidence), f"meeting {row.id} has no evidence: no evidence, no row")
        expected = row_id("meeting", document.id, row.evidence[:1])
    elif isinstance(row, Commitment):
        expected = _by_person(document, "commitment", row.action, row.rule) or row_id("commitment", document.id, (row.action,), row.cue)
    else:
        expected = _by_person(document, "demand", row.action, row.rule) or row_id("demand", document.id, (row.action,), row.modality)
    require(row.document == document.id, f"row {row.id} belongs to {row.document}, not {document.id}")
    require(row.id == expected, f"row {row.id} should have the id {expected}")
    check_spans(document, spans_in(row), furniture, excused=False)


def _by_person(document: Document, kind: str, words: Span, rule: str) -> str:
    """The id of a row that a person added; empty where the rule is the machine's."""
    return person_row_id(kind, (document.sha256, document.part), fold(words.exact), rule) if by_person(rule) else ""


def check_blocks(document: Document) -> None:
    """Nothing, when each block and paragraph lies in the text; else a `ProofError`."""
    length = len(document.text)
    for block in document.blocks:
        inside = 0 <= block.start <= block.end <= length
        parts = all(block.start <= start <= end <= block.end for start, end in block.parts)
        require(inside and parts, f"block [{block.start}, {block.end}) of {document.id} leaves the text or its own extent")


def check_statements(document: Document, statements: Iterable[Statement], furniture: Extents) -> None:
    """Nothing, when each statement has its proper id, words that stand in the text, and a known parent."""
    rows = list(statements)
    ids = {statement.id for statement in rows}
    require(len(ids) == len(rows), f"two statements of {document.id} have the same content and cue")
    for statement in rows:
        check_statement(document, statement, furniture)
        parent = statement.nested_in
        require(parent is None or parent in ids, f"statement {statement.id} is nested in {parent}, which is not there")


def check_statement(document: Document, statement: Statement, furniture: Extents) -> None:
    """Nothing, when one statement proves itself."""
    require(bool(statement.content), f"statement {statement.id} has no content: no evidence, no row")
    added = _by_person(document, "statement", statement.content[0], statement.rule)
    expected = added or row_id("statement", document.id, statement.content, statement.cue)
    require(statement.id == expected, f"statement {statement.id} should have the id {expected}")
    require(statement.document == document.id, f"statement {statement.id} belongs to {statement.document}")
    check_spans(document, statement_spans(statement), furniture, excused=False)


def check_problem(document: Document, problem: Problem, furniture: Extents) -> None:
    """Nothing, when a problem has its proper id and its evidence stands in the text."""
    expected = problem_id(document.id, problem.kind, problem.message, problem.evidence)
    require(problem.id == expected, f"problem {problem.id} should have the id {expected}")
    require(problem.document == document.id, f"problem {problem.id} belongs to {problem.document}")
    check_spans(document, problem.evidence, furniture)


def check_voices(document: Document, voices: Iterable[Voice], furniture: Extents) -> None:
    """Nothing, when the spans that offices rest on stand in the text; those of other documents are looked at by `foreign`."""
    check_spans(document, (span for span in office_spans(voices) if span.document == document.id), furniture)


def office_spans(voices: Iterable[Voice]) -> Iterator[Span]:
    """The spans that the offices of voices rest on, also those that stand in other documents."""
    return spans_of(chain.from_iterable(office.evidence for voice in voices for office in voice.offices))


def check_spans(document: Document, spans: Iterable[Span], furniture: Extents, *, excused: bool = True) -> None:
    """Nothing, when each span reads what it says and lies outside furniture; role `furniture` is excused."""
    offered = list(spans)
    prove(document.text, offered)
    for span in offered:
        require(
            span.document == document.id,
            f"span [{span.start}, {span.end}) belongs to {span.document}, not {document.id}",
        )
        outside = (excused and span.role == "furniture") or not touches(furniture, span)
        require(outside, f"span [{span.start}, {span.end}) of {document.id} ({span.exact[:60]!r}) lies in furniture")


def furniture_of(blocks: Iterable[Block]) -> Extents:
    """The extents of the furniture blocks, in order and joined where they overlap."""
    joined: Extents = []
    for start, end in sorted((b.start, b.end) for b in blocks if b.kind == "furniture" and b.start < b.end):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def touches(extents: Extents, span: Span) -> bool:
    """Whether a span shares a character with one of these ordered extents."""
    before = bisect_right(extents, (span.end - 1, float("inf"))) - 1
    return before >= 0 and extents[before][1] > span.start


def statement_spans(statement: Statement) -> Iterator[Span]:
    """All spans of a statement: source, cue, addressee, content."""
    yield from filter(None, (statement.source, statement.cue, statement.addressee))
    yield from statement.content


def card_spans(card: Card) -> Iterator[Span]:
    """All spans of its own document that the fields of a card rest on; bounds rest on other documents too."""
    bounds = (getattr(card, name) for name in BOUNDS)
    other = {span for bound in bounds for span in spans_of(bound.evidence)}
    return (span for span in spans_of(chain.from_iterable(field.evidence for field in card_fields(card))) if span not in other)


def bound_spans(card: Card) -> Iterator[Span]:
    """The spans that the bounds of a card's publication rest on, also those that stand in other documents."""
    return spans_of(chain.from_iterable(getattr(card, name).evidence for name in BOUNDS))
