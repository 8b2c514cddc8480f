"""Exports of press databases: one file of many articles, split into one Source an article by the rules of a pack.

Nothing is lost and nothing is moved: the parts follow each other and together are the text of the file. Each has its
stretch of the text, the nodes of that stretch with their paths into the file, the metadata and the problems of the file
(a doubt about the file is a doubt about every article of it), and, before them, what the rule found in its header:
`export:rule`, `export:part` ("3 of 12"), `export:extent` ("1200-3400", offsets in the file's text), and of
`export:title`, `export:publisher`, `export:published`, `export:byline`, `export:section`, `export:language`,
`export:length`, `export:loaded`, `export:number` those that stand there, word for word, white space made plain. What
the export prints round an article (its cover goes with the first) is furniture with the reason `export:` and the rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from reaffirm.model import MetaField, Node, Source
from reaffirm.packs import ExportField
from reaffirm.text import trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.packs import ExportRule

    Extent = tuple[int, int]

EXTRACTOR = "exports/1"
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
MAX_VALUE = 6  # lines of a field that goes on below its label


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text: where it begins with its white space, its words, where they stand."""

    at: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Article:
    """The lines of an article, from `first` to before `last`; those before `head` and from `tail` are the export's own."""

    first: int
    head: int
    tail: int
    last: int


def split(source: Source, rules: Sequence[ExportRule]) -> tuple[Source, ...]:
    """The Sources of the articles of an export in order, by the first rule that applies; the Source itself when none does."""
    lines = tuple(_lines(source.text))
    for rule in rules:
        articles = _articles(lines, rule)
        if len(articles) >= rule.least:
            return tuple(_parts(source, lines, rule, articles))
    return (source,)


def _lines(text: str) -> Iterator[_Line]:
    """The lines of a text."""
    for found in LINE.finditer(text):
        if found.end() > found.start():
            start, end = trim(text, *found.span())
            yield _Line(found.start(), start, end, text[start:end])


def _articles(lines: Sequence[_Line], rule: ExportRule) -> list[_Article]:
    """The articles of a text by one rule; none when the lines that part them do not agree."""
    begins, ends = _matching(lines, rule.begins), _matching(lines, rule.ends)
    if rule.begins is not None and not _counted(rule.begins, [lines[place].words for place in begins]):
        return []
    if rule.begins is not None and rule.ends is not None and not _alternate(begins, ends):
        return []
    if not begins and not ends:
        return []
    found = _merged(lines, rule, list(_stretches(lines, rule, begins, ends)))
    if found and rule.begins is None:
        found[0] = replace(found[0], head=_covered(lines, rule, found[0]))
    return found


def _matching(lines: Sequence[_Line], pattern: re.Pattern[str] | None) -> list[int]:
    """The places of the lines that a pattern matches whole."""
    return [] if pattern is None else [place for place, line in enumerate(lines) if line.words and pattern.fullmatch(line.words)]


def _counted(pattern: re.Pattern[str], words: Sequence[str]) -> bool:
    """Whether the numbers in lines count up by one, from one where no total says how many there are; true without numbers."""
    if "number" not in pattern.groupindex:
        return True
    found = [match for match in map(pattern.fullmatch, words) if match]
    numbers = [int(match["number"]) for match in found]
    totals = {int(match["total"]) for match in found} if "total" in pattern.groupindex else set()
    first = numbers[0] if numbers and totals else 1
    return numbers == list(range(first, first + len(numbers))) and len(totals) <= 1 and all(numbers[-1] <= total for total in totals)


