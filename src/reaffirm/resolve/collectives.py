"""Collectives, titles alone and labels -> members, by the rules that the collectives pack names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.packs import longest_first
from reaffirm.resolve.cast import HEADS, NUMBERS, Cast, Principal
from reaffirm.resolve.membership import members
from reaffirm.resolve.offices import holders
from reaffirm.resolve.reading import Reading
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reaffirm.model import Certainty, Mention
    from reaffirm.packs import Collective, Packs

NUMBER = re.compile(r"\b(" + "|".join(n for n in NUMBERS if n not in {"zero", "one"}) + r"|\d{1,2})\b", re.IGNORECASE)
BARE = re.compile(r"(?-i:Ministers|Leaders|Principals|Secretaries|Presidents|Sides|Participants|Parties|Delegations|Governments)")
CALLED = re.compile(rf"(?:(?:the|these|both|all) )?(?:(?:{'|'.join(NUMBERS)}) )?(?P<noun>\w+?)(?:')?", re.IGNORECASE)
HEAD = re.compile(r"\b(?:leaders|presidents|prime ministers|premiers|chancellors|heads of (?:state|government))\b", re.IGNORECASE)
FOREIGN = re.compile(r"\b(?:foreign|external|diplomat)", re.IGNORECASE)
DEFENCE = re.compile(r"\bdefen[cs]e\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A collective noun phrase with the entry that it fits, what its pattern caught, and where to look for members."""

    entry: Collective
    words: str
    groups: Mapping[str, str]
    cast: Cast
    mentions: tuple[Mention, ...]
    packs: Packs

    @property
    def rule(self) -> str:
        """The name of the rule as a voice records it."""
        return f"collectives/{self.entry.id}"

    @property
    def states(self) -> tuple[str, ...]:
        """The states that the pattern caught."""
        return states_in(self.groups.get("state", ""), self.packs)

    def of_states(self, states: tuple[str, ...], certainty: Certainty) -> Reading | None:
        """The reading that these states speak; nothing when there are none."""
        return Reading(states, parties=states, certainty=certainty, rule=self.rule) if states else None


def collective(words: str, cast: Cast, mentions: tuple[Mention, ...], packs: Packs) -> Reading | None:
    """The reading of a collective noun phrase, by the first fitting entry; entries that caught a group go first."""
    words = f"the {words}" if BARE.fullmatch(words) else words
    fits = [(entry, m) for entry in packs.collectives if (m := entry.pattern.fullmatch(words))]
    fits.sort(key=lambda fit: not any(fit[1].groupdict().values()))
    for entry, m in fits:
        groups = {name: value for name, value in m.groupdict().items() if value}
        reading = RULES[entry.rule](Phrase(entry, words, groups, cast, mentions, packs))
        if reading is not None:
            return reading
    return None


def _principals(phrase: Phrase) -> Reading | None:
    if phrase.states:
        return _of_named_states(phrase) or _of_delegation(phrase) or phrase.of_states(phrase.states, "underspecified")
    if called := dict(phrase.cast.defined).get(_noun(phrase.words)):
        return Reading(called, persons=called, certainty="certain", rule=phrase.rule)
    found = principals(phrase.cast, phrase.packs, meant(phrase.words))
    count = counted(phrase.words) if phrase.entry.count == "from-words" else None
    if not found.speakers or (count and found.persons and len(found.persons) != count):
        return phrase.of_states(phrase.cast.states, "underspecified")
    return replace(found, rule=phrase.rule)


def _noun(words: str) -> str:
    """The noun of a phrase, in small letters, where nothing but number and determiner stands before it ("the two Ministers")."""
    m = CALLED.fullmatch(fold(words))
    return m["noun"].casefold() if m else ""


def _of_named_states(phrase: Phrase) -> Reading | None:
    """The persons meant by "the foreign ministers of A and B", where the text names just one for each state."""
    words, choose = phrase.words, meant(phrase.words)
    kinds = HEADS if HEAD.search(words) else ("foreign", "defence") if FOREIGN.search(words) or DEFENCE.search(words) else ()
    people = {m.name: m.state for m in phrase.mentions if m.kind == "person" and m.state in phrase.states and m.office in kinds}
    held = {m.name: Principal(m.name, m.state or "", m.office or "") for m in phrase.mentions if m.name in people and m.office in kinds}
    names = tuple(name for name, p in held.items() if choose(p))
    each = len(set(kinds) & {"foreign", "defence"} & {k for k in kinds if choose(Principal("", "", k))}) or 1
    if any(sum(people[name] == state for name in names) != each for state in phrase.states):
        return None
    return Reading(names, names, (), phrase.states, "certain", phrase.rule)


def _of_delegation(phrase: Phrase) -> Reading | None:
    """The persons meant by "the Ruvian Ministers", where the text names several of each state."""
    choose = meant(phrase.words)
    names = tuple(p.name for p in phrase.cast.principals if p.state in phrase.states and choose(p))
    several = all(sum(p.state == state for p in phrase.cast.principals) > 1 for state in phrase.cast.states)
    return Reading(names, names, (), phrase.states, "certain", phrase.rule) if several and len(names) > 1 else None


def principals(cast: Cast, packs: Packs, wanted: Callable[[Principal], bool] = lambda _p: True) -> Reading:
    """The principals as persons where the text names all that it must; else the states, with those whom packs know on the day."""
    people = tuple(p.name for p in cast.principals if wanted(p))
    missing = [
        (s, ks)
        for s in cast.states
        for ks in cast.expected
        if not any(wanted(p) and p.state == s and p.kind in ks for p in cast.principals)
    ]
    missing = [(s, ks) for s, ks in missing if any(wanted(Principal("", s, k)) for k in ks)]
    parties = tuple(dict.fromkeys(p.state for p in cast.principals if wanted(p)))
    if people and not missing and set(parties) >= set(cast.states):  # one side's minister alone is not "both ministers"
        return Reading(people, people, (), parties, "certain")
    external = tuple(_external(cast, packs, wanted))
    return Reading(cast.states, (), external, cast.states, "underspecified")


