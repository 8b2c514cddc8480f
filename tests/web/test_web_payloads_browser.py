"""The pages of a hostile ledger in a browser: nothing runs, and nothing is asked of anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web_access import CHROMIUM, WANTED
from web_served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog
    from web_hostile import Hostile

pytest_plugins = ["samples", "web_hostile", "web_browser"]
pytestmark = pytest.mark.skipif(not CHROMIUM, reason=WANTED)
PARAMETERS = "/search?q=script", "/said?text=%3Cscript%3Ealert(1)%3C/script%3E", "/?as_of=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E"


def test_nothing_runs_and_nothing_leaves(browser: Browser, hostile: Hostile) -> None:
    ran: list[str] = []
    page = browser.new_page()

    def asked(dialog: Dialog) -> None:
        ran.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", asked)
    page.on("pageerror", lambda error: ran.append(str(error)))
    page.on("console", lambda message: ran.append(message.text) if "Security Policy" in message.text else None)
    with served(hostile.ledger, hostile.packs) as address:
        page.on("request", lambda request: ran.append(request.url) if not request.url.startswith((address, "data:")) else None)
        page.goto(f"{address}/")
        menu = page.eval_on_selector_all(".top nav a", "links => links.map(link => link.getAttribute('href'))")
        page.goto(f"{address}/documents")
        documents = page.eval_on_selector_all("tbody th a", "links => links.map(link => link.getAttribute('href'))")
        page.goto(f"{address}/said")
        rows = page.eval_on_selector_all(".row-link", "links => links.map(link => link.getAttribute('href'))")
        for path in [*menu, *documents, *rows[:5], *PARAMETERS]:
            page.goto(f"{address}{path}")
            assert page.evaluate("[...document.scripts].every(script => script.src.startsWith(location.origin))"), path
            assert page.evaluate("document.querySelectorAll('img, iframe, object, xss').length") == 0, path
    page.close()
    assert ran == []
