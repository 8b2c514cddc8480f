"""Names in a text: states, organisations and persons with their titles, by gazetteer and pattern.

The model's own name finder is not used: it costs 44 % of the parse and fails on offices, surnames as labels and
administrations (measured before the project began). A person is known by the offices pack, or by a title before a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from reaffirm.language.parse import squeeze
from reaffirm.model import Mention, PackEntry
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Block, Document, Span
    from reaffirm.packs import Organisation, Packs, State, Term, Title

    Place = tuple[State, str] | Organisation

T = TypeVar("T")
WORD = re.compile(r"\w+")
PARTICLES = "de|da|do|dos|los|las|des|ul|del|della|di|du|la|le|van|von|der|den|ter|ten|bin|ibn|al|el|ben|bint|y|e|zu|af|av"
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
OPENERS = (  # words that open a sentence with a capital and are no part of a name
    "The|A|An|In|On|At|And|But|Or|As|By|For|If|So|Yet|Later|Earlier|Meanwhile|Then|Also|However|When|While|After|Before|Since|Until|"
    "Today|Yesterday|Tomorrow|Last|Next|This|That|These|Those|Both|He|She|It|They|We|I|His|Her|Their|Our|Its|Former|Although|Though|"
    "During|Following|With|From|Under|Asked|According|Speaking|Thank"
)
NO_NAME = "Jr|Sr|II|III|IV|You|Your|We|They|He|She|It|The|Thanks|Thank|Hi|Yes|No|Well|But|And|So|Our|This|That|These|There"
TOKEN = rf"(?!(?:{NO_NAME})\b)(?:{CAPITAL}\.(?:{CAPITAL}\.)*|{CAPITAL}[\w'-]*)"
WORDS = rf"(?:(?:{PARTICLES})[ -]){{0,2}}{TOKEN}"
NAME = re.compile(rf"(?<!\w)(?!(?:{OPENERS})\b){WORDS}(?:[ -]{WORDS}){{0,4}}(?:,? (?:Jr\.|Sr\.|(?:II|III|IV)\b))?")
BEFORE = re.compile(rf"({NAME.pattern})(?:, | \()(?:the |an? )?(?:[\w.]+(?:'s)? )?$")
GIVEN = re.compile(rf"(?<![.!?:\"] )(?<!^)(?<!\w)(?!(?:{OPENERS})\b)({CAPITAL}[a-zß-öø-ÿ'-]+) $")
INITIALS = re.compile(rf"(?<!\w){CAPITAL}[\w'-]+ (?:{CAPITAL}\. ){{1,3}}{CAPITAL}[\w'-]+")
OF_STATE = re.compile(r" (?:of (?:the )?|\((?:the )?(?=[^()]{2,50}\)))")  # "of Peru", "(Peru)"
MINISTRY = re.compile(r"minister|secretary", re.IGNORECASE)  # a word of every title that has a pattern
LIST = re.compile(r",? and |, ")
LESSER = re.compile(r",? (?:the (?=(?:rt\.? |right )?hon))?", re.IGNORECASE)
SUFFIX = re.compile(r",? (?:Jr\.?|Sr\.?|II|III|IV)$")
HONOURS = re.compile(  # letters behind a name: seats, honours, degrees
    r"(?:,? (?:MP|M\.P\.|MEP|MSP|MLA|MHA|MPP|TD|QC|KC|SC|PC|CH|OM|CBE|OBE|MBE|KBE|DBE|KCB|KCMG|CMG|GCMG|LVO|AC|AO|AM|JP|FRS"
    r"|PhD|Ph\.D\.?|MD|Esq\.?))+$"
)
PREFIX = re.compile(
    r"(?:(?:former|acting|then|outgoing|incoming|deputy|vice|visiting|new|newly appointed|senior|assistant)[ -])+$", re.IGNORECASE
)
GENERAL = frozenset({None, "honorific", "chair", "deputy", "legislature", "organisation"})
PAST = re.compile(r"(?:former|ex|then|late|outgoing)\b", re.IGNORECASE)
RANKS = frozenset({"legislature", "honorific", "military", "ambassador"})  # kinds of title that may stand between an office and a name
LONGEST_RANK = 30
LONGEST_STATE = 60
SHORT = 3  # letters of a name of a state that may be another word in capitals
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
    def family(self) -> str:
        """The family name: what the pack says, else the last word."""
        return next((t.family for t in self.terms if t.family), "") or family(self.name)

    def state(self, day: str | None = None) -> str | None:
        """The one state or body whose offices the person held, on the day where it is known; None where terms disagree."""
        held = {t.state for t in self.terms if day and t.covers(day)} or {t.state for t in self.terms}
        return held.pop() if len(held) == 1 else None


@dataclass(frozen=True, slots=True)
class Index:
    """The packs' names made ready for the search; `loud` are those of states in capitals."""

    places: Gazetteer[Place]
    loud: Gazetteer[Place]
    persons: Gazetteer[Person]
    titles: Gazetteer[Title]
    shapes: tuple[tuple[re.Pattern[str], Title], ...]
    by_key: dict[frozenset[str], Person]
    by_family: dict[str, tuple[Person, ...]]
    families: dict[str, str]
    nouns: frozenset[str]


