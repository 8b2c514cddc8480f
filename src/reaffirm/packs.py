"""Data packs: knowledge about the world, read, validated and frozen.

A pack is a folder with the files listed in `FILES`; the shipped one is `reaffirm/data`. Further folders are laid
over it: an entry with the same key replaces the earlier one, and `Packs.replaced` says so. How to write one: docs/packs.md.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

import yaml

from reaffirm.errors import PackError
from reaffirm.model import Act, Authority, Factuality, Genre, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

OfficeKind = Literal[
    "head_of_state", "head_of_government", "foreign", "defence", "security_adviser", "finance", "trade", "deputy",
    "spokesperson", "ambassador", "military", "organisation", "legislature", "honorific", "chair", "role",
]  # fmt: skip
MEMBERSHIP = re.compile(r"(?P<state>.+) (?P<start>\d{4}(?:-\d\d){0,2})?/(?P<end>\d{4}(?:-\d\d){0,2})?")


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory: its short English name and the words that stand for it."""

    name: str
    kind: Literal["state", "territory", "bloc"]
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One person's term in one office, from day to day; a row `unverified` never beats a sourced one."""

    state: str
    office: str
    kind: str
    person: str
    aliases: tuple[str, ...]
    start: str
    end: str
    acting: bool
    source: str
    note: str = ""

    def covers(self, day: str) -> bool:
        """Whether the term covers a day, month or year: both bounds are compared to the precision that both have."""
        first, last = day.split("/", maxsplit=1)[0], day.rsplit("/", maxsplit=1)[-1]
        began = _cut(self.start, first) <= _cut(first, self.start)
        return began and (not self.end or _cut(last, self.end) <= _cut(self.end, last))


def _cut(date: str, other: str) -> str:
    return date[: min(len(date), len(other))]


@dataclass(frozen=True, slots=True)
class Title:
    """The forms of an office's title, lower case and without country, and the kind of office they name."""

    id: str
    kind: OfficeKind
    forms: tuple[str, ...]
    office_words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, force, ministry or newspaper, and the state behind it (empty if none)."""

    name: str
    aliases: tuple[str, ...]
    state: str
    kind: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Forum:
    """A series of consultations: its names, members, and the kinds of office of its usual principals."""

    id: str
    name: str
    forms: tuple[str, ...]
    members: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    principals: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise `ValueError`, which the loader turns into a `PackError`, for a term that is no state with an interval."""
        for term in self.terms:
            if not MEMBERSHIP.fullmatch(term):
                message = f"terms: {term!r} is not written like `Moravia 2031-04-12/` or `Moravia /2033-01-31`"
                raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who issues texts: a newspaper, an agency, a ministry, and the domains it writes under."""

    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class GenreRule:
    """Words that tell a document's genre, where they stand, and what kind of authority goes with it."""

    id: str
    genre: Genre
    where: Literal["title", "header", "lead", "meta", "url", "source"]
    pattern: re.Pattern[str]
    basis: Literal["stated", "inferred"]
    authority: Authority
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collective:
    """A noun phrase that stands for several actors, and the rule that names its members."""

    id: str
    pattern: re.Pattern[str]
    level: Literal["persons", "states"]
    rule: Literal["meeting-principals", "meeting-states", "one-side", "document-issuers", "forum", "government", "officials"]
    count: str | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonCue:
    """Words near a first person plural that tell whom the speaker means, where they stand, and how much they weigh."""

    id: str
    kind: Literal["delegation", "inclusive", "group", "generic"]
    where: Literal["at", "around", "sentence", "near"]
    pattern: re.Pattern[str]
    weight: int = 1
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FurnitureRule:
    """A whole line that sites print round a text, and where on the page it may stand."""

    id: str
    pattern: re.Pattern[str]
    where: Literal["top", "bottom", "any"]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


ExportField = Literal["title", "publisher", "published", "byline", "section", "language", "length", "loaded", "number"]


