"""The fixed header of the database "The World and Japan": `[Title]`, `[Place]`, `[Date]`, `[Source]`, `[Notes]`.

A header stands at the head of a text; each key begins a line; keys may be missing, values may be empty and may run
over lines up to the next key; `[Full text]` ends it. A header that lacks `[Full text]` ends at the first blank line
after its last key, so that no body is taken for a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.model import MetaField
from reaffirm.text import trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.model import BlockKind

    Zone = tuple[int, int, BlockKind]
    Body = tuple[int, int, BlockKind | None]

KEY = re.compile(r"\[(title|place|date|source|notes|full text)\]", re.IGNORECASE)
BODY = "full text"
Extent = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a header: its key in lower case, the extent of the key's mark, and that of the value."""

    key: str
    mark: Extent
    value: Extent


def header(text: str, lines: Sequence[Extent]) -> tuple[Entry, ...]:
    """The entries at the head of some non-blank lines, `[Full text]` last if it is there; empty without a header."""
    keyed = [(number, mark) for number, line in enumerate(lines) if (mark := KEY.match(text, *line))]
    if not keyed or keyed[0][0] != 0:
        return ()
    entries: list[Entry] = []
    for (number, mark), following in zip(keyed, [*keyed[1:], None], strict=True):
        key = mark.group(1).lower()
        if key == BODY or any(key == entry.key for entry in entries):
            return (*entries, Entry(BODY, mark.span(), (mark.end(), mark.end()))) if key == BODY else tuple(entries)
        last = following[0] - 1 if following else _last(text, lines, number)
        entries.append(Entry(key, mark.span(), trim(text, mark.end(), lines[last][1])))
    return tuple(entries)


def fields(text: str, entries: Sequence[Entry]) -> tuple[MetaField, ...]:
    """The entries as metadata, `worldjpn:title` and so on, values verbatim (an empty value is empty)."""
    return tuple(MetaField(f"worldjpn:{entry.key}", text[slice(*entry.value)]) for entry in entries if entry.key != BODY)


def zones(entries: Sequence[Entry]) -> tuple[Zone, ...]:
    """The extents that a header covers, each with its hint: the title's value is a title, all else a note."""
    covered: list[Zone] = []
    for entry in entries:
        if entry.key == "title":
            covered += [(*entry.mark, "note"), (*entry.value, "title")]
        else:
            covered.append((entry.mark[0], max(entry.mark[1], entry.value[1]), "note"))
    return tuple(covered)


def cut(text: str, extent: Extent, covered: Sequence[Zone], hint: BlockKind | None) -> Iterator[Zone | Body]:
    """The parts of an extent: those in a header with the header's hints, what follows the header with its own."""
    start, end = extent
    for zone_start, zone_end, kind in covered:
        if start < zone_end and zone_start < end:
            yield (max(start, zone_start), min(end, zone_end), kind)
            start = min(end, zone_end)
    start, end = trim(text, start, end)
    if start < end:
        yield (start, end, hint)


def _last(text: str, lines: Sequence[Extent], number: int) -> int:
    """The number of the last line of a value that no further key ends: the one before a blank line."""
    while number + 1 < len(lines) and text.count("\n", lines[number][1], lines[number + 1][0]) <= 1:
        number += 1
    return number
