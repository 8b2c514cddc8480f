"""What is taken away: the rows of the exchange format in memory, with the texts and what they rest on; every outside format starts here."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from reaffirm.days import FIRST_DAY, LAST_DAY, bounds
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from reaffirm.model import Run
    from reaffirm.packs import Packs

Row = Mapping[str, Any]  # a JSON object; docs/format.md says what each key holds
TOOL = f"Reaffirm {VERSION}"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:x-reaffirm:row")
HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Book:
    """The rows by kind, as docs/format.md has them, in its order; canonical texts by document; runs that read them; filters that were set.

    Beside the kinds of the exchange format there is `actors`: `name`, `kind`, `state`, `actor`. `packs` are given only to formats that
    ask for them. `same` says by name, of those that people joined, which name stands for the actor.
    """

    rows: Mapping[str, tuple[Row, ...]]
    texts: Mapping[str, str]
    runs: tuple[Run, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    packs: Packs | None = None
    same: Mapping[str, str] = field(default_factory=dict)

    def provenance(self) -> list[tuple[str, str]]:
        """What made this export and from what, as (what, value) pairs: program, filters, then each run; no clock, host or path."""
        found = [("program", TOOL), ("version", VERSION), ("offsets", "Unicode code points, from 0, end exclusive")]
        found += [(f"filter {name}", value) for name, value in self.filters]
        for run in self.runs:
            found += [("run", f"{run.id}: version {run.version}, code {run.code}, packs {run.packs}, model {run.model}")]
        return found

    def documents(self) -> dict[str, Row]:
        """The rows of the documents, by public name."""
        return {row["doc"]: row for row in self.rows["documents"]}


def guid(*parts: object) -> str:
    """An identity that is the same in every export: a UUID (version 5, RFC 9562) of the parts."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(map(str, parts))))


def extent(edtf: str | None) -> tuple[str | None, str | None]:
    """The first and last day of an EDTF date or interval, None where it is open or unknown."""
    first, last = bounds(edtf) or (FIRST_DAY, LAST_DAY)
    return (None if first == FIRST_DAY else first), (None if last == LAST_DAY else last)


def day(document: Row) -> tuple[str | None, str | None]:
    """The first and last day that a document's row may be of: of its event, else of its publication."""
    return extent(next(iter(document["event_dates"]), None) or document["published"])


def spans(row: Row) -> list[tuple[str, str, Row]]:
    """The spans of a row as (role, document, span), in the order of its keys; those without a place are left out."""
    found: list[tuple[str, str, Row]] = []
    for key, value in row.items():
        listed = value if isinstance(value, list) else [value]
        placed = (span for span in listed if isinstance(span, dict) and "text" in span and span.get("start") is not None)
        found += [(key, span.get("doc") or row["doc"], span) for span in placed]
    return found


def sound(book: Book) -> Book:
    """The book with U+FFFD for halves of surrogate pairs, which no text has but a name or metadata may have, and UTF-8 cannot hold."""
    rows = {kind: tuple(_sound(row) for row in found) for kind, found in book.rows.items()}
    return replace(book, rows=rows, texts={_sound(doc): text for doc, text in book.texts.items()})


def _sound(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value if value.isascii() else HALVES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_sound(item) for item in value]
    return {_sound(key): _sound(item) for key, item in value.items()} if isinstance(value, dict) else value
