"""A confined process: bytes from outside are parsed in it, within limits of processor time, memory, wall time and output.

`read` and `members` are what the pipeline calls; they give what `formats.read` and `archive.members` give. One process
serves many documents. It is replaced when a document ends it, and a document that ended a process which had served
others is tried once more in a new one, so that what was read before never decides what comes of a document.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from reaffirm.formats.archive import UNPACK, Member
from reaffirm.formats.problems import refused, unreadable
from reaffirm.model import MetaField, Node, Source

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from reaffirm.formats.problems import Found

try:
    import resource as resource  # noqa: PLC0414 - the tests ask whether it is there
except ImportError:  # Windows has no such limits; wall time and output are limited there as well
    resource = None  # type: ignore[assignment]

EXTRACTOR = "confinement/1"
MIB = 1024 * 1024
FRAME = struct.Struct(">QQ")  # lengths of header and body
START = "from reaffirm.formats.confinement import serve; serve()"
PATIENCE = 2.0  # seconds for a process that has closed its answer to end, so that its own code is reported
SERVED = 500  # documents after which a process is replaced
STATM = Path("/proc/self/statm")
SPLIT = "Split the file, or save the document as plain text, and add that."
Frame = tuple[Mapping[str, object], bytes]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use: seconds of processor time and of wall time for one document, bytes of memory and of answers."""

    cpu: int = 60
    wall: float = 240.0
    memory: int = 320 * MIB
    output: int = 160 * MIB


UNPACKING = Limits(cpu=600, wall=600.0)


class EndedError(Exception):
    """The process ended before its answer was complete; the message says why."""


class SlowError(EndedError):
    """It ended because its time was over, which no new process would change."""


class Cell:
    """One confined process, started when it is first asked, started anew when it has ended."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.process: subprocess.Popen[bytes] | None = None
        self.served = 0

    def ask(self, request: Mapping[str, object], body: bytes = b"") -> Generator[Frame, None, None]:
        """The frames of the answer; `EndedError` when the process ends before the last."""
        process = self._begin()
        self.served += 1
        inlet, outlet = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        late = threading.Event()
        try:
            with _deadline(process, self.limits.wall, late):
                _send(inlet, request, body)
                frame = _receive(outlet, self.limits.output)
            while not frame[0].get("last"):
                yield frame
                with _deadline(process, self.limits.wall, late):
                    frame = _receive(outlet, self.limits.output)
        except (EOFError, OSError, ValueError) as error:
            self.end(patience=0 if isinstance(error, ValueError) else PATIENCE)
            raise _ended(process.returncode, error, timed_out=late.is_set(), limits=self.limits) from error
        except GeneratorExit:  # what is left of the answer is not wanted
            self.end()
            raise
        if frame[0].get("leaves") or self.served >= SERVED:
            self.end()

    def _begin(self) -> subprocess.Popen[bytes]:
        """The running process."""
        if self.process is None:
            self.served = 0
            # Nothing is imported from the folder that the program runs in: it may hold the very files that are not trusted.
            paths = os.pathsep.join(filter(None, sys.path))
            surroundings = os.environ | {"PYTHONSAFEPATH": "1", "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
            self.process = subprocess.Popen(  # noqa: S603 - this program itself
                [sys.executable, "-c", f"import sys; sys.argv += {[str(v) for v in asdict(self.limits).values()]!r}; {START}"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings,
                start_new_session=True,  # Ctrl-C is for the program to obey; this process ends with its input
            )  # fmt: skip
        return self.process

    def end(self, patience: float = 0) -> None:
        """Nothing; ends the process, if there is one, after so many seconds in which it may end by itself."""
        process, self.process = self.process, None
        if process is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(patience)
            process.kill()
            for stream in (process.stdin, process.stdout):
                _close(stream)
            process.wait()


@contextmanager
def _deadline(process: subprocess.Popen[bytes], seconds: float, fired: threading.Event) -> Iterator[None]:
    """A stretch of time after whose end a process is killed, which sets the event."""

    def fire() -> None:
        fired.set()
        process.kill()

    timer = threading.Timer(seconds, fire)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _close(stream: IO[bytes] | None) -> None:
    """Nothing; closes a pipe whose other end may be gone."""
    with suppress(OSError):
        if stream is not None:
            stream.close()


def _ended(code: int | None, error: Exception, *, timed_out: bool, limits: Limits) -> EndedError:
    """Why the process ended, for a person."""
    if timed_out:
        return SlowError(f"reading it took more than {limits.wall:.0f} seconds")
    if isinstance(error, ValueError):
        return EndedError(f"what was read from it is larger than {limits.output // MIB} MiB")
    if code == -getattr(signal, "SIGXCPU", 0) and code:
        return SlowError(f"reading it took more than {limits.cpu} seconds of processor time")
    if code == -signal.SIGKILL:
        return EndedError("the process that read it was ended from outside (too little memory on this machine?)")
    return EndedError(f"the process that read it ended (code {code}): it crashed, or needed more than {limits.memory // MIB} MiB of memory")


# Asking


_cell = Cell(Limits())
_lock = threading.Lock()


@atexit.register
def close() -> None:
    """Nothing; ends this process's confined process."""
    _cell.end()


def read(data: bytes, name: str) -> Source:
    """The Source of any bytes, as `formats.read` gives it; a document that breaks a limit gives empty text and a problem."""
    with _lock:
        fresh = _cell.process is None
        try:
            return _read(_cell, data, name)
        except EndedError as error:
            reason, final = str(error), fresh or isinstance(error, SlowError)
        if not final:
            try:
                return _read(_cell, data, name)
            except EndedError as error:
                reason = str(error)
    return refused(EXTRACTOR, unreadable(reason, SPLIT))


