from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reaffirm.export import jsonl
from reaffirm.model import Block, Card, Document, Field, Mention, MetaField, OfficeHeld, Problem, Run, Span, Statement, Voice, When
from reaffirm.store.records import Correction, Entry, Said
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEXT = "Menu\nA title\nMinister Ana said “no — 𝔸”.\n"
RUN = Run("R-1", "0", "", "", "")
KEYS = {
    "documents": "id doc sha256 kind title publisher author language translation published published_earliest published_latest "
    "published_basis event_dates events furniture headings text_sha256",
    "statements": "id doc source cue content speakers speakers_external parties offices certainty directness quoted_from act strength "
    "factuality nested_in issues meeting",
    "mentions": "doc surface names kind office",
    "timex": "doc surface phrase type value mod interval anchor granularity fuzzy",
    "problems": "id kind severity message resolution evidence",
}


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span("D-1", start, start + len(words), words)


def statement(key: str = "S-1", parent: str | None = None) -> Statement:
    return Statement(key, "D-1", span("Minister Ana"), span("said"), (span("“no — 𝔸”"),), "direct", nested_in=parent, strength=2)


OFFICE = OfficeHeld("Ana Duarte", "Minister (Velmara)", "stated")
VOICE = Voice("S-1", ("Ana Duarte",), ("Jonas Weidel",), ("Velmara",), (OFFICE,), None, "r")


def said(row: Statement, verdict: str | None = None, **corrections: str | None) -> Said:
    mended = tuple(Correction(field, value, "", "Ana", "") for field, value in corrections.items())
    return Said("a.txt", None, None, (), row, VOICE, "", verdict, mended)  # type: ignore[arg-type]


def entry(doc: str = "a.txt", *rows: Said, card: Card | None = None) -> Entry:
    blocks = (Block("furniture", 0, 4, ((0, 4),)), Block("title", 5, 12, ((5, 12),)), Block("paragraph", 13, 40, ((13, 40),)))
    document = Document("D-1", "00", TEXT, "11", "plain/1", blocks=blocks, card=card or Card())
    mention = Mention(span("Minister Ana"), "Ana Duarte", "person", "Velmara", "foreign", "Minister")
    when = When(span("A title"), span("A title"), "DATE", "2033", None, "2033", "publication", "year")
    problem = Problem("P-1", "D-1", "unknown", "low", "message", "resolution", (span("said"),))
    return Entry(doc, document, RUN, (), rows, (problem,), (mention,), (), (when,))


