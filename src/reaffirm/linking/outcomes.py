"""What a text says has become of an item: done, late, given up; by words of the outcomes pack, and by meetings and dues."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from reaffirm.days import FIRST_DAY, bounds
from reaffirm.linking.strands import rest
from reaffirm.linking.wordings import stem
from reaffirm.linking.words import WORD, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.linking.strands import Strand
    from reaffirm.occurrences import Becomes
    from reaffirm.sequels import StepStatus

YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b2[1-9]\d\d\b")
IRREGULAR = {
    "held": "hold", "met": "meet", "began": "begin", "begun": "begin", "built": "build", "sent": "send", "drawn": "draw", "drew": "draw",
    "made": "make", "gave": "give", "given": "give", "took": "take", "taken": "take", "brought": "bring", "set": "set", "put": "put",
    "became": "become", "went": "go", "gone": "go", "paid": "pay", "left": "leave", "lent": "lend", "laid": "lay", "found": "find",
}  # fmt: skip


def told(rows: Iterable[Strand], before: Iterable[Strand]) -> tuple[StepStatus, str] | None:
    """What a step's words say became of the item, and by which words; None where they say nothing of it."""
    earlier, now = list(before), list(rows)
    known = {(sign.becomes, sign.where) for row in earlier for sign in row.signs if sign.own}
    given: tuple[Becomes, ...] = ("reversed", "delayed")
    for row in now:
        for status in given:
            sign = next((sign for sign in row.signs if sign.becomes == status), None)
            if sign and _about(row) and (status, sign.where) not in known:
                return status, f"the text says so: “{sign.words}”"
    acts = {act for row in earlier for act in _acts(row)} if any(row.head.kind == "statement" for row in now) else set()
    for row in now:
        why = _done(row, acts, fresh=("carried out", "opening") not in known)
        if why:
            return "carried out", why
    return None


def _about(row: Strand) -> bool:
    """Whether the outcome is told of the item itself: the row binds nobody, or a pronoun carries it."""
    return row.head.kind in {"statement", "meeting"} or row.thin


def _acts(row: Strand) -> set[str]:
    """The stems of the acts that a promise or demand names: its first word that says something."""
    if row.head.kind not in {"commitment", "demand"} or not row.content.order:
        return set()
    return {row.content.order[0], *_opening(row.text)}


@lru_cache(maxsize=1 << 12)
def _opening(text: str) -> tuple[str, ...]:
    """The stems of the first words of a text."""
    words = [fold(found[0]) for found in islice(WORD.finditer(text), 3)]
    return tuple(stem(IRREGULAR.get(w, w)) for w in words if w not in {"to", "the", "its", "their", "a"})


def _done(row: Strand, acts: set[str], *, fresh: bool) -> str | None:
    if row.head.kind != "statement":
        return None
    text = rest(row.head)
    stems = {stem(IRREGULAR.get(word, word)) for found in WORD.finditer(text) if (word := fold(found[0]))}
    by = {sign.where: sign for sign in reversed(row.signs) if sign.becomes == "carried out"}
    if "act" in by and acts & stems:
        return f"the text says that it was done: “{by['act'].words}”"
    if fresh and {"opening", "verb"} <= by.keys():
        return f"the text looks back on it: “{row.head.lemma} {by['opening'].words}”"
    day = row.place.last or row.place.first
    years = [int(found[0]) for found in YEAR.finditer(text)]
    if acts & stems and years and day and max(years) <= int(day[:4]):
        return f"the text names the act with a date that has passed ({max(years)})"
    first = next(iter(row.content.order), "")
    if first in acts and "verb" in by and not row.content.faint & {first}:
        return f"the text looks back on the act: “{row.head.lemma} {row.text[:40]}”"
    return None


def kept(date: str | None, window: str | None) -> tuple[StepStatus, str]:
    """Whether a meeting was held within its window or after it, and on which dates that rests."""
    day, days = bounds(date), bounds(window)
    if days is None or day is None:
        return "carried out", f"the meeting was held ({date or 'no text says when'}); no window was named"
    if day[0] > days[1]:
        return "delayed", f"held on {date}, after its window ({window})"
    if day[0] == FIRST_DAY and day[1] > days[1]:
        return "delayed", f"promised for {window}; no text dates it within that, and the first that tells of it is of {day[1]}"
    return "carried out", f"held on {date}, within its window ({window})"
