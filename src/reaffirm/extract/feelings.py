"""Attitudes that no verb of saying carries: adjectives without a copula, and verbs whose object is the one who feels.

"voters concerned about the dam", "confident that it would hold, the guild ..."; "the ruling angered the guild".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.extract import frames
from reaffirm.extract.drafts import Draft
from reaffirm.extract.groups import SUBJECTS, Group, group, phrase, run, subject
from reaffirm.model import PackEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.groups import Extent
    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token

BESIDE = frozenset({"amod", "acl", "relcl"})
APART = frozenset({"advcl", "dep"})
STATED = frozenset(["should", "must", "can", "could", "may", "might", "will", "would", "shall"])


def feelings(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The attributions of a sentence whose cue is a bare adjective or a verb that works on the one who feels."""
    for token in sentence.tokens:
        draft = _bare(sentence, token, lexicon) or _worked(sentence, token, lexicon) or _received(sentence, token, lexicon)
        if draft:
            yield draft


def _bare(sentence: Sentence, token: Token, lexicon: Lexicon) -> Draft | None:
    """An adjective with its complement behind the noun it tells of, or apart from the sentence's subject."""
    if token.tag not in {"JJ", "VBN"} or sentence.kid(token.i, "aux", "auxpass", "cop", *SUBJECTS):
        return None
    head = sentence.tokens[token.head]
    beside = token.dep in BESIDE and head.tag[:2] == "NN" and head.i < token.i
    holder = head if beside else subject(sentence, head) if token.dep in APART and head.tag[:2] == "VB" else None
    if holder is None or not _somebody(holder, lexicon):
        return None
    if token.i and sentence.tokens[token.i - 1].text.casefold() == "as":  # "as opposed to"
        return None
    for entry in lexicon.adjectives.get(token.text.casefold(), ()):
        if beside and entry.act == "commissive":  # "a crew willing to wait" tells what kind of crew
            continue
        cue = group(sentence, token, (token.i,), entry, lexicon)
        found = frames.contents(m for frame in entry.frames if (m := frames.match(cue, lexicon, frame)))
        if found and found.content[0][0] > token.end:
            source = phrase(sentence, holder, cue.core)
            return _draft(cue, source, found.content, found.last)
    return None


def _worked(sentence: Sentence, token: Token, lexicon: Lexicon) -> Draft | None:
    """A verb whose object feels what its subject is ("the ruling angered | the guild"); in the passive "by" names it."""
    entry = next((v for v in lexicon.verbs.get(token.lemma, ()) if "experiencer" in v.frames), None)
    if entry is None or token.tag[:2] != "VB" or token.dep == "amod":
        return None
    cue = group(sentence, token, (token.i,), entry, lexicon)
    if {t.text.casefold() for t in sentence.kids(cue.finite.i, "aux")} & STATED or sentence.tokens[-1].text == "?":
        return None
    by = next(iter(cue.kids("agent")), None)
    if by is not None:
        holder, cause = subject(sentence, cue.finite), sentence.kid(by.i, "pobj", "pcomp")
    else:
        holder, cause = next((t for t in cue.kids("dobj") if t.i > token.i), None), subject(sentence, cue.finite)
    if holder is None or cause is None or cause.tag in {"WP", "WDT", "PRP"} or not _somebody(holder, lexicon):
        return None
    last = by.i if by is not None and by.i == cue.last + 1 else None
    content = run(sentence, sentence.below(cause.i), range(cue.first, cue.last + 1))
    source = phrase(sentence, holder, cue.core)
    return _draft(cue, source, content, last) if content and not any(a < source[1] and source[0] < b for a, b in content) else None


def _received(sentence: Sentence, token: Token, lexicon: Lexicon) -> Draft | None:
    """A verb that only hands over an attitude ("the toll drew criticism from | the guild"); its subject is what it is about."""
    entry = next((v for v in lexicon.verbs.get(token.lemma, ()) if "received" in v.frames), None)
    noun = sentence.kid(token.i, "dobj")
    if entry is None or noun is None or noun.lemma not in entry.objects or token.tag[:2] != "VB":
        return None
    cue = group(sentence, token, (token.i,), entry, lexicon)
    prep = next((p for p in (*sentence.kids(noun.i, "prep"), *cue.kids("prep")) if p.text.casefold() == "from"), None)
    holder, cause = sentence.kid(prep.i, "pobj") if prep else None, subject(sentence, cue.finite)
    unreal = {t.text.casefold() for t in sentence.kids(cue.finite.i, "aux")} & STATED
    if prep is None or holder is None or cause is None or unreal or cause.tag in {"WP", "WDT"} or not _somebody(holder, lexicon):
        return None
    content = run(sentence, sentence.below(cause.i), range(cue.first, cue.last + 1))
    last = prep.i if prep.i == noun.i + 1 else noun.i
    return _draft(cue, phrase(sentence, holder), content, last) if content else None


def _somebody(head: Token, lexicon: Lexicon) -> bool:
    """Whether a noun names somebody who feels: a name, a person's pronoun, a noun that is not mute."""
    if head.tag == "PRP":
        return head.text.casefold() not in {"it", "itself"}
    return head.tag in {"NNP", "NNPS"} or (head.tag in {"NN", "NNS"} and not lexicon.is_mute(head.lemma))


def _draft(cue: Group, source: Extent, content: tuple[Extent, ...], last: int | None) -> Draft:
    tokens = cue.sentence.tokens
    extent = tokens[min(cue.first, cue.verb.i)].start, tokens[max(last or 0, cue.last)].end
    factuality = "denied" if any(t.dep == "neg" for t in cue.sentence.kids(cue.verb.i)) else cue.entry.factuality
    return Draft(source, extent, content, "frame.feeling", PackEntry("verbs", cue.entry.id), cue.entry, None, factuality)
