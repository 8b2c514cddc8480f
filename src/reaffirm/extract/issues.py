"""Rows filed under the issues that their words name, and under the things that they name.

A row's own words come first. Where they name no issue, or only faintly, it is filed under the one issue that weighs most in its own
words, the rest of its sentence, the heading of its section, the sentences around it and the title together; the evidence shows it:
words outside the row come with a receipt that the row's own words were searched. Offsets are code points, end exclusive; evidence
never lies in furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.extract import wordtree
from reaffirm.extract.things import named
from reaffirm.model import PackEntry, Receipt, Span
from reaffirm.readings import Filing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.extract.things import Place
    from reaffirm.extract.wordtree import Branch, Find, Word
    from reaffirm.model import Block, Document, Mention
    from reaffirm.packs import Issue, Thing

Row = tuple[str, tuple[Span, ...]]
BESIDE = 5  # words on either side among which a word of `without` rules a form out
POSSESSIVE = 2  # code points of the ending that a naming may have beyond a mention
END = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bNo)(?<!\b[A-Z])[.!?][”’\")\]]*\s+(?=[“‘\"(\[]?[A-Z0-9])")
OWN, SENTENCE, HEADING = "the row's own words", "the rest of its sentence", "the heading of its section"
NEAR, TITLE = "the sentences around it", "the title"
WEIGHT = {OWN: 3.0, SENTENCE: 3.0, HEADING: 2.5, TITLE: 1.5}  # how much a place counts for what a row is about
STEPS = ((-1, 2.0), (-2, 1.0), (1, 1.0), (-3, 0.5), (2, 0.5), (3, 0.25))  # sentences away, and their weight
ENOUGH = 1.5  # what an issue must weigh for a row that does not name it: the sentence before it, or two sentences farther off


@dataclass(frozen=True, slots=True)
class Index:
    """The issues made ready for search: their tree of forms, patterns by number, and the words that rule out, by number."""

    root: Branch
    patterns: tuple[tuple[int, re.Pattern[str]], ...]
    without: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class Naming:
    """Words of a text that name issues, by their numbers."""

    start: int
    end: int
    issues: tuple[int, ...]
    faint: bool


@dataclass(frozen=True, slots=True)
class Witness:
    """A naming that speaks for what a row is about: the place where it stands, and how much that counts."""

    place: str
    weight: float
    naming: Naming


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read for issues: its namings in order, its sentences with the number of their block, and what its headings name.

    `blocks` are those of its body, `above` what the nearest heading above each of them names, `title` what its titles name.
    """

    namings: tuple[Naming, ...]
    sentences: tuple[tuple[int, int, int], ...]
    blocks: tuple[Block, ...]
    above: tuple[tuple[Naming, ...], ...]
    title: tuple[Naming, ...]


def filings(
    rows: Iterable[Row],
    document: Document,
    mentions: tuple[Mention, ...],
    issues: tuple[Issue, ...],
    things: tuple[Thing, ...],
    own: str | None = None,
) -> tuple[Filing, ...]:
    """The filings of rows (id with its spans) under issues and named things, by row in their order, then by issue.

    `own` is the state whose speaker the whole document is: its bare name tells nothing of what a row is about. A row without a filing
    of kind `issue` is one that `unfiled` lists.
    """
    rows = tuple(rows)
    reading = _without_own(read(document, issues), mentions, own)
    places = named(document, mentions, things, [(b.start, b.end) for b in reading.blocks])
    starts = [place.span.start for place in places]
    found: list[Filing] = []
    for row, spans in rows:
        told = [place for span in spans for place in _told(places, starts, span)]
        found += _under_issues((row, spans), document, reading, issues, alone=bool(told))
        found += [Filing(row, place.name, "thing", (place.span, PackEntry("things", place.entry))) for place in told]
    order = {row: number for number, (row, _) in enumerate(rows)}
    return tuple(sorted(_merged(found), key=lambda f: (order[f.row], f.kind, f.issue)))


def unfiled(rows: Iterable[Row], found: Iterable[Filing]) -> tuple[str, ...]:
    """The ids of rows that are filed under no issue, in their order, so that the pack can grow."""
    filed = {filing.row for filing in found if filing.kind == "issue"}
    return tuple(row for row, _ in rows if row not in filed)


def read(document: Document, issues: tuple[Issue, ...]) -> Reading:
    """The document with every naming of an issue outside its furniture."""
    made = index(issues)
    blocks = tuple(block for block in document.blocks if block.kind != "furniture")
    namings: list[Naming] = []
    above: list[tuple[Naming, ...]] = []
    heading: tuple[Naming, ...] = ()
    sentences: list[tuple[int, int, int]] = []
    for number, block in enumerate(blocks):
        found = sorted(scan(document.text, block.start, block.end, made))
        namings += found
        above.append(heading)
        heading = tuple(found) if block.kind == "heading" else heading
        sentences += [(start, end, number) for part in block.parts for start, end in _sentences(document.text, *part)]
    titles = [(block.start, block.end) for block in blocks if block.kind == "title"]
    title = tuple(n for n in namings for start, end in titles if start <= n.start < end)
    return Reading(tuple(sorted(namings)), tuple(sorted(sentences)), blocks, tuple(above), title)


def _without_own(reading: Reading, mentions: tuple[Mention, ...], own: str | None) -> Reading:
    """The reading without the namings that are only the name of the speaker's own state."""
    names = {m.surface.start: m.surface.end for m in mentions if own and m.kind == "state" and m.name == own}
    others = (n for n in reading.namings if names.get(n.start, n.start) + POSSESSIVE < n.end)
    return replace(reading, namings=tuple(others)) if names else reading


