"""The register of offices as the command line asks it: words in, rows of the offices pack out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm import packs
from reaffirm.resolve.incumbents import holders_of, is_day, offices_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reaffirm.resolve.incumbents import Incumbent


def ask(who: str, state: str | None = None, day: str | None = None, folders: Iterable[Path] = ()) -> tuple[Incumbent, ...]:
    """The terms that answer `OFFICE STATE [DAY]` or `PERSON [DAY]`, sourced before unverified; empty when nobody is known for the day.

    A second word that is written like a day is one: `ask("Ana Duarte", "2031-04")`. Raises `UsageError` for an office, state, person
    or day that is not known, and `PackError` for a folder of packs that cannot be read.
    """
    known = packs.load(*folders)
    if state is not None and day is None and is_day(state):
        return offices_of(known, who, state)
    if state is None:
        return offices_of(known, who, day)
    return holders_of(known, who, state, day)
