"""What an element's own mark-up claims: that it is furniture, and why; or which kind of block it is.

A strong claim (`nav`, `role=navigation`, `hidden`) is believed. A weak one (a class name, a form, a header) is not
believed of an element that wraps the article: templates name wrappers after anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from reaffirm.formats.html.measure import HEADINGS, WRAPS, is_main

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from reaffirm.formats.html.measure import Layout, Measure
    from reaffirm.model import BlockKind

ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "search", "menu", "menubar",
    "toolbar", "tablist",
})  # fmt: skip
STRONG = frozenset({"nav", "aside", "dialog", "button", "select", "textarea", "menu"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A header or footer below one of these is not the page's own.
SECTIONS = frozenset({"article", "section", "main"})
WORD = re.compile(r"[A-Za-z][a-z]*|[A-Z]+(?![a-z])")
QUALIFIER = re.compile(
    r"^(?:no|has|with|without|is|not|category|tag|js|supports|hide|show|below|above|post)[-_]",
    re.IGNORECASE,
)
# Words of a class or id, and whole names, that mark furniture.
FURNITURE_WORDS = frozenset({
    "nav", "navbar", "navigation", "breadcrumb", "breadcrumbs", "topicpath", "share", "sharing", "sharebar", "social", "related",
    "relatedposts", "sharedaddy", "sharethis", "addthis", "addtoany", "recommended", "recommendations",
    "newsletter", "subscribe", "subscription", "paywall", "promo", "advert", "adverts", "advertisement",
    "advertising", "ads", "sponsored", "outbrain", "taboola", "comments", "disqus", "tags", "taglist", "cookie",
    "cookies", "consent", "gdpr", "menu", "submenu", "sidebar", "pagination", "pager", "skip", "skiplink", "print",
    "masthead", "topbar", "toolbar", "login", "signup", "signin", "popup", "modal", "trending", "copyright",
})  # fmt: skip
# Of these, the words that also name the text itself: what a reader pays for, what is printed.
BARRIERS = frozenset({"paywall", "subscription", "subscribe", "print"})
FURNITURE_NAMES = frozenset({
    "ad", "footer", "foot", "tag-list", "tag-links", "entry-tags", "post-tags", "cat-links", "comment-list",
    "commentlist", "comment-form", "comment-respond", "respond", "skip-link", "screen-reader-text", "sr-only",
    "visually-hidden", "visuallyhidden", "most-read", "most-popular", "read-more", "see-also", "also-read",
    "read-next", "more-from", "site-footer", "page-footer", "global-footer", "footer-area", "footer-inner",
    "site-nav", "gnav", "ad-slot", "ad-container", "ad-unit", "back-to-top", "page-top", "pagetop",
    "language-switcher", "lang-switch",
})  # fmt: skip
PLAIN_NAMES = frozenset(name.replace("-", "") for name in FURNITURE_NAMES)
HEADER_NAMES = frozenset({"header", "site-header", "page-header", "global-header"})
CREDIT_WORDS = frozenset({"credit", "credits", "caption", "photocredit"})
NOTE_WORDS = frozenset({"byline", "dateline", "author", "authors", "timestamp", "pubdate", "published"})
NOTE_NAMES = frozenset({
    "date", "posted-on", "post-date", "entry-date", "entry-meta", "post-meta", "article-meta", "meta",
})  # fmt: skip
STANDFIRST_WORDS = frozenset({"standfirst", "dek", "subtitle", "summary", "lede", "subheadline", "strapline"})
LIMITED = 0.4  # of a page's prose; what holds more is no byline, caption or standfirst


def furniture(element: HtmlElement, layout: Layout, *, sectioned: bool) -> str:
    """The reason why the mark-up makes an element furniture, or the empty string.

    `sectioned` says that the element stands in an article, a section or the main content, so that a header or
    footer is not the page's own.
    """
    reason = hidden(element) or _strong(element, sectioned=sectioned)
    if reason or element.tag in {"html", "body"}:
        return reason
    if layout.wraps(element):  # a dialog that was open when the page was saved hides the page behind it from being read out
        return ""
    if element.get("aria-hidden", "").lower() == "true":
        return "hidden"
    return "" if element.tag in {"main", "article"} or is_main(element) else _weak(element, layout, sectioned=sectioned)


def hidden(element: HtmlElement) -> str:
    """The reason `hidden`, when the mark-up keeps an element from being seen; else empty."""
    if element.tag in {"html", "body"}:
        return ""
    return "hidden" if "hidden" in element.attrib or HIDDEN.search(element.get("style", "")) else ""


def is_section(element: HtmlElement) -> bool:
    """Whether headers and footers below the element are its own, and not the page's."""
    return element.tag in SECTIONS or is_main(element)


