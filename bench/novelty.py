"""Measures the new-language report: a committee's formulas over thirteen years, then dropped and kept words of one state's speeches.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its statements and speeches there is nothing to measure and
the script says so. Formulas (`FORMULAS`): when each enters and leaves is found by searching the series for its words; right is a
report that has it among the new (or returned) words where it enters and among the gone ones where it leaves, and in neither where it
stays or was not there. Then bench/novelty_verdicts.jsonl: phrases of speeches, read by hand, and whether the next year's speech has
their wording; right is a report that calls the former gone and not the latter. A phrase is present when at least half of its words stand
in the next speech in one passage and in their order. The rules were made with the first forty in sight, the other forty were read after.
`--show` prints what was wrong, `--tell DATE` the remarks on a statement.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm.linking.concordance import WORD
from reaffirm.linking.formulas import Edition
from reaffirm.linking.novelty import novelties, novelty

if TYPE_CHECKING:
    from reaffirm.model import Span
    from reaffirm.sequels import Novelty, Remark

FORMULAS = ("considerable period", "likely to be measured", "extended period", "exceptionally low levels", "patient")
YEARS = ("2003", "2016")
LEAST = 0.95
HERE = Path(__file__).parent


def shared() -> Path:
    return Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data/documents"


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def statements() -> list[Edition]:
    path = shared() / "fomc_statements.jsonl"
    rows = map(json.loads, path.read_text("utf-8").splitlines()) if path.exists() else ()
    return [Edition(row["date"], row["date"], row["text"]) for row in rows]


def speeches() -> dict[str, list[Edition]]:
    path = shared() / "ungdc_2000_2024.jsonl"
    found: dict[str, list[Edition]] = {}
    for row in map(json.loads, path.read_text("utf-8").splitlines()) if path.exists() else ():
        found.setdefault(row["iso3"], []).append(Edition(f"{row['iso3']}-{row['year']}", str(row["year"]), row["text"]))
    return {state: sorted(rows, key=lambda e: e.date or "") for state, rows in found.items()}


def touched(remarks: tuple[Remark, ...], side: str, sought: str) -> bool:
    """Whether words that differ on a side are part of the words sought."""
    swaps = ((remark, swap) for remark in remarks for swap in remark.words if not (swap.still if side == "was" else swap.already))
    return any(_meets(getattr(remark, side), getattr(swap, side), sought) for remark, swap in swaps)


def _meets(sentence: Span | None, words: Span | None, sought: str) -> bool:
    """Whether some words of a sentence overlap an occurrence of others in it."""
    if sentence is None or words is None:
        return False
    low, high = words.start - sentence.start, words.end - sentence.start
    before, middle, text = plain(sentence.exact[:low]), plain(sentence.exact[low:high]), plain(sentence.exact)
    start = len(before) + bool(before)
    at = text.find(sought)
    while at >= 0:
        if at < start + len(middle) and start < at + len(sought):
            return True
        at = text.find(sought, at + 1)
    return False


def formulas(*, show: bool) -> bool:
    series = [e for e in statements() if YEARS[0] <= (e.date or "") < YEARS[1]]
    if not series:
        print("skipped: no statements in the shared folder")
        return True
    begun = time.perf_counter()
    told = novelties(series)
    print(f"{len(series)} statements 2003-2015: {time.perf_counter() - begun:.1f} s")
    right = total = 0
    for sought in FORMULAS:
        turns, wrong = 0, []
        for (a, b), report in zip(pairwise(series), told[1:], strict=True):
            was, now = sought in plain(a.text), sought in plain(b.text)
            new, gone = touched(report.of("new", "back", "changed"), "now", sought), touched(report.of("gone", "changed"), "was", sought)
            turns += was != now
            total += 1
            good = (new, gone) == (now and not was, was and not now)
            right += good
            if not good:
                wrong.append(f"{b.date} was {was} now {now}: new {new} gone {gone}")
        print(f"{sought:28} enters or leaves {turns} times, wrong {len(wrong)} of {len(series) - 1}")
        for line in wrong if show else ():
            print("   ", line)
    print(f"right {right} of {total}")
    return right == total


def kept(report: Novelty, text: str, start: int, end: int) -> bool:
    """Whether a report leaves at least half of the words of an extent of the predecessor standing."""
    remarks = report.of("gone", "changed")
    gone = [swap.was for remark in remarks for swap in remark.words if swap.was and not swap.still]
    words = [(start + found.start(), start + found.end()) for found in WORD.finditer(text[start:end])]
    left = sum(not any(span.start <= a and b <= span.end for span in gone) for a, b in words)
    return left >= len(words) / 2


def verdicts(*, show: bool) -> bool:
    chains = speeches()
    path = HERE / "novelty_verdicts.jsonl"
    if not chains or not path.exists():
        print("skipped: no speeches in the shared folder")
        return True
    items = list(map(json.loads, path.read_text("utf-8").splitlines()))
    states = sorted({item["document"][:3] for item in items})
    begun = time.perf_counter()
    told = {report.document: report for state in states for report in novelties(chains[state])}
    print(f"{len(states)} chains of 25 speeches: {time.perf_counter() - begun:.1f} s")
    texts = {edition.document: edition.text for state in states for edition in chains[state]}
    right = 0
    for item in items:
        text = texts[item["document"]]
        good = kept(told[item["next"]], text, item["start"], item["end"]) == (item["verdict"] == "present")
        right += good
        if show and not good:
            print(f"    {item['verdict']} in {item['next']}: {plain(text[item['start'] : item['end']])}")
    print(f"read by hand: right {right} of {len(items)} (at least {LEAST})")
    return right >= LEAST * len(items)


def tell(report: Novelty, most: int = 15) -> None:
    for remark in report.remarks[:most]:
        print(f"{remark.weight:5} {remark.kind} run {remark.run} since {remark.since} first time {remark.first_time} {remark.why}")
        for swap in remark.words:
            print(f"        {swap.was.exact if swap.was else '–'!r} -> {swap.now.exact if swap.now else '–'!r} {swap.first_time}")
        if remark.kind == "returns":
            print("        ", " ".join(remark.now.exact.split()) if remark.now else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--tell", metavar="DATE")
    asked = parser.parse_args()
    if asked.tell:
        series = statements()
        n = next(n for n, e in enumerate(series) if e.date == asked.tell)
        tell(novelty(series[n], series[:n]))
        return 0
    good = all([formulas(show=asked.show), verdicts(show=asked.show)])
    begun = time.perf_counter()
    whole = statements()
    novelties(whole)
    print(f"chain of {len(whole)} statements: {time.perf_counter() - begun:.1f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
