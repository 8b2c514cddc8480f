"""The state at home in an opinion, for which its "the government" and "parliament" stand, as far as the text warrants one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Document, Mention
    from reaffirm.packs import Packs

# Institutions that every state has, named without the state.
INSTITUTION = re.compile(
    r"(?:the|our|this|its) (?:(?:current|new|next|present|outgoing|ruling|federal|central) )*"
    r"(?:government|cabinet|parliament|congress|senate|legislature|lawmakers|prime minister|premier|chancellor|president|ministry"
    r"|(?:\w+ )?minister|opposition|administration|authorities|nation|country|people|diplomats?|public|navy|army|military|treasury"
    r"|central bank|coalition|ruling party|supreme court|voters|citizens)|parliament|congress",
    re.IGNORECASE,
)
LEAST = 2
LEAD = 2  # times as often as any other state


def home(document: Document, mentions: Iterable[Mention], packs: Packs) -> str | None:
    """The state that the publisher's name names, else the one named most: twice as often as any other, or alone in the title.

    None where no state leads so.
    """
    named = _of_publisher(document.card.publisher.value or "", packs)
    if named:
        return named
    states = [m for m in mentions if m.kind == "state"]
    counts = Counter(m.state or m.name for m in states)
    titles = [b for b in document.blocks if b.kind == "title"]
    titled = {m.state or m.name for m in states if any(b.start <= m.surface.start < b.end for b in titles)}
    most = max(counts.values(), default=0)
    lead = next((s for s, n in counts.items() if n == most and all(LEAD * m <= n for t, m in counts.items() if t != s)), None)
    alone = next(iter(titled)) if len(titled) == 1 else None
    found = alone if alone and counts[alone] == most else lead
    return found if most >= LEAST else None


def _of_publisher(words: str, packs: Packs) -> str | None:
    """The one state whose name, demonym or capital a publisher's name holds ("The Marn Post")."""
    forms = {form: s.name for s in packs.states for form in (s.name, *s.demonyms, *s.metonyms) if form in words}
    found = {name for form, name in forms.items() if re.search(rf"\b{re.escape(form)}\b", words)}
    return found.pop() if len(found) == 1 else None
