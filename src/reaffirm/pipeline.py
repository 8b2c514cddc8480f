"""The order of things: read top to bottom, this is the architecture.

bytes -> `formats.read` -> `blocks.cut` -> card -> `language.parse` -> rows -> voices -> one transaction in the store.
Everything before the store is a pure function of bytes, a person's table, packs and code, so it may run in any process.
"""

from __future__ import annotations

import hashlib
import os
import re
import select
import tempfile
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm import blocks, packs, workers
from reaffirm.extract import acts
from reaffirm.extract.card import card
from reaffirm.extract.commitments import commitments
from reaffirm.extract.demands import demands
from reaffirm.extract.elisions import elisions
from reaffirm.extract.issues import filings
from reaffirm.extract.meetings import contradictions, tellings
from reaffirm.extract.statements import statements
from reaffirm.formats import archive, confinement, exports, folder, mbox
from reaffirm.language.anchoring import reanchored
from reaffirm.language.names import mentions
from reaffirm.language.parse import model_name, sentences
from reaffirm.language.times import times
from reaffirm.linking.copies import compare
from reaffirm.linking.sketches import sketch
from reaffirm.model import Document, MetaField, Problem, Run, digest, document_id, problem_id
from reaffirm.readings import Derivation, Observation
from reaffirm.resolve.calls import calls
from reaffirm.resolve.duties import duties
from reaffirm.resolve.neighbours import borrowed, gathering
from reaffirm.resolve.seats import seated
from reaffirm.resolve.speech import own_state
from reaffirm.resolve.voices import actors, voices
from reaffirm.text import sha256, text_sha256
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from reaffirm.formats.problems import Found
    from reaffirm.model import Copy, Mention, Source, Span, Statement, Voice, When
    from reaffirm.packs import Packs
    from reaffirm.readings import Call, Commitment, Demand, Duty, Filing

ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that)\b", re.IGNORECASE)
RARE = 0.05  # share of these words below which a text is not English; they make a fifth of English prose
LARGEST = archive.MAX_MEMBER  # bytes of one document
PIPE_WAIT = 10  # seconds
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
OF_ONE = frozenset({"table:title", "table:author", "table:published"})  # told of a file, they are no news of each article in it
SPEECH = "remarks"  # the genre of texts by one speaker
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
    headers: tuple[MetaField, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a parcel: the observations by a run (of each article in a file of many), or why there are none."""

    run: Run
    observations: tuple[Observation, ...] = ()
    failure: str = ""


# From paths to parcels


def gather(sources: Iterable[Path | str]) -> Iterator[Parcel]:
    """The files below paths and behind addresses, archives opened, each with its bytes; unreadable ones with the reason instead."""
    for source in sources:
        if isinstance(source, str):
            yield from fetched(source)
            continue
        for name, file in folder.files(source):
            yield from _parcels(name or source.name, file)


def count(sources: Iterable[Path | str]) -> int:
    """How many files lie below paths, an archive and an address counted as one."""
    return sum(1 for source in sources for _ in ([source] if isinstance(source, str) else folder.files(source)))


def again(failures: Iterable[tuple[str, str]]) -> Iterator[Parcel]:
    """The parcels of files that failed, by the names and origins under which they failed."""
    for name, origin in failures:
        if is_address(origin):
            yield from fetched(origin)
        elif not os.path.lexists(origin):
            yield Parcel(name, origin, None, f"it is no longer at {origin}; add it from where it is now")
        else:
            yield from _parcels(name, Path(origin))


def is_address(source: str) -> bool:
    """Whether a source is an address on the web, not a path."""
    return ADDRESS.match(source) is not None


def fetched(address: str) -> Iterator[Parcel]:
    """The parcel of a document on the web, or those of an archive there; only who asks for it (`--online`) comes here."""
    from reaffirm import fetch  # noqa: PLC0415 - what the network needs is loaded by nobody else

    try:
        found = fetch.fetch(address)
    except OSError as error:
        yield Parcel(address, address, None, f"cannot be fetched: {error}")
        return
    name = fetch.name_of(found.url, found.headers)
    told = (MetaField("http:url", found.url),)
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "fetched"
        file.write_bytes(found.data)
        for parcel in _parcels(name, file):
            yield replace(parcel, origin=address, table=told, headers=found.headers)


def _parcels(name: str, file: Path) -> Iterator[Parcel]:
    """The parcel of a file, or those of the members of an archive."""
    origin = str(file.absolute())
    try:
        packed = confinement.members(file, name) if _may_hold(file) else None
        data = _bytes(file) if packed is None else b""
    except OSError as error:
        why = f"{error.strerror}; check the file and its permissions" if error.strerror else str(error)
        yield Parcel(name, origin, None, f"cannot be read: {why}")
        return
    if packed is None:
        yield Parcel(name, origin, data, sha256=sha256(data))
        return
    for member in packed:
        failure = " ".join((member.problem[2] + ".", member.problem[3])) if member.problem else ""
        yield Parcel(member.name, origin, member.data, failure, sha256(member.data) if member.data is not None else "")


def _may_hold(file: Path) -> bool:
    """Whether a file begins as ZIP archives do, and not at once as an office document, or as mail folders do."""
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        head = stream.read(64)
    return head.startswith(mbox.MAGIC) or (head.startswith(archive.MAGIC) and not archive.is_document(head))


def _bytes(file: Path) -> bytes:
    """The bytes of a file or pipe that are not too many; an `OSError` says why not."""
    if not (file.is_file() or file.is_fifo()):
        message = "it is a folder that may not be listed, or a device; check its permissions, or save the document as a file and add that"
        raise OSError(message)
    data = _piped(file) if file.is_fifo() else _stored(file)
    if len(data) > LARGEST:
        message = f"it has more than {LARGEST:,} bytes; split it, or pack its parts as a ZIP archive"
        raise OSError(message)
    return data


def _stored(file: Path) -> bytes:
    """The bytes of a file as it is at this moment, one more than allowed at most."""
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _piped(file: Path) -> bytes:
    """What a pipe's writer writes until it closes; an `OSError` when nothing comes for a while."""
    data = bytearray()
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while len(data) <= LARGEST:
            if not select.select([handle], [], [], PIPE_WAIT)[0]:
                message = f"it is a pipe into which nothing was written for {PIPE_WAIT} seconds; save the document as a file and add that"
                raise OSError(message)
            chunk = os.read(handle, 1 << 16)
            if not chunk:
                break
            data += chunk
    finally:
        os.close(handle)
    return bytes(data)


def linked(document: Document, others: Iterable[Document]) -> tuple[Copy, ...]:
    """The links of a document to those of the others that are nearly the same text."""
    return tuple(copy for copy in (compare(document, other) for other in others) if copy is not None)


# From a parcel to a reading


def observe(name: str, data: bytes, knowledge: Packs, table: tuple[MetaField, ...] = ()) -> Observation:
    """All that one run reads from the bytes of one document: hops one to three, pure."""
    return _observed(data, confinement.read(data, name), knowledge, table)


def observations(name: str, data: bytes, knowledge: Packs, table: tuple[MetaField, ...] = ()) -> tuple[Observation, ...]:
    """As `observe`, one for each article of a file that holds many; an article that stands there twice counts once."""
    parts = exports.split(confinement.read(data, name), knowledge.exports)
    if len(parts) == 1:
        return (_observed(data, parts[0], knowledge, table),)
    shared = tuple(field for field in table if field.key not in OF_ONE)
    found = (_observed(data, part, knowledge, shared, number) for number, part in enumerate(parts, 1))
    unique = {o.document.id: o for o in reversed(list(found)) if o.document.text.strip()}
    return tuple(reversed(unique.values()))


def _observed(data: bytes, source: Source, knowledge: Packs, table: tuple[MetaField, ...], part: int = 0) -> Observation:
    document = replace(identify(data, source, knowledge, table), part=part)
    filled, unknown = card(document, knowledge)
    document = replace(document, card=filled)
    foreign = _foreign(document)
    found = (*source.problems, *([foreign] if foreign else []))
    problems = {p.id: p for p in (*(_problem(document, f) for f in found), *unknown)}
    named = seated(document, mentions(document, knowledge), knowledge)
    parsed = () if foreign else tuple(sentences(document))
    rows = statements(document, parsed, knowledge)
    spoken = voices(document, rows, named, knowledge)
    cast = actors(spoken, named)
    meetings = gathering(document, named, knowledge).keys
    found_times = times(document, knowledge)
    told = tellings(document, named, found_times, knowledge)
    problems |= {p.id: p for p in contradictions(told, document)}
    promised = commitments(document, parsed, rows, found_times, knowledge)
    asked = demands(document, parsed, rows, knowledge, promised)
    owed, called = beholden(document, (rows, spoken, named), found_times, (promised, asked), knowledge)
    return Observation(
        document, rows, named, spoken, cast, tuple(problems.values()), sketch(document), found_times, meetings,
        told, promised, owed, asked, called, _filings(document, rows, promised, asked, named, knowledge),
    )  # fmt: skip


def _filings(
    document: Document,
    rows: tuple[Statement, ...],
    promised: tuple[Commitment, ...],
    asked: tuple[Demand, ...],
    named: tuple[Mention, ...],
    knowledge: Packs,
) -> tuple[Filing, ...]:
    acts = [(row.id, (row.action,)) for row in promised] + [(row.id, (row.action,)) for row in asked]
    places = [(row.id, row.content) for row in rows] + acts
    own = own_state(document, knowledge) if document.card.genre.value == SPEECH else None
    return filings(places, document, named, knowledge.issues, knowledge.things, own)


def identify(data: bytes, source: Source, knowledge: Packs, table: tuple[MetaField, ...] = ()) -> Document:
    """The document of some bytes: identity, canonical text, blocks and metadata, its card still empty."""
    raw, text = sha256(data), text_sha256(source.text)
    cut = blocks.cut(source, knowledge)
    metadata = (*table, *source.metadata)
    return Document(document_id(raw, text), raw, source.text, text, source.extractor, source.nodes, metadata, cut)


def revoiced(
    document: Document,
    named: tuple[Mention, ...],
    rows: tuple[Statement, ...],
    fellows: Iterable[tuple[Document, tuple[Mention, ...]]],
    knowledge: Packs,
) -> tuple[Voice, ...]:
    """The voices of a document, collectives with the members whom other documents of the same meeting name."""
    spoken = voices(document, rows, named, knowledge)
    others = [gathering(*fellow, knowledge) for fellow in fellows]
    pairs = zip(rows, spoken, strict=True)
    lent = {v.statement: v for v in borrowed(gathering(document, named, knowledge), pairs, others, knowledge, document.text)}
    return tuple(lent.get(voice.statement, voice) for voice in spoken)


def beholden(
    document: Document,
    said: tuple[tuple[Statement, ...], tuple[Voice, ...], tuple[Mention, ...]],
    whens: tuple[When, ...],
    deeds: tuple[tuple[Commitment, ...], tuple[Demand, ...]],
    knowledge: Packs,
) -> tuple[tuple[Duty, ...], tuple[Call, ...]]:
    """Who is bound by a document's commitments and by when, and whose its demands are and on whom; `said`: statements, voices, names."""
    rows, spoken, named = said
    promised, asked = deeds
    owed = duties(document, promised, rows, spoken, named, whens, knowledge)
    return owed, calls(document, asked, rows, spoken, named, knowledge)


def voiced(document: Document, named: tuple[Mention, ...], rows: tuple[Statement, ...], knowledge: Packs) -> tuple[Voice, ...]:
    """The voices of a document, whose card may have another date than the one that was read."""
    return voices(document, rows, named, knowledge)


def retimed(document: Document, named: tuple[Mention, ...], found: tuple[When, ...], knowledge: Packs) -> Derivation:
    """The time expressions and tellings of a document whose card has another date or bounds: what depends on these, and nothing else."""
    whens = reanchored(found, document.card)
    return Derivation(times=whens, tellings=tellings(document, named, whens, knowledge))


def account(statement: Statement, text: str, knowledge: Packs) -> tuple[tuple[str, ...], tuple[Span, ...], bool]:
    """What rules say of a stored statement: steps to act and strength, elisions of its quotation, whether it only names a topic."""
    return acts.force(statement, text, knowledge).steps, elisions(statement, text), acts.topic_only(statement, knowledge)


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
        return Reading(made_by, failure=parcel.failure)
    try:
        found = observations(parcel.name, parcel.data, knowledge, parcel.table)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - law 7: one bad file never stops the others
        return Reading(made_by, failure=f"a defect of Reaffirm, please report it with the file: {type(error).__name__}: {error}")
    if not any(o.document.text.strip() for o in found):
        return Reading(made_by, failure=_why_empty(found[0].problems if found else ()))
    return Reading(made_by, found)


def _why_empty(problems: tuple[Problem, ...]) -> str:
    """Why no text was found and what to do, from the first grave problem."""
    grave = next((p for p in problems if p.severity == "high"), None)
    return f"{grave.message}. {grave.resolution}" if grave else "no text in it. Check that the file is the one that was meant."


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
        yield from workers.ordered(partial(read, folders=folders), tasks, jobs, partial(_lost, folders=folders), _weight)


def _weight(parcel: Parcel) -> int:
    return len(parcel.data or b"")


def _lost(parcel: Parcel, folders: tuple[Path, ...]) -> Reading:
    reason = "reading it ended the process (too little memory, or a crash); add it alone, or report it with the file"
    return Reading(run(packs.load(*folders), parcel.table), failure=reason)


def coverage(*documents: Document) -> float:
    """The share of the documents' characters, white space apart, that lie outside furniture."""

    def weight(text: str) -> int:
        return len("".join(text.split()))

    total = sum(weight(d.text) for d in documents)
    furniture = sum(weight(d.text[b.start : b.end]) for d in documents for b in d.blocks if b.kind == "furniture")
    return 1 - furniture / total if total else 0.0
