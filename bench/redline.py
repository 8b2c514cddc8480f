"""Measures redlines: exact both ways, quiet where nothing changed, marked where a person would mark, moved shown as moved; seed fixed.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its statements, speeches and revised sentences there
is nothing to measure and the script says so. 158 pairs of following statements and 1,000 edits of passages of speeches (words
changed, sentences added and dropped, paragraphs split and joined, lines wrapped elsewhere) go there and back. A sentence is
unchanged where the edits left it alone; of statements, the longest series of equal sentences counts, by its words. Revised
sentences with edits that people marked: a pair is good when all that they marked is marked and at most 1.5 times as many
words; numbers in the code were set on the first half (`--half 1`), the second is only scored. Then 200 moves of a paragraph
within a passage, and 200 of one with a word in twenty changed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import textwrap
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm.export import redlines
from reaffirm.linking.cuts import cut
from reaffirm.linking.redline import redline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.linking.redline import Redline

SEED = 20261122
EDITS, MOVES = 1000, 200
BAR, MOST = 0.85, 1.5
SIZES = ("pairs", "edits", "moves")
LONG = 8  # words: more than one change of a word
FILES = ("fomc_statements.jsonl", "ungdc_2000_2024.jsonl", "arxivedits.jsonl")
# What stands in the speeches as a sentence: no fragment between two pages, no word cut at a hyphen.
SENTENCE = re.compile(r"(?!.*-\s)[A-Z“](?:\S+ ){3,}\S*[.?!]”?")


@dataclass(frozen=True)
class Edited:
    """A passage before and after, and the sentences that were left alone."""

    before: str
    after: str
    alone: tuple[str, ...]


def rows_of(path: Path) -> list[dict[str, object]]:
    """The rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def exact(a: str, b: str) -> tuple[Redline, bool]:
    """The redline, and whether it and the one back are exact."""
    there, back = redline(a, b), redline(b, a)
    return there, (there.before, there.after, back.before, back.after) == (a, b, b, a)


def marks(found: Redline, side: str) -> list[tuple[int, int]]:
    """The extents marked in a text, in order."""
    return [extent for piece in found.pieces if piece.kind != "same" and not piece.layout and (extent := getattr(piece, side))]


def touched(extent: tuple[int, int], marked: Sequence[tuple[int, int]]) -> bool:
    """Whether a mark lies on an extent."""
    return any(start < extent[1] and extent[0] < end for start, end in marked)


# Statements


def statements(texts: Sequence[str]) -> dict[str, object]:
    """Following statements, there and back: exact, and the words of unchanged sentences that carry no mark."""
    good = quiet = words = 0
    seconds = 0.0
    for a, b in pairwise(texts):
        begun = time.perf_counter()
        found, both = exact(a, b)
        seconds += time.perf_counter() - begun
        good += both
        least = longest(sentences(a), sentences(b))
        words += least
        quiet += min(least, sum(len(text.split()) for extent, text in sentences(a) if not touched(extent, marks(found, "a"))))
    pairs = len(texts) - 1
    return {"pairs": pairs, "exact": good, "unchanged words": words, "unmarked": quiet, "milliseconds": round(500 * seconds / pairs, 1)}


def sentences(text: str) -> list[tuple[tuple[int, int], str]]:
    """The extents of the sentences of a text, and each without regard to its white space."""
    known = cut(text)
    extents = [(known.start(each.start), known.lead(each.end)) for each in known.sentences]
    return [(extent, " ".join(text[slice(*extent)].split())) for extent in extents]


def longest(a: Sequence[tuple[tuple[int, int], str]], b: Sequence[tuple[tuple[int, int], str]]) -> int:
    """The words of the longest series of equal sentences in order."""
    best = [0] * (len(b) + 1)
    for _, first in a:
        row = [0]
        for j, (_, second) in enumerate(b):
            row.append(max(row[j], best[j + 1], best[j] + len(first.split()) if first == second else 0))
        best = row
    return best[-1]


# Edits


def passages(speeches: Sequence[str], rng: random.Random) -> Iterator[list[list[str]]]:
    """Passages of 8 to 40 sentences as paragraphs of 2 to 5, without end; only whole sentences."""
    while True:
        known = [text for _, text in sentences(rng.choice(speeches)) if SENTENCE.fullmatch(text)]
        size = rng.randint(8, 40)
        start = rng.randint(0, max(0, len(known) - size))
        taken = known[start : start + size]
        paragraphs = []
        while taken:
            paragraphs.append(taken[: (k := rng.randint(2, 5))])
            taken = taken[k:]
        if len(paragraphs) > 1:
            yield paragraphs


