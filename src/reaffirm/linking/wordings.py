"""What two wordings share and where they part: content words by their stems, neighbours, and the words that changed.

Stems are those of English words, cut by a few endings (after Porter 1980, simplified): they are compared, never shown. The lists
below are closed classes of English and words of dates and courtesies that say nothing of what an item is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.linking.alignment import align, gaps
from reaffirm.linking.words import WORD, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Span

SHORT, ADVERB = 3, 5  # letters that a stem keeps at least; that stand before the ending of an adverb ("apply" is none)
FUNCTION = frozenset(
    """
    a an the this that these those it its they them their theirs he she him her his hers we us our ours i me my you your who whom whose
    which what when where why how and or but nor so yet if then than as at by for from in into of off on onto out over per to toward
    towards under until up upon via with within without about above across after against along also amid among around before behind
    below beneath beside besides between beyond despite down during except inside like near outside round since through throughout till
    underneath unlike not no any all both each every either neither some such same other others another own only just very more once
    most much many few less least well too even still again further already soon there here be is are was were been being am have has
    had having do does did doing done will would shall should can could may might must ought need needs needed needing let lets say
    says said saying make makes made making take takes taken taking set one two three four five six seven eight nine ten first
    including include includes included regarding concerning
    """.split()  # noqa: SIM905 - a list of words
)
DATES = frozenset(
    """
    january february march april may june july august september october november december spring summer autumn fall winter monday
    tuesday wednesday thursday friday saturday sunday today tomorrow yesterday day days week weeks month months year years decade
    quarter half end beginning start middle mid early late later last next coming recent recently present time date due
    """.split()  # noqa: SIM905 - a list of words
)
FAINT = frozenset(
    """
    importance important significance view views vision intention determination commitment commitments support efforts effort work
    works cooperation cooperate collaboration collaborate coordination strengthen strengthening enhance enhancing promote promoting
    continue continued continuing joint jointly common shared mutual issue issues matter matters area areas region regional country
    countries nation nations government governments ministers minister leaders leader sides side parties meeting meetings talks close
    closely plan plans planned decision full fully new strong strongly various great greater concrete necessary relevant ensure
    ensuring expand deepen advance maintain maintaining measures measure steps step role situation member members play plays playing
    part role hold holding conduct conducting carry carrying undertake undertaking pursue pursuing provide providing use using together
    """.split()  # noqa: SIM905 - a list of words
)
ENDINGS = (
    ("izations", ""), ("ization", ""), ("ize", ""), ("ized", ""), ("izing", ""), ("ise", ""), ("ications", "y"), ("ication", "y"),
    ("isations", ""), ("isation", ""), ("ations", ""), ("ation", ""), ("itions", ""), ("ition", ""), ("ements", ""), ("ement", ""),
    ("ments", ""), ("ment", ""), ("ingly", ""), ("nesses", ""), ("ness", ""), ("ities", ""), ("ions", ""), ("ion", ""), ("atings", ""),
    ("ating", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("ers", ""), ("ates", ""), ("ated", ""), ("ate", ""),
    ("ed", ""), ("es", ""), ("ly", ""), ("ity", ""), ("ive", ""), ("er", ""), ("al", ""), ("s", ""), ("e", ""),
)  # fmt: skip
YEAR = re.compile(r"\d{4}")
SMALL = r"(?:of|the|a|an|on|for|and|in|their|its|our|two|three|four|five|all|both)"
BINDING = re.compile(rf"[\s‑–—’'\"“”‘\[\](\-]*(?:\b{SMALL}\b[\s\"“”\[\]]*)*", re.IGNORECASE)  # between two neighbours


@dataclass(frozen=True, slots=True)
class Wording:
    """The content of some words: stems, those that say little, pairs of neighbours (a small word or none between), parts of names."""

    stems: frozenset[str]
    faint: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    order: tuple[str, ...]
    proper: frozenset[str] = frozenset()

    @property
    def firm(self) -> frozenset[str]:
        """The stems that say something by themselves."""
        return self.stems - self.faint


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word: `coordinating`, `coordination` and `coordinate` are one."""
    if word.isdigit() or len(word) <= SHORT:
        return word
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (SHORT if ending != "ly" else ADVERB):
            word = word[: -len(ending)] + instead
            break
    if len(word) > SHORT and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word


FAINT_STEMS = frozenset(map(stem, FAINT))


def wording(texts: Iterable[str], left_out: frozenset[str] = frozenset()) -> Wording:
    """The content of some texts; `left_out` are folded words that say nothing here, such as the names of the parties."""
    order: list[str] = []
    pairs: set[tuple[str, str]] = set()
    proper: set[str] = set()
    for text in texts:
        found = list(_content(text, left_out))
        proper |= {name for name, start, _ in found if start and text[start].isupper()}
        order += [name for name, _, _ in found]
        for (one, _, end), (other, start, _) in pairwise(found):
            if BINDING.fullmatch(text, end, start):
                pairs.add((one, other))
    stems = frozenset(order)
    return Wording(stems, stems & FAINT_STEMS, frozenset(pairs), tuple(order), frozenset(proper))


@lru_cache(maxsize=1 << 12)
def named(names: frozenset[str]) -> Wording:
    """The content of the names of some things, and of their initials."""
    found = wording(sorted(names))
    initials = {"".join(word[0] for word in name.split() if word[0].isupper()).casefold() for name in names}
    return Wording(found.stems | frozenset(map(stem, filter(None, initials))), found.faint, found.pairs, found.order, found.stems)


def _content(text: str, left_out: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    small = FUNCTION | DATES | left_out
    for found in WORD.finditer(text):
        word = fold(found[0])
        bare = word[:-1] if word.endswith("s") and found[0][-2:-1] in "'’" else word
        if bare.isdigit():
            if not YEAR.fullmatch(bare):
                yield bare, found.start(), found.end()
        elif len(bare) > 1 and bare not in small and not _of(bare, left_out):
            yield stem(bare), found.start(), found.end()


def _of(word: str, names: frozenset[str]) -> bool:
    """Whether a word is an adjective of one of some names: it begins like it and is a little longer."""
    return any(len(name) > SHORT and word.startswith(name[:-1]) and len(word) - len(name) <= SHORT for name in names)


def folded(names: Iterable[str]) -> frozenset[str]:
    """The folded words of some names."""
    return frozenset(fold(found[0]) for name in names for found in WORD.finditer(name))


def changes(before: Iterable[Span], after: Iterable[Span]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of one wording that the other has not, and the words that it has instead; each stretch in its own words."""
    old, new = _words(before), _words(after)
    runs = align([word for word, _ in old], [word for word, _ in new])
    was, now = [], []
    for i, k, j, m in gaps(runs, len(old), len(new)):
        was += [" ".join(text for _, text in old[i:k])] if i < k else []
        now += [" ".join(text for _, text in new[j:m])] if j < m else []
    return tuple(was), tuple(now)


def _words(spans: Iterable[Span]) -> list[tuple[str, str]]:
    return [(fold(found[0]), found[0]) for span in spans for found in WORD.finditer(span.exact)]
