"""Which meeting an occasion means: the document's own, one that was told before, a new one, or none at all."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reaffirm.extract.meetings.calendaring import Dated, apart, calendar, dated, day, form, place
from reaffirm.extract.meetings.clauses import occasions
from reaffirm.extract.meetings.lines import lines
from reaffirm.extract.meetings.occasions import Reader, forums_in, general, words
from reaffirm.extract.meetings.phrases import TIMED
from reaffirm.model import Span
from reaffirm.resolve.cast import cast
from reaffirm.resolve.membership import members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.extract.meetings.calendaring import Calendar
    from reaffirm.extract.meetings.lines import Line
    from reaffirm.extract.meetings.occasions import Occasion
    from reaffirm.model import Document, Mention, When
    from reaffirm.packs import Forum, Packs
    from reaffirm.resolve.cast import Cast

MANY = 12  # members up to which a forum's members are its participants
OPENING = 6  # paragraphs in which a document tells its own meeting
NEAR = 2  # sentences over which a definite phrase goes back to another meeting than the document's own
OFFICIAL = frozenset({"output", "transcript"})
PRESS = "press conference"
TELLS = frozenset(
    {"joint statement", "communique", "fact sheet", "press-conference transcript", "gist", "news report", "editorial", "analysis"}
)
HEADS = frozenset({"head_of_government", "head_of_state"})
OFFICES = {"foreign": "foreign minister", "defence": "defen", "finance": "finance", "trade": "trade"}
GENERAL_KINDS = frozenset({"", "meeting", "talks", "consultations"})
PLANNED = re.compile(r"\b(?:planned|scheduled|set|due|slated) (?:for|on|in)\b")
THEIRS = re.compile(r"(?:their|our|its)\b", re.IGNORECASE)
LETTERS = re.compile(r" \(\"?([A-Z][A-Za-z+-]*[A-Z])\"?\)")
TITLES = frozenset({"title", "heading", "standfirst", "caption"})
JOINT = ("joint", "following", "after", "news conference of", "press conference of")


@dataclass(slots=True)
class Group:
    """The occasions that mean one meeting and what they say of it; grown while a document is read."""

    kind: str
    forum: Forum | None
    states: tuple[str, ...]
    status: str
    rule: str
    occasions: list[Occasion] = field(default_factory=list)
    evidence: list[tuple[int, int]] = field(default_factory=list)
    persons: tuple[str, ...] = ()
    edition: int | None = None
    dated: Dated | None = None
    place: str | None = None
    seat: str | None = None  # the state whose name or seat of government the place is
    form: str | None = None
    level: str | None = None
    names: str = ""  # the words of a phrase that has a name of its own, where the forum is unknown
    series: str | None = None
    order: tuple[Group, str] | None = None
    against: list[str] = field(default_factory=list)
    founder: Occasion | None = None  # the words by which it was known to be the document's own

    @property
    def date(self) -> str | None:
        """The date as far as it is known."""
        return self.dated.value if self.dated else None


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of a document before its meetings are told apart."""

    document: Document
    cast: Cast
    calendar: Calendar
    reader: Reader
    found: tuple[Occasion, ...]
    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    def beside(self, occasion: Occasion) -> tuple[Occasion, ...]:
        """The occasions of the same sentence, in order of place."""
        start, end = occasion.line.start, occasion.line.end
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    @property
    def tells(self) -> bool:
        """Whether the document is of a kind that is about a meeting, so that "the ministers" are those of its cast."""
        return self.document.card.genre.value in TELLS

    @property
    def official(self) -> bool:
        """Whether the document is a text of those who met, so that its title counts."""
        return self.document.card.relation.value in OFFICIAL


