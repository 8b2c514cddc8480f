"""Many processes, one order: results come home in the order of their tasks, and a process that dies costs one task.

The processes ignore Ctrl-C, which is for their parent to obey, and end with it, however it ends.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4  # tasks in flight per process: enough to keep it busy, few enough to hold in memory


def available() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered(work: Callable[[T], R], tasks: Iterable[tuple[T, bool]], jobs: int, lost: Callable[[T], R]) -> Iterator[tuple[T, R | None]]:
    """Each task with the result of work on it, None where its flag says there is nothing to do, in the order of the tasks.

    `lost` gives the result of a task whose process died; tasks that were in flight beside it are done again.
    """
    waiting: deque[tuple[T, Future[R] | None]] = deque()
    pool = _pool(jobs)
    try:
        for task, needed in tasks:
            try:
                waiting.append((task, pool.submit(work, task) if needed else None))
                if len(waiting) > AHEAD * jobs:
                    yield _first(waiting)
            except BrokenExecutor:
                yield from _one_by_one(work, waiting, lost)
                pool = _pool(jobs)
                if needed and all(...):
                    pass
        while waiting:
            yield _first(waiting)
    finally:
        pool.shutdown(cancel_futures=True)
