"""What a brief is made of: the answers of a ledger about one subject, as they stood on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm import chronology, comparison, followup, itemising, weaving
from reaffirm.brief import Origin
from reaffirm.briefing.scene import Scene
from reaffirm.days import LAST_DAY, bounds
from reaffirm.errors import UsageError
from reaffirm.store import actors, browsing, items, loading, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reaffirm.brief import Subject
    from reaffirm.chronology import Convened
    from reaffirm.readings import Call, Commitment, Demand, Duty
    from reaffirm.sequels import Novelty, Place, Silence, Step, Thread
    from reaffirm.store.items import Wanted
    from reaffirm.store.protocol import Store
    from reaffirm.store.records import Item, Said

Promised = tuple["Item[Commitment, Duty]", ...]
Asked = tuple["Item[Demand, Call]", ...]
Pairs = tuple[tuple["Item[Demand, Call]", "Item[Commitment, Duty]", str], ...]
UNOFFICIAL = "No text that parties put out is there: what was promised is told as accounts and comments have it."
OFFICIAL = frozenset({"output", "transcript"})  # relations of documents in which parties bind themselves


@dataclass(frozen=True, slots=True)
class Material:
    """The answers that a brief is composed of; nothing here is younger than `as_of`.

    `now` are the documents (ids) whose news the brief tells, `latest` those that the last meeting put out; of an actor or issue, the
    newest that promise anything. `promised` and `asked` are the rows in scope, `threads` those of them that several documents tell,
    `novelties` what each of `latest` does with the wording of its chain, `answers` demands with the later commitments that do what was
    asked, and why; `said` are the statements of `latest`.
    """

    subject: Subject
    title: str
    as_of: str
    basis: str
    scene: Scene
    places: Mapping[str, Place]
    now: frozenset[str]
    latest: frozenset[str]
    meetings: tuple[Convened, ...]
    promised: Promised
    asked: Asked
    threads: tuple[Thread, ...]
    novelties: tuple[Novelty, ...]
    answers: Pairs
    said: tuple[Said, ...] = ()

    @property
    def origins(self) -> Mapping[str, Origin]:
        """The documents that were known on the day, by id."""
        return self.scene.origins


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows and documents a brief is about: its title, its documents, the conditions on commitments and demands, its meetings.

    `about` are documents that are about it, whose demands are told, `chain` those whose promises may still be open, `now` those whose
    news are told.
    """

    title: str
    about: frozenset[str]
    chain: frozenset[str]
    now: frozenset[str]
    latest: frozenset[str]  # empty for an actor or issue
    promised: tuple[Wanted, ...]
    asked: tuple[Wanted, ...]
    meetings: tuple[Convened, ...] = ()


def gather(store: Store, subject: Subject, name: str, as_of: str | None = None) -> Material:
    """The material for a brief; a `UsageError` where nothing has that name, or the day is none."""
    with store.reading():
        everywhere = weaving.places(store)
        day, basis = _day(everywhere, as_of)
        places = {place.document: place for place in everywhere if known(place, day)}
        scope = SCOPES[subject](store, name, places)
        return _gathered(store, subject, scope, places, (day, basis))


def _day(places: Iterable[Place], as_of: str | None) -> tuple[str, str]:
    """The day of the brief, and in words how it came to be."""
    if as_of:
        days = bounds(as_of)
        if days is None or days[1] == LAST_DAY:
            message = f"{as_of!r} is no day; write 2021, 2021-03 or 2021-03-16"
            raise UsageError(message)
        return days[1], "The day was asked for; texts of later days are left out."
    newest = max((place.first or place.last or "" for place in places), default="")
    if not newest:
        message = "no document of this ledger has a date, so that nothing can be said as of a day; give one (--as-of)"
        raise UsageError(message)
    return newest, "The day is that of the newest text in the ledger."


def known(place: Place, day: str) -> bool:
    """Whether a document may have been known on a day; one without any date is."""
    return (place.first or place.last or "") <= day


