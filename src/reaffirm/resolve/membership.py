"""The members of a forum on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.packs import MEMBERSHIP

if TYPE_CHECKING:
    from reaffirm.packs import Forum


def members(forum: Forum, day: str | None) -> tuple[str, ...]:
    """The members of a forum on a day, month or year: those listed, without later ones, with those that have left since.

    Without a day, and where the pack gives no terms, those listed.
    """
    if day is None:
        return forum.members
    found = [m for m in map(MEMBERSHIP.fullmatch, forum.terms) if m]
    terms = {m["state"]: (m["start"] or "", m["end"] or "") for m in found}
    listed = dict.fromkeys((*forum.members, *terms))
    return tuple(state for state in listed if _within(day, *terms.get(state, ("", ""))))


def _within(day: str, start: str, end: str) -> bool:
    """Whether a day lies in a term, to the precision that both have; an open bound holds for ever."""
    first, last = day.split("/", maxsplit=1)[0], day.rsplit("/", maxsplit=1)[-1]
    began = _cut(start, first) <= _cut(first, start)
    return began and (not end or _cut(last, end) <= _cut(end, last))


def _cut(date: str, other: str) -> str:
    return date[: min(len(date), len(other))]
