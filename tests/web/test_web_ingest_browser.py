"""The path of who brings documents, in a browser: drop a PDF, watch, read the report; the same without script."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas
from web_access import CHROMIUM, RULES, WANTED
from web_sending import STATEMENT
from web_served import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytest_plugins = ["samples", "web_browser"]
pytestmark = pytest.mark.skipif(not CHROMIUM, reason=WANTED)
PATIENCE = 90_000  # milliseconds


def a_pdf() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 720, "Talks on ports")
    canvas.drawString(72, 690, STATEMENT.format("ports").strip())
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def address(book: Path, pack: Path) -> Iterator[str]:
    with served(book, pack) as place:
        yield place


def test_a_file_is_chosen_watched_and_opened(browser: Browser, address: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/")
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Choose files").set_input_files({"name": "talks.pdf", "mimeType": "application/pdf", "buffer": a_pdf()})
    page.get_by_role("button", name="Read the files").click()
    page.get_by_text("Everything has been read.").wait_for(timeout=PATIENCE)
    assert page.locator("noscript").count() == 1  # the page itself stayed: only its report was fetched anew
    page.get_by_role("link", name="talks.pdf").click()
    assert "the talks on ports will go on" in page.locator(".reader").inner_text()
    page.close()
    assert said == []


DROP = """([field, bytes]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], "dropped.pdf", { type: "application/pdf" }));
  return carried;
}"""


def test_a_pdf_is_dropped_watched_and_its_report_read(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/ingest")
    carried = page.evaluate_handle(DROP, [None, list(a_pdf())])
    field = page.locator("#files")
    field.dispatch_event("drop", {"dataTransfer": carried})
    if not field.evaluate("field => field.files.length"):  # a made-up event does not do what the browser itself does with a drop
        field.evaluate("(field, carried) => { field.files = carried.files; }", carried)
    page.get_by_role("button", name="Read the files").click()
    page.get_by_text("Everything has been read.").wait_for(timeout=PATIENCE)
    assert "1 statement" in page.locator("main").inner_text()
    page.get_by_role("link", name="dropped.pdf").click()
    assert "the talks on ports will go on" in page.locator(".reader").inner_text()
    page.get_by_role("link", name="As it looked").click()
    assert "the talks on ports will go on" in " ".join(page.locator("svg.leaf text").all_text_contents())
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - not needed where there is no browser

    printed = browser.new_page(bypass_csp=True, viewport={"width": 320, "height": 800})
    printed.goto(page.url)
    assert [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(printed, options={"runOnly": RULES}).response["violations"]] == []
    assert printed.evaluate("document.documentElement.scrollWidth <= innerWidth")
    printed.close()
    page.close()


def test_without_script_a_text_is_pasted_and_its_report_comes(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/ingest")
    page.get_by_label("Paste the words").fill(f"A note\n\n{STATEMENT.format('visas')}")
    page.get_by_label("Title", exact=True).fill("Note on visas")
    page.get_by_label("Published", exact=True).fill("2031-06-01")
    page.get_by_role("button", name="Read the text").click()
    page.get_by_text("Everything has been read.").wait_for(timeout=PATIENCE)
    page.get_by_role("link", name="Note on visas.txt").click()
    assert page.locator("h1").inner_text() == "Note on visas"
    context.close()
