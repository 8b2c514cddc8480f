"""Ledger files as wholes: one of an earlier schema written anew, one brought back from a backup."""

from __future__ import annotations

from pathlib import Path

from reaffirm import weaving
from reaffirm.packs import load
from reaffirm.store import backup as keeping
from reaffirm.store import upgrade as migration
from reaffirm.store.sqlite import open_ledger


def upgrade(path: str | Path) -> Path | None:
    """Where the file of an older ledger was kept once it was written anew, None if nothing had to be done."""
    kept = migration.upgrade(Path(path))
    if kept:
        with open_ledger(Path(path)) as store:
            weaving.woven(store, load)
    return kept


def restore(backup: str | Path, path: str | Path) -> Path | None:
    """Where the replaced ledger was kept, None if there was none; the backup is verified first."""
    return keeping.restore(Path(backup), Path(path))
