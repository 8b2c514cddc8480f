"""Sources of several heads ("Ana Duarte and I", "the minister and her counterpart") -> the speakers of all of them together."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.resolve.reading import Reading
from reaffirm.resolve.titles import RULE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reaffirm.resolve.room import Case

AND = re.compile(r",? (?:and|as well as|along with|together with) |, ")
TITLED = re.compile(r"(?:the|his|her|their) (?=\w)", re.IGNORECASE)
SELF = re.compile(r"(?:I|myself|me)(?: myself)?")


def joined(case: Case, read: Callable[[Case, int, int], Reading | None], behind: Callable[[Reading], tuple[str, ...]]) -> Reading | None:
    """The speakers of a coordinated source, where at least two of its parts speak and every part is known.

    `read` gives the reading of one part by its offsets, `behind` the states behind a reading. Only a source with "I" or a
    person in it is taken apart: states and bodies in a row are read as a whole.
    """
    source = case.statement.source
    if source is None or " and " not in case.words:
        return None
    inside = case.room.within(source.start, source.end)
    parts = list(_parts(source.exact, source.start))
    mine = [SELF.fullmatch(case.room.document.text[a:b].strip()) is not None for a, b in parts]
    titled = all(TITLED.match(case.room.document.text, a) for a, _ in parts)
    if len(parts) < 2 or not (any(mine) or titled or any(m.kind == "person" for m in inside)):
        return None
    readings = [_speaker(case) if own else read(case, a, b) for (a, b), own in zip(parts, mine, strict=True)]
    known = [r for r in readings if r is not None and not r.open]
    if all(r.rule == "voice.person" and r.certainty is None for r in known) and not any(mine):
        return None  # plain names, read as a whole
    if titled and not inside and any(r.rule != RULE for r in known):
        return None  # bodies in a row, read as a whole
    apart = len({name for r in known for name in r.speakers}) == sum(len(r.speakers) for r in known)  # else one is in apposition
    return _together([replace(r, parties=behind(r)) for r in known]) if len(known) == len(parts) and apart else None


def _parts(words: str, start: int) -> Iterator[tuple[int, int]]:
    """The extents of the conjuncts, in the document."""
    done = 0
    for m in AND.finditer(words):
        if m.start() > done:
            yield start + done, start + m.start()
        done = m.end()
    yield start + done, start + len(words)


def _speaker(case: Case) -> Reading | None:
    """Who "I" is: the speaker around, or the one whose speech it is."""
    if case.parent:
        return case.parent
    found = case.room.platform
    return Reading((found.person,), persons=(found.person,), parties=(found.state,) if found.state else ()) if found.person else None


def _together(readings: list[Reading]) -> Reading:
    """The readings as one; its certainty is the weakest of theirs that says anything."""
    speakers = tuple(dict.fromkeys(name for r in readings for name in r.speakers))
    people = tuple(dict.fromkeys(name for r in readings for name in r.persons))
    external = tuple(dict.fromkeys(name for r in readings for name in r.external))
    parties = tuple(dict.fromkeys(name for r in readings for name in r.parties))
    doubts = ("external", "underspecified", "ambiguous", "probable")
    certainty = next((doubt for doubt in doubts if any(r.certainty == doubt for r in readings)), None)
    return Reading(speakers, people, external, parties, certainty, "voice.joined")  # type: ignore[arg-type]
