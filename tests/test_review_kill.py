"""A short run of bench/review_kill.py, which `make bench` runs in full."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_no_answered_decision_is_lost_when_the_server_is_killed_while_add_runs() -> None:
    script = Path(__file__).resolve().parent.parent / "bench" / "review_kill.py"
    free = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}  # a pool of an earlier test set it for its children
    command = [sys.executable, str(script), "--kills", "2", "--documents", "6", "--seconds", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=free)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no decision was lost" in done.stdout
