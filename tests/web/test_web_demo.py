"""The demo ends by serving, but only where a terminal is attached to stop it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
OPEN = re.compile(rb"is open at (http://\S+)")
ENDED = {130, 0}  # stopped by Ctrl-C; 0 where whoever runs the tests has it ignored, as a shell does for what it starts with "&"


def command(folder: Path) -> list[str]:
    program = [sys.executable, "-c", "from reaffirm.cli import main; main()"]
    return [*program, "demo", str(EXAMPLES), "--serve", "--ledger", str(folder / "demo.db")]


def test_without_a_terminal_the_demo_prints_and_ends(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path), capture_output=True, check=True)
    assert OPEN.search(done.stdout) is None
    assert b"Try next" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of Unix")
def test_on_a_terminal_the_demo_serves_the_sample_until_it_is_stopped(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen(command(tmp_path), stdout=theirs) as started:
        os.close(theirs)
        said = b""
        while not (address := OPEN.search(said)):
            said += os.read(ours, 1 << 16)
        with urllib.request.urlopen(address[1].decode()) as page:  # noqa: S310 - an address of this machine
            assert b"Joint Statement" in page.read()
        started.send_signal(signal.SIGINT)
        assert started.wait() in ENDED
    os.close(ours)
