"""Under which keys a strand is looked up: strands that carry one item share one, and few strands of a time share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.linking.steps import placed
from reaffirm.linking.weights import weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.linking.strands import Strand
    from reaffirm.sequels import Place

LEAST, MOST = 6, 12  # stems of a strand that are keys: half of them, the rarest, but so many at least and at most
NAMES = 4  # of the parties of a strand that are told apart in its keys
THINGS = 4


def rank(place: Place) -> str:
    """Where a document stands among all: as `steps.placed` has it, then by its id."""
    day, relation, last, name = placed(place)
    return f"{day} {relation} {last} {name} {place.document}"


def standing(row: Strand) -> str:
    """Where a strand stands among all: that of its document, then by its place there."""
    return f"{rank(row.place)} {row.start:08} {row.id}"


def keys(row: Strand) -> tuple[str, ...]:
    """The keys of a strand, sorted: its rarest stems and its things, each with whose they are; its meeting, where it tells of one."""
    return tuple(sorted({*_common(row), *_met(row)}))


def _common(row: Strand) -> Iterator[str]:
    firm = (row.content.stems | row.hint.stems if row.thin else row.content.stems) - row.content.faint
    rarest = sorted(firm, key=lambda name: (-weight(name), name))[: max(LEAST, min(MOST, len(firm) // 2))]
    for name in _whose(row):
        yield from (f"{name}|{stem}" for stem in rarest)
        yield from (f"{name}|={thing}" for thing in sorted(row.things)[:THINGS])


def _whose(row: Strand) -> list[str]:
    names = sorted(row.parties or row.circle)[:NAMES]
    asked = sorted(row.head.actors)[:NAMES] if row.head.kind in {"demand", "commitment"} else []
    return sorted({*names, *asked}) or [""]


def _met(row: Strand) -> Iterator[str]:
    if row.again and row.place.meeting:
        yield f"again|{row.place.meeting}"
    if row.convened:
        yield f"meeting|{row.convened.meeting or ''}"


def groups(row: Strand) -> tuple[str, ...]:
    """The keys of a strand for links that hang on more than two: accounts of its meeting on an issue, asks of one, its chain."""
    return tuple(sorted({*_told(row), *_asked(row), *_chain(row)}))


def _told(row: Strand) -> Iterator[str]:
    if row.place.meeting and row.head.voice != "writer" and not row.convened:
        yield from (f"told|{row.place.meeting}|{issue}" for issue in row.issues)


def _asked(row: Strand) -> Iterator[str]:
    if row.head.asks == "demand" and row.head.voice == "writer" and row.head.actors:
        yield from (f"asked|{'|'.join(sorted(set(row.head.actors)))}|{issue}" for issue in row.issues)


def _chain(row: Strand) -> Iterator[str]:
    if row.again or (row.convened and row.convened.own):
        forum, states = chain(row)
        yield f"chain|{forum or ''}|{'|'.join(sorted(states))}"


def chain(row: Strand) -> tuple[str | None, frozenset[str]]:
    """Forum and states of the meeting that a strand plans or tells; where it only looks forward, those of its document's meeting."""
    found = row.convened
    return (found.forum, frozenset(found.parties)) if found else (row.place.forum, row.parties)