def hint(element: HtmlElement, inherited: BlockKind | None, layout: Layout) -> BlockKind | None:
    """The kind of block that the mark-up claims for an element; else the claim of what it stands in."""
    tag = element.tag
    if tag == "h1":
        return "title"
    if inherited in {"standfirst", "caption", "note"}:
        return inherited
    own, page = layout.of(element), layout.page
    small = own.prose + own.links <= LIMITED * (page.prose + page.links)
    named = _named_kind(element) if small else None
    return named or _tag_kind(str(tag), inherited)


def _strong(element: HtmlElement, *, sectioned: bool) -> str:
    role = element.get("role", "").strip().lower()
    if role in ROLES:
        return f"role={role}"
    if element.tag in STRONG and not (element.tag == "button" and _folds(element)):
        return str(element.tag)
    if element.tag == "footer" and not sectioned:
        return "footer"
    return ""


def _folds(button: HtmlElement) -> bool:
    """Whether a button is the words of a heading, whose part it folds."""
    return any(above.tag in HEADINGS for above in islice(button.iterancestors(), 2))


def _weak(element: HtmlElement, layout: Layout, *, sectioned: bool) -> str:
    """The reason of a form, a page's header, or a telling class or id."""
    own = layout.of(element)
    if element.tag == "form":
        return "" if own.h1 or own.prose > WRAPS * layout.page.prose else "form"
    names = _names(element)
    if (element.tag == "header" or HEADER_NAMES & names) and not sectioned and not _heads_part(element, own):
        return "" if own.h1 and not _heads_page(element, layout) else "header"
    for name in sorted(names):
        if _plain(name) in PLAIN_NAMES or FURNITURE_WORDS & _words(name) - _worn(layout.around):
            return "" if element.tag == "h1" and _begins_title(element, layout) else f"class={name}"
    return ""


def _heads_part(header: HtmlElement, own: Measure) -> bool:
    """Whether a header heads a part of the text: a lower heading without any link, while a site's header leads home."""
    return header.tag == "header" and not own.links and not own.h1 and own.heading


@lru_cache(maxsize=16)
def _worn(around: frozenset[str]) -> frozenset[str]:
    """The barriers in the names of what wraps most of the text: they name the text, and tell nothing of any other element.

    A template that calls the text `print-content` calls all its parts `print-...`.
    """
    return BARRIERS.intersection(word for name in around for word in _words(name))


def _plain(name: str) -> str:
    """A name without what parts its words: `read-more`, `read_more` and `readMore` are one."""
    return name.replace("-", "").replace("_", "").lower()


def _heads_page(header: HtmlElement, layout: Layout) -> bool:
    """Whether a header is the site's and not the article's.

    It holds a menu or a form, or stands right in the body, without the words that the page's title begins with.
    """
    if next(header.iter("nav", "form"), None) is not None:
        return not _begins_title(header.find(".//h1"), layout)
    return header.getparent() is not None and header.getparent().tag == "body" and not _begins_title(header.find(".//h1"), layout)


def _begins_title(heading: HtmlElement | None, layout: Layout) -> bool:
    """Whether a heading is what the page's title begins with."""
    words = "" if heading is None else " ".join(str(heading.text_content()).split()).lower()
    return bool(words) and layout.title.startswith(words)


def _names(element: HtmlElement) -> set[str]:
    """The class names and id that may be read as words; `no-sidebar`, `has-menu`, `md:hidden` say nothing."""
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    kept = {name for name in names if ":" not in name and not QUALIFIER.match(name)}
    return kept | {name.lower() for name in names if name.lower() in FURNITURE_NAMES}


def _words(name: str) -> set[str]:
    """The words of a class name: `shareBar`, `share-bar` and `share__bar` have two."""
    return {word.lower() for word in WORD.findall(name)}


def _named_kind(element: HtmlElement) -> BlockKind | None:
    names = {name.lower() for name in _names(element)}
    words = set().union(*map(_words, names)) if names else set()
    if CREDIT_WORDS & words:
        return "caption"
    if STANDFIRST_WORDS & words:
        return "standfirst"
    return "note" if NOTE_WORDS & words or NOTE_NAMES & names else None


def _tag_kind(tag: str, inherited: BlockKind | None) -> BlockKind | None:
    if tag in HEADINGS:
        return "heading"
    if tag in {"figcaption", "caption"}:
        return "caption"
    if tag == "li":
        return "list item"
    if tag in {"address", "time"}:
        return "note"
    if tag in {"p", "blockquote", "dd"}:
        return inherited or "paragraph"
    return inherited
