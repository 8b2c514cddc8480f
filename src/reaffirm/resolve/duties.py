"""Commitments, voices, names and times -> duties: who is bound, who must act, and by when.

Derived beside the rows without the parse, so that a date or a Judgement recomputes only this.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reaffirm.days import FIRST_DAY, bounds
from reaffirm.model import digest
from reaffirm.readings import Duty
from reaffirm.resolve.cast import cast
from reaffirm.resolve.collectives import collective
from reaffirm.resolve.podium import described as described_state
from reaffirm.resolve.podium import issued, speaker_state, spoken
from reaffirm.resolve.speech import platform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Document, Mention, Span, Statement, Voice, When
    from reaffirm.packs import Packs
    from reaffirm.readings import Commitment
    from reaffirm.resolve.cast import Cast

PRONOUN = re.compile(r"(?:we|i|they|it|he|she|both|all|who|which)(?: (?:all|both|also|each))?", re.IGNORECASE)
FIRST = re.compile(r"(?:we|i)\b", re.IGNORECASE)
OWN = re.compile(r"\b(?:my|our|his|her|its|their)\b", re.IGNORECASE)
# Words that make an act one of all who speak for the meeting; with another party named as its partner it is the speaker's.
MUTUAL = re.compile(
    r"\b(?:together|joint(?:ly)?|mutual(?:ly)?|one voice|each other|one another|bilateral|trilateral|alliance|partnership"
    r"|our (?:two|three|four"
    r"|nations|countries|governments|ministries|peoples|discussions|talks|common|shared)|today[’']s"
    r"|both (?:countries|sides|nations)|common"
    r"|cooperat\w+|collaborat\w+)\b",
    re.IGNORECASE,
)
WITH = re.compile(r"\b(?:with|to|for|by) (?:the |our |its )?$", re.IGNORECASE)
GROUP = re.compile(r"\b(?:joint|communiqu[eé]|both|two|three|four|sides|ministers|leaders)\b", re.IGNORECASE)
BEFORE = re.compile(r"(?:before|prior to)\s+(?!the\s+end|the\s+close|year[- ]end|the\s+start)", re.IGNORECASE)
MIDDLES = frozenset({"year", "month"})
BETWEEN = re.compile(r"\b(?:between|among|amongst)\b", re.IGNORECASE)
ASKING = re.compile(r"(?:Q|Question|Reporter|Journalist|Media|Press|Moderator|Interpreter)\b", re.IGNORECASE)
JOINT = frozenset({"agree", "concur", "confirm", "reconfirm", "reaffirm", "share", "see eye to eye", "reiterate", "decide"})


@dataclass(frozen=True, slots=True)
class Bound:
    """Who is bound, the persons who spoke, who must act, and the rule."""

    parties: tuple[str, ...]
    undertaker: tuple[str, ...]
    persons: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Court:
    """What the duties of one document share: whose speech it is, the states that consult, the state of the only speaker who answers."""

    document: Document
    statements: dict[str, Statement]
    voices: dict[str, Voice]
    mentions: tuple[Mention, ...]
    cast: Cast
    packs: Packs
    own: str | None
    all: tuple[str, ...]
    alone: tuple[str, ...] = ()

    def within(self, span: Span | None) -> tuple[Mention, ...]:
        """The names in a span."""
        if span is None:
            return ()
        first = bisect_left(self.mentions, span.start, key=lambda m: m.surface.start)
        last = bisect_left(self.mentions, span.end, key=lambda m: m.surface.start)
        return tuple(m for m in self.mentions[first:last] if m.surface.end <= span.end)


def duties(  # noqa: PLR0913, PLR0917 - a duty hangs on all of these
    document: Document,
    commitments: Iterable[Commitment],
    statements: Iterable[Statement],
    voices: Iterable[Voice],
    mentions: tuple[Mention, ...],
    times: Iterable[When],
    packs: Packs,
) -> tuple[Duty, ...]:
    """One duty for each commitment, in their order.

    `due` is the last day of the time expression that bounds the act (EDTF, a day), None while that is unanchored or where nothing
    bounds the act; `due_rule` then says how the expression would be settled. Parties are states and organisations, never persons.
    """
    rows, heard, known = tuple(commitments), tuple(voices), tuple(times)
    if not rows:
        return ()
    said = tuple(statements)
    own = (platform(document, mentions, packs).state or speaker_state(document, said, packs)) if spoken(document) else None
    scene = cast(document, mentions, packs)
    court = Court(
        document, {s.id: s for s in said}, {v.statement: v for v in heard}, mentions, scene, packs, own, scene.states or _together(heard),
        _alone(said, rows, {v.statement: v for v in heard}, mentions),
    )  # fmt: skip
    by_phrase = {(w.phrase.start, w.phrase.end): w for w in known}
    inputs = digest(
        [c.id for c in rows], [[v.statement, v.parties] for v in heard], [[w.phrase.start, w.interval] for w in known], packs.fingerprint
    )[:16]
    return tuple(_duty(court, row, by_phrase, inputs) for row in rows)


def _together(heard: Iterable[Voice]) -> tuple[str, ...]:
    """The states that speak together most often, where the document does not tell who consults."""
    counts = Counter(v.parties for v in heard if len(v.parties) > 1).most_common(1)
    return counts[0][0] if counts else ()


def _alone(
    said: tuple[Statement, ...], rows: tuple[Commitment, ...], voices: dict[str, Voice], mentions: tuple[Mention, ...]
) -> tuple[str, ...]:
    """The one state that undertakes by name in a briefing where one speaker of unknown side answers; empty elsewhere."""
    turns = [s for s in said if s.directness == "turn" and s.source is not None]
    answering = {" ".join(s.source.exact.split()).casefold() for s in turns if s.source and not ASKING.match(s.source.exact)}
    if len(answering) != 1 or any(s.id in voices and voices[s.id].parties for s in turns):
        return ()
    spans = [r.undertaker for r in rows if r.undertaker is not None]
    states = [m for m in mentions if m.kind == "state"]
    named = {m.state or m.name for w in spans for m in states if w.start <= m.surface.start and m.surface.end <= w.end}
    return tuple(named) if len(named) == 1 else ()


def _duty(court: Court, row: Commitment, times: dict[tuple[int, int], When], inputs: str) -> Duty:
    bound = _bound(court, row)
    when = times.get((row.due.start, row.due.end)) if row.due else None
    last = _last(when) if when else None
    voice = court.voices.get(row.statement or "")
    return Duty(
        row.id, tuple(sorted(set(bound.parties))), tuple(sorted(set(bound.undertaker))), bound.persons,
        last, when.anchor if when and last else None, when.rule if when else "",
        voice.certainty if voice else None, bound.rule, inputs,
    )  # fmt: skip


def _last(when: When) -> str | None:
    """The last day on which the act would be in time: that of the interval, or the day before it where the words say "before 2028".

    The middle of a year ends with June, that of a month with its 15th day, so that "by mid-2031" is no date at the end of 2031.
    """
    span = bounds(when.interval)
    if span is None:
        return None
    if when.mod == "MID" and when.granularity in MIDDLES and span[0][:4] == span[1][:4]:
        return span[0][:4] + "-06-30" if when.granularity == "year" else span[0][:7] + "-15"
    if BEFORE.match(when.phrase.exact) and span[0] > FIRST_DAY:
        return (date.fromisoformat(span[0]) - timedelta(days=1)).isoformat()
    return span[1]


def _bound(court: Court, row: Commitment) -> Bound:
    statement = court.statements.get(row.statement or "")
    voice = court.voices.get(row.statement or "")
    persons = tuple(o.name for o in voice.offices) if voice else ()
    words = row.undertaker.exact if row.undertaker else ""
    parties: tuple[str, ...]
    if court.own and _platform(statement, words):
        parties, rule = (court.own,), "duty.platform"
    elif statement is None or voice is None or statement.directness == "authorial":
        parties, rule = _of_subject(court, row)
    elif _unilateral(court, row, statement):
        parties, rule = _of_speaker(court, row, statement)
    else:
        parties, rule = _of_voice(court, statement, voice)
        if not parties and court.alone and statement.source and FIRST.match(statement.source.exact):
            parties, rule = court.alone, "duty.only-speaker"
        doers = _named(court, row.undertaker) if not parties else ()
        if doers:  # nobody knows who says so, but whose act it is
            parties, rule = tuple(dict.fromkeys(m.state or m.name for m in doers)), "duty.subject"
    return Bound(parties, _undertaker(court, row, parties), persons, rule)


def _platform(statement: Statement | None, words: str) -> bool:
    """Whether a speaker undertakes in a speech in the first person, or for what he calls the own."""
    if statement is not None:
        return statement.source is not None and re.match(r"(?:we|i|my|our)\b", statement.source.exact, re.IGNORECASE) is not None
    return FIRST.match(words) is not None or re.match(r"(?:my|our)\b", words, re.IGNORECASE) is not None


def _of_voice(court: Court, statement: Statement, voice: Voice) -> tuple[tuple[str, ...], str]:
    """The parties behind the voice; where the voice is open but its words are a joint text's or a group's, all who consult."""
    words = " ".join(statement.source.exact.split()) if statement.source else ""
    ours = issued(court.document, court.mentions, words) if words and statement.nested_in is None else ()
    if ours:
        return ours, "duty.issuers"
    found = _bodies(voice) or voice.parties
    if not found and not court.within(statement.source):
        above = _above(court, statement)
        if above:
            return above, "duty.voice-above"
    last = [m for m in court.within(statement.source) if m.kind == "state" and statement.source and m.surface.end == statement.source.end]
    if not found and last:
        return tuple(dict.fromkeys(m.state or m.name for m in court.within(statement.source) if m.kind == "state")), "duty.source"
    told = described_state(statement.source, court.within(statement.source), court.document.text) if not found else ()
    if told:
        return told, "duty.source"
    if found or statement.source is None or not GROUP.search(statement.source.exact):
        return found, "duty.voice"
    return court.all, "duty.cast"


def _above(court: Court, statement: Statement) -> tuple[str, ...]:
    """The parties of the smallest statement in whose words a source stands that is nobody ("noted that the study was late and agreed")."""
    source = statement.source
    holds = [s for s in court.statements.values() if source and any(c.start <= source.start and source.end <= c.end for c in s.content)]
    nearest = min(holds, key=lambda s: s.content[-1].end - s.content[0].start, default=None)
    return court.voices[nearest.id].parties if nearest and nearest.id in court.voices else ()


def _bodies(voice: Voice) -> tuple[str, ...]:
    """The government that a source names by its head, which is bound itself."""
    named = tuple(name for name in voice.speakers if name.endswith(" administration"))
    return named if named == voice.speakers else ()


def _unilateral(court: Court, row: Commitment, statement: Statement) -> bool:
    """Whether a turn's or quotation's own words bind, so that "we" may be the speaker's side alone."""
    if statement.directness == "turn" or (statement.directness in {"direct", "mixed"} and row.rule == "commitment.will"):
        return True
    parent = court.statements.get(statement.nested_in or "")
    first = statement.source is not None and FIRST.match(statement.source.exact) is not None
    return parent is not None and first and row.illocution not in JOINT


