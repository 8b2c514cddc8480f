"""A text cut into words, sentences and paragraphs, without a parse: enough to lay two texts side by side.

Nothing is lost: each token begins where the white space behind the one before it ends, so that the tokens and the white
space before each are the text. Offsets are code points, end exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from reaffirm.linking.words import APOSTROPHES, UNSPACED

# What parts words; whatever else is not white space belongs to one, so that marks of any script stay with their letters.
MARKS = r"!-/:-@\[-`{-~¡-©«-±´¶-¸»¿×÷\u2010-\u205e\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
LETTERS = rf"(?:(?![{UNSPACED}])[^\s{MARKS}])+"
TOKEN = re.compile(rf"[{UNSPACED}]|{LETTERS}(?:(?:[-‐‑.{APOSTROPHES}]|[-‐‑](?:\n|\r\n?)(?=[^\W\d_])|(?<=\d)[,/:](?=\d)){LETTERS})*|\S")
HYPHENED = re.compile(r"(?<=[-‐‑])\s+")
GLUED = "\u2060"  # word joiner
BREAK = re.compile(r"\r\n?|[\n\x0b\x85\u2028]|(?P<hard>[\f\u2029\x1c-\x1e])")
ITEM = re.compile(r"(?:[-•*·–—▪◦‣]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])(?=\s)", re.IGNORECASE)
BULLETS = frozenset("•*·▪◦‣")
LINES, STOPS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", ".!?…:;"
BLANK, WORD = re.compile(r"[^\S\n\r]*"), re.compile(r"\S*")
ENDS, WIDE_ENDS = frozenset(".!?…"), frozenset("。！？｡")
CLOSERS = frozenset("\"'”’»)]」』）›")
OPENERS = frozenset("\"'“‘«([「『（‹„‚")
ABBREVIATIONS = (
    "mr mrs ms dr prof gen lt col maj capt sgt adm gov sen rep hon rev st no nos art arts fig figs para paras pp vol cf al vs eq eqs "
    "sec ch ed jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e approx"
)
ABBREVIATED = frozenset(ABBREVIATIONS.split())
NARROW, WIDE = 36, 120  # a wrapped line is no shorter, and no longer
FULL = 0.9  # share of the width that a wrapped line, with the first word of the next, at least fills


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens [start, end) that make a sentence, and the number of the paragraph that it stands in."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True)
class Cut:
    """A text with the extents of its tokens, the tokens that begin a paragraph, and its sentences, in order of place."""

    text: str
    places: tuple[tuple[int, int], ...]
    paragraphs: tuple[int, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens as they stand."""
        return tuple(self.text[start:end] for start, end in self.places)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The tokens as they are compared: one that stands without white space before it is another than one with.

        The end of a line behind the hyphen inside a word does not count.
        """
        edges = (0, *(end for _, end in self.places))
        words = (HYPHENED.sub("", word) for word in self.words)
        return tuple(word if not n or edges[n] < self.places[n][0] else GLUED + word for n, word in enumerate(words))

    @cached_property
    def begins(self) -> frozenset[int]:
        """The tokens before which a paragraph ends."""
        return frozenset(self.paragraphs[1:])

    def parts(self, token: int) -> bool:
        """Whether a paragraph ends before a token, as it does at both ends of the text."""
        return not 0 < token < len(self.places) or token in self.begins

    def lead(self, token: int) -> int:
        """Where the white space before a token begins; the token behind the last one is the end of the text."""
        return self.places[token - 1][1] if token else 0

    def start(self, token: int) -> int:
        """Where a token begins; the token behind the last one is the end of the text."""
        return self.places[token][0] if token < len(self.places) else len(self.text)


def cut(text: str) -> Cut:
    """The text cut into tokens, sentences and paragraphs.

    A paragraph ends at an empty line, and at the end of a line that was not wrapped: the first word of the next line would
    have fitted, or that line is indented otherwise or begins an item. A sentence ends with its paragraph and at a full
    stop, an exclamation or a question mark before a capital, a digit or an opening mark, but not behind an abbreviation.
    """
    places = tuple(found.span() for found in TOKEN.finditer(text))
    parted = _parted(text, places)
    sentences: list[Sentence] = []
    first = paragraph = 0
    for n in range(1, len(places) + 1):
        if n == len(places) or n in parted or _ends(text, places, n):
            sentences.append(Sentence(first, n, paragraph))
            first, paragraph = n, paragraph + (n in parted)
    return Cut(text, places, (*range(min(1, len(places))), *sorted(parted)), tuple(sentences))


def _parted(text: str, places: tuple[tuple[int, int], ...]) -> set[int]:
    """The tokens before which a paragraph ends."""
    parted, lines = set(), list[int]()
    for n in range(1, len(places)):
        breaks = list(BREAK.finditer(text, places[n - 1][1], places[n][0]))
        if len(breaks) > 1 or (breaks and breaks[0]["hard"]):
            parted |= {n, *_unwrapped(text, places, lines)}
            lines = []
        elif breaks:
            lines.append(n)
    return parted | _unwrapped(text, places, lines)


def _unwrapped(text: str, places: tuple[tuple[int, int], ...], lines: list[int]) -> set[int]:
    """Those of the tokens that begin the lines of a block, but for its first, before which a line was not wrapped."""
    if not lines:
        return set()
    ends = [places[n - 1][1] for n in lines]
    last = places[lines[-1]][0]
    width = max(_stop(text, last) - _line(text, last), *(end - _line(text, end) for end in ends))
    return {n for n, end in zip(lines, ends, strict=True) if not _wrapped(text, end, places[n][0], width)}


def _wrapped(text: str, end: int, token: int, width: int) -> bool:
    """Whether a line that ends at an offset goes on in the next, whose first word stands at another."""
    line = _line(text, end)
    if _item(text, token, end) or token - _line(text, token) != _size(BLANK, text, line) or end - line < NARROW:
        return False
    if text[token].islower() and text[end - 1] not in STOPS:
        return True
    return width <= WIDE and end - line + 1 + _size(WORD, text, token) > FULL * width


def _item(text: str, token: int, end: int) -> bool:
    """Whether a line begins an item; a dash or a number may also stand in the middle of a sentence."""
    return bool(ITEM.match(text, token)) and (text[token] in BULLETS or text[end - 1] in STOPS or text[end - 1] == ",")


def _line(text: str, at: int) -> int:
    """Where the line of an offset begins."""
    while at and text[at - 1] not in LINES:
        at -= 1
    return at


def _stop(text: str, at: int) -> int:
    """Where the line of an offset ends."""
    found = BREAK.search(text, at)
    return found.start() if found else len(text)


def _size(pattern: re.Pattern[str], text: str, at: int) -> int:
    """How many characters of a text match from an offset on."""
    found = pattern.match(text, at)
    return found.end() - at if found else 0


def _ends(text: str, places: tuple[tuple[int, int], ...], n: int) -> bool:
    """Whether a sentence ends before token n."""
    last = n - 1
    while last and text[places[last][0]] in CLOSERS and places[last][0] == places[last - 1][1]:
        last -= 1
    mark, following = text[places[last][0]], text[places[n][0]]
    if mark in WIDE_ENDS:
        return following not in CLOSERS
    if mark not in ENDS or places[n - 1][1] == places[n][0]:
        return False
    if following.islower() and following.isascii():
        return False
    return mark != "." or not last or places[last - 1][1] != places[last][0] or not _short(text[slice(*places[last - 1])], following)


def _short(word: str, following: str) -> bool:
    """Whether the full stop behind a word is that of an abbreviation."""
    initials = "." in word and not word[-1].isdigit() and following.isupper()
    return initials or (len(word) == 1 and word.isupper()) or word.casefold() in ABBREVIATED
