"""Canonical text and nodes of paragraphs in reading order: lines joined, words mended that were divided at a line's end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.formats.pdf.engine import ASLANT, unturned
from reaffirm.model import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.formats.pdf.flow import Item
    from reaffirm.formats.pdf.lines import Line

SOFT = "\u00ad"
HYPHENS = ("-", "\u2010")
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
DIVIDED = re.compile(r"([^\W\d_][\w'’-]*)[-\u2010]\Z")
BEGUN = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
COMPOUNDS = """self non post co anti all half well ill high low long short near cross two three four five six seven eight nine
    twenty thirty forty fifty sixty seventy eighty ninety one first second third mid quasi vice ultra left right much year day month
    decade government"""
KEPT = frozenset(COMPOUNDS.split())  # what a hyphen mostly stays behind, where the document does not say
ENDING = re.compile(r"(?:ings?|e[rd]s?|est|ly|ments?|ness|ern\w*|ages?|ful\w*|less\w*|en\w*|ish|ties?|teen|t[hy])\Z", re.IGNORECASE)


def compose(items: Sequence[Item]) -> tuple[str, tuple[Node, ...]]:
    """The canonical text of items in reading order, and a node for each printed line."""
    words = _vocabulary(items)
    texts: list[str] = []
    nodes: list[Node] = []
    size = 0
    for item in items:
        lead = "\n\n" if texts else ""
        for line, text, glue in _lines(item, words):
            lead = lead or glue
            start = size + len(lead)
            size = start + len(text)
            texts += (lead, text)
            nodes.append(Node(start, size, _path(line), None if item.reason else item.para.kind, item.reason))
            lead = ""
    return "".join(texts), tuple(nodes)


def _lines(item: Item, words: frozenset[str]) -> Iterator[tuple[Line, str, str]]:
    """Each line of an item with its text as it is kept and what parts it from the line before."""
    lines = item.para.lines
    glue = ""
    for place, line in enumerate(lines):
        following = lines[place + 1].text if place + 1 < len(lines) and not lines[place + 1].lead else ""
        text, after = mend(line.text, following, words) if following else (line.text, " ")
        if place + 1 == len(lines) or not following:
            text = text.removesuffix(SOFT) or text
        yield line, text.replace(SOFT, "") or text, line.lead or glue
        glue = after


def mend(text: str, following: str, words: frozenset[str]) -> tuple[str, str]:
    """The text of a line as it is kept before another, and what parts the two: a space, or nothing where a word was divided."""
    if text.endswith(SOFT) and len(text) > 1:
        return text.rstrip(SOFT), ""
    found, begun = DIVIDED.search(text), BEGUN.match(following)
    if not found or not begun:
        tight = text.endswith(HYPHENS) and len(text) > 1 and text[-2].isalnum() and following[0].isalnum()
        return text, "" if tight else " "
    return (text[:-1], "") if _is_soft(found.group(1), begun.group(), words) else (text, "")


def _is_soft(before: str, after: str, words: frozenset[str]) -> bool:
    """Whether a hyphen at a line's end only divided a word: what the document writes elsewhere decides, else the parts."""
    if not (before[-1].islower() and after[0].islower()):
        return False
    joined, hyphened = (before + after).casefold(), f"{before}-{after}".casefold()
    if (joined in words) != (hyphened in words):
        return joined in words
    part = re.split(r"[-\u2010]", before.casefold())[-1]
    return bool(ENDING.match(after)) or ("-" not in before and part not in KEPT)


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
