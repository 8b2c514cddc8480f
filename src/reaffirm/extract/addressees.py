"""Statement, text and packs -> to whom it was said, where the words beside the cue name somebody.

Four places give it away: what stands between the cue and a clause ("told | reporters | that") or a preposition
("briefed | the Council | on"), the noun phrase that opens the content of a demand ("urged | Ruvia | to withdraw"), and what
follows a verb that takes an addressee behind its quotation ("“...,” she told | the Courier"). Nothing is guessed: a
stretch that is no plain noun phrase gives nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.extract.acts import ladder
from reaffirm.model import Span

if TYPE_CHECKING:
    from reaffirm.model import Statement
    from reaffirm.packs import Packs

BETWEEN = re.compile(r"frame\.(?:object-that|object-wh|addressee-prep:\w+|that|quote|wh)|quote\.beside")
DEMANDING = re.compile(r"frame\.(?:object-to|prep:(?:on|upon|to))")
# A preposition before the addressee is left outside; words of time, place and manner are no addressee.
TO = re.compile(r"(?:to|with) ")
LAST = re.compile(r"[\s,:;—–-]*(?:\bthat)?[\s,:;—–-]*$")
TIME = re.compile(
    r"(?:(?:on|in|at|by|during|after|before|from|via|as|when|while|under|about|for|through)\b|yesterday|today|tomorrow|earlier|later|again|also|"
    r"(?:last|this|next) |mon|tues|wednes|thurs|fri|satur|sun)",
    re.IGNORECASE,
)
LATER = re.compile(
    r",? (?:(?:on|in|at|by|during|after|before|from|via|yesterday|today|earlier|later|last|this|next)\b|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
INFINITIVE = re.compile(r",? (?:not |never )?to [a-z]+")
CLAUSE_END = re.compile(r"[.,;:!?“”\"\n]|$")
TAKES = frozenset({"object-that", "object-wh"})
LONGEST = 60


def addressee(statement: Statement, text: str, packs: Packs) -> Span | None:
    """The words that name to whom the statement was said; None where no frame tells.

    `text` is the canonical text of the statement's document; offsets are code points, end exclusive.
    """
    place = _place(statement, text, packs)
    return _named(statement.document, text, *place) if place else None


def _place(statement: Statement, text: str, packs: Packs) -> tuple[int, int] | None:
    """The stretch in which the addressee stands, if the frame has one."""
    cue, content = statement.cue, statement.content[0]
    if cue is None:
        return None
    if DEMANDING.fullmatch(statement.rule):
        to = INFINITIVE.search(content.exact)
        return (content.start, content.start + to.start()) if to and content.start >= cue.end else None
    if not BETWEEN.fullmatch(statement.rule):
        return None
    if content.start >= cue.end:
        return (cue.end, content.start) if content.start <= cue.end + 2 * LONGEST else None
    entry = statement.entry
    takes = entry is not None and bool(TAKES & set(_frames(entry.entry, packs)))
    stop = CLAUSE_END.search(text, cue.end, cue.end + 2 * LONGEST)
    return (cue.end, stop.start()) if takes and stop and statement.content[-1].end <= cue.start else None


def _frames(entry: str, packs: Packs) -> tuple[str, ...]:
    verb = ladder(packs).verbs.get(entry)
    return verb.frames if verb else ()


def _named(document: str, text: str, start: int, end: int) -> Span | None:
    """The stretch without preposition, time and "that"; None when nothing that can be a name is left."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    if to := TO.match(text, start, end):
        start = to.end()
    later = LATER.search(text, start, end)
    rest = text[start : later.start() if later else end]
    rest = LAST.sub("", rest)
    plain = re.fullmatch(r"\w[^“”\"\n.!?:;()]{1,60}", rest) is not None
    return None if not plain or TIME.match(rest) else Span(document, start, start + len(rest), rest)
