"""The server: a socket, and the application behind it."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

import uvicorn

from reaffirm.accounts import Accounts
from reaffirm.errors import UsageError
from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SLOWEST = 10  # seconds to finish what is being answered when the server stops


def serve(  # noqa: PLR0913 - what the verb is told
    ledger: Path,
    packs: Iterable[str | Path],
    names: Iterable[str],
    place: tuple[str, int],
    announce: Callable[[str], None],
    *,
    ingest: bool | None = None,
    accounts: bool | None = None,
) -> None:
    """Nothing; answers until it is stopped, and announces its address once it listens.

    Documents may be sent to be read if `ingest` says so; where it says nothing, if nobody but this machine can reach the address.
    Who comes must sign in if `accounts` says so; where it says nothing, as soon as the ledger has an account, and wherever others than this
    machine can reach the address. Raises `UsageError` where nobody could sign in, and where the address is taken or not this machine's.
    """
    listening = _socket(place)
    host, port = listening.getsockname()[:2]
    alone = ipaddress.ip_address(host).is_loopback
    signing_in = _must_sign_in(ledger, alone=alone, accounts=accounts)
    allowed = (alone or signing_in) if ingest is None else ingest
    app = application(ledger, packs, (*names, place[0]), ingest=allowed, accounts=signing_in)
    announce(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    settings = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=SLOWEST)
    uvicorn.Server(settings).run(sockets=[listening])


def _must_sign_in(ledger: Path, *, alone: bool, accounts: bool | None) -> bool:
    known = bool(Accounts(ledger).everybody())
    wanted = (known or not alone) if accounts is None else accounts
    if wanted and not known:
        message = (
            "others can reach this address, and nobody has an account: `reaffirm account add NAME --role curator` makes one, "
            "or --no-accounts lets everybody in who reaches it"
        )
        raise UsageError(message)
    return wanted


def _socket(place: tuple[str, int]) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(*place, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        message = f"cannot listen on {place[0]} port {place[1]} ({error.strerror or error}); choose another --port, or 0 for a free one"
        raise UsageError(message) from error
