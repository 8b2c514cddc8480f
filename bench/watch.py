"""Runs a program and watches it: exit code, output, seconds, and the memory of its whole tree, sampled every 50 ms (Linux).

Memory is summed as PSS (`/proc/PID/smaps_rollup`), which counts a page shared by n processes as a n-th in each; the
largest single process is told as RSS. A sample misses what lives for less than its interval.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.05
PROC = Path("/proc")
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Watched:
    """What became of a program; `code` is None when it did not end in time and was killed."""

    code: int | None
    out: str
    err: str
    seconds: float
    together: int
    single: int

    @property
    def memory(self) -> str:
        """Both peaks in MiB, for a table."""
        return f"{self.together // MIB} MiB together, {self.single // MIB} MiB in one process"


def watch(command: list[str], patience: float, ceiling: int = 6 * 1024 * MIB) -> Watched:
    """What became of a program that may take so many seconds and bytes; with more of either it is killed."""
    together = single = 0
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
        while running.poll() is None and time.monotonic() - began < patience and together < ceiling:
            here = time.monotonic()
            sizes = [size for pid in tree(running.pid) if (size := memory(pid))]
            together = max(together, sum(pss for pss, _ in sizes))
            single = max([single, *(rss for _, rss in sizes)])
            time.sleep(max(0.005, INTERVAL - (time.monotonic() - here)))
        code = running.poll()
        seconds = time.monotonic() - began
        end(running)
        out.seek(0)
        err.seek(0)
        told = [stream.read().decode("utf-8", "replace") for stream in (out, err)]
    return Watched(code, told[0], told[1], seconds, together, single)


def end(running: subprocess.Popen[bytes]) -> None:
    """Nothing; kills what is left of a program that was started in a session of its own, and its tree."""
    for pid in {running.pid, *tree(running.pid)}:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    running.wait()


def tree(root: int) -> list[int]:
    """The processes of a program: those of its session, and all that descend from them."""
    parents: dict[int, int] = {}
    found = set()
    for entry in (path.name for path in PROC.iterdir()):
        if not entry.isdigit():
            continue
        try:
            fields = (PROC / entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] == "Z":
            continue
        parents[int(entry)] = int(fields[1])
        if int(entry) == root or int(fields[3]) == root:
            found.add(int(entry))
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found and pid not in found}
        found |= more
        grown = bool(more)
    return sorted(found)


def memory(pid: int) -> tuple[int, int] | None:
    """PSS and RSS of a process in bytes; None when it is gone."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()[1:]
    except OSError:
        return None
    sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}
    return sizes.get("Pss", 0), sizes.get("Rss", 0)
