"""Headlines: a speaker before a colon ("Harbour minister: ferry will stay") or before a capitalised verb ("Mayor Backs the Ferry")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.extract.drafts import Draft
from reaffirm.extract.groups import extent
from reaffirm.model import PackEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token

LONGEST = 6  # words before the colon
LONG, FEWEST, CAPITALS = 4, 4, 0.8  # letters of a long word, long words of a title, and the share of them with a capital
HEARD = frozenset({"that", "quote", "object"})
NAMES = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "IN", "CC"})


def headlines(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The attribution of a headline: a name or a noun that speaks, the colon or a capitalised verb as cue, and the words behind."""
    titled = _titled(sentence.tokens)
    if titled:
        yield from _verbs(sentence, lexicon)
    tokens = sentence.tokens
    colon = next((t for t in tokens[: LONGEST + 1] if t.text == ":"), None)
    if colon is None or not 0 < colon.i < len(tokens) - 2 or (tokens[-1].text == "." and not (titled and _has_verb(tokens[colon.i :]))):
        return
    before, after = tokens[: colon.i], tokens[colon.i + 1 :]
    if all(t.tag in NAMES for t in before) and _speaks(before, lexicon):
        content = extent(sentence, after[0].i, after[-1].i)
        yield Draft(extent(sentence, 0, colon.i - 1), (colon.start, colon.end), (content,), "headline", None)


def _speaks(before: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Whether the words end in a name, or in a noun that speaks ("Poll:"); no common noun among names is a topic ("Ferry row:")."""
    last = before[-1]
    common = last.text.casefold()
    named = last.tag in {"NNP", "NNPS"} and before[0].tag in {"NNP", "NNPS"} and last.text[0].isupper()
    return (last.lemma in lexicon.speakers and last.lemma not in lexicon.texts) or (named and not lexicon.is_mute(common))


def _has_verb(tokens: tuple[Token, ...]) -> bool:
    """Whether there is a finite verb: a list of names behind a colon says nothing."""
    return any(t.tag in {"VBZ", "VBP", "VBD", "MD"} for t in tokens)


def _titled(tokens: tuple[Token, ...]) -> bool:
    """Whether a sentence is printed with capitals like a title: nearly all its long words have one, and it has some."""
    long = [t.text for t in tokens if len(t.text) >= LONG and t.text.isalpha()]
    return len(long) >= FEWEST and sum(word[0].isupper() for word in long) >= CAPITALS * len(long)


def _verbs(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The attribution by a verb that the capitals hid from the parser, behind a name or a noun that speaks."""
    tokens = sentence.tokens
    for token in tokens[1 : LONGEST + 1]:
        entry = next((v for v in lexicon.verbs.get(token.text.casefold(), ()) if not v.words and HEARD & {*v.frames}), None)
        last = len(tokens) - (2 if tokens[-1].text in {".", "!"} else 1)
        if entry is None or token.tag[:2] != "NN" or token.i >= last or tokens[token.i - 1].text in {"’s", "'s"}:
            continue
        before = tokens[: token.i]
        if all(t.tag in NAMES for t in before) and _speaks(before, lexicon):
            content = extent(sentence, token.i + 1, last)
            cue = PackEntry("verbs", entry.id)
            yield Draft(extent(sentence, 0, token.i - 1), (token.start, token.end), (content,), "headline.verb", cue, entry)
        return
