"""Mails (RFC 5322 and MIME): the words of the text parts as their senders wrote them, a node for each line.

Text: of alternatives the plain one, else the page; other text parts follow each other, blank lines between them, and
so do the parts of a mail that is attached (one level deep). A page is read as `reaffirm.formats.html` reads pages.
Quoted lines (`> `) are notes. What is attached is not read; each attachment is a problem with its name and type.
Paths: `part 1 line 3`, and `part 2 /html/body/p` in a page; parts are counted as they stand, attachments included.
Metadata keys, of the outer mail alone: `eml:subject`, `eml:from`, `eml:sender`, `eml:reply-to`, `eml:to`, `eml:cc`,
`eml:date`, `eml:message-id`, and `encoding` for each text that is not UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email import policy
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from typing import TYPE_CHECKING

from reaffirm.formats import html
from reaffirm.formats.html.tree import CODECS
from reaffirm.formats.names import safe
from reaffirm.formats.problems import Found, refused, unreadable
from reaffirm.model import MetaField, Node, Source
from reaffirm.text import decode, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTRACTOR = "eml/1"
HEAD = 65_536
BOM = b"\xef\xbb\xbf"
MAX_BYTES = 64 * 1024 * 1024
MAX_PARTS = 10_000
MAX_LISTED = 100  # attachments that get a problem of their own
MAX_HEADER = 10_000
HEADER = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,80}):[^\r\n]*(?:\r\n|\r|\n|\Z)(?:[ \t][^\r\n]*(?:\r\n|\r|\n|\Z))*")
LONG = re.compile(rb"^content-[a-z-]{1,40}:(?:[^\r\n]|(?:\r\n|\r|\n)[ \t]){4000}", re.IGNORECASE | re.MULTILINE)
OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?")
KNOWN = frozenset({b"from", b"to", b"date", b"subject", b"received", b"mime-version", b"message-id", b"return-path", b"content-type"})
TRANSPORT = frozenset({b"received", b"mime-version", b"message-id", b"return-path"})
LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
FOLDS = re.compile(r"\r\n|\r|\n")
FIELDS = ("subject", "from", "sender", "reply-to", "to", "cc", "date", "message-id")
WIDE = {"utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "utf-16": "utf-16"}
RESAVE = "Save the message from a mail program again, or save its text as plain text, and add that file."
ADD_FILE = "If the attachment matters, save it from a mail program and add that file."
CHECK = "Check that letters with accents and quotation marks read well; if not, save the text as UTF-8 and add that."


@dataclass(frozen=True, slots=True)
class _Part:
    """A leaf of a mail: its number and whether its text is to be read."""

    number: int
    message: EmailMessage
    wanted: bool


def sniff(data: bytes, name: str) -> bool:
    """Whether the bytes begin with the headers of a mail; under another name than `.eml` those of its transport too."""
    found = _header_names(data[:HEAD])
    if name.lower().endswith(".eml"):
        return bool(found & KNOWN)
    return b"from" in found and bool(found & TRANSPORT)


def read(data: bytes, name: str) -> Source:  # noqa: ARG001 - every format has the same two functions
    """The Source of a mail: its text parts, a node for each line, the headers as metadata."""
    if len(data) > MAX_BYTES:
        return refused(EXTRACTOR, unreadable(f"a mail of {len(data):,} bytes; the limit is {MAX_BYTES:,}", RESAVE))
    if LONG.search(data):  # the library takes time that grows with the square of its length
        return refused(EXTRACTOR, unreadable("a mail with a header of more than 4,000 characters about a part", RESAVE))
    try:
        return _read(_parse(data))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the parser of the library fails on some hostile mails, in many ways
        return refused(EXTRACTOR, unreadable("a mail whose parts nest too deep or cannot be told apart", RESAVE))


def _read(message: EmailMessage) -> Source:
    """The Source of a parsed mail."""
    parts = list(_parts(message))
    text, sources = _join([_text(part) for part in parts if part.wanted and _is_text(part.message, whole=message)])
    attached = [part for part in parts if not _is_text(part.message, whole=message)]
    nodes = tuple(node for source in sources for node in source.nodes)
    encodings = dict.fromkeys(field for source in sources for field in source.metadata if field.key == "encoding")
    found = [problem for source in sources for problem in source.problems if problem[0] != "unreadable" or source.text]
    problems = (*_doubts(message, text, len(parts)), *found, *_listed(attached))
    return Source(text, _extractor(sources), nodes, (*_headers(message), *encodings), problems)


def _doubts(message: EmailMessage, text: str, count: int) -> Iterator[Found]:
    """The problems of a mail without text, one that breaks off, and one of too many parts."""
    if not text.strip("\ufeff \t\r\n"):
        yield unreadable("the mail holds no text of its own", RESAVE)
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects):
        yield unreadable("the mail breaks off: its last part has no end", RESAVE)
    if count > MAX_PARTS:
        yield unreadable(f"the parts of the mail after the first {MAX_PARTS:,}", RESAVE)


def _header_names(head: bytes) -> frozenset[bytes]:
    """The names of the header lines at the beginning of the bytes, in lower case."""
    match = OPENING.match(head)
    place = match.end() if match else 0
    names = set()
    while found := HEADER.match(head, place):
        names.add(found.group(1).lower())
        place = found.end()
    return frozenset(names)


def _parse(data: bytes) -> EmailMessage:
    """The message of the bytes, without what may stand before its headers."""
    return BytesParser(policy=policy.default).parsebytes(data.removeprefix(BOM).lstrip(b"\r\n \t"))


def _parts(message: EmailMessage) -> Iterator[_Part]:
    """The leaves of a mail and of the mails attached to it, in order; a mail within an attached mail is a leaf."""
    stack = [(message, True, 0)]
    number = 0
    while stack and number <= MAX_PARTS:
        part, wanted, depth = stack.pop()
        payload = part.get_payload()
        inner = part.get_content_type() == "message/rfc822"
        if not isinstance(payload, list) or (inner and depth) or not payload:
            number += 1
            yield _Part(number, part, wanted)
            continue
        children = [child for child in payload if isinstance(child, EmailMessage)]
        chosen = _chosen(part, children)
        stack.extend((child, wanted and (chosen is None or child is chosen), depth + inner) for child in reversed(children))


def _chosen(part: EmailMessage, children: list[EmailMessage]) -> EmailMessage | None:
    """The child whose text is read of those that say the same, or None when all are read."""
    if part.get_content_type() != "multipart/alternative":
        return None
    for wanted in ("text/plain", "text/html"):
        for child in children:
            if child.get_content_type() == wanted and _bytes(child).strip():
                return child
    return next((child for child in children if child.is_multipart()), children[0] if children else None)


def _is_text(message: EmailMessage, *, whole: EmailMessage) -> bool:
    """Whether a leaf is text to read, and not an attachment."""
    if message.get_content_type() not in ("text/plain", "text/html"):
        return False
    return message is whole or (message.get_content_disposition() != "attachment" and not message.get_filename())


def _bytes(message: EmailMessage) -> bytes:
    """The bytes of a leaf, its transfer encoding undone."""
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: _Part) -> Source:
    """The Source of a text part, its paths below the part's."""
    data = _bytes(part.message)
    label = (part.message.get_content_charset() or "").lower()
    if part.message.get_content_type() == "text/html" and not label:
        return _page(data, part.number)
    words, encoding = decode(data, _codec(label))
    problems = () if words.isascii() else tuple(_misdeclared(label, encoding, part.number))
    declared = () if encoding == "utf-8" else (MetaField("encoding", encoding),)
    if part.message.get_content_type() == "text/html":
        page = _page(BOM + words.removeprefix("\ufeff").encode(), part.number)  # what a mail declares counts before its page
        return replace(page, metadata=declared, problems=(*problems, *page.problems))
    return Source(words, EXTRACTOR, tuple(_lines(words, part.number)), declared, problems)


