"""Chains: the documents of one kind that one forum of the same states puts out, meeting after meeting."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reaffirm.chronology import chronology
from reaffirm.errors import UsageError
from reaffirm.store import queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reaffirm.sequels import Place
    from reaffirm.store.protocol import Store


def kin(store: Store, places: Mapping[str, Place], own: str) -> list[Place]:
    """The documents of a document's chain, itself among them: of its genre, forum and states; without a meeting of its kind of title."""
    here = place(places, own)
    filed = {item.id: item for item in queries.documents(store)}
    if here.forum or here.circle:
        # A fact sheet is no edition of a joint statement.
        alike = (p for p in places.values() if filed[p.document].genre == filed[own].genre)
        return [p for p in alike if p.relation == here.relation and (p.forum, p.circle) == (here.forum, here.circle)]
    listed = {key: (item.genre, item.publisher, _series(item.title)) for key, item in filed.items()}
    return [p for key, p in places.items() if listed[key] == listed[own]]


def earlier(store: Store, places: Mapping[str, Place], own: str) -> list[str]:
    """The ids of the documents of a document's chain that are older, by date."""
    first = place(places, own).first
    older = [p for p in kin(store, places, own) if p.document != own and first and (p.last or "9999") < first]
    return [p.document for p in ordered(older)]


def place(places: Mapping[str, Place], document: str) -> Place:
    """A document as linking sees it; a `UsageError` for one that an `add`, running or stopped, has read and not linked yet."""
    if document not in places:
        message = f"{document} has been read and not linked with the others yet: an `add` is running, or was stopped; then run it again"
        raise UsageError(message)
    return places[document]


def ordered(chain: Iterable[Place]) -> list[Place]:
    """Documents by date, then by name."""
    return sorted(chain, key=lambda place: (place.first or place.last or "9999", place.doc))


def of_forum(store: Store, places: Mapping[str, Place], forum: str) -> list[Place]:
    """The chain of a forum (words of its name): its outputs of that kind which most of its meetings have, by date.

    A `UsageError` where no output is of such a forum, or outputs of several.
    """
    meetings = {told.meeting.id for told in chronology(store, forum=forum)}
    outputs = [p for p in places.values() if p.relation == "output" and p.meeting in meetings]
    bodies = sorted({(p.forum or "", p.circle) for p in outputs})
    if len(bodies) != 1:
        found = "; ".join(f"{name or 'no forum'} of {', '.join(circle) or 'unknown states'}" for name, circle in bodies)
        what = f"several forums ({found})" if bodies else "no forum with outputs in this ledger"
        message = f"{forum!r} is {what}; name a document of the chain with --chain"
        raise UsageError(message)
    genres = {item.id: item.genre for item in queries.documents(store)}
    counted = Counter(genre for genre, _ in {(genres[p.document], p.meeting) for p in outputs})
    kind = min(counted, key=lambda genre: (-counted[genre], genre or ""))
    return ordered(p for p in outputs if genres[p.document] == kind)


def _series(title: str | None) -> str:
    """A title without what changes from text to text: figures, months, ordinals."""
    return " ".join(re.sub(r"\d+\w*|[^\w\s]", " ", (title or "").casefold()).split())
