"""The smallest records of one document that carry one item each: what threads are spun from.

A statement and the commitment or demand that reads it are one strand; a turn, a quotation or hearsay that holds another statement is
a frame and none. A planned meeting belongs to the promise whose words tell it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.linking.signs import signs
from reaffirm.linking.wordings import folded, wording
from reaffirm.packs import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.linking.signs import Sign
    from reaffirm.linking.wordings import Wording
    from reaffirm.model import Span
    from reaffirm.occurrences import Outcome
    from reaffirm.sequels import Item, Place

LEFT_OUT = frozenset({"evaluation", "inference"})  # judgements of a writer are no items
FRAMES = frozenset({"turn", "scare"})
REACH = 240  # code points of a sentence, from a row's words on, that still tell of it
OPENING = 14  # code points before what is promised: "to hold the", "to convene the"
SEVERAL = 5  # strands of a document in which a word that only one has says something
RARE = 2  # strands of a document that have a stem which still sets them off
THIN = 2  # stems of a wording of which a pronoun is the better half
# A pronoun that carries what is promised or said: object of its act, or all of its subject.
PRONOUN = re.compile(
    r"^\W*(?:to +)?\w+ +(?:it|them|(?:this|these|those)(?=\W*$| +(?:at|before|by|for|in|on|to|until|with)\b))\b"
    r"(?! +(?:is|was|has|will|would|can|should)\b)"
    r"|^\W*(?:it|this|that|these) +\w+\W*$|^\W*(?:it|them) +(?:for|in|on|at|by)\b|\b(?:it|them|this)\W*$"
    r"|\b(?:this|that|the) +(?:matter|issue|question|point|subject)\b|\bto +(?:this|that) +end\b",
    re.IGNORECASE,
)
DEFINITE = re.compile(r"^\W*(?:(?:to +)?\w+ +)?(?:the|this|that|these|those) +(\w+)\b(?! +of\b)", re.IGNORECASE)
MEETS = r"(?:meetings?|talks|rounds?|sessions?|dialogues?|summits?|consultations|gatherings?|conferences?)"
NEXT = re.compile(
    rf"\b(?:next|another|further|second|third|fourth|subsequent|follow-up) +(?:\w+ +){{0,3}}?{MEETS}\b"
    r"|^(?:to +)?meet(?= +(?:again|in|at|on|by|before|within|next|every|twice|annually|regularly)\b|$)"
    r"|\bmeet +again\b|\breconvene\b",
    re.IGNORECASE,
)
THIS = re.compile(rf"^(?:this|the present|today['’]s) +(?:\w+ +){{0,3}}?{MEETS}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Strand:
    """What one document says of one item: its rows, the smallest first, and its content; `hint` is what a pronoun may stand for."""

    items: tuple[Item, ...]
    family: str
    content: Wording
    hint: Wording
    parties: frozenset[str]
    issues: frozenset[str]
    things: frozenset[str]
    thin: bool  # a pronoun carries it
    circle: frozenset[str] = frozenset()  # whose document it is: the states of its meeting, else who speaks most, else its publisher
    sole: frozenset[str] = frozenset()  # the stems that no other strand of its document has
    rare: frozenset[str] = frozenset()  # those that one other has at most
    signs: tuple[Sign, ...] = ()  # what its smallest row says has become of something

    @property
    def id(self) -> str:
        """The id of its smallest row."""
        return self.items[0].id

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.items[0].place

    @property
    def head(self) -> Item:
        """Its smallest row."""
        return self.items[0]

    @property
    def start(self) -> int:
        """Where its words begin, a code point of its document."""
        return self.head.wording[0].start if self.head.wording else 0

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(span.exact for span in self.head.wording)

    @property
    def due(self) -> str | None:
        """By when, as its rows say."""
        return next((item.due for item in self.items if item.due), None)

    @property
    def convened(self) -> Item | None:
        """The meeting that it plans, holds or calls off."""
        return next((item for item in self.items if item.kind == "meeting"), None)

    @property
    def act(self) -> str | None:
        """The stem of its first word that says something: in a promise the act, in a position its object."""
        return next((name for name in self.content.order if name not in self.content.faint), None)

    @property
    def again(self) -> bool:
        """Whether it speaks of a meeting to come."""
        found = self.convened
        if found is not None:
            return found.status == "planned"
        return self.head.kind == "commitment" and NEXT.search(self.text) is not None


def strands(items: Iterable[Item], outcomes: Sequence[Outcome] | None = None) -> list[Strand]:
    """The strands of some items, by document and place; the same whatever the order of the items.

    `outcomes` are the entries by which it is read what has become of something; default: the shipped ones.
    """
    known = load().outcomes if outcomes is None else outcomes
    homes: defaultdict[str, list[Item]] = defaultdict(list)
    for item in {item.id: item for item in items if item.wording}.values():
        homes[item.place.document].append(item)
    found = [strand for key in sorted(homes) for strand in _set_off(_of_document(sorted(homes[key], key=_order)), known)]
    return sorted(found, key=lambda s: (s.place.doc, s.start, s.id))


def _set_off(found: Iterable[Strand], outcomes: Sequence[Outcome]) -> Iterator[Strand]:
    """The strands of a document, each with the stems by which it differs from the others there, and what it says became of something."""
    rows = list(found)
    counted = Counter(name for row in rows for name in row.content.stems)
    for row in rows:
        rare = frozenset(name for name in row.content.stems if counted[name] <= RARE and len(rows) >= SEVERAL)
        sole = frozenset(name for name in rare if counted[name] == 1)
        yield replace(row, sole=sole, rare=rare, signs=signs(row.head, rest(row.head), outcomes))


def _order(item: Item) -> tuple[int, int, str]:
    return item.wording[0].start, -item.wording[-1].end, item.id


def _of_document(rows: Sequence[Item]) -> Iterator[Strand]:
    statements = {row.id: row for row in rows if row.kind == "statement"}
    frames = {row.id for row in rows if row.directness in FRAMES} | {row.nested_in for row in statements.values() if row.nested_in}
    read: defaultdict[str, list[Item]] = defaultdict(list)
    for row in rows:
        if row.kind in {"commitment", "demand"} and row.asks not in LEFT_OUT:
            read[_family(row, frames)].append(row)
    groups: list[list[Item]] = []
    for family, members in read.items():
        groups += [[*group, *([statements[family]] if family in statements else [])] for group in _alike(members)]
    groups += [[row] for key, row in statements.items() if key not in frames and key not in read and row.directness != "authorial"]
    meetings = [row for row in rows if row.kind == "meeting" and (row.own or row.status in {"planned", "called off"})]
    place = rows[0].place
    circle = frozenset(place.circle) or _speaking(rows) or frozenset(filter(None, [place.publisher]))
    for group in _with_meetings(groups, meetings):
        found = _strand(group, frames, circle)
        if found.content.firm or found.head.kind in {"commitment", "demand", "meeting"}:
            yield found


def _speaking(rows: Iterable[Item]) -> frozenset[str]:
    """The states that most rows of a document are of; none where none is known."""
    counted = Counter(frozenset(row.parties) for row in rows if row.parties and row.voice == "parties")
    return min(counted, key=lambda names: (-counted[names], sorted(names)), default=frozenset())


def _family(row: Item, frames: set[str]) -> str:
    return row.statement if row.statement and row.statement not in frames else row.id


def _alike(members: Sequence[Item]) -> list[list[Item]]:
    """The readings of one statement, those of the same words together."""
    groups: list[list[Item]] = []
    for row in members:
        home = next((group for group in groups if any(_overlap(row.wording, other.wording) for other in group)), None)
        groups.append([row]) if home is None else home.append(row)
    return groups


def _overlap(a: Sequence[Span], b: Sequence[Span]) -> bool:
    """Whether half of the shorter of two wordings stands in the other."""
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    return 2 * shared >= min(sum(s.end - s.start for s in side) for side in (a, b))


def _with_meetings(groups: list[list[Item]], meetings: Iterable[Item]) -> list[list[Item]]:
    """The groups, each with the meeting to come that its words tell; meetings that no group tells stand alone."""
    out = [list(group) for group in groups]
    for row in meetings:
        home = None if row.own else next((group for group in out if not _has_meeting(group) and _opens(row, group)), None)
        if home is not None:
            home.append(row)
        elif row.own or row.due:
            out.append([row])  # a bare mention of a meeting to come, without a date, is none of its steps
    return out


def _opens(meeting: Item, group: Iterable[Item]) -> bool:
    """Whether the words of a row begin with a meeting: it is what is promised there, not only named."""
    places = [(item.wording[0], told) for item in group for told in meeting.wording]
    return any(_overlap([own], [told]) and told.start - own.start <= OPENING for own, told in places)


def _has_meeting(group: Iterable[Item]) -> bool:
    return any(item.kind == "meeting" for item in group)


def rest(item: Item) -> str:
    """An item's words and the rest of its sentence, as far as `REACH`."""
    own = item.wording[0]
    home = item.around[-1] if item.around else own
    return home.exact[own.start - home.start :][:REACH] if home.start <= own.start < home.end else own.exact


SMALLEST = {"commitment": 0, "demand": 1, "meeting": 2, "statement": 3}


def _strand(group: Sequence[Item], frames: set[str], circle: frozenset[str]) -> Strand:
    members = tuple(sorted(group, key=lambda item: (SMALLEST[item.kind], item.wording[0].start, item.id)))
    parties = frozenset(name for item in members for name in item.parties) or frozenset(members[0].actors)
    names = folded((*members[0].place.circle, *parties, *members[0].actors))
    texts = [span.exact for span in members[0].wording]
    content = wording(texts, names)
    if len(content.firm) == 1 and members[0].kind == "statement" and rest(members[0])[len(members[0].wording[0].exact) :][:1] == ",":
        content = wording([rest(members[0])], names)  # words cut off by an insertion
    thin = len(content.firm) <= THIN and (PRONOUN.search(" ".join(texts)) is not None or not content.firm)
    hint = wording((span.exact for span in members[0].around[-2:]), names)
    return Strand(
        members, _family(members[0], frames), content, hint, parties, frozenset(i for m in members for i in m.issues),
        frozenset(t for m in members for t in m.things), thin, circle,
    )  # fmt: skip