@lru_cache(maxsize=4)
def index(packs: Packs) -> Index:
    """The search index of a set of packs."""
    places: list[tuple[str, Place]] = []
    for state in packs.states:
        for kind, forms in (("name", (state.name, *state.aliases)), ("demonym", state.demonyms), ("metonym", state.metonyms)):
            places += [(form, (state, kind)) for form in forms]
    places += [(form, organisation) for organisation in packs.organisations for form in (organisation.name, *organisation.aliases)]
    people = persons(packs)
    families: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        families[person.family.casefold()].append(person)
    spelled = [(form, person) for person in people for form in spellings(person)]
    titles = [(form, title) for title in packs.titles if title.kind != "role" for form in title.forms]
    titles += [(plural, title) for form, title in titles if (plural := _plural(form))]
    return Index(
        Gazetteer(places), Gazetteer(_loud(places)), Gazetteer(spelled), Gazetteer(titles, lower=True),
        tuple((title.pattern, title) for title in packs.titles if title.pattern),
        {key(form): person for form, person in spelled}, {name: tuple(found) for name, found in families.items()},
        {person.name: person.family for person in people}, _nouns(packs),
    )  # fmt: skip


def _loud(places: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """All places, and names and demonyms of states in capitals, as headings print them, where none is so short that it may be a word."""
    loud = [(form.upper(), p) for form, p in places if isinstance(p, tuple) and p[1] in {"name", "demonym"} and len(form) > SHORT]
    return [*places, *loud]


def _plural(form: str) -> str | None:
    """The plural of a title that may stand before a list of names ("foreign ministers"); None for one that does not."""
    last = form.rsplit(maxsplit=1)[-1]
    if last not in {"minister", "secretary", "president", "premier", "leader", "ambassador", "chancellor"}:
        return None
    return f"{form[:-1]}ies" if form.endswith("y") else f"{form}s"


def _nouns(packs: Packs) -> frozenset[str]:
    """Words that stand behind a title and are no name: bodies, texts and roles ("General Assembly", "Leader Statement")."""
    bodies = {lemma for entry in packs.speakers for lemma in entry.lemmas} - {"king", "prince", "pope", "bishop", "page", "bush"}
    return frozenset(bodies | {form for text in packs.texts for form in text.forms} | {"staff", "secretariat", "level", "side"})


def persons(packs: Packs) -> list[Person]:
    """The persons of the offices pack, each once, with their terms in order of time."""
    terms: dict[str, list[Term]] = defaultdict(list)
    for term in packs.offices:
        terms[term.person].append(term)
    return [Person(name, tuple(sorted(found, key=lambda t: t.start))) for name, found in sorted(terms.items())]


def spellings(person: Person) -> set[str]:
    """The forms of a person's full name: as given, family name first or in capitals, and the pack's aliases."""
    words = person.name.split()
    turned = " ".join([words[-1], *words[:-1]])
    loud = {" ".join([words[-1].upper(), *words[:-1]]), " ".join([*words[:-1], words[-1].upper()])} if len(words) > 1 else set()
    return {person.name, turned} | loud | {alias for term in person.terms for alias in term.aliases if " " in alias}


def family(name: str) -> str:
    """The family name of a canonical name (Given Family), suffixes dropped."""
    return (SUFFIX.sub("", name).split() or [name])[-1]


def key(name: str) -> frozenset[str]:
    """The words of a name without order, initials, suffixes and case: the same for both name orders."""
    words = re.findall(r"[\w’'-]{2,}", SUFFIX.sub("", fold(name)).casefold())
    return frozenset(words)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block's words with white space squeezed, the same with marks folded, and the way back to the document's offsets."""

    document: Document
    words: str
    text: str
    offsets: list[int]

    def span(self, start: int, end: int) -> Span:
        """The span of the document that an extent of the passage stands for."""
        return self.document.span(self.offsets[start], self.offsets[end - 1] + 1, "surface")


@dataclass(frozen=True, slots=True)
class Found:
    """A titled person in a passage: the extents of surface and name, the title, and the state named beside it."""

    surface: tuple[int, int]
    name: tuple[int, int]
    title: Title
    state: str | None


def mentions(document: Document, packs: Packs) -> tuple[Mention, ...]:
    """The names of a document outside its furniture, in order of place; a person's later surname leads to the full name."""
    passages = [_passage(document, *extent) for block in document.blocks if block.kind != "furniture" for extent in _extents(block)]
    titled = [m for passage in passages for m in _persons(passage, packs)]
    found = [_completed(m, titled, packs) for m in titled]
    taken = {n for m in found for n in range(m.surface.start, m.surface.end)}
    found += [m for passage in passages for m in _again(passage, _known(found, packs), taken, packs)]
    found += [m for passage in passages for m in _places(passage, packs)]
    return tuple(sorted(found, key=lambda m: (m.surface.start, -m.surface.end, m.kind, m.name)))


def _extents(block: Block) -> tuple[tuple[int, int], ...]:
    """Where names are looked for in a block: a turn's label by itself, so that no name runs on into the speech."""
    return ((block.label.start, block.label.end), *block.parts) if block.label else ((block.start, block.end),)


def _passage(document: Document, start: int, end: int) -> Passage:
    squeezed, offsets = squeeze(document.text, start, end)
    return Passage(document, squeezed, fold(squeezed), offsets)


def _persons(passage: Passage, packs: Packs) -> Iterator[Mention]:
    """Persons with a title before or after the name, then persons of the pack named in full."""
    idx = index(packs)
    taken: list[tuple[int, int]] = []
    everyone = [found for a, b, title in _titles(passage.text, packs) for found in _bearers(passage.text, a, b, title, packs)]
    for found in sorted(everyone, key=lambda found: found.title.kind in GENERAL):  # "H.E. Ana Duarte, Foreign Minister"
        if not any(x < found.surface[1] and found.surface[0] < y for x, y in taken):
            taken.append(found.surface)
            yield _mention(passage, found, packs)
    for a, b, person in (*idx.persons.find(passage.text), *_with_initials(passage.text, packs)):
        if not any(x < b and a < y for x, y in taken):
            state = person.state(passage.document.card.day)
            yield Mention(passage.span(a, b), person.name, "person", state, entry=PackEntry("offices", person.name))


def _titles(text: str, packs: Packs) -> Iterator[tuple[int, int, Title]]:
    """The titles in a text, by form or pattern, in order; of those that overlap the first and longest."""
    idx, done = index(packs), 0
    shaped = ((*m.span(), title) for pattern, title in idx.shapes for m in pattern.finditer(text)) if MINISTRY.search(text) else ()
    for a, b, title in sorted((*idx.titles.find(text), *shaped), key=lambda found: (found[0], -found[1])):
        if a >= done:
            yield a, b, title
            done = b


def _bearers(text: str, a: int, b: int, title: Title, packs: Packs) -> list[Found]:
    """The person beside a title, or those of a list behind one in the plural."""
    words = text[a:b].casefold()
    if words not in title.forms and not (title.pattern and title.pattern.fullmatch(words)):
        return _listed(text, b, title, packs)
    one = _titled(text, a, b, title, packs)
    return [one] if one else []


def _listed(text: str, end: int, title: Title, packs: Packs) -> list[Found]:
    """The persons of a list behind a title in the plural, each with a state of its own ("Ministers A of X and B of Y")."""
    found: list[Found] = []
    gap = re.compile(r",? ").match(text, end)
    while gap and (name := NAME.match(text, gap.end())):
        state = _state_after(text, name.end(), packs)
        if state is None or " " not in name.group():
            break
        found.append(Found(name.span(), name.span(), title, state))
        gap = LIST.match(text, name.end() + _length_of_state(text, name.end(), packs))
    return found if len(found) > 1 else []


def _length_of_state(text: str, end: int, packs: Packs) -> int:
    """How long " of (the) State" is at a place, in code points; 0 where none stands there."""
    of = OF_STATE.match(text, end)
    near = index(packs).places.find(text[of.end() : of.end() + LONGEST_STATE]) if of else iter(())
    last = next((of.end() + b for a, b, place in near if of and a == 0 and isinstance(place, tuple)), end)
    return last - end + (last > end and text.startswith(")", last))


def _with_initials(text: str, packs: Packs) -> Iterator[tuple[int, int, Person]]:
    """Persons of the pack whose name is printed with initials that the pack leaves out ("Ana J. Duarte")."""
    for m in INITIALS.finditer(text):
        person = _by_full_name(m.group(), index(packs))
        if person:
            yield m.start(), m.end(), person


def _titled(text: str, a: int, b: int, title: Title, packs: Packs) -> Found | None:
    """The person whose title stands at [a, b): the name behind it, or before it and a comma."""
    words = text[a:b]
    if words.casefold() in AMBIGUOUS and not words[0].isupper():
        return None
    low = _state_before(text, a, packs)
    first = low[0] if low else a
    first -= len(m.group()) if (m := PREFIX.search(text[max(0, first - 60) : first])) else 0
    state = low[1] if low else _state_after(text, b, packs) or _state_within(words, packs)
    name = _name_behind(text, b, packs)
    if name and _is_name(name.group(), words, packs):
        end = name.start() + len(_bare(name.group()))
        return Found((first, end), (name.start(), end), title, state or _state_after(text, end, packs))
    before = BEFORE.search(text[max(0, first - 90) : first]) if name is None else None
    courtesy = _courtesy(before.group(1), packs) if before else 0
    if before and _is_name(before.group(1)[courtesy:], words, packs):
        start = max(0, first - 90) + before.start(1)
        extent = start, start + len(before.group(1))
        return Found(extent, (start + courtesy, extent[1]), title, state)
    return None


def _courtesy(name: str, packs: Packs) -> int:
    """How long the courtesy before a name is ("H.E. Ana Duarte"), in code points."""
    ranks = (b for a, b, title in index(packs).titles.find(name) if a == 0 and title.kind in RANKS)
    return next((b + 1 for b in ranks if name[b : b + 1] == " "), 0)


def _name_behind(text: str, end: int, packs: Packs) -> re.Match[str] | None:
    """The name behind a title: at once, behind a comma, or behind the title's state ("the Foreign Minister of Peru, Ana Duarte")."""
    end = _behind_lesser(text, end + _length_of_state(text, end, packs), packs)
    gap = re.compile(r",? ").match(text, end)
    return NAME.match(text, gap.end()) if gap else None


def _behind_lesser(text: str, end: int, packs: Packs) -> int:
    """Where ranks and courtesies between an office and the name end ("Foreign Minister, | the Hon Dr | Ana Duarte")."""
    while gap := LESSER.match(text, end):
        low = gap.end()
        near = index(packs).titles.find(text[low : low + LONGEST_RANK])
        last = next((low + b for a, b, title in near if a == 0 and title.kind in RANKS), None)
        if last is None:
            return end
        end = last
    return end


def _bare(name: str) -> str:
    """A name without possessive ending and without the letters that stand behind it ("Ana Duarte MP")."""
    return HONOURS.sub("", re.sub(r"'s?$", "", name))


def _mention(passage: Passage, found: Found, packs: Packs) -> Mention:
    """The mention of a titled person; a former holder speaks for no state and in no office."""
    name, day = passage.words[slice(*found.name)], passage.document.card.day
    surface = passage.span(*found.surface)
    past = PAST.match(surface.exact) is not None
    person = recognise(name, packs, found.state, found.title.kind, None if past else day)
    entry = PackEntry("offices", person.name) if person else PackEntry("titles", found.title.id)
    state = None if past else found.state or (person.state(day) if person else None)
    return Mention(surface, person.name if person else name, "person", state, None if past else found.title.kind, found.title.id, entry)


def recognise(name: str, packs: Packs, state: str | None = None, kind: str | None = None, day: str | None = None) -> Person | None:
    """The person of the pack behind a full name in either order, or behind a surname that title, state and day make single.

    Where the day is known, a titled person must have held such an office on it, else a namesake would do; a title too
    general to tell the office ("Minister", "Chair", "Mr") needs the day.
    """
    found = _by_full_name(name, index(packs))
    if found is not None:
        terms = [t for t in found.terms if t.kind == kind]
        return None if day and terms and not any(t.covers(day) for t in terms) else found
    if " " in SUFFIX.sub("", name) and name.casefold() not in index(packs).by_family:
        return None
    known = [p for p in index(packs).by_family.get(name.casefold(), ()) if state in {None, *(t.state for t in p.terms)}]
    if day:
        fits = [p for p in known if any((t.kind == kind or kind in GENERAL) and t.covers(day) for t in p.terms)]
    else:
        fits = [p for p in known if any(t.kind == kind for t in p.terms)]
    exact = [p for p in fits if any(t.kind == kind and (not day or t.covers(day)) for t in p.terms)]
    fits = exact if len(fits) > 1 else fits
    return fits[0] if len(fits) == 1 else None


def _by_full_name(name: str, idx: Index) -> Person | None:
    found = idx.by_key.get(key(name))
    words = SUFFIX.sub("", name).split()
    if found or len(words) < 2:
        return found
    full = [p for p in idx.by_family.get(words[-1].casefold(), ()) if key(p.name) < key(name) or key(name) < key(p.name)]
    return full[0] if len(full) == 1 else None


def _is_name(found: str, title: str, packs: Packs) -> bool:
    """Whether capitalised words beside a title are a name: no state, organisation or text, no further title, and no body with it."""
    idx = index(packs)
    if any(a == 0 and b >= len(found) for a, b, _ in idx.places.find(found)):
        return False
    last = found.rsplit(maxsplit=1)[-1].casefold()
    return (
        not any(a == 0 for a, _b, _ in idx.titles.find(found)) and last not in idx.nouns and f"{title} {found}".casefold() not in idx.nouns
    )


def _state_before(text: str, end: int, packs: Packs) -> tuple[int, str] | None:
    """A state or demonym directly before a title ("U.S. Secretary of State"), with its offset."""
    low = max(0, end - 40)
    for a, b, place in index(packs).places.find(text[low:end]):
        if isinstance(place, tuple) and not text[low + b : end].strip(" 's"):
            return low + a, place[0].name
    return None


def _state_after(text: str, end: int, packs: Packs) -> str | None:
    """A state behind a title ("Foreign Minister of Peru")."""
    of = OF_STATE.match(text, end)
    if of is None:
        return None
    low = of.end()
    places = index(packs).places.find(text[low : low + LONGEST_STATE])
    return next((p[0].name for a, _, p in places if a == 0 and isinstance(p, tuple)), None)


def _state_within(words: str, packs: Packs) -> str | None:
    """A state that the title itself names ("Kremlin spokesman")."""
    return next((p[0].name for _, _, p in index(packs).places.find(words) if isinstance(p, tuple)), None)


def _family(name: str, packs: Packs) -> str:
    """The family name of a person of the pack, else the last word of the name."""
    return index(packs).families.get(name) or family(name)


def _completed(mention: Mention, titled: list[Mention], packs: Packs) -> Mention:
    """A titled surname as the full name that the text gives one such person elsewhere ("Minister Duarte"); else as it is."""
    if mention.entry and mention.entry.pack == "offices":
        return mention
    full = [m for m in titled if len(m.name) > len(mention.name) and _ends(m.name, mention.name, packs)]
    fits = [
        m for m in full if (m.state == mention.state or not mention.state) and (m.office == mention.office or mention.office in GENERAL)
    ]
    names = {m.name: m for m in reversed(fits or full)}
    if len(names) != 1:
        return mention
    first = next(iter(names.values()))
    return replace(mention, name=first.name, state=mention.state or first.state, entry=first.entry)


def _ends(name: str, surname: str, packs: Packs) -> bool:
    """Whether a name has given names and this family name, of one word or of several ("Rui de los Llanos", "de los Llanos")."""
    return _family(name, packs).casefold() == surname.casefold() or name.casefold().endswith(f" {surname.casefold()}")


def _known(found: list[Mention], packs: Packs) -> Gazetteer[Mention]:
    """The persons of a text by full name and by family name; a family name that two of them share stands for itself."""
    known = {m.name: m for m in reversed(found)}
    shared: dict[str, list[Mention]] = defaultdict(list)
    for name, mention in known.items():
        shared[_family(name, packs)].append(mention)
    surnames = {
        name: bearers[0] if len(bearers) == 1 else replace(bearers[0], name=name, state=None, entry=None)
        for name, bearers in shared.items()
    }
    return Gazetteer((surnames | known).items())


def _again(passage: Passage, known: Gazetteer[Mention], taken: set[int], packs: Packs) -> Iterator[Mention]:
    """Persons of the text named again without a title; not a surname behind another given name."""
    for a, b, first in known.find(passage.text):
        surface = passage.span(a, b)
        if taken.isdisjoint(range(surface.start, surface.end)) and not _other_given_name(passage.text, a, first.name, packs):
            yield Mention(surface, first.name, "person", first.state, entry=first.entry)


def _other_given_name(text: str, start: int, name: str, packs: Packs) -> bool:
    """Whether a word that is a given name, but none of this person's, stands before a surname ("Rui Duarte" is not Ana)."""
    before = GIVEN.search(text[max(0, start - 40) : start])
    if before is None or before.group(1) in name or text.startswith(name, start):
        return False
    word = before.group(1)
    idx = index(packs)
    return not any(True for _ in idx.places.find(word)) and not any(True for _ in idx.titles.find(word))


def _places(passage: Passage, packs: Packs) -> Iterator[Mention]:
    found = index(packs).loud if passage.text.isupper() else index(packs).places
    for a, b, place in found.find(passage.text):
        if isinstance(place, tuple):
            entry = PackEntry("states", place[0].name)
            yield Mention(passage.span(a, b), place[0].name, "state", place[0].name, title=place[1], entry=entry)
        else:
            entry = PackEntry("organisations", place.name)
            yield Mention(passage.span(a, b), place.name, "organisation", place.state or None, entry=entry)
