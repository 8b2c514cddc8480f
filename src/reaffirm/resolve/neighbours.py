"""Members of a collective whom only another document of the ledger names, because it tells the same meeting.

The store keeps one `Gathering` per document (a pure function of the document) and hands over, for a document, those of
other documents that share one of its `keys`; nothing else of the neighbours is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from reaffirm.model import OfficeHeld, digest
from reaffirm.resolve import collectives
from reaffirm.resolve.cast import Principal, cast
from reaffirm.resolve.offices import office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reaffirm.model import Document, Mention, Statement, Voice
    from reaffirm.packs import Packs

RULE = "voice.members-of-another-document"
PERSON = "voice.person-of-another-document"
PERSONAL = frozenset({"meeting-principals", "document-issuers"})  # rules of the collectives pack whose members may be persons
FIRST = frozenset({"voice.issuers-we", "voice.joint-we"})
EARLIER = re.compile(
    r"\b(?:(?:[Ii]n|[Ss]ince|[Bb]ack in|of) (?P<year>(?:19|20)\d\d)\b"
    r"|(?:[Ll]ast year|[Aa] year (?:ago|earlier|before)|[Tt]he year before|[Tt]he previous year)\b)"
)
STOP = re.compile(r"[.!?][\"”’')]*\s+(?=[A-Z“\"])|\n")
NEAR = 300  # code points of a sentence before its source
LATE = 14  # days after a meeting within which an account of it appears that does not date it


@dataclass(frozen=True, slots=True)
class Participant:
    """A principal whom a document names, with the office that it gives and the place where it does."""

    name: str
    state: str
    kind: str
    office: OfficeHeld | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """What one document says of the meeting that it tells: forum, days, states, expected offices, and who took part.

    `days` are EDTF days or months of the event, `published` that of the document; `expected` the kinds of office that each
    state sends, those of one tuple being alternatives.
    """

    document: str
    forum: str | None
    days: tuple[str, ...]
    published: str | None
    states: frozenset[str]
    expected: tuple[tuple[str, ...], ...]
    people: tuple[Participant, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What two gatherings must share at least one of to be the same meeting: their states with forum or month."""
        if len(self.states) < 2:
            return ()
        states = "|".join(sorted(self.states))
        months = {day[:7] for day in self.days if len(day) >= 7}
        return tuple(f"{states}|{part}" for part in (*([self.forum] if self.forum else ()), *sorted(months)))


def gathering(document: Document, mentions: tuple[Mention, ...], packs: Packs) -> Gathering:
    """The gathering that a document tells, as far as it says."""
    found, card = cast(document, mentions, packs), document.card
    people = tuple(
        Participant(p.name, p.state, p.kind, office(p.name, [m for m in mentions if m.name == p.name], packs, found.day))
        for p in found.principals
    )
    days = tuple(f.value for f in card.event_dates if f.value)
    forum = found.forum.id if found.forum else None
    return Gathering(document.id, forum, days, card.published.value, frozenset(found.states), found.expected, people)


def same_meeting(one: Gathering, other: Gathering) -> bool:
    """Whether two documents tell the same meeting: the same states, no office with two holders, and days that agree.

    Where both date their event, an equal day is enough. Where one does not, the forum must be the same, and either the
    undated one appeared within two weeks after the day, or, undated altogether, names a principal of the other.
    """
    if one.document == other.document or one.states != other.states or _contradict(one, other):
        return False
    if one.days and other.days:
        return any(_equal(a, b) for a in one.days for b in other.days)
    if one.forum is None or one.forum != other.forum:
        return False
    dated, undated = (one, other) if one.days else (other, one)
    if undated.published and dated.days:
        return any(_soon(day, undated.published) for day in dated.days)
    return not (one.published and other.published) and bool({p.name for p in one.people} & {p.name for p in other.people})


def _contradict(one: Gathering, other: Gathering) -> bool:
    held = {(p.state, p.kind): p.name for p in one.people}
    return any(not _alike(held.get((p.state, p.kind), p.name), p.name) for p in other.people)


