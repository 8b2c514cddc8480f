"""Tellings made by hand, of the states Velmara and Saoren and their invented forums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reaffirm.model import Span, row_id
from reaffirm.readings import Telling

if TYPE_CHECKING:
    from collections.abc import Sequence

BOTH = ("Saoren", "Velmara")


def telling(document: str, start: int = 0, **told: Any) -> Telling:  # noqa: ANN401 - any field of the row
    """A telling at a place of a document; a held meeting of the Straits Dialogue of two states where nothing else is said."""
    span = Span(document, start, start + 9, "the talks", "evidence")
    fields: dict[str, Any] = {
        "kind": "ministerial meeting", "forum": "straits", "label": "Straits Dialogue", "status": "held",
        "states": BOTH, "participants": BOTH,
    }  # fmt: skip
    return Telling(row_id("meeting", document, (span,)), document, (span,), **{**fields, **told})


def sorted_documents(groups: Sequence[Sequence[tuple[Telling, str]]]) -> list[list[str]]:
    """The documents of each meeting, in a stable order."""
    return sorted(sorted(row.document for row, _ in group) for group in groups)
