"""The ledger in one SQLite file, written by one process at a time."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Self, TypeVar

from reaffirm.errors import LedgerError, UsageError
from reaffirm.sequels import ADDED, CODING, OTHER_ACTOR, SAME_ACTOR
from reaffirm.store import blinding, codec, connect, deeds, log, people, writing
from reaffirm.store.lines import Lines
from reaffirm.store.loading import judgement_of
from reaffirm.store.proof import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from reaffirm.model import Acquisition, Copy, Judgement, MetaField, Run
    from reaffirm.readings import Derivation, Observation
    from reaffirm.store.protocol import Arrival

S = TypeVar("S")
WAIT, WAIT_TO_WRITE = 10.0, 60.0  # seconds for the turn of a reader, and of a writer, who also waits until long questions are answered
GIVEN = ("table:", "http:")  # keys of metadata that does not stand in the bytes themselves
SAME_FILE = (
    "SELECT id, sha256 FROM document WHERE id = :id OR (current = 1 AND sha256 ="
    " (SELECT sha256 FROM document WHERE id = :id AND current = 1)) ORDER BY part"
)
KNOWN = (  # what people added makes a run of its own, named after the machine's
    "SELECT id FROM document WHERE sha256 = ?1 AND (run = ?2 OR substr(run, 1, length(?2) + 1) = ?2 || '+') AND current = 1"
)
EXISTS = (
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM statement WHERE id = :row) OR EXISTS (SELECT 1 FROM problem WHERE id = :row)"
    " OR EXISTS (SELECT 1 FROM commitment WHERE id = :row) OR EXISTS (SELECT 1 FROM demand WHERE id = :row)"
    " OR EXISTS (SELECT 1 FROM document WHERE id = :row) OR EXISTS (SELECT 1 FROM telling WHERE id = :row)"
)
HISTORY = (
    "SELECT id, row, verdict, field, value, quote, judged, who, at,"
    " undone = 0 AND EXISTS (SELECT 1 FROM judgement u WHERE u.id = j.id AND u.seq > j.seq) AS undone"
    " FROM judgement j WHERE row = ? AND undone = 0 ORDER BY seq"
)
ORPHANS = (
    "SELECT id, row, verdict, field, value, quote, judged, who, at, undone FROM standing j"  # noqa: S608 - made of constants
    " WHERE NOT EXISTS (SELECT 1 FROM observation o JOIN document d ON d.id = o.document AND d.run = o.run"
    "                   WHERE o.row = j.row AND d.current = 1)"
    " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.id = j.row AND d.current = 1)"
    " AND NOT EXISTS (SELECT 1 FROM telling t WHERE t.id = j.row) AND j.row NOT LIKE 'L-%'"
    f" AND NOT (coalesce(j.field, '') IN ('{SAME_ACTOR}', '{OTHER_ACTOR}') AND NOT EXISTS (SELECT 1 FROM json_each(j.judged) n"
    "  WHERE NOT EXISTS (SELECT 1 FROM speaker WHERE name = n.value) AND NOT EXISTS (SELECT 1 FROM party WHERE name = n.value)"
    "  AND NOT EXISTS (SELECT 1 FROM bound WHERE name = n.value)))"
    " ORDER BY row, seq"
)
REDATED = "UPDATE sketch SET linked = 0 WHERE document = ? AND (SELECT published FROM document WHERE id = ?) IS NOT ?"


def open_ledger(path: Path, *, create: bool = False, read_only: bool = False, wait: float | None = None) -> SqliteStore:
    """The ledger at a path, open; `create` makes an empty one where there is none, and never over another file.

    Only one process writes at a time: another waits `wait` seconds (a reader `WAIT`, a writer `WAIT_TO_WRITE`, unless given) for its
    turn, then gets a `LedgerError`.
    """
    patience = wait if wait is not None else WAIT if read_only else WAIT_TO_WRITE
    with connect.folder_explained(path), connect.explained(path):
        if create and not path.exists():
            _make(path)
        connect.recognise(path)
        return SqliteStore(path, connect.connect(path, read_only=read_only, wait=patience))


def _make(path: Path) -> None:
    connect.journal_mode()
    try:
        connect.make(path)
    except LedgerError:
        if not path.exists():  # else another process has just made it
            raise


class SqliteStore:
    """One open ledger file (the `Store` of the protocol); to be used by the thread that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self.viewer: str | None = None  # whose eyes it has, where coding is blind

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /) -> None:
        """Nothing; closes the ledger."""
        self.close()

    def close(self) -> None:
        """Nothing; closes the ledger."""
        self.connection.close()

    # Reading

    def read(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """The records that answer a question in SQL; for this package only."""
        with connect.explained(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A stretch in which all reads see one state of the ledger; within another one it changes nothing."""
        if self.connection.in_transaction:
            yield
            return
        with connect.explained(self.path):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # the store may have been closed meanwhile
                self.connection.execute("ROLLBACK")

    def known(self, sha256: str, run_id: str) -> str | None:
        """The id of the current document of these bytes, if this run is the current one of it."""
        rows = self.read(KNOWN, (sha256, run_id))
        return str(rows[0]["id"]) if rows else None

    def given(self, sha256: str) -> tuple[MetaField, ...]:
        """What a table or an address said of these bytes when they were last read: metadata under keys `table:...`, `http:...`."""
        rows = self.read("SELECT metadata FROM document WHERE sha256 = ? AND current = 1", (sha256,))
        fields = codec.read_metadata(rows[0]["metadata"]) if rows else ()
        return tuple(field for field in fields if field.key.startswith(GIVEN))

    def blind(self, coder: str) -> None:
        """Nothing; where coding is blind, what is asked from now on is answered as this coder may see it, and nothing can be judged."""
        if blinding.is_blind(self):
            with connect.explained(self.path):
                blinding.blind(self.connection, coder)
            self.viewer = coder

    def judgements(self, row: str) -> list[Judgement]:
        """All judgements on a row in their order, each marked when it was undone."""
        return [judgement_of(record) for record in self.read(HISTORY, (row,))]

    def orphans(self) -> list[Judgement]:
        """The judgements that hold for rows which no current run observes."""
        return [judgement_of(record) for record in self.read(ORPHANS)]

    # Writing

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all that is written inside is kept, or after any error nothing of it."""
        if self.viewer is not None:
            message = f"coding is blind, and {self.path} was opened for {self.viewer or 'nobody'} to ask; open it without a coder to judge"
            raise UsageError(message)
        if self.connection.in_transaction:
            message = f"the ledger {self.path} is still being read here; finish or close that reading before writing"
            raise LedgerError(message)
        with connect.explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    with suppress(sqlite3.Error):
                        self.connection.execute("ROLLBACK")
                raise

    def record(self, observation: Observation, acquisition: Acquisition, data: bytes, run: Run) -> Arrival:
        """`new` bytes, `known` in every respect, or known bytes `again` (another run, reading or name)."""
        return self.record_parts([observation], acquisition, data, run)

    def record_parts(self, observations: Sequence[Observation], acquisition: Acquisition, data: bytes, run: Run) -> Arrival:
        """As `record`, for a file of many articles, which are recorded together; `acquisition` names any of them."""
        parts = [replace(o, statements=tuple(writing.with_roles(row) for row in o.statements)) for o in observations]
        arrivals = [replace(acquisition, document=part.document.id) for part in parts]
        if acquisition.document not in {arrival.document for arrival in arrivals}:
            arrivals[0] = acquisition  # which `check` refuses
        for part, arrival in zip(parts, arrivals, strict=True):
            check(part, arrival, data)
        sha256 = parts[0].document.sha256
        with self.writing() as connection:
            fresh = writing.add_raw(connection, sha256, data)
            known = {row["id"] for row in connection.execute(KNOWN, (sha256, run.id))}
            changed = known != {arrival.document for arrival in arrivals}
            if changed:
                writing.retire(connection, sha256)
                for part in parts:
                    _observe(connection, part, run, acquisition.name)
                    people.observe(connection, part.document.id)
            named = [writing.add_acquisition(connection, arrival) for arrival in arrivals]
            if changed or any(named):
                _finish(connection, sha256, arrivals)
        if fresh:
            return "new"
        return "again" if changed or any(named) else "known"

    def acquire(self, acquisition: Acquisition) -> Arrival:
        """`again` where a known document (or all of its file) came under another name or from elsewhere, else `known`."""
        rows = self.read(SAME_FILE, {"id": acquisition.document})
        if not rows:
            message = f"there is no document {acquisition.document} in {self.path}; record it first"
            raise UsageError(message)
        arrivals = [replace(acquisition, document=row["id"]) for row in rows]
        with self.writing() as connection:
            named = [writing.add_acquisition(connection, arrival) for arrival in arrivals]
            _finish(connection, rows[0]["sha256"], arrivals)
        return "again" if any(named) else "known"

    def link(self, document: str, copies: Sequence[Copy]) -> None:
        """Nothing; replaces the links of a document to its near-copies, which have all been looked at."""
        with self.writing() as connection:
            writing.put_copies(connection, document, copies)

    def derive(self, document: str, derived: Derivation) -> None:
        """Nothing; replaces what is given of a document's derived layer: voices, card, times, tellings, duties, calls.

        A document with another day of publication is to be compared with its neighbours again.
        """
        voices = derived.voices
        rows = self.read("SELECT DISTINCT id FROM statement WHERE document = ?", (document,))
        foreign = {voice.statement for voice in voices} - {row["id"] for row in rows}
        if foreign or not self.read("SELECT 1 FROM document WHERE id = ?", (document,)):
            message = f"{min(foreign, default=document)} is no statement of {document}, or that is not in {self.path}"
            raise UsageError(message)
        with self.writing() as connection:
            writing.put_voices(connection, document, [voice.statement for voice in voices], voices)
            if derived.card:
                connection.execute(REDATED, (document, document, derived.card.published.value))
                writing.put_card(connection, document, derived.card)
            if derived.times is not None:
                writing.put_times(connection, document, derived.times)
            deeds.put(connection, document, derived)
            writing.put_seals(connection, [document])

    def meet(self, circle: str, meetings: Mapping[str, tuple[str, str]]) -> None:
        """Nothing; replaces the meetings of a circle, which is sorted now: by telling, the meeting's id and the rule."""
        with self.writing() as connection:
            deeds.put_meetings(connection, circle, meetings)

    def reopen(self, tellings: Iterable[str]) -> None:
        """Nothing; the circles of these tellings are to be sorted into meetings again."""
        with self.writing() as connection:
            deeds.reopen(connection, tellings)

    @contextmanager
    def lines(self, read: Callable[[str, str], S], known: dict[str, S] | None = None) -> Iterator[Lines[S]]:
        """The strands and lines of the ledger, in one transaction; `read` makes a strand of its place and data."""
        if self.connection.in_transaction:  # a stretch of reading
            yield Lines(self.connection, read, known)
            return
        with self.writing() as connection:
            yield Lines(connection, read, known)

    def fail(self, name: str, sha256: str | None, reason: str, at: str, origin: str = "") -> None:
        """Nothing; notes a file that failed or was skipped, until it is read after all."""
        with self.writing() as connection:
            writing.put_attempt(connection, (name, origin, sha256, reason, at))

    def judge(self, judgement: Judgement) -> Judgement:
        """The judgement as it stands now; appended, unless the same was the last word already."""
        own = judgement.field in {ADDED, SAME_ACTOR, OTHER_ACTOR, CODING}  # a person's row is made of its judgement; actors are names
        if not own and not self.read(EXISTS, {"row": judgement.row}):
            message = f"there is no row {judgement.row} in {self.path} to judge; `reaffirm search` finds rows"
            raise UsageError(message)
        with self.writing() as connection:
            return log.append(connection, judgement)

    def undo(self, row: str | None, who: str, at: str, *, anyone: bool = False) -> Judgement:
        """This person's last judgement that held (for a row, if one is named; there with `anyone` the last of anybody), now undone."""
        with self.writing() as connection:
            return log.retract(connection, who, at, row, anyone=anyone)


def _observe(connection: sqlite3.Connection, observation: Observation, run: Run, name: str) -> None:
    document = observation.document
    writing.add_run(connection, run)
    writing.add_document(connection, document, run, name)
    writing.add_reading(connection, observation, run)
    writing.put_layout(connection, document)
    writing.put_voices(connection, document.id, [row.id for row in observation.statements], observation.voices)
    writing.put_mentions(connection, document.id, observation.mentions)
    writing.put_times(connection, document.id, observation.times)
    writing.put_actors(connection, document.id, observation.actors)
    writing.put_sketch(connection, document.id, observation.sketch)
    writing.put_meetings(connection, document.id, observation.meetings)
    deeds.put_all(connection, observation)


def _finish(connection: sqlite3.Connection, sha256: str, arrivals: Sequence[Acquisition]) -> None:
    writing.put_name(connection, arrivals[0].document)
    writing.put_seals(connection, [arrival.document for arrival in arrivals])
    writing.settle(connection, arrivals[0].name, sha256)
