"""`Ledger`: one method a verb; besides `store.queries` the only thing that the command line calls.

Clocks and names of users enter here and nowhere below.
"""

from __future__ import annotations

import tempfile
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from reaffirm import (
    balance,
    chronology,
    comparison,
    courses,
    descent,
    discrepancies,
    doctor,
    fates,
    followup,
    pipeline,
    proposals,
    weaving,
)
from reaffirm import corrections as corrected
from reaffirm.briefing import brief
from reaffirm.coding import Coding
from reaffirm.desk import Desk
from reaffirm.export import briefs, jsonl, marked, redlines
from reaffirm.export.filters import part
from reaffirm.export.folders import write
from reaffirm.export.forms import FORMS, export
from reaffirm.export.merging import merged
from reaffirm.figures import rows as figured
from reaffirm.intake import Intake, sources
from reaffirm.linking.threads import late
from reaffirm.review import scoring
from reaffirm.store import actors, browsing, items, listings, meetings, neighbours, queries
from reaffirm.store import backup as keeping
from reaffirm.store import verify as verification
from reaffirm.store.explaining import explain
from reaffirm.store.sqlite import open_ledger
from reaffirm.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType
    from typing import Unpack

    from reaffirm.balance import Exchange
    from reaffirm.brief import Brief
    from reaffirm.brief import Subject as About
    from reaffirm.corrections import Corrections
    from reaffirm.doctor import Symptom
    from reaffirm.export.book import Book
    from reaffirm.export.filters import Filters
    from reaffirm.fates import Fate, Promise
    from reaffirm.intake import Filing, Report
    from reaffirm.model import Field, Severity
    from reaffirm.readings import Call, Commitment, Demand, DemandClass, Duty
    from reaffirm.review.tally import Tally
    from reaffirm.sequels import Course, Late, Novelty, StepStatus, Thread
    from reaffirm.sequels import Verdict as Checked
    from reaffirm.store.listings import State
    from reaffirm.store.neighbours import Linked
    from reaffirm.store.queries import Asked
    from reaffirm.store.records import (
        Breakdown,
        Explanation,
        Filed,
        Hit,
        Item,
        Opened,
        Received,
        Said,
        Status,
        Titled,
    )  # fmt: skip
    from reaffirm.store.verify import Finding
    from reaffirm.summary import Summary


