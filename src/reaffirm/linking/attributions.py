"""Two accounts of one meeting that name two speakers for the same words, and quotations that a fuller record of it has not.

Both are questions to a reader. A record may be a gist, a reporter may have stood elsewhere, and two people may say the same: so only
nearly the same words count, of one known speaker each, and no account that gives them to both.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from reaffirm.linking.accounts import alike, content, denies, query
from reaffirm.linking.audit import audit, quotations
from reaffirm.linking.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reaffirm.linking.accounts import Account, Utterance
    from reaffirm.linking.audit import Shelf
    from reaffirm.linking.wordings import Wording
    from reaffirm.model import Problem, Span
    from reaffirm.sequels import Verdict

DIFFERS, ALONE = "attribution", "untraceable quote"
LEAST = 6  # words of a quotation that a record should have
MOST = 3  # quotations of one account that are shown; the audit shows them all
BOTH = "which account is right is open: read both passages; `reaffirm said --text` shows who says so elsewhere"
AUDIT = "not found is not false: the record may be cut, a summary or of another occasion; `reaffirm audit` shows each quotation"


@dataclass(frozen=True)
class Saying:
    """Words that an account gives to one speaker: a reported content, or a sentence of a turn."""

    account: Account
    utterance: Utterance
    spans: tuple[Span, ...]

    @cached_property
    def words(self) -> Wording:
        """The content words."""
        return content(self.spans)

    @property
    def speaker(self) -> str:
        """The one who is said to have said it."""
        return self.utterance.alone or ""

    @property
    def text(self) -> str:
        """The words."""
        return " ".join(span.exact for span in self.spans)


def differing(accounts: Iterable[Account]) -> Iterator[Problem]:
    """The words that two accounts of one meeting give to two speakers, by account and place."""
    for group in _told_of_one(accounts):
        rows = [saying for account in group for saying in _sayings(account)]
        pairs = [(a, b) for a, b in combinations(rows, 2) if _same(a, b)]
        for a, b in pairs:
            if _others(a, b) and not any(_agree(pair, a, b) for pair in pairs):
                yield _differs(a, b)


def _told_of_one(accounts: Iterable[Account]) -> list[list[Account]]:
    """The accounts by the meeting that they are about."""
    groups: defaultdict[str, list[Account]] = defaultdict(list)
    for account in sorted(accounts, key=lambda a: (not a.primary, a.place.doc)):
        if account.place.meeting:
            groups[account.place.meeting].append(account)
    return [groups[key] for key in sorted(groups)]


def _sayings(account: Account) -> Iterator[Saying]:
    for row in account.utterances:
        if not (row.plain and row.alone and row.statement.content):
            continue
        if row.statement.directness != "turn":
            yield Saying(account, row, row.statement.content)
            continue
        extents = sentences(account.document.text, [(s.start, s.end) for s in row.statement.content])
        yield from (Saying(account, row, (account.document.span(start, end),)) for start, end in extents)


def _same(a: Saying, b: Saying) -> bool:
    return a.account is not b.account and alike(a.words, b.words) and denies(a.text) == denies(b.text)


def _others(a: Saying, b: Saying) -> bool:
    """Whether the speakers are two: two persons, or parties that have nothing in common."""
    if a.speaker == b.speaker:
        return False
    persons = all(row.speaker not in row.utterance.parties for row in (a, b))
    return persons or not set(a.utterance.parties) & set(b.utterance.parties)


def _agree(pair: tuple[Saying, Saying], a: Saying, b: Saying) -> bool:
    """Whether two sayings of one speaker show that the words of two others are those of both, or of one who is named in both."""
    return pair[0].speaker == pair[1].speaker and bool(set(pair) & {a, b})


def _differs(a: Saying, b: Saying) -> Problem:
    message = f"two accounts of one meeting give the same words to two speakers: {_by(a)}; {_by(b)}"
    return query(DIFFERS, "medium", message, BOTH, (b.spans[0], a.spans[0]))


def _by(saying: Saying) -> str:
    return f"{saying.account.place.doc} to {saying.speaker}"


# Quotations that one account alone has


def unrecorded(accounts: Iterable[Account], shelf: Callable[[], Shelf]) -> Iterator[Problem]:
    """The quotations of accounts that a record of the same meeting should have and has not, the longest of each account first.

    A record that should have them is the transcript or gist in which their speaker has a turn, or, for words of the parties
    together, what the meeting put out. `shelf` makes the official texts ready, when something must be looked for.
    """
    for group in _told_of_one(accounts):
        records = [account for account in group if account.primary]
        for account in group:
            if not account.primary and records:
                yield from _missing(account, records, shelf)


def _missing(account: Account, records: Sequence[Account], shelf: Callable[[], Shelf]) -> Iterator[Problem]:
    found: dict[Span, tuple[Utterance, Account, Verdict]] = {}
    for row in account.utterances:
        record = next((r for r in records if _should(r, row, account)), None) if _quotes(row) else None
        if record is None:
            continue
        extents = [(span.start, span.end) for span in row.statement.content]
        quoted = (q for q in quotations(account.document.id, account.document.text, extents) if not q.depth)
        long = [q for q in quoted if len(q.span.exact.split()) >= LEAST]
        for verdict in audit(long, shelf()) if long else ():
            if verdict.verdict == "not found" and not verdict.short:
                found.setdefault(verdict.quotation.span, (row, record, verdict))
    longest = sorted(found, key=lambda span: (span.start - span.end, span.start))
    for span in longest[:MOST]:
        yield _alone(account, span, *found[span])


def _quotes(utterance: Utterance) -> bool:
    return utterance.plain and utterance.statement.directness in {"direct", "mixed"}


def _should(record: Account, utterance: Utterance, account: Account) -> bool:
    """Whether a record of the meeting would have somebody's words: its speaker has the floor there, or all parties speak in it."""
    if record.place.relation == "transcript":
        return bool(utterance.alone) and any(u.statement.directness == "turn" and u.alone == utterance.alone for u in record.utterances)
    circle = set(account.place.circle)
    return len(utterance.speakers) != 1 and bool(circle) and circle <= set(utterance.parties)


def _alone(account: Account, span: Span, utterance: Utterance, record: Account, verdict: Verdict) -> Problem:
    who = utterance.alone or "the parties"
    message = f"{account.place.doc} quotes {who}; {record.place.doc}, a fuller record of the same meeting, has no such words"
    nearest = verdict.nearest or _floor(record, utterance)
    return query(ALONE, "low", message, AUDIT, (span, *([nearest] if nearest else [])))


def _floor(record: Account, utterance: Utterance) -> Span | None:
    """The first words of the speaker in a record, else those of the record."""
    turns = (u.statement.content for u in record.utterances if u.alone == utterance.alone and u.statement.content)
    first = next(turns, None)
    return first[0] if first else next(iter(record.sentences), None)
