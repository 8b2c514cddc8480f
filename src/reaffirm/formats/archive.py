"""ZIP archives as lists of members, read within limits that no declared size can talk its way past.

All functions take a binary stream that can be searched, so that an archive need not fit in memory.
"""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.formats.names import is_litter, safe
from reaffirm.formats.problems import Found, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MIB = 1024 * 1024
MAX_ENTRIES = 100_000  # in an archive and those within it
MAX_TOTAL = 2048 * MIB  # real bytes of all members
MAX_MEMBER = 64 * MIB  # real bytes of one member
MAX_RATIO = 200  # real bytes to packed bytes; text packs 5 to 30 times
RATIO_FROM = MIB  # smaller members may have any ratio
MAX_DEPTH = 2  # archives within the archive
CHUNK = 64 * 1024
ENCRYPTED = 0x1
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
ENTRY = b"PK\x01\x02"
PACKAGE = b"[Content_Types].xml"
UNPACK = "Unpack the archive yourself, check what is in it, and add the files."
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its safe name below the archive's, and its bytes or the problem instead of them."""

    name: str
    data: bytes | None
    problem: Found | None = None


class _Budget:
    """What may still be read from an archive and the archives within it."""

    def __init__(self) -> None:
        self.entries = MAX_ENTRIES
        self.total = MAX_TOTAL


class _TooMuchError(Exception):
    """A limit was reached; the message says which."""


def is_archive(stream: BinaryIO) -> bool:
    """Whether the bytes are a ZIP archive of files, and not a document that is packed as one (Word, OpenDocument, EPUB)."""
    stream.seek(0)
    head = stream.read(38)
    return head.startswith(MAGIC) and head[30:38] != b"mimetype" and not _is_package(stream)


def _is_package(stream: BinaryIO) -> bool:
    """Whether the bytes are themselves an office package, or too damaged to say, and do not just hold one."""
    if not _count(stream, PACKAGE) or _count(stream, ENTRY) > MAX_ENTRIES:
        return False
    try:
        with zipfile.ZipFile(stream) as archive:
            return PACKAGE.decode() in archive.namelist()
    except BROKEN:
        return True


def _count(stream: BinaryIO, words: bytes) -> int:
    """How often some bytes occur; those that a chunk's border cuts are found as well."""
    stream.seek(0)
    found, tail = 0, b""
    while chunk := stream.read(MIB):
        found += (tail + chunk).count(words)
        tail = chunk[-(len(words) - 1) :]
    return found


def is_document(head: bytes) -> bool:
    """Whether the beginning of a ZIP file says that it is a document packed as one, as most programs write them."""
    size = int.from_bytes(head[26:28], "little")
    return head.startswith(MAGIC) and head[30 : 30 + size] in (b"mimetype", PACKAGE)


def members(stream: BinaryIO, name: str) -> Iterator[Member]:
    """The members of an archive in its own order, named `archive.zip/folder/file`; folders and litter left out."""
    yield from _members(stream, safe(name), _Budget(), 0)


def _members(stream: BinaryIO, name: str, budget: _Budget, depth: int) -> Iterator[Member]:
    """The members of one archive at a depth, those of archives within it in their place."""
    if _count(stream, ENTRY) > budget.entries:
        yield _refused(name, f"an archive of more than {MAX_ENTRIES:,} files")
        return
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN as error:
        yield _refused(name, f"a damaged archive ({error})")
        return
    with archive:
        for info in archive.infolist():
            label = _label(name, info)
            if info.is_dir() or is_litter(label):
                continue
            budget.entries -= 1
            if budget.entries < 0 or budget.total <= 0:
                yield _refused(name, f"the rest of the archive: more than {MAX_ENTRIES:,} files or {MAX_TOTAL:,} bytes")
                return
            yield from _nested(_member(archive, info, label, budget), budget, depth)


def _nested(member: Member, budget: _Budget, depth: int) -> Iterator[Member]:
    """The member, or the members of the archive that it is."""
    if member.data is None or not is_archive(io.BytesIO(member.data)):
        yield member
    elif depth < MAX_DEPTH:
        yield from _members(io.BytesIO(member.data), member.name, budget, depth + 1)
    else:
        yield _refused(member.name, f"an archive within more than {MAX_DEPTH} archives")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, budget: _Budget) -> Member:
    """One member with its bytes, or with the problem that kept them."""
    if info.compress_type not in PACKINGS:  # others unpack any amount at once, before it can be counted
        return _refused(label, "a member that is packed otherwise than ZIP programs usually do")
    if info.flag_bits & ENCRYPTED:
        return Member(label, None, unreadable("an encrypted member", "Unpack it with its password and add the file."))
    if stat.S_ISLNK(info.external_attr >> 16):
        return _refused(label, "a symbolic link, not a file")
    try:
        return Member(label, _bytes(archive, info, budget))
    except _TooMuchError as error:
        return _refused(label, str(error))
    except BROKEN as error:
        return _refused(label, f"a damaged member ({error})")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """The real bytes of a member, counted while they are read."""
    chunks: list[bytes] = []
    size = 0
    with archive.open(info) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            budget.total -= len(chunk)
            _check(size, info.compress_size, budget)
            chunks.append(chunk)
    return b"".join(chunks)


def _check(size: int, packed: int, budget: _Budget) -> None:
    if size > MAX_MEMBER:
        message = f"a member of more than {MAX_MEMBER:,} bytes"
    elif size > RATIO_FROM and size > MAX_RATIO * max(1, packed):
        message = f"a member that unpacks to more than {MAX_RATIO} times its size"
    elif budget.total < 0:
        message = f"an archive of more than {MAX_TOTAL:,} bytes"
    else:
        return
    raise _TooMuchError(message)


def _label(name: str, info: zipfile.ZipInfo) -> str:
    """The safe name of a member below its archive's; UTF-8 that was not flagged as such is read as UTF-8."""
    label = info.filename
    if not info.flag_bits & 0x800:
        try:
            label = label.encode("cp437").decode("utf-8")
        except UnicodeError:
            label = info.filename
    return "/".join(filter(None, (name, safe(label))))


def _refused(name: str, what: str) -> Member:
    return Member(name, None, unreadable(what, UNPACK))
