"""Blocks, metadata and packs -> the document card, each field with its basis and evidence, or unknown with a Problem.

What a person says in a table (`meta:...`) beats what the page says of itself, which beats what the words say, which
beats what voice and layout suggest.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from reaffirm.extract import dating
from reaffirm.extract.genre import authority, genre
from reaffirm.model import UNKNOWN, Card, Document, Field, MetaField, PackEntry, Problem, problem_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Block, Evidence, Severity
    from reaffirm.packs import Packs

RELATIONS = {
    "joint statement": "output", "communique": "output", "fact sheet": "output", "press-conference transcript": "transcript",
    "gist": "transcript", "remarks": "transcript", "news report": "account", "editorial": "comment", "analysis": "comment",
    "reaction": "comment",
}  # fmt: skip
APPEARED = re.compile(
    r"(?:article|editorial|column|essay|version)s? (?:first |originally )?(?:appeared|was published|ran|was carried) in "
    r"(?P<name>(?:the )?[A-Z][^,.]*?)(?= on |’s |'s |, |\.|$)",
    re.IGNORECASE,
)
TRANSLATED = re.compile(
    r"\b(?:provisional|unofficial|courtesy|working|official|english) translation\b|\btranslated (?:from|by|into)\b|^\W*translation\b"
    r"|\boriginal [\w-]+ (?:article|editorial|text|version)\b",
    re.IGNORECASE,
)
BYLINE = re.compile(r"^(?i:by) (?P<name>[A-ZÀ-Þ][\w.’'-]+(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|da|van|von|der|al|bin|and)){1,7})(?:,.*|\s*\|.*)?$")
UNKNOWN_MESSAGES = {
    "title": "no line of the text is its title", "genre": "the kind of text is neither stated nor clear from its voice",
    "publisher": "the text does not say who published it", "author": "the text does not name an author",
    "published": "the text does not say when it was published", "language": "the language could not be told",
}  # fmt: skip


def card(document: Document, packs: Packs) -> tuple[Card, tuple[Problem, ...]]:
    """The card of a document and a Problem for every field that stays unknown."""
    kind = genre(document, packs)
    found = Card(
        title=_title(document), genre=kind, publisher=_publisher(document, packs), author=_author(document),
        language=_language(document), translation=_translation(document), url=_url(document),
        authority=authority(kind, packs), relation=_relation(kind),
    )  # fmt: skip
    found = dating.dated(document, found)
    return found, (*_unknown(document, found), *_contradicted(document, found))


def _contradicted(document: Document, found: Card) -> Iterator[Problem]:
    settled = _table(document, "published").value is not None
    for text in () if settled else dating.doubts(document, found):
        resolution = "compare them; settle it with --metadata (column published)"
        yield Problem(problem_id(document.id, "contradiction", text, ()), document.id, "contradiction", "medium", text, resolution)


def _unknown(document: Document, found: Card) -> Iterator[Problem]:
    for field in fields(found):
        message = UNKNOWN_MESSAGES.get(field.name)
        if message and getattr(found, field.name).value is None:
            severity: Severity = "medium" if field.name in {"published", "genre"} else "low"
            text = f"{field.name}: {message}"
            resolution = f"{field.name} is unknown; give it with --metadata (column {field.name})"
            yield Problem(problem_id(document.id, "unknown", text, ()), document.id, "unknown", severity, text, resolution)


def _meta(document: Document, *keys: str) -> Field:
    """The first metadata field of these names that holds something, verbatim."""
    for wanted in keys:
        for field in document.metadata:
            if _named(field.key, wanted) and field.value.strip():
                return Field(field.value.strip(), "metadata", (field,))
    return UNKNOWN


def _named(key: str, wanted: str) -> bool:
    """Whether a key is the wanted one; `jsonld:*.headline` stands for any type."""
    if "*" not in wanted:
        return key == wanted
    head, _, tail = wanted.partition("*")
    return key.startswith(head) and key.endswith(tail)


def _first(*found: Field) -> Field:
    return next((field for field in found if field.value is not None), UNKNOWN)


def _title(document: Document) -> Field:
    blocks = [b for b in document.blocks if b.kind == "title"]
    printed = (
        Field(document.text[slice(*blocks[0].parts[0])], "stated", (document.span(*blocks[0].parts[0], "title"),)) if blocks else UNKNOWN
    )
    exported = _meta(document, "export:title")
    page = _meta(document, "worldjpn:title", "jsonld:*.headline", "meta:og:title", "html:title")
    return _first(_table(document, "title"), exported, printed, page)


def _url(document: Document) -> Field:
    return _first(_table(document, "url"), _meta(document, "link:canonical", "meta:og:url", "http:url"))


def _table(document: Document, name: str) -> Field:
    """What a person's metadata table says of this document."""
    found = next((f for f in document.metadata if f.key == f"table:{name}" and f.value.strip()), None)
    return Field(found.value.strip(), "metadata", (MetaField(f"meta:{name}", found.value),)) if found else UNKNOWN


