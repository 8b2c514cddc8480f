"""Ledgers in a temporary folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_builders import Filled, put

from reaffirm.store.sqlite import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reaffirm.store.sqlite import SqliteStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger is."""
    return tmp_path / "ledger.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """An empty ledger."""
    with open_ledger(path, create=True) as opened:
        yield opened


@pytest.fixture
def filled(store: SqliteStore) -> Filled:
    """A ledger with the usual document."""
    return Filled(store, put(store))
