"""What coders marked in texts: units on the continuum of a text, and the text cut into units and gaps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A stretch of a text (code points, end exclusive) to which a coder gave a value."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a coder's continuum: a unit or the piece of one, or, with the value None, a gap between units."""

    start: int
    end: int
    value: str | None

    @property
    def length(self) -> int:
        """Its length in code points."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Coding:
    """All that one coder marked in one text: what is not marked here, this coder holds to be no unit.

    `text` is the hash of the text, `length` its length in code points. Raises `UsageError` where a unit lies outside the text.
    """

    coder: str
    text: str
    length: int
    units: tuple[Unit, ...] = ()

    def __post_init__(self) -> None:
        for unit in self.units:
            if not 0 <= unit.start < unit.end <= self.length:
                message = f"{self.coder} marked {unit.start} to {unit.end} in a text of {self.length} code points; correct the coding"
                raise UsageError(message)

    def segments(self) -> tuple[Segment, ...]:
        """The whole text in units and gaps, in order, without overlap.

        Where units of one coder overlap (a statement within a statement), the shortest counts, of equally long ones the first; units on the
        same stretch have one value together. So equal codings always have equal segments.
        """
        joined = self._joined()
        edges = sorted({0, self.length, *(edge for unit in joined for edge in (unit.start, unit.end))})
        found: list[tuple[int, int, Unit | None]] = []
        for start, end in pairwise(edges):
            over = [unit for unit in joined if unit.start <= start and end <= unit.end]
            inner = min(over, key=lambda unit: (unit.end - unit.start, unit.start), default=None)
            before = found.pop()[0] if found and found[-1][2] == inner else start
            found.append((before, end, inner))
        return tuple(Segment(start, end, unit.value if unit else None) for start, end, unit in found)

    def _joined(self) -> list[Unit]:
        """The units, those on the same stretch as one."""
        values: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for unit in self.units:
            values[unit.start, unit.end].add(unit.value)
        return [Unit(start, end, " + ".join(sorted(named))) for (start, end), named in sorted(values.items())]


def by_text(codings: Iterable[Coding]) -> list[tuple[Coding, ...]]:
    """The codings of each text that two or more coders coded; codings of different texts are never together.

    Raises `UsageError` where one coder coded a text twice, or the text has two lengths.
    """
    found: defaultdict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        found[coding.text].append(coding)
    for text, together in found.items():
        if len({coding.coder for coding in together}) < len(together) or len({coding.length for coding in together}) > 1:
            message = f"the text {text} was coded twice by one coder, or has two lengths; give each coding once"
            raise UsageError(message)
    return [tuple(together) for _, together in sorted(found.items()) if len(together) > 1]
