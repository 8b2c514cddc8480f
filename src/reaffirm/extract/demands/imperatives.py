"""Title of an opinion -> its sentences; the demands that title and text make in the imperative: "Strengthen the bridge"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.extract.demands.actions import steps
from reaffirm.extract.demands.wishes import Draft
from reaffirm.extract.groups import SUBJECTS, extent
from reaffirm.language.parse import Sentence, parse_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.demands.wishes import Lore
    from reaffirm.language.parse import Token
    from reaffirm.model import Document

GENRES = frozenset({"editorial", "analysis", "reaction"})
ATTENTION = frozenset({  # what a writer tells the reader to think, not somebody to do
    "consider", "let", "be", "have", "suppose", "think", "forget", "give", "read", "compare", "enter", "come", "expect", "despair", "worry",
    "mistake", "fear", "bet", "hope", "wonder", "doubt",
})  # fmt: skip
TAG = re.compile(r"\s*(?:[\w’' ]{1,30}:|[\w ]{1,20} ?[|])\s*")


def title(document: Document) -> Iterator[Sentence]:
    """The sentences of an opinion's first title without its tag ("EDITORIAL:"), parsed, with offsets in the document's text."""
    block = next((b for b in document.blocks if b.kind == "title"), None)
    if block is None or document.card.genre.value not in GENRES:
        return
    tag = TAG.match(document.text, block.start, block.end)
    first = tag.end() if tag else block.start
    for sentence in parse_text(document.text[first : block.end]):
        tokens = tuple(replace(t, start=t.start + first, end=t.end + first) for t in sentence.tokens)
        yield Sentence(tokens, sentence.children, document.blocks.index(block), 0)


def imperative(sentence: Sentence, known: Lore, *, body: bool = False) -> Iterator[Draft]:
    """The acts of a title whose verb is in the imperative, or a gerund without a verb after it; in the `body`, imperatives alone.

    There a verb that only orders the talk ("consider the ferry") asks nothing.
    """
    entry = next(iter(known.of("headline", "imperative")), None)
    root = sentence.root
    asks = sentence.tokens[-1].text in {"?", ":"}
    if entry is None or asks or root.tag not in {"VB", "VBP", "VBG"} or sentence.kid(root.i, *SUBJECTS, "csubj"):
        return
    if body and not _commands(sentence, root, known):
        return
    own = [t for t in sentence.kids(root.i) if t.i < root.i]
    if any(t.dep not in {"advmod", "aux", "neg"} or t.tag == "MD" for t in own) or (root.tag == "VBG" and any(t.dep == "aux" for t in own)):
        return
    first = min([root.i, *(t.i for t in own if t.dep != "neg")])
    for n, step in enumerate(steps(sentence, root, -1, frozenset())):
        begin = sentence.tokens[first].start if n == 0 else step.action[0]
        modality = (sentence.tokens[first].start, root.end) if n == 0 else extent(sentence, step.verb.i, step.verb.i)
        yield Draft(entry, (begin, step.action[1]), modality, strength=entry.strength, negative=step.negated, rule="demand.headline")


def _commands(sentence: Sentence, root: Token, known: Lore) -> bool:
    """Whether a sentence of a text begins with a bare verb, "do not" or "never", and with a verb that asks for more than attention."""
    first = next((t for t in sentence.tokens if t.text[0].isalnum()), None)
    if first is None or root.tag != "VB" or known.listed("exempt", root.lemma) or root.lemma in ATTENTION or sentence.kid(root.i, "expl"):
        return False
    if first.i == root.i:
        return first.text[0].isupper()
    return first.head == root.i and first.text.casefold() in {"do", "don", "never", "don't", "don’t"}
