"""A redline as it is shown: lines that hold a sentence of one text beside its counterpart, and the changes in words.

Where one text ends a sentence and the other does too, a line ends. Offsets are code points of the documents, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from reaffirm.export.redlines.paragraphs import NEW, OLD, Kind, wrapped
from reaffirm.itemising import END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.export.redlines.paragraphs import Piece
    from reaffirm.model import Span

LineKind = Literal["same", "changed", "deleted", "inserted", "moved away", "moved here"]
Extent = tuple[int, int]
Places = tuple[tuple[int, int], ...]
Side = Literal["a", "b"]
SIDES: tuple[Side, ...] = ("a", "b")
ABSENT: dict[Side, frozenset[str]] = {"a": NEW, "b": OLD}  # the kinds that a text does not have
LABEL = re.compile(r"\W*\w{1,4}\W?")
CLOSES = re.compile(r"[.!?;:…][”’\"')\]]*\s*$")
WORD = re.compile(r"\w+")
MARK = "¶"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one kind, white space plain; `move` is the number of the move in which it was moved or changed."""

    kind: Kind
    text: str
    move: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or more, as they stand in both texts: what became of it, its runs, and where it stands in each document.

    `other` is the number of the line at the other end of a move; `opens` says that a paragraph begins here.
    """

    number: int
    kind: LineKind
    runs: tuple[Run, ...]
    first: Extent | None
    second: Extent | None
    opens: bool
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words: the number of its line, what became of what; empty where there is nothing on that side."""

    line: int
    kind: Literal["replaced", "deleted", "inserted", "moved"]
    was: str
    now: str
    other: int | None = None


@dataclass(slots=True)
class _Draft:
    """A line while it is gathered: its atoms, and the texts of it whose sentence has not ended."""

    opens: bool
    atoms: list[_Atom] = field(default_factory=list)
    open: set[Side] = field(default_factory=set)

    def take(self, atom: _Atom) -> None:
        """Nothing, once an atom stands in the line."""
        self.atoms.append(atom)
        for side in SIDES:
            if atom.kind not in ABSENT[side] and atom.text.strip():
                (self.open.discard if _closed(self.text(side)) else self.open.add)(side)

    def text(self, side: Side) -> str:
        """What one of the texts says in the line."""
        return "".join(atom.text for atom in self.atoms if atom.kind not in ABSENT[side])

    @property
    def mixed(self) -> bool:
        """Whether it has words of both texts at once, which hold it together."""
        return any(atom.kind == "same" and atom.text.strip() for atom in self.atoms)

    def ended(self) -> Iterator[_Draft]:
        """What of the line has ended: all of it, or what one text alone has; that is taken from it."""
        if not self.open:
            yield _Draft(self.opens, self.atoms)
            self.opens, self.atoms = False, []
        elif not self.mixed and len(self.open) == 1:
            yield self.part("a" if "b" in self.open else "b")

    def part(self, side: Side) -> _Draft:
        """The atoms of one text as a line of their own, taken from this one, which must not be mixed."""
        own = [atom for atom in self.atoms if atom.kind not in ABSENT[side]]
        self.atoms = [atom for atom in self.atoms if atom.kind in ABSENT[side]]
        self.open.discard(side)
        return _Draft(self.opens, own)


@dataclass(frozen=True, slots=True)
class _Atom:
    """A piece, or the part of an unchanged one that belongs to one sentence; its extents without the white space around."""

    kind: Kind
    text: str
    a: Extent | None
    b: Extent | None
    move: int | None
    layout: bool


def runs(pieces: Iterable[Piece]) -> tuple[Run, ...]:
    """The pieces of a short redline as runs in one line."""
    return tuple(_joined(Run("same" if p.layout else p.kind, p.text, p.move) for p in pieces if not (p.layout and p.kind in OLD)))


def kept(found: Iterable[Run]) -> float:
    """The share (0 to 1) of the words of the longer side that both sides have."""
    words = {"same": 0, "old": 0, "new": 0}
    for run in found:
        side = "old" if run.kind in OLD else "new" if run.kind in NEW else "same"
        words[side] += len(WORD.findall(run.text))
    return words["same"] / max(1, words["same"] + max(words["old"], words["new"]))


def lines(pieces: Sequence[Piece], first: Places, second: Places) -> tuple[Line, ...]:
    """The lines of a redline; `first` and `second` say where the blocks of the compared texts stand in their documents."""
    drafts = [draft for draft in _drafts(pieces) if any(atom.text.strip() for atom in draft.atoms)]
    return tuple(_tied([_line(number, draft, first, second) for number, draft in enumerate(drafts, 1)]))


def _line(number: int, draft: _Draft, first: Places, second: Places) -> Line:
    runs = tuple(_joined(map(_run_of, draft.atoms)))
    return Line(number, _kind(draft), runs, _extent(draft, "a", first), _extent(draft, "b", second), draft.opens)


def _drafts(pieces: Sequence[Piece]) -> Iterator[_Draft]:
    """Lines as they end: where both texts end a sentence or paragraph; what one text alone has does not wait for the other."""
    draft = _Draft(opens=True)
    for n, piece in enumerate(pieces):
        if piece.paragraph:
            side: Side = "a" if piece.kind in OLD else "b"
            if piece.kind != "same" and not draft.mixed:
                yield draft.part(side)
            elif piece.kind != "same" and draft.open - {side} and not _over(pieces, n, side):
                draft.take(_Atom(piece.kind, MARK, None, None, piece.move, layout=False))
            else:
                yield draft
                draft = _Draft(opens=True)
            continue
        for atom in _atoms(piece):
            draft.take(atom)
            yield from draft.ended()
    yield draft


