from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from store_builders import NOW, RUN, TEXT, Filled, arrival_of, judgement_of, observation_of, put, run_of

from reaffirm.errors import UsageError
from reaffirm.store import queries
from reaffirm.store.queries import Asked
from reaffirm.store.records import Coverage, Failure
from reaffirm.store.sqlite import SqliteStore, open_ledger


@pytest.fixture
def three(store: SqliteStore) -> SqliteStore:
    put(store)
    for text, published in (("The writer says peace. 2020", "2020"), ("Undated 50% words.", None)):
        observation = observation_of(text, published=published)
        store.record(observation, arrival_of(observation, f"{text[:3]}.txt"), text.encode(), RUN)
    return store


ALLIANCE, AGAIN, PEACE, UNDATED = (
    "the alliance is strong",
    "We will meet again within the year.",
    "The writer says peace. 2020",
    "Undated 50% words.",
)


@pytest.mark.parametrize(("asked", "quotes"), [
    ({}, [PEACE, UNDATED, ALLIANCE, AGAIN]),
    ({"limit": 1}, [PEACE]),
    ({"speaker": "toshimitsu MOTEGI"}, [AGAIN]),
    ({"speaker": "motegi"}, [AGAIN]),
    ({"speaker": "payne"}, [PEACE, UNDATED, ALLIANCE, AGAIN]),
    ({"speaker": "nobody"}, []),
    ({"speaker": "%"}, []),
    ({"party": "japan", "document": "a.txt"}, [ALLIANCE, AGAIN]),
    ({"document": "The.txt"}, [PEACE]),
    ({"cue": "Reaffirmed"}, [ALLIANCE]),
    ({"cue": "-"}, [PEACE, UNDATED]),
    ({"directness": "direct"}, []),
    ({"direct": True}, []),
    ({"act": "directive"}, []),
    ({"official": True}, []),
    ({"directness": "indirect", "text": "meet again"}, [AGAIN]),
    ({"text": '"is strong"'}, [ALLIANCE]),
    ({"text": "😀"}, []),
    ({"since": "2021"}, [ALLIANCE, AGAIN]),
    ({"until": "2020-06"}, [PEACE]),
    ({"since": "2021-03-16", "until": "2021-03-16"}, [ALLIANCE, AGAIN]),
    ({"since": "2021-03-17", "until": "2021-03-17"}, [ALLIANCE, AGAIN]),
    ({"since": "2021-03-18"}, []),
    ({"since": "2020-06-01", "until": "2021-03-15"}, [PEACE]),
    ({"speaker": None, "text": None, "limit": None, "rejected": False}, [PEACE, UNDATED, ALLIANCE, AGAIN]),
])  # fmt: skip
def test_said(three: SqliteStore, asked: Asked, quotes: list[str]) -> None:
    names = {PEACE: "The.txt", UNDATED: "Und.txt", ALLIANCE: "a.txt", AGAIN: "a.txt"}
    answer = queries.said(three, **asked)
    assert [(s.doc, s.quote) for s in answer] == [(names[quote], quote) for quote in quotes]


def test_said_shows_where_and_when(filled: Filled) -> None:
    first = queries.said(filled.store)[0]
    assert (first.genre, first.published, first.event_dates) == ("joint statement", "2021-03-17", ("2021-03-16",))
    assert (first.statement, first.voice) == (filled.observation.statements[0], filled.observation.voices[0])


def test_a_date_that_is_none_is_the_callers_fault(filled: Filled) -> None:
    with pytest.raises(UsageError, match="'tomorrow' is no date"):
        queries.said(filled.store, since="tomorrow")


def test_rejected_rows_are_hidden_unless_asked_for(filled: Filled) -> None:
    first, second = filled.rows
    filled.store.judge(judgement_of(first))
    assert [s.statement.id for s in queries.said(filled.store)] == [second]
    assert [s.verdict for s in queries.said(filled.store, rejected=True)] == ["rejected", None]
    filled.store.undo(first, "Ada", NOW, anyone=True)
    assert [s.verdict for s in queries.said(filled.store)] == [None, None]


def test_corrections_stand_beside_what_the_machine_read(filled: Filled) -> None:
    row = filled.rows[0]
    for value in ("Lloyd Austin", "Antony Blinken"):
        filled.store.judge(judgement_of(row, "corrected", value=value))
    said = queries.said(filled.store)[0]
    assert said.verdict == "corrected"
    assert [(c.field, c.value, c.judged) for c in said.corrections] == [("speakers", "Antony Blinken", "what was judged")]
    assert said.voice == filled.observation.voices[0]


def test_a_corrected_speaker_is_found_and_the_machines_is_not(filled: Filled) -> None:
    row = filled.rows[0]
    before = queries.said(filled.store)[0].voice
    assert before is not None
    filled.store.judge(judgement_of(row, "corrected", value="Ana Duarte; Jonas Weidel"))
    assert [s.statement.id for s in queries.said(filled.store, speaker="duarte")] == [row]
    assert row not in [s.statement.id for s in queries.said(filled.store, speaker=before.speakers[0])]
    filled.store.undo(row, "Ada", NOW, anyone=True)
    assert queries.said(filled.store, speaker="duarte") == []
    assert row in [s.statement.id for s in queries.said(filled.store, speaker=before.speakers[0])]


