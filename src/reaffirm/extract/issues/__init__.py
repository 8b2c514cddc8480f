"""Rows filed under the issues that their words name, and under the things that they name.

A row's own words come first; of the issues that they name those stay which weigh enough in them and around them beside the foremost
one. Where they name none, or only faintly, the row is filed under the one issue that weighs most in its own words, the rest of its
sentence, the heading of its section, the sentences around it and the title together, and where that is too little in the next
paragraphs too; the evidence shows it: words outside the row come with a receipt that the row's own words were searched. The weights
were tuned by hand on speeches. Offsets are code points, end exclusive; evidence never lies in furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.extract.issues import wordtree
from reaffirm.extract.issues.things import named
from reaffirm.model import PackEntry, Receipt, Span
from reaffirm.readings import Filing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.extract.issues.things import Place
    from reaffirm.extract.issues.wordtree import Branch, Find, Word
    from reaffirm.model import Block, Document, Mention
    from reaffirm.packs import Issue, Thing

Row = tuple[str, tuple[Span, ...]]
BESIDE = 5  # words on either side among which a word of `without` rules a form out
POSSESSIVE = 2  # code points of the ending that a naming may have beyond a mention
END = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bNo)(?<!\b[A-Z])[.!?][”’\")\]]*\s+(?=[“‘\"(\[]?[A-Z0-9])")
OWN, SENTENCE, HEADING = "the row's own words", "the rest of its sentence", "the heading of its section"
NEAR, TITLE = "the sentences around it", "the title"
WEIGHT = {OWN: 1.9, SENTENCE: 2.5, HEADING: 2.5, TITLE: 1.0}  # how much a place counts for what a row is about
CLOSEST = 0.5  # what the naming closest to a row in its sentence, and the first one, count more than the others there
CROWD = 2  # issues in the rest of a sentence that may be named there before each counts for less
STEPS = ((-1, 2.0), (-2, 1.0), (1, 1.0), (-3, 0.5), (2, 0.5), (-4, 0.25), (3, 0.25))  # sentences away, and their weight
FAINT = 0.25  # the share of it that a faint naming has there
BEYOND = 0.75  # the share of that weight in the next paragraph
PASSING = 1.6  # what one in passing in a row counts more than a faint one
CLAUSE = re.compile(r"[;:—]|,\s+(?:and|but|while|which|yet|so|as)\b")  # what parts clauses
NAMED, AGAIN, FIRST = 2.5, 1.0, 1.0  # what a naming in a row counts beside others, what a further one adds, and the first of all
SHARE = 0.35  # of the weight of a row's foremost issue, which another must have
ENOUGH = 1.75  # what an issue must weigh for a row that does not name it: the sentence before it, or more farther off
LESS = 0.25  # how much less where the next paragraphs are heard too
POINTING = re.compile(r"\b(?:th(?:is|ese|ose|ey|em)|such|its?|their)\b|\bthat$", re.IGNORECASE)  # words that point back
ABSTRACT = "spirit|principles?|values?|ideals?|notions?|sense|virtues?|dreams?|hopes?"
INCIDENTAL = re.compile(
    rf"\b(?:(?:{ABSTRACT})\s+(?:of|for)\s+(?:(?:the|our|all|these|those|such)\s+)*(?:[\w*-]+(?:,\s+(?:and\s+)?|\s+and\s+)){{0,5}}"
    r"|(?:without|instead\s+of|rather\s+than|no\s+longer|regardless\s+of|irrespective\s+of|despite|before)\s+(?:[\w-]+\s+){0,2})[“‘\"*]*$",
    re.IGNORECASE,
)  # what stands before words that name an issue only in passing: a list of what is revered, a figure of speech, what is absent
NAME = r"(?:[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,3})"
JOINED = r"(?:,\s+(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+)(?:in\s+)?(?:the\s+)?"
LISTED = (
    re.compile(rf"(?:{NAME}{JOINED}){{2,}}$"),
    re.compile(rf"{JOINED}{NAME}{JOINED}{NAME}"),
    re.compile(rf"{NAME}{JOINED}$"),
    re.compile(rf"{JOINED}{NAME}"),
)
REACH = 70  # code points before a naming in which such words may stand


@dataclass(frozen=True, slots=True)
class Index:
    """The issues made ready for search: their tree of forms, patterns by number, and the words that rule out, by number."""

    root: Branch
    patterns: tuple[tuple[int, re.Pattern[str]], ...]
    without: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class Naming:
    """Words of a text that name issues, by their numbers; faint ones only where nothing else does, so those in passing."""

    start: int
    end: int
    issues: tuple[int, ...]
    faint: bool
    passing: bool = False


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
            first = found[find.first].start
            after = found[find.after - 1].end
            passing = not find.faint and _in_passing(text, first, after, start)
            yield Naming(first, after, kept, find.faint or passing, passing)
    for number, pattern in made.patterns:
        yield from (Naming(m.start(), m.end(), (number,), faint=False) for m in pattern.finditer(text, start, end))


def _in_passing(text: str, start: int, end: int, least: int) -> bool:
    """Whether words are named in passing: behind a figure of speech, or as one of three names or more in a row."""
    before = text[max(least, start - REACH) : start]
    if INCIDENTAL.search(before):
        return True
    two_before, two_behind, one_before, one_behind = LISTED
    return text[start].isupper() and bool(
        two_before.search(before) or two_behind.match(text, end) or (one_before.search(before) and one_behind.match(text, end))
    )


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
    around = list(_around(spans, own, document, reading, alone=alone))
    wider = [*around, *(() if alone else _farther(spans, reading))]
    found = _central(own, wider) or _topic(around, ENOUGH) or _topic(wider, ENOUGH - LESS)
    for witness in found:
        span = document.span(witness.naming.start, witness.naming.end, "heading" if witness.place == HEADING else "evidence")
        proofs = () if witness.place == OWN else (Receipt(OWN),)
        yield from (Filing(name, issues[n].id, "issue", (span, PackEntry("issues", issues[n].id), *proofs)) for n in witness.naming.issues)


def _central(own: list[Naming], around: list[Witness]) -> list[Witness]:
    """What a row's own words name, without the issues that weigh much less in them and around them than the foremost one."""
    told = [naming for naming in own if not naming.faint]
    weight: dict[int, float] = {}
    for naming in told:
        for number in naming.issues:
            weight[number] = weight.get(number, 0.0) + (AGAIN if number in weight else NAMED) + (FIRST if naming is told[0] else 0)
    for witness in _places(witness for witness in around if witness.place != OWN and not witness.naming.faint):
        for number in weight.keys() & set(witness.naming.issues):
            weight[number] += witness.weight
    least = SHARE * max(weight.values(), default=0.0)
    kept = (replace(n, issues=tuple(number for number in n.issues if weight[number] >= least)) for n in told)
    return [Witness(OWN, 0, naming) for naming in kept if naming.issues]


