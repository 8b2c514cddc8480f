"""The chronology and the page of one meeting, and their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient

pytest_plugins = ["samples", "web_client"]


@pytest.fixture(scope="module")
def second(asked: Callable[[str], Any]) -> str:
    """The id of the second meeting of the forum."""
    rows = asked("/meetings.json")["sheet"]["rows"]
    return str(next(row["meeting"]["id"] for row in rows if row["meeting"]["edition"] == 2))


def test_the_sheet_is_the_chronology(asked: Callable[[str], Any], sample: Path) -> None:
    with Ledger(sample) as ledger:
        known = [found.meeting.id for found in ledger.meetings()]
    found = asked("/meetings.json?per=5&page=2")
    assert [row["meeting"]["id"] for row in found["sheet"]["rows"]] == known[5:10]
    assert found["found"]["total"] == found["sheet"]["total"] == len(known)


@pytest.mark.parametrize(("name", "value"), [("status", "held"), ("forum", "straits-security-dialogue"), ("actor", "Lise Ondaro")])
def test_facets_of_meetings_narrow_and_count(asked: Callable[[str], Any], name: str, value: str) -> None:
    facets = {f["name"]: {c["value"]: c["n"] for c in f["counts"]} for f in asked("/meetings.json")["found"]["facets"]}
    assert asked(f"/meetings.json?{name}={value}")["sheet"]["total"] == facets[name][value] > 0


def test_the_timeline_and_the_meetings_without_a_date_are_all_meetings(asked: Callable[[str], Any]) -> None:
    found = asked("/meetings.json")
    assert sum(mark["n"] for mark in found["timeline"]) + found["undated"] == found["found"]["total"]
    assert found["undated"] > 0


def test_a_time_that_is_none_is_said(client: TestClient) -> None:
    response = client.get("/meetings?since=soon")
    assert response.status_code == 422
    assert "is no date" in response.text


def test_a_meeting_has_its_documents_by_relation(asked: Callable[[str], Any], second: str) -> None:
    found = asked(f"/meeting/{second}.json")
    told = {relation: {t["source"]["doc"][:2] for t in members} for relation, members in found["told"]}
    assert told["output"] >= {"03", "04"}
    assert set(told) <= {"output", "transcript", "account", "comment", "other"}
    assert all(t["tellings"] for _, members in found["told"] for t in members)


def test_what_was_promised_at_a_meeting_is_followed(asked: Callable[[str], Any], second: str) -> None:
    found = asked(f"/meeting/{second}.json")
    assert {source["relation"] for source in found["promised_in"]} == {"output"}
    fates = {o["item"]["row"]["action"]["exact"]: o["fate"] for o in found["promised"]}
    study = fates["to complete a joint study on the protection of undersea cables by the end of 2032"]
    assert study["status"] is not None
    assert study["thread"].startswith("T-")
    assert not any(o["item"]["row"]["position"] for o in found["promised"])


def test_neighbours_lead_back(asked: Callable[[str], Any], second: str) -> None:
    after = asked(f"/meeting/{second}.json")["after"]["meeting"]["id"]
    assert asked(f"/meeting/{after}.json")["before"]["meeting"]["id"] == second


def test_any_telling_leads_to_its_meeting(client: TestClient, asked: Callable[[str], Any], second: str) -> None:
    tellings = [t["id"] for t in asked(f"/meeting/{second}.json")["convened"]["meeting"]["tellings"]]
    other = next(row for row in tellings if row != second)
    assert client.get(f"/meeting/{other}", follow_redirects=False).headers["location"] == f"/meeting/{second}"


def test_the_words_of_each_telling_open_the_reader(client: TestClient, asked: Callable[[str], Any], second: str) -> None:
    page = client.get(f"/meeting/{second}").text
    for telling in asked(f"/meeting/{second}.json")["convened"]["meeting"]["tellings"]:
        span = telling["evidence"][0]
        assert f"/d/{span['document']}?c={span['start']}-{span['end']}#here" in page