def _page(data: bytes, number: int) -> Source:
    """The Source of a page, its paths below the part's."""
    page = html.read(data, "part.html")
    return replace(page, nodes=tuple(replace(node, path=f"part {number} {node.path}") for node in page.nodes))


def _codec(label: str) -> str | None:
    """The codec of a declared character set; None when it is unknown, or ASCII, which 8-bit bytes are not."""
    return None if label in ("us-ascii", "ascii") else WIDE.get(label) or CODECS.get(label)


def _lines(text: str, number: int) -> Iterator[Node]:
    """The node of each line that is not blank."""
    for place, line in enumerate(LINE.finditer(text), start=1):
        start, end = trim(text, *line.span(1))
        if start < end:
            quoted = text.startswith(">", start)
            yield Node(start, end, f"part {number} line {place}", "note" if quoted else None)


def _misdeclared(label: str, encoding: str, number: int) -> Iterator[Found]:
    """The problem of a part whose bytes are not in the encoding that its header declares."""
    codec = _codec(label)
    if encoding == codec or (codec == "utf-16" and encoding.startswith(codec)) or (encoding == "utf-8" and not label):
        return
    claim = f"declares the encoding {label[:40]!r}" if label else "declares no encoding and is not UTF-8"
    yield ("encoding", "low", f"part {number} of the mail {claim}; it was read as {encoding}", CHECK)


