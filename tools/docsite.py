"""What the documentation site adds to docs/: pages that stand elsewhere in the repository, and links to them (a hook of mkdocs)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
# Pages by where they stand in the repository; files that are no page are told as words.
ELSEWHERE = {
    "README.md": "readme.md", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changes.md", "examples/corpus.md": "corpus.md",
}  # fmt: skip
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")


def slug(value: str, separator: str) -> str:
    """The anchor of a heading, as forges make it, so that links hold in both places."""
    return re.sub(r"[^\w\- ]", "", re.sub(r"`|\*", "", value).strip().lower()).replace(" ", separator)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The settings with the anchors of forges."""
    config.mdx_configs["toc"]["slugify"] = slug
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The files of docs/ and the pages that stand elsewhere."""
    for source, name in ELSEWHERE.items():
        files.append(File.generated(config, name, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - mkdocs names its arguments
    """The text of a page with its links led to where the pages stand in the site."""
    source = next((place for place, name in ELSEWHERE.items() if name == page.file.src_uri), f"docs/{page.file.src_uri}")
    return LINK.sub(lambda link: _led(link, (ROOT / source).parent), markdown)


def _led(link: re.Match[str], folder: Path) -> str:
    """A link to a page of the site, or the words of one that leads to a file that is no page."""
    words, target, anchor = link[1], link[2], link[3] or ""
    path = (folder / target).resolve()
    if re.match(r"[a-z]+:", target) or not path.is_relative_to(ROOT) or not path.exists():
        return link[0]
    inside = path.relative_to(ROOT).as_posix()
    if inside.startswith("docs/"):
        return f"[{words}]({inside.removeprefix('docs/')}{anchor})"
    return f"[{words}]({ELSEWHERE[inside]}{anchor})" if inside in ELSEWHERE else f"{words} (`{inside}`)"
