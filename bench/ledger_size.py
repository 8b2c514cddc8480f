"""Measures what one more document costs, linking included, and how long the main questions take, in ledgers of several sizes.

Documents are those of `invented.py`: statements of a central bank and pieces of UN speeches with their names and dates changed, seeded,
from the shared folder that `REAFFIRM_SHARED` names (default ../shared). A ledger is built by the real path (read, link) unless it
is kept in the folder `--kept` as N.db. The cost of one more is told over its own extraction, the questions in milliseconds,
beside `status` of an empty ledger; all in one run, one thread, after a warm-up.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import speeches
from invented import Text, texts

from reaffirm import packs, pipeline
from reaffirm.ledger import Ledger
from reaffirm.store import meetings, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reaffirm.model import Copy, Document

MORE = 7  # documents that are added one by one; the median counts
LIMIT, FEW = 50, 20  # rows of a page; threads of a page
BAR, GROWTH, SLOW = 10.0, 2.0, 500.0  # times its own extraction; times the cost in the smallest ledger; milliseconds


def main() -> int:
    """0 when all bars are met, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[50, 200], help="sizes of the ledgers")
    parser.add_argument("--kept", type=Path, help="a folder of ledgers that are there already, N.db; they are copied, not changed")
    given = parser.parse_args()
    if not (speeches.folder() / "fomc_statements.jsonl").exists():
        print(f"{speeches.folder()} has no texts: nothing to measure")
        return 0
    missed = False
    first = 0.0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        empty = _empty(folder)
        print(f"`status` of an empty ledger takes {1000 * empty:.2f} ms")
        print(f"{'documents':>9}  {'one more over its extraction; but near-copies':>28}  questions, in milliseconds")
        for size in given.documents:
            path = _ledger(folder, size, given.kept)
            ratio, alone = _added(path, folder, size)
            first = first or alone
            asked = _asked(path)
            slow = [name for name, took in asked.items() if took > SLOW]
            missed = missed or ratio > BAR or alone > GROWTH * max(1.0, first) or bool(slow)
            told = ", ".join(f"{name} {took:.0f}" for name, took in asked.items())
            print(f"{size:>9}  {ratio:>13.2f} {alone:>14.2f}  {told}", flush=True)
    print(f"bars: {BAR:.0f} times; near-copies apart no more than {GROWTH:.0f} times that in the smallest ledger; questions {SLOW:.0f} ms")
    return int(missed)


def _write(folder: Path, found: list[Text]) -> Path:
    folder.mkdir(parents=True)
    table = folder.with_suffix(".csv")
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "published", "publisher"])
        for text in found:
            (folder / text.name).write_text(text.text, encoding="utf-8")
            rows.writerow(text[:3])
    return table


def _empty(folder: Path) -> float:
    """Seconds of `status` on an empty ledger."""
    with Ledger(folder / "empty.db", create=True) as ledger:
        return _seconds(ledger.status)


def _ledger(folder: Path, size: int, kept: Path | None) -> Path:
    path = folder / f"{size}.db"
    if kept and (kept / path.name).exists():
        shutil.copy(kept / path.name, path)
        return path
    table = _write(folder / f"texts-{size}", list(texts(size)))
    with Ledger(path, create=True) as ledger:
        ledger.add([folder / f"texts-{size}"], table=table, jobs=2)
    return path


def _added(path: Path, folder: Path, size: int) -> tuple[float, float]:
    """The median cost of adding one more document over that of its own extraction: all of it, and without comparing near-copies.

    Each text stands in the ledger once for every world, so its near-copies are many more than in any real one, and grow with its size.
    """
    more = list(texts(size + 10 * (MORE + 1)))[size + 9 :: 10][: MORE + 1]
    table = _write(folder / f"more-{size}", more)
    knowledge = packs.load()
    ratios: list[tuple[float, float]] = []
    copies = 0.0
    compare = pipeline.linked

    def timed(document: Document, others: Iterable[Document]) -> tuple[Copy, ...]:
        nonlocal copies
        start = time.perf_counter()
        found = compare(document, others)
        copies += time.perf_counter() - start
        return found

    pipeline.linked = timed
    with Ledger(path) as ledger:
        for text in more:
            file = folder / f"more-{size}" / text.name
            own = _seconds(lambda file=file: pipeline.observe(file.name, file.read_bytes(), knowledge), 1)  # type: ignore[misc]
            copies = 0.0
            whole = _seconds(lambda file=file: ledger.add([file], table=table), 1)  # type: ignore[misc]
            ratios.append((whole / own, (whole - copies) / own))
    pipeline.linked = compare
    return median(r[0] for r in ratios[1:]), median(r[1] for r in ratios[1:])  # the first one warms up


def _asked(path: Path) -> dict[str, float]:
    """How many milliseconds the main questions take."""
    with Ledger(path) as ledger:
        listed = ledger.threads(limit=LIMIT, silent=False)
        asked: dict[str, Callable[[], object]] = {
            "status": ledger.status,
            "documents": lambda: ledger.documents(limit=LIMIT),
            "said": lambda: ledger.said(limit=LIMIT),
            "commitments": lambda: ledger.commitments(limit=LIMIT),
            "demands": lambda: ledger.demands(limit=LIMIT),
            "due": lambda: ledger.commitments(due_until="2020", limit=LIMIT),
            "threads": lambda: ledger.threads(limit=FEW, silent=False),
            "meetings": lambda: ledger.meetings(limit=LIMIT),
            "problems": lambda: ledger.problems(limit=LIMIT, across=False),
            "search": lambda: ledger.search("price stability"),
        }
        if listed:
            longest = max(listed, key=lambda thread: len(thread.steps))
            asked["a thread"] = lambda: ledger.thread(listed[-1].id)
            asked[f"a thread of {len(longest.steps)} steps"] = lambda: ledger.thread(longest.id)
        if told := meetings.told(ledger.store, document=queries.listed(ledger.store)[0]):
            asked["a meeting"] = lambda: ledger.meeting(told[0].telling.id)
        return {name: 1000 * _seconds(question) for name, question in asked.items()}


def _seconds(work: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


if __name__ == "__main__":
    sys.exit(main())
