"""Decisions of people that other rows hang on: the date of a document, meetings joined and kept apart, and undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm import chronology, derivation, judging, weaving
from reaffirm.days import bounds
from reaffirm.errors import UsageError
from reaffirm.store import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Judgement
    from reaffirm.packs import Packs
    from reaffirm.store.protocol import Store

def date(store: Store, packs: Packs, document: str, published: str, who: str | None = None) -> Judgement:
    """The judgement that says when a document was published; what depends on that is computed anew, and `undo` takes it back."""
    if not bounds(published):
        message = f"{published!r} is no date; write an EDTF date such as 2021, 2021-03, 2021-03-16 or 2021-03/2021-05"
        raise UsageError(message)
    found = queries.document(store, document)
    read = (found.card.title.value or document, found.card.published.value)
    judgement = judging.judgement(found.id, "corrected", "published", published, read, who)
    store.judge(judgement)
    derivation.redate(store, found.id, packs)
    derivation.derive(store, packs)
    return judgement


def same_meeting(store: Store, packs: Packs, rows: tuple[str, str], *, same: bool = True, who: str | None = None) -> Judgement:
    """The judgement that two tellings tell one meeting, or (`same=False`) that they do not; meetings are sorted anew."""
    keys = sorted(queries.resolve_row(store, key, kinds="M") for key in rows)
    if keys[0] == keys[1]:
        message = f"{rows[0]} and {rows[1]} are the same row; name two"
        raise UsageError(message)
    name = "same meeting" if same else "other meeting"
    read = (chronology.one(store, keys[0]).meeting.label, keys)
    judgement = judging.judgement(keys[0], "corrected", name, keys[1], read, who)
    store.judge(judgement)
    _sort_again(store, packs, keys)
    return judgement


def _sort_again(store: Store, packs: Packs, tellings: Iterable[str]) -> None:
    """Nothing; sorts into meetings again what has the circle of one of these tellings."""
    store.reopen(tellings)
    derivation.meet(store, packs)
    weaving.woven(store)


def undo(store: Store, packs: Packs, row: str, who: str | None = None) -> Judgement:
    """The last judgement that held for a row, now undone."""
    undone = store.undo(queries.resolve_row(store, row), who or judging.user(), judging.now())
    if undone.field == "published":
        derivation.redate(store, undone.row, packs)
        derivation.derive(store, packs)
    if undone.field in {"same meeting", "other meeting"}:
        _sort_again(store, packs, [undone.row])
    weaving.woven(store)
    return undone
