"""The application of a ledger at an address, for a browser to open."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOOPBACK = "127.0.0.1"


@contextmanager
def served(ledger: Path, *packs: Path) -> Iterator[str]:
    """The address at which a ledger is served."""
    listening = socket.create_server((LOOPBACK, 0))
    server = uvicorn.Server(uvicorn.Config(application(ledger, packs), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://{LOOPBACK}:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()
