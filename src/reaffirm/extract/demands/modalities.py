"""Words of duty and need -> who ought to do what: auxiliaries, verbs of need, predicates of "it", nouns of duty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.extract.demands.actions import QUESTION, SHORT, negated, stands, steps
from reaffirm.extract.demands.wishes import CONDITIONAL, Draft, actor, acts, clauses, first_person, helpers, opening, to
from reaffirm.extract.groups import SUBJECTS, extent, phrase, subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.demands.wishes import Lore
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Asking

COPULAS = frozenset(["be", "remain", "become", "seem"])
ANNOUNCING = frozenset(["it", "there"])
FUTURE = frozenset(["will", "’ll", "'ll"])
NEAR = 5  # words from a verb of need to its infinitive
IDLE = frozenset(["there", "who", "which"])


def modal(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """An auxiliary: "must | act"."""
    verb = s.tokens[token.head]
    if token.tag != "MD" or token.dep != "aux" or verb.i < token.i or not stands(s, verb) or _excused(s, token, verb, entry, known):
        return
    joined = token.i + 1 < len(s.tokens) and s.tokens[token.i + 1].text.casefold() in SHORT
    modality = extent(s, token.i, token.i + joined)
    draft = Draft(entry, modality, modality, strength=entry.strength, rule=f"demand.{entry.id}")
    yield from acts(s, draft, verb, token.i, known)


def _excused(s: Sentence, token: Token, verb: Token, entry: Asking, known: Lore) -> bool:
    """Whether an auxiliary asks nothing: of the past, of the order of talk, in a condition, denied above, or a forecast."""
    own, who = s.kid(verb.i, *SUBJECTS), subject(s, verb)
    if who is None or (own is not None and own.i > token.i) or "have" in helpers(s, verb):
        return True  # no subject, "should the talks fail", "must have left"
    if known.listed("exempt", verb.lemma) and first_person(s, verb):
        return True
    if verb.dep == "ccomp" and negated(s, s.tokens[verb.head]):
        return True  # "this does not mean that we should"
    return entry.id == "should" and own is not None and known.listed("effect", verb.lemma) and not actor(own, known)


def need(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """A verb of need and its infinitive: "needs to | act"."""
    verb = next((t for t in clauses(s, token) if to(s, t, token.i) and t.i <= token.i + NEAR), None)
    ought = token.tag == "MD"
    if verb is None or not (ought or token.tag in {"VBP", "VBZ", "VB"}) or s.kid(token.i, "dobj") or not stands(s, token):
        return
    denied = negated(s, token)
    if helpers(s, token) & (CONDITIONAL | {"do", "does"}) or (denied and not ought) or not _needy(s, token, verb, entry, known):
        return
    boosters = [t for t in s.kids(token.i, "advmod") if known.of("booster", t.text.casefold())]
    last = to(s, verb) or token.i
    modality = extent(s, min([token.i, *(t.i for t in boosters)]), last)
    raised = next((e.strength for t in boosters for e in known.of("booster", t.text.casefold())), None)
    draft = Draft(entry, modality, modality, strength=raised or entry.strength, negative=denied, rule=f"demand.{entry.id}")
    yield from acts(s, draft, verb, last, known)


def _needy(s: Sentence, token: Token, verb: Token, entry: Asking, known: Lore) -> bool:
    """Whether a verb of need has a subject of whom something is asked; what people just "have to" do is told as a fact."""
    who = subject(s, token)
    if who is None or who.text.casefold() in IDLE or (known.listed("exempt", verb.lemma) and first_person(s, token)):
        return False
    if entry.id != "have-to" or who.text.casefold() in {"we", "it"} or who.tag in {"NNP", "NNPS"}:
        return True
    owned = any(t.text.casefold() in {"our", "my"} for t in s.kids(who.i, "poss"))
    return (owned and actor(who, known)) or (who.tag == "NN" and who.lemma in known.speakers)


def predicate(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """A predicate of "it" with a clause: "it is essential that | Ruvia act"."""
    copula = _copula(s, token) if token.tag not in {"NNS", "NNPS"} else None
    own = s.kid(copula.i, *SUBJECTS) if copula else None
    if copula is None or own is None or own.text.casefold() not in ANNOUNCING or not stands(s, copula) or negated(s, copula):
        return
    if (token.lemma == "need") != (own.text.casefold() == "there"):
        return
    if any(t.text.casefold() == "longer" for t in s.kids(copula.i, "advmod")):
        return  # "it is no longer necessary"
    behind = [h.i for p in s.kids(token.i, "prep") for h in s.kids(p.i, "pobj")]  # "important for the lake that Ruvia act"
    inside = {t.i: t for i in (copula.i, token.i, *behind) for t in clauses(s, s.tokens[i]) if t.i > token.i}
    clause = next((t for _, t in sorted(inside.items()) if to(s, t) or subjunctive(s, t)), None)
    if clause is not None and (s.kid(clause.i, *SUBJECTS) or not known.listed("exempt", clause.lemma) or _told_somebody(s, clause, known)):
        first = list(announced(s, clause, entry, min(own.i, copula.i), known))
        yield from first
        for further in s.kids(clause.i, "conj"):  # "that A act, and that B be told"
            that = any(t.text.casefold() == "that" for t in s.kids(further.i, "mark"))
            if first and that and subjunctive(s, further):
                yield from (replace(d, modality=first[0].modality) for d in announced(s, further, entry, further.i, known))


def advice(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """What somebody would be wise, or do well, to do: "Ruvia would do well to | act"."""
    verb = s.tokens[token.head]
    fits = verb.lemma == "do" if token.tag == "RB" else verb.lemma == "be" or token.tag == "VBN"
    above = token if token.tag == "VBN" else verb
    who = subject(s, above)
    if not fits or "would" not in helpers(s, above) or who is None or who.text.casefold() in ANNOUNCING or not stands(s, above):
        return
    clause = next((t for i in (token.i, verb.i) for t in clauses(s, s.tokens[i]) if to(s, t, token.i)), None)
    if clause is None or negated(s, above):
        return
    last = to(s, clause) or token.i
    modality = extent(s, opening(s, above), last)
    yield from acts(s, Draft(entry, modality, modality, strength=entry.strength, rule=f"demand.{entry.id}"), clause, last, known)


def _told_somebody(s: Sentence, verb: Token, known: Lore) -> bool:
    """Whether a verb of talk has a person as its object ("it is time to tell the voters"), so that it is an act, not an order of talk."""
    return any(t.tag != "PRP" and actor(t, known) for t in s.kids(verb.i, "dative", "dobj"))


def _copula(s: Sentence, token: Token) -> Token | None:
    """The form of "be" whose predicate a word is, by itself or behind "of"."""
    head = s.tokens[token.head]
    if token.dep in {"acomp", "attr", "oprd"} and head.lemma in COPULAS:
        return head
    behind = token.dep == "pobj" and head.text.casefold() == "of" and s.tokens[head.head].lemma in COPULAS
    return s.tokens[head.head] if behind else None


def subjunctive(s: Sentence, verb: Token) -> bool:
    """Whether a finite clause says what should be, not what is: a bare verb, "should", "be", or a plural present that may be bare."""
    if not s.kid(verb.i, *SUBJECTS):
        return False
    words = {t.text.casefold() for t in s.kids(verb.i, "aux", "auxpass") if t.i < verb.i}
    return bool(words & {"should", "must", "can", "be"}) or (verb.tag in {"VB", "VBP"} and not words)


def announced(s: Sentence, clause: Token, entry: Asking, first: int, known: Lore) -> Iterator[Draft]:
    """The drafts of a clause that a predicate announces; the modality ends with its "that", "to" or "for"."""
    mark = next((t.i for t in s.kids(clause.i, "mark") if t.i < clause.i), None)
    own, infinitive = s.kid(clause.i, *SUBJECTS), to(s, clause)
    border = s.below(clause.i)[0] - (s.tokens[s.below(clause.i)[0]].text.casefold() != "that")
    last = mark if mark is not None else infinitive if infinitive is not None and own is None else border
    after = max([last, infinitive or 0, *(t.i for t in s.kids(clause.i, "aux") if t.tag == "MD")])
    modality = extent(s, first, last)
    draft = Draft(entry, modality, modality, strength=entry.strength, rule=f"demand.{entry.id}")
    if own is None:
        for step in steps(s, clause, after, known.skipped):
            yield replace(draft, action=step.action, negative=step.negated)
    else:
        yield from acts(s, draft, clause, after, known)


def come(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """Reads "The time has come to | act"."""
    verb = s.tokens[token.head]
    if token.dep != "nsubj" or verb.lemma != "come" or not stands(s, verb):
        return
    found = (t for t in (*clauses(s, verb), *clauses(s, token)) if t.i > verb.i and (to(s, t) or subjunctive(s, t)))
    clause = next(found, None)
    if clause is not None:
        yield from announced(s, clause, entry, min(s.below(token.i)), known)


def impossible(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """Reads "It will not be possible (not) to | act": asked not to act, or to act."""
    copula = _copula(s, token)
    own = s.kid(copula.i, *SUBJECTS) if copula else None
    if copula is None or own is None or own.text.casefold() != "it" or not negated(s, copula) or not stands(s, copula):
        return
    clause = next((t for i in (copula.i, token.i) for t in clauses(s, s.tokens[i]) if to(s, t)), None)
    if clause is not None and helpers(s, copula) & {"will", "wo", "can"}:
        yield from (replace(d, negative=not d.negative) for d in announced(s, clause, entry, own.i, known))


def require(s: Sentence, token: Token, entry: Asking, _known: Lore) -> Iterator[Draft]:
    """What something will require: "this will require | patience"."""
    what = next((t for t in s.kids(token.i, "dobj") if t.i > token.i), None)
    acts_itself = any(to(s, t, token.i) for t in clauses(s, token))  # "this will require Ruvia to act"
    if what is None or acts_itself or token.tag != "VB" or not helpers(s, token) & FUTURE or negated(s, token) or not stands(s, token):
        return
    below = s.below(what.i)
    modality = extent(s, opening(s, token), token.i)
    yield Draft(entry, extent(s, below[0], below[-1]), modality, strength=entry.strength, rule=f"demand.{entry.id}")


def duty(s: Sentence, token: Token, entry: Asking, known: Lore) -> Iterator[Draft]:
    """Whose duty it is to act: "the Council has a duty to | act"."""
    verb = s.tokens[token.head]
    carries = token.dep == "dobj" and verb.lemma in entry.prepositions and verb.tag in {"VBP", "VBZ", "VB"}
    who = subject(s, verb) if carries else None
    if who is None or who.tag in QUESTION or not stands(s, verb) or negated(s, verb) or helpers(s, verb) & CONDITIONAL:
        return
    clause = next((t for i in (token.i, verb.i) for t in clauses(s, s.tokens[i]) if to(s, t, token.i)), None)
    if clause is None or any(t.text.casefold() == "no" for t in s.kids(token.i, "det")):
        return
    last = to(s, clause) or token.i
    modality = extent(s, opening(s, verb), last)
    draft = Draft(entry, modality, modality, phrase(s, who, without=(verb.i,)), strength=entry.strength, rule=f"demand.{entry.id}")
    yield from acts(s, draft, clause, last, known)
