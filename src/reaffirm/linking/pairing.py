"""Which sentences of two texts are the same, or the same reworded.

Likeness is the share of words that two sentences have in common (Dice's coefficient, words weighted: marks and short words say little).
Candidates come from the words that few sentences have, so that no text is compared with all of another. Of the candidates the
heaviest series that is in order in both texts is taken, as Needleman and Wunsch align residues with gaps that cost nothing;
what stands outside it was added, dropped or moved.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reaffirm.linking.cuts import Cut

Pair = tuple[int, int]
Best = tuple[float, Pair | None]
Group = tuple[int, int, int, int]  # the sentences [i, k) of a that became the sentences [j, m) of b

ALIKE = 0.3  # the least likeness of two wordings of one sentence
ALMOST = 0.99  # of sentences that have the same words and are not equal
WORSE = 0.4  # how much less than the best a candidate may be alike
COMMON = 50  # sentences that have a word, above which it proposes no candidates
NEAREST = 8  # candidates of a sentence
REPEATED = 400  # pairs of one repeated sentence; beyond, only those at the same place from the first or the last on
CONTEXT = 0.25  # what a neighbour that pairs too, and the paragraph, add
SHORT = 3
GAIN, INSIDE = 0.05, 0.7  # likeness that a neighbour adds, or the share of it that stands within the other side, for it to belong


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of a text: the folded words of each, with the weight of each sentence."""

    cut: Cut
    bags: tuple[Counter[str], ...]
    weights: tuple[float, ...]

    def exact(self, n: int) -> tuple[str, ...]:
        """The words of a sentence as they stand, white space not counted."""
        sentence = self.cut.sentences[n]
        return self.cut.keys[sentence.start : sentence.end]

    def bag(self, start: int, end: int) -> Counter[str]:
        """The words of the sentences [start, end)."""
        return sum(self.bags[start:end], Counter())


def side(cut: Cut) -> Side:
    """The sentences of a text as bags of words."""
    bags = tuple(Counter(word.casefold() for word in cut.words[s.start : s.end]) for s in cut.sentences)
    return Side(cut, bags, tuple(weight(bag) for bag in bags))


def weight(bag: Mapping[str, int]) -> float:
    """How much the words of a bag say."""
    return fsum(value(word) * times for word, times in bag.items())


def value(word: str) -> float:
    """How much a word says: a mark next to nothing, a short word a little."""
    if not any(map(str.isalnum, word)):
        return 0.1
    return 1.0 if len(word) > SHORT or word.isdigit() or not word.isascii() else 0.4


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """The share of the words of two bags that they have in common, 0 to 1."""
    return 2 * weight(a & b) / ((weight(a) + weight(b)) or 1)


def candidates(a: Side, b: Side) -> dict[Pair, float]:
    """The pairs of sentences that may be one, with their likeness; 1 only where they are equal but for white space."""
    found = dict.fromkeys(_equal(a, b), 1.0)
    for pair, alike in _similar(a, b):
        found.setdefault(pair, min(alike, ALMOST))
    best: dict[tuple[int, int], float] = defaultdict(float)
    for pair, alike in found.items():
        for key in enumerate(pair):
            best[key] = max(best[key], alike)
    return {pair: alike for pair, alike in found.items() if alike >= max(best[key] for key in enumerate(pair)) - WORSE}


def _equal(a: Side, b: Side) -> Iterator[Pair]:
    """The pairs of equal sentences."""
    places: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for which, each in enumerate((a, b)):
        for n in range(len(each.bags)):
            places[each.exact(n)][which].append(n)
    for first, second in places.values():
        if len(first) * len(second) <= REPEATED:
            yield from product(first, second)
        else:
            yield from {*zip(first, second, strict=False), *zip(first[::-1], second[::-1], strict=False)}


def _similar(a: Side, b: Side) -> Iterator[tuple[Pair, float]]:
    """The pairs of sentences that share words which few have, those that are alike."""
    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for j, bag in enumerate(b.bags):
        for word, times in bag.items():
            holders[word].append((j, times))
    holders = {word: where for word, where in holders.items() if len(where) <= COMMON}
    for i, bag in enumerate(a.bags):
        shared: Counter[int] = Counter()
        for word, times in bag.items():
            for j, others in holders.get(word, ()):
                shared[j] += value(word) * min(times, others)  # type: ignore[assignment]
        near = sorted(shared, key=lambda j: (-shared[j] / (a.weights[i] + b.weights[j]), j))[:NEAREST]
        scored = (((i, j), likeness(bag, b.bags[j])) for j in near)
        yield from ((pair, alike) for pair, alike in scored if alike >= ALIKE)


def aligned(a: Side, b: Side, found: Mapping[Pair, float]) -> list[Group]:
    """The sentences that stand in the same order in both texts, with those that a sentence was cut into or made one of."""
    sharing = _sharing(a, b, found)
    weights = {pair: _weight(a, b, pair, found, sharing) for pair in found}
    return _grown(a, b, _heaviest(weights, len(b.bags)))


