"""The matrix of permissions: every route of the server and every verb, by every role, over the whole tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from reaffirm import cli, rights
from reaffirm.accounts import Accounts
from reaffirm.cli.access import TOKEN
from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from fastapi import FastAPI

    from samples import Outcome

    Guarded = tuple[FastAPI, dict[str | None, TestClient]]

pytest_plugins = ["samples"]

HOST = "localhost"
ADDRESS = f"http://{HOST}"
VISITORS = (None, *rights.ROLES)
# What docs/accounts.md says; compared with the table of the program, so that neither moves alone.
CODERS = {f"POST /review/{name}" for name in ("who", "judge", "comment", "add", "undo", "redo", "carry")}
CURATORS = {"POST /review/join", "GET /ingest", "POST /ingest", "GET /ingest/{batch}"}
OPEN = {"GET /login", "POST /login", "POST /logout", "POST /look"}
JUDGE = {"accept", "correct", "corrections", "reject", "undo", "add-row", "carry", "comment", "redo", "unsure"}
KEEP = {"account", "add", "adjudicate", "backup", "blind", "date", "demo", "meeting", "restore", "serve", "thread", "token", "upgrade",
        "other-actor", "same-actor"}  # fmt: skip


def enough(role: str | None, needed: str) -> bool:
    return needed == "anyone" or (role is not None and VISITORS.index(role) >= VISITORS.index(needed))


# Routes


@pytest.fixture(scope="module")
def guarded(sample: Path, pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Guarded:
    """A server with accounts, and a client of each role, by a token; that of nobody has none."""
    ledger = tmp_path_factory.mktemp("shared") / "shared.db"
    ledger.write_bytes(sample.read_bytes())
    accounts = Accounts(ledger)
    app = application(ledger, [pack], accounts=True)
    clients: dict[str | None, TestClient] = {}
    for role in VISITORS:
        clients[role] = TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, follow_redirects=False)
        if role:
            accounts.add(role, role, "a long enough password")
            clients[role].headers["Authorization"] = f"Bearer {accounts.add_token(role)[1]}"
    return app, clients


def table(routes: Iterable[object]) -> Iterator[tuple[str, str]]:
    """Every route, as method and path, those of routers within too; files of the program's own are for anyone."""
    for route in routes:
        path: str = getattr(route, "path", "")
        if path == "/static":
            continue
        if not path:
            yield from table(getattr(route, "original_router").routes)  # noqa: B009 - its class is private to the framework
            continue
        methods: set[str] = getattr(route, "methods", set())
        assert methods, path
        yield from ((method, path) for method in sorted(methods - {"HEAD"}))


def test_every_route_has_an_entry_and_every_entry_a_route(guarded: Guarded) -> None:
    routes = set(table(guarded[0].routes))
    assert [route for route in routes if rights.route(*route) is None] == []
    declared = {f"{method} {path}" for method, path in routes}
    assert set(rights.ROUTES) <= declared
    assert {name for name, needed in rights.ROUTES.items() if needed == "curator"} == CURATORS
    assert {name for name, needed in rights.ROUTES.items() if needed == "coder"} == CODERS
    assert {name for name, needed in rights.ROUTES.items() if needed == "anyone"} == OPEN


def test_every_route_is_open_to_just_the_roles_that_are_documented(guarded: Guarded) -> None:
    app, clients = guarded
    wrong, tried = [], 0
    for method, path in table(app.routes):
        page = f"{method} {path.removesuffix('.json')}"
        needed = "anyone" if page in OPEN else "curator" if page in CURATORS else "coder" if page in CODERS else "reader"
        for role, client in clients.items():
            found = client.request(method, re.sub(r"\{\w+(:path)?\}", "D-nothing", path))
            way_in = found.headers.get("location", "").startswith("/login")
            refused = found.status_code == 401 if role is None else found.status_code == 403
            let_in = not (refused or (way_in and path != "/logout"))
            tried += 1
            if path != "/login" and method + path != "POST/look" and let_in != enough(role, needed):
                wrong.append((role, method, path, found.status_code))
    assert wrong == []
    assert tried > 4 * 60


def test_a_route_without_an_entry_is_refused_to_all(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(rights.ROUTES, "GET /said")
    assert guarded[1]["curator"].get("/said").status_code == 403
    assert guarded[1]["curator"].get("/said.json").status_code == 403


# Verbs


def verbs() -> Iterator[str]:
    groups = (("", cli.app), ("export ", cli.export_app), ("account ", cli.account_app), ("token ", cli.token_app))
    for group, app in groups:
        yield from (f"{group}{c.name or c.callback.__name__}" for c in app.registered_commands if c.callback)


def test_every_verb_has_an_entry_and_every_entry_a_verb() -> None:
    assert [name for name in verbs() if rights.verb(name) is None] == []
    assert set(rights.VERBS) == {name.partition(" ")[0] for name in verbs()}


@pytest.mark.parametrize("name", list(verbs()))
def test_every_verb_is_open_to_just_the_roles_that_are_documented(name: str) -> None:
    word = name.partition(" ")[0]
    needed = "coder" if word in JUDGE else "curator" if word in KEEP else "reader"
    assert [rights.may(role, rights.verb(name)) for role in VISITORS] == [enough(role, needed) for role in VISITORS]


def test_a_token_is_looked_at_before_a_verb(book: Path, run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = Accounts(book)
    row = "S-"
    for role in rights.ROLES:
        accounts.add(f"a {role}", role, "a long enough password")
        monkeypatch.setenv(TOKEN, accounts.add_token(f"a {role}")[1])
        assert run("status", "--ledger", book).code == 0
        refused = run("reject", row, "--ledger", book)
        assert ("needs a coder" in refused.err) == (role == "reader"), role
        refused = run("token", "list", "--ledger", book)
        assert ("needs a curator" in refused.err) == (role != "curator"), role
    monkeypatch.setenv(TOKEN, "reaffirm_of_somebody_else")
    assert (found := run("status", "--ledger", book)).code == 2
    assert "was revoked" in found.err


def test_what_another_decided_is_undone_by_a_curator_alone(
    book: Path, run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = Accounts(book)
    told = run("said", "--ledger", book, "--limit", "1", "--json").json()
    assert isinstance(told, list)
    row = told[0]["statement"]["id"]
    for name, role in (("ana", "coder"), ("ben", "coder"), ("cem", "curator")):
        accounts.add(name, role, "a long enough password")
        monkeypatch.setenv(TOKEN, accounts.add_token(name)[1])
        if name == "ana":
            assert run("accept", row, "--ledger", book).code == 0
        else:
            refused = run("undo", row, "--anyone", "--ledger", book)
            assert (refused.code, "needs a curator" in refused.err) == ((2, True) if name == "ben" else (0, False))
    assert {rights.verb(name) for name in rights.OPTIONS} == {"curator"}


def test_who_judges_by_a_token_is_its_account(book: Path, run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = Accounts(book)
    accounts.add("ana", "coder", "a long enough password")
    told = run("said", "--ledger", book, "--limit", "1", "--json").json()
    assert isinstance(told, list)
    monkeypatch.setenv(TOKEN, accounts.add_token("ana")[1])
    found = run("accept", told[0]["statement"]["id"], "--who", "ben", "--ledger", book, "--json").json()
    assert isinstance(found, dict)
    assert found["who"] == "ana"
