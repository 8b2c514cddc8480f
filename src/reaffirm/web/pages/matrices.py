"""Tables of who, or which document, speaks on what: each cell is a number that opens the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query

from reaffirm.ledger import Ledger
from reaffirm.store.records import Source
from reaffirm.store.subjects import Layer
from reaffirm.web.page import page
from reaffirm.web.paging import PageNumber, Sheet, given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.store.records import Cell

ROWS, COLUMNS = 40, 16
Across = Annotated[int, Query(ge=1, le=1000, description="Which part of the issues, from 1.")]
Rows = Annotated[int, Query(ge=1, le=100, description="How many lines a part of the table has.")]


@dataclass(frozen=True, slots=True)
class Lines:
    """One line of a table: what it is of, and its numbers, one a column."""

    key: str
    label: str
    under: str
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A part of a table: its lines, the issues of its columns (id and name), how many columns there are, and the largest number."""

    of: Literal["actors", "documents"]
    layer: Layer
    sheet: Sheet[Lines]
    columns: tuple[tuple[str, str], ...]
    across: int
    total_columns: int
    most: int


@page("/matrix/actors", "matrix.html", "Actors by issue", menu="Matrix")
def by_actor(
    ledger: Ledger, kind: Literal["state", "person", "organisation", "collective"] | None = None, layer: Layer = "said",
    across: Across = 1, page: PageNumber = 1, per: Rows = ROWS,
) -> Matrix:  # fmt: skip
    """How many rows each actor has under each issue; the fullest lines and columns first."""
    figures, total = ledger.figures(kind, limit=per, offset=(page - 1) * per)
    columns, count = _columns(ledger, across)
    cells = ledger.cells(layer, dict(columns), actors=[figure.name for figure in figures])
    labels = [(figure.name, figure.name, figure.kind or "") for figure in figures]
    return _matrix("actors", layer, given(labels, page, per, total), columns, (across, count), cells)


@page("/matrix/documents", "matrix.html", "Documents by issue")
def by_document(ledger: Ledger, layer: Layer = "said", across: Across = 1, page: PageNumber = 1, per: Rows = ROWS) -> Matrix:
    """How many rows each document has under each issue; documents by date, the fullest columns first."""
    sources, total = ledger.homes(limit=per, offset=(page - 1) * per)
    columns, count = _columns(ledger, across)
    cells = ledger.cells(layer, dict(columns), documents=[source.id for source in sources])
    labels = [(source.id, source.doc, _under(source)) for source in sources]
    return _matrix("documents", layer, given(labels, page, per, total), columns, (across, count), cells)


def _under(source: Source) -> str:
    return ", ".join(word for word in (source.day or "undated", source.genre) if word)


def _columns(ledger: Ledger, across: int) -> tuple[tuple[tuple[str, str], ...], int]:
    found, total = ledger.subjects("issue", limit=COLUMNS, offset=(across - 1) * COLUMNS)
    names = ledger.issue_names()
    return tuple((subject.id, names.get(subject.id, subject.id)) for subject in found), total


def _matrix(
    of: Literal["actors", "documents"], layer: Layer, labels: Sheet[tuple[str, str, str]], columns: tuple[tuple[str, str], ...],
    across: tuple[int, int], cells: Iterable[Cell],
) -> Matrix:  # fmt: skip
    counted = {(cell.line, cell.column): cell.n for cell in cells}
    lines = [Lines(key, label, under, tuple(counted.get((key, c), 0) for c, _ in columns)) for key, label, under in labels.rows]
    most = max(counted.values(), default=0)
    return Matrix(of, layer, given(lines, labels.page, labels.per, labels.total), columns, across[0], across[1], most)