def scene(document: Document, mentions: Iterable[Mention], times: Iterable[When], packs: Packs) -> Scene:
    """The occasions of a document, those of unofficial headlines and of mere calls for talk left out, and what is needed to read them."""
    named = tuple(mentions)
    parties = sorted((m for m in named if m.state and m.kind in {"state", "person", "organisation"}), key=lambda m: m.surface.start)
    labels = tuple((n, b.label.start, b.label.end) for n, b in enumerate(document.blocks) if b.label)
    reader = Reader(words(packs.meetings), packs, tuple(parties), tuple(m.surface.start for m in parties), labels=labels)
    official = document.card.relation.value in OFFICIAL
    told = tuple(line for line in lines(document) if line.kind not in TITLES or (official and line.kind == "title"))
    reader = replace(reader, aliases=tuple(_aliases(told, reader)))
    found = [o for line in told for o in occasions(line, reader)]
    kept = tuple(o for o in found if not _rhetorical(o, reader))
    return Scene(document, cast(document, named, packs), calendar(times, document), reader, kept, told, tuple(o.start for o in kept))


def _aliases(told: tuple[Line, ...], reader: Reader) -> Iterator[tuple[str, Forum]]:
    """The letters by which a document calls a forum after its full name: "the Tidal Security Dialogue (TSD)"."""
    seen: set[str] = set()
    for line in told:
        for m in LETTERS.finditer(line.text):
            hit = next((h for h in forums_in(line.text, reader.packs) if h[1] in {m.start(), m.end()} and not general(h[2])), None)
            if hit and m[1] not in seen:
                seen.add(m[1])
                yield m[1], hit[2]


def _rhetorical(occasion: Occasion, reader: Reader) -> bool:
    text = occasion.line.text
    return any(
        w.value == "sentence" and w.pattern and (m := w.pattern.search(text)) and m.start() <= occasion.head[0] <= m.end()
        for w in reader.words.roles.get("unreal", ())
    )


# The document's own meeting


def own(here: Scene) -> Group | None:
    """The group of the meeting that the document tells first and is about; None where it tells none in its opening."""
    bodies = [n for n, b in enumerate(here.document.blocks) if b.kind in {"paragraph", "turn", "list item", "note"}]
    limit = bodies[min(OPENING, len(bodies)) - 1] if bodies else 0
    states = set(here.cast.states)
    for o in here.found:
        if o.line.block > limit and o.line.kind != "title":
            break
        lower = o.level == "officials" and (len(o.states) < 2 or o.line.block > bodies[0])
        if o.kind == PRESS or o.status not in {None, "held"} or o.series or lower or o.bare:
            continue
        if _is_about(o, states, here):
            group, said = _founded(o, here), dated(o, here.beside(o), here.calendar)
            if not (said and apart(said.value, group.date or _until(here))):
                return group
    return None


def _is_about(o: Occasion, states: set[str], here: Scene) -> bool:
    """Whether an occasion can be what a document is about."""
    if o.forum and not general(o.forum):
        proved = o.status == "held" or o.edition is not None or o.title or here.official or o.clause
        return proved and bool(o.forum.members) and (o.forum == here.cast.forum or not states or states <= set(o.forum.members))
    opening = next((n for n, b in enumerate(here.document.blocks) if b.kind in {"paragraph", "turn", "list item"}), 0)
    if len(o.states) > 1 and o.line.block == opening and set(o.states) & states and (o.clause or o.status == "held" or not o.weak):
        return True
    if here.official and o.clause and o.line.block == opening and len(states) > 1 and set(o.states) & states:
        return True  # those who met are those whose text it is, whether or not each is named with his state
    if o.clause or o.status == "held" or o.forum:
        stands = o.level is not None and set(o.states) <= states and here.tells
        return len(states) > 1 and (set(o.states) >= states or stands)
    return False


def _founded(o: Occasion, here: Scene) -> Group:
    forum = o.forum if o.forum and not general(o.forum) else None
    known = here.cast.forum
    if forum is None and known and set(known.members) == set(here.cast.states) and set(o.states) <= set(known.members) and not o.named:
        forum = known
    states = _members(forum, here) or (o.states if len(o.states) > 1 else here.cast.states)
    forum = forum or _specific(o.forum, states, here.reader.packs) or o.forum
    people = tuple(p.name for p in here.cast.principals if p.state in states)
    group = Group(o.kind, forum, tuple(sorted(states)), "held", "telling.own", persons=people, level=o.level)
    group.dated, group.founder = _of_card(here.document), o
    return group


