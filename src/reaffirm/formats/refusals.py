"""Inputs that no reader takes, and how to say so: signatures of known binary files, and binary junk in general."""

from __future__ import annotations

import re

from reaffirm.formats.problems import Found, unreadable

HEAD = 1024
SCANNED = 65_536
MAX_CONTROLS = 0.02  # share of control characters above which a text is no text; random bytes have 0.1
MIN_CONTROLS = 3
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

SAVE_AS_TEXT = "Save the document as plain text or HTML and add that file."
TYPE_OUT = "Add the words of the picture as a text file; Reaffirm does not recognise characters in pictures."
UNPACK = "Unpack the file and add what is in it."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", TYPE_OUT),
    (b"\xff\xd8\xff", "a JPEG picture", TYPE_OUT),
    (b"GIF87a", "a GIF picture", TYPE_OUT),
    (b"GIF89a", "a GIF picture", TYPE_OUT),
    (b"II*\x00", "a TIFF picture", TYPE_OUT),
    (b"MM\x00*", "a TIFF picture", TYPE_OUT),
    (OLE, "an old Microsoft Office document", SAVE_AS_TEXT),
    (b"\x1f\x8b", "a gzip file", UNPACK),
    (b"BZh", "a bzip2 file", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"\xfd7zXZ\x00", "an xz file", UNPACK),
    (b"SQLite format 3\x00", "an SQLite database", "Add the documents themselves; to open a ledger use --ledger."),
    (b"From: <Saved by ", "a web page saved as MHTML", 'Save the page again as "Web page, HTML only" and add that.'),
)
OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
LOCKED = "EncryptedPackage".encode("utf-16-le")
LOCAL_NAME = re.compile(rb"PK\x03\x04.{26}(word|xl|ppt)/", re.DOTALL)
DOCUMENT_PARTS = ((b"xl/", "an Excel workbook"), (b"ppt/", "a PowerPoint presentation"))


def refusal(data: bytes) -> Found | None:
    """The problem of an input that cannot be read whatever its name, or None when a reader may try."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return unreadable("the file is empty", "Check that the file was saved or downloaded whole, and add it again.")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return unreadable("a WebP picture", TYPE_OUT)
    if data.startswith(b"PK\x03\x04"):
        return None if is_word(data) or is_text(data) else _zipped(data)
    if data.startswith(OLE) and LOCKED in data:
        return unreadable("an encrypted Office document", "Open it with its password, save it without one, and add that file.")
    for signature, what, resolution in SIGNATURES:
        if data.startswith(signature):
            return unreadable(what, resolution)
    return None


def is_word(data: bytes) -> bool:
    """Whether the bytes are a package of office parts, those of a Word document before any other."""
    if not data.startswith(b"PK\x03\x04") or b"[Content_Types].xml" not in data:
        return False
    first = LOCAL_NAME.search(data)
    return first.group(1) == b"word" if first else b"word/" in data


def is_text(data: bytes) -> bool:
    """Whether the bytes are an OpenDocument package whose kind is that of a text."""
    return data.startswith(b"PK\x03\x04") and data[30:38] == b"mimetype" and data[38:].startswith(OPEN_TEXT)


def junk(text: str) -> bool:
    """Whether a decoded text is no text: it holds NUL, or too many control characters."""
    if "\x00" in text:
        return True
    scanned = text[:SCANNED]
    return len(CONTROL.findall(scanned)) >= max(MIN_CONTROLS, MAX_CONTROLS * len(scanned))


def _zipped(data: bytes) -> Found:
    """The problem of a ZIP file: a document of an office suite, or an archive that was not unpacked first."""
    for part, what in DOCUMENT_PARTS:
        if b"[Content_Types].xml" in data and part in data:
            return unreadable(f"{what}, which this version does not read yet", SAVE_AS_TEXT)
    if data[30:38] == b"mimetype":
        return unreadable("an OpenDocument file that is no text, or an EPUB book, which this version does not read yet", SAVE_AS_TEXT)
    return unreadable("a ZIP archive where a document was expected", UNPACK)