def _external(cast: Cast, packs: Packs, wanted: Callable[[Principal], bool]) -> Iterable[str]:
    """The holders of the expected offices on the day, where the day is known: certainty of the packs, not of the text."""
    for state in cast.states if cast.day else ():
        for kinds in cast.expected:
            terms = [t for k in kinds if wanted(Principal("", state, k)) for t in holders(packs, state, k, cast.day or "")]
            yield from sorted({t.person for t in terms}) if len({t.person for t in terms}) == 1 else ()


def meant(words: str) -> Callable[[Principal], bool]:
    """Which principals the words mean: "the foreign ministers" only those of that kind."""
    foreign, defence = FOREIGN.search(words), DEFENCE.search(words)
    if foreign and not defence:
        return lambda p: p.kind == "foreign"
    if defence and not foreign:
        return lambda p: p.kind == "defence"
    return lambda _p: True


def counted(words: str) -> int | None:
    """The number that a phrase gives ("the four ministers"); None where it gives none."""
    m = NUMBER.search(words)
    return None if m is None else int(m.group()) if m.group().isdigit() else NUMBERS[m.group().casefold()]


def _meeting(phrase: Phrase) -> Reading | None:
    states = phrase.states or phrase.cast.states
    count = counted(phrase.words) if phrase.entry.count == "from-words" else None
    return None if count and count != len(states) else phrase.of_states(states, "certain")


def _side(phrase: Phrase) -> Reading | None:
    return phrase.of_states(phrase.states, "probable")


def _issuers(phrase: Phrase) -> Reading | None:
    states = phrase.states or own_names_in(phrase.words, phrase.packs)
    if phrase.states or len(states) == 1:
        return phrase.of_states(states, "probable")
    found = principals(phrase.cast, phrase.packs)
    return replace(found, rule=phrase.rule) if found.speakers else None


def _government(phrase: Phrase) -> Reading | None:
    name = phrase.groups.get("person") or phrase.groups.get("state") or ""
    states = states_in(name, phrase.packs)
    if states:
        return Reading(states, parties=states, rule=phrase.rule)
    head = _head(name, phrase.cast, phrase.mentions, phrase.packs)
    if head is None:
        return None
    return Reading((f"{head[0]} administration",), parties=(head[1],) if head[1] else (), rule=phrase.rule)


def _head(name: str, cast: Cast, mentions: tuple[Mention, ...], packs: Packs) -> tuple[str, str | None] | None:
    """The family name and state of a head of government or state, from the text's names or the offices pack."""
    words = set(fold(re.sub(r"[’']s?$", "", name)).split())
    if not words:
        return None
    for m in mentions:
        if m.kind == "person" and words & set(m.name.split()) and m.state:
            return m.name.split()[-1], m.state
    terms = [t for t in packs.offices if t.kind in HEADS and words & {t.person.split()[-1]}]
    latest = [t for t in terms if t.state in cast.states] or terms
    states = {t.state for t in latest}
    return (latest[-1].person.split()[-1], latest[-1].state) if len(states) == 1 else None


def _forum(phrase: Phrase) -> Reading | None:
    """The members of the forum that is named, or, where none is, of the one that the text is about."""
    named = phrase.groups.get("forum")
    if named is None:
        forum = phrase.cast.forum
        return phrase.of_states(members(forum, phrase.cast.day) if forum and forum.members else phrase.cast.states, "probable")
    wanted = fold(named).casefold().removeprefix("the ")
    known = next((f for f in phrase.packs.forums if wanted in {x.casefold() for x in (f.name, *f.forms)}), None)
    return phrase.of_states(members(known, phrase.cast.day), "probable") if known else None


def _officials(phrase: Phrase) -> Reading | None:
    return phrase.of_states(phrase.states, "underspecified")


RULES: dict[str, Callable[[Phrase], Reading | None]] = {
    "meeting-principals": _principals,
    "meeting-states": _meeting,
    "one-side": _side,
    "document-issuers": _issuers,
    "government": _government,
    "forum": _forum,
    "officials": _officials,
}


@lru_cache(maxsize=8)
def _forms(packs: Packs, *, metonyms: bool = True) -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of all states as one pattern, longest first, and the state that each stands for; places of two bodies left out."""
    bodies = {fold(f) for o in packs.organisations for f in (o.name, *o.aliases)}
    seats = {fold(f): s.name for s in packs.states for f in s.metonyms if metonyms and fold(f) not in bodies}
    forms = seats | {fold(f): s.name for s in packs.states for f in (s.name, *s.aliases, *s.demonyms)}
    return re.compile(rf"(?<!\w)(?:{longest_first(forms)})(?!\w)") if forms else re.compile(r"(?!)"), forms


def own_names_in(words: str, packs: Packs) -> tuple[str, ...]:
    """The states that words name by name or demonym, not by a place of government (a declaration is called after its place)."""
    pattern, forms = _forms(packs, metonyms=False)
    return tuple(dict.fromkeys(forms[m.group()] for m in pattern.finditer(fold(words))))


def without_states(words: str, packs: Packs) -> str:
    """The words without names of states, white space made single."""
    return re.sub(r"\s+", " ", _forms(packs)[0].sub("", fold(words))).strip()


def states_in(words: str, packs: Packs) -> tuple[str, ...]:
    """The states that words name, in any of their forms, in order."""
    pattern, forms = _forms(packs)
    return tuple(dict.fromkeys(forms[m.group()] for m in pattern.finditer(fold(words))))
