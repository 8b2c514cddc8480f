"""Payloads in every string of every page and error: nothing runs, nothing leaks. Routes are taken from the application's own table."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from web_payloads import IMAGE, PAYLOADS, SCRIPT, WHOLE, faults, poisoned
from web_sending import report, send, token

from reaffirm.errors import LedgerError
from reaffirm.ledger import Ledger
from reaffirm.web import answering, guard, pages
from reaffirm.web.app import application

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))

import web_walk  # the benches are scripts in a folder of their own

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2
    from web_hostile import Hostile

pytest_plugins = ["samples", "web_client", "web_hostile"]
HOST = "localhost"
ADDRESS = f"http://{HOST}"


@pytest.fixture(scope="module")
def browser(hostile: Hostile) -> Iterator[TestClient]:
    with TestClient(application(hostile.ledger, [hostile.packs]), base_url=ADDRESS, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def ingest(browser: TestClient) -> str:
    """The address of the report of an ingest whose files have hostile names and contents."""
    files = [("files", (f"{n} {payload}.txt", f"{payload} said that {payload}.".encode())) for n, payload in enumerate(PAYLOADS)]
    place = send(browser, [*files, ("files", (f"{SCRIPT}.pdf", b"%PDF-1.4 broken"))]).headers["location"]
    report(browser, place)
    return place


@pytest.fixture(scope="module")
def walked(browser: TestClient, ingest: str) -> dict[str, list[str]]:
    """Real addresses of every route."""
    app: Any = browser.app

    def ask(address: str) -> tuple[int, str]:
        found = browser.get(address)
        return found.status_code, found.text if "html" in found.headers.get("content-type", "") else ""

    return web_walk.addresses(web_walk.routes(app), ask, [ingest])


def test_every_route_is_walked(walked: dict[str, list[str]]) -> None:
    assert [path for path, found in walked.items() if not found] == []  # /login, there with accounts only: test_web_door.py


def test_hostile_documents_are_words_on_every_page(browser: TestClient, walked: dict[str, list[str]], hostile: Hostile) -> None:
    seen = 0
    for address in (address for found in walked.values() for address in found):
        for asked in (address, web_walk.as_json(address)):
            found = browser.get(asked)
            assert faults(found, hostile.ledger.parent) == [], asked
            seen += found.text.count("alert(1)")
            if asked.partition("?")[0].endswith(".json") and found.status_code != 404:
                assert found.headers["content-type"] == "application/json"
                json.loads(found.text)
    assert seen > 500  # the payloads did come to the pages


@pytest.mark.parametrize("before", ["", "javascript:alert(1)//"])
def test_every_string_of_every_record_is_shown_as_words(
    browser: TestClient, walked: dict[str, list[str]], hostile: Hostile, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    own = answering._json, answering.html

    def as_json(record: object) -> object:
        return own[0](poisoned(record, before))

    def as_html(request: Any, template: str, status: int = 200, **shown: Any) -> object:  # noqa: ANN401 - whatever is shown
        return own[1](request, template, status, **{**shown, "it": poisoned(shown["it"], before)})

    monkeypatch.setattr(answering, "_json", as_json)
    monkeypatch.setattr(answering, "html", as_html)
    for path, found in walked.items():
        for address in found[:2]:
            for asked in (address, web_walk.as_json(address)):
                answer = browser.get(asked)
                if answer.headers.get("content-type", "").startswith(("text/html", "application/json")):
                    assert answer.status_code in {200, 404}, (path, asked)
                    assert faults(answer, hostile.ledger.parent) == [], (path, asked)


def test_every_parameter_takes_payloads(browser: TestClient, walked: dict[str, list[str]], hostile: Hostile) -> None:
    described = browser.get("/openapi.json").json()["paths"]
    for path, found in walked.items():
        if not found:
            continue
        names = [p["name"] for p in described.get(web_walk.as_json(path), {"get": {}})["get"].get("parameters", ()) if p["in"] == "query"]
        for payload in (WHOLE, *PAYLOADS):
            for asked in (found[0].partition("?")[0], web_walk.as_json(found[0]).partition("?")[0]):
                answer = browser.get(asked, params=dict.fromkeys([*names, "other"], payload[:290]), follow_redirects=False)
                assert answer.status_code < 500, (asked, payload)
                assert faults(answer, hostile.ledger.parent) == [], (asked, payload)


def test_every_path_takes_payloads(browser: TestClient, walked: dict[str, list[str]], hostile: Hostile) -> None:
    for path in walked:
        for payload in PAYLOADS if "{" in path else ():
            for asked in (path, f"{path}.json"):
                answer = browser.get(web_walk.PARAMETER.sub(quote(payload, safe="").replace("\\", "\\\\"), asked), follow_redirects=False)
                assert answer.status_code < 500, (asked, payload)
                assert faults(answer, hostile.ledger.parent) == [], (asked, payload)


def answers(browser: TestClient, walked: dict[str, list[str]], method: str = "GET", **sent: Any) -> Iterator[tuple[str, httpx2.Response]]:  # noqa: ANN401
    """The answer of each route, HTML and JSON, to a request of one kind."""
    for found in walked.values():
        for asked in (found[0], web_walk.as_json(found[0])) if found else ():
            yield asked, browser.request(method, asked, **sent)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_in_words(browser: TestClient, walked: dict[str, list[str]], hostile: Hostile, method: str) -> None:
    held = token(browser)
    for asked, answer in answers(browser, walked, method, headers={guard.HEADER: held}, content=WHOLE.encode()):
        assert answer.status_code in {404, 405, 422}, asked
        assert faults(answer, hostile.ledger.parent) == [], asked


@pytest.mark.parametrize("status", [403, 404, 413, 421, 422])
def test_errors_are_words(browser: TestClient, hostile: Hostile, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pages.UPLOADS, "/ingest", 5000)
    held = token(browser)
    asked: dict[int, list[httpx2.Response]] = {
        403: [browser.post("/look", data={"token": WHOLE, "to": WHOLE}), browser.post("/ingest", files=[("token", (None, WHOLE))])],
        404: [browser.get(f"/{asked}") for asked in (SCRIPT, f"row/{SCRIPT}.json", f"d/{IMAGE}", "nothing.json?x=<b>")],
        413: [browser.post("/look", content=b"x" * 70_000), send(browser, [("files", (SCRIPT, b"x" * 6000))])],
        421: [browser.get("/", headers={"Host": SCRIPT})],
        422: [
            browser.get("/said", params={"act": WHOLE, "page": WHOLE}), browser.get("/said.json", params={"act": WHOLE, "since": WHOLE}),
            send(browser, text="Words.", published=SCRIPT + IMAGE),
            send(browser, [("files", ("a", b"x")), ("metadata", (IMAGE, b"x<b>\n"))]),
        ],
    }  # fmt: skip
    for answer in asked[status]:
        assert answer.status_code == status
        assert faults(answer, hostile.ledger.parent) == []
    sent = browser.post("/look", data={"token": held, "to": WHOLE, "back": f"/x{WHOLE}"}, follow_redirects=False)
    assert faults(sent, hostile.ledger.parent) == []


@pytest.mark.parametrize("kind", [RuntimeError, LedgerError])
def test_a_failing_program_tells_nothing(
    browser: TestClient, walked: dict[str, list[str]], hostile: Hostile, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = f"the ledger {hostile.ledger} is damaged {WHOLE}"
        raise kind(message)

    monkeypatch.setattr(Ledger, "__init__", fail)
    failed = 0
    for asked, answer in answers(browser, walked):
        assert faults(answer, hostile.ledger.parent) == [], asked
        failed += answer.status_code == 500
        assert "is damaged" not in answer.text or kind is LedgerError
    assert failed >= len(walked)


def test_a_ledger_being_written_tells_nothing(
    browser: TestClient, walked: dict[str, list[str]], hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        error = LedgerError(f"the ledger {hostile.ledger} is being used")
        error.__cause__ = sqlite3.OperationalError("database is locked")
        error.__cause__.sqlite_errorname = "SQLITE_BUSY"
        raise error

    monkeypatch.setattr(answering, "PATIENCE", ())
    monkeypatch.setattr(Ledger, "__init__", busy)
    for asked, answer in answers(browser, walked):
        assert answer.status_code in {503, 404} or "/ingest" in asked or asked == "/look"
        assert answer.status_code != 503 or answer.headers["retry-after"] == "2"
        assert faults(answer, hostile.ledger.parent) == [], asked


def test_the_check_finds_what_acts(browser: TestClient) -> None:
    answer = browser.get("/about")
    for bad in (SCRIPT, "<img src=x>", '<a href="javascript:alert(1)">x</a>', "<p onclick=x>", str(1337 * 1337), "Traceback", "<!-- x -->"):
        answer._content = f"<html><body>{bad}</body></html>".encode()
        if hasattr(answer, "_text"):
            del answer._text
        assert faults(answer) != [], bad
