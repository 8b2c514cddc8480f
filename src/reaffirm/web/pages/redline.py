"""Two documents laid side by side: what was deleted, inserted and moved, sentence by sentence, then word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query, Request, Response

from reaffirm.comparison import Side
from reaffirm.export.redlines import FORMS, titled
from reaffirm.ledger import Ledger
from reaffirm.web import redlining
from reaffirm.web.answering import at
from reaffirm.web.page import page
from reaffirm.web.pages import OTHERS
from reaffirm.web.redlining import Change, Line

Name = Annotated[str, Query(max_length=300, description="A document's name, its id or the beginning of that.")]
Form = Literal["docx", "html"]
TYPES: dict[Form, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "html": "application/octet-stream",
}  # fmt: skip
CHOICES = 400  # documents that are offered by name


@dataclass(frozen=True, slots=True)
class Choice:
    """A document that may be chosen: the name to be written, and its title."""

    doc: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Redlined:
    """Two documents as lines that stand beside each other, and the changes in words; without two there is only a choice.

    `kept` is the share (0 to 1) of words that both have; `counts` how many lines are of each kind.
    """

    first: Side | None
    second: Side | None
    lines: tuple[Line, ...]
    changes: tuple[Change, ...]
    counts: tuple[tuple[redlining.LineKind, int], ...]
    kept: float
    choices: tuple[Choice, ...]


@page("/redline", "redline.html", "Redline")
def redline(ledger: Ledger, a: Name = "", b: Name = "") -> Redlined:
    """What became of one document in another, sentence by sentence and word by word."""
    choices = tuple(Choice(f.doc, f.title) for f in ledger.documents()) if ledger.size() <= CHOICES else ()
    if not (a and b):
        return Redlined(None, None, (), (), (), 0.0, choices)
    found = ledger.compared(a, b)
    lines = redlining.lines(found.pieces, found.first.places, found.second.places)
    kinds: tuple[redlining.LineKind, ...] = ("changed", "inserted", "deleted", "moved away", "same")
    counts = tuple((kind, sum(line.kind == kind for line in lines)) for kind in kinds)
    kept = redlining.kept(run for line in lines for run in line.runs)
    return Redlined(found.first, found.second, lines, tuple(redlining.changes(lines)), counts, round(kept, 3), choices)


@OTHERS.get("/redline/file")
def file(request: Request, a: Name, b: Name, form: Form = "docx") -> Response:
    """The redline as a file: a DOCX with tracked changes, or a page that stands alone."""
    found = at(request).ask(lambda ledger: ledger.compared(a, b))
    return attachment(FORMS[form](found.pieces, titled(a, b)), "redline", form)


def attachment(data: bytes, name: str, form: Form) -> Response:
    """A file to be saved, never shown."""
    return Response(data, media_type=TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'})
