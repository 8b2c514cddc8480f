"""Every word of many texts in one row of numbers, so that any run of words is found in all of them at once.

Words are numbered by their key (case, apostrophe style and compatibility forms do not count); the places of each number
are kept in order. A run is sought where its rarest word stands, and its other words are compared there with numpy.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reaffirm.linking.words import APOSTROPHES, SOFT, THOUSANDS, UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

BREAK, UNKNOWN = -1, -2  # between two texts; a word that no text has
MARKS = rf"\u0300-\u036f{SOFT}"
RUN = rf"[^\W_{UNSPACED}]+(?:[{MARKS}]+[^\W_{UNSPACED}]*)*"
# The words of `linking.words`, and signs that are read as words; faster, because every text of a ledger is read.
WORD = re.compile(rf"\d+(?:[.,]\d+)+(?![^\W\d_])|\b(?:[^\W\d_]\.){{2,}}|{RUN}(?:[{APOSTROPHES}]{RUN})*|[{UNSPACED}$€£¥%&+§]")
PLAIN = {**dict.fromkeys(map(ord, SOFT)), **dict.fromkeys(map(ord, APOSTROPHES), "'")}


@lru_cache(maxsize=1 << 17)
def form(word: str) -> str:
    """A word without soft hyphens and compatibility forms (Unicode NFKC), letter case kept; `5,000` is 5000, `U.S.` is US."""
    plain = unicodedata.normalize("NFKC", word.translate(PLAIN))
    return THOUSANDS.sub("", plain) if plain[-1:].isdigit() else plain.replace(".", "")


@lru_cache(maxsize=1 << 17)
def key(word: str) -> str:
    """The form of a word without letter case."""
    return form(word).casefold()


@dataclass(frozen=True, slots=True)
class Worded:
    """A text's words: keys in order, the first and the end offset of each; `cuts` are words before which other text was left out."""

    text: str
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cuts: frozenset[int] = frozenset()

    def extent(self, low: int, high: int) -> tuple[int, int]:
        """The extent in the text of the words [low, high), which must be some."""
        return self.starts[low], self.ends[high - 1]

    def words(self, low: int, high: int) -> str:
        """The text of the words [low, high) with what stands between them; empty for none."""
        return self.text[self.starts[low] : self.ends[high - 1]] if low < high else ""

    def form(self, n: int) -> str:
        """The form of word n, letter case kept."""
        return form(self.text[self.starts[n] : self.ends[n]])


def worded(text: str, extents: Iterable[tuple[int, int]] | None = None) -> Worded:
    """The words of a text, or of the extents of it that are given in order (blocks outside furniture)."""
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    cuts = set()
    for begin, end in ((0, len(text)),) if extents is None else extents:
        cuts.add(len(keys))
        for found in WORD.finditer(text, begin, end):
            keys.append(key(found[0]))
            starts.append(found.start())
            ends.append(found.end())
    return Worded(text, tuple(keys), tuple(starts), tuple(ends), frozenset(cuts))


@dataclass(frozen=True, slots=True)
class Concordance:
    """The words of texts as numbers in one row, `BREAK` behind each text; `order` are the places sorted by number."""

    texts: tuple[Worded, ...]
    numbers: dict[str, int]
    row: Numbers
    firsts: Numbers  # where each text begins in the row
    order: Numbers
    lows: Numbers  # where the places of each number begin in `order`

    def numbered(self, keys: Iterable[str]) -> list[int]:
        """The numbers of words, `UNKNOWN` for those that no text has."""
        return [self.numbers.get(word, UNKNOWN) for word in keys]

    def places(self, number: int) -> Numbers:
        """The places in the row of one word, in order; none of an unknown one."""
        return self.order[self.lows[number] : self.lows[number + 1]] if number >= 0 else self.order[:0]

    def count(self, number: int) -> int:
        """How often a word stands in all texts."""
        return int(self.lows[number + 1] - self.lows[number]) if number >= 0 else 0

    def occurrences(self, run: Sequence[int]) -> Numbers:
        """The places in the row where a run of words begins, in order."""
        if not run or UNKNOWN in run:
            return self.order[:0]
        counts = [self.count(number) for number in run]
        rarest, *others = sorted(range(len(run)), key=counts.__getitem__)
        found = self.places(run[rarest]) - rarest
        found = found[(found >= 0) & (found + len(run) <= len(self.row))]
        for n in others:
            if not len(found):
                break
            found = found[self.row[found + n] == run[n]]
        return found

    def texts_at(self, places: Numbers) -> Numbers:
        """The index of the text that each place is in."""
        return np.searchsorted(self.firsts, places, side="right") - 1

    def text_at(self, place: int) -> int:
        """The index of the text that one place is in."""
        return int(np.searchsorted(self.firsts, place, side="right")) - 1

    def bits(self, number: int) -> float:
        """How much a word tells, in bits: the binary logarithm of all words over those that are this one."""
        return float(np.log2((len(self.row) + 1) / (self.count(number) + 1)))


def concordance(texts: Sequence[Worded]) -> Concordance:
    """The concordance of texts, in their order."""
    numbers: dict[str, int] = {}
    firsts: list[int] = []
    row: list[int] = []
    for each in texts:
        firsts.append(len(row))
        row += [numbers.setdefault(word, len(numbers)) for word in each.keys]
        row.append(BREAK)
    whole = np.array(row, dtype=np.int64)
    order = np.argsort(whole, kind="stable")
    lows = np.searchsorted(whole[order], np.arange(len(numbers) + 1))
    return Concordance(tuple(texts), numbers, whole, np.array(firsts, dtype=np.int64), order, lows)
