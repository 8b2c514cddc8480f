"""Verb frames: what may be the content of a cue verb, after GUIDELINES section 4.

Each frame is a function from a verb group to a `Match` or nothing; `FRAMES` names them as the verbs pack does. To add a
frame, write one function and one line in `FRAMES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.extract.circumstances import CIRCUMSTANCE, DAYS, OCCASIONAL, TIMES, circumstance
from reaffirm.extract.groups import SUBJECTS, Extent, phrase, run, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reaffirm.extract.groups import Group
    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token

PARTNER = frozenset({"prep:with", "prep:to"})
CLAUSES = ("ccomp", "xcomp", "advcl", "pcomp")
REACH = 9  # words between a cue and the "that" which the parser hung elsewhere
QUESTION = frozenset({"WRB", "WP", "WDT", "WP$"})


@dataclass(frozen=True, slots=True)
class Match:
    """The content of a cue as extents, and up to which token the cue runs when a preposition belongs to it."""

    frame: str
    content: tuple[Extent, ...]
    last: int | None = None


def match(group: Group, lexicon: Lexicon, frame: str) -> Match | None:
    """The match of one frame of the group's entry, or nothing."""
    name, _, word = frame.partition(":")
    found = PREPOSITIONAL[name](group, word, lexicon) if word else FRAMES[name](group, lexicon) if name in FRAMES else None
    return found if found and found.content else None


def _clause(group: Group, *deps: str) -> list[Token]:
    return [t for t in group.kids(*(deps or ("ccomp", "xcomp"))) if t.i not in range(group.first, group.verb.i)]


def _infinitive(sentence: Sentence, token: Token) -> bool:
    return any(t.tag == "TO" for t in sentence.kids(token.i, "aux", "mark"))


def _finite(sentence: Sentence, token: Token) -> bool:
    """Whether a clause has a finite verb: a subject of its own, or a tensed or modal verb."""
    if _infinitive(sentence, token):
        return False
    tags = {t.tag for t in sentence.kids(token.i, "aux", "auxpass")} | {token.tag}
    return bool(tags & {"VBD", "VBZ", "VBP", "MD"}) or (sentence.kid(token.i, *SUBJECTS) is not None and token.tag != "VBG")


def that(group: Group, lexicon: Lexicon) -> Match | None:
    """A finite complement clause, with or without "that", before or after the cue, or around it."""
    s = group.sentence
    finite = (t for t in _clause(group, "ccomp") if _finite(s, t) or _says_that(s, t))
    asked = [t for t in finite if not _asks(s, t) or _torn_relative(group, t)]
    clause = next((t for t in asked if t.i > group.last and not _marked(s, t)), next(iter(asked), None))
    if clause is not None:
        return Match("that", _span_clause(group, clause, lexicon, drop_that=True))
    if (after := group.last + 1) < len(s.tokens) and s.tokens[after].text.casefold() == "that" and s.tokens[after].tag != "WDT":
        behind = [i for i in s.below(group.verb.i) if i > after]  # the parser took "that" for a determiner or preposition
        return Match("that", run(s, range(after + 1, max(behind) + 1))) if behind and _has_verb(s, behind) else None
    feelings = [n for p in group.kids("prep") if p.text == "with" for n in s.kids(p.i, "pobj")]
    felt = next((c for n in feelings for c in s.kids(n.i, "acl", "ccomp", "relcl")), None)
    if felt is not None and felt.i > group.last and _says_that(s, felt):  # "noted with concern that the talks have stalled"
        return Match("that", _span_clause(group, felt, lexicon, drop_that=True))
    if group.verb.dep == "parataxis" and group.verb.head != group.verb.i:  # "the talks, she said, failed"
        outer = s.tokens[group.verb.head]
        return Match("that", run(s, s.below(outer.i), s.below(group.verb.i)))
    return _as_said(group) or _announced(group, lexicon)


def _announced(group: Group, lexicon: Lexicon) -> Match | None:
    """The clause whose "that" stands a little behind the cue though the parser hung it elsewhere ("insisted in a speech that ...")."""
    s = group.sentence
    for token in s.tokens[group.last + 1 : group.last + 2 + REACH]:
        if token.tag[:2] in {"VB", "MD", "CC"} or lexicon.nouns.get(token.lemma):  # "trusted the assurance that ..." has its own cue
            return None
        if token.text.casefold() == "that" and token.dep == "mark" and s.tokens[token.head].i > token.i:
            return Match("that", _span_clause(group, s.tokens[token.head], lexicon, drop_that=True))
    return None


