"""How long each page takes on a given ledger, as a multiple of the page that says least (`/about` of an empty ledger), in one run.

Each route of the application is asked for at real addresses (`web_walk.py`), by turns with the empty page, through the whole of the
application but no socket; no answer is taken from a cache. `--ledger` names the ledger; without it the sample corpus is read, several
times over with `--copies` (each copy says another year, so that it is a document of its own).
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import web_walk
from starlette.testclient import TestClient

from reaffirm.ledger import Ledger
from reaffirm.web.app import application

ROOT = Path(__file__).resolve().parents[1]
HOST = "localhost"
MEDIAN, LARGEST = 20, 100  # times the empty page
YEARS = 3  # of the sample corpus, 2031 to 2034 and what they look ahead to
SOUGHT = ("/search?q=the", "/search?q=talks", "/search?q=%22joint+statement%22", "/said?text=the")
SKIPPED = ("/ingest/{batch}",)  # a report is no page of the ledger


@dataclass(frozen=True, slots=True)
class Timed:
    """A route: its addresses, and the seconds of all askings."""

    path: str
    addresses: list[str]
    seconds: list[float]

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return statistics.median(self.seconds)

    @property
    def late(self) -> float:
        """The 95th percentile of the seconds (of few askings, the slowest)."""
        return sorted(self.seconds)[max(0, -(-95 * len(self.seconds) // 100) - 1)]


def copied(folder: Path, copies: int) -> Path:
    """The sample corpus, so many times over, each time some years later."""
    for n in range(copies):
        for file in sorted((ROOT / "examples/corpus").iterdir()):
            text = file.read_text(encoding="utf-8")
            for year in range(2040, 2020, -1):
                text = text.replace(str(year), str(year + n * (YEARS + 1)))
            (folder / f"{n:03}-{file.name}").write_text(text, encoding="utf-8")
    return folder


def client(path: Path, packs: list[Path]) -> TestClient:
    """A client of the application of a ledger."""
    return TestClient(application(path, packs), base_url=f"http://{HOST}", raise_server_exceptions=False)


def asked(browser: TestClient, address: str) -> tuple[float, int, str]:
    """The seconds of an answer, its status and its text."""
    began = time.perf_counter()
    found = browser.get(address)
    return time.perf_counter() - began, found.status_code, found.text if "html" in found.headers.get("content-type", "") else ""


def measured(browser: TestClient, empty: TestClient, times: int) -> tuple[list[Timed], float, list[str]]:
    """Each route with its seconds, the median of the empty page, and what is wrong: routes not reached, answers that failed."""
    paths = [path for path in web_walk.routes(browser.app) if path not in SKIPPED]  # type: ignore[arg-type] # a FastAPI
    wrong: list[str] = []

    def ask(address: str) -> tuple[int, str]:
        _, status, text = asked(browser, address)
        wrong.extend([f"{address}: {status}"] * (status >= 500))
        return status, text

    found = web_walk.addresses(paths, ask, SOUGHT)
    asked(empty, "/about")
    base, timed = [], {path: Timed(path, addresses, []) for path, addresses in found.items() if addresses}
    for _ in range(times):
        for one in timed.values():
            base.append(asked(empty, "/about")[0])
            one.seconds.extend(asked(browser, address)[0] for address in one.addresses)
    wrong += [f"{path}: no address was found" for path, addresses in found.items() if not addresses]
    return list(timed.values()), statistics.median(base), wrong


def table(timed: list[Timed], base: float, misses: list[str]) -> list[str]:
    """The misses; prints the table."""
    print(f"the empty page: {base * 1000:.1f} ms; bars: median of the pages at most {MEDIAN} times that, none over {LARGEST} times")
    print("median ms   95 % ms  times  95 %  addresses  route")
    for one in sorted(timed, key=lambda t: -t.late):
        times, late = one.median / base, one.late / base
        print(f"{one.median * 1000:9.1f} {one.late * 1000:9.1f} {times:6.1f} {late:5.1f} {len(one.addresses):10}  {one.path}")
        if late > LARGEST:
            slowest = max(zip(one.seconds, one.addresses * len(one.seconds), strict=False))[1]
            misses.append(f"{one.path}: {late:.0f} times the empty page (slowest: {slowest})")
    middle = statistics.median(t.median for t in timed) / base
    print(f"median of the pages: {middle:.1f} times the empty page")
    return misses + ([f"median of the pages: {middle:.1f} times the empty page"] if middle > MEDIAN else [])


def main() -> int:
    """The exit code: 0 when every page is within the bars."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ledger", type=Path, help="a ledger to ask; it is only read")
    parser.add_argument("--packs", type=Path, action="append", default=[], help="packs that it was made with")
    parser.add_argument("--copies", type=int, default=1, help="of the sample corpus, where no ledger is given")
    parser.add_argument("--times", type=int, default=5, help="how often each address is asked for")
    wanted = parser.parse_args()
    os.environ.pop("REAFFIRM_LEDGER", None)
    logging.disable()  # a defect is told in a line
    with tempfile.TemporaryDirectory(prefix="reaffirm-web-") as temporary:
        folder = Path(temporary)
        packs = wanted.packs or [ROOT / "examples/pack"]
        if not wanted.ledger:
            (folder / "texts").mkdir()
            with Ledger(folder / "made.db", create=True, packs=packs) as ledger:
                ledger.add([copied(folder / "texts", wanted.copies)], jobs=0 if wanted.copies > 1 else 1)
        Ledger(folder / "empty.db", create=True).__exit__(None, None, None)
        path = wanted.ledger or folder / "made.db"
        with Ledger(path, read_only=True) as ledger:
            print(f"{path.name}: {ledger.status().documents:,} documents")
        timed, base, wrong = measured(client(path, packs), client(folder / "empty.db", packs), wanted.times)
    misses = table(timed, base, wrong)
    print(*(f"MISSED {miss}" for miss in misses), sep="\n", end="\n" if misses else "")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
