"""The entries of the data packs: one class for each kind of knowledge, read and validated by `reaffirm.packs`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from reaffirm.model import Act, Authority, Factuality, Genre  # noqa: TC001 - the loader reads the hints when it runs
from reaffirm.readings import DemandClass, Tone  # noqa: TC001

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
    """The forms of an office's title, lower case and without country, a pattern of further ones, and the kind of office they name."""

    id: str
    kind: OfficeKind
    forms: tuple[str, ...] = ()
    office_words: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
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


IssueField = Literal["security", "regions", "economy", "climate", "global", "order", "bilateral"]
Shape = Literal["before", "around", "after", "number", "whole"]


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue: the words that name it, in two strengths, and the words beside which they mean something else.

    `forms` name it wherever they stand; `faint` forms only in a row that no form names an issue of. `pattern` is searched as
    well, white space of any kind for each blank. None of them counts within four words of a word of `without`.
    """

    id: str
    name: str
    field: IssueField
    forms: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of things that have names: the head nouns of such names, and where the rest of the name stands.

    `shape` is `before` (Orrin Shoals), `after` (Strait of Marn), `around` (Grain Treaty, Treaty on Grain), `number` (Article 4, with
    the name it belongs to), or `whole` (the head is all of the name).
    """

    id: str
    name: str
    shape: Shape
    heads: tuple[str, ...]
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


MeetingRole = Literal[
    "noun", "met", "before", "behind", "modifier", "format", "circle", "unreal", "institution", "next", "previous", "output",
    "counted", "after-nth", "this", "to-meet",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeetingWord:
    """Words of one role in telling a meeting; the head of the file says what each role means and which keys it uses."""

    id: str
    role: MeetingRole
    value: str = ""
    forms: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    weak: bool = False
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


BondKind = Literal[
    "verb", "attitude", "carrier", "position", "kept", "need", "discrete", "ongoing", "light", "mere", "countable", "treaty",
    "happening", "body", "event", "idle", "outsider", "press", "condition", "schedule", "unbounded", "underway", "refusal", "quality",
    "speech", "question", "tasking", "subordinate", "coming", "awaited",
]  # fmt: skip
Takes = Literal["act", "will", "norm", "noun", "position", "treaty"]


@dataclass(frozen=True, slots=True)
class Bond:
    """An entry: words (`forms`, lower case; lemmas of verbs, nouns in the singular), what kind of words they are, and what they weigh.

    `force` (0 to 3) is that of a verb or noun of undertaking, `takes` what its content must be to bind; `value` (0 to 2) what an
    act's word makes of the object. The head of the YAML file tells what each kind means.
    """

    id: str
    kind: BondKind
    forms: tuple[str, ...] = ()
    force: int = 0
    value: int = 0
    takes: tuple[str, ...] = ()
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise `ValueError`, which the loader turns into a `PackError`, for a place off the scale or an unknown content."""
        if self.force not in range(4) or self.value not in range(3):
            message = f"force {self.force} is not 0 to 3, or value {self.value} not 0 to 2"
            raise ValueError(message)
        unknown = set(self.takes) - set(get_args(Takes))
        if unknown:
            message = f"takes: {', '.join(sorted(unknown))} is not one of {', '.join(get_args(Takes))}"
            raise ValueError(message)


AskingFrame = Literal[
    "modal", "verb-to", "predicate", "come", "impossible", "asking", "for", "that", "hope", "require", "duty", "let", "headline",
    "exempt", "booster", "skipped", "actor", "law", "effect", "adjective", "conduct", "noun", "verb", "carrier", "first-person", "phrase",
    "copula", "open", "weigh", "hedge", "advice",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """An entry of `data/demands`: words of one frame that make a demand, an evaluation, a question or an inference.

    `forms` are lemmas or lower-case words; `prepositions` those that belong to the form; `strength` 1 to 4, for demands alone;
    `examples` are sentences with the action in braces, `counterexamples` sentences in which the entry must not fire.
    """

    id: str
    kind: DemandClass
    frame: AskingFrame
    forms: tuple[str, ...] = ()
    source: str = ""
    prepositions: tuple[str, ...] = ()
    strength: int | None = None
    polarity: Tone | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise `ValueError`, which the loader turns into a `PackError`, for a strength off the scale, no forms or no source."""
        if self.strength is not None and self.strength not in range(1, 5):
            message = f"strength {self.strength} is not 1 to 4"
            raise ValueError(message)
        if not self.forms or not self.source:
            message = "it needs forms and a source"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class EventRule:
    """Which rows of a noun an export writes as an event, and of which type: `when` are conditions `key=value` or `key=a|b` on the row."""

    id: str
    row: Literal["statement", "commitment", "demand", "meeting"]
    when: tuple[str, ...]
    code: str
    mode: str = ""
    mutual: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        """Raise `ValueError`, which the loader turns into a `PackError`, for a condition without a value."""
        if not all("=" in condition for condition in self.when):
            message = "when: write conditions as key=value"
            raise ValueError(message)
