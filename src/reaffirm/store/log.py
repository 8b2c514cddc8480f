"""The log of what people decided: events appended and read. What holds is what `review.log` makes of them, and view `standing` the same."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.model import digest
from reaffirm.sequels import ADDED, ASIDE, PAIRS, SPAN
from reaffirm.store import blinding, lines, loading, people, writing
from reaffirm.store.loading import judgement_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from reaffirm.model import Judgement
    from reaffirm.store.protocol import Store

COLUMNS = "id, row, verdict, field, value, quote, judged, who, at, undone"
# What is said of a meeting may stand under any telling of it; a judgement that two rows are one or two stands for both.
FELLOWS = "(SELECT :row UNION SELECT f.telling FROM meeting m JOIN meeting f ON f.meeting = m.meeting WHERE m.telling = :row)"
OF_ROW = f"row IN {FELLOWS} OR (value IN {FELLOWS} AND field IN {PAIRS})"
LAST = f"SELECT {COLUMNS} FROM standing WHERE ({OF_ROW}) AND (:anyone OR who = :who) ORDER BY seq DESC LIMIT 1"  # noqa: S608
LAST_BY = f"SELECT {COLUMNS} FROM standing WHERE who = :who ORDER BY seq DESC LIMIT 1"  # noqa: S608 - constants, as are the next
# The judgement that would stand no less if the same were said again: the last on the row itself, on the same field of it, on the same pair.
SLOT = f"""
SELECT verdict, field, value, who FROM standing WHERE row = :row
AND (CASE WHEN coalesce(field, '') NOT IN {ASIDE} THEN ''
     ELSE iif(field IN {PAIRS}, coalesce(value, ''), '') || ' ' || field END) = :slot ORDER BY seq DESC LIMIT 1
"""  # noqa: S608
TIMES = "SELECT count(*) FROM judgement WHERE row = ? AND verdict = ? AND field IS ? AND value IS ? AND who = ? AND undone = 0"
EVENTS = f"SELECT {COLUMNS} FROM judgement WHERE {OF_ROW} ORDER BY seq"  # noqa: S608
EVENTS_BY = f"SELECT * FROM (SELECT seq, {COLUMNS} FROM judgement WHERE who = ? ORDER BY seq DESC LIMIT ?) ORDER BY seq"  # noqa: S608
REMEMBERED = 1000  # events of a person, of which the last undone is looked for
REJECTED = f"SELECT 1 FROM {loading.OWN_VERDICT} WHERE row = ? AND verdict = 'rejected'"  # noqa: S608


def append(connection: sqlite3.Connection, judgement: Judgement) -> Judgement:
    """The judgement as it stands now: appended, unless the same was the last word on its row (or field, or pair) already.

    Who says again what was overruled since says something new, with an id of its own, so that each can be undone for itself.
    """
    words = (judgement.verdict, judgement.field, judgement.value, judgement.who)
    said = connection.execute(SLOT, {"row": judgement.row, "slot": _slot(judgement)}).fetchone()
    if said and tuple(said) == words:
        return judgement
    if connection.execute("SELECT 1 FROM standing WHERE id = ?", (judgement.id,)).fetchone():
        (times,) = connection.execute(TIMES, (judgement.row, *words)).fetchone()
        judgement = replace(judgement, id=f"J-{digest(judgement.id, times)[:16]}")
    _add(connection, replace(judgement, undone=False), judgement)
    return judgement


def _slot(judgement: Judgement) -> str:
    field = judgement.field or ""
    if field not in ASIDE:
        return ""
    return f"{(judgement.value or '') if field in PAIRS else ''} {field}"


def retract(connection: sqlite3.Connection, who: str, at: str, row: str | None, *, anyone: bool) -> Judgement:
    """The last judgement of this person that holds (for a row, if one is named; there with `anyone` the last of anybody), now undone."""
    record = connection.execute(LAST if row else LAST_BY, {"row": row, "who": who, "anyone": anyone}).fetchone()
    if record is None:
        blind = connection.execute(blinding.SETTING).fetchone()
        told = row and not (blind and blind["value"] == blinding.BLIND)
        other = connection.execute(LAST, {"row": row, "who": who, "anyone": True}).fetchone() if told else None
        raise UsageError(_nothing(who, row, other["who"] if other else None))
    undone = replace(judgement_of(record), undone=True)
    _add(connection, replace(undone, who=who, at=at), undone)
    return undone


def _nothing(who: str, row: str | None, other: str | None) -> str:
    """Why there is nothing to undo; `other` decided last on the row, where somebody else did."""
    if other:
        return f"no judgement of {who} holds for {row}; the last one is of {other}, and only with --anyone (anyone=True) is it undone"
    return f"no judgement {f'holds for {row}' if row else f'of {who} holds'}: there is nothing to undo"


def _add(connection: sqlite3.Connection, event: Judgement, judgement: Judgement) -> None:
    """Nothing; appends an event; what hangs on it is made again: people's rows, and the strands of a row that comes or goes."""
    before = connection.execute(REJECTED, (judgement.row,)).fetchone()
    writing.add_judgement(connection, event)
    if judgement.field == ADDED:
        people.replace_of(connection, judgement.row)
    elif judgement.row.startswith("M-") and (judgement.field or "") not in ASIDE:
        lines.reopen_meeting(connection, judgement.row)
    elif judgement.field == SPAN or before != connection.execute(REJECTED, (judgement.row,)).fetchone():
        lines.reopen_row(connection, judgement.row)


def events(store: Store, row: str) -> list[Judgement]:
    """All events on a row in their order: decisions, and (marked undone, by who undid) what was taken back."""
    return [judgement_of(record) for record in store.read(EVENTS, {"row": row})]


def events_by(store: Store, who: str) -> list[Judgement]:
    """The last events that are a person's: what they decided, and what they undid."""
    return [judgement_of(record) for record in store.read(EVENTS_BY, (who, REMEMBERED))]


def standing_on(store: Store, rows: Iterable[str]) -> list[Judgement]:
    """The judgements that hold for these rows, in the order in which they were made."""
    sql = "SELECT j.* FROM json_each(?) k CROSS JOIN standing j ON j.row = k.value ORDER BY j.seq"
    return [judgement_of(record) for record in store.read(sql, (json.dumps(list(rows)),))]
