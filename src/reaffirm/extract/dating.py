"""When a text was published and when the event happened that it is about: two fields, never one.

A date counts for the text only where the text or its metadata says it of the text; a date of the meeting is no date of
publication. What neither says stays unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from reaffirm.language.dates import Date, dates, iso, latest, urls, weekday
from reaffirm.model import UNKNOWN, Field, MetaField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Block, Card, Document

META = (
    "export:published",
    "jsonld:*.datePublished",
    "meta:article:published_time",
    "itemprop:datePublished",
    "time:datePublished",
    "meta:dc.date.issued",
    "meta:dcterms.issued",
    "meta:dc.date",
    "meta:citation_publication_date",
    "meta:citation_date",
    "meta:parsely-pub-date",
    "meta:pubdate",
    "meta:publishdate",
    "meta:date",
    "time:pubdate",
    "worldjpn:date",
    "time:head",
)
GUESSED = "htmldate:date"
EARLIEST = frozenset({"time:head"})  # of several the first day counts: the others are revisions
COMPACT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])|/((?:19|20)[0-9]{2})/([0-9]{1,2})/([0-9]{1,2})(?=/|$)")
APART = 3  # days; zones of time and a day's delay explain less
SAYS_PUBLISHED = re.compile(
    r"\W*(?:first |last |originally )?(?:published|posted|released|issued|updated|created|submitted|date of issue|date|dated|done)\b",
    re.IGNORECASE,
)
APPEARED = re.compile(
    r"\b(?:article|editorial|column|essay|version|text|interview|commentary)s? (?:\w+ )?"
    r"(?:appeared|was published|was carried|ran|was released)\b",
    re.IGNORECASE,
)
CONSULT = re.compile(
    r"\b(?:met|meetings?|talks|held|summit|conference|consultations?|dialogue|visited|visit|2\+2|session|statement of|gist|transcript"
    r"|remarks|gathered|convened)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:will|to be held|scheduled|agreed to (?:meet|hold)|recalling|recalled|set for)\b[^.;]{0,60}$"
    r"|\b(?:after|before|since|following) (?:the|their|its|a) (?:[\w+-]+ ){1,5}(?:of|on) ?$"
    r"|\b(?:by|until|since|after|before|from|following)(?: the end of| late| early| mid-?)? ?$"
    r"|\b(?:last|previously|earlier) (?:met|held|convened|gathered|visited)\b[^.;]{0,60}$"
    r"|\b(?:last|previous|earlier|prior|first)(?: such| bilateral| ministerial)? (?:meeting|summit|talks|round|visit|session)\b[^.;]{0,40}$"
    r"|\b(?:building on|further to|recalling|pursuant to|since|unlike|compared with) (?:the|their|our|its)\b[^.;,]{0,60}$",
    re.IGNORECASE,
)
PAST = re.compile(r"\b(?:building on|following|since|after|at|from|of|recalling) (?:their|our|its|the) ?$", re.IGNORECASE)
BEHIND = re.compile(r" (?:\w+ ){0,2}(?:meeting|summit|talks|statement|declaration|consultations|visit)\b", re.IGNORECASE)
LONG_AGO = re.compile(r"\b(?:after|since|following|at) (?:the|their|our|its)\b[^.;,]{0,60}$", re.IGNORECASE)  # before a month or a year
DAY = len("2031-04-12")
DATE_LINE = re.compile(
    r"^(?:by (?:(?-i:[A-ZÀ-Þ])[\w.'’-]*,? |(?:in|and|for|of) ){2,9}(?:\||[–—-]|on)? ?|"
    r"(?-i:[A-ZÀ-Þ])[\w.'’-]*(?:,? (?:(?:de|do|da|del|di|la|le|las|los|el|al|of|the|sur|upon) ){0,2}(?-i:[A-ZÀ-Þ])[\w.'’-]*){0,4}"
    r"(?:,|:)? ?[(–—-]? ?|"
    r"(?:on|date|dated|updated|posted|published|released|issued|for (?:immediate )?(?:release|publication))\b[:,]? ?)?[(\[]?$",
    re.IGNORECASE,
)
SPOKEN = frozenset({"gist", "press-conference transcript", "remarks"})
WEEKDAY = re.compile(r"\bon (Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
REACH = 80  # code points in which a dateline stands
NEWS_DASH = re.compile(r"\)? ?(?:\([\w /]{2,20}\) ?)?[—–:-]")
NEWS_LINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}[,(]? ?")
LEAD = 3
HALF_A_YEAR = 184
ISSUED = frozenset({"joint statement", "communique"})


def dated(document: Document, card: Card) -> Card:
    """The card with its date of publication and the dates stated for its event."""
    published = _published(document, card)
    return replace(card, published=published, event_dates=tuple(_events(document, card, published)))


def _published(document: Document, card: Card) -> Field:
    stated = (_said(document), _line(document, card), _news_line(document, card))
    for found in (_table(document), _metadata(document), *stated, _address(card), _guessed(document)):
        if found.value:
            return found
    return UNKNOWN


def _table(document: Document) -> Field:
    for field in document.metadata:
        if field.key == "table:published" and field.value.strip():
            return Field(field.value.strip(), "metadata", (MetaField("meta:published", field.value),))
    return UNKNOWN


def _metadata(document: Document) -> Field:
    for wanted in META:
        if found := _fields(document, wanted):
            return min(found, key=lambda field: field.value or "") if wanted in EARLIEST else found[0]
    return UNKNOWN


def _guessed(document: Document) -> Field:
    return next(iter(_fields(document, GUESSED)), UNKNOWN)


def _fields(document: Document, wanted: str) -> list[Field]:
    return [Field(value, "metadata", (field,)) for field in document.metadata if _named(field, wanted) and (value := iso(field.value))]


def _named(field: MetaField, wanted: str) -> bool:
    head, star, tail = wanted.partition("*")
    return field.key.startswith(head) and field.key.endswith(tail) if star else field.key == wanted


def _said(document: Document) -> Field:
    """A date that a note or an edge line says of the text itself ("appeared in ... on Jan. 8", "Issued at ... on ...")."""
    for block in _edges(document):
        line = document.text[block.start : block.end]
        if block.end - block.start > 240 or not (SAYS_PUBLISHED.match(line) or APPEARED.search(line)):
            continue
        found = [d for d in dates(document.text, block.start, block.end) if d.complete]
        if len(found) == 1:
            return _field(document, found[0])
    return UNKNOWN


def _line(document: Document, card: Card) -> Field:
    """A date that stands by itself near the title of a text that is not a record of something spoken."""
    date = None if card.genre.value in SPOKEN else _date_line(document)
    return _field(document, date) if date else UNKNOWN


def _news_line(document: Document, card: Card) -> Field:
    """The day of the dateline with which a news report begins: "OSTREL, April 12, 2031 - ...", when and where it was written."""
    first = next((b for b in document.blocks if b.kind == "paragraph"), None)
    if first is None or card.genre.value not in {None, "news report"}:
        return UNKNOWN
    found = next((d for d in dates(document.text, first.start, min(first.end, first.start + REACH)) if d.complete), None)
    stands = found and NEWS_LINE.fullmatch(document.text[first.start : found.start]) and NEWS_DASH.match(document.text, found.end)
    return _field(document, found) if found and stands else UNKNOWN


def _date_line(document: Document) -> Date | None:
    for block in [b for b in document.blocks if b.kind != "furniture"][:6]:
        for line in _lines(document, block):
            found = [d for d in dates(document.text, *line) if d.complete]
            if len(found) == 1 and DATE_LINE.match(document.text[line[0] : found[0].start]) and line[1] - found[0].end <= 12:
                return found[0]
    return None


def _lines(document: Document, block: Block) -> Iterator[tuple[int, int]]:
    if block.end - block.start > 200 or block.kind == "title":
        return
    for m in re.finditer(r"[^\r\n]+", document.text[block.start : block.end]):
        yield block.start + m.start(), block.start + m.end()


def _address(card: Card) -> Field:
    """The one date that the path of the document's address spells out (`/2033/03/15/`, `/20330315`, `/2033-03-15`)."""
    path = re.sub(r"^\w+://[^/]*|[?#].*$", "", card.url.value or "")
    spelled = ("-".join(part.zfill(2) for part in m.groups() if part) for m in COMPACT.finditer(path))
    found = {*urls(path), *filter(None, map(iso, spelled))}
    return Field(found.pop(), "metadata", card.url.evidence) if len(found) == 1 else UNKNOWN