def _sharing(a: Side, b: Side, found: Mapping[Pair, float]) -> Mapping[Pair, float]:
    """How much two paragraphs share, 0 to 1: the weight of their best candidates to that of the lighter."""
    best: dict[Pair, dict[int, float]] = defaultdict(dict)
    for (i, j), alike in found.items():
        key = a.cut.sentences[i].paragraph, b.cut.sentences[j].paragraph
        best[key][i] = max(best[key].get(i, 0.0), alike * a.weights[i])
    whole = [_paragraphs(each) for each in (a, b)]
    return {(p, q): min(1.0, fsum(rows.values()) / (min(whole[0][p], whole[1][q]) or 1)) for (p, q), rows in best.items()}


def _paragraphs(each: Side) -> Counter[int]:
    """The weight of each paragraph."""
    total: Counter[int] = Counter()
    for sentence, heavy in zip(each.cut.sentences, each.weights, strict=True):
        total[sentence.paragraph] += heavy  # type: ignore[assignment]
    return total


def _weight(a: Side, b: Side, pair: Pair, found: Mapping[Pair, float], sharing: Mapping[Pair, float]) -> float:
    """What a pair adds to a series: its likeness times its weight, more beside another pair and in paragraphs that share more."""
    i, j = pair
    beside = found.get((i - 1, j - 1), 0.0) + found.get((i + 1, j + 1), 0.0)
    together = sharing.get((a.cut.sentences[i].paragraph, b.cut.sentences[j].paragraph), 0.0)
    return found[pair] ** 2 * (a.weights[i] + b.weights[j]) * (1 + CONTEXT * (beside + together))


def _heaviest(weights: Mapping[Pair, float], size: int) -> list[Pair]:
    """The heaviest series of pairs that ascends on both sides; a tree of prefix maxima (Fenwick) keeps it at n log n."""
    tree: list[Best] = [(0.0, None)] * (size + 1)
    before: dict[Pair, Pair | None] = {}
    for i, j in sorted(weights, key=lambda pair: (pair[0], -pair[1])):
        heavy, before[i, j] = _best(tree, j)
        total, at = heavy + weights[i, j], j + 1
        while at <= size:
            if tree[at][0] < total:
                tree[at] = total, (i, j)
            at += at & -at
    return _series(_best(tree, size)[1], before)


def _best(tree: Sequence[Best], at: int) -> Best:
    """The heaviest series so far that ends before a sentence of the second text, and its last pair."""
    best: Best = (0.0, None)
    while at:
        best, at = max(best, tree[at], key=lambda entry: entry[0]), at - (at & -at)
    return best


def _series(last: Pair | None, before: Mapping[Pair, Pair | None]) -> list[Pair]:
    series = []
    while last:
        series.append(last)
        last = before[last]
    return series[::-1]


def _grown(a: Side, b: Side, series: Sequence[Pair]) -> list[Group]:
    """The pairs, each with the neighbours that nothing else claims and that belong to it: a sentence cut in two, or two made one."""
    groups: list[Group] = []
    for n, (i, j) in enumerate(series):
        low = groups[-1][1:4:2] if groups else (0, 0)
        high = series[n + 1] if n + 1 < len(series) else (len(a.bags), len(b.bags))
        groups.append(grow(a, b, (i, i + 1, j, j + 1), low, high))
    return groups


def grow(a: Side, b: Side, group: Group, low: Sequence[int], high: Sequence[int]) -> Group:
    """The group with whatever neighbours within its bounds make it more alike, or stand within the other side."""
    alike = _alike(a, b, group)
    while alike < 1:
        best = max(_wider(group, low, high), key=lambda wider: _alike(a, b, wider), default=group)
        gained = _alike(a, b, best) - alike
        if gained < GAIN and (gained <= 0 or _inside(a, b, group, best) < INSIDE):
            break
        group, alike = best, alike + gained
    return group


def _alike(a: Side, b: Side, group: Group) -> float:
    return likeness(a.bag(*group[:2]), b.bag(*group[2:]))


def _inside(a: Side, b: Side, group: Group, wider: Group) -> float:
    """The share of the words of the neighbour by which a group is wider that the other side has to spare."""
    first, second = a.bag(*group[:2]), b.bag(*group[2:])
    more, spare = a.bag(*wider[:2]) - first, second - first
    if not more:
        more, spare = b.bag(*wider[2:]) - second, first - second
    return weight(more & spare) / (weight(more) or 1)


def _wider(group: Group, low: Sequence[int], high: Sequence[int]) -> Iterable[Group]:
    i, k, j, m = group
    if i > low[0]:
        yield i - 1, k, j, m
    if k < high[0]:
        yield i, k + 1, j, m
    if j > low[1]:
        yield i, k, j - 1, m
    if m < high[1]:
        yield i, k, j, m + 1
