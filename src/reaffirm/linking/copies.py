"""Copies: documents whose bodies are nearly the same text. They are linked with their differences, never merged.

`sketch` gives the keys by which a store proposes candidates; `compare` says of two documents whether they are copies.
What decides is the share of the shorter body's words that stand in the other in the same order (`ALIKE`), and, when the
two say that they are of different days, that they are equal but for slips (`UNCHANGED`) and no number changed: next
year's statement, or the next issue of a form letter, repeats the wording of the last and is another text.

The numbers rest on what bench/copies.py measures. With up to a tenth of the words changed a piece shares 0.93 or more with its
original; unrelated pieces share 0.14 in the middle and 0.26 at most, a state's speeches of two following years 0.28 at
most. Between lies reuse: at 0.75 a text may have lost or gained a quarter, as a shortened agency report under another
tail has, while one that reuses six paragraphs of ten stays below. A committee's following statements share 0.79 in the
middle and up to 0.99, so that no share parts them from copies: only their dates do.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from reaffirm.linking.alignment import align, gaps
from reaffirm.linking.sketches import LEAST, sketch
from reaffirm.linking.words import WORD, body, fold, running
from reaffirm.model import Copy, Difference, digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.linking.words import Words
    from reaffirm.model import CopyKind, Document, Field

__all__ = ["NOTES", "Match", "Notes", "beside", "compare", "copy_id", "sketch"]

ALIKE = 0.75  # share of the shorter body's words
NEARLY = 0.9  # share of the words of both: a corrected version, or a translation and the text that does not say it is one
UNCHANGED = 0.98
LONGER = 4 / 3  # words of a text to those of its excerpt
DAYS = 3  # between two dates of one thing: time zones, and the day after
EDGES = (6, 3)  # first and last blocks in which a text speaks of itself
LONGEST_NOTE = 300
FEW = 4  # words of a date or a sum


@dataclass(frozen=True, slots=True)
class Notes:
    """The words by which a text says that it was corrected, or that it is a translation."""

    correction: re.Pattern[str]
    translation: re.Pattern[str]


NOTES = Notes(
    re.compile(
        r"^\W*(?:corrections?|corrigend(?:um|a)|errat(?:um|a)|clarification|correct(?:ed|s)|amended|revised|updated?)\b"
        r"|\((?:corrected|amended|revised|updated)(?: version| text| copy)?\)"
        r"|\b(?:corrected|amended|revised|updated) (?:version|text|copy)\b|\bearlier version of this\b"
        r"|\b(?:has|have) been (?:corrected|amended|revised|updated)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:provisional|unofficial|courtesy|working|official|english|tentative) translation\b|\btranslated (?:from|by|into)\b"
        r"|^\W*translation\b|\btranslation by\b",
        re.IGNORECASE,
    ),
)


def copy_id(a: str, b: str) -> str:
    """The identity of the link between two documents, given by their ids in any order: `C-` and 16 hexadecimal digits."""
    return f"L-{digest('copy', min(a, b), max(a, b))[:16]}"


def compare(a: Document, b: Document, notes: Notes = NOTES) -> Copy | None:
    """The link between two documents in any order when their bodies are nearly the same text, else None.

    Two readings of the same bytes are no copies, nor are bodies of fewer than `LEAST` words.
    """
    if a.sha256 == b.sha256 or a.id == b.id:
        return None
    a, b = (a, b) if a.id < b.id else (b, a)
    words = body(a), body(b)
    if min(len(side.folded) for side in words) < LEAST:
        return None
    match = beside(*words)
    if match.shared < ALIKE:
        return None
    if rule := _equal(a, b, match):
        return Copy(copy_id(a.id, b.id), "same text", a.id, b.id, 1.0, rule)
    differences = tuple(_differences(a, b, words, match))
    if _another_issue(_apart(a, b, match, notes), match, differences):
        return None
    kind, rule = _kind(a, b, match, notes)
    return Copy(copy_id(a.id, b.id), kind, a.id, b.id, match.shared, rule, differences)


@dataclass(frozen=True, slots=True)
class Match:
    """Two bodies laid side by side: their sizes and the stretches [i, k) of a and [j, m) of b that differ, in words."""

    a: int
    b: int
    changed: tuple[tuple[int, int, int, int], ...]

    @property
    def shared(self) -> float:
        """The share of the shorter body's words that stand in the other in the same order."""
        short, low, high = (self.a, 0, 1) if self.a <= self.b else (self.b, 2, 3)
        return round(1 - sum(gap[high] - gap[low] for gap in self.changed) / short, 4)

    @property
    def both(self) -> float:
        """The share of both bodies' words that stand in the other in the same order."""
        return 1 - sum(k - i + m - j for i, k, j, m in self.changed) / (self.a + self.b)

    @property
    def longer(self) -> float:
        """How many times the shorter body's words the longer has."""
        return max(self.a, self.b) / min(self.a, self.b)

    @property
    def alike(self) -> float:
        """What two texts of different days are judged by: for a text within a longer one its share, else that of both."""
        return self.shared if self.longer >= LONGER else self.both


