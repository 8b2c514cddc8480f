"""Circumstances: prepositional phrases that tell when, where, to whom or on what occasion something was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.furniture import wordset

if TYPE_CHECKING:
    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token


# They stay outside an object's content.
CIRCUMSTANCE = wordset("during at in on after before by via through throughout following until since within to from under amid")
TIMES = wordset(
    "day week month year decade today yesterday tomorrow morning evening night noon weekend time moment hour minute second while"
)
DAYS = wordset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December"
)
OCCASIONAL = wordset("when while after before as since until")
OFTEN = wordset("during after before since until following within to by via")


def circumstance(sentence: Sentence, prep: Token, lexicon: Lexicon) -> bool:
    """Whether a prepositional phrase tells when, where, to whom or on what occasion something was said."""
    head = next((t for t in sentence.kids(prep.i, "pobj", "pcomp")), None)
    if prep.text.casefold() not in CIRCUMSTANCE:
        return head is not None and head.lemma in TIMES  # "discussed the tariff for a week"
    if head is None or head.tag in {"NNP", "NNPS", "CD", "PRP", "VBG"} or head.lemma in TIMES:
        return True
    occasion = head.lemma in lexicon.texts or head.lemma in lexicon.occasions
    return occasion or prep.text.casefold() in OFTEN
