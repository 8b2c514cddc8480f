"""The order in which a document is read: pages, columns, notes, and what paragraphs cross a page's end.

Heads, feet and notes of a page follow the paragraph that crosses its end, so that they never stand inside a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.formats.pdf.columns import Block, blocks
from reaffirm.formats.pdf.engine import ASLANT
from reaffirm.formats.pdf.lines import line, usual
from reaffirm.formats.pdf.paragraphs import BULLET, NUMBERED, SAME, SLACK, SPACE, TITLE, Para, paragraphs
from reaffirm.formats.pdf.words import Row, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.formats.pdf.lines import Type
    from reaffirm.formats.pdf.margins import Parted

NOTE_SIZE = 0.93  # of the body's type, and smaller, are notes
NOTE = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z]\b|\(\d{1,3}\)|\[\d{1,3}\])[.)]?\s*\S")
LOW = 0.6  # notes begin in this lower part of a page
LIKE = 0.75  # of the other part's width, where a new sentence might begin
INDENTED = 0.4  # share of paragraphs above which a document marks them by indentation
FLUSH = 3  # lines that show that a paragraph is justified
EVEN = 0.6  # points by which its lines differ
CROSSING = ("paragraph", "list item")


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph in reading order, and why it is furniture, else empty."""

    para: Para
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on a page in reading order."""

    head: tuple[Item, ...]
    body: tuple[Para, ...]
    foot: tuple[Item, ...]


def order(pages: Sequence[Parted]) -> list[Item]:
    """The paragraphs of a document in reading order."""
    cut = [blocks(page.body) for page in pages]
    type_ = usual(block.rows for found in cut for block in found if not block.table)
    read: list[_Page] = []
    for page, found in zip(pages, cut, strict=True):
        read.append(_page(page, found, type_, noted=bool(read) and any(item.para.kind == "note" for item in read[-1].foot)))
    several = [para for page in read for para in page.body if len(para.lines) > 1 and para.kind == "paragraph"]
    indents = sum(para.indented for para in several) > INDENTED * len(several)
    return _titled(_flow(read, indents=indents), type_)


def _flow(pages: Iterable[_Page], *, indents: bool) -> list[Item]:
    """The items of all pages; what stands at a page's edges waits until the paragraph that crosses the edge has ended."""
    found: list[Item] = []
    waiting: list[Item] = []
    for page in pages:
        waiting += page.head
        body = _joined(page.body, indents=indents)
        if body and found and not found[-1].reason and _crosses(found[-1].para, body[0], indents=indents):
            found[-1] = Item(_merged(found[-1].para, body[0]))
            del body[0]
            if not body:
                waiting += page.foot
                continue
        found += waiting
        found += [Item(para) for para in body]
        waiting = list(page.foot)
    return found + waiting


def _joined(body: Sequence[Para], *, indents: bool) -> list[Para]:
    """The paragraphs of a page, those joined that go on in the next column."""
    found: list[Para] = []
    for para in body:
        if found and _is_column_end(found[-1], para) and _crosses(found[-1], para, indents=indents):
            found[-1] = _merged(found[-1], para)
        else:
            found.append(para)
    return found


def _is_column_end(a: Para, b: Para) -> bool:
    """Whether the second paragraph stands higher on the page than the first, as the head of the next column does."""
    return b.lines[0].base > a.lines[-1].base


def _merged(a: Para, b: Para) -> Para:
    return replace(a, lines=a.lines + b.lines, right=b.right)


def _crosses(a: Para, b: Para, *, indents: bool) -> bool:
    """Whether the first paragraph goes on in the second, behind the end of a page or column."""
    if a.kind not in CROSSING or b.kind not in CROSSING or a.table or b.table or abs(a.size - b.size) > SAME * a.size or a.bold != b.bold:
        return False
    last, first = a.lines[-1], b.lines[0]
    if first.item or BULLET.match(first.text) or (NUMBERED.match(first.text) and not last.text.endswith("-")):
        return False
    room = a.right - last.x1 - first.first > (SPACE + SLACK) * last.size
    if last.ended and not indents:
        return _is_flush(a) and first.text[0].isalnum() and not b.indented and len(b.lines) > 1
    if last.ended:
        return not room and not b.indented and len(b.lines) > 1 and len(a.lines) > 1
    if first.text[0].islower() or last.text.endswith((",", "-", "–", "\u00ad")):
        return True
    wide = last.x1 - last.x0 > LIKE * max(line.x1 - line.x0 for line in b.lines)
    return wide and not room and not b.indented


