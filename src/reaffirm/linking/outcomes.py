"""What a text says has become of an item: done, late, given up; by words of English that say so, and by meetings and dues."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    from reaffirm.sequels import StepStatus

YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b2[1-9]\d\d\b")
IRREGULAR = {
    "held": "hold", "met": "meet", "began": "begin", "begun": "begin", "built": "build", "sent": "send", "drawn": "draw", "drew": "draw",
    "made": "make", "gave": "give", "given": "give", "took": "take", "taken": "take", "brought": "bring", "set": "set", "put": "put",
    "became": "become", "went": "go", "gone": "go", "paid": "pay", "left": "leave", "lent": "lend", "laid": "lay", "found": "find",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What says that something was done, is late or was given up; `thanks` are cues that look back on what was done."""

    done: re.Pattern[str]
    late: re.Pattern[str]
    gone: re.Pattern[str]
    thanks: re.Pattern[str]


WORDS = Words(
    done=re.compile(
        r"\b(?:has|have|had) (?:now |already |since |all |both |successfully |thus )*(?:been |entered |begun|come )"
        r"|\b(?:was|were) (?:\w+ly )?(?:\w{2,}ed|held|signed|begun|built|sent|set up|drawn up)\b"
        r"|\b(?:is|are) now (?:in place|in force|complete|in operation|operational|open)\b|\bentered into force\b",
        re.IGNORECASE,
    ),
    late=re.compile(
        r"\b(?:has|have|had|is|are|was|were) (?:still )?(?:not|never) (?:yet )?(?:been )?(?:\w+ly )?\w+(?:ed|en|n)\b"
        r"|\bnot yet\b|\byet to be\b"
        r"|\bremain(?:s|ed|ing)? (?:unfinished|incomplete|outstanding|pending|unfulfilled|unimplemented|undone|overdue|to be)\b"
        r"|\b(?:later|longer|slower) than (?:planned|expected|scheduled|promised|agreed|foreseen)\b|\bbehind schedule\b|\boverdue\b"
        r"|\b(?:postpon|delay|defer|reschedul)\w*|\bput (?:off|back)\b|\bnew (?:date|deadline)\b"
        r"|\bextend\w* the deadline\b",
        re.IGNORECASE,
    ),
    gone=re.compile(
        r"\bno longer\b|\babandon\w*|\bcancel\w*|\b(?:called|call|calling) off\b|\bscrap(?:s|ped|ping)?\b|\brevok\w+|\brescind\w*"
        r"|\bwithdr(?:ew|awn) (?:its|the|their|from)\b|\b(?:was|were|been) (?:suspended|dropped|reversed|repealed|annulled|shelved)\b",
        re.IGNORECASE,
    ),
    thanks=re.compile(
        r"^(?:\w+ )*?(?:welcom|appreciat|commend|thank|congratulat|celebrat|hail|applaud|not(?:e|ed)\b|report|recall)", re.IGNORECASE
    ),
)


def told(rows: Iterable[Strand], before: Iterable[Strand], words: Words = WORDS) -> tuple[StepStatus, str] | None:
    """What a step's words say became of the item, and by which words; None where they say nothing of it."""
    earlier, now = list(before), list(rows)
    for row in now:
        for status, pattern in (("reversed", words.gone), ("delayed", words.late)):
            found = pattern.search(rest(row.head))
            if found and _about(row) and not pattern.search(" ".join(other.text for other in earlier)):
                return ("reversed" if status == "reversed" else "delayed"), f"the text says so: “{found[0].strip()}”"
    acts = {act for row in earlier for act in _acts(row)} if any(row.head.kind == "statement" for row in now) else set()
    for row in now:
        why = _done(row, acts, words)
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


def _done(row: Strand, acts: set[str], words: Words) -> str | None:
    if row.head.kind != "statement":
        return None
    text = rest(row.head)
    stems = {stem(IRREGULAR.get(word, word)) for found in WORD.finditer(text) if (word := fold(found[0]))}
    done = words.done.search(text)
    if done and (acts & stems):
        return f"the text says that it was done: “{text[done.start() : done.end() + 20].strip()} …”"
    day = row.place.last or row.place.first
    years = [int(found[0]) for found in YEAR.finditer(text)]
    if acts & stems and years and day and max(years) <= int(day[:4]):
        return f"the text names the act with a date that has passed ({max(years)})"
    first = next(iter(row.content.order), "")
    if first in acts and words.thanks.search(row.head.lemma) and not row.content.faint & {first}:
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
