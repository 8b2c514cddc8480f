"""Judgements whose row nothing reads any more, and the one row to which a person may carry them: never done by itself.

A row is offered when it is of the same kind, in the current reading of the same bytes, has exactly the words that were judged, and these
words stand there once; so nothing else can be meant. What is carried is a new decision, with the value that was judged, so that a row
which says something else now is shown as changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm import judging, proposals
from reaffirm.errors import UsageError
from reaffirm.model import Judgement, digest
from reaffirm.sequels import ADDED, ASIDE, COMMENT, SPAN
from reaffirm.store import loading, log
from reaffirm.store import proposals as listing
from reaffirm.text import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.store.protocol import Store

GAP = " … "  # between the pieces of a row's words


@dataclass(frozen=True, slots=True)
class Offer:
    """An orphan, and the row (its id and its document's name) to which it may be carried; empty where there is none.

    `carried` says that the same person has said the same of that row by now.
    """

    judgement: Judgement
    row: str = ""
    doc: str = ""
    carried: bool = False


def offers(store: Store, orphans: Iterable[Judgement]) -> list[Offer]:
    """The orphans, each with the row to which it may be carried, if there is one."""
    with store.reading():
        found: dict[tuple[str, str], proposals.Proposal | None] = {}
        told = []
        for judgement in orphans:
            key = judgement.row, judgement.quote
            if _may_be_carried(judgement) and key not in found:
                found[key] = _fellow(store, *key)
            told.append(_offer(store, judgement, found.get(key) if _may_be_carried(judgement) else None))
        return told


def _offer(store: Store, judgement: Judgement, row: proposals.Proposal | None) -> Offer:
    if row is None:
        return Offer(judgement)
    same = [_words(standing) for standing in log.standing_on(store, [row.row])]
    return Offer(judgement, row.row, row.doc, _words(judgement) in same)


def _words(judgement: Judgement) -> tuple[object, ...]:
    """What a judgement says, wherever its words stand."""
    value = judgement.value.partition(" ")[2] if judgement.field == SPAN and judgement.value else judgement.value
    return judgement.verdict, judgement.field, value, judgement.who


def _may_be_carried(judgement: Judgement) -> bool:
    """Whether a judgement is on a row itself, or a comment; links of rows and rows that people added are told elsewhere."""
    own = (judgement.field or "") not in ASIDE or judgement.field == COMMENT
    return own and judgement.field != ADDED and judgement.row[:1] in proposals.TEXTS


def _fellow(store: Store, row: str, quote: str) -> proposals.Proposal | None:
    """The one row of the kind of a row, in the current reading of its bytes, that has its words; None where that is not certain."""
    home = listing.read_again(store, row)
    if home is None:
        return None
    text = loading.text(store, home)
    if any(len(anchor(text, piece)) != 1 for piece in quote.split(GAP)):
        return None
    kind = proposals.TEXTS[row[:1]]
    listed = proposals.read(store, listing.of_document(store, home, kind)).values()
    same = [each for each in listed if each.quote.split() == quote.split()]
    return same[0] if len(same) == 1 else None


def carried(store: Store, row: str, who: str | None) -> list[Judgement]:
    """What a person decided on a row that nothing reads any more, as decisions on the row offered for it; not yet recorded.

    Raises `UsageError` where there is no such decision of that person, or no row is offered. Words that were corrected and do not
    stand once in the new reading stay behind.
    """
    person = who or judging.user()
    own = [offer for offer in offers(store, store.orphans()) if offer.judgement.row.startswith(row) and offer.judgement.who == person]
    if not own:
        message = f"{row} is no orphan that {person} judged; `reaffirm queue --orphans` lists them, and each carries what is his own"
        raise UsageError(message)
    if len({offer.judgement.row for offer in own}) > 1 or not any(offer.row for offer in own):
        message = f"no one row has the words of {row}, once, in what is read now; judge the row that took its place"
        raise UsageError(message)
    waiting = [offer for offer in own if offer.row and not offer.carried]
    if not waiting:
        message = f"what {person} decided on {row} was carried to {own[0].row} already"
        raise UsageError(message)
    made = [judgement for offer in waiting for judgement in _carried(store, offer)]
    if not made:
        message = f"the words that {person} corrected on {row} do not stand once in what is read now; correct {waiting[0].row} itself"
        raise UsageError(message)
    return made


def _carried(store: Store, offer: Offer) -> Sequence[Judgement]:
    was, value = offer.judgement, offer.judgement.value
    if was.field == SPAN:
        words = (value or "").partition(" ")[2]
        text = loading.text(store, proposals.read(store, [offer.row])[offer.row].document)
        places = anchor(text, words)
        if len(places) != 1:
            return ()
        value = f"{places[0][0]}-{places[0][1]} {text[slice(*places[0])]}"
    name = digest(offer.row, was.verdict, was.field, value, was.who)[:16]
    return (replace(was, id=f"J-{name}", row=offer.row, value=value, at=judging.now()),)
