"""Signing in, staying in, being refused and signing out, on a server with accounts."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from reaffirm.accounts import Accounts
from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.web import door, server
from reaffirm.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["samples"]

HOST = "localhost"
ADDRESS = f"http://{HOST}"
PASSWORD = "several words apart"  # noqa: S105 - of a test


@pytest.fixture
def accounts(book: Path) -> Accounts:
    """Accounts with ana, a coder."""
    found = Accounts(book)
    found.add("ana", "coder", PASSWORD)
    return found


@pytest.fixture
def visitor(book: Path, pack: Path, accounts: Accounts) -> TestClient:
    """A browser that nobody has signed in with."""
    return TestClient(application(book, [pack], accounts=True), base_url=ADDRESS, follow_redirects=False)


def form(client: TestClient, address: str = "/login", action: str = "/login") -> dict[str, str]:
    """The hidden fields of a form on a page."""
    shown = client.get(address).text.partition(f'action="{action}"')[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown))


def sign_in(client: TestClient, password: str = PASSWORD, back: str = "/", name: str = "ana") -> tuple[int, str]:
    found = client.post("/login", data={**form(client), "name": name, "password": password, "back": back})
    return found.status_code, found.headers.get("location", "")


def test_who_is_not_signed_in_is_led_to_the_form_and_back(visitor: TestClient) -> None:
    asked = visitor.get("/said?act=commissive")
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?back=%2Fsaid%3Fact%3Dcommissive")
    assert asked.headers["cache-control"] == "no-store"
    assert form(visitor, asked.headers["location"])["back"] == "/said?act=commissive"
    assert sign_in(visitor, back="/said?act=commissive") == (303, "/said?act=commissive")
    shown = visitor.get("/said")
    assert shown.status_code == 200
    assert "ana, coder" in shown.text
    assert 'href="/ingest"' not in shown.text  # what her role may not open does not stand in the menu


def test_a_program_is_told_in_json(visitor: TestClient) -> None:
    found = visitor.get("/said.json")
    assert (found.status_code, found.headers["www-authenticate"], found.json()["title"]) == (401, "Bearer", "Not signed in")


@pytest.mark.parametrize("back", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "elsewhere", "/\t/elsewhere.test"])
def test_the_form_leads_nowhere_else(visitor: TestClient, back: str) -> None:
    status, location = sign_in(visitor, back=back)
    assert status == 303
    assert "elsewhere" not in location


def test_the_session_is_a_cookie_that_no_script_reads_and_ends_on_the_server(visitor: TestClient, accounts: Accounts) -> None:
    found = visitor.post("/login", data={**form(visitor), "name": "ana", "password": PASSWORD})
    cookie = next(text for text in found.headers.get_list("set-cookie") if text.startswith(door.SESSION))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert PASSWORD not in cookie
    held = visitor.cookies[door.SESSION]
    assert accounts.visitor(held)
    out = visitor.post("/logout", data=form(visitor, "/", "/logout"))
    assert (out.status_code, out.headers["location"]) == (303, "/login")
    assert accounts.visitor(held) is None
    visitor.cookies.set(door.SESSION, held)
    assert visitor.get("/").status_code == 303


def test_a_new_session_ends_the_one_before(visitor: TestClient, accounts: Accounts) -> None:
    sign_in(visitor)
    first = visitor.cookies[door.SESSION]
    sign_in(visitor)
    assert visitor.cookies[door.SESSION] != first
    assert accounts.visitor(first) is None


def test_forms_of_other_sites_neither_sign_in_nor_out(visitor: TestClient) -> None:
    given = {"name": "ana", "password": PASSWORD}
    assert visitor.post("/login", data=given).status_code == 403
    assert visitor.post("/login", data={**form(visitor), **given}, headers={"Origin": "https://elsewhere.test"}).status_code == 403
    sign_in(visitor)
    assert visitor.post("/logout").status_code == 403
    assert visitor.get("/").status_code == 200


def test_attempts_are_throttled(visitor: TestClient) -> None:
    assert [sign_in(visitor, "wrong")[0] for _ in range(door.PATIENCE["both"])] == [401] * door.PATIENCE["both"]
    found = visitor.post("/login", data={**form(visitor), "name": "ana", "password": PASSWORD})
    assert found.status_code == 429  # even with the right password
    assert 0 < int(found.headers["retry-after"]) <= door.WINDOW + 1
    assert sign_in(visitor, "wrong", name="ben")[0] == 401  # another name is another matter


def test_one_address_cannot_go_through_all_names(monkeypatch: pytest.MonkeyPatch) -> None:
    throttle = door.Throttle()
    for n in range(door.PATIENCE["address"]):
        assert throttle.wait(f"name {n}", "10.9.8.7") == 0
        throttle.note(f"name {n}", "10.9.8.7")
    assert throttle.wait("another", "10.9.8.7") > 0
    assert throttle.wait("another", "10.9.8.6") == 0
    later = time.monotonic() + door.WINDOW + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert throttle.wait("another", "10.9.8.7") == 0


def test_the_answer_kept_for_one_account_is_not_given_to_another(visitor: TestClient, accounts: Accounts) -> None:
    sign_in(visitor)
    tag = visitor.get("/said").headers["etag"]
    assert visitor.get("/said", headers={"If-None-Match": tag}).status_code == 304
    accounts.add("ben", "reader", PASSWORD)
    sign_in(visitor, name="ben")
    assert visitor.get("/said", headers={"If-None-Match": tag}).status_code == 200


def test_decisions_are_those_of_the_account_whatever_a_cookie_says(visitor: TestClient, book: Path) -> None:
    with Ledger(book) as ledger:
        row = ledger.said(limit=1)[0].statement.id
    sign_in(visitor)
    visitor.cookies.set("reaffirm_who", "ben")
    token = form(visitor, "/", "/logout")["token"]
    found = visitor.post("/review/judge", data={"token": token, "row": row, "verdict": "accepted"})
    assert found.status_code == 303, found.text
    with Ledger(book) as ledger:
        assert [judged.judgement.who for judged in ledger.history(row)] == ["ana"]


def test_a_server_without_accounts_asks_nobody(book: Path, pack: Path) -> None:
    client = TestClient(application(book, [pack]), base_url=ADDRESS, follow_redirects=False)
    assert (client.get("/said").status_code, client.get("/login").status_code) == (200, 404)
    assert "Sign out" not in client.get("/said").text


@pytest.mark.parametrize(
    ("known", "alone", "accounts", "wanted"),
    [
        (True, True, None, True), (False, True, None, False), (True, False, None, True), (True, True, False, False),
        (False, False, False, False),
    ],
)
def test_when_one_must_sign_in(tmp_path: Path, known: bool, alone: bool, accounts: bool | None, wanted: bool) -> None:  # noqa: FBT001 - a table
    if known:
        Accounts(tmp_path / "x.db").add("ana", "reader", PASSWORD)
    assert server._must_sign_in(tmp_path / "x.db", alone=alone, accounts=accounts) is wanted


def test_a_server_that_nobody_could_enter_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nobody has an account"):
        server._must_sign_in(tmp_path / "x.db", alone=False, accounts=None)


@pytest.mark.parametrize("payload", ['"><script>alert(1)</script>', "{{ 7*7 }}", "javascript:alert(1)", "//elsewhere.invalid/x"])
def test_nothing_runs_from_what_is_sent_to_the_form(visitor: TestClient, payload: str) -> None:
    shown = visitor.get("/login", params={"back": payload})
    tried = visitor.post("/login", data={**form(visitor), "name": payload, "password": payload, "back": payload})
    assert (shown.status_code, tried.status_code) == (200, 401)
    for page in (shown.text, tried.text):
        assert "<script>alert" not in page
        assert 'value="49"' not in page
        assert 'value="javascript:' not in page
        assert 'value="//elsewhere' not in page
