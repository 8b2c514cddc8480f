"""Search in the paragraphs of all documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from reaffirm.ledger import Ledger
from reaffirm.store.records import Breakdown, Hit
from reaffirm.web.page import page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, sheet, upto

Words = Annotated[str, Query(max_length=300, description='Words and "phrases" that must all occur; word* finds beginnings.')]
Name = Annotated[str, Query(max_length=300, description="A document's name or id.")]


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet of paragraphs, best first, and the counts by document."""

    q: str
    sheet: Sheet[Hit]
    found: Breakdown


@page("/search", "search.html", "Search")
def search(ledger: Ledger, q: Words = "", document: Name = "", page: PageNumber = 1, per: PerPage = PER) -> Found:
    """The paragraphs in which all words occur, best first, each with the places of the words."""
    found = ledger.searched(q, document or None)
    hits = ledger.search(q, document=document or None, limit=upto(page, per)) if found.total else []
    return Found(q, sheet(hits, page, per, found.total), found)
