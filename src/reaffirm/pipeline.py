"""The order of things: read top to bottom, this is the architecture.

bytes -> `formats.read` -> `blocks.cut` -> card -> `language.parse` -> rows -> voices -> one transaction in the store.
Everything before the store is a pure function of bytes, a person's table, packs and code, so it may run in any process.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm import blocks, formats, packs, workers
from reaffirm.extract.card import card
from reaffirm.extract.statements import statements
from reaffirm.formats import archive, folder
from reaffirm.language.names import mentions
from reaffirm.language.parse import model_name, parse
from reaffirm.model import Document, MetaField, Observation, Problem, Run, digest, document_id, problem_id
from reaffirm.resolve.voices import actors, voices
from reaffirm.text import sha256, text_sha256
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from reaffirm.formats.problems import Found
    from reaffirm.model import Source
    from reaffirm.packs import Packs

ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that)\b", re.IGNORECASE)
RARE = 0.05  # share of these words below which a text is not English; they make a fifth of English prose
LARGEST = 512 * 1024 * 1024  # bytes of one file
MANY = 24  # files from which a second process pays for its start


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file to read: its name below what was given, where it came from, its bytes or why there are none."""

    name: str
    origin: str
    data: bytes | None
    failure: str = ""
    sha256: str = ""
    table: tuple[MetaField, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a parcel: an observation by a run, or why there is none."""

    run: Run
    observation: Observation | None
    failure: str = ""


# From paths to parcels


def gather(paths: Iterable[Path]) -> Iterator[Parcel]:
    """The files below paths, archives opened, each with its bytes; unreadable ones with the reason instead."""
    for path in paths:
        for name, file in folder.files(path):
            yield from _parcels(name or path.name, file)


def count(paths: Iterable[Path]) -> int:
    """How many files lie below paths, an archive counted as one."""
    return sum(1 for path in paths for _ in folder.files(path))


def _parcels(name: str, file: Path) -> Iterator[Parcel]:
    """The parcel of a file, or those of the members of an archive."""
    origin = str(file.absolute())
    try:
        data = _bytes(file)
    except OSError as error:
        yield Parcel(name, origin, None, f"cannot be read: {error.strerror or error}; check the file and its permissions")
        return
    if not archive.is_archive(data, name):
        yield Parcel(name, origin, data, sha256=sha256(data))
        return
    for member in archive.members(data, name):
        failure = member.problem[2] if member.problem else ""
        yield Parcel(member.name, origin, member.data, failure, sha256(member.data) if member.data is not None else "")


def _bytes(file: Path) -> bytes:
    """The bytes of a file or pipe that are not too many; an `OSError` says why not."""
    if not (file.is_file() or file.is_fifo()):
        message = "it is a folder that may not be listed, or a device"
        raise OSError(message)
    with file.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        message = f"it has more than {LARGEST:,} bytes"
        raise OSError(message)
    return data


# From a parcel to a reading


def observe(name: str, data: bytes, knowledge: Packs, table: tuple[MetaField, ...] = ()) -> Observation:
    """All that one run reads from the bytes of one document: hops one to three, pure."""
    source = formats.read(data, name)
    document = identify(data, source, knowledge, table)
    filled, unknown = card(document, knowledge)
    document = replace(document, card=filled)
    foreign = _foreign(document)
    found = (*source.problems, *([foreign] if foreign else []))
    problems = {p.id: p for p in (*(_problem(document, f) for f in found), *unknown)}
    named = mentions(document, knowledge)
    rows = () if foreign else statements(document, parse(document), knowledge)
    spoken = voices(document, rows, named, knowledge)
    return Observation(document, rows, named, spoken, actors(spoken, named), tuple(problems.values()))


def identify(data: bytes, source: Source, knowledge: Packs, table: tuple[MetaField, ...] = ()) -> Document:
    """The document of some bytes: identity, canonical text, blocks and metadata, its card still empty."""
    raw, text = sha256(data), text_sha256(source.text)
    cut = blocks.cut(source, knowledge)
    metadata = (*table, *source.metadata)
    return Document(document_id(raw, text), raw, source.text, text, source.extractor, source.nodes, metadata, cut)


def _problem(document: Document, found: Found) -> Problem:
    kind, severity, message, resolution = found
    return Problem(problem_id(document.id, kind, message, ()), document.id, kind, severity, message, resolution)


def _foreign(document: Document) -> Found | None:
    """The problem of a text in another language: the classifier says so and English function words are rare."""
    language = document.card.language.value
    if language in {None, "en"} or len(ENGLISH.findall(document.text)) >= RARE * len(document.text.split()):
        return None
    return "language", "high", f"the text is in {language}, which Reaffirm does not read", "no rows were read"


@cache
def code() -> str:
    """The hash of the program's own sources, so that a changed rule is a new run."""
    root = Path(__file__).parent
    total = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def run(knowledge: Packs, table: tuple[MetaField, ...] = ()) -> Run:
    """The run that these packs, this code, this model and what a person's table says make up."""
    known = knowledge.fingerprint + (f" table {digest([[f.key, f.value] for f in table])[:16]}" if table else "")
    ingredients = (VERSION, code(), known, model_name())
    return Run(f"R-{digest(*ingredients)[:16]}", *ingredients)


def read(parcel: Parcel, folders: tuple[Path, ...]) -> Reading:
    """The reading of one parcel, in whatever process; a defect becomes a failure of this one file.

    An `OSError` is raised: a full disk is the machine's fault, not the file's, and would fail the other files as well.
    """
    knowledge = packs.load(*folders)
    made_by = run(knowledge, parcel.table)
    if parcel.data is None:
        return Reading(made_by, None, parcel.failure)
    try:
        found = observe(parcel.name, parcel.data, knowledge, parcel.table)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - law 7: one bad file never stops the others
        return Reading(made_by, None, f"a defect of Reaffirm, please report it with the file: {type(error).__name__}: {error}")
    if not found.document.text.strip():
        return Reading(made_by, None, next((p.message for p in found.problems if p.severity == "high"), "no text in it"))
    return Reading(made_by, found)


def readings(
    parcels: Iterable[Parcel], folders: tuple[Path, ...], jobs: int, known: Callable[[Parcel], bool]
) -> Generator[tuple[Parcel, Reading | None], None, None]:
    """Each parcel with its reading, None for a known one, in their order; by so many processes, 0 chooses by the number of parcels."""
    parcels = iter(parcels)
    first = list(islice(parcels, 0 if jobs else MANY))
    jobs = jobs or (workers.available() if len(first) == MANY else 1)
    parcels = chain(first, parcels)
    if jobs == 1:
        yield from ((p, None if known(p) else read(p, folders)) for p in parcels)
    else:
        tasks = ((p, not known(p)) for p in parcels)
        yield from workers.ordered(partial(read, folders=folders), tasks, jobs, partial(_lost, folders=folders))


def _lost(parcel: Parcel, folders: tuple[Path, ...]) -> Reading:
    reason = "reading it ended the process (too little memory, or a crash); add it alone, or report it with the file"
    return Reading(run(packs.load(*folders), parcel.table), None, reason)


def coverage(document: Document) -> float:
    """The share of a document's characters, white space apart, that lie outside furniture."""

    def weight(start: int, end: int) -> int:
        return len("".join(document.text[start:end].split()))

    total = weight(0, len(document.text))
    furniture = sum(weight(b.start, b.end) for b in document.blocks if b.kind == "furniture")
    return 1 - furniture / total if total else 0.0
