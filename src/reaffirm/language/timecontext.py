"""Where in a document time is told, who tells it, and the tense of a sentence around an expression."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Block, Document

SPOKEN = frozenset({"press-conference transcript", "remarks", "gist"})
QUOTED = re.compile(r'"[^"]{20,3000}"')  # shorter ones are mostly terms and slogans
RUNS = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph with plain marks and single blanks, the way back to the document's offsets, and the stretches that are spoken."""

    text: str
    start: int
    cuts: tuple[int, ...]  # places in `text` from which on blanks were left out
    lost: tuple[int, ...]  # how many were left out up to there
    speech: tuple[tuple[int, int], ...]
    opens: bool = False  # a title or a heading: what was told before it does not count behind it

    def place(self, offset: int) -> int:
        """The document's offset of an offset in the text."""
        n = bisect_right(self.cuts, offset)
        return self.start + offset + (self.lost[n - 1] if n else 0)

    def spoken(self, offset: int) -> bool:
        """Whether somebody is quoted or has the floor there."""
        n = bisect_right(self.speech, (offset, 1 << 60)) - 1
        return n >= 0 and offset < self.speech[n][1]


def pieces(document: Document) -> Iterator[Piece]:
    """The paragraphs, titles and headings of a document outside its furniture, in order of place."""
    turns = any(block.kind == "turn" for block in document.blocks)
    floor = not turns and document.card.genre.value in SPOKEN
    for block in document.blocks:
        if block.kind != "furniture":
            for start, end in block.parts:
                made = piece(document.text[start:end], start, spoken=_spoken(block, floor=floor))
                yield replace(made, opens=True) if block.kind in {"title", "heading"} else made


def _spoken(block: Block, *, floor: bool) -> bool:
    return block.kind == "turn" or (floor and block.kind in {"paragraph", "list item"})


def piece(text: str, start: int = 0, *, spoken: bool = False) -> Piece:
    """A stretch of text made plain, with the way back; `spoken` when all of it is said by somebody."""
    folded = fold(text)
    cuts, lost, gone, out, at = [], [], 0, [], 0
    for m in RUNS.finditer(folded):
        out.append(folded[at : m.start() + 1])
        at = m.end()
        gone += m.end() - m.start() - 1
        cuts.append(m.end() - gone)
        lost.append(gone)
    plain = "".join(out) + folded[at:] if out else folded
    speech = ((0, len(plain)),) if spoken else tuple((m.start(), m.end()) for m in QUOTED.finditer(plain))
    return Piece(plain, start, tuple(cuts), tuple(lost), speech)


AHEAD = (
    r"(?:will|would|shall|to) (?:not |also |only )?be \w+"
    r"|(?:has|have) (?:yet )?to|will|won't|shall|\w+'ll|would|to be|going to|expects?"
    r"|(?:is|are|was|were) (?:expected|planned|scheduled|due|set|likely|slated|to)|expected to|plans?|planning|scheduled"
    r"|set (?:to|for)|intends?|aims?|hopes?|slated|upcoming|deadline|expires|payable|effective|takes? effect|ahead of|tentatively"
    r"|(?:agreed|concurred|decided) (?:to|on)|pledged|promised|vowed|invited|looks? forward|looking forward|matures?"
    r"|due (?:on|by|to be|back)|can|must|should|may|might|could|begins?|starts?|opens?|meets?|arrives?|leaves?|ends|visits?|returns?"
    r"|(?:agreement|plan|deal|decision|proposal|bid|pledge|promise|commitment|mandate) to \w+"
    r"|resumes?|faces|facing|set an?(?= \Z)|(?:is|are)(?=(?: on)? \Z)|prepar(?:e|es|ing)|urged"
)
BEHIND = (
    r"had been (?:scheduled|due|set|expected|planned)|was|were|had|did|been|since|ago|said|told|made|came|went|took|began|met|held"
    r"|fell|rose|got|gave|found|left|saw|sent|won|lost|ended|became|brought|kept|put|led|shot|hit|ran|flew|drove|spoke|wrote|heard"
    r"|stood|broke|sought|bought|sold|paid|lay|grew|knew|thought|felt|cut|set off|has|have|\w{2,}ed"
)
VERBS = re.compile(rf"\b(?:(?P<ahead>{AHEAD})|(?P<behind>{BEHIND}))\b", re.IGNORECASE)
ENDS = re.compile(r"[.!?;][\"')]? (?=[\"(']?[A-Z])")
NOUNS = r"(?:plan|visit|hope|aim|start|return|leave|end|face|cut|set|meeting|open|schedule|promise)s?|may|can|lead|heard|deadline"
BEFORE_NOUN = r"\b(?:the|an?|this|that|these|its|his|her|their|our|your|my|no|any|new|'s) (?:(?:\w+ly|still|yet) )?"
NOMINAL = re.compile(rf"{BEFORE_NOUN}(?:{NOUNS}|\w+ed)\Z", re.IGNORECASE)
TO_ACT = re.compile(r" (?:to|for) (?!the |an? )")
WINDOW = 160  # code points looked at on either side


def direction(text: str, start: int, end: int) -> str:
    """`>=` where the sentence around an extent tells what is to come, `<=` what was, empty where no word tells."""
    before = text[max(0, start - WINDOW) : start]
    cut = [m.end() for m in ENDS.finditer(before)]
    before = before[cut[-1] :] if cut else before
    cues = [cue for cue in VERBS.finditer(before) if not _noun(before, cue)]
    if cues:
        return ">=" if cues[-1]["ahead"] else "<="
    after = text[end : end + WINDOW]
    stop = ENDS.search(after)
    cue = next((m for m in VERBS.finditer(after, 0, stop.start() if stop else len(after)) if not _noun(after, m)), None)
    return (">=" if cue["ahead"] else "<=") if cue else ""


def _noun(text: str, cue: re.Match[str]) -> bool:
    """Whether a word that could be a verb is a noun or its adjective ("announced the plan", "an unspecified date")."""
    return NOMINAL.search(text, max(0, cue.start() - 24), cue.end()) is not None and not TO_ACT.match(text, cue.end())
