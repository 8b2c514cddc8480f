"""A folder of files, or one file, written complete or not at all; what is no export of ours is never replaced."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm.errors import LedgerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK = re.compile(rb"Reaffirm\W{1,3}\d+\.\d+")  # what every file says of the program that wrote it
MARKED = ("documents.jsonl", "provenance.csv", "provenance.parquet")  # the file by which a folder is known
INSIDE = ("docProps/core.xml", "project.qde")  # the part by which a ZIP file is known


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


def put(target: Path, data: bytes) -> int:
    """One, once the bytes are in the file, complete or not at all; an earlier export there is replaced.

    Raises `UsageError` where something else is there, `LedgerError` where it cannot be written.
    """
    with _explained(target):
        _insist_our_file(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".export-", delete=False) as temporary:
            fresh = Path(temporary.name)
            try:
                temporary.write(data)
                temporary.flush()
                os.fsync(temporary.fileno())
                fresh.chmod(0o666 & ~_mask())
                fresh.replace(target)
            finally:
                fresh.unlink(missing_ok=True)
    return 1


def _mask() -> int:
    """What the user's new files may not be; a temporary file may be nothing to anybody else."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
    known = (target / name for name in MARKED)
    ours = not target.exists() or (target.is_dir() and (any(path.exists() for path in known) or not any(target.iterdir())))
    if not ours:
        message = f"{target} holds something that is no export; give an empty or new folder"
        raise UsageError(message)


def _insist_our_file(target: Path) -> None:
    if target.is_dir():
        message = f"{target} is a folder; this format is one file: give its name"
        raise UsageError(message)
    if target.exists() and not _marked(target):
        message = f"{target} is no export of Reaffirm and would be lost; give another name, or move it away first"
        raise UsageError(message)


def _marked(target: Path) -> bool:
    """Whether a file says that Reaffirm wrote it, or says nothing at all."""
    if zipfile.is_zipfile(target):
        with zipfile.ZipFile(target) as archive:
            return any(MARK.search(archive.read(name)) for name in INSIDE if name in archive.namelist())
    found = target.read_bytes()
    return not found.strip(b"[] \r\n") or bool(MARK.search(found))
