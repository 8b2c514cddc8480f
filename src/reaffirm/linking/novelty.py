"""What a text says for the first time in its chain, what it no longer says, what it repeats since when, and what it changed.

Sentences are laid beside those of the predecessor; those that have no counterpart there are new or gone, those that have one with
other words are changed. Words that stand elsewhere in the other text are neither new nor gone. What an expert would remark comes first:
a formula that was dropped or changed after a long run, then new sentences that bind or name, then the rest, and last what differs
in dates, names and numbers alone. This is about wording: the same thing said in other words is gone and new.
"""

from __future__ import annotations

import re
from math import log2
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from reaffirm.linking.alignment import align, gaps
from reaffirm.linking.formulas import Edition, Formula, formulas, linked, seen, telling, windows
from reaffirm.linking.standing import standing
from reaffirm.model import Span
from reaffirm.sequels import Novelty, Remark, Swap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.linking.concordance import Worded
    from reaffirm.linking.formulas import Chain, Extent

ALIKE = 0.55  # of a sentence and its counterpart, by words in order
SAME = 0.4  # and by telling words alone, which function words do not help
WITHIN = 0.8  # share of a sentence's words that stand in the other text, from which it is not new or gone but moved
MUCH = 1 / 3  # of a formula that goes with a sentence; the rest may stand in other words
LONG = 3  # texts in a row that make a formula's change remarkable
BINDING = frozenset(
    "agree agreed agrees aim aims call calls commit commits committed condemn condemns decide decided decides demand demands ensure"  # noqa: SIM905
    " intend intends must oppose opposes pledge pledges reaffirm reaffirms reject rejects resolve resolved shall support supports"
    " undertake undertakes urge urges will".split()
)
MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday"  # noqa: SIM905
    " saturday sunday".split()
)


def novelty(edition: Edition, earlier: Sequence[Edition]) -> Novelty:
    """What a text says anew, no longer, again and otherwise than the texts before it in its chain, given in order of date.

    The last of `earlier` is its predecessor.
    """
    return _told(linked((*earlier, edition)), len(earlier))


def novelties(editions: Sequence[Edition]) -> tuple[Novelty, ...]:
    """The novelty of each text of a chain, given in order of date; the words of all are read once."""
    chain = linked(editions)
    return tuple(_told(chain, n) for n in range(len(editions)))


