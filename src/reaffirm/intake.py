"""Intake: files, folders, archives and addresses read into a ledger, and the report of what became of each.

Clocks enter with `judging.now` and nowhere below.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from reaffirm import derivation, judging, pipeline, tables
from reaffirm.errors import ProofError, UsageError
from reaffirm.model import Acquisition
from reaffirm.store import loading, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reaffirm.packs import Packs
    from reaffirm.pipeline import Parcel, Reading
    from reaffirm.store.protocol import Store

Outcome = Literal["new", "again", "known", "failed"]
JOURNALS = ("", "-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Filing:
    """What became of one file: new, again (known bytes read by another run or under a smaller name), known, or failed.

    `reason` says why it failed, or which document a known one is the same as; `document` is the id of the first document of it,
    empty where it failed.
    """

    name: str
    outcome: Outcome
    statements: int = 0
    problems: int = 0
    coverage: float = 0.0
    documents: int = 1
    reason: str = ""
    document: str = ""


@dataclass(slots=True)
class Report:
    """The ingest report: every file with its outcome, and what else a person should know of packs and tables."""

    filings: list[Filing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    copies: int = 0

    def count(self, outcome: str) -> int:
        """How many files had that outcome."""
        return sum(f.outcome == outcome for f in self.filings)


@dataclass(frozen=True, slots=True)
class Intake:
    """What reading into a ledger needs: its store and file, the packs, and the folders that these were read from."""

    store: Store
    path: Path
    packs: Packs
    folders: tuple[Path, ...]

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        table: Path | None = None,
        jobs: int = 1,
        online: bool = False,
        progress: Callable[[Filing], None] | None = None,
        origin: str | None = None,
    ) -> Report:
        """The report of reading files, folders, archives and, `online`, addresses; what is known already is not read again.

        With more than one process (`jobs`, 0 chooses) a script that calls this needs the usual `if __name__ == "__main__"`.
        `origin` is what to note as the place of files that are only copies, which will be gone; empty where there is none.
        """
        parcels = pipeline.gather(sources(paths, online=online))
        return self._add(parcels if origin is None else (replace(p, origin=origin) for p in parcels), table, jobs, progress)

    def retry(
        self, *, table: Path | None = None, jobs: int = 1, online: bool = False, progress: Callable[[Filing], None] | None = None
    ) -> Report:
        """The report of reading once more what failed earlier, under the names and from the places where it failed."""
        failed = sorted({(f.name, f.origin) for f in queries.failures(self.store) if f.origin})
        wanted = _whole([(name, origin) for name, origin in failed if online or not pipeline.is_address(origin)])
        return self._add(pipeline.again(wanted), table, jobs, progress)

    def _add(self, parcels: Iterator[Parcel], table: Path | None, jobs: int, progress: Callable[[Filing], None] | None) -> Report:
        told = tables.read(table) if table else tables.Table()
        labelled = (self._labelled(parcel, told) for parcel in parcels if not self._is_own(parcel))
        report = Report()
        with closing(pipeline.readings(labelled, self.folders, jobs, self._known)) as arrived:
            for parcel, reading in arrived:
                report.filings.append(self._file(parcel, reading))
                if progress:
                    progress(report.filings[-1])
        report.copies = derivation.derive(self.store, self.packs)
        report.notes += [f"pack entry replaced: {line}" for line in self.packs.replaced]
        report.notes += told.remarks()
        return report

    def _is_own(self, parcel: Parcel) -> bool:
        """Whether a file is this ledger or its journal, which `add .` would come across."""
        path = Path(parcel.origin)
        return path.name in {self.path.name + suffix for suffix in JOURNALS} and path.parent.samefile(self.path.absolute().parent)

    def _labelled(self, parcel: Parcel, told: tables.Table) -> Parcel:
        """The parcel with what a table says of it, now or when it was added before."""
        if parcel.data is None:
            return parcel
        before = (*self.store.given(parcel.sha256), *parcel.table)
        return replace(parcel, table=told.fields(parcel.name, parcel.sha256, before))

    def _known(self, parcel: Parcel) -> bool:
        """Whether this run has read these bytes under this name or a smaller one.

        A format may go by the name, so the smallest name decides, in whatever order the files arrive.
        """
        if not self.store.known(parcel.sha256, pipeline.run(self.packs, parcel.table).id):
            return False
        return parcel.name >= min(a.name for a in loading.acquisitions(self.store, parcel.sha256))

    def _file(self, parcel: Parcel, reading: Reading | None) -> Filing:
        """What became of a parcel, recorded; one that came twice is known by the time its second reading arrives."""
        if reading is None or self._known(parcel):
            return self._acquire(parcel)
        found = reading.observations
        if not found or parcel.data is None:
            self.store.fail(parcel.name, parcel.sha256 or None, reading.failure, judging.now(), parcel.origin)
            return Filing(parcel.name, "failed", reason=reading.failure)
        arrived = Acquisition(found[0].document.id, parcel.name, parcel.origin, judging.now(), parcel.headers)
        try:
            outcome = self.store.record_parts(found, arrived, parcel.data, reading.run)
        except ProofError as error:  # law 7: rows that do not prove themselves fail their own file, not the others
            self.store.fail(parcel.name, parcel.sha256 or None, str(error), judging.now(), parcel.origin)
            return Filing(parcel.name, "failed", reason=str(error))
        read = pipeline.coverage(*(o.document for o in found))
        statements, problems = sum(len(o.statements) for o in found), sum(len(o.problems) for o in found)
        return Filing(parcel.name, outcome, statements, problems, read, len(found), document=found[0].document.id)

    def _acquire(self, parcel: Parcel) -> Filing:
        """The filing of known bytes; another name or origin of theirs is noted."""
        earlier = loading.acquisitions(self.store, parcel.sha256)
        document = self.store.known(parcel.sha256, pipeline.run(self.packs, parcel.table).id) or earlier[0].document
        if (parcel.name, parcel.origin) not in {(a.name, a.origin) for a in earlier}:
            self.store.acquire(Acquisition(document, parcel.name, parcel.origin, judging.now()))
        same = parcel.name not in {a.name for a in earlier}
        return Filing(parcel.name, "known", reason=f"the same bytes as {earlier[0].name}" if same else "", document=document)

def sources(paths: Iterable[str | Path], *, online: bool) -> list[Path | str]:
    """Paths as paths and addresses as addresses; these only for who asked for the network."""
    sources = [str(path) if pipeline.is_address(str(path)) else Path(path) for path in paths]
    address = next((source for source in sources if isinstance(source, str)), None)
    if address and not online:
        message = f"{address} is an address on the web, and Reaffirm works offline; say --online to let it fetch what you name"
        raise UsageError(message)
    return sources


def _whole(failed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The failed files, an archive once for all its members, under the name of its own."""
    origins: dict[str, str] = {}
    for name, origin in failed:
        file = PurePath(origin).name
        steps = name.split("/")
        origins.setdefault(origin, "/".join(steps[: steps.index(file) + 1]) if file in steps else name)
    return sorted((name, origin) for origin, name in origins.items())
