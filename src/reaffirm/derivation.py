"""What documents say about each other, derived anew after something was added, dated or judged.

Near-copies, members of collectives whom another document names, meetings that several documents tell, and the bounds that these give
to undated documents. Only what a change touches is read again: documents that were not compared yet, and the circles of states
whose tellings changed. All of it depends on what the ledger holds, never on the order in which that came.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm import pipeline
from reaffirm.linking.meetings import merged
from reaffirm.model import Field, MetaField, by_person
from reaffirm.readings import Derivation
from reaffirm.resolve.bounds import bounded, unbounded
from reaffirm.store import items, loading, meetings, neighbours, queries, shelves
from reaffirm.weaving import woven

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Statement
    from reaffirm.packs import Packs
    from reaffirm.readings import Telling
    from reaffirm.store.protocol import Store


def derive(store: Store, packs: Packs) -> int:
    """How many links to near-copies the documents have that had not been compared with the others; all is derived that hangs on them."""
    found: set[str] = set()
    for key in neighbours.unlinked(store):
        redate(store, key, packs)  # a person's date outlives every reading
        document = loading.document(store, key)
        others = (loading.document(store, other) for other in shelves.near(store, key))
        links = pipeline.linked(document, others)
        fellows = neighbours.fellows(store, key)
        for fellow in (key, *fellows) if fellows else ():  # alone, it speaks as it was read
            _revoice(store, fellow, packs)
        store.link(key, links)
        found |= {link.id for link in links}
    meet(store, packs)
    woven(store, lambda: packs)
    return len(found)


def _revoice(store: Store, key: str, packs: Packs) -> None:
    """Nothing; derives the voices of a document anew, with whom other documents of the same meeting name."""
    fellows = neighbours.fellows(store, key)
    told = [(loading.document(store, fellow), loading.mentions(store, fellow)) for fellow in fellows]
    own = (loading.document(store, key), loading.mentions(store, key))
    store.derive(key, Derivation(pipeline.revoiced(*own, _statements(store, key), told, packs)))
    _behold(store, key, packs)


def _behold(store: Store, key: str, packs: Packs) -> None:
    """Nothing; derives anew who is bound by a document's commitments and by when, and whose its demands are."""
    promised, asked = items.of_document(store, key)
    deeds = tuple(row for row in promised if not by_person(row.rule)), tuple(row for row in asked if not by_person(row.rule))
    if not any(deeds):
        return
    document, rows = loading.document(store, key), _statements(store, key)
    heard = loading.voices(store, [row.id for row in rows])
    said = (rows, tuple(heard.values()), loading.mentions(store, key))
    owed, called = pipeline.beholden(document, said, loading.times(store, document), deeds, packs)
    store.derive(key, Derivation(duties=owed, calls=called))


def _statements(store: Store, key: str) -> tuple[Statement, ...]:
    """The statements of a document that were read; of those that a person added nothing is derived."""
    return tuple(row for row in queries.statements(store, key) if not by_person(row.rule))


def redate(store: Store, key: str, packs: Packs) -> None:
    """Nothing; gives a document the date that a person's judgement says, or, without one, the date that was read."""
    document, judged = loading.document(store, key), queries.dated_by(store, key)
    card = queries.read_as(store, key)
    if judged:
        evidence = MetaField("judged:published", f"{judged.value} ({judged.who})")
        card = replace(card, published=Field(judged.value, "judged", (evidence,)))
    if card.published == document.card.published:
        return
    rows, named = _statements(store, key), loading.mentions(store, key)
    dated = replace(document, card=card)
    spoken = pipeline.voiced(dated, named, rows, packs)
    store.derive(key, replace(pipeline.retimed(dated, named, loading.times(store, document), packs), voices=spoken, card=card))
    _behold(store, key, packs)


# Meetings


def meet(store: Store, packs: Packs) -> None:
    """Nothing; sorts the tellings of open circles into meetings, bounds the undated documents among them, and sorts again."""
    bound(store, packs, meetings.open_circles(store))
    judged = meetings.judged(store)
    for circle in meetings.open_circles(store):
        circles = meetings.tied(store, circle)
        told = {name: [row.telling for row in meetings.told(store, circle=name)] for name in circles}
        groups = merged((row for rows in told.values() for row in rows), judged)
        sorted_to = {row.id: (group[0][0].id, rule) for group in groups for row, rule in group}
        for name, rows in told.items():
            store.meet(name, {row.id: sorted_to[row.id] for row in rows})


def bound(store: Store, packs: Packs, circles: Iterable[str]) -> None:
    """Nothing; gives the undated documents of circles the bounds that the meetings they tell allow, and what follows from these.

    The meetings are sorted for that as if no document had bounds, so that the outcome depends on no earlier one.
    """
    undated = sorted({key for circle in circles for key in meetings.undated(store, circle)})
    plain = {key: _unbounded(store, key, packs) for key in undated}
    wider = sorted({told.circle for key in undated for told in meetings.told(store, document=key)})
    fellows = _fellows(store, wider, plain)
    for key in undated:
        document = loading.document(store, key)
        card = bounded(document, plain[key], fellows, loading.times(store, document))
        if card != document.card:
            named, times = loading.mentions(store, key), loading.times(store, document)
            store.derive(key, replace(pipeline.retimed(replace(document, card=card), named, times, packs), card=card))
            for fellow in (key, *neighbours.fellows(store, key)):  # whose members' offices hang on the day
                _revoice(store, fellow, packs)


def _unbounded(store: Store, key: str, packs: Packs) -> tuple[Telling, ...]:
    """The tellings of a document as they are without any bounds."""
    document = loading.document(store, key)
    if document.card == (card := unbounded(document.card)):
        return tuple(told.telling for told in meetings.told(store, document=key))
    named, times = loading.mentions(store, key), loading.times(store, document)
    return pipeline.retimed(replace(document, card=card), named, times, packs).tellings or ()


def _fellows(store: Store, circles: Iterable[str], plain: dict[str, tuple[Telling, ...]]) -> dict[str, list[Telling]]:
    """By the id of a telling, the tellings of others that tell the same meeting; `plain` stand in for those of their documents."""
    judged = meetings.judged(store)
    found: defaultdict[str, list[Telling]] = defaultdict(list)
    for circle in circles:
        told = meetings.told(store, circle=circle)
        ids = {row.telling.id for row in told}
        rows = [row.telling for row in told if row.telling.document not in plain]
        rows += [row for document in plain.values() for row in document if row.id in ids]
        for group in merged(rows, judged):
            for row, _ in group:
                found[row.id] += [other for other, _ in group if other.id != row.id]
    return found