def ranked(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Remarks, the most remarkable first, then by place."""
    return tuple(sorted(remarks, key=lambda r: (-r.weight, _place(r))))


def _told(chain: Chain, n: int) -> Novelty:
    searched = tuple((e.document, e.date) for e in chain.editions[:n])
    return Novelty(chain.editions[n].document, searched[-1][0] if n else None, searched, ranked(_remarks(chain, n) if n else ()))


def _place(remark: Remark) -> tuple[int, int]:
    return (remark.now or remark.was).start, remark.now is None  # type: ignore[union-attr]


def _remarks(chain: Chain, n: int) -> Iterator[Remark]:
    was, now = chain.sentences[n - 1], chain.sentences[n]
    old, new = standing(chain, n - 1, n), standing(chain, n, n - 1)
    pairs = _pairs(chain, n)
    ages = _ages(chain, n - 1)
    for i, j in pairs:
        changed = _changed(chain, n, (was[i], now[j]), (old, new), ages)
        if changed:
            yield changed
    for sentence in _others(now, {j for _, j in pairs}):
        yield from _new(chain, n, sentence, new)
    for sentence in _others(was, {i for i, _ in pairs}):
        yield from _gone(chain, n, sentence, old, ages)
    for formula in formulas(chain, n):
        yield _returning(chain, n, formula)


def _others(sentences: Sequence[Extent], paired: set[int]) -> list[Extent]:
    return [sentence for n, sentence in enumerate(sentences) if n not in paired]


# Which sentences are counterparts, and which words stand in the other text


def _pairs(chain: Chain, n: int) -> list[tuple[int, int]]:
    """The sentences of text n and the one before that are counterparts, the most alike first taken; as indexes (before, now)."""
    old, new = chain.words.texts[n - 1], chain.words.texts[n]
    before = [_numbers(chain, n - 1, sentence) for sentence in chain.sentences[n - 1]]
    now = [_numbers(chain, n, sentence) for sentence in chain.sentences[n]]
    found = []
    for j, b in enumerate(now):
        for i, a in enumerate(before):
            alike = Indel.normalized_similarity(a, b, score_cutoff=ALIKE)
            if alike and _content(old, chain.sentences[n - 1][i], new, chain.sentences[n][j]) >= SAME:
                found.append((alike, -abs(i - j), i, j))
    pairs, left, right = [], set[int](), set[int]()
    for _, _, i, j in sorted(found, reverse=True):
        if i not in left and j not in right:
            pairs.append((i, j))
            left.add(i)
            right.add(j)
    return sorted(pairs, key=lambda pair: pair[1])


def _numbers(chain: Chain, n: int, sentence: Extent) -> list[int]:
    start = int(chain.words.firsts[n])
    return [int(word) for word in chain.words.row[start + sentence[0] : start + sentence[1]]]


def _content(old: Worded, a: Extent, new: Worded, b: Extent) -> float:
    sides = [[word for word in words.keys[slice(*side)] if telling(word)] for words, side in ((old, a), (new, b))]
    return Indel.normalized_similarity(*sides) if all(sides) else 1.0


def _ages(chain: Chain, n: int) -> list[Formula]:
    """The formulas of text n, in their shortest windows, with what they have behind them."""
    return [seen(chain, n, low, high) for sentence in chain.sentences[n] for low, high in windows(chain.words.texts[n], sentence)]


# Remarks


def _changed(
    chain: Chain, n: int, pair: tuple[Extent, Extent], covered: tuple[list[bool], list[bool]], ages: Sequence[Formula]
) -> Remark | None:
    """The remark on a sentence whose counterpart has other words; None when they differ in nothing that is told."""
    (i, k), (j, m) = pair
    old, new = chain.words.texts[n - 1], chain.words.texts[n]
    swaps: list[Swap] = []
    stretches: list[Extent] = []
    first_time = False
    for a, b, c, d in gaps(align(old.keys[i:k], new.keys[j:m]), k - i, m - j):
        low, high, start, end = i + a, i + b, j + c, j + d
        if "".join(old.keys[low:high]) == "".join(new.keys[start:end]):
            continue
        still, already = (all(side[x:y]) for side, x, y in ((covered[0], low, high), (covered[1], start, end)))
        if still and already:
            continue  # moved
        fresh = start < end and _unheard(chain, n, start, end)
        swaps.append(
            Swap(_span(chain, n - 1, low, high), _span(chain, n, start, end), fresh, still and low < high, already and start < end)
        )
        stretches.append((low, high))
        first_time = first_time or fresh
    if not swaps:
        return None
    age = _age(ages, stretches, (i, k))
    run, since = (age.run + 1, age.since) if age else (1, n - 1)
    small = all(_small(swap, (old.starts[i], new.starts[j])) for swap in swaps)
    weight = 0.3 if small else (2.5 + log2(run) if run >= LONG else 1.2) + (0.3 if first_time else 0.0)
    why = ("dates, names and numbers alone" if small else _stood(chain, n, age) if run >= LONG else "changed wording",)
    return Remark(
        "changed", _whole(chain, n - 1, (i, k)), _whole(chain, n, (j, m)), tuple(swaps), run, _named(chain, since),
        _named(chain, age.first if age else n - 1), None, first_time, _broken(chain, n, age), round(weight, 2), why,
    )  # fmt: skip


def _new(chain: Chain, n: int, sentence: Extent, covered: Sequence[bool]) -> Iterator[Remark]:
    """The remark on a sentence without a counterpart in the predecessor: new, or back when an older text has it."""
    low, high = sentence
    stretches = _uncovered(covered, sentence, chain.words.texts[n])
    if not stretches:
        return
    last = _heard(chain, n, sentence)
    swaps = tuple(Swap(None, _span(chain, n, a, b), _unheard(chain, n, a, b)) for a, b in stretches)
    moved = sum(covered[low:high]) / (high - low) >= WITHIN
    words = chain.words.texts[n].keys[low:high]
    binds, names = any(word in BINDING for word in words), _names(chain.words.texts[n], sentence)
    fresh = any(swap.first_time for swap in swaps) and last is None
    weight = (1.0 if moved else 2.0) + (0.3 if binds else 0.0) + (0.2 if names else 0.0) + (0.0 if last is None else 0.1)
    if _short(stretches, words) or all(_small(swap, (-1, chain.words.texts[n].starts[low])) for swap in swaps):
        weight = 0.5
    why = [text for text, holds in (("binds", binds), ("names", names), ("mostly in the predecessor's words", moved)) if holds]
    if last is not None:
        why.append(f"absent from {n - 1 - last} texts in a row")
    yield Remark(
        "new" if last is None else "back", None, _whole(chain, n, sentence), swaps, last=None if last is None else _named(chain, last),
        first_time=fresh, weight=round(weight, 2), why=tuple(why),
    )  # fmt: skip


def _gone(chain: Chain, n: int, sentence: Extent, covered: Sequence[bool], ages: Sequence[Formula]) -> Iterator[Remark]:
    """The remark on a sentence of the predecessor without a counterpart, with how long it or its oldest formula had stood."""
    low, high = sentence
    stretches = _uncovered(covered, sentence, chain.words.texts[n - 1])
    if not stretches:
        return
    age = _age(ages, stretches, sentence, MUCH)
    run, since = (age.run + 1, age.since) if age else (1, n - 1)
    moved = sum(covered[low:high]) / (high - low) >= WITHIN
    weight = (3.0 + log2(run) if run >= LONG else 1.1) - (0.5 if moved else 0.0)
    swaps = tuple(Swap(_span(chain, n - 1, a, b), None) for a, b in stretches)
    words = chain.words.texts[n - 1]
    if _short(stretches, words.keys[low:high]) or all(_small(swap, (words.starts[low], -1)) for swap in swaps):
        weight = 0.5
    why = (_stood(chain, n, age) if run >= LONG else "dropped",)
    yield Remark(
        "gone", _whole(chain, n - 1, sentence), None, swaps, run, _named(chain, since), _named(chain, age.first if age else n - 1),
        formula=_broken(chain, n, age), weight=round(weight, 2), why=why,
    )  # fmt: skip


def _returning(chain: Chain, n: int, formula: Formula) -> Remark:
    now = _span(chain, n, formula.low, formula.high)
    since, first = _named(chain, formula.since), _named(chain, formula.first)
    weight = 0.2 + log2(1 + formula.run) / 50
    return Remark("returns", None, now, (), formula.run, since, first, weight=round(weight, 3), why=("word for word",))


def _age(ages: Sequence[Formula], stretches: Sequence[Extent], sentence: Extent, least: float = 0.0) -> Formula | None:
    """The formula with the longest run of those that the stretches of a sentence break, and cover at least so much of."""
    low, high = sentence
    within = [f for f in ages if low <= f.low and f.high <= high and any(f.low < b and a < f.high for a, b in stretches)]
    broken = [f for f in within if sum(max(0, min(b, f.high) - max(a, f.low)) for a, b in stretches) >= least * (f.high - f.low)]
    return max(broken, key=lambda f: (f.run, -f.low), default=None)


def _broken(chain: Chain, n: int, age: Formula | None) -> Span | None:
    return _span(chain, n - 1, age.low, age.high) if age and age.run else None


def _stood(chain: Chain, n: int, age: Formula | None) -> str:
    """Which words stood how long, in words: of a younger sentence a formula may be old."""
    formula = _broken(chain, n, age)
    return f"“{' '.join(formula.exact.split())}” stood in {age.run + 1} texts in a row" if age and formula else ""


def _uncovered(covered: Sequence[bool], sentence: Extent, words: Worded) -> list[Extent]:
    """The stretches of a sentence that do not stand in the other text, those with a telling word."""
    found: list[Extent] = []
    for n in range(*sentence):
        if covered[n]:
            continue
        if found and found[-1][1] == n:
            found[-1] = found[-1][0], n + 1
        else:
            found.append((n, n + 1))
    return [(a, b) for a, b in found if any(map(telling, words.keys[a:b]))]


def _unheard(chain: Chain, n: int, low: int, high: int) -> bool:
    """Whether no text before has these words."""
    return any(map(telling, chain.words.texts[n].keys[low:high])) and seen(chain, n, low, high).first == n


def _heard(chain: Chain, n: int, sentence: Extent) -> int | None:
    """The last text before the predecessor that has most of a sentence's formulas; None when none has."""
    found = [seen(chain, n, *window) for window in windows(chain.words.texts[n], sentence)]
    lasts = [f.last for f in found if f.last < n]
    if not found or len(lasts) < WITHIN * len(found):
        return None
    return max(set(lasts), key=lambda last: (lasts.count(last), last))


def _short(stretches: Sequence[Extent], words: Sequence[str]) -> bool:
    """Whether next to nothing is new or gone: one word of a longer sentence."""
    return sum(b - a for a, b in stretches) == 1 and len(words) > 8


def _small(swap: Swap, firsts: tuple[int, int]) -> bool:
    """Whether the words are dates, names and numbers; a sentence's first word, at the offsets given, is a name before another only."""
    for side, first in zip((swap.was, swap.now), firsts, strict=True):
        words = re.findall(r"\w+", side.exact) if side else []
        opening = side is not None and side.start == first and not (len(words) > 1 and words[1][:1].isupper())
        for n, word in enumerate(words):
            capital = word[:1].isupper() and not (n == 0 and opening)
            if not (word[:1].isdigit() or capital or word.casefold() in MONTHS or not telling(word.casefold())):
                return False
    return True


def _names(words: Worded, sentence: Extent) -> bool:
    """Whether a word but the first begins with a capital."""
    return any(words.form(n)[:1].isupper() and telling(words.keys[n]) for n in range(sentence[0] + 1, sentence[1]))


def _span(chain: Chain, n: int, low: int, high: int) -> Span | None:
    if low >= high:
        return None
    words = chain.words.texts[n]
    start, end = words.extent(low, high)
    return Span(chain.editions[n].document, start, end, words.text[start:end])


def _whole(chain: Chain, n: int, sentence: Extent) -> Span:
    start, end = chain.extents[n][sentence]
    return Span(chain.editions[n].document, start, end, chain.editions[n].text[start:end])


def _named(chain: Chain, n: int) -> tuple[str, str | None]:
    return chain.editions[n].document, chain.editions[n].date