def files(entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    return jsonl.written(jsonl.gather(entries))


def exported(*entries: Entry) -> dict[str, list[dict[str, object]]]:
    found = dict(files(entries))
    return {name.removesuffix(".jsonl"): [json.loads(line) for line in data.decode().splitlines()]
            for name, data in found.items() if name.endswith(".jsonl")}  # fmt: skip


def test_every_kind_has_its_file_and_every_row_its_keys() -> None:
    found = exported(entry("a.txt", said(statement())))
    assert list(found) == [*jsonl.KINDS, *jsonl.BESIDE, "provenance"]
    for kind, keys in KEYS.items():
        assert set(keys.split()) <= found[kind][0].keys(), kind
    assert found["threads"] == []
    assert {row["what"]: row["value"] for row in found["provenance"]}["version"] == VERSION


def test_spans_are_code_points_and_letters_are_written_as_they_are() -> None:
    (row,) = exported(entry("a.txt", said(statement())))["statements"]
    start = TEXT.index("“no")
    assert row["content"] == [{"text": "“no — 𝔸”", "start": start, "end": start + 8}]
    data = dict(files([entry("a.txt", said(statement()))]))
    assert "“no — 𝔸”".encode() in data["statements.jsonl"]
    assert data["texts/a.txt.txt"] == TEXT.encode()


def test_a_card_is_a_row_with_null_for_what_is_unknown() -> None:
    (row,) = exported(entry())["documents"]
    unknown = ("kind", "title", "publisher", "author", "language", "translation", "published", "published_earliest", "published_latest")
    assert [row[key] for key in unknown] == [None] * len(unknown)
    assert row["furniture"] == [{"text": "Menu", "start": 0, "end": 4}]
    title = Field("T", "metadata", (MetaField("meta:title", "T"),))
    dated = Card(title=title, event_dates=(Field("2031-04", "stated"),), translation=Field("true", "stated"))
    (row,) = exported(entry(card=dated))["documents"]
    assert row["title"] == {"text": "T", "start": None, "end": None}
    assert (row["published"], row["published_earliest"], row["event_dates"], row["translation"]) == (None, "2031-04", ["2031-04"], True)
    (row,) = exported(entry(card=Card(title=Field("A title", "stated", (span("A title"),)))))["documents"]
    assert row["title"] == {"text": "A title", "start": 5, "end": 12}


@pytest.mark.parametrize(
    ("published", "event", "bounds"),
    [
        ("2031-04-12", "2031-04-11", ("2031-04-12", "2031-04-12")), (None, "2031-04-11", ("2031-04-11", None)), (None, None, (None, None)),
        ("2031-03/2031-05", None, ("2031-03", "2031-05")), ("../2031-05", None, (None, "2031-05")), ("2031/", None, ("2031", None)),
    ],
)  # fmt: skip
def test_bounds_of_publication(published: str | None, event: str | None, bounds: tuple[str | None, str | None]) -> None:
    events = (Field(event, "stated"),) if event else ()
    (row,) = exported(entry(card=Card(published=Field(published, "metadata"), event_dates=events)))["documents"]
    assert (row["published"], row["published_earliest"], row["published_latest"]) == (published, *bounds)


@pytest.mark.parametrize(
    ("corrections", "expected"),
    [
        ({}, {"speakers": ["Ana Duarte"], "speakers_external": ["Jonas Weidel"], "offices": {"Ana Duarte": "Minister (Velmara)"}}),
        ({"speakers": "Lise Ondaro; Ana Duarte"},
         {"speakers": ["Lise Ondaro", "Ana Duarte"], "speakers_external": [], "offices": {"Ana Duarte": "Minister (Velmara)"}}),
        ({"speakers": ""}, {"speakers": [], "offices": {}}),
        ({"parties": "Saoren"}, {"parties": ["Saoren"], "speakers": ["Ana Duarte"]}),
        ({"strength": "4", "act": "concern"}, {"strength": 4, "act": "concern"}),
        ({"strength": "", "certainty": None}, {"strength": None, "certainty": None}),
    ],
)  # fmt: skip
def test_what_people_corrected_replaces_what_the_machine_read(corrections: dict[str, str | None], expected: dict[str, object]) -> None:
    (row,) = exported(entry("a.txt", said(statement(), **corrections)))["statements"]
    assert {key: row[key] for key in expected} == expected


def test_rejected_rows_are_left_out_and_are_no_parents() -> None:
    rows = said(statement("S-1"), "rejected"), said(statement("S-2", "S-1")), said(statement("S-3", "S-2"), "accepted")
    found = exported(entry("a.txt", *rows))["statements"]
    assert [(row["id"], row["nested_in"]) for row in found] == [("S-2", None), ("S-3", "S-2")]


def test_documents_come_by_name_whatever_order_they_are_given_in() -> None:
    given = [entry(doc) for doc in ("b.txt", "a.txt", "sub/a.txt")]
    assert list(files(given)) == list(files(reversed(given)))
    assert [row["doc"] for row in exported(*given)["documents"]] == ["a.txt", "b.txt", "sub/a.txt"]


@pytest.mark.parametrize("doc", ["../a.txt", "/etc/a.txt", "x" * 252, "ü" * 126 + "/a.txt", ""])
def test_a_name_that_no_file_can_have_gives_way_to_the_id(doc: str) -> None:
    assert next(files([entry(doc)]))[0] == "texts/D-1.txt"
    assert exported(entry(doc))["documents"][0]["doc"] == doc


def test_an_office_in_a_mention_needs_title_and_state() -> None:
    (row,) = exported(entry())["mentions"]
    assert (row["names"], row["office"]) == (["Ana Duarte"], "Minister (Velmara)")
