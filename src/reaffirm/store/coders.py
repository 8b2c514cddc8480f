"""Questions about what each coder decided, one by one: never only the last word of anyone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reaffirm.store import loading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Judgement
    from reaffirm.store.protocol import Store

OWN = f"j.row >= :letter AND j.row < :beyond AND ({loading.OWN.format('j')} OR j.verdict = 'added')"
JUDGED = f"SELECT * FROM standing j WHERE {OWN} ORDER BY j.seq"  # noqa: S608 - made of constants
HOMES = """
SELECT DISTINCT d.id, d.name, d.text FROM json_each(?) k JOIN observation o ON o.row = k.value
JOIN document d ON d.id = o.document AND d.run = o.run AND d.current = 1 ORDER BY d.name, d.id
"""
CODERS = """
SELECT DISTINCT who FROM standing WHERE substr(row, 1, 2) IN ('S-', 'C-', 'N-') AND json_extract(judged, '$.coders') IS NULL
ORDER BY who
"""


def judgements(store: Store, letter: str) -> list[Judgement]:
    """The judgements that hold on rows whose ids begin with a letter (S, C or N), in the order in which they were made."""
    return [loading.judgement_of(row) for row in store.read(JUDGED, {"letter": f"{letter}-", "beyond": f"{letter}."})]


def homes(store: Store, rows: Iterable[str]) -> dict[str, int]:
    """By id, the length of each listed document that has one of these rows, in code points."""
    return {str(row["id"]): len(row["text"]) for row in store.read(HOMES, (json.dumps(sorted(rows)),))}


def coders(store: Store) -> list[str]:
    """The names of those who have judged rows; who only settled what others differ on is none of them."""
    return [str(row["who"]) for row in store.read(CODERS)]


def listed(store: Store) -> dict[str, str]:
    """By the hash of its bytes, the id of each listed document that is the whole of a file."""
    return {str(row["sha256"]): str(row["id"]) for row in store.read("SELECT sha256, id FROM document WHERE current = 1 AND part = 0")}


def lengths(store: Store, documents: Iterable[str]) -> dict[str, int]:
    """By id, the lengths of these documents in code points."""
    sql = "SELECT d.id, d.text FROM json_each(?) k CROSS JOIN document d ON d.id = k.value ORDER BY d.name, d.id"
    return {str(row["id"]): len(row["text"]) for row in store.read(sql, (json.dumps(sorted(documents)),))}
