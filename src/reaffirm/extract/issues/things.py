"""Names of things: treaties, laws, places, programmes, known by a head noun with a capital and the capitals around it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.furniture import wordset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Document, Mention, Span
    from reaffirm.packs import Thing

CAP = r"(?:[^\W\d_a-z][\w’'-]*|(?:19|20)\d\d)"
SMALL = r"(?:of|on|for|the|and|against|to|in|its|their|all|or)"
LEFT = re.compile(rf"(?:(?:{CAP}|[A-Z]\.[A-Z]\.)(?:\s+of(?:\s+the)?)?(?:\s+|[-–/]))+$")
RIGHT = re.compile(
    rf"\s+(?:of|on|for|against|concerning|relating\s+to|between)(?:\s+(?:the|all|their))*\s+{CAP}"
    rf"(?:[\s-]+{CAP}|,?\s+{SMALL}(?:\s+{SMALL})*\s+{CAP}|,\s+(?={CAP},?\s+(?:{CAP},\s+)*and\s){CAP})*"
)
NUMBER = re.compile(r"\s+(?:[IVXLC]+\b|\d+(?:[./]\d+)*(?:\s?\((?:\w{1,4}|19\d\d|20\d\d)\))*)")
CAPITAL = re.compile(CAP)
OF = re.compile(r"\s(?:of|to)\s")
OWNER = re.compile(r"\s+(?:of|to)\s+(?:the|its|their)\s+")
JOINT = re.compile(r",?\s+(?:and|to|on|for)\s+(?:the\s+)?")
NEAR = 120  # code points before a head in which the rest of its name may stand
FIRST = wordset(
    "the a an this that these those in on at of to by with from for under as our its their his her my your we they it all both each "
    "every no any some such and but or while when where if since after before during through without within among between also new "
    "another however therefore today finally indeed furthermore moreover let welcoming recalling noting reaffirming regarding "
    "concerning support implement join sign ratify first second third joint"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place at which a thing is named: the name in one line, its words, and the entry of the pack that knows it."""

    name: str
    span: Span
    entry: str


def named(
    document: Document, mentions: tuple[Mention, ...], things: tuple[Thing, ...], body: Iterable[tuple[int, int]]
) -> tuple[Place, ...]:
    """The places in a document's body at which things are named, in order; offsets are code points, end exclusive.

    A provision without its treaty ("Article 4") has the name under which the document knows it, where there is only one.
    """
    pattern, kinds = _heads(things)
    heads = [
        (match.span(), thing, bounds)
        for bounds in body
        for match in pattern.finditer(document.text, *bounds)
        for thing in kinds[_singular(match.group(), kinds)]
    ]
    heads.sort(key=lambda head: head[1].shape != "before")
    stops = {m.surface.start for m in mentions if m.kind in {"state", "person"}}
    found: dict[tuple[int, int], Thing] = {}
    for head, thing, bounds in heads:
        place = _extent(document.text, head, thing, stops, bounds)
        if place is not None:
            found.setdefault(place, thing)
            stops.update([place[0]] if thing.shape == "before" else [])
    numbers = {place for place, thing in found.items() if thing.shape == "number"}
    ends: dict[int, int] = {}
    for start, end in found:
        ends[start] = max(end, ends.get(start, 0))
    kept = {_owned(document.text, place, ends) if place in numbers else place: thing for place, thing in found.items()}
    return tuple(_places(document, kept))


@lru_cache(maxsize=8)
def _heads(things: tuple[Thing, ...]) -> tuple[re.Pattern[str], dict[str, list[Thing]]]:
    """One pattern for all head nouns, and which entries have each."""
    kinds: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for head in thing.heads:
            kinds[head].append(thing)
    words = sorted(kinds, key=lambda head: (-len(head), head))
    inner = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<![\w’'])(?:{inner})(?:e?s)?(?![\w’'-]*\w)|(?<![\w’'])(?:{inner})(?=[’']s\b)"), dict(kinds)


def _singular(head: str, kinds: dict[str, list[Thing]]) -> str:
    flat = " ".join(head.split())
    return next(form for form in (flat, flat.removesuffix("s"), flat.removesuffix("es")) if form in kinds)


def _extent(text: str, head: tuple[int, int], thing: Thing, stops: set[int], bounds: tuple[int, int]) -> tuple[int, int] | None:
    """The extent of the name round a head, None where the head stands alone."""
    if thing.shape == "whole":
        return head
    if thing.shape in {"number", "after"}:
        follows = (NUMBER if thing.shape == "number" else re.compile(rf"\s+{CAP}")).match(text, head[1], bounds[1])
        return (head[0], follows.end()) if follows else None
    start = _left(text, head[0], bounds[0])
    end = _right(text, (start, *head), bounds[1], stops) if thing.shape == "around" else head[1]
    return (start, end) if (start, end) != head else None


def _left(text: str, start: int, least: int) -> int:
    """Where the capitals before a head begin, without a determiner or another word that only begins a sentence."""
    least = max(least, start - NEAR)
    before = LEFT.search(text[least:start])
    if before is None:
        return start
    at = least + before.start()
    for word in re.finditer(r"[\w’'.-]+[\s–/-]*", text[at:start]):
        bare = word.group().strip(" \n\t–/-")
        if bare.lower() not in FIRST and not bare.endswith(("’s", "'s")):
            return at + word.start()
    return start


def _right(text: str, name: tuple[int, int, int], most: int, stops: set[int]) -> int:
    """Where the name behind a head ends: before a small word that joins a party or place to it; a whole name takes no place."""
    start, head, end = name
    behind = RIGHT.match(text, end, most)
    if behind is None:
        return end
    if re.match(r"\s+between", behind.group()):
        return behind.end()
    capital = CAPITAL.search(text, end)
    if start < head and capital and capital.start() in stops:
        return end
    return next((joint.start() for joint in JOINT.finditer(text, end, behind.end()) if joint.end() in stops), behind.end())


def _owned(text: str, place: tuple[int, int], ends: dict[int, int]) -> tuple[int, int]:
    """A provision with the treaty behind it ("Article 4 of the Marn Treaty"), or as it is; `ends` are the ends of names by their starts."""
    owner = OWNER.match(text, place[1])
    return (place[0], ends[owner.end()]) if owner and owner.end() in ends else place


def _places(document: Document, found: dict[tuple[int, int], Thing]) -> Iterator[Place]:
    """The places of names, without those within another that is no provision of theirs."""
    full = _full_names(document, found)
    outer: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        outer = [place for place in outer if place[1] >= end]
        thing, span = found[start, end], document.span(start, end)
        if all(found[place].shape == "number" and place[0] != start for place in outer):
            name = " ".join(span.exact.split())
            known = full.get(name, set()) if thing.shape == "number" else set()
            yield Place(next(iter(known)) if len(known) == 1 else name, span, thing.id)
        outer.append((start, end))


def _full_names(document: Document, found: dict[tuple[int, int], Thing]) -> dict[str, set[str]]:
    """The full names ("Article 4 of the Marn Treaty") that the document has for each provision ("Article 4")."""
    full: dict[str, set[str]] = defaultdict(set)
    for (start, end), thing in found.items():
        name = " ".join(document.text[start:end].split())
        short = OF.split(name, maxsplit=1)[0]
        if thing.shape == "number" and short != name:
            full[short].add(name)
    return full
