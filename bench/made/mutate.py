"""Good files made bad: bytes turned, cut, copied and lost, and words of the formats put where they do not belong.

Of a package one part is changed before it is packed again, and PDF files have open streams, so that most changes reach
what a reader reads and not only its container.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import made
from made import pdf
from made.packing import packed, unpacked
from made.prose import Shape, compose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL = Shape(1, 2, items=1, rows=2, notes=1)
COMMON = (b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"-1", b"4294967296", b"99999999999999999999", b"\r", b"\n\n", b"%s%n")
MARKUP = b"<|>|</|<!--|-->|<![CDATA[|]]>|&#0;|&#x110000;|&x;|<?|<!DOCTYPE|<p>|</p>|xmlns=''"
# The words of each format, parted by bars.
TOKENS: dict[str, bytes] = {
    "pdf": b"obj|endobj|stream|endstream|<<|>>|[|]|(|)|BT|ET|Tj|TJ|Tf|Tm|cm|q|Q|Do|BI|ID|EI|%|1 0 R|2 0 R|0 0 R|"
    b"/Kids|/Count|/Length|/Filter|/FlateDecode|/Prev|/Rotate",
    "docx": MARKUP + b"|<w:p>|</w:p>|<w:tbl>|</w:tc>|<w:del>|<w:fldChar w:fldCharType='begin'/>|<w:footnoteReference w:id='2'/>|w:val=''|"
    b"<w:gridSpan w:val='99999'/>|<w:txbxContent>",
    "odt": MARKUP + b"|<text:p>|</text:p>|<text:s text:c='99999999'/>|<table:table>|table:number-columns-repeated='99999'|<text:note>|"
    b"<text:change text:change-id='c9'/>|text:outline-level='0'",
    "html": MARKUP
    + b"|<table>|<td>|<script>|</script>|<style>|<title>|<template>|<svg>|<math>|<meta charset=utf-16>|<br>|hidden|<body>|</html>",
    "eml": b"Content-Type: multipart/mixed; boundary=|Content-Transfer-Encoding: base64|charset=utf-16|=?utf-8?b?|?=|=\r\n|--|\r\n\r\n|"
    b'Content-Type: message/rfc822|name*0*=|;|"',
    "rtf": rb"{|}|\|\par|\u-1?|\'zz|\bin99 |\uc9 |\cell|\row|\trowd|{\*\|{\footnote|{\pict|\deleted|\ansicpg932",
    "txt": b":|--|HD  |End of Document|1 of 2 DOCUMENTS|\xe2\x80\x9c|\xe2\x80\x9d|\f|<html>|%PDF-|From: a@b.example",
}


def sources(corpus: Path) -> list[tuple[str, bytes]]:
    """The good files: small ones of each format and variant, an archive, and the sample corpus."""
    found = []
    for form in made.FORMATS:
        for variant in range(made.VARIANTS):
            chance = random.Random(f"{form} {variant}")
            if form == "pdf":
                file = pdf.make(variant, compose(chance, SMALL), chance, compressed=False)
            else:
                file = made.make(form, variant, chance, SMALL)
            found.append((file.name, file.data))
    found.append(("parcel.zip", packed((name, data) for name, data in found if name.endswith((".txt", ".eml", ".html")))))
    return [*found, *((path.name, path.read_bytes()) for path in sorted(corpus.iterdir()))]


def mutants(corpus: Path, number: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many bad files with names of their own."""
    good = sources(corpus)
    chance = random.Random(seed)
    for place in range(number):
        name, data = good[place % len(good)]
        yield f"{place:05}-{name}", mutated(name, data, chance)


def mutated(name: str, data: bytes, chance: random.Random) -> bytes:
    """The bytes changed in one to four places; of a package mostly those of one part."""
    form = name.rpartition(".")[2]
    if form in {"docx", "odt", "zip"} and chance.random() < 0.8:
        parts = unpacked(data)
        likely = [
            n for n, (part, _) in enumerate(parts) if part.endswith(("document.xml", "content.xml", "footnotes.xml", "styles.xml"))
        ] or [0]
        target = chance.choice(likely) if chance.random() < 0.8 else chance.randrange(len(parts))
        part, content = parts[target]
        inner = part.rpartition(".")[2] if form == "zip" else form
        parts[target] = (part, changed(content, TOKENS.get(inner, MARKUP), chance))
        return packed(parts, "mimetype")
    return changed(data, TOKENS.get(form, TOKENS["txt"]), chance)


def changed(data: bytes, words: bytes, chance: random.Random) -> bytes:
    """The bytes after one to four changes."""
    out, tokens = bytearray(data), (*words.split(b"|"), *COMMON)
    for _ in range(chance.randint(1, 4)):
        if out:
            a, b = sorted((chance.randrange(len(out)), chance.randrange(len(out))))
            chance.choice(CHANGES)(out, a, b, tokens, chance)
    return bytes(out)


def _turn(out: bytearray, a: int, b: int, tokens: tuple[bytes, ...], chance: random.Random) -> None:  # noqa: ARG001 - all changes are alike
    for _ in range(chance.randint(1, 8)):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)


def _insert(out: bytearray, a: int, b: int, tokens: tuple[bytes, ...], chance: random.Random) -> None:  # noqa: ARG001
    out[a:a] = chance.choice(tokens) * chance.choice((1, 1, 1, 3, 500))


def _overwrite(out: bytearray, a: int, b: int, tokens: tuple[bytes, ...], chance: random.Random) -> None:  # noqa: ARG001
    token = chance.choice(tokens)
    out[a : a + len(token)] = token


def _cut(out: bytearray, a: int, b: int, tokens: tuple[bytes, ...], chance: random.Random) -> None:  # noqa: ARG001
    del out[max(a, len(out) // 3) :]


def _lose(out: bytearray, a: int, b: int, tokens: tuple[bytes, ...], chance: random.Random) -> None:  # noqa: ARG001
    del out[a : min(b, a + 400)]


def _copy(out: bytearray, a: int, b: int, tokens: tuple[bytes, ...], chance: random.Random) -> None:  # noqa: ARG001
    out[a:a] = out[a : min(b, a + 2000)]


def _swap(out: bytearray, a: int, b: int, tokens: tuple[bytes, ...], chance: random.Random) -> None:  # noqa: ARG001
    out[a], out[b] = out[b], out[a]


CHANGES = (_turn, _turn, _insert, _insert, _insert, _overwrite, _cut, _lose, _copy, _swap)