def _alternate(begins: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether each line that begins an article is followed by one that ends it."""
    places = [place for pair in zip(begins, ends, strict=False) for place in pair]
    return len(begins) == len(ends) and places == sorted(places)


def _stretches(lines: Sequence[_Line], rule: ExportRule, begins: Sequence[int], ends: Sequence[int]) -> Iterator[_Article]:
    """The stretches between the lines that part articles; what stands before the first and after the last goes with them."""
    count = len(lines)
    heads = list(begins) if rule.begins is not None else [0, *(_worded(lines, place + 1) for place in ends[:-1])]
    firsts = [0, *heads[1:]]
    lasts = [*heads[1:], count]
    tails = [place + 1 for place in ends] if rule.ends is not None else lasts
    for first, head, tail, last in zip(firsts, heads, tails, lasts, strict=True):
        yield _Article(first, head, tail, last)


def _worded(lines: Sequence[_Line], place: int) -> int:
    """The place of the first line with words from a place on."""
    return next((n for n in range(place, len(lines)) if lines[n].words), place)


def _merged(lines: Sequence[_Line], rule: ExportRule, stretches: Sequence[_Article]) -> list[_Article]:
    """The articles: stretches with a line that each article has; one without goes on with the article before it.

    The first such stretches belong to the cover, and the last one is what the export prints below its articles.
    """
    articles: list[_Article] = []
    for place, stretch in enumerate(stretches):
        if _has(lines, rule.needs, stretch):
            articles.append(stretch if articles else replace(stretch, first=0))
        elif articles:
            below = place == len(stretches) - 1
            tail = articles[-1].tail if below else stretch.tail
            articles[-1] = replace(articles[-1], tail=tail, last=stretch.last)
    return articles


def _has(lines: Sequence[_Line], pattern: re.Pattern[str] | None, article: _Article) -> bool:
    """Whether a line of an article is matched by a pattern; true without a pattern."""
    return pattern is None or any(pattern.fullmatch(line.words) for line in lines[article.head : article.tail])


def _covered(lines: Sequence[_Line], rule: ExportRule, article: _Article) -> int:
    """The place behind the last line of a cover that stands above the first line that each article has."""
    if rule.cover is None:
        return article.head
    stop = next((n for n in range(article.head, article.tail) if rule.needs and rule.needs.fullmatch(lines[n].words)), article.tail)
    return max((n + 1 for n in range(article.head, stop) if rule.cover.fullmatch(lines[n].words)), default=article.head)


def _parts(source: Source, lines: Sequence[_Line], rule: ExportRule, articles: Sequence[_Article]) -> Iterator[Source]:
    """The Sources of the articles."""
    starts = [lines[article.first].at for article in articles]
    stops = [*starts[1:], len(source.text)]
    marks = [tuple(_marks(lines, rule, article)) for article in articles]
    nodes = _cut(source, [mark for found in marks for mark in found], f"export:{rule.id}")
    place = 0
    for number, (article, start, stop, marked) in enumerate(zip(articles, starts, stops, marks, strict=True), start=1):
        own = []
        while place < len(nodes) and nodes[place].start < stop:
            own += _clipped(nodes[place], start, stop)
            if nodes[place].end > stop:
                break
            place += 1
        about = (("rule", rule.id), ("part", f"{number} of {len(articles)}"), ("extent", f"{start}-{stop}"))
        fields = (*about, *_fields(source.text, lines[article.head : article.tail], rule, marked))
        metadata = (*(MetaField(f"export:{name}", value) for name, value in fields), *source.metadata)
        yield Source(source.text[start:stop], f"{source.extractor} {EXTRACTOR}", tuple(own), metadata, source.problems)


def _clipped(node: Node, start: int, stop: int) -> list[Node]:
    """The part of a node within an extent, moved to where it stands in it; none when nothing is left."""
    first, last = max(node.start, start), min(node.end, stop)
    return [replace(node, start=first - start, end=last - start)] if first < last else []


def _marks(lines: Sequence[_Line], rule: ExportRule, article: _Article) -> Iterator[Extent]:
    """The extents of what is the export's own in an article, in order."""
    dropped = False
    for place in range(article.first, article.last):
        line = lines[place]
        if not line.words:
            continue
        label = rule.label.fullmatch(line.words) if rule.label and article.head <= place < article.tail else None
        if label:
            dropped = not (rule.keep and rule.keep.fullmatch(line.words))
        outside = not article.head <= place < article.tail
        if outside or dropped or any(p and p.fullmatch(line.words) for p in (rule.begins, rule.ends, rule.furniture)):
            yield line.start, line.end
        elif label:
            value = label.start(1) if label.re.groups and label[1] else len(line.words)
            yield line.start, trim(line.words, 0, value)[1] + line.start


def _cut(source: Source, marks: Sequence[Extent], reason: str) -> list[Node]:
    """The nodes of a Source, cut where the export's own words begin and end, which are furniture for that reason."""
    nodes: list[Node] = []
    place = edge = 0
    for node in source.nodes:
        at = node.start
        while place < len(marks) and marks[place][0] < node.end:
            start, end = marks[place]
            nodes += _between(source.text, max(start, edge), min(end, at), reason)
            first, last = max(start, at), min(end, node.end)
            nodes += _slice(source.text, node, at, first)
            if first < last:
                nodes.append(replace(node, start=first, end=last, furniture=node.furniture or reason))
            at = max(at, last)
            if end > node.end:
                break
            place += 1
        nodes += _slice(source.text, node, at, node.end)
        edge = node.end
    for start, end in marks[place:]:
        nodes += _between(source.text, max(start, edge), end, reason)
    return nodes


def _slice(text: str, node: Node, start: int, end: int) -> list[Node]:
    """A stretch of a node without white space at its edges; none when nothing is left."""
    if (start, end) == (node.start, node.end):
        return [node]
    start, end = trim(text, start, max(start, end))
    return [replace(node, start=start, end=end)] if start < end else []


def _between(text: str, start: int, end: int, reason: str) -> list[Node]:
    """A node of furniture where the format made none; none for white space."""
    start, end = trim(text, start, max(start, end))
    return [Node(start, end, f"characters {start}-{end}", furniture=reason)] if start < end else []


def _fields(text: str, lines: Sequence[_Line], rule: ExportRule, marks: Sequence[Extent]) -> Iterator[tuple[str, str]]:
    """The fields of an article that its header holds, in the order of their closed list."""
    found = dict(_placed(text, lines, rule, marks)) | dict(_labelled(lines, rule))
    for name in get_args(ExportField):
        if found.get(name):
            yield name, found[name]


def _pattern(rule: ExportRule, name: str) -> re.Pattern[str] | None:
    """The pattern of a field."""
    pattern: re.Pattern[str] | None = getattr(rule, name)
    return pattern


def _labelled(lines: Sequence[_Line], rule: ExportRule) -> Iterator[tuple[str, str]]:
    """The fields that stand behind or below a label: the first of each name."""
    for name in get_args(ExportField):
        pattern = _pattern(rule, name)
        if pattern is None or not pattern.groups:
            continue
        for place, line in enumerate(lines):
            label = pattern.fullmatch(line.words)
            if label:
                yield name, " ".join([label[1] or "", *_going_on(lines[place + 1 :], rule, below=not label[1])]).strip()
                break


def _going_on(lines: Sequence[_Line], rule: ExportRule, *, below: bool) -> Iterator[str]:
    """The further lines of a field: those below its label, or those that are indented behind it."""
    taken = 0
    for line in lines[: MAX_VALUE + 2]:
        if not line.words and below and not taken:
            continue
        if not line.words or taken >= MAX_VALUE or _is_mark(rule, line) or not (below or line.start > line.at):
            return
        taken += 1
        yield " ".join(line.words.split())


def _is_mark(rule: ExportRule, line: _Line) -> bool:
    """Whether a line begins a field, begins or ends an article, or is the export's own."""
    patterns = (rule.label, rule.furniture, rule.begins, rule.ends)
    return _is_labelled(rule, line) or any(pattern.fullmatch(line.words) for pattern in patterns if pattern)


def _is_labelled(rule: ExportRule, line: _Line) -> bool:
    """Whether a line has the label of a field."""
    patterns = (_pattern(rule, name) for name in get_args(ExportField))
    return any(pattern.fullmatch(line.words) for pattern in patterns if pattern and pattern.groups)


def _placed(text: str, lines: Sequence[_Line], rule: ExportRule, marks: Sequence[Extent]) -> Iterator[tuple[str, str]]:
    """The fields that are known by their place: the units above the first labelled line, in the rule's order."""
    units = _units(text, lines, rule, frozenset(start for start, _ in marks))
    unit = next(units, "")
    for name in rule.order:
        pattern = _pattern(rule, name)
        if unit and (pattern is None or pattern.groups or pattern.fullmatch(unit)):
            yield name, unit
            unit = next(units, "")


def _units(text: str, lines: Sequence[_Line], rule: ExportRule, marked: frozenset[int]) -> Iterator[str]:
    """The lines, or the groups of lines, of an article that are not the export's own."""
    held: list[str] = []
    for line in lines:
        own = not line.words or line.start in marked
        if held and (own or rule.unit == "line"):
            yield " ".join(" ".join(held).split())
            held = []
        if not own and _is_labelled(rule, line):
            break
        if not own:
            held.append(text[line.start : line.end])
    if held:
        yield " ".join(" ".join(held).split())
