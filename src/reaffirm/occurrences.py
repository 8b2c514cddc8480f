"""The entries of the packs of events (what happened and when it could first be named, what was only feared) and of outcomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Where = Literal["before", "behind", "sentence", "open"]
Becomes = Literal["carried out", "delayed", "reversed"]
Standing = Literal["words", "act", "opening", "verb"]
DAY = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Event:
    """An event known by a name that nobody could have given before `first`: its names, and where the day is from.

    `first` is a day, month or year; its own first day counts. Of `forms` a capital must be one in the text. `needs` are words in small
    letters without one of which the pattern cannot be found: it saves the search. `also` is the day from which on the same words were
    said of something else too, `note` of what.
    """

    id: str
    name: str
    first: str
    source: str = ""
    forms: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    needs: tuple[str, ...] = ()
    also: str = ""
    note: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise `ValueError`, which the loader turns into a `PackError`, for an event without a date, a source or words."""
        wrong = next((day for day in filter(None, (self.first, self.also)) if not DAY.fullmatch(day)), None)
        if wrong or not self.first:
            message = f"first or also: {wrong or 'nothing'} is no date; write 2031, 2031-04 or 2031-04-12"
            raise ValueError(message)
        if not self.source or not (self.forms or self.pattern):
            message = "it needs a source, and forms or a pattern"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Omen:
    """Words beside which an event is feared, planned or supposed; `reach` is how many words may stand between them and its name."""

    id: str
    where: Where
    forms: tuple[str, ...]
    source: str = ""
    reach: int = 0
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Words that say what has become of something promised, asked or planned, and where they stand when they say so."""

    id: str
    becomes: Becomes
    where: Standing
    pattern: re.Pattern[str]
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
