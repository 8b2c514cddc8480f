"""Cues that are nouns: light verb and speech noun as one cue, and nouns that are a cue by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.extract.drafts import FUTURE, UNREAL, Draft
from reaffirm.extract.groups import group, phrase, run, subject
from reaffirm.model import PackEntry
from reaffirm.packs import Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.groups import Extent
    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Noun

LIGHT = Verb("light", "", (), "assertive", 0, 1)
SOURCES = frozenset({"of", "from", "by", "between", "among"})


def nominals(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The attributions of one sentence whose cue is or contains a noun."""
    for token in sentence.tokens:
        if token.tag not in {"NN", "NNS"}:
            continue
        draft = _light(sentence, token, lexicon) or _nominal(sentence, token, lexicon)
        if draft:
            yield draft


def _light(sentence: Sentence, token: Token, lexicon: Lexicon) -> Draft | None:
    """Light verb, adjectives and speech noun as one cue ("held talks | on the drifting mines")."""
    noun = lexicon.noun(token.lemma, "speech")
    verb = sentence.tokens[token.head]
    if (
        noun is None
        or sentence.kid(token.i, "poss")
        or token.dep not in {"dobj", "nsubjpass", "pobj"}
        or verb.lemma not in noun.light
        or verb.i > token.i
    ):
        return None
    cue = group(sentence, verb, (verb.i,), LIGHT, lexicon)
    head = subject(sentence, cue.finite)
    content = _content(sentence, token, noun) or _content(sentence, verb, noun)
    modals = {t.text.casefold() for t in sentence.kids(cue.finite.i, "aux")}
    if head is None or content is None or modals & (UNREAL | FUTURE):
        return None
    first = min(cue.first, verb.i)
    source = phrase(sentence, head)
    return Draft(source, (sentence.tokens[first].start, token.end), content, "noun.light", _entry(noun), None, noun)


def _content(sentence: Sentence, head: Token, noun: Noun) -> tuple[Extent, ...] | None:
    """What the noun's preposition, infinitive or that-clause opens; "that" stays outside, the preposition inside."""
    for kid in sentence.kids(head.i, "prep", "acl", "relcl", "ccomp"):
        below = sentence.below(kid.i)
        opening = sentence.tokens[below[0]].text.casefold()
        relative = opening == "that" and sentence.tokens[below[0]].dep != "mark"
        if relative or kid.i < head.i or opening not in noun.prepositions or opening in SOURCES - {"of"}:
            continue
        return run(sentence, below[1:] if opening == "that" else below, _asides(sentence, below))
    return None


def _asides(sentence: Sentence, indices: list[int]) -> set[int]:
    """The words of appositions behind a comma, which the parser strings together over clauses."""
    heads = [i for i in indices if sentence.tokens[i].dep == "appos"]
    return {n for i in heads if sentence.tokens[min(sentence.below(i)) - 1].text == "," for n in sentence.below(i)}


def _nominal(sentence: Sentence, token: Token, lexicon: Lexicon) -> Draft | None:
    """A speech noun with its speaker as possessive or behind a preposition ("the guild's criticism of the law")."""
    noun = lexicon.noun(token.lemma, "nominal")
    if noun is None:
        return None
    content, source = _content(sentence, token, noun), _owner(sentence, token)
    if not content or source is None:
        return None
    if any(a < source[1] and source[0] < b for a, b in content):
        return None
    return Draft(source, (token.start, token.end), content, "noun.nominal", _entry(noun), None, noun)


def _owner(sentence: Sentence, token: Token) -> Extent | None:
    owner = sentence.kid(token.i, "poss")
    if owner is not None:
        start, end = phrase(sentence, owner)
        mark = sentence.kid(owner.i, "case")
        return start, mark.end if mark else end
    for prep in sentence.kids(token.i, "prep"):
        if prep.text.casefold() in SOURCES - {"of"} and (head := sentence.kid(prep.i, "pobj")):
            return phrase(sentence, head)
    return None


def _entry(noun: Noun) -> PackEntry:
    return PackEntry("nouns", noun.id)
