"""Small folders in the exchange format: rows are cut out of one text, so that input and expectation stand side by side."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reaffirm.review.scoring import score

if TYPE_CHECKING:
    from reaffirm.review.rows import Row
    from reaffirm.review.tally import Tally

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("REAFFIRM_SHARED", CHECKOUT.parent / "shared"))
SEEDS, TEXTS = SHARED / "gold" / "seeds", SHARED / "seeds"
EXAMPLE = CHECKOUT / "examples" / "gold"

DOC, OTHER = "a.txt", "b.txt"
TEXT = (
    "SHARE THIS PAGE\n"
    "Ana Ruiz said that the port will open by the end of May. She added that the road must follow soon.\n"
    "The two ministers agreed to meet again next year if the treaty is signed. Officials did not agree to cut tariffs.\n"
    "The talks in Lima were held on Tuesday. Minister Ruiz called them a success.\n"
)
ACTORS: list[Row] = [
    {"name": "Ana Ruiz", "state": "Peru", "also": ["Ruiz", "Minister Ruiz"]},
    {"name": "Ben Osei", "state": "Ghana", "also": []},
    {"name": "Peru", "state": "Peru", "also": []},
    {"name": "Ghana", "state": "Ghana", "also": []},
]


def span(words: str, doc: str | None = None, by: int = 0) -> Row:
    """The first place of the words in the text, moved by some code points."""
    start = TEXT.index(words) + by
    found: Row = {"text": TEXT[start : start + len(words)], "start": start, "end": start + len(words)}
    return {"doc": doc, **found} if doc else found


def card(doc: str = DOC, **fields: object) -> Row:
    return _row({"id": doc[0].upper(), "doc": doc, "kind": "editorial", "title": None, "furniture": []}, fields)


def statement(content: str, **fields: object) -> Row:
    return _row({"doc": DOC, "content": [span(content)], "directness": "indirect", "factuality": "plain"}, fields)


def act(action: str, **fields: object) -> Row:
    return _row({"doc": DOC, "action": span(action), "polarity": "will"}, fields)


def demand(action: str, **fields: object) -> Row:
    return _row({"doc": DOC, "action": span(action), "class": "demand"}, fields)


def meeting(*evidence: Row, **fields: object) -> Row:
    return _row({"evidence": list(evidence), "status": "held"}, fields)


def _row(base: Row, fields: dict[str, object]) -> Row:
    row: Row = json.loads(json.dumps({**base, **fields}))
    return row


def write(folder: Path, files: dict[str, list[Row]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in files.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{kind}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def scored(tmp: Path, gold: dict[str, list[Row]], pred: dict[str, list[Row]], *, docs: set[str] | None = None) -> Tally:
    """The tally of two folders; documents and actors of gold are supplied unless given."""
    full = {"documents": [card(), card(OTHER, kind="gist")], "actors": ACTORS, **gold}
    return score(write(tmp / "gold", full), write(tmp / "pred", pred), docs)


def count(tally: Tally, kind: str, measure: str, scope: str = "all") -> tuple[int, ...]:
    """Right, gold, predicted of one measure."""
    return tuple(tally.cells[kind, measure][scope])


def required(folder: Path) -> Path:
    """The gold folder, or a skip that says which is missing."""
    if not (folder / "documents.jsonl").is_file():
        pytest.skip(f"no gold in {folder} (the shared folder is set by REAFFIRM_SHARED)")
    return folder


PORT, ROAD, MEET, TARIFFS = "the port will open by the end of May", "the road must follow soon", "to meet again next year", "to cut tariffs"
SAID = statement(PORT, source=span("Ana Ruiz"), cue=span("said"), speakers=["Ana Ruiz"], parties=["Peru"])


def but(row: Row, **fields: object) -> Row:
    """The row with some fields changed."""
    changed: Row = {**row, **fields}  # type: ignore[dict-item]
    return changed


TALKS, THEM = span("The talks in Lima", DOC), span("The talks in Lima", OTHER)
LIMA = meeting(TALKS, id="m", date="2021-03-16", participants=["Peru", "Ghana"], forum="Lima talks")


def mention(words: str, **fields: object) -> Row:
    return {"doc": DOC, "surface": span(words), "kind": "person", "names": ["Ana Ruiz"], "office": None, **fields}  # type: ignore[dict-item]


def time(surface: str, **fields: object) -> Row:
    row = {"doc": DOC, "surface": span(surface), "phrase": None, "value": "2021-05", "interval": "2021-05", "anchor": "publication"}
    return {**row, **fields}  # type: ignore[dict-item]


END = time("the end of May", phrase=span("by the end of May"), value_accept=["2021-05-31"])


def thread(*steps: tuple[str, list[str], str], **fields: object) -> Row:
    rows = [{"doc": doc, "members": members, "status": status} for doc, members, status in steps]
    return {"id": "t", "label": "port", "steps": rows, **fields}  # type: ignore[dict-item]


CARD = card(title=span("SHARE THIS PAGE"), published="2021-05-01", published_latest="2021-05", event_dates=["2021-04-30"])
