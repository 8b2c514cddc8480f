"""Who asks how much of whom, and what came of it: demands counted by sides, with the commitments that answer them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm import followup, itemising
from reaffirm.linking.attested import members

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.sequels import Item, Thread
    from reaffirm.store.protocol import Store

Side = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one side asks of another: the rows, how many items they are (a demand told thrice is one), and what came of these.

    `holder` and `target` are states and organisations, `writer`, or nobody known; `answered` are (demand, commitment, why), `done`
    the threads in which what was asked is told to have been carried out.
    """

    holder: Side
    target: Side
    rows: tuple[str, ...]
    items: int
    answered: tuple[tuple[str, str, str], ...]
    done: tuple[str, ...]


def balance(store: Store, demands: Iterable[str]) -> list[Exchange]:
    """The demands of these ids by who asks whom, those who ask most first; evaluations, questions and guesses ask nothing."""
    wanted = set(demands)
    sides: defaultdict[tuple[Side, Side], list[Item]] = defaultdict(list)
    for item in itemising.items(store):
        if item.id in wanted and item.asks == "demand":
            sides[_side(item), tuple(sorted(item.actors))].append(item)
    homes = {row: thread for thread in followup.threads(store) for row in members(thread)}
    answers = followup.answers(store)
    found = [_exchange(side, [item.id for item in items], homes, answers) for side, items in sides.items()]
    return sorted(found, key=lambda each: (-each.items, -len(each.rows), each.holder, each.target))


def _side(item: Item) -> Side:
    return ("writer",) if item.voice == "writer" else tuple(sorted(item.parties))


def _exchange(
    side: tuple[Side, Side], rows: list[str], homes: dict[str, Thread], answers: Iterable[tuple[str, str, str]]
) -> Exchange:
    threads = {homes[row].id: homes[row] for row in rows if row in homes}
    done = sorted(key for key, thread in threads.items() if any(step.status == "carried out" for step in thread.steps))
    alone = sum(row not in homes for row in rows)
    answered = tuple(answer for answer in answers if answer[0] in rows)
    return Exchange(*side, tuple(rows), len(threads) + alone, answered, tuple(done))
