"""Canonical text and nodes of paragraphs in reading order: lines joined, words mended that were divided at a line's end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.formats.pdf.engine import ASLANT, unturned
from reaffirm.model import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.formats.pdf.flow import Item
    from reaffirm.formats.pdf.lines import Line

SOFT = "\u00ad"
LEAST_LINES = 30  # of paragraphs, from which on their ends tell a habit
RARELY = 0.07  # share of lines that end in the hyphen of a compound, at most; hyphenated type has one in eight to twenty
HYPHENS = ("-", "\u2010")
DASHES = ("\u2013", "\u2014")  # no space stands after one that stands close behind a word or number
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
DIVIDED = re.compile(r"([^\W\d_][\w'’-]*)[-\u2010]\Z")
BEGUN = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
COMPOUNDS = """self non post co anti all half well ill high low long short near cross two three four five six seven eight nine
    twenty thirty forty fifty sixty seventy eighty ninety one first second third mid quasi vice ultra left right much year day month
    decade government"""
KEPT = frozenset(COMPOUNDS.split())  # what a hyphen mostly stays behind, where the document does not say
ENDING = re.compile(r"(?:ings?|e[rd]s?|est|ly|ments?|ness|ern\w*|ages?|ful\w*|less\w*|en\w*|ish|ties?|teen|t[hy])\Z", re.IGNORECASE)
PIECE = re.compile(  # ends of words that are no words
    r"[bcdfghklmnprstvz]{0,2}(?:[aeiou]?[ts]ion\w*|i?cy|i?t(?:y|ies)|ri?ty|[aei]?ble|bly|ous\w*|t?ive\w*|[ae]nces?|ments?|mental|t?ors?|cial\w*|nal\w*|"
    r"ters?|ting|sing|ly|ness|als?|ers?|ing|ry)\Z"
)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a document writes: the words that stand whole within its lines, and whether it divides words at the ends of lines."""

    words: frozenset[str] = frozenset()
    divides: bool = True


def compose(items: Sequence[Item]) -> tuple[str, tuple[Node, ...]]:
    """The canonical text of items in reading order, and a node for each printed line."""
    habit = _habit(items)
    texts: list[str] = []
    nodes: list[Node] = []
    size = 0
    for item in items:
        lead = "\n\n" if texts else ""
        for line, text, glue in _lines(item, habit):
            lead = lead or glue
            start = size + len(lead)
            size = start + len(text)
            texts += (lead, text)
            nodes.append(Node(start, size, _path(line), None if item.reason else item.para.kind, item.reason))
            lead = ""
    return "".join(texts), tuple(nodes)


def _lines(item: Item, habit: Habit) -> Iterator[tuple[Line, str, str]]:
    """Each line of an item with its text as it is kept and what parts it from the line before."""
    lines = item.para.lines
    glue = ""
    for place, line in enumerate(lines):
        following = lines[place + 1].text if place + 1 < len(lines) and not lines[place + 1].lead else ""
        text, after = mend(line.text, following, habit) if following else (line.text, " ")
        if place + 1 == len(lines) or not following:
            text = text.removesuffix(SOFT) or text
        yield line, text.replace(SOFT, "") or text, line.lead or glue
        glue = after


def mend(text: str, following: str, habit: Habit) -> tuple[str, str]:
    """The text of a line as it is kept before another, and what parts the two: a space, or nothing where a word was divided."""
    if text.endswith(SOFT) and len(text) > 1:
        return text.rstrip(SOFT), ""
    found, begun = DIVIDED.search(text), BEGUN.match(following)
    if not found or not begun:
        tight = text.endswith((*HYPHENS, *DASHES)) and len(text) > 1 and text[-2].isalnum() and following[0].isalnum()
        return text, "" if tight else " "
    return (text[:-1], "") if _is_soft(found.group(1), begun.group(), habit) else (text, "")


def _is_soft(before: str, after: str, habit: Habit) -> bool:
    """Whether a hyphen at a line's end only divided a word: what the document writes elsewhere decides, else its habit and the parts."""
    if not (before[-1].islower() and after[0].islower()):
        return False
    joined, hyphened = (before + after).casefold(), f"{before}-{after}".casefold()
    if (joined in habit.words) != (hyphened in habit.words):
        return joined in habit.words
    if "-" in after:  # up-to-date
        return False
    part = re.split(r"[-\u2010]", before.casefold())[-1]
    return bool(ENDING.match(after)) or (habit.divides and "-" not in before and part not in KEPT)


def _habit(items: Sequence[Item]) -> Habit:
    """How a document writes; it divides no words where few lines end in hyphens and none of these certainly divides one."""
    words = _vocabulary(items)
    lines = [item.para.lines for item in items if not item.reason and not item.para.table]
    pairs = [(DIVIDED.search(a.text), BEGUN.match(b.text)) for para in lines for a, b in pairwise(para)]
    parts = [(a.group(1), b.group()) for a, b in pairs if a and b and a.group(1)[-1].islower() and b.group()[0].islower()]
    certain = any(PIECE.match(after) or (before + after).casefold() in words for before, after in parts)
    return Habit(words, certain or len(pairs) < LEAST_LINES or len(parts) > RARELY * len(pairs))


def _vocabulary(items: Sequence[Item]) -> frozenset[str]:
    """The words that stand whole within lines, in lower case; those divided at a line's end left out."""
    found: set[str] = set()
    for item in items:
        for line in item.para.lines:
            text = line.text.casefold().replace("\u2010", "-").replace(SOFT, "")
            inner = text.rsplit(None, 1)[0] if text.endswith("-") else text
            found.update(WORD.findall(inner))
    return frozenset(found)


def _path(line: Line) -> str:
    """The page and box of a line, in the page's own space."""
    box = (line.x0, line.x1, line.low, line.high)
    sides = unturned(box, 0 if line.turn == ASLANT else line.turn)
    return f"page {line.page} " + ",".join(f"{side:.0f}".replace("-0", "0") if abs(side) < 0.5 else f"{side:.0f}" for side in sides)
