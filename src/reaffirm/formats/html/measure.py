"""How much prose and how much link text stands below each element: what every rule on density asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Their content is never text: not rendered, or rendered only where the page's real text is not.
SKIPPED = frozenset({
    "head", "script", "style", "template", "noscript", "noframes", "iframe", "object", "embed", "applet", "svg",
    "canvas", "audio", "video", "map", "datalist", "title", "frameset",
})  # fmt: skip


@dataclass(slots=True)
class Measure:
    """What stands below an element: characters outside and inside links, and the landmarks among its elements."""

    prose: int = 0
    links: int = 0
    h1: bool = False
    main: bool = False


NOTHING = Measure()


@dataclass(frozen=True, slots=True)
class Layout:
    """The Measure of each element that can hold text, that of the whole page, and how deep its elements nest."""

    below: dict[HtmlElement, Measure]
    page: Measure
    depth: int

    def of(self, element: HtmlElement) -> Measure:
        """The Measure of an element; nothing for one whose content is never text."""
        return self.below.get(element, NOTHING)


def measure(root: HtmlElement) -> Layout:
    """The Layout of a page."""
    below: dict[HtmlElement, Measure] = {}
    linked = depth = deepest = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        parent = element.getparent()
        if event == "start" and element.tag in SKIPPED:
            walker.skip_subtree()
        elif event == "start":
            depth += 1
            deepest = max(deepest, depth)
            linked += is_link(element)
            below[element] = Measure(h1=element.tag == "h1", main=is_main(element))
            _count(below[element], element.text, linked)
        else:
            if element in below:
                depth -= 1
                linked -= is_link(element)
            if parent in below:
                _add(below[parent], below.get(element, NOTHING))
                _count(below[parent], element.tail, linked)
    return Layout(below, below.get(root, NOTHING), deepest)


def is_link(element: HtmlElement) -> bool:
    """Whether the element leads to another page; an anchor into the same page is text."""
    return element.tag == "a" and not (element.get("href") or "#").strip().startswith("#")


def is_main(element: HtmlElement) -> bool:
    """Whether the element says it holds the main content of the page."""
    return bool(element.tag == "main" or element.get("role") == "main")


def _count(into: Measure, words: str | None, linked: int) -> None:
    size = len("".join(words.split())) if words else 0
    if linked:
        into.links += size
    else:
        into.prose += size


def _add(into: Measure, below: Measure) -> None:
    into.prose += below.prose
    into.links += below.links
    into.h1 |= below.h1
    into.main |= below.main
