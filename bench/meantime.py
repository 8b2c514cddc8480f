"""Measures who says what in news of another kind: MEANTIME's speech and cognition events that have a speaker (Arg0).

An event is found when the cue of a statement overlaps it and the statement's source overlaps a mention of the entity that is its
Arg0, or of a set of entities that it belongs to. The articles are read one line a paragraph, their doubled marks as quotation
marks. Rules may be learned on the first `OPEN` articles (`--errors` lists theirs alone); the others are held out and only scored.

`REAFFIRM_SHARED` names the shared folder (default ../shared); nothing of the texts is kept here.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reaffirm import packs
from reaffirm.extract.statements import statements
from reaffirm.language.parse import parse
from reaffirm.model import Block, Card, Document, Field, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.packs import Packs

OPEN = 40  # articles whose rows may be read
BAR = 0.70
LINE = re.compile(r"[^\n]*\S[^\n]*")
SPEECH = "SPEECH_COGNITIVE"
Event = dict[str, Any]
Verdict = tuple[str, str, str]  # lemma of the event, what became of it, its line


def read(text: str, knowledge: Packs) -> tuple[Statement, ...]:
    """The statements of an article whose quotation marks are two backticks and two apostrophes, at the article's own offsets."""
    marked = text.replace("``", " “").replace("''", "” ")
    blocks = tuple(Block("paragraph", m.start(), m.end(), ((m.start(), m.end()),)) for m in LINE.finditer(marked))
    document = Document("D-bench", "", marked, "", "bench", blocks=blocks, card=Card(genre=Field("news report", "stated")))
    return statements(document, parse(document), knowledge)


def verdicts(article: dict[str, Any], rows: tuple[Statement, ...]) -> Iterator[Verdict]:
    """What became of each speech or cognition event that has an Arg0: found, no cue, or another source."""
    mentions = {e["id"]: e for e in article["entities"]}
    for event in article["events"]:
        roles = [p for p in article["participants"] if p["event"] == event["id"] and p["role"] == "Arg0"]
        agents = [mentions[p["entity"]] for p in roles if p["entity"] in mentions]
        if event["class"] != SPEECH or not agents:
            continue
        names = {a["instance_id"] for a in agents} - {None}
        same = [e for e in article["entities"] if e in agents or e["instance_id"] in names]
        cued = [r for r in rows if r.cue and overlap(r.cue, event)]
        right = any(r.source and overlap(r.source, e) for r in cued for e in same)
        end = article["text"].find("\n", event["end"])
        line = article["text"][article["text"].rfind("\n", 0, event["start"]) + 1 : end if end >= 0 else None]
        kind = "found" if right else "no cue" if not cued else "no source" if not any(r.source for r in cued) else "another source"
        yield event["pred"] or event["text"].casefold(), kind, line


def overlap(span: Span, place: Event) -> bool:
    """Whether a span and a mention of the data share a character."""
    return span.start < int(place["end"]) and int(place["start"]) < span.end


def report(name: str, found: list[Verdict]) -> float:
    """The recall of a part of the articles; printed with the kinds of failure and the lemmas that fail most."""
    kinds = Counter(kind for _, kind, _ in found)
    recall = kinds["found"] / len(found) if found else 0.0
    failed = Counter(f"{lemma} ({kind})" for lemma, kind, _ in found if kind != "found")
    print(f"{name:22s} {kinds['found']:4d}/{len(found):<4d} {recall:.3f}   {dict(kinds - Counter(found=kinds['found']))}")
    print(f"{'':22s} failing: {', '.join(f'{lemma} {n}' for lemma, n in failed.most_common(12))}")
    return recall


def main() -> int:
    """The exit code: 1 when the bar is missed, 0 when it is met or the data is absent."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--errors", action="store_true", help=f"list the failures in the first {OPEN} articles")
    args = parser.parse_args()
    gold = Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data" / "attribution" / "meantime_en.jsonl"
    if not gold.exists():
        print(f"skipped: {gold.name} is not there; REAFFIRM_SHARED names the shared folder")
        return 0
    knowledge = packs.load()
    articles = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    judged = [list(verdicts(a, read(a["text"], knowledge))) for a in articles]
    opened, held = ([v for each in part for v in each] for part in (judged[:OPEN], judged[OPEN:]))
    if args.errors:
        print("\n".join(f"{lemma} | {kind} | {line}" for lemma, kind, line in opened if kind != "found"))
    report(f"first {OPEN} articles", opened)
    report(f"{len(articles) - OPEN} held out", held)
    recall = report("all", [*opened, *held])
    print(f"bar {BAR}: {'met' if recall >= BAR else 'missed'}")
    return 0 if recall >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
