"""The pictures of the README, taken anew by every run; `make pictures` puts them where the README shows them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from web_access import ARTEFACTS, CHROMIUM, WANTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, ViewportSize

pytest_plugins = ["samples", "web_client", "web_browser"]
ROOT = Path(__file__).parents[2]
SIZE: ViewportSize = {"width": 1200, "height": 860}
SHOWN = ["reader", "thread", "matrix"]


@pytest.fixture
def addresses(asked: Callable[[str], Any], homes: dict[str, str]) -> dict[str, str]:
    threads = asked("/threads.json?issue=undersea-cables")["sheet"]["rows"]
    thread = max(threads, key=lambda row: len(row["path"]))["id"]
    return {"reader": f"/d/{homes['07']}", "thread": f"/thread/{thread}?as_of=2034-06-01", "matrix": "/matrix/actors"}


@pytest.mark.skipif(not CHROMIUM, reason=WANTED)
def test_the_pictures_can_be_taken(browser: Browser, address: str, addresses: dict[str, str]) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page = browser.new_page(viewport=SIZE, color_scheme="light")
    for name in SHOWN:
        page.goto(address + addresses[name])
        page.locator("details[open] > summary").first.click() if page.locator("details[open] > summary").count() else None
        page.screenshot(path=ARTEFACTS / f"readme-{name}.png")
    page.close()


@pytest.mark.parametrize("name", SHOWN)
def test_the_readme_shows_them_with_words(name: str) -> None:
    line = next(line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if f"docs/pictures/{name}.png" in line)
    assert len(line[line.index("![") + 2 : line.index("](")]) > 40
    assert (ROOT / "docs" / "pictures" / f"{name}.png").stat().st_size < 300_000
