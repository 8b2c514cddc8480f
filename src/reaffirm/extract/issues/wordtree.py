"""The words of many entries, found in one walk over a text.

A tree of words, after Aho and Corasick (1975) with words for letters: the time depends on the length of the text, not on the number
of entries. A word is met in singular and plural, in British and American spelling, with or without a possessive ending; hyphens
part words. A form with a capital is met only with it, and one of capitals only as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*|[^\s\w\-–—’'\"“”()\[\]…/]")
POSSESSIVE = re.compile(r"[’']s$")
IZE = re.compile(r"(?<=\w\w)([iy])z(e|ed|es|er|ers|ing|ation|ations|ational)$")
ALIKE = {
    "defense": "defence", "defenses": "defences", "offense": "offence", "program": "programme", "programs": "programmes", "labor": "labour",
    "center": "centre", "centers": "centres", "harbor": "harbour", "harbors": "harbours", "neighbor": "neighbour",
    "neighbors": "neighbours", "license": "licence", "licenses": "licences", "fulfillment": "fulfilment", "sulfur": "sulphur",
    "behavior": "behaviour", "color": "colour", "favor": "favour", "honor": "honour", "rigor": "rigour", "aging": "ageing",
    "judgment": "judgement", "plow": "plough", "catalog": "catalogue", "dialog": "dialogue", "peoples": "people",
}  # fmt: skip
SAME = ("ss", "us", "is", "news", "series", "species")  # a final s that makes no plural


@dataclass(slots=True)
class Branch:
    """What may follow the words so far, and the entries whose form is complete here."""

    next: dict[str, Branch] = field(default_factory=dict)
    ends: list[tuple[int, bool]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, order=True)
class Find:
    """A form found among words: the numbers of its first word and of the one after it, its entries, and whether it is a faint one."""

    first: int
    after: int
    entries: tuple[int, ...]
    faint: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with the keys by which forms may meet it; offsets are code points, end exclusive."""

    start: int
    end: int
    keys: tuple[str, ...]


def tree(forms: Iterable[tuple[str, int, bool]]) -> Branch:
    """The tree of forms, each with the number of its entry and whether it is faint."""
    root = Branch()
    for form, number, faint in forms:
        branch = root
        for word in WORD.findall(form):
            branch = branch.next.setdefault(_written(word), Branch())
        branch.ends.append((number, faint))
    return root


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of a text, marks of punctuation among them; offsets are those of the text."""
    found = WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(match.start(), match.end(), keys(match.group())) for match in found]


def finds(found: list[Word], root: Branch) -> Iterator[Find]:
    """The forms of the tree among words, each place read as far as a form goes, those within another left out."""
    last = 0
    for i, word in enumerate(found):
        if not any(key in root.next for key in word.keys):
            continue
        ends = _longest(found, i, root)
        if ends is not None and ends[0] > last:
            last = ends[0]
            strong = tuple(sorted({number for number, faint in ends[1] if not faint}))
            yield Find(i, last, strong or tuple(sorted({number for number, _ in ends[1]})), not strong)


def _longest(found: list[Word], i: int, root: Branch) -> tuple[int, list[tuple[int, bool]]] | None:
    """The end of the longest form that begins at a word, and the entries that have it."""
    best: tuple[int, list[tuple[int, bool]]] | None = None
    live = [root]
    while live and i < len(found):
        live = [after for branch in live for key in found[i].keys if (after := branch.next.get(key)) is not None]
        i += 1
        ends = [end for branch in live for end in branch.ends]
        if ends:
            best = i, ends
    return best


@lru_cache(maxsize=1 << 17)
def keys(word: str) -> tuple[str, ...]:
    """The keys of a word of a text: in lower case, spelt one way, in the singular, and with its capitals."""
    word = POSSESSIVE.sub("", word)
    low = _spelt(word.lower())
    found = [low, singular(low)]
    if word[0].isupper():
        found += [low.capitalize(), singular(low).capitalize()]
        found += [word, singular(word)] if word != word.capitalize() else []
    return tuple(dict.fromkeys(found))


def singular(word: str) -> str:
    """The word without the ending of a regular plural, or as it is."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(SAME):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def _spelt(word: str) -> str:
    return ALIKE.get(word) or IZE.sub(r"\1s\2", word)


def _written(word: str) -> str:
    """The key of a word of a form: with a capital only where it has one, capitals as printed."""
    word = POSSESSIVE.sub("", word)
    if word.islower():
        return _spelt(word)
    return _spelt(word.lower()).capitalize() if word == word.capitalize() and len(word) > 1 else word
