"""The words that bound an act in time, and those that make it depend on something."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.days import bounds
from reaffirm.extract.commitments.promised import FUTURE, modal, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.extract.commitments.bonds import Bonds
    from reaffirm.extract.commitments.promised import Promised
    from reaffirm.extract.groups import Extent
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.model import Document, When

BARRED = frozenset({"relcl", "advcl", "compound", "nummod", "poss", "nmod", "appos", "amod"})
PARTICIPLE = "acl"
BOUNDING = re.compile(
    r"(?:by|before|until|till|within|during|in|on|at|this|next|over|through|throughout|no later|not later|prior|from now|later|tomorrow"
    r"|tonight|around|about|early|late|mid|starting|beginning|from|as of|as from|after|between|for|the|ahead)\b",
    re.IGNORECASE,
)
WITHIN = re.compile(
    r"(?:within|in|over|during|for|through|throughout) (?:the )?(?:next|coming|following)? ?(?:\w+[ -])?(?:\w+)", re.IGNORECASE
)
AHEAD = re.compile(r"(?:by|before|until|till|within|no later|not later|prior)\b")  # a deadline by its words, even where it has passed
GONE = re.compile(r"\b(?:last|past|previous) (?!days?\b|quarter|half|week of|months? of)|\bago\b|\byesterday\b")
OPEN = frozenset({"PRESENT_REF", "FUTURE_REF", "PAST_REF"})
AFTER = re.compile(r"[;.:]|,? (?:and|but|while)\b")
EDGE = " .’”" + '"'
FIRST_STOP = re.compile(r"[;]")


def due(document: Document, sentence: Sentence, act: Promised, times: Iterable[When], bonds: Bonds) -> When | None:
    """The time expression that bounds an act: inside its words, hanging on it, not past and not open; the last of several."""
    here = [w for w in times if act.extent[0] <= w.phrase.start and w.phrase.end <= act.extent[1]]
    here += [w for w in times if sentence.start <= w.phrase.start < act.extent[0] and _fronted(sentence, w, act)]
    here += [w for w in times if w.phrase.start >= act.extent[1] and _trails(document, w, act)]
    fit = [w for w in here if _bounds(w, document, bonds) and (_hangs(sentence, w, act) or _closes(document, sentence, w, act))]
    return max(fit, key=lambda w: w.phrase.start, default=None)


def _bounds(when: When, document: Document, bonds: Bonds) -> bool:
    """Whether a time expression sets an end: no repetition, no open future, no past day."""
    words = " ".join(when.phrase.exact.casefold().split())
    if when.type == "SET" or when.value in OPEN or any(f == words for b in bonds.kinds.get("unbounded", ()) for f in b.forms):
        return False
    if GONE.search(words):
        return False
    if not BOUNDING.match(words) and when.type != "DATE":
        return False
    if when.interval is None:
        return when.type != "DURATION" or ("X" not in (when.value or "X") and WITHIN.match(words) is not None)
    span = bounds(when.interval)
    if span is None or when.interval.endswith(("/", "/..")):
        return False
    day = document.card.day
    return day is None or AHEAD.match(words) is not None or span[1] >= day[:10].split("/")[0]


def _hangs(sentence: Sentence, when: When, act: Promised) -> bool:
    """Whether the expression hangs on the act's verb or noun and not on a name, a participle or a relative clause below it."""
    token = next((t for t in sentence.tokens if t.start >= when.phrase.start and t.start < when.phrase.end), None)
    if token is None:
        return False
    if when.surface.start == when.phrase.start and not _adverbial(sentence, token, when):
        return False
    token = _above(sentence, token, when)
    for _ in range(len(sentence.tokens)):
        if token.i == act.head.i or token.start < act.extent[0] or token.head == token.i:
            return True
        if (token.dep in BARRED and not (token.dep == "advcl" and token.tag == "VBG")) or (
            token.dep == PARTICIPLE and token.tag in {"VBN", "VBD"} and not _set(sentence, token)
        ):
            return False
        token = sentence.tokens[token.head]
    return True


def _closes(document: Document, sentence: Sentence, when: When, act: Promised) -> bool:
    """Whether a deadline ends an act's words though it hangs on a clause inside them: set off by a comma, or on what has been done.

    "Finish the code, under which five ports open, by June", "tell what was spent since 2030 by June": what was spent has no deadline.
    """
    if AHEAD.match(when.phrase.exact.casefold()) is None or document.text[when.phrase.end : act.extent[1]].strip(EDGE):
        return False
    token = next((t for t in sentence.tokens if when.phrase.start <= t.start < when.phrase.end), None)
    over = sentence.tokens[_above(sentence, token, when).head] if token else None
    while over is not None and over.dep not in {PARTICIPLE, "relcl"} and over.i not in {act.head.i, over.head}:
        over = sentence.tokens[over.head]
    apart = document.text[act.extent[0] : when.phrase.start].rstrip().endswith(",")
    if over is None or over.dep not in {PARTICIPLE, "relcl"}:
        return False
    return apart or (over.dep == PARTICIPLE and over.tag == "VBN" and _ahead(document, when))


