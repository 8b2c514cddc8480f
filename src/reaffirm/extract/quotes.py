"""Quotation marks -> quotations: paired by type of mark, never across paragraphs.

An apostrophe is no mark: a single quotation mark opens only where a word can begin and closes only where one can end.
"""

from __future__ import annotations

from dataclasses import dataclass

PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’", "'": "'"}
SINGLE = frozenset("‘'")
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation's extent with its marks; `open_ended` when its paragraph ends before the closing mark."""

    start: int
    end: int
    open_ended: bool = False

    def holds(self, start: int, end: int) -> bool:
        """Whether the extent lies inside the quotation."""
        return self.start <= start and end <= self.end


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order of place."""
    found = []
    n = start
    while n < end:
        close = _closing(text, n, end) if text[n] in PAIRS and _opens(text, n, start) else None
        if close is None:
            n += 1
            continue
        if any(char.isalnum() for char in text[close.start : close.end]):  # a row of bare marks quotes nothing
            found.append(close)
        n = close.end
    return found


def _opens(text: str, n: int, start: int) -> bool:
    before = text[n - 1] if n > start else " "
    return text[n] not in {"'", '"', "‘"} or not before.isalnum()


def _closing(text: str, n: int, end: int) -> Quotation | None:
    mark = PAIRS[text[n]]
    limit, m = min(end, n + LONGEST), text.find(mark, n + 1, min(end, n + LONGEST))
    while m >= 0:
        if _closes(text, m, end, single=text[n] in SINGLE):
            return Quotation(n, m + 1)
        m = text.find(mark, m + 1, limit)
    if text[n] in "“«" and end - n < LONGEST:  # a quotation that runs on into the next paragraph is not closed there
        return Quotation(n, end, open_ended=True)
    return None


def _closes(text: str, m: int, end: int, *, single: bool) -> bool:
    after = text[m + 1] if m + 1 < end else " "
    return not after.isalnum() and not (single and text[m - 1].isspace())
