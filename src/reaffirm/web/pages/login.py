"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from reaffirm.web import door
from reaffirm.web.answering import html
from reaffirm.web.pages import OTHERS
from reaffirm.web.pages.look import own_path

NO_STORE = {"Cache-Control": "no-store"}
WRONG = "That name and password do not belong together."


@OTHERS.get("/login")
def login(request: Request, back: Annotated[str, Query(max_length=4000)] = "/") -> Response:
    """The form; where the server has no accounts, nothing is there."""
    if door.kept(request) is None:
        raise HTTPException(404)
    return _form(request, back, "", 200)


@OTHERS.post("/login")
def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=2000)] = "",
    back: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    """The page from which it was asked, with a session; the form again where name and password are wrong, or were tried too often."""
    accounts = door.kept(request)
    if accounts is None:
        raise HTTPException(404)
    throttle: door.Throttle = request.app.state.throttle
    address = request.client.host if request.client else ""
    wait = throttle.wait(name, address)
    if wait:
        response = _form(request, back, f"Too many attempts; try again in {wait // 60 + 1} minutes.", 429)
        response.headers["Retry-After"] = str(wait)
        return response
    found = accounts.check(name, password)
    if found is None:
        throttle.note(name, address)
        return _form(request, back, WRONG, 401)
    throttle.forget(name, address)
    response = RedirectResponse(own_path(back), 303, NO_STORE)
    door.sign_in(request, response, found, accounts)
    return response


@OTHERS.post("/logout")
def sign_out(request: Request) -> Response:
    """The form to sign in, once the session is over on the server."""
    accounts = door.kept(request)
    if accounts is None:
        raise HTTPException(404)
    accounts.end(request.cookies.get(door.SESSION, ""))
    response = RedirectResponse("/login", 303, {**NO_STORE, "Clear-Site-Data": '"cache"'})
    response.delete_cookie(door.SESSION)
    return response


def _form(request: Request, back: str, told: str, status: int) -> Response:
    response = html(request, "login.html", status, back=own_path(back), told=told)
    response.headers.update(NO_STORE)
    return response
