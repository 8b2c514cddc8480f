"""Fixtures, a plugin of the modules that name it: a served sample, a browser, and the address of one page of each kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from web_access import CHROMIUM
from web_served import served

from reaffirm.web.page import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

REPORT = "/ingest/{batch}"  # there is none before something was sent; test_web_ingest_browser.py looks at one
LISTS = (
    "/meetings", "/demands?all=true", "/issues", "/issue/{issue:path}", "/actors", "/actor/{name:path}", "/matrix/actors",
    "/matrix/documents", "/problems", "/commitments?as_of=2033-01-01",
)  # fmt: skip
FEW = {path: f"?{query}{'&' * bool(query)}per=5" for path, _, query in (each.partition("?") for each in LISTS)}  # controls repeat by row
QUERIES = {"/search": "?q=cables", "/": "?as_of=2032-06-01", "/said": "?act=commissive", **FEW}
STEP = re.compile(r"\{(\w+)(?::path)?\}")


@pytest.fixture(scope="session")
def address(sample: Path, pack: Path) -> Iterator[str]:
    """Where the sample is served."""
    with served(sample, pack) as place:
        yield place


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not needed where there is no browser

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def each(asked: Callable[[str], Any], homes: dict[str, str]) -> list[str]:
    """The address of one page of every kind, read from the table of pages, so that none is forgotten."""
    row = asked("/said.json?text=Article+4&act=commissive")["sheet"]["rows"][0]["statement"]["id"]
    names = {"document": homes["07"], "row": row, "name": "Elna Marsten", "issue": "orrin-shoals"}
    if any(page.path == "/meetings" for page in PAGES):
        names["meeting"] = first(asked("/meetings.json"), "M-")
    queries = {**QUERIES, "/redline": f"?a={homes['03']}&b={homes['07']}", "/chain": f"?issue=orrin-shoals&document={homes['11']}"}
    return [STEP.sub(lambda step: names[step[1]], page.path) + queries.get(page.path, "") for page in PAGES if page.path != REPORT]


def first(value: Any, beginning: str) -> str:  # noqa: ANN401 - any JSON
    """The first text in some JSON that begins so; empty where there is none."""
    if isinstance(value, str):
        return value if value.startswith(beginning) else ""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((text for item in inner if (text := first(item, beginning))), "")
