"""What coders say of rows, each coder for himself, and what follows from it: figures of agreement, disagreements, accuracy."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from reaffirm.review.alpha import Unitized, nominal, unitizing
from reaffirm.review.codings import Coding, Unit
from reaffirm.review.kappa import cohen
from reaffirm.sequels import SPAN
from reaffirm.values import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reaffirm.model import PackEntry, Span

Kind = Literal["statement", "commitment", "demand"]
MACHINE = "machine"
HOLDS = "is one"  # the question before all fields: whether the row is a statement, commitment or demand at all
YES, NO = "yes", "no"
NORMAL = 1.959963984540054  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one coder says of a row: a value by question (`is one`, and fields); a question that is not answered is not there."""

    coder: str
    values: Mapping[str, str]

    @property
    def holds(self) -> str | None:
        """Whether the row is one, `yes` or `no`; None while the coder has not decided."""
        return self.values.get(HOLDS)


@dataclass(frozen=True, slots=True)
class Found:
    """A listed row with what the machine read of it, before anybody is asked."""

    row: str
    document: str
    doc: str
    quote: str
    spans: tuple[Span, ...]
    rule: str
    entry: PackEntry | None
    read: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    """A row of a document with the opinions of all coders, the machine among them, and the decision that settled it, if there is one.

    `places` are the stretches of the text that make it a unit; `settled` holds what a later decision says on questions over which
    coders differed.
    """

    row: str
    document: str
    doc: str
    quote: str
    places: tuple[tuple[int, int], ...]
    rule: str
    entry: str
    opinions: tuple[Opinion, ...]
    settled: Opinion | None = None

    def places_by(self, values: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
        """The stretches that make it a unit for who says so; a coder may have corrected them."""
        return stretches(values[SPAN]) if values.get(SPAN) else self.places

    def by(self, coder: str) -> Opinion | None:
        """The opinion of a coder."""
        return next((opinion for opinion in self.opinions if opinion.coder == coder), None)


@dataclass(frozen=True, slots=True)
class Figure:
    """How far coders agree on one question: `units` that two or more answered, the share on which all agreed, and nominal alpha."""

    question: str
    units: int
    agreed: float
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Pairwise:
    """How far two coders agree on one question: units that both answered, the share on which they agreed, and Cohen's kappa."""

    a: str
    b: str
    question: str
    units: int
    agreed: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Partial:
    """A document that a coder did not decide to its end, so that what is not marked there says nothing: `decided` of `rows`."""

    doc: str
    coder: str
    decided: int
    rows: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures for one kind of row; `by` is the field whose values the units of the continuum have."""

    kind: str
    coders: tuple[str, ...]
    figures: tuple[Figure, ...]
    pairs: tuple[Pairwise, ...]
    by: str
    unitized: Unitized
    partial: tuple[Partial, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question on which coders differ: the values by coder, and the value that settled it, None while nothing has."""

    row: str
    kind: str
    document: str
    doc: str
    quote: str
    question: str
    values: tuple[tuple[str, str], ...]
    settled: str | None
    settled_by: str | None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How a rule, or a pack entry, fared under people's decisions.

    `right` rows were accepted and nothing in them corrected, of `mended` ones a field was corrected, `wrong` ones were rejected, `unsure`
    ones are undecided and count for nothing. `share` is right by decided; `low` and `high` bound it (95 %). `rows` are those to look at:
    mended and wrong.
    """

    kind: str
    rule: str
    entry: str
    right: int
    mended: int
    wrong: int
    unsure: int
    share: float | None
    low: float | None
    high: float | None
    rows: tuple[str, ...]


def agreement(kind: str, cases: Sequence[Case], coders: Sequence[str], by: str, lengths: Mapping[str, int]) -> Agreement:
    """The figures of these coders on rows of one kind; `lengths` are those of texts, by document (whose id names one reading)."""
    questions = sorted({q for case in cases for coder in coders for q in _values(case, coder)}, key=lambda q: (q != HOLDS, q))
    figures = tuple(f for question in questions if (f := _figure(question, cases, coders)).units)
    pairs = tuple(p for a, b in combinations(coders, 2) for question in questions if (p := _pairwise(a, b, question, cases)).units)
    codings, partial = _codings(kind, cases, coders, by, lengths)
    return Agreement(kind, tuple(coders), figures, pairs, by, unitizing(codings), partial)


def _values(case: Case, coder: str) -> Mapping[str, str]:
    opinion = case.by(coder)
    return opinion.values if opinion else {}


def _answers(question: str, case: Case, coders: Iterable[str]) -> dict[str, str]:
    """The answers of these coders to one question about a row."""
    return {coder: values[question] for coder in coders for values in [_values(case, coder)] if question in values}


def _figure(question: str, cases: Iterable[Case], coders: Sequence[str]) -> Figure:
    units = [given for case in cases if len(given := _answers(question, case, coders)) > 1]
    agreed = sum(len(set(given.values())) == 1 for given in units)
    return Figure(question, len(units), agreed / max(len(units), 1), nominal(units))


def _pairwise(a: str, b: str, question: str, cases: Iterable[Case]) -> Pairwise:
    found = [_answers(question, case, (a, b)) for case in cases]
    pairs = [(given[a], given[b]) for given in found if len(given) > 1]
    agreed = sum(first == second for first, second in pairs)
    return Pairwise(a, b, question, len(pairs), agreed / max(len(pairs), 1), cohen(pairs))


def _codings(
    kind: str, cases: Iterable[Case], coders: Sequence[str], by: str, lengths: Mapping[str, int]
) -> tuple[list[Coding], tuple[Partial, ...]]:
    """What each coder marked in each document that he decided to its end, and the documents that some did not."""
    homes: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        homes[case.document].append(case)
    codings, partial = [], []
    for document, rows in homes.items():
        for coder in coders:
            said = [(case, _values(case, coder)) for case in rows]
            decided = sum(_is_decided(values, by) for _, values in said)
            if decided == len(rows):
                units = (Unit(s, e, v.get(by, kind)) for case, v in said if v[HOLDS] == YES for s, e in case.places_by(v))
                codings.append(Coding(coder, document, lengths[document], tuple(units)))
            elif decided:
                partial.append(Partial(rows[0].doc, coder, decided, len(rows)))
    return codings, tuple(partial)


def _is_decided(values: Mapping[str, str], by: str) -> bool:
    return values.get(HOLDS) == NO or (values.get(HOLDS) == YES and (not by or by in values))


def disagreements(kind: str, cases: Iterable[Case], coders: Sequence[str]) -> list[Disagreement]:
    """The questions on which two of these coders differ, row by row, settled or not."""
    found = []
    for case in cases:
        questions = sorted({q for coder in coders for q in _values(case, coder)}, key=lambda q: (q != HOLDS, q))
        for question in questions:
            given = _answers(question, case, coders)
            if len(set(given.values())) > 1:
                settled = case.settled.values.get(question) if case.settled else None
                by = case.settled.coder if case.settled and settled is not None else None
                told = (case.row, kind, case.document, case.doc, case.quote)
                found.append(Disagreement(*told, question, tuple(given.items()), settled, by))
    return found


def accuracy(kind: str, cases: Iterable[Case], coder: str | None = None) -> list[Accuracy]:
    """By rule and pack entry, how the rows fared that people (or one of them) decided; of people who differ, what settled it counts.

    A row on which people differ, and which nothing has settled, counts as unsure.
    """
    found: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for case in cases:
        outcome = _outcome(case, coder)
        if outcome:
            found[case.rule, case.entry].append((case.row, outcome))
    return [_fared(kind, *read, rows) for read, rows in sorted(found.items())]


def _outcome(case: Case, coder: str | None) -> str | None:
    """What became of a row: right, mended, wrong or unsure; None where nobody who is asked for has looked at it, or no rule read it."""
    people = [opinion for opinion in case.opinions if opinion.coder != MACHINE and coder in {None, opinion.coder}]
    if not people:
        return None
    told = {**_together(people), **(case.settled.values if case.settled and coder is None else {})}
    machine = _values(case, MACHINE)
    if machine.get(HOLDS) == NO:
        return None  # a person added it
    if told.get(HOLDS) == NO:
        return "wrong"
    if HOLDS not in told or None in told.values():
        return "unsure"
    return "mended" if any(told[question] != machine.get(question) for question in told if question != HOLDS) else "right"


def _together(people: Iterable[Opinion]) -> dict[str, str | None]:
    """The answers of several people by question; None where they differ."""
    found: dict[str, str | None] = {}
    for opinion in people:
        for question, value in opinion.values.items():
            found[question] = value if found.get(question, value) == value else None
    return found


def _fared(kind: str, rule: str, entry: str, rows: Sequence[tuple[str, str]]) -> Accuracy:
    outcomes = [outcome for _, outcome in rows]
    right, mended, wrong, unsure = (outcomes.count(name) for name in ("right", "mended", "wrong", "unsure"))
    decided = right + mended + wrong
    low, high = wilson(right, decided) if decided else (None, None)
    failed = tuple(row for row, outcome in rows if outcome in {"mended", "wrong"})
    return Accuracy(kind, rule, entry, right, mended, wrong, unsure, right / decided if decided else None, low, high, failed)


def wilson(right: int, n: int) -> tuple[float, float]:
    """The bounds of a share of `n` (at least 1) at 95 %: Wilson, Journal of the American Statistical Association 22 (1927)."""
    share, z2 = right / n, NORMAL**2
    middle, half = share + z2 / (2 * n), NORMAL * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z2 / n)), min(1.0, (middle + half) / (1 + z2 / n))
