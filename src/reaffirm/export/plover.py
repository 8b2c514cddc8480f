"""PLOVER-style events: JSON Lines, each an event type with actor, recipient, date and the words it was read from.

Which row gives which event says the pack `plover/plover.yaml`. That is an opinion: PLOVER codes deeds in news, a ledger holds words.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reaffirm.errors import UsageError
from reaffirm.export.book import TOOL, day, extent, guid, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reaffirm.entries import EventRule
    from reaffirm.export.book import Book, Row

ACTORS = {"statement": "parties", "commitment": "parties", "demand": "holder", "meeting": "states"}
INSTEAD = {"statement": "speakers", "commitment": "undertaker", "meeting": "participants"}  # where nobody stands there
WORDS = {"statement": "content", "commitment": "action", "demand": "action", "meeting": "evidence"}


def data(book: Book) -> bytes:
    """The bytes: one event a line, in the order of the rows, by noun; a `UsageError` when no packs are given."""
    if book.packs is None:
        message = "events are made by the pack plover/plover.yaml; open the ledger with its packs"
        raise UsageError(message)
    return b"".join(json.dumps(event, ensure_ascii=False).encode() + b"\n" for event in _events(book, book.packs.plover))


def _events(book: Book, rules: tuple[EventRule, ...]) -> Iterator[Row]:
    known = {row["name"]: row for row in book.rows["actors"]}
    times = {row["doc"]: day(row) for row in book.rows["documents"]}
    read = {row["statement"] for kind in ("commitments", "demands") for row in book.rows[kind]}
    for noun in ("meeting", "statement", "commitment", "demand"):
        for row in book.rows[f"{noun}s"]:
            rule = next((rule for rule in rules if rule.row == noun and _meets(row, rule.when)), None)
            if rule and not (noun == "statement" and row["id"] in read):
                yield _event(noun, row, rule, known, times)


def _meets(row: Row, conditions: tuple[str, ...]) -> bool:
    """Whether a row has one of the values of every key."""
    for condition in conditions:
        key, _, values = condition.partition("=")
        held = row[key]
        if (str(held).lower() if isinstance(held, bool) else str(held)) not in values.split("|"):
            return False
    return True


def _event(noun: str, row: Row, rule: EventRule, known: Mapping[str, Row], times: Mapping[str, tuple[str | None, str | None]]) -> Row:
    acting = row[ACTORS[noun]] or row.get(INSTEAD.get(noun, ""), [])
    met = acting if rule.mutual else row.get("target", [])
    places = [{"doc": doc, "start": s["start"], "end": s["end"], "text": s["text"]} for role, doc, s in spans(row) if role == WORDS[noun]]
    first, last = extent(row["date"]) if noun == "meeting" else times.get(row["doc"], (None, None))
    return {
        "id": guid("event", row["id"], rule.id), "event_type": rule.code, "event_mode": rule.mode or None, "mutual": rule.mutual,
        "actor": [_actor(name, known) for name in acting], "recipient": [_actor(name, known) for name in met],
        "date": first if first == last else None, "date_first": first, "date_last": last, "words": places, "noun": noun,
        "issues": row.get("issues", []), "rule": rule.id, "source": TOOL, "row": row,
    }  # fmt: skip


def _actor(name: str, known: Mapping[str, Row]) -> Row:
    row: Row = known.get(name, {})
    return {"name": name, "kind": row.get("kind"), "state": row.get("state")}
