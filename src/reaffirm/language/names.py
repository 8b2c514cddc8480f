"""Names in a text: states, organisations and persons with their titles, by gazetteer and pattern.

The model's own name finder is not used: it costs 44 % of the parse and fails on offices, surnames as labels and
administrations (measured before the project began). A person is known by the offices pack, or by a title before a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from reaffirm.model import Mention, PackEntry
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Document
    from reaffirm.packs import Organisation, Packs, State, Term, Title

T = TypeVar("T")
WORD = re.compile(r"\w+")
PARTICLES = "de|da|do|dos|del|della|di|du|la|le|van|von|der|den|ter|ten|bin|ibn|al|el|ben|bint|y|e|zu|af|av"
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
OPENERS = (  # words that open a sentence with a capital and are no part of a name
    "The|A|An|In|On|At|And|But|Or|As|By|For|If|So|Yet|Later|Earlier|Meanwhile|Then|Also|However|When|While|After|Before|Since|Until|"
    "Today|Yesterday|Tomorrow|Last|Next|This|That|These|Those|Both|He|She|It|They|We|I|His|Her|Their|Our|Its|Former|Although|Though|"
    "During|Following|With|From|Under|Asked|According|Speaking|Thank"
)
TOKEN = rf"(?:{CAPITAL}\.(?:{CAPITAL}\.)*|{CAPITAL}[\w’'-]*)"
WORDS = rf"(?:(?:{PARTICLES})[ -]){{0,2}}{TOKEN}"
NAME = re.compile(rf"(?<!\w)(?!(?:{OPENERS})\b){WORDS}(?:[ -]{WORDS}){{0,4}}(?:,? (?:Jr\.|Sr\.|II|III|IV)\b)?")
SUFFIX = re.compile(r",? (?:Jr\.?|Sr\.?|II|III|IV)$")
PREFIX = re.compile(
    r"(?:(?:former|acting|then|outgoing|incoming|deputy|vice|visiting|new|newly appointed|senior|assistant)[ -])+$", re.IGNORECASE
)
GENERAL = frozenset({None, "honorific", "chair", "deputy", "legislature", "organisation"})
AMBIGUOUS = frozenset(
    ["general", "major", "lord", "father", "sec", "captain", "chair", "minister", "secretary", "governor", "speaker", "director"]
)


class Gazetteer(Generic[T]):
    """Finds given forms in a text, longest first, by their first word; forms are compared with folded marks."""

    def __init__(self, forms: Iterable[tuple[str, T]], *, lower: bool = False) -> None:
        self.lower = lower
        self.forms: dict[str, list[tuple[str, T]]] = defaultdict(list)
        for form, value in forms:
            key = fold(form.casefold() if lower else form)
            first = WORD.search(key)
            if first:
                self.forms[first.group()].append((key, value))
        for found in self.forms.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """The forms found, as (start, end, value), not overlapping, in order of place."""
        body = fold(text)
        body = body.lower() if self.lower and len(body.lower()) == len(body) else body
        done = 0
        for word in WORD.finditer(body):
            if word.start() < done:
                continue
            for form, value in self.forms.get(word.group(), ()):
                end = word.start() + len(form)
                if body.startswith(form, word.start()) and (end == len(body) or not (body[end].isalnum() and form[-1] != ".")):
                    yield word.start(), end, value
                    done = end
                    break


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the offices pack: canonical name and all terms."""

    name: str
    terms: tuple[Term, ...]

    @property
    def state(self) -> str | None:
        """The state or body whose offices the person held."""
        return self.terms[0].state if self.terms else None


@dataclass(frozen=True, slots=True)
class Index:
    """The packs' names made ready for the search."""

    places: Gazetteer[tuple[State, str] | Organisation]
    persons: Gazetteer[Person]
    titles: Gazetteer[Title]
    by_key: dict[frozenset[str], Person]
    by_family: dict[str, tuple[Person, ...]]