def _join(sources: list[Source]) -> tuple[str, list[Source]]:
    """The text of all sources, and the sources with their nodes moved to where they stand in it."""
    texts: list[str] = []
    moved: list[Source] = []
    size = 0
    for source in sources:
        if texts and source.text:
            texts.append("\n\n")
            size += 2
        nodes = tuple(replace(node, start=node.start + size, end=node.end + size) for node in source.nodes)
        moved.append(replace(source, nodes=nodes))
        if source.text:
            texts.append(source.text)
            size += len(source.text)
    return "".join(texts), moved


def _headers(message: EmailMessage) -> Iterator[MetaField]:
    """The metadata fields of the headers, encoded words decoded; the first of each name."""
    raw: dict[str, str] = {}
    for name, value in message.raw_items():
        raw.setdefault(str(name).lower(), str(value))
    for name in FIELDS:
        value = _header(raw.get(name, ""))
        if value:
            yield MetaField(f"eml:{name}", value)


def _header(raw: str) -> str:
    """The words of a header: unfolded, 8-bit bytes decoded, encoded words decoded where they can be."""
    words = decode(FOLDS.sub("", raw[:MAX_HEADER]).encode("utf-8", "surrogateescape"))[0].strip()
    if "=?" not in words:
        return words
    try:
        words = str(make_header(decode_header(words)))
    except (HeaderParseError, LookupError, ValueError):
        return words
    return words.encode("utf-8", "replace").decode().strip()


def _listed(attached: list[_Part]) -> Iterator[Found]:
    """The problem of each attachment, and one of those that are too many to list."""
    for part in attached[:MAX_LISTED]:
        name = safe(part.message.get_filename() or "")[:120] or "without a name"
        what = f"{name} ({part.message.get_content_type()[:80]})"
        yield ("attachment", "low", f"part {part.number} of the mail is an attachment that was not read: {what}", ADD_FILE)
    if len(attached) > MAX_LISTED:
        yield ("attachment", "low", f"{len(attached) - MAX_LISTED:,} more attachments were not read", ADD_FILE)


def _extractor(sources: list[Source]) -> str:
    """The name of this extractor, with that of the page reader where it was used."""
    names = dict.fromkeys(source.extractor for source in sources if source.extractor != EXTRACTOR)
    return " ".join((EXTRACTOR, *names))
