"""What went wrong, said in a page of its own, or as JSON; never how the program is built."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException as RoutingError

from reaffirm.errors import LedgerError, ReaffirmError, UsageError
from reaffirm.web import door, schema
from reaffirm.web.answering import html

if TYPE_CHECKING:
    from collections.abc import Iterable

LOG = logging.getLogger("reaffirm.web")
WORDS = {
    401: ("Not signed in", "Sign in first."),
    403: ("Not from here", "The request was refused."),
    404: ("Not found", "There is no such page; the address may be mistyped, or the row may be gone."),
    405: ("Not possible", "This address cannot be asked in that way."),
    413: ("Too much", "More was sent than is allowed here."),
    422: ("Not understood", "A part of the address or form is not what belongs there."),
    500: ("A defect", "Reaffirm failed to answer; this is a defect of the program. The log of the server says more."),
    503: ("The ledger is being written", "Another process is adding to the ledger. This page will be there in a moment."),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong: the status of HTTP, its name, what happened and what to do, and the parts that were not understood."""

    status: int
    title: str
    message: str
    details: tuple[str, ...] = ()


def register(app: FastAPI) -> None:
    """Nothing; every error is answered from here."""
    app.add_exception_handler(RoutingError, _routing)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ReaffirmError, _told)


def failed(request: Request, status: int, message: str = "", details: Iterable[str] = ()) -> Response:
    """A failure as a page, or as JSON where JSON was asked for."""
    title, words = WORDS.get(status, (HTTPStatus(status).phrase, ""))
    failure = Failure(status, title, message or words, tuple(details))
    if request.url.path.endswith(".json"):
        response = Response(json.dumps(schema.value(failure), ensure_ascii=False), status, media_type="application/json")
    else:
        response = html(request, "failure.html", status, it=failure)
    response.headers["Cache-Control"] = "no-store"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "2"
    return response


def _routing(request: Request, error: Exception) -> Response:
    if not isinstance(error, RoutingError):
        return defect(request, error)
    own = error.detail if isinstance(error, HTTPException) else ""
    if error.status_code == HTTPStatus.UNAUTHORIZED and request.method == "GET" and _is_page(request):
        return RedirectResponse(door.way_in(request), 303, {"Cache-Control": "no-store"})
    response = failed(request, error.status_code, own)
    response.headers.update(error.headers or {})
    return response


def _is_page(request: Request) -> bool:
    return not request.url.path.endswith(".json") and "authorization" not in request.headers


def _invalid(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    return failed(request, 422, details=(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in found))


def _told(request: Request, error: Exception) -> Response:
    if isinstance(error, LedgerError) and error.is_busy:
        return failed(request, 503)
    if isinstance(error, UsageError):
        return failed(request, 404 if request.path_params else 422, str(error))
    LOG.error("cannot answer %s: %s", request.url.path, error)
    ledger = request.app.state.desk.path
    return failed(request, 500, str(error).replace(str(ledger.resolve()), ledger.name).replace(str(ledger), ledger.name))


def defect(request: Request, error: Exception) -> Response:
    """The answer where the program itself failed: the log is told what happened, the reader that it did."""
    LOG.error("defect while answering %s", request.url.path, exc_info=error)
    return failed(request, 500)