def _gathered(store: Store, subject: Subject, scope: Scope, places: Mapping[str, Place], when: tuple[str, str]) -> Material:
    promised = _rows(lambda wanted: items.commitments(store, **wanted), scope.promised, scope.chain)
    if subject in {"actor", "issue"} and not promised:
        promised = _rows(lambda wanted: items.commitments(store, **wanted), scope.promised, frozenset(places))
    asked = _rows(lambda wanted: items.demands(store, **wanted), scope.asked, scope.about)
    rows = {item.row.id for item in promised} | {item.row.id for item in asked}
    if subject in {"actor", "issue"} and not rows:
        message = f"no commitment and no demand of that {subject} up to {when[0]}; `reaffirm status` shows what the ledger holds"
        raise UsageError(message)
    whole = subject in {"meeting", "forum"}
    latest = scope.latest if whole else _newest(places, {item.row.document for item in promised})
    basis = f"{when[1]} {UNOFFICIAL}" if latest and not latest & _official(places.values()) else when[1]
    threads = tuple(_threads(store, places, _members(store, scope.chain) if whole else rows))
    novelties = tuple(_novelties(store, sorted(latest))) if whole else ()
    asking = _asked_before(store, places, scope.chain) if whole else [item.row.id for item in asked if item.row.kind == "demand"]
    answers = tuple(_answers(store, asking, latest if subject == "meeting" else frozenset(places)))
    told = {item.row.document for item in (*promised, *asked, *(row for ask, keep, _ in answers for row in (ask, keep)))}
    return Material(
        subject, scope.title, when[0], basis, _scene(store, places, told), places, scope.now, latest, scope.meetings, promised, asked,
        threads, novelties, answers,
        tuple(said for key in sorted(latest) for said in queries.said(store, document=key)) if whole else (),
    )  # fmt: skip


def _newest(places: Mapping[str, Place], documents: Iterable[str]) -> frozenset[str]:
    """Those of some documents that are of the newest day."""
    days = {key: places[key].first or places[key].last or "" for key in documents}
    last = max(days.values(), default="")
    return frozenset(key for key, day in days.items() if day == last)


def _rows(ask: Callable[[Wanted], list[Item]], questions: Iterable[Wanted], documents: frozenset[str]) -> tuple[Item, ...]:  # type: ignore[type-arg]
    """The rows of some documents that meet any of the questions, in the order in which they are listed."""
    found = {item.row.id: item for wanted in questions for item in ask({**wanted, "documents": sorted(documents)})}
    return tuple(found.values())


def _scene(store: Store, places: Mapping[str, Place], told: Iterable[str]) -> Scene:
    """What may be cited, and the sentences of the documents whose rows are told."""
    return Scene(_origins(store, places), {key: itemising.sentences(loading.document(store, key)) for key in sorted(told)})


def _origins(store: Store, places: Mapping[str, Place]) -> dict[str, Origin]:
    titled = {each.id: each for each in browsing.titles(store, places)}
    return {
        key: Origin(key, place.doc, titled[key].title, titled[key].genre, titled[key].day or place.first, place.authority)
        for key, place in places.items()
        if key in titled
    }  # fmt: skip


# Threads as of a day


def _members(store: Store, documents: Iterable[str]) -> set[str]:
    """One row of each thread that has a step in one of these documents."""
    found = (thread for key in sorted(documents) for thread in followup.threads(store, document=key, silent=False))
    return {thread.steps[0].members[0].id for thread in found}


def _threads(store: Store, places: Mapping[str, Place], rows: Iterable[str]) -> Iterator[Thread]:
    """The threads that have any of the rows, by their first steps, as they stood when only these documents were there."""
    for thread in sorted(followup.threads_of(store, rows), key=_begun):
        steps = tuple(step for step in thread.steps if step.place.document in places)
        silent = tuple(receipt for receipt in thread.silent if receipt.place.document in places and receipt.confirmed is not False)
        if steps:
            yield replace(thread, steps=steps, silent=silent)


def _begun(thread: Thread) -> tuple[str, str, int, str]:
    """Order of threads: by day and place of their first words."""
    place, first = thread.steps[0].place, thread.steps[0].members[0]
    return place.first or place.last or "9999", place.doc, first.wording[0].start if first.wording else 0, thread.id


def _novelties(store: Store, documents: Iterable[str]) -> Iterator[Novelty]:
    """What documents do with the wording of their chains; those with nothing before them say nothing new."""
    for document in documents:
        try:
            yield comparison.renewed(store, document)
        except UsageError:
            continue


def _answers(
    store: Store, asked: Iterable[str], documents: frozenset[str]
) -> Iterator[tuple[Item[Demand, Call], Item[Commitment, Duty], str]]:
    """Those of some demands (ids) that a commitment of these documents answers, with it and why."""
    told = followup.answers_to(store, asked)
    demands = {item.row.id: item for item in items.demands(store, rows=[demand for demand, _, _ in told])}
    kept = {item.row.id: item for item in items.commitments(store, rows=[commitment for _, commitment, _ in told])}
    for demand, commitment, why in told:
        ask, promise = demands.get(demand), kept.get(commitment)
        if ask and promise and promise.row.document in documents:
            yield ask, promise, why


