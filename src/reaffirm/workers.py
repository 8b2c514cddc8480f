"""Many processes, one order: results come home in the order of their tasks, and a process that dies costs one task.

The processes ignore Ctrl-C, which is for their parent to obey, and end with it, however it ends.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4  # tasks in flight per process: enough to keep it busy, few enough to hold in memory
HEAVY = 4 * 1024 * 1024  # bytes of tasks in flight; a heavier one is alone


def available() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered(
    work: Callable[[T], R], tasks: Iterable[tuple[T, bool]], jobs: int, lost: Callable[[T], R], weigh: Callable[[T], int] = lambda _: 0
) -> Iterator[tuple[T, R | None]]:
    """Each task with the result of the work, None where its flag says that there is nothing to do, in the order given.

    `lost` gives the result of a task that ends its process; what was in flight beside it is done again. `weigh` gives
    the bytes of a task, so that many large ones are not in memory at once.
    """
    crew, weight = _Crew(work, jobs, lost), 0
    try:
        for task, needed in tasks:
            crew.give(task, needed=needed)
            weight += weigh(task)
            while len(crew.waiting) > AHEAD * jobs or (crew.waiting and weight > HEAVY):
                taken, result = crew.take()
                weight -= weigh(taken)
                yield taken, result
        while crew.waiting:
            yield crew.take()
    finally:
        crew.dismiss()


class _Crew(Generic[T, R]):
    """The processes, the tasks that they have, and one process apart for tasks that may have ended theirs."""

    def __init__(self, work: Callable[[T], R], jobs: int, lost: Callable[[T], R]) -> None:
        self.work, self.jobs, self.lost = work, jobs, lost
        self.pool, self.apart = _pool(jobs), _pool(1)
        self.waiting: deque[tuple[T, Future[R] | None]] = deque()

    def give(self, task: T, *, needed: bool) -> None:
        """Nothing; puts a task at the end of the queue, in new processes where the old ones are gone."""
        try:
            future = self.pool.submit(self.work, task) if needed else None
        except BrokenExecutor:
            self.pool.shutdown()
            self.pool = _pool(self.jobs)
            future = self.pool.submit(self.work, task)
        self.waiting.append((task, future))

    def take(self) -> tuple[T, R | None]:
        """The first task of the queue and its result; waits for it."""
        task, future = self.waiting.popleft()
        try:
            return task, future.result() if future else None
        except BrokenExecutor:
            return task, self._alone(task)

    def _alone(self, task: T) -> R:
        try:
            return self.apart.submit(self.work, task).result()
        except BrokenExecutor:
            self.apart.shutdown()
            self.apart = _pool(1)
            return self.lost(task)

    def dismiss(self) -> None:
        """Nothing; waits for work that has begun and drops the rest."""
        for pool in (self.pool, self.apart):
            pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that start when they are needed; spawned, because a fork copies locks that threads hold.

    They import nothing from the folder that the program runs in, which may hold files that are not trusted.
    """
    os.environ["PYTHONSAFEPATH"] = "1"
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """Nothing; ends this process as soon as its parent is gone, or it would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
