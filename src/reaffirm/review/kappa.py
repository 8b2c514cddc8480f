"""Cohen's kappa: how far two coders agree beyond what their own habits would bring about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def cohen(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Kappa of the values that two coders gave to the same units; None where they share no unit, or both give one and the same value.

    Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
    """
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[value] * second[value] for value in first)
    if n * n == chance:
        return None
    agreed = sum(a == b for a, b in pairs)
    return (n * agreed - chance) / (n * n - chance)
