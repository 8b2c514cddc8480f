"""Measures the speed of `add` against the bare parse of the same texts (design.md, section 8).

Numerator: words a second of `add` of 100 UN General Debate speeches, chosen by a fixed seed, to a fresh ledger; the
start of the program and of the model is not counted, what the first document warms up is. Denominator: words a second of
`nlp.pipe(whole texts, batch_size=32)` without NER, with all other parts of the model, after a warm-up. One thread, one run.
`REAFFIRM_SHARED` names the shared folder (default ../shared); without it the sample corpus is read several times over,
each copy with a line of its own, which says less. `--profile` shows where the time of `add` goes; `--length 50000 200000`
reads one document of as many words each instead, and says whether the time grows no faster than the length.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import random
import re
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm import packs, pipeline
from reaffirm.language.parse import MODELS, model
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
SEED = 20261122
NUMBER = 100
FLOOR = 0.5
BATCH = 32
STEEPEST = 1.5  # the time of a document may grow that much faster than its length: one run is noisy
SHARED = Path(os.environ.get("REAFFIRM_SHARED", "../shared"))
SPEECHES = SHARED / "data/documents/ungdc_2000_2024.jsonl"
SAMPLES = Path(__file__).resolve().parent.parent / "examples" / "corpus"
# The hops, as the functions that do them: (file's end, function) of the cumulative profile.
HOPS = {
    "formats.read": ("formats/__init__.py", "read"),
    "blocks.cut": ("blocks.py", "cut"),
    "card": ("extract/card.py", "card"),
    "language.mentions": ("language/names.py", "mentions"),
    "language.parse": ("language/parse.py", "parse"),
    "statements": ("extract/statements.py", "statements"),
    "voices": ("resolve/voices.py", "voices"),
    "store.record": ("store/sqlite.py", "record"),
    "all of add": ("ledger.py", "add"),
}


def texts(number: int) -> tuple[dict[str, str], str]:
    """The texts by file name, and what they are; the bar is for the speeches alone."""
    if SPEECHES.exists():
        with SPEECHES.open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        chosen = random.Random(SEED).sample(rows, min(number, len(rows)))
        return {f"{row['iso3']}-{row['year']}.txt": row["text"] for row in chosen}, f"UN speeches of {SPEECHES.name}, seed {SEED}"
    samples = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    copies = {f"{n + 1:03}.txt": f"{samples[n % len(samples)]}\n\nCopy {n + 1}.\n" for n in range(number)}
    return copies, f"copies of the sample corpus, because {SPEECHES} is not there (set REAFFIRM_SHARED)"


def timed(work: Callable[[], object]) -> float:
    """The seconds that the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def bare(whole: list[str]) -> float:
    """The seconds of the bare parse after a warm-up: the whole pipeline but NER."""
    import spacy  # noqa: PLC0415 - with the threads set above

    name = next(package for package in MODELS if spacy.util.is_package(package))
    nlp = spacy.load(name, exclude=["ner"])
    list(nlp.pipe(whole[:4], batch_size=BATCH))
    return timed(lambda: list(nlp.pipe(whole, batch_size=BATCH)))


def add(folder: Path, profile: cProfile.Profile | None) -> float:
    """The seconds of `add` of a folder to a fresh ledger, model and packs loaded before."""
    model()("The model is loaded and warm.")
    packs.load()
    pipeline.code()
    with Ledger(folder.parent / "speed.db", create=True) as ledger:
        if profile:
            profile.enable()
        seconds = timed(lambda: ledger.add([folder], jobs=1))
        if profile:
            profile.disable()
        if ledger.status().failures:
            message = f"not all files were read: {ledger.status().failures[:3]}"
            raise SystemExit(message)
    return seconds


def long(words: list[str], lengths: list[int]) -> int:
    """The exit code: 1 when the CPU time of one long document grows faster than its length; prints seconds of each length."""
    knowledge = packs.load()
    model()("The model is loaded and warm.")
    taken = {}
    for length in sorted(lengths):
        several = words * (length // len(words) + 1)
        began = time.process_time()
        found = pipeline.observe("long.txt", "".join(several[:length]).encode(), knowledge)
        taken[length] = time.process_time() - began
        print(f"{length:9,} words  {taken[length]:7.2f} s CPU  {len(found.statements):,} statements")
    (least, first), (most, last) = min(taken.items()), max(taken.items())
    growth = (last / first) / (most / least)
    print(f"time grows {growth:.2f} times as fast as the length    at most {STEEPEST}: {'held' if growth <= STEEPEST else 'MISSED'}")
    return int(growth > STEEPEST)


def by_hop(profile: cProfile.Profile) -> None:
    """Nothing; prints the share of each hop, then the functions that took most time themselves."""
    stats = pstats.Stats(profile)
    found = {(file.replace(os.sep, "/"), name): row[3] for (file, _, name), row in stats.stats.items()}  # type: ignore[attr-defined]
    taken = {hop: max((s for (f, n), s in found.items() if f.endswith(f"reaffirm/{file}") and n == name), default=0.0)
             for hop, (file, name) in HOPS.items()}  # fmt: skip
    total = taken["all of add"] or 1.0
    print("\nhop                 seconds  share (under the profiler, which slows Python more than C)")
    for hop, seconds in taken.items():
        print(f"{hop:18}  {seconds:7.2f}  {seconds / total:5.0%}")
    stats.sort_stats("tottime").print_stats(25)


def main() -> int:
    """The exit code: 0 when the bar is reached, else 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=NUMBER)
    parser.add_argument("--profile", action="store_true", help="show where the time goes; the ratio then means nothing")
    parser.add_argument("--length", type=int, nargs="+", metavar="WORDS", help="read one document of as many words each instead")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    chosen, what = texts(asked.documents)
    if asked.length:
        return long(re.findall(r"\S+\s*", "\n\n".join(chosen.values()) + "\n\n"), asked.length)
    words = sum(len(text.split()) for text in chosen.values())
    profile = cProfile.Profile() if asked.profile else None
    with tempfile.TemporaryDirectory(prefix="reaffirm-speed-") as temporary:
        folder = Path(temporary) / "texts"
        folder.mkdir()
        for name, text in chosen.items():
            (folder / name).write_text(text, encoding="utf-8")
        seconds = add(folder, profile)
    if profile:
        by_hop(profile)
        return 0
    parsed = bare(list(chosen.values()))
    ratio = parsed / seconds
    print(f"{len(chosen)} documents, {words:,} words: {what}")
    print(f"add         {seconds:7.2f} s  {words / seconds:8,.0f} words/s")
    print(f"bare parse  {parsed:7.2f} s  {words / parsed:8,.0f} words/s")
    if not SPEECHES.exists():
        print(f"ratio       {ratio:7.3f}    not judged: the floor is for the speeches")
        return 0
    print(f"ratio       {ratio:7.3f}    floor {FLOOR}: {'reached' if ratio >= FLOOR else 'MISSED'}")
    return 0 if ratio >= FLOOR else 1


if __name__ == "__main__":
    if any(os.environ.get(name) != "1" for name in THREADS):  # libraries read these when they load
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | dict.fromkeys(THREADS, "1"))  # noqa: S606 - this script again
    sys.exit(main())