@dataclass(frozen=True, slots=True)
class ExportRule:
    """A layout in which a press database puts many articles into one file: what parts them, and what it prints round them."""

    id: str
    begins: re.Pattern[str] | None = None
    ends: re.Pattern[str] | None = None
    least: int = 2
    needs: re.Pattern[str] | None = None
    cover: re.Pattern[str] | None = None
    furniture: re.Pattern[str] | None = None
    label: re.Pattern[str] | None = None
    keep: re.Pattern[str] | None = None
    unit: Literal["line", "block"] = "line"
    order: tuple[str, ...] = ()
    title: re.Pattern[str] | None = None
    publisher: re.Pattern[str] | None = None
    published: re.Pattern[str] | None = None
    byline: re.Pattern[str] | None = None
    section: re.Pattern[str] | None = None
    language: re.Pattern[str] | None = None
    length: re.Pattern[str] | None = None
    loaded: re.Pattern[str] | None = None
    number: re.Pattern[str] | None = None
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise `ValueError`, which the loader turns into a `PackError`, for a rule that could split anything."""
        if self.begins is None and self.ends is None:
            message = "needs begins or ends, the line that parts two articles"
            raise ValueError(message)
        if self.least < 2:
            message = f"least is {self.least}; a file of fewer than 2 articles is not split"
            raise ValueError(message)
        unknown = [name for name in self.order if name not in get_args(ExportField)]
        if unknown:
            message = f"order: {', '.join(unknown)} is not one of {', '.join(get_args(ExportField))}"
            raise ValueError(message)
        if any(pattern is not None and pattern.fullmatch("") for pattern in (self.begins, self.ends, self.needs, self.label)):
            message = "begins, ends, needs and label must not match an empty line"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Verb:
    """A cue verb: its frames, speech act, force and strength, and what its agentless passive is."""

    id: str
    lemma: str
    frames: tuple[str, ...]
    act: Act
    force: int
    strength: int
    words: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    factuality: Factuality = "plain"
    agentless: Literal["hearsay", "authorial"] | None = None
    authorial: bool = False
    joint: bool = False
    unnamed: bool = False
    objects: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of attitude or speech: it opens a content, makes a cue with a light verb, or is a cue itself."""

    id: str
    lemma: str
    role: Literal["attitude", "speech", "nominal", "adverbial"]
    act: Act | None = None
    strength: int | None = None
    prepositions: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """A verb that may stand between the finite verb and the cue verb ("would *like* to point out").

    `words` are what else stands between them ("set *aside time* to discuss"); `occasion` verbs name the meeting
    at which something is discussed ("met to discuss") and stay outside the cue; `denied` verbs say that the
    act was not done ("declined to say").
    """

    id: str
    lemma: str
    words: tuple[str, ...] = ()
    role: Literal["chain", "occasion", "denied"] = "chain"
    ongoing: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speakers:
    """Common nouns of one kind that can speak, or, when `mute`, that are sources of verbs of saying only; an `occasion` is a meeting."""

    id: str
    lemmas: tuple[str, ...]
    mute: bool = False
    occasion: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakingText:
    """A noun for a text that can speak (statement, communique), and the genre of such a text."""

    id: str
    lemma: str
    forms: tuple[str, ...]
    genre: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


