"""The quality gate: measures what tests/floors.json names and fails below a floor or above a ceiling.

    python tests/gate.py                            measure; exit code 1 when a bar is missed
    python tests/gate.py --raise                    and lift each floor towards the figure, never lower one
    python tests/gate.py --lower KEY --why "..."    the only way down; the reason is kept in the file

A key reads corpus.kind.measure.scope.figure, as in the JSON of `reaffirm score` (docs/format.md), or, for speaker
turns, turns.convention.share, for files of known words and generated pages what their benches print. To gate another
figure, write its key with 0 into `floors` and run --raise. A ceiling is for a count of errors; it may only fall. What
lies in the shared folder ($REAFFIRM_SHARED, default ../shared) is measured where it is there; every bar that was
skipped is named with the reason. A changed corpus is told loudly, because its bars then compare two different things.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reaffirm.ledger import Ledger
from reaffirm.review import scoring

ROOT = Path(__file__).parents[1]
FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.01  # a raised floor stays this far below the figure, so that an even trade of two rows is no failure

Figures = dict[str, float]


@dataclass(frozen=True)
class Corpus:
    """Marked documents: where they, their gold and their packs lie."""

    name: str
    documents: Path
    gold: Path
    packs: tuple[Path, ...] = ()


@dataclass
class Found:
    """What was measured: figures by key, why a corpus could not be, and the fingerprints of those that could."""

    figures: Figures = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)


def shared() -> Path:
    """The shared folder, there or not."""
    return Path(os.environ.get("REAFFIRM_SHARED") or ROOT.parent / "shared")


def corpora() -> list[Corpus]:
    """The marked corpora that the gate knows."""
    own, other = ROOT / "examples", shared()
    return [
        Corpus("examples", own / "corpus", own / "gold", (own / "pack",)),
        Corpus("seeds", other / "seeds", other / "gold/seeds"),
    ]


def fingerprint(*folders: Path) -> str:
    """The SHA-256 over names and bytes of all files of some folders."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            total.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return total.hexdigest()


def measure(corpus: Corpus) -> Figures:
    """The figures of a fresh ledger of a corpus against its gold."""
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "gate.db", create=True, packs=corpus.packs) as book:
        book.add([corpus.documents], jobs=1)
        report = scoring.report(book.score(corpus.gold))
    return {
        f"{corpus.name}.{kind}.{name}.{scope}.{key}": float(value or 0)
        for kind, measures in report.items()
        for name, scopes in measures.items()
        for scope, figures in scopes.items()
        for key, value in figures.items()
    }


def turns() -> Figures:
    """The share of right turns in each label convention, by bench/turns.py."""
    script = ROOT / "bench/turns.py"
    env = {**os.environ, "REAFFIRM_SHARED": str(shared())}
    done = subprocess.run([sys.executable, str(script), "--json"], capture_output=True, text=True, check=True, env=env)
    return {f"turns.{scoring.slug(row['convention'])}.share": float(row["share"]) for row in json.loads(done.stdout)}


def files() -> Figures:
    """What is read of files of known words, format by format, by bench/files.py."""
    return {key: float(value) for key, value in _json("files.py").items()}


def pages() -> Figures:
    """What is read of generated web pages, by bench/pages.py: the layouts that the reader was built on, and those held out."""
    return {
        f"pages.{scoring.slug(part)}.{key}": float(value)
        for part, figures in _json("pages.py").items() if ":" not in part
        for key, value in figures.items()
    }  # fmt: skip


def _json(script: str) -> dict[str, Any]:
    """What a bench prints as JSON; a missed bar of its own is told by the figures, not by its exit code."""
    done = subprocess.run([sys.executable, str(ROOT / "bench" / script), "--json"], capture_output=True, text=True, check=False)
    if not done.stdout.startswith("{"):
        message = f"bench/{script} failed: {done.stderr[-2000:]}"
        raise SystemExit(message)
    return dict(json.loads(done.stdout))


def everything() -> Found:
    """All that can be measured here."""
    found = Found()
    for corpus in corpora():
        gone = [path for path in (corpus.documents, corpus.gold) if not path.is_dir()]
        if gone:
            found.skipped[corpus.name] = f"{gone[0].name}/ is not there; set REAFFIRM_SHARED to the shared folder"
            continue
        found.fingerprints[corpus.name] = fingerprint(corpus.gold, corpus.documents)
        found.figures |= measure(corpus)
    if (shared() / "data/documents/fomc_pressconf_turns.jsonl").exists() and (ROOT / "bench/turns.py").exists():
        found.figures |= turns()
    else:
        found.skipped["turns"] = "the table of turns is not there; set REAFFIRM_SHARED to the shared folder"
    found.figures |= files() | pages()
    return found


