"""A short run of bench/kill.py, which `make bench` runs in full."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_a_killed_run_leaves_a_sound_ledger_and_can_be_finished() -> None:
    script = Path(__file__).resolve().parent.parent / "bench" / "kill.py"
    free = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}  # a pool of an earlier test set it for its children
    command = [sys.executable, str(script), "--kills", "3", "--documents", "12"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=free)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 kills survived" in done.stdout
