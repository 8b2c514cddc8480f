"""What goes wrong while bytes are read, as values: the problem tuples of a `Source`, and a Source of nothing else.

Kinds used by the formats of this package: `unreadable` (no text at all, or a part is missing), `encoding` (the
bytes are not UTF-8, or not what they declare), `hidden text` (the mark-up hides words), `no body` (nothing but
furniture), `broken metadata` (JSON-LD that does not parse), `no second opinion` (trafilatura failed), `tracked changes`
(they were read as accepted), `attachment` (it was not read), and of a PDF `scanned page` (a picture, or nothing),
`garbled text` (glyphs without letters), `recognised text` (read off a picture by a program), `damaged` (mended to be read).
"""

from __future__ import annotations

from reaffirm.model import Severity, Source

Found = tuple[str, Severity, str, str]


def unreadable(what: str, resolution: str) -> Found:
    """The problem of an input that gives no text: what it is, and what its owner can do."""
    return ("unreadable", "high", f"unreadable: {what}", resolution)


def refused(extractor: str, problem: Found) -> Source:
    """A Source with empty text and the one problem that explains why."""
    return Source("", extractor, problems=(problem,))