def _ahead(document: Document, when: When) -> bool:
    """Whether an expression lies ahead of the document's day, so that what is already done cannot be due then."""
    span, day = bounds(when.interval), document.card.day
    return span is not None and day is not None and span[1] > day


def _fronted(sentence: Sentence, when: When, act: Promised) -> bool:
    """Whether the expression opens the clause of an act in the future ("By 2030, the council will ...")."""
    token = next((t for t in sentence.tokens if when.phrase.start <= t.start < when.phrase.end), None)
    return token is not None and bool(modal(sentence, act.head) & FUTURE) and _above(sentence, token, when).head == act.head.i


def _trails(document: Document, when: When, act: Promised) -> bool:
    """Whether the expression stands directly behind an act's words and lies ahead ("agreed on a drill | in August")."""
    if document.text[act.extent[1] : when.phrase.start].strip():
        return False
    span, day = bounds(when.interval), document.card.day
    return AHEAD.match(when.phrase.exact.casefold()) is not None or (span is not None and day is not None and span[0] > day)


def _adverbial(sentence: Sentence, token: Token, when: When) -> bool:
    """Whether an expression without preposition stands as an adverb ("next year"), not before a noun ("the 2030 goals")."""
    top = _above(sentence, token, when)
    return top.dep in {"npadvmod", "advmod", "tmod", "prep", "pobj", "pcomp", "ROOT", "dobj", "mark", "advcl"} or top.tag == "RB"


def _above(sentence: Sentence, token: Token, when: When) -> Token:
    """The word of the expression that hangs on a word outside it."""
    while token.head != token.i and when.phrase.start <= sentence.tokens[token.head].start < when.phrase.end:
        token = sentence.tokens[token.head]
    return token


def _set(sentence: Sentence, token: Token) -> bool:
    """Whether a participle sets an event ("talks set to be held"), so that its time is the event's."""
    return sentence.kid(token.i, "xcomp") is not None


def condition(document: Document, sentence: Sentence, act: Promised, cue: Extent | None, bonds: Bonds) -> Extent | None:
    """The words that make an act depend on something: a conditional clause of its verb or cue, or "subject to" and the like behind it."""
    verbs = [act.head, *(t for t in sentence.tokens if cue and cue[0] <= t.start < cue[1] and t.tag[:2] == "VB")]
    for kid in (kid for verb in verbs for kid in sentence.kids(verb.i, "advcl")):
        inside = [sentence.tokens[i] for i in sentence.below(kid.i)]
        words = " ".join(t.text.casefold() for t in inside[:4])
        if _opens(words, bonds) and not (words.startswith("when") and modal(sentence, kid)):
            return trimmed(sentence, inside[0].start, inside[-1].end)
    high = max((sentence.tokens[i].end for i in sentence.below(act.head.i)), default=act.extent[1])
    found = _pattern(bonds).search(document.text, act.extent[0], max(high, act.extent[1], _clause_end(document, sentence, act)))
    if found is None or found.start() <= act.extent[0]:
        return None
    stop = FIRST_STOP.search(document.text, found.end(), sentence.end)
    last = stop.start() if stop else max(act.extent[1], _clause_end(document, sentence, act))
    lasting = LASTING.match(document.text, found.end())
    return None if last <= found.end() or lasting else trimmed(sentence, found.start(), last)


def _clause_end(document: Document, sentence: Sentence, act: Promised) -> int:
    """Where the words behind an act end: at a semicolon or a full stop, or before a further coordinated act."""
    text = document.text[act.extent[1] : sentence.end]
    cut = AFTER.search(text)
    return act.extent[1] + (cut.start() if cut else len(text))


def _opens(words: str, bonds: Bonds) -> bool:
    return any(re.match(rf"(?:even |only )?{re.escape(form)}\b", words) for b in bonds.kinds.get("condition", ()) for form in b.forms)


LASTING = re.compile(r" (?:it takes|(?:is |are )?(?:needed|necessary|required)|possible)\b")  # "as long as it takes"


WEAK = frozenset(
    {"when", "once", "should", "pending", "provided", "providing", "as appropriate", "where necessary", "if necessary", "where appropriate"}
)


@lru_cache(maxsize=4)
def _forms(forms: tuple[str, ...]) -> re.Pattern[str]:
    strong = sorted((f for f in forms if f not in WEAK), key=len, reverse=True)
    words = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in strong)
    return re.compile(rf"(?<!as )(?<!even )\b(?:{words})\b", re.IGNORECASE) if strong else re.compile(r"(?!)")


def _pattern(bonds: Bonds) -> re.Pattern[str]:
    return _forms(tuple(f for b in bonds.kinds.get("condition", ()) for f in b.forms))
