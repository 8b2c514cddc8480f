"""How two rows are held against each other: names, spans, token overlap, extents, best one-to-one pairs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from reaffirm.review.rows import JSON, Pair, Row, document, items, word, words

# A token or a line with its place in the text; the place is None where the source has no common offsets.
Placed: TypeAlias = tuple[int | None, str]

EDGE = " \t\n.,;:!?-–—\"'“”‘’()[]"
PREPOSITION = re.compile(
    r"(?:since|within|by|in|on|at|after|before|during|under|from|until|till|through|throughout|over|for|ahead of)\s+", re.IGNORECASE
)
FIRST_PERSON = re.compile(r"(i|we|us|our|ours|my)", re.IGNORECASE)
PRONOUN = re.compile(r"(he|she|it|they|this|that|these|those|him|her|them|who|which)", re.IGNORECASE)
COLLECTIVE = re.compile(
    r"\b(both|two|three|four|sides?|leaders|ministers|principals|nations|countries|governments|allies|parties|counterparts|"
    r"chiefs|secretaries|officials|delegations)\b",
    re.IGNORECASE,
)
NOT_OF_OFFICE = {"of", "the", "for", "and", "affairs", "national"}
# What a required gold row weighs more than an optional one, all else equal.
REQUIRED = 0.03


def fold(name: str) -> str:
    """A name without case, a leading "the" and differences of white space."""
    return re.sub(r"^the ", "", re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold())


class Names:
    """How names are read: what else an actor may be called, and the state behind it (`actors.jsonl` of gold)."""

    def __init__(self, actors: Iterable[Row]) -> None:
        self._canonical: dict[str, str] = {}
        self._behind: dict[str, str] = {}
        for actor in actors:
            own = fold(word(actor, "name") or "")
            self._canonical |= dict.fromkeys([own, *map(fold, words(actor.get("also")))], own)
            self._behind[own] = fold(word(actor, "state") or "")

    def canon(self, names: JSON) -> frozenset[str]:
        """The canonical names of a list; whatever is unresolved, and an empty list, is `?`."""
        return frozenset(self._one(n) for n in words(names)) or frozenset("?")

    def states(self, names: JSON) -> frozenset[str]:
        """The states or organisations behind the names; a name without one stands for itself."""
        return frozenset(self._behind.get(n) or n for n in self.canon(names))

    def _one(self, name: str) -> str:
        folded = "?" if name.startswith("?") else fold(name)
        return self._canonical.get(folded, folded)

    def same(self, key: str, gold: Row, pred: Row) -> bool:
        """Whether two rows give the same set of names under a key."""
        return self.canon(gold.get(key)) == self.canon(pred.get(key))

    def same_states(self, key: str, gold: Row, pred: Row) -> bool:
        """Whether two rows give names of the same states and organisations under a key."""
        return self.states(gold.get(key)) == self.states(pred.get(key))

    def same_people(self, key: str, gold: Row, pred: Row) -> bool:
        """Whether people are right: gold's set, with or by its external members, an accepted set, or the parties.

        Where no name is warranted (all members external), no name and the right parties are right as well.
        """
        inside, outside = words(gold.get(key)), words(gold.get(f"{key}_external"))
        given = words(pred.get(key)) + words(pred.get(f"{key}_external"))
        if outside and not inside and not given and self.same("parties", gold, pred):
            return True
        accept = map(words, items(gold.get(f"{key}_accept")))
        sets = [inside or words(gold.get("parties")), inside + outside, outside or inside, *accept]
        right = {self.canon([*names]) for names in sets}
        return self.canon([*given]) in right or self.canon(pred.get(key)) in right


def spans(value: JSON) -> list[Row]:
    """The spans of a value: a list of them, one, or bare strings, which are spans without a place."""
    given: list[Row] = []
    for span in value if isinstance(value, list) else [value]:
        if isinstance(span, str) and span:
            given.append({"text": span})
        elif isinstance(span, dict) and span:
            given.append(span)
    return given


def place(span: Row) -> int | None:
    """The offset at which a span starts; None where it has no place."""
    start = span.get("start")
    return start if isinstance(start, int) else None


def text(value: JSON) -> str:
    """The words of a value's spans, joined by blanks."""
    return " ".join(word(s, "text") or "" for s in spans(value))


def trim(value: JSON) -> str:
    """The words of a value's spans without case and edge punctuation; empty when there is none."""
    return re.sub(r"\s+", " ", text(value)).strip(EDGE).casefold()


def same_words(key: str, gold: Row, pred: Row) -> bool:
    """Whether two rows have the same words under a key, edge punctuation and case aside; none equals none."""
    return trim(gold.get(key)) == trim(pred.get(key))


def tokens(value: JSON) -> list[Placed]:
    """The tokens (runs of word characters, case folded) of a value's spans, each with its place."""
    out: list[Placed] = []
    for span in spans(value):
        base = place(span)
        found = re.finditer(r"\w+", word(span, "text") or "")
        out += [(None if base is None else base + m.start(), m.group().casefold()) for m in found]
    return out


def overlap(gold: JSON, pred: JSON) -> float:
    """The token F of two spans or lists of spans, 0 to 1: by place where all tokens have one, else by words."""
    a, b = tokens(gold), tokens(pred)
    if not a or not b:
        return 0.0
    placed = all(p is not None for p, _ in a + b)
    left, right = (Counter(p if placed else w for p, w in side) for side in (a, b))
    return 2 * (left & right).total() / (len(a) + len(b))


