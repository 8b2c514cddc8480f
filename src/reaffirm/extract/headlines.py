"""Headlines with a speaker before a colon: "Harbour minister: ferry will stay"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.extract.drafts import Draft
from reaffirm.extract.groups import extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token

LONGEST = 6  # words before the colon
NAMES = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "IN", "CC"})


def headlines(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The attribution of a headline: a name or a noun that speaks, the colon as cue, and words without a full stop."""
    tokens = sentence.tokens
    colon = next((t for t in tokens[: LONGEST + 1] if t.text == ":"), None)
    if colon is None or not 0 < colon.i < len(tokens) - 2 or tokens[-1].text == ".":
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
