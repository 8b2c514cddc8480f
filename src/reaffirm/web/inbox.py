"""What was sent and is not read yet: kept in a hidden folder beside the ledger, so that a server that stops in the middle loses none of it.

Each running server has a folder of its own there, which it locks; what it leaves behind is taken over by the next.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from reaffirm.formats.names import safe

if TYPE_CHECKING:
    from pathlib import Path

try:
    import fcntl as fcntl  # noqa: PLC0414 - `Inbox` asks whether it is there
except ImportError:  # Windows: nobody can tell whether another server is alive, so nothing is taken over
    fcntl = None  # type: ignore[assignment]

SHAPE = re.compile(r"[\w-]{22,}", re.ASCII)
LONGEST = 120  # code points of a file's name; 3 to 4 bytes each fit in what file systems take, after `_cut`
BYTES = 200
COMPLETE, LOCK, TABLE, FILES = "complete", "lock", "table.csv", "files"
TRIES, PAUSE = 100, 0.01  # how often a new folder's lock is asked for, and seconds between: another server holds it only while it looks in


@dataclass(frozen=True, slots=True)
class Batch:
    """What was sent at once: an id that nobody can guess, and a folder with the files, each in one of its own, and perhaps a table."""

    folder: Path

    @property
    def id(self) -> str:
        """The id, which is the name of the folder."""
        return self.folder.name

    @property
    def files(self) -> list[Path]:
        """The files in the order in which they came."""
        return sorted(self.folder.glob(f"{FILES}/*/*"))

    @property
    def table(self) -> Path | None:
        """The table of metadata, if one came."""
        path = self.folder / TABLE
        return path if path.exists() else None

    def place(self, name: str) -> Path:
        """Where to write a file that came under this name; files of one name do not meet."""
        folder = self.folder / FILES
        place = folder / f"{sum(1 for _ in folder.iterdir()):06}"
        place.mkdir()
        return place / file_name(name)

    def seal(self) -> None:
        """Nothing; everything has come."""
        (self.folder / COMPLETE).touch()

    def drop(self) -> None:
        """Nothing; takes the batch away."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Inbox:
    """The folder beside a ledger in which batches wait."""

    def __init__(self, ledger: Path) -> None:
        self.folder = ledger.absolute().with_name(f".{ledger.name}.inbox")
        self.own = self.folder / secrets.token_hex(8)
        self.lock: IO[bytes] | None = None
        self.guard = threading.Lock()  # several requests come at once; two that lock would shut each other out

    def open(self) -> Batch:
        """A new batch, empty."""
        self._own()
        folder = self.own / secrets.token_urlsafe(24)
        (folder / FILES).mkdir(parents=True)
        return Batch(folder)

    def left(self) -> list[Batch]:
        """The batches that servers which are gone had taken and not read; what had not come completely is thrown away."""
        if fcntl is None:
            return []
        for folder in sorted(f for f in _within(self.folder) if f.is_dir() and f != self.own):
            lock = _locked(folder)
            if lock:
                for sealed in folder.glob(f"*/{COMPLETE}"):
                    self._own()
                    sealed.parent.rename(self.own / sealed.parent.name)
                shutil.rmtree(folder, ignore_errors=True)  # while it is locked, so that nobody takes it for their own
                lock.close()
        batches = [Batch(sealed.parent) for sealed in self.own.glob(f"*/{COMPLETE}")]
        return sorted(batches, key=lambda b: ((b.folder / COMPLETE).stat().st_mtime_ns, b.id))

    def close(self) -> None:
        """Nothing; lets go of the folder, and takes it away where nothing waits in it."""
        with self.guard:
            if {f.name for f in _within(self.own)} <= {LOCK}:
                shutil.rmtree(self.own, ignore_errors=True)
            if self.lock:
                self.lock.close()
                self.lock = None
        with suppress(OSError):  # another server has its folder there, or there is none
            self.folder.rmdir()

    def _own(self) -> None:
        with self.guard:
            for _ in range(TRIES if fcntl is not None else 0):
                if self.lock:
                    return
                self.lock = self._mine()
            self.own.mkdir(mode=0o700, parents=True, exist_ok=True)  # where nothing can be locked, it does without

    def _mine(self) -> IO[bytes] | None:
        """The lock of the own folder, new; None after a pause where another server clears it away for one left behind."""
        with suppress(FileNotFoundError):
            self.own.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = _locked(self.own)
            if lock:
                return lock
        time.sleep(PAUSE)
        return None


def _within(folder: Path) -> list[Path]:
    """What lies in a folder; nothing in one that is not there, or just went."""
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []


def _locked(folder: Path) -> IO[bytes] | None:
    """The lock of a server's folder, held until it is closed; None where its server is alive, or the folder is gone."""
    with suppress(FileNotFoundError):
        file = (folder / LOCK).open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(file.fileno()), (folder / LOCK).stat()):
                return file
        except OSError:  # held by another, or taken away between the two steps
            pass
        file.close()
    return None


def file_name(sent: str) -> str:
    """A file's own name from what a browser sent: no folder, nothing unprintable, not too long, never empty."""
    name = safe(sent).rpartition("/")[2].strip() or "unnamed"
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > 10:
        stem, dot, suffix = name, "", ""
    room = BYTES - len(f"{dot}{suffix}".encode())
    return stem[:LONGEST].encode()[:room].decode("utf-8", "ignore") + dot + suffix
