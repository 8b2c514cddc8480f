"""What tests of the ingest page share: a browser with its token, a form sent, a report awaited."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx2
    from starlette.testclient import TestClient

Files = "Sequence[tuple[str, tuple[str, bytes]]]"
PATIENCE = 90.0  # seconds until what was sent must have been read; the first text waits for the model
STATEMENT = "The Foreign Minister of Velmara, Elna Marsten, said that the talks on {} will go on.\n"


def token(browser: TestClient) -> str:
    """The token of the ingest page's forms."""
    found = re.search(r'name="token" value="([^"]+)"', browser.get("/ingest").text)
    assert found
    return found[1]


def send(browser: TestClient, files: Sequence[tuple[str, tuple[str, bytes]]] = (), held: str = "", **fields: str) -> httpx2.Response:
    """The answer to a form with the token first, as browsers send it."""
    parts: list[tuple[str, Any]] = [("token", (None, held or token(browser)))]
    parts += [(name, (None, text)) for name, text in fields.items()]
    return browser.post("/ingest", files=[*parts, *files], follow_redirects=False)


def report(browser: TestClient, place: str) -> dict[str, Any]:
    """The report at an address, once it has ended."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        told: dict[str, Any] = browser.get(f"{place}.json").json()
        if told["state"] in {"done", "failed"}:
            return told
        time.sleep(0.05)
    raise AssertionError(told)
