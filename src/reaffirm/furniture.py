"""Lines of a text, how they are laid out, and which of them are notes or were printed round the text by a site.

A line is furniture when the source's own mark-up says so, when a rule of the furniture pack matches it whole, when it is
an ornament, or when it is one of the tags behind the last paragraph. When in doubt a line is body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.text import trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reaffirm.model import BlockKind, Node, Source
    from reaffirm.packs import FurnitureRule, Packs


def wordset(words: str) -> frozenset[str]:
    """The words of a list as a set."""
    return frozenset(words.split())


BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
BULLET = re.compile(
    r"(?:[•‣◦▪■□●○·∙➢►▶⁃*–—−+-]|\(?[a-z]\)|\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\(?[ivx]{1,5}[.)]|[a-h]\.|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}(?=[ \t]+[A-Z]))"
    r"[ \t\u00a0\u2002\u2003\u2009\u3000]+(?=\S)"
)
SIGN = re.compile(r"[•‣◦▪■□●○·∙➢►▶⁃*–—−+-]")
ORNAMENT = re.compile(r"[-–—=_*•·~#+|<>\s]{3,}|[•·*#]")
CLOSERS = "\"'“”’»)]*_ \t\u00a0"
UNFINISHED = wordset(
    "a an the of for and or to on in at by with from than that as is are was were be been has have had its our their his her my your this "
    "these those not no nor but if so also it they we i who which when where whose will would can could must should may into upon between "
    "among under over about against through during within without toward towards"
)
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,7}\.?"
DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{MONTH},?\s+\d{{4}}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|"
    rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
)
DATE = re.compile(
    rf"(?:(?:published|updated|posted|released|issued|date|last (?:updated|modified))(?: on| at)?:?\s+)?"
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?{DAY}"
    r"(?:,?\s*(?:at |[-–—|·]\s*)?\d{1,2}[:.h]\d\d.{0,20})?",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s+\(?[A-Z]{2,5}(?:\)|\b))?(?: local time)?", re.IGNORECASE)
PLACE = r"[A-Z][\w.'’-]*(?:,?\s+(?:(?:de|do|da|del|di|la|le|las|los|el|al|of|the|sur|upon)\s+){0,2}[A-Z][\w.'’-]*){0,4}"
DATELINE = re.compile(rf"{PLACE},?\s+(?:on )?{DAY}|{DAY}(?:,| [-–—|·]| in)? {PLACE}")  # "Lima, 14 May 2031", "14 May 2031, Lima"
BYLINE = re.compile(r"(?:By|BY|Written by|Reporting by|Edited by|Reported by)\s+[A-Z].{0,90}")
RELEASE = re.compile(
    r"(?:press|media|news) (?:release|statement)(?:\s+(?:no\.?\s*)?[\d/-]+)?|for immediate release|embargoed until .{1,60}|"
    r"\(?(?:provisional|unofficial|tentative|courtesy|working) translation\)?|check against delivery\.?|"
    r"as delivered\.?|as prepared for delivery\.?",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(
    r"[—–-]*\s*(?:(?:the|this) (?:original|above|following)?\s*(?:\w+ )?(?:article|editorial|interview|text|statement|piece|"
    r"op-ed|story|commentary|speech|essay|version|translation)\b.{0,40}\b(?:appear|publish|print|deliver|issue|translat|provided|adapted|excerpt).{0,160}|"
    r"(?:originally|first) (?:published|appeared|printed) .{3,160}|translated (?:by|from) .{2,120}|"
    r"translation: .{2,80}|sources?: \S.{1,120})",
    re.IGNORECASE,
)
NOTE_LEAD = re.compile(r"(?:editor[’']?s?[’']? note|translator[’']?s?[’']? note|n\.?b\.)\s*[:.—-]", re.IGNORECASE)
PAIRS = {"[": "]", "(": ")", "（": "）", "［": "］"}
LEADS_ON = re.compile(r":$|\b(?:follow(?:s|ing)|below|includ\w+|are|namely)\b[^.!?]*[.:]?$")
MENU = re.compile(r"\s*[|>›»·]\s*|[ \t\u00a0]{2,}")
MINISTRY = re.compile(
    r"(?:the )?(?:ministry|department|office|embassy|cabinet office|government|permanent mission) (?:of|for) [^.!?:;]{3,70}", re.IGNORECASE
)
LISTS = frozenset({"furniture:related", "furniture:more-from", "furniture:recent", "furniture:most-read", "furniture:see-also"})
CREDITS = frozenset({"furniture:photo-credit", "furniture:photo-by", "furniture:agency-credit"})  # also under a caption's mark-up
LONGEST_NOTE = 900
WORDS_OF_A_REMARK = 16  # a longer text in round brackets is an aside of the writer
LONGEST_HEADER = 120
LONGEST_RULE = 200  # characters; nothing longer is tried against the pack
LONGEST_TAG = 40
WORDS_OF_A_TAG = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line without edge white space: its place, indentation, node, and whether a blank line or a node's border precedes it."""

    start: int
    end: int
    text: str
    indent: int
    gap: bool
    node: int = -1
    hint: BlockKind | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How plain lines are set: broken at a width or one line a paragraph; `exact` when the width was kept to the character."""

    wrapped: bool = False
    width: int = 0
    exact: bool = False

    def room(self, line: Line, following: Line) -> bool:
        """Whether the next line's first word had found room on this line, so that the break was meant."""
        needed = line.indent + len(line.text) + 1 + len(following.text[: self.width + 1].split(maxsplit=1)[0])
        return needed <= (self.width if self.exact else 0.85 * self.width)


