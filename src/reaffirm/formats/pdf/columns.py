"""Columns and tables of a page: where its rows are parted by white strips, and the order in which the parts are read.

A strip is a vertical line that no word crosses over some rows, with words on both its sides. What is above the rows is read
first, then the columns from left to right, each parted in its turn, then what is below (an XY cut after Nagy and Seth, 1984,
that looks for the best strip before it looks for a gap between rows).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from reaffirm.formats.pdf.words import BULLETS, Row, segments, side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.formats.pdf.words import Word

MOST_ROWS = 400  # of a page that is looked at for columns; more are a picture drawn in letters
MOST_STRIPS = 60
DEEPEST = 5
APART = 6.0  # points from the left edge within which no strip stands
APART_ROWS = 1.1  # of the usual distance of lines; rows of a table that stand further apart may hold several lines
FEW = 2  # short rows that may belong to the text of full width below columns
CLOSE = 0.85  # of that distance, at which lines of one cell stand
ALIKE = 1.06  # gaps that differ by less are one
SHORT = 7.5  # lines from gap to gap, on average, above which columns are no cells
NARROW = 0.7  # sizes; no strip between columns is narrower
TABULAR = {2: 2.0, 3: 1.4}  # sizes that the strip of a table of so few rows takes; that of a larger one takes 1
CROSSED = 0.2  # share of a table's rows that may cross the edge of a cell, as cells do that span several
PADDING = 0.45  # sizes between two cells at least
FULL = 0.6  # share of a column's width that its usual line fills
RUNNING = 0.5  # or share of its lines that begin in lower case
WORDY = 2.3  # words on its usual line
LABEL = re.compile(r"(?:[•‣◦▪■□●○·∙➢►▶⁃✓❖◆–—−*→+-]|\(?[\w]{1,4}[.)]|\(\w{1,4}\)|\d{1,3}|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[*†‡§]{1,2})")


Parts = list[tuple[float, float]]


class Block(NamedTuple):
    """Rows that are read together, the left and right edge of the column that they stand in, and whether they are a table."""

    rows: tuple[Row, ...]
    left: float
    right: float
    table: bool = False


class Strip(NamedTuple):
    """A white strip: its middle, the rows [start, end) that it parts, and whether they are a table."""

    middle: float
    start: int
    end: int
    table: bool


def blocks(rows: Sequence[Row], depth: int = 0) -> list[Block]:
    """The blocks of rows in reading order; rows come from top to bottom."""
    if not rows:
        return []
    edges = min(row.x0 for row in rows), max(row.x1 for row in rows)
    found = _blocks(rows, depth, edges)
    merged: list[Block] = []
    for block in found:
        last = merged[-1] if merged else None
        if last and not block.table and last[1:] == block[1:] and last.rows[-1].base > block.rows[0].base:
            merged[-1] = block._replace(rows=last.rows + block.rows)
        else:
            merged.append(block)
    return merged


def _blocks(rows: Sequence[Row], depth: int, edges: tuple[float, float]) -> list[Block]:
    strip = _best(rows) if depth < DEEPEST and 1 < len(rows) <= MOST_ROWS else None
    if strip is None:
        return [Block(tuple(rows), *edges)] if rows else []
    head, body, tail = rows[: strip.start], rows[strip.start : strip.end], rows[strip.end :]
    found = _blocks(head, depth, edges)
    if strip.table:
        found.append(Block(tuple(body), *edges, table=True))
    else:
        found += blocks(_side(body, float("-inf"), strip.middle), depth + 1)
        found += blocks(_side(body, strip.middle, float("inf")), depth + 1)
    return found + _blocks(tail, depth, edges)


def _side(rows: Sequence[Row], low: float, high: float) -> list[Row]:
    return [part for row in rows if (part := side(row, low, high))]


def _best(rows: Sequence[Row]) -> Strip | None:
    """The strip that parts most rows; of equal ones that which makes columns."""
    body = median(row.size for row in rows)  # a gutter is as wide as the body asks, beside a heading in large type too
    parts = [segments(row, body) for row in rows]
    found: list[Strip] = []
    for x in _candidates(parts):
        for start, end in _runs(parts, x):
            strip = _strip(rows[start:end], parts[start:end], x, start, closed=end < len(rows))
            found += [strip] if strip else []
    return max(found, key=lambda strip: (strip.end - strip.start, not strip.table, -strip.start), default=None)


def _candidates(parts: Sequence[Parts]) -> list[float]:
    """Abscissas at which a strip may stand: just left of where parts of several rows begin, and the middles of their holes."""
    edge = min(row[0][0] for row in parts)
    starts = Counter(round(part[0]) for row in parts for part in row if part[0] > edge + APART)
    holes = Counter(4 * round((a[1] + b[0]) / 8) for row in parts for a, b in pairwise(row))
    found = [x - 2 for x, count in starts.most_common(MOST_STRIPS) if count > 1]
    return [float(x) for x in dict.fromkeys([*found, *(x for x, count in holes.most_common(MOST_STRIPS) if count > 1)])]


def _runs(parts: Sequence[Parts], x: float) -> Iterator[tuple[int, int]]:
    """The longest runs [start, end) of rows that do not cross an abscissa."""
    start = 0
    for place, row in enumerate(parts):
        for low, high in row:
            if low < x < high:
                if place - start > 1:
                    yield start, place
                start = place + 1
                break
    if len(parts) - start > 1:
        yield start, len(parts)


def _strip(rows: Sequence[Row], parts: Sequence[Parts], x: float, offset: int, *, closed: bool) -> Strip | None:
    """The strip at an abscissa over some rows, trimmed to those that it parts; None when it parts neither columns nor cells."""
    sides = [(row[0][0] < x, row[-1][1] > x) for row in parts]
    lefts, rights = sum(left for left, _ in sides), sum(right for _, right in sides)
    if min(lefts, rights) < 2:
        return None
    start, end = _trimmed(rows, sides, x, closed=closed)
    if end - start < 2:
        return None
    sides, body = sides[start:end], parts[start:end]
    both = sum(left and right for left, right in sides)
    size = median(row.size for row in rows[start:end])
    edges = [part for row in body for part in row]
    width = min((part[0] for part in edges if part[0] >= x), default=x) - max((part[1] for part in edges if part[1] <= x), default=x)
    if (both < 2 and end - start < 6) or width < NARROW * size:
        return None
    left, right = _side(rows[start:end], float("-inf"), x), _side(rows[start:end], x, float("inf"))
    if not left or not right or _are_labels(left):
        return None
    if _are_columns(left) and _are_columns(right) and _overlap(left, right) >= (3 if width >= 1.4 * size else 4):
        return Strip(x, offset + start, offset + end, table=_in_step(left, right))
    tight = _tabular(sides, start)
    if tight is None or width < TABULAR.get(both, 1.0) * size or _is_justified(rows[slice(*tight)]):
        return None
    if _is_aligned(parts[slice(*tight)], x, size):
        return Strip(x, offset + tight[0], offset + _tail(rows, *tight, x), table=True)
    return None


def _are_labels(rows: Sequence[Row]) -> bool:
    """Whether rows are the marks before the items of a list."""
    return all(LABEL.fullmatch(row.text) for row in rows) or sum(row.text in BULLETS for row in rows) > 1


def _is_aligned(parts: Sequence[Parts], x: float, size: float) -> bool:
    """Whether the cells right of an abscissa begin, or have their middles, or end (if the last do not) at one place."""
    cells = [next(part for part in row if part[0] >= x) for row in parts if row[0][0] < x < row[-1][1]]
    last = sum(next(part for part in row if part[0] >= x) is row[-1] for row in parts if row[0][0] < x < row[-1][1])
    places = [[cell[0] for cell in cells], [cell[0] + cell[1] for cell in cells]]
    narrow = median(cell[1] - cell[0] for cell in cells) < 5 * size
    if narrow or last < len(cells):
        places.append([cell[1] for cell in cells])
    needed = len(cells) if len(cells) < 4 else 0.75 * len(cells)
    return any(sum(abs(place - median(group)) < 0.5 * size for place in group) >= needed for group in places)


def _is_justified(rows: Sequence[Row]) -> bool:
    """Whether the gaps within most rows are alike, as those of justified lines are."""
    gaps = [[b.x0 - a.x1 for a, b in pairwise(row.words)] for row in rows if len(row.words) > 2]
    edge = max(row.x1 for row in rows)
    flush = sum(edge - row.x1 < 0.3 * row.size for row in rows)
    return flush > 0.6 * len(rows) and sum(max(row) < ALIKE * max(min(row), 0.1) for row in gaps) > 0.5 * len(gaps)


def _trimmed(rows: Sequence[Row], sides: Sequence[tuple[bool, bool]], x: float, *, closed: bool) -> tuple[int, int]:
    """The rows [start, end) without those on one side alone that stand well above all of the other side.

    Where a row of the full width follows, a few short rows that stand apart above it belong to it, not to the left column.
    """
    start, end = 0, len(rows)
    first = max(next(i for i, pair in enumerate(sides) if pair[0]), next(i for i, pair in enumerate(sides) if pair[1]))
    while start < first and rows[start].base - rows[first].base > 1.8 * rows[first].size:
        start += 1
    rest = [row for row, pair in zip(rows[start:], sides[start:], strict=True) if pair[1]]
    if rest and not sides[0][0]:  # what goes on in the right column belongs to it; in the left one it is read first in any case
        below, edge = rest[0], min((word.x0 for row in rest for word in row.words if word.x0 >= x), default=x)
        while start and (abs(rows[start - 1].x0 - edge) < 1 or not _is_apart(rows[start - 1], below)):
            start, below = start - 1, rows[start - 1]
    last = max(i for i, pair in enumerate(sides) if pair[1])
    for place in range(max(last + 1, end - FEW), end if closed else 0):
        if rows[place - 1].base - rows[place].base > 1.6 * rows[place].size:
            return start, place
    return start, end


def _is_apart(row: Row, below: Row) -> bool:
    """Whether a row stands further from the next of its column than lines of a paragraph do."""
    return row.base - below.base > 1.6 * max(row.size, below.size)


def _tabular(sides: Sequence[tuple[bool, bool]], start: int) -> tuple[int, int] | None:
    """The rows [start, end) from the first to the last with words on both sides; None when most have one side alone."""
    places = [start + i for i, (left, right) in enumerate(sides) if left and right]
    if len(places) < 2:
        return None
    return (places[0], places[-1] + 1) if 2 * len(places) >= places[-1] + 1 - places[0] else None


def _tail(rows: Sequence[Row], start: int, end: int, x: float) -> int:
    """The end of a table's rows with the lines below that go on in a cell of its last row; in the first, left of x, only if close."""
    steps = [a.base - b.base for a, b in pairwise(rows[start:end])]
    usual = APART_ROWS * min((step for step in steps if step > 0.8 * rows[start].size), default=0.0)
    left = min(row.x0 for row in rows[start:end]) + APART
    close = CLOSE * median(steps)
    while end < len(rows):
        step = rows[end - 1].base - rows[end].base
        whole = step <= APART_ROWS * max(steps) and _is_level(rows[start:end], rows[end], x)
        if not whole and step > (usual if rows[end].x0 > left else close if rows[end].x1 < x else 0):
            break
        end += 1
    return end


