"""RIS of the documents, for Zotero, EndNote, Mendeley: one record each, every attribute in a note as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reaffirm.export.book import TOOL
from reaffirm.export.citations import parts, title, types
from reaffirm.export.escapes import legible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.export.book import Book, Row


def data(book: Book) -> bytes:
    """The bytes, in UTF-8; lines end as the format wants. A value is one line: white space in it is single."""
    return "".join(f"{line}\r\n" for row in book.rows["documents"] for line in (*_record(row), "")).encode()


def _record(row: Row) -> Iterator[str]:
    kind, _ = types(row)
    yield f"TY  - {kind}"
    yield f"TI  - {title(row)}"
    named = [
        ("ID", row["id"]), ("AU", row["author"]), ("PB", row["publisher"]), ("LA", row["language"]), ("UR", row["url"]),
        ("M3", row["kind"]), ("AN", row["sha256"]), ("DB", TOOL), ("DP", row["run"]), *(("KW", forum) for forum in row["forums"]),
    ]  # fmt: skip
    day = parts(row["published"])
    if day:
        named += [("PY", f"{day[0][0]:04}"), ("DA", "/".join(f"{number:02}" for number in day[0]) + "/" * (3 - len(day[0])))]
    yield from (f"{tag}  - {text}" for tag, value in named if value and (text := legible(value)))
    yield f"N1  - {json.dumps(row)}"
    yield "ER  - "
