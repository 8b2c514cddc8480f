"""Blocks of a text: title, headings, standfirst, paragraphs, speaker turns, list items, captions, notes, furniture.

`cut` goes from lines to paragraphs to blocks. What the source's mark-up says of a node is believed; for plain text the
kinds are inferred from layout and wording. Blocks cover each character that is not white space exactly once, in order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm import furniture, turns
from reaffirm.furniture import BULLET, Layout, Line, ends
from reaffirm.model import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reaffirm.model import BlockKind, Source
    from reaffirm.packs import Packs

LONGEST_HEADING = 120
LONGEST_TITLE = 250
WORDS_OF_A_HEADING = 16
PAGE_BREAKS = ("rule:page", "furniture:page", "page")  # reasons of furniture that may stand inside a turn
SHORTEST_TITLE = 3  # words
TELLING = 6  # words of some length from which a line above the title is no name of a site
LONGER = re.compile(r"[^\W\d_]{3,}")
SITE = re.compile(  # a line that names a body, or where on a site the page stands
    r"(?:the )?(?:federal |national |royal )?"
    r"(?:ministry|department|office|bureau|secretariat|embassy|mission|presidency|cabinet) (?:of|for|to)\b"
    r"|(?:[\w.’']+ ){0,3}(?:office|government|ministry|department|secretariat|embassy|commission|council)(?:,.*)?$"
    r"|you are here\b|home (?:/|>|›|»)|[\w.-]+\.(?:gov|gob|gouv|go|mil|int|org|com|net)(?:\.\w{2})?$|gov\.\w{2}$"
    r"|(?:press|media|news) (?:release|statement|centre|center|room)$",
    re.IGNORECASE,
)
BY = re.compile(r"by [A-Z]", re.IGNORECASE)
HEAD = 12  # paragraphs among which a standfirst may stand
ADDRESS = re.compile(
    r"(?:(?:mr|mrs|ms|madam|madame|sir)\.? (?:president|chair|speaker|secretary|moderator|minister|prime|ambassador|vice|deputy|co-)|"
    r"(?:your |their )?(?:excellenc|majest|royal highness)|(?:distinguished|dear|honou?rable|esteemed|respected|fellow) \w+|ladies and|"
    r"(?:colleagues|friends|president|chair|madam|sir)\b(?!(?:[’'´]s| of)\b)\W|(?:colleagues|friends|mr president)$|"
    r"in the name of (?:god|allah)|bismillah|(?:all )?praise (?:belongs|is|be)|greetings|thank (?:you|s)\b)",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"[^\W\d_]{3}[.!?…][\"”’)]? +[\"“‘(]?[A-Z]")
FIGURE = re.compile(r"(?:figure|fig\.|table|chart|map|photo|picture|image|caption)\s*\d{0,3}\s*[:.]\s+\S", re.IGNORECASE)
ENUMERATED = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,5})[.)]?\s")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph in the making: its lines, extent, and kind so far; `content` is where it begins behind bullet or label."""

    first: int
    last: int
    start: int
    end: int
    content: int
    text: str
    kind: BlockKind
    gap: bool
    hinted: bool = False
    reason: str = ""
    cue: turns.Cue | None = None


def cut(source: Source, packs: Packs) -> tuple[Block, ...]:
    """The blocks of a source, in order, not overlapping, covering every character that is not white space once."""
    lines = furniture.split(source)
    layout = furniture.measure(lines)
    marked = furniture.mark(lines, layout, packs)
    cues = turns.find(lines, marked, layout, packs)
    paras = [_para(source.text, lines[a:b], a, marked, cues) for a, b in _groups(lines, layout, marked, cues)]
    if not any(line.hint == "paragraph" for line in lines):
        paras = _headings(_head(source.text, paras, packs))
    return tuple(_blocks(_repeats(paras)))