def edited(passage: list[list[str]], others: Sequence[str], rng: random.Random) -> Edited:
    """A passage with one to eight edits."""
    before = [list(map(str, paragraph)) for paragraph in passage]
    now = [[(text, True) for text in paragraph] for paragraph in passage]
    for _ in range(rng.randint(1, 8)):
        edit(now, others, rng)
    alone = tuple(text for paragraph in now for text, same in paragraph if same)
    texts = ["\n\n".join(" ".join(paragraph) for paragraph in side if paragraph) for side in (before, [[t for t, _ in p] for p in now])]
    if rng.random() < 0.3:
        texts = [wrapped(text, rng.randint(60, 90)) for text in texts]
    return Edited(texts[0], texts[1], alone)


def wrapped(text: str, width: int) -> str:
    """A text with its lines wrapped."""
    return "\n\n".join(textwrap.fill(paragraph, width, break_long_words=False) for paragraph in text.split("\n\n"))


def edit(now: list[list[tuple[str, bool]]], others: Sequence[str], rng: random.Random) -> None:
    """Nothing, once the passage has one edit more."""
    p = rng.randrange(len(now))
    paragraph = now[p]
    s = rng.randrange(len(paragraph)) if paragraph else 0
    kind = rng.choice(("words", "words", "words", "drop", "add", "split", "join"))
    if kind == "words" and paragraph:
        paragraph[s] = reworded(paragraph[s][0], others, rng), False
    elif kind == "drop" and paragraph:
        del paragraph[s]
    elif kind == "add":
        paragraph.insert(s, (rng.choice(others), False))
    elif kind == "split" and len(paragraph) > 1:
        now[p : p + 1] = [paragraph[: s or 1], paragraph[s or 1 :]]
    elif kind == "join" and p:
        now[p - 1 : p + 1] = [now[p - 1] + paragraph]


def reworded(text: str, others: Sequence[str], rng: random.Random) -> str:
    """A sentence with one to three words replaced, dropped or added, none of them the first or the last."""
    words = text.split()
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(1, max(1, len(words) - 2))
        words[at : at + rng.randint(0, 1)] = rng.choice(others).split()[1 : 1 + rng.randint(0, 2)]
    return " ".join(words)


def edits(speeches: Sequence[str], show: int) -> dict[str, object]:
    """Generated edits, there and back: exact, and the sentences left alone that carry no mark."""
    rng = random.Random(SEED)
    source = passages(speeches, rng)
    good = alone = quiet = 0
    for _ in range(EDITS):
        passage = next(source)
        others = [text for paragraph in next(source) for text in paragraph]
        each = edited(passage, others, rng)
        found, both = exact(each.before, each.after)
        good += both
        marked = marks(found, "a")
        for text, extent in placed(each):
            alone += 1
            if touched(extent, marked):
                show -= 1
                if show >= 0:
                    print(f"marked: {text}\n{redlines.terminal(found.pieces)}")
            else:
                quiet += 1
    return {"edits": EDITS, "exact": good, "sentences left alone": alone, "unmarked": quiet}


def placed(each: Edited) -> Iterator[tuple[str, tuple[int, int]]]:
    """The sentences left alone and where they stand in the first text, those that it has twice left out."""
    for text in each.alone:
        places = list(re.finditer(r"\s+".join(map(re.escape, text.split())).replace(r"\-", r"-\s*"), each.before))
        if len(places) == 1:
            yield text, places[0].span()


# Revised sentences


def revised(rows: Sequence[dict[str, object]], show: int) -> dict[str, object]:
    """Sentences with edits that people marked: those whose marks cover these, those that mark little more, and both."""
    covered = spare = good = 0
    for row in rows:
        texts = str(row["a"]), str(row["b"])
        found = redline(*texts)
        ours = [tokens(text, marks(found, side)) for text, side in zip(texts, "ab", strict=True)]
        theirs = [human(row, f"{side}_tokens") for side in "ab"]
        most = MOST * sum(map(len, theirs))
        enough, little = all(x <= y for x, y in zip(theirs, ours, strict=True)), sum(map(len, ours)) <= most
        covered, spare, good = covered + enough, spare + little, good + (enough and little)
        if show > 0 and not (enough and little):
            show -= 1
            print(f"{'covered' if enough else 'not covered'}, {sum(map(len, ours))} of {most}: {row['edits']}")
            print(redlines.terminal(found.pieces))
    size = len(rows)
    return {"pairs": size, "covered": round(covered / size, 3), "little more": round(spare / size, 3), "both": round(good / size, 3)}


