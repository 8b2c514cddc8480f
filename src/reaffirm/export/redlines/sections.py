"""Redlines of a whole chain: a section for each document, with what it says and what changed, or that it says nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.export.redlines.page import sheet
from reaffirm.export.redlines.paragraphs import Paragraph, Run, paragraphs
from reaffirm.export.redlines.rows import row
from reaffirm.export.redlines.terminal import lines
from reaffirm.export.redlines.tracked import file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reaffirm.export.redlines.paragraphs import Piece
    from reaffirm.model import Span
    from reaffirm.sequels import Place, Silence

BREAK = Run("same", "\n\n")


@dataclass(frozen=True, slots=True)
class Section:
    """What one document of a chain says of a subject: its passages, and their redline against those of the document `against`.

    The first has nothing before it, and all of it is the same. One that says nothing has no passages but a receipt, `gap`.
    """

    place: Place
    passages: tuple[Span, ...]
    against: str | None
    pieces: tuple[Piece, ...]
    gap: Silence | None = None

    @property
    def heading(self) -> str:
        """The day and name of the document, and what it is held against."""
        first, last = self.place.first, self.place.last
        day = (first or "?") if first == last else f"{first or '..'}/{last or '..'}"
        said = f"against {self.against}" if self.against else "not mentioned" if self.gap else "first passages"
        return f"{day}  {self.place.doc}: {said}"


def composed(sections: Iterable[Section]) -> tuple[Paragraph, ...]:
    """All sections as one series of paragraphs, under headings; moves are numbered through."""
    return tuple(paragraph for section, past in _numbered(sections) for paragraph in _paragraphs(section, past))


def _numbered(sections: Iterable[Section]) -> Iterator[tuple[Section, int]]:
    """Each section with the number of moves in those before it."""
    past = 0
    for section in sections:
        yield section, past
        past += max((piece.move or 0 for piece in section.pieces), default=0)


def _paragraphs(section: Section, past: int) -> Iterator[Paragraph]:
    yield Paragraph((Run("same", section.heading),), BREAK, heading=True)
    if section.gap:
        near = section.gap.nearest
        nearest = f" Nearest, {section.gap.score:.2f}: “{' '.join(near.exact.split())}”" if near else ""
        yield Paragraph((Run("same", f"Searched: {section.gap.searched}.{nearest}"),), BREAK)
        return
    for found in paragraphs(section.pieces):
        runs = tuple(replace(run, move=run.move + past) if run.move else run for run in found.runs)
        yield Paragraph(runs, found.end or BREAK)


def data(sections: Sequence[Section]) -> str:
    """The chain as JSON: `{"sections": […]}`, each with place, passages, `against`, gap and the pieces of its redline."""
    found = [
        {
            "place": asdict(section.place), "passages": [asdict(span) for span in section.passages], "against": section.against,
            "gap": asdict(section.gap) if section.gap else None, "pieces": [row(piece) for piece in section.pieces],
        }
        for section in sections
    ]  # fmt: skip
    return json.dumps({"sections": found}, indent=1) + "\n"


CHAIN_FORMS: dict[str, Callable[[Sequence[Section], str], bytes]] = {
    "text": lambda sections, _title: lines(composed(sections)).encode(),
    "html": lambda sections, title: sheet(composed(sections), title).encode(),
    "docx": lambda sections, title: file(composed(sections), title),
    "json": lambda sections, _title: data(sections).encode(),
}
