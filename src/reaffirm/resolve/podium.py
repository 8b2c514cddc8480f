"""Whether a text is a speech, whatever its card says, and whose state speaks in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reaffirm.resolve.speech import own_state
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Document, Statement
    from reaffirm.packs import Packs

SPEECH = "remarks"
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
LEAD = 2  # times as many statements as any other state's
LEAST = 2


def spoken(document: Document) -> bool:
    """Whether a document is a speech: its card says so, or it has no turns, addresses an audience and speaks in the first person."""
    genre = document.card.genre.value
    if genre == SPEECH:
        return True
    if any(block.kind == "turn" for block in document.blocks) or genre in {"joint statement", "communique", "fact sheet", "manifesto"}:
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
