"""`Ledger`: one method a verb; besides `store.queries` the only thing that the command line calls.

Clocks and names of users enter here and nowhere below.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Self

from reaffirm import chronology, comparison, derivation, doctor, itemising, judging, pipeline, tables
from reaffirm.days import bounds
from reaffirm.errors import LedgerError, ProofError, UsageError
from reaffirm.export import jsonl, redlines
from reaffirm.linking.threads import late
from reaffirm.model import Acquisition, Field, Judgement
from reaffirm.packs import load
from reaffirm.review import scoring
from reaffirm.store import backup as keeping
from reaffirm.store import items, loading, neighbours, queries
from reaffirm.store import upgrade as migration
from reaffirm.store import verify as verification
from reaffirm.store.explaining import explain
from reaffirm.store.sqlite import open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Unpack

    from reaffirm.doctor import Symptom
    from reaffirm.linking import audit as audits
    from reaffirm.linking.novelty import Novelty
    from reaffirm.model import Verdict
    from reaffirm.packs import Packs
    from reaffirm.pipeline import Parcel, Reading
    from reaffirm.readings import Call, Commitment, Demand, Duty
    from reaffirm.review.tally import Tally
    from reaffirm.sequels import Late, Thread
    from reaffirm.store.neighbours import Linked
    from reaffirm.store.queries import Asked
    from reaffirm.store.records import Entry, Explanation, Filed, Hit, Item, Said, Status
    from reaffirm.store.verify import Finding

JOURNALS = ("", "-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Filing:
    """What became of one file: new, again (known bytes read by another run or under a smaller name), known, or failed.

    `reason` says why it failed, or which document a known one is the same as.
    """

    name: str
    outcome: str
    statements: int = 0
    problems: int = 0
    coverage: float = 0.0
    documents: int = 1
    reason: str = ""


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
        if create:
            _ = self.packs  # a broken pack leaves no empty ledger behind
        self.store = open_ledger(self.path, create=create)

    @cached_property
    def packs(self) -> Packs:
        """The data packs; loaded on first use, because questions need none."""
        return load(*self.folders)

    def __enter__(self) -> Self:
        """The ledger itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /) -> None:
        """Nothing; closes the ledger."""
        self.store.close()

    # Reading documents in

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        table: Path | None = None,
        jobs: int = 1,
        online: bool = False,
        progress: Callable[[Filing], None] | None = None,
    ) -> Report:
        """The report of reading files, folders, archives and, `online`, addresses; what is known already is not read again.

        With more than one process (`jobs`, 0 chooses) a script that calls this needs the usual `if __name__ == "__main__"`.
        """
        return self._add(pipeline.gather(_sources(paths, online=online)), table, jobs, progress)

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
        return Filing(parcel.name, outcome, sum(len(o.statements) for o in found), sum(len(o.problems) for o in found), read, len(found))

    def _acquire(self, parcel: Parcel) -> Filing:
        """The filing of known bytes; another name or origin of theirs is noted."""
        earlier = loading.acquisitions(self.store, parcel.sha256)
        if (parcel.name, parcel.origin) not in {(a.name, a.origin) for a in earlier}:
            document = self.store.known(parcel.sha256, pipeline.run(self.packs, parcel.table).id) or earlier[0].document
            self.store.acquire(Acquisition(document, parcel.name, parcel.origin, judging.now()))
        same = parcel.name not in {a.name for a in earlier}
        return Filing(parcel.name, "known", reason=f"the same bytes as {earlier[0].name}" if same else "")

    @staticmethod
    def count(paths: Iterable[str | Path]) -> int:
        """How many files `add` will look at, an archive and an address counted as one."""
        return pipeline.count(_sources(paths, online=True))

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
        found = explain(self.store, row)
        if found.said is None:
            return found
        statement = found.said.statement
        text = queries.document(self.store, found.document).text
        steps, cuts, topic = pipeline.account(statement, text, self.packs)
        return replace(found, force=steps, elisions=cuts, topic_only=topic)

    def copies(self, document: str | None = None) -> list[Linked]:
        """The links between documents that are nearly the same text, all or those of one document."""
        return neighbours.copies(self.store, queries.document_id(self.store, document) if document else None)

    def meetings(self, **sought: Unpack[chronology.Sought]) -> list[chronology.Convened]:
        """The meetings that meet all conditions, in order of date, each with the documents that tell it."""
        return chronology.chronology(self.store, **sought)

    def problems(self, document: str | None = None) -> list[chronology.Queried]:
        """What a careful reader would query, in documents and between them, the gravest first."""
        return chronology.problems(self.store, document)

    def meeting(self, row: str) -> chronology.Convened:
        """Everything known of one meeting, named by the beginning of the id of any of its tellings."""
        return chronology.one(self.store, row)

    def commitments(self, **wanted: Unpack[items.Wanted]) -> list[Item[Commitment, Duty]]:
        """The commitments that meet all conditions, by document and place, with who is bound and by when."""
        return items.commitments(self.store, **wanted)

    @staticmethod
    def calendar(found: Iterable[Item[Commitment, Duty]]) -> bytes:
        """The due dates of commitments as an iCalendar file."""
        from reaffirm.export import ics  # noqa: PLC0415 - few questions end in a calendar

        return ics.calendar(found)

    def demands(self, **wanted: Unpack[items.Wanted]) -> list[Item[Demand, Call]]:
        """The demands and their siblings that meet all conditions, by document and place, with whose they are and on whom."""
        return items.demands(self.store, **wanted)

    # Comparing

    def threads(self, *, issue: str | None = None, document: str | None = None) -> list[Thread]:
        """The threads of the ledger, in order of their first step; of one issue or named thing, of one document, if that is given."""
        wanted = queries.document_id(self.store, document) if document else None
        return [t for t in itemising.threads_of(self.store) if comparison.concerns(t, issue, wanted)]

    def thread(self, row: str) -> Thread:
        """The thread that an id, or the beginning of it, names: its own, or that of any of its rows."""
        return comparison.thread_of(itemising.threads_of(self.store), row)

    @staticmethod
    def late(thread: Thread, as_of: str) -> Late | None:
        """What of a thread was due before a day and is not told to have been carried out; None if nothing."""
        return late(thread, as_of)

    def redline(self, first: str, second: str, form: str = "text", *, to_file: bool = False) -> bytes:
        """The redline of two documents or files, as `text`, `html`, `docx` or `json`."""
        if form not in redlines.FORMS or (form == "docx" and not to_file):
            message = f"{form!r} cannot be shown here; forms are {', '.join(redlines.FORMS)}, and a DOCX needs a file (--out)"
            raise UsageError(message)
        return redlines.FORMS[form](comparison.redlined(self.store, first, second).pieces)

    def new(self, document: str, against: Sequence[str] = ()) -> Novelty:
        """What a document says anew, no longer, otherwise and again, against all earlier ones of its chain or those named."""
        return comparison.renewed(self.store, document, against)

    def audit(self, document: str) -> tuple[audits.Verdict, ...]:
        """A verdict on each quotation of a document, held against the official texts of the ledger."""
        return comparison.audited(self.store, document)

    def names(self) -> dict[str, str]:
        """The public names of the documents, by id."""
        return {filed.id: filed.doc for filed in self.documents()}

    def card(self, document: str) -> dict[str, tuple[Field, ...]]:
        """The card of a document, named by its name, its id or the beginning of that: each field with basis and evidence."""
        card = queries.document(self.store, document).card
        values = {f.name: getattr(card, f.name) for f in fields(card)}
        return {name: value if isinstance(value, tuple) else (value,) for name, value in values.items()}

    def summary(self, script: Path) -> Summary:
        """The demo's summary; the script (JSON) names the subject to follow, its genre and the next commands."""
        plan = json.loads(script.read_text(encoding="utf-8"))
        entries = list(queries.everything(self.store))
        chain = [s for s in self.said(text=plan["question"]) if s.genre == plan["genre"]]
        row = chain[-1].statement.id if chain else "S-"
        return Summary(
            documents=len(entries),
            statements=sum(len(e.statements) for e in entries),
            findings=len(self.verify()),
            furniture=sum(_furniture(e) for e in entries),
            listed=self.documents(),
            speakers=Counter(name for e in entries for name in _speakers(e)).most_common(),
            question=plan["question"],
            chain=chain,
            problems=Counter(p.message for e in entries for p in e.problems).most_common(),
            next=[line.format(ledger=self.path, row=row) for line in plan["next"]],
        )

    # Judging

    def judge(self, row: str, verdict: Verdict, change: str | None = None, *, who: str | None = None) -> Judgement:
        """The judgement recorded on a statement, commitment or demand: accepted, rejected, unsure, or corrected with `field=value`."""
        judged = judging.decision(self.store, row, verdict, change, who)
        self.store.judge(judged)
        return judged

    def date(self, document: str, published: str, *, who: str | None = None) -> Judgement:
        """The judgement that says when a document was published; what depends on that is computed anew, and `undo` takes it back."""
        if not bounds(published):
            message = f"{published!r} is no date; write an EDTF date such as 2021, 2021-03, 2021-03-16 or 2021-03/2021-05"
            raise UsageError(message)
        found = queries.document(self.store, document)
        read = (found.card.title.value or document, found.card.published.value)
        judgement = judging.judgement(found.id, "corrected", "published", published, read, who)
        self.store.judge(judgement)
        derivation.redate(self.store, found.id, self.packs)
        derivation.derive(self.store, self.packs)
        return judgement

    def same_meeting(self, row: str, other: str, *, same: bool = True, who: str | None = None) -> Judgement:
        """The judgement that two tellings tell one meeting, or (`same=False`) that they do not; meetings are sorted anew."""
        keys = sorted(queries.resolve_row(self.store, key, kinds="M") for key in (row, other))
        if keys[0] == keys[1]:
            message = f"{row} and {other} are the same row; name two"
            raise UsageError(message)
        name = "same meeting" if same else "other meeting"
        read = (self.meeting(keys[0]).meeting.label, keys)
        judgement = judging.judgement(keys[0], "corrected", name, keys[1], read, who)
        self.store.judge(judgement)
        self._sort_again(keys)
        return judgement

    def _sort_again(self, tellings: Iterable[str]) -> None:
        """Nothing; sorts into meetings again what has the circle of one of these tellings."""
        self.store.reopen(tellings)
        derivation.meet(self.store, self.packs)

    def undo(self, row: str, *, who: str | None = None) -> Judgement:
        """The last judgement that held for a row, now undone."""
        undone = self.store.undo(queries.resolve_row(self.store, row), who or judging.user(), judging.now())
        if undone.field == "published":
            derivation.redate(self.store, undone.row, self.packs)
            derivation.derive(self.store, self.packs)
        if undone.field in {"same meeting", "other meeting"}:
            self._sort_again([undone.row])
        return undone

    # Keeping

    def verify(self) -> list[Finding]:
        """What is wrong with the ledger: every hash, span, id and version checked anew; empty when it is sound."""
        return verification.verify(self.store)

    def doctor(self) -> list[Symptom]:
        """What is stuck, orphaned, out of date, changed on disk or unreadable, and what to do about it."""
        return doctor.examine(self.store, self.path, lambda told: pipeline.run(self.packs, told).id)

    def backup(self, path: str | Path) -> None:
        """Nothing; writes a copy of the whole ledger to a new file."""
        keeping.backup(self.store, Path(path))

    def export(self, folder: str | Path) -> int:
        """How many files were written: the ledger in the exchange format, complete or not at all."""
        target = Path(folder).resolve()
        with _explained(target):
            _insist_ours(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as temporary:
                fresh, stale = Path(temporary) / "new", Path(temporary) / "old"
                written = self._write(fresh)
                if target.exists():
                    target.rename(stale)
                fresh.rename(target)
        return written

    def _write(self, folder: Path) -> int:
        written = 0
        for name, data in jsonl.files(
            queries.everything(self.store),
            self.copies(),
            self.meetings(others=True),
            self.commitments(),
            self.demands(),
            (itemising.threads_of(self.store), itemising.answers_of(self.store)),
        ):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written += 1
        return written

    def score(self, gold: str | Path, predicted: str | Path | None = None, documents: set[str] | None = None) -> Tally:
        """The scores of the ledger, or of another folder in the exchange format, against gold."""
        if predicted is not None:
            return scoring.score(Path(gold), Path(predicted), documents)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            self._write(folder)
            return scoring.score(Path(gold), folder, documents, folder / "texts")


def upgrade(path: str | Path) -> Path | None:
    """Where the file of an older ledger was kept once it was written anew, None if nothing had to be done."""
    return migration.upgrade(Path(path))


def restore(backup: str | Path, path: str | Path) -> Path | None:
    """Where the replaced ledger was kept, None if there was none; the backup is verified first."""
    return keeping.restore(Path(backup), Path(path))


def _sources(paths: Iterable[str | Path], *, online: bool) -> list[Path | str]:
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


def _furniture(entry: Entry) -> int:
    """How many lines of a document are furniture."""
    blocks, text = entry.document.blocks, entry.document.text
    return sum(len(text[b.start : b.end].splitlines()) for b in blocks if b.kind == "furniture")


def _speakers(entry: Entry) -> Iterator[str]:
    """The known speakers of a document's statements, one by one."""
    for said in entry.statements:
        yield from (name for name in (said.voice.speakers if said.voice else ()) if not name.startswith("?"))


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Nothing; inside, errors of the file system become a `LedgerError`."""
    try:
        yield
    except OSError as error:
        message = f"the export could not be written to {target} ({error.strerror or error}); nothing was left behind; check folder and disk"
        raise LedgerError(message) from error


def _insist_ours(target: Path) -> None:
    ours = not target.exists() or (target.is_dir() and ((target / "documents.jsonl").exists() or not any(target.iterdir())))
    if not ours:
        message = f"{target} holds something that is no export; give an empty or new folder"
        raise UsageError(message)