def _alike(one: str, other: str) -> bool:
    """Whether two names may be of one person: equal, or one is the family name of the other."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return short == long or long.endswith(f" {short}")


def _equal(one: str, other: str) -> bool:
    """Whether two days are equal to the precision that both have, a month at least."""
    common = min(len(one), len(other))
    return common >= len("2031-04") and one[:common] == other[:common]


def _soon(day: str, published: str) -> bool:
    """Whether a text appeared on the day of an event or within two weeks after it; false where either is no full date."""
    try:
        return 0 <= (date.fromisoformat(published) - date.fromisoformat(day)).days <= LATE
    except ValueError:
        return False


def borrowed(
    own: Gathering, rows: Iterable[tuple[Statement, Voice]], neighbours: Iterable[Gathering], packs: Packs, text: str = ""
) -> tuple[Voice, ...]:
    """The voices that change: collectives of persons that only states stood for, and persons of whom the text gives less than others do.

    The members are persons of the ledger's own texts, so they are speakers, not `external`; certainty is "probable"; the
    evidence of their offices lies in the documents that name them. Neighbours that disagree about a member lend nobody. Where a
    sentence of `text` tells of another year ("last year the ministers"), the persons are those who met in that year.
    """
    others = sorted(neighbours, key=lambda n: n.document)
    told = _agreeing([n for n in others if same_meeting(own, n)])
    found: list[Voice | None] = []
    for statement, voice in rows:
        year = _another_year(own, statement, text)
        lenders = _agreeing([n for n in others if _of_year(own, n, year)]) if year else told
        if _open(voice, packs) or (year and _of_this_meeting(own, voice)):
            found.append(_lent(statement, voice, _loan(own, lenders, other=bool(year)), packs) if lenders else None)
        elif told:
            found.append(_introduced(voice, told))
    return tuple(voice for voice in found if voice is not None)


def _agreeing(told: list[Gathering]) -> list[Gathering]:
    """These gatherings, or none of them where two contradict each other."""
    return [] if any(_contradict(a, b) for n, a in enumerate(told) for b in told[n + 1 :]) else told


@dataclass(frozen=True, slots=True)
class Loan:
    """Whom other documents lend: by state and kind of office, the kinds expected of each state, and the documents."""

    people: dict[tuple[str, str], Participant]
    expected: tuple[tuple[str, ...], ...]
    lenders: tuple[str, ...]


def _loan(own: Gathering, told: list[Gathering], *, other: bool) -> Loan:
    """What these gatherings lend to a document, whose own names go first unless it is of an `other` meeting."""
    people = {(p.state, p.kind): _from_elsewhere(p) for n in told for p in sorted(n.people, key=lambda p: len(p.name))}
    known = {p.name.casefold() for p in people.values()}
    if not other:  # who is named here by a surname alone has the full name there
        people |= {(p.state, p.kind): p for p in own.people if not any(name.endswith(f" {p.name.casefold()}") for name in known)}
    expected = own.expected or next((n.expected for n in told if n.expected), ())
    return Loan(people, expected, tuple(n.document for n in told))


def _another_year(own: Gathering, statement: Statement, text: str) -> str:
    """The year before the document's own that the sentence of a statement's source names; empty where it names none."""
    source, year = statement.source, (own.days or (own.published or "",))[0][:4]
    if source is None or not text or not year.isdigit():
        return ""
    low = max((m.end() for m in STOP.finditer(text, max(0, source.start - NEAR), source.start + 1)), default=source.start - NEAR)
    high = (statement.cue or source).end
    m = EARLIER.search(text, max(0, low), high)
    told = "" if m is None else m["year"] or str(int(year) - 1)
    return told if told < year else ""


def _of_year(own: Gathering, other: Gathering, year: str) -> bool:
    """Whether another document tells the meeting of the same circle in a year."""
    return other.states == own.states and other.forum == own.forum and any(day[:4] == year for day in other.days)


def _of_this_meeting(own: Gathering, voice: Voice) -> bool:
    """Whether the speakers of a collective are the persons of the document's own meeting."""
    return voice.rule.startswith("collectives/") and len(voice.speakers) > 1 and {*voice.speakers} <= {p.name for p in own.people}


