"""Events that a document names before they happened: in a text that is older, or in what a meeting is told to have spoken of.

A name proves only that somebody could give it: what is feared, planned or asked for is left aside by the words of the pack (omens).
Nothing is decided here. Either the date is wrong, or the text is later than it says, or the words mean something else; a reader looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, get_args

from reaffirm.days import bounds
from reaffirm.linking.accounts import query
from reaffirm.linking.sentences import sentences
from reaffirm.model import Span
from reaffirm.occurrences import Where
from reaffirm.packs import longest_first
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reaffirm.linking.accounts import Account, Utterance
    from reaffirm.model import Problem
    from reaffirm.occurrences import Event, Omen
    from reaffirm.packs import Packs
    from reaffirm.readings import Meeting

ANACHRONISM = "anachronism"
UNTIL = "9999-12-31"
WORDS = r"(?:[^\w.;:!?]+\w[\w'-]*){{0,{}}}?"  # some words between two, without a stop
SETTLE = (
    "either the date is wrong, or this part is of a later text, or the words mean something else: look at both; "
    "`reaffirm date` gives a date, an entry in events/ of a pack the event"
)
FLAG = "flagged, not mended: the ledger keeps the meeting and the words as they are told; look for the day on which the text appeared"


@dataclass(frozen=True, slots=True)
class Dating:
    """The last day on which a document can be of (`2031-04-12`), how that is known, in words, and the words that prove it."""

    last: str
    basis: str
    evidence: tuple[Span, ...] = ()


def named(text: str, extents: Iterable[tuple[int, int]], events: Iterable[Event], packs: Packs) -> Iterator[tuple[Event, int, int]]:
    """The first place at which each of some events is named as one that was, by event; nothing for one only feared or planned.

    `extents` are the paragraphs to look in; offsets are code points of the text, end exclusive.
    """
    plain, parts = fold(text), tuple(extents)
    small = plain.casefold()
    for event in events:
        if not any(word in small for word in _needs(event)):
            continue
        places = (m.span() for low, high in parts for m in _names(event).finditer(plain, low, high))
        real = (place for place in places if not _ominous(plain, place, _sentence(text, parts, place[0]), packs))
        yield from ((event, start, end) for start, end in islice(real, 1))


def _sentence(text: str, extents: Iterable[tuple[int, int]], offset: int) -> tuple[int, int]:
    """The extent of the sentence in which a place stands."""
    part = next((low, high) for low, high in extents if low <= offset < high)
    return next((low, high) for low, high in sentences(text, [part]) if offset < high)


@lru_cache(maxsize=1 << 12)
def _names(event: Event) -> re.Pattern[str]:
    """The pattern of an event's names: a capital as it stands, a small letter either way."""
    forms = longest_first(event.forms, _form)
    parts = [rf"(?<![\w-])(?:{forms})(?![\w-])"] if forms else []
    if event.pattern:
        parts.append(rf"(?<![\w-])(?i:{event.pattern.pattern})(?![\w-])")
    return re.compile("|".join(parts))


@lru_cache(maxsize=1 << 12)
def _needs(event: Event) -> frozenset[str]:
    """Words of which a text has one wherever an event can be named in it; the empty word is in every text."""
    longest = {max(fold(form).casefold().split(), key=len) for form in event.forms}
    return frozenset(longest | set(event.needs) | ({""} if event.pattern and not event.needs else set()))


def _form(form: str) -> str:
    letters = (rf"[{c}{c.upper()}]" if c.isalpha() and c.upper() != c and len(c.upper()) == 1 else re.escape(c) for c in fold(form))
    return "".join(r" +" if letter == r"\ " else letter for letter in letters)


def _ominous(plain: str, place: tuple[int, int], sentence: tuple[int, int], packs: Packs) -> bool:
    before, behind, anywhere, _ = _omens(packs)
    head, tail = plain[sentence[0] : place[0]], plain[place[1] : sentence[1]]
    return any(p.search(head) for p in before) or any(p.match(tail) for p in behind) or any(p.search(head + "|" + tail) for p in anywhere)


def doubted(text: str, packs: Packs) -> bool:
    """Whether a sentence has a word that leaves open whether it is so (omens that stand `open`)."""
    return any(pattern.search(fold(text)) for pattern in _omens(packs)[3])