def _over(pieces: Sequence[Piece], n: int, side: Side) -> bool:
    """Whether the text that does not have piece n ends a paragraph there too, whatever the one that has it goes on with."""
    rest = (piece for piece in pieces[n + 1 :] if piece.kind not in ABSENT["b" if side == "a" else "a"])
    following = next(rest, None)
    return following is None or following.paragraph


def _closed(text: str) -> bool:
    """Whether a text has come to the end of a sentence; the number of a paragraph is none."""
    return CLOSES.search(text) is not None and LABEL.fullmatch(text.strip()) is None


def _atoms(piece: Piece) -> Iterator[_Atom]:
    """The piece, an unchanged one cut where its sentences end."""
    if piece.layout and piece.kind in OLD:
        return
    cuts = [0, *(found.end() for found in END.finditer(piece.text)), len(piece.text)] if piece.kind == "same" else [0, len(piece.text)]
    for low, high in pairwise(cuts):
        text = piece.text[low:high]
        if text:
            yield _Atom(piece.kind, text, _within(piece.a, text, low), _within(piece.b, text, low), piece.move, piece.layout)


def _run_of(atom: _Atom) -> Run:
    return Run("same" if atom.layout else atom.kind, atom.text, atom.move)


def _within(extent: Extent | None, text: str, low: int) -> Extent | None:
    if extent is None:
        return None
    start = extent[0] + low + len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _joined(found: Iterable[Run]) -> Iterator[Run]:
    """The runs with plain white space, neighbours of one kind made one, without white space at either end."""
    done: list[Run] = []
    for run in found:
        if done and (done[-1].kind, done[-1].move) == (run.kind, run.move):
            done[-1] = Run(run.kind, done[-1].text + run.text, run.move)
        else:
            done.append(run)
    plain = [Run(run.kind, wrapped(run.text), run.move) for run in done]
    if plain:
        plain[0] = Run(plain[0].kind, plain[0].text.lstrip(), plain[0].move)
        plain[-1] = Run(plain[-1].kind, plain[-1].text.rstrip(), plain[-1].move)
    return (run for run in plain if run.text)


def _kind(draft: _Draft) -> LineKind:
    own = [atom for atom in draft.atoms if atom.text.strip() and not atom.layout]
    kinds = {atom.kind for atom in own} or {"same"}
    if kinds == {"same"}:
        return "same"
    if "same" in kinds:
        return "changed"
    moved = any(atom.move for atom in own)
    if kinds <= OLD:
        return "moved away" if moved else "deleted"
    if kinds <= NEW:
        return "moved here" if moved else "inserted"
    return "changed"


def _extent(draft: _Draft, side: Side, places: Places) -> Extent | None:
    """From the first to the last atom of one text, as offsets in its document."""
    own = (atom.a if side == "a" else atom.b for atom in draft.atoms if atom.kind not in ABSENT[side] and atom.text.strip())
    extents = [extent for extent in own if extent]
    if not extents or not places:
        return None
    return _placed(extents[0][0], places), _placed(extents[-1][1] - 1, places) + 1


def _placed(offset: int, places: Places) -> int:
    at = max(0, bisect_right(places, offset, key=lambda place: place[0]) - 1)
    return offset - places[at][0] + places[at][1]


def _tied(found: Sequence[Line]) -> Iterator[Line]:
    """The lines, those with an end of a move tied to the line with the other."""
    ends: dict[tuple[int, bool], int] = {}
    for line in found:
        for run in line.runs:
            if run.move:
                ends.setdefault((run.move, run.kind in NEW), line.number)
    for line in found:
        move = next(((run.move, run.kind not in NEW) for run in line.runs if run.move), None)
        other = ends.get(move) if move else None
        yield Line(line.number, line.kind, line.runs, line.first, line.second, line.opens, other if other != line.number else None)


def changes(found: Iterable[Line]) -> Iterator[Change]:
    """What was changed, in words, in order; a move is told once, where the text was."""
    for line in found:
        if line.kind == "moved here" and line.other:
            continue
        if line.kind == "moved away":
            yield Change(line.number, "moved", "".join(run.text for run in line.runs), "", line.other)
            continue
        was = now = ""
        for run in (*line.runs, Run("same", " ")):
            if run.kind in OLD:
                was += run.text
            elif run.kind in NEW:
                now += run.text
            elif was or now:
                kind: Literal["replaced", "deleted", "inserted"] = "replaced" if was and now else "deleted" if was else "inserted"
                yield Change(line.number, kind, was.strip(), now.strip())
                was = now = ""


def marked(whole: Span | None, parts: Iterable[tuple[Span, Kind]]) -> Iterator[Run]:
    """The words of a span as runs, some parts of it of another kind; parts that lie outside or overlap an earlier one are left out."""
    if whole is None:
        return
    at = whole.start
    for part, kind in sorted(parts, key=lambda found: found[0].start):
        if part.document == whole.document and at <= part.start < part.end <= whole.end:
            yield from _run("same", whole.exact[at - whole.start : part.start - whole.start])
            yield from _run(kind, whole.exact[part.start - whole.start : part.end - whole.start])
            at = part.end
    yield from _run("same", whole.exact[at - whole.start :])


def _run(kind: Kind, text: str) -> Iterator[Run]:
    if text:
        yield Run(kind, wrapped(text))
