"""How a page is answered: the ledger opened for this request only, its question asked once, the record shown as HTML or JSON."""

from __future__ import annotations

import inspect
import json
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from reaffirm import rights
from reaffirm.errors import LedgerError
from reaffirm.ledger import Ledger
from reaffirm.model import digest
from reaffirm.version import VERSION
from reaffirm.web import coder, door, guard, schema
from reaffirm.web.page import Elsewhere
from reaffirm.web.templating import templates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reaffirm.accounts import Accounts
    from reaffirm.web.ingests import Ingests
    from reaffirm.web.page import Page

T = TypeVar("T")
PATIENCE = (0.2, 0.5, 1.0)  # seconds between tries while another process writes, besides what SQLite itself waits
KEPT = "private, no-cache"  # may be kept, must be asked for again
JOURNALS = ("", "-wal")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where questions are asked: the ledger's path, folders of packs laid over the shipped ones, what was sent to be read, any accounts.

    Where coding is blind, answers are those that the `viewer` may see; until somebody says who asks, it is nobody.
    """

    path: Path
    packs: tuple[Path, ...]
    ingests: Ingests
    accounts: Accounts | None = None
    viewer: str | None = ""  # who asks, where coding is blind; None: a curator, who sees all

    def ask(self, question: Callable[[Ledger], T]) -> T:
        """The ledger's answer; it is opened for reading and closed again, and asked anew while another process is writing.

        A connection belongs to the thread that opened it, and requests run in many threads, so none is shared.
        """
        for pause in PATIENCE:
            try:
                return self._once(question)
            except LedgerError as error:
                if not error.is_busy:
                    raise
                time.sleep(pause)
        return self._once(question)

    def decide(self, verb: Callable[[Ledger], T]) -> T:
        """What a verb that writes returns; it waits for its turn while another process is writing."""
        with Ledger(self.path, packs=self.packs) as ledger:
            return verb(ledger)

    def _once(self, question: Callable[[Ledger], T]) -> T:
        with Ledger(self.path, read_only=True, packs=self.packs, coder=self.viewer) as ledger:
            return question(ledger)

    def state(self) -> str:
        """A word that changes whenever anything in the ledger does."""
        files = (self.path.with_name(self.path.name + suffix) for suffix in JOURNALS)
        return digest([[s.st_mtime_ns, s.st_size] for file in files if file.exists() for s in [file.stat()]])[:16]


def at(request: Request) -> Desk:
    """The desk of this server for who asks: without accounts the name that the reader gave, with accounts all but curators by their own."""
    desk: Desk = request.app.state.desk
    account = door.account(request)
    sees_all = account is not None and rights.may(account.role, rights.CURATOR)
    return replace(desk, viewer=None if sees_all else coder.who(request))


def endpoint(page: Page, desk: Desk, *, as_json: bool) -> Callable[..., Response]:
    """The function that the web framework calls for a page: the question's own parameters, and the request.

    The question's first parameter is the open `Ledger`, or the `Desk` where the answer is not in the ledger.
    """
    asked = inspect.signature(page.question, eval_str=True)
    first, *parameters = asked.parameters.values()

    def answer(request: Request, **wanted: object) -> Response:
        tag = etag(request, page, desk)
        if tag and tag in _tags(request):
            return Response(status_code=304, headers=_headers(page, tag))
        whole = first.annotation is Desk  # what was sent is watched while the ledger is being written
        own = at(request)
        found = page.question(own, **wanted) if whole else own.ask(lambda ledger: page.question(ledger, **wanted))
        if isinstance(found, Elsewhere):
            return RedirectResponse(f"{found.path}.json" if as_json else found.path)
        response = _json(found) if as_json else html(request, page.template, it=found, page=page)
        response.headers.update(_headers(page, tag))
        return response

    answer.__signature__ = inspect.Signature([_request(), *(_by_name(p) for p in parameters)])  # type: ignore[attr-defined]
    answer.__name__ = f"{page.question.__module__.rpartition('.')[2]}_{page.question.__name__}"
    answer.__doc__ = page.question.__doc__
    return answer


def _request() -> inspect.Parameter:
    return inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)


def _by_name(parameter: inspect.Parameter) -> inspect.Parameter:
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)


def etag(request: Request, page: Page, desk: Desk) -> str:
    """The tag of an answer: the program, the state of the ledger, the address, and the look that the reader chose."""
    if page.fresh:
        return ""
    who = door.account(request)
    look = [request.cookies.get(guard.LOOK, ""), request.cookies.get(guard.TOKEN, ""), who and [who.name, who.role], coder.who(request)]
    return f'"{digest(VERSION, templates().fingerprint, desk.state(), str(request.url), time.strftime("%F"), look)[:24]}"'


def _tags(request: Request) -> Sequence[str]:
    return [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]


def _headers(page: Page, tag: str) -> dict[str, str]:
    return {"Cache-Control": "no-store"} if page.fresh else {"Cache-Control": KEPT, "ETag": tag, "Vary": "Cookie"}


def _json(record: object) -> Response:
    return Response(json.dumps(schema.value(record), ensure_ascii=False, indent=1), media_type="application/json")


def html(request: Request, template: str, status: int = 200, **shown: object) -> Response:
    """A template as a response; every template gets the request, its form token and the look that the reader chose."""
    look = request.cookies.get(guard.LOOK, "")
    common: dict[str, object] = {"request": request, "token": guard.token(request), "look": look if look in guard.LOOKS else ""}
    common |= {"account": door.account(request), "may": partial(door.may, request)}
    text = templates().render(template, {**common, **shown})
    response = Response(text, status_code=status, media_type="text/html")
    guard.keep(request, response)
    return response
