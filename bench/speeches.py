"""UN speeches (General Debate, CC0) of the shared folder, and draws from them with a fixed seed."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

MOST = 2  # speeches of one state, and of one session, in a draw


def folder() -> Path:
    """The documents of the shared folder, which `REAFFIRM_SHARED` names (default ../shared); it may be absent."""
    return Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data" / "documents"


def speeches() -> dict[str, str]:
    """The speeches by key (state and session: `CHE-61`), in order of the keys; none, with a word about it, where they are absent."""
    path = folder() / "ungdc_2000_2024.jsonl"
    if not path.exists():
        print(f"{path} is not there: nothing to measure")
        return {}
    return table(path, "iso3", "session")


def table(path: Path, *keys: str) -> dict[str, str]:
    """The texts of a file by the values of some of its keys, joined by hyphens, in order."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return dict(sorted(("-".join(str(row[key]) for key in keys), row["text"]) for row in rows))


def drawn(keys: list[str], rng: random.Random, count: int) -> list[str]:
    """So many speeches, no more than two of a state or of a session, in the order in which they were drawn."""
    order = list(keys)
    rng.shuffle(order)
    found: list[str] = []
    seen: Counter[str] = Counter()
    for key in order:
        state, session = key.rsplit("-", 1)
        if len(found) < count and seen[state] < MOST and seen[session] < MOST:
            found.append(key)
            seen.update((state, session))
    return found
