"""One subject down a chain: what each document of it says of an issue or named thing, held against the one before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm import chains, itemising, weaving
from reaffirm.errors import UsageError
from reaffirm.export.redlines.sections import Section
from reaffirm.linking.redline import redline
from reaffirm.linking.silences import unspoken
from reaffirm.store import loading, queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reaffirm.model import Span
    from reaffirm.sequels import Place
    from reaffirm.store.protocol import Store

BREAK = "\n\n"  # between passages


def descent(store: Store, issue: str, forum: str | None = None, chain: str | None = None) -> list[Section]:
    """For each document of a chain, by date, its passages on an issue or named thing, as a redline against the last that had any.

    The chain is that of a document, or that of a forum (words of its name). A passage is a sentence with words of a row filed under
    the issue, or with its name. A document without any has a receipt of what was searched. A `UsageError` where no document has any.
    """
    if (forum is None) == (chain is None):
        message = "say which chain: --forum (words of its name) or --chain (a document of it), one of the two"
        raise UsageError(message)
    wanted = chains.ordered(chains.kin(store, queries.document_id(store, chain))) if chain else chains.of_forum(store, forum or "")
    cut = {place.document: itemising.sentences(loading.document(store, place.document)) for place in wanted}
    told = passages(store, issue, cut)
    if not any(told.values()):
        message = f"none of {len(wanted)} documents says anything of {issue!r}; `reaffirm threads` shows the issues of items"
        raise UsageError(message)
    return _sections(issue, wanted, told, cut)


def _sections(issue: str, chain: Sequence[Place], told: Mapping[str, Sequence[Span]], cut: Mapping[str, Sequence[Span]]) -> list[Section]:
    found: list[Section] = []
    before: tuple[Place, Sequence[Span]] | None = None
    for place in chain:
        own = told[place.document]
        if not own:
            gap = unspoken(place, issue, before[1] if before else (), cut[place.document])
            found.append(Section(place, (), None, (), gap))
            continue
        text = BREAK.join(span.exact for span in own)
        was = BREAK.join(span.exact for span in before[1]) if before else text
        found.append(Section(place, tuple(own), before[0].doc if before else None, redline(was, text).pieces))
        before = place, own
    return found


def passages(store: Store, issue: str, cut: Mapping[str, Sequence[Span]]) -> dict[str, list[Span]]:
    """By document, those of its sentences (`cut`) that have words of a row filed under an issue or named thing, or its name."""
    name = re.compile(r"\b" + r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", issue.strip()))) + r"\b", re.IGNORECASE)
    filed: dict[str, list[Span]] = {}
    for strand in weaving.strands_of(store, cut):
        if any(issue.casefold() in about.casefold() for about in strand.issues | strand.things):
            filed.setdefault(strand.place.document, []).extend(strand.head.wording)
    return {
        key: [s for s in sentences if name.search(s.exact) or any(s.start < w.end and w.start < s.end for w in filed.get(key, ()))]
        for key, sentences in cut.items()
    }
