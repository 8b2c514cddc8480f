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
from functools import partial
from itertools import groupby, pairwise, takewhile
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
SENTENCE_ENDS = (".", "!", "?", "”", '"', "’", "。", "」", "…", "»", "“")
UNBOXED = frozenset({"html", "body", "main"})  # no boxes of a label and its links
HEADINGS = frozenset({"title", "heading", "standfirst", "note"})
COPYRIGHT = re.compile(r"^\W{0,3}(?:©|\(c\) ?(?:19|20)\d\d|copyright\b)|\ball rights reserved\b", re.IGNORECASE | re.MULTILINE)
TITLE = 0.4  # of the title of the page; what is less may be the name of its site
UNPARTED = frozenset({"p", "li", "dd", "blockquote", "figcaption"})  # one paragraph, though breaks may part it
LABEL = 40  # code points; the most that a label of a list of links has


def judge(page: HtmlElement, pieces: Sequence[Piece], text: str, layout: Layout) -> tuple[list[Piece], tuple[Found, ...]]:
    """The pieces with the reasons that links, place and the vote add, and what went wrong with the vote."""
    judged = _with_title(_without_links(list(pieces), text), text, _fold(layout.title))
    if len(layout.below) > MAX_ELEMENTS or layout.depth > MAX_DEPTH:
        return judged, (_silent("the page has too many elements, or nests them too deep"),)
    kept, problems = _second_opinion(page, judged, text)
    container = _container(judged, text, kept)
    if container is not None:
        judged = _without_others(judged, container, layout)
        judged = _without_outsiders(judged, container, kept, layout)
    judged = _without_imprint(_with_listed(judged), text)
    return _one_title(judged, container), problems


def _without_links(pieces: list[Piece], text: str) -> list[Piece]:
    """The pieces, runs of nothing but links made furniture unless they stand within a run of paragraphs."""
    body = [number for number, piece in enumerate(pieces) if not piece.reason]
    announced = _announced(pieces, text, body)
    at = 0
    for only, group in groupby(body, key=lambda number: number not in announced and _only_links(pieces[number], text)):
        run = list(group)
        before, after = body[max(0, at - 2) : at], body[at + len(run) : at + len(run) + 2]
        at += len(run)
        if not only or _belongs(pieces, run, before[-1:], after[:1]):
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
    if piece.links + piece.anchors >= LINKED and piece.hint != "heading":
        return True
    return piece.links >= LINKED or (piece.links >= TRAIL_LINKED and TRAIL.search(text, piece.start, piece.end) is not None)


def _announced(pieces: Sequence[Piece], text: str, body: Sequence[int]) -> set[int]:
    """The numbers of the pieces of lists that a sentence before them announces; all of a list belongs to the text."""
    found: set[int] = set()
    for at, (number, follower) in enumerate(pairwise(body), 1):
        words, parent = text[pieces[number].start : pieces[number].end], pieces[number].element.getparent()
        if follower in found or parent is None or not words.endswith(":") or len(words) <= LABEL:
            continue
        if _inside(pieces[follower].element, parent):
            inside = partial(_within, pieces, _top(pieces[follower].element, {parent}))
            found.update(takewhile(inside, map(body.__getitem__, range(at, len(body)))))
    return found


def _within(pieces: Sequence[Piece], container: HtmlElement, number: int) -> bool:
    return _inside(pieces[number].element, container)


def _belongs(pieces: Sequence[Piece], run: list[int], before: list[int], after: list[int]) -> bool:
    """Whether a run of links is part of the text: one link among paragraphs, or one heading of a part that folds."""
    if not before:
        return False
    if len(run) == 1 and after and pieces[run[0]].anchors > pieces[run[0]].links:
        return True
    parent = pieces[before[0]].element.getparent()
    neighbours = [pieces[number] for number in (*run, *after)]
    alone = len(run) == len(after) == 1 and neighbours[1].hint != "heading"
    alone = alone and neighbours[0].element.tag == pieces[before[0]].element.tag  # a figure or box among paragraphs is a teaser
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
    return frozenset(number for number, piece in enumerate(pieces) if _heard(piece, text, lines, whole)), ()


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


def _heard(piece: Piece, text: str, lines: set[str], whole: str) -> bool:
    """Whether the second opinion has a piece, or a long line of it: it drops titles and dates that share an element with the text."""
    parts = [_fold(line) for line in text[piece.start : piece.end].split("\n")]
    return _found(" ".join(parts), lines, whole) or any(len(part) >= PROSE and part in whole for part in parts)


def _found(words: str, lines: set[str], whole: str) -> bool:
    return bool(words) and (words in lines or (len(words) >= PROSE and words in whole))


