"""Measures who held an office, month by month from 2004 to 2011, by three witnesses: Wikidata's table, CountryInfo and the shipped pack.

A month agrees when a holder of the seat is the same in both tables, however spelled; where CountryInfo gives nobody the role for
certain it is silent, and the month is not compared. The others make stretches, and each is explained: as the delay where it is not
longer than the two months by which CountryInfo may be late, else by a row of `offices/explained.csv`. CountryInfo (CC BY-SA 3.0) is
only compared: no row of it is kept here.

Prints the agreement of each state and the stretches, and ends with exit code 1 when one is unexplained or an explanation explains
nothing. `REAFFIRM_SHARED` names the shared folder (default ../shared).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reaffirm import packs
from reaffirm.resolve.spellings import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.packs import Packs

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("REAFFIRM_SHARED", HERE / "../../shared")) / "data/offices"
CLOSED = "2011-02"  # the last month in which CountryInfo begins terms of many states; it hardly knows what came later
MONTHS = tuple(m for year in range(2004, 2012) for month in range(1, 13) if (m := f"{year}-{month:02}") <= CLOSED)
LATE = 2  # months by which CountryInfo may be late
# How much alike two spellings of one name are (difflib ratios): each word, the words on average, or all letters in order of the words.
# Chosen by reading the pairs of all months between 0.6 and 0.9.
ALIKE, CLOSE, WHOLE = 0.7, 0.8, 0.82
Seat = tuple[str, str]  # state, kind of office
Holders = dict[Seat, dict[str, set[str]]]  # seat -> month -> names


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive months in which two tables name different holders, with what each says and why; the reason is empty while unknown."""

    pair: str
    state: str
    kind: str
    start: str
    end: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    reason: str = ""

    @property
    def months(self) -> int:
        """How many months it lasts."""
        return MONTHS.index(self.end) - MONTHS.index(self.start) + 1


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(name: str) -> Iterator[dict[str, object]]:
    """The records of a JSON Lines file of the shared folder."""
    with (SHARED / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def add(found: Holders, seat: Seat, name: str, start: str, end: str) -> None:
    """Nothing: notes a holder for the months from start to end, dates cut to months; a year is all its months."""
    first = start[:7] if len(start) > 4 else f"{start or '0000'}-01"
    last = end[:7] if len(end) > 4 else f"{end or '9999'}-12"
    for month in MONTHS:
        if first <= month <= last:
            found[seat][month].add(name)


def empty() -> Holders:
    """Holders without anybody."""
    return defaultdict(lambda: defaultdict(set))


def wikidata() -> Holders:
    """The holders by the Wikidata table as it is, in the positions that the pack is built from."""
    positions = table(HERE.parent / "tools/officepack/positions.csv")
    places = {(row["country"], row["position"]): (row["state"], row["kind"]) for row in positions}
    found = empty()
    for term in lines("office_holders_wikidata.jsonl"):
        seat = places.get((str(term["country"]), str(term["position"])))
        if seat:
            add(found, seat, str(term["person"]), str(term["start"] or ""), str(term["end"] or ""))
    return found


def countryinfo(knowledge: Packs) -> tuple[Holders, Holders]:
    """The holders by CountryInfo, by the roles of `offices/roles.csv`: those for certain, and all who may have been.

    The table gives a person the roles of a whole life and then, apart, the months in government under each code of a field. So only one
    whose roles all are of one seat held it for certain; of the others, months in which a code tells of another field do not count.
    """
    states = {form.casefold(): state.name for state in knowledge.states for form in (state.name, *state.aliases)}
    roles = [(row["seat"], re.compile(row["pattern"]), row["code"]) for row in table(HERE / "offices/roles.csv")]
    certain, possible = empty(), empty()
    for term in lines("office_holders_countryinfo.jsonl"):
        state = states.get(str(term["country"]).replace("_", " ").casefold())
        given = [str(role) for role in cast("list[str]", term["roles"])]
        for seat, pattern, code in roles if state else ():
            fitting = [role for role in given if pattern.fullmatch(role)]
            if fitting and (len(given) == len(fitting) or re.fullmatch(code, str(term["code"])[3:])):
                held = (str(state), seat), str(term["name"]), str(term["start"] or ""), str(term["end"] or CLOSED)
                add(possible, *held)
                if len(given) == len(fitting):
                    add(certain, *held)
    return certain, possible


def pack(knowledge: Packs) -> Holders:
    """The holders by the offices pack."""
    found = empty()
    for term in knowledge.offices:
        add(found, (term.state, term.kind), term.person, term.start, term.end)
    return found


def alike(one: str, other: str) -> bool:
    """Whether two names are spellings of one: each word of the shorter has its like in the longer, single words with their initials."""
    few, many = sorted((words(one), words(other)), key=len)
    short = one if words(one) == few else other
    if len(few) == 1:
        initials = set(re.findall(r"(?<!\w)(\w)\.", short.casefold()))
        return bool(initials) and few <= many and initials <= {word[0] for word in many - few}
    near = [max(SequenceMatcher(None, a, b).ratio() for b in many) for a in few]
    if min(near) >= ALIKE and sum(near) / len(near) >= CLOSE:
        return True
    return SequenceMatcher(None, _sorted(one), _sorted(other)).ratio() >= WHOLE


def _sorted(name: str) -> str:
    return " ".join(sorted(words(name)))


def verdict(one: set[str], certain: set[str], possible: set[str]) -> str:
    """How two tables agree on a month: same, spelling, apart; missing where only the second names somebody, silent where it does not."""
    if {words(x) for x in one} & {words(x) for x in possible}:
        return "same"
    if any(alike(x, y) for x in one for y in possible):
        return "spelling"
    if not certain:
        return "silent"
    return "apart" if one else "missing"


def compare(pair: str, one: Holders, other: tuple[Holders, Holders], seat: Seat) -> tuple[Counter[str], list[Stretch]]:
    """The months of each verdict on a seat, and its stretches of disagreement."""
    certain, possible = (holders[seat] for holders in other)
    verdicts = {month: verdict(one[seat][month], certain[month], possible[month]) for month in MONTHS}
    stretches = []
    for kind, run in groupby(MONTHS, key=verdicts.__getitem__):
        months = list(run)
        if kind in {"apart", "missing"}:
            names = [tuple(sorted({n for m in months for n in t[m]})) for t in (one[seat], certain)]
            stretches.append(Stretch(pair, *seat, months[0], months[-1], names[0], names[1]))
    return Counter(verdicts.values()), stretches


def explained(found: Stretch, reasons: list[dict[str, str]], used: set[int]) -> str:
    """Why two tables differ in a stretch: the delay, or what `explained.csv` says; else empty."""
    if found.months <= LATE:
        return "delay"
    for number, row in enumerate(reasons):
        same = (row["state"], row["kind"]) == (found.state, found.kind) and row["pair"] in {"", found.pair}
        if same and row["from"] <= found.start and found.end <= row["to"]:
            used.add(number)
            return f"{row['class']}: {row['reason']}"
    return ""


def both(one: Holders, other: Holders) -> list[Seat]:
    """The seats for which both tables name somebody in some month, in order."""
    return sorted(seat for seat in one.keys() & other.keys() if any(one[seat].values()) and any(other[seat].values()))


def shown(pair: str, one: Holders, other: tuple[Holders, Holders], reasons: list[dict[str, str]], used: set[int]) -> list[Stretch]:
    """The stretches of a pair of tables with their reasons, after printing the agreement of each state."""
    found: list[Stretch] = []
    states: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for state, kind in both(one, other[1]):
        states[state][kind], stretches = compare(pair, one, other, (state, kind))
        found += [replace(s, reason=explained(s, reasons, used)) for s in stretches]
    print(f"\n{pair}\n{'state':16} compared  agree       %  spelt otherwise  silent   by office")
    for state, kinds in states.items():
        each = ", ".join(f"{kind} {_share(months):.0f}" for kind, months in kinds.items() if _compared(months))
        print(f"{state:16} {_line(sum(kinds.values(), Counter()))}   {each}")
    print(f"{'all':16} {_line(sum((months for kinds in states.values() for months in kinds.values()), Counter()))}")
    return found


def _line(months: Counter[str]) -> str:
    agreed = months["same"] + months["spelling"]
    return f"{_compared(months):8} {agreed:6} {_share(months):7.1f} {months['spelling']:16} {months['silent']:7}"


def _compared(months: Counter[str]) -> int:
    return months.total() - months["silent"]


def _share(months: Counter[str]) -> float:
    return 100 * (months["same"] + months["spelling"]) / max(1, _compared(months))


def tell(found: list[Stretch], *, everything: bool) -> int:
    """How many stretches are unexplained; these are printed, and all that are not a mere delay where `everything`."""
    for s in found:
        if not s.reason or (everything and s.reason != "delay"):
            says = f"{'; '.join(s.one) or 'nobody'} / {'; '.join(s.other) or 'nobody'}"
            print(f"  {s.pair}: {s.state}, {s.kind}, {s.start} to {s.end} ({s.months}): {says}: {s.reason or 'UNEXPLAINED'}")
    return sum(not s.reason for s in found)


def main() -> int:
    """The exit code: 1 when a stretch is unexplained or an explanation explains nothing, 2 without the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="print explained stretches too")
    everything = parser.parse_args().all
    if not SHARED.is_dir():
        print(f"{SHARED} is not there; set REAFFIRM_SHARED to the shared folder")
        return 2
    knowledge = packs.load()
    reasons, used = table(HERE / "offices/explained.csv"), set[int]()
    checked = countryinfo(knowledge)
    found = shown("wikidata / countryinfo", wikidata(), checked, reasons, used)
    found += shown("pack / countryinfo", pack(knowledge), checked, reasons, used)
    print()
    unexplained = tell(found, everything=everything)
    idle = [row for number, row in enumerate(reasons) if number not in used]
    for row in idle:
        print(f"  explains nothing: {', '.join(row.values())}")
    late = sum(s.reason == "delay" for s in found)
    told = len(found) - late - unexplained
    print(f"{len(found)} stretches of disagreement: {late} within {LATE} months, {told} explained, {unexplained} unexplained")
    return 1 if unexplained or idle else 0


if __name__ == "__main__":
    sys.exit(main())
