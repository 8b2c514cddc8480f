"""Issues, actors and the tables of one by the other: every number is that of the page to which it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from reaffirm.ledger import Ledger
from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest_plugins = ["samples", "web_client"]
HOST = "localhost"
ADDRESS = f"http://{HOST}"
LAYERS = ("said", "promised", "asked")


def kinds(found: dict[str, Any]) -> dict[str, int]:
    return {c["value"]: c["n"] for f in found["found"]["facets"] if f["name"] == "kind" for c in f["counts"]}


def test_names_that_people_joined_have_one_page_and_one_line(book: Path, pack: Path) -> None:
    one, other = "Elna Marsten", "Dorun Keshiwa"
    with Ledger(book) as ledger:
        ledger.same_actor(one, other, who="Ana")
    with TestClient(application(book, [pack]), base_url=ADDRESS) as client:
        page = client.get(f"/actor/{other}.json")
        assert page.url.path == f"/actor/{one}.json"
        assert (page.json()["figure"]["name"], page.json()["figure"]["others"]) == (one, [other])
        assert f"Also: {other}" in client.get(f"/actor/{one}").text
        lines = client.get("/matrix/actors.json?per=100").json()["sheet"]["rows"]
        assert [row["key"] for row in lines if row["key"] in {one, other}] == [one]
        listed = client.get("/actors.json?per=100").json()["sheet"]["rows"]
        assert [row["name"] for row in listed if row["name"] in {one, other}] == [one]


@pytest.mark.parametrize("kind", ["issue", "thing"])
def test_counts_of_issues_are_those_of_their_pages(asked: Callable[[str], Any], kind: str) -> None:
    for row in asked(f"/issues.json?kind={kind}&per=4")["sheet"]["rows"]:
        found = kinds(asked(f"/issue/{row['id']}.json"))
        assert [found.get(layer, 0) for layer in LAYERS] == [row[layer] for layer in LAYERS]


def test_an_issue_is_told_by_document_in_order_of_date(asked: Callable[[str], Any]) -> None:
    found = asked("/issue/undersea-cables.json?per=200")
    days = [chapter["source"]["day"][:10] for chapter in found["chapters"]]
    assert days == sorted(days)
    assert len(days) > 5
    assert sum(len(chapter["lines"]) for chapter in found["chapters"]) == found["found"]["total"]


def test_what_is_read_as_a_promise_is_shown_once(asked: Callable[[str], Any]) -> None:
    lines = asked("/issue/undersea-cables.json?per=200")["sheet"]["rows"]
    said = {line["said"]["statement"]["id"] for line in lines if line["said"]}
    read = {line["promised"]["row"]["statement"] for line in lines if line["promised"]}
    assert read
    assert not said & read
    assert {line["said"]["statement"]["id"] for line in asked("/issue/undersea-cables.json?kind=said&per=200")["sheet"]["rows"]} & read


@pytest.mark.parametrize("layer", LAYERS)
def test_actors_beside_an_issue_narrow_it(asked: Callable[[str], Any], layer: str) -> None:
    found = asked(f"/issue/orrin-shoals.json?kind={layer}")["found"]["facets"]
    counts = {c["value"]: c["n"] for f in found if f["name"] == "actor" for c in f["counts"]}
    assert counts
    for name, n in counts.items():
        assert asked(f"/issue/orrin-shoals.json?kind={layer}&actor={name}")["found"]["total"] == n


def test_strength_over_time_counts_what_is_promised_with_a_force(asked: Callable[[str], Any]) -> None:
    found = asked("/issue/undersea-cables.json?kind=promised&per=200")
    rows = [line["promised"]["row"] for line in found["sheet"]["rows"]]
    bound = [row["force"] for row in rows if row["polarity"] != "withheld"]
    assert sum(weight["n"] for weight in found["weights"]) == len(bound)
    strongest = max(sum(force[part] for part in ("verb", "object", "time")) for force in bound)
    assert max(weight["strongest"] for weight in found["weights"]) == strongest


def test_an_issue_that_is_none_is_said(client: TestClient) -> None:
    assert client.get("/issue/nothing-like-it").status_code == 404
    assert "/actors lists" in client.get("/actor/Nobody").text


def test_counts_of_actors_are_those_of_their_pages(asked: Callable[[str], Any]) -> None:
    for row in asked("/actors.json?per=8")["sheet"]["rows"]:
        found = kinds(asked(f"/actor/{row['name']}.json"))
        assert found.get("said", 0) == row["said"]
        assert found.get("asked", 0) == row["asks"]


def test_offices_are_those_of_the_packs_and_of_the_texts(asked: Callable[[str], Any]) -> None:
    found = asked("/actor/Elna Marsten.json")
    assert [term["office"] for term in found["terms"]] == ["Foreign Secretary"]
    (service,) = found["services"]
    assert (service["office"], service["first"]) == ("Foreign Secretary (Velmara)", "2031-04-12")
    assert asked(f"/row/{service['row']}.json")["said"]["voice"]["offices"]
    assert {tick["look"] for tick in found["offices"]} == {"packs", "texts"}


def test_who_speaks_for_a_state(asked: Callable[[str], Any]) -> None:
    (people,) = asked("/actor/Velmara.json")["people"]["facets"]
    assert {"Elna Marsten", "Piers Haldor", "Joan Ferrand"} <= {c["value"] for c in people["counts"]}


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("of", ["actors", "documents"])
def test_every_number_of_a_table_is_that_of_the_page_it_opens(asked: Callable[[str], Any], of: str, layer: str) -> None:
    found = asked(f"/matrix/{of}.json?layer={layer}&per=3")
    for line in found["sheet"]["rows"]:
        for (issue, _), n in zip(found["columns"][:4], line["cells"], strict=False):
            narrowed = asked(f"/issue/{issue}.json?{of.removesuffix('s')}={line['key']}&kind={layer}")
            assert narrowed["found"]["total"] == n


def test_a_table_has_further_issues(asked: Callable[[str], Any]) -> None:
    first, second = (asked(f"/matrix/actors.json?across={n}") for n in (1, 2))
    assert first["total_columns"] > len(first["columns"]) == 16
    assert not {key for key, _ in first["columns"]} & {key for key, _ in second["columns"]}
    assert len(first["sheet"]["rows"][0]["cells"]) == len(first["columns"])


def test_cells_say_what_they_count(client: TestClient) -> None:
    page = client.get("/matrix/actors").text
    assert 'aria-label="20 said: Velmara, Orrin Shoals"' in page
    assert '<th scope="col"' in page
    assert '<th scope="row"' in page
