"""Strangers: hosts, other sites' forms, payloads in every field, errors that must not talk."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from reaffirm.ledger import Ledger
from reaffirm.web import answering, guard
from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest_plugins = ["samples", "web_client"]
HOST = "localhost"
ADDRESS = f"http://{HOST}"
PAYLOADS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "{% raw %}", "' onmouseover='alert(1)", "\u202e\x00",
]  # fmt: skip


@pytest.mark.parametrize("address", ["/", "/said.json", "/nothing", "/nothing.json", "/static/base.css", "/said?act=x", "/openapi.json"])
def test_every_answer_carries_the_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in guard.HEADERS} == guard.HEADERS
    assert "unsafe" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("LOCALHOST:8000", 200), ("127.0.0.1:8000", 200), ("[::1]:8000", 200), ("192.0.2.7", 200),
        ("evil.example", 421), ("localhost.evil.example", 421), ("127.0.0.1.evil.example", 421), ("", 421), ("a b", 421), ("[::1", 421),
    ],
)  # fmt: skip
def test_only_known_hosts_are_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/about", headers={"Host": host}).status_code == status


def test_a_name_may_be_given(sample: Path) -> None:
    named = TestClient(application(sample, names=["ledger.example"]), base_url="http://ledger.example")
    assert named.get("/documents").status_code == 200


@pytest.fixture
def visitor(sample: Path) -> Iterator[TestClient]:
    """A browser with its own cookies, which has seen a page."""
    browser = TestClient(application(sample), base_url=ADDRESS, follow_redirects=False)
    browser.get("/")
    yield browser
    browser.close()


def token(browser: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', browser.get("/").text)
    assert found
    return found[1]


def test_a_form_of_this_site_is_taken(visitor: TestClient) -> None:
    sent = visitor.post("/look", data={"token": token(visitor), "to": "dark", "back": "/said?act=commissive"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/said?act=commissive")
    assert '<html lang="en" data-look="dark">' in visitor.get("/said").text


@pytest.mark.parametrize(
    ("headers", "changed"),
    [
        ({}, {"token": "x" * 43}), ({}, {"token": ""}), ({"Sec-Fetch-Site": "cross-site"}, {}), ({"Sec-Fetch-Site": "same-site"}, {}),
        ({"Origin": "http://evil.example"}, {}), ({"Origin": "null"}, {}), ({"Cookie": ""}, {}),
    ],
)  # fmt: skip
def test_a_form_of_another_site_is_refused(visitor: TestClient, headers: dict[str, str], changed: dict[str, str]) -> None:
    held = token(visitor)
    if "Cookie" in headers:
        visitor.cookies.clear()
    assert visitor.post("/look", data={"token": held, "to": "dark", **changed}, headers=headers).status_code == 403


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_a_form_leads_to_no_other_site(visitor: TestClient, back: str) -> None:
    assert visitor.post("/look", data={"token": token(visitor), "back": back}).headers["location"] == "/"


def test_too_much_is_refused(visitor: TestClient) -> None:
    assert visitor.post("/look", content=b"x" * (guard.LARGEST_FORM + 1)).status_code == 413

    def drop_by_drop() -> Iterator[bytes]:
        yield from (b"to=" if n == 0 else b"x" * 1000 for n in range(100))

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert visitor.post("/look", content=drop_by_drop(), headers=headers).status_code == 413


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_in_addresses_are_words(client: TestClient, payload: str) -> None:
    for address in ("/search?q={}", "/said?text={}", "/said?speaker={}", "/said?since={}", "/?as_of={}", "/row/{}", "/d/{}", "/{}"):
        target = client.build_request("GET", "/").url.join(address.split("?")[0].replace("{}", ""))
        if "?" in address:
            found = client.get(target, params={address.split("?")[1].split("=")[0]: payload})
        else:
            found = client.get(str(target) + re.sub(r"[/?#%\x00]", "", payload))
        assert found.status_code in {200, 404, 422}
        assert not re.search(r"<script>alert|<img src=x|onmouseover='|onerror=alert\(1\)>", found.text)
        assert "49" not in found.text or payload != "{{ 7*7 }}" or "{{ 7*7 }}" in found.text


def test_payloads_in_documents_are_words(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a <b>&.txt").write_text(
        '<script>alert(1)</script> {{ 7*7 }}\n\nMinister "><img src=x onerror=alert(1)> said that <b>the talks</b> will go on.\n'
    )
    with Ledger(tmp_path / "x.db", create=True) as ledger:
        ledger.add([folder], jobs=1)
    browser = TestClient(application(tmp_path / "x.db"), base_url=ADDRESS)
    key = browser.get("/documents.json").json()["rows"][0]["id"]
    for address in ("/", "/documents", f"/d/{key}", "/said", "/search?q=talks", "/search?q=script"):
        text = browser.get(address).text
        assert not re.search(r"<script>alert|<img src=x|<b>the talks", text), address


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        ("/nothing", "GET", 404), ("/row/S-zz", "GET", 404), ("/d/none", "GET", 404), ("/said", "POST", 405),
        ("/said?act=x", "GET", 422), ("/said?page=0", "GET", 422),
    ],
)  # fmt: skip
def test_errors_are_pages_and_json(client: TestClient, address: str, method: str, status: int) -> None:
    path, mark, query = address.partition("?")
    held = client.cookies.get(guard.TOKEN) or ""
    own = {guard.HEADER: held}
    shown, told = client.request(method, address, headers=own), client.request(method, f"{path}.json{mark}{query}", headers=own)
    assert (shown.status_code, told.status_code) == (status, status)
    assert "<h1>" in shown.text
    assert told.json()["status"] == status
    assert shown.headers["cache-control"] == told.headers["cache-control"] == "no-store"


def test_a_defect_tells_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ledger, "documents", lambda _self: 1 / 0)
    for address in ("/documents", "/documents.json"):
        found = client.get(address)
        assert found.status_code == 500
        assert not re.search(r"ZeroDivision|Traceback|\.py", found.text)
        assert found.headers["content-security-policy"] == guard.POLICY


def test_a_head_has_no_body(client: TestClient) -> None:
    found = client.head("/documents")
    assert (found.status_code, found.content) == (200, b"")


def test_a_ledger_being_written_is_waited_for(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "PATIENCE", (0.2, 0.2))
    monkeypatch.setattr("reaffirm.store.sqlite.WAIT", 0.1)
    browser = TestClient(application(book), base_url=ADDRESS, raise_server_exceptions=False)
    with Ledger(book) as ledger:
        journal = ledger.store.read("PRAGMA journal_mode")[0][0]
    writer = sqlite3.connect(book, isolation_level=None, check_same_thread=False)
    writer.execute("PRAGMA locking_mode = EXCLUSIVE" if journal == "wal" else "BEGIN EXCLUSIVE")
    if journal != "wal":
        found = browser.get("/documents.json")
        assert (found.status_code, found.headers["retry-after"]) == (503, "2")
        assert "being written" in browser.get("/documents").text

        def finish() -> None:
            time.sleep(0.2)
            writer.execute("ROLLBACK")

        thread = threading.Thread(target=finish)
        thread.start()
        assert browser.get("/documents").status_code == 200
        thread.join()
    writer.close()