def _introduced(voice: Voice, told: list[Gathering]) -> Voice | None:
    """The voice with the persons whom it gives by surname, without a state, or by the state of an office; None where none is known."""
    people = {p.name: p for n in told for p in n.people}
    found = [_bearer(name, voice, list(people.values())) for name in voice.speakers]
    members = [p for p in found if p]
    if not members or (voice.parties and all(name in people for name in voice.speakers)):
        return None
    names = tuple(sorted({p.name if p else name for p, name in zip(found, voice.speakers, strict=True)}))
    parties = tuple(sorted({*voice.parties, *(p.state for p in members)}))
    if len(voice.speakers) == 1 and len(parties) > 1:  # a namesake
        return None
    offices = tuple(p.office for p in members if p.office)
    offices += tuple(o for o in voice.offices if o.name in names and o.name not in {p.name for p in offices})
    inputs = digest(voice.inputs, [n.document for n in told], [[p.name, p.state] for p in members])[:16]
    return replace(
        voice, speakers=names, external=(), parties=parties, offices=offices, certainty="probable", rule=PERSON, inputs=inputs,
    )  # fmt: skip


def _bearer(name: str, voice: Voice, people: list[Participant]) -> Participant | None:
    """The one participant whom a speaker's name stands for: the full name, the family name, or the state of an office without a name."""
    fits = [p for p in people if p.name == name or p.name.casefold().endswith(f" {name.casefold()}")]
    if not fits and voice.certainty == "external":
        fits = [p for p in people if p.state == name]
    return _from_elsewhere(fits[0]) if len(fits) == 1 else None


def _from_elsewhere(person: Participant) -> Participant:
    """A participant as another document knows the office: inferred, with the evidence where it is stated."""
    return replace(person, office=replace(person.office, basis="inferred")) if person.office else person


def _open(voice: Voice, packs: Packs) -> bool:
    """Whether states stand in a voice for persons whom its document does not name."""
    if voice.certainty != "underspecified":
        return False
    name = voice.rule.partition("/")[2]
    return voice.rule in FIRST or any(entry.id == name and entry.rule in PERSONAL for entry in packs.collectives)


def _lent(
    statement: Statement,
    voice: Voice,
    loan: Loan,
    packs: Packs,
) -> Voice | None:
    """The voice with its members; None where an expected office of a state has no known holder, or the count differs."""
    words = statement.source.exact if statement.source else ""
    members = _members(voice.parties, loan, collectives.meant(words))
    entry = next((c for c in packs.collectives if c.id == voice.rule.partition("/")[2]), None)
    count = collectives.counted(words) if entry and entry.count == "from-words" else None
    if not members or (count and count != len(members)):
        return None
    offices = tuple(p.office for p in members if p.office)
    inputs = digest(voice.inputs, loan.lenders, [[p.name, p.state, p.kind] for p in members])[:16]
    names = tuple(sorted({p.name for p in members}))
    return replace(voice, speakers=names, external=(), offices=offices, certainty="probable", rule=RULE, inputs=inputs)


def _members(
    states: Iterable[str],
    loan: Loan,
    wanted: Callable[[Principal], bool],
) -> list[Participant]:
    """One participant for every state and expected office that the words mean; none at all where one is unknown."""
    found: list[Participant] = []
    for state in states:
        for kinds in loan.expected:
            meant = [kind for kind in kinds if wanted(Principal("", state, kind))]
            held = next((loan.people[state, kind] for kind in meant if (state, kind) in loan.people), None)
            if meant and held is None:
                return []
            found += [held] if held else []
    return found
