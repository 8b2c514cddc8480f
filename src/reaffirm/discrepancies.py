"""What a careful reader would query between documents, beside the dates of meetings: anachronisms, hardened reports, attributions.

All is found when it is asked for, of the whole ledger, because each needs other documents than its own; nothing of it is stored, and
nothing is corrected.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from reaffirm import comparison, itemising
from reaffirm.linking.accounts import Account, Utterance
from reaffirm.linking.anachronisms import foretold, older
from reaffirm.linking.attributions import differing, unrecorded
from reaffirm.linking.audit import shelve
from reaffirm.linking.hardening import hardened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.chronology import Convened
    from reaffirm.itemising import Book
    from reaffirm.linking.audit import Shelf
    from reaffirm.model import Problem
    from reaffirm.packs import Packs
    from reaffirm.store.protocol import Store
    from reaffirm.store.records import Entry


def between(store: Store, packs: Packs) -> list[Problem]:
    """The anachronisms, hardened reports and diverging attributions of a ledger, each once, in an order that only its rows give."""
    with store.reading():
        books, told, entries = itemising.books(store)
    accounts = [_account(entry, books[entry.document.id]) for entry in entries]
    return _once(chain(_of_meetings(store, accounts, told, packs), hardened(accounts, packs)))


def beside(store: Store, packs: Packs, document: str) -> list[Problem]:
    """As `between`, what a document (its id) has with those that tell a meeting which it tells: all but reports that hardened.

    Those may stand in any text of the ledger, and any official one may confirm them; the rest needs none but these few. Problems
    in which the document has no part may be there too, and not all of them.
    """
    with store.reading():
        books, told, entries = itemising.books_beside(store, document)
    return _once(_of_meetings(store, [_account(entry, books[entry.document.id]) for entry in entries], told, packs))


def _once(found: Iterable[Problem]) -> list[Problem]:
    return list({problem.id: problem for problem in found}.values())


def _of_meetings(store: Store, accounts: list[Account], told: list[Convened], packs: Packs) -> Iterator[Problem]:
    """What needs a document and those that tell of the same meetings."""

    @cache
    def shelf() -> Shelf:
        return shelve(comparison.primaries(store))

    yield from (problem for account in accounts for problem in older(account, packs))
    yield from _foretold(accounts, told, packs)
    yield from differing(accounts)
    yield from unrecorded(accounts, shelf)


def _account(entry: Entry, book: Book) -> Account:
    said = tuple(
        Utterance(s.statement, s.voice.speakers if s.voice else (), s.voice.parties if s.voice else ())
        for s in entry.statements
        if s.verdict != "rejected"
    )
    names = tuple((mention.surface.start, mention.state or mention.name) for mention in entry.mentions)
    return Account(entry.document, book.place, said, book.sentences, entry.times, names)


def _foretold(accounts: list[Account], told: list[Convened], packs: Packs) -> Iterator[Problem]:
    known = {account.document.id: account for account in accounts}
    for convened in told:
        for key in sorted({telling.document for telling in convened.meeting.tellings if telling.status == "held"}):
            if key in known and not known[key].primary:
                yield from foretold(known[key], convened.meeting, packs, known)
