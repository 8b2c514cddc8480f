"""Measures what is read of files whose words are known: five of each format, made by `made` from a fixed seed.

Two bars. Recovered: the share of the known characters (white space apart) that stand in the body, in their order (longest
common subsequence); the body is what lies outside furniture, footnotes are held against their best place. Mapped: the
share of statements whose every stretch leads back, by the path of its node, to the page, paragraph, cell, line or
element that holds its words (see `places`); a file without a statement counts as one that was not mapped. For exports the
share of articles parted is a third. Exit code 1 when a bar is missed.

    python bench/files.py               all
    python bench/files.py --only pdf    one format; --show N prints what is missing
    python bench/files.py --keep DIR    leaves the files there
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import made
import places
from made import Made
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from reaffirm import packs, pipeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.packs import Packs
    from reaffirm.readings import Observation

SEED = 20261122
BARS = dict.fromkeys(made.FORMATS, 0.995) | {"pdf": 0.98}
PACK = Path(__file__).resolve().parents[1] / "examples/pack"


@dataclass
class Figures:
    """What was measured of one file: shares, counts, and what is missing or wrong, in words."""

    made: Made
    recovered: float = 0.0
    notes: float = 1.0
    extra: float = 0.0
    statements: int = 0
    mapped: int = 0
    articles: int = 0
    unread: str = ""
    wrong: list[str] = field(default_factory=list)

    @property
    def share_mapped(self) -> float:
        """The share of statements that lead back to their words."""
        return self.mapped / self.statements if self.statements else 0.0

    def missed(self) -> bool:
        """Whether a bar is missed."""
        return min(self.recovered, self.notes) < BARS[self.made.format] or self.share_mapped < 1 or self.articles != self.made.articles


def files(only: str = "", seed: int = SEED) -> Iterator[Made]:
    """The files of known text, five of each format."""
    for form in made.FORMATS:
        for variant in range(made.VARIANTS):
            chance = random.Random(f"{seed} {form} {variant}")
            if only in {"", form}:
                yield made.make(form, variant, chance)


def examine(file: Made, folder: Path, known: Packs) -> Figures:
    """The figures of one file, read from a folder as `add` reads it."""
    path = folder / file.name
    path.write_bytes(file.data)
    figures = Figures(file)
    body, parcels = [], [p for p in pipeline.gather([path]) if p.data is not None]
    for parcel, found in ((p, o) for p in parcels for o in pipeline.observations(p.name, p.data or b"", known)):
        body.append(_body(found))
        figures.articles += 1
        figures.unread = figures.unread or next((p.message for p in found.problems if p.kind == "unreadable"), "")
        for wrong in _unmapped(file, parcel.data or b"", found):
            figures.statements += 1
            figures.mapped += not wrong
            figures.wrong += [wrong] if wrong else []
    _recover(figures, "".join(body))
    return figures


def _body(found: Observation) -> str:
    """The characters of a document's body, white space apart."""
    text = found.document.text
    return "".join("".join(text[b.start : b.end].split()) for b in found.document.blocks if b.kind != "furniture")


def _recover(figures: Figures, body: str) -> None:
    """Nothing; fills in the shares of the known characters that stand in a body, and of the body that is not known."""
    pieces = [(p.kind, "".join(p.text.split())) for p in figures.made.pieces]
    known, notes = ("".join(text for kind, text in pieces if (kind == "note") == wanted) for wanted in (False, True))
    kept = LCSseq.similarity(known, body)
    figures.recovered = kept / len(known)
    figures.extra = max(0, len(body) - kept - len(notes)) / max(1, len(body))
    figures.notes = min((fuzz.partial_ratio(text, body) / 100 for kind, text in pieces if kind == "note"), default=1.0)
    if 0 < figures.recovered < 1:
        blocks = difflib.SequenceMatcher(None, known, body, autojunk=False).get_opcodes()
        figures.wrong += [
            f"lost {known[a:b][:80]!r} near {known[max(0, a - 30) : a]!r}" for tag, a, b, _, _ in blocks if tag in {"delete", "replace"}
        ]