def _of_speaker(court: Court, row: Commitment, statement: Statement) -> tuple[tuple[str, ...], str]:
    """The parties where a speaker undertakes in his own words: named, all of the meeting, or his own side."""
    named = _named(court, row.undertaker)
    if named:
        return tuple(dict.fromkeys(m.state or m.name for m in named)), "duty.subject"
    while statement.nested_in and statement.directness not in {"turn", "direct"}:
        statement = court.statements[statement.nested_in]
    own = court.voices[statement.id].parties or court.alone
    words = row.undertaker.exact if row.undertaker else ""
    subject = row.undertaker is None or PRONOUN.fullmatch(words) is not None
    if subject and not _mutual(court, row, own):
        return own, "duty.own-side"
    if not subject and OWN.match(words):
        return own, "duty.own-side"
    return (court.all or own), "duty.all-sides"


def _mutual(court: Court, row: Commitment, own: tuple[str, ...]) -> bool:
    """Whether an act of "we" is one of all sides: mutual words, and no other party named as the partner of the speaker's."""
    text = court.document.text
    other = [m for m in court.within(row.action) if (m.state or m.name) not in own and m.kind in {"state", "organisation"}]
    if any(WITH.search(text[row.action.start : m.surface.start]) for m in other):
        return False
    return MUTUAL.search(row.action.exact) is not None


