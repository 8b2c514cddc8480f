"""Chains: the documents of one kind that one forum of the same states puts out, meeting after meeting."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reaffirm import weaving
from reaffirm.chronology import chronology
from reaffirm.errors import UsageError
from reaffirm.store import browsing, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.sequels import Place
    from reaffirm.store.protocol import Store


def kin(store: Store, own: str) -> list[Place]:
    """The documents of a document's chain, itself among them: of its genre, forum and states; without a meeting of its kind of title."""
    here = place(store, own)
    if here.forum or here.circle:  # a fact sheet is no edition of a joint statement
        return weaving.alike(store, here)
    (title,) = [filed.title for filed in browsing.titles(store, [own])]
    keys = [key for key, other in lines.published_with(store, own) if _series(other) == _series(title)]
    return list(weaving.places_of(store, keys).values())


def earlier(store: Store, own: str) -> list[str]:
    """The ids of the documents of a document's chain that are older, by date."""
    first = place(store, own).first
    older = [p for p in kin(store, own) if p.document != own and first and (p.last or "9999") < first]
    return [p.document for p in ordered(older)]


def place(store: Store, document: str) -> Place:
    """A document as linking sees it; a `UsageError` for one that an `add`, running or stopped, has read and not linked yet."""
    found = weaving.places_of(store, [document])
    if not found:
        message = f"{document} has been read and not linked with the others yet: an `add` is running, or was stopped; then run it again"
        raise UsageError(message)
    return found[document]


def ordered(chain: Iterable[Place]) -> list[Place]:
    """Documents by date, then by name."""
    return sorted(chain, key=lambda place: (place.first or place.last or "9999", place.doc))


def of_forum(store: Store, forum: str) -> list[Place]:
    """The chain of a forum (words of its name): its outputs of that kind which most of its meetings have, by date.

    A `UsageError` where no output is of such a forum, or outputs of several.
    """
    meetings = {told.meeting.id for told in chronology(store, forum=forum)}
    outputs = [p for p in weaving.outputs(store) if p.meeting in meetings]
    bodies = sorted({(p.forum or "", p.circle) for p in outputs})
    if len(bodies) != 1:
        found = "; ".join(f"{name or 'no forum'} of {', '.join(circle) or 'unknown states'}" for name, circle in bodies)
        what = f"several forums ({found})" if bodies else "no forum with outputs in this ledger"
        message = f"{forum!r} is {what}; name a document of the chain with --chain"
        raise UsageError(message)
    genres = {filed.id: filed.genre for filed in browsing.titles(store, [p.document for p in outputs])}
    counted = Counter(genre for genre, _ in {(genres[p.document], p.meeting) for p in outputs})
    kind = min(counted, key=lambda genre: (-counted[genre], genre or ""))
    return ordered(p for p in outputs if genres[p.document] == kind)


def _series(title: str | None) -> str:
    """A title without what changes from text to text: figures, months, ordinals."""
    return " ".join(re.sub(r"\d+\w*|[^\w\s]", " ", (title or "").casefold()).split())
