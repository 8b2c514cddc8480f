"""Meetings that one document tells: every consultation once, with all places that speak of it.

Occasions (noun phrases and clauses) are found without a parse, so that the rows can be read again as soon as a date becomes known. The
document's own meeting is the first one told of those whom the document is about; definite phrases go back to it. Every other occasion
is a row only where a consultation is told: a named forum, or parties, with a date, a place, an edition or a verb of holding.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from reaffirm.extract.meetings.calendaring import Dated, dateline, told_by
from reaffirm.extract.meetings.convening import HEADS, OFFICIAL, PRESS, filed, scene
from reaffirm.extract.meetings.occasions import general
from reaffirm.extract.meetings.series import implied
from reaffirm.model import PackEntry, Problem, problem_id, row_id
from reaffirm.readings import Telling

if TYPE_CHECKING:
    from reaffirm.extract.meetings.convening import Group, Scene
    from reaffirm.model import Document, Mention, Span, When
    from reaffirm.packs import Packs
    from reaffirm.readings import MeetingFormat, MeetingStatus

LONGEST = 80  # code points of a label
MINISTERS = frozenset({"foreign", "defence", "finance", "trade"})
UNDATED = frozenset({"telling.clause", "telling.phrase", "telling.own"})
DETERMINER = re.compile(r"^(?:the|a|an|this|that|their|our|its|another|his|her) ", re.IGNORECASE)


def tellings(
    document: Document, mentions: tuple[Mention, ...], times: tuple[When, ...], packs: Packs
) -> tuple[Telling, ...]:
    """The meetings that a document tells, in order of the places that tell them first; each with all its evidence there.

    `times` are the document's expressions as far as they are settled; a date whose expression is not stays None. Nothing is asked of a
    parse. Only consultations are rows; calls for more talk at large and repeated events are none.
    """
    here = scene(document, mentions, times, packs)
    main, groups = filed(here)
    if main:
        _settle(main, here)
    groups += implied(main, groups, here)
    return _rows(groups, main, here)


def contradictions(found: tuple[Telling, ...], document: Document) -> tuple[Problem, ...]:
    """The problems of meetings to which the document gives two dates, numbers or places; each says which the ledger shows."""
    return tuple(_contradiction(t, t.rule.split("; ")[1:]) for t in found if t.document == document.id and "; " in t.rule)


def _contradiction(told: Telling, notes: list[str]) -> Problem:
    message = f"the text contradicts itself about one meeting ({told.label}): {', '.join(notes)}"
    resolution = "the ledger shows the first value of each, which is better proved; look at the passages and correct it if it is the other"
    ident = problem_id(told.document, "contradiction", message, told.evidence)
    return Problem(ident, told.document, "contradiction", "high", message, resolution, told.evidence)


def _settle(main: Group, here: Scene) -> None:
    """Nothing; the document's own meeting has the place and, failing a date, the bound that the document gives."""
    card = here.document.card
    if card.relation.value in OFFICIAL and main.form != "online":
        main.place = main.place or dateline(here.document)
    if main.dated is None and (last := told_by(card)):
        main.dated = Dated(f"../{last}", None)
    if main.place and main.form is None and any(o.clause for o in main.occasions):
        main.form = "in person"


def _rows(groups: list[Group], main: Group | None, here: Scene) -> tuple[Telling, ...]:
    """The rows of the groups, in order of place; a group whose first words are those of another row begins with its next ones."""
    ids: dict[int, str] = {}
    rows: list[tuple[Group, Telling]] = []
    taken: set[tuple[int, int]] = set()
    for group in groups:
        places = sorted(set(group.evidence))
        while places and places[0] in taken:
            places.pop(0)
        if places:
            taken.add(places[0])
            row = _row(group, tuple(here.document.span(*p) for p in places), here)
            ids[id(group)] = row.id
            rows.append((group, row))
    plans = [g for g in groups if main and _again(g, main)]
    found = (_ordered(group, row, ids, main, alone=len(plans) == 1) for group, row in rows)
    return tuple(sorted(found, key=lambda r: (r.evidence[0].start, r.evidence[0].end)))


def _ordered(group: Group, row: Telling, ids: dict[int, str], main: Group | None, *, alone: bool) -> Telling:
    """The row with the row on which it hangs; what alone is planned for the circle of the document's own meeting is the next one."""
    order = group.order
    if order is None and main and group is not main and group.forum == main.forum and group.states == main.states:
        relation = "next" if alone and _again(group, main) else group.series
        order = (main, relation) if relation else None
    if order is None or id(order[0]) not in ids:
        return row
    return replace(row, order=(ids[id(order[0])], order[1]))


def _again(group: Group, main: Group) -> bool:
    """Whether a meeting is planned for the circle of the document's own, with the number that follows if it has one."""
    same = group is not main and group.forum is not None and group.forum == main.forum and group.states == main.states
    leaps = group.edition is not None and main.edition is not None and group.edition != main.edition + 1
    return same and group.status == "planned" and group.level != "officials" and not leaps


def _row(group: Group, evidence: tuple[Span, ...], here: Scene) -> Telling:
    forum = group.forum
    kind = _kind(group)
    date = group.date
    if date is None and group.status == "held" and group.rule in UNDATED and (last := told_by(here.document.card)):
        date = f"../{last}"
    return Telling(
        id=row_id("meeting", here.document.id, evidence[:1]), document=here.document.id, evidence=evidence, kind=kind,
        forum=forum.id if forum else None, label=_label(group, kind), status=cast("MeetingStatus", group.status), edition=group.edition,
        date=date, when=group.dated.when if group.dated else None, place=group.place, format=cast("MeetingFormat | None", group.form),
        participants=_participants(group, here), persons=tuple(sorted(set(group.persons))), states=group.states,
        certainty="ambiguous" if group.against else "certain", rule="; ".join((group.rule, *group.against)),
        entry=PackEntry("forums", forum.id) if forum else None,
    )  # fmt: skip


def _participants(group: Group, here: Scene) -> tuple[str, ...]:
    """The persons who take part where the document names one at least for every state; else the states."""
    of = {m.name: m.state for m in here.reader.names if m.kind == "person"} | {p.name: p.state for p in here.cast.principals}
    complete = bool(group.persons) and {of.get(name) for name in group.persons} >= set(group.states)
    return tuple(sorted(group.persons if complete else group.states))


def _kind(group: Group) -> str:
    """The kind of a meeting: by those who sit at its table, else by its noun."""
    if group.kind not in {"", "meeting", "talks", "conference"} or group.level == "officials":
        return group.kind or "talks"
    principals = set(group.forum.principals) if group.forum else set()
    if principals & MINISTERS:
        return group.kind if HEADS & principals and group.kind else "ministerial meeting"
    return "summit" if HEADS & principals else group.kind or "meeting"


def _label(group: Group, kind: str) -> str:
    """What the meeting is called: its forum, else the words that name it best, else its parties and kind."""
    if group.kind == PRESS and group.order:
        return f"press conference after {_label(group.order[0], _kind(group.order[0]))}"
    if group.forum and not general(group.forum):
        return group.forum.name
    named = [
        DETERMINER.sub("", o.words)
        for o in group.occasions
        if not o.clause and (o.named or len(o.states) > 1 or (group.status == "mentioned" and not o.bare))
    ]
    best = max((" ".join(n.split()) for n in named if len(n) <= LONGEST), key=len, default="")
    return best or f"{'-'.join(group.states)} {kind}"