def _read(cell: Cell, data: bytes, name: str) -> Source:
    frames = list(cell.ask({"task": "read", "name": name}, data))
    if not frames or "failure" in frames[0][0]:
        reason = frames[0][0]["failure"] if frames else "the process gave no answer"
        raise EndedError(reason)
    return _source(*frames[0])


def members(file: Path, name: str, limits: Limits = UNPACKING) -> Iterator[Member] | None:
    """The members of a ZIP archive or mail folder, as `archive.members` gives them, one at a time; None when the file is a document.

    An archive that breaks a limit ends with a member that is a problem instead of the rest.
    """
    answer = Cell(limits).ask({"task": "members", "path": str(file), "name": name})
    try:
        header, _ = next(answer)
        if header.get("archive") is False:
            answer.close()
            return None
    except (EndedError, StopIteration) as error:
        return iter([_rest(name, str(error))])
    return _members(answer, name)


def _members(answer: Iterator[Frame], name: str) -> Iterator[Member]:
    try:
        for header, body in answer:
            if "failure" in header:
                yield _rest(name, str(header["failure"]))
                return
            found = cast("Found | None", header["problem"] and tuple(cast("list[str]", header["problem"])))
            yield Member(str(header["name"]), None if found else body, found)
    except EndedError as error:
        yield _rest(name, str(error))


def _rest(name: str, reason: str) -> Member:
    return Member(name, None, unreadable(f"the archive, or the rest of it: {reason}", UNPACK))


# Frames


def _send(stream: IO[bytes], header: Mapping[str, object], body: bytes) -> None:
    """Nothing; writes one frame."""
    head = json.dumps(header, ensure_ascii=True).encode()
    stream.write(FRAME.pack(len(head), len(body)) + head)
    stream.write(body)
    stream.flush()


def _receive(stream: IO[bytes], limit: int | None = None) -> Frame:
    """One frame; `EOFError` where the other side has ended, `ValueError` where it is too large."""
    head, body = FRAME.unpack(_exactly(stream, FRAME.size))
    if limit is not None and head + body > limit:
        message = "too large"
        raise ValueError(message)
    header = json.loads(_exactly(stream, head))
    return header, _exactly(stream, body)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def _frame(source: Source) -> Frame:
    """A Source as a frame."""
    nodes = [[node.start, node.end, node.path, node.hint, node.furniture] for node in source.nodes]
    metadata = [[field.key, field.value] for field in source.metadata]
    header = {"extractor": source.extractor, "nodes": nodes, "metadata": metadata, "problems": source.problems}
    return header, source.text.encode("utf-8")


def _source(header: Mapping[str, object], body: bytes) -> Source:
    """The Source of a frame."""
    nodes = tuple(Node(*node) for node in cast("list[list[object]]", header["nodes"]))  # type: ignore[arg-type]
    metadata = tuple(MetaField(key, value) for key, value in cast("list[list[str]]", header["metadata"]))
    problems = tuple(cast("Found", tuple(problem)) for problem in cast("list[list[str]]", header["problems"]))
    return Source(body.decode("utf-8"), str(header["extractor"]), nodes, metadata, problems)


# Inside the process


def serve() -> None:
    """Nothing; answers requests until nobody asks any more: the whole life of a confined process."""
    cpu, _, memory, _ = (int(float(word)) for word in sys.argv[-4:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inlet, outlet = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)  # a library that prints must not print into an answer
    _confine(memory)
    while True:
        _grant(cpu)
        try:
            header, body = _receive(inlet)
        except EOFError:
            return
        leaves = header["task"] == "members"
        try:
            for frame in _answer(header, body):
                _send(outlet, *frame)
        except MemoryError:
            leaves = True
            _send(outlet, {"failure": f"reading it needs more than {memory // MIB} MiB of memory"}, b"")
        del body
        _send(outlet, {"last": True, "leaves": leaves or _used() > memory // 4}, b"")


def _answer(header: Mapping[str, object], body: bytes) -> Iterator[Frame]:
    """The frames that answer a request."""
    from reaffirm import formats  # noqa: PLC0415 - the package is being imported while this module is
    from reaffirm.formats import archive, mbox  # noqa: PLC0415

    name = str(header["name"])
    if header["task"] == "read":
        yield _frame(formats.read(body, name))
        return
    with Path(str(header["path"])).open("rb") as stream:
        container = next((kind for holds, kind in ((archive.is_archive, archive), (mbox.is_folder, mbox)) if holds(stream)), None)
        yield {"archive": container is not None}, b""
        for member in container.members(stream, name) if container else ():
            yield {"name": member.name, "problem": member.problem}, member.data or b""


def _confine(memory: int) -> None:
    """Nothing; sets the limits that hold for the whole life of this process: memory, no files written, no core dump."""
    if resource is None:
        return
    data = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS  # other systems do not count all data
    for kind, most in ((data, memory), (resource.RLIMIT_AS, 2 * memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):  # macOS knows some of them by name only
            resource.setrlimit(kind, (allowed, allowed))


def _grant(seconds: int) -> None:
    """Nothing; allows this process so much more processor time than it has used."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _used() -> int:
    """The memory that this process holds now, in bytes; 0 where that is not known.

    The highest it ever held, which `getrusage` tells, is no measure: Linux counts what its parent held when it was made.
    """
    with suppress(OSError):
        return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
