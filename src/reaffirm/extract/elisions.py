"""Statement and text -> where its quoted words were cut or added to: dots, empty brackets, bracketed words.

An audit of quotations needs them: between two elisions the words must stand in the source as they are, across one they need not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.extract.quotes import quotations
from reaffirm.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Statement

DOTS = r"(?:…|\.{3,}|\.(?: \.){2,3})"
# An ellipsis in brackets is one place; a bracket holds at most a line, and no further bracket.
PLACES = re.compile(rf"\[\s*{DOTS}?\s*\]|\[[^\[\]\n]{{1,120}}\]|{DOTS}")
# Words in brackets that nobody put into the quotation but a mark of the editor's care or of the source's layout.
NOTES = re.compile(r"\[(?:sic|\d{1,3}|laughter|applause|inaudible|crosstalk)\]", re.IGNORECASE)


def elisions(statement: Statement, text: str) -> tuple[Span, ...]:
    """The places inside the statement's quoted words where words were left out or put in, in order of place.

    `text` is the canonical text of the statement's document; offsets are code points, end exclusive. A span with a
    letter is an insertion ("[the Treaty]"), one without a cut ("…", "[...]"). In a turn all words count as quoted.
    "[sic]", notes and stage directions are neither.
    """
    return tuple(_places(statement, text))


def _places(statement: Statement, text: str) -> Iterator[Span]:
    for start, end in _quoted(statement, text):
        for found in PLACES.finditer(text, start, end):
            if not NOTES.fullmatch(found[0]):
                yield Span(statement.document, found.start(), found.end(), found[0])


def _quoted(statement: Statement, text: str) -> Iterator[tuple[int, int]]:
    """The extents of the content in quotation marks; all of it in turns and inside a quotation around it."""
    for span in statement.content:
        low, high = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
        marks = quotations(text, low, high if high >= 0 else len(text))
        if statement.directness == "turn" or any(q.holds(span.start, span.end) for q in marks):
            yield span.start, span.end
        else:
            yield from ((q.start, q.end) for q in marks if span.start <= q.start and q.end <= span.end)