@dataclass
class Bars:
    """The content of floors.json."""

    floors: Figures
    ceilings: Figures
    corpora: dict[str, str]
    lowered: list[dict[str, object]]

    @classmethod
    def read(cls, path: Path = FLOORS) -> Bars:
        """The bars of a file."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path = FLOORS) -> None:
        """Nothing; writes the bars, sorted."""
        content = {"corpora": self.corpora, "floors": self.floors, "ceilings": self.ceilings, "lowered": self.lowered}
        path.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")

    def missed(self, key: str, figure: float) -> bool:
        """Whether a figure misses its bar."""
        return figure < self.floors[key] if key in self.floors else figure > self.ceilings[key]


def reachable(figure: float) -> float:
    """The highest floor that a figure carries: rounded down to two decimals, less the margin, never below 0."""
    return max(0.0, round(math.floor(figure * 100 + 1e-9) / 100 - MARGIN, 2))


def lift(bars: Bars, found: Found) -> list[str]:
    """The bars that moved, told; floors only rise and ceilings only fall."""
    moved = []
    for key in sorted(bars.floors.keys() & found.figures.keys()):
        better = reachable(found.figures[key])
        if better > bars.floors[key]:
            moved.append(f"floor {key}: {bars.floors[key]} -> {better}")
            bars.floors[key] = better
    for key in sorted(bars.ceilings.keys() & found.figures.keys()):
        if found.figures[key] < bars.ceilings[key]:
            moved.append(f"ceiling {key}: {bars.ceilings[key]:g} -> {found.figures[key]:g}")
            bars.ceilings[key] = found.figures[key]
    for name, now in found.fingerprints.items():
        if bars.corpora.get(name) != now:
            moved.append(f"corpus {name}: {bars.corpora.get(name, 'new')[:12]} -> {now[:12]}")
            bars.corpora[name] = now
    return moved


def lower(bars: Bars, found: Found, key: str, why: str) -> str:
    """What was lowered and why; the file keeps it."""
    side = bars.floors if key in bars.floors else bars.ceilings
    if key not in side or key not in found.figures:
        message = f"{key} is no bar that was measured here"
        raise SystemExit(message)
    if len(why.split()) < 3:
        message = "say --why in a sentence; a reader of the file must understand it"
        raise SystemExit(message)
    if not bars.missed(key, found.figures[key]):
        message = f"{key} is met; there is nothing to lower"
        raise SystemExit(message)
    before, after = side[key], reachable(found.figures[key]) if key in bars.floors else found.figures[key]
    side[key] = after
    bars.lowered.append({"key": key, "from": before, "to": after, "why": why})
    return f"{key}: {before:g} -> {after:g}, because: {why}"


def told(bars: Bars, found: Found) -> tuple[list[str], int]:
    """The lines of the report, and how many bars were missed."""
    lines, failed = [], 0
    for kind, side in (("floor", bars.floors), ("ceiling", bars.ceilings)):
        for key, bar in sorted(side.items()):
            if reason := found.skipped.get(key.partition(".")[0]):
                lines.append(f"skipped  {key:72} {kind} {bar:6.3g}   {reason}")
                continue
            if key not in found.figures:
                lines.append(f"MISSING  {key:72} {kind} {bar:6.3g}   no such figure: the measure was renamed or nothing was measured")
                failed += 1
                continue
            bad = bars.missed(key, found.figures[key])
            failed += bad
            lines.append(f"{'MISSED' if bad else 'ok':8} {key:72} {kind} {bar:6.3g}   now {found.figures[key]:.3f}")
    for name, now in found.fingerprints.items():
        if bars.corpora.get(name) != now:
            before = bars.corpora.get(name, "none")
            lines += ["", f"!!! THE CORPUS {name.upper()} HAS CHANGED since its bars were set ({before[:12]} -> {now[:12]})."]
            lines += ["!!! Its figures are not comparable with earlier ones. Say so in CHANGELOG.md, then record it: make gate-raise"]
    return lines, failed


def main() -> int:
    """The exit code: 1 when a bar is missed, else 0."""
    parser = argparse.ArgumentParser(description="Measures quality against tests/floors.json.")
    parser.add_argument("--raise", dest="up", action="store_true", help="lift floors towards the figures")
    parser.add_argument("--lower", metavar="KEY", help="lower one bar to what is measured")
    parser.add_argument("--why", default="", help="the reason for lowering; kept in the file")
    asked = parser.parse_args()
    bars, found = Bars.read(), everything()
    if asked.lower:
        sys.stdout.write(lower(bars, found, asked.lower, asked.why) + "\n")
        bars.write()
    lines, failed = told(bars, found)
    if asked.up:
        lines += ["", *(lift(bars, found) or ["nothing to raise"])]
        bars.write()
    skipped = sum(line.startswith("skipped") for line in lines)
    lines += ["", f"{len(bars.floors) + len(bars.ceilings)} bars: {failed} missed, {skipped} skipped"]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
