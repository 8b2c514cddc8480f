"""What people decided of items across documents (which are the same, whether a silence is one), kept apart from verdicts on a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.sequels import CONFIRMED, DENIED, OTHER, SAME, STATUS
from reaffirm.store import loading

if TYPE_CHECKING:
    from reaffirm.model import Judgement
    from reaffirm.store.protocol import Store

OF_THREADS = f"""
SELECT id, row, verdict, field, value, quote, judged, who, at, undone FROM standing
WHERE field IN ('{SAME}', '{OTHER}', '{CONFIRMED}', '{DENIED}', '{STATUS}') ORDER BY seq
"""  # noqa: S608 - made of constants


def of_threads(store: Store) -> list[Judgement]:
    """The last word on each two items, and on each item and document, in the order in which they were said."""
    found: dict[tuple[str, str | None, bool], Judgement] = {}
    for record in store.read(OF_THREADS):
        judgement = loading.judgement_of(record)
        about = "" if judgement.field == STATUS else judgement.value  # of a status the last value holds
        key = (judgement.row, about, judgement.field in {SAME, OTHER})
        found.pop(key, None)
        found[key] = judgement
    return list(found.values())