def _as_said(group: Group) -> Match | None:
    """The clause beside which "as" names the speaker ("as the envoy said, the talks had failed")."""
    s = group.sentence
    verb, outer = group.finite, s.tokens[group.finite.head]
    said = verb.dep == "advcl" and "quote" in group.entry.frames and not group.kids("dobj", "ccomp", "xcomp", "acomp", "prep")
    if not said or not any(t.text.casefold() == "as" for t in s.kids(verb.i, "mark", "advmod", "prep")):
        return None
    return Match("that", run(s, s.below(outer.i), s.below(verb.i)))


def _marked(sentence: Sentence, clause: Token) -> bool:
    """Whether a clause is joined by a word other than "that" ("until the raid ends")."""
    return any(t.text.casefold() != "that" for t in sentence.kids(clause.i, "mark"))


def _torn_relative(group: Group, clause: Token) -> bool:
    """Whether the clause's question word is a relative before the cue ("the pipe, which he believes will burst")."""
    return min(group.sentence.below(clause.i)) < group.first


def _next_clause(group: Group, clause: Token, lexicon: Lexicon) -> set[int]:
    """The words of a coordinated clause in which somebody else says something ("..., and the engineer added that ...")."""
    s = group.sentence
    for kid in s.kids(clause.i, "conj"):
        says = any("quote" in verb.frames for verb in lexicon.verbs.get(kid.lemma, ()))
        below = s.below(kid.i)
        same = kid.tag == group.verb.tag and kid.tag in {"VBD", "VBZ"} and not sentence_subject(s, kid)
        if says and same and kid.i > group.last and (joint := s.tokens[below[0] - 1]).tag == "CC":
            return set(range(joint.i, len(s.tokens))) & set(s.below(clause.i))
        if says and sentence_subject(s, kid) and kid.i > group.last and any(s.tokens[n].text == "," for n in range(below[0] - 2, below[0])):
            return set(range(below[0] - 2, len(s.tokens))) & set(s.below(clause.i))
    return set()


def _says_that(sentence: Sentence, clause: Token) -> bool:
    """Whether a clause is announced by "that", as a subjunctive is ("proposed that she be heard")."""
    return any(t.text.casefold() == "that" for t in sentence.kids(clause.i, "mark"))


def _has_verb(sentence: Sentence, indices: Iterable[int]) -> bool:
    """Whether some words can be a clause: a verb among them, or a plural noun that the tagger took for one."""
    return any(sentence.tokens[i].tag in {"VBZ", "VBP", "VBD", "MD", "NNS"} for i in indices)


def _span_clause(group: Group, clause: Token, lexicon: Lexicon, *, drop_that: bool) -> tuple[Extent, ...]:
    """The clause as extents: its subtree, plus what the parser hung on the cue though it stands inside the clause."""
    s = group.sentence
    inside = set(s.below(clause.i))
    inside -= _next_clause(group, clause, lexicon)
    if drop_that and s.tokens[min(inside)].text.casefold() == "that":
        inside.remove(min(inside))
    inside |= _strays(group, clause, inside)
    return run(s, inside, set(range(group.first, group.last + 1)))


def _strays(group: Group, clause: Token, inside: set[int]) -> set[int]:
    """Tokens after the cue that belong between or behind the clause: fronted adverbials and later adverbials."""
    s = group.sentence
    low, found = min(inside), set[int]()
    for kid in group.kids("prep", "advmod", "npadvmod", "advcl", "punct"):
        below = s.below(kid.i)
        between = group.last < below[0] and below[-1] < low and clause.i > group.last
        marked = s.tokens[group.last + 1].text.casefold() == "that" if group.last + 1 < len(s.tokens) else False
        if between and marked and kid.dep != "punct":
            found |= set(below)
        if kid.dep in {"advcl", "prep"} and below[0] > max(inside) and clause.i > group.last and not _comma(s, below[0]):
            found |= set(below)
    return found


def _comma(sentence: Sentence, first: int) -> bool:
    return sentence.tokens[first - 1].text in {",", ";", "—", "–", "”", '"'}


