"""How many sentences of openly licensed speeches have each stem: `stemcounts.py FILE > src/reaffirm/data/linking/stems.csv`.

FILE holds one JSON object a line with a `text`: the speeches of the UN General Debate (CC0). Stems in fewer sentences than `LEAST` are
left out: a reader takes them for as rare as that.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from reaffirm.linking.wordings import wording

LEAST = 30
END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def main(path: str) -> None:
    """Nothing; prints the number of sentences and then each stem with its count, by stem."""
    counted: Counter[str] = Counter()
    total = 0
    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            for sentence in END.split(" ".join(json.loads(line)["text"].split())):
                counted.update(wording([sentence]).stems)
                total += 1
    print("stem,sentences")
    print(f",{total}")
    for name, count in sorted(counted.items()):
        if count >= LEAST and name.isascii() and not name.isdigit():
            print(f"{name},{count}")


if __name__ == "__main__":
    main(sys.argv[1])
