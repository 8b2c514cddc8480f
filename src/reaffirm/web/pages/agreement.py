"""How far coders agree, what they differ on, and how the rules fare under their decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from reaffirm.agreement import Kind
from reaffirm.ledger import Ledger
from reaffirm.review.opinions import Accuracy, Agreement, Disagreement
from reaffirm.web.page import page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, sheet

Coders = Annotated[list[str] | None, Query(max_length=20, description="Coders to compare, 'machine' among them; default: all people.")]
OfKind = Annotated[Kind | None, Query(description="Only this kind of row.")]


@dataclass(frozen=True, slots=True)
class Agreements:
    """The figures by kind of row, and what coders differ on, the open questions first; `open` is how many of these there are."""

    coders: tuple[str, ...]
    kinds: tuple[Agreement, ...]
    open: int
    sheet: Sheet[Disagreement]


@dataclass(frozen=True, slots=True)
class Accuracies:
    """How each rule and pack entry fared under the decisions of people, or of one of them."""

    coder: str
    sheet: Sheet[Accuracy]


@page("/agreement", "agreement.html", "Agreement", menu="Agreement")
def agreement(ledger: Ledger, coder: Coders = None, kind: OfKind = None, page: PageNumber = 1, per: PerPage = PER) -> Agreements:
    """How far coders agree, the machine among them, by question and pair and on the continuum of the texts; and what they differ on."""
    found = ledger.agreement(coder or (), kind)
    apart = sorted(ledger.disagreements(coder or (), kind), key=lambda row: row.settled is not None)
    kinds = tuple(part for part in found if part.figures)
    return Agreements(found[0].coders, kinds, sum(row.settled is None for row in apart), sheet(apart, page, per))


@page("/accuracy", "accuracy.html", "Accuracy")
def accuracy(
    ledger: Ledger,
    coder: Annotated[str, Query(max_length=200, description="By the decisions of this person alone.")] = "",
    kind: OfKind = None,
    page: PageNumber = 1,
    per: PerPage = PER,
) -> Accuracies:
    """How many rows of each rule and pack entry people found right, wrong, or to be mended, with bounds of that share."""
    return Accuracies(coder, sheet(ledger.accuracy(coder or None, kind), page, per))
