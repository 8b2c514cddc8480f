"""Words and printed rows of a page: characters that stand together, words that stand on one baseline.

Spaces that are drawn part words, and so do gaps as wide as a space. The order of drawing matters for nothing but text that
runs from right to left.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from reaffirm.formats.pdf.engine import ASLANT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.formats.pdf.engine import Letter

# All in parts of the type's size. A word space is some 0.25 wide, seldom under 0.2; kerning stays within 0.1.
GAP = 0.16
KERNED = 0.08  # how narrow a space may be kerned, in a slanted font, that the engine sees and the page does not draw
BACK = 0.5  # how far a pen may step back within a word (kerning, accents)
LEVEL = 0.15  # how far baselines of one row may differ
RAISED = 0.6  # how far a superscript stands above, or an index below, its row
SMALL = 0.87  # how small it is against the row's type
NEAR = 0.35  # how near it stands to a word of the row
MOST_RAISED = 60  # words of a level among which superscripts are sought
SWAPPED = re.compile("[" + "".join(chr(ord(letter) << 8) for letter in "bcfhijklst") + "]")
LATIN = re.compile(rf"(?=.*[A-Za-z])(?:{SWAPPED.pattern}|[\x21-\u024f\u2010-\u203a])+")
RIGHT_TO_LEFT = frozenset({"R", "AL"})
BULLETS = frozenset("•‣◦▪■□●○·∙➢►▶⁃✓❖◆")
HOLE = 0.9  # a gap from which on a row may be parted


class Word(NamedTuple):
    """A printed word: its characters, box and baseline in the page's frame, size, bold, and whether spaces were drawn beside it.

    `item` says that a bullet is drawn before it that is a shape and no character.
    """

    text: str
    x0: float
    x1: float
    low: float
    high: float
    base: float
    size: float
    bold: bool = False
    lead: bool = False
    trail: bool = False
    item: bool = False


class Row(NamedTuple):
    """The words on one baseline, from left to right, and the row's edges."""

    base: float
    size: float
    words: tuple[Word, ...]
    x0: float
    x1: float

    @property
    def text(self) -> str:
        """The words, a space between two."""
        return " ".join(word.text for word in self.words)


def gather(letters: Iterable[Letter]) -> list[Word]:
    """The words that letters make in the order of drawing; pieces of words, where the drawing jumps."""
    words: list[Word] = []
    held: list[Letter] = []
    space: Letter | None = None
    for letter in letters:
        if letter.char == " ":
            if held:
                words.append(_word(held, space, trail=letter.style.turn == ASLANT or _follows(held[-1], letter, NEAR)))
                held = []
            space = letter
        elif held and not _is_apart(held, letter) and _follows(held[-1], letter, GAP - 0.02):
            held.append(letter)
        else:
            if held:
                words.append(_word(held, space, trail=_is_apart(held, letter)))
                space = None
            held = [letter]
    if held:
        words.append(_word(held, space, trail=False))
    return words


def _is_apart(held: Sequence[Letter], letter: Letter) -> bool:
    """Whether a space that is not drawn parts a letter from a word, though it is kerned to less than spaces have."""
    if not letter.apart or len(held) < 2:
        return False
    spread = max(0.0, held[-1].x0 - held[-2].x1)  # of letters that are set apart themselves
    return letter.x0 - held[-1].x1 - spread > KERNED * letter.style.size and _follows(held[-1], letter, GAP)


def _follows(last: Letter, letter: Letter, gap: float) -> bool:
    """Whether a letter stands where the one before it lets expect, on the same baseline and in the same size."""
    a, b = last.style, letter.style
    if a is not b and (abs(a.base - b.base) > 0.05 * a.size or abs(a.size - b.size) > 0.05 * a.size):
        return False
    if letter.char > "\u0590" and unicodedata.bidirectional(letter.char) in RIGHT_TO_LEFT:
        return -BACK * a.size < last.x0 - letter.x1 < gap * a.size
    return letter.x0 >= last.x0 - 0.1 * a.size and -BACK * a.size < letter.x0 - last.x1 < gap * a.size


def _word(held: Sequence[Letter], space: Letter | None, *, trail: bool) -> Word:
    """The word of some letters; `space` is the space drawn last before them."""
    first, last = held[0], held[-1]
    style = first.style
    return Word(
        whole("".join([letter.char for letter in held])), min(first.x0, last.x0), max(first.x1, last.x1), min(first.low, last.low),
        max(first.high, last.high), style.base, style.size, style.bold, space is not None and _follows(space, first, NEAR), trail,
    )  # fmt: skip


def whole(text: str) -> str:
    """The characters of a word, those of ligatures put right that a distiller wrote with their bytes swapped.

    Ghostscript before 10.01 does so: "fi" becomes U+6600 U+6900, ideographs that never stand in a word of Latin letters.
    """
    if text.isascii() or not SWAPPED.search(text) or not LATIN.fullmatch(text):
        return text
    return SWAPPED.sub(lambda found: chr(ord(found.group()) >> 8), text)


def rows(words: Iterable[Word]) -> list[Row]:
    """The rows of words in any order, from the top of the page down."""
    levels: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.base, word.x0)):
        last = levels[-1][-1] if levels else None
        if last is not None and last.base - word.base <= LEVEL * min(last.size, word.size):
            levels[-1].append(word)
        else:
            levels.append([word])
    found = [_row(level) for level in _gathered(levels) if level]
    return sorted(found, key=lambda row: -row.base)


