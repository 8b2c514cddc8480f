"""What stands in the content of an undertaking: the acts in it, one for each coordinated verb, and what kind of clause each is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reaffirm.extract.groups import SUBJECTS, Extent, extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.commitments.bonds import Bonds
    from reaffirm.language.parse import Sentence, Token

Kind = Literal["act", "will", "norm", "treaty", "position", "attitude", "noun", "state"]
FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "'d", "’d", "wo"})
NORM = frozenset({"should", "must", "ought", "need"})
EDGES = frozenset([",", ";", ":", ".", "-", "–", "—", "and", "or", "but", "both", "as", "well"])
OBJECTS = ("dobj", "prep", "xcomp", "ccomp", "attr", "acomp", "agent", "oprd", "dative")
HEADS = frozenset({"VB", "NN", "PR", "MD", "WD", "WP", "CD", "DT"})
BESIDE = frozenset({"npadvmod", "advmod", "advcl", "mark", "aux", "det", "prep", "nsubj", "nsubjpass"})
CLAUSE = ("acl", "ccomp", "xcomp", "relcl", "advcl")
STANCE = frozenset({"opposed", "committed", "determined", "united", "resolved"})
STANDS = frozenset({"oppose", "support", "reject", "back", "respect", "uphold"})  # verbs of a stance that they say they take
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Promised:
    """One act, position or state of affairs: its extent, the word that heads it, and what kind of words it is.

    `noun` is the noun of attitude, position or need over it, `plain` whether that noun stays outside the extent.
    """

    extent: Extent
    head: Token
    kind: Kind
    negated: bool = False
    noun: str = ""
    subject: Token | None = None


def promised(sentence: Sentence, content: Extent, bonds: Bonds) -> list[Promised]:
    """The acts in an extent of a sentence, in order of place; empty where nothing of the sentence heads it."""
    top = _top(sentence, content)
    return list(_read(sentence, top, content, bonds)) if top else []


def _top(sentence: Sentence, content: Extent) -> Token | None:
    """The word that heads an extent: its first verb or noun that hangs on a word outside it; a leading infinitive goes first."""
    inside = [t for t in sentence.tokens if content[0] <= t.start < content[1]]
    held = {t.i for t in inside}
    lead = [t for t in inside if t.text[0].isalnum()][:3]
    if lead and lead[0].tag == "TO" and sentence.tokens[lead[0].head].tag[:2] == "VB" and lead[0].head in held:
        return sentence.tokens[lead[0].head]
    heads = [t for t in inside if (t.head not in held or t.head == t.i) and t.text[0].isalnum()]
    core = [t for t in heads if t.tag[:2] in HEADS and t.dep not in BESIDE]
    if core:
        return core[0]
    return max(heads, key=lambda t: (len(set(sentence.below(t.i)) & held), -t.i), default=None)


def _read(sentence: Sentence, top: Token, content: Extent, bonds: Bonds, depth: int = 0) -> Iterator[Promised]:
    if top.tag in {"IN", "TO"} and depth < DEEPEST and (inner := sentence.kid(top.i, "pobj", "pcomp")):
        yield from _read(sentence, inner, content, bonds, depth + 1)
    elif top.tag == "WDT" and _to(sentence, sentence.tokens[top.head]):
        verb = sentence.tokens[top.head]
        below = [i for i in sentence.below(verb.i) if i > top.i]
        low = min(t.i for t in sentence.kids(verb.i, "aux") if t.tag == "TO")
        yield from _clauses(sentence, verb, (sentence.tokens[low].start, sentence.tokens[below[-1]].end), bonds)
    elif top.tag[:2] == "VB":
        yield from _clauses(sentence, top, content, bonds)
    else:
        yield from _phrase(sentence, top, content, bonds)


def _phrase(sentence: Sentence, top: Token, content: Extent, bonds: Bonds) -> Iterator[Promised]:
    """A noun phrase whole, or the clause alone under a noun of need or view; further verbs under the noun are further acts."""
    clause = next((t for t in sentence.kids(top.i, *CLAUSE) if t.tag[:2] == "VB" and _inside(t, content)), None)
    infinitive = clause is not None and _to(sentence, clause)
    if clause and bonds.first("need", top.lemma) and (infinitive or (clause.dep != "relcl" and _subject(sentence, clause))):
        low = min(i for i in sentence.below(clause.i))
        start = _after_that(sentence, low)
        inner = list(_clauses(sentence, clause, (start, content[1]), bonds))
        yield from (replace(p, kind="norm", noun=top.lemma) for p in inner)
        return
    kind: Kind = "attitude" if bonds.of("attitude", top.lemma) else "position" if bonds.of("position", top.lemma) else "noun"
    if kind == "attitude" and clause and infinitive:
        parts = list(_split(sentence, clause, content))
        first = Promised((content[0], parts[0].extent[1]), clause, kind, parts[0].negated, top.lemma)
        yield first
        yield from (replace(p, kind=kind, noun=top.lemma) for p in parts[1:])
        return
    yield Promised(content, top, kind, noun=top.lemma if kind != "noun" else "")


def _after_that(sentence: Sentence, i: int) -> int:
    token = sentence.tokens[i]
    return sentence.tokens[i + 1].start if token.text.casefold() == "that" and i + 1 < len(sentence.tokens) else token.start


def _clauses(sentence: Sentence, top: Token, content: Extent, bonds: Bonds) -> Iterator[Promised]:
    """The coordinated clauses or verbs from a first one on."""
    kind: Kind = "state"
    for part in _split(sentence, top, content):
        own = _subject(sentence, part.head)
        if part.head.i == top.i or own or _finite(sentence, part.head):
            kind = _kind(sentence, part.head, bonds)
        yield replace(part, kind=kind, subject=own)


def _split(sentence: Sentence, top: Token, content: Extent) -> Iterator[Promised]:
    """The coordinated verbs, each with what is its own; verbs that share one object stay one act."""
    heads = [top]
    for head in _conjuncts(sentence, top):
        if _inside(head, content) and not _shares(sentence, heads[-1], head):
            heads.append(head)
    starts = [content[0], *(_start(sentence, head, heads) for head in heads[1:])]
    for n, head in enumerate(heads):
        end = starts[n + 1] if n + 1 < len(heads) else content[1]
        yield Promised(trimmed(sentence, starts[n], end), head, "act", negated(sentence, head))


def _conjuncts(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """The verbs coordinated with a verb, and with those, in order of place."""
    kids = sentence.kids(verb.i, "conj")
    above = sentence.tokens[verb.head]
    links = [*kids, *(sentence.kids(above.i, "conj") if verb.dep == "pcomp" else [])]
    gerunds = [t for link in links if link.tag in {"IN", "TO"} for t in sentence.kids(link.i, "pcomp")]
    for kid in (*kids, *gerunds):  # "committed to doing this and to doing that"
        if kid.tag[:2] in {"VB", "MD"}:
            yield kid
            yield from _conjuncts(sentence, kid)


def _shares(sentence: Sentence, first: Token, second: Token) -> bool:
    """Whether two verbs stand side by side over one object ("expand and deepen cooperation")."""
    own = [t for t in sentence.kids(first.i, *OBJECTS) if first.i < t.i < second.i]
    return not own and second.i - first.i <= 3 and not sentence.kid(second.i, *SUBJECTS)


def _start(sentence: Sentence, head: Token, heads: list[Token]) -> int:
    """Where a further conjunct begins: at the first word that it governs."""
    after = max(h.i for h in heads if h.i < head.i) if any(h.i < head.i for h in heads) else -1
    own = [i for i in sentence.below(head.i) if after < i <= head.i and sentence.tokens[i].text.casefold() not in EDGES]
    first = min(own, default=head.i)
    while first < head.i and not set(range(first, head.i)) <= set(own):  # an unbroken run only
        first += 1
    return sentence.tokens[first].start


def trimmed(sentence: Sentence, low: int, high: int) -> Extent:
    """The extent from one offset to another without conjunctions and punctuation at its edges."""
    inside = [t for t in sentence.tokens if low <= t.start < high]
    while len(inside) > 1 and inside[-1].text.casefold() in EDGES | {"to"}:
        inside.pop()
    while len(inside) > 1 and inside[0].text.casefold() in EDGES:
        inside.pop(0)
    return extent(sentence, inside[0].i, inside[-1].i) if inside else (low, high)


def negated(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb stands under "not", "never" or "no longer"."""
    for token in sentence.kids(verb.i):
        behind = sentence.tokens[token.i + 1].text.casefold() if token.i + 1 < len(sentence.tokens) else ""
        if (
            token.i < verb.i
            and (token.dep == "neg" or token.text.casefold() == "never")
            and behind not in {"only", "just", "merely", "simply"}
        ):
            return True
    return False


