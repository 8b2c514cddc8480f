"""The log of what people decided, replayed: which judgements hold after so many decisions, undoings and redoings; pure.

The log is what the ledger holds: each decision as it was made, and one more event of the same id, marked undone, for each undoing. A
decision that is made again after it was undone has its id again; nothing is ever taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Judgement


def standing(events: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold after these events, in the order in which they were last made."""
    held: dict[str, Judgement] = {}
    for event in events:
        held.pop(event.id, None)
        if not event.undone:
            held[event.id] = event
    return list(held.values())


def redoable(events: Iterable[Judgement]) -> Judgement | None:
    """The decision that a redo makes again: the one undone last, unless something else was decided since; None where there is none.

    After it the one undone before it comes, as in any editor; events of ids that were never made among these are passed over.
    """
    made: dict[str, Judgement] = {}
    undone: list[str] = []
    for event in events:
        if event.undone:
            undone += [event.id] if event.id in made else []
            continue
        made[event.id] = event
        undone = undone[:-1] if undone[-1:] == [event.id] else []
    return made[undone[-1]] if undone else None
