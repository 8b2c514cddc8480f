"""Issues: the list with counts, and what was said, promised and asked on one, in order of date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Path, Query

from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.store.records import Breakdown, Line, Source, Subject, Weight
from reaffirm.store.subjects import Layer
from reaffirm.web.page import page
from reaffirm.web.paging import PER, PageNumber, PerPage, Sheet, given

Words = Annotated[str, Query(max_length=300)]
Issue = Annotated[str, Path(max_length=300, description="The id of an issue, or the name of a treaty, law or place, as lists give it.")]


@dataclass(frozen=True, slots=True)
class Issues:
    """A sheet of issues (or of what is named) with counts, those first under which most is filed; `names` are those of the packs."""

    kind: str
    sheet: Sheet[Subject]
    names: dict[str, str]


@page("/issues", "issues.html", "Issues", menu="Issues")
def issues(ledger: Ledger, kind: Literal["issue", "thing"] = "issue", page: PageNumber = 1, per: PerPage = PER) -> Issues:
    """The issues under which rows are filed, or the treaties, laws and places that they name, with counts."""
    rows, total = ledger.subjects(kind, limit=per, offset=(page - 1) * per)
    return Issues(kind, given(rows, page, per, total), ledger.issue_names())


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rows of one document, by place."""

    source: Source
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OnIssue:
    """What stands under one issue: a sheet of rows by document in order of date, counts, and the strength of promises over time."""

    id: str
    name: str
    sheet: Sheet[Line]
    chapters: tuple[Chapter, ...]
    weights: tuple[Weight, ...]
    found: Breakdown
    names: dict[str, str]


@page("/issue/{issue:path}", "issue.html", "Issue")
def issue(  # noqa: PLR0913, PLR0917 - one parameter a question
    ledger: Ledger,
    issue: Issue,
    actor: Words = "",
    document: Words = "",
    kind: Layer | None = None,
    page: PageNumber = 1,
    per: PerPage = PER,
) -> OnIssue:
    """What was said, promised and asked on an issue, by document in order of date; narrowed by actor, document and kind."""
    asked = {"issue": issue, "actor": actor or None, "document": document or None}
    rows, found = ledger.lines(**asked, layer=kind, limit=per, offset=(page - 1) * per)
    if not found.total and not ledger.lines(issue=issue, limit=1)[1].total:
        message = f"nothing is filed under {issue!r}; /issues lists the issues of this ledger"
        raise UsageError(message)
    names = ledger.issue_names()
    weights = ledger.weights(issue=issue, actor=actor or None)
    part = given(rows, page, per, found.total)
    return OnIssue(issue, names.get(issue, issue), part, chapters(ledger, part.rows), tuple(weights), found, names)


def chapters(ledger: Ledger, lines: tuple[Line, ...]) -> tuple[Chapter, ...]:
    """The rows of a sheet under their documents, in the order in which these first come."""
    sources = {source.id: source for source in ledger.sources(line.document for line in lines)}
    homes = dict.fromkeys(line.document for line in lines)
    return tuple(Chapter(sources[home], tuple(line for line in lines if line.document == home)) for home in homes)