def _unmapped(file: Made, data: bytes, found: Observation) -> Iterator[str]:
    """What is wrong with the places of each statement: empty when all its stretches lead back to their words."""
    document = found.document
    for row in found.statements:
        spans = [s for s in (row.source, row.cue, *row.content) if s is not None]
        yield next(filter(None, (_astray(file, data, s.start, s.end, found) for s in spans)), "")
        for span in spans:
            if document.text[span.start : span.end] != span.exact:
                yield f"unproved {span.exact!r}"


def _astray(file: Made, data: bytes, start: int, end: int, found: Observation) -> str:
    """What is wrong with the place of one span; empty when every node under it leads to its words."""
    text, reached = found.document.text, 0
    for node in found.document.nodes:
        a, b = max(start, node.start), min(end, node.end)
        wanted = places.squash(text[a:b]) if a < b else ""
        if not wanted:
            continue
        reached += len(wanted)
        there = places.words(file, data, node.path)
        if there is None:
            return f"{node.path!r} leads nowhere: {text[a:b]!r}"
        if wanted not in places.squash(there):
            return f"{node.path!r} holds {there[:60]!r}, not {text[a:b]!r}"
    missing = len(places.squash(text[start:end])) - reached
    return f"{missing} characters outside all nodes: {text[start:end]!r}" if missing > 0 else ""


def run(only: str, folder: Path) -> list[Figures]:
    """The figures of all files."""
    known = packs.load(PACK)
    return [examine(file, folder, known) for file in files(only)]


def measure() -> dict[str, float]:
    """The figures for the gate: of each format the least share recovered, the shares of statements mapped and of files parted rightly."""
    with tempfile.TemporaryDirectory(prefix="reaffirm-files-") as folder:
        rows = run("", Path(folder))
    found = {}
    for form in made.FORMATS:
        mine = [row for row in rows if row.made.format == form]
        found[f"files.{form}.recovered"] = min(min(row.recovered, row.notes) for row in mine)
        found[f"files.{form}.mapped"] = sum(row.mapped for row in mine) / max(1, sum(row.statements for row in mine))
        found[f"files.{form}.parted"] = sum(row.articles == row.made.articles for row in mine) / len(mine)
    return found


def show(rows: Iterable[Figures], lines: int) -> int:
    """How many files miss a bar; the table is printed."""
    failed = 0
    print(f"{'file':30}{'characters':>11}{'recovered':>11}{'notes':>8}{'extra':>8}{'statements':>12}{'mapped':>8}{'parts':>7}  result")
    for row in rows:
        absent = row.recovered == 0 and bool(row.unread)
        missed = row.missed()
        failed += missed
        result = f"NOT READ: {row.unread}" if absent else "MISSED" if missed else "ok"
        size = sum(len("".join(p.text.split())) for p in row.made.pieces)
        print(f"{row.made.name:30}{size:>11}{row.recovered:>11.4f}{row.notes:>8.3f}{row.extra:>8.3f}{row.statements:>12}"
              f"{row.share_mapped:>8.3f}{row.articles:>4}/{row.made.articles:<2}  {result}")  # fmt: skip
        for line in row.wrong[:lines]:
            print(f"    {line}")
    return failed


def main() -> int:
    """The exit code: 1 when a bar is missed, else 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="", choices=("", *made.FORMATS))
    parser.add_argument("--show", type=int, default=3, metavar="N", help="at most N lines of what is wrong with a file")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the files there")
    parser.add_argument("--json", action="store_true", help="print the figures for the gate as JSON, and nothing else")
    asked = parser.parse_args()
    if asked.json:
        print(json.dumps(measure(), indent=1))
        return 0
    with tempfile.TemporaryDirectory(prefix="reaffirm-files-") as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows = run(asked.only, folder)
    failed = show(rows, asked.show)
    print("\nformat     least recovered  statements mapped    bar")
    for form in dict.fromkeys(row.made.format for row in rows):
        mine = [row for row in rows if row.made.format == form]
        least = min(min(row.recovered, row.notes) for row in mine)
        print(f"{form:10}{least:>16.4f}{sum(r.mapped for r in mine):>12} of {sum(r.statements for r in mine):<4}{BARS[form]:>7}")
    print(f"{len(rows)} files, {failed} missed a bar")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
