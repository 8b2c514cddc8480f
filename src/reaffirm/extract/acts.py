"""Statement and packs -> its speech act, its place on the ladder of that act, and whether it only names a topic.

The verb or noun of the cue gives the act and a first place; the ladder (data/ladder/ladder.yaml, after Searle and Vanderveken)
moves them by the words around: the noun that a verb of expression carries, adverbs, refusals, the form of the content.
All is derived from the statement and its text, so that it can be asked again of any row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.packs import longest_first

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reaffirm.model import Act, Statement
    from reaffirm.packs import Noun, Packs, Rung, Verb

LOWEST, HIGHEST = 1, 4
# Words before the noun that opens a content: what stands behind one of these belongs to another phrase.
STOPS = frozenset("of to for about over on in at with that from by which who is are was were".split())  # noqa: SIM905 - a list of words
OPENING = 8
SIDE = 60  # code points between cue and content that may hold an adverb or "with regret"
WITH = re.compile(r"\bwith ((?:[\w-]+ ?){1,4})")
FEELINGS = frozenset({"concern", "objection", "evaluative"})
PHRASAL = ("frame.object", "frame.prep", "frame.passive", "quote")
ROLES = ("attitude", "speech", "nominal")


@dataclass(frozen=True, slots=True)
class Force:
    """The speech act and its place, 1 to 4, and the ladder's entries that decided or moved them, in order."""

    act: Act | None
    strength: int | None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ladder by kind, the entries of verbs and nouns by id, and the nouns that decide an act by their singular."""

    rungs: Mapping[str, tuple[Rung, ...]]
    verbs: Mapping[str, Verb]
    nouns: Mapping[str, Noun]
    feelings: Mapping[str, tuple[Act, int, str]]
    patterns: Mapping[str, re.Pattern[str]]

    def of(self, kind: str, form: str) -> tuple[Rung, ...]:
        """The entries of a kind that list a form."""
        return tuple(rung for rung in self.rungs.get(kind, ()) if form in rung.forms)

    def named(self, kind: str, words: str) -> list[str]:
        """The names of the entries of a kind of which a form stands among the words."""
        return [f"ladder/{rung.id}" for rung in self.rungs.get(kind, ()) if self.patterns[rung.id].search(words)]

    def feeling(self, word: str) -> tuple[Act, int, str] | None:
        """The act, the place and the entry's name of a noun, singular or plural."""
        singulars = (word, word.removesuffix("s"), re.sub("ies$", "y", word))
        return next((self.feelings[form] for form in singulars if form in self.feelings), None)


