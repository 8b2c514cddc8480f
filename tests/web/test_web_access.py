"""Every page for everybody: by keyboard alone, without script, on a narrow screen, enlarged, printed, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from web_access import ARTEFACTS, CHROMIUM, RULES, WANTED, plain

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

pytest_plugins = ["samples", "web_client", "web_browser"]
pytestmark = pytest.mark.skipif(not CHROMIUM, reason=WANTED)
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 800}
ENLARGED: ViewportSize = {"width": 640, "height": 450}  # what 1280 x 900 has room for at 200 %
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
# The controls that can be reached: shown, enabled, of several round buttons one; each is marked with its number.
NUMBER = """controls => {
  const groups = new Set();
  return [...document.querySelectorAll(controls)].filter(e => {
    if (e.disabled || !e.checkVisibility({visibilityProperty: true}) || e.tabIndex < 0) return false;
    if (e.type !== 'radio') return true;
    const fresh = !groups.has(e.name); groups.add(e.name); return fresh;
  }).map((e, n) => { e.dataset.number = n; return e.outerHTML.slice(0, 100); });
}"""
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  return [e.dataset.number ?? '', style.outlineStyle !== 'none' || style.boxShadow !== 'none'];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(browser: Browser, address: str, each: list[str], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - not needed where there is no browser

    context = browser.new_context(bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light", viewport=WIDE)
    page = context.new_page()
    broken = []
    for path in each:
        page.goto(address + path)
        page.screenshot(path=ARTEFACTS / f"{plain(path)}-{scheme}.png", full_page=True)
        broken += [(path, v["id"], v["nodes"][0]["html"][:100]) for v in Axe().run(page, options={"runOnly": RULES}).response["violations"]]
    context.close()
    assert broken == []


def test_every_control_is_reached_by_keyboard_and_shows_it(browser: Browser, address: str, each: list[str]) -> None:
    page = browser.new_page(viewport=WIDE)
    for path in each:
        page.goto(address + path)
        wanted = page.evaluate(NUMBER, CONTROLS)
        stops = reached(page, len(wanted))
        assert {n: html for n, html in enumerate(wanted) if str(n) not in stops} == {}, path
    page.close()


def reached(page: Page, most: int) -> set[str]:
    """The numbers of the controls on which the tabulator key stops; each of them must show that it has the focus."""
    stops: set[str] = set()
    for _ in range(most + 5):  # the document itself and the browser take a stop as well
        page.keyboard.press("Tab")
        number, shown = page.evaluate(FOCUSED)
        assert shown or not number, f"{page.url}: control {number} does not show that it has the focus"
        stops.add(number)
    return stops


@pytest.mark.parametrize(("size", "name"), [(NARROW, "320"), (ENLARGED, "200-percent")])
def test_no_page_scrolls_sideways(browser: Browser, address: str, each: list[str], size: ViewportSize, name: str) -> None:
    page = browser.new_page(viewport=size)
    wide = []
    for path in each:
        page.goto(address + path)
        page.screenshot(path=ARTEFACTS / f"{plain(path)}-{name}.png")
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            wide.append(path)
    page.close()
    assert wide == []


def test_every_page_can_be_read_without_script(browser: Browser, address: str, each: list[str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page, scripted = context.new_page(), browser.new_page()
    for path in each:
        page.goto(address + path)
        scripted.goto(address + path)
        assert page.locator("h1").first.is_visible(), path
        assert page.locator("main").inner_text().split() == scripted.locator("main").inner_text().split(), path
    scripted.close()
    context.close()


def test_every_page_can_be_printed(browser: Browser, address: str, each: list[str]) -> None:
    page = browser.new_page(viewport=WIDE)
    for path in each:
        page.goto(address + path)
        title = page.locator("h1").first.inner_text().split()[0]
        page.pdf(path=ARTEFACTS / f"{plain(path)}.pdf", format="A4")
        printed = pypdfium2.PdfDocument(ARTEFACTS / f"{plain(path)}.pdf")
        words = [sheet.get_textpage().get_text_bounded() for sheet in printed]
        assert title in words[0], path
        assert "Search the words" not in words[0], path
        printed.close()
    page.close()