RungKind = Literal[
    "raises", "lowers", "anywhere", "carrier", "manner", "noun", "refusal", "agreement", "question", "denial", "topic", "bare",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rung:
    """How words around a cue move its speech act or its place on the ladder; the head of the file tells each kind."""

    id: str
    kind: RungKind
    forms: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    act: Act | None = None
    strength: int | None = None
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A word of the calendar that convention has given a meaning: a named day, a decade, an adverb of repetition, an era, a fiscal year."""

    id: str
    kind: Literal["day", "decade", "set", "era", "fiscal"]
    value: str
    forms: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


# attribute of Packs -> file below a pack folder, class, key; the one place where a kind of pack is added
FILES: dict[str, tuple[str, type, tuple[str, ...]]] = {
    "states": ("states/states.csv", State, ("name",)),
    "offices": ("offices/offices.csv", Term, ("state", "office", "person", "start")),
    "titles": ("titles/titles.yaml", Title, ("id",)),
    "organisations": ("organisations/organisations.csv", Organisation, ("name",)),
    "forums": ("forums/forums.yaml", Forum, ("id",)),
    "publishers": ("publishers/publishers.csv", Publisher, ("name",)),
    "genres": ("genres/genres.yaml", GenreRule, ("id",)),
    "collectives": ("collectives/collectives.yaml", Collective, ("id",)),
    "persons": ("persons/persons.yaml", PersonCue, ("id",)),
    "furniture": ("furniture/furniture.yaml", FurnitureRule, ("id",)),
    "exports": ("exports.yaml", ExportRule, ("id",)),
    "verbs": ("verbs/verbs.yaml", Verb, ("id",)),
    "nouns": ("verbs/nouns.yaml", Noun, ("id",)),
    "chains": ("verbs/chains.yaml", Chain, ("id",)),
    "speakers": ("verbs/speakers.yaml", Speakers, ("id",)),
    "texts": ("verbs/documents.yaml", SpeakingText, ("id",)),
    "calendar": ("calendar/calendar.yaml", CalendarEntry, ("id",)),
    "ladder": ("ladder/ladder.yaml", Rung, ("id",)),
}


@dataclass(frozen=True, slots=True)
class Packs:
    """All knowledge that extraction may use, frozen; `fingerprint` changes when any entry does."""

    states: tuple[State, ...] = ()
    offices: tuple[Term, ...] = ()
    titles: tuple[Title, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    forums: tuple[Forum, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    genres: tuple[GenreRule, ...] = ()
    collectives: tuple[Collective, ...] = ()
    persons: tuple[PersonCue, ...] = ()
    furniture: tuple[FurnitureRule, ...] = ()
    exports: tuple[ExportRule, ...] = ()
    verbs: tuple[Verb, ...] = ()
    nouns: tuple[Noun, ...] = ()
    chains: tuple[Chain, ...] = ()
    speakers: tuple[Speakers, ...] = ()
    texts: tuple[SpeakingText, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    ladder: tuple[Rung, ...] = ()
    fingerprint: str = ""
    replaced: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()

    def __hash__(self) -> int:
        """The hash of the fingerprint: every index of the packs is cached by it, and hashing all entries costs 30 ms."""
        return hash(self.fingerprint)


E_ = TypeVar("E_")


def builtin() -> Path:
    """The folder of the shipped packs."""
    return Path(str(resources.files("reaffirm") / "data"))


@cache
def load(*folders: Path) -> Packs:
    """The shipped packs with the given folders laid over them, later ones last.

    Raises `PackError` for a folder that is not there or an entry that breaks its schema, naming file and entry.
    """
    for folder in folders:
        if not folder.is_dir():
            message = f"pack folder {folder} is not there; give a folder with sub-folders such as verbs/ or offices/"
            raise PackError(message)
    replaced: list[str] = []
    found = {name: _layer(name, (builtin(), *folders), replaced) for name in FILES}
    fingerprint = digest({name: [_plain(e) for e in entries] for name, entries in found.items()})[:16]
    return Packs(**found, fingerprint=fingerprint, replaced=tuple(replaced), folders=folders)  # type: ignore[arg-type]


def _layer(name: str, folders: Iterable[Path], replaced: list[str]) -> tuple[object, ...]:
    file, kind, key = FILES[name]
    entries: dict[tuple[object, ...], object] = {}
    entry: object
    for folder in folders:
        path = folder / file
        for row in _rows(path) if path.exists() else ():
            entry = _entry(kind, row, path)
            identity = tuple(getattr(entry, part) for part in key)
            if identity in entries:
                replaced.append(f"{name}: {' / '.join(map(str, identity))} (by {file})")
            entries[identity] = entry
    return tuple(entries.values())


def _rows(path: Path) -> list[Mapping[str, object]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            if path.suffix == ".csv":
                return list(csv.DictReader(file))
            rows = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = f"{path}: cannot be read ({error}); mend the file or take it out of the pack"
        raise PackError(message) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        message = f"{path}: must be a list of entries, see docs/packs.md"
        raise PackError(message)
    return rows


def _entry(kind: type[E_], row: Mapping[str, object], path: Path) -> E_:
    try:
        hints = _hints(cast("Hashable", kind))
        given = {f.name: _convert(row[f.name], hints[f.name]) for f in fields(kind) if row.get(f.name) is not None}  # type: ignore[arg-type]
        return kind(**given)
    except (TypeError, ValueError, AttributeError, re.error) as error:
        name = row.get("id") or row.get("name") or dict(row)
        message = f"{path}: entry {name}: {error}; see docs/packs.md for its keys"
        raise PackError(message) from error


@cache
def _hints(kind: Hashable) -> dict[str, object]:
    return get_type_hints(kind)


def _convert(value: object, hint: object) -> object:
    """The value as the type of the field; lists may be written `a;b` in tables."""
    if get_origin(hint) is tuple:
        items = value.split(";") if isinstance(value, str) else cast("list[object]", value)
        return tuple(str(item).strip() for item in items if str(item).strip())
    if re.Pattern in {get_origin(hint), *map(get_origin, get_args(hint))}:
        return re.compile(str(value), re.IGNORECASE)
    options = _options(hint)
    if options and value not in options:
        message = f"{value!r} is not one of {', '.join(map(str, options))}"
        raise ValueError(message)
    return _scalar(value, hint)


def _scalar(value: object, hint: object) -> object:
    if hint is bool:
        return str(value).strip().casefold() in {"true", "1", "yes"}
    if hint is int or int in get_args(hint):
        return int(str(value))
    return str(value).strip() if isinstance(value, str | int | float) else value


def _options(hint: object) -> tuple[object, ...]:
    """The closed vocabulary of a Literal, also of an optional one; empty for any other type."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((get_args(part) for part in get_args(hint) if get_origin(part) is Literal), ())


def _plain(entry: object) -> list[object]:
    """The entry as plain values, for the fingerprint; examples do not count, because no row rests on them."""
    skip = {"examples", "counterexamples"}
    values = (getattr(entry, f.name) for f in fields(entry) if f.name not in skip)  # type: ignore[arg-type]
    return [value.pattern if isinstance(value, re.Pattern) else value for value in values]


def longest_first(words: Iterable[str], boundary: Callable[[str], str] = re.escape) -> str:
    """An alternation of the words, longest first, so that the longest name wins."""
    return "|".join(boundary(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))
