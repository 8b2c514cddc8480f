"""What a ledger answers of issues and actors: lists with counts, what is filed under one or belongs to one, tables of both."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reaffirm.packs import load
from reaffirm.store import subjects as tables
from reaffirm.store.actors import alike as names_of
from reaffirm.store.actors import merged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Unpack

    from reaffirm.entries import Term
    from reaffirm.packs import Packs
    from reaffirm.store.records import Breakdown, Cell, Figure, Line, Service, Source, Subject, Weight
    from reaffirm.store.sqlite import SqliteStore
    from reaffirm.store.subjects import Chosen, Layer


class Subjects:
    """The part of an open ledger that answers of issues and actors."""

    store: SqliteStore
    folders: tuple[Path, ...]

    @cached_property
    def packs(self) -> Packs:
        """The data packs; loaded on first use, because questions need none."""
        return load(*self.folders)

    def subjects(self, kind: str, *, limit: int, offset: int = 0) -> tuple[list[Subject], int]:
        """The issues (or, of kind `thing`, what is named) under which most is filed, and how many there are."""
        return tables.subjects(self.store, kind, limit=limit, offset=offset)

    def issue_names(self) -> dict[str, str]:
        """By id, the names of the issues that the packs know."""
        return {issue.id: issue.name for issue in self.packs.issues}

    def figures(self, kind: str | None = None, name: str | None = None, *, limit: int = 1, offset: int = 0) -> tuple[list[Figure], int]:
        """The actors with most rows, and how many there are; of one kind or of one name if that is given."""
        return tables.figures(self.store, kind, name, limit=limit, offset=offset)

    def lines(self, **wanted: Unpack[Chosen]) -> tuple[list[Line], Breakdown]:
        """What is said, promised and asked under an issue or by an actor, by date, document and place; and counts by facet."""
        return tables.lines(self.store, **wanted)

    def weights(self, *, issue: str | None = None, actor: str | None = None) -> list[Weight]:
        """How strong what was promised under an issue, or by an actor, is over time."""
        return tables.weights(self.store, issue=issue, actor=actor)

    def sources(self, documents: Iterable[str]) -> list[Source]:
        """These documents (ids) with what a heading tells of them, by date."""
        return tables.sources(self.store, documents)

    def homes(self, *, limit: int, offset: int = 0) -> tuple[list[Source], int]:
        """So many documents by date, and how many there are."""
        return tables.homes(self.store, limit=limit, offset=offset)

    def served(self, actor: str) -> list[Service]:
        """The offices in which texts show a person speaking."""
        return tables.served(self.store, actor)

    def terms(self, actor: str) -> tuple[Term, ...]:
        """The terms of office that the packs know of a person, by their first day."""
        names = {*names_of(merged(self.store), [actor])}
        return tuple(sorted((t for t in self.packs.offices if t.person in names), key=lambda t: (t.start, t.office)))

    def people(self, actor: str) -> Breakdown:
        """Who speaks for a state or organisation."""
        return tables.people(self.store, actor)

    def cells(
        self, layer: Layer, columns: Iterable[str], *, actors: Iterable[str] | None = None, documents: Iterable[str] = ()
    ) -> list[Cell]:
        """How many rows of a layer these actors (else these documents) have under these issues."""
        return tables.cells(self.store, layer, columns, named=actors, documents=documents)
