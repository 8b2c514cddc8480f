"""One sentence -> the judgements in it: the predicate that judges, the thing judged, and for better or worse.

One clause, one judgement. What counts as a clause is told by `actions.stands`; a predicate is weighed by its adjective, noun or verb
(`data/demands/judgements.yaml`), and a "not" turns it round.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.extract.demands.actions import negated, reach, stands
from reaffirm.extract.demands.wishes import FIRST, Draft
from reaffirm.extract.groups import EDGE, SUBJECTS, extent, phrase, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reaffirm.extract.groups import Extent
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Asking
    from reaffirm.readings import Tone

TURNED: dict[Tone | None, Tone] = {"positive": "negative", "negative": "positive", "mixed": "mixed", "neutral": "neutral", None: "neutral"}
ORDER = frozenset(["also", "however", "therefore", "thus", "then", "still", "now", "again", "indeed", "clearly", "certainly"])
ANNOUNCED = ("ccomp", "xcomp", "advcl", "acl", "csubj", "relcl")
OPENERS = frozenset(["that", "if", "when"])
SIMPLE = frozenset(["is", "are", "was", "were", "am", "be", "been", "being", "’s", "'s", "’re", "'re", "’m", "'m"])
FINITE = frozenset(["VBP", "VBZ", "VBD", "MD"])
SITUATIONS = frozenset(["state", "situation", "position", "condition", "shape", "place", "mood", "phase", "spot", "bind"])
DEEP = 4  # steps from a verb down to an adjective that judges what it does
NEUTRAL: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Scales:
    """The words that judge, by frame and form, and the phrases."""

    words: Mapping[str, Mapping[str, Asking]]
    phrases: tuple[tuple[str, Asking], ...]

    def of(self, frame: str, token: Token) -> Asking | None:
        """The entry of a frame for a token, by its word or its lemma."""
        found = self.words.get(frame, {})
        return found.get(token.text.casefold()) or found.get(token.lemma)


@lru_cache(maxsize=8)
def scales(entries: tuple[Asking, ...]) -> Scales:
    """The index of a set of entries."""
    words: dict[str, dict[str, Asking]] = {}
    phrases = []
    for entry in entries:
        if entry.kind == "evaluation":
            for form in entry.forms:
                if entry.frame == "phrase":
                    phrases.append((f" {form} ", entry))
                else:
                    words.setdefault(entry.frame, {}).setdefault(form, entry)
    return Scales(words, tuple(sorted(phrases, key=lambda p: -len(p[0]))))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What judges: its entry, its tone, the first word of the predicate, and whether it is the writer's own act of judging."""

    entry: Asking
    tone: Tone
    own: bool = False


def evaluations(sentence: Sentence, known: Scales) -> Iterator[tuple[Draft, Tone]]:
    """The judgements of a sentence with their tones, in order of place; none inside another, or inside what another judges."""
    last = -1
    for token in sentence.tokens:
        if token.start < last or token.tag[:2] != "VB" or not _clause(sentence, token):
            continue
        verdict = next((v for weigh in WEIGHTS if (v := weigh(sentence, token, known))), None)
        if verdict is None:
            continue
        draft = _draft(sentence, token, verdict)
        if draft is not None:
            last = max(draft.action[1], draft.object[1] if draft.object else 0)
            tone = TURNED[verdict.tone] if negated(sentence, token) else verdict.tone
            yield draft, tone


def _clause(s: Sentence, verb: Token) -> bool:
    """Whether a verb heads a clause that may judge: a finite one, or a participle clause at the end."""
    if verb.dep in {"aux", "auxpass", "amod", "xcomp", "pcomp", "compound", "acl"}:
        return False
    group = s.kids(verb.i, "aux", "auxpass")
    finite = verb.tag in {"VBP", "VBZ", "VBD"} or any(t.tag in {"MD", "VBP", "VBZ", "VBD"} for t in group)
    shared = verb.dep == "conj" and s.kid(verb.i, *SUBJECTS) is None
    final = verb.tag == "VBG" and verb.dep == "advcl" and verb.i > verb.head and not s.kid(verb.i, "mark")
    return (finite or shared or final) and stands(s, verb)