def _around(spans: tuple[Span, ...], own: list[Naming], document: Document, reading: Reading, *, alone: bool) -> Iterator[Witness]:
    """What a row's faint words and the words around it name, each with the weight of its place."""
    at = bisect_right(reading.sentences, (spans[0].start, 1 << 60, 0)) - 1
    block = reading.sentences[at][2] if at >= 0 else -1
    yield from (Witness(OWN, WEIGHT[OWN] + (PASSING if naming.passing else 0), naming) for naming in own)
    yield from _beside(spans[0], [naming for naming in _sentence(reading, at, block) if naming not in own], document.text)
    yield from (Witness(HEADING, WEIGHT[HEADING], n) for n in (reading.above[block] if block >= 0 else ()) if not n.faint)
    pointing = POINTING.search(spans[0].exact) is not None
    for step, weight in () if alone else STEPS:
        told = [naming for naming in _sentence(reading, at + step, block) if not naming.faint]
        less = CLOSEST if len({number for naming in told for number in naming.issues}) > 1 else 0.0
        for naming in told if step == -1 else ():
            last = pointing and naming is told[-1]
            yield Witness(NEAR, weight + (CLOSEST if last else -less), naming)
        yield from (Witness(NEAR, weight, naming) for naming in told if step != -1)
    yield from (Witness(TITLE, WEIGHT[TITLE], n) for n in reading.title if not alone and not n.faint)


def _farther(spans: tuple[Span, ...], reading: Reading) -> Iterator[Witness]:
    """What the sentences around a row name faintly, and those of the next paragraphs."""
    at = bisect_right(reading.sentences, (spans[0].start, 1 << 60, 0)) - 1
    block = reading.sentences[at][2] if at >= 0 else -1
    for step, weight in STEPS:
        yield from (Witness(NEAR, weight * FAINT, n) for n in _sentence(reading, at + step, block) if n.faint)
        beyond = _sentence(reading, at + step, block + (1 if step > 0 else -1))
        share = 1 if POINTING.search(spans[0].exact) else BEYOND
        yield from (Witness(NEAR, weight * share, n) for n in beyond if not n.faint)


def _beside(span: Span, rest: list[Naming], text: str) -> Iterator[Witness]:
    """What the rest of a row's sentence names: the closest and the first count most, less what is in another clause or a crowd."""
    strong = [naming for naming in rest if not naming.faint]
    crowded = len({number for naming in strong for number in naming.issues}) > CROWD
    closest = min(strong, key=lambda n: max(n.start - span.end, span.start - n.end), default=None)
    for naming in rest:
        between = text[span.end : naming.start] if naming.start >= span.end else text[naming.end : span.start]
        less = 1.5 if naming.faint else 1.0 if crowded else 0.5 if CLAUSE.search(between) else 0.0
        more = CLOSEST if naming is closest or naming in strong[:1] else 0.0
        yield Witness(SENTENCE, WEIGHT[SENTENCE] - less + more, naming)


def _topic(witnesses: Iterable[Witness], least: float) -> list[Witness]:
    """The witnesses of the issue that weighs most, if it weighs enough."""
    heard: dict[int, list[Witness]] = {}
    for witness in _places(witnesses):
        heard.setdefault(witness.naming.issues[0], []).append(witness)
    best = max(heard.values(), key=_weight, default=[])
    return best if _weight(best) >= least else []


def _weight(witnesses: list[Witness]) -> float:
    return sum(witness.weight for witness in witnesses)


def _places(witnesses: Iterable[Witness]) -> list[Witness]:
    """The witnesses by single issues; each place of words speaks once for an issue, by its weightiest word."""
    heard: dict[tuple[int, str, float], Witness] = {}
    for witness in witnesses:
        for number in witness.naming.issues:
            place = number, witness.place, 0.0 if witness.place == SENTENCE else witness.weight
            if place not in heard or heard[place].weight < witness.weight:
                heard[place] = replace(witness, naming=replace(witness.naming, issues=(number,)))
    return list(heard.values())


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
