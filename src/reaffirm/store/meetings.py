"""What the ledger knows of meetings: tellings by document and circle, and which of them tell one meeting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.readings import Telling
from reaffirm.store import loading
from reaffirm.store.plain import decode
from reaffirm.store.records import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.model import Judgement
    from reaffirm.store.protocol import Record, Store

LIST = """
SELECT t.data, t.circle, n.doc, m.meeting, m.rule FROM telling t JOIN document d ON d.id = t.document AND d.current = 1
JOIN doc n ON n.document = t.document LEFT JOIN meeting m ON m.telling = t.id
WHERE {} ORDER BY n.doc, t.start, t.id
"""
CONDITIONS = {"circle": "t.circle = :circle", "document": "t.document = :document", "meeting": "m.meeting = :meeting"}
FELLOWS = """
SELECT t.data, t.circle, n.doc, m.meeting, m.rule FROM telling t JOIN document d ON d.id = t.document AND d.current = 1
JOIN doc n ON n.document = t.document LEFT JOIN meeting m ON m.telling = t.id
WHERE t.circle IN (SELECT o.circle FROM json_each(?) k CROSS JOIN meeting g ON g.meeting = k.value JOIN telling o ON o.id = g.telling)
ORDER BY n.doc, t.start, t.id
"""
BRIEF = """
SELECT m.meeting, t.id, t.document, t.forum, t.status, t.date, json_extract(t.data, '$.kind') AS kind,
       json_extract(t.data, '$.label') AS label, json_extract(t.data, '$.participants') AS participants,
       json_extract(t.data, '$.states') AS states
FROM telling t JOIN document d ON d.id = t.document AND d.current = 1 JOIN meeting m ON m.telling = t.id
"""
MEETING_OF = "SELECT meeting FROM meeting WHERE telling = ?"
UNDATED = """
SELECT DISTINCT d.id FROM telling t JOIN document d ON d.id = t.document AND d.current = 1
WHERE t.circle = ? AND d.published IS NULL ORDER BY d.id
"""
TIES = """
SELECT a.circle AS a, b.circle AS b FROM standing j JOIN telling a ON a.id = j.row JOIN telling b ON b.id = j.value
WHERE j.field = 'same meeting' AND a.circle <> b.circle
"""
JUDGED = "SELECT row, field, value FROM standing WHERE field IN ('same meeting', 'other meeting') ORDER BY seq"
DECIDED = f"SELECT * FROM standing j WHERE j.row >= 'M-' AND j.row < 'M.' AND {loading.OWN.format('j')} ORDER BY j.seq"  # noqa: S608 - a constant


KIN = "JOIN meeting o ON o.telling = t.id JOIN meeting n ON n.meeting = o.meeting JOIN telling m ON m.id = n.telling"
SOUGHT = {"forum": "instr(lower(t.data), :forum) > 0", "actor": "instr(lower(t.data), :actor) > 0"}


def open_circles(store: Store) -> list[str]:
    """The circles whose tellings are to be sorted into meetings again, in order."""
    return [str(row["circle"]) for row in store.read("SELECT circle FROM open_circle ORDER BY circle")]


def forums(store: Store) -> list[str]:
    """The forums whose meetings current documents tell, in order."""
    sql = (
        "SELECT DISTINCT t.forum FROM telling t JOIN document d ON d.id = t.document AND d.current = 1"
        " WHERE t.forum IS NOT NULL AND json_extract(t.data, '$.kind') <> 'none' ORDER BY t.forum"
    )
    return [str(row["forum"]) for row in store.read(sql)]


def undated(store: Store, circle: str) -> list[str]:
    """The ids of the current documents of a circle whose day of publication is unknown, in order."""
    return [str(row["id"]) for row in store.read(UNDATED, (circle,))]


def tied(store: Store, circle: str) -> list[str]:
    """A circle and those that people tied to it, by saying of tellings of theirs that they tell one meeting; in order."""
    pairs = [{str(row["a"]), str(row["b"])} for row in store.read(TIES)]
    found = {circle}
    while more := [pair for pair in pairs if pair & found and not pair <= found]:
        found = found.union(*more)
    return sorted(found)


def told(store: Store, *, circle: str | None = None, document: str | None = None, meeting: str | None = None) -> list[Told]:
    """The tellings of current documents, of one circle, document or meeting if that is given, by document and place."""
    asked = {"circle": circle, "document": document, "meeting": meeting}
    where = " AND ".join(["1", *(CONDITIONS[name] for name, value in asked.items() if value is not None)])
    rows = store.read(LIST.format(where), asked)
    return [_told(row) for row in rows]


def kin(store: Store, found: Iterable[str]) -> list[Told]:
    """The tellings of the circles in which these meetings (ids) are told, by document and place."""
    return [_told(row) for row in store.read(FELLOWS, (json.dumps(sorted(set(found))),))]


def brief(store: Store) -> Iterator[tuple[str, Telling]]:
    """All tellings of current documents without their words, each with the id of its meeting: to sort and count, not to show."""
    for row in store.read(BRIEF):
        participants, states = (tuple(json.loads(row[name] or "[]")) for name in ("participants", "states"))
        yield row["meeting"], Telling(
            row["id"], row["document"], (), row["kind"], row["forum"], row["label"], row["status"], date=row["date"],
            participants=participants, states=states,
        )  # fmt: skip


def _told(row: Record) -> Told:
    telling = decode(Telling, row["data"])
    return Told(row["doc"], telling, row["circle"], row["meeting"] or telling.id, row["rule"] or "")


def circles(store: Store, *, forum: str | None = None, actor: str | None = None) -> list[str] | None:
    """The circles with a telling that may be of a forum (words of its label) and name an actor; None where all may, as none is given."""
    wanted = {"forum": forum and forum.casefold(), "actor": actor and actor.casefold()}
    if not any(wanted.values()):
        return None
    where = [SOUGHT[name] for name, value in wanted.items() if value and value.isascii()]
    sql = f"SELECT DISTINCT m.circle FROM telling t {KIN} WHERE {' AND '.join(['1', *where])} ORDER BY m.circle"  # noqa: S608 - constants
    return [row["circle"] for row in store.read(sql, wanted)]


def meeting_of(store: Store, telling: str) -> str:
    """The id of the meeting that a telling tells; any member's address leads there."""
    rows = store.read(MEETING_OF, (telling,))
    if not rows:
        message = f"{telling} is no meeting of this ledger any more; `reaffirm meetings` lists what there is"
        raise UsageError(message)
    return str(rows[0]["meeting"])


def judged(store: Store) -> list[tuple[str, str, bool]]:
    """What people said of tellings: two of them, and whether they tell one meeting."""
    return [(row["row"], row["value"], row["field"] == "same meeting") for row in store.read(JUDGED)]


def decided(store: Store) -> list[Judgement]:
    """The judgements that hold on meetings themselves, each under the telling by which its meeting was known, in their order."""
    return [loading.judgement_of(row) for row in store.read(DECIDED)]


def homes(store: Store, tellings: Iterable[str]) -> dict[str, str]:
    """By telling, of these, the meeting that it tells; what tells none any more is left out."""
    sql = "SELECT m.telling, m.meeting FROM json_each(?) k CROSS JOIN meeting m ON m.telling = k.value"
    return {str(row["telling"]): str(row["meeting"]) for row in store.read(sql, (json.dumps(sorted(tellings)),))}