def breaks_off(text: str) -> bool:
    """Whether the text ends on a word that no heading or sentence ends on."""
    return text[-20:].rsplit(maxsplit=1)[-1].casefold() in UNFINISHED


def ends(text: str, stops: str = ".!?…") -> bool:
    """Whether the text ends a sentence, closing quotation marks and brackets aside."""
    return text[-12:].rstrip(CLOSERS)[-1:] in tuple(stops)


def split(source: Source) -> list[Line]:
    """The lines of a source in order; a node that claims a kind or is furniture never shares a line."""
    lines: list[Line] = []
    for start, end, index in _stretches(source):
        node = source.nodes[index] if index >= 0 else None
        for row, close in _rows(source.text, start, end):
            a, b = trim(source.text, row, close)
            if a < b:
                lines.append(_line(source.text, lines[-1] if lines else None, (row, a, b), (index, node)))
    return lines


def _line(text: str, before: Line | None, place: tuple[int, int, int], origin: tuple[int, Node | None]) -> Line:
    row, start, end = place
    index, node = origin
    gap = before is None or before.node != index or sum(1 for _ in BREAK.finditer(text, before.end, start)) > 1
    indent = len(text[row:start].expandtabs(4))
    return Line(start, end, text[start:end], indent, gap, index, node.hint if node else None, node.furniture if node else "")


def _stretches(source: Source) -> Iterator[tuple[int, int, int]]:
    """The text in stretches (start, end, index of the node): nodes that claim something, and what lies between them.

    Nodes that claim the same and stand on one line of the text, one blank or nothing between them, are one stretch: the
    printed lines of a paragraph.
    """
    done = 0
    claims = sorted((i for i, node in enumerate(source.nodes) if node.hint or node.furniture), key=lambda i: source.nodes[i].start)
    for index, start, end in _joined(source, claims):
        start, end = max(done, start), min(len(source.text), end)  # noqa: PLW2901 - what is left of it
        if start < end:
            yield done, start, -1
            yield start, end, index
            done = end
    yield done, len(source.text), -1


