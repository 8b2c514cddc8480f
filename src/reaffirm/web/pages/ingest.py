"""Documents are sent to be read, and what became of each is told."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import HTTPException, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from reaffirm.formats import archive
from reaffirm.intake import Filing, Outcome
from reaffirm.web import multipart
from reaffirm.web.answering import Desk
from reaffirm.web.inbox import Batch
from reaffirm.web.ingests import State
from reaffirm.web.page import page
from reaffirm.web.pages import OTHERS, UPLOADS
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, sheet

UPLOADS["/ingest"] = archive.MAX_TOTAL
CLOSED = "This server only shows the ledger. Whoever started it can allow documents to be sent, with --ingest."
MOST_WAITING = 100
Id = Annotated[str, Path(max_length=60, description="The id of the report.")]


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether documents may be sent, and how much at once: bytes of one document and of all together, and the number of files."""

    allowed: bool
    largest: int
    most: int
    files: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of each file that was sent, those that failed first; `total` is how many there are (an archive counts as one).

    `state` is waiting (others are read first), reading, busy (another process is writing the ledger), done or failed.
    """

    id: str
    state: State
    total: int
    counts: tuple[tuple[Outcome, int], ...]
    sheet: Sheet[Filing]
    statements: int
    problems: int
    copies: int
    notes: tuple[str, ...]
    message: str

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed"}


@page("/ingest", "ingest.html", "Add documents", menu="Add", fresh=True)
def ingest(desk: Desk) -> Offer:
    """What may be sent to be read, and how much of it."""
    return Offer(desk.ingests.allowed, archive.MAX_MEMBER, archive.MAX_TOTAL, multipart.MOST_FILES, len(desk.ingests.waiting))


@page("/ingest/{batch}", "ingested.html", "Ingest report", fresh=True)
def ingested(desk: Desk, batch: Id, page: PageNumber = 1, per: PerPage = PER) -> Ingested:
    """What became of each file that was sent, or has become of those that were read so far."""
    told = desk.ingests.find(batch)
    state, filings = told.state, tuple(told.filings)  # in this order: what is done has all its filings
    counts = tuple((outcome, n) for outcome in get_args(Outcome) if (n := sum(f.outcome == outcome for f in filings)))
    failed_first = sorted(filings, key=lambda f: f.outcome != "failed")
    read = [f for f in filings if f.outcome in {"new", "again"}]
    return Ingested(
        told.id, state, told.total, counts, sheet(failed_first, page, per), sum(f.statements for f in read), sum(f.problems for f in read),
        told.copies, told.notes, told.message,
    )  # fmt: skip


@OTHERS.post("/ingest")
async def send(request: Request) -> Response:
    """The way to the report of what was sent, which is read as soon as it is its turn."""
    desk: Desk = request.app.state.desk
    if not desk.ingests.allowed:
        raise HTTPException(403, CLOSED)
    if len(desk.ingests.waiting) >= MOST_WAITING:
        raise HTTPException(503, "Much has been sent already and waits to be read; send this again in a while.")
    try:
        batch = await run_in_threadpool(desk.ingests.inbox.open)
        await _received(request, batch)
    except OSError as error:
        why = "the disk is full" if error.errno == errno.ENOSPC else "the folder of the ledger cannot be written"
        raise HTTPException(507, f"What was sent could not be kept: {why}. Nothing was read.") from error
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to see it
    desk.ingests.begin(batch)
    return RedirectResponse(f"/ingest/{batch.id}", 303)


async def _received(request: Request, batch: Batch) -> None:
    try:
        await multipart.receive(request, batch)
    except BaseException:
        batch.drop()
        raise
