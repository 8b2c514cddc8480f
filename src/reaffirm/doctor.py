"""What a ledger's keeper should look at: what is stuck, orphaned, out of date, changed on disk or unreadable.

`reaffirm verify` says whether the ledger is sound; this says whether it is in step with the files, the packs and the
program. Nothing is changed here, neither in the ledger nor at the source.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from reaffirm.store import neighbours, queries
from reaffirm.store.lines import open_places
from reaffirm.store.people import machine_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reaffirm.model import Acquisition, MetaField
    from reaffirm.store.protocol import Store

Ailment = Literal["stuck", "unlinked", "stale", "orphan", "changed", "missing", "unreadable", "leftover"]
UNREADABLE = frozenset({"unreadable", "scanned page", "garbled text", "damaged", "no body", "language"})
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Symptom:
    """Something that a keeper should look at: of which kind, what it concerns, what it is, and what to do."""

    kind: Ailment
    subject: str
    message: str
    advice: str


def examine(store: Store, path: Path, run_of: Callable[[tuple[MetaField, ...]], str]) -> list[Symptom]:
    """All symptoms of a ledger, by kind; `run_of` gives the id of the run that a document with this table would have now."""
    return [
        *_stuck(store), *_unlinked(store), *_stale(store, run_of), *_orphans(store), *_sources(store), *_unreadable(store),
        *_leftovers(path),
    ]  # fmt: skip


def _stuck(store: Store) -> Iterator[Symptom]:
    for failure in queries.failures(store):
        yield Symptom("stuck", failure.name, f"was not read: {failure.reason}", "mend the file, then run `reaffirm add --retry-failed`")


def _unlinked(store: Store) -> Iterator[Symptom]:
    waiting = neighbours.unlinked(store) or open_places(store)
    if waiting:
        message = f"{len(waiting)} documents were not compared with the others: an `add` was stopped"
        yield Symptom("unlinked", waiting[0], message, "run the same `reaffirm add` again")


def _stale(store: Store, run_of: Callable[[tuple[MetaField, ...]], str]) -> Iterator[Symptom]:
    """The documents that other code, packs or models read than those of today."""
    stale = [filed.doc for filed in queries.documents(store) if machine_run(filed.run) != run_of(store.given(filed.sha256))]
    if stale:
        message = f"{len(stale)} documents were read by another version of the program or with other packs"
        yield Symptom("stale", stale[0], message, "add their files again with the packs that are meant; judgements are kept")


def _orphans(store: Store) -> Iterator[Symptom]:
    for judgement in store.orphans():
        message = f"the {judgement.verdict} of {judgement.who} on “{judgement.quote[:80]}” has no row any more"
        yield Symptom("orphan", judgement.row, message, f"judge the row that took its place, or `reaffirm undo {judgement.row}` (--anyone)")


def _sources(store: Store) -> Iterator[Symptom]:
    """The files that are gone or have other bytes than any that came from there."""
    hashes: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for sha256, acquisition in queries.arrivals(store):
        if acquisition.origin and not acquisition.origin.lower().startswith(("http://", "https://")):
            names.setdefault(acquisition.origin, acquisition.name)
            hashes[acquisition.origin].add("" if _is_member(acquisition) else sha256)
    for origin in sorted(hashes):
        yield from _source(Path(origin), names[origin], hashes[origin])


def _is_member(acquisition: Acquisition) -> bool:
    """Whether the bytes were inside an archive, whose own hash the ledger does not hold."""
    return PurePath(acquisition.name).name != PurePath(acquisition.origin).name


def _source(file: Path, name: str, known: Iterable[str]) -> Iterator[Symptom]:
    if not os.path.lexists(file):
        yield Symptom("missing", name, f"{file} is no longer there", "nothing is lost: the ledger keeps the bytes")
    elif file.is_file() and "" not in known:
        try:
            changed = _sha256(file) not in known
        except OSError as error:
            yield Symptom("missing", name, f"{file} cannot be read ({error.strerror})", "check its permissions")
            return
        if changed:
            advice = "add it again: the new version becomes a document of its own, the old one stays"
            yield Symptom("changed", name, f"{file} has other bytes than those that were read", advice)


def _sha256(file: Path) -> str:
    total = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            total.update(chunk)
    return total.hexdigest()


def _unreadable(store: Store) -> Iterator[Symptom]:
    """The documents of which a part could not be read."""
    for filed in queries.documents(store):
        for problem in queries.problems(store, filed.id) if filed.problems else ():
            if problem.kind in UNREADABLE and problem.severity == "high":
                yield Symptom("unreadable", filed.doc, problem.message, problem.resolution)


def _leftovers(path: Path) -> Iterator[Symptom]:
    """Files that a stopped program left beside the ledger."""
    for file in sorted(path.absolute().parent.glob(f".{path.name[:80]}.*-*")):
        yield Symptom("leftover", file.name, f"{file} was left by a program that was stopped", "delete it once no Reaffirm is running")