def _of_card(document: Document) -> Dated | None:
    """The day that the card gives the event, with the words that prove it."""
    known = day(document.card)
    proof = (e for f in document.card.event_dates if f.value == known for e in f.evidence if isinstance(e, Span))
    return Dated(known, next(proof, None)) if known else None


def _members(forum: Forum | None, here: Scene) -> tuple[str, ...]:
    found = members(forum, here.cast.day) if forum and forum.members else ()
    return found if len(found) <= MANY else ()


def _specific(forum: Forum | None, states: Iterable[str], packs: Packs) -> Forum | None:
    """The one entry whose members are the states and which seats the same offices as a general one."""
    if forum is None:
        return None
    fit = [f for f in packs.forums if f.members and set(f.members) == set(states) and set(f.principals) == set(forum.principals)]
    return fit[0] if len(fit) == 1 else None


# Filing


def filed(here: Scene) -> tuple[Group | None, list[Group]]:
    """The document's own meeting, if any, and all groups in the order in which they are first told, its press conference last."""
    main = own(here)
    groups = [main] if main else []
    for o in here.found:
        if o.kind != PRESS:
            _file(o, main, groups, here)
    press = _press(main, here)
    return main, [g for g in (*groups, press) if g is not None and (g.occasions or g.evidence)]


def _file(o: Occasion, main: Group | None, groups: list[Group], here: Scene) -> None:
    said = dated(o, here.beside(o), here.calendar)
    made = _reading(o, said, main, here)
    if main and (o is main.founder or _belongs(o, made, main)):
        _joined(o, made, main)
        return
    ahead = made.status == "planned" and made.date is not None
    if o.bare and not o.series and not (ahead and main):
        back = _back(o, groups, here)
        if back is not None:
            _joined(o, made, back)
        return
    for group in groups:
        if group is not main and _alike(made, group):
            _joined(o, made, group)
            return
    if _told(o, made):
        groups.append(made)
        _joined(o, made, made)


def _reading(o: Occasion, said: Dated | None, main: Group | None, here: Scene) -> Group:
    """What an occasion by itself says of its meeting, with what the document's own meeting lends to it."""
    states = _states(o, main, here)
    forum = _forum(o, states, main, here)
    past = o.series == "next" and o.status == "held" and o.line.text[o.end - o.line.start :].startswith((" was", " took"))
    series = None if past else o.series
    status = "planned" if series == "next" and o.status != "called off" else o.status
    behind = said and said.when and said.when.start >= o.reach and not PLANNED.search(o.line.text, o.end - o.line.start)
    if status == "called off" and behind:
        said = None  # the day on which it was called off
    date = said.value if said else None
    if status in {None, "held"} and not o.sure and apart(date, _until(here)):
        status = "planned"
    later = main and main.edition and o.edition and forum is not None and forum == main.forum and o.edition > main.edition
    if status is None and later:
        status = "planned"
    if status is None:
        status = "held" if date and _today(here) else "mentioned"
    where = place(o, here.reader.words)
    return Group(
        o.kind, forum, tuple(sorted(states)), status, "telling.clause" if o.clause else "telling.phrase", persons=o.persons,
        edition=o.edition, dated=said, place=where, seat=_seat(where, here), form=form(o, here.reader.words), level=o.level, series=series,
        names=" ".join(o.words.split()).casefold().removeprefix("the ") if o.named and forum is None else "",
    )  # fmt: skip


def _seat(where: str | None, here: Scene) -> str | None:
    return next((m.state for m in here.reader.names if m.surface.exact == where), None) if where else None


def _until(here: Scene) -> str | None:
    """The time up to which the document can tell of what was held; None where it is undated."""
    today = _today(here)
    return f"../{today}" if today else None


def _today(here: Scene) -> str | None:
    known = [(value or "").rpartition("/")[2] for value in (day(here.document.card), here.document.card.published.value)]
    return max(known) or None


def _states(o: Occasion, main: Group | None, here: Scene) -> set[str]:
    named = set(o.states)
    if o.forum and not general(o.forum):
        return set(_members(o.forum, here)) or named
    circle = main.states if main else here.cast.states
    if "trilateral" in o.words.casefold() and len(circle) == 2 and len(named - set(circle)) == 1:
        return named | set(circle)
    if main and named <= set(main.states):
        if len(named) > 1:
            return named
        if _inherits(o, named):
            return set(main.states)
    if o.level and not main and here.tells and len(here.cast.states) > 1 and named <= set(here.cast.states):
        return set(here.cast.states)
    return named