def to(group: Group, _lexicon: Lexicon) -> Match | None:
    """An infinitive without a subject of its own ("agreed to meet")."""
    s = group.sentence
    for clause in _clause(group, "xcomp", "ccomp", "advcl"):
        near = min(s.below(clause.i)) == group.last + 1
        direct = clause.i > group.last and clause.dep != "advcl" and not group.kids("dobj")
        if _infinitive(s, clause) and (direct or near) and not sentence_subject(s, clause):
            return Match("to", run(s, {*s.below(clause.i), *_torn(group, clause)}))
    return None


def _torn(group: Group, clause: Token) -> range:
    """The object of an infinitive that a phrase between commas tore off ("pledged to conclude, by May, a joint plan")."""
    s = group.sentence
    objects = [t for t in group.kids("dobj") if t.i > clause.i]
    return range(clause.i, max(s.below(objects[-1].i)) + 1) if objects else range(0)


def sentence_subject(sentence: Sentence, token: Token) -> Token | None:
    """The subject that a clause has of its own."""
    return sentence.kid(token.i, *SUBJECTS)


def ing(group: Group, _lexicon: Lexicon) -> Match | None:
    """A gerund ("considered moving the talks")."""
    s = group.sentence
    clause = next((t for t in _clause(group) if _gerund(s, t) and t.i > group.last and not sentence_subject(s, t)), None)
    return Match("ing", run(s, s.below(clause.i))) if clause else None


def _gerund(sentence: Sentence, token: Token) -> bool:
    """Whether a verb is a gerund, of the perfect too ("denied having fled")."""
    return token.tag == "VBG" or any(t.tag == "VBG" for t in sentence.kids(token.i, "aux"))


def wh(group: Group, _lexicon: Lexicon) -> Match | None:
    """A whether-, how- or what-clause."""
    s = group.sentence
    clause = next((t for t in _clause(group, "ccomp", "xcomp") if _asks(s, t)), None)
    return Match("wh", run(s, s.below(clause.i))) if clause else None


def _asks(sentence: Sentence, clause: Token) -> bool:
    first = sentence.tokens[min(sentence.below(clause.i))]
    return first.tag in QUESTION or first.text.casefold() in {"whether", "if"}


def obj(group: Group, lexicon: Lexicon) -> Match | None:
    """A noun phrase, of the admitted heads where the entry lists any; passives have it as subject."""
    s = group.sentence
    heads = group.kids("nsubjpass" if group.passive else "dobj")
    if not group.passive and (not heads or heads[0].tag in {"WP", "WDT"} or heads[0].text.casefold() == "that"):
        return _relative(group, lexicon)
    if not heads or heads[0].tag in {"WP", "WDT"} or not _admitted(group, lexicon, heads[0]):
        return None
    if not group.passive and (shared := _shared(group, heads[0])):
        return shared
    inside = {i for head in heads for i in s.below(head.i)} | (set() if group.passive else _tail(group, heads[-1], lexicon))
    return Match("object", run(s, range(min(inside), max(inside) + 1) if len(heads) > 1 and min(inside) > group.last else inside))


def _relative(group: Group, lexicon: Lexicon) -> Match | None:
    """The noun that a relative clause is about, as object of its verb ("the plan (that) the council rejected")."""
    s = group.sentence
    verb, noun = group.finite, s.tokens[group.finite.head]
    own = s.kid(verb.i, *SUBJECTS)
    other = own is not None and own.tag not in QUESTION and own.text.casefold() != "that"
    gap = verb.i == group.verb.i and not group.kids("prep", "ccomp", "xcomp", "prt")
    if verb.dep != "relcl" or not other or not gap or noun.tag[:2] != "NN" or not _admitted(group, lexicon, noun):
        return None
    return Match("object", (phrase(s, noun, group.core),))


def reduced(group: Group, lexicon: Lexicon) -> Match | None:
    """The noun that a participle with an agent stands behind ("the plan announced by the ministry")."""
    s = group.sentence
    noun = s.tokens[group.verb.head]
    fits = group.verb.tag == "VBN" and group.verb.dep == "acl" and noun.tag[:2] == "NN" and noun.i < group.verb.i
    if not fits or "object" not in group.entry.frames or not group.kids("agent") or not _admitted(group, lexicon, noun):
        return None
    return Match("object", (phrase(s, noun, group.core),))


