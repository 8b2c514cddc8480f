"""Blind coding: what others decided on a row is seen on no page and in no answer before one has decided it oneself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from reaffirm.accounts import Accounts
from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from samples import Outcome

pytest_plugins = ["samples"]
HOST = "localhost"
ADDRESS = f"http://{HOST}"
DOC = "01-2031-04-12-joint-statement.txt"
WORDS = "I. The regional situation"
TOLD = ("Zita Qorvan", "quite a remark", "Xenia Mabel")  # what Ana says and nobody else: a speaker, a comment, a party
PAGES = (
    "/", "/documents", f"/d/{DOC}", "/said", f"/said?document={DOC}&per=200", "/commitments?positions=true&per=200", "/demands?all=true",
    "/meetings", "/actors", "/issues", "/matrix/actors", "/threads", "/problems", "/agreement", "/accuracy",
    *(f"/review?state={state}&per=100" for state in ("open", "untouched", "decided", "disputed", "added", "all", "changed", "orphans")),
    "/review?kind=meeting&state=all", "/review?kind=meeting&state=decided",
)  # fmt: skip


@pytest.fixture
def judged(book: Path) -> dict[str, str]:
    """The rows that Ana decided, by what she did; coding is blind."""
    with Ledger(book) as ledger:
        said = [row.statement.id for row in ledger.said(document=DOC)]
        bond = ledger.commitments(document=DOC)[0].row.id
        rows = {"corrected": said[0], "noted": said[1], "rejected": said[2], "party": bond, "meeting": ledger.meetings()[0].meeting.id}
        ledger.judge(rows["corrected"], "corrected", f"speakers={TOLD[0]}", who="Ana")
        ledger.comment(rows["noted"], TOLD[1], who="Ana")
        ledger.judge(rows["rejected"], "rejected", who="Ana")
        ledger.judge(bond, "corrected", f"parties={TOLD[2]}", who="Ana")
        ledger.judge(rows["meeting"], "rejected", who="Ana")
        rows["added"] = ledger.add_row(DOC, "demand", WORDS, who="Ana").row
        ledger.coding(blind=True, who="Cem")
    return rows


def client_of(book: Path, pack: Path, role: str | None) -> TestClient:
    """A client with an account of this role, or (None) of a server without accounts whose reader is called Ben."""
    if role is None:
        client = TestClient(application(book, [pack]), base_url=ADDRESS)
        client.cookies["reaffirm_who"] = "Ben"
        return client
    accounts = Accounts(book)
    accounts.add("Ben", role, "a long enough password")
    client = TestClient(application(book, [pack], accounts=True), base_url=ADDRESS)
    client.headers["Authorization"] = f"Bearer {accounts.add_token('Ben')[1]}"
    return client


@pytest.mark.parametrize("role", [None, "reader", "coder"])
def test_no_page_tells_what_another_decided(book: Path, pack: Path, judged: dict[str, str], role: str | None) -> None:
    pages = [*PAGES, *(f"/row/{row}" for name, row in judged.items() if name not in {"added", "meeting"}), f"/meeting/{judged['meeting']}"]
    with client_of(book, pack, role) as client:
        for page in pages:
            path, mark, query = page.partition("?")
            for address in (page, f"{'/index' if path == '/' else path}.json{mark}{query}"):
                found = client.get(address)
                assert found.status_code == 200, address
                assert [word for word in (*TOLD, judged["added"]) if word in found.text] == [], address
                assert '"verdict": "rejected"' not in found.text, address
        assert client.get(f"/row/{judged['added']}.json").status_code != 200
        listed = client.get(f"/said.json?document={DOC}&per=200").json()["sheet"]["rows"]
        assert judged["rejected"] in {row["statement"]["id"] for row in listed}
        waiting = client.get("/review.json?state=all&per=100").json()["sheet"]["rows"]
        assert all(row["others"] == 0 and not row["own"] and not row["notes"] for row in waiting)


def test_a_curator_sees_all(book: Path, pack: Path, judged: dict[str, str]) -> None:
    with client_of(book, pack, "curator") as client:
        assert TOLD[0] in client.get(f"/row/{judged['corrected']}").text
        assert TOLD[1] in client.get(f"/row/{judged['noted']}").text
        assert client.get("/review.json?state=decided&per=100").json()["sheet"]["total"] == 3


def test_who_has_decided_a_row_sees_what_others_decided_on_it_and_on_no_other(book: Path, pack: Path, judged: dict[str, str]) -> None:
    with client_of(book, pack, None) as client:
        with Ledger(book) as ledger:
            ledger.judge(judged["corrected"], "accepted", who="Ben")
        assert TOLD[0] in client.get(f"/row/{judged['corrected']}").text
        assert TOLD[1] not in client.get(f"/row/{judged['noted']}").text
        with Ledger(book) as ledger:
            ledger.undo(judged["corrected"], who="Ben")
        assert TOLD[0] not in client.get(f"/row/{judged['corrected']}").text


def test_the_answer_kept_for_one_is_not_given_to_another(book: Path, pack: Path, judged: dict[str, str]) -> None:
    with client_of(book, pack, None) as client:
        tags = []
        for name in ("Ana", "Ben"):
            client.cookies["reaffirm_who"] = name
            tags.append(client.get(f"/row/{judged['corrected']}").headers["etag"])
        assert tags[0] != tags[1]


def test_the_command_line_is_blind_where_a_person_is_named(
    book: Path, judged: dict[str, str], run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REAFFIRM_USER", "Ben")
    asked = (("history", judged["corrected"]), ("explain", judged["corrected"]), ("queue", "--state", "all"), ("said", "--document", DOC))
    for verb in asked:
        found = run(*verb, "--ledger", book)
        assert (found.code, [word for word in TOLD if word in found.out]) == (0, []), verb
    assert run("verify", "--ledger", book).code == 0
    assert "Ana" not in run("undo", judged["corrected"], "--ledger", book).err
    assert run("accept", judged["corrected"], "--ledger", book).code == 0
    assert TOLD[0] in run("history", judged["corrected"], "--ledger", book).out
    monkeypatch.delenv("REAFFIRM_USER")
    assert TOLD[1] in run("history", judged["noted"], "--ledger", book).out
    assert run("blind", "off", "--ledger", book, "--who", "Cem").code == 0
    monkeypatch.setenv("REAFFIRM_USER", "Ben")
    assert TOLD[1] in run("history", judged["noted"], "--ledger", book).out


def test_who_codes_blind_may_add_what_another_added(book: Path, judged: dict[str, str]) -> None:
    with Ledger(book) as ledger:
        assert ledger.add_row(DOC, "demand", WORDS, who="Ben").row == judged["added"]
        ledger.undo(who="Ana")
        assert judged["added"] in {item.row.id for item in ledger.demands(document=DOC)}
        ledger.undo(who="Ben")
        assert judged["added"] not in {item.row.id for item in ledger.demands(document=DOC)}
        assert ledger.verify() == []


def test_a_ledger_that_is_asked_as_a_coder_takes_no_decision(book: Path, judged: dict[str, str]) -> None:
    with Ledger(book, coder="Ben") as ledger:
        assert ledger.history(judged["corrected"]) == ()
        with pytest.raises(UsageError, match="without a coder"):
            ledger.judge(judged["corrected"], "accepted", who="Ben")
    with Ledger(book, coder="Ana") as ledger:
        assert [told.judgement.verdict for told in ledger.history(judged["corrected"])] == ["corrected"]
        assert json.loads(json.dumps([orphan.row for orphan in ledger.orphans()])) == []


def test_what_a_curator_took_back_is_taken_back_for_its_coder(book: Path, judged: dict[str, str]) -> None:
    with Ledger(book) as ledger:
        ledger.undo(judged["rejected"], who="Cem", anyone=True)
    with Ledger(book, coder="Ana") as ledger:
        assert [told.undone_by for told in ledger.history(judged["rejected"])] == ["Cem"]
