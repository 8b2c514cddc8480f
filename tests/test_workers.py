from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reaffirm import workers

if TYPE_CHECKING:
    from collections.abc import Callable


def work(task: str) -> str:
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "fail":
        raise ValueError(task)
    return task.upper()


def lost(task: str) -> str:
    return f"lost {task}"


def test_results_come_in_the_order_of_the_tasks_and_needless_ones_are_passed_by() -> None:
    tasks = [(letter, letter != "c") for letter in "abcdefghijkl"]
    expected = [(letter, None if letter == "c" else letter.upper()) for letter in "abcdefghijkl"]
    assert list(workers.ordered(work, tasks, 2, lost)) == expected


def test_a_task_that_ends_its_process_costs_itself_alone() -> None:
    tasks = ["a", "die", "b", "c", "die", "d", "e", "f", "g", "h", "i", "j"]
    found = list(workers.ordered(work, ((task, True) for task in tasks), 1, lost))
    assert found == [(task, "lost die" if task == "die" else task.upper()) for task in tasks]


def test_an_error_of_the_work_itself_is_the_callers() -> None:
    with pytest.raises(ValueError, match="fail"):
        list(workers.ordered(work, [("a", True), ("fail", True), ("b", True)], 1, lost))


ORPHANS = """
import os, sys, time
sys.path.insert(0, {folder!r})
from test_workers import sleep, lost
from reaffirm import workers
if __name__ == "__main__":
    for _ in workers.ordered(sleep, [({mark!r}, True)] * 2, 2, lost):
        pass
"""


def sleep(mark: str) -> str:
    Path(mark).joinpath(str(os.getpid())).touch()
    time.sleep(60)
    return mark


def test_processes_end_with_their_parent_however_it_ends(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    script = tmp_path / "parent.py"
    script.write_text(ORPHANS.format(folder=str(Path(__file__).parent), mark=str(marks)))
    parent = subprocess.Popen([sys.executable, str(script)])
    assert _within(30, lambda: len(list(marks.iterdir())) == 2)
    parent.kill()
    parent.wait()
    assert _within(10, lambda: not any(_alive(int(mark.name)) for mark in marks.iterdir()))


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
