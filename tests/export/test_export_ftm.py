from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from export_books import PAYLOADS, sampled, small

from reaffirm.export import ftm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]
# Of the library's model 4.11.2 (MIT): what each schema that is used is, its properties with their types and ranges, and what it must have.
SCHEMATA = json.loads((Path(__file__).parent / "ftm_schema.json").read_text(encoding="utf-8"))
TYPES = {
    "date": re.compile(r"\d{4}(-\d{2}(-\d{2})?)?"), "language": re.compile("[a-z]{3}"), "entity": re.compile("reaffirm-[0-9a-f-]{36}"),
    "url": re.compile(r"https?://\S+"), "name": re.compile(".*\\S.*", re.DOTALL),
}  # fmt: skip


def entities(book: Book) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ftm.data(book).splitlines()]


def wrong(entity: dict[str, Any]) -> Iterator[str]:
    """What the schemata do not allow in an entity."""
    schema = SCHEMATA[entity["schema"]]
    yield from (f"{name} is missing" for name in schema["required"] if name not in entity["properties"])
    for name, values in entity["properties"].items():
        if name not in schema["properties"]:
            yield f"{name} is unknown"
            continue
        pattern = TYPES.get(schema["properties"][name][0], re.compile(".+", re.DOTALL))
        yield from (f"{name}: {value!r}" for value in values if not isinstance(value, str) or not pattern.fullmatch(value))


def test_every_entity_is_as_its_schema_wants(sample: Path) -> None:
    found = entities(sampled(sample))
    assert [fault for entity in found for fault in wrong(entity)] == []
    assert [*wrong({**found[0], "properties": {"entity": ["none"], "amount": ["1"]}})] != []


def test_the_library_takes_every_entity_and_every_value(sample: Path) -> None:
    reason = "needs a compiler and ICU to be installed, so it is no part of the tools of development"
    model = pytest.importorskip("followthemoney", reason=reason).model
    for entity in entities(sampled(sample)):
        proxy = model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(entity)
        known = proxy.schema.properties
        assert {name: [known[name].type.name] for name in entity["properties"]} == {
            name: SCHEMATA[entity["schema"]]["properties"][name][:1] for name in entity["properties"]
        }
        for name, values in entity["properties"].items():
            assert [value for value in values if not known[name].type.validate(value)] == [], (entity["schema"], name)
        assert {name: set(proxy.get(name)) for name in proxy.properties} == {
            name: {known[name].type.clean(value) for value in values} for name, values in entity["properties"].items()
        }


def test_references_lead_to_entities_of_the_export(sample: Path) -> None:
    found = entities(sampled(sample))
    known = {entity["id"]: entity["schema"] for entity in found}
    assert len(known) == len(found)
    for entity in found:
        types = SCHEMATA[entity["schema"]]["properties"]
        for name, values in entity["properties"].items():
            if types[name][0] == "entity":
                assert all(types[name][1] in SCHEMATA[known[value]]["is"] for value in values), (entity["schema"], name)


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
        assert [*wrong(entity)] == []
