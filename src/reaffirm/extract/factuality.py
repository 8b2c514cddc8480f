"""Sentence and draft -> the factuality that the clauses around a cue give it: conditional, denied, demanded.

The cue's own words (negation, the entry of the pack) are read with the draft; here is what stands above them.
Values are those of GUIDELINES 4.8; after Saurí and Pustejovsky, FactBank (2009), a cue below a condition or a question is open.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.drafts import Draft
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.model import Factuality

OPEN = frozenset(["if", "whether", "unless", "provided", "providing", "lest"])
AWAITED = frozenset(["once", "until", "when", "after", "before"])
AHEAD = frozenset(["will", "would", "shall", "should", "can", "could", "may", "might", "must", "’ll", "'ll"])
ASKED_FOR = frozenset(["should", "must", "shall", "ought"])
GOING_ON = frozenset(["continue", "keep"])
CLAUSES = frozenset({"advcl", "ccomp", "csubj", "csubjpass", "acl", "pcomp", "conj", "xcomp", "relcl"})


def settled(sentence: Sentence, draft: Draft) -> Draft:
    """The draft with the factuality of the clauses around its cue; hearsay stays as it is."""
    found = _above(sentence, draft)
    return replace(draft, factuality=found) if found and draft.factuality != "hearsay" else draft


def _above(sentence: Sentence, draft: Draft) -> Factuality | None:
    verb = _verb(sentence, draft)
    if verb is None:
        return None
    if any(_open(sentence, clause) for clause in _clauses(sentence, verb)):
        return "conditional"
    if _ended(sentence, verb) or (verb.dep == "pcomp" and sentence.tokens[verb.head].text.casefold() == "without"):
        return "denied"
    return "demanded" if _asked_for(sentence, verb) else None


def _verb(sentence: Sentence, draft: Draft) -> Token | None:
    """The highest verb of the cue."""
    if draft.cue is None:
        return None
    inside = [t for t in sentence.tokens if draft.cue[0] <= t.start and t.end <= draft.cue[1] and t.tag[:2] == "VB"]
    held = {t.i for t in inside}
    return next((t for t in inside if t.head not in held or t.head == t.i), None)


def _clauses(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """The verb and the heads of the clauses around it, from the inside out."""
    yield verb
    while verb.head != verb.i and verb.dep in CLAUSES | {"prep", "dobj", "pobj", "nsubj", "nsubjpass", "attr", "aux"}:
        verb = sentence.tokens[verb.head]
        yield verb


def _open(sentence: Sentence, clause: Token) -> bool:
    """Whether a word of condition or question opens the clause, or one of time whose main verb lies ahead."""
    if clause.dep not in CLAUSES:
        return False
    words = {t.text.casefold() for t in sentence.kids(clause.i, "mark", "advmod", "cc", "preconj") if t.i < clause.i}
    if words & OPEN:
        return True
    above = sentence.tokens[clause.head]
    return clause.dep == "advcl" and bool(words & AWAITED) and bool(_modals(sentence, above) & AHEAD)


def _modals(sentence: Sentence, verb: Token) -> set[str]:
    return {t.text.casefold() for t in sentence.kids(verb.i, "aux") if t.tag == "MD"}


def _ended(sentence: Sentence, verb: Token) -> bool:
    """Whether "no longer" stands with the verb."""
    longer = [t for t in sentence.kids(verb.i, "advmod") if t.text.casefold() == "longer"]
    return any(sentence.tokens[t.i - 1].text.casefold() == "no" for t in longer if t.i)


def _asked_for(sentence: Sentence, verb: Token) -> bool:
    """Whether the act goes on and is asked to go on ("should keep urging", "must continue to stress")."""
    for top in (verb, sentence.tokens[verb.head]):
        if top.lemma in GOING_ON and _modals(sentence, top) & ASKED_FOR:
            return top.i == verb.i or verb.dep in {"xcomp", "ccomp", "advcl"}
    return False
