"""Meetings that are told only by their place in a series: "the first since", "the first time in ten years", "two years after the first"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.extract.meetings.calendaring import CALENDAR, Dated, day, earlier
from reaffirm.extract.meetings.convening import Group
from reaffirm.extract.meetings.phrases import ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.meetings.convening import Scene
    from reaffirm.extract.meetings.lines import Line
    from reaffirm.model import When

DETERMINER = re.compile(r"\b(?:the|their|its|our) $", re.IGNORECASE)
NO_NOUN = re.compile(r" (?:(?:between|for|of|in|by|with|such|at)\b.*)?")
BREAK = re.compile(r"[;:,]")
FIRST = re.compile(r"\bfirst\b", re.IGNORECASE)
SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
SPAN = re.compile(r"\b(?:in|for) (?:more than |over |nearly |almost |about |some )?", re.IGNORECASE)


def implied(main: Group | None, groups: list[Group], here: Scene) -> list[Group]:
    """The earlier meetings of the same series that sentences about a told meeting imply, each with its own evidence."""
    found: list[Group] = []
    lines = {o.line.start: o.line for g in groups for o in g.occasions}
    lines |= {w.start: w for w in _told_of(main, here)}
    for start in sorted(lines):
        line = lines[start]
        base = next((g for g in groups for o in g.occasions if o.line is line and g.status == "held"), main)
        if base is not None:
            found += [g for g in (*_since(line, base, here), *_in_years(line, base, here), *_after_nth(line, base, groups, here)) if g]
    return found


def _told_of(main: Group | None, here: Scene) -> Iterator[Line]:
    """Sentences that say something of the meeting just told without naming it ("This was the first ...", "Two years after the first")."""
    if main is None:
        return
    known, words = {o.line.start for o in main.occasions}, here.reader.words
    this, after = words.pattern("this"), words.pattern("after-nth")
    for line in here.lines:
        if line.start not in known and (this.match(line.text) or after.search(line.text)):
            yield line


def _whens(line: Line, here: Scene) -> tuple[When, ...]:
    return here.calendar.between(line.start, line.end)


def _since(line: Line, base: Group, here: Scene) -> Iterator[Group]:
    """The meeting that "the first since 2019" implies: one of the same series, of the time that "since" names."""
    for m in SINCE.finditer(line.text):
        when = next((w for w in _whens(line, here) if "since" in w.rule.split() and w.phrase.start == line.start + m.start()), None)
        first = [f for f in FIRST.finditer(line.text, max(0, m.start() - 90), m.start()) if not BREAK.search(line.text, f.end(), m.start())]
        if when is None or not first or not _of_meeting(line.text[first[0].end() : m.start()], here):
            continue
        start, end = _phrase(line, first[0].start(), base), when.phrase.end
        date = (when.interval or "").partition("/")[0] or None
        yield _earlier(base, (start, end), Dated(date, when.phrase), "telling.first-since")


def _of_meeting(between: str, here: Scene) -> bool:
    """Whether "first ... since" counts meetings: a noun of meeting stands between, or none at all ("the first between the two since")."""
    return here.reader.words.nouns.search(between) is not None or NO_NOUN.fullmatch(between) is not None


def _phrase(line: Line, first: int, base: Group) -> int:
    """Where the phrase begins that says "the first", with its subject where the sentence is but a few words."""
    o = next((o for o in base.occasions if o.line is line and o.end - line.start <= first and first - (o.end - line.start) < 12), None)
    if o:
        return o.start
    before = DETERMINER.search(line.text, 0, first)
    return line.start + (before.start() if before else first)


def _in_years(line: Line, base: Group, here: Scene) -> Iterator[Group]:
    """The meeting that "the first time in seven years for ... to meet in Lume" implies: one so long before this."""
    for when in _whens(line, here):
        a = when.phrase.start - line.start
        first = [f for f in FIRST.finditer(line.text, max(0, a - 60), a) if not BREAK.search(line.text, f.end(), a)]
        if when.type != "DURATION" or not first or not SPAN.match(line.text, a):
            continue
        time = line.text[first[0].end() :].startswith(" time")
        meet = here.reader.words.pattern("to-meet").search(line.text, a) if time else None
        if line.text[when.phrase.end - line.start :].startswith(" since"):
            continue  # "in two years since the first meeting" counts from a meeting that is named
        if (time and meet is None) or (not time and not _of_meeting(line.text[first[0].end() : a], here)):
            continue
        end = line.start + meet.end() if meet else when.phrase.end
        anchor = base.date or day(here.document.card) or (here.document.card.published.value or "")
        dated = Dated(earlier(anchor, when.value), when.phrase)
        group = _earlier(base, (_phrase(line, first[0].start(), base), end), dated, "telling.first-in-years")
        group.place = meet[1] if meet and meet[1] and not CALENDAR.match(meet[1]) else None
        group.forum = None if time else base.forum
        yield group


def _after_nth(line: Line, base: Group, groups: list[Group], here: Scene) -> Iterator[Group]:
    """The meeting that "two years after the first" names, unless it is told elsewhere."""
    for m in here.reader.words.pattern("after-nth").finditer(line.text):
        n = ordinal(m[1].casefold())
        when = next((w for w in _whens(line, here) if w.type == "DURATION" and 0 <= line.start + m.start() - w.phrase.end <= 2), None)
        if n is None or (base.edition is not None and n >= base.edition) or any(g.edition == n for g in groups):
            continue
        start = when.phrase.start if when else line.start + m.start()
        dated = Dated(earlier(base.date, when.value), when.phrase) if when else None
        group = _earlier(base, (start, line.start + m.end()), dated, "telling.after-nth")
        group.edition = n
        yield group


def _earlier(base: Group, extent: tuple[int, int], dated: Dated | None, rule: str) -> Group:
    relation = "first since" if "first" in rule else "earlier"
    group = Group(base.kind, base.forum, base.states, "held", rule, dated=dated, order=(base, relation))
    group.evidence.append(extent)
    return group