def doubts(document: Document, card: Card) -> Iterator[str]:
    """What else the document says of its date of publication, where that lies days away from the date of the card.

    The order of trust is a person's table, metadata of publication, `<time>` above the text, words that say so, the date line, the
    address, a guess at the mark-up. A page that is dated by two of these differently was moved, revised or mislabelled; the card
    keeps the first.
    """
    chosen = card.published
    if not _is_day(chosen.value):
        return
    fields = [("metadata", field) for wanted in META if wanted not in EARLIEST for field in _fields(document, wanted)]
    told = set()
    for name, other in (*fields, ("words", _said(document)), ("address", _address(card))):
        if _is_day(other.value) and other.value not in told and _apart(chosen.value, other.value) > APART:
            told.add(other.value)
            yield f"published: {chosen.value} was taken, but by its {name} it is of {other.value}"


def _is_day(value: str | None) -> TypeGuard[str]:
    return value is not None and len(value) == 10 and iso(value) == value


def _apart(day: str, other: str) -> int:
    return abs((dt.date.fromisoformat(day) - dt.date.fromisoformat(other)).days)


def _events(document: Document, card: Card, published: Field) -> Iterator[Field]:
    """The date stated for the event that the text is about: of title, notes and opening the first near its publication.

    A joint statement whose head gives a date, and whose opening gives none near it, was issued at its event.
    """
    found = list(_candidates(document, card, published))
    near = [f for f in found if _near(f.value or "", published.value)]
    if near:
        yield near[0]
    elif card.genre.value in ISSUED and published.basis in {"stated", "metadata"} and published.value:
        yield published
    elif found and not published.value:
        yield found[0]


