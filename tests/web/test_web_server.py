"""`reaffirm serve`: it says where it listens, answers there, and stops when it is told to."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from samples import Outcome

pytest_plugins = ["samples"]
PROGRAM = [sys.executable, "-c", "from reaffirm.cli import main; main()"]


def test_it_says_where_it_listens_answers_and_stops(sample: Path) -> None:
    started = subprocess.Popen([*PROGRAM, "serve", "--port", "0", "--ledger", str(sample), "--json"], stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout
        printed = ""
        while not printed.rstrip().endswith("}"):
            line = started.stdout.readline()
            assert line
            printed += line
        address = json.loads(printed)["address"]
        assert "127.0.0.1" in address
        with urllib.request.urlopen(f"{address}documents.json") as found:  # noqa: S310 - an address of this machine
            assert json.load(found)["total"] == 12
    finally:
        started.send_signal(signal.SIGINT)
        started.communicate(timeout=30)
    assert started.returncode in {0, 130, -signal.SIGINT}


def test_a_port_that_is_taken_is_told(sample: Path, run: Callable[..., Outcome]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = run("serve", "--ledger", sample, "--port", taken.getsockname()[1])
    assert found.code == 2
    assert "choose another --port" in found.err


def test_a_ledger_that_is_not_there_is_told(tmp_path: Path, run: Callable[..., Outcome]) -> None:
    assert run("serve", "--ledger", tmp_path / "none.db").code == 3
