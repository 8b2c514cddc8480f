"""Metadata of a page as found, verbatim.

The keys:

- `jsonld:<Type>.<field>` for the fields datePublished, dateModified, dateCreated, headline, author, publisher,
  articleSection, inLanguage, isBasedOn of each JSON-LD object; an author or publisher is its name; a list gives one
  field an entry
- `meta:<name or property>` in lower case: `meta:og:title`, `og:type`, `og:site_name`, `og:url`, `og:locale`,
  `article:*`, `author`, `byl`, `date`, `pubdate`, `last-modified`, `content-language`, `dc.*`, `dcterms.*`,
  `citation_*`, `parsely-*`, `sailthru.*`, `description`, `keywords`, `news_keywords`
- `itemprop:<name>` for microdata in `<meta>`: datePublished, dateModified, headline, author, publisher
- `link:canonical`, `html:title`, `html:lang`
- `time:datetime`, `time:pubdate`, `time:<itemprop>`: the datetime attribute of `<time>`, else its words, inside the article,
  or anywhere when it says that it is the date of publication; `time:head` is one before the article's first paragraph
- `htmldate:date`: what htmldate guesses, only when no key above speaks of a date; it sees the page's head and the short
  blocks of the body, because on the whole page it takes the dates of other articles
"""

from __future__ import annotations

import copy
import json
import re
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree, html

from reaffirm.model import MetaField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from reaffirm.formats.problems import Found

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
FIELDS = (
    "datePublished", "dateModified", "dateCreated", "headline", "author", "publisher", "articleSection", "inLanguage",
    "isBasedOn",
)  # fmt: skip
ITEMPROPS = frozenset({"datePublished", "dateModified", "headline", "author", "publisher"})
NAMES = re.compile(
    r"(?:og:(?:title|type|site_name|url|locale)|article:.*|author|byl|date|pubdate|publishdate|last-modified"
    r"|content-language|dc\..*|dcterms\..*|citation_.*|parsely-.*|sailthru\..*|description|keywords|news_keywords)\Z"
)
DATED = re.compile(r"date|time|published|modified", re.IGNORECASE)
WRAPPING = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*\Z")
MAX_DEPTH = 6  # of JSON-LD objects within objects
MAX_TIMES = 200  # a page with more is a list of articles
SHORT = 80  # code points of a block that may be a date line
MAX_FIELDS = 500  # of JSON-LD; a page with more is a feed
FIRST_DATE, LAST_DATE = datetime(1990, 1, 1), datetime(2099, 12, 31)  # noqa: DTZ001 - days; never the clock (law 8)


def collect(
    page: HtmlElement, body: frozenset[HtmlElement], head: frozenset[HtmlElement] = frozenset(), *, guess: bool
) -> tuple[tuple[MetaField, ...], tuple[Found, ...]]:
    """The metadata of a page in document order, each field once, and the problem of JSON-LD that does not parse.

    `body` are the elements that wrote body text, `head` those before its first paragraph; a `<time>` below one of them stands
    in the article; `guess` allows htmldate.
    """
    objects, problems = _objects(page)
    fields = [field for thing in objects for field in _described(thing, MAX_DEPTH)][:MAX_FIELDS]
    fields += [*_metas(page), *_heads(page), *_times(page, body, head)]
    if guess and not any(DATED.search(field.key) for field in fields):
        fields += _guess(page, body)
    return tuple(dict.fromkeys(field for field in fields if field.value.strip())), problems


def _objects(page: HtmlElement) -> tuple[list[Json], tuple[Found, ...]]:
    """The JSON-LD objects of a page, and one problem when some script is broken."""
    objects: list[Json] = []
    broken = 0
    for script in page.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            objects.append(json.loads(WRAPPING.sub("", script.text or ""), strict=False))
        except (ValueError, RecursionError):
            broken += 1
    if not broken:
        return objects, ()
    message = f"{broken} JSON-LD block(s) of the page do not parse; what they say of date and author is not used"
    return objects, (("broken metadata", "low", message, "Check date and author of the document by hand."),)


