"""`Ledger`: one method a verb; besides `store.queries` the only thing that the command line calls.

Clocks and names of users enter here and nowhere below.
"""

from __future__ import annotations

import csv
import getpass
import json
import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from reaffirm import pipeline
from reaffirm.errors import LedgerError, UsageError
from reaffirm.export import jsonl
from reaffirm.model import Acquisition, Judgement, MetaField, digest
from reaffirm.packs import load
from reaffirm.review import scoring
from reaffirm.store import backup as copies
from reaffirm.store import queries
from reaffirm.store import verify as verification
from reaffirm.store.explaining import explain
from reaffirm.store.sqlite import open_ledger
from reaffirm.text import sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Unpack

    from reaffirm.model import Verdict
    from reaffirm.pipeline import Parcel, Reading
    from reaffirm.review.tally import Tally
    from reaffirm.store.queries import Asked
    from reaffirm.store.records import Explanation, Filed, Hit, Said, Status
    from reaffirm.store.verify import Finding

COLUMNS = ("published", "publisher", "title", "author", "genre", "url", "language")
JUDGED = ("speakers", "parties", "directness", "factuality", "act", "strength", "certainty")
MANY = 24  # files from which a second process pays for its start


@dataclass(frozen=True, slots=True)
class Filing:
    """What became of one file: read (new), known, again (known bytes under a new name or run), or failed and why."""

    name: str
    outcome: str
    statements: int = 0
    problems: int = 0
    coverage: float = 0.0
    reason: str = ""