def beside(a: Words, b: Words) -> Match:
    """Two bodies side by side, whether or not they are copies; a hyphen more or less inside a word is no change."""
    found = gaps(align(a.folded, b.folded), len(a.folded), len(b.folded))
    changed = tuple((i, k, j, m) for i, k, j, m in found if a.letters(i, k) != b.letters(j, m))
    return Match(len(a.folded), len(b.folded), changed)


def _equal(a: Document, b: Document, match: Match) -> str:
    """The rule by which two texts are the same, empty when they are not; hyphens at line ends and layout do not count."""
    if not match.changed:
        return "body equal"
    return "all but furniture equal" if match.both >= NEARLY and running(a) == running(b) else ""


def _another_issue(days: int | None, match: Match, differences: tuple[Difference, ...]) -> bool:
    """Whether two texts so many days apart are two of a series: changed otherwise than by slips, or in a number.

    Of unknown days are texts changed in more than slips and in a number: no paper changes those, a next issue does.
    """
    changed, renumbered = match.alike < UNCHANGED, any(map(_renumbered, differences))
    return (changed and renumbered) if days is None else days > DAYS and (changed or renumbered)


def _renumbered(difference: Difference) -> bool:
    """Whether a few words with a number stand for a few others with a number."""
    sides = [side.exact for side in (difference.a, difference.b) if side]
    return len(sides) == 2 and all(len(words.split()) <= FEW and any(map(str.isdigit, words)) for words in sides)


def _apart(a: Document, b: Document, match: Match, notes: Notes) -> int | None:
    """How many days lie between two documents' events, else their publications; 0 where publishers or a correction explain it."""
    days = _between(a.card.event_dates, b.card.event_dates)
    if days is not None:
        return days
    corrected = match.both >= NEARLY and _noted(a, notes.correction) != _noted(b, notes.correction)
    return 0 if corrected or _publishers(a, b) == "different" else _between((a.card.published,), (b.card.published,))


def _kind(a: Document, b: Document, match: Match, notes: Notes) -> tuple[CopyKind, str]:
    """The kind of a copy, and the rule that says so."""
    if match.both >= NEARLY and _translated(a, notes) != _translated(b, notes):
        return "translation", "note of translation"
    if match.both >= NEARLY and _publishers(a, b) == "same":
        if _noted(a, notes.correction) != _noted(b, notes.correction):
            return "corrected version", "note of correction"
        if _same_title(a, b) and _between((a.card.published,), (b.card.published,)) is not None:
            return "corrected version", "same publisher, title and days"
    if match.longer >= LONGER:
        return "excerpt", "within a longer body"
    return "reprint", "words shared"


def _differences(a: Document, b: Document, words: tuple[Words, Words], match: Match) -> Iterator[Difference]:
    for i, k, j, m in match.changed:
        sides = words[0].spans(a, i, k), words[1].spans(b, j, m)
        yield from (Difference(*pair) for pair in zip_longest(*sides))


# What the cards and notes say


def _publishers(a: Document, b: Document) -> str:
    first, second = ((d.card.publisher.value or "").casefold() for d in (a, b))
    if not first or not second:
        return "unknown"
    return "same" if first == second else "different"


def _same_title(a: Document, b: Document) -> bool:
    first, second = ([fold(w) for w in WORD.findall(d.card.title.value or "")] for d in (a, b))
    return first == second != []


def _translated(document: Document, notes: Notes) -> frozenset[str]:
    """What a document says of its being a translation."""
    said = _noted(document, notes.translation)
    return said or frozenset({"card"} if document.card.translation.value == "true" else ())


def _noted(document: Document, pattern: re.Pattern[str]) -> frozenset[str]:
    """The words of a pattern that stand in a document's notes, or in a short block at its head or foot."""
    blocks = [block for block in document.blocks if block.kind != "furniture"]
    edges = [*blocks[: EDGES[0]], *blocks[-EDGES[1] :]]
    texts = (document.text[b.start : b.end] for b in blocks if b.kind == "note" or (b in edges and b.end - b.start <= LONGEST_NOTE))
    return frozenset(found[0].casefold() for text in texts for found in pattern.finditer(text))


def _between(a: tuple[Field, ...], b: tuple[Field, ...]) -> int | None:
    """How many days lie between the nearest of two sets of dates; None when either has none."""
    pairs = [(_days(x.value), _days(y.value)) for x in a for y in b]
    known = [max(0, y[0] - x[1], x[0] - y[1]) for x, y in pairs if x and y]
    return min(known, default=None)


def _days(value: str | None) -> tuple[int, int] | None:
    """The first and last day, as ordinals, of an EDTF day, month, year or interval; None when it is none of these."""
    first, _, last = (value or "").strip().partition("/")
    begin, end = _day(first, last=False), _day(last or first, last=True)
    return (begin, end) if begin and end else None


def _day(value: str, *, last: bool) -> int | None:
    parts = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?=$|T)", value)
    try:
        year, month, day = (int(part) if part else 0 for part in parts.groups()) if parts else (0, 0, 0)
        if day or not last:
            return dt.date(year, month or 1, day or 1).toordinal()
        return dt.date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1).toordinal() - 1
    except ValueError:
        return None