def _shared(group: Group, head: Token) -> Match | None:
    """An object that only a coordinated cue has in full ("shared concerns about and agree on | the law")."""
    s = group.sentence
    bare = next((p for p in s.kids(head.i, "prep") if not s.children[p.i] and p.i == max(s.below(head.i))), None)
    other = s.kid(group.verb.i, "conj")
    if bare is None or other is None:
        return None
    prep = next((p for p in s.kids(other.i, "prep") if s.children[p.i]), None)
    return Match("object", run(s, [i for i in s.below(prep.i) if i != prep.i]), bare.i) if prep else None


def _admitted(group: Group, lexicon: Lexicon, head: Token) -> bool:
    objects = group.entry.objects
    heads = [head, *group.sentence.kids(head.i, "conj")]
    if not objects or ("*spoken" in objects and _spoken(group, lexicon)) or ("*refused" in objects and group.kids("neg")):
        return True
    return any(
        h.lemma in objects
        or ("*attitude" in objects and lexicon.noun(h.lemma, "attitude") is not None)
        or ("*party" in objects and _party(h, lexicon))
        for h in heads
    )


def _spoken(group: Group, lexicon: Lexicon) -> bool:
    """Whether the subject is somebody, so that the verb is no work of pillars and walls ("the guild supports | the dam")."""
    own = group.kids("agent") if group.passive else []
    head = group.sentence.kid(own[0].i, "pobj") if own else subject(group.sentence, group.finite)
    return head is not None and _party(head, lexicon) and head.text.casefold() not in {"it", "me", "him", "her", "us", "them"}


def _party(head: Token, lexicon: Lexicon) -> bool:
    """Whether an object is somebody: a name, a personal pronoun, a noun that speaks."""
    return head.tag in {"NNP", "NNPS"} or (head.tag == "PRP" and not head.text.casefold().endswith("ves")) or head.lemma in lexicon.speakers


def _tail(group: Group, head: Token, lexicon: Lexicon) -> set[int]:
    """What follows an object and belongs to it although the parser hung it on the verb."""
    s = group.sentence
    last, found = max(s.below(head.i)), set[int]()
    noun = lexicon.noun(head.lemma, "attitude")
    own = noun.prepositions if noun else ()
    for kid in group.kids("prep", "xcomp", "advcl", "acl", "dative"):
        below = s.below(kid.i)
        fits = kid.dep != "prep" or kid.text.casefold() in own or not circumstance(s, kid, lexicon)
        participle = (kid.dep == "advcl" and kid.tag in {"VBG", "VBD"}) or (_comma(s, below[0]) and kid.text.casefold() != "including")
        if below[0] > last and below[0] <= last + 2 and fits and not participle:
            found |= set(range(last + 1, below[-1] + 1))
            last = below[-1]
    return found


def object_to(group: Group, _lexicon: Lexicon) -> Match | None:
    """An object and what it is to do ("urged the parties to refrain"); also the subject of a passive that is raised."""
    s = group.sentence
    near = [t for t in _clause(group, "advcl") if min(s.below(t.i)) - 1 == max((max(s.below(o.i)) for o in group.kids("dobj")), default=-9)]
    clause = next((t for t in (*_clause(group), *near) if _infinitive(s, t) and t.i > group.last), None)
    if clause is None:
        return None
    low = [t.i for t in group.kids("dobj") if t.i < clause.i]
    if not low and not sentence_subject(s, clause):
        return None
    inside = {i for t in group.kids("dobj") for i in s.below(t.i)} | set(s.below(clause.i))
    return Match("object-to", run(s, range(min(i for i in inside if i > group.last), max(inside) + 1)))


def object_as(group: Group, _lexicon: Lexicon) -> Match | None:
    """An object and what it is said to be ("described the talks as useful", "considers it a success")."""
    s = group.sentence
    preps = [t for t in group.kids("prep") if t.text.casefold() == "as" and t.i > group.last]
    small = [t for t in _clause(group) if t.i > group.last and t.tag[:2] != "VB" and not _infinitive(s, t)]
    other = preps or group.kids("oprd") or [t for t in small if sentence_subject(s, t)]
    heads = [*group.kids("nsubjpass" if group.passive else "dobj"), *other[:1]]
    if not other or not heads:
        return None
    inside = {i for t in heads for i in s.below(t.i)}
    return Match("object-as", run(s, inside))


