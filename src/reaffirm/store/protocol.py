"""What a store of the ledger can do; SQLite is the first, PostgreSQL may come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    from reaffirm.model import Acquisition, Copy, Judgement, MetaField, Run
    from reaffirm.readings import Derivation, Observation
    from reaffirm.store.lines import Lines

S = TypeVar("S")
Arrival = Literal["new", "known", "again"]


class Record(Protocol):
    """One record of an answer, read by column name; what a column holds is settled by schema.sql."""

    def __getitem__(self, column: str, /) -> Any:  # noqa: ANN401 - schema.sql says which
        """The value of a column."""


class Store(Protocol):
    """One ledger, open; writes are whole transactions, reads go through `read` and `store.queries`."""

    def record(self, observation: Observation, acquisition: Acquisition, data: bytes, run: Run) -> Arrival:
        """`new` bytes, `known` in every respect, or known bytes `again` (another run, reading or name)."""

    def record_parts(self, observations: Sequence[Observation], acquisition: Acquisition, data: bytes, run: Run) -> Arrival:
        """As `record`, for a file of many articles, which are recorded together; `acquisition` names any of them."""

    def link(self, document: str, copies: Sequence[Copy]) -> None:
        """Nothing; replaces the links of a document to its near-copies, which have all been looked at."""

    def acquire(self, acquisition: Acquisition) -> Arrival:
        """`again` where a known document (or all of its file) came under another name or from elsewhere, else `known`."""

    def known(self, sha256: str, run_id: str) -> str | None:
        """The id of the current document of these bytes, if this run is the current one of it."""

    def given(self, sha256: str) -> tuple[MetaField, ...]:
        """What a table or an address said of these bytes when they were last read: metadata under keys `table:...`, `http:...`."""

    def derive(self, document: str, derived: Derivation) -> None:
        """Nothing; replaces what is given of a document's derived layer: voices, card, times, tellings, duties, calls.

        A document with another day of publication is to be compared with its neighbours again.
        """

    def meet(self, circle: str, meetings: Mapping[str, tuple[str, str]]) -> None:
        """Nothing; replaces the meetings of a circle, which is sorted now: by telling, the meeting's id and the rule."""

    def reopen(self, tellings: Iterable[str]) -> None:
        """Nothing; the circles of these tellings are to be sorted into meetings again."""

    def lines(self, read: Callable[[str, str], S], known: dict[str, S] | None = None) -> AbstractContextManager[Lines[S]]:
        """The strands and lines of the ledger, in one transaction; `read` makes a strand of its place and data."""

    def fail(self, name: str, sha256: str | None, reason: str, at: str, origin: str = "") -> None:
        """Nothing; notes a file that failed or was skipped, until it is read after all."""

    def judge(self, judgement: Judgement) -> Judgement:
        """The judgement as it stands now; appended, unless the same was the last word already."""

    def undo(self, row: str | None, who: str, at: str, *, anyone: bool = False) -> Judgement:
        """The judgement that held for this row last (None: this person's last), now undone."""

    def judgements(self, row: str) -> list[Judgement]:
        """All judgements on a row in their order, each marked when it was undone."""

    def orphans(self) -> list[Judgement]:
        """The judgements that hold for rows which no current run observes."""

    def read(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> Sequence[Record]:
        """The records that answer a question in SQL; for this package only."""

    def reading(self) -> AbstractContextManager[None]:
        """A stretch in which all reads see one state of the ledger."""

    def close(self) -> None:
        """Nothing; closes the ledger."""

    def __enter__(self) -> Self:
        """The store itself."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /) -> None:
        """Nothing; closes the ledger."""
