"""Which words of one text of a chain stand in another, wherever that may be.

A run of words stands there when it tells enough to be no commonplace of the chain, by itself or with another run of its sentence
that stands near it. What a run tells is counted in bits, by how rare its telling words are in the chain.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reaffirm.linking.formulas import telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reaffirm.linking.formulas import Chain, Extent

MANY = 3  # telling words of a run that stands by itself
ALONE = 22.0  # or bits
TOGETHER = 28.0  # bits of two runs that stand near each other
NEAR = 12  # words by which the distance between two runs may differ in the two texts


class Run(NamedTuple):
    """`size` words from word `at` of one text that stand from word `there` of the other, and the bits that they tell."""

    at: int
    there: int
    size: int
    bits: float
    told: int


def standing(chain: Chain, n: int, other: int) -> list[bool]:
    """Of each word of text n whether it stands in the other text in a run that tells enough; a plural is no other word."""
    words = chain.words.texts[n]
    keys, there = [stem(word) for word in words.keys], [stem(word) for word in chain.words.texts[other].keys]
    bits = [chain.words.bits(number) if telling(word) else 0.0 for word, number in _numbered(chain, n)]
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, pair in enumerate(pairwise(there)):
        pairs[pair].append(j)
    found = [False] * len(keys)
    for sentence in chain.sentences[n]:
        for run in _enough(list(_runs(keys, there, pairs, bits, sentence))):
            found[run.at : run.at + run.size] = [True] * run.size
    return found


def stem(word: str) -> str:
    """The key of a word without the ending of a plural."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word


def _numbered(chain: Chain, n: int) -> Iterator[tuple[str, int]]:
    keys = chain.words.texts[n].keys
    return zip(keys, chain.words.numbered(keys), strict=True)


def _runs(
    keys: Sequence[str], there: Sequence[str], pairs: Mapping[tuple[str, str], Sequence[int]], bits: Sequence[float], sentence: Extent
) -> Iterator[Run]:
    """The runs of a sentence that go on as far as they can: of two telling words, or of three with one."""
    low, high = sentence
    for i in range(low, high - 1):
        for j in pairs.get((keys[i], keys[i + 1]), ()):
            if i > low and j and keys[i - 1] == there[j - 1]:
                continue
            size = 2
            while i + size < high and j + size < len(there) and keys[i + size] == there[j + size]:
                size += 1
            told = sum(map(bool, bits[i : i + size]))
            if told > 1 or (told and size > 2):
                yield Run(i, j, size, sum(bits[i : i + size]), told)


def _enough(runs: Sequence[Run]) -> Iterator[Run]:
    least = TOGETHER - max((run.bits for run in runs), default=0.0)
    for run in runs:
        if run.told >= MANY or run.bits >= ALONE or (run.bits >= least and any(_near(run, each) for each in runs)):
            yield run


def _near(a: Run, b: Run) -> bool:
    """Whether two runs that do not overlap lie about as far from each other in both texts and tell enough together."""
    apart = a.at + a.size <= b.at or b.at + b.size <= a.at
    return apart and a.bits + b.bits >= TOGETHER and abs((a.at - b.at) - (a.there - b.there)) <= NEAR