def _near(value: str, published: str | None) -> bool:
    """Whether an event lies at most half a year before publication; without a date of publication any does."""
    if not published or len(published) < 10 or len(value) < 10 or "/" in published + value:
        return not published or value[:7] <= published[:7]
    days = (dt.date.fromisoformat(published) - dt.date.fromisoformat(value)).days
    return 0 <= days <= HALF_A_YEAR


def _candidates(document: Document, card: Card, published: Field) -> Iterator[Field]:
    bodies = [b for b in document.blocks if b.kind in {"paragraph", "turn", "list item"}][:LEAD]
    zones = [b for b in document.blocks if b.kind in {"title", "note", "standfirst"}] + bodies
    own = next((e for e in published.evidence if hasattr(e, "start")), None)
    for block in zones:
        for start, end in _sentences(document.text, block.start, block.end):
            if not CONSULT.search(document.text[start:end]):
                continue
            for date in dates(document.text, start, end):
                value = date.value if date.complete else latest(date.value, published.value or "")
                its_own = own is not None and own.start == date.start
                past = BEHIND.match(document.text, date.end, end) and PAST.search(document.text, start, date.start)
                long_ago = len(value or "") < DAY and LONG_AGO.search(document.text[start : date.start])
                if value and not (its_own or past or long_ago) and not _elsewhen(document.text[start : date.start], card):
                    yield Field(value, "stated", (document.span(date.start, date.end),))
    date_line = _date_line(document) if card.genre.value in SPOKEN else None
    if date_line:
        yield _field(document, date_line)
    yield from _weekdays(document, bodies, published)


def _elsewhen(before: str, card: Card) -> bool:
    """Whether the words before a date say that it is another event's: one to come, one long past, or a dateline, when news was written."""
    return AHEAD.search(before) is not None or (card.genre.value == "news report" and NEWS_LINE.fullmatch(before) is not None)


def _weekdays(document: Document, bodies: list[Block], published: Field) -> Iterator[Field]:
    for block in bodies:
        for start, end in _sentences(document.text, block.start, block.end):
            m = WEEKDAY.search(document.text, start, end)
            ahead = m and AHEAD.search(document.text[start : m.start()])
            value = weekday(m.group(1), published.value or "") if m and not ahead and CONSULT.search(document.text[start:end]) else None
            if m and value:
                yield Field(value, "inferred", (document.span(m.start(1), m.end(1)), *published.evidence))


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Rough sentences: enough to keep a date with the verb beside it."""
    edges = [m.end() for m in re.finditer(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][”’\"]? (?=[A-Z“])", text[start:end])]
    low = 0
    for edge in [*edges, end - start]:
        yield start + low, start + edge
        low = edge


def _edges(document: Document) -> list[Block]:
    blocks = [b for b in document.blocks if b.kind != "furniture"]
    return list(dict.fromkeys([*(b for b in blocks if b.kind == "note"), *blocks[:5], *blocks[-3:]]))


def _field(document: Document, date: Date) -> Field:
    return Field(date.value, "stated", (document.span(date.start, date.end),))
