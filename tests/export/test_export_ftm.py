from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from export_books import PAYLOADS, sampled, small
from followthemoney import model

from reaffirm.export import ftm

if TYPE_CHECKING:
    from pathlib import Path

    from followthemoney.schema import Schema

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]


def entities(book: Book) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ftm.data(book).splitlines()]


def schema(name: str) -> Schema:
    found = model.get(name)
    assert found is not None
    return found


def test_the_library_takes_every_entity_and_every_value(sample: Path) -> None:
    for entity in entities(sampled(sample)):
        proxy = model.get_proxy(entity, cleaned=False)
        schema(entity["schema"]).validate(entity)  # type: ignore[arg-type]
        for name, values in entity["properties"].items():
            kind = proxy.schema.properties[name].type
            assert [value for value in values if not kind.validate(value)] == [], (entity["schema"], name)
        assert {name: set(proxy.get(name)) for name in proxy.properties} == {
            name: {proxy.schema.properties[name].type.clean(v) for v in values} for name, values in entity["properties"].items()
        }


def test_references_lead_to_entities_of_the_export(sample: Path) -> None:
    found = entities(sampled(sample))
    known = {entity["id"]: entity["schema"] for entity in found}
    assert len(known) == len(found)
    for entity in found:
        properties = schema(entity["schema"]).properties
        for name, values in entity["properties"].items():
            if properties[name].type.name == "entity":
                wanted = properties[name].range
                assert wanted is not None
                assert all(schema(known[value]).is_a(wanted) for value in values), (entity["schema"], name)


def test_rows_and_attributes_are_equal(sample: Path) -> None:
    book = sampled(sample)
    held: dict[str, list[Any]] = {}
    for entity in entities(book):
        if entity["properties"].get("notes"):
            held.setdefault(entity["schema"], []).append(json.loads(entity["properties"]["notes"][0]))
    for schema, kinds in {"Document": ["documents"], "Event": ["meetings"], "Note": ["statements", "commitments", "demands"]}.items():
        expected = [row for kind in kinds for row in book.rows[kind]]
        assert sorted(held[schema], key=lambda row: row["id"]) == sorted(expected, key=lambda row: row["id"])
    persons = {row["name"] for row in book.rows["actors"] if row["kind"] == "person"}
    assert {row["name"] for row in held["Person"]} == persons != set()


def test_an_office_is_held_on_the_day_of_the_document(sample: Path) -> None:
    found = {entity["id"]: entity for entity in entities(sampled(sample))}
    names = {key: entity["properties"].get("name", [""])[0] for key, entity in found.items()}
    held = [
        (names[about["holder"][0]], names[about["post"][0]], about.get("date"))
        for about in (e["properties"] for e in found.values() if e["schema"] == "Occupancy")
    ]
    assert ("Elna Marsten", "Foreign Secretary (Velmara)", ["2031-04-12"]) in held


def test_what_nothing_resolves_is_no_entity() -> None:
    book = small("x")
    assert {e["schema"] for e in entities(book)} == {"Person", "PublicBody", "Document", "Event", "Position", "Occupancy", "Note"}
    rows = {**book.rows, "actors": ()}
    assert {e["schema"] for e in entities(type(book)(rows, book.texts))} == {"Document", "Event", "Note"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_lost(payload: str) -> None:
    book = small(payload)
    found = entities(book)
    note = next(e for e in found if e["schema"] == "Note" and json.loads(e["properties"]["notes"][0])["id"] == "C-1")
    assert json.loads(note["properties"]["notes"][0]) == json.loads(json.dumps(book.rows["commitments"][0]))
    assert next(e for e in found if e["schema"] == "Document")["properties"]["bodyText"] == [book.texts["a.txt"]]
    for entity in found:
        schema(entity["schema"]).validate(entity)  # type: ignore[arg-type]