def _groups(lines: Sequence[Line], layout: Layout, marked: Mapping[int, str], cues: Mapping[int, turns.Cue]) -> list[tuple[int, int]]:
    """The lines of each paragraph as half-open ranges."""
    starts = [i for i in range(len(lines)) if i == 0 or not _joins(lines, i, layout, marked, cues)]
    return list(pairwise([*starts, len(lines)])) if lines else []


def _joins(lines: Sequence[Line], i: int, layout: Layout, marked: Mapping[int, str], cues: Mapping[int, turns.Cue]) -> bool:
    """Whether line `i` goes on with the paragraph of the line before it."""
    before, line = lines[i - 1], lines[i]
    if i in marked or i - 1 in marked or i in cues or (i - 1 in cues and cues[i - 1].content is None):
        return False
    if before.node != line.node:
        return False
    if line.hint is not None:
        return not line.gap
    if line.gap:
        return _runs_over_page(before, line, layout)
    if BULLET.match(line.text) and _may_break(before):
        return False
    return _same_paragraph(lines, i, layout)


def _may_break(before: Line) -> bool:
    """Whether a bullet after this line is one, and no dash or number inside a sentence."""
    return ends(before.text, ".!?…:;,") or bool(BULLET.match(before.text)) or before.text[-4:] in (" and", "; or", ", or")


