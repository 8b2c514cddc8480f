"""Steps of a thread in order of date, each with its status against the step before (docs/guidelines.md, section 8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.days import bounds
from reaffirm.linking.outcomes import kept, told
from reaffirm.linking.wordings import changes, wording
from reaffirm.sequels import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.linking.strands import Strand
    from reaffirm.linking.wordings import Wording
    from reaffirm.model import Span
    from reaffirm.sequels import Item, Place, StepStatus, StepVoice

RELATIONS = ("output", "transcript", "account", "comment")
BANDS = {"weak": 1, "medium": 2, "strong": 3}
UNPLACED = "9999-99-99"
NAME = 32  # characters of a name by which texts of one day are ordered
SUFFIX = re.compile(r"~[0-9a-f]{8}$")  # of a name that several documents have
LOOKED_BACK = re.compile(r"had\b", re.IGNORECASE)  # an earlier commitment told beside the one of this step
WIDENS = re.compile(r"\b(?:and|or|including|as well as|also|both|all|any|every|other|additional)\b", re.IGNORECASE)
KEEPS = 0.85  # share of the narrower wording's words that the wider one keeps


def steps(rows: Iterable[Strand]) -> tuple[Step, ...]:
    """The steps of the strands of one item, one a document, in order of date; those that cannot be placed last."""
    homes: dict[str, list[Strand]] = {}
    for row in sorted(rows, key=lambda row: (placed(row.place), row.place.document, row.start, row.id)):
        homes.setdefault(row.place.document, []).append(row)
    found: list[tuple[Step, list[Strand]]] = []
    for members in homes.values():
        found.append((_step(members, found), members))
    return tuple(step for step, _ in found)


def placed(place: Place) -> tuple[str, int, str, str]:
    """The day from which a document can be, then outputs before what tells of them, then its last day, then how its name begins."""
    relation = RELATIONS.index(place.relation) if place.relation in RELATIONS else len(RELATIONS)
    return place.first or place.last or UNPLACED, relation, place.last or UNPLACED, SUFFIX.sub("", place.doc)[:NAME]


def _step(members: Sequence[Strand], before: Sequence[tuple[Step, list[Strand]]]) -> Step:
    place = members[0].place
    items = tuple(item for row in members for item in row.items)
    voice = _voice(items)
    base = _base(place, before, voice)
    if place.first is None and place.last is None:
        return Step(place, None, items, voice, "the document has no date and no bounds, so it cannot be placed among the others")
    if base is None:
        return Step(place, "introduced", items, voice, "the first step in these texts")
    status, rule = _status(members, voice, base, [row for _, rows in before for row in rows])
    was, now = changes(_words(base[1]), _words(members))
    return Step(place, status, items, voice, f"{rule} (compared with {base[0].place.doc})", was, now, base[0].place.document)


def _words(rows: Sequence[Strand]) -> list[Span]:
    return list(max(rows, key=lambda row: (_band([row]) or 0, -row.start)).head.wording)


def _voice(items: Sequence[Item]) -> StepVoice:
    voices = {item.voice for item in items}
    order: tuple[StepVoice, ...] = ("parties", "third party", "account", "writer")
    return next(voice for voice in order if voice in voices)


def _base(place: Place, before: Sequence[tuple[Step, list[Strand]]], voice: StepVoice) -> tuple[Step, list[Strand]] | None:
    """The step to compare with: the one before; where several tell one meeting, the most official that speaks with the same voice."""
    if not before:
        return None
    last = before[-1]
    meeting = place.meeting if any(_same(place, step.place) for step, _ in before) else last[0].place.meeting
    group = [found for found in before if meeting and found[0].place.meeting == meeting] or [last]
    return min(group, key=lambda found: (found[0].voice != voice, placed(found[0].place)[1], -(_band(found[1]) or 0), found[0].place.doc))


def _same(a: Place, b: Place) -> bool:
    return a.meeting is not None and a.meeting == b.meeting


def _status(
    members: Sequence[Strand], voice: StepVoice, base: tuple[Step, list[Strand]], earlier: Sequence[Strand]
) -> tuple[StepStatus | None, str]:
    place, (before, rows) = members[0].place, base
    held = next((row.convened for row in members if row.convened and row.convened.status == "held"), None)
    if held:
        return kept(held.date, next((row.due for row in reversed(earlier) if row.due), None))
    if _same(place, before.place):
        return _retold(members, rows)
    found = _outcome(members, earlier)
    if not found and place.relation == "comment" and voice != "writer":
        return "restated", "a comment tells what others said"
    return found or _moved(members, voice, before, rows)


def _outcome(members: Sequence[Strand], earlier: Sequence[Strand]) -> tuple[StepStatus, str] | None:
    """What became of it, if the step tells that; of what was done in part and is due later now, that it is delayed."""
    found = told(members, earlier)
    return found if found and found[0] != "carried out" else _put_off(members, earlier) or found


def _put_off(members: Sequence[Strand], earlier: Sequence[Strand]) -> tuple[StepStatus, str] | None:
    if any(row.convened for row in (*members, *earlier)):
        return None  # a meeting's new window is no delay: the next one may be meant
    was = max((b[1] for row in earlier if (b := bounds(row.due))), default=None)
    now = max((b[1] for row in members if (b := bounds(row.due))), default=None)
    return ("delayed", f"it was due by {was} and is now due by {now}") if was and now and now > was else None


def _retold(members: Sequence[Strand], rows: Sequence[Strand]) -> tuple[StepStatus, str]:
    was, now = _band(rows), _band(members)
    if was and now and was != now:
        why = "two accounts of one meeting, whose strongest commitments are not equally strong"
        return ("strengthened" if now > was else "weakened"), why
    return "restated", "another account of the same meeting"


def _band(rows: Iterable[Strand]) -> int | None:
    """The band of the strongest commitment of the parties, as a number; None where none is made."""
    now = [row for row in rows if not any(LOOKED_BACK.match(item.lemma) for item in row.items if item.kind == "statement")]
    bands = [BANDS[item.band] for row in now for item in row.items if item.kind == "commitment" and item.band and item.voice != "writer"]
    return max(bands, default=None)


def _asked(rows: Iterable[Strand]) -> int | None:
    return max((item.strength for row in rows for item in row.items if item.kind == "demand" and item.strength), default=None)


def _moved(members: Sequence[Strand], voice: StepVoice, before: Step, rows: Sequence[Strand]) -> tuple[StepStatus, str]:
    """Stronger or weaker in level, force and scope; the same in all is reaffirmed, opposite moves are mixed."""
    moves: list[tuple[int, str]] = []
    if voice == before.voice:
        level = _sign(members[0].place.level, before.place.level)
        moves += [(level, f"{'higher' if level > 0 else 'lower'} level of the body")] if level else []
        force = _pushed(members, rows)
        moves += [(force, f"{'firmer' if force > 0 else 'weaker'} words of undertaking")] if force else []
    scope = _scope(members, rows)
    moves += [(scope, f"{'wider' if scope > 0 else 'narrower'} scope")] if scope else []
    signs = {sign for sign, _ in moves}
    why = ", ".join(name for _, name in moves)
    if len(signs) > 1:
        return "mixed", why
    if not moves:
        return "reaffirmed", "as strong as before, nothing added or left out"
    return ("strengthened" if signs == {1} else "weakened"), why


def _sign(now: int | None, was: int | None) -> int:
    return 0 if now is None or was is None else (now > was) - (now < was)


def _pushed(members: Sequence[Strand], rows: Sequence[Strand]) -> int:
    """1, -1 or 0: by the band of the strongest commitment, without any by the strongest demand; what only is said binds least."""
    now, was = _band(members), _band(rows)
    return _sign(_asked(members), _asked(rows)) if now is None and was is None else _sign(now or 0, was or 0)


def _scope(members: Sequence[Strand], rows: Sequence[Strand]) -> int:
    """1 where the new wording keeps the old one's words and joins others to them, -1 where it leaves such out, else 0."""
    spans = _words(members), _words(rows)
    new, old = (wording(span.exact for span in side) for side in spans)
    left_out, added = (any(WIDENS.search(words) for words in side) for side in changes(spans[1], spans[0]))
    if added and _holds(new, old):
        return 1
    return -1 if left_out and _holds(old, new) else 0


def _holds(wide: Wording, narrow: Wording) -> bool:
    """Whether a wording has nearly all words of a narrower one, and more."""
    shared = wide.stems & narrow.stems
    return bool(narrow.firm and wide.firm - narrow.firm) and len(shared) >= KEEPS * len(narrow.stems)
