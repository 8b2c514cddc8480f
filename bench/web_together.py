"""Two browsers, forms with files, and `reaffirm add` in another process, all at once on one ledger: no error, no lost row.

The real server runs in a process of its own. Two clients walk its pages (`web_walk.py`), each with its own cookies; one of them posts
a file through the page now and then and reads its report; meanwhile `reaffirm add` reads folder after folder of generated notes into the
same ledger. An answer of 503 with `Retry-After` is as designed if the page comes when it is asked for again. In the end every file that
was added or sent must be in the ledger, every report must say so, and `verify` must find nothing. With a Chromium two real browsers
look at the pages as well (`--browsers`).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import web_walk
from kill import PROGRAM, SEED, write_documents

from reaffirm.ledger import Ledger
from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "examples/pack"
PATIENCE = 120.0  # seconds for what was begun to come to its end
TRIES = 20  # of a page that says that the ledger is being written
FOLDER = 12  # notes that one `add` reads
OK, BUSY = 200, 503
LAST = 150  # files whose reports are read; a server keeps those of 200 batches
PAUSE = 0.5  # seconds between two forms


@dataclass(slots=True)
class Seen:
    """What a client saw: how many answers of each status, what was wrong, and which files it sent with the address of their report."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def serving(ledger: Path, seen: Seen) -> Iterator[str]:
    """The address of `reaffirm serve`, which is stopped in the end; what it logged is a fault."""
    command = (*PROGRAM, "serve", "--ledger", str(ledger), "--packs", str(PACK), "--port", "0", "--json")
    log = ledger.with_suffix(".log")
    with log.open("w") as told, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True) as running:
        try:
            printed = ""
            while not printed.rstrip().endswith("}"):
                line = running.stdout.readline() if running.stdout else ""
                if not line:
                    message = "the server did not start"
                    raise SystemExit(message)
                printed += line
            yield json.loads(printed)["address"].rstrip("/")
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(PATIENCE)
    seen.faults += [f"the server said: {line}" for line in log.read_text().splitlines() if "defect" in line or "Error" in line]


def asked(browser: httpx2.Client, address: str, seen: Seen) -> httpx2.Response:
    """An answer; one that says when to come again is asked for until it is there."""
    for _ in range(TRIES):
        found = browser.get(address)
        seen.statuses[found.status_code] += 1
        if found.status_code != 503 or "retry-after" not in found.headers:
            break
        time.sleep(float(found.headers["retry-after"]))
    if found.status_code >= 500:
        seen.faults.append(f"{address}: {found.status_code}")
    return found


def walk(address: str, until: float, seen: Seen, seed: int) -> None:
    """Nothing; walks all pages, and their JSON, again and again."""
    chance = random.Random(seed)
    paths = web_walk.routes(application(Path("none.db")))
    with httpx2.Client(base_url=address, timeout=PATIENCE, follow_redirects=True) as browser:
        while time.monotonic() < until:

            def ask(place: str) -> tuple[int, str]:
                if time.monotonic() > until:
                    return 0, ""
                found = asked(browser, chance.choice((place, web_walk.as_json(place))) if "/original" not in place else place, seen)
                if "json" in found.headers.get("content-type", ""):
                    found = asked(browser, place, seen)
                return found.status_code, found.text if "html" in found.headers.get("content-type", "") else ""

            web_walk.addresses(paths, ask)


def send(address: str, until: float, seen: Seen) -> None:
    """Nothing; sends one file after the other through the page, two at a time now and then, and reads the reports."""
    chance = random.Random(SEED + 1)
    with httpx2.Client(base_url=address, timeout=PATIENCE) as browser, tempfile.TemporaryDirectory() as temporary:
        number = 0
        while time.monotonic() < until:
            folder = Path(temporary) / f"{number}"
            write_documents(folder, chance.choice((1, 1, 2)), chance)
            files = {f"sent-{number}-{file.name}": file.read_bytes() for file in sorted(folder.iterdir())}
            found = asked(browser, "/ingest", seen)
            token = re.search(r'name="token" value="([^"]+)"', found.text)
            parts = [("token", (None, token[1] if token else "")), *(("files", named) for named in files.items())]
            answer = browser.post("/ingest", files=parts)
            seen.statuses[answer.status_code] += 1
            if answer.status_code == 303:
                seen.sent |= dict.fromkeys(files, answer.headers["location"])
            elif answer.status_code != 503:
                seen.faults.append(f"a form: {answer.status_code}")
            number += 1
            time.sleep(PAUSE)


