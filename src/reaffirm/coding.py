"""What a `Ledger` answers to several coders; a part of it by itself."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from reaffirm import agreement as coders
from reaffirm import weaving
from reaffirm.outsiders import outsider
from reaffirm.store.sqlite import open_ledger
from reaffirm.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from reaffirm.model import Judgement
    from reaffirm.outsiders import Outsider
    from reaffirm.review.opinions import Accuracy, Agreement, Disagreement
    from reaffirm.store.sqlite import SqliteStore


class Coding(Subjects):
    """The verbs of coders over an open ledger, whose `store` it has.

    `beside` are other ledgers whose judgements count as well, and folders in the exchange format, each one more coder.
    """

    def agreement(
        self, named: Sequence[str] = (), kind: coders.Kind | None = None, by: str | None = None, beside: Iterable[Path] = ()
    ) -> list[Agreement]:
        """By kind of row, how far these coders (else all people) agree; the values of units on the continuum are those of field `by`."""
        paths = tuple(beside)
        with self._stores(paths) as stores:
            return coders.agreement(stores, named, kind, by, self._outside(paths))

    def disagreements(
        self, named: Sequence[str] = (), kind: coders.Kind | None = None, beside: Iterable[Path] = ()
    ) -> list[Disagreement]:
        """The questions on which these coders (else all people) differ, settled or not."""
        paths = tuple(beside)
        with self._stores(paths) as stores:
            return coders.disagreements(stores, named, kind, self._outside(paths))

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
            others = (path for path in beside if not path.is_dir())
            yield [self.store, *(opened.enter_context(open_ledger(path, read_only=True)) for path in others)]

    def _outside(self, beside: Iterable[Path]) -> list[Outsider]:
        return [outsider(self.store, path) for path in beside if path.is_dir()]
