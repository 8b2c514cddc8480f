"""What goes wrong while bytes are read, as values: the problem tuples of a `Source`, and a Source of nothing else.

Kinds used by the formats of this package: `unreadable` (no text at all, or a part is missing), `encoding` (the
bytes are not UTF-8, or not what they declare), `hidden text` (the mark-up hides most of a page), `no body` (nothing
but furniture), `broken metadata` (JSON-LD that does not parse) and `no second opinion` (trafilatura failed).
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
