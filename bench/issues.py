"""Measures the filing of statements under issues: the share that is filed, and how many of a hundred are filed rightly.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its speeches (UN General Debate, CC0) there is nothing to
measure and the script says so. Forms and rules were learned on the speeches that issues_learned.txt names. Eleven hundreds, drawn with
the seeds 20270607 to 20270617 from thirty speeches each before the rules stood still, were judged 83, 80, 85, 86, 83, 86, 88, 82, 83,
85 and 86 right; their speeches were then added to the learned ones, and the rules mended. The hundred of this script is drawn with the
seed 20270618 from thirty of the others, no more than two of a state or a session; it was judged 91 right, most rows with no more
than 130 characters before them, and nothing was changed after.

From the statements of the thirty that are filed 100 are drawn, and of each one of its issues; `issues_verdicts.jsonl` keeps id
(speech, offsets), issue, verdict (right or wrong) and reason, given by reading the statement with what stands before and behind
it. A row that is now filed otherwise counts as wrong until it is judged again.

    python bench/issues.py            share filed, precision, and the share by how the issue was found
    python bench/issues.py --draw     the rows to judge
    python bench/issues.py --unfiled  statements of the thirty that are filed nowhere
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import speeches

from reaffirm import packs, pipeline
from reaffirm.extract.issues import filings
from reaffirm.model import Receipt
from reaffirm.resolve.speech import own_state

SEED = 20270618
SPEECHES, ROWS = 30, 100
FILED, RIGHT = 0.9, 0.9
VERDICTS = Path(__file__).parent / "issues_verdicts.jsonl"
LEARNED = Path(__file__).parent / "issues_learned.txt"


@dataclass(frozen=True, slots=True)
class Case:
    """A statement of a speech: its id (speech and offsets), the issues it is filed under, by which words, and the words around it."""

    id: str
    issues: dict[str, str]
    how: str
    shown: str


def cases(key: str, text: str) -> list[Case]:
    """The statements of a speech as they are filed, in their order."""
    known = packs.load()
    read = pipeline.observe(f"{key}.txt", text.encode(), known)
    rows = [(s.id, s.content) for s in read.statements]
    own = own_state(read.document, known)
    under: dict[str, dict[str, str]] = {}
    how: dict[str, str] = {}
    for filing in filings(rows, read.document, read.mentions, known.issues, known.things, own):
        if filing.kind == "issue":
            words = [" ".join(e.exact.split()) for e in filing.evidence if hasattr(e, "exact")]
            under.setdefault(filing.row, {})[filing.issue] = " / ".join(words)
            how[filing.row] = "other words" if any(isinstance(e, Receipt) for e in filing.evidence) else "own words"
    found = []
    for row in read.statements:
        start, end = row.content[0].start, row.content[-1].end
        body = read.document.text
        shown = f"{body[max(0, start - 300) : start]}<{body[start:end]}>{body[end : end + 120]}"
        found.append(Case(f"{key}:{start}-{end}", under.get(row.id, {}), how.get(row.id, "unfiled"), re.sub(r"\s+", " ", shown)))
    return found


def sample(found: list[Case]) -> list[tuple[Case, str]]:
    """A hundred filed statements, each with one of its issues."""
    rng = random.Random(SEED)
    filed = {case.id: case for case in found if case.issues}
    return [(filed[key], rng.choice(sorted(filed[key].issues))) for key in sorted(rng.sample(sorted(filed), ROWS))]


def score(found: list[Case]) -> bool:
    """Whether both bars are reached; prints the figures."""
    filed = [case for case in found if case.issues]
    share = len(filed) / len(found)
    print(f"filed: {len(filed)}/{len(found)} = {share:.3f}; {dict(Counter(case.how for case in found))}")
    verdicts = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    now = {case.id: case.issues for case in found}
    right = [v for v in verdicts if v["verdict"] == "right" and v["issue"] in now.get(v["id"], {})]
    print(f"right: {len(right)}/{len(verdicts)} = {len(right) / len(verdicts):.3f}")
    return share >= FILED and len(right) / len(verdicts) >= RIGHT


def main() -> int:
    """Zero when both bars are reached, or when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", action="store_true", help="print the rows to judge")
    parser.add_argument("--unfiled", action="store_true", help="print what is filed nowhere")
    asked = parser.parse_args()
    texts = speeches.speeches()
    if not texts:
        return 0
    learned = set(LEARNED.read_text(encoding="utf-8").split())
    chosen = speeches.drawn([key for key in texts if key not in learned], random.Random(SEED), SPEECHES)
    found = [case for key in sorted(chosen) for case in cases(key, texts[key])]
    if asked.draw:
        for case, issue in sample(found):
            print(f"\n{case.id}  [{issue}: {case.issues[issue]}] ({case.how})  {case.shown}")
        return 0
    if asked.unfiled:
        print("\n\n".join(f"{case.id}  {case.shown}" for case in found if not case.issues))
        return 0
    return 0 if score(found) else 1


if __name__ == "__main__":
    sys.exit(main())
