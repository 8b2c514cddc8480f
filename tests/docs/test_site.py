"""The documentation as a site: built strictly, every link led somewhere, nothing loaded from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

ROOT = Path(__file__).parents[2]
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs", reason="the tools of development are not installed")
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def pages(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.fromstring(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def test_every_page_of_the_documentation_is_in_the_site(site: Path) -> None:
    named = {path.stem for path in (ROOT / "docs").glob("*.md")} | {"readme", "contributing", "changes", "corpus"}
    assert named - {path.stem for path in site.glob("*.html")} == set()


def test_every_link_leads_to_a_page_and_a_place_on_it(site: Path) -> None:
    found = pages(site)
    anchors = {path: {*tree.xpath("//@id"), *tree.xpath("//@name")} for path, tree in found.items()}
    broken = []
    for path, tree in found.items():
        for link in tree.xpath("//a/@href"):
            target, _, anchor = unquote(link).partition("#")
            if re.match(r"[a-z]+:", target) or path.name == "404.html":
                continue
            page = (path.parent / target).resolve() if target else path
            if not page.exists() or (anchor and page in anchors and anchor not in anchors[page]):
                broken.append((path.name, link))
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = {tree_link for tree in pages(site).values() for tag, name in LOADED.items() for tree_link in tree.xpath(f"//{tag}/@{name}")}
    assert [link for link in loaded if re.match(r"([a-z]+:)?//", link)] == []
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", styles) == []
