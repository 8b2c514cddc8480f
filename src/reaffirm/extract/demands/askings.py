"""One sentence -> what is asked in it: the modality, who should act, and each act as an extent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.extract.demands.appeals import asking, hope, let, that, thing
from reaffirm.extract.demands.modalities import advice, come, duty, impossible, modal, need, predicate, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reaffirm.extract.demands.wishes import Draft, Lore
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Asking

# The reader of each frame of `data/demands/askings.yaml`, in the order in which they may claim a word.
READERS: dict[str, Callable[[Sentence, Token, Asking, Lore], Iterator[Draft]]] = {
    "predicate": predicate, "impossible": impossible, "come": come, "hope": hope, "asking": asking, "that": that, "for": thing,
    "require": require, "duty": duty, "let": let, "verb-to": need, "advice": advice, "modal": modal,
}  # fmt: skip


def askings(sentence: Sentence, known: Lore) -> Iterator[Draft]:
    """The demands that a sentence's words make, whoever makes them, in order of place; each act once, and none in a question."""
    if sentence.tokens[-1].text == "?":
        return
    taken: set[int] = set()
    for token in sentence.tokens:
        form = token.lemma if token.lemma in known.triggers else token.text.casefold()
        if form not in known.triggers:
            continue
        for draft in _opened(sentence, token, form, known):
            if draft.action[1] not in taken:
                taken.add(draft.action[1])
                yield draft


def _opened(sentence: Sentence, token: Token, form: str, known: Lore) -> Iterator[Draft]:
    """What a word opens, in every frame that lists it."""
    for frame, reader in READERS.items():
        for entry in known.of(frame, form):
            yield from reader(sentence, token, entry, known)
