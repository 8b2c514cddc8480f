"""The demo's summary of a ledger: what a newcomer should see first."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.store import queries
from reaffirm.store import verify as verification

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reaffirm.store.records import Entry, Filed, Said
    from reaffirm.store.sqlite import SqliteStore

@dataclass(frozen=True, slots=True)
class Summary:
    """What a newcomer should see of a ledger: documents, speakers, one subject through its chain, problems, next steps."""

    documents: int
    statements: int
    findings: int
    furniture: int
    listed: list[Filed]
    speakers: list[tuple[str, int]]
    question: str
    chain: list[Said]
    problems: list[tuple[str, int]]
    next: list[str]


def summarise(store: SqliteStore, path: Path, script: Path) -> Summary:
    """The demo's summary; the script (JSON) names the subject to follow, its genre and the next commands."""
    plan = json.loads(script.read_text(encoding="utf-8"))
    entries = list(queries.everything(store))
    chain = [s for s in queries.said(store, text=plan["question"]) if s.genre == plan["genre"]]
    row = chain[-1].statement.id if chain else "S-"
    return Summary(
        documents=len(entries),
        statements=sum(len(e.statements) for e in entries),
        findings=len(verification.verify(store)),
        furniture=sum(_furniture(e) for e in entries),
        listed=queries.documents(store),
        speakers=Counter(name for e in entries for name in _speakers(e)).most_common(),
        question=plan["question"],
        chain=chain,
        problems=Counter(p.message for e in entries for p in e.problems).most_common(),
        next=[line.format(ledger=path, row=row) for line in plan["next"]],
    )


def _furniture(entry: Entry) -> int:
    """How many lines of a document are furniture."""
    blocks, text = entry.document.blocks, entry.document.text
    return sum(len(text[b.start : b.end].splitlines()) for b in blocks if b.kind == "furniture")


def _speakers(entry: Entry) -> Iterator[str]:
    """The known speakers of a document's statements, one by one."""
    for said in entry.statements:
        yield from (name for name in (said.voice.speakers if said.voice else ()) if not name.startswith("?"))
