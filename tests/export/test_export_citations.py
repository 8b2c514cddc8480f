from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from export_books import PAYLOADS, sampled, small

from reaffirm.export import csl, ris
from reaffirm.export.citations import TYPES, parts
from reaffirm.export.escapes import legible
from reaffirm.model import Genre
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["samples"]


def test_every_genre_has_types_that_the_formats_know() -> None:
    assert set(TYPES) == set(get_args(Genre))
    assert {kind for kind, _ in TYPES.values()} <= set(rispy.TYPE_OF_REFERENCE_MAPPING)


@pytest.mark.parametrize(
    ("date", "numbers"),
    [("2031-04-12", [[2031, 4, 12]]), ("2031", [[2031]]), ("2031-03/2031-05", [[2031, 3], [2031, 5]]), ("2031/..", []), ("2031~", []),
     ("2031-21", []), ("2031-XX", []), (None, [])],
)  # fmt: skip
def test_dates_are_numbers_as_far_as_they_are_known(date: str | None, numbers: list[list[int]]) -> None:
    assert parts(date) == numbers


def test_ris_read_by_another_library_has_every_document_and_attribute(sample: Path) -> None:
    documents = sampled(sample).rows["documents"]
    found = rispy.loads(ris.data(sampled(sample)).decode())
    assert [json.loads(entry["notes"][0]) for entry in found] == list(documents)
    for entry, row in zip(found, documents, strict=True):
        assert entry["id"] == row["id"]
        assert entry["title"] == legible(row["title"]["text"])
        assert entry.get("publisher") == row["publisher"]
        assert entry.get("year") == (row["published"] or "")[:4] or (entry.get("year") is None and row["published"] is None)
        assert entry["name_of_database"] == f"Reaffirm {VERSION}"


def test_csl_read_by_another_library_has_every_document_and_attribute(sample: Path) -> None:
    documents = sampled(sample).rows["documents"]
    items = json.loads(csl.data(sampled(sample)))
    assert [item["custom"] for item in items] == list(documents)
    unknown = {"custom", "event-title"}  # to this library, which speaks an older version
    read = CiteProcJSON([{key: value for key, value in item.items() if key not in unknown} for item in items])
    assert list(read) == [row["id"].lower() for row in documents]
    for row in documents:
        reference = read[row["id"].lower()]
        assert str(reference["title"]) == legible(row["title"]["text"])
        if parts(row["published"]):
            assert reference["issued"].year == int(row["published"][:4])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_ends_a_record_and_none_is_lost(payload: str) -> None:
    expected = json.loads(json.dumps(small(payload).rows["documents"][0]))
    (entry,) = rispy.loads(ris.data(small(payload)).decode())
    assert json.loads(entry["notes"][0]) == expected
    assert entry["title"] == (legible(payload).strip() or "a.txt")
    (item,) = json.loads(csl.data(small(payload)))
    assert item["custom"] == expected
    assert item["title"] == (legible(payload) or "a.txt")
