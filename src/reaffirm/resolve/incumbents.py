"""Who held an office on a day, and which offices a person held: the offices pack as a register to ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.resolve.spellings import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.packs import Packs, Term

UNVERIFIED = "unverified"
HEAD = frozenset({"head_of_state", "head_of_government"})
DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
ARTICLE = re.compile(r"^the ")
NEAR = 5  # names that an error offers
MOST = 12  # offices of a state that an error lists
ALIKE = 0.7  # how much alike (difflib ratio) a name must be to be offered


@dataclass(frozen=True, slots=True)
class Incumbent:
    """A term that answers a question; `start` and `end` are days or months, `end` is empty while it lasts; `sourced` rows come first."""

    state: str
    office: str
    kind: str
    person: str
    start: str
    end: str
    acting: bool
    sourced: bool
    source: str
    note: str


def holders_of(packs: Packs, office: str, state: str, day: str | None = None) -> tuple[Incumbent, ...]:
    """The terms of an office in a state that hold on a day, or all of them: sourced before unverified, then by start.

    `office` is a kind ("foreign", "head of government", "head" for both), a title of the titles pack ("secretary of state") or the
    office as the pack calls it; `state` any name, demonym or metonym of the states and organisations packs; `day` a day, month or
    year, of which a part is enough. On a day of change both persons are told. Raises `UsageError` for what is not known, with what is.
    """
    when, name = _day(day), _state(packs, state)
    rows = [t for t in packs.offices if t.state == name]
    if not rows:
        known = sorted({t.state for t in packs.offices})
        message = f"the offices pack has no offices of {name}; it has {', '.join(known)}"
        raise UsageError(message)
    return _told(t for t in _of_office(packs, rows, office, name) if when is None or t.covers(when))


def offices_of(packs: Packs, person: str, day: str | None = None) -> tuple[Incumbent, ...]:
    """The terms of a person, or those that hold on a day: sourced before unverified, then by start.

    The name is compared with the pack's names and aliases without order, marks, hyphens, particles and initials; where none has the
    same words, names that have them all, or whose words are all given, will do. One word finds all who bear it. Raises `UsageError`
    for a name that is not there, with those that are near.
    """
    when, found = _day(day), _persons(packs, person)
    if not found:
        raise UsageError(_nobody(packs, person))
    return _told(t for t in packs.offices if t.person in found and (when is None or t.covers(when)))


def is_office(packs: Packs, words_of_office: str) -> bool:
    """Whether words name a kind of office or a title, and no person."""
    asked = _folded(words_of_office)
    return bool(_kinds(packs, asked)) or any(_folded(t.office) == asked for t in packs.offices)


def is_day(text: str) -> bool:
    """Whether a word is written like a day, month or year."""
    return DAY.fullmatch(text) is not None


def _told(terms: Iterable[Term]) -> tuple[Incumbent, ...]:
    found = [
        Incumbent(t.state, t.office, t.kind, t.person, t.start, t.end, t.acting, t.source != UNVERIFIED, t.source, t.note) for t in terms
    ]
    return tuple(sorted(found, key=lambda i: (not i.sourced, i.start, i.end or "9999", i.state, i.office, i.person)))


def _day(day: str | None) -> str | None:
    """The day as it is, when it is one of the calendar."""
    if day is None:
        return None
    try:
        if is_day(day):
            date.fromisoformat(f"{day}-01-01"[:10])
            return day
    except ValueError:
        pass
    message = f"{day} is no day; write 2031, 2031-04 or 2031-04-12"
    raise UsageError(message)


def _folded(text: str) -> str:
    """Words in small letters without marks, points and article: how names of states and offices are compared."""
    return ARTICLE.sub("", " ".join(plain(text).replace(".", "").replace("’", "'").replace("_", " ").casefold().split()))


# States


@lru_cache(maxsize=4)
def _forms_of_states(packs: Packs) -> dict[str, tuple[str, ...]]:
    """The states and bodies that each form stands for."""
    forms: dict[str, dict[str, None]] = {}
    for state in packs.states:
        for form in (state.name, *state.aliases, *state.demonyms, *state.metonyms):
            forms.setdefault(_folded(form), {})[state.name] = None
    for body in packs.organisations:
        for form in (body.name, *body.aliases):
            forms.setdefault(_folded(form), {})[body.name] = None
    return {form: tuple(names) for form, names in forms.items()}


def _state(packs: Packs, text: str) -> str:
    """The state or body that a form stands for; of several the one that has offices."""
    forms = _forms_of_states(packs)
    names = forms.get(_folded(text), ())
    held = [name for name in names if any(t.state == name for t in packs.offices)] or list(names)
    if len(held) == 1:
        return held[0]
    if held:
        message = f"{text} may be {' or '.join(held)}; name one of them"
        raise UsageError(message)
    near = dict.fromkeys(name for form in get_close_matches(_folded(text), forms, NEAR, ALIKE) for name in forms[form])
    message = f"no state or organisation is called {text}; {_offer(near)}"
    raise UsageError(message)


def _offer(near: Iterable[str]) -> str:
    names = list(near)
    return f"is it {' or '.join(names)}?" if names else "write its English name, or add it to a folder of packs"


# Offices


def _of_office(packs: Packs, rows: list[Term], office: str, state: str) -> list[Term]:
    """The rows of the office asked for: called so, of such a kind, or whose name has all the words."""
    asked = _folded(office)
    kinds = _kinds(packs, asked)
    called = [t for t in rows if _folded(t.office) == asked]
    of_kind = [t for t in rows if t.kind in kinds]
    worded = [t for t in rows if set(asked.split()) <= set(_folded(t.office).split())]
    found = called or _nearest(of_kind, kinds) or worded
    if not found:
        offices = list(dict.fromkeys(t.office for t in rows))
        message = f"the offices pack has no {office} of {state}; it has {'; '.join(offices[:MOST])}"
        raise UsageError(message)
    return found


def _kinds(packs: Packs, asked: str) -> dict[str, frozenset[str]]:
    """The kinds of office that words stand for, each with the words that tell its office (none when any will do)."""
    if asked == "head":
        return dict.fromkeys(sorted(HEAD), frozenset())
    kinds = {t.kind for t in packs.offices}
    known: dict[str, frozenset[str]] = {kind: frozenset() for kind in sorted(kinds) if _folded(kind) == asked}
    for title in packs.titles:
        if asked in map(_folded, title.forms) and title.kind in kinds:
            known.setdefault(title.kind, frozenset(title.office_words))
    return known


def _nearest(rows: list[Term], kinds: dict[str, frozenset[str]]) -> list[Term]:
    """The rows whose office has a word of the title, where some have; a state may call the office otherwise."""
    return [t for t in rows if kinds[t.kind] & set(_folded(t.office).split())] or rows


# Persons


@lru_cache(maxsize=4)
def _spelled(packs: Packs) -> dict[frozenset[str], tuple[str, ...]]:
    """The persons by the words of their names and aliases."""
    found: dict[frozenset[str], dict[str, None]] = {}
    for term in packs.offices:
        for form in (term.person, *term.aliases):
            found.setdefault(words(form), {})[term.person] = None
    return {key: tuple(names) for key, names in found.items()}


def _persons(packs: Packs, name: str) -> frozenset[str]:
    """The persons of a name: with the same words, else with all of them, else those all of whose words are given."""
    spelled, asked = _spelled(packs), words(name)
    if not asked:
        return frozenset()
    wider = (p for key, people in spelled.items() if asked < key for p in people)
    narrower = (p for key, people in spelled.items() if len(key) > 1 and key < asked for p in people)
    return frozenset(spelled.get(asked, ())) or frozenset(wider) or frozenset(narrower)


def _nobody(packs: Packs, name: str) -> str:
    """What is said of a name that the pack does not have."""
    if is_office(packs, name):
        return f"{name} is an office; name its state as well, and a day if you like: office {name!r} STATE DAY"
    near = dict.fromkeys(_near(packs, name))
    return f"the offices pack has nobody called {name}; {_offer(near) if near else 'a folder of packs can add a term (docs/packs.md)'}"


def _near(packs: Packs, name: str) -> Iterator[str]:
    """The persons with a name of like letters."""
    spelled = {" ".join(sorted(key)): people for key, people in _spelled(packs).items()}
    for form in get_close_matches(" ".join(sorted(words(name))), spelled, NEAR, ALIKE):
        yield from spelled[form]
