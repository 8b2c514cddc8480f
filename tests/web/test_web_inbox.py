"""The folder in which batches wait belongs to one server, however many requests and servers come at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from reaffirm.web import inbox as module
from reaffirm.web.inbox import Inbox

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(module.fcntl is None, reason="this system has no locks of folders: nothing is taken over there")
AT_ONCE = 8


@pytest.mark.parametrize("attempt", range(20))
def test_requests_that_come_at_once_keep_the_folder_locked(tmp_path: Path, attempt: int) -> None:
    ledger = tmp_path / f"{attempt}.db"
    inbox, start = Inbox(ledger), threading.Barrier(AT_ONCE)

    def sent(_: int) -> str:
        start.wait()
        batch = inbox.open()
        batch.seal()
        return batch.id

    with ThreadPoolExecutor(AT_ONCE) as pool:
        ids = set(pool.map(sent, range(AT_ONCE)))
    assert len(ids) == AT_ONCE
    assert Inbox(ledger).left() == []  # the folder is locked: its server lives
    inbox.close()
    after = Inbox(ledger)
    assert {batch.id for batch in after.left()} == ids
    after.close()


def test_a_server_that_starts_beside_takes_nothing_from_one_that_begins(tmp_path: Path) -> None:
    ledger, over = tmp_path / "book.db", threading.Event()

    def look() -> int:
        other, taken = Inbox(ledger), 0
        while not over.is_set():
            taken += len(other.left())
        other.close()
        return taken

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        try:
            for _ in range(200):
                _serve_one(ledger)
        finally:
            over.set()
        assert looking.result() == 0


def _serve_one(ledger: Path) -> None:
    inbox = Inbox(ledger)
    batch = inbox.open()
    batch.seal()
    assert batch.folder.is_dir()
    batch.drop()
    inbox.close()


def test_where_nothing_can_be_locked_it_does_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_locked", lambda _: None)
    monkeypatch.setattr(module, "PAUSE", 0)
    assert Inbox(tmp_path / "book.db").open().folder.is_dir()
