"""Sketches: the few numbers by which a store finds what may be a copy of a document, by equality alone.

Two kinds of keys. *Bands*: MinHash of all shingles of `SHINGLE` words (Broder 1997), cut into `BANDS` bands of `ROWS`
values (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4), so that texts alike as wholes share some.
*Passages*: landmarks are shingles whose hash is the least within `REACH` words on either side (winnowing: Schleimer,
Wilkerson and Aiken 2003); each landmark with those of `STEPS` after it is a key, some 90 words apart, so that an excerpt
shares some of those of the text that it is from, while a formula or a short paragraph that all texts of an office have
makes none. Two steps, because a changed word between two landmarks may make one more or one less. Of a long text the
`PASSAGES` least are kept, the same in any text that has them.

The hashing is written out here with numpy, because keys are stored and must be equal for ever and everywhere: the same
words gave other signatures in rensa 0.5.0 than in 0.3.0, and datasketch would bring scipy. Words are hashed with BLAKE2b, the
rest is SplitMix64 (Steele, Lea and Flood 2014) on unsigned 64-bit integers.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reaffirm.linking.words import body
from reaffirm.model import Sketch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reaffirm.model import Document

    Hashes = NDArray[np.uint64]

SHINGLE = 3
BANDS, ROWS = 50, 4
REACH = 15
STEPS = (3, 4)
PASSAGES = 40
LEAST = 20  # words below which two texts may be equal by chance
GOLDEN = 0x9E3779B97F4A7C15
GREATEST = 0xFFFFFFFFFFFFFFFF


def sketch(document: Document) -> Sketch:
    """The sketch of a document's body: signed 64-bit keys in ascending order; none for fewer than `LEAST` words."""
    words = body(document).folded
    if len(words) < LEAST:
        return Sketch(document.id, len(words), ())
    hashes = shingles(words)
    keys = np.unique(np.concatenate([bands(hashes), passages(hashes)]).view(np.int64))
    return Sketch(document.id, len(words), tuple(int(key) for key in keys))


def shingles(words: tuple[str, ...]) -> Hashes:
    """The hash of each run of `SHINGLE` words, in the order of the text."""
    single = np.array([_word(word) for word in words], dtype=np.uint64)
    total = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
    for k in range(SHINGLE):
        total = _mix(total + single[k : k + len(total)])
    return total


def bands(hashes: Hashes) -> Hashes:
    """One key for each band of the MinHash of shingles."""
    distinct = np.unique(hashes)
    least = np.array([_mix(distinct ^ seed).min() for seed in _seeds()], dtype=np.uint64)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64)
    for row in least.reshape(BANDS, ROWS).T:
        keys = _mix(keys ^ row)
    return keys


def passages(hashes: Hashes) -> Hashes:
    """The keys of a text's passages, the `PASSAGES` least of them."""
    edges = np.full(REACH, GREATEST, dtype=np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(np.concatenate([edges, hashes, edges]), 2 * REACH + 1)
    marks = hashes[windows.min(axis=1) == hashes]
    keys = [_mix(_mix(marks[:-step]) + marks[step:]) for step in STEPS]
    return np.unique(np.concatenate(keys))[:PASSAGES]


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


@lru_cache(maxsize=1)
def _seeds() -> Hashes:
    return _mix(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64))


def _mix(values: Hashes) -> Hashes:
    """SplitMix64 of each value; sums and products are taken modulo 2**64."""
    values = values + np.uint64(GOLDEN)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
