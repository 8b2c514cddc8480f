"""Running heads, running feet and page numbers: rows at the edges of pages that repeat over pages, or are just a number."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reaffirm.formats.pdf.words import Row, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.formats.pdf.sheets import Sheet

ZONE = 0.15  # share of a page's height that its margins take at most
DEEPEST = 4  # rows of a margin
NEAR = 12.0  # points by which repeated rows may differ in height
LEVEL = 2.0  # points by which those of one layout do
APART = 3  # pages between two rows that repeat
CLEAR = 1.45  # sizes between a page's number and the body
LONGEST = 160
NUMBER = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"[-–—~|\[(/•·]*\s*(?:(?:page|pg\.?|p\.?)\s*)?(?:\d{1,3}|[ivxl]{1,7}|[IVX]{1,5})(?:\s*(?:of|/|\||\\)\s*\d{1,4})?\s*[-–—~|\])/•·]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parted:
    """A page's rows: those of its head and foot with the reason why they are furniture, and the body's."""

    sheet: Sheet
    head: tuple[tuple[Row, str], ...]
    body: tuple[Row, ...]
    foot: tuple[tuple[Row, str], ...]


class _Edge(NamedTuple):
    """A row in a margin: page (an index), place among its rows, distance from the edge, numbers, and whether a gap follows it."""

    page: int
    place: int
    away: float
    numbers: tuple[int, ...]
    clear: bool


def part(sheets: Sequence[Sheet]) -> list[Parted]:
    """The rows of each page, parted into head, body and foot."""
    found = [rows(sheet.words) for sheet in sheets]
    reasons: list[dict[int, str]] = [{} for _ in sheets]
    for name in ("header", "footer"):
        for group in _edges(sheets, found, name).values():
            for edge in _running(sheets, group):
                number = PAGE_NUMBER.fullmatch(found[edge.page][edge.place].text)
                reasons[edge.page][edge.place] = "page number" if number else f"page {name}"
    for sheet, page, marked in zip(sheets, found, reasons, strict=True):
        marked.update(dict.fromkeys(list(_numbers(sheet, page, [p for p in range(len(page)) if p not in marked])), "page number"))
    return [_parted(*each) for each in zip(sheets, found, reasons, strict=True)]


def _running(sheets: Sequence[Sheet], group: Sequence[_Edge]) -> Iterator[_Edge]:
    """The rows of a group that repeat on near pages: once where a gap parts them from the body, else twice."""
    reach = APART * DEEPEST
    for index, edge in enumerate(group):
        near = group[max(0, index - reach) : index + reach + 1]
        alike = [other for other in near if _repeats(sheets, edge, other)]
        level = sum(abs(other.away - edge.away) <= LEVEL for other in alike)  # prose that happens to repeat stands at heights of its own
        if len(alike) + level > (1 if edge.clear else 2):
            yield edge


def _edges(sheets: Sequence[Sheet], found: Sequence[Sequence[Row]], name: str) -> dict[str, list[_Edge]]:
    """The rows in one margin of all pages, by their words with every number made alike."""
    groups: dict[str, list[_Edge]] = defaultdict(list)
    for page, sheet in enumerate(sheets):
        count = len(found[page])
        places = range(min(DEEPEST, count)) if name == "header" else range(max(0, count - DEEPEST), count)
        for place in places:
            row = found[page][place]
            away = sheet.box[3] - row.base if name == "header" else row.base - sheet.box[2]
            if away <= ZONE * (sheet.box[3] - sheet.box[2]) and len(row.words) <= LONGEST:
                words = row.text.casefold()
                numbers = tuple(int(number) for number in NUMBER.findall(words) if len(number) < 10)
                inner = found[page][place : DEEPEST + 1] if name == "header" else found[page][max(0, count - DEEPEST - 1) : place + 1]
                clear = any(a.base - b.base > CLEAR * max(a.size, b.size) for a, b in pairwise(inner))
                groups[NUMBER.sub("#", words)].append(_Edge(page, place, away, numbers, clear))
    return groups


def _repeats(sheets: Sequence[Sheet], a: _Edge, b: _Edge) -> bool:
    """Whether two rows are one running line: near pages, one height, numbers equal or growing with the pages'."""
    step = sheets[b.page].number - sheets[a.page].number
    if not 0 < abs(step) <= APART or abs(a.away - b.away) > NEAR or len(a.numbers) != len(b.numbers):
        return False
    return all(y - x in (0, step) for x, y in zip(a.numbers, b.numbers, strict=True))


def _numbers(sheet: Sheet, found: Sequence[Row], left: Sequence[int]) -> Iterator[int]:
    """The places of rows that are nothing but a page's number, outermost among the rows `left` and clear of the body."""
    margin = ZONE * (sheet.box[3] - sheet.box[2])
    for place, other in ((left[0], left[1:2]), (left[-1], left[-2:-1])) if left else ():
        row = found[place]
        away = sheet.box[3] - row.base if place == left[0] else row.base - sheet.box[2]
        clear = all(abs(row.base - found[near].base) > CLEAR * max(row.size, found[near].size) for near in other)
        if (away <= margin or row.base - sheet.box[2] <= margin) and clear and PAGE_NUMBER.fullmatch(row.text):
            yield place


def _parted(sheet: Sheet, found: Sequence[Row], reasons: dict[int, str]) -> Parted:
    """A page's rows parted by their reasons; a page's number stands in the half of the page in which it is printed."""
    middle = (sheet.box[2] + sheet.box[3]) / 2
    marked = [(found[place], reasons[place]) for place in sorted(reasons)]
    return Parted(
        sheet,
        tuple(item for item in marked if item[0].base >= middle),
        tuple(row for place, row in enumerate(found) if place not in reasons),
        tuple(item for item in marked if item[0].base < middle),
    )