@lru_cache(maxsize=4)
def ladder(packs: Packs) -> Ladder:
    """The ladder of a set of packs, indexed."""
    kinds = {rung.kind for rung in packs.ladder}
    feelings: dict[str, tuple[Act, int, str]] = {}
    for role in ROLES:
        for noun in packs.nouns:
            if noun.role == role and noun.act and noun.strength:
                feelings.setdefault(noun.lemma, (noun.act, noun.strength, f"nouns/{noun.id}"))
    for rung in packs.ladder:
        if rung.kind == "noun" and rung.act and rung.strength:
            feelings |= dict.fromkeys(rung.forms, (rung.act, rung.strength, f"ladder/{rung.id}"))
    return Ladder(
        {kind: tuple(r for r in packs.ladder if r.kind == kind) for kind in kinds},
        {verb.id: verb for verb in packs.verbs},
        {noun.id: noun for noun in packs.nouns},
        feelings,
        {rung.id: re.compile(rf"\b(?:{longest_first(rung.forms)})\b") for rung in packs.ladder},
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one statement, lower case: its cue, what stands between cue and content, and the content."""

    cue: str
    side: str
    content: str
    rule: str
    lemma: str
    fixed: tuple[str, ...] = ()

    @property
    def near(self) -> str:
        """The cue and what stands beside it, without the fixed words that the pack's entry has counted."""
        return " ".join(word for word in f"{self.cue} {self.side}".split() if word not in self.fixed)

    @property
    def opening(self) -> list[str]:
        """The first words of the content up to a preposition or a clause."""
        found: list[str] = []
        for word in re.findall(r"[\w’-]+", self.content)[:OPENING]:
            if word in STOPS:
                break
            found.append(word)
        return found


def force(statement: Statement, text: str, packs: Packs) -> Force:
    """The speech act and strength of a statement; neither where no word tells, as in slogans.

    `text` is the canonical text of the statement's document.
    """
    steps = ladder(packs)
    bare = next(iter(steps.of("bare", statement.rule)), None)
    if bare:
        return Force(bare.act, bare.strength, (f"ladder/{bare.id}",))
    words = _words(statement, text, steps)
    start = _base(statement, steps)
    if start.act is None or start.strength is None:
        return start
    if refusal := _refused(words, steps):
        return Force(*refusal)
    decided = _carried(words, steps) or _agreed(words, steps) or _asked(words, steps)
    act, strength, names = decided or (start.act, start.strength, ())
    moved, moves = _moved(words, steps, carried=decided is not None)
    return Force(act, min(HIGHEST, max(LOWEST, strength + moved)), (*names, *moves))


Decision = tuple["Act", int, tuple[str, ...]]


def _words(statement: Statement, text: str, steps: Ladder) -> _Words:
    cue = statement.cue
    content = statement.content[0]
    side = ""
    if cue and cue.end <= content.start <= cue.end + SIDE:
        side = text[cue.end : content.start]
    entry = statement.entry
    verb = steps.verbs.get(entry.entry) if entry and entry.pack == "verbs" else None
    said = " ".join(span.exact for span in statement.content)
    lemma, fixed = (verb.lemma, verb.words) if verb else ("", ())
    return _Words(_plain(cue.exact if cue else ""), _plain(side), _plain(said), statement.rule, lemma, fixed)


def _plain(words: str) -> str:
    """The words in lower case, without line breaks, apostrophes curly."""
    return " ".join(words.casefold().replace("'", "’").split())


def _base(statement: Statement, steps: Ladder) -> Force:
    """What the pack says of the cue's own verb or noun."""
    entry = statement.entry
    found: Verb | Noun | None = None
    if entry:
        found = steps.verbs.get(entry.entry) if entry.pack == "verbs" else steps.nouns.get(entry.entry)
    return Force(found.act, found.strength) if found else Force(None, None)


def _refused(words: _Words, steps: Ladder) -> Decision | None:
    """A refusal before the cue's own verb ("declined to say")."""
    before = words.cue.split()[:-1]
    for word in before:
        for rung in steps.of("refusal", word):
            if rung.act and rung.strength:
                return rung.act, rung.strength, (f"ladder/{rung.id}",)
    return None


def _carried(words: _Words, steps: Ladder) -> Decision | None:
    """The act of the noun that the verb carries, or that stands behind its "with"."""
    if steps.of("manner", words.lemma):
        behind = [word for match in WITH.finditer(f"{words.cue} {words.side}") for word in match[1].split()]
        found = next((f for word in behind if (f := steps.feeling(word)) and f[0] in FEELINGS), None)
        if found:
            return found[0], found[1], (found[2],)
    if not steps.of("carrier", words.lemma) or not words.rule.startswith(PHRASAL):
        return None
    found = next((f for word in (*words.opening, *words.cue.split()[::-1]) if (f := steps.feeling(word))), None)
    return (found[0], found[1], (found[2],)) if found else None


def _agreed(words: _Words, steps: Ladder) -> Decision | None:
    """An agreement about what is, which commits nobody to an act."""
    for rung in steps.of("agreement", words.lemma):
        said = set(re.findall(r"[\w’]+", words.content))
        state = words.rule == "frame.that" and said & set(rung.when) and not said & set(rung.unless)
        noun = next((f for word in words.opening if (f := steps.feeling(word))), None) if words.rule.startswith("frame.prep") else None
        if rung.act and rung.strength and (state or (noun and noun[0] == "assertive")):
            return rung.act, rung.strength, (f"ladder/{rung.id}",)
    return None


def _asked(words: _Words, steps: Ladder) -> Decision | None:
    """A question, which asks for words and not for acts."""
    asks = words.rule in {"frame.wh", "frame.object-wh"} or words.content.rstrip('”’" ').endswith("?")
    for rung in steps.of("question", words.lemma) if asks else ():
        if rung.act and rung.strength:
            return rung.act, rung.strength, (f"ladder/{rung.id}",)
    return None


def _moved(words: _Words, steps: Ladder, *, carried: bool) -> tuple[int, tuple[str, ...]]:
    """One step up, down or none, by the words of the cue, those beside it and those before a noun that decides."""
    near = f"{words.near} {_before_noun(words, steps)}" if carried else words.near
    up = [*steps.named("raises", near), *steps.named("anywhere", f"{near} {words.content}")]
    down = steps.named("lowers", near)
    return (bool(up) > bool(down)) - (bool(up) < bool(down)), (*up, *down)


def _before_noun(words: _Words, steps: Ladder) -> str:
    found: list[str] = []
    for word in words.opening:
        if steps.feeling(word):
            break
        found.append(word)
    return " ".join(found)


def topic_only(statement: Statement, packs: Packs) -> bool:
    """Whether the statement tells what was talked about and not what was said ("discussed the toll")."""
    entry = statement.entry
    if entry is None or statement.directness in {"direct", "turn"}:
        return False
    opening = set(re.findall(r"\w+", _plain(statement.content[0].exact))[:3])
    rungs = ladder(packs).of("topic", f"{entry.pack}/{entry.entry}")
    return any(not rung.when or opening & set(rung.when) for rung in rungs)


def denies(statement: Statement, inner: Statement, packs: Packs) -> bool:
    """Whether a statement denies what another, told by a verb in its content, reports ("denied that it had agreed")."""
    entry = statement.entry
    verb = ladder(packs).verbs.get(entry.entry) if entry and entry.pack == "verbs" else None
    if verb is None or statement.factuality == "denied" or not inner.rule.startswith("frame."):
        return False
    opening = set(re.findall(r"\w+", _plain(statement.content[0].exact))[:3])
    rungs = ladder(packs).of("denial", verb.lemma)
    return any(not rung.when or opening & set(rung.when) for rung in rungs)
