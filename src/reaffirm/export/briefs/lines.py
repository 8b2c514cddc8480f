"""What all forms of a brief say in the same words: headings, the line of counts, the text of a note, the documents, the imprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.days import spoken
from reaffirm.export.book import TOOL
from reaffirm.export.escapes import coded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.brief import Brief, Note, Origin, Section

LONGEST = 600  # code points of the words in a note; the offsets lead to all of them
CHANGES = "Wording changes"
DOCUMENTS = "Documents"
NOTES = "Notes"
COLUMNS = ("was", "now", "what became of it")
ABOUT_CHANGES = "Words of one item in an earlier text and in this one, both footnoted."
IMPRINT = (
    f"Made by {TOOL}. The sentences are a program's reading of the texts; the words that prove each stand in its notes, with the place "
    "in code points and the row for `reaffirm explain`. What texts that are not in the ledger say is not known here."
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A note in three parts: the words, where they stand, and what they are."""

    words: str
    place: str
    why: str

    def __str__(self) -> str:
        """The note as one line."""
        return " ".join(filter(None, (self.words, self.place, self.why)))


def clean(text: str) -> str:
    """The text on one line, without what XML cannot hold."""
    return coded(" ".join(text.split()))


def subtitle(brief: Brief) -> str:
    """What the brief is and as of which day."""
    return f"Brief of {'an' if brief.subject[0] in 'aeiou' else 'a'} {brief.subject} as of {spoken(brief.as_of)}. {brief.basis}"


def glance(brief: Brief) -> list[tuple[str, str]]:
    """The line of counts: (words, title of the section) pairs."""
    counts = [(f"{len(s.sentences) + s.more} {s.short}", s.title) for s in brief.sections if s.short]
    changed = len(brief.changes) + brief.more_changes
    return [*counts, (f"{changed} wording {'change' if changed == 1 else 'changes'}", CHANGES)] if changed else counts


def more(section: Section) -> str:
    """That a section leaves sentences out; empty where it does not."""
    return f"And {section.more} more, which the ledger lists." if section.more else ""


def quoted(note: Note) -> Quoted:
    """The text of a note."""
    words = clean(" … ".join(span.exact for span in note.words))
    cut = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
    places = ", ".join(f"[{span.start}, {span.end})" for span in note.words)
    place = f"{source(note.origin)}{f' {places}' if places else ''}; {note.row}."
    return Quoted(f"“{cut}”" if words else "", place, clean(f"{note.why[0].upper()}{note.why[1:]}.") if note.why else "")


def source(origin: Origin) -> str:
    """A document as a note names it: its title, kind and day, its name in the ledger."""
    about = ", ".join(filter(None, (origin.authority, spoken(origin.day))))
    return clean(f"{f'{origin.title}, ' if origin.title else ''}{about}; {origin.doc}")


def documents(brief: Brief) -> Iterator[tuple[str, str]]:
    """The documents that are cited: name, and what is known of them."""
    for origin in brief.origins:
        known = (origin.title, origin.genre, spoken(origin.day), origin.authority)
        yield clean(origin.doc), clean(", ".join(filter(None, known)))
