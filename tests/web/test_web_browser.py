"""A newcomer's path in a browser: start, document, a row in the margin, its words; accessible in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from web_access import CHROMIUM, RULES, WANTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

pytest_plugins = ["samples", "web_client", "web_browser"]
pytestmark = pytest.mark.skipif(not CHROMIUM, reason=WANTED)
PATHS = [
    "/?as_of=2032-06-01", "/documents", "/said?act=commissive", "/search?q=cables", "/search", "/about", "/ingest", "/nothing", "/threads",
    "/redline",
    "/redline?a=03-2032-02-joint-statement.txt&b=07-2033-03-joint-statement.txt",
    "/chain?issue=export-controls&forum=straits-security-dialogue",
    "/chain", "/new/07-2033-03-joint-statement.txt", "/audit/12-2034-01-ostrel-courier-editorial.txt", "/thread/{thread}?as_of=2036",
    "/meetings", "/commitments?as_of=2033-01-01", "/demands?all=true", "/issues", "/issue/undersea-cables", "/actors",
    "/actor/Elna%20Marsten", "/matrix/actors", "/matrix/documents", "/problems", "/problems?where=between", "/review",
    "/agreement", "/accuracy",
]  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not complain: no script refused, nothing missing."""
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()
    assert [line for line in said if "404" not in line] == []


def test_from_the_start_to_the_words(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("link", name="Joint Statement of the Fourth").first.click()
    assert "FOURTH" in page.locator("h1").inner_text()
    note = page.locator(".note.commitment").first
    row = (note.get_attribute("id") or "")[2:]
    note.locator(".to-words").click()
    assert page.url.endswith(f"#w-{row}")
    note.get_by_role("link", name="why").click()
    page.get_by_role("heading", name="Commitment").wait_for()
    page.locator("blockquote a").first.click()
    assert page.locator("#here").is_visible()


def test_from_a_commitment_through_its_thread_and_a_redline_back_to_the_words(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("link", name="Joint Statement of the Fourth").first.click()
    note = page.locator(".note.commitment", has_text="due 30 Apr 2034").first
    note.get_by_role("link", name="why").click()
    page.get_by_role("heading", name="Commitment").wait_for()
    page.get_by_role("link", name="What became of it").click()
    step = page.locator(".moment.is-delayed").first
    assert "September 2033" in step.locator(".words.now").first.inner_text()
    step.get_by_role("link", name="Redline of").click()
    page.get_by_role("heading", name="Redline", exact=True).wait_for()
    line = page.locator(".redline .line", has_text="undersea cables").first
    assert line.locator("del, ins").count() > 0
    line.locator(".cell.now a").first.click()
    page.locator("#here").wait_for()
    assert "cables" in page.locator("#here").inner_text()
    assert "by the end of September 2033" in " ".join(page.locator(".reader").inner_text().split())


def test_a_fragment_opens_at_its_words(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=cables")
    link = page.locator(".hit a").first.get_attribute("href") or ""
    path, _, query = link.partition("?")
    page.goto(f"{address}{path}#{query.removesuffix('#here')}")
    page.wait_for_selector("#here")
    assert page.locator("#here").inner_text().casefold() == "cables"


def test_from_a_search_to_the_passage(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("searchbox").first.fill("undersea cables")
    page.get_by_role("button", name="Search").first.click()
    page.locator(".hit a").first.click()
    page.wait_for_selector("#here")
    assert page.locator("#here").inner_text().casefold() in {"undersea", "undersea cables", "cables"}
    assert page.locator("#here").bounding_box()["y"] < 900  # type: ignore[index] # it is on the page


def test_facets_are_shown_without_leaving_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/said")
    before = page.evaluate("window.stays = true")
    page.get_by_label("What it is about").fill("cables")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**text=cables**")
    assert before
    assert page.evaluate("window.stays === true")


def test_layers_go_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}/documents")
    plain.locator("tbody a").first.click()
    assert plain.locator(".note.said").first.is_visible()
    plain.locator("#layer-said").uncheck()
    assert plain.locator(".note.said").first.is_hidden()
    plain.get_by_role("button", name="Dark").click()
    assert plain.locator("html").get_attribute("data-look") == "dark"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit(
    browser: Browser, address: str, homes: dict[str, str], asked: Callable[[str], Any], scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - not needed where there is no browser

    size: ViewportSize = {"width": 320, "height": 800}
    context = browser.new_context(bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light", viewport=size)
    page = context.new_page()
    found = []
    thread = asked("/threads.json?status=delayed")["sheet"]["rows"][0]["id"]
    for path in [*(path.format(thread=thread) for path in PATHS), *(f"/d/{key}" for key in homes.values()), f"/d/{homes['09']}/layout"]:
        page.goto(address + path)
        found += [(path, v["id"], v["nodes"][0]["html"][:100]) for v in Axe().run(page, options={"runOnly": RULES}).response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
    assert found == []
