"""The form that chooses light or dark; the choice is a cookie, so that it needs no script."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Form, Response
from fastapi.responses import RedirectResponse

from reaffirm.web import guard
from reaffirm.web.pages import OTHERS

YEAR = 365 * 24 * 3600


@OTHERS.post("/look")
def look(to: Annotated[str, Form(max_length=10)] = "", back: Annotated[str, Form(max_length=4000)] = "/") -> Response:
    """The page from which it was asked, in the other look; an unknown look is that of the reader's system."""
    response = RedirectResponse(own_path(back), 303)
    if to in guard.LOOKS:
        response.set_cookie(guard.LOOK, to, max_age=YEAR, httponly=True, samesite="strict")
    else:
        response.delete_cookie(guard.LOOK)
    return response


def own_path(back: str) -> str:
    """The address that a form says it came from, as far as it is one of this server; else the start."""
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        return "/"
    place = urlsplit(back)
    return f"{place.path}{'?' if place.query else ''}{place.query}{'#' if place.fragment else ''}{place.fragment}"