@lru_cache(maxsize=4)
def index(packs: Packs) -> Index:
    """The search index of a set of packs."""
    places: list[tuple[str, tuple[State, str] | Organisation]] = []
    for state in packs.states:
        for kind, forms in (("name", (state.name, *state.aliases)), ("demonym", state.demonyms), ("metonym", state.metonyms)):
            places += [(form, (state, kind)) for form in forms]
    places += [(form, organisation) for organisation in packs.organisations for form in (organisation.name, *organisation.aliases)]
    people = persons(packs)
    families: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        families[family(person.name).casefold()].append(person)
    spelled = [(form, person) for person in people for form in spellings(person)]
    titles = [(form, title) for title in packs.titles if title.kind != "role" for form in title.forms]
    return Index(
        Gazetteer(places), Gazetteer(spelled), Gazetteer(titles, lower=True),
        {key(form): person for form, person in spelled}, {name: tuple(found) for name, found in families.items()},
    )  # fmt: skip


def persons(packs: Packs) -> list[Person]:
    """The persons of the offices pack, each once, with their terms in order of time."""
    terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in packs.offices:
        terms[term.person, term.state].append(term)
    return [Person(name, tuple(sorted(found, key=lambda t: t.start))) for (name, _), found in sorted(terms.items())]


def spellings(person: Person) -> set[str]:
    """The forms of a person's full name: as given, family name first, and the pack's aliases."""
    words = person.name.split()
    turned = " ".join([words[-1], *words[:-1]])
    return {person.name, turned} | {alias for term in person.terms for alias in term.aliases if " " in alias}


def family(name: str) -> str:
    """The family name of a canonical name (Given Family), suffixes dropped."""
    return (SUFFIX.sub("", name).split() or [name])[-1]


def key(name: str) -> frozenset[str]:
    """The words of a name without order, initials, suffixes and case: the same for both name orders."""
    words = re.findall(r"[\w’'-]{2,}", SUFFIX.sub("", fold(name)).casefold())
    return frozenset(words)


def mentions(document: Document, packs: Packs) -> tuple[Mention, ...]:
    """The names of a document outside its furniture, in order of place; a person's later surname leads to the full name."""
    found: list[Mention] = []
    for block in document.blocks:
        if block.kind != "furniture":
            found += _persons(document, block.start, block.end, packs)
    known = {m.name: m for m in found}
    surnames = {family(name): m for name, m in reversed(known.items())}
    for block in document.blocks:
        if block.kind != "furniture":
            taken = [(m.surface.start, m.surface.end) for m in found]
            found += _surnames(document, block.start, block.end, surnames, taken)
    for block in document.blocks:
        if block.kind != "furniture":
            found += _places(document, block.start, block.end, packs)
    return tuple(sorted(found, key=lambda m: (m.surface.start, -m.surface.end, m.kind, m.name)))


def _persons(document: Document, start: int, end: int, packs: Packs) -> Iterator[Mention]:
    """Persons with a title before or after the name, then persons of the pack named in full."""
    body = document.text[start:end]
    idx = index(packs)
    taken: list[tuple[int, int]] = []
    for a, b, title in idx.titles.find(body):
        mention = _titled(document, start, (a, b), title, packs)
        if mention and not any(x < mention.surface.end and mention.surface.start < y for x, y in taken):
            taken.append((mention.surface.start, mention.surface.end))
            yield mention
    for a, b, person in idx.persons.find(body):
        if not any(x < start + b and start + a < y for x, y in taken):
            entry = PackEntry("offices", person.name)
            yield Mention(document.span(start + a, start + b, "surface"), person.name, "person", person.state, entry=entry)


def _titled(document: Document, start: int, extent: tuple[int, int], title: Title, packs: Packs) -> Mention | None:
    """The person whose title stands at an extent of a block: the name behind it, or before it and a comma."""
    text = document.text
    a, b = start + extent[0], start + extent[1]
    words = text[a:b]
    if words.casefold() in AMBIGUOUS and not words[0].isupper():
        return None
    name = NAME.match(text, b + 1) if text[b : b + 1] == " " else None
    of = re.compile(r" of (?:the )?[\w.’' -]{2,40}?, ").match(text, b)
    if name is None and of and _state_after(text, b, packs):
        name = NAME.match(text, of.end())
    before = re.search(rf"({NAME.pattern}), (?:the |an? )?(?:[\w.]+(?:’s|'s)? )?$", text[max(start, a - 80) : a]) if name is None else None
    found = name.group() if name else before.group(1) if before else ""
    if not found or not _is_name(found, packs):
        return None
    low = _state_before(text, start, a, packs)
    first = low[0] if low else a
    first -= len(m.group()) if (m := PREFIX.search(text[start:first])) else 0
    extent = (
        (first, name.end()) if name else (max(start, a - 80) + before.start(1), max(start, a - 80) + before.end(1)) if before else (a, b)
    )
    return _mention(document, extent, found, title, low[1] if low else _state_after(text, b, packs) or _state_within(words, packs), packs)


