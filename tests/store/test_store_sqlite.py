from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_builders import (
    NOW,
    RUN,
    RUN2,
    TEXT,
    Filled,
    arrival_of,
    contents,
    judgement_of,
    observation_of,
    put,
    statement_of,
    voice_of,
)

from reaffirm.errors import ProofError, UsageError
from reaffirm.model import Acquisition, Field, MetaField
from reaffirm.readings import Derivation, Observation
from reaffirm.store import queries
from reaffirm.store.explaining import explain
from reaffirm.store.sqlite import SqliteStore, open_ledger
from reaffirm.store.verify import verify
from reaffirm.text import sha256

if TYPE_CHECKING:
    from reaffirm.store.protocol import Store

DATA = TEXT.encode()


def test_the_store_keeps_the_protocol(store: SqliteStore) -> None:
    kept: Store = store
    assert kept.orphans() == []


# Recording


def test_recording_is_idempotent(store: SqliteStore) -> None:
    observation = observation_of()
    assert store.record(observation, arrival_of(observation), DATA, RUN) == "new"
    before = contents(store)
    assert store.record(observation, arrival_of(observation), DATA, RUN) == "known"
    assert contents(store) == before


@pytest.mark.parametrize(("name", "origin", "run", "arrival"), [
    ("a.txt", "/in", RUN, "known"),
    ("b.txt", "/in", RUN, "again"),
    ("a.txt", "/elsewhere", RUN, "again"),
    ("a.txt", "/in", RUN2, "again"),
])  # fmt: skip
def test_known_bytes_come_again(filled: Filled, name: str, origin: str, run: object, arrival: str) -> None:
    observation = filled.observation
    assert filled.store.record(observation, arrival_of(observation, name, origin), DATA, run) == arrival  # type: ignore[arg-type]
    assert verify(filled.store) == []


def test_what_was_recorded_comes_back_as_it_was(filled: Filled) -> None:
    (entry,) = queries.everything(filled.store)
    observation = filled.observation
    read = Observation(
        entry.document,
        tuple(s.statement for s in entry.statements),
        entry.mentions,
        tuple(s.voice for s in entry.statements if s.voice),
        entry.actors,
        entry.problems,
        times=entry.times,
    )
    assert read == replace(observation, actors=tuple(sorted(observation.actors)))
    assert queries.raw(filled.store, observation.document.sha256) == DATA


def test_the_role_of_a_span_is_its_place(store: SqliteStore) -> None:
    observation = observation_of()
    plain = tuple(replace(s, content=tuple(replace(c, role="evidence") for c in s.content)) for s in observation.statements)
    store.record(replace(observation, statements=plain), arrival_of(observation), DATA, RUN)
    assert [s.statement for s in queries.said(store)] == list(observation.statements)
    assert verify(store) == []


def test_another_run_may_read_the_same_words_otherwise(filled: Filled) -> None:
    observation = filled.observation
    first, second = observation.statements
    later = replace(observation, statements=(replace(first, directness="direct", source=None),), voices=(observation.voices[0],))
    assert filled.store.record(later, arrival_of(observation), DATA, RUN2) == "again"
    assert [s.statement for s in queries.said(filled.store)] == list(later.statements)
    assert explain(filled.store, first.id).otherwise == (first,)
    assert explain(filled.store, second.id).listed is False
    assert verify(filled.store) == []


def test_the_run_that_read_last_is_current(filled: Filled) -> None:
    observation, store = filled.observation, filled.store
    later = replace(observation, statements=observation.statements[:1], voices=observation.voices[:1])
    store.record(later, arrival_of(observation), DATA, RUN2)
    assert [store.known(observation.document.sha256, run.id) for run in (RUN, RUN2)] == [None, observation.document.id]
    assert store.record(observation, arrival_of(observation), DATA, RUN) == "again"
    assert len(queries.said(store)) == 2
    assert queries.status(store).readings == 1
    assert verify(store) == []


def test_equal_runs_read_alike(filled: Filled) -> None:
    observation = filled.observation
    with pytest.raises(ProofError, match="run R-1 was recorded with other ingredients"):
        put(filled.store, "Other.", "b.txt", replace(RUN, code="other"))
    filled.store.record(observation, arrival_of(observation), DATA, RUN2)
    fewer = replace(observation, statements=observation.statements[:1], voices=observation.voices[:1])
    with pytest.raises(ProofError, match="equal runs must read alike"):
        filled.store.record(fewer, arrival_of(observation), DATA, RUN)
    assert len(queries.said(filled.store)) == 2
    assert verify(filled.store) == []