def test_status_counts(three: SqliteStore) -> None:
    three.fail("bad.pdf", None, "encrypted", NOW)
    status = queries.status(three)
    assert (status.documents, status.statements, status.judgements, status.orphans, status.readings) == (3, 4, 0, 0, 0)
    assert status.bytes == len(TEXT) + 27 + 18
    assert status.problems == (("undated", 2),)
    assert status.runs == ((RUN, 3),)
    assert status.failures == (Failure("bad.pdf", None, "encrypted", NOW),)
    assert status.coverage == (
        Coverage("genre", 3, 3), Coverage("title", 3, 3), Coverage("publisher", 0, 3), Coverage("published", 2, 3),
        Coverage("any date", 2, 3), Coverage("language", 0, 3), Coverage("speaker", 4, 4),
    )  # fmt: skip


def test_an_empty_ledger_answers_every_question(store: SqliteStore) -> None:
    assert queries.status(store).documents == 0
    answers = (
        queries.documents(store),
        queries.said(store),
        queries.search(store, "x"),
        queries.everything(store),
        queries.judgements(store),
    )
    assert [list(answer) for answer in answers] == [[], [], [], [], []]


def test_documents_are_listed_by_name(three: SqliteStore) -> None:
    assert [(d.doc, d.statements, d.problems, d.event_dates) for d in queries.documents(three)] == [
        ("The.txt", 1, 0, ()), ("Und.txt", 1, 0, ()), ("a.txt", 2, 2, ("2021-03-16",)),
    ]  # fmt: skip


def test_a_document_is_found_by_name_id_hash_or_the_beginning_of_its_id(filled: Filled) -> None:
    document = filled.observation.document
    put(filled.store, name="z/b.txt")
    for name in ("a.txt", "z/b.txt", document.id, document.id[:8], document.id.lower(), document.sha256):
        assert queries.document(filled.store, name) == document


def test_a_name_of_several_documents_is_no_name(filled: Filled) -> None:
    put(filled.store, "Other.", "b.txt")
    put(filled.store, name="b.txt")
    with pytest.raises(UsageError, match=r"name of 2 documents: D-.*, D-.*; use the id"):
        queries.document_id(filled.store, "b.txt")


@pytest.mark.parametrize("prefix", ["", "x", "S-zz", "%", "é", "D-\x00", "S-~"])
def test_what_is_not_there_is_not_found(filled: Filled, prefix: str) -> None:
    with pytest.raises(UsageError, match="nothing in the ledger is called"):
        queries.resolve_row(filled.store, prefix)


def test_a_unique_beginning_is_enough(filled: Filled) -> None:
    for row in filled.rows:
        assert queries.resolve_row(filled.store, row[:6].lower()) == row
    with pytest.raises(UsageError, match=f"2 rows begin with S-: {min(filled.rows)}, {max(filled.rows)}; give more"):
        queries.resolve_row(filled.store, "S-")


def test_unknown_bytes(filled: Filled) -> None:
    with pytest.raises(UsageError, match="no bytes"):
        queries.raw(filled.store, "0")


def test_everything_comes_in_the_order_of_names_and_places(three: SqliteStore) -> None:
    entries = list(queries.everything(three))
    assert [entry.doc for entry in entries] == ["The.txt", "Und.txt", "a.txt"]
    assert [s.quote for s in entries[2].statements] == [ALLIANCE, AGAIN]
    assert [p.evidence == () for p in entries[2].problems] == [True, False]
    assert [m.name for m in entries[2].mentions] == ["Toshimitsu Motegi"]
    assert [(a.name, a.origin) for a in entries[2].acquisitions] == [("a.txt", "/in")]
    assert entries[2].run == RUN


def test_reading_may_be_broken_off(three: SqliteStore) -> None:
    def first(entries: Iterator[object]) -> object:
        return next(entries)

    first(queries.everything(three))
    put(three, "Fourth.", "4.txt")
    assert queries.status(three).documents == 4


def test_many_documents_and_runs(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db", create=True) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        for number in range(60):
            observation = observation_of(f"Document {number} speaks.")
            later = replace(observation, problems=())
            store.record(later, arrival_of(observation, f"{number:03}.txt"), observation.document.text.encode(), run_of(number % 3))
        assert [n for _, n in queries.status(store).runs] == [20, 20, 20]
        assert len(queries.said(store, text="speaks")) == 60
        assert [hit.doc for hit in queries.search(store, "document 7")] == ["007.txt"]
        assert len(queries.search(store, "speaks", limit=5)) == 5
        assert [hit.doc for hit in queries.search(store, "speaks", document="008.txt")] == ["008.txt"]
