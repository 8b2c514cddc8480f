"""Archives and XML that swell, lie or reach out of their place."""

from __future__ import annotations

import io
import random
import stat
import struct
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING

import made
from made.brokenpdf import deflated
from made.packing import packed, unpacked
from made.prose import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
SECRET = "SECRETMARKER"  # noqa: S105 - what must never be read through an entity
LAUGHTER = f'<!DOCTYPE x [<!ENTITY l0 "The minister laughed. ">{LAUGHS}]>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'


def text(seed: int) -> bytes:
    """A short good text."""
    chance = random.Random(seed)
    return "\n\n".join(sentence(chance) for _ in range(4)).encode()


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of members."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")  # names that stand twice are meant
        for name, data in members:
            archive.writestr(name, data, method)
    return out.getvalue()


def swollen(method: int) -> bytes:
    """A ZIP file of one member of a GiB; a library that unpacks all it has read, unpacks it at once."""
    out, block = io.BytesIO(), bytes(1 << 20)
    with zipfile.ZipFile(out, "w", method) as archive, archive.open("zeros.txt", "w", force_zip64=True) as member:
        for _ in range(1024):
            member.write(block)
    return out.getvalue()


def by_hand(name: bytes, stored: bytes, size: int, entries: int = 1) -> bytes:
    """A ZIP file of one deflated member that is said to have some size, listed so often (APPNOTE 4.3)."""
    common = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0x21, 0, len(stored), size)
    local = b"PK\x03\x04" + common + struct.pack("<HH", len(name), 0) + name + stored
    listed = b"".join(
        b"PK\x01\x02"
        + struct.pack("<H", 20)
        + common
        + struct.pack("<HHHHHII", len(name) + 5, 0, 0, 0, 0, 0, 0)
        + b"%05d" % (n % 100_000)
        + name
        for n in range(entries)
    )
    return (
        local + listed + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, min(entries, 65535), min(entries, 65535), len(listed), len(local), 0)
    )


def raw(data: bytes) -> bytes:
    """The bytes deflated without a wrapper, as ZIP files hold them."""
    return zlib.compress(data, 9)[2:-4]


def nested(levels: int) -> bytes:
    """An archive in an archive, so many levels deep, ten of the same in each."""
    data = zipped(("note.txt", text(3) * 1000))
    for level in range(levels):
        data = zipped(*((f"level-{level}-{n}.zip", data) for n in range(10)))
    return data


def link() -> zipfile.ZipInfo:
    """The entry of a symbolic link."""
    info = zipfile.ZipInfo("link.txt")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def encrypted() -> bytes:
    """A ZIP file whose member says that it is encrypted."""
    data = bytearray(zipped(("note.txt", text(5))))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    return bytes(data)


def many() -> bytes:
    """A ZIP file of 100,001 empty files."""
    return zipped(*((f"n{n}.txt", b"") for n in range(100_001)), method=zipfile.ZIP_STORED)


def within(form: str, part: str, change: Callable[[str], str]) -> bytes:
    """A good document one part of which was changed."""
    parts = unpacked(made.make(form, 2 if form == "docx" else 0, random.Random(2)).data)
    return packed(((name, change(data.decode()).encode() if name == part else data) for name, data in parts), "mimetype")


def declared(doctype: str, use: str) -> Callable[[str], str]:
    """A change that puts a document type before the root element, and its entity into the first paragraph."""

    def change(xml: str) -> str:
        head, _, rest = xml.partition("?>")
        before, mark, after = rest.partition("said")
        return f"{head}?>{doctype}{before}{mark}{use}{after}"

    return change


def external(target: str) -> str:
    """A document type with an entity that stands outside."""
    return f'<!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]>'


def paragraphs() -> bytes:
    """A Word document of three million empty paragraphs."""
    return within("docx", "word/document.xml", lambda xml: xml.replace("<w:sectPr/>", "<w:p/>" * 3_000_000 + "<w:sectPr/>"))


