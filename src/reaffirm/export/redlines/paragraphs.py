"""A redline as paragraphs to be set: runs of text, each with what became of it, and what became of the break behind them.

White space is set as in print: a line break inside a paragraph is a space, one behind a hyphen nothing, and white space
that alone differs is not shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Kind = Literal["same", "deleted", "inserted", "moved-from", "moved-to"]
OLD, NEW = frozenset({"deleted", "moved-from"}), frozenset({"inserted", "moved-to"})
HYPHENED = re.compile(r"(?<=[^\W\d_][-‐‑])(?:\n|\r\n?)(?=[^\W\d_])")
WRAPPED = re.compile(r"[^\S\n\r\x0b\x0c\x85\u2028\u2029]*[\n\r\x0b\x0c\x85\u2028\u2029]\s*")
ILLEGAL = re.compile("[^\t\n\r -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Piece(Protocol):
    """A stretch of text and what became of it, as `linking.redline` gives it."""

    @property
    def kind(self) -> Kind:
        """What became of it."""

    @property
    def text(self) -> str:
        """The text."""

    @property
    def a(self) -> tuple[int, int] | None:
        """Its extent in the first text."""

    @property
    def b(self) -> tuple[int, int] | None:
        """Its extent in the second text."""

    @property
    def move(self) -> int | None:
        """The number that ties both ends of a move."""

    @property
    def layout(self) -> bool:
        """Whether it is white space that alone differs."""

    @property
    def paragraph(self) -> bool:
        """Whether it is the white space between two paragraphs."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one kind; `move` is the move in which it was moved or changed."""

    kind: Kind
    text: str
    move: int | None = None

    @property
    def place(self) -> tuple[int, bool] | None:
        """The move that it belongs to, and whether it stands where the text was moved to."""
        return None if self.move is None else (self.move, self.kind in NEW)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs and the break behind them, whose text is of no account; the last paragraph has none. A heading is of neither text."""

    runs: tuple[Run, ...]
    end: Run | None = None
    heading: bool = False

    def whole(self, kind: Kind) -> bool:
        """Whether all of it went, or came, with a break of that kind."""
        side = OLD if kind in OLD else NEW
        return bool(self.runs) and all(run.kind in side for run in self.runs)


def wrapped(text: str) -> str:
    """The text as print sets it: a line break is a space, one behind a hyphen nothing."""
    return WRAPPED.sub(" ", HYPHENED.sub("", text))


def paragraphs(pieces: Iterable[Piece]) -> tuple[Paragraph, ...]:
    """The paragraphs of a redline in order; at least one, which may be empty."""
    done: list[Paragraph] = []
    runs: list[Run] = []
    for piece in pieces:
        if piece.layout and piece.kind in OLD:
            continue
        run = Run("same" if piece.layout else piece.kind, wrapped(piece.text), piece.move)
        if piece.paragraph:
            done.append(Paragraph(_joined(runs), run))
            runs = []
        else:
            runs.append(run)
    done.append(Paragraph(_joined(runs)))
    return _trimmed(done)


def parted(before: Paragraph, after: Paragraph) -> bool:
    """Whether the break between two paragraphs was itself added or taken away, and not with one of them."""
    kind = before.end.kind if before.end else "same"
    return kind != "same" and not before.whole(kind) and not after.whole(kind)


def places(runs: Sequence[Run]) -> Iterator[tuple[tuple[int, bool] | None, tuple[Run, ...]]]:
    """The runs by the move that they belong to, None for those in no move."""
    for place, group in groupby(runs, key=lambda run: run.place):
        yield place, tuple(group)


def legal(text: str) -> str:
    """The text with U+FFFD for each control character and whatever else XML and HTML have no place for."""
    return ILLEGAL.sub("\ufffd", text)


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, neighbours of one kind made one."""
    groups = (list(group) for _, group in groupby(runs, key=lambda run: (run.kind, run.move)))
    return tuple(Run(group[0].kind, "".join(run.text for run in group), group[0].move) for group in groups)


def _trimmed(found: list[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs without the white space that both texts have at an end."""
    found[0] = _less(found[0], 0)
    found[-1] = _less(found[-1], -1)
    return tuple(found)


def _less(paragraph: Paragraph, at: int) -> Paragraph:
    runs = list(paragraph.runs)
    if runs and runs[at].kind == "same":
        text = runs[at].text.lstrip() if at == 0 else runs[at].text.rstrip()
        runs[at : at + 1 or None] = [Run("same", text)] if text else []
    return Paragraph(tuple(runs), paragraph.end)
