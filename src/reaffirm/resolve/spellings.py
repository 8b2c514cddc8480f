"""Names of persons compared without marks, order, hyphens, particles and initials."""

from __future__ import annotations

import re
import unicodedata

# Letters that are no letter with a mark, and so have no decomposition in Unicode.
PLAIN = str.maketrans({
    "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
    "œ": "oe", "Œ": "Oe", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ə": "e",
})  # fmt: skip
PARTICLES = frozenset(
    ["al", "el", "ul", "bin", "ibn", "bint", "binti", "de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "zu",
     "der", "den", "ter", "ten", "af", "av", "of"]
)  # fmt: skip
SUFFIX = re.compile(r",? (?:Jr\.?|Sr\.?|II|III|IV)$", re.IGNORECASE)
APOSTROPHES = re.compile("['’‘`ʻʿ]")


def plain(name: str) -> str:
    """The name in letters without marks ("Ana Łukić" as "Ana Lukic"); hyphens, apostrophes and case stay."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.translate(PLAIN)) if not unicodedata.combining(c))


def words(name: str) -> frozenset[str]:
    """The words of a name by which it is found: without marks, case, order, hyphens, suffix, particles and initials.

    A name of nothing but particles or initials keeps them all.
    """
    bare = APOSTROPHES.sub("", SUFFIX.sub("", plain(name).strip())).casefold()
    every = re.findall(r"\w+", bare)
    return frozenset(w for w in every if len(w) > 1 and w not in PARTICLES) or frozenset(every)
