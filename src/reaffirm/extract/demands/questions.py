"""One sentence -> the open questions in it (direct, or a whether-, how- or what-clause left open), and the guesses behind a hedge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.extract.demands.actions import QUESTION, VERBS, negated, reach, stands
from reaffirm.extract.demands.wishes import FIRST, Draft
from reaffirm.extract.groups import EDGE, SUBJECTS, extent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Asking

ASKING = frozenset(["whether", "if"])
LINKS = frozenset(["be", "remain", "become", "seem", "stay"])
LABEL = 4  # words of a label before a question ("Daily Post: Will ...")
CLIMB = 4  # heads from a question word up to the verb of its clause
NOBODY = frozenset(["nobody", "none", "no"])
SOMEBODY = frozenset([
    "government", "minister", "president", "premier", "leader", "administration", "public", "voter", "official", "country", "nation",
    "people", "neighbour", "neighbor", "side", "party", "parliament", "congress", "ally", "rival", "partner", "he", "she", "they", "who",
])  # fmt: skip
INVERTED = frozenset(["aux", "auxpass", "ROOT", "conj"])


@dataclass(frozen=True, slots=True)
class Doubts:
    """The words that leave open, those that weigh, the hedges by their first word, and the nouns of those who act."""

    open: Mapping[str, Asking]
    weigh: Mapping[str, Asking]
    hedges: Mapping[str, tuple[tuple[tuple[str, ...], Asking], ...]]
    actors: frozenset[str]


@lru_cache(maxsize=8)
def doubts(entries: tuple[Asking, ...]) -> Doubts:
    """The index of a set of entries."""
    words: dict[str, dict[str, Asking]] = {"open": {}, "weigh": {}}
    hedges: dict[str, list[tuple[tuple[str, ...], Asking]]] = {}
    for entry in entries:
        for form in entry.forms:
            if entry.kind == "question" and entry.frame in words:
                words[entry.frame][form] = entry
            elif entry.kind == "inference":
                first, *_ = form.split()
                hedges.setdefault(first, []).append((tuple(form.split()), entry))
    actors = frozenset(form for entry in entries if entry.frame == "actor" for form in entry.forms) | SOMEBODY
    longest = {k: tuple(sorted(v, key=lambda h: (-len(h[0]), h[0]))) for k, v in hedges.items()}
    return Doubts(words["open"], words["weigh"], longest, actors)


# Questions


def questions(sentence: Sentence, known: Doubts) -> Iterator[Draft]:
    """The questions of a sentence, in order of place; each question word opens one."""
    if sentence.tokens[-1].text == "?":
        yield from _direct(sentence, next(iter(known.open.values())))
        return
    subject = _subject(sentence, known)
    if subject is not None:
        yield subject
    for token in sentence.tokens:
        beyond = subject is None or token.start >= subject.action[1]
        if beyond and (token.tag in {"WP", "WRB", "WDT"} or token.text.casefold() == "whether"):
            yield from _embedded(sentence, token, known)


def _subject(s: Sentence, known: Doubts) -> Draft | None:
    """The question that opens a sentence and is the subject of its predicate, however it is parsed ("Whether it holds | is open")."""
    root = s.root
    asks = s.tokens[0].tag in QUESTION or s.tokens[0].text.casefold() == "whether"
    if not asks or root.lemma not in LINKS or root.i == 0:
        return None
    entry = _predicate(s, root, known)
    group = [t.i for t in s.kids(root.i, "aux", "neg", "advmod") if t.i < root.i and s.tokens[t.i].text.casefold() not in ASKING]
    last = root.i - 1
    while last in group:
        last -= 1
    predicate = extent(s, root.i, reach(s, root))
    return Draft(entry, extent(s, 0, last), object=predicate, rule=f"question.{entry.id}") if entry and last > 0 else None


def _predicate(s: Sentence, link: Token, known: Doubts) -> Asking | None:
    """The entry of the predicate behind a form of "be" that leaves its subject open."""
    below = [t for t in s.kids(link.i, "acomp", "attr", "oprd", "xcomp", "advmod") if t.i > link.i]
    below += [t for b in below for t in s.kids(b.i, "amod")]
    return next((known.open[w] for t in below for w in (t.text.casefold(), t.lemma) if w in known.open), None)


def _direct(s: Sentence, entry: Asking) -> Iterator[Draft]:
    """A direct question, one for each coordinated clause that asks; an address before it is left out."""
    root = s.root
    heads = [root, *(t for t in s.kids(root.i, "conj") if t.tag in VERBS and s.kid(t.i, *SUBJECTS) and _inverted(s, t))]
    label = next((t.i for t in s.tokens[:LABEL] if t.text == ":"), -1)
    firsts = [max(_opening(s, head), label + 1) for head in heads]
    for n, first in enumerate(firsts):
        last = len(s.tokens) - 1
        if n + 1 < len(firsts):
            last = firsts[n + 1] - 1
            while last > first and (s.tokens[last].dep == "cc" or s.tokens[last].text in EDGE):
                last -= 1
        yield Draft(entry, (s.tokens[first].start, s.tokens[last].end), rule="question.direct")


def _inverted(s: Sentence, verb: Token) -> bool:
    below = [s.tokens[i] for i in s.below(verb.i)]
    return below[0].tag in QUESTION or below[0].dep in INVERTED


def _opening(s: Sentence, verb: Token) -> int:
    """The index where a question opens: its question word, with a preposition before it, or its auxiliary before the subject."""
    own = s.kid(verb.i, *SUBJECTS)
    stop = min(own.i, verb.i) if own else verb.i
    below = [i for i in s.below(verb.i) if i <= max(stop, verb.i)]
    asking = next((i for i in below if s.tokens[i].tag in QUESTION), None)
    if asking is not None:
        return asking - 1 if asking - 1 in below and s.tokens[asking - 1].tag == "IN" and asking > below[0] else asking
    return next((i for i in below if s.tokens[i].dep in {"aux", "auxpass"} and i < stop), below[0])


def _embedded(s: Sentence, token: Token, known: Doubts) -> Iterator[Draft]:
    """A question inside a sentence that leaves it open: subject of "is unclear", announced by "it", or object of weighing."""
    verb = _verb_above(s, token)
    if verb is None or verb.dep in {"relcl", "ROOT", "advcl"}:
        return
    first = token.i - 1 if token.i and s.tokens[token.i - 1].tag == "IN" and s.tokens[token.i - 1].head in s.below(verb.i) else token.i
    last = reach(s, verb)
    governor = s.tokens[_series(s, verb).head]
    open_ = _left_open(s, verb, governor, known)
    entry = open_ or _weighed(s, token, verb, governor, known)
    if entry is not None and last > first and stands(s, governor):
        predicate = extent(s, governor.i, reach(s, governor)) if open_ else None
        yield Draft(entry, extent(s, first, last), object=predicate, rule=f"question.{entry.id}")


def _verb_above(s: Sentence, token: Token) -> Token | None:
    """The verb of the clause that a question word opens."""
    for _ in range(CLIMB):
        token = s.tokens[token.head]
        if token.tag in VERBS:
            return token
    return None


def _series(s: Sentence, verb: Token) -> Token:
    """The first of the coordinated clauses to which a verb belongs, where it asks by itself."""
    while verb.dep == "conj" and s.tokens[verb.head].tag in VERBS and s.tokens[verb.head].dep != "ROOT":
        verb = s.tokens[verb.head]
    return verb


def _left_open(s: Sentence, verb: Token, governor: Token, known: Doubts) -> Asking | None:
    """The entry of the predicate that says of a clause, as its subject or announced by "it", that it is open."""
    if governor.tag == "VBN" and governor.lemma in known.open and s.tokens[governor.head].lemma in LINKS:
        return known.open[governor.lemma]  # "it remains to be seen whether"
    if governor.tag[:2] == "JJ" or governor.tag[:2] == "NN":
        governor = s.tokens[governor.head]
    told = any(t.text.casefold() == "it" for t in s.kids(governor.i, *SUBJECTS))
    return _predicate(s, governor, known) if governor.lemma in LINKS and (told or verb.dep in {"csubj", "nsubj"}) else None


def _weighed(s: Sentence, token: Token, verb: Token, governor: Token, known: Doubts) -> Asking | None:
    """The entry of the verb, noun or preposition whose object the question is."""
    if verb.i < governor.i or (token.tag == "WDT" and verb.dep == "relcl") or negated(s, governor):
        return None
    if token.text.casefold() == "whether" and governor.text.casefold() in {"including", "of", "about", "over", "question"}:
        return next(iter(known.weigh.values()))
    return known.weigh.get(governor.lemma) if governor.tag in {"VBG", "VBZ", "VBP", "NN"} else None


# Inferences


def inferences(sentence: Sentence, known: Doubts) -> Iterator[Draft]:
    """The guesses of a sentence: from the hedge to the end of its clause."""
    last = -1
    words = [t.text.casefold() for t in sentence.tokens]
    for token in sentence.tokens:
        for form, entry in known.hedges.get(words[token.i], ()):
            if token.start < last or tuple(words[token.i : token.i + len(form)]) != form:
                continue
            draft = _guess(sentence, token, len(form), entry, known)
            if draft is not None:
                last = draft.action[1]
                yield draft
                break


def _guess(s: Sentence, token: Token, width: int, entry: Asking, known: Doubts) -> Draft | None:
    inside = s.tokens[token.i : token.i + width]
    verb = next((t for t in reversed(inside) if t.tag in VERBS and t.tag != "MD"), s.tokens[token.head])
    own = s.kid(verb.i, *SUBJECTS)
    inverted = token.tag == "MD" and (verb.i < token.i or (own is not None and own.i > token.i))
    if width == 1 and (verb.tag not in VERBS or inverted):
        return None
    if own is not None and (own.text.casefold() in FIRST | NOBODY or any(t.text.casefold() in NOBODY for t in s.kids(own.i, "det"))):
        return None
    if width == 1 and token.tag == "MD" and not _guesses(s, verb, own, entry, known):
        return None
    if not stands(s, verb) or (token.tag == "MD" and negated(s, verb)):
        return None
    last = reach(s, verb)
    return Draft(entry, extent(s, token.i, last), rule=f"inference.{entry.id}") if last > token.i else None


def _guesses(s: Sentence, verb: Token, own: Token | None, entry: Asking, known: Doubts) -> bool:
    """Whether an auxiliary guesses: before a verb that tells what something means or does to somebody, or of somebody's mind or act.

    "Could" tells as often what is possible, and guesses before such verbs alone.
    """
    told = s.kid(verb.i, "attr", "acomp") or verb
    if verb.lemma in entry.prepositions or (verb.lemma == "be" and told.lemma in entry.prepositions):
        return True
    somebody = own is not None and (own.tag in {"NNP", "NNPS"} or own.lemma in known.actors or own.text.casefold() in known.actors)
    return somebody and entry.id != "could"
