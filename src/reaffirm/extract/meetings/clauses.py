"""Clauses that tell of consultations by their verb: "The ministers met in Lume", "will meet again in May"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.extract.meetings.occasions import STOP, Occasion, acting, general, parties, states, subject
from reaffirm.extract.meetings.phrases import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.meetings.lines import Line
    from reaffirm.extract.meetings.occasions import Hit, Reader
    from reaffirm.model import Mention
    from reaffirm.packs import MeetingWord

LEADS = re.compile(r"(?: (?:(?!sidelines|margins)[^;:.]){0,140}?)? (?:in|at|for|during|as part of|within) (?:the |their )?")
OBJECT = re.compile(r"(?: (?!in\b|on\b|at\b)\w+){0,3} (?:with|between)\b")
LIMIT = re.compile(r" (?:in|on|at|to|during|for|over|before|by|as)\b(?! (?:State|Foreign|Defen))")
DIRECT = re.compile(r"\b(?:meet|met)$", re.IGNORECASE)
MYSELF = re.compile(r"\bI(?: (?:have|had|also|then))?\s*$")
NOUN = re.compile(r"talks|consultations|negotiations|phone|call", re.IGNORECASE)
NAMED = re.compile(r" (?:(?:[a-z]+\.? ){0,3})?[A-Z]")
KINDS = {"phone": "call"}
WE = re.compile(r"\bwe(?: (?:have|had|also|then|first|last|both|all))*\s*$", re.IGNORECASE)
ONE = re.compile(r"(?:he|she)(?: (?:also|then|later))*", re.IGNORECASE)
COUNTERPART = re.compile(r"\bcounterparts?\b", re.IGNORECASE)


def occasions(line: Line, reader: Reader) -> list[Occasion]:
    """The occasions of a sentence in order of place: clauses with a verb of meeting, and noun phrases outside those verbs."""
    verbs = [(m, e) for e in reader.words.roles.get("met", ()) if e.pattern for m in e.pattern.finditer(line.text)]
    known = reader.words
    called = any(name in line.text for name, _ in reader.aliases) or known.pattern("counted").search(line.text)
    if not verbs and not called and not known.nouns.search(line.text):
        return []
    hits = reader.forums(line.text)
    clauses = list(_clauses(line, sorted(verbs, key=lambda v: v[0].span()), hits, reader))
    taken = [c.head for c in clauses]
    named = [p for p in phrases(line, hits, reader) if not any(a < p.head[1] and p.head[0] < b for a, b in taken)]
    return sorted(_wedded(clauses, named), key=lambda o: (o.start, o.end))


def _wedded(clauses: list[Occasion], named: list[Occasion]) -> Iterator[Occasion]:
    """The occasions, where a clause leads to a phrase ("met in Lume for the third Tidal Dialogue") both with what the other says."""
    for clause in clauses:
        text, end = clause.line.text, clause.head[1]
        n = next((n for n, p in enumerate(named) if p.head[0] > end), None)
        if n is not None and LEADS.fullmatch(text, end, named[n].start - clause.line.start):
            p = named[n]
            both = tuple(sorted({*p.states, *clause.states}))
            level = None if p.forum and clause.level == "officials" else clause.level
            forum = p.forum if p.forum and not (clause.forum and general(p.forum)) else clause.forum
            said = replace(p, forum=forum, states=both, persons=clause.persons, level=level, status=clause.status)
            named[n] = replace(said, sure=True, bare=False, fresh=False)
            yield replace(clause, forum=forum, edition=p.edition, states=both, level=level)
        else:
            yield clause
    yield from named


def _clauses(line: Line, verbs: list[tuple[re.Match[str], MeetingWord]], hits: list[Hit], reader: Reader) -> Iterator[Occasion]:
    last: Occasion | None = None
    for m, entry in verbs:
        if last and m.start() < last.head[1]:
            continue
        found = _clause(line, m, entry, hits, reader, last)
        if found:
            last = found
            yield found


def _clause(line: Line, m: re.Match[str], entry: MeetingWord, hits: list[Hit], reader: Reader, last: Occasion | None) -> Occasion | None:
    """The occasion that a verb of meeting tells; None where neither subject nor object says who meets."""
    text, start = line.text, subject(line.text, m.start())
    stop = next((s.start() for s in STOP.finditer(text, m.end())), len(text))
    named, level = parties(line, start, m.start(), reader)
    if not named and level is None and MYSELF.search(text, start, m.start()) and (speaker := reader.speaker(line)):
        named = (speaker,)
    if not named and level is None and ONE.fullmatch(text[start : m.start()].strip()):
        named = tuple(x for x in reader.within(line, 0, start) if x.kind == "person")[-1:]
    others, joined = _objects(line, m, stop, reader)
    if not others and WE.search(text, start, m.start()) and not joined:
        level = "principals"
    if DIRECT.search(m.group()) and not others and not joined and text[m.end() : m.end() + 2].strip().isupper():
        return None  # somebody of whom nothing is known
    if joined and not others and not COUNTERPART.search(text, m.end(), stop):
        return None
    actor = acting(hits, text, start, m.start())
    forum = actor[2] if actor else None
    inherited = not named and level is None and forum is None and last is not None
    if not (named or level or forum or last):
        return None
    people = tuple(dict.fromkeys(x.name for x in (*named, *others) if x.kind == "person"))
    own = {*states([*named, *others]), *(last.states if inherited and last else ())}
    noun = NOUN.search(m.group())
    kind = KINDS.get(noun.group().casefold(), noun.group().casefold()) if noun else ""
    first = m.start() if inherited else start
    return Occasion(
        line, line.start + first, line.start + m.end(), line.start + m.end(), m.span(), kind, text[first : m.end()], forum,
        tuple(sorted(own)), people, last.level if inherited and last else level, entry.value, sure=True, clause=True, fresh=True,
        series="next" if entry.value == "planned" and text[m.end() :].startswith(" again") else None,
    )  # fmt: skip


def _objects(line: Line, m: re.Match[str], stop: int, reader: Reader) -> tuple[list[Mention], bool]:
    """The parties behind a verb of meeting that "with" joins to it, and whether it joins any at all."""
    with_ = OBJECT.match(line.text, m.end())
    if with_ is None and not DIRECT.search(m.group()):
        return [], False
    at = with_.end() if with_ else m.end()
    if with_ is None and not NAMED.match(line.text, at):
        return [], False
    limit = next((x.start() for x in LIMIT.finditer(line.text, at, stop)), stop)
    return reader.within(line, at, limit), with_ is not None
