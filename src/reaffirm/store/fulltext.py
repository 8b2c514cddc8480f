"""What a person types into a search box, made safe for full-text search, and the words that were found."""

from __future__ import annotations

import re

from reaffirm.text import fold

MARKS = ("\ue0f0\ue0f1", "\ue0f1\ue0f0")  # private-use characters round each find; checked against the text
MOST = 60
WIDTH = 120
TERM = re.compile(r'"([^"]*)(?:"|$)|([^\s"]+)')


def match(query: str) -> str | None:
    """The search as FTS5 reads it: all words and "phrases" must occur, `word*` finds beginnings; None if no words.

    Nothing else has a meaning: operators, brackets and quotation marks left over are searched as plain words.
    """
    terms = []
    for phrase, word in TERM.findall(fold(query.replace("\x00", " "))):
        term = phrase or word
        if any(character.isalnum() for character in term):
            storable = term.rstrip("*").encode("utf-8", "replace").decode("utf-8")
            terms.append(f'"{storable}"{"*" if word.endswith("*") else ""}')
    return " ".join(terms[:MOST]) or None


def marks(text: str, highlighted: str) -> tuple[tuple[int, int], ...]:
    """The extents of the words found, from the text with marks round them; none where the marks are not sure."""
    begin, end = MARKS
    found, plain, at = [], [], 0
    for n, piece in enumerate(re.split(f"{begin}|{end}", highlighted)):
        if n % 2:
            found.append((at, at + len(piece)))
        plain.append(piece)
        at += len(piece)
    return tuple(found) if "".join(plain) == text else ()


def snippet(text: str, found: tuple[tuple[int, int], ...]) -> str:
    """The surroundings of the first find, cut between words."""
    first = found[0][0] if found else 0
    start, end = max(0, first - WIDTH), min(len(text), first + 2 * WIDTH)
    while 0 < start < first and not text[start - 1].isspace():
        start += 1
    while first < end < len(text) and not text[end].isspace():
        end -= 1
    end = end if end > first else min(len(text), first + 2 * WIDTH)
    words = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{words}{' …' if end < len(text) else ''}"
