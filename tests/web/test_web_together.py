"""A short run of bench/web_together.py, which `make bench` runs for longer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def test_browsers_forms_and_an_add_together_lose_nothing() -> None:
    script = Path(__file__).resolve().parents[2] / "bench" / "web_together.py"
    free = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}  # a pool of an earlier test set it for its children
    done = subprocess.run([sys.executable, str(script), "--seconds", "10"], capture_output=True, text=True, check=False, env=free)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 errors, 0 rows or files lost" in done.stdout
    told = re.search(r"(\d+) files added by another process, (\d+) sent through the page", done.stdout)
    assert told
    assert min(map(int, told.groups())) > 0
