"""Measures time expressions on news marked with TIMEX3: TimeBank to learn on, AQUAINT only to score.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its texts there is nothing to measure and the script says so.
`--part timebank --misses missed` lists what was missed, false, or of another extent, value or type; AQUAINT's rows are never shown.
The scorer beside the data does the counting.

`--draw` prints 100 expressions from UN speeches and central-bank statements, drawn with a fixed seed, for a check by hand; the
verdicts are kept beside this script (ids, offsets, value and verdict, no words) and `--verdicts` tells how today's reading agrees.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reaffirm import packs
from reaffirm.language.times import times
from reaffirm.model import Block, Card, Document, Field, When

if TYPE_CHECKING:
    from collections.abc import Iterator

FLOORS = {"timebank": (90.0, 94.0, 79.0), "aquaint": (83.0, 93.5, 75.0)}
SEED = 20330317
VERDICTS = Path(__file__).with_name("timex_verdicts.jsonl")
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
    options = parser.parse_args()
    gold = shared() / "timex" / f"tbaq_{options.part}.jsonl"
    if not gold.is_file():
        print(f"{gold} is not there: nothing to measure")
        return 0
    if options.draw or options.verdicts:
        return draw() if options.draw else verdicts()
    return measure(gold, options.part, options.misses)


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


def speeches() -> Iterator[Document]:
    """60 UN speeches and 30 statements of a central bank, drawn with the seed; a speech is dated by its year, as the data is."""
    rng = random.Random(SEED)
    folder = shared() / "documents"
    with (folder / "ungdc_2000_2024.jsonl").open(encoding="utf-8") as file:
        for row in rng.sample(list(map(json.loads, file)), 60):
            yield document(f"un-{row['iso3']}-{row['year']}", row["text"], str(row["year"]), "\n")
    with (folder / "fomc_statements.jsonl").open(encoding="utf-8") as file:
        for row in rng.sample(list(map(json.loads, file)), 30):
            yield document(f"fomc-{row['date'][:10]}", row["text"], row["date"][:10], "\n")


def draw() -> int:
    """0, after printing 100 expressions of which the words name a date, a time, a stretch or a set."""
    loaded = packs.load()
    found = [(d, w) for d in speeches() for w in times(d, loaded) if "ref:" not in w.rule]
    for n, (d, w) in enumerate(random.Random(SEED).sample(found, 100), 1):
        print(json.dumps({"doc": d.id, "start": w.surface.start, "end": w.surface.end, "type": w.type, "value": w.value, "right": True}))
        print(f"   {n} {w.type} {w.value} {w.mod} {w.interval} | {shown(d.text, w.surface.start, w.surface.end)}")
    return 0


def verdicts() -> int:
    """0, after telling how many of the kept verdicts were `right`, and how many of those are read alike today."""
    loaded = packs.load()
    kept = [json.loads(line) for line in VERDICTS.open(encoding="utf-8")]
    today = {(d.id, w.surface.start, w.surface.end, w.value) for d in speeches() for w in times(d, loaded)}
    right = [row for row in kept if row["right"]]
    alike = sum((row["doc"], row["start"], row["end"], row["value"]) in today for row in right)
    print(f"{len(right)} of {len(kept)} right by hand; {alike} of them are read alike today")
    return 0


if __name__ == "__main__":
    sys.exit(main())
