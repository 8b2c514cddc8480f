"""Kills `reaffirm add` with SIGKILL at random moments and checks that the ledger survives each time.

N documents are written from templates (seed fixed). An uninterrupted run gives the export that all others are held
against. Then, kill by kill, `reaffirm add` starts on a fresh ledger, by turns with one and two processes, and is killed at a
random moment after the ledger's file has appeared. The ledger must open, `verify` must find nothing, and the finished
run must give the same export, byte for byte. Exit code 1 when it does not, even once.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from reaffirm.ledger import Ledger

SEED = 20261122
PROGRAM = (sys.executable, "-c", "from reaffirm.cli import main; main()")
PATIENCE = 120.0  # seconds until a ledger's file must have appeared

STATES = ("Velmara", "Saoren", "Drevonia", "Aldora", "Kestria", "Norvane")
PEOPLE = ("Elna Marsten", "Dorun Keshiwa", "Ashen Talumi", "Piers Haldor", "Lise Ondaro", "Joan Ferrand")
OFFICES = ("Foreign Minister", "Defence Minister", "Prime Minister", "Finance Minister")
SUBJECTS = ("undersea cables", "grain shipments", "river levels", "air patrols", "visa rules", "port fees", "fishing quotas")
VERBS = ("said", "stressed", "announced", "warned", "noted", "confirmed", "explained")
SENTENCES = (
    "{office} {person} of {state} {verb} that talks on {subject} would go on in {month}.",
    "The two sides reaffirmed their commitment to {subject} and agreed to meet again before {month} {year}.",
    "“We will not wait for others to settle {subject},” {person} {verb} after the meeting.",
    "According to the ministry of {state}, {subject} cost {number} million last year.",
    "{state} called on {other} to publish its figures on {subject} by {month} {year}.",
    "{person} welcomed what {other} had done for {subject}, but {verb} that more was needed.",
    "Both governments expressed concern about {subject} and asked officials to report within {number} weeks.",
    "Asked about {subject}, {person} {verb} that no decision had been made.",
)
MONTHS = ("March", "June", "September", "November")


@dataclass(frozen=True, slots=True)
class Trial:
    """One kill: when, how many documents the ledger then held, and what was wrong (nothing, if all went well)."""

    jobs: int
    moment: float
    held: int | None
    faults: tuple[str, ...]


def write_documents(folder: Path, number: int, chance: random.Random) -> None:
    """Nothing; writes so many different texts of 80 to 150 words."""
    folder.mkdir(parents=True)
    for n in range(number):
        words, wanted, lines = 0, chance.randint(80, 135), [f"Note {n + 1} on {chance.choice(SUBJECTS)}", ""]
        while words < wanted:
            lines.append(_sentence(chance))
            words = len(" ".join(lines).split())
        (folder / f"note-{n + 1:04}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _sentence(chance: random.Random) -> str:
    state, other = chance.sample(STATES, 2)
    return chance.choice(SENTENCES).format(
        office=chance.choice(OFFICES), person=chance.choice(PEOPLE), state=state, other=other, verb=chance.choice(VERBS),
        subject=chance.choice(SUBJECTS), month=chance.choice(MONTHS), year=chance.randint(2031, 2036), number=chance.randint(2, 90),
    )  # fmt: skip


def start(documents: Path, ledger: Path, jobs: int) -> tuple[subprocess.Popen[bytes], float]:
    """`reaffirm add`, running in a process group of its own, and the moment at which its ledger appeared."""
    command = (*PROGRAM, "add", str(documents), "--ledger", str(ledger), "--jobs", str(jobs), "--json")
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    began = time.monotonic()
    while not ledger.exists() and running.poll() is None and time.monotonic() - began < PATIENCE:
        time.sleep(0.002)
    return running, time.monotonic()


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def whole(documents: Path, folder: Path, jobs: int) -> tuple[dict[str, bytes], float]:
    """The export of an uninterrupted run, and how many seconds it took from the ledger's appearance."""
    folder.mkdir()
    running, began = start(documents, folder / "whole.db", jobs)
    if running.wait() != 0:
        message = "the uninterrupted run failed"
        raise SystemExit(message)
    took = time.monotonic() - began
    with Ledger(folder / "whole.db") as ledger:
        ledger.export(folder / "whole")
    return files(folder / "whole"), took


def trial(documents: Path, folder: Path, jobs: int, moment: float, expected: dict[str, bytes]) -> Trial:
    """What came of a kill so many seconds after the ledger appeared, and of finishing the run."""
    folder.mkdir()
    running, _ = start(documents, folder / "ledger.db", jobs)
    time.sleep(moment)
    running.send_signal(signal.SIGKILL)
    running.wait()
    if not (folder / "ledger.db").exists():
        return Trial(jobs, moment, None, ("no ledger appeared",))
    faults = []
    with Ledger(folder / "ledger.db") as ledger:
        held = ledger.status().documents
        faults += [f"after the kill: {f.table} {f.record}: {f.message}" for f in ledger.verify()]
        ledger.add([documents], jobs=1)
        faults += [f"after finishing: {f.table} {f.record}: {f.message}" for f in ledger.verify()]
        ledger.export(folder / "export")
    found = files(folder / "export")
    faults += [f"{name} differs" for name in sorted(found.keys() | expected.keys()) if found.get(name) != expected.get(name)]
    return Trial(jobs, moment, held, tuple(faults))


def bench(kills: int, number: int, folder: Path) -> list[Trial]:
    """The trials, printed as they come."""
    chance = random.Random(SEED)
    documents = folder / "documents"
    write_documents(documents, number, chance)
    expected, seconds = whole(documents, folder / "one", 1)
    two, seconds_of_two = whole(documents, folder / "two", 2)
    if expected != two:
        message = "one and two processes give different exports; nothing else was tried"
        raise SystemExit(message)
    print(f"{number} documents, uninterrupted: {seconds:.1f} s with one process, {seconds_of_two:.1f} s with two; {len(expected)} files")
    print("kill  processes  moment s  documents held  result")
    done = []
    for n in range(kills):
        jobs = 1 + n % 2
        found = trial(documents, folder / f"kill-{n + 1}", jobs, chance.uniform(0, (seconds, seconds_of_two)[jobs - 1]), expected)
        done.append(found)
        held = "-" if found.held is None else str(found.held)
        print(f"{n + 1:4}  {jobs:9}  {found.moment:8.2f}  {held:>14}  {'; '.join(found.faults[:3]) or 'sound, export equal'}", flush=True)
    return done


def main() -> int:
    """The exit code: 0 when every kill was survived, else 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--documents", type=int, default=200)
    asked = parser.parse_args()
    os.environ.pop("REAFFIRM_LEDGER", None)
    with tempfile.TemporaryDirectory(prefix="reaffirm-kill-") as folder:
        done = bench(asked.kills, asked.documents, Path(folder))
    failed = sum(bool(t.faults) for t in done)
    partial = sum(t.held is not None and 0 < t.held < asked.documents for t in done)
    print(f"{len(done) - failed} of {len(done)} kills survived; {partial} hit a ledger with some but not all documents")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