@lru_cache(maxsize=4)
def _omens(packs: Packs) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The patterns of the omens by where they stand, in the order of `Where`."""
    return tuple(tuple(_omen(omen) for omen in packs.omens if omen.where == where) for where in get_args(Where))


def _omen(omen: Omen) -> re.Pattern[str]:
    words = longest_first(map(fold, omen.forms))
    between = WORDS.format(omen.reach)
    shapes = {
        "before": rf"\b(?:{words})\b{between}[^\w.;:!?]*$",
        "behind": rf"{between}[^\w.;:!?]*\b(?:{words})\b",
    }
    return re.compile(shapes.get(omen.where, rf"\b(?:{words})\b"), re.IGNORECASE)


# A document that is older than what it names


def dating(account: Account) -> Dating | None:
    """The last day that a document can be of and why; None where nothing bounds it.

    What a meeting put out is of its event's day; every other text of the day of its publication, or of the last that others leave it.
    """
    card = account.document.card
    event = next((field for field in card.event_dates if bounds(field.value)), None)
    known = [(event, "the day of its event")] if account.primary and event else []
    known += [(card.published, "published"), (card.latest, "published not later, as another document shows")]
    for field, basis in known:
        days = bounds(field.value)
        if days and days[1] < UNTIL:
            told = f"{basis}: {field.value}, {field.basis}"
            return Dating(days[1], told, tuple(e for e in field.evidence if isinstance(e, Span)))
    return None


def older(account: Account, packs: Packs) -> Iterator[Problem]:
    """The anachronisms of a document that is dated wholly before events that it names, in the order of the pack."""
    dated = dating(account)
    if dated is None:
        return
    later = [event for event in packs.events if _day(event.first) > dated.last]
    for event, start, end in named(account.document.text, account.extents, later, packs):
        words = account.document.span(start, end)
        grave = not event.also or dated.last < _day(event.also)
        doubt = "" if grave else f"; the words were said before of {event.note}"
        message = f"the text is of {dated.last} at the latest ({dated.basis}) and names {event.name}, of {event.first}{doubt}"
        yield query(ANACHRONISM, "high" if grave else "medium", message, SETTLE, (words, *dated.evidence))


def _day(edtf: str) -> str:
    """The first day of a date, which `Event` has proved to be one."""
    return (bounds(edtf) or (edtf, edtf))[0]


# A meeting that is older than what it is told to have spoken of


def foretold(account: Account, meeting: Meeting, packs: Packs, known: Mapping[str, Account]) -> Iterator[Problem]:
    """The anachronisms of what a document tells a meeting to have said of events that happened after it, in the order of the pack.

    Only words that the document attributes to the meeting count: those of all its parties together, or such as name it in their
    sentence; not those of a day that the sentence itself names as later.
    """
    days = bounds(meeting.date)
    if days is None or days[1] == UNTIL:
        return
    dated = dating(account)
    past = dated.last if dated else UNTIL
    later = [event for event in packs.events if days[1] < _day(event.first) <= past]  # else the whole text is older
    if not later:
        return
    said = [u for u in account.utterances if _of_meeting(u, account, meeting, days[1])]
    extents = tuple(sorted({(span.start, span.end) for u in said for span in u.statement.content}))
    for event, start, end in named(account.document.text, extents, later, packs):
        words = account.document.span(start, end)
        message = (
            f"the text has the meeting of {meeting.date} ({meeting.label}) speak of {event.name}, of {event.first}: "
            f"either the text is of later than {event.first}, or it speaks of what was feared"
        )
        yield query(ANACHRONISM, "medium", message, FLAG, (words, *_dates(meeting, account, known)))


def _of_meeting(utterance: Utterance, account: Account, meeting: Meeting, last: str) -> bool:
    row = utterance.statement
    if not utterance.plain or not row.content:
        return False
    sentence = account.sentence(row.content[0].start)
    told = any(
        t.document == row.document and any(sentence.start <= s.start < sentence.end for s in t.evidence) for t in meeting.tellings
    )  # fmt: skip
    joint = bool(meeting.states) and set(meeting.states) <= set(utterance.parties) and account.place.meeting == meeting.id
    after = (bounds(w.interval) for w in account.times if sentence.start <= w.phrase.start < sentence.end and w.type in {"DATE", "TIME"})
    return (joint or told) and not any(span and span[0] > last for span in after)


def _dates(meeting: Meeting, account: Account, known: Mapping[str, Account]) -> tuple[Span, ...]:
    """The words that date a meeting, those of another document first."""
    dated = [t for t in meeting.tellings if t.date and t.document in known]
    best = sorted(dated, key=lambda t: (t.document == account.document.id, t.date != meeting.date, t.id))
    return tuple(t.when or t.evidence[0] for t in best[:1])
