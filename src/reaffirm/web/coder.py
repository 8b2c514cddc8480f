"""Who decides on a page, and whether anybody may: the one place that knows. With accounts it is the account."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from fastapi import HTTPException, Request

from reaffirm.web import door

if TYPE_CHECKING:
    from fastapi import Response

    from reaffirm.web.answering import Desk

COOKIE = "reaffirm_who"
LONGEST = 60  # code points of a name
YEAR = 365 * 24 * 3600
CLOSED = "This server only shows the ledger. Whoever started it can allow decisions, as documents to be sent, with --ingest."
NAMELESS = "Say who you are first (the field Name at the top of the review page): every decision says who made it. Nothing was recorded."


def who(request: Request) -> str:
    """The name of the account, or that which the reader gave, plain; empty where there is none."""
    account = door.account(request)
    if account:
        return account.name
    return plain(unquote(request.cookies.get(COOKIE, "")))


def plain(name: str) -> str:
    """A name as it is kept: one line, of printable characters, not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST]


def allowed(desk: Desk) -> bool:
    """Whether decisions are taken here: where documents may be sent, or one must sign in."""
    return desk.ingests.allowed or desk.accounts is not None


def insist(request: Request) -> str:
    """Who decides; refused (403) where nobody may, and (422) where no name was given."""
    if not allowed(request.app.state.desk):
        raise HTTPException(403, CLOSED)
    name = who(request)
    if not name:
        raise HTTPException(422, NAMELESS)
    return name


def remember(response: Response, name: str) -> None:
    """Nothing; keeps a name for this reader's later visits."""
    response.set_cookie(COOKIE, quote(plain(name)), max_age=YEAR, httponly=True, samesite="strict")