def _draft(s: Sentence, verb: Token, verdict: Verdict) -> Draft | None:
    first, last = _first(s, verb), reach(s, verb)
    announced = _announced(s, verb)
    who = subject(s, verb)
    thing: Extent | None = None
    if announced is not None:
        below = s.below(announced.i)
        last = min(last, below[0] - 1)
        thing = extent(s, below[0], below[-1])
    elif who is not None and not verdict.own:
        thing = phrase(s, who, without=(verb.i,))
    while last > first and s.tokens[last].text in EDGE:
        last -= 1
    if last < first:
        return None
    return Draft(verdict.entry, extent(s, first, last), object=thing, rule=f"evaluation.{verdict.entry.id}")


def _announced(s: Sentence, verb: Token) -> Token | None:
    """The clause that "it" only announces ("it is unfortunate | that the ferry sank")."""
    own = s.kid(verb.i, *SUBJECTS)
    if own is None or own.text.casefold() != "it":
        return None
    below = [s.tokens[i] for i in s.below(verb.i) if i > verb.i and s.tokens[i].dep in ANNOUNCED]
    return next((t for t in below if s.tokens[s.below(t.i)[0]].text.casefold() in OPENERS or _to(s, t)), None)


def _to(s: Sentence, verb: Token) -> bool:
    return any(t.tag == "TO" for t in s.kids(verb.i, "aux"))


def _first(s: Sentence, verb: Token) -> int:
    """The index where the predicate begins: a leading form of "be" left out, other auxiliaries and "not" kept."""
    group = sorted([*(t.i for t in s.kids(verb.i, "aux", "auxpass", "neg") if t.i < verb.i), verb.i])
    while len(group) > 1 and s.tokens[group[0]].text.casefold() in SIMPLE:
        group = group[1:]
    first = group[0]
    if first == verb.i and verb.text.casefold() in SIMPLE:
        first += 1
    words = ((t.i, t.text.casefold()) for t in s.kids(verb.i, "advmod"))
    adverbs = {i for i, word in words if word not in ORDER and word.endswith(("ly", "ever", "more"))}
    while first - 1 in adverbs and first == verb.i:
        first -= 1
    while s.tokens[first].text.casefold() in ORDER and first + 1 < len(s.tokens):
        first += 1
    return first


# What a predicate is worth


def _own_act(s: Sentence, verb: Token, known: Scales) -> Verdict | None:
    """The writer's or speaker's own judging: "we welcome it", "we are glad that"."""
    who = subject(s, verb)
    if who is None or who.text.casefold() not in FIRST or any(t.tag == "MD" for t in s.kids(verb.i, "aux")):
        return None
    heads = [verb] if verb.tag in {"VBP", "VB"} else []
    if verb.lemma == "be" or verb.tag == "VBN":
        heads = [verb, *s.kids(verb.i, "acomp", "attr")]
    entry = next((e for t in heads if (e := known.of("first-person", t))), None)
    return Verdict(entry, entry.polarity or NEUTRAL, own=True) if entry else None


def _predicate(s: Sentence, verb: Token, known: Scales) -> Verdict | None:
    """An adjective or noun behind a form of "be" or the like."""
    if known.of("copula", verb) is None:
        return None
    heads = [t for t in s.kids(verb.i, "acomp", "attr", "oprd", "advmod") if t.i > verb.i]
    heads += [t for h in heads for t in s.kids(h.i, "conj")]
    within = [o for p in s.kids(verb.i, "prep") if p.text.casefold() == "in" and p.i > verb.i for o in s.kids(p.i, "pobj")]
    states = [o for o in within if o.lemma in SITUATIONS]  # "is in a difficult state"
    for head in (*heads, *states):
        verdict = _adjective(s, head, known) if head.tag[:2] != "NN" else _noun(s, head, known)
        if verdict is not None:
            return verdict
    return None


def _adjective(s: Sentence, head: Token, known: Scales) -> Verdict | None:
    entry = known.of("adjective", head) or known.of("conduct", head)
    turned = any(t.text.casefold() in {"not", "hardly", "less", "no"} for t in s.kids(head.i) if t.i < head.i)
    if entry is None:
        return None
    tone = entry.polarity or NEUTRAL
    return Verdict(entry, TURNED[tone] if turned else tone)