def object_pred(group: Group, _lexicon: Lexicon) -> Match | None:
    """An object and a bare predicate ("called the decision absurd")."""
    s = group.sentence
    heads = [t for t in group.kids("nsubjpass" if group.passive else "dobj") if t.tag not in QUESTION]
    preds = [
        t for t in group.kids("oprd", "ccomp", "acomp", "xcomp", "attr") if t.i > group.last and not _infinitive(s, t) and not _finite(s, t)
    ]
    small = [t for t in preds if sentence_subject(s, t) or _what(group)]
    if not preds or not (heads or small):
        return None
    return Match("object-pred", run(s, {i for t in (*heads, *preds[:1]) for i in s.below(t.i)}))


def _what(group: Group) -> bool:
    """Whether the object is the "what" before the cue ("what she called | an outrage")."""
    return any(t.tag == "WP" and t.i < group.first for t in group.kids("dobj", "dep", "nsubj"))


def object_ing(group: Group, _lexicon: Lexicon) -> Match | None:
    """An object and what it is seen or shown doing ("the survey showed the mayor losing ground")."""
    s = group.sentence
    clause = next((t for t in _clause(group) if t.tag == "VBG" and t.i > group.last and sentence_subject(s, t)), None)
    if clause is not None:
        return Match("object-ing", run(s, s.below(clause.i)))
    head = next((t for t in group.kids("dobj") if t.i > group.last), None)
    acts = [] if head is None else [*s.kids(head.i, "acl"), *(t for t in _clause(group, "advcl", "xcomp") if t.i > head.i)]
    doing = next((t for t in acts if t.tag == "VBG" and not _comma(s, min(s.below(t.i)))), None)
    if head is None or doing is None:
        return None
    return Match("object-ing", run(s, range(min(s.below(head.i)), max(s.below(doing.i)) + 1)))


def object_that(group: Group, lexicon: Lexicon) -> Match | None:
    """A finite or asking clause behind an addressee ("told reporters that")."""
    s = group.sentence
    if not group.kids("dobj", "dative") and not group.passive:
        told = next((t for t in _clause(group, "ccomp") if t.i < group.first and _finite(s, t)), None)  # "..., an officer told"
        return Match("object-that", _span_clause(group, told, lexicon, drop_that=True)) if told else None
    after = (t for t in _clause(group, "ccomp", "advcl", "relcl") if t.i > group.last and not _when(s, t))
    clause = next((t for t in after if _finite(s, t) or _asks(s, t)), None)
    return Match("object-that", _span_clause(group, clause, lexicon, drop_that=True)) if clause else None


def _when(sentence: Sentence, clause: Token) -> bool:
    """Whether an adverbial clause tells on what occasion something was said ("told reporters when he arrived")."""
    return clause.dep == "advcl" and sentence.tokens[min(sentence.below(clause.i))].text.casefold() in OCCASIONAL


def prepositional(group: Group, word: str, lexicon: Lexicon) -> Match | None:
    """A complement behind a preposition that belongs to the cue ("agreed on", "called for", "called on X to act")."""
    s = group.sentence
    word, _, infinitive = word.partition("+")
    prep = _prep(group, word)
    if prep is None:
        return _for_to(group, word) if infinitive else None
    clauses = [t for t in _clause(group, "xcomp", "ccomp", "advcl", "acl") if _infinitive(s, t) and t.i > prep.i]
    inside = [i for i in s.below(prep.i) if i != prep.i]
    heads = [] if infinitive else s.kids(prep.i, "pobj")
    if word in CIRCUMSTANCE and any(t.text in DAYS or t.lemma in TIMES for t in heads):
        return None  # "agreed on Friday to meet"
    if any(t.i < prep.i for t in group.kids("dobj")):
        return None  # "referred the patient to a surgeon"
    inside += [i for i in _tail(group, heads[-1], lexicon) if i > prep.i] if heads else []
    if infinitive and not clauses and not any(_infinitive(s, s.tokens[i]) for i in inside):
        return None
    inside += [i for t in clauses if infinitive for i in s.below(t.i)]
    if not inside or min(inside) < prep.i:
        return None
    between = s.tokens[group.last + 1 : prep.i]
    close = all(t.tag[:2] in {"RB", "RP", "JJ", "IN"} for t in between)
    return Match(f"prep:{word}", run(s, range(min(inside), max(inside) + 1)), prep.i if close else None)


