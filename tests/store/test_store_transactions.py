import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from store_builders import NOW, RUN, Filled, arrival_of, contents, observation_of, put

from reaffirm.errors import LedgerError
from reaffirm.store import queries
from reaffirm.store.sqlite import open_ledger
from reaffirm.store.verify import verify


def test_a_second_writer_waits_its_turn(path: Path, filled: Filled) -> None:
    observation = observation_of("Second.")
    done: list[str] = []

    def write() -> None:
        with open_ledger(path, wait=20) as other:
            done.append(other.record(observation, arrival_of(observation, "b.txt"), b"Second.", RUN))

    with filled.store.writing():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(0.2)
        assert done == []
    thread.join(20)
    assert done == ["new"]
    assert verify(filled.store) == []


def test_a_second_writer_that_waited_too_long_is_told_so(path: Path, filled: Filled) -> None:
    with filled.store.writing(), open_ledger(path, wait=0.05) as other:
        assert len(queries.said(other)) == 2
        with pytest.raises(LedgerError, match="being used by another process; wait"):
            other.fail("x", None, "y", NOW)
    assert verify(filled.store) == []


def test_a_reader_that_stays_keeps_the_writer_from_finishing_but_nothing_breaks(path: Path, filled: Filled) -> None:
    with open_ledger(path) as reader, open_ledger(path, wait=0.05) as writer:
        export = queries.everything(reader)
        next(export)
        if writer.read("PRAGMA journal_mode")[0][0] == "delete":
            with pytest.raises(LedgerError, match="being used by another process"):
                put(writer, "Second.", "b.txt")
        with pytest.raises(LedgerError, match="still being read here"):
            put(reader, "Second.", "b.txt")
        assert list(export) == []
        put(writer, "Second.", "b.txt")
        assert [d.doc for d in queries.documents(reader)] == ["a.txt", "b.txt"]
    assert verify(filled.store) == []


def test_an_error_inside_a_transaction_leaves_nothing(filled: Filled) -> None:
    before = contents(filled.store)

    def interrupted() -> None:
        with filled.store.writing() as connection:
            connection.execute("DELETE FROM passage")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert contents(filled.store) == before


def test_a_full_disk_loses_nothing(path: Path, filled: Filled) -> None:
    pages = filled.store.read("PRAGMA page_count")[0][0]
    filled.store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    text = "Long. " * 20000
    with pytest.raises(LedgerError, match=r"disk is full; nothing was lost .* free space and run again"):
        put(filled.store, text, "b.txt")
    with open_ledger(path) as store:
        assert verify(store) == []
        assert [d.doc for d in queries.documents(store)] == ["a.txt"]
        put(store, text, "b.txt")
        assert [d.doc for d in queries.documents(store)] == ["a.txt", "b.txt"]


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from store_builders import put
    from reaffirm.store.sqlite import open_ledger

    seen = 0

    def count(sql):
        global seen
        seen += 1
        if seen == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)

    with open_ledger(Path(sys.argv[1])) as store:
        store.connection.execute("PRAGMA cache_size = 1")
        store.connection.set_trace_callback(count)
        put(store, "Second. " * 2000, "b.txt")
"""


@pytest.mark.parametrize("at", [2, 8, 20, 40])
def test_a_process_killed_in_a_transaction_leaves_the_ledger_as_it_was(path: Path, filled: Filled, at: int) -> None:
    before = contents(filled.store)
    filled.store.close()
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(path), str(at)]
    killed = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, check=False)
    assert killed.returncode == -signal.SIGKILL
    with open_ledger(path) as store:
        assert contents(store) == before
        assert verify(store) == []
        put(store, "Second. " * 2000, "b.txt")
        assert verify(store) == []