def _joined(source: Source, claims: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The nodes as (index of the first, start, end), printed lines of one paragraph taken together."""
    held: tuple[int, int, int] | None = None
    for index in claims:
        node = source.nodes[index]
        if held is None:
            held = (index, node.start, node.end)
            continue
        first, same = held, source.nodes[held[0]]
        alike = (node.hint, node.furniture) == (same.hint, same.furniture)
        if alike and 0 <= node.start - first[2] <= 1 and source.text[first[2] : node.start] in ("", " "):
            held = (first[0], first[1], node.end)
        else:
            yield first
            held = (index, node.start, node.end)
    if held is not None:
        yield held


def _rows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in BREAK.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def measure(lines: Sequence[Line]) -> Layout:
    """The layout of the plain lines: wrapped when many of them go on in lower case on the next line."""
    pairs = [(a, b) for a, b in pairwise(lines) if b.hint is None and a.hint is None and not b.gap and not BULLET.match(b.text)]
    running = [(a, b) for a, b in pairs if b.text[0].islower() and not ends(a.text)]
    lengths = sorted(a.indent + len(a.text) for a, _ in running)
    if len(running) < 2 or len(running) < 0.3 * len(pairs) or lengths[len(lengths) // 2] > 130:
        return Layout()
    exact = Layout(wrapped=True, width=lengths[-1], exact=True)
    if sum(exact.room(a, b) for a, b in running) <= 0.03 * len(running):
        return exact
    return Layout(wrapped=True, width=lengths[int(0.9 * (len(lengths) - 1))])


def mark(lines: Sequence[Line], layout: Layout, packs: Packs) -> dict[int, str]:
    """The furniture among the lines: its reason by the line's number."""
    found = {i: line.reason for i, line in enumerate(lines) if line.reason}
    matched = {i: rule for i, line in enumerate(lines) if i not in found and (rule := _match(line, packs.furniture))}
    body = [i for i, line in enumerate(lines) if i not in found and i not in matched and is_prose(line.text)]
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    for i, rule in matched.items():
        allowed = rule.where == "any" or (rule.where == "top" and i < first) or (rule.where == "bottom" and i > last)
        if allowed and stands_alone(lines, i, layout):
            found[i] = f"furniture:{rule.id}"
    found |= {i: reason for i in range(len(lines)) if i not in found and (reason := _wordless(lines, i, layout))}
    found |= _tags(lines, found) | _heads(lines, first, found, names(packs))
    return found | _listed(lines, last, found)


@lru_cache(maxsize=4)
def names(packs: Packs) -> frozenset[str]:
    """The names of publishers and organisations in lower case: a line above the title that is just one of them is a masthead."""
    papers = [form for entry in packs.publishers for form in (entry.name, *entry.aliases)]
    bodies = [form for entry in packs.organisations for form in (entry.name, *entry.aliases)]
    return frozenset(form.casefold() for form in (*papers, *bodies))


def _heads(lines: Sequence[Line], first: int, found: Mapping[int, str], known: frozenset[str]) -> dict[int, str]:
    """Mastheads and menus above the body, as long as another line is left there to be the title."""
    above = [i for i in range(min(first, len(lines))) if i not in found and lines[i].hint is None]
    heads: dict[int, str] = {}
    for i in above[:-1]:
        text = lines[i].text
        site = is_menu(lines[i + 1].text) and text.count(" ") < WORDS_OF_A_TAG and not ends(text)
        if text.casefold() in known or MINISTRY.fullmatch(text) or (site and not is_menu(text)):
            heads[i] = "rule:masthead"
        elif is_menu(text):
            heads[i] = "rule:menu"
    return heads


def is_menu(text: str) -> bool:
    """Whether a line is made of short labels set apart ("Home > News > Fact sheets", "Print   Share   Save")."""
    labels = [label.strip() for label in MENU.split(text)]
    short = all(label and len(label) <= LONGEST_TAG and label.count(" ") < WORDS_OF_A_TAG - 1 for label in labels)
    return len(labels) > 1 and short and not ends(text, ".!?…:;,") and not any(c.isdigit() for c in text)


def _listed(lines: Sequence[Line], last: int, found: Mapping[int, str]) -> dict[int, str]:
    """The headlines below "Related stories" and the like, behind the last paragraph."""
    start = next((i for i in range(last + 1, len(lines)) if found.get(i) in LISTS), len(lines))
    return {
        i: "rule:below a list of links" for i in range(start + 1, len(lines))
        if i not in found and len(lines[i].text) < LONGEST_HEADER and lines[i].text[-1] not in ".;:," and lines[i].hint is None
    }  # fmt: skip


def _wordless(lines: Sequence[Line], i: int, layout: Layout) -> str:
    """Why a line without words is furniture: an ornament, or a page's number between the lines of a wrapped text."""
    text = lines[i].text
    if len(text) <= LONGEST_RULE and ORNAMENT.fullmatch(text) and stands_alone(lines, i, layout):
        return "rule:ornament"
    apart = lines[i].gap or i + 1 == len(lines) or lines[i + 1].gap
    return "rule:page number" if layout.wrapped and len(text) <= 3 and text.isdecimal() and apart and lines[i].hint is None else ""


def _match(line: Line, rules: Sequence[FurnitureRule]) -> FurnitureRule | None:
    if len(line.text) > LONGEST_RULE or line.hint in ("title", "note", "standfirst"):
        return None
    able = (rule for rule in rules if line.hint != "caption" or f"furniture:{rule.id}" in CREDITS)
    return next((rule for rule in able if rule.pattern.fullmatch(line.text)), None)


def is_prose(text: str) -> bool:
    """Whether a line is certainly body: a sentence of some length."""
    return len(text) >= 160 or (len(text) >= 50 and ends(text) and text.count(" ") >= 7)


def stands_alone(lines: Sequence[Line], i: int, layout: Layout) -> bool:
    """Whether a line cannot be a piece of a wrapped paragraph: what precedes has ended, what follows begins anew."""
    if not layout.wrapped or lines[i].hint is not None:
        return True
    before = i == 0 or lines[i].gap or ends(lines[i - 1].text, ".!?…:")
    after = i + 1 == len(lines) or lines[i + 1].gap or not lines[i + 1].text[0].islower()
    return before and after


def _tags(lines: Sequence[Line], found: Mapping[int, str]) -> dict[int, str]:
    """The short bulleted lines behind the last paragraph; none if that paragraph announces a list."""
    tags: dict[int, str] = {}
    for i in range(len(lines) - 1, -1, -1):
        if i in found:
            continue
        if not _is_tag(lines[i].text):
            announced = LEADS_ON.search(lines[i].text[-160:]) or not ends(lines[i].text)
            return {} if announced else tags
        tags[i] = "rule:tag"
    return {}


def _is_tag(text: str) -> bool:
    bullet = BULLET.match(text)
    if not bullet or not SIGN.match(text):
        return False
    words = text[bullet.end() :]
    short = len(words) <= LONGEST_TAG and words.count(" ") < WORDS_OF_A_TAG
    return short and not words[0].islower() and not words.endswith((".", "!", "?", ";", ",", ":"))


def is_note(words: str) -> bool:
    """Whether a paragraph is an editor's, translator's or stage note: bracketed as a whole, or a line about the source."""
    if len(words) > LONGEST_NOTE:
        return False
    if is_bracketed(words):
        return words.count(" ") < WORDS_OF_A_REMARK or not words.lstrip("*_").startswith(("(", "（"))
    return bool(SOURCE_LINE.fullmatch(words) or NOTE_LEAD.match(words) or RELEASE.fullmatch(words))


def is_bracketed(words: str) -> bool:
    """Whether one pair of brackets holds all the words."""
    inner, close = words.rstrip(".*_ ").lstrip("*_ "), PAIRS.get(words.lstrip("*_ ")[:1])
    if not close or not inner.endswith(close):
        return False
    opened = 0
    for at, c in enumerate(inner):
        opened += (c == inner[0]) - (c == close)
        if opened == 0:
            return at == len(inner) - 1
    return False


def is_header(text: str) -> bool:
    """Whether a line above the body is a date, a time, a dateline or a byline: a note of the publisher, no heading."""
    return len(text) <= LONGEST_HEADER and any(pattern.fullmatch(text) for pattern in (DATE, CLOCK, DATELINE, BYLINE))
