"""Measures the events pack: 30 short texts written before it was run, and its alarms on speeches that are dated right.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its speeches only the short texts are measured. Half of the texts
(`anachronisms_made.jsonl`) name an event before it happened, half only fear or plan it, or are of after it. 150 speeches are drawn with
a fixed seed, each dated by its session: whatever is called an anachronism there is a false alarm, and printed to be read. How often
an event that had happened is named, and how many of these names the omens pass by, tells what the pack would miss.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from speeches import speeches

from reaffirm import packs
from reaffirm.days import bounds
from reaffirm.linking.anachronisms import named

if TYPE_CHECKING:
    from reaffirm.packs import Packs

SEED, COUNT = 7, 150
RIGHT, ALARMS, SEEN = 28, 1, 0.85  # of 30 texts at least; false alarms at most; share of names that are not passed by at least
MADE = Path(__file__).with_name("anachronisms_made.jsonl")


def first(edtf: str) -> str:
    return (bounds(edtf) or (edtf, edtf))[0]


def found(text: str, known: Packs, day: str, *, later: bool) -> list[tuple[str, str]]:
    """The events that a text names, those after a day or those before it, with the words round each."""
    events = [event for event in known.events if (first(event.first) > day) is later]
    places = named(text, [(0, len(text))], events, known)
    return [(event.id, " ".join(text[max(0, start - 80) : end + 40].split())) for event, start, end in places]


def short(known: Packs) -> int:
    """How many of the short texts are told right; the others are printed."""
    right = 0
    rows = [json.loads(line) for line in MADE.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        alarms = found(row["text"], known, row["published"], later=True)
        right += bool(alarms) == row["anachronism"]
        if bool(alarms) != row["anachronism"]:
            print(f"  {row['id']}: {alarms or 'nothing'}: {row['text']}")
    print(f"short texts right {right} of {len(rows)} (at least {RIGHT})")
    return right


def measure() -> bool:
    known = packs.load()
    good = short(known) >= RIGHT
    texts = speeches()
    drawn = random.Random(SEED).sample(sorted(texts), min(COUNT, len(texts)))
    bare = replace(known, omens=(), fingerprint="without omens")
    alarms = seen = every = 0
    for key in drawn:
        day = f"{1945 + int(key.rsplit('-', 1)[1])}-12-31"  # a session's debate is held by the end of its year
        for event, words in found(texts[key], known, day, later=True):
            alarms += 1
            print(f"  {key}: {event}: {words}")
        seen += len(found(texts[key], known, day, later=False))
        every += len(found(texts[key], bare, day, later=False))
    if drawn:
        told = f"{seen} of {every} names of past events seen (at least {SEEN})"
        print(f"{len(drawn)} speeches: {alarms} false alarms (at most {ALARMS}); {told}")
        good = good and alarms <= ALARMS and seen >= SEEN * every
    return good


if __name__ == "__main__":
    sys.exit(not measure())
