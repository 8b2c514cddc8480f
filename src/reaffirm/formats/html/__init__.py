"""HTML pages: a walk of the tree makes text and nodes, rules on mark-up and a vote mark furniture.

Text: block elements are separated by blank lines, `<br>` is a line break, runs of white space within a line collapse
to one space except in `<pre>`, no-break spaces stay, a button between two words becomes a space, nothing else is added.
Scripts, styles, templates, `<noscript>`, comments and the head are not text. Metadata keys are listed in
`reaffirm.formats.html.metadata`, plus `encoding` when it is not UTF-8 and the `worldjpn:` fields of
`reaffirm.formats.worldjpn`.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from importlib import metadata as distributions
from typing import TYPE_CHECKING

from lxml import etree

from reaffirm.formats import worldjpn
from reaffirm.formats.html import metadata, vote
from reaffirm.formats.html.measure import measure
from reaffirm.formats.html.tree import decode, parse
from reaffirm.formats.html.walk import walk
from reaffirm.formats.problems import Found, refused, unreadable
from reaffirm.formats.refusals import junk
from reaffirm.model import MetaField, Node, Source
from reaffirm.text import trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from reaffirm.formats.html.walk import Piece

HEAD = 4096
LINE = re.compile(r"[^\n]+")
SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")
OPENING = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|main|article|section|div|p|h[1-6]|table|ul|ol|center)\b)",
    re.IGNORECASE | re.DOTALL,
)
ELEMENT = re.compile(r"<(?:html|head|body|p|div|br|table|h1)\b", re.IGNORECASE)


def sniff(data: bytes, name: str) -> bool:
    """Whether the bytes begin as a page does, or carry a page's name and hold some element of a page."""
    text = decode(data[:HEAD])[0].replace("\x00", "")
    if junk(text):
        return False
    return bool(OPENING.match(text)) or (name.lower().endswith(SUFFIXES) and bool(ELEMENT.search(text)))


def read(data: bytes, name: str) -> Source:  # noqa: ARG001 - every format has the same two functions
    """The Source of a page: its text, a node for each block, metadata as found."""
    page, encoding, problems = parse(data)
    if page is None:
        return refused(_extractor(), problems[0])
    layout = measure(page)
    text, walked = walk(page, layout)
    pieces, failed = vote.judge(page, walked, text, layout)
    body = frozenset(piece.element for piece in pieces if not piece.reason)
    head = frozenset(piece.element for piece in vote.opening(pieces, text))
    found, broken = metadata.collect(page, body, head, guess=layout.depth <= vote.MAX_DEPTH)
    pieces, header = _header(text, pieces)
    nodes = tuple(Node(piece.start, piece.end, piece.path, piece.hint, piece.reason) for piece in pieces)
    declared = () if encoding == "utf-8" else (MetaField("encoding", encoding),)
    faults = (*problems, *broken, *failed, *_doubts(page, pieces))
    return Source(text, _extractor(), nodes, (*declared, *found, *header), faults)


def _header(text: str, pieces: Sequence[Piece]) -> tuple[list[Piece], tuple[MetaField, ...]]:
    """The pieces and the fields of a header of "The World and Japan", whose pieces become notes and a title."""
    lines = [line for piece in pieces if not piece.reason for line in _lines(text, piece)]
    entries = worldjpn.header(text, lines)
    if not entries:
        return list(pieces), ()
    zones = worldjpn.zones(entries)
    parts = [
        replace(piece, start=start, end=end, hint=hint)
        for piece in pieces
        for start, end, hint in worldjpn.cut(text, (piece.start, piece.end), zones, piece.hint)
    ]
    return parts, worldjpn.fields(text, entries)


def _lines(text: str, piece: Piece) -> Iterator[tuple[int, int]]:
    """The trimmed extents of the lines of a piece."""
    for line in LINE.finditer(text, piece.start, piece.end):
        start, end = trim(text, *line.span())
        if start < end:
            yield start, end


def _doubts(page: HtmlElement, pieces: Sequence[Piece]) -> Iterator[Found]:
    """The problems of a page that shows no text, hides most of it, or holds nothing but furniture."""
    if page.find(".//frame") is not None:
        message = "unreadable in part: the page is a set of frames, whose texts are other files"
        yield ("unreadable", "high", message, "Add the files that the frames show.")
    elif not pieces:
        yield unreadable("the page holds no text; it may be written by a script", "Save the page from a browser.")
    unseen = sum(piece.end - piece.start for piece in pieces if piece.reason == "hidden")
    if 2 * unseen > sum(piece.end - piece.start for piece in pieces):
        message = "the mark-up hides more than half of the page's text; that text is marked as furniture"
        yield ("hidden text", "medium", message, "Open the page in a browser and save what is visible as plain text.")
    if pieces and all(piece.reason for piece in pieces):
        message = "every block of the page looks like furniture; it may be a list of links"
        yield ("no body", "medium", message, "If the page has an article, save the article as plain text.")


@functools.cache
def _extractor() -> str:
    """The name of this extractor with the versions of what its output depends on."""
    libxml = ".".join(map(str, etree.LIBXML_VERSION))
    return f"html/2 libxml2/{libxml} trafilatura/{distributions.version('trafilatura')}"
