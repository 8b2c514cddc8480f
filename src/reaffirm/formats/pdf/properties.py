"""What a PDF says about itself: its information dictionary and the language of its catalogue, as found."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from pypdfium2 import PdfiumError
from pypdfium2 import raw as pdfium

from reaffirm.model import MetaField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfDocument

LONGEST = 10_000
KEYS = (
    ("title", "Title"), ("author", "Author"), ("subject", "Subject"), ("creator", "Creator"), ("producer", "Producer"),
    ("created", "CreationDate"), ("modified", "ModDate"),
)  # fmt: skip


def properties(document: PdfDocument, count: int) -> tuple[MetaField, ...]:
    """The metadata fields that are filled in, and the number of pages."""
    return (*_fields(document), MetaField("pdf:pages", str(count)))


def _fields(document: PdfDocument) -> Iterator[MetaField]:
    for key, name in KEYS:
        value = _clean(_value(document, name))
        if value:
            yield MetaField(f"pdf:{key}", value)
    language = _clean(_language(document))
    if language:
        yield MetaField("pdf:language", language)


def _value(document: PdfDocument, name: str) -> str:
    try:
        return str(document.get_metadata_value(name))
    except (PdfiumError, ValueError):  # a value that is no UTF-16
        return ""


def _language(document: PdfDocument) -> str:
    size = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    if not 2 < size <= LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace")


def _clean(value: str) -> str:
    """A value without NUL and edge white space."""
    return value.encode("utf-8", "replace").decode()[:LONGEST].replace("\x00", "").strip()
