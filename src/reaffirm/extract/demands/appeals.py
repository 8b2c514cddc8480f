"""Acts of asking -> what is asked of whom: "we urge Ruvia to act", "they demanded that", "it is hoped that", "let us"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.extract.demands.actions import NOT, negated, stands, steps
from reaffirm.extract.demands.modalities import subjunctive
from reaffirm.extract.demands.wishes import FIRST, Draft, actor, acts, clauses, helpers, opening, to
from reaffirm.extract.groups import SUBJECTS, extent, phrase, subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.demands.wishes import Lore, Whose
    from reaffirm.extract.groups import Extent
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Asking

UNREAL = frozenset(["not", "n't", "n’t", "never", "did", "could", "might", "may"])
HOPED = frozenset(["will", "can", "would", "may", "could", "shall", "’ll", "'ll"])
US = frozenset(["us", "’s", "'s"])
PAST = frozenset(["was", "were", "been"])


def whose(s: Sentence, verb: Token, entry: Asking, *, passive: bool) -> Whose | None:
    """Who asks: the writer or speaker himself, nobody who is named, or a source; None where it is denied, past or only possible."""
    group = helpers(s, verb)
    if group & UNREAL:
        return None
    if passive:
        return None if group & PAST or "will" in group or entry.id == "would-like" or s.kid(verb.i, "agent") else "agentless"
    who = subject(s, verb)
    if who is None:
        return None
    if who.text.casefold() in FIRST or any(t.text.casefold() in {"my", "our"} for t in s.kids(who.i, "poss")):
        return _own(s, verb, entry)
    return None if entry.id == "would-like" else "source"


def _own(s: Sentence, verb: Token, entry: Asking) -> Whose | None:
    """Whose an act in the first person is: own now, told where it was done before."""
    group = helpers(s, verb)
    if "had" in group or (entry.id == "ask" and group & {"have", "has"}):
        return None
    if entry.id == "would-like":
        return None if verb.tag == "VBD" or (verb.lemma == "like" and not group & {"would", "should", "’d", "'d"}) else "own"
    return "told" if verb.tag == "VBD" else "own"


def asking(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """A verb with addressee and infinitive: "we urge | Ruvia | to act", "the two are urged to | act"."""
    if token.tag[:2] != "VB" or not stands(s, token):
        return
    prep = _preposition(s, token, entry)
    passive = token.tag == "VBN" and bool(s.kids(token.i, "auxpass", "nsubjpass"))
    heads = [*s.kids(token.i, "dobj", "dative"), *(s.kids(prep.i, "pobj") if prep else [])]
    clause = _asked(s, token, prep, heads)
    head = (s.kid(clause.i, *SUBJECTS) or next((h for h in heads if h.i < clause.i), None)) if clause else None
    if clause is None or (entry.prepositions and prep is None and not passive) or not (passive or _addressed(head, entry, known)):
        return
    draft = _plea(s, token, entry, known, passive=passive)
    target = subject(s, token) if passive else head
    if draft is not None:
        border = to(s, clause, token.i) or token.i
        modality = extent(s, opening(s, token), border if passive else prep.i if prep else token.i)
        words = phrase(s, target, without=(clause.i,)) if target else None
        yield from acts(s, replace(draft, modality=modality, target=words), clause, border, known)


def _asked(s: Sentence, token: Token, prep: Token | None, heads: list[Token]) -> Token | None:
    """The infinitive that says what is asked; one of purpose ("in order to") is none."""
    near = [*clauses(s, token), *(clauses(s, prep) if prep else []), *(t for h in heads for t in s.kids(h.i, "acl", "relcl") if t.i > h.i)]
    clause = next((t for t in sorted(near, key=lambda t: t.i) if to(s, t, token.i)), None)
    if clause is None or clause.dep != "advcl":
        return clause
    before = s.tokens[max(0, s.below(clause.i)[0] - 2) : clause.i]
    return None if any(t.text.casefold() in {"order", "so"} for t in before) else clause


def _addressed(head: Token | None, entry: Asking, known: Lore) -> bool:
    """Whether the words behind a verb of asking can be asked; what is only wished for must be an actor."""
    if head is None or head.text.casefold() == "it":
        return False
    return entry.id != "would-like" or actor(head, known)


def _plea(s: Sentence, token: Token, entry: Asking, known: Lore, *, passive: bool) -> Draft | None:
    """The draft of an act of asking without its action; None where nobody asks now."""
    who, own = whose(s, token, entry, passive=passive), subject(s, token)
    if who == "source" and entry.id == "demand-to":  # "the drought requires Ruvia to act" is the writer's; what laws require is a fact
        if own is None or actor(own, known) or known.listed("law", own.lemma):
            return None
        who = "own"
    if who is None:
        return None
    holder = phrase(s, own, without=(token.i,)) if own and who == "source" else None
    return Draft(entry, (0, 0), holder=holder, strength=entry.strength, whose=who, rule=f"demand.{entry.id}")


def _preposition(s: Sentence, token: Token, entry: Asking) -> Token | None:
    """The preposition of the entry behind a verb."""
    return next((t for t in s.kids(token.i, "prep", "prt", "dative") if t.i > token.i and t.text.casefold() in entry.prepositions), None)


def thing(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """A verb and what it asks for: "call for | an end to the siege"."""
    prep = _preposition(s, token, entry)
    barred = token.tag[:2] != "VB" or token.dep == "amod" or (token.tag == "VBN" and s.kids(token.i, "auxpass"))
    draft = None if barred or not stands(s, token) else _plea(s, token, entry, known, passive=False)
    if draft is None or (entry.prepositions and prep is None):
        return
    clause = next((t for t in clauses(s, token) if to(s, t) and s.kid(t.i, *SUBJECTS)), None)
    heads = s.kids(prep.i, "pobj") if prep else s.kids(token.i, "dobj")
    draft = replace(draft, modality=extent(s, opening(s, token), prep.i if prep else token.i))
    if heads:
        below = s.below(heads[0].i)
        if s.tokens[below[0]].text.casefold() != "no":
            yield replace(draft, action=extent(s, below[0], below[-1]))
    elif prep and clause:
        yield from acts(s, draft, clause, clause.i - 1, known)


def that(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """A verb and the clause of what should be: "demand that | Ruvia act"."""
    clause = next((t for t in s.kids(token.i, "ccomp") if t.i > token.i and subjunctive(s, t)), None)
    if clause is None or token.tag[:2] != "VB" or not stands(s, token) or (entry.id == "insist-that" and clause.tag == "VBP"):
        return
    draft = _plea(s, token, entry, known, passive=False)
    bare = s.kid(clause.i, "mark") is None and entry.id != "demand-that"
    if draft is None or (bare and draft.whose != "source"):
        return
    after = max([s.below(clause.i)[0] - 1, *(t.i for t in s.kids(clause.i, "aux") if t.tag == "MD")])
    yield from acts(s, replace(draft, modality=extent(s, opening(s, token), token.i)), clause, after, known)


def hope(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """Hope that somebody will act: "it is hoped that | the two will act", "the hope that | Ruvia will see reason"."""
    noun = token.tag[:2] == "NN"
    near = [*s.kids(token.i, "ccomp", "acl", "advcl"), *(s.kids(token.head, "ccomp") if token.dep == "attr" else [])]  # "our hope is that"
    clause = next((t for t in near if t.i > token.i and _may_come(s, t) and not _conditional(s, t)), None)
    own = s.kid(clause.i, *SUBJECTS) if clause else None
    if clause is None or own is None or own.text.casefold() in {"i", "there"} or not stands(s, token) or not (noun or _hopes(s, token)):
        return
    mark = next((t.i for t in s.kids(clause.i, "mark")), None)
    modality = _hoping(s, token, mark)
    draft = Draft(entry, modality, modality, strength=entry.strength, rule=f"demand.{entry.id}")
    after = max([own.i, mark or 0, *(t.i for t in s.kids(clause.i, "aux") if t.tag == "MD")])
    yield from acts(s, draft, clause, after, known)


def _hoping(s: Sentence, token: Token, mark: int | None) -> Extent:
    """The words that hope: the noun, the verb group, or all of "it is hoped that"."""
    if token.tag[:2] == "NN":
        return extent(s, token.i, token.i)
    if token.tag == "VBN":
        return extent(s, min(t.i for t in s.kids(token.i, *SUBJECTS)), mark if mark is not None else token.i)
    return extent(s, opening(s, token), token.i)


def _hopes(s: Sentence, token: Token) -> bool:
    """Whether writer or speaker hopes: "we hope", "one hopes", "it is hoped"."""
    who = s.kid(token.i, *SUBJECTS)
    word = who.text.casefold() if who else ""
    return (token.tag == "VBN" and word == "it") or (token.tag in {"VBP", "VB"} and word in FIRST) or (word == "one" and token.tag == "VBZ")


def _conditional(s: Sentence, clause: Token) -> bool:
    """Whether a clause only tells under what condition or when something is hoped."""
    return any(t.text.casefold() not in {"that", "for"} for t in s.kids(clause.i, "mark")) or bool(
        [t for t in s.kids(clause.i, "advmod") if t.tag == "WRB" and t.i < clause.i]
    )


def _may_come(s: Sentence, verb: Token) -> bool:
    """Whether a clause tells what may come: "will", "can", "would", or the present."""
    words = {t.text.casefold() for t in s.kids(verb.i, "aux")}
    return bool(words & HOPED) or (verb.tag in {"VBP", "VBZ", "VB"} and not words)


def let(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """Reads "Let us | act"."""
    found = ((t, who) for t in clauses(s, token) if (who := s.kid(t.i, *SUBJECTS)) and who.text.casefold() in US)
    clause, who = next(found, (None, None))
    if clause is None or who is None or token.tag not in {"VB", "VBP"} or s.kid(token.i, *SUBJECTS):
        return
    if known.listed("exempt", clause.lemma) or not stands(s, token):
        return
    modality, target = extent(s, token.i, who.i), extent(s, who.i, who.i)
    draft = Draft(entry, modality, modality, target, strength=entry.strength, rule=f"demand.{entry.id}")
    refused = negated(s, token) or any(t.text.casefold() in NOT for t in s.tokens[who.i : clause.i])
    for n, step in enumerate(steps(s, clause, who.i, known.skipped)):
        yield replace(draft, action=step.action, negative=step.negated or (n == 0 and refused))
