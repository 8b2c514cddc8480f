"""CSL-JSON of the documents, for citation processors, Zotero, Pandoc; `custom` holds every attribute."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reaffirm.export.book import TOOL
from reaffirm.export.citations import parts, title, types
from reaffirm.export.escapes import legible

if TYPE_CHECKING:
    from reaffirm.export.book import Book, Row


def data(book: Book) -> bytes:
    """The bytes of a list of items, in UTF-8."""
    return (json.dumps([_item(row) for row in book.rows["documents"]], ensure_ascii=False, indent=1) + "\n").encode()


def _item(row: Row) -> Row:
    """A document as an item; what is unknown is left out."""
    day, event = parts(row["published"]), parts(next(iter(row["event_dates"]), None))
    author = [{"literal": legible(row["author"])}] if row["author"] else []
    found = {
        "id": row["id"], "type": types(row)[1], "title": title(row), "author": author,
        "publisher": legible(row["publisher"] or ""), "issued": {"date-parts": day} if day else None, "language": row["language"],
        "URL": legible(row["url"] or ""), "genre": row["kind"], "event-title": legible("; ".join(row["forums"])),
        "event-date": {"date-parts": event} if event else None, "source": TOOL,
    }  # fmt: skip
    return {key: value for key, value in found.items() if value} | {"custom": row}