def _runs_over_page(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line goes on with a sentence of the line before it in spite of a blank line."""
    if ends(before.text, ".!?…:;") or BULLET.match(line.text) or len(before.text) < (0.6 * layout.width or 40):
        return False
    return line.text[0].islower() or (furniture.breaks_off(before.text) and before.indent == line.indent)


def _same_paragraph(lines: Sequence[Line], i: int, layout: Layout) -> bool:
    before, line = lines[i - 1], lines[i]
    goes_on = (line.text[0].islower() or furniture.breaks_off(before.text)) and not ends(before.text)
    if goes_on or not layout.wrapped:
        return goes_on
    if line.indent > before.indent and not BULLET.match(before.text) and ends(before.text, ".!?…:"):
        return False
    if ends(before.text, ".!?…:"):
        return not layout.room(before, line) and not _may_head(lines, i, layout)
    return not _may_head(lines, i - 1, layout)


def _may_head(lines: Sequence[Line], i: int, layout: Layout) -> bool:
    """Whether a wrapped text's line is too short to have been broken by its width, and no sentence: a heading."""
    line = lines[i]
    if furniture.breaks_off(line.text) or (i == 0 and len(lines) > 1 and not lines[1].gap):
        return False
    before = i == 0 or lines[i].gap or ends(lines[i - 1].text, ".!?…:")
    short = len(line.text) < 0.6 * layout.width and not ends(line.text, ".!?…,;:—-")
    following = lines[i + 1] if i + 1 < len(lines) else None
    after = following is None or following.gap or (not following.text[0].islower() and layout.room(line, following))
    return before and short and after and not line.text[0].islower() and not ADDRESS.match(line.text)


def _para(text: str, lines: Sequence[Line], first: int, marked: Mapping[int, str], cues: Mapping[int, turns.Cue]) -> Para:
    head, end, cue = lines[0], lines[-1].end, cues.get(first)
    words = text[head.start : end] if len(lines) > 1 else head.text
    kind, content = _kind(head, words, marked=first in marked)
    if cue:
        kind, content = "turn", end if cue.content is None else cue.content
    last = first + len(lines) - 1
    return Para(first, last, head.start, end, content, words, kind, head.gap, head.hint is not None, marked.get(first, ""), cue)


def _kind(line: Line, words: str, *, marked: bool) -> tuple[BlockKind, int]:
    """The kind of a paragraph by its own words and mark-up, and where its content begins."""
    if marked:
        return "furniture", line.start
    bullet = BULLET.match(words)
    if line.hint not in (None, "paragraph"):
        kind: BlockKind = line.hint or "paragraph"
        return kind, line.start + (bullet.end() if bullet and kind == "list item" else 0)
    if furniture.is_note(words):
        return "note", line.start
    if FIGURE.match(words) and len(words) <= furniture.LONGEST_NOTE:
        return "caption", line.start
    return ("list item", line.start + bullet.end()) if bullet else ("paragraph", line.start)


def _labels(packs: Packs) -> tuple[re.Pattern[str], ...]:
    """The patterns of lines that only name a text's genre ("FACT SHEET"): never its title where another line can be."""
    return tuple(rule.pattern for rule in packs.genres if rule.where == "header")


def _head(text: str, paras: list[Para], packs: Packs) -> list[Para]:
    """The paragraphs with title, notes, standfirst and column labels told apart above the first paragraph of the body."""
    paras = list(paras)
    above = _above_body(text, paras)
    for i in _letterhead(paras, above, packs):
        paras[i] = replace(paras[i], kind="furniture", reason="rule:letterhead")
    labels = _labels(packs)
    for i in above:
        if _is_header(paras[i]):
            paras[i] = replace(paras[i], kind="note")
        elif _is_repeated(text, paras[i]) and not _may_be_heading(paras[i], LONGEST_TITLE, ".;,:"):
            paras[i] = replace(paras[i], kind="standfirst")
    lines = [i for i in above if _may_be_heading(paras[i], LONGEST_TITLE, ".;,:")]
    if not lines or any(para.kind == "title" for para in paras):
        return paras
    bare = [i for i in lines if not any(label.search(paras[i].text) for label in labels)]
    title, count = _title(paras, bare or lines), Counter(paras[i].text.casefold() for i in lines)
    for i in lines:
        if i != title and count[paras[i].text.casefold()] > 1:
            paras[i] = replace(paras[i], kind="furniture", reason="rule:line repeated")
    return _titled(text, paras, title, (*labels, BY))


def _titled(text: str, paras: list[Para], title: int, apart: Sequence[re.Pattern[str]]) -> list[Para]:
    """The paragraphs with the title marked, its second line with it, unless that is a label or a byline (`apart`)."""
    paras[title] = replace(paras[title], kind="title")
    if _is_second_title_line(paras, title) and not any(pattern.search(paras[title + 1].text) for pattern in apart):
        last = paras[title + 1]
        paras[title : title + 2] = [replace(paras[title], last=last.last, end=last.end, text=text[paras[title].start : last.end])]
    return paras


def _letterhead(paras: Sequence[Para], above: Sequence[int], packs: Packs) -> list[int]:
    """The numbers of the lines above the title that name the site, the body or the column and not the text.

    They are the first lines without a blank line between them, one of which says so ("Opinion", "Department of Trade", "Home / News"),
    where another line further down can be the title; and a column's label between these and the title.
    """
    columns = [rule.pattern for rule in packs.genres if rule.where == "header" and rule.authority in ("press", "opinion")]
    first = next((n for n, i in enumerate(above) if n and paras[i].gap), len(above))
    head, rest = above[:first], above[first:]
    able = [i for i in rest if _may_be_heading(paras[i], LONGEST_TITLE, ".;,:") and len(paras[i].text.split()) >= SHORTEST_TITLE]
    sites = [i for i in head if any(p.search(paras[i].text) for p in columns) or SITE.match(paras[i].text)]
    if not able or not sites or any(len(LONGER.findall(paras[i].text)) >= TELLING for i in head if i not in sites):
        return []
    title = next((i for i in able if not furniture.is_header(paras[i].text)), -1)
    labels = [i for i in rest if i < title and paras[i].kind == "paragraph" and any(p.search(paras[i].text) for p in columns)]
    return [*(i for i in head if paras[i].kind in ("paragraph", "list item", "note")), *labels] if title >= 0 else []


def _above_body(text: str, paras: Sequence[Para]) -> list[int]:
    """The numbers of the paragraphs above the body: short lines, notes, and standfirsts, whose words the body repeats."""
    for i, para in enumerate(paras):
        if para.kind in ("turn", "list item") or (para.kind == "paragraph" and _is_body(text, para, i)):
            return list(range(i))
    return []


def _is_body(text: str, para: Para, number: int) -> bool:
    if _is_header(para) or _may_be_heading(para, LONGEST_TITLE, ".;,:") or _is_scrap(para):
        return False
    return number >= HEAD or not _is_repeated(text, para)


def _is_header(para: Para) -> bool:
    return para.kind == "paragraph" and furniture.is_header(para.text)


def _is_scrap(para: Para) -> bool:
    """Whether a paragraph is a few words without a stop and no address to an audience."""
    return len(para.text) <= 60 and not ends(para.text, ".!?…;:,") and not ADDRESS.match(para.text) and para.first == para.last


def _is_repeated(text: str, para: Para) -> bool:
    """Whether a paragraph's words stand again further down."""
    able = para.kind == "paragraph" and 40 <= len(para.text) <= furniture.LONGEST_NOTE and not ADDRESS.match(para.text)
    return able and text.find(para.text, para.end) >= 0


def _title(paras: Sequence[Para], lines: Sequence[int]) -> int:
    """The title among the short lines above the body: the one repeated most, if any is repeated, else the first.

    Of its copies the last counts that no credit follows: earlier ones are the page's head, one with a credit is a caption.
    """
    count = Counter(paras[i].text.casefold() for i in lines)
    first = max(lines, key=lambda i: (count[paras[i].text.casefold()], len(paras[i].text), -i))
    if count[paras[first].text.casefold()] == 1:
        return lines[0]
    copies = [i for i in lines if paras[i].text.casefold() == paras[first].text.casefold()]
    able = [i for i in copies if i + 1 == len(paras) or paras[i + 1].reason not in furniture.CREDITS]
    return (able or copies)[-1]


def _is_second_title_line(paras: Sequence[Para], title: int) -> bool:
    """Whether the line below the title goes on with it."""
    if title + 1 >= len(paras) or paras[title + 1].kind != "paragraph" or paras[title + 1].gap:
        return False
    words = paras[title].text
    joint = words.split()[-1].casefold() in turns.GLUE | {"between", "from", "with", "by", "-", "–", "—", "&", "or", "a", "an"}
    return (joint or words[-1] in ",-–—:" or len(words) >= 40) and _may_be_heading(paras[title + 1], LONGEST_HEADING, ".;,:")


def _may_be_heading(para: Para, longest: int = LONGEST_HEADING, stops: str = ".!?…,;:—") -> bool:
    if para.kind != "paragraph" or len(para.text) > longest or ADDRESS.match(para.text):
        return False
    words = para.text.split()
    if len(words) > WORDS_OF_A_HEADING * longest // LONGEST_HEADING or furniture.breaks_off(para.text) or SENTENCES.search(para.text):
        return False
    if longest == LONGEST_HEADING and (para.last > para.first or len(para.text) > 60) and not _is_capitalised(words):
        return False  # a long heading is written like one
    return not ends(para.text, stops) and not para.text[0].islower() and any(c.isalpha() for c in para.text)


def _is_capitalised(words: Sequence[str]) -> bool:
    """Whether most of the longer words begin with a capital."""
    longer = [word for word in words if len(word) > 3]
    return sum(word.lstrip('*_"“‘(')[:1].isupper() for word in longer) * 2 >= len(longer)


def _headings(paras: Sequence[Para]) -> list[Para]:
    """The paragraphs with headings inferred: short lines without a stop that stand before body, few in a row."""
    found = list(paras)
    able = [not para.hinted and (_may_be_heading(para) or _may_be_numbered(paras, i)) for i, para in enumerate(paras)]
    run = 0
    for i in range(len(paras)):
        run = run + 1 if able[i] else 0
        if able[i] and i + 1 < len(paras) and not able[i + 1] and run <= 3 and _stands_before_body(paras, i):
            for k in range(i - run + 1, i + 1):
                found[k] = replace(paras[k], kind="heading", content=paras[k].start)
    return found


def _stands_before_body(paras: Sequence[Para], i: int) -> bool:
    following = next((para for para in paras[i + 1 : i + 4] if para.kind not in ("furniture", "note", "caption")), None)
    return following is not None and following.kind in ("paragraph", "turn", "list item") and len(following.text) > len(paras[i].text)


def _may_be_numbered(paras: Sequence[Para], i: int) -> bool:
    """Whether a numbered short line is a heading: blank lines round it, and a paragraph below."""
    para = paras[i]
    if para.kind != "list item" or not ENUMERATED.match(para.text) or len(para.text) > 80 or ends(para.text, ".!?…,;:"):
        return False
    following = paras[i + 1] if i + 1 < len(paras) else None
    apart = para.gap and following is not None and following.gap
    return apart and following is not None and following.kind in ("paragraph", "turn") and len(following.text) > 100


def _repeats(paras: Sequence[Para]) -> list[Para]:
    """The paragraphs with later repeats of the title as furniture; short titles may well be headings further down."""
    title = next((para for para in paras if para.kind == "title"), None)
    if title is None:
        return list(paras)
    words, last = title.text.casefold(), max((i for i, para in enumerate(paras) if para.kind == "paragraph"), default=-1)
    again = {
        i for i, para in enumerate(paras)
        if para is not title and para.kind in ("title", "heading", "paragraph") and para.text.casefold() == words
        and (len(words) >= 20 or i > last)
    }  # fmt: skip
    return [replace(para, kind="furniture", reason="rule:title repeated") if i in again else para for i, para in enumerate(paras)]


def _blocks(paras: Sequence[Para]) -> Iterable[Block]:
    """The blocks of the paragraphs, those of a turn put together."""
    i, alone = 0, _only_questions(paras)
    while i < len(paras):
        cue = paras[i].cue
        if cue and (taken := min(1, _turn(paras, i)) if alone else _turn(paras, i)) > 0:
            yield _turn_block(paras[i : i + taken], cue)
            i += taken
        else:
            yield _block(paras[i])
            i += 1


def _only_questions(paras: Sequence[Para]) -> bool:
    """Whether one role is all that is ever labelled: then the paragraphs below are somebody else's answers."""
    shapes = {para.cue.key: para.cue.shape.kind for para in paras if para.cue and para.cue.content is not None}
    return len(shapes) == 1 and "role" in shapes.values() and all(para.cue.content for para in paras if para.cue)


def _turn(paras: Sequence[Para], i: int) -> int:
    """How many paragraphs the turn at `i` takes: up to the next label, heading or furniture; 0 if nothing is said.

    Stage notes and breaks of the page inside it are passed over: they lie within the block and in none of its parts.
    """
    said = 1 if paras[i].content < paras[i].end else 0
    for k in range(i + 1, len(paras)):
        if paras[k].cue or not _goes_on(paras[k]):
            break
        if paras[k].kind not in ("note", "furniture") or (paras[k].kind == "note" and k == i + 1 and not said):
            said = k - i + 1
    return said


def _goes_on(para: Para) -> bool:
    if para.kind == "furniture":
        return para.reason.startswith(PAGE_BREAKS)
    return para.kind in ("paragraph", "list item", "standfirst") or (para.kind == "note" and furniture.is_bracketed(para.text))


def _turn_block(paras: Sequence[Para], cue: turns.Cue) -> Block:
    passed = {"furniture"} if len(paras) == 2 else {"furniture", "note"}
    spoken = [para for para in paras if para.kind not in passed]
    parts = tuple((para.content, para.end) for para in spoken if para.content < para.end)
    return Block("turn", paras[0].start, paras[-1].end, parts, cue.label)


def _block(para: Para) -> Block:
    kind: BlockKind = "paragraph" if para.kind == "turn" else para.kind
    content = para.content if kind == "list item" and para.content < para.end else para.start
    return Block(kind, para.start, para.end, ((content, para.end),), None, para.reason)