def awaited(address: str, seen: Seen) -> None:
    """Nothing; every report that a server still keeps comes to its end and tells of every file that was sent."""
    with httpx2.Client(base_url=address, timeout=PATIENCE) as browser:
        for name, place in list(seen.sent.items())[-LAST:]:
            began = time.monotonic()
            told: dict[str, Any] = {"state": "", "sheet": {"rows": []}}
            while told["state"] not in {"done", "failed"} and time.monotonic() - began < PATIENCE:
                answer = asked(browser, f"{place}.json", seen)
                told = answer.json() if answer.status_code == OK else told
                if answer.status_code not in {OK, BUSY}:
                    seen.faults.append(f"{name}: {answer.status_code} {answer.text[:200]}")
                    break
                time.sleep(0.1)
            outcomes = {row["name"]: row["outcome"] for row in told["sheet"]["rows"]}
            if told["state"] != "done" or outcomes.get(name) not in {"new", "known"}:
                seen.faults.append(f"{name}: {told['state']}, {outcomes.get(name)}")


def add(ledger: Path, folder: Path, until: float, seen: Seen) -> list[str]:
    """The names of the files that `reaffirm add` read in a process of its own, folder after folder."""
    chance = random.Random(SEED + 2)
    names: list[str] = []
    while time.monotonic() < until:
        here = folder / f"{len(names)}"
        write_documents(here, FOLDER, chance)
        for file in here.iterdir():
            file.rename(here / f"added-{len(names)}-{file.name}")
        done = subprocess.run(
            (*PROGRAM, "add", str(here), "--ledger", str(ledger), "--packs", str(PACK), "--jobs", "1", "--json"),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        names += [file.name for file in here.iterdir()]
        if done.returncode:
            seen.faults.append(f"add ended with code {done.returncode}: {done.stderr[:300]}")
    return names


def look(address: str, until: float, seen: Seen) -> None:
    """Nothing; two browsers with script open page after page."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not needed where there is no browser

    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        pages = [chromium.new_context().new_page() for _ in range(2)]
        for page in pages:
            page.on("pageerror", lambda error: seen.faults.append(f"in a browser: {error}"))
            page.goto(address)
        while time.monotonic() < until:
            for page in pages:
                links = page.eval_on_selector_all("main a[href^='/'], nav a", "all => all.map(a => a.getAttribute('href'))")
                found = page.goto(address + random.Random(len(links)).choice([*links, "/said"]).partition("#")[0])
                status = found.status if found else 0
                seen.statuses[status] += 1
                if status >= 500 and status != 503:
                    seen.faults.append(f"in a browser, {page.url}: {status}")
        chromium.close()


def together(seconds: float, folder: Path, *, browsers: bool) -> tuple[Seen, int, list[str]]:
    """What all clients saw, how many documents there are in the end, and what is lost or damaged."""
    ledger = folder / "together.db"
    with Ledger(ledger, create=True, packs=[PACK]) as book:
        book.add([ROOT / "examples/corpus"], jobs=1)
    seen, names = Seen(), list[str]()
    with serving(ledger, seen) as address:
        until = time.monotonic() + seconds
        work: list[Callable[[], None]] = [lambda seed=seed: walk(address, until, seen, seed) for seed in (1, 2)]  # type: ignore[misc]
        work += [lambda: send(address, until, seen)]
        work += [lambda: names.extend(add(ledger, folder / "notes", until, seen)), *[lambda: look(address, until, seen)] * browsers]
        threads = [threading.Thread(target=_guarded, args=(one, seen)) for one in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        awaited(address, seen)
    with Ledger(ledger, read_only=True) as book:
        held = {document.doc for document in book.documents()}
        lost = [f"{name} is lost" for name in sorted({*names, *seen.sent} - held)]
        damaged = [f"{found.table} {found.record}: {found.message}" for found in book.verify()]
    print(f"{len(names)} files added by another process, {len(seen.sent)} sent through the page, {len(held)} documents in the end")
    return seen, len(held), lost + damaged


def _guarded(work: Callable[[], None], seen: Seen) -> None:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - what ends a client is a fault to be told
        seen.faults.append(f"a client ended: {type(error).__name__}: {error}")


def main() -> int:
    """The exit code: 0 when nothing was wrong and nothing lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--browsers", action="store_true", help="two Chromiums besides")
    wanted = parser.parse_args()
    os.environ.pop("REAFFIRM_LEDGER", None)
    with tempfile.TemporaryDirectory(prefix="reaffirm-together-") as folder:
        seen, _, lost = together(wanted.seconds, Path(folder), browsers=wanted.browsers)
    print("answers by status: " + ", ".join(f"{status}: {n:,}" for status, n in sorted(seen.statuses.items())))
    print(*seen.faults[:20], *lost[:20], sep="\n", end="\n" if seen.faults or lost else "")
    print(f"{wanted.seconds:.0f} seconds, {len(seen.faults)} errors, {len(lost)} rows or files lost")
    return 1 if seen.faults or lost else 0


if __name__ == "__main__":
    sys.exit(main())
