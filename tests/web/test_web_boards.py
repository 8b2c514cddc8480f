"""The boards of commitments, demands and problems: each state and count is that of the ledger, each row opens its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient

pytest_plugins = ["samples", "web_client"]
Ask = "Callable[[str], Any]"
AS_OF = "as_of=2033-01-01"


def facet(found: dict[str, Any], name: str) -> dict[str, int]:
    return next({c["value"]: c["n"] for c in f["counts"]} for f in found["found"]["facets"] if f["name"] == name)


@pytest.mark.parametrize("state", ["late", "due", "open", "carried out"])
def test_every_state_can_be_chosen(asked: Callable[[str], Any], state: str) -> None:
    whole = asked(f"/commitments.json?{AS_OF}&per=200")
    chosen = asked(f"/commitments.json?{AS_OF}&state={state}&per=200")
    ids = [p["item"]["row"]["id"] for p in whole["sheet"]["rows"] if p["state"] == state]
    assert [p["item"]["row"]["id"] for p in chosen["sheet"]["rows"]] == ids
    assert facet(whole, "state")[state] == chosen["found"]["total"] == len(ids) > 0


def test_states_follow_from_the_day_and_from_what_is_told(asked: Callable[[str], Any]) -> None:
    for p in asked(f"/commitments.json?{AS_OF}&per=200")["sheet"]["rows"]:
        ended = bool(p["fate"]) and p["fate"]["status"] in {"carried out", "reversed"}
        last = p["last"]
        assert p["state"] == ("carried out" if ended else "open" if last is None else "late" if last < "2033-01-01" else "due")


def test_the_late_come_first_and_a_later_day_makes_more_late(asked: Callable[[str], Any]) -> None:
    rows = asked(f"/commitments.json?{AS_OF}&per=200")["sheet"]["rows"]
    states = [p["state"] for p in rows]
    assert states == sorted(states, key=["late", "due", "open", "carried out"].index)
    late = [asked(f"/commitments.json?as_of={day}&state=late")["found"]["total"] for day in ("2031-01-01", "2033-01-01", "2036")]
    assert late == sorted(late)
    assert late[0] < late[2]


def test_positions_are_left_out_unless_asked_for(asked: Callable[[str], Any], sample: Path) -> None:
    with Ledger(sample) as ledger:
        acts, positions = (len(ledger.commitments(positions=kind)) for kind in (False, True))
    assert asked("/commitments.json")["found"]["total"] == acts
    assert asked("/commitments.json?positions=true")["found"]["total"] == acts + positions


@pytest.mark.parametrize("name", ["party", "undertaker", "issue", "forum", "band"])
def test_facets_of_commitments_narrow(asked: Callable[[str], Any], name: str) -> None:
    value, n = next(iter(facet(asked("/commitments.json"), name).items()))
    assert asked(f"/commitments.json?{name}={value}")["found"]["total"] >= n > 0


def test_a_sheet_goes_on_where_the_last_one_ended(asked: Callable[[str], Any]) -> None:
    sheets = [asked(f"/commitments.json?{AS_OF}&per=30&page={n}")["sheet"] for n in (1, 2, 3, 4)]
    ids = [p["item"]["row"]["id"] for sheet in sheets for p in sheet["rows"]]
    assert len(ids) == len(set(ids)) == sheets[0]["total"]
    assert (sheets[0]["next"], sheets[2]["next"], sheets[3]["rows"]) == (2, None, [])


def test_the_calendar_is_a_file_to_be_saved(client: TestClient) -> None:
    response = client.get("/commitments.ics?party=Saoren")
    assert response.headers["content-disposition"] == 'attachment; filename="commitments.ics"'
    assert response.headers["content-type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in response.content


def test_strength_is_said_in_words_beside_its_bar(client: TestClient) -> None:
    page = client.get("/commitments?band=strong").text
    assert '<span>strong <span class="n">' in page
    assert 'aria-hidden="true"' in page


def test_links_to_threads_lead_to_some(client: TestClient, asked: Callable[[str], Any]) -> None:
    page = client.get("/commitments?per=10").text
    for p in asked("/commitments.json?per=10")["sheet"]["rows"]:
        row = p["item"]["row"]["id"]
        assert (f'href="/thread/{row}"' in page) == bool(p["fate"])
        assert not p["fate"] or client.get(f"/thread/{row}").status_code == 200


def test_a_demand_stands_beside_what_answers_it(asked: Callable[[str], Any]) -> None:
    answered = {a["item"]["row"]["action"]["exact"]: a for a in asked("/demands.json?per=200")["sheet"]["rows"] if a["answer"]}
    assert answered
    for a in answered.values():
        assert a["why"]
        assert a["answer"]["row"]["document"] != a["item"]["row"]["document"]


def test_only_demands_unless_all_are_asked_for(asked: Callable[[str], Any]) -> None:
    assert {a["item"]["row"]["kind"] for a in asked("/demands.json?per=200")["sheet"]["rows"]} == {"demand"}
    every = asked("/demands.json?all=true&per=200")
    assert facet(every, "state").keys() == {"demand", "evaluation", "question", "inference"}
    assert asked("/demands.json?all=true&state=question")["found"]["total"] == facet(every, "state")["question"]


def test_problems_in_documents_are_those_of_the_ledger(asked: Callable[[str], Any], sample: Path, pack: Path) -> None:
    with Ledger(sample, packs=[pack]) as ledger:
        known = ledger.problems()
    inside, between = (asked(f"/problems.json?where={where}&per=200") for where in ("in", "between"))
    assert [q["problem"]["id"] for q in inside["sheet"]["rows"]] == [q.problem.id for q in known if len(q.docs) == 1]
    assert {q["problem"]["id"] for q in between["sheet"]["rows"]} == {q.problem.id for q in known if len(q.docs) > 1}
    assert asked("/problems.json?severity=medium")["found"]["total"] == facet(inside, "severity")["medium"]


def test_in_a_large_ledger_a_document_is_asked_for(
    client: TestClient, asked: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = "/problems.json?where=between&document=09-meridian-wire-report.html"
    before = asked(asking)
    monkeypatch.setattr("reaffirm.web.pages.problems.LARGE", 0)
    after = asked(asking)
    assert (before["whole"], after["whole"]) == (True, False)
    assert after["sheet"] == before["sheet"]
    assert {q["problem"]["kind"] for q in after["sheet"]["rows"]} >= {"attribution"}
    assert "attribution" not in facet(asked("/problems.json?where=between"), "kind")
    assert "too large" in client.get("/problems?where=between").text


def test_both_sides_of_a_problem_between_documents_open_the_reader(client: TestClient, asked: Callable[[str], Any]) -> None:
    page = client.get("/problems?where=between").text
    for q in asked("/problems.json?where=between")["sheet"]["rows"]:
        assert len({span["document"] for span in q["problem"]["evidence"]}) == 2
        for span in q["problem"]["evidence"]:
            assert f"/d/{span['document']}?c={span['start']}-{span['end']}#here" in page
