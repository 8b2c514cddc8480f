"""How much an act weighs: 2 where its doing can be checked, 1 where it goes on, 0 where nothing is done; with the rule that said so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.language.parse import JOINED

if TYPE_CHECKING:
    from reaffirm.extract.commitments.bonds import Bonds
    from reaffirm.extract.commitments.promised import Promised
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Bond
    from reaffirm.readings import Commitment

Weight = tuple[int, str]
REPEATED = re.compile(
    r"\b(?:every|each) (?:year|month|week|spring|summer|autumn|winter|day|quarter|two|three|other)\b|\b(?:annual|week|month|quarter)ly\b"
)
THINGS = ("dobj", "nsubjpass", "attr", "pobj")
CHECKABLE = 2
FIGURE = re.compile(
    r"\d|\b(?:per ?cent|million|billion|trillion|double|triple|half|third|quarter|every|all (?:the )?\w+s)\b", re.IGNORECASE
)
NAMED = re.compile(r"(?<!^)(?<![.“\"‘'] )\b[A-Z][\w-]+(?: (?:of|and|the|for|on|to) )?(?: [A-Z][\w-]+)+")
MAKING = frozenset({"develop", "create", "prepare", "produce", "organize", "organise", "arrange", "form", "draft"})
NUMBER = 4  # words of an object among which a number makes it countable


def weight(sentence: Sentence, act: Promised, text: str, bonds: Bonds, *, dated: bool) -> Weight:
    """The object's value, 0 to 2, and the step that gives it: `kind:form` of the entry, or the rule's name."""
    if act.kind in {"position", "norm"}:
        return 0, f"object 0: {act.kind}"
    if act.kind == "treaty":
        return 1, "object 1: a treaty applies"
    if act.kind in {"noun", "attitude"} and act.head.tag[:2] != "VB":
        return _noun(sentence, act, bonds)
    verb = _deciding(sentence, act.head, bonds)
    mere = considered(sentence, verb, bonds)
    if mere and act.kind != "noun":
        return 0, _step(0, mere)
    if REPEATED.search(" ".join(text.casefold().split())):
        return 1, "object 1: again and again"
    ongoing = bonds.first("ongoing", verb.lemma)
    return (1, _step(1, ongoing)) if ongoing else _done(sentence, verb, bonds, dated=dated)


def considered(sentence: Sentence, verb: Token, bonds: Bonds) -> Bond | None:
    """The entry of a verb of mere consideration, by itself or under one that goes on ("continue considering")."""
    below = sentence.kid(verb.i, "xcomp") if bonds.first("ongoing", verb.lemma) else None
    return bonds.first("mere", (below or verb).lemma)


def _done(sentence: Sentence, verb: Token, bonds: Bonds, *, dated: bool) -> Weight:
    """The value of a verb of action by itself, by its particle, or by its object."""
    plain = JOINED.sub("", verb.lemma)  # to co-host is to host
    phrasal = next((f"{plain} {t.text.casefold()}" for t in sentence.kids(verb.i, "prt")), plain)
    thing = _countable(sentence, verb, bonds)
    if bonds.first("light", phrasal):
        return (
            (2, _step(2, thing))
            if thing
            else (2, "object 2: one thing made")
            if _one(sentence, verb)
            else (2, "object 2: an act with a date")
            if dated
            else (1, "object 1: a light verb's object")
        )
    discrete = bonds.first("discrete", phrasal)
    if discrete:
        return discrete.value, _step(discrete.value, discrete)
    return 1, "object 1: any other action"


def _step(value: int, bond: Bond | None) -> str:
    return f"object {value}: commitments/{bond.id}" if bond else f"object {value}"


def _deciding(sentence: Sentence, verb: Token, bonds: Bonds) -> Token:
    """The verb that tells what is done: an infinitive or gerund under "continue", "start" or the like that has no object."""
    if bonds.first("ongoing", verb.lemma) or verb.text.casefold() in {"not", "n't"}:
        return verb
    below = sentence.kid(verb.i, "xcomp")
    return below if below and below.tag[:2] == "VB" and not sentence.kid(verb.i, "dobj") else verb


def _countable(sentence: Sentence, verb: Token, bonds: Bonds) -> Bond | None:
    """The entry of the verb's object where that can be counted: listed, or with a number."""
    for thing in sentence.kids(verb.i, *THINGS):
        found = bonds.first("countable", thing.lemma)
        numbered = any(t.tag == "CD" for t in sentence.kids(thing.i, "nummod"))
        single = sentence.kid(thing.i, "det", "nummod", "amod") is not None or thing.tag in {"NNS", "NNP", "NNPS"}
        if found and single and not REPEATED.search(thing.text):
            return found
        if numbered:
            return next(iter(bonds.kinds.get("countable", ())), None)
        inner = next((t for p in sentence.kids(thing.i, "prep") if p.text == "on" for t in sentence.kids(p.i, "pobj")), None)
        if (
            inner
            and thing.lemma == "work"
            and (found := bonds.first("countable", inner.lemma))
            and sentence.kid(verb.i, "prep", "npadvmod")
        ):
            return found
    return None


def _one(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb of making has one new thing as its object ("develop a code of conduct", not "make a contribution")."""
    things = sentence.kids(verb.i, "dobj", "nsubjpass")
    return verb.lemma in MAKING and any(t.text.casefold() in {"a", "an"} for thing in things for t in sentence.kids(thing.i, "det"))


def _noun(sentence: Sentence, act: Promised, bonds: Bonds) -> Weight:
    """The value of an act named by a noun: an exercise or a meeting can be checked, cooperation goes on."""
    if any(bonds.of("treaty", sentence.tokens[i].lemma) for i in sentence.below(act.head.i)):
        return 1, "object 1: a treaty applies"
    found = bonds.first("countable", act.head.lemma) or bonds.first("event", act.head.lemma)
    done = bonds.first("discrete", act.head.lemma) if act.kind == "noun" else None
    if done:
        return done.value, _step(done.value, done)
    if act.kind == "noun" and found and act.head.lemma != "date":
        return 2, _step(2, found)
    return 1, "object 1: an action named by a noun"


def specific(row: Commitment) -> bool:
    """Whether something in a commitment can be checked: a discrete act, a date, a figure, or a thing with a name of its own."""
    words = row.action.exact
    return row.force.object == CHECKABLE or row.force.time > 0 or FIGURE.search(words) is not None or NAMED.search(words) is not None
