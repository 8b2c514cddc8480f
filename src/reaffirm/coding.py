"""What a `Ledger` answers to several coders; a part of it by itself."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from reaffirm import agreement as coders
from reaffirm import weaving
from reaffirm.store.sqlite import open_ledger
from reaffirm.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from reaffirm.model import Judgement
    from reaffirm.review.opinions import Accuracy, Agreement, Disagreement
    from reaffirm.store.sqlite import SqliteStore


class Coding(Subjects):
    """The verbs of coders over an open ledger; `beside` are other ledgers whose judgements count as well."""

    def agreement(
        self, named: Sequence[str] = (), kind: coders.Kind | None = None, by: str | None = None, beside: Iterable[Path] = ()
    ) -> list[Agreement]:
        """By kind of row, how far these coders (else all people) agree; the values of units on the continuum are those of field `by`."""
        with self._stores(beside) as stores:
            return coders.agreement(stores, named, kind, by)

    def disagreements(
        self, named: Sequence[str] = (), kind: coders.Kind | None = None, beside: Iterable[Path] = ()
    ) -> list[Disagreement]:
        """The questions on which these coders (else all people) differ, settled or not."""
        with self._stores(beside) as stores:
            return coders.disagreements(stores, named, kind)

    def accuracy(self, coder: str | None = None, kind: coders.Kind | None = None) -> list[Accuracy]:
        """By rule and pack entry, how rows fared under the decisions of people, or of one of them."""
        return coders.accuracy([self.store], coder, kind)

    def settle(self, row: str, answer: str, *, who: str | None = None, beside: Iterable[Path] = ()) -> Judgement:
        """The judgement of a third person that settles a disagreement, recorded here: `yes`, `no` or `field=value`."""
        with self._stores(beside) as stores:
            settled = coders.settling(stores, row, answer, who)
        self.store.judge(settled)
        weaving.woven(self.store, lambda: self.packs)
        return settled

    @contextmanager
    def _stores(self, beside: Iterable[Path]) -> Iterator[list[SqliteStore]]:
        with ExitStack() as opened:
            yield [self.store, *(opened.enter_context(open_ledger(path, read_only=True)) for path in beside)]
