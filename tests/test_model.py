from __future__ import annotations

import dataclasses
import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reaffirm
from reaffirm import model
from reaffirm.model import Document, Role, Span, digest, document_id, problem_id, row_id

places = st.tuples(st.integers(0, 500), st.integers(1, 500)).map(lambda p: (p[0], p[0] + p[1]))
kinds = st.sampled_from(["statement", "commitment", "demand", "meeting"])
documents = st.text(min_size=1, max_size=20)
roles = st.sampled_from(get_args(Role))


def spans(document: str, extents: list[tuple[int, int]], exact: str, role: Role) -> tuple[Span, ...]:
    return tuple(Span(document, start, end, exact, role) for start, end in extents)


@settings(deadline=None)
@given(kinds, documents, st.lists(places, min_size=1, max_size=3), st.none() | places, st.text(), st.text(), roles, roles)
def test_a_row_id_depends_on_nothing_but_document_kind_and_offsets(
    kind: str, document: str, content: list[tuple[int, int]], cue: tuple[int, int] | None, one: str, other: str, first: Role, second: Role
) -> None:
    here = row_id(kind, document, spans(document, content, one, first), spans(document, [cue], one, first)[0] if cue else None)
    there = row_id(kind, document, spans("X" + document, content, other, second), spans(document, [cue], other, second)[0] if cue else None)
    assert here == there
    assert re.fullmatch(r"[SCNM]-[0-9a-f]{16}", here)


@settings(deadline=None)
@given(documents, st.lists(places, min_size=1, max_size=3), places)
def test_another_document_kind_place_or_cue_is_another_row(document: str, content: list[tuple[int, int]], cue: tuple[int, int]) -> None:
    body = spans(document, content, "x", "content")
    moved = spans(document, [(start + 1, end + 1) for start, end in content], "x", "content")
    mark = Span(document, *cue, "y", "cue")
    made = [
        row_id("statement", document, body),
        row_id("statement", document, body, mark),
        row_id("statement", document, body, dataclasses.replace(mark, end=mark.end + 1)),
        row_id("statement", document, moved, mark),
        row_id("statement", document + "x", body, mark),
        row_id("demand", document, body, mark),
        row_id("statement", document, (*body, mark)),
    ]
    assert len(set(made)) == len(made)


def test_a_row_id_is_frozen_for_ever() -> None:
    content = (Span("D-0123456789abcdef", 10, 20, "0123456789", "content"),)
    assert row_id("statement", "D-0123456789abcdef", content, Span("D-0123456789abcdef", 4, 8, "said", "cue")) == "S-4f3d94f0a6771ceb"
    assert document_id("a" * 64, "b" * 64) == "D-2ba3056e95d23c0c"


@settings(deadline=None)
@given(st.text(), st.text(), st.text(), st.text())
def test_a_document_id_tells_bytes_and_texts_apart(a: str, b: str, c: str, d: str) -> None:
    assert (document_id(a, b) == document_id(c, d)) == ((a, b) == (c, d))


def test_a_problem_is_known_by_its_place_and_by_its_words_only_without_one() -> None:
    span = (Span("D", 1, 2, "x"),)
    assert problem_id("D", "date", "one", span) == problem_id("D", "date", "two", span)
    assert problem_id("D", "date", "one", ()) != problem_id("D", "date", "two", ())
    assert problem_id("D", "date", "one", span) != problem_id("D", "name", "one", span)


@settings(deadline=None)
@given(st.dictionaries(st.text(), st.integers(), max_size=4))
def test_a_digest_does_not_depend_on_the_order_of_keys(mapping: dict[str, int]) -> None:
    assert digest(mapping) == digest(dict(reversed(mapping.items())))


@settings(deadline=None)
@given(st.text(min_size=1), st.data())
def test_a_documents_span_reads_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Document("D", "", text, "", "test").span(start, end, "cue")
    assert (span.document, span.exact, span.role) == ("D", text[start:end], "cue")


NOUNS = [value for name in dir(model) if dataclasses.is_dataclass(value := getattr(model, name)) and isinstance(value, type)]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_the_nouns_are_frozen_slotted_and_explained(noun: type) -> None:
    assert noun.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(noun)
    assert noun.__doc__
    assert not noun.__doc__.startswith(f"{noun.__name__}(")


def test_the_public_names_are_few_and_there() -> None:
    assert len(reaffirm.__all__) <= 20
    assert [name for name in reaffirm.__all__ if getattr(reaffirm, name).__name__ != name] == []
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = reaffirm.Nothing
