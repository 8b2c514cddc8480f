"""Time expressions of a document whose day of publication is only known within bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.days import FIRST_DAY, LAST_DAY, bounds
from reaffirm.language.times import anchored
from reaffirm.model import Field

if TYPE_CHECKING:
    from reaffirm.model import Card, When


def reanchored(whens: tuple[When, ...], card: Card) -> tuple[When, ...]:
    """The time expressions of a document as its bounds settle them.

    An expression that means the same from the first possible day as from the last has that meaning; one that does not
    keeps what the days have in common ("this year"), or the interval from the earliest reading to the latest.
    """
    edges = [field.value for field in (card.earliest, card.latest) if field.value]
    plain = anchored(whens, card)
    if len(edges) < 2 or card.published.value is not None:
        return plain
    common = anchored(whens, _dated(card, "/".join(edges)))
    read = zip(plain, common, *(anchored(whens, _dated(card, edge)) for edge in edges), strict=True)
    return tuple(_settled(*readings) for readings in read)


def _dated(card: Card, day: str) -> Card:
    return replace(card, published=Field(day, "inferred"))


def _settled(plain: When, common: When, first: When, last: When) -> When:
    if plain == common == first:
        return plain
    if (first.value, first.interval) == (last.value, last.interval):
        return replace(first, rule=common.rule)
    span = _spanned(first.interval, last.interval)
    return replace(common, interval=span, fuzzy=True) if common.interval is None and span else common


def _spanned(first: str | None, last: str | None) -> str | None:
    """The interval from the first day of one reading to the last day of the other."""
    ours, theirs = bounds(first), bounds(last)
    if not ours or not theirs or FIRST_DAY in ours or LAST_DAY in theirs:
        return None
    return f"{ours[0]}/{theirs[1]}"
