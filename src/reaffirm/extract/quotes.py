"""Quotation marks -> quotations: paired by type of mark, never across paragraphs.

An apostrophe is no mark: a single quotation mark opens only where a word can begin and closes only where one can end.
"""

from __future__ import annotations

from dataclasses import dataclass

# Two apostrophes, or two accents before and two apostrophes behind, are the marks of wire services and typewriters.
PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’", "'": "'", "''": "''", "``": "''"}
SINGLE = frozenset("‘'")
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation's extent with its marks, `width` code points each; `open_ended` when its paragraph ends before the closing mark."""

    start: int
    end: int
    open_ended: bool = False
    width: int = 1

    @property
    def inside(self) -> tuple[int, int]:
        """The extent without the marks."""
        return self.start + self.width, self.end - (0 if self.open_ended else self.width)

    def holds(self, start: int, end: int) -> bool:
        """Whether the extent lies inside the quotation."""
        return self.start <= start and end <= self.end


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order of place."""
    found = []
    n = start
    while n < end:
        mark = _mark(text, n, end)
        close = _closing(text, n, end, mark) if mark and _opens(text, n, start, mark) else None
        if close is None:
            n += max(1, len(mark))
            continue
        if any(char.isalnum() for char in text[close.start : close.end]):  # a row of bare marks quotes nothing
            found.append(close)
        n = close.end
    return found


def _mark(text: str, n: int, end: int) -> str:
    """The mark that could open a quotation at a place, a doubled one before a single one; empty when there is none."""
    double = text[n : min(n + 2, end)]
    return double if double in PAIRS else text[n] if text[n] in PAIRS else ""


def _opens(text: str, n: int, start: int, mark: str) -> bool:
    before = text[n - 1] if n > start else " "
    if len(mark) > 1:
        return not before.isalnum() and not text[n + 2 : n + 3].isspace()
    return mark not in {"'", '"', "‘"} or not before.isalnum()


def _closing(text: str, n: int, end: int, opening: str) -> Quotation | None:
    mark, width = PAIRS[opening], len(opening)
    limit, m = min(end, n + LONGEST), text.find(mark, n + width, min(end, n + LONGEST))
    while m >= 0:
        if text[m : m + 3] == "'''" and m + 3 <= limit and width > 1:  # a single mark closes inside the doubled one
            m += 1
        if _closes(text, m + width - 1, end, single=opening in SINGLE):
            return Quotation(n, m + width, width=width)
        m = text.find(mark, m + width, limit)
    if opening in {"“", "«"} and end - n < LONGEST:  # a quotation that runs on into the next paragraph is not closed there
        return Quotation(n, end, open_ended=True)
    return None


def _closes(text: str, m: int, end: int, *, single: bool) -> bool:
    """Whether a closing mark can end at a place: no letter behind it, no blank before an apostrophe."""
    after = text[m + 1] if m + 1 < end else " "
    return not after.isalnum() and not (single and (text[m - 1].isspace() or after == "'" or text[m - 1] == "'"))
