"""Atom (RFC 4287): documents, meetings and commitments as entries, the newest first by the dates of the documents, never by a clock.

`updated` is the last day on which a document may be of, a meeting's last day; 1970-01-01 where none is known, with the category `undated`.
Identities are UUIDs of the rows. The element `row` of the name space `urn:x-reaffirm:` holds all of a row as JSON.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lxml import etree

from reaffirm.export.book import TOOL, day, extent, guid
from reaffirm.export.escapes import coded, legible
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.export.book import Book, Row

SPACE, OURS = "http://www.w3.org/2005/Atom", "urn:x-reaffirm:"
EPOCH = "1970-01-01"


def data(book: Book) -> bytes:
    """The bytes of the feed."""
    entries = sorted(_entries(book), key=lambda entry: (entry[1]["id"]))
    entries.sort(key=lambda entry: entry[2] or EPOCH, reverse=True)
    root = etree.Element(f"{{{SPACE}}}feed", nsmap={None: SPACE, "reaffirm": OURS})
    _put(root, "id", f"urn:uuid:{guid('feed')}")
    _put(root, "title", "Ledger: documents, meetings, commitments")
    _put(root, "subtitle", "; ".join(f"{what} {value}" for what, value in book.provenance()))
    _put(root, "updated", _moment(entries[0][2] if entries else None))
    _put(_put(root, "author"), "name", TOOL)
    _put(root, "generator", TOOL, version=VERSION)
    for kind, row, last, title, people in entries:
        _entry(root, (kind, last, title), row, people)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


Entry = tuple[str, "Row", str | None, str, list[str]]  # kind, row, last day, title, who


def _entries(book: Book) -> Iterator[Entry]:
    days = {row["doc"]: day(row)[1] for row in book.rows["documents"]}
    for row in book.rows["documents"]:
        title = row["title"]["text"] if row["title"] else row["doc"]
        yield "document", row, days[row["doc"]], title, [who for who in (row["author"], row["publisher"]) if who]
    for row in book.rows["meetings"]:
        told = [days[place["doc"]] for place in row["evidence"] if days.get(place["doc"])]
        held = extent(row["date"])[1] if row["status"] == "held" else None
        named = f"{row['forum'] or row['kind']} ({row['status']})"
        yield "meeting", row, held or min(filter(None, told), default=None), named, row["participants"]
    for row in book.rows["commitments"]:
        who = " and ".join(row["parties"]) or "?"
        yield "commitment", row, days.get(row["doc"]), f"{who}: {row['action']['text']}", row["parties"]


def _entry(root: etree._Element, head: tuple[str, str | None, str], row: Row, people: list[str]) -> None:
    kind, last, title = head
    entry = _put(root, "entry")
    _put(entry, "id", f"urn:uuid:{guid(kind, row['id'])}")
    _put(entry, "title", legible(title))
    _put(entry, "updated", _moment(last))
    for name in people:
        _put(_put(entry, "author"), "name", name)
    for term in [kind, *([] if last else ["undated"]), *row.get("issues", ())]:
        _put(entry, "category", term=term)
    _put(entry, "content", _content(kind, row), type="text")
    etree.SubElement(entry, f"{{{OURS}}}row").text = json.dumps(row)


def _content(kind: str, row: Row) -> str:
    if kind == "commitment":
        due = f" Due {row['due']}." if row["due"] else ""
        return f"{row['action']['text']}\n{row['doc']} [{row['action']['start']}, {row['action']['end']}).{due}"
    if kind == "meeting":
        return "\n".join([f"{row['kind']}, {row['date'] or 'undated'}", *(f"{place['doc']}: {place['text']}" for place in row["evidence"])])
    return "\n".join(f"{key}: {row[key]}" for key in ("doc", "kind", "publisher", "published", "authority", "url") if row[key])


def _put(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    found = etree.SubElement(parent, f"{{{SPACE}}}{tag}", {key: coded(value) for key, value in attributes.items()})
    found.text = coded(text) or None
    return found


def _moment(last: str | None) -> str:
    return f"{last or EPOCH}T00:00:00Z"