def _gathered(levels: list[list[Word]]) -> list[list[Word]]:
    """The levels, superscripts, indices and bullets moved to the words that they stand at."""
    smallest = [min([word.size for word in level]) for level in levels]
    largest = [max([word.size for word in level]) for level in levels]
    for here, level in enumerate(levels):
        around = [there for there in (here + 1, here - 1, here + 2) if 0 <= there < len(levels)]
        small = any(smallest[here] < SMALL * largest[there] for there in around)
        if len(level) > MOST_RAISED or not (small or level[0].text in BULLETS):
            continue
        limit = SMALL * max([largest[there] for there in around], default=0.0)
        for word in sorted(level, key=lambda word: word.x0):
            if word.size >= limit and word.text not in BULLETS:
                continue
            host = next((there for there in around if _raised(word, levels[there])), None)
            if host is not None:
                level.remove(word)
                levels[host].append(word)
    return levels


def _raised(word: Word, level: Sequence[Word]) -> bool:
    """Whether a word is a superscript or an index of a level: small, near in height, at a word's edge."""
    for other in level:
        size = other.size
        if word.text in BULLETS and abs(word.base - other.base) < 0.5 * size and 0 < other.x0 - word.x1 < 4 * size:
            return True
        if word.size < SMALL * size and abs(word.base - other.base) <= RAISED * size:
            gap = max(word.x0 - other.x1, other.x0 - word.x1)
            if -0.25 * size <= gap <= NEAR * size:
                return True
        elif word.size == size and abs(word.base - other.base) < 0.05 * size and any(_hosts(other, host) for host in level):
            gap = max(word.x0 - other.x1, other.x0 - word.x1)
            if -0.25 * size <= gap <= 2 * NEAR * size:
                return True
    return False


def _hosts(word: Word, host: Word) -> bool:
    """Whether a word of a level is a superscript beside another word of it."""
    return word.size < SMALL * host.size and abs(word.base - host.base) > LEVEL * host.size


def _row(level: Sequence[Word]) -> Row:
    """The row of pieces of words: sorted, glued where no space parts them, what was drawn twice taken once."""
    pieces = _once(sorted(level, key=lambda word: word.x0))
    gap = _gap(pieces)
    words = [pieces[0]]
    for piece in pieces[1:]:
        last = words[-1]
        if last.trail or piece.lead or piece.x0 - last.x1 > gap * min(last.size, piece.size):
            words.append(piece)
        else:
            words[-1] = _glued(last, piece)
    if 2 * sum(unicodedata.bidirectional(word.text[0]) in RIGHT_TO_LEFT for word in words) > len(words):
        words.reverse()
    largest = max(words, key=lambda word: (len(word.text) * (word.size > 0), word.size))
    return row(largest.base, largest.size, tuple(words))


def _once(pieces: Sequence[Word]) -> list[Word]:
    """The pieces without those that repeat the one before at nearly the same place, as imitated bold type does."""
    kept = [pieces[0]]
    for piece in pieces[1:]:
        twin = next((k for k in kept[-3:] if k.text == piece.text and abs(k.x0 - piece.x0) < 0.3 * (k.x1 - k.x0) + 0.01), None)
        if twin is None or abs(twin.x0 - piece.x0) > 0.25 * piece.size:
            kept.append(piece)
    return kept


def _gap(pieces: Sequence[Word]) -> float:
    """The gap, in sizes, above which pieces are words of their own; wider where the letters themselves are set apart."""
    gaps = [(b.x0 - a.x1) / b.size for a, b in pairwise(pieces) if not (a.trail or b.lead)]
    single = sum(len(piece.text) == 1 for piece in pieces)
    usual = median(gaps) if len(gaps) > 3 else 0.0
    return GAP if single < 0.7 * len(pieces) or not 0.75 * GAP < usual < HOLE else 1.7 * usual


def _glued(a: Word, b: Word) -> Word:
    """One word of two pieces; its size is the larger, its weight that of the longer."""
    main = a if (len(a.text), a.size) >= (len(b.text), b.size) else b
    return Word(
        whole(a.text + b.text), min(a.x0, b.x0), max(a.x1, b.x1), min(a.low, b.low), max(a.high, b.high), main.base, main.size, main.bold,
        a.lead, b.trail, a.item or b.item,
    )  # fmt: skip


def segments(line: Row, size: float = 1_000.0) -> list[tuple[float, float]]:
    """The stretches (left, right) of a row between its holes: gaps wider than words have, in a type no larger than `size`."""
    found: list[tuple[float, float]] = []
    hole = HOLE * min(size, line.size)
    for word in sorted(line.words, key=lambda word: word.x0):
        if found and word.x0 - found[-1][1] < hole:
            found[-1] = (found[-1][0], max(found[-1][1], word.x1))
        else:
            found.append((word.x0, word.x1))
    return found


def side(line: Row, low: float, high: float) -> Row | None:
    """The part of a row between two abscissas, None when no word's middle lies there."""
    words = tuple([word for word in line.words if low <= (word.x0 + word.x1) / 2 < high])
    if len(words) == len(line.words):
        return line
    if not words:
        return None
    main = max(words, key=lambda word: (word.size, len(word.text)))
    return row(main.base, main.size, words)


def row(base: float, size: float, words: tuple[Word, ...]) -> Row:
    """The row of some words."""
    return Row(base, size, words, min([word.x0 for word in words]), max([word.x1 for word in words]))
