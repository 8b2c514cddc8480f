"""Which pieces of a page are body: rules on links, the article's container, and trafilatura as a second opinion.

A second opinion only ever removes what lies outside the article: a piece that our rules call body, that stands
outside the smallest common container of the article's paragraphs and that trafilatura left out, is furniture with
the reason `vote`. What trafilatura drops inside the article stays body.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from reaffirm.formats.html.measure import Layout
    from reaffirm.formats.html.walk import Piece
    from reaffirm.formats.problems import Found

LINKED = 0.9  # of a piece's letters; from here on it is only links
DENSE = 0.5  # of the letters below an element; from here on it is a list of links with some words
SHORT = 200  # code points; a longer piece is never only a link
PROSE = 40  # code points; shorter pieces do not show where the article is
CORE = 0.9  # of the article's prose; the container holds at least this much
MINOR = 0.2  # of the container's prose; a nested article with less is a comment or a teaser
MAX_ELEMENTS = 50_000  # trafilatura's time grows faster than the page
MAX_DEPTH = 256  # elements within elements; the same holds for depth
NAMED = frozenset({"title", "standfirst", "caption", "note"})
WORDS = re.compile(r"\W+")
TRAIL_LINKED = 0.3  # of the letters of a trail; its last step is no link
TRAIL = re.compile(r"\s[>»›]\s")
SENTENCE_ENDS = (".", "!", "?", "”", '"', "’")
UNBOXED = frozenset({"html", "body", "main"})  # no boxes of a label and its links
LABEL = 40  # code points; the most that a label of a list of links has


def judge(page: HtmlElement, pieces: Sequence[Piece], text: str, layout: Layout) -> tuple[list[Piece], tuple[Found, ...]]:
    """The pieces with the reasons that links, place and the vote add, and what went wrong with the vote."""
    judged = _without_links(list(pieces), text)
    if len(layout.below) > MAX_ELEMENTS or layout.depth > MAX_DEPTH:
        return judged, (_silent("the page has too many elements, or nests them too deep"),)
    kept, problems = _second_opinion(page, judged, text)
    container = _container(judged, text, kept)
    if container is not None:
        judged = _without_others(judged, container, layout)
        judged = _without_outsiders(judged, container, kept, layout)
    return _one_title(judged, container), problems


def _without_links(pieces: list[Piece], text: str) -> list[Piece]:
    """The pieces, runs of nothing but links made furniture unless they stand within a run of paragraphs."""
    body = [number for number, piece in enumerate(pieces) if not piece.reason]
    at = 0
    for only, group in groupby(body, key=lambda number: _only_links(pieces[number], text)):
        run = list(group)
        before, after = body[max(0, at - 2) : at], body[at + len(run) : at + len(run) + 2]
        at += len(run)
        if not only or _belongs(pieces, text, run, before[-1:], after[:1]):
            continue
        if before and _labels(pieces, text, before[-1], run[0], (before[:-1], after[:1])):
            run = [before[-1], *run]
        if after and _labels(pieces, text, after[0], run[-1], (after[1:], before[-1:])):
            run = [*run, after[0]]
        for number in run:
            pieces[number] = replace(pieces[number], reason="links")
    return pieces


def _only_links(piece: Piece, text: str) -> bool:
    """Whether a short piece is links and nothing else, or a trail of links to the page's place in its site."""
    if piece.end - piece.start > SHORT or piece.hint in NAMED:
        return False
    return piece.links >= LINKED or (piece.links >= TRAIL_LINKED and TRAIL.search(text, piece.start, piece.end) is not None)


def _belongs(pieces: Sequence[Piece], text: str, run: list[int], before: list[int], after: list[int]) -> bool:
    """Whether a run of links is part of the text: one link among paragraphs, or a list that a sentence announces."""
    if not before:
        return False
    parent = pieces[before[0]].element.getparent()
    words = text[pieces[before[0]].start : pieces[before[0]].end]
    if words.endswith(":") and len(words) > LABEL:
        return _inside(pieces[run[0]].element, parent)
    neighbours = [pieces[number] for number in (*run, *after)]
    alone = len(run) == len(after) == 1 and neighbours[1].hint != "heading"
    return alone and all(piece.element.getparent() is parent for piece in neighbours)


def _labels(pieces: Sequence[Piece], text: str, label: int, link: int, around: tuple[list[int], list[int]]) -> bool:
    """Whether a piece is the label of a link beside it: a few words, boxed with the link and with nothing else.

    `around` are the pieces beyond the label and beyond the links; a heading belongs to what follows it, so what
    stands before it does not count.
    """
    piece = pieces[label]
    words = text[piece.start : piece.end]
    if len(words) > LABEL or piece.hint in NAMED or words.endswith(SENTENCE_ENDS):
        return False
    box = piece.element.getparent()
    beyond, far = around
    others = far if piece.hint == "heading" else [*beyond, *far]
    if box is None or box.tag in UNBOXED or not _inside(pieces[link].element, box):
        return False
    return not any(_inside(pieces[number].element, box) for number in others)


