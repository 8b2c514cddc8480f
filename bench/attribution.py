"""Measures attribution spans on news that no rule was written from: PolNeAR's development part, by the scorer beside the data.

`REAFFIRM_SHARED` names the shared folder (default ../shared). Its texts measure and teach by being read; nothing of them is
kept here, and the rules were written from the training part and from sentences of our own.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm import packs
from reaffirm.extract.statements import statements
from reaffirm.language.parse import parse
from reaffirm.model import Block, Card, Document, Field, Span

if TYPE_CHECKING:
    from reaffirm.packs import Packs

PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")
NEWS = Card(genre=Field("news report", "stated"))


def read(text: str, knowledge: Packs) -> list[dict[str, list[list[int]]]]:
    """The attributions of an article in the data's own form: source, cue and content as lists of [start, end]."""
    blocks = tuple(Block("paragraph", m.start(), m.end(), ((m.start(), m.end()),)) for m in PARAGRAPH.finditer(text) if m.group().strip())
    document = Document("D-bench", "", text, "", "bench", blocks=blocks, card=NEWS)
    rows = statements(document, parse(document), knowledge)
    return [{"source": places(r.source), "cue": places(r.cue), "content": [[c.start, c.end] for c in r.content]} for r in rows]


def places(span: Span | None) -> list[list[int]]:
    """A span as the data has it; an empty list for none."""
    return [[span.start, span.end]] if span else []


def main() -> int:
    """The exit code: 0 when measured or when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--part", choices=("train", "dev"), default="dev", help="train is for reading errors, dev only for the figure")
    parser.add_argument("--first", type=int, default=10**9, metavar="N", help="only the first N articles")
    args = parser.parse_args()
    folder = Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data" / "attribution"
    gold = folder / f"polnear_{args.part}.jsonl"
    if not gold.exists():
        print(f"skipped: {gold.name} is not there; REAFFIRM_SHARED names the shared folder")
        return 0
    knowledge = packs.load()
    lines = gold.read_text(encoding="utf-8").splitlines()[: args.first]
    articles = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as temporary:
        truth, found = Path(temporary) / "gold.jsonl", Path(temporary) / "found.jsonl"
        truth.write_text("\n".join(lines), encoding="utf-8")
        rows = ({"doc_id": a["doc_id"], "attributions": read(a["text"], knowledge)} for a in articles)
        found.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return subprocess.run([sys.executable, folder / "score.py", truth, found], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