def _of_subject(court: Court, row: Commitment) -> tuple[tuple[str, ...], str]:
    """The parties where the words stand under no statement: those that the subject names, else all who consult."""
    named = _named(court, row.undertaker)
    if named:
        return tuple(dict.fromkeys(m.state or m.name for m in named)), "duty.subject"
    words = " ".join(row.undertaker.exact.split()) if row.undertaker else ""
    people = [m.state for m in court.within(row.undertaker) if m.kind == "person" and m.state]
    if people:
        return tuple(dict.fromkeys(p for p in people if p)), "duty.person"
    ours = issued(court.document, court.mentions, words or "we")
    if ours:
        return ours, "duty.issuers"
    found = collective(" ".join(words.split()), court.cast, court.mentions, court.packs) if words else None
    if found and found.parties:
        return found.parties, "duty.collective"
    return court.all, "duty.cast"


def _named(court: Court, span: Span | None) -> tuple[Mention, ...]:
    return tuple(m for m in court.within(span) if m.kind in {"state", "organisation"})


def _undertaker(court: Court, row: Commitment, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Who must act: whom the subject of the act names; between whom it goes on; else the parties."""
    words = row.undertaker.exact if row.undertaker else ""
    if not words or PRONOUN.fullmatch(words):
        return parties
    named = _actors(court, row.undertaker, words)
    if named:
        return named
    between = BETWEEN.search(row.action.exact)
    if between:
        states = [m for m in court.within(row.action) if m.kind == "state" and m.surface.start >= row.action.start + between.end()]
        return tuple(dict.fromkeys(m.state or m.name for m in states)) or parties
    return parties


def _actors(court: Court, span: Span | None, words: str) -> tuple[str, ...]:
    """The states and bodies that a subject consists of; nobody where names only stand inside another noun ("the Treaty of ...")."""
    found = _named(court, span)
    rest = words
    for m in found:
        rest = rest.replace(m.surface.exact, " ")
    rest = re.sub(r"\b(?:the|both|and|of|government|governments|side|people|administration)\b|[,’']s?|\W+", "", rest, flags=re.IGNORECASE)
    if rest:
        return ()
    return tuple(dict.fromkeys(m.name if m.kind == "organisation" else m.state or m.name for m in found))
