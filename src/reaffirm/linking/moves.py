"""Sentences and paragraphs that stand elsewhere: what one text lost and the other gained, when it is the same, or the same reworded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.linking.pairing import grow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reaffirm.linking.pairing import Group, Pair, Side

REWORDED = 0.6  # likeness from which a sentence elsewhere is the same reworded
LEAST = 3.0  # weight of the words of a move: less recurs by chance


@dataclass(frozen=True, slots=True)
class Move:
    """Text that stands elsewhere: the sentences [i, k) of a that became the sentences [j, m) of b, group after group."""

    groups: tuple[Group, ...]


def moved(a: Side, b: Side, found: Mapping[Pair, float], settled: Iterable[Group]) -> list[Move]:
    """The moves among the sentences in no settled group, in order of their place in a; sentences that stay together are one move."""
    free = [True] * len(a.bags), [True] * len(b.bags)
    for group in settled:
        _claim(free, group)
    chosen = []
    for i, j in sorted(found, key=lambda pair: (-_strength(a, b, pair, found), pair)):
        if found[i, j] >= REWORDED and free[0][i] and free[1][j]:
            chosen.append((i, i + 1, j, j + 1))
            _claim(free, chosen[-1])
    grown = []
    for group in sorted(chosen):
        low, high = (_down(free[0], group[0]), _down(free[1], group[2])), (_up(free[0], group[1]), _up(free[1], group[3]))
        grown.append(grow(a, b, group, low, high))
        _claim(free, grown[-1])
    return [Move(run) for run in _runs(grown) if sum(sum(a.weights[i:k]) for i, k, _, _ in run) >= LEAST]


def _claim(free: Sequence[list[bool]], group: Group) -> None:
    """Nothing, once the sentences of a group are no longer free."""
    for side, start, end in ((free[0], *group[:2]), (free[1], *group[2:])):
        side[start:end] = [False] * (end - start)


def _down(free: Sequence[bool], at: int) -> int:
    """How far down from a sentence the ones before it are free."""
    while at and free[at - 1]:
        at -= 1
    return at


def _up(free: Sequence[bool], at: int) -> int:
    """How far up from a sentence on they are free."""
    while at < len(free) and free[at]:
        at += 1
    return at


def _strength(a: Side, b: Side, pair: Pair, found: Mapping[Pair, float]) -> float:
    """How much speaks for a pair: its likeness and weight, and that its neighbours are alike."""
    i, j = pair
    beside = found.get((i - 1, j - 1), 0.0) + found.get((i + 1, j + 1), 0.0)
    return found[pair] * (a.weights[i] + b.weights[j]) * (1 + beside)


def _runs(groups: Iterable[Group]) -> Iterator[tuple[Group, ...]]:
    """The groups that follow one another in both texts."""
    run: list[Group] = []
    for group in groups:
        if run and (run[-1][1], run[-1][3]) != (group[0], group[2]):
            yield tuple(run)
            run = []
        run.append(group)
    if run:
        yield tuple(run)
