"""Measures the commitments read from speeches and from a committee's statements: how many, drawn blindly, are commitments by hand.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its speeches (UN General Debate, CC0) and statements (FOMC,
public domain) there is nothing to measure and the script says so. The seed 20270323 was fixed before anything was drawn with it
(an earlier one served to look for faults): 40 speeches, no more than two of a state or a session, and 100 of their commitments;
20 statements and all of theirs. Each row was read with what stands before and behind it against the guidelines (section 5), in a
speech as an undertaking of the speaker's state in its own name.
`commitments_verdicts.jsonl` keeps for each its id (document, offsets of the action), the verdict (right, wrong) and, for wrong
ones, why. At the first look 89 of 100 and 45 of 46 were right; then clauses under "if", quoted verses and what a speaker will say
next were mended, and the rows that came into the sample for those that went were judged as well.

Recall: three further speeches and five further statements (seed 20280601, of those not drawn above) were read completely and their
undertakings marked (`commitments_read.jsonl`: document, offsets of the action) before the program's answer was looked at; the
committee's in the statements, the speaker's state's in the speeches. At the first look 24 of 26 and 17 of 21 were found.

    python bench/commitments.py            precision of the rows that have a verdict, how many have none, and recall where all was read
    python bench/commitments.py --draw     the rows to judge
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from speeches import drawn, table

from reaffirm import packs, pipeline
from reaffirm.extract.card import card
from reaffirm.extract.commitments import commitments
from reaffirm.extract.statements import statements
from reaffirm.formats import confinement
from reaffirm.language.parse import parse
from reaffirm.language.times import times
from reaffirm.model import digest

if TYPE_CHECKING:
    from reaffirm.packs import Packs
    from reaffirm.readings import Commitment

SEED = 20270323
SPEECHES, ROWS, STATEMENTS = 40, 100, 20
FLOORS = {"speech": 0.8, "statement": 0.85}
HERE = Path(__file__).parent
VERDICTS, READ = HERE / "commitments_verdicts.jsonl", HERE / "commitments_read.jsonl"
RECALLS = {"speech": 0.8, "statement": 0.8}
FOUND = 0.5  # F of the words of two actions from which one is the other


def read(name: str, text: str, knowledge: Packs, genre: str | None = None) -> tuple[Commitment, ...]:
    """The commitments of a text, by the shipped packs; with a genre where the card is not to be read from the text."""
    data = text.encode()
    document = pipeline.identify(data, confinement.read(data, f"{name}.txt"), knowledge)
    filled, _ = card(document, knowledge)
    document = replace(document, card=filled if genre is None else replace(filled, genre=replace(filled.genre, value=genre)))
    parsed = parse(document)
    said = statements(document, parsed, knowledge)
    return commitments(document, parsed, said, times(document, knowledge), knowledge)


def sample(speeches: dict[str, str], papers: dict[str, str], knowledge: Packs) -> dict[str, tuple[str, Commitment, str]]:
    """The drawn rows by id (`speech CHE-61:120-180`): the kind of document, the row, its text."""
    rng = random.Random(SEED)
    rows = [(key, row) for key in drawn(list(speeches), rng, SPEECHES) for row in read(key, speeches[key], knowledge)]
    some = sorted(rows, key=lambda r: digest(SEED, _id("speech", *r)))[:ROWS]  # a row that comes or goes moves no other
    found = {_id("speech", key, row): ("speech", row, speeches[key]) for key, row in sorted(some, key=lambda r: (r[0], r[1].action.start))}
    for key in sorted(rng.sample(sorted(papers), STATEMENTS)):
        found |= {_id("statement", key, row): ("statement", row, papers[key]) for row in read(key, papers[key], knowledge)}
    return found


def _id(kind: str, key: str, row: Commitment) -> str:
    return f"{kind} {key}:{row.action.start}-{row.action.end}"


def show(rows: dict[str, tuple[str, Commitment, str]]) -> None:
    """Nothing; prints the rows to judge, each with what stands before and behind it."""
    for name, (_, row, text) in rows.items():
        low, high = row.action.start, row.action.end
        shown = re.sub(r"\s+", " ", f"{text[max(0, low - 260) : low]}<{text[low:high]}>{text[high : high + 100]}")
        print(f"\n{name}  [{row.illocution}, {row.polarity}, {row.force.strength}]  {shown}")


def score(rows: dict[str, tuple[str, Commitment, str]]) -> bool:
    """Whether the rows that have a verdict are as right as the floors ask; prints the figures."""
    lines = VERDICTS.read_text(encoding="utf-8").splitlines() if VERDICTS.exists() else []
    verdicts = {v["id"]: v["verdict"] for v in map(json.loads, lines)}
    sound = True
    for kind, floor in FLOORS.items():
        mine = [name for name, (k, *_) in rows.items() if k == kind]
        judged = [name for name in mine if name in verdicts]
        right = sum(verdicts[name] == "right" for name in judged)
        share = right / len(judged) if judged else 0.0
        print(f"{kind}: {right}/{len(judged)} right ({share:.2f}, floor {floor}); {len(mine) - len(judged)} rows without a verdict")
        sound = sound and (not judged or share >= floor)
    return sound


def whole(texts: dict[str, dict[str, str]], knowledge: Packs) -> bool:
    """Whether as many undertakings as asked are found in the documents read completely; prints what is found, and what is not."""
    marked: dict[str, list[tuple[int, int]]] = {}
    for line in READ.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marked.setdefault(row["doc"], []).append((row["start"], row["end"]))
    right, total = Counter[str](), Counter[str]()
    for name, spans in marked.items():
        kind, key = name.split()
        text = texts[kind][key]
        left = [(row.action.start, row.action.end) for row in read(key, text, knowledge)]
        for span in spans:
            best = max(left, key=lambda other: _alike(text, span, other), default=None)
            if best is not None and _alike(text, span, best) >= FOUND:
                left.remove(best)
                right[kind] += 1
            else:
                print(f"  {name}: not found: {' '.join(text[slice(*span)].split())[:80]}")
        total[kind] += len(spans)
    for kind, floor in RECALLS.items():
        print(f"{kind}: recall {right[kind]}/{total[kind]} ({right[kind] / total[kind]:.2f}, floor {floor})")
    return all(right[kind] >= floor * total[kind] for kind, floor in RECALLS.items())


def _alike(text: str, span: tuple[int, int], other: tuple[int, int]) -> float:
    """F of the words that two extents have in common."""
    first, second = ({m.start() + low for m in re.finditer(r"\w+", text[low:high])} for low, high in (span, other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def main() -> int:
    """Zero when the judged rows are as right as the floors ask, or when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", action="store_true", help="print the rows to judge")
    asked = parser.parse_args()
    folder = Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data/documents"
    if not (folder / "ungdc_2000_2024.jsonl").exists() or not (folder / "fomc_statements.jsonl").exists():
        print(f"{folder} has no speeches or statements: nothing to measure")
        return 0
    speeches, papers = table(folder / "ungdc_2000_2024.jsonl", "iso3", "session"), table(folder / "fomc_statements.jsonl", "date")
    knowledge = packs.load()
    rows = sample(speeches, papers, knowledge)
    if asked.draw:
        show(rows)
        return 0
    sound = score(rows)
    return 0 if whole({"speech": speeches, "statement": papers}, knowledge) and sound else 1


if __name__ == "__main__":
    sys.exit(main())
