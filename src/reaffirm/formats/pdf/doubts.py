"""What went wrong with a PDF: scanned pages, text without meaning, damage, limits, passwords.

Kinds besides `unreadable`: `scanned page`, `recognised text`, `garbled text`, `damaged`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.formats.pdf.mending import breaks_off
from reaffirm.formats.problems import Found, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.formats.pdf.sheets import Sheet, Sheets

PASSWORD = 4  # FPDF_ERR_PASSWORD
SECURITY = 5  # FPDF_ERR_SECURITY
FEW = 40  # characters that a stamp or a page's number adds to a scanned page
MAX_GARBLED = 0.02
MIN_GARBLED = 5
OCR = "Run text recognition (OCR) over the document and add the file that it gives, or add the words as a text file."
PROOFREAD = "Compare the words with the picture of the page; if they are wrong, recognise the text anew and add that file."
UNLOCK = "Open the document with its password, save or print it to a PDF without one, and add that file."
AGAIN = "Download or save the document again and add that file."
RESAVE = "Open the document in a PDF reader, print it to a new PDF, and add that file."
GARBLED = "Compare these pages in a PDF reader; if their words read badly here, run text recognition (OCR) over them and add that file."
SPLIT = "Split the document into parts and add those."


def refusal(data: bytes, *, locked: bool) -> Found:
    """The problem of bytes that the engine does not open: a password, damage, or no PDF at all."""
    if locked:
        return unreadable("a PDF that needs a password", UNLOCK)
    if breaks_off(data):
        return unreadable("a PDF that breaks off; none of its pages can be found", AGAIN)
    return unreadable("a PDF that is damaged; none of its pages can be found", AGAIN)


def doubts(found: Sheets, data: bytes, text: str) -> Iterator[Found]:
    """The problems of a document that was opened, the gravest first."""
    yield from _missing(found, data)
    yield from _scanned(found, text)
    garbled = [sheet.number for sheet in found.sheets if sheet.garbled >= max(MIN_GARBLED, MAX_GARBLED * sheet.chars)]
    if garbled:
        message = f"{pages(garbled)}: characters whose meaning the file does not say; the words may be nonsense"
        yield ("garbled text", "medium", message, GARBLED)
    recognised = [sheet.number for sheet in found.sheets if sheet.picture and 2 * sheet.hidden > sheet.chars]
    if recognised:
        yield ("recognised text", "low", f"{pages(recognised)}: the text was recognised by a machine from a picture", PROOFREAD)


def _missing(found: Sheets, data: bytes) -> Iterator[Found]:
    """The problems of pages that are not there: a file that breaks off, pages that cannot be read, limits."""
    if breaks_off(data):
        yield ("damaged", "medium", "the file breaks off; the pages that were found were read, some may be missing", AGAIN)
    if not found.count:
        yield unreadable("a PDF without pages", AGAIN)
    if found.failed:
        yield unreadable(f"{pages(found.failed)} of the document cannot be read", RESAVE)
    if found.last < found.count:
        yield unreadable(f"pages {found.last + 1:,}-{found.count:,} were left out: the document is too long", SPLIT)
    cut = [sheet.number for sheet in found.sheets if sheet.cut]
    if cut:
        yield unreadable(f"{pages(cut)}: characters beyond the limit were left out", SPLIT)


def _scanned(found: Sheets, text: str) -> Iterator[Found]:
    """The problem of pages that hold marks and no text; that of a document without any text."""
    scanned = [sheet.number for sheet in found.sheets if _is_scan(sheet)]
    if scanned and not text:
        every = "the document is scanned" if len(scanned) == found.count else f"{pages(scanned)} of the document are scanned"
        yield ("scanned page", "high", f"{every}: its pages are pictures of text, or hold no text", OCR)
    elif scanned:
        holds = "holds a picture of text, or no text" if len(scanned) == 1 else "hold pictures of text, or no text"
        yield ("scanned page", "high", f"{pages(scanned)} {holds}: the words there were not read", OCR)
    elif not text and found.sheets:
        yield unreadable("a PDF whose pages are blank", AGAIN)


def _is_scan(sheet: Sheet) -> bool:
    """Whether a page is a picture, perhaps with a stamp, or has marks and no text at all."""
    return (sheet.picture and sheet.chars <= FEW) or (sheet.marked and not sheet.chars)


def pages(numbers: Iterable[int]) -> str:
    """Numbers of pages in words: "page 3", "pages 3-5, 9"."""
    ordered = sorted(set(numbers))
    starts = [b for a, b in pairwise([-1, *ordered]) if b != a + 1]
    ends = [a for a, b in pairwise([*ordered, -1]) if b != a + 1]
    listed = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))
    return f"page{'s' if len(ordered) > 1 else ''} {listed}"
