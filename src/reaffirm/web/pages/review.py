"""The queue of rows that wait for a decision, and the forms by which people decide; everything works without script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from fastapi import Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from reaffirm.carrying import Offer
from reaffirm.judging import FIELDS, Values
from reaffirm.ledger import Ledger
from reaffirm.model import Judgement, Verdict
from reaffirm.proposals import Waiting
from reaffirm.sequels import STATUS, StepStatus
from reaffirm.store.people import Kind
from reaffirm.store.proposals import Choice, Order
from reaffirm.store.proposals import Kind as Asked
from reaffirm.store.records import Reread
from reaffirm.web import coder, schema
from reaffirm.web.answering import Desk
from reaffirm.web.page import page
from reaffirm.web.pages import OTHERS
from reaffirm.web.pages.look import own_path
from reaffirm.web.paging import PageNumber, Sheet, given

if TYPE_CHECKING:
    from collections.abc import Callable

State = Literal["open", "untouched", "decided", "disputed", "added", "all", "changed", "orphans"]
PER = 20
LETTERS = {"statement": "S", "commitment": "C", "demand": "N", "meeting": "M"}
Who = Annotated[str, Depends(coder.who)]
Coder = Annotated[str, Depends(coder.insist)]
PerPage = Annotated[int, Query(ge=1, le=100, description="How many rows a part has.")]
Words = Annotated[str | None, Query(max_length=300, description="A document's name or id; an issue or words of it.")]
Doubts = Annotated[int | None, Query(ge=0, le=20, description="Only rows with at least (or at most) so many doubts.")]
Row = Annotated[str, Form(max_length=80)]
Back = Annotated[str, Form(max_length=4000)]
Text = Annotated[str, Form(max_length=20_000)]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that can be corrected, and the values that it may have; any where there are none."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Rows that wait for a person (`who`, empty where no name was given), or judgements whose row changed or is gone.

    `allowed` says whether decisions are taken here; `fields` what can be corrected in a row of each kind.
    """

    who: str
    allowed: bool
    state: State
    sheet: Sheet[Waiting]
    changed: tuple[Reread, ...]
    orphans: tuple[Offer, ...]
    fields: dict[str, tuple[Field, ...]]
    issues: dict[str, str]


@page("/review", "review.html", "Review", menu="Review", fresh=True)
def review(  # noqa: PLR0913, PLR0917 - one parameter a condition
    desk: Desk, who: Who, kind: Asked | None = None, document: Words = None, issue: Words = None, state: State = "open",
    order: Order = "document", doubtful: Doubts = None, certain: Doubts = None, page: PageNumber = 1, per: PerPage = PER,
) -> Review:  # fmt: skip
    """The rows that wait for a decision of who asks, with their words in context, and what makes them doubtful."""
    choice: Choice = {"kind": kind, "document": document or None, "issue": issue or None, "doubtful": doubtful, "certain": certain}

    def ask(ledger: Ledger) -> Review:
        of_rows = state not in {"changed", "orphans"}
        if of_rows:
            choice["state"] = state  # type: ignore[typeddict-item] # one of those of rows
        found = ledger.queue(who or " ", order=order, limit=per, offset=(page - 1) * per, **choice) if of_rows else None
        sheet = given(found.rows if found else (), page, per, found.total if found else 0)
        changed = tuple(ledger.changed()) if state == "changed" else ()
        orphans = tuple(ledger.offers()) if state == "orphans" else ()
        fields = {name: tuple(_fields(letter)) for name, letter in LETTERS.items()}
        return Review(who, coder.allowed(desk), state, sheet, changed, orphans, fields, {})

    return desk.ask(ask)


def _fields(letter: str) -> list[Field]:
    def allowed(values: Values) -> tuple[str, ...]:
        return tuple(values or ())

    return [*(Field(name, allowed(values)) for name, values in FIELDS[letter].items()), Field(STATUS, get_args(StepStatus))]


# Forms


@OTHERS.post("/review/who")
def name(name: Annotated[str, Form(max_length=200)] = "", back: Back = "/review") -> Response:
    """The page from which it was asked, for a reader with this name."""
    response = RedirectResponse(own_path(back), 303)
    coder.remember(response, name)
    return response


@OTHERS.post("/review/judge")
@OTHERS.post("/review/judge.json")
def judge(  # noqa: PLR0913, PLR0917 - one field a part of the form
    request: Request, who: Coder, row: Row, verdict: Annotated[Verdict, Form()], field: Text = "", value: Text = "", back: Back = "/review",
) -> Response:  # fmt: skip
    """The way back, or as JSON the judgement: a row accepted, rejected, left unsure, or a field of it corrected."""
    change = f"{field}={value}" if verdict == "corrected" else None
    return _decided(request, back, lambda ledger: ledger.judge(row, verdict, change, who=who))


@OTHERS.post("/review/comment")
@OTHERS.post("/review/comment.json")
def comment(request: Request, who: Coder, row: Row, text: Text = "", back: Back = "/review") -> Response:
    """The way back, or as JSON the judgement: a comment on a row."""
    return _decided(request, back, lambda ledger: ledger.comment(row, text, who=who))


@OTHERS.post("/review/add")
@OTHERS.post("/review/add.json")
def add(  # one field a part of the form
    request: Request, who: Coder, document: Row, kind: Annotated[Kind, Form()], words: Text = "", back: Back = "/review",
) -> Response:  # fmt: skip
    """The way back, or as JSON the judgement: a row that the machine missed."""
    return _decided(request, back, lambda ledger: ledger.add_row(document, kind, words, who=who))


@OTHERS.post("/review/join")
@OTHERS.post("/review/join.json")
def join(request: Request, who: Coder, row: Row, other: Row, same: Annotated[bool, Form()] = True, back: Back = "/review") -> Response:
    """The way back, or as JSON the judgement: two rows, threads or tellings of meetings are one, or two."""

    def joined(ledger: Ledger) -> Judgement:
        both = (row.strip(), other.strip())
        meetings = all(key[:2].upper() == "M-" for key in both)
        return ledger.same_meeting(*both, same=same, who=who) if meetings else ledger.same_item(*both, same=same, who=who)

    return _decided(request, back, joined)


@OTHERS.post("/review/undo")
@OTHERS.post("/review/undo.json")
def undo(request: Request, who: Coder, back: Back = "/review") -> Response:
    """The way back, or as JSON the judgement: the reader's last decision, undone."""
    return _decided(request, back, lambda ledger: ledger.undo(who=who))


@OTHERS.post("/review/carry")
@OTHERS.post("/review/carry.json")
def carry(request: Request, who: Coder, row: Row, back: Back = "/review?state=orphans") -> Response:
    """The way back, or as JSON the last judgement: what the reader decided on a row that is gone, carried to the row with its words."""
    return _decided(request, back, lambda ledger: ledger.carry(row, who=who)[-1])


@OTHERS.post("/review/redo")
@OTHERS.post("/review/redo.json")
def redo(request: Request, who: Coder, back: Back = "/review") -> Response:
    """The way back, or as JSON the judgement: what the reader undid last, made again."""
    return _decided(request, back, lambda ledger: ledger.redo(who=who))


def _decided(request: Request, back: str, verb: Callable[[Ledger], Judgement]) -> Response:
    """What a form is answered with, once the decision is in the ledger."""
    desk: Desk = request.app.state.desk
    judgement = desk.decide(verb)
    if request.url.path.endswith(".json"):
        return Response(json.dumps(schema.value(judgement), ensure_ascii=False), media_type="application/json")
    return RedirectResponse(own_path(back), 303)
