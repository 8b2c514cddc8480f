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

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
WRAPS = 0.5  # of a page's prose; what holds more and a first heading wraps the article
ALL = 0.9


@dataclass(slots=True)
class Measure:
    """What stands below an element: characters outside and inside links, and the landmarks among its elements."""

    prose: int = 0
    links: int = 0
    h1: bool = False
    heading: bool = False
    main: bool = False


NOTHING = Measure()


@dataclass(frozen=True, slots=True)
class Layout:
    """The Measure of each element that can hold text, that of the whole page, and how deep its elements nest.

    `around` are the classes and ids of what wraps most prose of the page; `title` is its title, in lower case.
    """

    below: dict[HtmlElement, Measure]
    page: Measure
    depth: int
    around: frozenset[str] = frozenset()
    title: str = ""

    def wraps(self, element: HtmlElement) -> bool:
        """Whether an element wraps the article, whatever its name says."""
        own = self.of(element)
        return own.main or own.prose > ALL * self.page.prose or (own.h1 and own.prose > WRAPS * self.page.prose)

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
            below[element] = Measure(h1=element.tag == "h1", heading=element.tag in HEADINGS, main=is_main(element))
            _count(below[element], element.text, linked)
        else:
            if element in below:
                depth -= 1
                linked -= is_link(element)
            if parent in below:
                _add(below[parent], below.get(element, NOTHING))
                _count(below[parent], element.tail, linked)
    page = below.get(root, NOTHING)
    wrapper = next((element for element in reversed(below) if below[element].prose > WRAPS * page.prose), None)
    title = root.find(".//title")
    return Layout(below, page, deepest, _around(wrapper), "" if title is None else " ".join(title.text_content().split()).lower())


def _around(wrapper: HtmlElement | None) -> frozenset[str]:
    """The classes and ids of an element and of all above it but the body."""
    line = [] if wrapper is None else [wrapper, *wrapper.iterancestors()]
    names = (f"{element.get('class', '')} {element.get('id', '')}" for element in line if element.tag not in {"html", "body"})
    return frozenset(" ".join(names).split())


def is_link(element: HtmlElement) -> bool:
    """Whether the element leads to another page or to the top of this one; another anchor into the same page is text."""
    return element.tag == "a" and ((target := _target(element)) == "#top" or not target.startswith("#"))


def is_anchor(element: HtmlElement) -> bool:
    """Whether the element leads to a place within the same page."""
    return element.tag == "a" and len(_target(element)) > 1 and not is_link(element)


def _target(link: HtmlElement) -> str:
    return (link.get("href") or "#").strip()


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
    into.heading |= below.heading
    into.main |= below.main
