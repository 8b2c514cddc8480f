"""Canonical text: decoding bytes, anchoring a quotation, proving a span.

Canonical text is never normalised (law 2): a byte order mark, CRLF, no-break spaces and combining marks stay where
they are. Whatever must be compared loosely is folded on the way, character for character, so offsets never move.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from typing import TYPE_CHECKING

from reaffirm.errors import ProofError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Span

# One character for one, so that a folded text has the offsets of the text.
FOLD = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "\n": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\x85": " ", "\u2028": " ", "\u2029": " ", "\u3000": " ",
})  # fmt: skip
FOLD_IN_LINES = {char: plain for char, plain in FOLD.items() if chr(char) not in "\n\r"}
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def text_sha256(text: str) -> str:
    """The SHA-256 of a canonical text as UTF-8; lone surrogates, which no decoder here makes, are an error."""
    return sha256(text.encode("utf-8"))


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of bytes and the encoding used; nothing is dropped, and a byte order mark stays as U+FEFF.

    Order: byte order mark (UTF-16 that is cut within a character ends in U+FFFD), the declared encoding, UTF-8, UTF-8
    with single bad bytes read as Windows-1252 where good sequences are in the majority (`utf-8+windows-1252`), then
    Windows-1252 with undefined bytes read as Latin-1, which cannot fail (WHATWG Encoding Standard, `windows-1252`).
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            declared = encoding
            if bom != codecs.BOM_UTF8 and len(data) % 2:  # cut within a character, as a broken download is
                return data.decode(encoding, "replace"), encoding
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    loose = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= char <= "\udcff" for char in loose)
    if sum(char > "\x7f" for char in loose) > 2 * bad:
        mended = (_windows(ord(char) - 0xDC00) if "\udc80" <= char <= "\udcff" else char for char in loose)
        return "".join(mended), "utf-8+windows-1252"
    return "".join(_windows(byte) for byte in data), "windows-1252"


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("windows-1252")
    except UnicodeDecodeError:
        return chr(byte)


def fold(text: str, *, lines: bool = False) -> str:
    """The text with quotation marks, dashes and white space made plain, of the same length; `lines` keeps line breaks."""
    return text.translate(FOLD_IN_LINES if lines else FOLD)


def trim(text: str, start: int, end: int, edge: str = "") -> tuple[int, int]:
    """The extent without white space (and characters of `edge`) at its ends; empty when nothing is left."""
    while start < end and (text[start].isspace() or text[start] in edge or text[start] == "\ufeff"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in edge or text[end - 1] == "\ufeff"):
        end -= 1
    return start, end


def anchor(text: str, quote: str) -> list[tuple[int, int]]:
    """All extents where a quotation stands, marks, dashes and runs of white space folded; in order of place."""
    words = [re.escape(word) for word in fold(quote).split()]
    if not words:
        return []
    return [(m.start(), m.end()) for m in re.finditer(r"\s+".join(words), fold(text))]


def prove(text: str, spans: Iterable[Span]) -> None:
    """Nothing, when each span's words stand exactly at its offsets; else a `ProofError` naming the first that fails."""
    for span in spans:
        if not (0 <= span.start < span.end <= len(text)) or text[span.start : span.end] != span.exact:
            message = (
                f"span [{span.start}, {span.end}) of {span.document} does not read {span.exact[:60]!r}; "
                "this is a defect of Reaffirm: report it with the document"
            )
            raise ProofError(message)
