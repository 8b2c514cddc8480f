"""Decisions of people that other rows hang on: the date of a document, meetings joined and kept apart, and undoing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm import chronology, derivation, judging, weaving
from reaffirm.days import bounds
from reaffirm.errors import UsageError
from reaffirm.model import digest
from reaffirm.review.log import redoable
from reaffirm.sequels import CODING, OTHER_ACTOR, OTHER_MEETING, SAME_ACTOR, SAME_MEETING
from reaffirm.store import actors, blinding, log, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reaffirm.model import Judgement
    from reaffirm.packs import Packs
    from reaffirm.store.protocol import Store

ROWS = "SPDCNMA"  # what may have been judged


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
    name = SAME_MEETING if same else OTHER_MEETING
    read = (chronology.one(store, keys[0]).meeting.label, keys)
    judgement = judging.judgement(keys[0], "corrected", name, keys[1], read, who)
    store.judge(judgement)
    _sort_again(store, packs, keys)
    return judgement


def _sort_again(store: Store, packs: Packs, tellings: Iterable[str]) -> None:
    """Nothing; sorts into meetings again what has the circle of one of these tellings."""
    store.reopen(tellings)
    derivation.meet(store, packs)
    weaving.woven(store, lambda: packs)


def undo(store: Store, packs: Callable[[], Packs], row: str | None, who: str | None = None, *, anyone: bool = False) -> Judgement:
    """The last judgement of who undoes (on a row, if one is named), now undone; `packs` are loaded only where need be.

    What another person decided on the row is undone only where `anyone` says so.
    """
    key = queries.resolve_row(store, row, kinds=ROWS) if row else None
    undone = store.undo(key, who or judging.user(), judging.now(), anyone=anyone)
    _follow(store, packs, undone)
    return undone


def redo(store: Store, packs: Callable[[], Packs], row: str | None, who: str | None = None) -> Judgement:
    """The decision undone last on a row (None: the last that who asks took back of their own), made again in the name of who asks."""
    person = who or judging.user()
    key = queries.resolve_row(store, row, kinds=ROWS) if row else None
    undone = redoable(log.events(store, key) if key else log.events_by(store, person))
    if undone is None:
        message = f"nothing was undone {f'on {row}' if row else f'by {person}'} since the last decision: there is nothing to redo"
        raise UsageError(message)
    words = (undone.verdict, undone.field, undone.value)
    own = undone.id if undone.who == person else judging.judgement(undone.row, *words, ("", None), person).id
    judged = store.judge(replace(undone, id=own, who=person, at=judging.now()))
    _follow(store, packs, judged)
    return judged


def _follow(store: Store, packs: Callable[[], Packs], judgement: Judgement) -> None:
    """Nothing; what hangs on a judgement that was made or undone is computed anew: the date of a document, meetings, threads."""
    if judgement.field == "published":
        derivation.redate(store, judgement.row, packs())
        derivation.derive(store, packs())
    elif judgement.field in {SAME_MEETING, OTHER_MEETING}:
        _sort_again(store, packs(), [judgement.row])
    else:
        weaving.woven(store, packs)


def coding(store: Store, *, blind: bool, who: str | None = None) -> Judgement:
    """The judgement that from now on coders see each other's decisions, or (`blind`) see none on a row before they decide it."""
    value = blinding.BLIND if blind else blinding.OPEN
    return store.judge(judging.judgement(blinding.ROW, "corrected", CODING, value, ("the ledger", None), who))


# Names of actors


def same_actor(store: Store, names: tuple[str, str], *, same: bool = True, who: str | None = None) -> Judgement:
    """The judgement that two names are of one actor, for which the first stands, or (`same=False`) that they are not."""
    for name in names:
        _insist(store, name)
    one, other = sorted(names)
    if one == other:
        message = f"{names[0]} and {names[1]} are the same name; give two"
        raise UsageError(message)
    field = SAME_ACTOR if same else OTHER_ACTOR
    judged = judging.judgement(actor_id(one), "corrected", field, actor_id(other), (names[0], list(names)), who)
    return store.judge(judged)


def _insist(store: Store, name: str) -> None:
    if actors.is_known(store, name):
        return
    message = f"no document names {name!r}; `reaffirm said --speaker` finds names by a part of them"
    raise UsageError(message)


def actor_id(name: str) -> str:
    """The id under which judgements on a name stand."""
    return f"A-{digest('actor', name)[:16]}"