class _Pairing:
    """The Hungarian method with potentials (Kuhn 1955, Munkres 1957), for at most as many rows as columns.

    Rows and columns count from 1; column 0 is where a row stands that has no column yet.
    """

    def __init__(self, weights: list[list[float]]) -> None:
        self.weights = weights
        self.of_row = [0.0] * (len(weights) + 1)
        self.of_column = [0.0] * (len(weights[0]) + 1)
        self.owner = [0] * (len(weights[0]) + 1)

    def place(self, row: int) -> None:
        """Nothing: gives the row a column, moving placed rows along the cheapest augmenting path."""
        self.owner[0] = row
        way, column = self._path()
        while column:
            self.owner[column] = self.owner[way[column]]
            column = way[column]

    def _path(self) -> tuple[list[int], int]:
        """The way back from each column, and the free column in which the cheapest path ends."""
        size = len(self.owner)
        least, way, done = [float("inf")] * size, [0] * size, [False] * size
        column = 0
        while self.owner[column]:
            done[column] = True
            free = [j for j in range(1, size) if not done[j]]
            self._relax(column, free, least, way)
            nearest = min(free, key=least.__getitem__)
            self._shift(least[nearest], done, least)
            column = nearest
        return way, column

    def _relax(self, column: int, free: list[int], least: list[float], way: list[int]) -> None:
        row = self.owner[column]
        for j in free:
            cost = -self.weights[row - 1][j - 1] - self.of_row[row] - self.of_column[j]
            if cost < least[j]:
                least[j], way[j] = cost, column

    def _shift(self, delta: float, done: list[bool], least: list[float]) -> None:
        for j, reached in enumerate(done):
            if reached:
                self.of_row[self.owner[j]] += delta
                self.of_column[j] -= delta
            else:
                least[j] -= delta


def assign(weights: list[list[float]]) -> list[tuple[int, int]]:
    """The one-to-one pairs (row, column) of positive weight with the greatest sum of weights."""
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        return [(i, j) for j, i in assign([list(column) for column in zip(*weights, strict=True)])]
    pairing = _Pairing(weights)
    for row in range(1, len(weights) + 1):
        pairing.place(row)
    placed = [(row - 1, column - 1) for column, row in enumerate(pairing.owner) if column and row]
    return [(i, j) for i, j in placed if weights[i][j] > 0]


@dataclass(frozen=True, slots=True)
class Matched:
    """Gold rows, predicted rows, and the pairs among them."""

    gold: list[Row]
    pred: list[Row]
    pairs: list[Pair]


Weight: TypeAlias = Callable[[Row, Row], float]


def match(gold: list[Row], pred: list[Row], weight: Weight) -> Matched:
    """The best one-to-one pairs of two lists of rows; a required gold row goes before an optional one of equal weight."""

    def cell(g: Row, p: Row) -> float:
        found = weight(g, p)
        return found + REQUIRED * (not g.get("optional")) if found > 0 else 0.0

    table = [[cell(g, p) for p in pred] for g in gold]
    return Matched(gold, pred, [(gold[i], pred[j]) for i, j in assign(table)])


def match_by_document(gold: list[Row], pred: list[Row], weight: Weight) -> Iterator[Matched]:
    """The best pairs of each document in which either side has a row, documents by name."""
    sides: dict[str, tuple[list[Row], list[Row]]] = {}
    for side, rows in enumerate((gold, pred)):
        for row in rows:
            sides.setdefault(document(row), ([], []))[side].append(row)
    for _, (gs, ps) in sorted(sides.items(), key=lambda item: item[0]):
        yield match(gs, ps, weight)


def extents(row: Row) -> set[Placed]:
    """The surface and the phrase of a time expression, without leading preposition, possessive ending and edges."""
    out: set[Placed] = set()
    for span in [*spans(row.get("surface")), *spans(row.get("phrase"))]:
        said, base = word(span, "text") or "", place(span)
        lead = PREPOSITION.match(said)
        cut = lead.end() if lead else 0
        bare = re.sub(r"['’]s?$", "", said[cut:].strip(EDGE)).casefold()
        out.add((None if base is None else base + cut, bare))
    return out


def same_extent(a: set[Placed], b: set[Placed]) -> bool:
    """Whether two sets have a common member, by place where all have one, else by words."""
    if all(n is not None for n, _ in a | b):
        return bool(a & b)
    return bool({t for _, t in a} & {t for _, t in b})


def lines(value: JSON) -> set[Placed]:
    """The lines of furniture spans, each with its place where it has one, bullets and edge space dropped."""
    out: set[Placed] = set()
    for span in spans(value):
        base = place(span)
        for m in re.finditer(r"[^\n]+", word(span, "text") or ""):
            if kept := m.group().strip(" \t•*·-"):
                out.add((None if base is None else base + m.start() + m.group().index(kept), kept))
    return out


def office_key(office: JSON) -> frozenset[str]:
    """The words that tell one office from another."""
    said = office.casefold().replace("defence", "defense") if isinstance(office, str) else ""
    return frozenset(re.findall(r"\w+", said)) - NOT_OF_OFFICE


def lemma(illocution: JSON) -> str:
    """The lemma of an illocution: what stands before the bracket, without a leading "be"."""
    said = illocution if isinstance(illocution, str) else ""
    return re.sub(r"^be ", "", re.sub(r"\s*\(.*", "", said).strip().casefold())


def source_class(row: Row) -> str | None:
    """The class of sources that are hard to resolve, by the words of the source; None for every other source."""
    source = text(row.get("source")).strip(EDGE)
    if FIRST_PERSON.fullmatch(source):
        return "first-person"
    if PRONOUN.fullmatch(source):
        return "pronoun"
    return "collective" if COLLECTIVE.search(source) else None