@dataclass(slots=True)
class Report:
    """The ingest report: every file with its outcome, and what was said loudly about packs and tables."""

    filings: list[Filing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        """How many files had that outcome."""
        return sum(f.outcome == outcome for f in self.filings)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a newcomer should see of a ledger: documents, speakers, one subject through its chain, problems, next steps."""

    documents: int
    statements: int
    findings: int
    furniture: int
    listed: list[Filed]
    speakers: list[tuple[str, int]]
    question: str
    chain: list[Said]
    problems: list[tuple[str, int]]
    next: list[str]


class Ledger:
    """A ledger file, open; to be used as a context manager."""

    def __init__(self, path: str | Path, *, create: bool = False, packs: Iterable[str | Path] = ()) -> None:
        self.path = Path(path)
        self.folders = tuple(Path(folder).resolve() for folder in packs)
        self.packs = load(*self.folders)
        self.store = open_ledger(self.path, create=create)

    def __enter__(self) -> Self:
        """The ledger itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /) -> None:
        """Nothing; closes the ledger."""
        self.store.close()

    # Reading documents in

    def add(
        self, paths: Sequence[str | Path], *, table: Path | None = None, jobs: int = 0, progress: Callable[[Filing], None] | None = None
    ) -> Report:
        """The report of reading files, folders and archives; what is known already is not read again."""
        report = Report(notes=[f"pack entry replaced: {line}" for line in self.packs.replaced])
        given = _table(table) if table else {}
        unused = set(given)
        parcels = self._labelled(pipeline.gather(Path(p) for p in paths), given, unused)
        jobs = jobs or _jobs(paths)
        for item in pipeline.readings(parcels, self.folders, jobs, self._known):
            filing = self._file(item)
            report.filings.append(filing)
            if progress:
                progress(filing)
        report.notes += [f"the table names {name}, which is not among the files" for name in sorted(unused)]
        return report

    def _labelled(self, parcels: Iterable[Parcel], given: dict[str, tuple[MetaField, ...]], unused: set[str]) -> Iterator[Parcel]:
        """The parcels with what a table says of them, now or when they were added before."""
        for parcel in parcels:
            name = parcel.name if parcel.name in given else Path(parcel.name).name
            unused.discard(name)
            fields = {f.key: f for f in (*self._given(parcel), *given.get(name, ()))}
            yield replace(parcel, table=tuple(sorted(fields.values())))

    def _given(self, parcel: Parcel) -> tuple[MetaField, ...]:
        return self.store.given(sha256(parcel.data)) if parcel.data is not None else ()

    def _known(self, parcel: Parcel) -> bool:
        """Whether this run has read these bytes; the name is noted all the same."""
        if parcel.data is None:
            return False
        document = self.store.known(sha256(parcel.data), pipeline.run(self.packs, parcel.table).id)
        if document:
            self.store.acquire(Acquisition(document, parcel.name, parcel.origin, _now()))
        return document is not None

    def _file(self, item: Parcel | Reading) -> Filing:
        if isinstance(item, pipeline.Parcel):
            return Filing(item.name, "known")
        parcel, found = item.parcel, item.observation
        if found is None or parcel.data is None:
            digested = sha256(parcel.data) if parcel.data is not None else None
            self.store.fail(parcel.name, digested, item.failure, _now())
            return Filing(parcel.name, "failed", reason=item.failure)
        arrived = Acquisition(found.document.id, parcel.name, parcel.origin, _now())
        outcome = self.store.record(found, arrived, parcel.data, item.run)
        return Filing(parcel.name, outcome, len(found.statements), len(found.problems), pipeline.coverage(found.document))

    # Asking

    def status(self) -> Status:
        """What the ledger holds, how much of it is known, what failed."""
        return queries.status(self.store)

    def documents(self) -> list[Filed]:
        """All documents, by name."""
        return queries.documents(self.store)

    def said(self, **asked: Unpack[Asked]) -> list[Said]:
        """The statements that meet all conditions, by document and place."""
        return queries.said(self.store, **asked)

    def search(self, query: str, *, document: str | None = None, limit: int = 20) -> list[Hit]:
        """The paragraphs in which all words and phrases occur, best first."""
        return queries.search(self.store, query, document=document, limit=limit)

    def explain(self, row: str) -> Explanation:
        """All that the ledger knows about one row, named by the beginning of its id."""
        return explain(self.store, row)

    def summary(self, script: Path) -> Summary:
        """The demo's summary; the script (JSON) names the subject to follow, its genre and the next commands."""
        plan = json.loads(script.read_text(encoding="utf-8"))
        entries = list(queries.everything(self.store))
        spoken = Counter(name for e in entries for s in e.statements if s.voice for name in s.voice.speakers if not name.startswith("?"))
        problems = Counter(p.message for e in entries for p in e.problems)
        chain = [s for s in self.said(text=plan["question"]) if s.genre == plan["genre"]]
        row = chain[-1].statement.id if chain else "S-"
        furniture = sum(len(e.document.text[b.start : b.end].splitlines()) for e in entries for b in e.document.blocks if b.kind == "furniture")
        return Summary(
            len(entries), sum(len(e.statements) for e in entries), len(self.verify()), furniture, self.documents(), spoken.most_common(),
            plan["question"], chain, problems.most_common(), [line.format(ledger=self.path, row=row) for line in plan["next"]],
        )  # fmt: skip

    # Judging

    def judge(self, row: str, verdict: Verdict, change: str | None = None, *, who: str | None = None) -> Judgement:
        """The judgement recorded on a statement: accepted, rejected, unsure, or corrected with `field=value`."""
        found = explain(self.store, row).said
        if found is None:
            message = f"{row} is no statement; only statements can be judged"
            raise UsageError(message)
        name, value = _change(change) if verdict == "corrected" else (None, None)
        judged = json.dumps(_judged(found, name), ensure_ascii=False)
        who = who or _user()
        key = digest(found.statement.id, verdict, name, value, who)[:16]
        judgement = Judgement(f"J-{key}", found.statement.id, verdict, name, value, found.quote, judged, who, _now())
        self.store.judge(judgement)
        return judgement

    def undo(self, row: str, *, who: str | None = None) -> Judgement:
        """The last judgement that held for a row, now undone."""
        return self.store.undo(queries.resolve_row(self.store, row), who or _user(), _now())

    # Keeping

    def verify(self) -> list[Finding]:
        """What is wrong with the ledger: every hash, span, id and version checked anew; empty when it is sound."""
        return verification.verify(self.store)

    def backup(self, path: str | Path) -> None:
        """Nothing; writes a copy of the whole ledger to a new file."""
        copies.backup(self.store, Path(path))

    def export(self, folder: str | Path) -> dict[str, int]:
        """How many files were written: the ledger in the exchange format, complete or not at all."""
        target = Path(folder)
        _insist_ours(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as temporary:
            written = _write(Path(temporary) / "new", jsonl.files(queries.everything(self.store)))
            if target.exists():
                target.rename(Path(temporary) / "old")
            (Path(temporary) / "new").rename(target)
        return {"files": written}

    def score(self, gold: str | Path, predicted: str | Path | None = None, documents: set[str] | None = None) -> Tally:
        """The scores of the ledger, or of another folder in the exchange format, against gold."""
        if predicted is not None:
            return scoring.score(Path(gold), Path(predicted), documents)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            _write(folder / "export", jsonl.files(queries.everything(self.store)))
            return scoring.score(Path(gold), folder / "export", documents, folder / "export" / "texts")


def restore(backup: str | Path, path: str | Path) -> Path | None:
    """Where the replaced ledger was kept, None if there was none; the backup is verified first."""
    return copies.restore(Path(backup), Path(path))


def _table(path: Path) -> dict[str, tuple[MetaField, ...]]:
    """What a person's table says, by file; empty cells say nothing."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"the table {path} cannot be read: {error}; give a CSV file in UTF-8"
        raise UsageError(message) from error
    if not rows or "file" not in rows[0]:
        message = f"the table {path} needs a column `file` and any of {', '.join(COLUMNS)}"
        raise UsageError(message)
    _insist_dates(path, rows)
    return {row["file"]: tuple(MetaField(f"table:{c}", row[c].strip()) for c in COLUMNS if (row.get(c) or "").strip()) for row in rows if row["file"]}


def _insist_dates(path: Path, rows: list[dict[str, str]]) -> None:
    from reaffirm.review.dates import bounds  # noqa: PLC0415 - only where a table is given

    for row in rows:
        value = (row.get("published") or "").strip()
        if value and bounds(value) is None:
            message = f"the table {path} says published = {value!r} for {row['file']}; write an EDTF date: 2021, 2021-03, 2021-03-16 or 2021-03/2021-05"
            raise UsageError(message)


def _jobs(paths: Sequence[str | Path]) -> int:
    """One process for a few files, else one per processor."""
    few = 0
    for path in map(Path, paths):
        few += sum(1 for _ in path.rglob("*")) if path.is_dir() else MANY if path.suffix == ".zip" else 1
        if few >= MANY:
            return os.cpu_count() or 1
    return 1


def _change(change: str | None) -> tuple[str, str]:
    name, mark, value = (change or "").partition("=")
    if not mark or name.strip() not in JUDGED:
        message = f"say what to correct as FIELD=VALUE, for instance speakers='Ana Duarte; Jonas Weidel'; fields: {', '.join(JUDGED)}"
        raise UsageError(message)
    return name.strip(), value.strip()


def _judged(found: Said, name: str | None) -> object:
    """The machine's value that a person judged: one field, or who said it."""
    voice = found.voice
    values: dict[str, object] = {key: getattr(found.statement, key, None) for key in ("directness", "factuality", "act", "strength")}
    values |= {key: list(value) if isinstance(value := getattr(voice, key, None), tuple) else value for key in ("speakers", "parties", "certainty")}
    return values[name] if name else {"speakers": values["speakers"], "directness": values["directness"]}


def _user() -> str:
    return os.environ.get("REAFFIRM_USER") or getpass.getuser()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _insist_ours(target: Path) -> None:
    if target.is_file() or (target.is_dir() and any(target.iterdir()) and not (target / "documents.jsonl").exists()):
        message = f"{target} holds something that is no export; give an empty or new folder"
        raise UsageError(message)


def _write(folder: Path, contents: Iterable[tuple[str, bytes]]) -> int:
    """How many files were written below a folder; a full disk leaves no half export behind."""
    written = 0
    try:
        for name, data in contents:
            path = folder / name
            if not path.resolve().is_relative_to(folder.resolve()):
                message = f"the name {name} leads out of the export folder; this is a defect of Reaffirm, please report it"
                raise LedgerError(message)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written += 1
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        message = f"the export could not be written to {folder.parent}: {error.strerror or error}; nothing was left behind"
        raise LedgerError(message) from error
    return written



