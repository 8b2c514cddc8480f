"""The queue of what was sent: one batch after the other is read into the ledger, by one thread, with a report that can be watched.

Another process may write the same ledger: then a batch waits for it. A batch is gone from the inbox only when it has been read, so
what a stopped server had not read is read by the next one.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Literal

from reaffirm.errors import LedgerError, ReaffirmError, UsageError
from reaffirm.ledger import Ledger
from reaffirm.web.inbox import Inbox

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.intake import Filing, Report
    from reaffirm.web.inbox import Batch

LOG = logging.getLogger("reaffirm.web")
State = Literal["waiting", "reading", "busy", "done", "failed"]
KEPT = 200  # reports of this session
PAUSE = 1.0  # seconds between tries while another process writes, besides what SQLite itself waits
SLOWEST = 20.0  # seconds to finish the file at hand when the server stops


class StoppedError(Exception):
    """The server stops: the file at hand is in the ledger, the rest waits for the next server."""


@dataclass(slots=True)
class Progress:
    """How far a batch has come: `filings` what became of each file so far, `total` how many there are (an archive counts as one)."""

    id: str
    total: int
    state: State = "waiting"
    filings: list[Filing] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    copies: int = 0
    message: str = ""


class Ingests:
    """The batches of a ledger, those that wait and those that were read in this session."""

    def __init__(self, ledger: Path, packs: tuple[Path, ...], *, allowed: bool) -> None:
        self.ledger, self.packs, self.allowed = ledger, packs, allowed
        self.inbox = Inbox(ledger)
        self.told: dict[str, Progress] = {}
        self.waiting: deque[Batch] = deque()
        self.change = threading.Condition()
        self.stopping = threading.Event()
        self.thread: threading.Thread | None = None

    def begin(self, batch: Batch) -> None:
        """Nothing; a batch is put at the end of the queue."""
        with self.change:
            self.told[batch.id] = Progress(batch.id, len(batch.files))
            ended = [p.id for p in self.told.values() if p.state in {"done", "failed"}]
            for old in ended[: max(0, len(self.told) - KEPT)]:
                del self.told[old]
            self.waiting.append(batch)
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._work, name="ingest", daemon=True)
                self.thread.start()
            self.change.notify()

    def resume(self) -> None:
        """Nothing; what an earlier server had taken and not read is queued again."""
        self.stopping.clear()
        for batch in self.inbox.left() if self.allowed else ():
            self.begin(batch)

    def stop(self) -> None:
        """Nothing; returns when the file at hand is in the ledger; what is not read stays in the inbox."""
        self.stopping.set()
        with self.change:
            self.change.notify()
        if self.thread:
            self.thread.join(SLOWEST)
        self.inbox.close()

    def find(self, batch: str) -> Progress:
        """How far a batch has come; a `UsageError` for an id that is none of this session."""
        if batch not in self.told:
            message = "there is no such report; reports are kept until the server stops, and the documents that were read are in the ledger"
            raise UsageError(message)
        return self.told[batch]

    def _work(self) -> None:
        while True:
            with self.change:
                self.change.wait_for(lambda: self.waiting or self.stopping.is_set())
                if self.stopping.is_set():
                    return
                batch = self.waiting.popleft()
            self._ingest(batch, self.told[batch.id])

    def _ingest(self, batch: Batch, progress: Progress) -> None:
        try:
            report = self._read(batch, progress)
        except StoppedError:
            return
        except (ReaffirmError, OSError) as error:
            progress.message = self._plain(error)
            progress.state = "failed"
        except Exception as error:  # the thread must live on for the next batch
            LOG.exception("defect while reading what was sent", exc_info=error)
            progress.message = "Reaffirm failed to read this; it is a defect of the program. The log of the server says more."
            progress.state = "failed"
        else:
            progress.notes, progress.copies = tuple(report.notes), report.copies
            batch.drop()
            progress.state = "done"

    def _read(self, batch: Batch, progress: Progress) -> Report:
        """The report of reading a batch; as long as another process writes it is tried again, and what was read stays read."""
        while True:
            progress.state = "reading"
            try:
                with Ledger(self.ledger, packs=self.packs) as ledger:
                    return ledger.add(batch.files, table=batch.table, jobs=0, progress=self._ticker(progress), origin="")
            except LedgerError as error:
                if not error.is_busy:
                    raise
            progress.state = "busy"
            if self.stopping.wait(PAUSE):
                raise StoppedError

    def _ticker(self, progress: Progress) -> Ticker:
        return Ticker(progress.filings, self.stopping)

    def _plain(self, error: Exception) -> str:
        """What went wrong, without the places of this machine."""
        if isinstance(error, OSError):
            return f"{error.strerror or 'a file could not be written'}; check the disk, then start the server again: it goes on from here"
        return str(error).replace(str(self.ledger), self.ledger.name)


class Ticker:
    """What `add` calls after each file: it notes what became of it, and stops when the server does.

    Files come in the same order at each try; one that an earlier try read is `known` to the next, and stays as it was noted.
    """

    def __init__(self, filings: list[Filing], stopping: threading.Event) -> None:
        self.filings, self.stopping, self.at = filings, stopping, count()

    def __call__(self, filing: Filing) -> None:
        """Nothing; notes a filing."""
        at = next(self.at)
        if at >= len(self.filings):
            self.filings.append(filing)
        elif filing.outcome != "known":
            self.filings[at] = filing
        if self.stopping.is_set():
            raise StoppedError
