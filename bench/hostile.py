"""Feeds the program what is hostile or broken, and checks that every file ends as a document or as a sentence that helps.

Three parts. `folder`: bombs, loops, lies, wrong encodings and bad names (`made.brokenpdf`, `made.bombs`, `made.odd`) in one folder
with good files, added with one process and with two. `odd`: what is no file (links, a pipe, a socket, a device) named by
itself. `fuzz`: good files made bad (`made.mutate`, seed fixed), in folders of 500, each added by a process of its own.

Checked everywhere: exit code 0 or 1 and valid JSON; for each file a document or a failure with a reason that tells what to
do and no program's words; no defect; good files read whole; `verify` finds nothing; the folder is unchanged; nothing
outside was read or asked; memory under 1 GiB together. The smallest file of each kind of fault is kept (`--keep`).

    python bench/hostile.py --singly            each hostile file alone, to see which one fails
    python bench/hostile.py --only laughs       those whose name holds the word, each alone
    python bench/hostile.py --part fuzz --files 1000
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import socket
import sys
import tempfile
import threading
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from made import bombs, brokenpdf, mutate, odd
from watch import MIB, Watched, watch

from reaffirm import formats
from reaffirm.ledger import Ledger
from reaffirm.store import queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reaffirm.store.records import Entry

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261122
LOOPBACK = "127.0.0.1"
BAR = 1024 * MIB
ALONE = 120.0  # seconds for one hostile file
TOGETHER = 1800.0
BATCH = 500
ADVICE = re.compile(
    r"\b(?:add|save|check|open|unpack|split|convert|report|remove|download|type|export|"
    r"use|print|make|give|close|stop|copy|rename)\b", re.IGNORECASE
)  # fmt: skip
JARGON = re.compile(
    r"\b[A-Za-z]*[a-z](?:Error|Exception|Warning)\b|Traceback|BadZipFile|\b0x[0-9a-f]{6,}|<[a-z_.]+ object|, line \d+, in |xmlCtxt|<string>"
)
DEFECT = re.compile(r"defect of", re.IGNORECASE)
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffd]")


@dataclass
class Outcome:
    """What one run of `add` did: how it went, what became of each file, and what is wrong."""

    watched: Watched
    filings: list[dict[str, object]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def blame(self, name: str, what: str) -> None:
        """Nothing; notes a fault of a file, or of the run where there is no name."""
        self.faults.append((name, what))


def program(*arguments: str) -> list[str]:
    """The command line of the program in this environment."""
    script = Path(sys.executable).with_name("reaffirm")
    start = [str(script)] if script.exists() else [sys.executable, "-c", "from reaffirm.cli import main; main()"]
    return [*start, *arguments]


def add(target: Path, ledger: Path, jobs: int, patience: float) -> Outcome:
    """The outcome of adding a file or folder, its report read and each reason weighed."""
    done = Outcome(watch(program("add", "--ledger", str(ledger), "--jobs", str(jobs), "--json", "--", str(target)), patience))
    watched = done.watched
    if watched.code not in {0, 1}:
        ended = f"exit code {watched.code}" if watched.code is not None else f"killed after {watched.seconds:.0f} s with {watched.memory}"
        done.blame("", f"{ended} {watched.err.strip()[-300:]!r}")
    if watched.together > BAR:
        done.blame("", f"memory: {watched.memory}")
    if "Traceback" in watched.err:
        done.blame("", f"a traceback: {watched.err.strip()[-300:]!r}")
    try:
        done.filings = json.loads(watched.out)["filings"]
    except (ValueError, KeyError, TypeError):
        if watched.code in {0, 1}:
            done.blame("", f"no valid JSON: {watched.out[:100]!r}")
    for filing in done.filings:
        if filing["outcome"] == "failed":
            weigh(done, str(filing["name"]), str(filing["reason"]))
    return done


def weigh(done: Outcome, name: str, reason: str) -> None:
    """Nothing; notes what is wrong with the reason of a failure."""
    if DEFECT.search(reason):
        done.blame(name, f"a defect: {reason}")
    elif JARGON.search(reason):
        done.blame(name, f"a program's words: {reason}")
    elif not ADVICE.search(reason):
        done.blame(name, f"no advice: {reason or 'no reason'}")


def inspect(done: Outcome, ledger: Path, good: dict[str, bytes]) -> None:
    """Nothing; notes what is wrong with a ledger: findings, problems in a program's words, secrets read, good files not whole."""
    if not ledger.exists():
        return
    told = watch(program("verify", "--ledger", str(ledger), "--json"), TOGETHER)
    if told.code != 0:
        done.blame("", f"verify: exit code {told.code} {told.out[:200]!r} {told.err[:200]!r}")
    texts: dict[str, str] = {}
    with Ledger(ledger) as book:
        for entry in queries.everything(book.store):
            texts.update({a.name: entry.document.text for a in entry.acquisitions})
            survey(done, entry)
    for name, data in good.items():
        source = formats.read(data, name)
        if source.text.strip() and texts.get(name) != source.text:
            done.blame(name, "a good file was not read whole" if name in texts else "a good file is not in the ledger")


