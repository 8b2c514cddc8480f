"""The nouns of a brief: what a reader with five minutes is told of a meeting, forum, actor or issue, every sentence proved by words.

A brief holds no reading of its own: each `Sentence` says what rows of a ledger say, and its `Note`s hold their words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Authority, Span

Subject = Literal["meeting", "forum", "actor", "issue"]


@dataclass(frozen=True, slots=True)
class Origin:
    """A document as a note cites it: its id, public name, title, genre, day (EDTF) and authority; None where unknown."""

    document: str
    doc: str
    title: str | None = None
    genre: str | None = None
    day: str | None = None
    authority: Authority | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What proves a sentence: the row (its id), the words of it in one document, in order of place, and in `why` what they are.

    A receipt of silence has the words of the nearest passage, or none where no word of the item stands in the document.
    """

    row: str
    origin: Origin
    words: tuple[Span, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One claim, with at least one note."""

    text: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under a heading; `about` says what is listed, `short` names it in a few words, `more` counts what was left out."""

    title: str
    short: str
    about: str
    sentences: tuple[Sentence, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the table of wording changes: the words before and now, each with its note (None where there were none)."""

    was: str
    before: Note | None
    now: str
    after: Note | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief of one subject as of a day (ISO 8601): sections that have something to say, wording changes, documents it rests on.

    `basis` says in words how the day came to be and what was left out.
    """

    subject: Subject
    title: str
    as_of: str
    basis: str
    sections: tuple[Section, ...]
    changes: tuple[Change, ...]
    more_changes: int
    origins: tuple[Origin, ...]

    def notes(self) -> Iterator[Note]:
        """All notes in the order in which a reader meets them: those of the sentences, then those of the table."""
        for section in self.sections:
            for sentence in section.sentences:
                yield from sentence.notes
        for change in self.changes:
            yield from (note for note in (change.before, change.after) if note)
