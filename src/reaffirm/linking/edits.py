"""What a person would say was changed between two wordings of a sentence: whole words and phrases, not the fragments they share by chance.

The words kept are worth something, each change costs something: the alignment with the highest sum has few changes of some length
instead of many small ones (affine gaps, Gotoh 1982), and a change between equal words begins where a phrase does. The
numbers were set on the first half of the revised sentences that bench/redline.py reads. Stretches too long for that are
compared by their longest common subsequence, islands worth less than a change then counted as changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from reaffirm.linking.alignment import LARGEST, align, gaps
from reaffirm.linking.cuts import GLUED
from reaffirm.linking.pairing import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Change = tuple[int, int, int, int]  # the words [i, k) of a that became the words [j, m) of b

LONG_WORD, SHORT_WORD, CHANGE, PHRASE = 20, 12, 20, 1  # what a word kept is worth, what a change costs, and how much less before a mark
MARKS = frozenset(",;:(")
CELLS = 40_000  # pairs of words that are weighed one by one: some hundredths of a second
BESIDE = 12  # equal words at either end that a change may still be slid along
KEPT, CHANGED = 0, 1
WORST = -(10**9)


def changes(a: Sequence[str], b: Sequence[str]) -> list[Change]:
    """The stretches [i, k) of a that became [j, m) of b, in order; whatever lies between two is equal in both."""
    if a == b:
        return []
    head = max(0, _alike(a, b) - BESIDE)
    tail = max(0, _alike(a[head:][::-1], b[head:][::-1]) - BESIDE)
    first, second = a[head : len(a) - tail], b[head : len(b) - tail]
    found = _weighed(first, second) if len(first) * len(second) <= CELLS else _merged(first, _least(first, second))
    return [(i + head, k + head, j + head, m + head) for i, k, j, m in found]


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _worth(word: str) -> int:
    """What it is worth to keep a word."""
    return LONG_WORD if len(word) > SHORT + word.startswith(GLUED) or word[-1:].isdigit() else SHORT_WORD


def _marked(words: Sequence[str]) -> list[bool]:
    """Of each word whether it is a mark that ends a phrase; of what follows the last it is not."""
    return [*(word.lstrip(GLUED) in MARKS for word in words), False]


def _weighed(a: Sequence[str], b: Sequence[str]) -> list[Change]:
    """The changes of the alignment with the highest sum."""
    worth = [_worth(word) for word in a]
    marked = _marked(a), _marked(b)
    kept, changed = [0] + [WORST] * len(b), [WORST] * (len(b) + 1)
    ways: list[list[tuple[int, int]]] = []  # for each cell: the state before it was kept, the step by which it was changed
    for i in range(len(a) + 1):
        above = kept, changed
        kept, changed = ([0] if not i else [WORST]) + [WORST] * len(b), [WORST] * (len(b) + 1)
        row = []
        for j in range(len(b) + 1):
            before = KEPT
            if i and j and a[i - 1] == b[j - 1]:
                before = KEPT if above[KEPT][j - 1] >= above[CHANGED][j - 1] else CHANGED
                kept[j] = above[before][j - 1] + worth[i - 1]
            changed[j], step = max(_steps(marked, i, j, above, (kept, changed)), default=(WORST, 0))
            row.append((before, -step))
        ways.append(row)
    return _walked(len(a), len(b), ways, KEPT if kept[-1] >= changed[-1] else CHANGED)


def _steps(
    marked: tuple[list[bool], list[bool]], i: int, j: int, above: tuple[list[int], list[int]], here: tuple[list[int], list[int]]
) -> Iterator[tuple[int, int]]:
    """The sums with which a change may reach a cell, and the negative number of each step: bit 0 whence in state, bit 1 which text.

    A change costs less where it begins at a mark in either text.
    """
    ours, theirs = marked
    if i:
        yield above[CHANGED][j], -CHANGED
        yield above[KEPT][j] - (CHANGE - PHRASE * (ours[i - 1] or theirs[j])), -KEPT
    if j:
        yield here[CHANGED][j - 1], -2 - CHANGED
        yield here[KEPT][j - 1] - (CHANGE - PHRASE * (ours[i] or theirs[j - 1])), -2 - KEPT


def _walked(i: int, j: int, ways: Sequence[Sequence[tuple[int, int]]], state: int) -> list[Change]:
    """The changes on the way back from the last cell."""
    found: list[Change] = []
    end = i, j
    while i or j:
        before, step = ways[i][j]
        if state == KEPT:
            i, j, state = i - 1, j - 1, before
            end = (i, j) if state == CHANGED else end
            continue
        i, j, state = i - (step < 2), j - (step >= 2), step & 1
        if state == KEPT or not (i or j):
            found.append((i, end[0], j, end[1]))
    return found[::-1]


def _least(a: Sequence[str], b: Sequence[str]) -> list[Change]:
    """The fewest changes of long stretches."""
    if len(a) * len(b) > LARGEST:
        return list(gaps(align(a, b), len(a), len(b)))
    numbers = {word: n for n, word in enumerate(dict.fromkeys((*a, *b)))}
    blocks = Indel.opcodes([numbers[word] for word in a], [numbers[word] for word in b]).as_matching_blocks()
    return list(gaps([(block.a, block.b, block.size) for block in blocks if block.size], len(a), len(b)))


def _merged(a: Sequence[str], found: Sequence[Change]) -> list[Change]:
    """The changes, those made one between which less is kept than a change costs."""
    done: list[Change] = []
    for change in found:
        if done and sum(map(_worth, a[done[-1][1] : change[0]])) < CHANGE:
            done[-1] = done[-1][0], change[1], done[-1][2], change[3]
        else:
            done.append(change)
    return done
