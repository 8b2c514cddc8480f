"""Plain text: the canonical text is the decoded bytes, character for character.

Metadata keys: `encoding` (when it is not UTF-8) and, from the header of "The World and Japan", `worldjpn:title`,
`worldjpn:place`, `worldjpn:date`, `worldjpn:source`, `worldjpn:notes`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.formats import worldjpn
from reaffirm.formats.refusals import junk
from reaffirm.model import MetaField, Node, Source
from reaffirm.text import decode, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.formats.problems import Found
    from reaffirm.formats.worldjpn import Extent

EXTRACTOR = "plain/1"
LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
XML = re.compile(r"\ufeff?\s*<\?xml\s", re.IGNORECASE)


def sniff(data: bytes, name: str) -> bool:  # noqa: ARG001 - every format has the same two functions
    """Whether the bytes decode to text: no NUL, few control characters, and not the mark-up of some XML format."""
    text, _ = decode(data)
    return not junk(text) and not XML.match(text)


def read(data: bytes, name: str) -> Source:  # noqa: ARG001 - every format has the same two functions
    """The Source of plain text: one node a non-blank line, two for the line with a header's title."""
    text, encoding = decode(data)
    lines = tuple(_lines(text))
    entries = worldjpn.header(text, [extent for _, extent in lines])
    metadata = worldjpn.fields(text, entries)
    zones = worldjpn.zones(entries)
    nodes = tuple(
        Node(start, end, f"line {number}", hint) for number, extent in lines for start, end, hint in worldjpn.cut(text, extent, zones, None)
    )
    problems: tuple[Found, ...] = ()
    if encoding != "utf-8":
        metadata = (MetaField("encoding", encoding), *metadata)
        problems = (_legacy(encoding),)
    return Source(text, EXTRACTOR, nodes, metadata, problems)


def _lines(text: str) -> Iterator[tuple[int, Extent]]:
    """The number and trimmed extent of each non-blank line."""
    for number, line in enumerate(LINE.finditer(text), start=1):
        start, end = trim(text, *line.span(1))
        if start < end:
            yield number, (start, end)


def _legacy(encoding: str) -> Found:
    return (
        "encoding", "low", f"the bytes are not UTF-8; they were read as {encoding}",
        "Check that letters with accents and quotation marks read well; if not, save the file as UTF-8 and add that.",
    )  # fmt: skip
