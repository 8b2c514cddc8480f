"""Forms with files, written to disk as they arrive.

The token comes first: no byte of a file is kept before it has been found right. How much may come in all is counted by the guard.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from fastapi import HTTPException, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from reaffirm import tables
from reaffirm.errors import UsageError
from reaffirm.formats import archive
from reaffirm.formats.names import safe
from reaffirm.web import guard, inbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from python_multipart.multipart import MultipartCallbacks

    from reaffirm.web.inbox import Batch

MOST_FILES = 1000  # in one form; more come as an archive
TEXT, UPLOAD, METADATA = "text", "files", "metadata"
LARGEST = archive.MAX_MEMBER  # bytes of a pasted text and of a table, as of any one document
FIELDS = frozenset({guard.FIELD, "title", "published", "publisher"})
UNTITLED = "pasted text"
BAD = "The form did not arrive as browsers send it; open the page again and resend."


async def receive(request: Request, batch: Batch) -> None:
    """Nothing; the files, the pasted text and the table of a form lie in the batch, which is sealed.

    Raises `HTTPException` with 403 for a form of strangers, 413 for too much, and 422 for what is no form, has nothing to read, or
    a table that says something impossible.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise HTTPException(422, BAD)
    form = _Form(batch, lambda sent: guard.insist_token(request, sent))
    try:
        parser = MultipartParser(boundary, form.callbacks())
        async for chunk in request.stream():
            await run_in_threadpool(parser.write, chunk)
        await run_in_threadpool(form.finish)
    except FormParserError as error:
        raise HTTPException(422, BAD) from error
    finally:
        form.close()


@dataclass(slots=True)
class _Part:
    """A part of the form: the name of its field, and where its bytes go."""

    name: str
    sink: IO[bytes] | None


@dataclass(slots=True)
class _Form:
    """The form as far as it has come; `insist` refuses a wrong token."""

    batch: Batch
    insist: Callable[[str], None]
    values: dict[str, str] = field(default_factory=dict)
    trusted: bool = False
    ended: bool = False
    files: int = 0
    pasted: bool = False
    room: dict[str, int] = field(default_factory=lambda: {TEXT: LARGEST, METADATA: LARGEST, "": guard.LARGEST_FORM})  # bytes left
    header: tuple[bytearray, bytearray] = field(default_factory=lambda: (bytearray(), bytearray()))
    disposition: bytes = b""
    part: _Part | None = None

    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin, "on_header_field": lambda d, s, e: self.header[0].extend(d[s:e]),
            "on_header_value": lambda d, s, e: self.header[1].extend(d[s:e]), "on_header_end": self._header_end,
            "on_headers_finished": self._open, "on_part_data": self._data, "on_part_end": self._part_end, "on_end": self._end,
        }  # fmt: skip

    def close(self) -> None:
        """Nothing; closes what is open."""
        if self.part and self.part.sink:
            self.part.sink.close()
            self.part = None

    def finish(self) -> None:
        """Nothing; checks that the whole form came and that there is something to read, and seals the batch."""
        if not self.ended:
            raise HTTPException(422, BAD)
        if not self.trusted:
            self.insist("")
        if self.pasted:
            self._label()
        if not self.files + self.pasted:
            raise HTTPException(422, "Nothing was sent to be read; choose files, or paste a text.")
        self._check()
        self.batch.seal()

    def _check(self) -> None:
        """Nothing; a table that cannot be understood is refused at once, in words without places of this machine."""
        table = self.batch.table
        try:
            _ = tables.read(table) if table else None
        except UsageError as error:
            told = str(error).replace(f"the table {table}", "the table")
            raise HTTPException(422, told.replace("the table, line 2,", "the form") if self.pasted else told) from error

    def _begin(self) -> None:
        self.disposition = b""

    def _end(self) -> None:
        self.ended = True

    def _header_end(self) -> None:
        name, text = (bytes(part) for part in self.header)
        if name.lower() == b"content-disposition":
            self.disposition = text
        for part in self.header:
            part.clear()

    def _open(self) -> None:
        _, options = parse_options_header(self.disposition.decode("latin-1"))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if name in {TEXT, UPLOAD, METADATA} and not self.trusted:
            self.insist("")
        path = self._path(name, options.get(b"filename", b"").decode("utf-8", "replace"))
        sink = path.open("xb") if path else io.BytesIO() if name in FIELDS else None
        self.part = _Part(name, sink)

    def _path(self, name: str, sent: str) -> Path | None:
        """Where the bytes of a part go on disk; None for what is no file."""
        if name == TEXT and not self.pasted:
            return self.batch.folder / TEXT
        if name == METADATA and sent and not self.batch.table:
            return self.batch.folder / inbox.TABLE
        if name != UPLOAD or not sent:  # browsers send an empty name where no file was chosen
            return None
        self.files += 1
        if self.files > MOST_FILES:
            raise HTTPException(413, f"More than {MOST_FILES:,} files in one form; pack them as a ZIP archive.")
        return self.batch.place(sent)

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self.part
        if part is None or part.sink is None:
            return
        purse = "" if part.name in FIELDS else part.name
        if purse in self.room:
            self.room[purse] -= end - start
            if self.room[purse] < 0:
                raise HTTPException(413, "A field of the form holds more than is allowed there; send a long text as a file.")
        part.sink.write(data[start:end])

    def _part_end(self) -> None:
        part, self.part = self.part, None
        if part is None or part.sink is None:
            return
        if isinstance(part.sink, io.BytesIO):
            self.values[part.name] = part.sink.getvalue().decode("utf-8", "replace").strip()
            if part.name == guard.FIELD:
                self.insist(self.values[part.name])
                self.trusted = True
        part.sink.close()
        if part.name == TEXT:
            self._paste()

    def _paste(self) -> None:
        """Nothing; a pasted text has the line ends that it had before the browser sent it, so that it is the same as the file."""
        path = self.batch.folder / TEXT
        data = path.read_bytes().replace(b"\r\n", b"\n")
        path.write_bytes(data)
        self.pasted = bool(data.strip())

    def _label(self) -> None:
        """Nothing; the pasted text is a file named after its title, and a table says what the fields of the form say."""
        if self.batch.table:
            raise HTTPException(422, "A pasted text has its own fields and no table; send the two apart.")
        said = {name: " ".join(self.values.get(name, "").split()) for name in ("title", "published", "publisher")}
        title = safe(said["title"].replace("/", "-").replace("\\", "-")).lstrip(".")
        place = self.batch.place(f"{title or UNTITLED}.txt")
        (self.batch.folder / TEXT).rename(place)
        if any(said.values()):
            with (self.batch.folder / inbox.TABLE).open("x", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([("file", *said), (place.name, *said.values())])