def _second_opinion(page: HtmlElement, pieces: Sequence[Piece], text: str) -> tuple[frozenset[int] | None, tuple[Found, ...]]:
    """The numbers of the pieces that trafilatura keeps, or None and the reason when it has nothing to say."""
    try:
        extracted = _extract(page)
    except Exception as error:  # noqa: BLE001 - a hostile page may break it anywhere; its vote is dispensable
        return None, (_silent(f"trafilatura failed: {type(error).__name__}"),)
    lines = {_fold(line) for line in extracted.splitlines()}
    whole = _fold(extracted)
    if not whole:
        return None, ()
    return frozenset(number for number, piece in enumerate(pieces) if _found(_words(piece, text), lines, whole)), ()


def _extract(page: HtmlElement) -> str:
    """The text that trafilatura extracts; imported here, because it would slow every start of the command line."""
    from trafilatura import bare_extraction  # noqa: PLC0415

    document = bare_extraction(copy.deepcopy(page), include_comments=False, favor_recall=True)
    return str(getattr(document, "text", None) or "")


def _silent(reason: str) -> Found:
    return (
        "no second opinion", "low", f"which blocks are body was decided without a second opinion: {reason}",
        "Look through the blocks at the beginning and end of the document.",
    )  # fmt: skip


def _found(words: str, lines: set[str], whole: str) -> bool:
    return bool(words) and (words in lines or (len(words) >= PROSE and words in whole))


def _words(piece: Piece, text: str) -> str:
    return _fold(text[piece.start : piece.end])


def _fold(text: str) -> str:
    return WORDS.sub(" ", text.casefold()).strip()


def _container(pieces: Sequence[Piece], text: str, kept: frozenset[int] | None) -> HtmlElement | None:
    """The smallest element that holds nearly all prose of the article, widened to the `<article>` it stands in."""
    prose: Counter[HtmlElement] = Counter()
    total = 0
    for number, piece in enumerate(pieces):
        if _is_prose(piece, text) and (kept is None or number in kept):
            size = piece.end - piece.start
            total += size
            prose.update(dict.fromkeys(piece.element.iterancestors(), size))
    smallest = _deepest(element for element, size in prose.items() if size >= CORE * total)
    if smallest is None or smallest.tag == "article":
        return smallest
    return next(smallest.iterancestors("article"), smallest)


def _is_prose(piece: Piece, text: str) -> bool:
    if piece.reason or piece.links > DENSE or piece.hint in {"title", "heading", "note", "caption"}:
        return False
    return len(_words(piece, text)) >= PROSE


def _deepest(elements: Iterable[HtmlElement]) -> HtmlElement | None:
    return max(elements, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _without_others(pieces: list[Piece], container: HtmlElement, layout: Layout) -> list[Piece]:
    """The pieces, those of other articles (teasers beside, comments within) made furniture."""
    if container.tag != "article":
        return pieces
    around = {container, *container.iterancestors()}
    enough = MINOR * layout.of(container).prose
    judged = []
    for piece in pieces:
        own = next((e for e in (piece.element, *piece.element.iterancestors()) if e.tag == "article"), container)
        foreign = own not in around and (container not in own.iterancestors() or layout.of(own).prose < enough)
        judged.append(replace(piece, reason=piece.reason or "another article") if foreign else piece)
    return judged


def _without_outsiders(pieces: list[Piece], container: HtmlElement, kept: frozenset[int] | None, layout: Layout) -> list[Piece]:
    """The pieces, those outside the container made furniture where links or the vote say so."""
    around = {container, *container.iterancestors()}
    spared = set(_opening(pieces, container))
    judged = []
    for number, piece in enumerate(pieces):
        reason = piece.reason
        if not reason and number not in spared and not _inside(piece.element, container):
            top = _top(piece.element, around)
            below = layout.of(top)
            if top is not piece.element and below.links > DENSE * (below.links + below.prose):
                reason = "links"
            elif kept is not None and number not in kept:
                reason = "vote"
        judged.append(replace(piece, reason=reason))
    return judged


def _opening(pieces: Sequence[Piece], container: HtmlElement) -> Iterator[int]:
    """The numbers of the pieces from the title to the container: standfirst, byline, date, caption."""
    first = next((n for n, piece in enumerate(pieces) if not piece.reason and _inside(piece.element, container)), 0)
    titles = [n for n, piece in enumerate(pieces[:first]) if piece.hint == "title" and not piece.reason]
    yield from range(titles[-1] if titles else first, first)


def _inside(element: HtmlElement, container: HtmlElement) -> bool:
    return element is container or container in element.iterancestors()


def _top(element: HtmlElement, around: set[HtmlElement]) -> HtmlElement:
    """The highest element above a piece that does not hold the container."""
    line = [element, *element.iterancestors()]
    return next((lower for lower, upper in pairwise(line) if upper in around), element)


def _one_title(pieces: list[Piece], container: HtmlElement | None) -> list[Piece]:
    """The pieces with one title: the last first-level heading before the article's text, the others headings."""
    titles = [n for n, piece in enumerate(pieces) if piece.hint == "title" and not piece.reason]
    if len({pieces[n].element for n in titles}) < 2:
        return pieces
    inside = [n for n in titles if container is not None and _inside(pieces[n].element, container)]
    chosen = pieces[(inside or titles)[0]].element
    return [replace(piece, hint="heading") if n in titles and piece.element is not chosen else piece for n, piece in enumerate(pieces)]
