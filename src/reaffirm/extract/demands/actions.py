"""Clauses as the readers of demands and judgements see them: where they stand, their verbs in a row, how far an action reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.extract.groups import EDGE, SUBJECTS, extent

if TYPE_CHECKING:
    from collections.abc import Collection

    from reaffirm.extract.groups import Extent
    from reaffirm.language.parse import Sentence, Token

# Clauses that do not count (docs/guidelines.md, section 6): relative clauses and those that these words open.
BARRED = frozenset(
    [
        "although", "though", "while", "whilst", "whereas", "when", "whenever", "where", "wherever", "if", "unless", "whether", "once",
        "until", "till", "lest", "even", "than",
    ]
)  # fmt: skip
CONTRAST = frozenset(["while", "whilst", "whereas"])
BESIDE = CONTRAST | {"although", "though", "as"}
REASONS = frozenset(["because", "since"])
VERBS = frozenset(["VB", "VBP", "VBZ", "VBD", "VBG", "VBN", "MD"])
QUESTION = frozenset(["WP", "WRB", "WDT", "WP$"])
EMBEDDED = frozenset(["conj", "dep", "ccomp", "pcomp", "csubj", "relcl", "acl", "advcl", "nsubj", "pobj"])
NOT = frozenset(["not", "n't", "n’t", "never"])
SHORT = frozenset(["n't", "n’t"])  # part of the word before
DUTY = frozenset(["must", "should"])  # "A should go, while B must stay" asks twice
NOBODY = frozenset(["nobody", "none", "neither", "no"])
LONGEST_WAY = 12  # heads from a verb up to the root
BACK = 8  # words before a coordinated verb in which its adverbs may stand


def stands(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is in a clause that counts: main, complement, reason or result, not relative, conditional or embedded question."""
    token = verb
    for _ in range(LONGEST_WAY):
        if _barred(sentence, token) or (token is verb and _bare_participle(sentence, token)):
            return False
        if token.head == token.i:
            return True
        token = sentence.tokens[token.head]
    return True


def _barred(sentence: Sentence, token: Token) -> bool:
    """Whether a word heads a clause that does not count."""
    if token.dep == "relcl":
        return not _complement(sentence, token)
    if token.dep == "advcl" and (word := _opener(sentence, token)) in BARRED:
        return word not in CONTRAST or not any(t.text.casefold() in DUTY for t in sentence.kids(token.i, "aux"))
    return token.dep in EMBEDDED and token.tag in VERBS and _asks(sentence, token)


def _bare_participle(sentence: Sentence, token: Token) -> bool:
    """Whether a word is a participle that only describes a noun ("the measures adopted")."""
    return token.dep == "acl" and token.tag == "VBN" and not sentence.kid(token.i, "mark")


def _complement(sentence: Sentence, clause: Token) -> bool:
    """Whether a clause that the parser takes for a relative one opens with "that" or "to" and so tells what its noun is."""
    return any(t.dep == "mark" or (t.tag == "TO" and t.dep == "aux") for t in sentence.kids(clause.i))


def _opener(sentence: Sentence, clause: Token) -> str:
    """The word that opens an adverbial clause, in lower case; empty when it opens with none."""
    marks = [t for t in sentence.kids(clause.i, "mark", "advmod", "prep") if t.i < clause.i]
    found = next((t.text.casefold() for t in marks if t.dep == "mark" or t.tag == "WRB"), "")
    return found or next((t.text.casefold() for t in marks if t.text.casefold() in BARRED), "")


def _asks(sentence: Sentence, clause: Token) -> bool:
    """Whether a clause opens with a question word, as an embedded question does."""
    words = [sentence.tokens[i] for i in sentence.below(clause.i) if i < clause.i]
    if words and words[0].text.casefold() == "why" and sentence.tokens[clause.head].lemma == "be":
        return False  # "that is why we must act"
    return any(t.tag in QUESTION for t in words[:3]) or any(t.text.casefold() == "whether" for t in words[:1])


