"""Data packs: knowledge about the world, read, validated and frozen.

A pack is a folder with the files listed in `FILES`; the shipped one is `reaffirm/data`. Further folders are laid
over it: an entry with the same key replaces the earlier one, and `Packs.replaced` says so. How to write one: docs/packs.md.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, fields
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

import yaml

from reaffirm.entries import (
    MEMBERSHIP,
    Asking,
    Bond,
    Cadence,
    CalendarEntry,
    Chain,
    Collective,
    EventRule,
    ExportField,
    ExportRule,
    Forum,
    FurnitureRule,
    GenreRule,
    Issue,
    MeetingWord,
    Noun,
    OfficeKind,
    Organisation,
    PersonCue,
    Publisher,
    Rung,
    RungKind,
    Speakers,
    SpeakingText,
    State,
    Term,
    Thing,
    Title,
    Verb,
)
from reaffirm.errors import PackError
from reaffirm.model import digest
from reaffirm.occurrences import Event, Omen, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

__all__ = [  # the classes of entries stand in `reaffirm.entries`
    "FILES", "MEMBERSHIP", "Asking", "Bond", "Cadence", "CalendarEntry", "Chain", "Collective", "EventRule", "ExportField", "ExportRule",
    "Forum", "FurnitureRule", "GenreRule", "Issue", "MeetingWord", "Noun", "OfficeKind", "Organisation", "Outcome", "Packs", "PersonCue",
    "Publisher", "Rung", "RungKind", "Speakers", "SpeakingText", "State", "Term", "Thing", "Title", "Verb",
    "builtin", "load", "longest_first",
]  # fmt: skip

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
    "meetings": ("meetings/meetings.yaml", MeetingWord, ("id",)),
    "bonds": ("commitments/commitments.yaml", Bond, ("id",)),
    "askings": ("demands/askings.yaml", Asking, ("id",)),
    "judgements": ("demands/judgements.yaml", Asking, ("id",)),
    "questions": ("demands/questions.yaml", Asking, ("id",)),
    "hedges": ("demands/hedges.yaml", Asking, ("id",)),
    "issues": ("issues/issues.yaml", Issue, ("id",)),
    "things": ("issues/things.yaml", Thing, ("id",)),
    "events": ("events/events.yaml", Event, ("id",)),
    "omens": ("events/omens.yaml", Omen, ("id",)),
    "outcomes": ("outcomes/outcomes.yaml", Outcome, ("id",)),
    "plover": ("plover/plover.yaml", EventRule, ("id",)),
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
    meetings: tuple[MeetingWord, ...] = ()
    bonds: tuple[Bond, ...] = ()
    askings: tuple[Asking, ...] = ()
    judgements: tuple[Asking, ...] = ()
    questions: tuple[Asking, ...] = ()
    hedges: tuple[Asking, ...] = ()
    issues: tuple[Issue, ...] = ()
    things: tuple[Thing, ...] = ()
    events: tuple[Event, ...] = ()
    omens: tuple[Omen, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    plover: tuple[EventRule, ...] = ()
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
        readers = _readers(cast("Hashable", kind))
        return kind(**{name: read(row[name]) for name, read in readers.items() if row.get(name) is not None})
    except (TypeError, ValueError, AttributeError, re.error) as error:
        name = row.get("id") or row.get("name") or dict(row)
        message = f"{path}: entry {name}: {error}; see docs/packs.md for its keys"
        raise PackError(message) from error


@cache
def _readers(kind: Hashable) -> dict[str, Callable[[object], object]]:
    """How the value of each field of a class is read; found once a class, for a pack has tens of thousands of values."""
    return {name: _reader(hint) for name, hint in _hints(kind).items()}


@cache
def _hints(kind: Hashable) -> dict[str, object]:
    return get_type_hints(kind)


def _reader(hint: object) -> Callable[[object], object]:
    """The function that reads a value as the type of its field."""
    if get_origin(hint) is tuple:
        return _items
    if re.Pattern in {get_origin(hint), *map(get_origin, get_args(hint))}:
        return lambda value: re.compile(str(value), re.IGNORECASE)
    if options := _options(hint):
        return partial(_chosen, options)
    if hint is bool:
        return lambda value: str(value).strip().casefold() in {"true", "1", "yes"}
    if hint is int or int in get_args(hint):
        return lambda value: int(str(value))
    return lambda value: str(value).strip() if isinstance(value, str | int | float) else value


def _items(value: object) -> tuple[str, ...]:
    """A list; in tables it may be written `a;b`."""
    if not value:
        return ()
    items = value.split(";") if isinstance(value, str) else cast("list[object]", value)
    return tuple(stripped for item in items if (stripped := str(item).strip()))


def _chosen(options: tuple[object, ...], value: object) -> object:
    """The value, when it is one of a closed vocabulary."""
    if value not in options:
        message = f"{value!r} is not one of {', '.join(map(str, options))}"
        raise ValueError(message)
    return value


def _options(hint: object) -> tuple[object, ...]:
    """The closed vocabulary of a Literal, also of an optional one; empty for any other type."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((get_args(part) for part in get_args(hint) if get_origin(part) is Literal), ())


def _plain(entry: object) -> list[object]:
    """The entry as plain values, for the fingerprint; examples do not count, because no row rests on them."""
    values = (getattr(entry, name) for name in _names(cast("Hashable", type(entry))))
    return [value.pattern if isinstance(value, re.Pattern) else value for value in values]


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name not in {"examples", "counterexamples"})  # type: ignore[arg-type]


def longest_first(words: Iterable[str], boundary: Callable[[str], str] = re.escape) -> str:
    """An alternation of the words, longest first, so that the longest name wins."""
    return "|".join(boundary(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))
