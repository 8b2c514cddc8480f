"""Members of a collective whom only another document of the ledger names, because it tells the same meeting.

The store keeps one `Gathering` per document (a pure function of the document) and hands over, for a document, those of
other documents that share one of its `keys`; nothing else of the neighbours is needed.
"""

from __future__ import annotations

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
PERSONAL = frozenset({"meeting-principals", "document-issuers"})  # rules of the collectives pack whose members may be persons
FIRST = frozenset({"voice.issuers-we", "voice.joint-we"})
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
    return any(held.get((p.state, p.kind), p.name) != p.name for p in other.people)


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


def borrowed(own: Gathering, rows: Iterable[tuple[Statement, Voice]], neighbours: Iterable[Gathering], packs: Packs) -> tuple[Voice, ...]:
    """The voices that change: collectives of persons that only states stood for, now with the persons of the same meeting.

    The members are persons of the ledger's own texts, so they are speakers, not `external`; certainty is "probable"; the
    evidence of their offices lies in the documents that name them. Neighbours that disagree about a member lend nobody.
    """
    told = sorted((n for n in neighbours if same_meeting(own, n)), key=lambda n: n.document)
    if not told or any(_contradict(a, b) for n, a in enumerate(told) for b in told[n + 1 :]):
        return ()
    people = {(p.state, p.kind): _from_elsewhere(p) for n in told for p in n.people} | {(p.state, p.kind): p for p in own.people}
    expected = own.expected or next((n.expected for n in told if n.expected), ())
    lenders = [n.document for n in told]
    found = (_lent(s, v, people, expected, lenders, packs) for s, v in rows if _open(v, packs))
    return tuple(voice for voice in found if voice is not None)


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
    people: dict[tuple[str, str], Participant],
    expected: tuple[tuple[str, ...], ...],
    lenders: list[str],
    packs: Packs,
) -> Voice | None:
    """The voice with its members; None where an expected office of a state has no known holder, or the count differs."""
    words = statement.source.exact if statement.source else ""
    members = _members(voice.speakers, people, expected, collectives.meant(words))
    entry = next((c for c in packs.collectives if c.id == voice.rule.partition("/")[2]), None)
    count = collectives.counted(words) if entry and entry.count == "from-words" else None
    if not members or (count and count != len(members)):
        return None
    offices = tuple(p.office for p in members if p.office)
    inputs = digest(voice.inputs, lenders, [[p.name, p.state, p.kind] for p in members])[:16]
    names = tuple(sorted({p.name for p in members}))
    return replace(voice, speakers=names, external=(), offices=offices, certainty="probable", rule=RULE, inputs=inputs)


def _members(
    states: Iterable[str],
    people: dict[tuple[str, str], Participant],
    expected: tuple[tuple[str, ...], ...],
    wanted: Callable[[Principal], bool],
) -> list[Participant]:
    """One participant for every state and expected office that the words mean; none at all where one is unknown."""
    found: list[Participant] = []
    for state in states:
        for kinds in expected:
            meant = [kind for kind in kinds if wanted(Principal("", state, kind))]
            held = next((people[state, kind] for kind in meant if (state, kind) in people), None)
            if meant and held is None:
                return []
            found += [held] if held else []
    return found