def _inherits(o: Occasion, named: set[str]) -> bool:
    """Whether those who meet are those of the document's own meeting, because the words stand for them or count on from it."""
    if o.level is not None or o.series is not None or (len(named) == 1 and o.forum is not None):
        return True
    counted = o.edition is not None and not o.fresh
    return not o.clause and bool(o.bare or counted or THEIRS.match(o.words) or TIMED.match(o.words))


def _forum(o: Occasion, states: set[str], main: Group | None, here: Scene) -> Forum | None:
    """The forum of an occasion: that which it names, else the document's own where it is one more meeting of the same circle."""
    if o.forum and not general(o.forum):
        return o.forum
    other = o.status == "mentioned" or o.level == "officials" or (o.named and o.forum is None)
    if main and main.forum and set(main.states) == states and not other:
        if o.forum:
            same = o.forum == main.forum or (not general(main.forum) and set(o.forum.principals) & set(main.forum.principals))
        else:
            again = o.series or o.level in {"principals", "states"} or (o.edition and not o.fresh)
            same = bool(again) and o.kind in GENERAL_KINDS and _seated(o, main.forum)
        if same:
            return main.forum
    return _specific(o.forum, states, here.reader.packs) or o.forum


def _seated(o: Occasion, forum: Forum) -> bool:
    """Whether the offices that a subject names are those of the forum ("Finance ministers" are not those of a defence forum)."""
    named = {kind for kind, stem in OFFICES.items() if stem in o.words.casefold()}
    return not named or not forum.principals or bool(named & set(forum.principals))


def _belongs(o: Occasion, made: Group, main: Group) -> bool:
    """Whether an occasion means the document's own meeting."""
    lower = o.level == "officials" and main.level != "officials"
    if made.status not in {"held", "mentioned"} or made.series or lower:
        return False
    if not _compatible(made, main):
        return False
    if o.bare:
        return _fits(o, main)
    unnamed = made.forum is not None and general(made.forum) and main.forum is None and o.sure and len(o.states) > 1
    if made.forum is not None and not unnamed:
        return made.forum == main.forum and (not made.states or set(made.states) <= set(main.states))
    if unnamed:
        return set(made.states) == set(main.states)
    if o.clause:
        strangers = bool(o.persons and main.persons) and not set(o.persons) & set(main.persons)
        return set(made.states) == set(main.states) and (o.level is not None or not strangers)
    return not o.fresh and not o.named and set(made.states) == set(main.states) and _fits(o, main)


def _compatible(made: Group, group: Group) -> bool:
    """Whether number and date allow two readings to mean one meeting: one of both may contradict where the other and the forum agree."""
    numbered = made.edition is not None and group.edition is not None
    if numbered and made.edition != group.edition:
        return made.forum is not None and made.forum == group.forum and made.date == group.date and _is_day(made.date)
    return not apart(made.date, group.date) or (numbered and made.forum is not None and made.forum == group.forum)


def _is_day(date: str | None) -> bool:
    return date is not None and len(date) == len("2031-04-12")


def _contradictions(made: Group, group: Group) -> Iterator[str]:
    """What a further reading says against what a meeting is known by."""
    if apart(made.date, group.date):
        yield f"date: {group.date} against {made.date}"
    if made.edition and group.edition and made.edition != group.edition:
        yield f"edition: {group.edition} against {made.edition}"
    if made.seat and group.seat and made.seat != group.seat:
        yield f"place: {group.place} against {made.place}"


def _fits(o: Occasion, main: Group) -> bool:
    """Whether a definite noun can go back to the document's own meeting."""
    heads = bool(main.forum and HEADS & set(main.forum.principals)) or main.kind == "summit"
    if o.kind == "summit":
        return heads
    if o.weak:
        return (o.kind == main.kind or o.sure) and o.status is not None
    return o.kind in GENERAL_KINDS or o.kind == main.kind or (o.kind == "ministerial meeting" and not heads)


