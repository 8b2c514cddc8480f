"""A short run of bench/kill.py, which `make bench` runs in full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_killed_run_leaves_a_sound_ledger_and_can_be_finished() -> None:
    script = Path(__file__).resolve().parent.parent / "bench" / "kill.py"
    done = subprocess.run([sys.executable, script, "--kills", "3", "--documents", "12"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 kills survived" in done.stdout
