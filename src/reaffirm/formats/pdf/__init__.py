"""PDF documents: the words of the text layer in reading order, one line of text a paragraph, a node for each printed line.

Characters with boxes come from PDFium; words, printed lines, columns, paragraphs and their order are read here.
Text: paragraphs are separated by blank lines; the printed lines of a paragraph by one space, or by nothing where a word was
divided at a line's end; the cells of a table's row by a tab. Running heads, page numbers and notes follow the paragraph that
crosses the page's end. Paths: `page 3 72,640,523,653`: the page's number from 1, and the box left, bottom, right, top in
points of the page's own space, before any rotation.
Metadata keys: `pdf:title`, `pdf:author`, `pdf:subject`, `pdf:creator`, `pdf:producer`, `pdf:created`, `pdf:modified`,
`pdf:language`, `pdf:pages`; none of them is a date of publication. Forms, comments and attachments are not read.
"""

from __future__ import annotations

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.version import PDFIUM_INFO

from reaffirm.formats.pdf.composition import compose
from reaffirm.formats.pdf.doubts import PASSWORD, doubts, refusal
from reaffirm.formats.pdf.flow import order
from reaffirm.formats.pdf.margins import part
from reaffirm.formats.pdf.mending import breaks_off, mended
from reaffirm.formats.pdf.properties import properties
from reaffirm.formats.pdf.sheets import sheets
from reaffirm.formats.problems import refused, unreadable
from reaffirm.model import Source

EXTRACTOR = f"pdf/2 pdfium/{PDFIUM_INFO.version.partition('@')[0]}"
HEAD = 1024
LAST = b"endobj"
MAX_BYTES = 512 * 1024 * 1024
RESAVE = "Open the document in a PDF reader, print it to a new PDF, and add that file."


def sniff(data: bytes, name: str) -> bool:  # noqa: ARG001 - every format has the same two functions
    """Whether the signature of a PDF stands within the first 1,024 bytes, as readers of PDF accept it."""
    return b"%PDF-" in data[:HEAD]


def read(data: bytes, name: str) -> Source:  # noqa: ARG001 - every format has the same two functions
    """The Source of a PDF: its text layer in reading order; what has none, or cannot be read, gives a problem."""
    if len(data) > MAX_BYTES:
        return refused(EXTRACTOR, unreadable(f"a PDF of {len(data):,} bytes; the limit is {MAX_BYTES:,}", RESAVE))
    try:
        document = _opened(data)
    except PdfiumError as error:
        return refused(EXTRACTOR, refusal(data, locked=getattr(error, "err_code", None) == PASSWORD))
    try:
        return _read(document, data)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - what a hostile file makes of the engine's answers cannot be listed
        return refused(EXTRACTOR, unreadable("a PDF that is damaged beyond mending", RESAVE))
    finally:
        document.close()


def _opened(data: bytes) -> PdfDocument:
    """The document of the bytes; where they break off a new end is added, behind all that is there or the last whole object."""
    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if not breaks_off(data) or getattr(error, "err_code", None) == PASSWORD:
            raise
    try:
        return PdfDocument(mended(data))
    except PdfiumError:
        return PdfDocument(mended(data[: data.rfind(LAST) + len(LAST)]))


def _read(document: PdfDocument, data: bytes) -> Source:
    """The Source of a document that the engine has opened."""
    found = sheets(document)
    text, nodes = compose(order(part(found.sheets)))
    return Source(text, EXTRACTOR, nodes, properties(document, found.count), tuple(doubts(found, data, text)))