def _for_to(group: Group, word: str) -> Match | None:
    """The infinitive with a subject of its own that the preposition announces ("called for | the towns to build a wall")."""
    s = group.sentence
    for clause in _clause(group, "ccomp", "xcomp", "advcl"):
        below = s.below(clause.i)
        if below[0] == group.last + 1 and s.tokens[below[0]].text.casefold() == word and _infinitive(s, clause):
            return Match(f"prep:{word}", run(s, below[1:]), below[0])
    return None


def _prep(group: Group, word: str) -> Token | None:
    """The preposition behind the cue, hung on it or, by mistake of the parser, on the word before it."""
    s = group.sentence
    near = range(group.verb.i + 1, min(group.last + 3, len(s.tokens)))
    hung = (t for t in group.kids("prep", "prt", "agent", "dative", "advmod") if t.text.casefold() == word and t.i > group.verb.i)
    return next(hung, None) or next((s.tokens[n] for n in near if s.tokens[n].text.casefold() == word and s.children[n]), None)


def object_prep(group: Group, word: str, _lexicon: Lexicon) -> Match | None:
    """An object and its preposition, all content ("blamed the operator for the spill")."""
    s = group.sentence
    head = next(iter(group.kids("nsubjpass" if group.passive else "dobj")), None)
    prep = _behind(group, word)
    if head is None or prep is None:
        return None
    return Match(f"object-prep:{word}", run(s, set(s.below(head.i)) | set(s.below(prep.i))))


def addressee_prep(group: Group, word: str, _lexicon: Lexicon) -> Match | None:
    """What stands behind the preposition, the addressee left out ("briefed the Council on the camps")."""
    s = group.sentence
    prep = _behind(group, word)
    if prep is None or not group.kids("dobj", "nsubjpass", "dative"):
        return None
    return Match(f"addressee-prep:{word}", run(s, set(s.below(prep.i))))


def _behind(group: Group, word: str) -> Token | None:
    s = group.sentence
    own = (*group.kids("prep"), *(t for d in group.kids("dobj", "nsubjpass") for t in s.kids(d.i, "prep")))
    return next((t for t in own if t.text.casefold() == word and t.i > group.last), None)


def raised(group: Group, lexicon: Lexicon) -> Match | None:
    """The content of an agentless passive: its infinitive, or the clause that "it" announces."""
    s = group.sentence
    clause = next((t for t in _clause(group) if t.i > group.last and (_infinitive(s, t) or _finite(s, t))), None)
    if clause is not None:
        return Match("passive", _span_clause(group, clause, lexicon, drop_that=True))
    return None


def held(group: Group, lexicon: Lexicon) -> Match | None:
    """What a thing is held to be by nobody named ("the ferry is seen as unsafe", "was considered a friend")."""
    subject_ = next(iter(group.kids("nsubjpass")), None)
    if subject_ is None or subject_.tag in QUESTION or subject_.text.casefold() == "that":
        return None
    found = (match(group, lexicon, frame) for frame in ("object-as", "object-pred") if frame in group.entry.frames)
    return next((m for m in found if m), None)


def announces(group: Group) -> bool:
    """Whether the subject is the "it" that only announces a clause ("it is said that")."""
    return any(t.text.casefold() == "it" for t in group.kids("nsubjpass", "nsubj", "expl"))


def contents(matches: Iterable[Match]) -> Match | None:
    """The match that covers most text: frames overlap, and the longest reading keeps the whole clause.

    A clause goes before the partner behind "with" or "to" ("agreed with Peru | to meet").
    """

    def rank(m: Match) -> tuple[bool, int, str]:
        return m.frame not in PARTNER, sum(b - a for a, b in m.content), m.frame

    return max(matches, key=rank, default=None)


PREPOSITIONAL: dict[str, Callable[[Group, str, Lexicon], Match | None]] = {
    "prep": prepositional,
    "object-prep": object_prep,
    "addressee-prep": addressee_prep,
}
FRAMES: dict[str, Callable[[Group, Lexicon], Match | None]] = {
    "that": that,
    "to": to,
    "ing": ing,
    "wh": wh,
    "object": obj,
    "object-to": object_to,
    "object-as": object_as,
    "object-pred": object_pred,
    "object-ing": object_ing,
    "object-that": object_that,
    "object-wh": object_that,
}