def _publisher(document: Document, packs: Packs) -> Field:
    page = _meta(document, "export:publisher", "jsonld:*.publisher", "meta:og:site_name", "worldjpn:source")
    return _first(_table(document, "publisher"), page, _appeared(document), _domain(document, packs), _masthead(document, packs))


def _appeared(document: Document) -> Field:
    """The paper that a note names ("The original article appeared in ...")."""
    for block in _edges(document):
        m = APPEARED.search(document.text[block.start : block.end])
        if m:
            span = document.span(block.start + m.start("name"), block.start + m.end("name"))
            return Field(span.exact, "stated", (span,))
    return UNKNOWN


def _edges(document: Document) -> list[Block]:
    """The blocks where a text speaks of itself: notes, and the first and last few of any kind but furniture."""
    blocks = [b for b in document.blocks if b.kind != "furniture"]
    picked = [*(b for b in blocks if b.kind == "note"), *blocks[:6], *blocks[-3:]]
    return list(dict.fromkeys(picked))


def _domain(document: Document, packs: Packs) -> Field:
    url = _url(document).value or ""
    host = re.sub(r"^\w+://(?:www\.)?|[/:?].*$", "", url)
    fits = [(d, p) for p in packs.publishers for d in p.domains if host == d or host.endswith(f".{d}")]
    if not fits:
        return UNKNOWN
    domain, publisher = max(fits, key=lambda fit: len(fit[0]))
    return Field(publisher.name, "inferred", (MetaField("url", url), PackEntry("publishers", f"{publisher.name} ({domain})")))


def _masthead(document: Document, packs: Packs) -> Field:
    """A line at the head or foot of the page that is just the name of a publisher or a body that the packs know."""
    names = {form.casefold(): p.name for p in packs.publishers for form in (p.name, *p.aliases)}
    names |= {form.casefold(): o.name for o in packs.organisations for form in (o.name, *o.aliases)}
    ministry = re.compile(r"(?:the )?(?:ministry|department|office|embassy) (?:of|for) .{3,60}", re.IGNORECASE)
    lines = [b for b in document.blocks[:5] if b.end - b.start < 80]
    for block in lines:
        words = document.text[block.start : block.end].strip()
        if words.casefold() in names or ministry.fullmatch(words):
            return Field(names.get(words.casefold(), words), "inferred", (MetaField("masthead", words),))
    return UNKNOWN


def _author(document: Document) -> Field:
    keys = ("jsonld:*.author", "meta:author", "meta:article:author", "meta:dc.creator", "meta:citation_author")
    page = _meta(document, "export:byline", *keys)
    if page.value and re.match(r"https?://", page.value):
        page = UNKNOWN
    return _first(_table(document, "author"), page, _byline(document))


def _byline(document: Document) -> Field:
    for block in [b for b in document.blocks if b.kind in {"note", "paragraph", "heading", "standfirst"}][:4]:
        for start, end in block.parts:
            m = BYLINE.match(document.text[start:end].splitlines()[0]) if start < end else None
            if m and end - start < 160:
                span = document.span(start + m.start("name"), start + m.end("name"))
                return Field(span.exact.strip(), "stated", (span,))
    return UNKNOWN


def _language(document: Document) -> Field:
    table = _table(document, "language")
    if table.value:
        return table
    import py3langid  # noqa: PLC0415 - loads its model on import

    body = " ".join(document.text[b.start : b.end] for b in document.blocks if b.kind != "furniture")[:4000]
    stated = _meta(document, "html:lang", "jsonld:*.inLanguage")
    if len(body) < 40:
        return replace(stated, value=stated.value[:2].casefold()) if stated.value else UNKNOWN
    code = str(py3langid.classify(body)[0])
    evidence: tuple[Evidence, ...] = (MetaField("py3langid", code), *stated.evidence)
    return Field(code, "inferred", evidence)


def _translation(document: Document) -> Field:
    """`true` where the text says that it is a translation, unknown where it says nothing."""
    header = _meta(document, "worldjpn:notes")
    if header.value and TRANSLATED.search(header.value):
        return replace(header, value="true")
    for block in _edges(document):
        m = TRANSLATED.search(document.text[block.start : block.end])
        if m and (block.kind == "note" or block.end - block.start < 200):
            return Field("true", "stated", (document.span(block.start + m.start(), block.start + m.end()),))
    return UNKNOWN


def _relation(kind: Field) -> Field:
    relation = RELATIONS.get(kind.value or "")
    return Field(relation, "inferred", kind.evidence) if relation else UNKNOWN
