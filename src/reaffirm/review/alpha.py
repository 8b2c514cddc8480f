"""Krippendorff's alpha: for values given to the same units, and for units marked on the continuum of a text.

A figure that the data do not define is None, never 1: no unit that two coders share, no unit at all, or one value for everything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from reaffirm.review.codings import by_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reaffirm.review.codings import Coding, Segment

Value = str | None
Coincidences = dict[tuple[Value, Value], float]


@dataclass(frozen=True, slots=True)
class Unitized:
    """The alphas of one continuum, or of several: `u` of units and values, `binary` of units alone, `cu` of the values where units meet.

    `texts` and `length` (code points) say how much two or more coders coded. None: not defined.
    """

    u: float | None
    binary: float | None
    cu: float | None
    texts: int
    length: int


def nominal(units: Iterable[Mapping[str, str]]) -> float | None:
    """Alpha of values without order; each unit is given as its values by coder, and one with a single value says nothing.

    Krippendorff, Content Analysis (4th ed., 2019), 12.3: coincidences of values in pairs within units, against those in pairs
    of all values.
    """
    observed: defaultdict[tuple[str, str], float] = defaultdict(float)
    for unit in units:
        given = Counter(unit.values())
        m = given.total()
        for c, k in ((c, k) for c in given for k in given) if m > 1 else ():
            observed[c, k] += given[c] * (given[k] - (c == k)) / (m - 1)
    totals = _margins(observed)
    n = sum(totals.values())
    expected = n * n - sum(total * total for total in totals.values())
    apart = sum(share for (c, k), share in observed.items() if c != k)
    return 1 - (n - 1) * apart / expected if len(totals) > 1 else None


def unitizing(codings: Iterable[Coding]) -> Unitized:
    """The alphas of what coders marked; texts that fewer than two of them coded are left out.

    Krippendorff, Mathet, Bouvry and Widlöcher, "On the reliability of unitizing textual continua: further developments", Quality & Quantity
    50 (2016): coincidences are the lengths of intersections of segments of two coders, gaps among them; by chance, any two
    stretches of the continua may meet, save a unit with itself. Several texts are one continuum of which only places of the same text are
    compared. `cu` takes the intersections of units alone, and by chance any two values of these.
    """
    texts = [[coding.segments() for coding in together] for together in by_text(codings)]
    length = sum(segments[-1].end for coders in texts for segments in coders[:1] if segments)
    observed = _coincidences(texts)
    alone = {pair: share for pair, share in observed.items() if None not in pair}
    merged: defaultdict[tuple[Value, Value], float] = defaultdict(float)
    for (c, k), share in observed.items():
        merged[c and "unit", k and "unit"] += share
    own = sum(_own(segment) for coders in texts for segments in coders for segment in segments)
    return Unitized(_alpha(observed, own), _alpha(merged, own), _alpha(alone, 0), len(texts), length)


def _own(segment: Segment) -> int:
    """With how much of the continua a segment cannot meet by chance: a unit with itself, each point of a gap with that point."""
    return segment.length if segment.value is None else segment.length**2


def _coincidences(texts: Iterable[Sequence[Sequence[Segment]]]) -> Coincidences:
    """By two values, the length on which one coder has the first and another the second; each text counts its length once a coder."""
    found: defaultdict[tuple[Value, Value], float] = defaultdict(float)
    for coders in texts:
        for first, second in permutations(coders, 2):
            for pair, length in _meetings(first, second):
                found[pair] += length / (len(coders) - 1)
    return dict(found)


def _meetings(first: Sequence[Segment], second: Sequence[Segment]) -> Iterator[tuple[tuple[Value, Value], int]]:
    """The values of two segments that share a stretch, and its length; both sequences cover the same text."""
    one = two = 0
    while one < len(first) and two < len(second):
        a, b = first[one], second[two]
        yield (a.value, b.value), min(a.end, b.end) - max(a.start, b.start)
        one, two = one + (a.end <= b.end), two + (b.end <= a.end)


def _alpha(observed: Mapping[tuple[Value, Value], float], own: int) -> float | None:
    """One minus observed by expected disagreement; None where there is one value or none, so that no disagreement can be expected."""
    totals = _margins(observed)
    whole = sum(totals.values())
    if len(totals) < 2:
        return None
    expected = whole * (whole**2 - sum(total**2 for total in totals.values())) / (whole**2 - own)
    return 1 - sum(share for (c, k), share in observed.items() if c != k) / expected


def _margins(observed: Mapping[tuple[Value, Value], float] | Mapping[tuple[str, str], float]) -> dict[Value, float]:
    totals: defaultdict[Value, float] = defaultdict(float)
    for (c, _), share in observed.items():
        totals[c] += share
    return {value: total for value, total in totals.items() if total > 0}
