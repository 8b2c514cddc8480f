"""Fixtures, a plugin of the modules that name it: a client of the application, and the names of documents and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOST = "localhost"
ADDRESS = f"http://{HOST}"


@pytest.fixture(scope="session")
def client(sample: Path, pack: Path) -> TestClient:
    """A client of the sample corpus; what a page raises is answered, as it would be to a browser."""
    return TestClient(application(sample, [pack]), base_url=ADDRESS, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def asked(client: TestClient) -> Callable[[str], Any]:
    """The JSON at an address, which must be there."""

    def ask(address: str) -> object:
        found = client.get(address)
        assert found.status_code == 200, found.text
        return found.json()

    return ask


@pytest.fixture(scope="session")
def homes(asked: Callable[[str], Any]) -> dict[str, str]:
    """The ids of the sample documents, by the two digits that begin their names."""
    return {row["doc"][:2]: row["id"] for row in asked("/documents.json")["rows"]}
