"""A speech: whose it is, and for whom its "I" and "we" stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.resolve.collectives import states_in
from reaffirm.resolve.membership import members
from reaffirm.resolve.persons import passage, we
from reaffirm.resolve.reading import Reading
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Document, Mention, Span
    from reaffirm.packs import Packs

BODIES = frozenset({"organisation", "forum"})
BY = re.compile(r"\b(?:by|of|from|for|on behalf of)\b", re.IGNORECASE)
NAME = r"[A-ZÀ-Þ][\w'.-]*(?: (?:(?:of|and|the) )*[A-ZÀ-Þ][\w'.-]*){0,5}"
OWN = (  # words in which a speaker names the own state; the name is the group
    re.compile(rf"\b[Mm]y (?:own |beloved |dear |small )?(?:country|nation|homeland|land),? (?:the )?({NAME})"),
    re.compile(rf"({NAME}), (?:like )?my (?:own |beloved )?(?:country|homeland)\b"),
    re.compile(rf"\b[Ww]e,? (?:in |the people of )(?:the )?({NAME})"),
    re.compile(
        rf"\b(?:on|On) behalf of (?:(?:my|the|its) )?(?:(?:\w+ )?(?:[Gg]overnment|[Pp]eople|[Dd]elegation|[Ss]tate|[Nn]ation)"
        rf"(?:,? and (?:the )?(?:[Gg]overnment|[Pp]eople|[Nn]ation))?,? of )?(?:the )?({NAME})"
    ),
    re.compile(rf"\bI (?:\w+ )?(?:speak|stand|come|address)\b[^.]{{0,60}}\b(?:for|as (?:the )?[\w ]{{0,30}} of|from) (?:the )?({NAME})"),
    re.compile(
        rf"\b[Tt]he ({NAME}) (?:delegation|Government) "
        r"(?:congratulates|welcomes|wishes|would like|joins|attaches|hopes|believes|commends|supports)\b"
    ),
    re.compile(rf"\b(?:my|our) (?:country|delegation|Government),? (?:the )?({NAME})"),
)


@dataclass(frozen=True, slots=True)
class Platform:
    """Who gives a speech: the person and the state, each as far as the document says."""

    person: str | None = None
    state: str | None = None


def platform(document: Document, mentions: tuple[Mention, ...], packs: Packs) -> Platform:
    """Whose speech a document is, by its title, its author and the words in which speakers name their own state."""
    titled = [m for m in mentions if m.kind == "person" and _in_title(document, m.surface)]
    author = document.card.author.value
    person = next((m.name for m in titled if BY.search(document.text[: m.surface.start])), None) or _full(author, mentions)
    states = {m.state for m in (*titled, *mentions) if m.kind == "person" and m.name == person and m.state}
    held = states.pop() if len(states) == 1 else _held(person, document.card.day, packs)
    return Platform(person, held or _titled(document, packs) or own_state(document, packs))


def _in_title(document: Document, surface: Span) -> bool:
    return any(b.kind == "title" and b.start <= surface.start < b.end for b in document.blocks)


def _full(author: str | None, mentions: tuple[Mention, ...]) -> str | None:
    """The author's name as the text's names have it, where they hold the same words."""
    words = set(author.split()) if author else set()
    return next((m.name for m in mentions if m.kind == "person" and words and set(m.name.split()) == words), author)


def _held(person: str | None, day: str | None, packs: Packs) -> str | None:
    """The one state whose offices the packs give a person, on the day where it is known."""
    terms = [t for t in packs.offices if t.person == person] if person else []
    states = {t.state for t in terms if day and t.covers(day)} or {t.state for t in terms}
    return states.pop() if len(states) == 1 else None


def _titled(document: Document, packs: Packs) -> str | None:
    """The one state that a title names behind "by", "of" or the like ("Statement by the Minister of ...")."""
    title = document.card.title.value or " ".join(document.text[b.start : b.end] for b in document.blocks if b.kind == "title")
    by = BY.search(title)
    return _one_body(title[by.end() :], packs) if by else None


def _one_body(words: str, packs: Packs) -> str | None:
    """The one state, or else the one organisation, that words name."""
    states = states_in(words, packs)
    bodies = states or tuple(o.name for o in packs.organisations if o.kind in BODIES and _named_in(words, (o.name, *o.aliases)))
    return bodies[0] if len(bodies) == 1 else None


def _named_in(words: str, forms: tuple[str, ...]) -> bool:
    return any(form in words and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", words) for form in forms)


def own_state(document: Document, packs: Packs) -> str | None:
    """The state that a speaker calls the own most often ("my country, ...", "we in ..."); None where two are called so as often."""
    counts = Counter(_named(document.text, packs)).most_common(2)
    return counts[0][0] if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]) else None


def _named(text: str, packs: Packs) -> Iterator[str]:
    words = re.sub(r"\s+", " ", fold(text))
    for pattern in OWN:
        for match in pattern.finditer(words):
            states = states_in(match.group(1), packs)
            if len(states) == 1:
                yield states[0]


def singular(found: Platform, words: str) -> Reading | None:
    """The speaker of a speech for "I": the person, or an unknown person of a known state."""
    if found.person:
        parties = (found.state,) if found.state else ()
        return Reading((found.person,), persons=(found.person,), parties=parties, certainty="probable", rule="voice.author")
    return Reading((f"?{words}",), parties=(found.state,), rule="voice.speaker-of-state") if found.state else None


def plural(document: Document, source: Span, found: Platform, named: tuple[Mention, ...], packs: Packs) -> Reading:
    """Whom "we" means in a speech: the speaker's state, a group that the sentence names, or nobody in particular."""
    kind = we(document, source.start, source.end, packs, found.state)
    open_ = Reading((f"?{source.exact}",), certainty="underspecified", rule=f"voice.we-{kind}")
    if kind == "group":
        return _group(document, source, named, packs) or open_
    if kind != "delegation":
        return open_
    if found.state:
        return Reading((found.state,), parties=(found.state,), certainty="probable", rule="voice.we-delegation")
    speaker = singular(found, source.exact)
    return replace(speaker, rule="voice.we-delegation") if speaker else replace(open_, certainty=None)


def _group(document: Document, source: Span, named: tuple[Mention, ...], packs: Packs) -> Reading | None:
    """The members of the forum, or the organisation, that the sentence names beside "we"."""
    place = passage(document, source.start, source.end)
    words = f"{place.lead}{place.tail[:120]}"
    forum = next((f for f in packs.forums if f.members and any(re.search(rf"\b{re.escape(x)}\b", words) for x in f.forms)), None)
    if forum:
        found = members(forum, document.card.day)
        return Reading(found, parties=found, certainty="probable", rule="voice.we-group")
    near = (m for m in named if source.start - len(place.lead) <= m.surface.start < source.end + 120)
    bodies = tuple(dict.fromkeys(m.name for m in near if m.kind == "organisation" and fold(m.surface.exact) in words))
    return Reading(bodies, parties=bodies, certainty="probable", rule="voice.we-group") if bodies else None
