"""Reports that harden into fact: what one text tells on hearsay and a later one tells as fact, with no source and nothing to confirm it.

Strict, because a reader is told to doubt a text: nearly the same words, of the same party, in a text that is surely later; a sentence
that somebody says, guesses, asks or denies is no fact; and one official text of the ledger that has the item, of before the later
text or of unknown date, is a confirmation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reaffirm.linking.accounts import FEWEST, NEARLY, alike, content, denies, query
from reaffirm.linking.anachronisms import doubted
from reaffirm.linking.wordings import SHORT, wording
from reaffirm.linking.words import WORD, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.linking.accounts import Account, Utterance
    from reaffirm.linking.wordings import Wording
    from reaffirm.model import Problem, Span
    from reaffirm.packs import Packs

HARDENED = "hardened report"
SECOND_HAND = frozenset({"hearsay", "inferred"})  # what was expected, and then done, is the common run of things
LOOSE = 0.4  # of the stems of a sentence that tells a report as fact; it may tell more beside it
LOOK = "ask what the later text knows it from; until then the ledger shows the first row as hearsay, and the later sentence proves no more"


@dataclass(frozen=True)
class Report:
    """What an account tells on hearsay: the words that tell so, the content, and of whom."""

    account: Account
    utterance: Utterance
    parties: frozenset[str]

    @cached_property
    def words(self) -> Wording:
        """The content words."""
        return content(self.utterance.statement.content)


@dataclass(frozen=True)
class Passage:
    """A sentence of an account with its content words."""

    account: Account
    span: Span

    @cached_property
    def words(self) -> Wording:
        """The content words."""
        return wording([self.span.exact])


class Passages:
    """The sentences of some accounts, by the beginnings of their words: a stem keeps the first letters of its word."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.rows = [Passage(account, span) for account in accounts for span in account.sentences]
        self.places: defaultdict[str, set[int]] = defaultdict(set)
        for n, row in enumerate(self.rows):
            for word in WORD.findall(row.span.exact):
                self.places[fold(word)[:SHORT]].add(n)

    def like(self, words: Wording) -> Iterator[Passage]:
        """The sentences that have most of the words, in order."""
        counted: defaultdict[int, int] = defaultdict(int)
        for stem in words.firm:
            for n in self.places.get(stem[:SHORT], ()):
                counted[n] += 1
        least = max(FEWEST, NEARLY * len(words.firm))
        yield from (self.rows[n] for n in sorted(counted) if counted[n] >= least and alike(words, self.rows[n].words, LOOSE))


def hardened(accounts: Sequence[Account], packs: Packs) -> Iterator[Problem]:
    """The reports of some accounts that the first later one tells as fact, by account and place of the report."""
    told = sorted((account for account in accounts if not account.primary), key=lambda a: (a.place.first or "", a.place.doc))
    later, official = Passages(told), Passages(account for account in accounts if account.primary)
    for report in (report for account in told for report in _reports(account)):
        facts = (p for p in later.like(report.words) if _follows(p, report) and _fact(p, report, packs))
        first = min(facts, key=lambda p: (p.account.place.first or "", p.account.place.doc, p.span.start), default=None)
        if first and not any(_before(p, first) for p in official.like(report.words)):
            yield _problem(report, first)


def _reports(account: Account) -> Iterator[Report]:
    """What an account tells on hearsay; of a report in a report the outer one."""
    heard = {u.statement.id: u for u in account.utterances if u.statement.factuality in SECOND_HAND}
    for row in heard.values():
        if row.statement.nested_in in heard or not row.statement.content:
            continue
        within = [u for u in heard.values() if u is row or u.statement.nested_in == row.statement.id]
        yield Report(account, row, frozenset(name for u in within for name in u.parties))


def _follows(passage: Passage, report: Report) -> bool:
    """Whether a passage stands in another text that is surely later."""
    ours, theirs = report.account.place, passage.account.place
    return ours.document != theirs.document and ours.last is not None and theirs.first is not None and ours.last < theirs.first


def _before(passage: Passage, fact: Passage) -> bool:
    """Whether an official text may have been there when something was told as fact."""
    first = passage.account.place.first
    return first is None or first <= (fact.account.place.last or first)


def _fact(passage: Passage, report: Report, packs: Packs) -> bool:
    """Whether a sentence tells a report as a fact, of the same parties, and nobody is its source."""
    text, span = passage.span.exact, passage.span
    if text.rstrip().endswith("?") or denies(text) != denies(_text(report)) or doubted(text, packs):
        return False
    here = [u for u in passage.account.utterances if any(span.start < s.end and s.start < span.end for s in u.statement.content)]
    named = {name for at, name in passage.account.names if span.start <= at < span.end} | {name for u in here for name in u.parties}
    if report.parties and not report.parties & named:
        return False
    return all(_of_report(u, report) for u in here)


def _of_report(utterance: Utterance, report: Report) -> bool:
    """Whether a statement belongs to what is reported, so that it is no source: plain, and its verb is among the report's words."""
    row = utterance.statement
    cue = wording([row.cue.exact]).stems if row.cue else frozenset()
    return row.factuality == "plain" and row.directness == "indirect" and bool(cue & report.words.stems)


def _text(report: Report) -> str:
    return " ".join(span.exact for span in report.utterance.statement.content)


def _problem(report: Report, fact: Passage) -> Problem:
    row = report.utterance.statement
    cue = f" (“{' '.join(row.cue.exact.split())}”)" if row.cue else ""
    message = (
        f"{report.account.place.doc} tells it on {'hearsay' if row.factuality == 'hearsay' else 'inference'}{cue}, "
        f"{fact.account.place.doc} later as fact, with no source; no official text of the ledger says it"
    )
    return query(HARDENED, "medium", message, LOOK, (fact.span, row.content[0]))

