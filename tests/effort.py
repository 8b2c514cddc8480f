"""A guard against work that grows with the square: a bound on processor time, ten times what is usual; a busy machine fails no test."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Nothing; what stands inside fails where this process works longer on it. What waits, and what other processes do, does not count."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds
