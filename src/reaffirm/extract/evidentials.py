"""Attributions whose speaker the sentence does not name: what seems to be so, and what somebody was asked.

Both are read from entries of the verbs pack: the frame `seeming` and verbs that ask (frames `wh` and `prep:about`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.extract import frames
from reaffirm.extract.drafts import UNREAL, Draft
from reaffirm.extract.groups import SUBJECTS, Group, group, phrase, run
from reaffirm.model import PackEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.groups import Extent
    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token

ASKS = frozenset({"wh", "prep:about"})
ASKED = ("wh", "object-wh", "prep:about", "prep:on")
# Adverbs of hearsay: the clause is what nobody named reports.
HEARSAY = frozenset(["reportedly", "allegedly", "purportedly", "supposedly", "reputedly"])
PREDICATES = ("xcomp", "oprd", "acomp", "attr", "ccomp")


def evidentials(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The attributions of a sentence that have a cue and a content but nobody who speaks."""
    for token in sentence.tokens:
        if token.text.casefold() in HEARSAY and (draft := _reported(sentence, token, lexicon)):
            yield draft
        if token.tag[:2] != "VB":
            continue
        for entry, core in lexicon.entries(sentence, token):
            cue = group(sentence, token, core, entry, lexicon)
            draft = _seeming(cue) if "seeming" in entry.frames else _asked(cue, lexicon) if {*entry.frames} >= ASKS else None
            if draft:
                yield draft
                break


def _reported(sentence: Sentence, adverb: Token, lexicon: Lexicon) -> Draft | None:
    """The clause that an adverb of hearsay modifies ("the envoy reportedly left")."""
    verb = sentence.tokens[adverb.head]
    while verb.dep in {"xcomp", "acomp", "attr", "aux", "auxpass"} and verb.head != verb.i:
        verb = sentence.tokens[verb.head]
    if verb.tag[:2] != "VB" or sentence.kid(verb.i, *SUBJECTS) is None or sentence.tokens[-1].text == "?":
        return None
    if any(not entry.words for entry in lexicon.verbs.get(verb.lemma, ())):  # a statement of its own
        return None
    marks = {t.i for t in sentence.kids(verb.i, "mark", "cc")}
    content = run(sentence, sentence.below(verb.i), marks | {adverb.i})
    if not content:
        return None
    return Draft(None, (adverb.start, adverb.end), content, "adverb.hearsay", None, factuality="hearsay", agentless=True)


def _seeming(cue: Group) -> Draft | None:
    """What seems to be so: the subject with its predicate, or the clause that "it" announces."""
    s = cue.sentence
    subject = s.kid(cue.finite.i, *SUBJECTS)
    predicate = next((t for t in cue.kids(*PREDICATES) if t.i > cue.last), None)
    modals = {t.text.casefold() for t in s.kids(cue.finite.i, "aux")}
    if predicate is None or subject is None or subject.tag in {"WP", "WDT"} or modals & UNREAL or s.tokens[-1].text == "?":
        return None
    below = s.below(predicate.i)
    low = below[1:] if s.tokens[below[0]].text.casefold() == "that" else below
    clause = run(s, low, range(cue.first, cue.last + 1))
    announced = subject.text.casefold() in {"it", "there"} and predicate.dep == "ccomp"
    content = clause if announced else (phrase(s, subject, cue.core), *clause)
    return _draft(cue, tuple(sorted(content)), None, cue.last, "frame.seeming") if clause else None


def _asked(cue: Group, lexicon: Lexicon) -> Draft | None:
    """What somebody was asked ("asked whether he would stay, ...", "was asked about the plan"); who asked is often not said."""
    s, verb = cue.sentence, cue.verb
    opens = verb.dep in {"advcl", "acl"} and not cue.kids("aux", "nsubj") and not _object(cue)
    if verb.tag != "VBN" or not (opens or cue.passive) or {t.text.casefold() for t in cue.kids("aux")} & UNREAL:
        return None
    found = frames.contents(m for frame in cue.entry.frames if frame in ASKED and (m := frames.match(cue, lexicon, frame)))
    if found is None or cue.kids("neg") or any((t.start, t.end) in found.content and t.tag in {"PRP", "DT"} for t in s.tokens):
        return None  # "was never asked", "was asked about it"
    by = next(iter(cue.kids("agent")), None)
    asker = s.kid(by.i, "pobj") if by else None
    return _draft(cue, found.content, phrase(s, asker, cue.core) if asker else None, found.last or cue.last, "frame.asked")


def _object(cue: Group) -> Token | None:
    return next(iter(cue.kids("dobj")), None)


def _draft(cue: Group, content: tuple[Extent, ...], source: Extent | None, last: int, rule: str) -> Draft:
    tokens = cue.sentence.tokens
    extent = tokens[min(cue.first, cue.verb.i)].start, tokens[max(last, cue.last)].end
    unsaid = source is None and rule == "frame.seeming"
    return Draft(source, extent, content, rule, PackEntry("verbs", cue.entry.id), cue.entry, None, cue.entry.factuality, agentless=unsaid)