def _words(piece: Piece, text: str) -> str:
    return _fold(text[piece.start : piece.end])


def _fold(text: str) -> str:
    return WORDS.sub(" ", text.casefold()).strip()


def _container(pieces: Sequence[Piece], text: str, kept: frozenset[int] | None) -> HtmlElement | None:
    """The smallest element that holds nearly all prose of the article, widened to the `<article>` it stands in."""
    prose: Counter[HtmlElement] = Counter()
    own = Counter(piece.element for piece in pieces)
    total = 0
    for number, piece in enumerate(pieces):
        if _is_prose(piece, text) and (kept is None or number in kept):
            size = piece.end - piece.start
            total += size
            prose.update(dict.fromkeys(piece.element.iterancestors(), size))
            if own[piece.element] > 1 and piece.element.tag not in UNPARTED:  # paragraphs parted by breaks: the element is their container
                prose[piece.element] += size
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


def _with_listed(pieces: list[Piece]) -> list[Piece]:
    """The pieces; where nothing but the title is body, the links beside and below the title are the text: a list of documents."""
    title = next((piece for piece in pieces if piece.hint == "title" and not piece.reason), None)
    if title is None or any(not piece.reason and piece.hint not in HEADINGS for piece in pieces):
        return pieces
    box = title.element.getparent()
    if box is None or box.tag in {"html", "body"}:
        return pieces
    return [
        replace(piece, reason="") if piece.reason == "links" and piece.start > title.end and _inside(piece.element, box) else piece
        for piece in pieces
    ]


def _with_title(pieces: list[Piece], text: str, title: str) -> list[Piece]:
    """The pieces; where none is marked as title, the longest that the title of the page begins or ends with is one.

    It makes a good part of the title of the page; the rest is the name of the site, which may stand on the page as well.
    """
    if any(piece.hint == "title" and not piece.reason for piece in pieces):
        return pieces
    words = {number: _words(piece, text) for number, piece in enumerate(pieces) if not piece.reason and piece.end - piece.start <= SHORT}
    fit = [n for n, own in words.items() if own and (f"{title} ".startswith(f"{own} ") or f" {title}".endswith(f" {own}"))]
    best = max(fit, key=lambda n: len(words[n]), default=None)
    if best is None or len(words[best]) < TITLE * len(title):
        return pieces
    return [*pieces[:best], replace(pieces[best], hint="title"), *pieces[best + 1 :]]


def _without_imprint(pieces: list[Piece], text: str) -> list[Piece]:
    """The pieces, those from the line of copyright on made furniture where it stands behind all prose."""
    end = max((number for number, piece in enumerate(pieces) if _has_prose(piece, text)), default=len(pieces))
    behind = (n for n in range(end + 1, len(pieces)) if pieces[n].hint != "caption")
    first = next((n for n in behind if COPYRIGHT.search(text, pieces[n].start, pieces[n].end)), len(pieces))
    return [replace(piece, reason=piece.reason or "imprint") if n >= first else piece for n, piece in enumerate(pieces)]


def _has_prose(piece: Piece, text: str) -> bool:
    """Whether some line of a body piece is long enough for prose and is no line of copyright."""
    lines = [] if piece.reason else [line.strip() for line in text[piece.start : piece.end].split("\n")]
    return any(
        len(_fold(line)) >= PROSE and (line.endswith(SENTENCE_ENDS) or len(line) > SHORT) and not COPYRIGHT.search(line) for line in lines
    )


def _opening(pieces: Sequence[Piece], container: HtmlElement) -> Iterator[int]:
    """The numbers of the pieces from the title to the container: standfirst, byline, date, caption; and a note boxed above it."""
    first = next((n for n, piece in enumerate(pieces) if not piece.reason and _inside(piece.element, container)), 0)
    titles = [n for n, piece in enumerate(pieces[:first]) if piece.hint == "title" and not piece.reason]
    yield from range(titles[-1] if titles else first, first)
    box = pieces[titles[-1]].element.getparent() if titles else None
    if box is not None and box.tag not in UNBOXED:
        yield from (n for n in range(titles[-1]) if pieces[n].hint == "note" and _inside(pieces[n].element, box))


def opening(pieces: Sequence[Piece], text: str) -> Iterator[Piece]:
    """The body pieces before the first paragraph of prose: title, byline, date."""
    for piece in pieces:
        if not piece.reason and piece.hint not in HEADINGS and (_has_prose(piece, text) or len(_words(piece, text)) >= 2 * PROSE):
            return
        if not piece.reason:
            yield piece


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