def _back(o: Occasion, groups: list[Group], here: Scene) -> Group | None:
    """The other meeting, told just before, to which a definite phrase goes back."""
    for group in reversed(groups):
        last = group.occasions[-1] if group.occasions else None
        if last and last.line.block == o.line.block and last.kind == o.kind and here.document.text.count(".", last.end, o.start) <= NEAR:
            return group
    return None


def _alike(made: Group, group: Group) -> bool:
    """Whether two readings of one document mean one meeting."""
    if (made.status in {"held", "mentioned"}) != (group.status in {"held", "mentioned"}):
        return False
    if made.forum != group.forum or (made.series != group.series and "previous" in (made.series, group.series)):
        return False
    series = made.forum is not None and not general(made.forum)
    if made.states != group.states and not (series and (not made.states or not group.states)):
        return False
    if not _compatible(made, group) or (made.level == "officials") != (group.level == "officials"):
        return False
    if made.forum is None and made.names != group.names:
        return False
    if made.date and group.date:
        return True
    return made.forum is not None or not (made.date or group.date) or made.kind == group.kind


def _told(o: Occasion, made: Group) -> bool:
    """Whether an occasion by itself tells of a consultation."""
    if made.status == "mentioned" and o.status == "mentioned":
        return bool(made.states) and (made.forum is not None or " on " in o.words or " over " in o.words)
    parties = (made.forum is not None and not general(made.forum)) or len(made.states) > 1
    if not parties or made.status == "called for":
        return False
    if made.series == "next":
        return True
    if o.clause:
        return True
    proof = made.dated is not None or made.edition is not None or made.place is not None
    if made.series == "previous" or o.weak:
        return proof
    return proof or o.status is not None  # a name with a preposition may be a body; one with "meeting" or "summit" is an occasion


def _joined(o: Occasion, made: Group, group: Group) -> None:
    """Nothing; the group has the occasion and what it says that the group did not know."""
    if made is not group:
        group.against += [c for c in _contradictions(made, group) if c not in group.against]
    group.occasions.append(o)
    group.evidence += _extents(o, made)
    group.edition = group.edition or made.edition
    if made.dated and (group.dated is None or (group.dated.value is None and made.dated.value)):
        group.dated = made.dated
    group.place, group.seat, group.form = group.place or made.place, group.seat or made.seat, group.form or made.form
    group.persons = tuple(dict.fromkeys((*group.persons, *made.persons)))
    if group.status == "mentioned":
        group.status = made.status


def _extents(o: Occasion, made: Group) -> list[tuple[int, int]]:
    """Where an occasion stands: the clause, or the phrase and, where words behind it tell of it, both together."""
    line, end = o.line, o.end
    if made.dated and made.dated.when and line.start <= made.dated.when.start <= line.end:
        end = max(end, made.dated.when.end)
    at = line.text.find(made.place, o.end - line.start) if made.place else -1
    if at >= 0:
        end = max(end, line.start + at + len(made.place or ""))
    if o.clause:
        return [(o.start, end)]
    reach = end > o.end and made.status == "planned"
    return [(o.start, o.end), (o.start, end)] if reach else [(o.start, o.end)]


def _press(main: Group | None, here: Scene) -> Group | None:
    """The press conference after the document's own meeting; None where none is told."""
    found = [o for o in here.found if o.kind == PRESS and o.status not in {"planned", "called off", "called for"}]
    several = len({p.state for p in here.cast.principals}) > 1
    joint = any("joint" in o.words.casefold() or (o.line.kind == "title" and several) or _after(o) for o in found)
    if main is None or not found or not joint:
        return None
    group = Group(PRESS, None, main.states, "held", "telling.press-conference", persons=main.persons, dated=main.dated)
    group.order = (main, "after")
    for o in found:
        if not o.fresh or "joint" in o.words.casefold() or o.line.kind == "title":
            made = Group(PRESS, None, main.states, "held", "", place=place(o, here.reader.words), edition=None)
            _joined(o, made, group)
    return group if group.occasions else None


def _after(o: Occasion) -> bool:
    return o.line.text[o.end - o.line.start :].startswith((" after", " following", " at the end", " at the close"))
