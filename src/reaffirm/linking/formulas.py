"""Formulas: runs of words that texts of a chain repeat, since when, and for how long without a break."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reaffirm.linking.concordance import concordance, worded
from reaffirm.linking.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.linking.concordance import Concordance, Worded

Extent = tuple[int, int]

CONTENT = 4  # content words of a formula
# Words that say nothing by themselves; a formula's length is counted in others.
EMPTY = frozenset(
    "a about after again all also am an and any are as at be because been before being between both but by can could did do does for"  # noqa: SIM905
    " from had has have he her here his how i if in into is it its it's itself more most no nor not of on or other our ours out over she"
    " should so some such than that the their them then there these they this those through to too under up upon us very was we were"
    " what when where which while who whom will with would you your may must shall".split()
)


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a chain: the id of its document, its date (EDTF, None when unknown), its text.

    `sentences` are the extents of its sentences outside furniture (None: they are found by stops).
    """

    document: str
    date: str | None
    text: str
    sentences: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Editions in order with a concordance of their words; `sentences` are, for each, the words [low, high) of its sentences.

    `extents` give the extent in the text of each of these.
    """

    editions: tuple[Edition, ...]
    words: Concordance
    sentences: tuple[tuple[Extent, ...], ...]
    extents: tuple[dict[Extent, Extent], ...]
    known: dict[tuple[int, int, int], Formula] = field(default_factory=dict, compare=False, repr=False)  # what `seen` found


@dataclass(frozen=True, slots=True)
class Formula:
    """A run of words [low, high) of a text: how many texts before it have it without a break, and where that and all of it began.

    `since` is the index of the first text of the unbroken run, `first` of the first text that has it at all, `last` of the last
    before this one; they are this text's own where no text before has it.
    """

    low: int
    high: int
    run: int
    since: int
    first: int
    last: int


def linked(editions: Sequence[Edition]) -> Chain:
    """The chain of editions, which are given in order of date."""
    texts, extents = [], []
    for each in editions:
        parts = each.sentences if each.sentences is not None else sentences(each.text)
        words = worded(each.text, parts)
        texts.append(words)
        extents.append({(low, high): part for low, high, part in _parts(words, parts) if low < high})
    return Chain(tuple(editions), concordance(texts), tuple(map(tuple, extents)), tuple(extents))


def _parts(words: Worded, parts: Iterable[Extent]) -> Iterator[tuple[int, int, Extent]]:
    """The words [low, high) of each part of a text."""
    for start, end in parts:
        yield bisect_left(words.starts, start), bisect_left(words.starts, end), (start, end)


def telling(word: str) -> bool:
    """Whether a word, given as its key, says something by itself."""
    return word not in EMPTY


def seen(chain: Chain, n: int, low: int, high: int) -> Formula:
    """Where the words [low, high) of text n stand in the texts before it."""
    known = chain.known.get((n, low, high))
    if known is None:
        known = chain.known[n, low, high] = _seen(chain, n, low, high)
    return known


def _seen(chain: Chain, n: int, low: int, high: int) -> Formula:
    start = int(chain.words.firsts[n])
    run = chain.words.row[start + low : start + high].tolist()
    before = sorted({text for text in chain.words.texts_at(chain.words.occurrences(run)).tolist() if text < n})
    length = 0
    while length < len(before) and before[-1 - length] == n - 1 - length:
        length += 1
    return Formula(low, high, length, n - length, before[0] if before else n, before[-1] if before else n)


def windows(words: Worded, sentence: Extent) -> Iterator[Extent]:
    """The shortest runs of a sentence with `CONTENT` telling words from each of these on; the whole of one that has fewer, but two."""
    low, high = sentence
    told = [n for n in range(low, high) if telling(words.keys[n])]
    if len(told) < CONTENT:
        if len(told) > 1:
            yield low, high
        return
    for n in range(len(told) - CONTENT + 1):
        yield told[n], told[n + CONTENT - 1] + 1


def formulas(chain: Chain, n: int) -> tuple[Formula, ...]:
    """The formulas of text n that the text before it has, too, in order of place.

    Runs that begin in one text and are as old are one; one inside another that is as old, or older, is left out.
    """
    found: list[Formula] = []
    for sentence in chain.sentences[n]:
        grown: list[Formula] = []
        for low, high in windows(chain.words.texts[n], sentence):
            each = seen(chain, n, low, high)
            if each.run:
                grown = _joined(chain, n, grown, each)
        found += _outermost(grown)
    return tuple(found)


def _joined(chain: Chain, n: int, grown: list[Formula], each: Formula) -> list[Formula]:
    """The formulas with one more: it and the last are one when both together are as old."""
    if grown and each.low < grown[-1].high:
        both = seen(chain, n, grown[-1].low, each.high)
        if both.run == min(grown[-1].run, each.run) and grown[-1].run == each.run:
            return [*grown[:-1], both]
    return [*grown, each]


def _outermost(grown: Iterable[Formula]) -> list[Formula]:
    kept = list(grown)
    return [f for f in kept if not any(o is not f and o.low <= f.low and f.high <= o.high and o.run >= f.run for o in kept)]

