"""What the readers of demands share: the draft of a row, the index of the entries, and how one modality gives several acts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from reaffirm.extract.demands.actions import steps
from reaffirm.extract.groups import AUXILIARIES, phrase, subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reaffirm.extract.demands.actions import Step
    from reaffirm.extract.groups import Extent
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Asking

Whose = Literal["own", "told", "source", "agentless"]
LISTS = frozenset(["exempt", "skipped", "law", "effect", "actor", "booster", "headline"])  # frames that open no demand by themselves
FIRST = frozenset(["i", "we", "us"])
PERSONS = FIRST | {
    "he", "she", "they", "you", "them", "everyone", "everybody", "nobody", "all", "each", "both", "one", "those", "it",
}  # fmt: skip
COMPLEMENTS = ("xcomp", "ccomp", "advcl", "acl", "relcl", "csubj", "pcomp")
CONDITIONAL = frozenset(["would", "could", "might", "may", "did"])


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading before it is a row: `target` names who should act, `holder` whose the act of asking is, `whose` how that is known.

    `whose` is own (the writer's or speaker's), told (his, but done before), source (somebody's who is named) or agentless.
    """

    entry: Asking
    action: Extent
    modality: Extent | None = None
    target: Extent | None = None
    holder: Extent | None = None
    object: Extent | None = None
    strength: int | None = None
    negative: bool = False
    whose: Whose = "own"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Lore:
    """The entries of demands by frame and form, and the nouns that can act."""

    frames: Mapping[str, Mapping[str, tuple[Asking, ...]]]
    triggers: frozenset[str]
    speakers: frozenset[str]

    def of(self, frame: str, form: str) -> tuple[Asking, ...]:
        """The entries of a frame that list a form."""
        return self.frames.get(frame, {}).get(form, ())

    def listed(self, frame: str, form: str) -> bool:
        """Whether an entry of a frame lists a form."""
        return form in self.frames.get(frame, {})

    @property
    def skipped(self) -> frozenset[str]:
        """The adverbs that belong neither to a modality nor to an action."""
        return frozenset(self.frames.get("skipped", {}))


@lru_cache(maxsize=8)
def lore(entries: tuple[Asking, ...], speakers: frozenset[str]) -> Lore:
    """The index of a set of entries; `speakers` are the common nouns that can act."""
    frames: dict[str, dict[str, tuple[Asking, ...]]] = {}
    for entry in entries:
        if entry.kind == "demand":
            for form in entry.forms:
                here = frames.setdefault(entry.frame, {})
                here[form] = (*here.get(form, ()), entry)
    triggers = frozenset(form for frame, forms in frames.items() if frame not in LISTS for form in forms)
    return Lore(frames, triggers, speakers)


def acts(sentence: Sentence, draft: Draft, verb: Token, after: int, known: Lore) -> Iterator[Draft]:
    """A draft for each act that begins with a verb; a thing that is acted on belongs to the action, an actor is the target."""
    who = subject(sentence, verb)
    for n, step in enumerate(steps(sentence, verb, after, known.skipped)):
        negative = draft.negative ^ step.negated
        if who is None or draft.target is not None or who.i > step.verb.i:
            yield replace(draft, action=step.action, negative=negative)
        else:
            yield replace(_with_subject(sentence, draft, step, who, known, first=n == 0), negative=negative)


def _with_subject(sentence: Sentence, draft: Draft, step: Step, who: Token, known: Lore, *, first: bool) -> Draft:
    aside = [t.i for t in sentence.kids(who.i, "relcl") if sentence.tokens[sentence.below(t.i)[0] - 1].text == ","]  # "Ruvia, which ..."
    words = phrase(sentence, who, without=(step.verb.i, *aside))
    if not step.passive and actor(who, known):
        return replace(draft, action=step.action, target=words)
    beside = first and words[1] <= step.action[0]
    by = next((t for p in sentence.kids(step.verb.i, "agent") for t in sentence.kids(p.i, "pobj")), None) if step.passive else None
    if by is not None and actor(by, known):
        draft = replace(draft, target=phrase(sentence, by))
    return replace(draft, action=(words[0], step.action[1]) if beside else step.action)


def actor(head: Token, known: Lore) -> bool:
    """Whether a subject can act: a person's pronoun, "it", a name, or a noun that can speak."""
    named = head.text.casefold() in PERSONS or head.tag in {"NNP", "NNPS"}
    return named or head.lemma in known.speakers or known.listed("actor", head.lemma)


def clauses(s: Sentence, token: Token) -> list[Token]:
    """The verbs that head complements behind a word, in order of place."""
    return [t for t in s.kids(token.i, *COMPLEMENTS) if t.i > token.i]


def to(s: Sentence, verb: Token, after: int = -1) -> int | None:
    """The index of the "to" of an infinitive that stands behind a place; None where the verb is no infinitive."""
    return next((t.i for t in s.kids(verb.i, "aux") if t.tag == "TO" and t.i > after), None)


def helpers(s: Sentence, verb: Token) -> set[str]:
    """The auxiliaries and "not" of a verb, in lower case."""
    return {t.text.casefold() for t in s.kids(verb.i, *AUXILIARIES)}


def opening(s: Sentence, verb: Token) -> int:
    """The index where a verb group begins, adverbs in "-ly" included; never a "to"."""
    own = {t.i for t in s.kids(verb.i) if t.dep in AUXILIARIES or (t.dep == "advmod" and t.text.casefold().endswith("ly"))}
    first = verb.i
    while first - 1 in own and s.tokens[first - 1].tag != "TO":
        first -= 1
    return first


def first_person(s: Sentence, verb: Token) -> bool:
    """Whether the subject of a verb is "I" or "we"."""
    who = subject(s, verb)
    return who is not None and who.text.casefold() in FIRST
