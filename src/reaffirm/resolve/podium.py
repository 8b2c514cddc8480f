"""Whether a text is a speech or one that several issue, whatever its card says; whose state speaks in it, and who issues it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.resolve.speech import own_state
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Document, Mention, Span, Statement
    from reaffirm.packs import Packs

SPEECH = "remarks"
ISSUED = frozenset({"joint statement", "communique", "fact sheet"})
OPEN = frozenset({None, "other", SPEECH})  # genres beside which a title may say more
TEXTS = re.compile(
    r"\b(?:conclusions|declaration|communiqu[eé]|joint statement|outcome document|resolution|agreed minutes|action plan"
    r"|plan of action"
    r"|chair(?:man|woman|person)?[’']?s[’']? (?:statement|summary)"
    r"|statement (?:by|of) the (?:[\w-]+ ){0,4}(?:ministers|leaders|heads|members))\b",
    re.IGNORECASE,
)
LINE = 150  # code points of a first line that may be a title which nothing marks
OPENING = 700  # code points at the head of a text in which its issuers are named
NAMED = re.compile(r"\bWe,? the (?:[\w’'-]+,? (?:and )?(?:of )?){1,8}?(?:the )?$")
JOINED = re.compile(r"\s*(?:[-–+]|/|and|,|&|with)\s*(?:of\s+)?(?:the\s+)?", re.IGNORECASE)
LONG = 200  # words below which nothing but the card tells a speech
FIRST = re.compile(r"(?<!\w)(?:I|[Mm]y|[Ww]e|[Oo]ur)\b(?![.’'])")
SINGULAR = re.compile(r"(?<!\w)(?:I (?=[a-z])|[Mm]y (?=[a-z]))")
SHARE = 0.008  # first persons among the words of a text that is spoken
ADDRESS = re.compile(
    r"\b(?:excellenc(?:y|ies)|(?:mr|madam|mrs)\.? (?:president|chair\w*|speaker|secretary-general)|ladies and gentlemen|distinguished"
    r"|my (?:country|delegation|government|nation)"
    r"|on behalf of|this (?:assembly|hall|house)|allow me|general assembly|dear (?:friends|colleagues))\b",
    re.IGNORECASE,
)
PRESENT = re.compile(r"(?:is|are|remains?|stands?|has|also)\b|(?!was\b)[a-z]+s\b", re.IGNORECASE)
RELATIVE = re.compile(r",\s+(?:which|who|whose)\b")
LEAD = 2  # times as many statements as any other state's
LEAST = 2


def official(document: Document) -> bool:
    """Whether a document is a text that a meeting or body issues: its card says so, or its title does and nobody says "I" in it."""
    genre = document.card.genre.value
    if genre in ISSUED:
        return True
    if genre not in OPEN or any(block.kind == "turn" for block in document.blocks) or SINGULAR.search(document.text):
        return False
    title = " ".join(document.text[b.start : b.end] for b in document.blocks if b.kind == "title") or document.card.title.value
    first = document.text.lstrip().split("\n", 1)[0]
    line = title or (first if len(first) <= LINE and not first.rstrip().endswith(".") else "")
    return TEXTS.search(line) is not None


def issuers(document: Document, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The organisations and states that the opening of an official text names as its issuers; empty where it names none.

    That is the organisation behind "We, the leaders of", or names that a title or a first paragraph couples ("the Lake League-Ruvia
    Summit"), one of which is an organisation.
    """
    head = document.text[:OPENING]
    near = [m for m in mentions if m.surface.end <= OPENING and m.kind in {"state", "organisation"}]
    at = next((n for n, m in enumerate(near) if NAMED.search(head[: m.surface.start])), None)
    if at is not None:
        ours = [near[at]]
        for m in near[at + 1 :]:
            if JOINED.fullmatch(head, ours[-1].surface.end, m.surface.start):
                ours.append(m)
        return tuple(m.name for m in ours) if any(m.kind == "organisation" for m in ours) else ()
    for first, second in pairwise(near):
        coupled = JOINED.fullmatch(head, first.surface.end, second.surface.start) is not None
        if coupled and "organisation" in {first.kind, second.kind}:
            return first.name, second.name
    return ()


BODY = re.compile(r"(?:the )?(?:council|board|commission|committee|assembly|secretariat|union)", re.IGNORECASE)
JOINTLY = re.compile(
    r"(?:we|the (?:meeting|summit|conference|leaders|ministers|heads of state and government|participants|two sides|both sides))",
    re.IGNORECASE,
)


def issued(document: Document, mentions: Iterable[Mention], words: str) -> tuple[str, ...]:
    """Who speaks in an official text as "we", "the summit" or "the council": its issuers, or the one organisation that it names.

    Empty for other words and texts. "The council" stands for the organisation that the text names most.
    """
    if not official(document):
        return ()
    if JOINTLY.fullmatch(words):
        return issuers(document, mentions)
    counts = Counter(m.name for m in mentions if m.kind == "organisation").most_common(2) if BODY.fullmatch(words) else []
    clear = counts and counts[0][1] >= LEAST and (len(counts) == 1 or counts[0][1] > counts[1][1])
    return (counts[0][0],) if clear else ()


def described(source: Span | None, mentions: Iterable[Mention], text: str) -> tuple[str, ...]:
    """The state or organisation that opens a source and is only described by what follows ("Ruvia, which was not there,")."""
    if source is None:
        return ()
    for m in mentions:
        head, tail = text[source.start : m.surface.start], text[m.surface.end : source.end]
        if m.kind in {"state", "organisation"} and head.strip().casefold() in {"", "the"} and RELATIVE.match(tail):
            return (m.state or m.name,)
    return ()


def spoken(document: Document) -> bool:
    """Whether a document is a speech: its card says so, or it has no turns, addresses an audience and speaks in the first person."""
    genre = document.card.genre.value
    if official(document):
        return False
    if genre == SPEECH:
        return True
    if any(block.kind == "turn" for block in document.blocks) or genre == "manifesto":
        return False
    words = len(document.text.split())
    first = len(FIRST.findall(document.text)) >= SHARE * words and len(SINGULAR.findall(document.text)) >= LEAST
    return words >= LONG and first and ADDRESS.search(document.text) is not None


def speaker_state(document: Document, statements: Iterable[Statement], packs: Packs) -> str | None:
    """The state whose speech a document is: the one its speaker calls the own, else the one that takes most stands in the present tense."""
    called = own_state(document, packs)
    if called:
        return called
    names = {fold(form).casefold(): state.name for state in packs.states for form in (state.name, *state.aliases)}
    stands: Counter[str] = Counter()
    for row in statements:
        if row.source is None or row.cue is None or not PRESENT.match(row.cue.exact):
            continue
        words = re.sub(r"^the (?:government of )?(?:the )?", "", " ".join(fold(row.source.exact).casefold().split()))
        if words in names:
            stands[names[words]] += 1
    first = stands.most_common(2)
    clear = first and first[0][1] >= LEAST and (len(first) == 1 or first[0][1] >= LEAD * first[1][1])
    return first[0][0] if clear else None