def _kind(sentence: Sentence, verb: Token, bonds: Bonds) -> Kind:
    """What a clause is: an infinitive or gerund is an act, a future an undertaking, and so on."""
    own = _subject(sentence, verb)
    modals = modal(sentence, verb)
    if modals & NORM or (verb.lemma == "need" and own):
        return "norm"
    if modals & FUTURE:
        return "will"
    if own is None and (_to(sentence, verb) or verb.tag in {"VBG", "VB"}):
        return "act"
    if any(t.text.casefold() in STANCE for t in sentence.kids(verb.i, "acomp", "oprd", "xcomp", "attr")) or verb.text.casefold() in STANCE:
        return "position"
    if own is not None and own.tag == "PRP" and verb.tag in {"VBZ", "VBP", "VBD"} and verb.lemma in STANDS:
        return "position"
    if own is not None and verb.tag in {"VBZ", "VBP", "VB", "VBD"} and bonds.first("treaty", verb.lemma):
        return "treaty"
    return "state"


def modal(sentence: Sentence, verb: Token) -> set[str]:
    """The modal verbs over a verb, lower case."""
    return {t.text.casefold() for t in sentence.kids(verb.i, "aux") if t.tag == "MD"}


def _finite(sentence: Sentence, verb: Token) -> bool:
    return bool(modal(sentence, verb)) or verb.tag in {"VBZ", "VBP", "VBD"}


def _to(sentence: Sentence, verb: Token) -> bool:
    return any(t.tag == "TO" for t in sentence.kids(verb.i, "aux"))


def _subject(sentence: Sentence, verb: Token) -> Token | None:
    return sentence.kid(verb.i, *SUBJECTS)


def _inside(token: Token, content: Extent) -> bool:
    return content[0] <= token.start < content[1]