class Ledger(Desk, Coding):
    """A ledger file, open; to be used as a context manager.

    With a `coder` questions are answered as that coder may see it where coding is blind, and nothing can be judged there.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = False,
        read_only: bool = False,
        packs: Iterable[str | Path] = (),
        coder: str | None = None,
    ) -> None:
        self.path = Path(path)
        self.folders = tuple(Path(folder).resolve() for folder in packs)
        if create:
            _ = self.packs  # a broken pack leaves no empty ledger behind
        self.store = open_ledger(self.path, create=create, read_only=read_only)
        if coder is not None:
            self.store.blind(coder)

    def __enter__(self) -> Self:
        """The ledger itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /) -> None:
        """Nothing; closes the ledger."""
        self.close()

    def close(self) -> None:
        """Nothing; lets go of the file, where no `with` does."""
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
        origin: str | None = None,
    ) -> Report:
        """The report of reading files, folders, archives and, `online`, addresses; what is known already is not read again.

        With more than one process (`jobs`, 0 chooses) a script that calls this needs the usual `if __name__ == "__main__"`.
        `origin` is what to note as the place of files that are only copies, which will be gone; empty where there is none.
        """
        return self._intake.add(paths, table=table, jobs=jobs, online=online, progress=progress, origin=origin)

    def retry(
        self, *, table: Path | None = None, jobs: int = 1, online: bool = False, progress: Callable[[Filing], None] | None = None
    ) -> Report:
        """The report of reading once more what failed earlier, under the names and from the places where it failed."""
        return self._intake.retry(table=table, jobs=jobs, online=online, progress=progress)

    @property
    def _intake(self) -> Intake:
        return Intake(self.store, self.path, self.packs, self.folders)

    @staticmethod
    def count(paths: Iterable[str | Path]) -> int:
        """How many files `add` will look at, an archive and an address counted as one."""
        return pipeline.count(sources(paths, online=True))

    # Asking

    coverage = staticmethod(pipeline.coverage)

    def status(self, runs: int | None = None) -> Status:
        """What the ledger holds, how much of it is known, what failed; of its runs all, or so many of those with most documents."""
        return queries.status(self.store, runs)

    def documents(self, *, limit: int | None = None, offset: int = 0) -> list[Filed]:
        """All documents, by name, or so many of them."""
        return queries.documents(self.store, limit=limit, offset=offset)

    def size(self) -> int:
        """How many documents there are."""
        return queries.size(self.store)

    def said(self, **asked: Unpack[Asked]) -> list[Said]:
        """The statements that meet all conditions, by document and place."""
        return queries.said(self.store, **asked)

    def counted(self, **asked: Unpack[Asked]) -> Breakdown:
        """How many statements meet all conditions, and the counts by which they may be narrowed."""
        return browsing.said(self.store, **asked)

    def searched(self, query: str, document: str | None = None) -> Breakdown:
        """How many paragraphs a search finds, and how many of them each document has."""
        return browsing.searched(self.store, query, document)

    def recent(self, limit: int) -> tuple[Received, ...]:
        """The documents that arrived last, the last first."""
        return browsing.recent(self.store, limit)

    def titles(self, keys: Iterable[str]) -> tuple[Titled, ...]:
        """The names of some documents (ids), by public name."""
        return browsing.titles(self.store, keys)

    def titled(self, document: str) -> Titled:
        """The names of one document, which is named by its name, its id or the beginning of that."""
        return self.titles([queries.document_id(self.store, document)])[0]

    def opened(self, document: str) -> Opened:
        """A document with all rows that are listed of it."""
        return browsing.opened(self.store, document)

    def original(self, document: str) -> bytes:
        """The bytes of a document as they were received."""
        return queries.raw(self.store, queries.document(self.store, document).sha256)

    def search(self, query: str, *, document: str | None = None, limit: int = 20) -> list[Hit]:
        """The paragraphs in which all words and phrases occur, best first."""
        return queries.search(self.store, query, document=document, limit=limit)

    def explain(self, row: str) -> Explanation:
        """All that the ledger knows about one row, named by the beginning of its id."""
        found = explain(self.store, row)
        held = (told.judgement for told in found.judgements if told.undone_by is None)
        found = replace(found, reread=tuple(proposals.changes(self.store, held)))
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

    def problems(
        self, document: str | None = None, *, limit: int | None = None, offset: int = 0, across: bool = True
    ) -> list[chronology.Queried]:
        """What a careful reader would query, in documents and between them, the gravest first.

        What is found only by reading all documents beside each other (`across`) takes long in a large ledger.
        """
        more = discrepancies.between(self.store, self.packs) if across else ()
        return chronology.problems(self.store, document, more, limit=limit, offset=offset)

    def between(self, document: str | None = None, *, across: bool = True) -> list[chronology.Queried]:
        """As `problems`, only what concerns several documents; of a named one, if not `across`, what needs those of its meetings alone."""
        near = queries.document_id(self.store, document) if document and not across else None
        few = discrepancies.beside(self.store, self.packs, near) if near else []
        more = discrepancies.between(self.store, self.packs) if across else few
        return [found for found in chronology.problems(self.store, document, more, within=False) if len(found.docs) > 1]

    def forums(self) -> list[str]:
        """The forums whose meetings are told, in order."""
        return meetings.forums(self.store)

    def meeting(self, row: str) -> chronology.Convened:
        """Everything known of one meeting, named by the beginning of the id of any of its tellings."""
        return chronology.one(self.store, row)

    def outlines(self, **sought: Unpack[chronology.Sought]) -> list[chronology.Outline]:
        """The meetings that meet all conditions, in order of date, in the little that a timeline needs."""
        return chronology.outlines(self.store, **sought)

    def convened(self, rows: Iterable[str]) -> dict[str, chronology.Convened]:
        """By id, everything known of these meetings."""
        return chronology.chosen(self.store, rows)

    def commitments(self, **wanted: Unpack[items.Wanted]) -> list[Item[Commitment, Duty]]:
        """The commitments that meet all conditions, by document and place, with who is bound and by when."""
        return items.commitments(self.store, **wanted)

    def board(
        self, as_of: str, state: State | None, wanted: items.Wanted, *, limit: int, offset: int = 0
    ) -> tuple[list[Promise], Breakdown]:
        """The commitments that meet all conditions on a day, the late ones first, each with what became of it; and counts by facet."""
        return fates.board(self.store, as_of, state, wanted, limit=limit, offset=offset)

    @staticmethod
    def calendar(found: Iterable[Item[Commitment, Duty]]) -> bytes:
        """The due dates of commitments as an iCalendar file."""
        from reaffirm.export import ics  # noqa: PLC0415 - few questions end in a calendar

        return ics.calendar([jsonl.commitment(item) for item in found])

    def demands(self, **wanted: Unpack[items.Wanted]) -> list[Item[Demand, Call]]:
        """The demands and their siblings that meet all conditions, by document and place, with whose they are and on whom."""
        return items.demands(self.store, **wanted)

    def balance(self, found: Iterable[Item[Demand, Call]]) -> list[Exchange]:
        """How much each side asks of which in these demands, those who ask most first, and what came of it."""
        return balance.balance(self.store, (item.row.id for item in found))

    def asked(
        self, kind: DemandClass | None, wanted: items.Wanted, *, limit: int, offset: int = 0
    ) -> tuple[list[Item[Demand, Call]], Breakdown]:
        """The demands that meet all conditions, by document and place, and their counts by facet."""
        return listings.asked(self.store, wanted, kind, limit=limit, offset=offset)

    def answers(self, rows: Iterable[str]) -> dict[str, tuple[Item[Commitment, Duty], str]]:
        """By demand, of those of these ids that are answered, the later commitment that does what was asked, and why it does."""
        return fates.answers(self.store, rows)

    def queried(
        self, document: str | None = None, severity: Severity | None = None, kind: str | None = None, *, limit: int, offset: int = 0
    ) -> tuple[list[chronology.Queried], Breakdown]:
        """What a careful reader would query in documents, the gravest first, and the counts by severity and kind."""
        found, counts = listings.queried(self.store, document=document, severity=severity, kind=kind, limit=limit, offset=offset)
        return [chronology.Queried((doc,), problem, (doc,) * len(problem.evidence)) for doc, problem in found], counts

    # Comparing

    def threads(
        self, *, issue: str | None = None, document: str | None = None, limit: int | None = None, offset: int = 0, silent: bool = True
    ) -> list[Thread]:
        """The threads of the ledger, in order of their first step; of one issue or named thing, of one document, if that is given.

        Receipts of silence cost a search of all later outputs of a thread's chain; a list that does not show them goes without (`silent`).
        """
        wanted = queries.document_id(self.store, document) if document else None
        return followup.threads(self.store, issue=issue, document=wanted, page=(limit, offset), silent=silent)

    def thread(self, row: str) -> Thread:
        """The thread that an id, or the beginning of it, names: its own, or that of any of its rows."""
        return followup.thread_of(self.store, row)

    worded = staticmethod(comparison.worded)

    def courses(
        self, *, issue: str = "", document: str = "", status: StepStatus | None = None, forum: str = "", limit: int, offset: int = 0
    ) -> tuple[list[Course], Breakdown]:
        """So many threads that meet all conditions, in order of their first step and in short, and the counts of all by facet."""
        home = queries.document_id(self.store, document) if document else None
        return courses.courses(self.store, issue=issue, document=home, status=status, forum=forum, limit=limit, offset=offset)

    def silent(self, found: Iterable[Course]) -> dict[str, int]:
        """By thread, how many later outputs of its chain do not mention it; not those for which very much is to be searched."""
        return courses.silent(self.store, found)

    def fates(self, rows: Iterable[str]) -> dict[str, Fate]:
        """By row, of these ids, what became of it since, as far as it is in a thread."""
        return fates.of_rows(self.store, rows)

    @staticmethod
    def late(thread: Thread, as_of: str) -> Late | None:
        """What of a thread was due before a day and is not told to have been carried out; None if nothing."""
        return late(thread, as_of)

    def redline(self, first: str, second: str, form: str = "text", *, to_file: bool = False) -> bytes:
        """The redline of two documents or files, as `text`, `html`, `docx` or `json`."""
        write_as = redlines.chosen(redlines.FORMS, form, to_file=to_file)
        return write_as(comparison.redlined(self.store, first, second).pieces, redlines.titled(Path(first).name, Path(second).name))

    def chain_redline(
        self, issue: str, *, forum: str | None = None, chain: str | None = None, form: str = "text", to_file: bool = False
    ) -> bytes:
        """What each document of a chain (a forum's, or a document's) says of an issue, redlined against the one before, in that form."""
        write_as = redlines.chosen(redlines.CHAIN_FORMS, form, to_file=to_file)
        return write_as(self.descent(issue, forum=forum, chain=chain), f"{issue} in {forum or f'the chain of {chain}'}")

    def compared(self, first: str, second: str) -> comparison.Comparison:
        """The redline of two documents of the ledger, with their names and places; files are not read."""
        return comparison.compared(self.store, first, second)

    def descent(self, issue: str, *, forum: str | None = None, chain: str | None = None) -> list[redlines.Section]:
        """What each document of a chain (a forum's, or a document's) says of an issue, held against the one before."""
        return descent.descent(self.store, issue, forum, chain)

    def new(self, document: str, against: Sequence[str] = ()) -> Novelty:
        """What a document says anew, no longer, otherwise and again, against all earlier ones of its chain or those named."""
        return comparison.renewed(self.store, document, against)

    def audit(self, document: str) -> tuple[Checked, ...]:
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
        return summarise(self.store, self.path, script)

    def brief(self, subject: About, name: str, as_of: str | None = None, *, out: str | Path | None = None) -> Brief:
        """What is agreed, open, late, new and no longer said of a meeting (its id), forum, actor or issue as of a day, all footnoted.

        With `out` it is written to a file as well, whose name ends in .md, .docx or .pdf.
        """
        path = Path(out) if out else None
        if path:
            briefs.check(path)
        found = brief(self.store, subject, name, as_of)
        if path:
            briefs.write(found, path)
        return found

    # Corrections

    def correct(self, path: str | Path, *, who: str | None = None, trial: bool = False) -> Corrections:
        """What came of sheets that were exported, corrected outside and came back; their corrections are recorded, but in a `trial`."""
        found = corrected.compare(self.store, self._book(), marked.lines(Path(path)), who, trial=trial)
        if not trial:
            for judgement in found.judgements:
                self.store.judge(judgement)
            weaving.woven(self.store, lambda: self.packs)
        return found

    # Keeping

    def verify(self) -> list[Finding]:
        """What is wrong with the ledger: every hash, span, id and version checked anew; empty when it is sound."""
        return verification.verify(self.store)

    def doctor(self) -> list[Symptom]:
        """What is stuck, orphaned, out of date, changed on disk or unreadable, and what to do about it."""
        found = doctor.examine(self.store, self.path, lambda told: pipeline.run(self.packs, told).id)
        return [*found, *followup.orphans(self.store)]

    def backup(self, path: str | Path) -> None:
        """Nothing; writes a copy of the whole ledger to a new file."""
        keeping.backup(self.store, Path(path))

    def export(self, form: str | Path, path: str | Path | None = None, *, bom: bool = False, **wanted: Unpack[Filters]) -> int:
        """How many files were written: the ledger, or the part that meets all filters, in a format of `reaffirm.export.forms`.

        One argument alone is a folder for the exchange format. Written complete or not at all. Raises `UsageError` for an unknown format
        and for a path that holds something that is no export.
        """
        if path is None:
            form, path = "jsonl", form
        book = part(self._book(), **wanted)
        if form in FORMS and FORMS[str(form)].packs:
            book = replace(book, packs=self.packs)
        return export(str(form), book, Path(path).resolve(), **({"bom": True} if bom else {}))

    def _book(self) -> Book:
        book = jsonl.gather(
            queries.everything(self.store),
            self.copies(),
            self.meetings(others=True),
            self.commitments(),
            self.demands(),
            (followup.threads(self.store), followup.answers(self.store), discrepancies.between(self.store, self.packs)),
        )
        return merged(replace(book, rows={**book.rows, **figured(self.store)}), actors.merged(self.store))

    def score(self, gold: str | Path, predicted: str | Path | None = None, documents: set[str] | None = None) -> Tally:
        """The scores of the ledger, or of another folder in the exchange format, against gold."""
        if predicted is not None:
            return scoring.score(Path(gold), Path(predicted), documents)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            write(folder, jsonl.written(self._book()))
            return scoring.score(Path(gold), folder, documents, folder / "texts")
