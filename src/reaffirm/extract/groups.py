"""Grammar of one sentence: the verb group that is a cue, its subject, and noun phrases as extents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Verb

Extent = tuple[int, int]
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
CLAUSES_OF_NOUN = frozenset({"relcl", "acl", "conj", "appos"})
RELATIVES = frozenset({"WDT", "WP"})
EDGE = frozenset([",", ";", ":", ".", "!", "?", "-", "–", "—", "(", ")"])
# Adverbs of order, time and addition introduce a clause; GUIDELINES 4.4 keeps only manner adverbs in a cue.
NOT_MANNER = frozenset(
    [
        "additionally",
        "accordingly",
        "consequently",
        "earlier",
        "finally",
        "firstly",
        "secondly",
        "lastly",
        "meanwhile",
        "notably",
        "previously",
        "recently",
        "reportedly",
        "separately",
        "similarly",
        "simultaneously",
        "subsequently",
        "lately",
        "only",
        "early",
        "likely",
    ]
)


@dataclass(frozen=True, slots=True)
class Group:
    """A cue verb with its further words, the entry it matched, and the verb that carries its subject."""

    sentence: Sentence
    verb: Token
    core: tuple[int, ...]
    entry: Verb
    finite: Token
    first: int

    def kids(self, *deps: str) -> list[Token]:
        """The children of the cue's words in one of the relations, the cue's own words left out."""
        found = [t for i in self.core for t in self.sentence.kids(i, *deps) if t.i not in self.core]
        return sorted(found, key=lambda t: t.i)

    @property
    def last(self) -> int:
        """The index of the cue's last word before any preposition: particles belong to it."""
        particles = [t.i for t in self.kids("prt")]
        return max((*self.core, *(p for p in particles if p <= max(self.core) + 2)))

    @property
    def passive(self) -> bool:
        """Whether the verb group is in the passive voice."""
        return self.verb.tag == "VBN" and bool(self.kids("auxpass", "nsubjpass"))


def group(sentence: Sentence, verb: Token, core: tuple[int, ...], entry: Verb, lexicon: Lexicon) -> Group:
    """The verb group around a cue verb, with the chain verbs before it ("would like to point out")."""
    top = _carrier(sentence, verb, core, lexicon)
    first = _first(sentence, top)
    return Group(sentence, verb, core, entry, top, first)


def _carrier(sentence: Sentence, verb: Token, core: tuple[int, ...], lexicon: Lexicon) -> Token:
    """The verb at the head of the chain that ends in the cue verb; the verb itself when there is none."""
    head = sentence.tokens[verb.head]
    if head.i in core and head.i != verb.i:
        return _carrier(sentence, head, core, lexicon)
    while verb.dep == "pcomp" and head.tag[:2] != "VB" and head.head != head.i:
        head = sentence.tokens[head.head]
    chain = lexicon.chains.get(head.lemma)
    linked = verb.dep in {"xcomp", "advcl", "acl", "ccomp", "pcomp"} and head.i < verb.i <= head.i + 6
    if not chain or chain.role == "occasion" or not linked or head.i == verb.i or sentence.kid(verb.i, *SUBJECTS):
        return verb
    between = [t.text.casefold() for t in sentence.tokens[head.i + 1 : verb.i] if t.tag != "TO"]
    adverbs = {t.text.casefold() for t in sentence.tokens[head.i + 1 : verb.i] if t.tag.startswith("RB")}
    if [word for word in between if word in chain.words or word not in adverbs] != list(chain.words):
        return verb
    return _carrier(sentence, head, core, lexicon)


