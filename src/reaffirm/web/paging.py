"""A part of a long list, with the way to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

from fastapi import Query

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
PER = 50
MOST = 200
PageNumber = Annotated[int, Query(ge=1, le=100_000, description="Which part of the list, from 1.")]
PerPage = Annotated[int, Query(ge=1, le=MOST, description="How many rows a part has.")]


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """Rows `first` to `last` (from 1; both 0 where there are none) of `total`; `next` and `previous` are numbers of sheets."""

    rows: tuple[T, ...]
    total: int
    page: int
    per: int
    next: int | None
    previous: int | None

    @property
    def first(self) -> int:
        """The number of the first row, from 1."""
        return (self.page - 1) * self.per + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row."""
        return (self.page - 1) * self.per + len(self.rows)


def upto(page: int, per: int) -> int:
    """How many rows must be asked for so that a sheet can be cut from them."""
    return page * per


def sheet(rows: Sequence[T], page: int, per: int, total: int | None = None) -> Sheet[T]:
    """The sheet of a list that begins with the first row; `total` where the list was not asked for to its end.

    Every list on every page is cut here, so that asking the ledger for a part only is a change of this place.
    """
    return given(rows[(page - 1) * per : page * per], page, per, len(rows) if total is None else total)


def given(rows: Sequence[T], page: int, per: int, total: int) -> Sheet[T]:
    """The sheet of which just the rows were asked for, of `total`."""
    more = page * per < total
    return Sheet(tuple(rows), total, page, per, page + 1 if more else None, page - 1 if page > 1 else None)
