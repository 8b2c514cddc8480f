"""The verbs pack as indexes: which entries may begin at a token."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Chain, Noun, Packs, SpeakingText, Verb

GAP = 2  # words that may stand between the words of a cue ("made it perfectly clear")
COPULAS = ("become", "remain", "feel", "grow", "get", "seem", "appear", "sound", "look")  # beside "be", before an adjective that reports
CLITICS = ("’s", "'s", "’m", "'m", "’re", "'re", "s")  # lemmas that the parser leaves for forms of "be"
REFLEXIVE = re.compile(r"\w+sel(?:f|ves)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs by lemma (entries of more words first), nouns by lemma, chain verbs, and the texts that speak."""

    verbs: Mapping[str, tuple[Verb, ...]]
    nouns: Mapping[str, tuple[Noun, ...]]
    adjectives: Mapping[str, tuple[Verb, ...]]
    chains: Mapping[str, Chain]
    texts: Mapping[str, SpeakingText]
    speakers: frozenset[str]
    mute: tuple[str, ...]
    occasions: frozenset[str]
    states: frozenset[str]

    def entries(self, sentence: Sentence, token: Token) -> Iterator[tuple[Verb, tuple[int, ...]]]:
        """The entries that begin at the token, each with the indices of its words, longest first."""
        for verb in self.verbs.get(token.lemma, ()):
            core = _core(sentence, token, verb.words)
            if core:
                yield verb, core

    def is_mute(self, lemma: str) -> bool:
        """Whether a common noun cannot speak: it is listed so, or ends like an abstract noun and is no speaker."""
        if lemma in self.speakers:
            return False
        return any(lemma == word or (word[0] == "-" and lemma.endswith(word[1:])) for word in self.mute)

    def noun(self, lemma: str, role: str) -> Noun | None:
        """The noun of that lemma in that role."""
        return next((n for n in self.nouns.get(lemma, ()) if n.role == role), None)


def _speakers(packs: Packs) -> frozenset[str]:
    """The common nouns that can speak: those of the pack, the last words of titles, and texts."""
    titles = {_head(form) for title in packs.titles for form in title.forms}
    texts = {_head(form) for text in packs.texts for form in (text.lemma, *text.forms)}
    return frozenset(titles | texts | {lemma for entry in packs.speakers if not entry.mute for lemma in entry.lemmas})


def _head(form: str) -> str:
    """The head noun of a title or a text's name: its last word, before any "of" or "for"."""
    return re.split(r" (?:of|for|to|on) ", form)[0].split()[-1]


def _core(sentence: Sentence, token: Token, words: tuple[str, ...]) -> tuple[int, ...]:
    """The indices of the verb and its further words in order, or nothing when a word is missing."""
    core = [token.i]
    for word in words:
        stop = min(len(sentence.tokens), core[-1] + 2 + GAP)
        n = next((n for n in range(core[-1] + 1, stop) if _is(sentence.tokens[n], word)), None)
        if n is None or not all(_between(sentence.tokens[m]) for m in range(core[-1] + 1, n)):
            return ()
        core.append(n)
    return tuple(core)


def _is(token: Token, word: str) -> bool:
    return REFLEXIVE.fullmatch(token.text) is not None if word == "oneself" else word in {token.lemma, token.text.casefold()}


def _between(token: Token) -> bool:
    """Whether a token may stand between the words of a cue: a determiner, adjective, adverb, possessive or "it"."""
    return token.tag[:2] in {"RB", "JJ", "DT"} or token.tag == "PRP$" or token.text.casefold() == "it"


def third(lemma: str) -> str:
    """The third person of a verb's present tense ("deny": "denies")."""
    if lemma.endswith("y") and lemma[-2:-1] not in set("aeiou"):
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{lemma}s"


@lru_cache(maxsize=4)
def lexicon(packs: Packs) -> Lexicon:
    """The indexes of a set of packs."""
    verbs: dict[str, list[Verb]] = defaultdict(list)
    adjectives: dict[str, list[Verb]] = defaultdict(list)
    own = {(verb.lemma, verb.words) for verb in packs.verbs}
    for verb in packs.verbs:
        for lemma in (verb.lemma, *verb.spellings):
            verbs[lemma].append(verb)
        if not verb.words:  # in headlines the parser takes "Endorses" for a name and leaves it as its own lemma
            verbs[third(verb.lemma)].append(verb)
        if verb.lemma == "be":
            for lemma in (lemma for lemma in (*COPULAS, *CLITICS) if (lemma, verb.words) not in own):
                verbs[lemma].append(verb)
            if len(verb.words) == 1:
                adjectives[verb.words[0]].append(verb)
    nouns: dict[str, list[Noun]] = defaultdict(list)
    for noun in packs.nouns:
        nouns[noun.lemma].append(noun)
    return Lexicon(
        {lemma: tuple(sorted(found, key=lambda v: (-len(v.words), v.id))) for lemma, found in verbs.items()},
        {lemma: tuple(found) for lemma, found in nouns.items()},
        {word: tuple(found) for word, found in adjectives.items()},
        {chain.lemma: chain for chain in packs.chains},
        {form: text for text in packs.texts for form in (text.lemma, *text.forms)},
        _speakers(packs),
        tuple(lemma for entry in packs.speakers if entry.mute for lemma in entry.lemmas),
        frozenset(lemma for entry in packs.speakers if entry.occasion for lemma in entry.lemmas),
        frozenset(form.casefold() for state in packs.states for form in (state.name, *state.aliases)),
    )
