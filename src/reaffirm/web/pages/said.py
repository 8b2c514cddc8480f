"""Who said what, in which words; narrowed by speaker, party, act, manner, document, words and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from reaffirm.ledger import Ledger
from reaffirm.model import Act, Directness
from reaffirm.store.queries import Asked
from reaffirm.store.records import Breakdown, Said
from reaffirm.web.page import page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, sheet, upto

Words = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True, slots=True)
class Statements:
    """A sheet of statements, and the counts by which they may be narrowed."""

    sheet: Sheet[Said]
    found: Breakdown


@page("/said", "said.html", "Who said what", menu="Said")
def said(  # noqa: PLR0913, PLR0917 - one parameter a question
    ledger: Ledger,
    speaker: Words = "",
    party: Words = "",
    document: Words = "",
    act: Act | None = None,
    directness: Directness | None = None,
    text: Words = "",
    cue: Words = "",
    to: Words = "",
    since: Words = "",
    until: Words = "",
    *,
    direct: bool = False,
    official: bool = False,
    rejected: bool = False,
    page: PageNumber = 1,
    per: PerPage = PER,
) -> Statements:
    """The statements that meet all conditions, by document and place, with their counts by facet."""
    asked = Asked(
        speaker=speaker, party=party, document=document, act=act, directness=directness, text=text, cue=cue, to=to, since=since,
        until=until, direct=direct, official=official, rejected=rejected,
    )  # fmt: skip
    found = ledger.counted(**asked)
    asked["limit"] = upto(page, per)
    return Statements(sheet(ledger.said(**asked), page, per, found.total), found)