def survey(done: Outcome, entry: Entry) -> None:
    """Nothing; notes what is wrong with a document: a secret in its text, or problems in a program's words."""
    name = entry.acquisitions[0].name
    if bombs.SECRET in entry.document.text:
        done.blame(name, "a file outside was read")
    for problem in entry.problems:
        told = f"{problem.message} {problem.resolution}"
        if DEFECT.search(told) or JARGON.search(told):
            done.blame(name, f"a problem in a program's words: {told[:300]}")


# The hostile files


def good_files() -> dict[str, bytes]:
    """Small good files of every format, by name."""
    return {
        f"good-{name}": data
        for name, data in mutate.sources(ROOT / "examples/corpus")
        if not name.endswith(".zip") and not name.startswith("export")
    }


@contextmanager
def outside(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """The address of a secret file, that of a server, and who asked the server."""
    secret = folder / "secret.txt"
    secret.write_text(bombs.SECRET, encoding="utf-8")
    asked: list[str] = []
    with socket.create_server((LOOPBACK, 0)) as server:
        server.settimeout(0.2)
        closing = threading.Event()

        def listen() -> None:
            while not closing.is_set():
                try:
                    caller, _ = server.accept()
                except TimeoutError:
                    continue
                asked.append("the server was asked")
                caller.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield secret.as_uri(), f"http://{LOOPBACK}:{server.getsockname()[1]}/x.dtd", asked
        finally:
            closing.set()
            thread.join()


def cases(secret: str, address: str) -> dict[str, Callable[[], bytes]]:
    """All hostile files by name."""
    return brokenpdf.CASES | bombs.cases(secret, address) | odd.CASES


def state(folder: Path) -> str:
    """A hash of the names, sizes and times of change of all that lies below a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found = path.lstat()
        if path.name not in {"growing.txt", "replaced.txt"}:
            total.update(
                f"{path.relative_to(folder)!r} {found.st_size} {found.st_mtime_ns} {found.st_mode}".encode("utf-8", "surrogateescape")
            )
    return total.hexdigest()


@contextmanager
def unrest(folder: Path) -> Iterator[None]:
    """A file that grows and one that is replaced, again and again, until the end."""
    growing, replaced, spare = folder / "growing.txt", folder / "replaced.txt", folder.parent / "spare.txt"
    for path in (growing, replaced):
        path.write_bytes(bombs.text(60))
    ended = threading.Event()

    def disturb() -> None:
        turn = 0
        while not ended.wait(0.02):
            turn += 1
            with growing.open("ab") as stream:
                stream.write(b"\n\nThe minister added a word.")
            spare.write_bytes(bombs.text(turn % 2))
            spare.replace(replaced)
            if growing.stat().st_size > MIB:
                growing.write_bytes(b"The minister began anew.")

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def plain(name: str) -> str:
    """A name as it may be compared: what cannot be printed replaced."""
    return UNPRINTABLE.sub("_", unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")))


def folder_part(work: Path) -> list[Outcome]:
    """The outcomes of one folder of everything, with one process and with two."""
    folder, good, done = work / "source", good_files(), []
    folder.mkdir()
    with outside(work) as (secret, address, asked):
        makers = cases(secret, address) | {name: (lambda data=data: data) for name, data in good.items()}
        for name, make in makers.items():
            (folder / name).write_bytes(make())
        names = [*makers, *odd.names(folder), "growing.txt", "replaced.txt"]
        odd.special(folder)
        for file in ("growing.txt", "replaced.txt"):
            (folder / file).write_bytes(b"")
        locked(folder)
        before = state(folder)
        for jobs in (1, 2):
            with unrest(folder):
                run = add(folder, work / f"jobs-{jobs}.db", jobs, TOGETHER)
            complete(run, names)
            if state(folder) != before:
                run.blame("", "the source folder was changed")
            inspect(run, work / f"jobs-{jobs}.db", good)
            run.faults += [("", what) for what in asked]
            tell(f"folder, {jobs} processes", run)
            done.append(run)
    if stray := [str(path) for path in work.rglob("escaped.txt")]:
        done[-1].blame("", f"a member was unpacked outside: {stray}")
    return done


def complete(run: Outcome, names: Iterable[str]) -> None:
    """Nothing; notes the files that are neither a document nor a failure, where there is a report at all."""
    told = {plain(str(f["name"])).split("/")[0] for f in run.filings}
    run.faults += [(name, "neither a document nor a failure") for name in names if run.filings and plain(name) not in told]


def locked(folder: Path) -> None:
    """Nothing; makes a file that may not be read, where permissions hold."""
    path = folder / "locked.txt"
    path.write_bytes(bombs.text(61))
    path.chmod(0)
    if os.geteuid() == 0:
        print("note: run by root, who may read locked.txt whatever its permissions")


def singly(work: Path, only: str) -> list[Outcome]:
    """The outcomes of each hostile file alone."""
    done = []
    with outside(work) as (secret, address, asked):
        for name, make in cases(secret, address).items():
            if only not in name:
                continue
            folder = work / "single"
            folder.mkdir()
            (folder / name).write_bytes(make())
            run = add(folder, work / "single.db", 1, ALONE)
            if not run.filings and run.watched.code in {0, 1}:
                run.blame(name, "neither a document nor a failure")
            inspect(run, work / "single.db", {})
            run.faults += [("", what) for what in asked]
            asked.clear()
            tell(name, run)
            done.append(run)
            shutil.rmtree(folder)
            for path in work.glob("single.db*"):
                path.unlink()
    return done


def odd_part(work: Path) -> list[Outcome]:
    """The outcomes of what is no file, each named by itself."""
    folder, done = work / "odd", []
    folder.mkdir()
    for name, what in odd.special(folder).items():
        run = add(folder / name, work / "odd.db", 1, 20.0)
        if run.watched.code in {2, 3}:  # wrong arguments: told on the standard error output
            run.faults.clear()
            weigh(run, name, run.watched.err)
        elif not any(f["outcome"] == "failed" for f in run.filings) and run.watched.code is not None:
            run.blame(name, "no failure")
        tell(f"odd: {what}", run)
        done.append(run)
    return done


# The fuzz


def fuzz_part(work: Path, number: int, keep: Path) -> list[Outcome]:
    """The outcomes of folders of bad files; the smallest file of each kind of fault is kept."""
    done, batch = [], 0
    pending = mutate.mutants(ROOT / "examples/corpus", number, SEED)
    left = number
    while left > 0:
        folder = work / "fuzz"
        folder.mkdir()
        files = {}
        for _ in range(min(BATCH, left)):
            name, data = next(pending)
            files[name] = data
            (folder / name).write_bytes(data)
        left -= len(files)
        batch += 1
        run = add(folder, work / "fuzz.db", 1, TOGETHER)
        complete(run, files)
        inspect(run, work / "fuzz.db", {})
        preserve(run, files, keep)
        tell(f"fuzz {batch}: {len(files)} files", run)
        done.append(run)
        shutil.rmtree(folder)
        for path in work.glob("fuzz.db*"):
            path.unlink()
    return done


def preserve(run: Outcome, files: dict[str, bytes], keep: Path) -> None:
    """Nothing; keeps the smallest file of each kind of fault, with the fault beside it."""
    for name, what in run.faults:
        data = files.get(name.split("/")[0])
        if data is None or what.startswith("no advice"):
            continue
        kind = hashlib.sha256(re.sub(r"[\d'\"].*", "", what).encode()).hexdigest()[:8]
        known = sorted(keep.glob(f"{kind}-*"))
        if known and min(p.stat().st_size for p in known if p.suffix != ".why") <= len(data):
            continue
        for path in known:
            path.unlink()
        keep.mkdir(parents=True, exist_ok=True)
        target = keep / f"{kind}-{name.split('/')[0]}"
        target.write_bytes(data)
        target.with_name(target.name + ".why").write_text(f"{name}: {what}\n", encoding="utf-8", errors="replace")


def tell(label: str, run: Outcome) -> None:
    """Nothing; prints one run, its faults by kind and the first few of each."""
    failed = sum(f["outcome"] == "failed" for f in run.filings)
    watched = run.watched
    result = "ok" if not run.faults else f"{len(run.faults)} FAULTS"
    told = f"{label:30.30} code {watched.code!s:>4}  {len(run.filings) - failed:>6} read {failed:>6} failed  {watched.seconds:>7.1f} s"
    print(f"{told}  {watched.together // MIB:>5} MiB ({watched.single // MIB:>5} in one)  {result}", flush=True)
    kinds: dict[str, list[str]] = {}
    for name, what in run.faults:
        kinds.setdefault(re.sub(r"[\d'\"].*", "", what)[:60], []).append(f"{plain(name)[:60]}: {plain(what)[:240]}")
    for lines in kinds.values():
        print(*(f"      {line}" for line in lines[:3]), sep="\n")
        if len(lines) > 3:
            print(f"      ... and {len(lines) - 3} more like that")


def main() -> int:
    """The exit code: 1 when anything is wrong, else 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=("folder", "odd", "fuzz"))
    parser.add_argument("--only", default="", metavar="WORD", help="hostile files whose name holds the word, each alone")
    parser.add_argument("--singly", action="store_true", help="each hostile file alone")
    parser.add_argument("--files", type=int, default=5000, metavar="N", help="so many bad files in the fuzz")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "reaffirm-faults", metavar="DIR")
    asked = parser.parse_args()
    os.environ.pop("REAFFIRM_LEDGER", None)
    runs: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="hostile-") as temporary:
        work = Path(temporary)
        if asked.singly or asked.only:
            runs += singly(work, asked.only)
        else:
            runs += folder_part(work) if asked.part in {None, "folder"} else []
            runs += odd_part(work) if asked.part in {None, "odd"} else []
            runs += fuzz_part(work, asked.files, asked.keep) if asked.part in {None, "fuzz"} else []
    peak = max((run.watched.together for run in runs), default=0)
    faults = sum(len(run.faults) for run in runs)
    print(f"{len(runs)} runs, {sum(run.watched.seconds for run in runs):.0f} s, at most {peak // MIB} MiB together; {faults} faults")
    if asked.keep.is_dir():
        print(f"files of faults are kept in {asked.keep}")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
