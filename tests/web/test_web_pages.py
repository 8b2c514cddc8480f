"""Every page and its JSON: one question, two answers, an address that stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from reaffirm.web.page import PAGES, Page, page
from reaffirm.web.schema import value

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

pytest_plugins = ["samples", "web_client"]
Ask = "Callable[[str], Any]"
KINDS: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None), "array": list, "object": dict,
}  # fmt: skip
SIMPLE = [
    "/", "/documents", "/said", "/said?speaker=Elna+Marsten&act=commissive", "/search", "/search?q=cables", "/about", "/threads", "/ingest",
    "/threads?status=delayed", "/redline", "/redline?a=03-2032-02-joint-statement.txt&b=07-2033-03-joint-statement.txt", "/chain",
    "/chain?issue=export-controls&forum=straits-security-dialogue", "/new/07-2033-03-joint-statement.txt",
    "/audit/12-2034-01-ostrel-courier-editorial.txt", "/d/09-meridian-wire-report.html/layout", "/d/07-2033-03-joint-statement.txt/layout",
    "/meetings", "/meetings?actor=Marsten&status=held&since=2032", "/commitments?as_of=2033-01-01", "/commitments?state=late&band=strong",
    "/demands", "/demands?all=true&target=Velmara", "/issues", "/issues?kind=thing", "/issue/undersea-cables", "/actors?kind=person",
    "/issue/undersea-cables?actor=Saoren&kind=promised", "/actors", "/actor/Elna%20Marsten", "/actor/Velmara?kind=asked", "/matrix/actors",
    "/matrix/documents?layer=promised&across=2", "/problems", "/problems?where=between", "/problems?severity=medium",
    "/review", "/review?kind=demand&order=doubt", "/review?state=changed",
    "/review?state=orphans",
    "/agreement", "/accuracy",
]  # fmt: skip

MORE = [
    ("/meetings.json", "/meetings.json"), ("/commitments.json", "/commitments.json"), ("/demands.json", "/demands.json"),
    ("/issue/undersea-cables.json", "/issue/{issue}.json"), ("/actor/Velmara.json", "/actor/{name}.json"), ("/issues.json", "/issues.json"),
    ("/actors.json", "/actors.json"), ("/matrix/actors.json", "/matrix/actors.json"), ("/problems.json", "/problems.json"),
    ("/problems.json?where=between", "/problems.json"),
]  # fmt: skip


def as_json(address: str) -> str:
    path, mark, query = address.partition("?")
    return ("/index.json" if path == "/" else f"{path}.json") + mark + query


@pytest.mark.parametrize("address", SIMPLE)
def test_a_page_is_html_and_json(client: TestClient, address: str) -> None:
    shown, told = client.get(address), client.get(as_json(address))
    assert (shown.status_code, told.status_code) == (200, 200)
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert told.headers["content-type"] == "application/json"
    assert "<h1" in shown.text
    assert isinstance(told.json(), dict)
    assert f'href="{as_json(address).replace("&", "&amp;")}"' in shown.text


def test_every_page_with_json_is_described_with_a_schema(client: TestClient, asked: Callable[[str], Any]) -> None:
    paths = asked("/openapi.json")["paths"]
    assert {declared.as_json.replace(":path}", "}") for declared in PAGES} == set(paths)
    for path, methods in paths.items():
        assert "$ref" in methods["get"]["responses"]["200"]["content"]["application/json"]["schema"], path


def test_answers_fit_their_schemas(asked: Callable[[str], Any], homes: dict[str, str]) -> None:
    description = asked("/openapi.json")
    first = [("/said.json", "/said.json"), (f"/d/{homes['05']}.json", "/d/{document}.json"), ("/index.json", "/index.json")]
    for address, path in [*first, *MORE]:
        schema = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert faults(asked(address), schema, description["components"]["schemas"]) == []


def faults(found: object, schema: dict[str, Any], named: dict[str, Any], place: str = "") -> list[str]:
    """Where a value does not fit the part of JSON Schema that is used here."""
    if "$ref" in schema:
        return faults(found, named[schema["$ref"].rpartition("/")[2]], named, place)
    if "anyOf" in schema:
        return [] if any(not faults(found, part, named) for part in schema["anyOf"]) else [f"{place}: {str(found)[:60]!r}"]
    if "enum" in schema:
        return [] if found in schema["enum"] else [f"{place}: {found!r} is none of {schema['enum']}"]
    if "type" in schema and not isinstance(found, KINDS[schema["type"]]):
        return [f"{place}: {str(found)[:60]!r} is no {schema['type']}"]
    if isinstance(found, dict) and "properties" in schema:
        odd = set(found) ^ set(schema["properties"])
        below = [f for name, part in schema["properties"].items() for f in faults(found.get(name), part, named, f"{place}.{name}")]
        return [f"{place}: {sorted(odd)}"] * bool(odd) + below
    if isinstance(found, list) and "items" in schema:
        return [fault for n, item in enumerate(found) for fault in faults(item, schema["items"], named, f"{place}[{n}]")]
    return []


def test_the_check_of_schemas_finds_faults() -> None:
    assert faults({"a": 1}, {"type": "object", "properties": {"a": {"type": "string"}}}, {}) == [".a: '1' is no string"]
    assert faults(["x"], {"type": "array", "items": {"enum": ["y"]}}, {}) == ["[0]: 'x' is none of ['y']"]


def test_a_list_comes_in_sheets(asked: Callable[[str], Any]) -> None:
    first, second, last = (asked(f"/said.json?per=100&page={n}")["sheet"] for n in (1, 2, 3))
    assert (first["next"], first["previous"], second["next"], second["previous"]) == (2, None, None, 1)
    rows = [row["statement"]["id"] for sheet in (first, second) for row in sheet["rows"]]
    assert len(rows) == len(set(rows)) == first["total"] == second["total"]
    assert last["rows"] == []


def test_facets_narrow_and_count(asked: Callable[[str], Any]) -> None:
    facets = {f["name"]: {c["value"]: c["n"] for c in f["counts"]} for f in asked("/said.json")["found"]["facets"]}
    for name, value_ in [("speaker", "Dorun Keshiwa"), ("party", "Saoren"), ("act", "commissive"), ("directness", "turn")]:
        narrowed = asked(f"/said.json?{name}={value_}")
        assert narrowed["found"]["total"] == facets[name][value_] > 0


def test_an_answer_is_tagged_and_not_sent_twice(client: TestClient) -> None:
    tag = client.get("/said.json").headers["etag"]
    again = client.get("/said.json", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/said.json?per=10", headers={"If-None-Match": tag}).status_code == 200


def test_a_row_leads_to_its_page(client: TestClient, homes: dict[str, str], asked: Callable[[str], Any]) -> None:
    assert client.get(f"/row/{homes['01']}", follow_redirects=False).headers["location"] == f"/d/{homes['01']}"
    assert client.get(f"/row/{homes['01']}.json", follow_redirects=False).headers["location"] == f"/d/{homes['01']}.json"
    row = asked("/said.json?act=commissive&per=1")["sheet"]["rows"][0]
    shown = client.get(f"/row/{row['statement']['id']}").text
    start, end = row["statement"]["content"][0]["start"], row["statement"]["content"][-1]["end"]
    assert f"?c={start}-{end}#here" in shown


def test_the_start_says_what_is_due(asked: Callable[[str], Any]) -> None:
    found = asked("/index.json?as_of=2032-06-01")
    assert "to complete a joint study on the protection of undersea cables by the end of 2032" in [
        d["item"]["row"]["action"]["exact"] for d in found["due"]
    ]
    assert all(d["days"] >= 0 for d in found["due"])
    assert found["past"]
    assert all(d["days"] < 0 for d in found["past"])


def test_a_record_is_plain_json() -> None:
    declared = page("/x", "x.html", "X")
    declared(lambda: None)
    made = PAGES.pop()
    assert isinstance(made, Page)
    assert json.loads(json.dumps(value({"a": (1, None, "x")}))) == {"a": [1, None, "x"]}