def _is_flush(para: Para) -> bool:
    """Whether the last line of a justified paragraph fills the measure too, as the last of a whole one hardly ever does."""
    edges = [line.x1 for line in para.lines]
    edge = max(edges)
    return len(edges) >= FLUSH and sum(edge - x1 < EVEN for x1 in edges) >= 0.8 * len(edges) and para.lines[-1].x1 > edge - EVEN


def _page(page: Parted, found: Sequence[Block], usual: Type, *, noted: bool) -> _Page:
    """What stands on a page: head, body, and at its foot notes, what is set in other directions, and the running foot."""
    number, turn, box = page.sheet.number, page.sheet.turn, page.sheet.box
    body: list[Para] = []
    notes: list[Para] = []
    middle = box[2] + LOW * (box[3] - box[2])
    for place, block in enumerate(found):
        start = len(block.rows) if block.table or _is_above(block, found[place + 1 :], usual) else _notes(block, usual, middle, noted=noted)
        if start:
            body += paragraphs(block._replace(rows=block.rows[:start]), number, turn, usual)
        if start < len(block.rows):
            notes += _split(block._replace(rows=block.rows[start:]), number, turn)
    aside = [Item(replace(para, kind="note"), reason) for para, reason in _aside(page, usual)]
    return _Page(
        tuple(_edge(page, page.head)), tuple(body), (*(Item(replace(note, kind="note")) for note in notes), *aside, *_edge(page, page.foot))
    )


def _is_above(block: Block, others: Iterable[Block], usual: Type) -> bool:
    """Whether body type follows below a block, so that no notes stand at its end."""
    below = (other for other in others if other.left < block.right and block.left < other.right)
    return any(row.size > NOTE_SIZE * usual.size for other in below for row in other.rows)


def _notes(block: Block, usual: Type, middle: float, *, noted: bool) -> int:
    """The place of the first row of a block's notes: small rows at its end, the first behind a mark or below earlier notes."""
    small = len(block.rows)
    while small and block.rows[small - 1].size <= NOTE_SIZE * usual.size and block.rows[small - 1].base < middle:
        small -= 1
    for start in range(small, len(block.rows)):
        marked = NOTE.match(block.rows[start].text) and not block.rows[start].words[0].text[0].isupper()
        apart = start == 0 or block.rows[start - 1].base - block.rows[start].base > 1.05 * usual.leading * block.rows[start].size
        if (marked or (noted and start == small)) and (apart or start == small):
            return start
    return len(block.rows)


def _split(block: Block, page: int, turn: int) -> Iterator[Para]:
    """The notes of a block: each row behind a mark, at the left edge or smaller than its line, begins one."""
    held: list[Row] = []
    for row in block.rows:
        first = row.words[0]
        marked = bool(NOTE.match(row.text)) and not first.text[0].isalpha() and (
            first.size < NOTE_SIZE * row.size or not held or row.x0 - min(h.x0 for h in held) > -row.size
        )
        if held and marked and _is_next(held[0].words[0].text, first.text):
            yield _note(held, page, turn, block.right)
            held = []
        held.append(row)
    if held:
        yield _note(held, page, turn, block.right)


def _note(held: Sequence[Row], page: int, turn: int, right: float) -> Para:
    return Para(tuple(line(row, page, turn) for row in held), "note", right)


def _is_next(before: str, here: str) -> bool:
    """Whether a note's mark may follow another's: the next number, or a sign."""
    a, b = re.match(r"[(\[]?(\d{1,3})", before), re.match(r"[(\[]?(\d{1,3})", here)
    if a and b:
        return int(b.group(1)) == int(a.group(1)) + 1
    return not b or not a


def _edge(page: Parted, found: Iterable[tuple[Row, str]]) -> Iterator[Item]:
    """The items of a running head or foot."""
    for row, reason in found:
        yield Item(Para((line(row, page.sheet.number, page.sheet.turn),)), reason)


def _aside(page: Parted, usual: Type) -> Iterator[tuple[Para, str]]:
    """The paragraphs of what is set in other directions than the page; what is set aslant is a watermark."""
    for turn, words in page.sheet.aside:
        for block in blocks(rows(words)):
            for para in paragraphs(block, page.sheet.number, turn, usual):
                yield para, "watermark" if turn == ASLANT else ""


def _titled(items: Sequence[Item], usual: Type) -> list[Item]:
    """The items with the largest heading of the first page as title, when its type is clearly larger than the body's."""
    first = items[0].para.lines[0].page if items else 0
    heads = [i for i, item in enumerate(items) if item.para.kind == "heading" and not item.reason and item.para.lines[0].page == first]
    if not heads:
        return list(items)
    best = max(heads, key=lambda i: (items[i].para.size, -i))
    para = items[best].para
    if para.size < TITLE * usual.size:
        return list(items)
    return [replace(item, para=replace(para, kind="title")) if i == best else item for i, item in enumerate(items)]