def _asked_before(store: Store, places: Mapping[str, Place], chain: frozenset[str]) -> list[str]:
    """The demands (ids) of all texts about meetings of a chain's forums."""
    bodies = {(places[key].forum, places[key].circle) for key in chain}
    near = [key for key, place in places.items() if (place.forum, place.circle) in bodies]
    return [item.row.id for item in items.demands(store, documents=near, kinds=("demand",))]


# What each subject is about


def _official(places: Iterable[Place]) -> frozenset[str]:
    return frozenset(place.document for place in places if place.relation in OFFICIAL)


def _outputs(places: Iterable[Place]) -> frozenset[str]:
    """What a meeting put out; where none of its texts is there, the records of it, else all that tell it."""
    told = list(places)
    for relations in ({"output"}, {"transcript"}, {"account", "comment", None}):
        found = frozenset(place.document for place in told if place.relation in relations)
        if found:
            return found
    return frozenset()


def _of_meeting(store: Store, name: str, places: Mapping[str, Place]) -> Scope:
    convened = chronology.one(store, name)
    meeting = convened.meeting
    about = [place for place in places.values() if place.meeting == meeting.id]
    told = {telling.document for telling in meeting.tellings} & places.keys()
    if not about and not told:
        message = f"no text of that day or before tells of {name}; ask as of a later day (--as-of)"
        raise UsageError(message)
    now = _outputs(about)  # a text that only mentions the meeting promises nothing at it
    own = [places[key] for key in now]
    circles = {(place.forum, place.circle) for place in own if place.forum or place.circle}
    until = max((place.first or place.last or "" for place in own), default="")
    chain = _official(p for p in places.values() if (p.forum, p.circle) in circles and known(p, until)) | now
    following = [convened.after] if convened.after else []
    meetings = (convened, *chronology.chosen(store, following).values())
    everything = frozenset(place.document for place in about)
    return Scope(_title(convened), everything, chain, now, now, ({},), ({},), meetings)


def _title(convened: Convened) -> str:
    meeting = convened.meeting
    return f"{meeting.label}{f', no. {meeting.edition}' if meeting.edition else ''}"


def _of_forum(store: Store, name: str, places: Mapping[str, Place]) -> Scope:
    found = chronology.chronology(store, forum=name)
    ids = {convened.meeting.id for convened in found}
    about = [place for place in places.values() if place.meeting in ids]
    if not about and not any(telling.document in places for convened in found for telling in convened.meeting.tellings):
        message = f"no text tells of a meeting of {name!r} up to that day; `reaffirm meetings` lists what there is"
        raise UsageError(message)
    last = _last(about)
    latest = _outputs(place for place in about if place.meeting == last) if last else frozenset()
    labels = sorted({convened.meeting.label for convened in found if convened.meeting.forum})
    title = labels[0] if len(labels) == 1 else name
    documents = frozenset(place.document for place in about)
    return Scope(title, documents, _official(about) | latest, _outputs(about) | latest, latest, ({},), ({},), tuple(found))


def _last(about: Iterable[Place]) -> str | None:
    """The meeting of which the texts began last."""
    begun: dict[str, str] = {}
    for place in about:
        if place.meeting:
            day = place.first or place.last or ""
            begun[place.meeting] = min(begun.get(place.meeting, day), day)
    return max(begun, key=lambda meeting: (begun[meeting], meeting), default=None)


def _of_actor(store: Store, name: str, places: Mapping[str, Place]) -> Scope:
    official = _official(places.values())
    name = actors.merged(store).get(name, name)
    promised: tuple[Wanted, ...] = ({"party": name}, {"undertaker": name}, {"person": name})
    asked: tuple[Wanted, ...] = ({"holder": name}, {"target": name})
    return Scope(name, frozenset(places), official, official, frozenset(), promised, asked)


def _of_issue(store: Store, name: str, places: Mapping[str, Place]) -> Scope:  # noqa: ARG001 - all subjects are asked alike
    official = _official(places.values())
    return Scope(name, frozenset(places), official, official, frozenset(), ({"issue": name},), ({"issue": name},))


SCOPES: dict[Subject, Callable[[Store, str, Mapping[str, Place]], Scope]] = {
    "meeting": _of_meeting, "forum": _of_forum, "actor": _of_actor, "issue": _of_issue,
}  # fmt: skip


def told_in(thread: Thread, documents: frozenset[str]) -> tuple[Step, ...]:
    """The steps of a thread in these documents."""
    return tuple(step for step in thread.steps if step.place.document in documents)


def missed_in(thread: Thread, documents: frozenset[str]) -> tuple[Silence, ...]:
    """The receipts of silence for these documents."""
    return tuple(receipt for receipt in thread.silent if receipt.place.document in documents)