def _mention(document: Document, extent: tuple[int, int], name: str, title: Title, state: str | None, packs: Packs) -> Mention:
    person = recognise(name, packs, state, title.kind)
    canonical = person.name if person else re.sub(r"(?:’s|'s)$", "", re.sub(r"\s+", " ", name))
    entry = PackEntry("offices", person.name) if person else PackEntry("titles", title.id)
    surface = document.span(*extent, "surface")
    return Mention(surface, canonical, "person", state or (person.state if person else None), title.kind, title.id, entry)


def recognise(name: str, packs: Packs, state: str | None = None, kind: str | None = None) -> Person | None:
    """The person of the pack behind a full name in either order, or behind a surname that title and state make single."""
    idx = index(packs)
    found = idx.by_key.get(key(name))
    if found:
        return found
    words = SUFFIX.sub("", name).split()
    if len(words) > 1:
        full = [p for p in idx.by_family.get(words[-1].casefold(), ()) if key(p.name) < key(name) or key(name) < key(p.name)]
        return full[0] if len(full) == 1 else None
    known = idx.by_family.get(name.casefold(), ())
    fits = [p for p in known if any((t.kind == kind or kind in GENERAL) and state in {None, t.state} for t in p.terms)]
    return fits[0] if len(fits) == 1 else None


def _is_name(found: str, packs: Packs) -> bool:
    """Whether the capitalised words behind a title are a name: no state, no organisation, no further title."""
    idx = index(packs)
    whole = len(found)
    if any(a == 0 and b >= whole for a, b, _ in idx.places.find(found)):
        return False
    return not any(a == 0 for a, _b, _ in idx.titles.find(found))


def _state_before(text: str, start: int, end: int, packs: Packs) -> tuple[int, str] | None:
    """A state or demonym directly before a title ("U.S. Secretary of State"), with its offset."""
    low = max(start, end - 40)
    for a, b, place in index(packs).places.find(text[low:end]):
        if isinstance(place, tuple) and not text[low + b : end].strip(" ’'s"):
            return low + a, place[0].name
    return None


def _state_after(text: str, end: int, packs: Packs) -> str | None:
    """A state behind a title ("Foreign Minister of Peru")."""
    if not text.startswith(" of ", end):
        return None
    low = end + 4 + (4 if text.startswith("the ", end + 4) else 0)
    places = index(packs).places.find(text[low : low + 40])
    return next((p[0].name for a, _, p in places if a == 0 and isinstance(p, tuple)), None)


def _state_within(words: str, packs: Packs) -> str | None:
    """A state that the title itself names ("Kremlin spokesman")."""
    return next((p[0].name for _, _, p in index(packs).places.find(words) if isinstance(p, tuple)), None)


def _surnames(document: Document, start: int, end: int, surnames: dict[str, Mention], taken: list[tuple[int, int]]) -> Iterator[Mention]:
    if not surnames:
        return
    body = document.text[start:end]
    for a, b, first in Gazetteer(surnames.items()).find(body):
        if not any(x < start + b and start + a < y for x, y in taken):
            surface = document.span(start + a, start + b, "surface")
            yield Mention(surface, first.name, "person", first.state, entry=first.entry)


def _places(document: Document, start: int, end: int, packs: Packs) -> Iterator[Mention]:
    for a, b, place in index(packs).places.find(document.text[start:end]):
        surface = document.span(start + a, start + b, "surface")
        if isinstance(place, tuple):
            yield Mention(surface, place[0].name, "state", place[0].name, title=place[1], entry=PackEntry("states", place[0].name))
        else:
            yield Mention(surface, place.name, "organisation", place.state or None, entry=PackEntry("organisations", place.name))
