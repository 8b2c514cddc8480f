"""Meetings as they are put to a person who is to decide: each as the ledger tells it, with the words of its tellings in context.

A meeting is a row of no single text: it stands in order of date, and what is decided of it is kept under the id that it had then, that of
one of its tellings. Whatever meeting has that telling later has the decision.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from reaffirm import chronology, proposals
from reaffirm.chronology import Sought
from reaffirm.days import bounds
from reaffirm.errors import UsageError
from reaffirm.sequels import ASIDE
from reaffirm.store import loading, log, queries
from reaffirm.store import meetings as tables
from reaffirm.store import proposals as listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.chronology import Convened, Outline
    from reaffirm.model import Judgement
    from reaffirm.proposals import Passage, Queue, Waiting
    from reaffirm.store.proposals import Choice, Order, State
    from reaffirm.store.protocol import Store

APART = "its tellings differ in date"
BOTH = "one telling says that it was held, another that it was called off"
QUERIED = "its tellings contradict each other"
UNDATED = "no date is known"
NOBODY = "nobody is named who met"
UNSURE = "what is meant is not certain"


def doubts(found: Convened) -> tuple[str, ...]:
    """What makes a meeting doubtful; facts, counted and not weighed, as those of other rows (docs/review.md)."""
    told = found.meeting.tellings
    days = {days for row in told if (days := bounds(row.date))}
    facts = (
        (APART, any(a[1] < b[0] or b[1] < a[0] for a, b in combinations(sorted(days), 2))),
        (BOTH, {"held", "called off"} <= {row.status for row in told}),
        (QUERIED, bool(found.problems)),
        (UNDATED, not any(row.date for row in told)),
        (NOBODY, not found.meeting.participants),
        (UNSURE, any(row.certainty != "certain" for row in told)),
    )
    return tuple(name for name, holds in facts if holds)


def queue(store: Store, choice: Choice, who: str, order: Order = "document", page: tuple[int, int] = (20, 0)) -> Queue:
    """The meetings to be decided by a person, in order of date or doubt, each with what is needed to decide.

    Raises `UsageError` for an issue: no meeting is filed under one.
    """
    if choice.get("issue"):
        message = "meetings are filed under no issue; leave the issue out, or ask for another kind of row"
        raise UsageError(message)
    limit, offset = page
    with store.reading():
        judged = _judged(store)
        rows = [row for row in _chosen(store, choice) if _waits(judged[row.id], choice.get("state") or "open", who)]
        bounded = choice.get("doubtful") is not None or choice.get("certain") is not None
        if order != "document" or bounded:
            rows = _by_doubt(store, rows, choice, order)
        whole = chronology.chosen(store, [row.id for row in rows[offset : offset + limit]])
        found = [whole[row.id] for row in rows[offset : offset + limit] if row.id in whole]
        return proposals.Queue(tuple(_waiting(store, each, judged[each.meeting.id], who) for each in found), len(rows))


def _judged(store: Store) -> defaultdict[str, list[Judgement]]:
    """By meeting, the judgements that hold on it itself."""
    made = tables.decided(store)
    homes = tables.homes(store, {judgement.row for judgement in made})
    found: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in made:
        if judgement.row in homes:
            found[homes[judgement.row]].append(judgement)
    return found


def _chosen(store: Store, choice: Choice) -> list[Outline]:
    """The meetings that are meant, in order of date, whatever was decided of them."""
    rows = chronology.outlines(store, **Sought(rejected=True))
    named, home = choice.get("rows"), choice.get("document")
    if home:
        there = tables.told(store, document=queries.document_id(store, home))
        rows = [row for row in rows if row.id in {telling.meeting for telling in there}]
    return rows if named is None else [row for row in rows if row.id in set(named)]


def _waits(judged: Sequence[Judgement], state: State, who: str) -> bool:
    """Whether a meeting with these judgements is in a state, as who asks sees it."""
    last = {judgement.who: judgement.verdict for judgement in judged}
    states: dict[State, bool] = {
        "open": who not in last, "untouched": not last, "decided": bool(last), "disputed": len(set(last.values())) > 1,
        "added": False, "all": True,
    }  # fmt: skip
    return states[state]


def _by_doubt(store: Store, rows: Iterable[Outline], choice: Choice, order: Order) -> list[Outline]:
    """The rows with as many doubts as is asked for, in the order that is asked for."""
    kept = list(rows)
    many = {key: len(doubts(found)) for key, found in chronology.chosen(store, [row.id for row in kept]).items()}
    least, most = choice.get("doubtful"), choice.get("certain")
    kept = [row for row in kept if (least is None or many[row.id] >= least) and (most is None or many[row.id] <= most)]
    sign = {"document": 0, "doubt": -1, "certain": 1}[order]
    return sorted(kept, key=lambda row: sign * many[row.id])


def _waiting(store: Store, found: Convened, judged: Sequence[Judgement], who: str) -> Waiting:
    told = tuple(_passage(store, found, n) for n in range(len(found.docs)))
    own = tuple(judgement for judgement in judged if judgement.who == who)
    others = len({judgement.who for judgement in judged if judgement.who != who})
    aside = [j for j in log.standing_on(store, [row.id for row in found.meeting.tellings]) if (j.field or "") in ASIDE]
    notes = tuple(judgement for judgement in aside if judgement.verdict == "noted")
    changed = tuple(proposals.changes(store, own)) if own else ()
    first = told[0]
    return proposals.Waiting(
        proposals.of_meeting(found), doubts(found), first.start, first.text, own, others, changed, notes, tellings=told
    )  # fmt: skip


def _passage(store: Store, found: Convened, n: int) -> Passage:
    """What the nth telling of a meeting says, in the paragraphs round the first of its places."""
    row = found.meeting.tellings[n]
    first = row.evidence[0]
    start, end = listing.around(store, row.document, first.start, first.end)
    words = tuple(span for span in row.evidence if start <= span.start and span.end <= end)
    text = loading.text(store, row.document)[start:end]
    return proposals.Passage(row.id, row.document, found.docs[n], row.status, row.date, words, start, text)
