"""The entries of the data packs: one class for each kind of knowledge, read and validated by `reaffirm.packs`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from reaffirm.model import Act, Authority, Factuality, Genre  # noqa: TC001 - the loader reads the hints when it runs

OfficeKind = Literal[
    "head_of_state", "head_of_government", "foreign", "defence", "security_adviser", "finance", "trade", "deputy",
    "spokesperson", "ambassador", "military", "organisation", "legislature", "honorific", "chair", "role",
]  # fmt: skip
Cadence = Literal[
    "monthly", "quarterly", "twice a year", "annual", "every two years", "every three years", "every four years", "every five years",
    "irregular", "once", "ended",
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
    """One person's term in one office, from day to day; a row `unverified` never beats a sourced one.

    `family` is the family name where it is not the last word of the name.
    """

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
    family: str = ""

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
    """A series of consultations: its names, members, the kinds of office of its usual principals, and how often it meets.

    `needs` are words in small letters without one of which the pattern cannot be found: it saves the search.
    """

    id: str
    name: str
    forms: tuple[str, ...]
    members: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    principals: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    needs: tuple[str, ...] = ()
    cadence: Cadence | None = None
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
