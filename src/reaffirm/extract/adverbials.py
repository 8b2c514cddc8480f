"""Sources in adverbial phrases: "according to the ministry", "in the words of the envoy"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.extract.drafts import Draft
from reaffirm.extract.groups import phrase, run
from reaffirm.model import PackEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Noun


# What was counted or computed can be named behind "according to" though it speaks nowhere else.
FIGURES = frozenset(["result", "polling", "projection", "calculation", "ranking", "research", "measure", "number", "tally", "average"])


SURVEYS = frozenset(["poll", "survey", "census"])


def adverbials(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The attributions whose cue is an adverbial of source; the content is the clause that it modifies."""
    yield from _polls(sentence, lexicon)
    words = [t.text.casefold() for t in sentence.tokens]
    for noun in (n for nouns in lexicon.nouns.values() for n in nouns if n.role == "adverbial"):
        form = noun.lemma.split()
        for n in range(len(words) - len(form) - 1):
            after = n + len(form)
            if words[n:after] == form and words[after] in noun.prepositions:
                draft = _read(sentence, n, after, noun, lexicon)
                if draft:
                    yield draft


def _polls(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The clauses that a survey named behind "in" tells ("in a survey of the guild, half the crews were against the toll")."""
    for prep in sentence.tokens:
        head = next((t for t in sentence.kids(prep.i, "pobj")), None) if prep.text.casefold() == "in" else None
        verb = sentence.tokens[prep.head]
        if head is None or head.lemma not in SURVEYS or verb.tag[:2] != "VB" or sentence.kid(verb.i, "nsubj", "nsubjpass") is None:
            continue
        if any("quote" in entry.frames for entry in lexicon.verbs.get(verb.lemma, ())):  # "in a survey, half said that ..."
            continue
        marks = {t.i for t in sentence.kids(verb.i, "mark") if t.text.casefold() == "that"}
        content = run(sentence, sentence.below(verb.i), marks | set(sentence.below(prep.i)))
        if content:
            yield Draft(phrase(sentence, head), (prep.start, prep.end), content, "adverbial.survey", None)


def _speaks(sentence: Sentence, head: Token, lexicon: Lexicon) -> bool:
    """Whether the word behind the adverbial can speak: "according to plan" and "according to height" name no source."""
    if head.tag not in {"NN", "NNS"} or head.lemma in lexicon.speakers | FIGURES:
        return True
    if any(t.text.casefold() in {"by", "from", "of"} for t in sentence.kids(head.i, "prep")):
        return True  # "polling by the guild" has a speaker whatever its head
    return not lexicon.is_mute(head.lemma) and (head.tag == "NNS" or sentence.kid(head.i, "det", "poss") is not None)


def _read(sentence: Sentence, first: int, last: int, noun: Noun, lexicon: Lexicon) -> Draft | None:
    """The draft of an adverbial whose cue runs from one token to another."""
    head = next((t for t in sentence.kids(last, "pobj")), None)
    top = sentence.tokens[first]
    while top.head != top.i and sentence.tokens[top.head].tag[:2] != "VB":
        top = sentence.tokens[top.head]
    clause = sentence.tokens[top.head]
    if head is None or clause.i == top.i or not _speaks(sentence, head, lexicon):
        return None
    own = set(sentence.below(top.i))
    marks = {t.i for t in sentence.kids(clause.i, "mark") if t.text.casefold() == "that"}
    content = run(sentence, sentence.below(clause.i), own | marks)
    cue = sentence.tokens[first].start, sentence.tokens[last].end
    if not content:
        return None
    return Draft(phrase(sentence, head), cue, content, "adverbial", PackEntry("nouns", noun.id), None, noun)
