"""One subject down a chain: what each document says of an issue, held against the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Query, Request, Response

from reaffirm.export.redlines import CHAIN_FORMS, Section
from reaffirm.ledger import Ledger
from reaffirm.model import Span
from reaffirm.sequels import Place, Silence
from reaffirm.store.records import Titled
from reaffirm.web import redlining
from reaffirm.web.answering import at
from reaffirm.web.page import page
from reaffirm.web.pages import OTHERS
from reaffirm.web.pages.redline import Form, attachment
from reaffirm.web.redlining import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Issue = Annotated[str, Query(max_length=300, description="An issue of the issues pack, or a thing that is named.")]
Forum = Annotated[str, Query(max_length=300, description="The chain of this forum's meetings (words of its name).")]
Chain = Annotated[str, Query(max_length=300, description="The chain of this document; with or instead of a forum's.")]
BREAK = 2  # code points between passages of the compared text


@dataclass(frozen=True, slots=True)
class Link:
    """What one document of a chain says of a subject: its passages, and their lines against those of the document before it.

    One that says nothing has a receipt of what was searched, `gap`.
    """

    document: Titled
    place: Place
    against: str | None
    passages: tuple[Span, ...]
    lines: tuple[Line, ...]
    gap: Silence | None


@dataclass(frozen=True, slots=True)
class Descended:
    """A subject down a chain, by date; without a subject and a chain there is only a choice. `forums` may be chosen."""

    issue: str
    links: tuple[Link, ...]
    forums: tuple[str, ...]


@page("/chain", "chain.html", "One issue down a chain")
def chain(ledger: Ledger, issue: Issue = "", forum: Forum = "", document: Chain = "") -> Descended:
    """What each document of a chain says of an issue, sentence by sentence against the one before."""
    forums = tuple(ledger.forums())
    if not issue or not (forum or document):
        return Descended(issue, (), forums)
    sections = ledger.descent(issue, forum=None if document else forum, chain=document or None)
    named = {t.id: t for t in ledger.titles(section.place.document for section in sections)}
    return Descended(issue, tuple(_links(sections, named)), forums)


def _links(sections: Sequence[Section], named: dict[str, Titled]) -> Iterator[Link]:
    before: tuple[Span, ...] = ()
    for section in sections:
        lines = redlining.lines(section.pieces, _places(before), _places(section.passages))
        yield Link(named[section.place.document], section.place, section.against, section.passages, lines, section.gap)
        before = section.passages or before


def _places(passages: Sequence[Span]) -> redlining.Places:
    """Where passages, joined with a blank line between them, stand in their document."""
    found, offset = [], 0
    for span in passages:
        found.append((offset, span.start))
        offset += len(span.exact) + BREAK
    return tuple(found)


@OTHERS.get("/chain/file")
def file(request: Request, issue: Issue, forum: Forum = "", document: Chain = "", form: Form = "docx") -> Response:
    """The chain's redline as a file: a DOCX with tracked changes, or a page that stands alone."""
    desk = at(request)
    sections = desk.ask(lambda ledger: ledger.descent(issue, forum=None if document else forum or None, chain=document or None))
    return attachment(CHAIN_FORMS[form](sections, f"{issue}: {forum or document}"), "chain", form)
