"""Sending documents to the page: what becomes of each, who may send, how much, and that nothing is lost."""

from __future__ import annotations

import io
import re
import sqlite3
import threading
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient
from web_sending import PATIENCE, STATEMENT, report, send, token

from reaffirm.ledger import Ledger
from reaffirm.web import guard, ingests, multipart, pages
from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Parts = list[tuple[str, tuple[str | None, bytes | str]]]

pytest_plugins = ["samples", "web_client"]
HOST = "localhost"
ADDRESS = f"http://{HOST}"
FORM = "multipart/form-data; boundary=b"


@pytest.fixture
def browser(book: Path, pack: Path) -> Iterator[TestClient]:
    with TestClient(application(book, [pack]), base_url=ADDRESS) as opened:
        yield opened


def inbox(book: Path) -> Path:
    return book.with_name(f".{book.name}.inbox")


def packed(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return stream.getvalue()


def test_files_are_read_and_told_of(browser: TestClient, book: Path, corpus: Path) -> None:
    known = next(corpus.glob("01*"))
    files = [
        ("files", ("talks.txt", STATEMENT.format("fishing").encode())), ("files", (known.name, known.read_bytes())),
        ("files", ("two.zip", packed(a=STATEMENT.format("ports"), b=STATEMENT.format("visas")))), ("files", ("empty.txt", b"")),
    ]  # fmt: skip
    sent = send(browser, files)
    assert sent.status_code == 303
    told = report(browser, sent.headers["location"])
    assert told["state"] == "done"
    assert told["counts"] == [["new", 3], ["known", 1], ["failed", 1]]
    outcomes = {f["name"]: f["outcome"] for f in told["sheet"]["rows"]}
    assert outcomes == {"talks.txt": "new", known.name: "known", "two.zip/a.txt": "new", "two.zip/b.txt": "new", "empty.txt": "failed"}
    assert told["sheet"]["rows"][0]["name"] == "empty.txt"
    page = browser.get(sent.headers["location"]).text
    for row in told["sheet"]["rows"]:
        assert (f'href="/d/{row["document"]}"' in page) == (row["outcome"] != "failed")
        if row["document"]:
            assert browser.get(f"/d/{row['document']}").status_code == 200
    assert 'http-equiv="refresh"' not in page
    with Ledger(book) as ledger:
        assert ledger.status().documents == 15
        assert ledger.verify() == []
        assert {a.origin for a in ledger.opened("talks.txt").entry.acquisitions} == {""}
    assert list(inbox(book).rglob("*.txt")) == []


def test_a_pasted_text_is_the_same_as_the_file(browser: TestClient, book: Path) -> None:
    text = f"A note\n\n{STATEMENT.format('fishing')}"
    sent = send(browser, text=text.replace("\n", "\r\n"), title="Talks: a/note", published="2031-05", publisher="The Harbour Post")
    row = report(browser, sent.headers["location"])["sheet"]["rows"][0]
    assert (row["name"], row["outcome"]) == ("Talks: a-note.txt", "new")
    with Ledger(book) as ledger:
        document = ledger.opened(row["document"]).entry.document
        assert document.text == text
        card = document.card
        assert [(f.value, f.basis) for f in (card.title, card.published, card.publisher)] == [
            ("Talks: a/note", "metadata"), ("2031-05", "metadata"), ("The Harbour Post", "metadata"),
        ]  # fmt: skip


def test_a_table_says_what_files_do_not(browser: TestClient, book: Path) -> None:
    table = b"file,published,publisher\na.txt,2031-04-12,The Harbour Post\nb.txt,2030,\n"
    sent = send(browser, [("files", ("a.txt", STATEMENT.format("ports").encode())), ("metadata", ("t.csv", table))])
    told = report(browser, sent.headers["location"])
    assert "the table names b.txt, which is not among the files" in told["notes"]
    with Ledger(book) as ledger:
        assert ledger.opened("a.txt").entry.document.card.published.value == "2031-04-12"


@pytest.mark.parametrize(
    ("fields", "files", "said"),
    [
        ({"text": "Words.", "published": "next week"}, [], "the form says published = &#39;next week&#39;; write an EDTF date"),
        ({}, [("files", ("a.txt", b"x")), ("metadata", ("t.csv", b"name\na.txt\n"))], "the table has no column `file`"),
        ({"text": " \r\n"}, [], "Nothing was sent"),
        ({}, [("files", ("", b""))], "Nothing was sent"),
    ],
)
def test_what_cannot_be_is_refused_at_once(
    browser: TestClient, book: Path, fields: dict[str, str], files: list[tuple[str, tuple[str, bytes]]], said: str
) -> None:
    found = send(browser, files, **fields)
    assert found.status_code == 422
    assert said in found.text
    assert str(book.parent) not in found.text
    assert list(inbox(book).rglob("files")) == []


def test_names_lead_nowhere(browser: TestClient, book: Path) -> None:
    given = ["../../up.txt", "/etc/passwd", "C:\\boot\\x.txt", "a\u202etxt.exe", "..", "same.txt", "same.txt", "n" * 300 + ".txt"]
    sent = send(browser, [("files", (name, f"{n} {STATEMENT.format(n)}".encode())) for n, name in enumerate(given)])
    told = report(browser, sent.headers["location"])
    names = [row["name"] for row in told["sheet"]["rows"]]
    assert names[:3] == ["up.txt", "passwd", "x.txt"]
    assert names[3:7] == ["a_txt.exe", "unnamed", "same.txt", "same.txt"]
    assert len(names[7]) < 130
    assert told["counts"] == [["new", 8]]
    assert not (book.parent / "up.txt").exists()


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_forms_of_other_sites_are_refused(browser: TestClient, book: Path, origin: str) -> None:
    parts: Parts = [("token", (None, token(browser))), ("files", ("a.txt", b"Words."))]
    assert browser.post("/ingest", files=parts, headers={"Origin": origin}).status_code == 403
    assert list(inbox(book).rglob("a.txt")) == []


@pytest.mark.parametrize("held", ["x" * 43, "", "late"])
def test_forms_without_the_token_are_refused(browser: TestClient, book: Path, held: str) -> None:
    parts: Parts = [("token", (None, held)), ("files", ("a.txt", b"Words."))]
    if held == "late":
        parts = [("files", ("a.txt", b"Words.")), ("token", (None, token(browser)))]
    browser.get("/ingest")
    assert browser.post("/ingest", files=parts).status_code == 403
    assert list(inbox(book).rglob("a.txt")) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", b"x"), ("application/x-www-form-urlencoded", b"token=x"), (FORM.partition(";")[0], b"x"), (FORM, b"x"),
        (FORM, b"--b\r\n"), (FORM, b""),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused(browser: TestClient, kind: str, body: bytes) -> None:
    assert browser.post("/ingest", content=body, headers={"Content-Type": kind}).status_code == 422


def test_too_much_is_refused_as_it_comes(browser: TestClient, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pages.UPLOADS, "/ingest", 100_000)
    held, head = token(browser), '--b\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}'

    def drop_by_drop() -> Iterator[bytes]:
        yield (head.format("token", "", held) + "\r\n" + head.format("files", '; filename="a.txt"', "")).encode()
        yield from (b"x" * 1000 for _ in range(200))

    found = browser.post("/ingest", content=drop_by_drop(), headers={"Content-Type": FORM})
    assert found.status_code == 413
    assert list(inbox(book).rglob("a.txt")) == []


def test_fields_and_files_have_limits(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(browser, text="Words.", title="x" * guard.LARGEST_FORM).status_code == 413
    monkeypatch.setattr(multipart, "MOST_FILES", 2)
    assert send(browser, [("files", ("a.txt", b"Words."))] * 3).status_code == 413


def test_a_server_that_only_shows_takes_nothing(book: Path) -> None:
    with TestClient(application(book, ingest=False), base_url=ADDRESS) as browser:
        page = browser.get("/ingest").text
        assert "only shows the ledger" in page
        assert 'type="file"' not in page
        held = re.search(r'name="token" value="([^"]+)"', page)
        assert held
        assert send(browser, [("files", ("a.txt", b"Words."))], held=held[1]).status_code == 403
    assert not inbox(book).exists()


def test_a_report_has_an_id_that_must_be_known(browser: TestClient) -> None:
    for address in ("/ingest/none", "/ingest/none.json"):
        assert browser.get(address).status_code == 404


def test_a_report_is_watched_without_script(browser: TestClient, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingests, "PAUSE", 0.05)
    monkeypatch.setattr("reaffirm.store.sqlite.WAIT_TO_WRITE", 0.05)
    writer = sqlite3.connect(book, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    place = send(browser, text=STATEMENT.format("ports")).headers["location"]
    began = time.monotonic()
    while (told := browser.get(f"{place}.json").json())["state"] != "busy" and time.monotonic() - began < PATIENCE:
        time.sleep(0.02)
    assert told["state"] == "busy"
    page = browser.get(place).text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'hx-get="{place}"' in page
    writer.execute("ROLLBACK")
    writer.close()
    assert report(browser, place)["counts"] == [["new", 1]]


def test_ingests_come_one_after_the_other(browser: TestClient, book: Path) -> None:
    places: list[str] = []
    held = token(browser)

    def one(n: int) -> None:
        sent = send(browser, [("files", (f"{n}.txt", STATEMENT.format(f"port {n}").encode()))], held=held)
        places.append(sent.headers["location"])

    threads = [threading.Thread(target=one, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [report(browser, place)["counts"] for place in places] == [[["new", 1]]] * 6
    with Ledger(book) as ledger:
        assert {f"{n}.txt" for n in range(6)} <= {d.doc for d in ledger.documents()}
        assert ledger.verify() == []


def test_what_a_stopped_server_had_not_read_is_read_by_the_next(book: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with TestClient(application(book, [pack]), base_url=ADDRESS) as first:
        first.app.state.desk.ingests.stopping.set()  # type: ignore[attr-defined] # as at the moment when the server is told to stop
        place = send(first, [("files", (f"{n}.txt", STATEMENT.format(n).encode())) for n in range(3)]).headers["location"]
    assert len(list(inbox(book).rglob("*.txt"))) == 3
    (inbox(book) / "0" / "half").mkdir(parents=True)  # a server that died while something came
    with TestClient(application(book, [pack]), base_url=ADDRESS) as second:
        assert report(second, place)["counts"] == [["new", 3]]
    assert not inbox(book).exists()


def test_a_server_that_lives_keeps_what_it_has(book: Path, browser: TestClient) -> None:
    browser.app.state.desk.ingests.inbox.open().seal()  # type: ignore[attr-defined]
    with TestClient(application(book), base_url=ADDRESS) as second:
        assert second.app.state.desk.ingests.told == {}  # type: ignore[attr-defined]
    assert len(list(inbox(book).rglob("complete"))) == 1
