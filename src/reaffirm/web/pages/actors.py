"""Actors: the list with counts, and one of them: offices over time, what it said, promised, asked and was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Path

from reaffirm.entries import Term
from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.readings import Call, Demand
from reaffirm.store.records import Breakdown, Figure, Item, Line, Service
from reaffirm.store.subjects import Layer
from reaffirm.web.drawing import Tick, ticks
from reaffirm.web.page import Elsewhere, page
from reaffirm.web.pages.issues import Chapter, chapters
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, given
from reaffirm.web.templating import actor_url

Name = Annotated[str, Path(max_length=300, description="The name of a person, state, organisation or collective, as lists give it.")]
FEW = 5  # demands made of it that are shown


@dataclass(frozen=True, slots=True)
class Actors:
    """A sheet of actors with counts, those first who have most rows."""

    sheet: Sheet[Figure]


@page("/actors", "actors.html", "Actors", menu="Actors")
def actors(
    ledger: Ledger,
    kind: Literal["person", "state", "organisation", "collective", "office"] | None = None,
    page: PageNumber = 1,
    per: PerPage = PER,
) -> Actors:
    """Who says, promises and asks, and of whom it is asked, with counts."""
    rows, total = ledger.figures(kind, limit=per, offset=(page - 1) * per)
    return Actors(given(rows, page, per, total))


@dataclass(frozen=True, slots=True)
class Acting:
    """One actor: counts, offices by packs and by texts, who speaks for it, its rows by document, and what was last asked of it."""

    figure: Figure
    terms: tuple[Term, ...]
    services: tuple[Service, ...]
    offices: tuple[Tick, ...]
    people: Breakdown
    sheet: Sheet[Line]
    chapters: tuple[Chapter, ...]
    found: Breakdown
    received: tuple[Item[Demand, Call], ...]
    names: dict[str, str]


@page("/actor/{name:path}", "actor.html", "Actor")
def actor(ledger: Ledger, name: Name, kind: Layer | None = None, page: PageNumber = 1, per: PerPage = PER) -> Acting | Elsewhere:
    """One actor: offices over time with what proves them, what it said, promised and asked, by date, and what was asked of it.

    A name that people joined to another leads to the page of the actor.
    """
    figures, _ = ledger.figures(name=name)
    if not figures:
        message = f"nobody in this ledger is called {name!r}; /actors lists who says, promises or asks something"
        raise UsageError(message)
    if figures[0].name != name:
        return Elsewhere(actor_url(figures[0].name))
    terms, services = ledger.terms(name), tuple(ledger.served(name))
    rows, found = ledger.lines(actor=name, layer=kind, limit=per, offset=(page - 1) * per)
    received, _ = ledger.asked("demand", {"target": name}, limit=FEW)
    part = given(rows, page, per, found.total)
    return Acting(
        figures[0], terms, services, _offices(terms, services), ledger.people(name), part, chapters(ledger, part.rows), found,
        tuple(received), ledger.issue_names(),
    )  # fmt: skip


def _offices(terms: tuple[Term, ...], services: tuple[Service, ...]) -> tuple[Tick, ...]:
    last = max((day for day in (*(t.end or t.start for t in terms), *(s.last or "" for s in services))), default="")
    held = [(f"{t.office} ({t.state})", f"{t.start}/{t.end or last}", "packs", f"{t.office}, {t.start} to {t.end or 'now'}") for t in terms]
    shown = [(s.office, f"{s.first}/{s.last}", "texts", f"{s.office}, in texts of {s.first} to {s.last}") for s in services if s.first]
    return ticks([*held, *shown])