def negated(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is negated by a word of its own group, or by "nobody", "no one", "neither" as its subject."""
    if any(t.text.casefold() in NOT for t in sentence.kids(verb.i, "neg", "advmod") if t.i < verb.i or t.dep == "neg"):
        return True
    own = sentence.kid(verb.i, *SUBJECTS)
    words = {own.text.casefold(), *(t.text.casefold() for t in sentence.kids(own.i, "det", "neg") if t.i < own.i)} if own else set()
    return bool(words & NOBODY)


def conjuncts(sentence: Sentence, verb: Token) -> list[Token]:
    """The verb and those coordinated with it that have no subject and no modal of their own, in order of place."""
    found = [verb]
    head = sentence.tokens[verb.head]
    stray = sentence.kids(head.i, "conj") if verb.dep == "xcomp" and head.tag != "VB" else []  # "needs to open, cut and pay"
    apart = [t for t in sentence.kids(verb.i, "dep", "ccomp", "advcl") if t.tag == verb.tag == "VB" and _instead(sentence, t)]
    for kid in sorted((*sentence.kids(verb.i, "conj"), *(t for t in stray if t.tag == "VB"), *apart), key=lambda t: t.i):
        bare = kid.text.casefold() == kid.lemma and verb.tag in {"VB", "VBP"}  # "cut" and "put" look like participles
        alike = kid.tag[:2] == "VB" and (kid.tag == verb.tag or bare)
        modal = any(t.tag == "MD" for t in sentence.kids(kid.i, "aux"))
        rather = sentence.tokens[kid.i - 1].text.casefold() in {"than", "as"}  # "follow it rather than leave it"
        if alike and not modal and not rather and not sentence.kid(kid.i, *SUBJECTS) and kid.i > verb.i:
            found += conjuncts(sentence, kid)
    return sorted(found, key=lambda t: t.i)


def _instead(sentence: Sentence, verb: Token) -> bool:
    """Whether a bare verb stands behind ", not", as the contrary of the verb before ("talk, not fight")."""
    before = sentence.tokens[max(0, verb.i - 2) : verb.i]
    return [t.text.casefold() for t in before] == [",", "not"]


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a demand: its verb, the extent of its action, whether it is negated, and whether it is in the passive."""

    verb: Token
    action: Extent
    negated: bool
    passive: bool


def steps(sentence: Sentence, verb: Token, after: int, skipped: Collection[str]) -> list[Step]:
    """The acts that begin with a verb, one for each coordinated verb with words of its own; `after` is the last word of the modality.

    Two verbs that share one object ("promote and protect trade") are one act.
    """
    verbs = conjuncts(sentence, verb)
    found: list[Step] = []
    held: Token | None = None
    inherited = False
    for n, each in enumerate(verbs):
        opening = held or each
        if n + 1 < len(verbs) and _bare(sentence, each, verbs[n + 1]):
            held = opening
            continue
        first = start(sentence, opening, after if opening is verb else opening.i - BACK, skipped)
        negative = inherited or negated(sentence, opening) or (opening is verb and _not_between(sentence, after, opening.i))
        inherited = negative and n + 1 < len(verbs) and _or(sentence, each, verbs[n + 1])
        found.append(Step(opening, extent(sentence, first, max(reach(sentence, each), first)), negative, is_passive(sentence, opening)))
        held = None
    return found


def _not_between(sentence: Sentence, after: int, verb: int) -> bool:
    """Whether a "not" stands between modality and verb, wherever the parser hangs it ("must not, at this hour, go back")."""
    return any(t.text.casefold() in NOT and t.dep == "neg" for t in sentence.tokens[max(0, after) : verb])


def _bare(sentence: Sentence, verb: Token, following: Token) -> bool:
    """Whether nothing but a conjunction or comma stands between two verbs that share an object, or in the passive a subject."""
    if verb.tag != "VBN" and not sentence.kid(following.i, "dobj") and not sentence.kid(following.i, "conj"):
        return False
    return all(t.dep in {"cc", "punct"} or t.head == following.i for t in sentence.tokens[verb.i + 1 : following.i])


def _or(sentence: Sentence, verb: Token, following: Token) -> bool:
    return any(t.text.casefold() in {"or", "nor"} for t in sentence.tokens[verb.i : following.i])


def is_passive(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is a passive participle."""
    return verb.tag == "VBN" and any(t.dep == "auxpass" or t.text.casefold() == "be" for t in sentence.kids(verb.i, "auxpass", "aux"))


def start(sentence: Sentence, verb: Token, after: int, skipped: Collection[str] = ()) -> int:
    """The index where an action begins: auxiliaries, "not" and adverbs of the verb, back to the modality, order words left out."""
    own = {t.i for t in sentence.kids(verb.i, "aux", "auxpass", "neg")}
    own |= {i for t in sentence.kids(verb.i, "advmod", "npadvmod") if t.i < verb.i for i in sentence.below(t.i)}
    first = verb.i
    while first - 1 > after and first - 1 in own and sentence.tokens[first - 1].tag != "TO":
        first -= 1
    while first < verb.i and ((word := sentence.tokens[first].text.casefold()) in skipped or word in EDGE or word in SHORT):
        first += 1
    return first


def reach(sentence: Sentence, verb: Token) -> int:
    """The index of the last word of a verb's clause: coordinated clauses and words of order at its end left out."""
    below = sentence.below(verb.i)
    beside = [t for t in sentence.kids(verb.i) if t.i > verb.i and ((t.dep == "conj" and t.tag in VERBS) or _loose(sentence, t))]
    beside += [t for t in sentence.kids(verb.i, "dep", "ccomp", "advcl") if t.i > verb.i and t.tag == "VB" and _instead(sentence, t)]
    stops = [min(sentence.below(t.i)) for t in beside] + [i for i in below if i > verb.i and _but(sentence, i)]
    last = _run(sentence, verb.i, [i for i in below if verb.i < i < min(stops, default=len(sentence.tokens))])
    while last > verb.i and (sentence.tokens[last].text in EDGE or _closing(sentence, verb, last)):
        last -= 1
    return last


def _run(sentence: Sentence, last: int, inside: list[int]) -> int:
    """The end of the unbroken run of words behind one; punctuation breaks none."""
    for i in inside:
        gap = sentence.tokens[last + 1 : i]
        aside = len(gap) > 1 and gap[0].text == gap[-1].text == ","  # words between two commas that the parser hangs elsewhere
        if not aside and any(t.text not in EDGE and t.tag != "``" for t in gap):
            break
        last = i
    return last


def _but(sentence: Sentence, i: int) -> bool:
    """Whether a word is the "but", or the "and" behind a verb without tense, that opens another clause after a comma."""
    token = sentence.tokens[i]
    if token.dep != "cc" or sentence.tokens[i - 1].text != ",":
        return False
    others = [t for t in sentence.kids(token.head, "conj") if t.i > i and sentence.kid(t.i, *SUBJECTS)]
    loose = sentence.tokens[token.head].tag in {"VB", "VBG", "VBN"} and any(t.tag in {"VBZ", "VBD"} for t in others)
    return bool(others) and (token.text.casefold() in {"but", "yet"} or loose)


def _loose(sentence: Sentence, kid: Token) -> bool:
    """Whether a dependent behind a verb is a clause beside it: an independent clause, or a reason or contrast set off by a comma."""
    if kid.dep not in {"ccomp", "parataxis", "advcl"}:
        return False
    before = sentence.tokens[min(sentence.below(kid.i)) - 1].text
    if kid.dep != "advcl":
        return before in {";", ":", "—", "–", "-"}
    word = _opener(sentence, kid)
    return word in REASONS or (before == "," and word in BESIDE)


def _closing(sentence: Sentence, verb: Token, i: int) -> bool:
    """Whether the last word is a conjunction, or an adverb of order behind a comma ("..., however")."""
    token = sentence.tokens[i]
    return token.dep == "cc" or (token.dep == "advmod" and token.head == verb.i and sentence.tokens[i - 1].text == ",")