def tables() -> bytes:
    """A Word document of tables in tables, 20,000 deep."""
    inside = "<w:tbl><w:tr><w:tc>" * 20_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 20_000
    return within("docx", "word/document.xml", lambda xml: xml.replace("<w:sectPr/>", inside + "<w:sectPr/>"))


def xml(doctype: str, use: str, form: str) -> Callable[[], bytes]:
    """The maker of a plain XML file or page, or of a document a part of which is such XML."""
    if form in {"xml", "html"}:
        root = "x" if form == "xml" else "html"
        return f'<?xml version="1.0"?>{doctype}<{root}><p>The minister said {use} so.</p></{root}>'.encode
    part = "word/document.xml" if form == "docx" else "content.xml"
    return lambda: within(form, part, declared(doctype, use))


def cases(secret: str, address: str) -> dict[str, Callable[[], bytes]]:
    """The archives and XML files by name; external entities name a file and an address that must never be asked."""
    found: dict[str, Callable[[], bytes]] = {
        "ratio.zip": lambda: by_hand(b"zeros.txt", _raw_zeros(), 1 << 30),
        "nested.zip": lambda: nested(4),
        "quine-like.zip": lambda: nested(2),
        "overlapping.zip": lambda: by_hand(b".txt", raw(text(4) * 20_000), len(text(4)) * 20_000, 2000),
        "many.zip": many,
        "lying-small.zip": lambda: by_hand(b"00000lie.txt", raw(text(6) * 2000), 10),
        "lying-large.zip": lambda: by_hand(b"00000lie.txt", raw(text(6)), 0xFFFFFFF0),
        "names.zip": lambda: zipped(*((name, text(n + 10)) for n, name in enumerate(NAMES))),
        "link.zip": lambda: zipped((link(), secret.removeprefix("file://").encode())),
        "encrypted.zip": encrypted,
        "cut.zip": lambda: nested(1)[:500],
        "lzma.zip": lambda: swollen(zipfile.ZIP_LZMA),
        "bzip2.zip": lambda: swollen(zipfile.ZIP_BZIP2),
        "paragraphs.docx": paragraphs,
        "tables.docx": tables,
        "ratio.docx": lambda: within("docx", "word/document.xml", lambda xml: xml.replace("<w:sectPr/>", " " * (1 << 28) + "<w:sectPr/>")),
        "ratio.odt": lambda: within("odt", "content.xml", lambda xml: xml.replace("</office:text>", " " * (1 << 28) + "</office:text>")),
        "spaces.odt": lambda: within("odt", "content.xml", lambda xml: xml.replace("said", 'said<text:s text:c="2000000000"/>')),
        "columns.odt": lambda: within("odt", "content.xml", lambda xml: xml.replace("</office:text>", REPEATED + "</office:text>")),
    }
    for form in ("xml", "docx", "odt", "html"):
        found[f"laughs-{form}.{form}"] = xml(LAUGHTER, "&l9;", form)
        found[f"quadratic-{form}.{form}"] = xml(QUADRATIC, "&a;" * 50_000, form)
        found[f"file-entity-{form}.{form}"] = xml(external(secret), "&e;", form)
        found[f"web-entity-{form}.{form}"] = xml(external(address), "&e;", form)
    return found


REPEATED = (
    '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384">'
    "<text:p>The minister said so again.</text:p></table:table-cell></table:table-row></table:table>"
)
NAMES = (
    "../../escaped.txt", "/escaped.txt", "C:\\escaped.txt", "a\\..\\..\\escaped.txt", "\\\\server\\share\\escaped.txt", "con.txt",
    "new\nline.txt", "same.txt", "same.txt", "\u202etxt.exe", "x" * 60_000 + ".txt", " ", "a/" * 5000 + "deep.txt",
)  # fmt: skip


def _raw_zeros() -> bytes:
    return deflated(1 << 30, 1, b"\0")[2:-4]
