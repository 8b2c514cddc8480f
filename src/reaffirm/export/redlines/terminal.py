"""Redlines as plain text: [-deleted-], {+inserted+}, «moved», in brackets that need neither colour nor a certain font."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.export.redlines.paragraphs import NEW, Paragraph, Run, paragraphs, parted, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.export.redlines.paragraphs import Piece

BRACKETS = {"same": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}"), "moved-from": ("", ""), "moved-to": ("", "")}
# Control characters and marks of direction would change what a terminal shows: they are named.
HARMFUL = {
    n: f"<U+{n:04X}>"
    for n in (*range(9), *range(10, 32), *range(127, 160), 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
}


def terminal(pieces: Iterable[Piece]) -> str:
    """The redline as text, paragraphs parted by empty lines, with a line break at the end.

    Moved text reads «moved away 1: …» where it was and «moved here 1: …» where it is; the number ties the two. A break between paragraphs
    that was added or taken away is a ¶ in brackets. White space stands outside the brackets. Control characters are named.
    """
    return lines(paragraphs(pieces))


def lines(found: Iterable[Paragraph]) -> str:
    """Paragraphs of redlines as such text."""
    told = [_line(paragraph, following) for paragraph, following in pairwise((*found, Paragraph(())))]
    return "\n\n".join(line for line in told if line) + "\n"


def _line(paragraph: Paragraph, following: Paragraph) -> str:
    text = "".join(_place(place, runs) for place, runs in places(paragraph.runs))
    if paragraph.end and parted(paragraph, following):
        text += _bracketed(Run("inserted" if paragraph.end.kind in NEW else "deleted", "¶"))
    return text


def _place(place: tuple[int, bool] | None, runs: Iterable[Run]) -> str:
    """Runs in one move, or in none."""
    text = "".join(map(_bracketed, runs))
    if place is None or not text.strip():
        return text
    before, inner, after = _parts(text)
    return f"{before}«moved {'here' if place[1] else 'away'} {place[0]}: {inner}»{after}"


def _bracketed(run: Run) -> str:
    opening, closing = BRACKETS[run.kind]
    before, inner, after = _parts(run.text.translate(HARMFUL))
    if not inner:
        return f"{opening}␣{closing}" if opening and run.text else before
    return f"{before}{opening}{inner}{closing}{after}"


def _parts(text: str) -> Iterator[str]:
    """A text's white space before, what it holds, and its white space behind."""
    inner = text.strip()
    start = text.find(inner) if inner else len(text)
    yield text[:start]
    yield inner
    yield text[start + len(inner) :]
