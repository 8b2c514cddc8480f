from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from export_books import PAYLOADS, sampled, small

from reaffirm import packs
from reaffirm.errors import PackError, UsageError
from reaffirm.export import plover
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]
PACKS = packs.load()
# The event types of the ontology, so that the pack invents none.
CODES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION",
    "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def events(book: Book) -> list[dict[str, Any]]:
    return [json.loads(line) for line in plover.data(replace(book, packs=PACKS)).splitlines()]


def test_the_pack_names_event_types_and_keys_that_there_are(sample: Path) -> None:
    assert {rule.code for rule in PACKS.plover} <= CODES
    for rule in PACKS.plover:
        rows = sampled(sample).rows[f"{rule.row}s"]
        assert rule.when
        assert all(condition.partition("=")[0] in rows[0] for condition in rule.when)


def test_events_lie_on_the_words_of_their_rows(sample: Path) -> None:
    book = sampled(sample)
    found = events(book)
    assert {event["event_type"] for event in found} >= {"CONSULT", "AGREE", "REQUEST"}
    for event in found:
        assert event["words"]
        assert event["source"] == f"Reaffirm {VERSION}"
        for place in event["words"]:
            assert book.texts[place["doc"]][place["start"] : place["end"]] == place["text"]
    assert len({event["id"] for event in found}) == len(found)
    rows = {row["id"]: row for kind in ("meetings", "statements", "commitments", "demands") for row in book.rows[kind]}
    assert all(event["row"] == rows[event["row"]["id"]] for event in found)


def test_a_statement_that_is_read_otherwise_is_one_event(sample: Path) -> None:
    found = events(sampled(sample))
    read = {event["row"]["statement"] for event in found if event["noun"] in {"commitment", "demand"}}
    assert not [event for event in found if event["noun"] == "statement" and event["row"]["id"] in read]


def test_who_acts_on_whom_and_when() -> None:
    found = {event["noun"]: event for event in events(small("Saoren"))}
    assert (found["commitment"]["event_type"], found["commitment"]["mutual"]) == ("AGREE", True)
    assert [actor["name"] for actor in found["commitment"]["recipient"]] == ["Saoren", "Velmara"]
    assert (found["demand"]["event_type"], found["demand"]["date"]) == ("REQUEST", "2031-04-12")
    assert found["demand"]["recipient"] == [{"name": "Saoren", "kind": "person", "state": "Saoren"}]
    assert [found["meeting"][key] for key in ("event_type", "event_mode", "date", "date_first", "date_last")] == [
        "AGREE", "meet", None, "2031-05-01", "2031-05-03",
    ]  # fmt: skip
    assert "statement" not in found


def test_another_pack_gives_other_events(tmp_path: Path) -> None:
    folder = tmp_path / "plover"
    folder.mkdir()
    (folder / "plover.yaml").write_text("- {id: demand, row: demand, when: [strength=1], code: REQUEST, source: own}\n")
    book = replace(small("x"), packs=packs.load(tmp_path))
    assert "demand" not in {json.loads(line)["noun"] for line in plover.data(book).splitlines()}


@pytest.mark.parametrize("entry", ["{id: a, row: treaty, when: [a=b], code: AID}", "{id: a, row: demand, when: [class], code: AID}"])
def test_an_entry_that_breaks_the_schema_is_refused(tmp_path: Path, entry: str) -> None:
    (tmp_path / "plover").mkdir()
    (tmp_path / "plover/plover.yaml").write_text(f"- {entry}\n")
    with pytest.raises(PackError, match=r"docs/packs\.md"):
        packs.load(tmp_path)


def test_without_packs_it_is_said_what_is_missing() -> None:
    with pytest.raises(UsageError, match=r"plover\.yaml"):
        plover.data(small("x"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_lost_when_another_library_reads_it(payload: str, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(plover.data(replace(small(payload), packs=PACKS)))
    columns = "{event_type: 'VARCHAR', words: 'STRUCT(text VARCHAR)[]', row: 'STRUCT(id VARCHAR)'}"
    asked = f"SELECT event_type, words[1].text, \"row\".id FROM read_json(?, format='newline_delimited', columns={columns}) ORDER BY 3"
    found = duckdb.connect().execute(asked, [str(path)]).fetchall()
    assert found == [("AGREE", payload, "C-1"), ("AGREE", payload, "M-1"), ("REQUEST", payload, "N-1")]
    assert [event["row"]["id"] for event in events(small(payload))] == ["M-1", "C-1", "N-1"]