def _noun(s: Sentence, head: Token, known: Scales) -> Verdict | None:
    """A noun that judges, or one whose adjective does; a bad adjective spoils a good noun, and "no" turns both."""
    noun = known.of("noun", head)
    before = [t for t in s.kids(head.i, "amod", "compound", "nmod") if t.i < head.i]
    before += [t for b in before for t in s.kids(b.i, "conj")]
    adjectives = [e for t in before if (e := known.of("adjective", t) or known.of("conduct", t))]
    told = [e for e in (noun, *adjectives) if e is not None]
    if not told:
        return None
    bad = next((e for e in told if e.polarity == "negative"), None)
    entry = bad or next((e for e in told if e.polarity == "positive"), told[0])
    none = any(t.text.casefold() in {"no", "not", "hardly"} for t in s.kids(head.i) if t.i < head.i)
    tone = entry.polarity or NEUTRAL
    return Verdict(entry, TURNED[tone] if none else tone)


def _object(s: Sentence, verb: Token, known: Scales) -> Verdict | None:
    """A noun that judges as object of a verb that carries it: "poses a threat", "increasing the threat"."""
    if known.of("carrier", verb) is None or verb.tag == "VBD":
        return None
    return next((v for t in s.kids(verb.i, "dobj", "attr", "acomp") if t.i > verb.i and (v := _noun(s, t, known))), None)


def _verb(s: Sentence, verb: Token, known: Scales) -> Verdict | None:
    """A verb that judges what its subject does or undergoes, as something that goes on or has come about."""
    entry = known.of("verb", verb)
    modal = any(t.tag == "MD" for t in s.kids(verb.i, "aux"))
    if entry is None or verb.tag == "VBD" or modal or s.kids(verb.i, "auxpass"):
        return None
    who = subject(s, verb)
    if who is None or who.text.casefold() in FIRST:
        return None
    if entry.polarity is None:  # what grows is as good or bad as it is
        entry = known.of("noun", who)
    return Verdict(entry, entry.polarity or NEUTRAL) if entry else None


def _conduct(s: Sentence, verb: Token, known: Scales) -> Verdict | None:
    """An adjective of blame in what a verb says that somebody is doing or has done."""
    doing = verb.tag in {"VBG", "VBN", "VBZ", "VBP"} and not any(t.tag == "MD" for t in s.kids(verb.i, "aux"))
    who = subject(s, verb)
    if not doing or who is None or who.text.casefold() in FIRST:
        return None
    level = [verb]
    for _ in range(DEEP):
        level = [t for v in level for t in s.kids(v.i, "dobj", "prep", "pobj", "xcomp", "amod") if t.i > verb.i]
        entry = next((e for t in level if t.dep == "amod" and (e := known.of("conduct", t))), None)
        if entry is not None:
            return Verdict(entry, entry.polarity or NEUTRAL)
    return None


def _phrase(s: Sentence, verb: Token, known: Scales) -> Verdict | None:
    """Words in a fixed order in the predicate."""
    stop = next((t.i for t in s.tokens[verb.i + 1 :] if t.tag in FINITE), len(s.tokens))
    words = f" {' '.join(t.text.casefold() for t in s.tokens[verb.i : stop])} "
    entry = next((entry for form, entry in known.phrases if form in words), None)
    if entry is not None and negated(s, verb) and any(f.split()[0] in {"not", "been"} and f" {f} " in words for f in entry.forms):
        return Verdict(entry, TURNED[entry.polarity])  # the "not" of "not enough" is turned back by the verb's own; "never been closer"
    return Verdict(entry, entry.polarity or NEUTRAL) if entry else None


def _cannot(s: Sentence, verb: Token, known: Scales) -> Verdict | None:
    """What cannot be done: "cannot rely on its neighbour"; the "not" is already in the entry's polarity."""
    modal = next((t for t in s.kids(verb.i, "aux") if known.of("modal", t)), None)
    who = subject(s, verb)
    if modal is None or not negated(s, verb) or who is None or who.text.casefold() in FIRST:
        return None
    entry = known.of("modal", modal)
    return Verdict(entry, TURNED[entry.polarity]) if entry else None


WEIGHTS: tuple[Callable[[Sentence, Token, Scales], Verdict | None], ...] = (
    _own_act, _phrase, _predicate, _object, _verb, _conduct, _cannot,
)  # fmt: skip
