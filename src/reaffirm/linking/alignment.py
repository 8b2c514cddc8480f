"""Which words of two texts are the same words in the same order.

Equal beginnings and ends first, then landmarks, as in patience diff (Cohen): runs of `RUN` words that stand exactly once
in either text, the longest series of them in the same order in both. Between two landmarks the longest common subsequence
is exact (rapidfuzz); a stretch too long for that is searched for landmarks of its own, and one that has none is taken for
replaced. So two texts of 50,000 words take less than a second.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Run = tuple[int, int, int]  # where it begins in a, where in b, how many words

RUN = 4
LARGEST = 2_000_000  # pairs of words of the largest stretch that is compared without landmarks: some milliseconds


def align(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """The runs of equal words, in the order of both texts, neither overlapping nor touching in both at once."""
    numbers = {word: n for n, word in enumerate(dict.fromkeys((*a, *b)))}  # rapidfuzz compares hashes; those of words vary
    first, second = ([numbers[word] for word in side] for side in (a, b))
    return _purged(_joined(_runs(first, second, 0, 0)), len(a), len(b))


def landmarks(a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int]]:
    """Where runs of `RUN` words stand that each text has once: the longest series that is in order in both."""
    there = _once(b)
    pairs = [(i, there[run]) for run, i in _once(a).items() if run in there]
    return _ascending(sorted(pairs))


def gaps(runs: Sequence[Run], a: int, b: int) -> Iterator[tuple[int, int, int, int]]:
    """The stretches [i, k) of a and [j, m) of b that no run covers, for texts of `a` and `b` words."""
    i = j = 0
    for x, y, size in (*runs, (a, b, 0)):
        if i < x or j < y:
            yield i, x, j, y
        i, j = x + size, y + size


def _runs(a: Sequence[int], b: Sequence[int], i: int, j: int) -> Iterator[Run]:
    """The runs of two stretches that begin at word i of one text and word j of the other; they may touch."""
    if len(a) * len(b) <= LARGEST:
        for block in Indel.opcodes(a, b).as_matching_blocks():
            if block.size:
                yield i + block.a, j + block.b, block.size
        return
    head = _alike(a, b)
    tail = _alike(a[head:][::-1], b[head:][::-1])
    known = _joined([(0, 0, head), *((x, y, RUN) for x, y in landmarks(a, b)), (len(a) - tail, len(b) - tail, tail)])
    if not known:
        return
    edge = 0, 0
    for x, y, size in (*known, (len(a), len(b), 0)):
        yield from _runs(a[edge[0] : x], b[edge[1] : y], i + edge[0], j + edge[1])
        if size:
            yield i + x, j + y, size
        edge = x + size, y + size


def _alike(a: Sequence[int], b: Sequence[int]) -> int:
    """How many words two texts begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _joined(runs: Iterable[Run]) -> list[Run]:
    """The runs that have words, those that overlap or touch on the same diagonal made one; of others that overlap, the later is cut."""
    found: list[Run] = []
    for x, y, size in runs:
        if not found or not size:
            found += [(x, y, size)] if size else []
            continue
        i, j, length = found[-1]
        if x - i == y - j and x <= i + length:
            found[-1] = i, j, max(length, x - i + size)
            continue
        cut = max(0, i + length - x, j + length - y)
        if cut < size:
            found.append((x + cut, y + cut, size - cut))
    return found


def _purged(runs: list[Run], a: int, b: int) -> list[Run]:
    """The runs without those that are equal by chance: fewer words than were replaced on either side of them.

    A stretch is replaced as far as both texts have words there; where one has none, words were added, and whatever
    stands beside them stays. The more is dropped, the longer the stretches beside what is left: hence the stack, one
    pass of the semantic clean-up of Fraser (Diff, Match and Patch).
    """
    kept: list[Run] = []
    ends = (*runs, (a, b, 0))
    for run, following in pairwise(ends):
        kept.append(run)
        while kept and _by_chance(kept, following):
            kept.pop()
    return kept


def _by_chance(kept: Sequence[Run], following: Run) -> bool:
    """Whether the last run kept has fewer words than the stretches replaced before and after it."""
    i, j, size = kept[-1]
    x, y, length = kept[-2] if len(kept) > 1 else (0, 0, 0)
    before = min(i - x - length, j - y - length)
    after = min(following[0] - i - size, following[1] - j - size)
    return size < min(before, after)


def _once(words: Sequence[int]) -> dict[tuple[int, ...], int]:
    """Each run of `RUN` words that stands once, and where."""
    places: dict[tuple[int, ...], int] = {}
    for i, run in enumerate(zip(*(words[k:] for k in range(RUN)), strict=False)):
        places[run] = -1 if run in places else i
    return {run: i for run, i in places.items() if i >= 0}


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of pairs that ascends on both sides, of pairs that ascend on the first (patience sorting)."""
    tops: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(at[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        at[pile : pile + 1] = [n]
    series = []
    n = at[-1] if at else -1
    while n >= 0:
        series.append(pairs[n])
        n = before[n]
    return series[::-1]
