from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from export_books import PAYLOADS, TEXTS, sampled, small
from hypothesis import given, settings

from reaffirm.export import webannotation
from reaffirm.export.book import sound
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]


def read(book: Book) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(webannotation.data(book))
    return found


def reanchored(text: bytes, selector: dict[str, Any]) -> list[tuple[int, int]]:
    """Where a selector leads in the bytes of a text, by code that knows only the recommendation: code points counted in UTF-32."""
    units = text.decode("utf-8").encode("utf-32-le")
    if selector["type"] == "TextPositionSelector":
        return [(selector["start"], selector["end"])]
    prefix, exact, suffix = (selector[key].encode("utf-32-le") for key in ("prefix", "exact", "suffix"))
    found, start = [], units.find(prefix + exact + suffix)
    while start >= 0:
        if start % 4 == 0:
            found.append(((start + len(prefix)) // 4, (start + len(prefix) + len(exact)) // 4))
        start = units.find(prefix + exact + suffix, start + 1)
    return found


def test_every_target_is_found_again_by_place_and_by_quotation(sample: Path) -> None:
    book = sampled(sample)
    texts = {f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}": text.encode() for text in book.texts.values()}
    count = 0
    for item in read(book)["first"]["items"]:
        for target in item["target"]:
            text = texts[target["source"]]
            places = [set(reanchored(text, selector)) for selector in target.get("selector", ())]
            for selector in target.get("selector", ()):
                count += selector["type"] == "TextQuoteSelector"
            if places:
                ((start, end),) = places[0]
                assert (start, end) in places[1]
                assert text.decode()[start:end] == target["selector"][1]["exact"]
    assert count > 500


def test_rows_and_attributes_are_equal(sample: Path) -> None:
    book = sampled(sample)
    found = read(book)
    rows = [item["row"] for item in found["first"]["items"]]
    assert rows == [json.loads(json.dumps(row)) for kind in webannotation.MOTIVATIONS for row in book.rows[kind]]
    assert found["documents"] == list(book.rows["documents"])
    assert found["total"] == len(rows)
    assert found["generator"]["name"] == f"Reaffirm {VERSION}"
    assert ["version", VERSION] in found["provenance"]


def test_an_annotation_is_as_the_recommendation_has_it(sample: Path) -> None:
    found = read(sampled(sample))
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert found["first"]["type"] == "AnnotationPage"
    items = found["first"]["items"]
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert item["type"] == "Annotation"
        assert item["motivation"] in {"classifying", "identifying", "questioning"}
        assert {body["purpose"] for body in item["body"]} <= {"classifying", "tagging"}
        assert item["target"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_lost(payload: str) -> None:
    book = small(payload)
    (item,) = [item for item in read(book)["first"]["items"] if item["row"].get("id") == "C-1"]
    place, quote = item["target"][0]["selector"]
    assert quote["exact"] == book.texts["a.txt"][place["start"] : place["end"]] == payload
    assert (place["start"], place["end"]) in reanchored(book.texts["a.txt"].encode(), quote)
    assert item["row"] == json.loads(json.dumps(book.rows["commitments"][0]))


@given(TEXTS)
@settings(deadline=None)  # whole exports, on machines under load
def test_any_text_is_found_again(text: str) -> None:
    for item in read(small(text))["first"]["items"]:
        for target in item["target"]:
            place, quote = target["selector"]
            assert (place["start"], place["end"]) in reanchored(small(text).texts["a.txt"].encode(), quote)


def test_halves_of_pairs_in_names_become_a_replacement() -> None:
    book = small("a")
    row = {**book.rows["problems"][0], "message": "bad \ud800 name", "evidence": []}
    found = read(sound(replace(book, rows={**book.rows, "problems": (row,)})))
    (item,) = [item for item in found["first"]["items"] if item["row"].get("id") == "P-1"]
    assert item["row"]["message"] == "bad \ufffd name"
    assert item["target"] == [{"source": "urn:sha256:" + "1" * 64, "doc": "a.txt"}]