def tokens(text: str, marked: Sequence[tuple[int, int]]) -> set[int]:
    """The tokens between white space on which a mark lies."""
    return {n for n, found in enumerate(re.finditer(r"\S+", text)) if touched(found.span(), marked)}


def human(row: dict[str, object], side: str) -> set[int]:
    """The tokens that people marked."""
    found = row["edits"] if isinstance(row["edits"], list) else []
    return {n for each in found for n in range(*(each[side] or (0, 0)))}


# Moves


def moves(speeches: Sequence[str], rate: float, show: int) -> dict[str, object]:
    """Paragraphs moved elsewhere in a passage, a share of their words changed: exact, and shown as moved."""
    rng = random.Random(SEED)
    source = passages(speeches, rng)
    good = moved = 0
    for _ in range(MOVES):
        passage = [" ".join(paragraph) for paragraph in next(source)]
        others = " ".join(map(" ".join, next(source))).split()
        at, to = rng.sample(range(len(passage)), 2)
        rest = [paragraph for n, paragraph in enumerate(passage) if n != at]
        words = [rng.choice(others) if rng.random() < rate else word for word in passage[at].split()]
        after = [*rest[:to], " ".join(words), *rest[to:]]
        found, both = exact("\n\n".join(passage), "\n\n".join(after))
        good += both
        as_moved = shown(found)
        moved += as_moved
        if not as_moved and show > 0:
            show -= 1
            print(f"not moved: {passage[at]}\n{redlines.terminal(found.pieces)}")
    return {"moves": MOVES, "words changed": rate, "exact": good, "shown as moved": moved}


def shown(found: Redline) -> bool:
    """Whether text is shown as moved, with both its ends, and none but a few changed words as deleted or inserted in its place."""
    ends = [{piece.move for piece in found.pieces if piece.kind == kind} for kind in ("moved-from", "moved-to")]
    loose = any(piece.kind in {"deleted", "inserted"} and piece.move is None and len(piece.text.split()) >= LONG for piece in found.pieces)
    return bool(ends[0]) and ends[0] == ends[1] and not loose


def measure(folder: Path, half: int, show: int) -> dict[str, dict[str, object]]:
    """All figures."""
    fomc, speeches, pairs = (rows_of(folder / name) for name in FILES)
    texts = [str(row["text"]) for row in speeches]
    middle = len(pairs) // 2
    return {
        "statements": statements([str(row["text"]) for row in fomc]),
        "edits": edits(texts, show),
        "revised": revised(pairs[:middle] if half == 1 else pairs[middle:], show),
        "moves": moves(texts, 0.0, show),
        "reworded": moves(texts, 0.05, show),
    }


def missed(figures: dict[str, dict[str, object]]) -> list[str]:
    """The bars that are missed."""
    bars = {
        "round trips": all(row["exact"] in {row.get(name) for name in SIZES} for row in figures.values() if "exact" in row),
        "unchanged sentences unmarked": figures["statements"]["unchanged words"] == figures["statements"]["unmarked"]
        and figures["edits"]["sentences left alone"] == figures["edits"]["unmarked"],
        f"revised sentences {BAR}": float(str(figures["revised"]["both"])) >= BAR,
        "all moves shown": figures["moves"]["shown as moved"] == MOVES,
    }
    return [name for name, held in bars.items() if not held]


def main() -> int:
    """The exit code: 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--half", type=int, choices=(1, 2), default=2, help="which half of the revised sentences to score")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print at most N faults of each kind")
    arguments = parser.parse_args()
    folder = Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data/documents"
    if not all((folder / name).exists() for name in FILES):
        print(f"{folder} lacks {', '.join(FILES)}: set REAFFIRM_SHARED to the shared folder; nothing measured", file=sys.stderr)
        return 0
    figures = measure(folder, arguments.half, arguments.show)
    for name, row in figures.items():
        print(f"{name:12}" + "; ".join(f"{key} {value}" for key, value in row.items()))
    failed = missed(figures)
    print(f"missed: {', '.join(failed)}" if failed else "every bar is met", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
