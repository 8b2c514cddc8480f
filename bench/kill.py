"""Kills `reaffirm add` with SIGKILL at random moments and checks that the ledger survives each time.

N documents are written from templates (seed fixed). An uninterrupted run gives the export that all others are held
against. Then, kill by kill, `reaffirm add` starts on a fresh ledger, by turns with one and two processes, and is killed at a
random moment after the ledger's file has appeared. The ledger must open, `verify` must find nothing, and the finished
run must give the same export, byte for byte. Exit code 1 when it does not, even once.

`--mixed` is a second scenario: 2,000 small files of every format that has a reader (`made`), an archive and files of many articles
among them, are added to one ledger by a run that is killed with its whole process group and resumed, 20 times over, at random
moments, by turns with one and two processes. In the end each file must stand in the ledger exactly once, `verify` find
nothing, and the export be that of an uninterrupted run, byte for byte.
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
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import made
from made.packing import packed
from made.prose import Shape

from reaffirm import formats
from reaffirm.ledger import Ledger
from reaffirm.store import queries

if TYPE_CHECKING:
    from reaffirm.store.records import Entry

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


# The second scenario: one ledger, many formats, killed again and again


def write_mixed(folder: Path, number: int, chance: random.Random) -> Counter[str]:
    """How many articles each file holds, by name; writes so many small files of the formats that have a reader, and an archive."""
    folder.mkdir(parents=True)
    readable = [form for form in made.FORMATS if _is_read(form)]
    print(f"formats: {', '.join(readable)}, an archive", flush=True)
    archived = [_small(readable[n % len(readable)], chance) for n in range(12)]
    (folder / "parcel.zip").write_bytes(packed((f"{n}-{file.name}", file.data) for n, file in enumerate(archived)))
    held = Counter({f"parcel.zip/{n}-{file.name}": file.articles for n, file in enumerate(archived)})
    for n in range(number - 1):
        file = _small(readable[n % len(readable)], chance)
        name = f"week-{n % 7}/{n:04}-{file.name}"
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(file.data)
        held[name] = file.articles
    return held


def _small(form: str, chance: random.Random) -> made.Made:
    """A file of 5 to 10 sentences."""
    return made.make(form, chance.randrange(made.VARIANTS), chance, Shape(1, 2, items=1, notes=int(form in {"docx", "pdf"})))


def _is_read(form: str) -> bool:
    file = _small(form, random.Random(1))
    return bool(formats.read(file.data, file.name).text.strip())


def interrupted(documents: Path, path: Path, kills: int, step: float, idle: list[float]) -> list[str]:
    """What is wrong after each of so many kills; a kill comes when the program has come to work and at most two steps later."""
    chance, faults = random.Random(SEED), []
    for n in range(kills):
        jobs = 1 + n % 2
        running, _ = start(documents, path, jobs)
        moment = idle[jobs - 1] + chance.uniform(0, 2 * step)
        time.sleep(moment)
        ended = running.poll()
        if ended is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        with Ledger(path) as ledger:
            held = ledger.status().documents
            found = [f"after kill {n + 1}: {f.table} {f.record}: {f.message}" for f in ledger.verify()]
        faults += found
        result = "; ".join(found[:3]) or ("sound" if ended is None else f"had ended with code {ended}")
        print(f"{n + 1:4}  {jobs:9}  {moment:8.2f}  {held:>14}  {result}", flush=True)
    return faults


def compared(given: Counter[str], one: Path, other: Path, expected: dict[str, bytes]) -> list[str]:
    """What is wrong with the ledger of the interrupted run: findings, files lost or twice, an export that differs."""
    names = [Counter(a.name for entry in entries for a in entry.acquisitions) for entries in map(_entries, (one, other))]
    faults = [f"{name} stands {names[1][name]} times, not {count}" for name, count in sorted(given.items()) if names[1][name] != count]
    faults += [f"{name} was made up" for name in sorted(names[1].keys() - given.keys())]
    faults += [] if names[0] == names[1] else ["the names differ from those of the uninterrupted run"]
    with Ledger(other) as ledger:
        faults += [f"in the end: {f.table} {f.record}: {f.message}" for f in ledger.verify()]
        ledger.export(other.with_suffix(""))
    found = files(other.with_suffix(""))
    return [*faults, *(f"{name} differs" for name in sorted(found.keys() | expected.keys()) if found.get(name) != expected.get(name))]


def _entries(path: Path) -> list[Entry]:
    with Ledger(path) as ledger:
        return list(queries.everything(ledger.store))


def _alone(documents: Path, path: Path, jobs: int) -> float:
    """How many seconds a run takes that has next to nothing to read."""
    began = time.monotonic()
    start(documents, path, jobs)[0].wait()
    return time.monotonic() - began


def mixed(kills: int, number: int, folder: Path) -> int:
    """The exit code of the second scenario: 0 when nothing was lost, nothing stands twice and the exports are equal."""
    documents, first = folder / "documents", folder / "first"
    given = write_mixed(documents, number, random.Random(SEED))
    first.mkdir()
    (first / "one.txt").write_text("The minister said that talks would go on.\n", encoding="utf-8")
    idle = [_alone(first, folder / f"idle-{jobs}.db", jobs) for jobs in (1, 2)]
    expected, seconds = whole(documents, folder / "one", 1)
    print(f"{number} files, uninterrupted: {seconds:.1f} s with one process; {len(expected)} files of export")
    print(f"a run of next to nothing: {idle[0]:.1f} s with one process, {idle[1]:.1f} s with two")
    print("kill  processes  moment s  documents held  result", flush=True)
    path = folder / "killed.db"
    faults = interrupted(documents, path, kills, 0.8 * seconds / max(1, kills), idle)
    last, _ = start(documents, path, 1)
    faults += [] if last.wait() == 0 else ["the last run failed"]
    faults += compared(given, folder / "one/whole.db", path, expected)
    print(*faults[:20], sep="\n", end="\n" if faults else "")
    print(f"{kills} kills, {len(faults)} faults: " + ("nothing lost, nothing twice, export equal" if not faults else "FAILED"))
    return int(bool(faults))


def main() -> int:
    """The exit code: 0 when every kill was survived, else 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, help="50; 20 with --mixed")
    parser.add_argument("--documents", type=int, help="200; 2000 with --mixed")
    parser.add_argument("--mixed", action="store_true", help="many formats, one ledger, killed again and again")
    asked = parser.parse_args()
    asked.kills = asked.kills if asked.kills is not None else 20 if asked.mixed else 50
    asked.documents = asked.documents or (2000 if asked.mixed else 200)
    os.environ.pop("REAFFIRM_LEDGER", None)
    with tempfile.TemporaryDirectory(prefix="reaffirm-kill-") as folder:
        if asked.mixed:
            return mixed(asked.kills, asked.documents, Path(folder))
        done = bench(asked.kills, asked.documents, Path(folder))
    failed = sum(bool(t.faults) for t in done)
    partial = sum(t.held is not None and 0 < t.held < asked.documents for t in done)
    print(f"{len(done) - failed} of {len(done)} kills survived; {partial} hit a ledger with some but not all documents")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