def test_a_new_reading_of_the_same_bytes_replaces_the_listed_one(store: SqliteStore) -> None:
    older = observation_of("Old reading.\n\nprint", data=b"bytes")
    newer = observation_of("New reading.\n\nprint", data=b"bytes")
    assert store.record(older, arrival_of(older, "z.html"), b"bytes", RUN) == "new"
    assert store.record(newer, arrival_of(newer, "b.html"), b"bytes", RUN2) == "again"
    assert [(d.id, d.doc) for d in queries.documents(store)] == [(newer.document.id, "b.html")]
    assert [s.quote for s in queries.said(store)] == ["New reading."]
    assert queries.search(store, "old") == []
    assert queries.document(store, older.document.id) == older.document
    assert explain(store, older.statements[0].id).listed is False
    assert verify(store) == []


def test_furniture_follows_the_run(filled: Filled) -> None:
    document = filled.observation.document
    blocks = tuple(replace(block, kind="paragraph", parts=((block.start, block.end),)) for block in document.blocks)
    later = replace(filled.observation, document=replace(document, blocks=blocks))
    assert queries.search(filled.store, "PRINT") == []
    filled.store.record(later, arrival_of(later), DATA, RUN2)
    assert [hit.text for hit in queries.search(filled.store, "PRINT")] == ["print PRINT"]
    assert verify(filled.store) == []


def test_an_empty_document_is_a_document(store: SqliteStore) -> None:
    assert put(store, "").statements == ()
    assert [(d.doc, d.statements, d.title) for d in queries.documents(store)] == [("a.txt", 0, None)]
    assert verify(store) == []


def test_odd_characters_survive(store: SqliteStore) -> None:
    text = "NUL \x00 and \ufeff BOM, \r\n 日本語 😀 e\u0301 \ue0f0\ue0f1 marks"
    observation = put(store, text, "caf\udce9/\x01.txt")
    (entry,) = queries.everything(store)
    assert entry.document == observation.document
    assert entry.doc == "caf\\udce9/\x01.txt"
    assert verify(store) == []


# Arrivals and failures


def test_what_a_table_said_is_remembered(store: SqliteStore) -> None:
    observation = observation_of()
    told = replace(observation.document, metadata=(MetaField("table:published", "2021"), MetaField("meta:og", "x")))
    store.record(replace(observation, document=told), arrival_of(observation), DATA, RUN)
    assert store.given(told.sha256) == (MetaField("table:published", "2021"),)
    assert store.given("0") == ()


def test_known_bytes_are_acquired_without_reading_them(filled: Filled) -> None:
    document = filled.store.known(filled.observation.document.sha256, RUN.id)
    assert document == filled.observation.document.id
    arrivals = [filled.store.acquire(Acquisition(document, name, "/in", NOW)) for name in ("a.txt", "0.txt", "0.txt")]
    assert arrivals == ["known", "again", "known"]
    assert [d.doc for d in queries.documents(filled.store)] == ["0.txt"]
    assert verify(filled.store) == []


def test_unknown_documents_cannot_be_acquired(store: SqliteStore) -> None:
    with pytest.raises(UsageError, match="no document D-1"):
        store.acquire(Acquisition("D-1", "a", "b", NOW))


@pytest.mark.parametrize("order", [["x/a.txt", "y/a.txt", "a.txt"], ["a.txt", "y/a.txt", "x/a.txt"]])
def test_a_document_goes_by_its_smallest_name(store: SqliteStore, order: list[str]) -> None:
    for name in order:
        put(store, name=name)
    assert [d.doc for d in queries.documents(store)] == ["a.txt"]


@pytest.mark.parametrize("order", [["One.", "Two.", "Three."], ["Three.", "Two.", "One."]])
def test_documents_that_share_a_name_are_told_apart_whatever_came_first(store: SqliteStore, order: list[str]) -> None:
    for text in order:
        put(store, text, "c.txt" if text == "Three." else "a.txt")
    assert {d.title: d.doc for d in queries.documents(store)} == {
        "One.": f"a.txt~{sha256(b'One.')[:8]}", "Two.": f"a.txt~{sha256(b'Two.')[:8]}", "Three.": "c.txt",
    }  # fmt: skip
    put(store, "One.", "0.txt")
    assert [d.doc for d in queries.documents(store)] == ["0.txt", "a.txt", "c.txt"]
    assert verify(store) == []


def test_failures_are_kept_until_the_file_is_read(store: SqliteStore) -> None:
    store.fail("a.txt", None, "cannot be read", NOW)
    store.fail("b\udce9.pdf", "0" * 64, "encrypted", NOW)
    store.fail("b\udce9.pdf", "0" * 64, "encrypted", "later")
    assert [(f.name, f.reason, f.at) for f in queries.failures(store)] == [
        ("a.txt", "cannot be read", NOW), ("b\\udce9.pdf", "encrypted", "later"),
    ]  # fmt: skip
    put(store)
    assert [f.name for f in queries.status(store).failures] == ["b\\udce9.pdf"]
    store.fail("a.txt", None, "cannot be read", NOW)
    assert len(queries.failures(store)) == 2
    assert verify(store) == []


