"""The redline of two texts: what was deleted, inserted and moved, sentence by sentence, then word by word.

Sentences are aligned first (`pairing`), those that one text lost and the other gained are looked for elsewhere (`moves`), and only two
wordings of one sentence are compared word by word (`edits`). Everything of both texts is in the pieces, in order: without
what was deleted or moved away they are the second text, without what was inserted or moved in they are the first.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from reaffirm.linking.cuts import cut
from reaffirm.linking.edits import changes
from reaffirm.linking.moves import moved
from reaffirm.linking.pairing import aligned, candidates, side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.linking.cuts import Cut
    from reaffirm.linking.moves import Move
    from reaffirm.linking.pairing import Group

PieceKind = Literal["same", "deleted", "inserted", "moved-from", "moved-to"]
OLD, NEW = frozenset({"deleted", "moved-from"}), frozenset({"inserted", "moved-to"})
PHRASE = 4  # words


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what became of it; `a` and `b` are its extents in the texts that have it.

    `move` ties what was moved away to what was moved in, and the words changed on the way; it counts from 1. `layout` says that
    white space alone differs, as where a line was wrapped elsewhere: the piece keeps the texts exact and needs no mark.
    `paragraph` says that the piece is the white space between two paragraphs, and nothing else.
    """

    kind: PieceKind
    text: str
    a: tuple[int, int] | None
    b: tuple[int, int] | None
    move: int | None = None
    layout: bool = False
    paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Redline:
    """Two texts as one series of pieces."""

    pieces: tuple[Piece, ...]

    @property
    def before(self) -> str:
        """The first text."""
        return "".join(piece.text for piece in self.pieces if piece.kind not in NEW)

    @property
    def after(self) -> str:
        """The second text."""
        return "".join(piece.text for piece in self.pieces if piece.kind not in OLD)

    @property
    def changed(self) -> bool:
        """Whether anything but layout differs."""
        return any(piece.kind != "same" and not piece.layout for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Step:
    """Tokens [i, k) of a or [j, m) of b and what became of them; of both where they are the same."""

    kind: PieceKind
    a: tuple[int, int] | None
    b: tuple[int, int] | None
    move: int | None = None


def redline(a: str, b: str) -> Redline:
    """The redline that makes text a text b; of equal texts every piece is the same.

    Offsets are code points, end exclusive. Any text is taken; none is an error.
    """
    first, second = cut(a), cut(b)
    sides = side(first), side(second)
    found = candidates(*sides)
    groups = aligned(*sides, found)
    steps = _steps(first, second, groups, moved(*sides, found, groups))
    return Redline(tuple(_joined(_pieces(first, second, _settled(first, second, steps)))))


# Steps: the tokens of both texts in one order


def _steps(a: Cut, b: Cut, groups: Sequence[Group], moves: Sequence[Move]) -> Iterator[_Step]:
    away, into = _moving(a, b, moves)
    i = j = 0
    for group in (*groups, (len(a.sentences), len(a.sentences), len(b.sentences), len(b.sentences))):
        for n in range(i, group[0]):
            yield from away.get(n, (_Step("deleted", _tokens(a, n, n + 1), None),))
        for n in range(j, group[2]):
            yield from into.get(n, (_Step("inserted", None, _tokens(b, n, n + 1)),))
        i, j = group[1], group[3]
        if group[0] < i:
            yield from _compared(a, b, _tokens(a, group[0], i), _tokens(b, group[2], j))


def _settled(a: Cut, b: Cut, steps: Iterable[_Step]) -> Iterator[_Step]:
    """The steps; where what was deleted begins or ends with the words of what was inserted beside it, those stay."""
    for kept, group in groupby(steps, key=lambda step: step.kind == "same"):
        block = list(group)
        if kept or any(step.move for step in block):
            yield from block
            continue
        first, second = _extent(step.a for step in block), _extent(step.b for step in block)
        head = _alike(a.keys[slice(*first)], b.keys[slice(*second)])
        (i, k), (j, m) = (first[0] + head, first[1]), (second[0] + head, second[1])
        tail = _alike(a.keys[i:k][::-1], b.keys[j:m][::-1])
        k, m = k - tail, m - tail
        if head:
            yield _Step("same", (first[0], i), (second[0], j))
        yield from filter(None, (_clipped(step, (i, k), (j, m)) for step in block))
        if tail:
            yield _Step("same", (k, first[1]), (m, second[1]))


def _extent(extents: Iterable[tuple[int, int] | None]) -> tuple[int, int]:
    """The tokens of neighbouring steps in one text."""
    known = [extent for extent in extents if extent]
    return (known[0][0], known[-1][1]) if known else (0, 0)


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two stretches begin with alike, when they are all of one of them or a phrase; else none."""
    size = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return size if size in {len(a), len(b)} or size >= PHRASE else 0


def _clipped(step: _Step, first: tuple[int, int], second: tuple[int, int]) -> _Step | None:
    """What of a step lies within tokens of either text."""
    a, b = (extent and (max(extent[0], edge[0]), min(extent[1], edge[1])) for extent, edge in ((step.a, first), (step.b, second)))
    within = a or b
    return _Step(step.kind, a, b) if within and within[0] < within[1] else None


def _tokens(text: Cut, start: int, end: int) -> tuple[int, int]:
    """The tokens of the sentences [start, end)."""
    return text.sentences[start].start, text.sentences[end - 1].end


def _compared(a: Cut, b: Cut, first: tuple[int, int], second: tuple[int, int]) -> Iterator[_Step]:
    """The steps of two wordings, given as tokens of each."""
    (x, end), (y, last) = first, second
    i, j = x, y
    for start, stop, begin, until in (*changes(a.keys[x:end], b.keys[y:last]), (end - x, end - x, last - y, last - y)):
        if i < x + start:
            yield _Step("same", (i, x + start), (j, y + begin))
        i, j = x + stop, y + until
        if start < stop:
            yield _Step("deleted", (x + start, i), None)
        if begin < until:
            yield _Step("inserted", None, (y + begin, j))


def _moving(a: Cut, b: Cut, moves: Sequence[Move]) -> tuple[dict[int, list[_Step]], dict[int, list[_Step]]]:
    """The steps of what moved where it was and where it is, by its first sentence; its other sentences have none of their own."""
    away: dict[int, list[_Step]] = {}
    into: dict[int, list[_Step]] = {}
    for number, move in enumerate(moves, 1):
        for i, k, j, m in move.groups:
            steps = list(_compared(a, b, _tokens(a, i, k), _tokens(b, j, m)))
            away |= {n: [] for n in range(i, k)}
            into |= {n: [] for n in range(j, m)}
            away[i] = [_Step("moved-from" if step.kind == "same" else "deleted", step.a, None, number) for step in steps if step.a]
            into[j] = [_Step("moved-to" if step.kind == "same" else "inserted", None, step.b, number) for step in steps if step.b]
    return away, into


# Pieces: the text of the steps, with the white space before each token


def _pieces(a: Cut, b: Cut, steps: Iterable[_Step]) -> Iterator[Piece]:
    """The pieces of steps and of the white space before, between and behind them; neighbours may be of one kind."""
    told = a.start(0), b.start(0)  # how much of either text the pieces so far hold
    yield from _edge(a, b, (0, told[0]), (0, told[1]))
    block: list[_Step] = []
    for step in steps:
        if not step.a or not step.b:
            block.append(step)
            continue
        yield from _block(a, b, block, (step.a[0], step.b[0]), told)
        yield from _same(a, b, step.a, step.b)
        told = a.lead(step.a[1]), b.lead(step.b[1])
        block = []
    ends = len(a.places), len(b.places)
    yield from _block(a, b, block, ends, told)
    yield from _edge(a, b, (max(a.lead(ends[0]), a.start(0)), len(a.text)), (max(b.lead(ends[1]), b.start(0)), len(b.text)))


def _block(a: Cut, b: Cut, block: Sequence[_Step], after: tuple[int, int], told: tuple[int, int]) -> Iterator[Piece]:
    """The pieces of the steps before tokens that are the same again, with the white space before those."""
    i, j = told
    if _share(a, b, block, after):
        first = _first(block, after)
        yield from _space(a, b, first, (i, j))
        i, j = a.start(first[0]), b.start(first[1])
    gone = come = None
    for step in block:
        if step.a:
            yield from _stretch(a, step, i, *step.a)
            i, gone = a.lead(step.a[1]), step
        elif step.b:
            yield from _stretch(b, step, j, *step.b)
            j, come = b.lead(step.b[1]), step
    if after != (len(a.places), len(b.places)):
        yield from _space(a, b, after, (i, j), gone, come)


def _first(block: Sequence[_Step], after: tuple[int, int]) -> tuple[int, int]:
    """The first tokens of a block in either text, or those after it."""
    return next((step.a[0] for step in block if step.a), after[0]), next((step.b[0] for step in block if step.b), after[1])


def _share(a: Cut, b: Cut, block: Sequence[_Step], after: tuple[int, int]) -> bool:
    """Whether the white space before a block is that of both texts: where words replace others, and where a paragraph begins otherwise."""
    i, j = _first(block, after)
    if not block or a.parts(i) != b.parts(j) or a.lead(i) == a.start(i) or b.lead(j) == b.start(j):
        return False
    return not (a.parts(after[0]) and b.parts(after[1])) if a.parts(i) else i < after[0] and j < after[1]


def _stretch(text: Cut, step: _Step, start: int, first: int, end: int) -> Iterator[Piece]:
    """The pieces of tokens [first, end) of one text, from an offset on, each break between paragraphs apart."""
    inner = text.paragraphs[bisect_left(text.paragraphs, max(1, first)) : bisect_left(text.paragraphs, end)]
    for token in (*inner, end):
        stop = text.lead(token)
        if start < stop:
            yield _piece(text, step.kind, (start, stop), step.move)
        if token < end:
            if max(start, stop) < text.start(token):
                yield _mark(_piece(text, step.kind, (max(start, stop), text.start(token)), step.move), paragraph=True)
            start = text.start(token)


def _piece(text: Cut, kind: PieceKind, extent: tuple[int, int], move: int | None = None) -> Piece:
    """A piece of one text."""
    a, b = (extent, None) if kind in OLD else (None, extent)
    return Piece(kind, text.text[slice(*extent)], a, b, move)


def _mark(piece: Piece, *, layout: bool = False, paragraph: bool = False) -> Piece:
    """A piece of white space that is layout, or a break between paragraphs."""
    return replace(piece, layout=layout, paragraph=paragraph)


def _edge(a: Cut, b: Cut, first: tuple[int, int], second: tuple[int, int]) -> Iterator[Piece]:
    """The white space at an end of both texts; no reader sees it differ."""
    (i, k), (j, m) = first, second
    if a.text[i:k] == b.text[j:m]:
        if i < k:
            yield Piece("same", a.text[i:k], first, second, layout=True)
        return
    if i < k:
        yield _mark(_piece(a, "deleted", first), layout=True)
    if j < m:
        yield _mark(_piece(b, "inserted", second), layout=True)


def _space(
    a: Cut, b: Cut, tokens: tuple[int, int], told: tuple[int, int], gone: _Step | None = None, come: _Step | None = None
) -> Iterator[Piece]:
    """The white space before a token of each text; what one has and the other has not goes with what went before it."""
    (i, k), (j, m) = (told[0], a.start(tokens[0])), (told[1], b.start(tokens[1]))
    parts = a.parts(tokens[0]), b.parts(tokens[1])
    if a.text[i:k] == b.text[j:m] and parts[0] == parts[1]:
        if i < k:
            yield Piece("same", a.text[i:k], (i, k), (j, m), paragraph=parts[0])
        return
    layout = i < k and j < m and parts[0] == parts[1]
    if i < k:
        piece = _piece(a, *_kind(None if layout else gone, "deleted", (i, k)))
        yield _mark(piece, layout=layout, paragraph=parts[0])
    if j < m:
        piece = _piece(b, *_kind(None if layout else come, "inserted", (j, m)))
        yield _mark(piece, layout=layout, paragraph=parts[1])


def _kind(step: _Step | None, kind: PieceKind, extent: tuple[int, int]) -> tuple[PieceKind, tuple[int, int], int | None]:
    """What white space behind a step became: it moved with the step, or is of that kind."""
    return (step.kind, extent, step.move) if step and step.kind.startswith("moved") else (kind, extent, None)


def _same(a: Cut, b: Cut, first: tuple[int, int], second: tuple[int, int]) -> Iterator[Piece]:
    """The pieces of tokens that are the same, but for the white space before the first."""
    for i, j in zip(range(*first), range(*second), strict=True):
        if i > first[0]:
            yield from _space(a, b, (i, j), (a.lead(i), b.lead(j)))
        if a.words[i] == b.words[j]:
            yield Piece("same", a.words[i], a.places[i], b.places[j])
        else:  # the end of a line behind a hyphen
            yield _mark(_piece(a, "deleted", a.places[i]), layout=True)
            yield _mark(_piece(b, "inserted", b.places[j]), layout=True)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, neighbours of one kind made one."""
    for _, group in groupby(pieces, key=lambda piece: (piece.kind, piece.move, piece.layout, piece.paragraph)):
        run = list(group)
        first, last = run[0], run[-1]
        a = (first.a[0], last.a[1]) if first.a and last.a else None
        b = (first.b[0], last.b[1]) if first.b and last.b else None
        yield Piece(first.kind, "".join(piece.text for piece in run), a, b, first.move, first.layout, first.paragraph)
