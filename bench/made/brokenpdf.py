"""PDF files that lie, loop or swell, written object by object (ISO 32000-1, 7.5)."""

from __future__ import annotations

import io
import random
import zlib
from typing import TYPE_CHECKING

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import made

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 12 Tf 72 700 Td (The minister said that the file was whole.) Tj ET\n"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object with its true length."""
    return b"<<" + entries + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream"


def assembled(changes: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A file of one page, some of its objects replaced or added, some entries more in its trailer."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: PAGE, 4: stream(WORDS), 5: FONT} | changes
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 %c \n" % (places.get(n, 0), b"n" if n in places else b"f") for n in range(1, size))
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer.replace(b"HERE", b"%d" % start), start)
    return bytes(out)


def deflated(size: int, times: int, unit: bytes = b" ") -> bytes:
    """So many bytes, deflated so often, without ever being held."""
    packer, out = zlib.compressobj(9), bytearray()
    block = (unit * (1 << 20))[: 1 << 20]
    for _ in range(size >> 20):
        out += packer.compress(block)
    data = bytes(out + packer.flush())
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def truncated() -> bytes:
    data = made.make("pdf", 0, random.Random(1)).data
    return data[: len(data) // 2]


def encrypted() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("a password", ownerPassword="another", strength=128), invariant=1)
    canvas.drawString(72, 700, "The minister said that nobody may read this.")
    canvas.save()
    return out.getvalue()


def object_stream_loop() -> bytes:
    """An object stream that stands in itself, by a cross-reference stream (7.5.8)."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in (
        (1, b"<</Type/Catalog/Pages 2 0 R>>"),
        (6, stream(b"2 0 6 30 <</Type/Pages/Kids[3 0 R]/Count 1>>  <<>>", b"/Type/ObjStm/N 2/First 9/Extends 6 0 R")),
    ):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    rows = [(0, 0, 65535), (1, places[0], 0), (2, 6, 0), (2, 6, 1), (2, 6, 0), (2, 6, 1), (2, 6, 1), (1, len(out), 0)]
    table = b"".join(bytes([kind]) + a.to_bytes(4, "big") + b.to_bytes(2, "big") for kind, a, b in rows)
    start = len(out)
    out += b"7 0 obj\n" + stream(table, b"/Type/XRef/Size 8/W[1 4 2]/Root 1 0 R") + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def forms() -> bytes:
    """Ten levels of forms, each of which draws the next one ten times."""
    levels = {
        n: stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1))
        for n in range(10, 20)
    }
    last = {20: stream(WORDS, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>")}
    page = PAGE.replace(b"/Font", b"/XObject<</X 10 0 R>>/Font")
    return assembled({3: page, 4: stream(b"/X Do"), **levels, **last})


def deep_kids() -> bytes:
    """A page tree of 20,000 levels."""
    tree = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(10, 20_010)}
    return assembled({2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>", **tree, 20_010: PAGE})


def wide_map() -> bytes:
    """A font whose map to Unicode has two million lines."""
    lines = b"\n".join(b"<%04x> <%04x> <%04x>" % (n % 65536, n % 65536, 65) for n in range(2_000_000))
    cmap = b"/CIDInit /ProcSet findresource begin begincmap\n2000000 beginbfrange\n" + lines + b"\nendbfrange endcmap"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    return assembled({5: font, 6: stream(zlib.compress(cmap), b"/Filter/FlateDecode")})


def packed(data: bytes, times: int = 1) -> bytes:
    """A stream that says how often it was deflated."""
    return stream(data, b"/Filter[" + b"/FlateDecode" * times + b"]")


CASES: dict[str, Callable[[], bytes]] = {
    "truncated.pdf": truncated,
    "encrypted.pdf": encrypted,
    "header-only.pdf": lambda: b"%PDF-1.7\n",
    "kids-loop.pdf": lambda: assembled({2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"}),
    "parent-loop.pdf": lambda: assembled({3: b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>"}),
    "prev-loop.pdf": lambda: assembled({}, b"/Prev HERE"),
    "object-stream-loop.pdf": object_stream_loop,
    "length-loop.pdf": lambda: assembled({4: b"<</Length 4 0 R>>stream\n" + WORDS + b"\nendstream"}),
    "reference-loop.pdf": lambda: assembled({4: b"6 0 R", 6: b"4 0 R"}),
    "form-loop.pdf": lambda: assembled(
        {
            3: PAGE.replace(b"/Font", b"/XObject<</X 4 0 R>>/Font"),
            4: stream(b"/X Do " + WORDS, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"),
        }
    ),
    "forms.pdf": forms,
    "nested-deflate.pdf": lambda: assembled({4: packed(deflated(1 << 30, 3), 3)}),
    "deflate-page.pdf": lambda: assembled({4: packed(deflated(1 << 30, 1))}),
    "huge-count.pdf": lambda: assembled({2: b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"}),
    "many-kids.pdf": lambda: assembled({2: b"<</Type/Pages/Kids[" + b"3 0 R " * 1_000_000 + b"]/Count 1000000>>"}),
    "operators.pdf": lambda: assembled({4: packed(zlib.compress(WORDS * 600_000))}),
    "states.pdf": lambda: assembled({4: packed(zlib.compress(b"q " * 5_000_000 + WORDS))}),
    "arrays.pdf": lambda: assembled({4: packed(zlib.compress(b"[" * 1_000_000 + WORDS))}),
    "dictionaries.pdf": lambda: assembled({5: b"<</A" * 100_000 + b" 1" + b">>" * 100_000}),
    "deep-kids.pdf": deep_kids,
    "wide-map.pdf": wide_map,
    "large-page.pdf": lambda: assembled({3: PAGE.replace(b"595 842", b"1e30 -1e30")}),
}
