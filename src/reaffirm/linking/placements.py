"""Where quoted words stand in texts: word for word, else as nearly as may be, with the words that differ.

First the words as they are; then, where the fragment is cut or added to, its pieces one behind the other; then the passage
where most of them stand, laid beside them. A passage is named only where its words could hardly meet by chance: the bits
that they tell, less `COST` for each word that differs, must exceed those that choose one place of the texts searched by `SURE`, and be
most of those that the fragment has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import log2
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.fuzz import partial_ratio_alignment

from reaffirm.linking.alignment import align, gaps
from reaffirm.linking.concordance import form, key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.linking.alignment import Run
    from reaffirm.linking.concordance import Concordance, Numbers, Worded
    from reaffirm.linking.fragments import Piece

Extent = tuple[int, int]

BRACKETS = re.compile(r"[\[\]]")
REACH = 400  # words that an ellipsis may stand for
NEAR = 60  # and before or behind a piece of fewer than `FEW` words, which stands somewhere in most texts
FEW = 3
INSTEAD = 12  # words that an insertion may stand for
MOST = 200  # occurrences of the piece that the others are sought around
COMMON = 5_000  # occurrences of words that no passage is sought by, unless there are no others
RAREST = 24
WINDOWS = 6
FEWEST = 4  # words of a fragment that is sought where it was altered
SHARE = 0.6
SURE = 10.0  # bits that a passage must tell beyond those that choose one place of all searched
COST = 5.0  # bits that a word which differs takes off


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that differ: their extent in the fragment's text, and the words [low, high) of the source; None where one has none."""

    quoted: Extent | None
    standing: Extent | None
    case: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a fragment stands: the text's index, its stretches of words [low, high), what differs, what share of it (0 to 1) is there."""

    text: int
    stretches: tuple[Extent, ...]
    edits: tuple[Edit, ...] = ()
    share: float = 1.0
    left_out: int = 0  # words of the source that stand between two stretches at an ellipsis
    recased: bool = False  # whether the first word differs in letter case
    told: float = 0.0  # bits that its words tell, less what differs; counted where not all of them stand there
    sure: bool = True  # whether its words could hardly meet by chance


@dataclass(frozen=True, slots=True)
class Sought:
    """A fragment as it is sought: its text, its pieces, and the keys of each."""

    text: str
    pieces: tuple[Piece, ...]

    def keys(self, piece: Piece) -> list[str]:
        """The keys of a piece's words."""
        return [key(self.text[a:b]) for a, b in piece.words]

    def words(self) -> list[Extent]:
        """The words of all pieces, one with brackets in it as a whole."""
        return [pair for piece in self.pieces for pair in ((piece.extent,) if piece.extent else piece.words)]

    def read(self) -> list[str]:
        """The keys of all words, read over brackets."""
        return [key(BRACKETS.sub("", self.text[a:b])) for a, b in self.words()]


def together(known: Concordance, text: str, words: Sequence[Extent]) -> list[Placement]:
    """Where the words stand one behind the other, the best place of each text: that with the fewest differences of letter case."""
    run = known.numbered(key(text[a:b]) for a, b in words)
    places = known.occurrences(run)
    return _best(_exact(known, text, words, int(place), int(n)) for place, n in zip(places, known.texts_at(places), strict=True))


def apart(known: Concordance, sought: Sought) -> list[Placement]:
    """Where the pieces stand word for word, in order, with no more between them than their joints allow; the best of each text."""
    anchor = _rarest(known, sought)
    if anchor is None:
        return []
    places = known.occurrences(known.numbered(sought.keys(sought.pieces[anchor])))[:MOST]
    found = []
    for place in places:
        n = known.text_at(int(place))
        low = int(place - known.firsts[n])
        stretches = _around(known.texts[n], sought, anchor, (low, low + len(sought.pieces[anchor].words)))
        if stretches:
            found.append(_placed(known.texts[n], sought, n, stretches))
    return _best(found)


