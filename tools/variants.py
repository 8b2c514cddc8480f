"""Names of persons in the forms in which texts print them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.resolve.spellings import SUFFIX, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

INITIAL = re.compile(r"(?<=\w) [A-Z]\.(?= )")
SURNAME_PARTICLES = frozenset({"de", "da", "del", "della", "di", "du", "la", "le", "van", "von", "zu", "der", "den", "ter", "ten"})
PATRONYMIC = re.compile(r"(?<=\w) (?:bin|ibn|bint|binti) (?=\w)")
ARTICLE = re.compile(r"(?<!\w)([Aa]l|[Ee]l|[Aa]n|[Uu]l)-(?=\w)")


def canonical(name: str) -> str:
    """The name without a title of nobility behind a comma and without a remark in brackets."""
    return re.sub(r"\s+", " ", re.sub(r",.*| \(.*\)", "", name.replace("’", "'"))).strip()


def family(name: str, order: str) -> str:
    """The family name where it is not the last word: the first word in some states, or the last with the particles before it."""
    words = SUFFIX.sub("", name).split()
    if order == "first" or (order == "first where hyphened" and "-" in name):
        return words[0] if len(words) > 1 else ""
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in SURNAME_PARTICLES:
        first -= 1
    return " ".join(words[first:]) if order == "" and 0 < first < len(words) - 1 else ""


def variants(name: str, aliases: Iterable[str], order: str) -> tuple[str, ...]:
    """The other forms of a name, sorted: without marks, initials, suffix or patronymic, articles apart, turned where the family is first.

    `order` is empty, or says of the state's names that the family name stands `first`, `first where hyphened`, or `first and kept`.
    """
    found = {name, *aliases}
    for pattern, by in ((SUFFIX, ""), (INITIAL, ""), (PATRONYMIC, " "), (ARTICLE, r"\1 ")):
        found |= {pattern.sub(by, form) for form in found}
    if order == "first" or (order == "first where hyphened" and "-" in name):
        found |= _hyphened(name)
    found |= {plain(form) for form in found}
    return tuple(sorted(found - {name, ""}))


def _hyphened(name: str) -> set[str]:
    """A name whose family name stands first in the other order, and with its given name in two words or one or with two capitals."""
    family, _, given = name.partition(" ")
    if not given or " " in given:
        return set()
    first, _, second = given.partition("-")
    forms = {given, *((f"{first} {second.capitalize()}", f"{first}-{second.capitalize()}", f"{first}{second}") if second else ())}
    return {f"{family} {form}" for form in forms} | {f"{given} {family}"}
