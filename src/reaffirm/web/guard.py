"""What keeps strangers out: hosts, headers, form tokens, and how much may be sent.

Against DNS rebinding only names that the server was told are answered (any bare IP address is one's own choice to type). Against forged
forms a POST must come from a page of this server (`Sec-Fetch-Site`, `Origin`) and carry the token that its cookie holds.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from reaffirm.web import door, pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Broken = Callable[[Request, Exception], Response]

TOKEN, LOOK = "reaffirm_token", "reaffirm_look"
LOOKS = ("light", "dark")
FIELD = "token"
HEADER = "x-reaffirm-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SHAPE = re.compile(r"[\w-]{43}", re.ASCII)
LARGEST_FORM = 64 * 1024  # bytes of a form without files
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without any, browsers send forms of this site with the origin `null`
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """The outermost layer: it refuses strange hosts and too much, answers HEAD as GET, and sets the headers of every response.

    `broken` answers where the program itself failed; `uploads` are the paths to which more than a form may be sent, with the number
    of bytes allowed there.
    """

    def __init__(self, app: ASGIApp, broken: Broken, names: Iterable[str] = (), uploads: dict[str, int] | None = None) -> None:
        self.app = app
        self.broken = broken
        self.names = frozenset({"localhost", *(name.casefold() for name in names)})
        self.uploads = uploads or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Nothing; passes a request on, guarded."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        guarded = _sending(send, head=scope["method"] == "HEAD")
        if not is_known(Headers(scope=scope).get("host", ""), self.names):
            refused = PlainTextResponse("This server does not answer to that name; use its address, or start it with --name.", 421)
            await refused(scope, receive, guarded)
            return
        if _announced(scope) > self._most(scope):
            await PlainTextResponse(_too_much(self._most(scope)), 413)(scope, receive, guarded)
            return
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        asked = {**scope, "method": method}
        try:
            await self.app(asked, _receiving(receive, self._most(scope)), guarded)
        except Exception as error:  # noqa: BLE001 - the last resort: a page, no traceback
            await self.broken(Request(asked), error)(asked, receive, guarded)

    def _most(self, scope: Scope) -> int:
        return self.uploads.get(scope["path"], LARGEST_FORM)


def is_known(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header is an IP address or one of the names."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        ipaddress.ip_address(name)
    except ValueError:
        return re.sub(r":\d+$", "", host).casefold() in names
    return True


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isascii() and length.isdecimal() else 0


def _too_much(most: int) -> str:
    return f"More was sent than the {most:,} bytes that are allowed here; split it, or add it on the command line."


def _receiving(receive: Receive, most: int) -> Receive:
    """The body as it arrives, counted: what was announced may be a lie."""
    counted = 0

    async def counting() -> Message:
        nonlocal counted
        message = await receive()
        counted += len(message.get("body", b""))
        if counted > most:
            raise HTTPException(413, _too_much(most))
        return message

    return counting


def _sending(send: Send, *, head: bool) -> Send:
    """The response with the headers that every one has; without a body where none was asked for."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, text in HEADERS.items():
                headers[name] = text
        elif head:
            message = {**message, "body": b""}
        await send(message)

    return sending


def token(request: Request) -> str:
    """The token that a form on this page must carry: that of the reader's cookie, or a new one that `keep` will hand out."""
    held = request.cookies.get(TOKEN, "")
    if SHAPE.fullmatch(held):
        return held
    if not getattr(request.state, "token", ""):
        request.state.token = secrets.token_urlsafe(32)
    return str(request.state.token)


def keep(request: Request, response: Response) -> None:
    """Nothing; hands out a token that was made for this request, as a cookie that no script reads and no other site sends."""
    made = getattr(request.state, "token", "")
    if made:
        response.set_cookie(TOKEN, made, httponly=True, samesite="strict")


async def insist_own_form(request: Request) -> None:
    """Nothing; a request that changes something and does not come from a form of this server is refused (403)."""
    if request.method in SAFE:
        return
    if not _is_own(request):
        raise HTTPException(403, "This form was sent from another site; nothing was changed. Open the page here and send it again.")
    if door.is_bearer(request):
        return
    if request.scope["path"] in pages.UPLOADS:
        return  # `multipart.receive` insists on the token before it keeps a byte; a form is not read twice
    insist_token(request, request.headers.get(HEADER) or (await request.form()).get(FIELD))


def insist_token(request: Request, sent: object) -> None:
    """Nothing; a form without the token of the reader's cookie is refused (403); a program that has a key needs none."""
    if door.is_bearer(request):
        return
    held = request.cookies.get(TOKEN, "")
    if not (SHAPE.fullmatch(held) and isinstance(sent, str) and hmac.compare_digest(sent.encode(), held.encode())):
        raise HTTPException(403, "This form is too old or cookies are switched off; nothing was changed. Open the page again and resend.")


def _is_own(request: Request) -> bool:
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