def _is_level(table: Sequence[Row], row: Row, x: float) -> bool:
    """Whether a row is one of a table's though its first cell nearly touches the next: no longer, and parted at the edge of a cell."""
    cells = [min(word.x0 for word in line.words if word.x0 >= x) for line in table if any(word.x0 >= x for word in line.words)]
    before, behind = [word.x1 for word in row.words if word.x0 < x], [word.x0 for word in row.words if word.x0 >= x]
    if not before or not behind or row.x1 > max(line.x1 for line in table) + 1:
        return False
    return behind[0] - max(before) > PADDING * row.size and any(abs(behind[0] - cell) < 1 for cell in cells)


def _is_column(rows: Sequence[Row]) -> bool:
    """Whether rows look like a column of prose: lines of several words that mostly fill its width."""
    width = max(row.x1 for row in rows) - min(row.x0 for row in rows)
    size = median(row.size for row in rows)
    words = sum(len(row.words) for row in rows)
    fill = median((row.x1 - row.x0) / max(width, 1.0) for row in rows)
    running = sum(row.words[0].text[0].islower() for row in rows) >= RUNNING * len(rows)
    return len(rows) >= 3 and words >= WORDY * len(rows) and (fill >= FULL or running) and width >= 7 * size


def _in_step(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether two columns are cells of prose: after most gaps within either both go on at one height, after cells of unlike length.

    Paragraphs of columns may begin at one height by chance, but then as many lines stand above them on both sides.
    """
    if _are_cells(left, right):
        return True
    gaps = _gaps(left), _gaps(right)
    shared = [(a, b) for a in gaps[0] for b in gaps[1] if abs(a[0] - b[0]) < 1]
    most = max(len(gaps[0]), len(gaps[1]))
    unlike = any(abs(a[1] - b[1]) > 1 for a, b in shared) or len(left) < SHORT * most
    return len(shared) > 1 and len(shared) >= 0.6 * most and unlike


def _are_cells(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the rows of two columns begin together: what stands behind a gap on either side stands at one height on both."""
    usual = APART_ROWS * min((step for rows in (left, right) for step in _steps(rows)), default=0.0)
    tops = [[rows[0].base, *(b.base for a, b in pairwise(rows) if a.base - b.base > usual)] for rows in (left, right)]
    shared = sum(any(abs(a - b) < 1 for b in tops[1]) for a in tops[0])
    return shared > 2 and shared >= 0.8 * max(len(tops[0]), len(tops[1])) and len(left) + len(right) > 2 * shared


def _steps(rows: Sequence[Row]) -> list[float]:
    """The distances of baselines, those of rows that stand on nearly one level left out."""
    return [a.base - b.base for a, b in pairwise(rows) if a.base - b.base > 0.8 * a.size]


def _gaps(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The baseline behind each gap, and its height; none where most gaps follow each other, since that is another leading."""
    steps = [a.base - b.base for a, b in pairwise(rows)]
    usual = APART_ROWS * min((step for step in steps if step > 0.8 * rows[0].size), default=0.0)
    places = [place for place, step in enumerate(steps) if step > usual]
    in_turn = sum(b == a + 1 for a, b in pairwise(places))
    return [(rows[place + 1].base, steps[place]) for place in places] if 2 * in_turn <= len(places) else []


def _are_columns(rows: Sequence[Row]) -> bool:
    """Whether rows look like a column, or like two or more whose lines stand at heights of their own."""
    if _is_column(rows):
        return True
    starts = Counter(round(part[0]) for row in rows for part in segments(row)).most_common(4)
    for x in sorted(x - 2 for x, count in starts if count > 2):
        left, right = _side(rows, float("-inf"), x), _side(rows, x, float("inf"))
        if left and right and max(row.x1 for row in left) < x and _is_column(left) and _are_columns(right):
            return True
    return False


def _overlap(left: Sequence[Row], right: Sequence[Row]) -> int:
    """How many rows of the side that has fewer stand at the height of the other."""
    low, high = max(left[-1].base, right[-1].base), min(left[0].base, right[0].base)
    return min(sum(low - row.size <= row.base <= high + row.size for row in rows) for rows in (left, right))


def edges(rows: Sequence[Row]) -> list[float]:
    """Abscissas that part the cells of a table: within holes of some row, crossed by few rows.

    What they part is a column if the table's head, or most of its rows, have words there: else a cell's justified lines.
    """
    places = sorted({float(round(x)) for row in rows for a, b in pairwise(segments(row)) for x in (b[0] - 2, (a[1] + b[0]) / 2, a[1] + 2)})
    crossed = [0] * len(places)
    for row in rows:
        for low, high in segments(row, 0.0):
            for place in range(bisect_right(places, low), bisect_left(places, high)):
                crossed[place] += 1
    middles = sorted((word.x0 + word.x1) / 2 for row in rows for word in row.words)
    best: dict[int, tuple[int, float]] = {}  # of the places between the same words, that which fewest rows cross
    for x, count in zip(places, crossed, strict=True):
        here = bisect_left(middles, x)
        best[here] = min(best.get(here, (count, -x)), (count, -x))
    found = sorted(-x for count, x in best.values() if count <= CROSSED * len(rows))
    heads = next((row for row in rows if len(segments(row)) > 1), rows[0])
    return [low for low, high in pairwise([*found, float("inf")]) if _fills(heads, low, high) or _filled(rows, low, high) >= FULL]


def _filled(rows: Sequence[Row], low: float, high: float) -> float:
    """The share of rows that have words between two abscissas."""
    return sum(_fills(row, low, high) for row in rows) / len(rows)


def _fills(row: Row, low: float, high: float) -> bool:
    return any(low <= (word.x0 + word.x1) / 2 < high for word in row.words)


def cells(row: Row, among: Sequence[float]) -> list[Row]:
    """The cells of a table's row: its words between the edges of cells, where a gap as wide as theirs stands."""
    groups: list[list[Word]] = []
    for word in sorted(row.words, key=lambda word: word.x0):
        last = groups[-1][-1] if groups else None
        if last and (bisect_left(among, last.x1) == bisect_left(among, word.x0) or word.x0 - last.x1 < PADDING * row.size):
            groups[-1].append(word)
        else:
            groups.append([word])
    found = [side(row, group[0].x0, group[-1].x1 + 0.01) for group in groups]
    return [cell for cell in found if cell]
