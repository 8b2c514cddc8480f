"""Files that break off: a new end for what is left of a PDF, so that the engine finds the pages that are still there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

END = b"%%EOF"
TAIL = 2048  # bytes in which the end mark of a whole file stands
REACH = 4096  # bytes of an object before the name of its type
MOST_PAGES = 5_000
OBJECT = re.compile(rb"(?<!\d)(\d{1,7})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b")
CATALOGUE = re.compile(rb"/Type[ \t\r\n]*/Catalog\b")
PAGE = re.compile(rb"/Type[ \t\r\n]*/Page\b")
NEW = 8_000_000  # numbers of the objects that are added


def breaks_off(data: bytes) -> bool:
    """Whether the mark at the end of every PDF is missing."""
    return END not in data[-TAIL:]


def mended(data: bytes) -> bytes:
    """The bytes with a new end that names the catalogue, or all pages found where that is lost."""
    catalogues = list(_objects(data, CATALOGUE))
    if catalogues:
        return data + _trailer(catalogues[-1])
    pages = list(dict.fromkeys(_objects(data, PAGE)))
    kids = b" ".join(pages)
    tree = b"\nendstream\nendobj\n%d 0 obj\n<< /Type /Pages /Count %d /Kids [%s] >>\nendobj\n" % (NEW, len(pages), kids)
    catalogue = b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (NEW + 1, NEW)
    return data + tree + catalogue + _trailer(b"%d 0 R" % (NEW + 1))


def _trailer(root: bytes) -> bytes:
    return b"\nendstream\nendobj\ntrailer\n<< /Root %s >>\n%%%%EOF\n" % root


def _objects(data: bytes, kind: re.Pattern[bytes]) -> Iterator[bytes]:
    """References to the objects of a kind, as they stand in the file."""
    for count, found in enumerate(kind.finditer(data)):
        if count == MOST_PAGES:
            return
        start = max(0, found.start() - REACH, data.rfind(b"endobj", 0, found.start()))
        heads = OBJECT.findall(data, start, found.start())
        if heads:
            yield b"%s %s R" % heads[-1]