def _first(sentence: Sentence, verb: Token) -> int:
    """The index where the verb group begins: auxiliaries, negation and manner adverbs directly before the verb."""
    own = {t.i for t in sentence.kids(verb.i) if t.dep in AUXILIARIES or (t.dep == "advmod" and not sentence.children[t.i])}
    first = verb.i
    while first - 1 in own:
        first -= 1
    if [t.text.casefold() for t in sentence.tokens[max(0, first - 2) : first]] == ["no", "longer"]:  # it denies as "not" does
        first -= 2
    while first < verb.i and (_introduces(sentence.tokens[first]) or sentence.tokens[first].tag == "TO"):
        first += 1
    return first


def _introduces(token: Token) -> bool:
    word = token.text.casefold()
    return token.dep == "advmod" and (not word.endswith("ly") or word in NOT_MANNER)


def subject(sentence: Sentence, verb: Token, depth: int = 0) -> Token | None:
    """The word that heads the subject of a verb, found over coordination, chains, participles and relatives."""
    carriers = (verb, *sentence.kids(verb.i, "aux", "auxpass"))  # the parser may hang the subject on "is" of "is committed"
    own = next((found for v in carriers if (found := sentence.kid(v.i, *SUBJECTS))), None)
    head = sentence.tokens[verb.head]
    if own:
        return _antecedent(sentence, verb, own)
    if depth > 6 or head.i == verb.i:
        return None
    if verb.dep in {"acl", "relcl"} and head.tag[:2] in {"NN", "PR"}:
        return head if verb.tag == "VBG" else None
    if verb.dep == "pcomp" and head.text.casefold() == "as" and (quoted := sentence.kid(head.head, "dobj")):
        return quoted  # "quoted the envoy as saying"
    if verb.dep in {"conj", "xcomp", "acomp", "advcl", "dep", "acl", "prep", "pcomp"}:
        return subject(sentence, head, depth + 1)
    return None


def _antecedent(sentence: Sentence, verb: Token, own: Token) -> Token:
    """The noun that a relative pronoun stands for; any other subject as it is."""
    while own.tag in RELATIVES and verb.dep == "conj" and verb.head != verb.i:
        verb = sentence.tokens[verb.head]
    if own.tag in RELATIVES and verb.dep in {"relcl", "ccomp", "acl"}:
        return sentence.tokens[verb.head] if verb.dep == "relcl" else own
    return own


def phrase(sentence: Sentence, head: Token, without: Collection[int] = ()) -> Extent:
    """The extent of a noun phrase: the unbroken run around its head, without the clauses that hold words of `without`."""
    every = sentence.below(head.i)
    barred: set[int] = set()
    for kid in (sentence.tokens[i] for i in every if i > head.i and sentence.tokens[i].dep in CLAUSES_OF_NOUN):
        below = set(sentence.below(kid.i))
        if below & set(without) or (kid.dep == "acl" and kid.head == head.i and _comma_before(sentence, kid)):
            barred |= below
    inside = set(every) - barred
    first = last = head.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return extent(sentence, first, last)


def _comma_before(sentence: Sentence, token: Token) -> bool:
    first = min(sentence.below(token.i))
    return first > 0 and sentence.tokens[first - 1].text == ","


def extent(sentence: Sentence, first: int, last: int) -> Extent:
    """The offsets from one token to another without edge punctuation; brackets and quotation marks stay."""
    while first < last and sentence.tokens[first].text in EDGE:
        first += 1
    while last > first and sentence.tokens[last].text in EDGE:
        last -= 1
    return sentence.tokens[first].start, sentence.tokens[last].end


def run(sentence: Sentence, indices: Collection[int], without: Collection[int] = ()) -> tuple[Extent, ...]:
    """The extents of the unbroken runs of some tokens, the ones in `without` taken out."""
    keep = sorted(set(indices) - set(without))
    runs: list[list[int]] = []
    for i in keep:
        if runs and i == runs[-1][1] + 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    extents = [extent(sentence, a, b) for a, b in runs]
    return tuple(
        (a, b)
        for a, b in extents
        if any(sentence.tokens[n].text not in EDGE for n in range(len(sentence.tokens)) if a <= sentence.tokens[n].start < b)
    )