def _described(thing: Json, depth: int) -> Iterator[MetaField]:
    """The fields of a JSON-LD object, of the objects of a list or graph, and of its main entity."""
    if isinstance(thing, list):
        for entry in thing:
            yield from _described(entry, depth - 1) if depth else ()
    if not isinstance(thing, dict):
        return
    kind = next(_names(thing.get("@type")), "Thing")
    for name in FIELDS:
        for value in _names(thing.get(name)):
            yield MetaField(f"jsonld:{kind}.{name}", value)
    for inner in ("@graph", "mainEntity", "mainEntityOfPage"):
        yield from _described(thing.get(inner), depth - 1) if depth else ()


def _names(value: Json) -> Iterator[str]:
    """The strings that a JSON-LD value stands for: itself, the name of an object, each entry of a list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield json.dumps(value)
    elif isinstance(value, list):
        for entry in value:
            if not isinstance(entry, list):
                yield from _names(entry)
    elif isinstance(value, dict):
        name = next((value[key] for key in ("name", "headline", "url", "@id", "@value") if value.get(key)), None)
        if not isinstance(name, dict):
            yield from _names(name)


def _metas(page: HtmlElement) -> Iterator[MetaField]:
    for meta in page.iter("meta"):
        content = meta.get("content") or ""
        for attribute in ("property", "name", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if NAMES.match(name):
                yield MetaField(f"meta:{name}", content)
                break
        if meta.get("itemprop") in ITEMPROPS:
            yield MetaField(f"itemprop:{meta.get('itemprop')}", content)


def _heads(page: HtmlElement) -> Iterator[MetaField]:
    for link in page.iter("link"):
        if (link.get("rel") or "").strip().lower() == "canonical":
            yield MetaField("link:canonical", link.get("href") or "")
    title = page.find(".//head/title")
    if title is not None:
        yield MetaField("html:title", title.text or "")
    yield MetaField("html:lang", page.get("lang") or page.get("xml:lang") or "")


def _times(page: HtmlElement, body: frozenset[HtmlElement], head: frozenset[HtmlElement]) -> Iterator[MetaField]:
    """The dates of `<time>` elements that stand in the article or claim to be the date of publication."""
    for time in islice(page.iter("time"), MAX_TIMES):
        prop = time.get("itemprop") or ""
        said = prop in ITEMPROPS or "pubdate" in time.attrib
        writer = next((element for element in (time, *time.iterancestors()) if element in body), None)
        if not said and writer is None:
            continue
        key = prop if prop in ITEMPROPS else "pubdate" if "pubdate" in time.attrib else "datetime"
        value = time.get("datetime") or " ".join(time.text_content().split())
        yield MetaField(f"time:{key}", value)
        if not said and writer in head:
            yield MetaField("time:head", value)


def _guess(page: HtmlElement, body: frozenset[HtmlElement]) -> list[MetaField]:
    """The date that htmldate finds in head and body, within fixed bounds; imported here to keep every start fast."""
    from htmldate import find_date  # noqa: PLC0415

    try:
        found = find_date(_bare(page, body), extensive_search=False, original_date=True, min_date=FIRST_DATE, max_date=LAST_DATE)
    except Exception:  # noqa: BLE001 - a hostile page may break it anywhere; a guess is dispensable
        return []
    return [MetaField("htmldate:date", found)] if found else []


def _bare(page: HtmlElement, body: frozenset[HtmlElement]) -> HtmlElement:
    """A page of the head and the short blocks of the body alone."""
    bare: HtmlElement = html.Element("html")
    head = page.find("head")
    if head is not None:
        bare.append(copy.deepcopy(head))
    inside = etree.SubElement(bare, "body")
    short = (element for element in page.iter() if element in body and len("".join(element.itertext())) <= SHORT)
    for element in islice(short, MAX_TIMES):
        twin = copy.deepcopy(element)
        twin.tail = None
        inside.append(twin)
    return bare
