"""Addresses in a ledger: only when asked for, with the server's headers kept; what fails is retried only when asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reaffirm import fetch
from reaffirm.errors import UsageError
from reaffirm.fetch import Fetched, RefusedError
from reaffirm.ledger import Ledger
from reaffirm.model import MetaField
from reaffirm.store import loading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = "https://ministry.example/2033/03/15/note"
PAGE = (
    b"<!doctype html><html lang=en><title>Joint note</title><h1>Joint note</h1>"
    b"<p>Foreign Minister Elna Marsten said that the talks would go on.</p>"
)
HEADERS = (MetaField("http:status", "200"), MetaField("http:content-type", "text/html"), MetaField("http:etag", '"a1"'))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "l.db", create=True) as book:
        yield book


def serve(monkeypatch: pytest.MonkeyPatch, answer: Fetched | OSError) -> None:
    def fetched(url: str) -> Fetched:
        assert url == ADDRESS
        if isinstance(answer, OSError):
            raise answer
        return answer

    monkeypatch.setattr(fetch, "fetch", fetched)


def test_nothing_is_fetched_unasked(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, AssertionError("the network was used"))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="--online"):
        ledger.add([ADDRESS])
    assert ledger.documents() == []


def test_a_page_comes_with_its_address_its_date_and_the_servers_headers(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, Fetched(ADDRESS, PAGE, HEADERS))
    (filing,) = ledger.add([ADDRESS], online=True).filings
    (filed,) = ledger.documents()
    assert (filing.outcome, filed.doc) == ("new", "ministry.example/2033/03/15/note.html")
    assert [field.value for field in ledger.card(filed.doc)["url"]] == [ADDRESS]
    assert filed.published == "2033-03-15"
    (arrival,) = loading.acquisitions(ledger.store, filed.sha256)
    assert (arrival.origin, arrival.headers) == (ADDRESS, HEADERS)
    assert ledger.verify() == []
    assert ledger.doctor() == []


def test_the_address_is_remembered_when_the_bytes_come_as_a_file(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    serve(monkeypatch, Fetched(ADDRESS, PAGE, HEADERS))
    ledger.add([ADDRESS], online=True)
    (tmp_path / "a.html").write_bytes(PAGE)
    assert [f.outcome for f in ledger.add([tmp_path / "a.html"]).filings] != ["failed"]
    assert [field.value for field in ledger.card("a.html")["url"]] == [ADDRESS]


def test_an_address_that_fails_is_tried_again_only_online(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, RefusedError("ministry.example answered 503; try again later"))
    (filing,) = ledger.add([ADDRESS], online=True).filings
    assert filing.reason == "cannot be fetched: ministry.example answered 503; try again later"
    serve(monkeypatch, Fetched(ADDRESS, PAGE, HEADERS))
    assert ledger.retry().filings == []
    assert [f.outcome for f in ledger.retry(online=True).filings] == ["new"]
