"""Mail folders (mbox, RFC 4155) as lists of members: one file, many mails, each a document of its own.

A mail begins with a line "From ADDRESS DATE" at the start of the file or behind a blank line, followed by a header. A
file with one such line is a mail, and read as one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.formats.archive import MAX_ENTRIES, MAX_MEMBER, MAX_TOTAL, Member
from reaffirm.formats.names import safe
from reaffirm.formats.problems import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MAGIC = b"From "
LINE = re.compile(rb"From \S+ .{0,60}\d{4}[^\r\n]{0,20}\r?\n\Z")
HEADER = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,80}:")
LONGEST = 1 << 20  # bytes of a line that are looked at in one
SPLIT = "Split the folder with a mail program, and add its parts."


def is_folder(stream: BinaryIO) -> bool:
    """Whether the bytes are a mail folder: the beginnings of at least two mails, the first at the start."""
    stream.seek(0)
    begun = 0
    for line, begins in _lines(stream):
        if begins:
            begun += 1
        elif not begun and line.strip():
            return False
        if begun > 1:
            return True
    return False


def members(stream: BinaryIO, name: str) -> Iterator[Member]:
    """The mails of a folder in its own order, named `folder.mbox/001.eml`, their bytes from the line behind "From "."""
    stream.seek(0)
    label, number, total = safe(name), 0, 0
    held: list[bytes] = []
    size = 0
    for line, begins in _lines(stream):
        total += len(line)
        if total > MAX_TOTAL or number > MAX_ENTRIES:
            what = f"the rest of a mail folder of more than {MAX_ENTRIES:,} mails or {MAX_TOTAL:,} bytes"
            yield Member(label, None, unreadable(what, SPLIT))
            return
        if begins:
            if number:
                yield _member(label, number, held, size)
            held, size, number = [], 0, number + 1
        elif number:
            size += len(line)
            if size <= MAX_MEMBER:
                held.append(line)
    if number:
        yield _member(label, number, held, size)


def _member(label: str, number: int, held: list[bytes], size: int) -> Member:
    name = f"{label}/{number:03}.eml"
    if size > MAX_MEMBER:
        return Member(name, None, unreadable(f"a mail of more than {MAX_MEMBER:,} bytes", SPLIT))
    return Member(name, b"".join(held))


def _lines(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Each line with whether a mail begins with it."""
    before, line = b"\n", stream.readline(LONGEST)
    while line:
        after = stream.readline(LONGEST)
        begins = line.startswith(MAGIC) and not before.strip() and LINE.match(line) is not None and HEADER.match(after) is not None
        yield line, begins
        before, line = line, after
