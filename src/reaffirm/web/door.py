"""Who comes in: the session or token of a request, what its account may do, and how often a password may be tried.

Without accounts everybody who reaches the server may do everything, as the one user of this machine.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import HTTPException, Request, Response

from reaffirm import rights

if TYPE_CHECKING:
    from reaffirm.accounts import Accounts
    from reaffirm.store.accounts import Account

SESSION = "reaffirm_session"
WINDOW = 15 * 60.0  # seconds in which attempts that failed are counted
# How many may fail in that time: by one address for one name, by one address for all names, by all addresses for one name.
PATIENCE = {"both": 5, "address": 30, "name": 50}
MOST_KEPT = 10_000
CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Throttle:
    """The attempts that failed of late; to be asked before a password is looked at."""

    def __init__(self) -> None:
        self.failed: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
        self.lock = threading.Lock()

    def wait(self, name: str, address: str) -> int:
        """For how many seconds no attempt is taken; 0 where one is."""
        now = time.monotonic()
        with self.lock:
            held = [self._until(key, now) for key in _keys(name, address)]
        return max(0, *(round(until - now) + 1 for until in held if until > now), 0)

    def _until(self, key: tuple[str, str, str], now: float) -> float:
        recent = [at for at in self.failed.get(key, ()) if at > now - WINDOW]
        return recent[-PATIENCE[key[0]]] + WINDOW if len(recent) >= PATIENCE[key[0]] else 0.0

    def note(self, name: str, address: str) -> None:
        """Nothing; notes an attempt that failed."""
        now = time.monotonic()
        with self.lock:
            if len(self.failed) > MOST_KEPT:
                self.failed = defaultdict(list, {key: at for key, at in self.failed.items() if at[-1] > now - WINDOW})
            for key in _keys(name, address):
                self.failed[key] = [*(at for at in self.failed[key] if at > now - WINDOW), now]

    def forget(self, name: str, address: str) -> None:
        """Nothing; forgets what failed by this address for this name, since the right password came."""
        with self.lock:
            self.failed.pop(("both", name.casefold(), address), None)


def _keys(name: str, address: str) -> tuple[tuple[str, str, str], ...]:
    return ("both", name.casefold(), address), ("address", "", address), ("name", name.casefold(), "")


def kept(request: Request) -> Accounts | None:
    """The accounts of this server; None where it has none."""
    found: Accounts | None = request.app.state.desk.accounts
    return found


def account(request: Request) -> Account | None:
    """Whose request it is; None where the server has no accounts, or nobody is signed in."""
    accounts = kept(request)
    if accounts is None:
        return None
    if not hasattr(request.state, "account"):
        request.state.account = _recognised(request, accounts)
    found: Account | None = request.state.account
    return found


def is_bearer(request: Request) -> bool:
    """Whether a program asks, by a token, so that no other site can have made a browser ask."""
    return getattr(request.state, "bearer", False) is True


def may(request: Request, method: str, path: str) -> bool:
    """Whether this request's account may use a route, named as it was declared."""
    found = account(request)
    return kept(request) is None or rights.may(found.role if found else None, rights.route(method, path))


def insist(request: Request) -> None:
    """Nothing; a request whose account may not do what it asks is refused: 401 where nobody is signed in, else 403."""
    route = request.scope.get("route")
    if may(request, request.method, getattr(route, "path", "")):
        return
    if account(request) is None:
        raise HTTPException(401, "Sign in first, or send a token that is valid.", CHALLENGE)
    raise HTTPException(403, "Your account may not do that; who keeps the accounts can give it another role.")


def _recognised(request: Request, accounts: Accounts) -> Account | None:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "bearer":
        found = accounts.bearer(secret.strip())
        request.state.bearer = found is not None
        return found
    held = request.cookies.get(SESSION, "")
    return accounts.visitor(held) if held else None


def sign_in(request: Request, response: Response, found: Account, accounts: Accounts) -> None:
    """Nothing; begins a session, and ends the one that was."""
    accounts.end(request.cookies.get(SESSION, ""))
    secret = accounts.begin(found)
    response.set_cookie(SESSION, secret, httponly=True, samesite="lax", secure=request.url.scheme == "https")


def way_in(request: Request) -> str:
    """The address of the page on which to sign in, which leads back to this one."""
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/login" if back == "/" else f"/login?back={quote(back, safe='')}"
