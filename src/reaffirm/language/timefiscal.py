"""Whose fiscal year is meant: months in which fiscal years begin, by the states that a paragraph names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reaffirm.packs import longest_first

if TYPE_CHECKING:
    from reaffirm.packs import Packs

NAMED = re.compile(r"=FY\d{4}(-\d\d)?\b")


@cache
def _names(packs: Packs) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """The names of all states whose fiscal year is known, as one pattern, and the year by each name."""
    years = {state: entry.value.replace(" ", "") for entry in packs.calendar if entry.kind == "fiscal" for state in entry.states}
    by_name = {
        name: years[state.name]
        for state in packs.states
        if state.name in years
        for name in (state.name, *state.aliases, *state.demonyms, *state.metonyms)
    }
    return re.compile(rf"\b(?:{longest_first(by_name)})\b") if by_name else None, by_name


def fiscal(program: str, text: str, packs: Packs) -> str:
    """The program with the bounds of its fiscal year (`=FY2027@4start`), where all states named in a paragraph share them."""
    if not NAMED.search(program):
        return program
    pattern, years = _names(packs)
    found = {years[m.group()] for m in pattern.finditer(text)} if pattern else set()
    if len(found) != 1:
        return program
    year = found.pop()
    return NAMED.sub(lambda m: f"{m.group()}@{year.replace('end', 'start') if m[1] else year}", program)  # "2034-35" says where it begins