def altered(known: Concordance, sought: Sought, texts: frozenset[int] | None = None) -> list[Placement]:
    """The passages (of some texts only) that most of the words stand in, best first, with what differs; those that may be chance last."""
    keys = sought.read()
    bits = [known.bits(number) for number in known.numbered(keys)]
    doubt = _doubt(known, texts)
    found = []
    for n, low, high in _windows(known, keys, bits, texts):
        near = partial_ratio_alignment(keys, known.texts[n].keys[low:high])
        spare = max(3, len(keys) // 4)
        narrow = (max(low, low + near.dest_start - spare), min(high, low + near.dest_end + spare)) if near else (low, high)
        found += [placed for within in {narrow, (low, high)} if (placed := _beside(known, sought, n, within, bits, doubt))]
    return sorted(found, key=lambda p: (not p.sure, strain(p), -p.share, p.text, p.stretches))


def _doubt(known: Concordance, texts: frozenset[int] | None) -> float:
    """The bits that choose one place of all that are searched."""
    return log2(1 + (len(known.row) if texts is None else sum(len(known.texts[n].keys) for n in texts)))


def strain(placed: Placement) -> int:
    """How many words differ, the larger side of each place."""
    sizes = ((edit.standing or (0, 0), edit.quoted is not None) for edit in placed.edits)
    return sum(max(high - low, int(quoted)) for (low, high), quoted in sizes)


def _exact(known: Concordance, text: str, words: Sequence[Extent], place: int, n: int) -> Placement:
    low = place - int(known.firsts[n])
    source = known.texts[n]
    recased = form(text[slice(*words[0])]) != source.form(low)
    return Placement(n, ((low, low + len(words)),), tuple(_cases(source, text, words, low)), recased=recased)


def _cases(source: Worded, text: str, words: Sequence[Extent], low: int) -> Iterator[Edit]:
    """The words but the first that differ in letter case."""
    for i, (a, b) in enumerate(words):
        if i and form(text[a:b]) != source.form(low + i):
            yield Edit((a, b), (low + i, low + i + 1), case=True)


def _best(found: Iterator[Placement] | list[Placement]) -> list[Placement]:
    best: dict[int, Placement] = {}
    for each in found:
        known = best.get(each.text)
        if known is None or _worse(known) > _worse(each):
            best[each.text] = each
    return list(best.values())


def _worse(placed: Placement) -> tuple[int, bool, int]:
    return len(placed.edits), placed.recased, placed.stretches[-1][1] - placed.stretches[0][0]


def _placed(source: Worded, sought: Sought, n: int, stretches: tuple[Extent, ...]) -> Placement:
    pairs = list(zip(sought.pieces, stretches, strict=True))
    edits = tuple(edit for piece, (low, _) in pairs for edit in _cases(source, sought.text, piece.words, low))
    left = sum(stretches[i][0] - stretches[i - 1][1] for i, piece in enumerate(sought.pieces) if i and piece.gap)
    return Placement(n, stretches, edits, left_out=left)


def _rarest(known: Concordance, sought: Sought) -> int | None:
    """The piece with the fewest occurrences; None when one of them has none."""
    counts = {}
    for n, piece in enumerate(sought.pieces):
        if piece.words:
            counts[n] = len(known.occurrences(known.numbered(sought.keys(piece))))
    return None if not counts or min(counts.values()) == 0 else min(counts, key=lambda n: (counts[n], n))


def _around(source: Worded, sought: Sought, anchor: int, there: Extent) -> tuple[Extent, ...] | None:
    """The stretches of all pieces round one that is known; None when one is not there."""
    after, before = [there], [there]
    for n in range(anchor + 1, len(sought.pieces)):
        edge = after[-1][1]
        found = _next(source, sought, n, (edge, edge + _reach(sought, n)), nearest=1)
        if found is None:
            return None
        after.append(found)
    for n in range(anchor - 1, -1, -1):
        edge = before[-1][0]
        found = _next(source, sought, n, (edge - _reach(sought, n + 1), edge), nearest=-1)
        if found is None:
            return None
        before.append(found)
    return (*before[:0:-1], *after)


def _reach(sought: Sought, n: int) -> int:
    """How many words of the source may stand between a piece and the one before it."""
    piece = sought.pieces[n]
    if not piece.gap:
        return INSTEAD if piece.inserted else 0
    sizes = [len(each.words) for each in sought.pieces[max(0, n - 1) : n + 1]]
    return NEAR if min(sizes) < FEW else REACH


def _next(source: Worded, sought: Sought, n: int, between: Extent, nearest: int) -> Extent | None:
    """The nearest stretch where a piece stands: behind an edge it begins, before one it ends, within the extent given."""
    piece = sought.pieces[n]
    size = max(1, len(piece.words))
    low, high = (between[0], between[1]) if nearest > 0 else (between[0] - size, between[1] - size)
    keys = tuple(sought.keys(piece))
    for at in range(max(0, low), min(high, len(source.keys) - size) + 1)[::nearest]:
        if source.keys[at : at + size] == keys or (piece.letters and _spelt(source.keys[at], piece.letters)):
            return at, at + size
    return None


def _spelt(word: str, letters: tuple[str, str]) -> bool:
    head, tail = (key(part) for part in letters)
    return word.startswith(head) and word.endswith(tail) and len(word) >= len(head) + len(tail)


# Passages that are not the same


def _windows(
    known: Concordance, keys: Sequence[str], bits: Sequence[float], texts: frozenset[int] | None
) -> Iterator[tuple[int, int, int]]:
    """The text and the words [low, high) of the passages with most of the words about where they would be, most telling first."""
    run = known.numbered(keys)
    width = max(8, len(run) // 2)
    starts, weights = _votes(known, run, bits)
    if texts is not None and len(starts):
        wanted = np.isin(known.texts_at(np.maximum(starts, 0)), np.array(sorted(texts)))
        starts, weights = starts[wanted], weights[wanted]
    if not len(starts):
        return
    ranked: list[tuple[float, int]] = []
    for shift in (0, width // 2):
        slots, inverse = np.unique((starts + shift) // width, return_inverse=True)
        totals = np.bincount(inverse, weights=weights)
        best = np.argsort(-totals, kind="stable")[:WINDOWS]
        ranked += [(float(totals[k]), int(slots[k]) * width - shift) for k in best]
    for _, start in sorted(ranked, key=lambda r: (-r[0], r[1]))[:WINDOWS]:
        middle = min(max(0, start + width), len(known.row) - 1)
        n = known.text_at(middle)
        first, size = int(known.firsts[n]), len(known.texts[n].keys)
        low, high = start - first - width, start - first + 2 * width + len(run)
        if min(size, high) > max(0, low):
            yield n, max(0, low), min(size, high)


def _votes(known: Concordance, run: Sequence[int], bits: Sequence[float]) -> tuple[Numbers, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """For each occurrence of a telling word, where the fragment would begin, and how much the word tells."""
    order = sorted((n for n in range(len(run)) if known.count(run[n])), key=lambda n: known.count(run[n]))
    chosen = [n for n in order if known.count(run[n]) <= COMMON][:RAREST] or order[:3]
    starts = [known.places(run[n]) - n for n in chosen]
    weights = [np.full(len(at), bits[n]) for n, at in zip(chosen, starts, strict=True)]
    if not starts:
        return known.order[:0], np.zeros(0)
    return np.concatenate(starts), np.concatenate(weights)


def _beside(known: Concordance, sought: Sought, n: int, window: Extent, bits: Sequence[float], doubt: float) -> Placement | None:
    """The fragment laid beside a passage; its share is that of the bits that its words tell. None when they have no words in common."""
    source = known.texts[n]
    words, keys = sought.words(), sought.read()
    there = source.keys[window[0] : window[1]]
    runs = _slid(align(keys, there), keys, there)
    if not runs:
        return None
    low, high = runs[0][1], runs[-1][1] + runs[-1][2]
    low, high = max(0, low - runs[0][0]), min(len(there), high + len(keys) - runs[-1][0] - runs[-1][2])
    edits = [*_edits(source, sought, runs, window[0], (low, high)), *_recased(source, sought.text, words, runs, window[0])]
    told = sum(bits[i + k] for i, _, size in runs for k in range(size))
    share = told / max(sum(bits), 1e-9)
    placed = Placement(n, ((window[0] + low, window[0] + high),), tuple(edits), share)
    told -= COST * strain(placed)
    return replace(placed, told=told, sure=share >= SHARE and told >= doubt + SURE)


def _edits(source: Worded, sought: Sought, runs: Sequence[Run], base: int, within: Extent) -> Iterator[Edit]:
    """What differs but where the fragment is cut or added to, and but for words that a line's end cuts in two."""
    words, keys = sought.words(), sought.read()
    joints, spellings = _joints(sought), _spellings(sought)
    low, high = within
    moved = [(i, j - low, size) for i, j, size in runs]
    for i, k, x, y in gaps(moved, len(words), high - low):
        j, m = x + low + base, y + low + base
        if i == k and m - j <= joints.get(i, 0):
            continue
        if i in spellings and (k - i, m - j) == (1, 1) and _spelt(source.keys[j], spellings[i]):
            continue
        if _cut(source, j, m) == "".join(keys[i:k]) or (i < k and j < m and "".join(source.keys[j:m]) == _cut_of(sought.text, words[i:k])):
            continue
        yield Edit((words[i][0], words[k - 1][1]) if i < k else None, (j, m) if j < m else None)


def _joints(sought: Sought) -> dict[int, int]:
    """For each word that a joint stands before, how many words of the source may stand there."""
    return {n: _reach(sought, at) for at, n in enumerate(_firsts(sought)) if sought.pieces[at].gap or sought.pieces[at].inserted}


def _spellings(sought: Sought) -> dict[int, tuple[str, str]]:
    """What is the source's of each word that has brackets in it."""
    return {n: piece.letters for n, piece in zip(_firsts(sought), sought.pieces, strict=True) if piece.letters}


def _firsts(sought: Sought) -> list[int]:
    """Which word each piece begins with."""
    return [0, *accumulate(len(piece.words) or 1 for piece in sought.pieces)][:-1]


def _cut(source: Worded, low: int, high: int) -> str | None:
    """The letters of words that hyphens at line ends cut; None where other things stand between them."""
    return _cut_of(source.text, list(zip(source.starts[low:high], source.ends[low:high], strict=True))) if low < high else None


def _cut_of(text: str, words: Sequence[Extent]) -> str | None:
    for (_, end), (start, _) in pairwise(words):
        between = text[end:start]
        if between[:1] not in {"-", "‐", "‑", "\u00ad"} or "\n" not in between or between[1:].strip():
            return None
    return "".join(key(text[a:b]) for a, b in words)


def _recased(source: Worded, text: str, words: Sequence[Extent], runs: Sequence[Run], base: int) -> Iterator[Edit]:
    for i, j, size in runs:
        for n in range(size):
            a, b = words[i + n]
            if i + n and form(text[a:b]) != source.form(base + j + n) and "[" not in text[a:b]:
                yield Edit((a, b), (base + j + n, base + j + n + 1), case=True)


def _slid(runs: Sequence[Run], a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """The runs, the first moved on to the second and the last back to the one before, where the same words stand there as well."""
    found = list(runs)
    if len(found) > 1:
        (i, j, size), (x, y, length) = found[0], found[1]
        if x == i + size and y > j + size and list(b[y - size : y]) == list(a[i:x]):
            found[0] = i, y - size, size
        (i, j, size), (x, y, length) = found[-2], found[-1]
        if x == i + size and y > j + size and list(b[j + size : j + size + length]) == list(a[x : x + length]):
            found[-1] = x, j + size, length
    return found



def scattered(known: Concordance, sought: Sought, texts: frozenset[int] | None = None) -> list[Placement]:
    """As `altered`, for a fragment with gaps: what stands between two gaps is sought by itself, in one text and in order."""
    groups = _groups(sought)
    if len(groups) == 1:
        return altered(known, sought, texts)
    longest = max(groups, key=lambda group: sum(len(piece.words) for piece in group.pieces))
    found = [*_whole(known, longest, texts), *altered(known, longest, texts)]
    candidates = list(dict.fromkeys(placed.text for placed in found))[:WINDOWS]
    doubt = _doubt(known, texts)
    gathered = (_gathered(known, groups, n) for n in candidates)
    certain = [replace(p, sure=p.share >= SHARE and (not p.edits or p.told >= doubt + SURE)) for p in gathered]
    return sorted(certain, key=lambda p: (not p.sure, -p.share, len(p.edits)))


def _groups(sought: Sought) -> list[Sought]:
    groups: list[list[Piece]] = []
    for piece in sought.pieces:
        if piece.gap or not groups:
            groups.append([])
        groups[-1].append(piece)
    return [Sought(sought.text, tuple(group)) for group in groups]


def _whole(known: Concordance, sought: Sought, texts: frozenset[int] | None) -> list[Placement]:
    return [placed for placed in apart(known, sought) if texts is None or placed.text in texts]


def _gathered(known: Concordance, groups: Sequence[Sought], n: int) -> Placement:
    """The groups of a fragment placed in one text; one that is not there, or before the one before it, is an edit as a whole."""
    stretches: list[Extent] = []
    edits: list[Edit] = []
    there, told, left = 0.0, 0.0, 0
    for group in groups:
        edge = stretches[-1][1] if stretches else 0
        found = [*_whole(known, group, frozenset({n})), *altered(known, group, frozenset({n}))]
        following = (p for p in found if p.share >= SHARE and p.stretches[0][0] >= edge and (not edge or p.stretches[0][0] <= edge + REACH))
        placed = next(following, None)
        words = group.words()
        if placed is None:
            edits.append(Edit((words[0][0], words[-1][1]), None))
            told -= COST * len(words)
            continue
        left += placed.stretches[0][0] - edge if edge else 0
        stretches += placed.stretches
        edits += placed.edits
        there += len(words) * placed.share
        told += placed.told or sum(map(known.bits, known.numbered(group.read())))
    share = there / sum(len(group.words()) for group in groups)
    return Placement(n, tuple(stretches), tuple(edits), share, left, told=told)
