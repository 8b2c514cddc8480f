"""The order of things: read top to bottom, this is the architecture.

bytes -> `formats.read` -> `blocks.cut` -> card -> `language.parse` -> rows -> voices -> one transaction in the store.
Everything before the store is a pure function of bytes, a person's table, packs and code, so it may run in any process.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import reaffirm
from reaffirm import blocks, formats, packs
from reaffirm.extract.card import card
from reaffirm.extract.statements import statements
from reaffirm.formats import archive, folder
from reaffirm.language.names import mentions
from reaffirm.language.parse import model_name, parse
from reaffirm.model import Document, MetaField, Observation, Problem, Run, digest, document_id, problem_id
from reaffirm.resolve.voices import actors, voices
from reaffirm.text import sha256, text_sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reaffirm.model import Source
    from reaffirm.packs import Packs

ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that)\b", re.IGNORECASE)
WINDOW = 4  # documents in flight per process: enough to keep it busy, few enough to hold in memory


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file to read: its name below what was given, where it came from, its bytes or why there are none."""

    name: str
    origin: str
    data: bytes | None
    failure: str = ""
    table: tuple[MetaField, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a parcel: an observation by a run, or why there is none."""

    parcel: Parcel
    observation: Observation | None
    run: Run
    failure: str = ""


def gather(paths: Iterable[Path]) -> Iterator[Parcel]:
    """The files below paths, archives opened, each with its bytes; unreadable ones with the reason instead."""
    for path in paths:
        for name, file in folder.files(path):
            try:
                data = file.read_bytes()
            except OSError as error:
                yield Parcel(name, str(file), None, f"cannot be read: {error.strerror or error}")
                continue
            yield from _opened(name, str(file), data)


def _opened(name: str, origin: str, data: bytes) -> Iterator[Parcel]:
    if not archive.is_archive(data, name):
        yield Parcel(name, origin, data)
        return
    for member in archive.members(data, name):
        yield Parcel(member.name, origin, member.data, member.problem[2] if member.problem else "")


def observe(name: str, data: bytes, knowledge: Packs, table: tuple[MetaField, ...] = ()) -> Observation:
    """All that one run reads from the bytes of one document: hops one to three, pure."""
    source = formats.read(data, name)
    document = identify(data, source, knowledge, table)
    filled, unknown = card(document, knowledge)
    document = replace(document, card=filled)
    problems = [*_found(document, source), *unknown]
    named = mentions(document, knowledge)
    if _foreign(document):
        problems.append(_problem(document, "language", "high", f"the text is in {filled.language.value}, which Reaffirm does not read", "no rows were read"))
        return Observation(document, (), named, (), (), tuple(problems))
    rows = statements(document, parse(document), knowledge)
    spoken = voices(document, rows, named, knowledge)
    return Observation(document, rows, named, spoken, actors(spoken, named), _unique(problems))


def identify(data: bytes, source: Source, knowledge: Packs, table: tuple[MetaField, ...] = ()) -> Document:
    """The document of some bytes: identity, canonical text, blocks and metadata, its card still empty."""
    raw, text = sha256(data), text_sha256(source.text)
    cut = blocks.cut(source, knowledge)
    metadata = (*table, *source.metadata)
    return Document(document_id(raw, text), raw, source.text, text, source.extractor, source.nodes, metadata, cut)


def _found(document: Document, source: Source) -> Iterator[Problem]:
    for kind, severity, message, resolution in source.problems:
        yield Problem(problem_id(document.id, kind, message, ()), document.id, kind, severity, message, resolution)


def _problem(document: Document, kind: str, severity: str, message: str, resolution: str) -> Problem:
    return Problem(problem_id(document.id, kind, message, ()), document.id, kind, severity, message, resolution)  # type: ignore[arg-type]


def _unique(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple({p.id: p for p in problems}.values())


def _foreign(document: Document) -> bool:
    """Whether the text is in another language: the classifier says so and English function words are rare."""
    if document.card.language.value in {None, "en"}:
        return False
    words = document.text.split()
    return len(ENGLISH.findall(document.text)) < 0.05 * len(words)


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
    ingredients = (reaffirm.__version__, code(), known, model_name())
    return Run(f"R-{digest(*ingredients)[:16]}", *ingredients)


def read(parcel: Parcel, folders: tuple[Path, ...]) -> Reading:
    """The reading of one parcel, in whatever process; a defect becomes a failure of this one file."""
    knowledge = packs.load(*folders)
    made_by = run(knowledge, parcel.table)
    if parcel.data is None:
        return Reading(parcel, None, made_by, parcel.failure)
    try:
        found = observe(parcel.name, parcel.data, knowledge, parcel.table)
    except Exception as error:  # noqa: BLE001 - law 7: one bad file never stops the others
        return Reading(parcel, None, made_by, f"a defect of Reaffirm, please report it with the file: {type(error).__name__}: {error}")
    if not found.document.text.strip():
        return Reading(parcel, None, made_by, next((p.message for p in found.problems if p.severity == "high"), "no text in it"))
    return Reading(parcel, found, made_by)


def readings(parcels: Iterable[Parcel], folders: tuple[Path, ...], jobs: int, known: Callable[[Parcel], bool]) -> Iterator[Reading | Parcel]:
    """The readings of parcels in their order, by one or more processes; a parcel that is known comes back as it is."""
    if jobs <= 1:
        for parcel in parcels:
            yield parcel if known(parcel) else read(parcel, folders)
        return
    waiting: deque[Future[Reading] | Parcel] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for parcel in parcels:
            waiting.append(parcel if known(parcel) else pool.submit(read, parcel, folders))
            while len(waiting) >= WINDOW * jobs:
                yield _arrived(waiting.popleft())
        while waiting:
            yield _arrived(waiting.popleft())


def _arrived(item: Future[Reading] | Parcel) -> Reading | Parcel:
    return item if isinstance(item, Parcel) else item.result()


def coverage(document: Document) -> float:
    """The share of a document's characters, white space apart, that lie outside furniture."""
    def weight(start: int, end: int) -> int:
        return len("".join(document.text[start:end].split()))

    total = weight(0, len(document.text))
    furniture = sum(weight(b.start, b.end) for b in document.blocks if b.kind == "furniture")
    return 1 - furniture / total if total else 0.0
