"""A folder of files written complete or not at all."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm.errors import LedgerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def write(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """How many files were written into a folder, complete or not at all; an earlier export there is replaced.

    Raises `UsageError` where the folder holds something else, `LedgerError` where it cannot be written.
    """
    with _explained(target):
        _insist_ours(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as temporary:
            fresh, stale = Path(temporary) / "new", Path(temporary) / "old"
            written = sum(_put(fresh / name, data) for name, data in files)
            if target.exists():
                target.rename(stale)
            fresh.rename(target)
    return written


def _put(path: Path, data: bytes) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return 1


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Nothing; inside, errors of the file system become a `LedgerError`."""
    try:
        yield
    except OSError as error:
        message = f"the export could not be written to {target} ({error.strerror or error}); nothing was left behind; check folder and disk"
        raise LedgerError(message) from error


def _insist_ours(target: Path) -> None:
    ours = not target.exists() or (target.is_dir() and ((target / "documents.jsonl").exists() or not any(target.iterdir())))
    if not ours:
        message = f"{target} holds something that is no export; give an empty or new folder"
        raise UsageError(message)