# The derived layer


def test_voices_and_card_can_be_derived_anew(filled: Filled) -> None:
    document, (first, second) = filled.observation.document, filled.observation.statements
    card = replace(document.card, published=Field("1999", "judged"))
    filled.store.derive(document.id, Derivation((voice_of(first, "Antony Blinken", "United States"),), card))
    assert [s.statement.id for s in queries.said(filled.store, party="United States")] == [first.id]
    assert [s.statement.id for s in queries.said(filled.store, speaker="motegi")] == [second.id]
    assert [d.published for d in queries.documents(filled.store)] == ["1999"]
    assert verify(filled.store) == []


def test_only_a_documents_own_statements_have_its_voices(filled: Filled) -> None:
    other = put(filled.store, "Other.", "b.txt")
    for document, rows in ((filled.observation.document.id, other.statements), ("D-0", ())):
        with pytest.raises(UsageError, match="is no statement of"):
            filled.store.derive(document, Derivation(tuple(voice_of(row, "x") for row in rows)))


# Judgements


def test_judgements_are_kept_and_undone_in_turn(filled: Filled) -> None:
    row, store = filled.rows[0], filled.store
    no, yes = judgement_of(row), judgement_of(row, "accepted", who="Bo")
    for judgement in (no, no, yes):
        store.judge(judgement)
    assert store.judgements(row) == [no, yes]
    assert store.undo(row, "Cy", "later", anyone=True) == replace(yes, undone=True)
    assert store.judgements(row) == [no, replace(yes, undone=True)]
    store.judge(yes)
    assert store.judgements(row) == [no, replace(yes, undone=True), yes]
    store.undo(row, "Cy", "later", anyone=True)
    store.undo(row, "Cy", "later", anyone=True)
    with pytest.raises(UsageError, match="nothing to undo"):
        store.undo(row, "Cy", "later", anyone=True)
    assert queries.judgements(store) == []
    assert [(j.judgement.who, j.undone_by) for j in explain(store, row).judgements] == [("Ada", "Cy"), ("Bo", "Cy"), ("Bo", "Cy")]
    assert verify(store) == []


@pytest.mark.parametrize("kind", ["statement", "problem", "document"])
def test_every_kind_of_row_can_be_judged(filled: Filled, kind: str) -> None:
    observation = filled.observation
    rows = {"statement": filled.rows[0], "problem": observation.problems[0].id, "document": observation.document.id}
    filled.store.judge(judgement_of(rows[kind], "accepted"))
    assert [j.row for j in queries.judgements(filled.store)] == [rows[kind]]
    assert filled.store.orphans() == []
    assert verify(filled.store) == []


def test_an_unknown_row_cannot_be_judged(filled: Filled) -> None:
    with pytest.raises(UsageError, match="no row S-0"):
        filled.store.judge(judgement_of("S-0"))


def test_a_judgement_whose_row_is_gone_is_an_orphan_until_the_row_is_back(filled: Filled) -> None:
    observation, store = filled.observation, filled.store
    kept, gone = (judgement_of(row) for row in filled.rows)
    store.judge(kept)
    store.judge(gone)
    later = replace(observation, statements=observation.statements[:1], voices=observation.voices[:1])
    store.record(later, arrival_of(observation), DATA, RUN2)
    assert store.orphans() == [gone]
    assert store.judgements(gone.row) == [gone]
    store.record(observation, arrival_of(observation), DATA, RUN)
    assert store.orphans() == []


def test_order_of_arrival_leaves_no_trace_in_what_is_exported(tmp_path: Path) -> None:
    texts = [("One.", "b"), ("Two.", "a"), (TEXT, "a"), ("Two.", "c")]
    exports = []
    for number, order in enumerate((texts, texts[::-1])):
        with open_ledger(tmp_path / str(number), create=True) as store:
            for text, name in order:
                put(store, text, name)
            exports.append(list(queries.everything(store)))
    assert exports[0] == exports[1]


def test_statements_may_be_nested(store: SqliteStore) -> None:
    observation = observation_of()
    inner = replace(statement_of(observation.document, "is strong"), nested_in=observation.statements[0].id)
    nested = replace(observation, statements=(*observation.statements, inner))
    store.record(nested, arrival_of(observation), DATA, RUN)
    assert [s.statement.nested_in for s in queries.said(store)] == [None, observation.statements[0].id, None]
    assert verify(store) == []
