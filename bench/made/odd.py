"""Texts, pages, mails and Rich Text that are too large, too deep or in the wrong encoding, and files that are no files."""

from __future__ import annotations

import os
import random
import socket
from typing import TYPE_CHECKING

from made.bombs import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = "The minister said that “naïve” talks on the façade of peace would go on in Übersk.\n"
ASIAN = "大臣は会談が続くと述べた。報道官は合意を確認した。\n"
CHINESE = "部长表示会谈将继续进行。发言人确认了协议。\n"
MAIL = b"From: a@ministry.example\r\nTo: b@courier.example\r\nSubject: Talks\r\nMIME-Version: 1.0\r\n"
SENTENCE = b"The minister of the river said that the talks would go on. "


def page(inside: bytes) -> bytes:
    """A page round some mark-up."""
    return b"<!DOCTYPE html><html><head><title>Talks</title></head><body><p>" + SENTENCE + b"</p>" + inside + b"</body></html>"


def nested_mail(levels: int) -> bytes:
    """A mail of parts in parts."""
    heads = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(levels))
    return MAIL + heads + b"Content-Type: text/plain\r\n\r\n" + SENTENCE + b"".join(b"\r\n--b%d--" % n for n in reversed(range(levels)))


def noise(size: int) -> bytes:
    """Random bytes."""
    return random.Random(7).randbytes(size)


