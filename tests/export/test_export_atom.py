from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from export_books import PAYLOADS, TEXTS, sampled, small
from hypothesis import given, settings
from lxml import etree

from reaffirm.export import atom
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]
KINDS = {"document": "documents", "meeting": "meetings", "commitment": "commitments"}


def read(book: Book) -> Any:  # noqa: ANN401 - the library ships no types
    found = feedparser.parse(atom.data(book))
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_entries_and_attributes_are_equal_when_another_library_reads_them(sample: Path) -> None:
    book = sampled(sample)
    found = read(book)
    assert found.version == "atom10"
    assert found.feed.generator == f"Reaffirm {VERSION}"
    rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for entry in found.entries:
        rows[entry.tags[0].term].append(json.loads(entry.reaffirm_row))
    for kind, told in KINDS.items():
        assert sorted(rows[kind], key=lambda r: r["id"]) == sorted(book.rows[told], key=lambda r: r["id"])
    assert len({entry.id for entry in found.entries}) == len(found.entries)


def test_the_newest_comes_first_and_what_has_no_date_last(sample: Path) -> None:
    found = read(sampled(sample))
    times = [entry.updated for entry in found.entries]
    assert times == sorted(times, reverse=True)
    assert found.feed.updated == times[0] == "2034-01-24T00:00:00Z"
    undated = [entry for entry in found.entries if "undated" in {tag.term for tag in entry.tags}]
    assert {entry.updated for entry in undated} <= {"1970-01-01T00:00:00Z"}
    assert {json.loads(e.reaffirm_row)["id"] for e in found.entries if e.updated.startswith("1970")} == {
        json.loads(e.reaffirm_row)["id"] for e in undated
    }


def test_a_meeting_that_was_held_stands_on_its_last_day() -> None:
    book = small("x")
    held = {**book.rows["meetings"][0], "status": "held"}
    rows = {**book.rows, "meetings": (held,)}
    entry = next(e for e in read(type(book)(rows, book.texts)).entries if e.tags[0].term == "meeting")
    assert entry.updated == "2031-05-03T00:00:00Z"


def test_an_empty_ledger_is_a_feed() -> None:
    book = small("x")
    assert read(type(book)(dict.fromkeys(book.rows, ()), {})).feed.updated == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_runs_and_none_is_lost(payload: str) -> None:
    root = etree.fromstring(atom.data(small(payload)))
    held = [json.loads(element.text) for element in root.iter("{urn:x-reaffirm:}row")]
    assert {row["id"] for row in held} == {"D-1", "M-1", "C-1"}
    assert next(row for row in held if row["id"] == "C-1") == json.loads(json.dumps(small(payload).rows["commitments"][0]))
    assert {element.get("type") for element in root.iter("{*}content")} == {"text"}
    assert len(list(root.iter("{*}entry"))) == 3


@given(TEXTS)
@settings(deadline=None)  # whole exports, on machines under load
def test_any_text_is_well_formed(text: str) -> None:
    assert len(list(etree.fromstring(atom.data(small(text))).iter("{*}entry"))) == 3