@lru_cache(maxsize=8)
def index(issues: tuple[Issue, ...]) -> Index:
    """The index of the issues; building it takes some milliseconds, so that it is kept."""
    forms = [(form, n, False) for n, issue in enumerate(issues) for form in issue.forms]
    faint = [(form, n, True) for n, issue in enumerate(issues) for form in issue.faint]
    patterns = tuple((n, re.compile(i.pattern.pattern.replace(" ", r"\s+"), re.IGNORECASE)) for n, i in enumerate(issues) if i.pattern)
    without = {n: tuple(f" {_flat(wordtree.words(word))} " for word in i.without) for n, i in enumerate(issues) if i.without}
    return Index(wordtree.tree(forms + faint), patterns, without)


def scan(text: str, start: int, end: int, made: Index) -> Iterator[Naming]:
    """The namings in a stretch of a text, forms first, then patterns."""
    found = wordtree.words(text, start, end)
    for find in wordtree.finds(found, made.root):
        kept = tuple(number for number in find.entries if not _ruled_out(find, number, found, made))
        if kept:
            yield Naming(found[find.first].start, found[find.after - 1].end, kept, find.faint)
    for number, pattern in made.patterns:
        yield from (Naming(m.start(), m.end(), (number,), faint=False) for m in pattern.finditer(text, start, end))


def _ruled_out(find: Find, number: int, found: list[Word], made: Index) -> bool:
    words = made.without.get(number)
    if not words:
        return False
    near = f" {_flat(found[max(0, find.first - BESIDE) : find.after + BESIDE])} "
    return any(word in near for word in words)


def _flat(found: list[Word]) -> str:
    return " ".join(wordtree.singular(word.keys[0]) for word in found)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, after its full stops."""
    for match in END.finditer(text, start, end):
        yield start, match.end()
        start = match.end()
    if start < end:
        yield start, end


# From namings to filings


def _under_issues(row: Row, document: Document, reading: Reading, issues: tuple[Issue, ...], *, alone: bool) -> Iterator[Filing]:
    """The filings of a row under issues; one that stands alone, because it names a thing, takes none from other sentences."""
    name, spans = row
    own = [naming for span in spans for naming in _within(reading, span.start, span.end)]
    found = [Witness(OWN, 0, naming) for naming in own if not naming.faint] or _topic(_around(spans, own, reading, alone=alone))
    for witness in found:
        span = document.span(witness.naming.start, witness.naming.end, "heading" if witness.place == HEADING else "evidence")
        proofs = () if witness.place == OWN else (Receipt(OWN),)
        yield from (Filing(name, issues[n].id, "issue", (span, PackEntry("issues", issues[n].id), *proofs)) for n in witness.naming.issues)


def _around(spans: tuple[Span, ...], own: list[Naming], reading: Reading, *, alone: bool) -> Iterator[Witness]:
    """What a row's faint words and the words around it name, each with the weight of its place."""
    at = bisect_right(reading.sentences, (spans[0].start, 1 << 60, 0)) - 1
    block = reading.sentences[at][2] if at >= 0 else -1
    yield from (Witness(OWN, WEIGHT[OWN], naming) for naming in own)
    around = [naming for naming in _sentence(reading, at, block) if naming not in own]
    yield from (Witness(SENTENCE, WEIGHT[SENTENCE] / (2 if naming.faint else 1), naming) for naming in around)
    yield from (Witness(HEADING, WEIGHT[HEADING], n) for n in (reading.above[block] if block >= 0 else ()) if not n.faint)
    for step, weight in () if alone else STEPS:
        yield from (Witness(NEAR, weight, n) for n in _sentence(reading, at + step, block) if not n.faint)
    yield from (Witness(TITLE, WEIGHT[TITLE], n) for n in reading.title if not alone and not n.faint)


def _topic(witnesses: Iterable[Witness]) -> list[Witness]:
    """The witnesses of the issue that weighs most, if it weighs enough; each place of words speaks once for an issue."""
    heard: dict[int, dict[tuple[str, float], Witness]] = {}
    for witness in witnesses:
        for number in witness.naming.issues:
            told = heard.setdefault(number, {})
            told.setdefault((witness.place, witness.weight), replace(witness, naming=replace(witness.naming, issues=(number,))))
    ranked = sorted(heard.values(), key=lambda told: -sum(witness.weight for witness in told.values()))
    best = list(ranked[0].values()) if ranked else []
    return best if sum(witness.weight for witness in best) >= ENOUGH else []


def _sentence(reading: Reading, at: int, block: int) -> list[Naming]:
    """What a sentence names, if it lies in this block."""
    if not 0 <= at < len(reading.sentences) or reading.sentences[at][2] != block:
        return []
    return _within(reading, *reading.sentences[at][:2])


def _within(reading: Reading, start: int, end: int) -> list[Naming]:
    """The namings that lie wholly in a stretch."""
    first = bisect_left(reading.namings, start, key=lambda n: n.start)
    last = bisect_left(reading.namings, end, key=lambda n: n.start)
    return [naming for naming in reading.namings[first:last] if naming.end <= end]


def _told(places: tuple[Place, ...], starts: list[int], span: Span) -> Iterator[Place]:
    """The named things within a span; `starts` are the starts of all places."""
    within = places[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    return (place for place in within if place.span.end <= span.end)


def _merged(found: Iterable[Filing]) -> Iterator[Filing]:
    """One filing for each row and issue, with all its evidence, each piece once."""
    groups: dict[tuple[str, str, str], dict[object, None]] = {}
    for filing in found:
        groups.setdefault((filing.row, filing.issue, filing.kind), {}).update(dict.fromkeys(filing.evidence))
    for (row, issue, kind), evidence in groups.items():
        yield Filing(row, issue, kind, tuple(evidence))  # type: ignore[arg-type]
