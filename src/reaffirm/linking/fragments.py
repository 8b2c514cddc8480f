"""Quotation marks -> fragments: what stands in them, nested ones too, cut where the editor left words out or put words in.

Marks are paired by type and never across paragraphs; an apostrophe is no mark, because a single one opens only where a word can
begin and closes only where one can end. A quotation whose paragraph ends before the closing mark runs to the paragraph's end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.linking.concordance import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAIRS = {
    "“": "”", "„": "“", "‟": "”", "«": "»", "»": "«", "‹": "›", "‘": "’", "‚": "‘", "「": "」", "『": "』",
    '"': '"', "'": "'", "''": "''", "``": "''",
}  # fmt: skip
SINGLE = frozenset("‘'‚")
RUNNING_ON = frozenset("“«")  # with these a quotation that goes on in the next paragraph stays open
LONGEST = 6_000
DEEPEST = 3
PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")

DOTS = r"(?:…|\.{3,}|\.(?: \.){2,3})"
PART = r"[^\W_]+(?:['’][^\W_]+)*"
NOTES = re.compile(r"\[(?:sic|\d{1,3}|laughter|applause|inaudible|crosstalk)\]", re.IGNORECASE)
# In order: an ellipsis, bare or in brackets; a word of which some letters stand in brackets; words in brackets.
JOINTS = re.compile(
    rf"(?P<gap>[\[(]\s*{DOTS}?\s*[\])]|{DOTS})"
    rf"|(?P<head>{PART})\[[^\W_]{{0,12}}\](?P<tail>(?:{PART})?)|\[[^\W_]{{0,12}}\](?P<end>{PART})"
    r"|(?P<words>\[[^\[\]]{1,160}\])"
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Quoted words: the extent between the marks, and how many other quotations stand around them (`depth`)."""

    start: int
    end: int
    depth: int = 0
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that must stand together in the source, as extents, and what stands between them and the piece before.

    `gap`: words were left out there; `inserted`: the editor's words stand there, for some or for none. A piece without words is one
    word, with brackets in it, of which only the beginning and the end are the source's (`letters`); `extent` is its own.
    """

    words: tuple[tuple[int, int], ...]
    gap: bool = False
    inserted: bool = False
    letters: tuple[str, str] | None = None
    extent: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a fragment in order, and whether an editor put words or letters into it anywhere."""

    pieces: tuple[Piece, ...]
    inserted: bool


def fragments(text: str, extents: Iterable[tuple[int, int]] | None = None) -> tuple[Fragment, ...]:
    """The quoted fragments of a text in order of place, an outer one before those in it.

    `extents` are the paragraphs to look in (blocks outside furniture); without them paragraphs are what blank lines part.
    """
    parts = (found.span() for found in PARAGRAPH.finditer(text)) if extents is None else extents
    return tuple(each for start, end in parts for each in _within(text, start, end, 0))


def _within(text: str, start: int, end: int, depth: int) -> Iterator[Fragment]:
    n = start
    while n < end:
        mark = _mark(text, n, end)
        low = n + len(mark)
        high = _closing(text, low, end, mark) if mark and _opens(text, n, start, mark) else None
        if high is None:
            n += max(1, len(mark))
            continue
        open_ended = not text.startswith(PAIRS[mark], high)
        if any(map(str.isalnum, text[low:high])):
            yield Fragment(low, high, depth, open_ended)
            if depth < DEEPEST:
                yield from _within(text, low, high, depth + 1)
        n = high + (0 if open_ended else len(mark))


def _mark(text: str, n: int, end: int) -> str:
    double = text[n : min(n + 2, end)]
    return double if double in PAIRS else text[n] if text[n] in PAIRS else ""


def _opens(text: str, n: int, start: int, mark: str) -> bool:
    """Whether a mark can open there: no letter before it, and for marks that also close no blank behind it."""
    before, after = text[n - 1] if n > start else " ", text[n + len(mark) : n + len(mark) + 1]
    if mark in {"“", "«", "„", "「", "『", "‹"}:
        return True
    return not before.isalnum() and bool(after) and not after.isspace()


def _closing(text: str, low: int, end: int, opening: str) -> int | None:
    """Where the closing mark stands: that which balances the marks between, else the first; the end where it may stay open."""
    limit, mark = min(end, low + LONGEST), PAIRS[opening]
    places = [m for m in _all(text, mark, low, limit) if _closes(text, m, len(mark), end, single=opening in SINGLE)]
    if opening != mark and len(mark) == 1:
        for m in places:
            if text.count(opening, low, m) == sum(p < m for p in places):
                return m
    if places:
        return places[0]
    return end if opening in RUNNING_ON and end - low < LONGEST else None


def _all(text: str, mark: str, low: int, high: int) -> Iterator[int]:
    m = text.find(mark, low, high)
    while m >= 0:
        if not (mark == "''" and text.startswith("'''", m) and m + 3 <= high):  # a single mark closes inside the doubled one
            yield m
        m = text.find(mark, m + 1, high)


def _closes(text: str, m: int, width: int, end: int, *, single: bool) -> bool:
    after = text[m + width] if m + width < end else " "
    return not after.isalnum() and not (single and text[m - 1].isspace())


def pieces(text: str, start: int, end: int) -> Pieces:
    """The pieces of quoted words; a gap at either end is none.

    "[sic]", numbers of notes and stage directions in brackets neither cut nor add.
    """
    found: list[Piece] = []
    edge, gap, inserted, anywhere = start, False, False, False
    for each in (*JOINTS.finditer(text, start, end), None):
        words = tuple(m.span() for m in WORD.finditer(text, edge, each.start() if each else end))
        if words:
            found.append(Piece(words, gap and bool(found), inserted))
            gap = inserted = False
        if each is None:
            break
        edge = each.end()
        letters = _letters(each)
        if letters:
            found.append(Piece((), gap and bool(found), inserted, letters, each.span()))
            gap = inserted = False
        else:
            gap = gap or bool(each["gap"])
            inserted = inserted or bool(each["words"] and not NOTES.fullmatch(each[0]))
        anywhere = anywhere or bool(letters) or inserted
    return Pieces(tuple(found), anywhere)


def _letters(found: re.Match[str]) -> tuple[str, str] | None:
    """The beginning and the end of a word of which letters stand in brackets."""
    return (found["head"] or "", found["tail"] or found["end"] or "") if found["head"] or found["end"] else None
