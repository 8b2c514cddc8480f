"""Kills a server with SIGKILL while two coders decide and `reaffirm add` runs, and checks that no decision is lost that was acknowledged.

A ledger has read the sample corpus. Kill by kill, `reaffirm serve` starts on it and two coders, each under a name, decide rows of the same
queue as fast as answers come (verdicts, corrections, comments, undoing); while they do, `reaffirm add` reads further documents (templates,
seed fixed) into the same ledger. At a random moment the server is killed with its whole process group. In the end every decision that was
answered must be in the log, `verify` find nothing, and the log replayed give what the ledger says holds. Exit code 1 when not.
"""

from __future__ import annotations

import argparse
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
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from kill import PROGRAM, SEED, write_documents

from reaffirm.ledger import Ledger
from reaffirm.review.log import standing
from reaffirm.store import loading, queries

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
CODERS = ("Ana", "Bo")
TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass(slots=True)
class Coder:
    """A person at a browser: the name, what was answered (ids), how long each answer took, and what went wrong that must not."""

    name: str
    dice: random.Random
    answered: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def work(self, address: str) -> None:
        """Nothing; decides until the server is gone."""
        with httpx2.Client(base_url=address, timeout=30.0) as browser:
            try:
                token = TOKEN.findall(browser.get("/review").text)[0]
                browser.post("/review/who", data={"token": token, "name": self.name})
                while True:
                    for row in [w["proposal"]["row"] for w in browser.get("/review.json?per=100").json()["sheet"]["rows"]] or [""]:
                        self._decide(browser, token, row)
            except httpx2.TransportError:
                return  # killed

    def _decide(self, browser: httpx2.Client, token: str, row: str) -> None:
        verb, sent = self.dice.choice(
            (
                *[("judge", {"verdict": verdict}) for verdict in ("accepted", "rejected", "unsure")],
                ("judge", {"verdict": "corrected", "field": "strength", "value": "2"}), ("comment", {"text": "looked at"}), ("undo", {}),
            )
        )  # fmt: skip
        begun = time.monotonic()
        answer = browser.post(f"/review/{verb}.json", data={"token": token, "row": row, **sent})
        self.seconds.append(time.monotonic() - begun)
        if answer.status_code == 200:
            self.answered.append(answer.json()["id"])
        elif answer.status_code not in {404, 422, 503}:  # nothing to undo; the queue was empty; busy
            self.faults.append(f"{answer.status_code}: {answer.text[:200]}")


def serving(book: Path) -> tuple[subprocess.Popen[str], str]:
    """A server of its own process group, and its address."""
    command = [*PROGRAM, "serve", "--ledger", str(book), "--port", "0", "--json"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True)
    told = ""
    while server.stdout and not told.rstrip().endswith("}"):
        told += server.stdout.readline()
    return server, json.loads(told)["address"]


def killed(book: Path, coders: list[Coder], seconds: float) -> None:
    """Nothing; two coders decide on a server that is killed after so many seconds."""
    server, address = serving(book)
    threads = [threading.Thread(target=coder.work, args=(address,)) for coder in coders]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    for thread in threads:
        thread.join()


def checked(book: Path, coders: list[Coder]) -> list[str]:
    """What is wrong with the ledger in the end."""
    faults = [fault for coder in coders for fault in coder.faults]
    with Ledger(book) as ledger:
        events = [loading.judgement_of(row) for row in ledger.store.read("SELECT * FROM judgement ORDER BY seq")]
        logged = {event.id for event in events}
        faults += [f"{coder.name}: {key} was answered and is lost" for coder in coders for key in coder.answered if key not in logged]
        held = sorted(judgement.id for judgement in queries.judgements(ledger.store))
        faults += [] if held == sorted(judgement.id for judgement in standing(events)) else ["the log replayed gives something else"]
        faults += [str(finding) for finding in ledger.verify()]
    return faults


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=3.0, help="the longest time until a kill")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, book = Path(temporary) / "more", Path(temporary) / "book.db"
        dice = random.Random(SEED)
        write_documents(folder, asked.documents, dice)
        with Ledger(book, create=True, packs=[EXAMPLES / "pack"]) as ledger:
            ledger.add([EXAMPLES / "corpus"])
        coders = [Coder(name, random.Random(SEED + n)) for n, name in enumerate(CODERS)]
        adding = subprocess.Popen([*PROGRAM, "add", str(folder), "--ledger", str(book)], stdout=subprocess.DEVNULL)
        during = 0
        for _ in range(asked.kills):
            during += adding.poll() is None
            killed(book, coders, dice.uniform(0.3, asked.seconds))
        code = adding.wait()
        faults = [*checked(book, coders), *([] if code == 0 else [f"add ended with {code}"])]
    answered = sum(len(coder.answered) for coder in coders)
    times = sorted(second for coder in coders for second in coder.seconds)
    print(f"{asked.kills} kills, {during} of them while `add` ran; {answered} decisions were answered, none may be lost")
    print(f"an answer took {times[len(times) // 2] * 1000:.0f} ms (median), {times[int(len(times) * 0.95)] * 1000:.0f} ms (95 of 100)")
    print("\n".join(faults) or "no decision was lost")
    return 1 if faults or not answered else 0


if __name__ == "__main__":
    sys.exit(main())