CASES: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "empty.pdf": lambda: b"",
    "empty.docx": lambda: b"",
    "blank.txt": lambda: b" \r\n\t" * 1000,
    "binary.txt": lambda: noise(1 << 20),
    "nuls.txt": lambda: b"\0" * (1 << 20),
    "one-line.txt": lambda: SENTENCE * ((100 << 20) // len(SENTENCE)),
    "one-word.txt": lambda: b"a" * (100 << 20),
    "one-sentence.txt": lambda: b"and the minister of the river and " * 60_000,
    "lines.txt": lambda: b"a\n" * 5_000_000,
    "quotes.txt": lambda: "“".encode() * 300_000,
    "colons.txt": lambda: b"Minister: " * 200_000,
    "combining.txt": lambda: SENTENCE + "\u0301".encode() * 500_000 + b" " + SENTENCE,
    "utf-16-no-mark.txt": lambda: (WORDS * 20).encode("utf-16-le"),
    "utf-16-odd.txt": lambda: b"\xff\xfe" + (WORDS * 20).encode("utf-16-le")[:-1],
    "utf-32.txt": lambda: (WORDS * 20).encode("utf-32"),
    "cp1252-said-utf-8.html": lambda: page(b'<meta charset="utf-8"><p>' + (WORDS * 5).encode("cp1252") + b"</p>"),
    "unknown-encoding.html": lambda: page(b'<meta charset="klingon-8">' + WORDS.encode()),
    "utf-7.html": lambda: page(b'<meta charset="utf-7"><p>+ADw-script+AD4-</p>'),
    "mixed-lines.txt": lambda: b"".join((WORDS.encode(), WORDS.encode("cp1252"), WORDS.encode("utf-16-le"))) * 5,
    "cesu.txt": lambda: SENTENCE + b"\xed\xa0\xbd\xed\xb8\x80 \xed\xa0\x80 \xc0\x80 " + SENTENCE,
    "shift-jis.txt": lambda: (ASIAN * 20).encode("shift_jis"),
    "gb18030.txt": lambda: (CHINESE * 20).encode("gb18030"),
    "some-nuls.txt": lambda: (SENTENCE + b"\0" + SENTENCE) * 5,
    "controls.txt": lambda: bytes(range(1, 32)) + SENTENCE * 5,
    "tags.html": lambda: page(b"<div>" * 100_000 + SENTENCE + b"</div>" * 100_000),
    "inline-tags.html": lambda: page(b"<b><i>" * 100_000 + SENTENCE),
    "tables.html": lambda: page(b"<table><tr><td>" * 50_000 + SENTENCE),
    "attributes.html": lambda: page(b"<p " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">" + SENTENCE + b"</p>"),
    "comment.html": lambda: page(b"<!-- " + b"minister " * 1_100_000 + b"--><p>" + SENTENCE),
    "quotes.html": lambda: page(b'<p class="open>' + SENTENCE + b"<a href='" + SENTENCE * 20),
    "scripts.html": lambda: page(b"<script>document.write('<p>The minister said nothing.')</script>" * 10_000),
    "cdata.html": lambda: page(b"<![CDATA[" * 50_000 + SENTENCE),
    "entities.html": lambda: page(b"<p>" + b"&#xD800;&#0;&#x110000;&#1114112;&bogus;&amp" * 1000 + SENTENCE),
    "nested.eml": lambda: nested_mail(100_000),
    "lines.eml": lambda: MAIL + b"Content-Type: text/plain\r\n\r\n" + b"a\r\n" * 3_000_000,
    "header.eml": lambda: MAIL + b"X-Long: " + b"minister " * 1_100_000 + b"\r\n\r\n" + SENTENCE,
    "folded.eml": lambda: MAIL + b"Subject: a\r\n" + b" b\r\n" * 1_000_000 + b"\r\n" + SENTENCE,
    "addresses.eml": lambda: b"From: " + b"(" * 100_000 + b"a@b.example\r\nTo: b@courier.example\r\nMIME-Version: 1.0\r\n\r\n" + SENTENCE,
    "words.eml": lambda: b"Subject: " + b"=?utf-8?q?=E2=80?= " * 50_000 + b"\r\n" + MAIL + b"\r\n" + SENTENCE,
    "boundary.eml": lambda: MAIL + b"Content-Type: multipart/mixed\r\n\r\n" + SENTENCE,
    "base64.eml": lambda: MAIL + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"!!!" + b"QUJD" * 5 + b"=A==" * 1000,
    "charset.eml": lambda: MAIL + b"Content-Type: text/plain; charset=\xff\xfe\r\n\r\n" + SENTENCE,
    "braces.rtf": lambda: b"{\\rtf1\\ansi " + b"{" * 1_000_000 + SENTENCE,
    "closed.rtf": lambda: b"{\\rtf1\\ansi " + SENTENCE + b"}" * 1_000_000,
    "binary.rtf": lambda: b"{\\rtf1\\ansi " + SENTENCE + b"\\bin2147483647 " + SENTENCE + b"}",
    "unicode.rtf": lambda: b"{\\rtf1\\ansi\\uc2147483647 " + SENTENCE + b"\\u-10179?\\u99999999999999? " + SENTENCE + b"}",
    "number.rtf": lambda: b"{\\rtf1\\ansi\\fs" + b"9" * 1_000_000 + b" " + SENTENCE + b"}",
    "picture.rtf": lambda: b"{\\rtf1\\ansi {\\pict " + b"ff" * 10_000_000 + b"}" + SENTENCE + b"}",
    "header.rtf": lambda: b"{\\rtf1",
    "export-headers.txt": lambda: b"".join(b"%d of 100000 DOCUMENTS\n\n" % n for n in range(1, 100_001)),
    "export-ends.txt": lambda: b"End of Document\n\n" * 100_000,
    "picture.png": lambda: b"\x89PNG\r\n\x1a\n" + noise(5000),
}


def names(folder: Path) -> list[str]:
    """The names of good files with bad names, written."""
    wanted = ["line\nbreak.txt", "bell\x07\x1b[31m.txt", "a..b.txt", "..trailing...txt"[2:], " spaced .txt", "n" * 251 + ".txt",
              "\u202egnp.txt", "caf\udce9.txt", "back\\slash.txt", "semi;colon&`x`.txt", "-dash.txt", "C:drive.txt"]  # fmt: skip
    for number, name in enumerate(wanted):
        (folder / name).write_bytes(text(100 + number))
    return wanted


def special(folder: Path) -> dict[str, str]:
    """What is no file, by name, with what it is; made in a folder."""
    (folder / "loop").symlink_to("loop")
    (folder / "around").symlink_to(".")
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "zeros.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket.txt"))
    return {"loop": "a link to itself", "dangling.txt": "a link to nothing", "zeros.txt": "a link to an endless device",
            "pipe.txt": "a pipe without a writer", "socket.txt": "a socket"}  # fmt: skip
