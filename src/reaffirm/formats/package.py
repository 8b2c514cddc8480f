"""Office packages (ZIP archives of XML parts): their parts, read within limits and without entities or network."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from reaffirm.formats.archive import BROKEN, CHUNK, ENCRYPTED, ENTRY, MAX_MEMBER, MAX_RATIO, PACKINGS, RATIO_FROM
from reaffirm.formats.problems import Found, unreadable
from reaffirm.formats.refusals import SAVE_AS_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ENTRIES = 10_000
MAX_TAGS = 3_000_000  # and attributes of one part; a tree takes some 200 bytes an element, and memory has a limit
DAMAGED = "Open the document in a word processor, save it again, and add that file."
UNLOCK = "Open the document with its password, save it without one, and add that file."


class BadPartError(Exception):
    """A part that cannot be read; the arguments are what is wrong and what to do."""


class Package:
    """The parts of a package, read within limits; parts that can be missed and fail are problems."""

    def __init__(self, data: bytes, kind: str) -> None:
        self.kind = kind
        self.problems: list[Found] = []
        if data.count(ENTRY) > MAX_ENTRIES:
            message = f"of more than {MAX_ENTRIES:,} parts"
            raise BadPartError(message, DAMAGED)
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            message = f"that is damaged ({error})"
            raise BadPartError(message, DAMAGED) from error
        self.names = frozenset(self.archive.namelist())

    def optional(self, name: str) -> etree._Element | None:
        """The root of a part, or None when there is none or it cannot be read, which is a problem."""
        if name not in self.names:
            return None
        try:
            return self.parse(name)
        except BadPartError as error:
            what, resolution = error.args
            self.problems.append(unreadable(f"the part {name[:100]} of {self.kind} {what}", resolution))
            return None

    def parse(self, name: str) -> etree._Element:
        """The root of a part; `BadPartError` when it is missing, too large, damaged, or declares entities."""
        return parsed(self.bytes(name))

    def bytes(self, name: str) -> bytes:
        """The real bytes of a part, counted while they are read."""
        if name not in self.names:
            message = "without its main part"
            raise BadPartError(message, DAMAGED)
        info = self.archive.getinfo(name)
        if info.compress_type not in PACKINGS:
            message = "that is packed in a way no word processor uses"
            raise BadPartError(message, DAMAGED)
        if info.flag_bits & ENCRYPTED:
            message = "that is encrypted"
            raise BadPartError(message, UNLOCK)
        try:
            return b"".join(_chunks(self.archive, info))
        except BROKEN as error:
            message = f"that is damaged ({error})"
            raise BadPartError(message, DAMAGED) from error


def parsed(data: bytes) -> etree._Element:
    """The root of XML; entities are never resolved and a part that declares any is refused."""
    if data.count(b"<") + data.count(b"=") > MAX_TAGS:
        message = f"of more than {MAX_TAGS:,} tags and attributes"
        raise BadPartError(message, SAVE_AS_TEXT)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        place = f"near line {error.lineno} it " if isinstance(error, etree.XMLSyntaxError) and error.lineno else "it "
        message = f"with damaged XML ({place}breaks a rule, nests too deep or unfolds too far)"
        raise BadPartError(message, DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        message = "that declares entities, which no word processor does"
        raise BadPartError(message, DAMAGED)
    return root


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The chunks of a part until it is too large."""
    size = 0
    with archive.open(info) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > MAX_MEMBER or (size > RATIO_FROM and size > MAX_RATIO * max(1, info.compress_size)):
                message = f"that unpacks to more than {MAX_MEMBER:,} bytes or {MAX_RATIO} times its size"
                raise BadPartError(message, SAVE_AS_TEXT)
            yield chunk
