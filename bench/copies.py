"""Measures near-duplicates: pieces of speeches reprinted with some words changed, found among others; seed fixed.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its speeches and statements there is nothing to
measure and the script says so. 200 pieces of 300 to 1,000 words are reprinted with 1 to 10 % of their words changed (another word of the
corpus, none, or one more) among 1,000 other pieces, none of which overlap. All take the real path: bytes, `formats.read`,
`pipeline.identify`, card, `sketch`, candidates by equal keys, `compare`. A pair is false when it is none of the 200; `--show`
lists false and missed pairs. Then excerpts of 300 words among texts of 1,200, speeches of following years, and a committee's
following statements, with and without their dates: what they share, and which are taken for copies.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm import formats, packs, pipeline
from reaffirm.extract.card import card
from reaffirm.linking.copies import beside, compare, sketch
from reaffirm.linking.words import body
from reaffirm.model import MetaField

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.model import Copy, Document, Sketch

SEED = 20260203
COPIES, OTHERS = 200, 1000
RECALL, FALSE = 0.98, 0.01
KNOWN = packs.load()


@dataclass
class Clock:
    """Seconds spent in a step, and how often it was taken."""

    seconds: float = 0.0
    times: int = 0

    @property
    def each(self) -> float:
        """Milliseconds of one step."""
        return 1000 * self.seconds / max(1, self.times)


READ, SKETCH, COMPARE = Clock(), Clock(), Clock()


def document(text: str, published: str = "") -> Document:
    """The document of a plain text, its card filled in; timed."""
    begun, data = time.perf_counter(), text.encode()
    table = (MetaField("table:published", published),) if published else ()
    found = pipeline.identify(data, formats.read(data, "piece.txt"), KNOWN, table)
    found = replace(found, card=card(found, KNOWN)[0])
    READ.seconds, READ.times = READ.seconds + time.perf_counter() - begun, READ.times + 1
    return found


def sketched(documents: Sequence[Document]) -> list[Sketch]:
    """The sketches of documents; timed."""
    begun = time.perf_counter()
    found = [sketch(each) for each in documents]
    SKETCH.seconds, SKETCH.times = SKETCH.seconds + time.perf_counter() - begun, SKETCH.times + len(found)
    return found


def compared(a: Document, b: Document) -> Copy | None:
    """What `compare` says; timed."""
    begun = time.perf_counter()
    found = compare(a, b)
    COMPARE.seconds, COMPARE.times = COMPARE.seconds + time.perf_counter() - begun, COMPARE.times + 1
    return found


def candidates(sketches: Sequence[Sketch]) -> set[tuple[int, int]]:
    """The pairs of places whose sketches share a key."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, each in enumerate(sketches):
        for key in each.keys:
            holders[key].append(place)
    return {(a, b) for places in holders.values() for a in places for b in places if a < b}


def pieces(speeches: Sequence[str], rng: random.Random) -> Iterator[list[str]]:
    """The speeches cut end to end into pieces of 300 to 1,000 words, each word with the white space behind it."""
    for speech in speeches:
        words = re.findall(r"\S+\s*", speech)
        while len(words) >= 300:
            size = rng.randint(300, 1000)
            yield words[:size]
            words = words[size:]


def changed(words: Sequence[str], rate: float, vocabulary: Sequence[str], rng: random.Random) -> list[str]:
    """The words, a share of them replaced, left out, or followed by one that was not there."""
    places = set(rng.sample(range(len(words)), round(rate * len(words))))
    found: list[str] = []
    for place, word in enumerate(words):
        way = rng.choice(("replaced", "left out", "inserted")) if place in places else ""
        found += [word] if way in {"", "inserted"} else []
        found += [rng.choice(vocabulary)] if way in {"replaced", "inserted"} else []
    return found


def reprints(speeches: Sequence[str], show: int) -> dict[str, object]:
    """How many reprinted pieces are found among others, and how many pairs are false."""
    rng = random.Random(SEED)
    cut = list(pieces(speeches, rng))
    rng.shuffle(cut)
    vocabulary = [word for piece in cut for word in piece]
    originals = cut[:COPIES]
    again = [changed(piece, rng.uniform(0.01, 0.10), vocabulary, rng) for piece in originals]
    documents = [document("".join(piece)) for piece in (*originals, *again, *cut[COPIES : COPIES + OTHERS])]
    sketches = sketched(documents)
    proposed = candidates(sketches)
    links = {pair: found for pair in sorted(proposed) if (found := compared(documents[pair[0]], documents[pair[1]]))}
    true = {(i, i + COPIES) for i in range(COPIES)}
    for a, b in sorted(set(links) - true)[:show]:
        print(f"false {links[a, b].kind} {links[a, b].shared}: {documents[a].text[:300]!r} | {documents[b].text[:300]!r}")
    for a, b in sorted(true - set(links))[:show]:
        print(f"missed ({'not ' * ((a, b) not in proposed)}a candidate): {documents[a].text[:200]!r}")
    unrelated = shares(list(pairwise(documents[2 * COPIES : 2 * COPIES + 400])))
    return {
        "pairs": COPIES, "among": len(documents), "proposed": len(true & proposed), "found": len(true & set(links)),
        "false": len(set(links) - true), "keys a document": round(sum(len(each.keys) for each in sketches) / len(sketches), 1),
        "false candidates a document": round(2 * len(proposed - true) / len(documents), 3),
        "least shared": min((links[pair].shared for pair in true & set(links)), default=0.0),
        "kinds": {kind: sum(each.kind == kind for each in links.values()) for kind in sorted({each.kind for each in links.values()})},
        "share of unrelated pieces": unrelated,
    }  # fmt: skip


def excerpts(speeches: Sequence[str]) -> list[dict[str, object]]:
    """How many excerpts of 300 words within 1,200 are found, word by word and with one word in twenty changed."""
    rng = random.Random(SEED + 1)
    rows: list[dict[str, object]] = []
    texts = [words[:1200] for speech in speeches if len(words := re.findall(r"\S+\s*", speech)) >= 1200][:COPIES]
    whole = [document("".join(words)) for words in texts]
    there = [set(each.keys) for each in sketched(whole)]
    for rate in (0.0, 0.05):
        starts = [rng.randint(0, 900) for _ in texts]
        cut = [changed(words[i : i + 300], rate, texts[0], rng) for i, words in zip(starts, texts, strict=True)]
        parts = [document("".join(words)) for words in cut]
        proposed = [bool(keys & set(each.keys)) for keys, each in zip(there, sketched(parts), strict=True)]
        links = [compared(*pair) for pair in zip(whole, parts, strict=True)]
        rows.append({"changed": rate, "excerpts": len(texts), "proposed": sum(proposed),
                     "judged excerpts": sum(link is not None and link.kind == "excerpt" for link in links)})  # fmt: skip
    return rows


def series(name: str, documents: Sequence[Document], pairs: Sequence[tuple[int, int]], show: int) -> dict[str, object]:
    """How many of the pairs, which are different texts of one series, are taken for copies."""
    keys = [set(each.keys) for each in sketched(documents)]
    links = {pair: found for pair in pairs if (found := compared(documents[pair[0]], documents[pair[1]]))}
    for (a, b), found in list(links.items())[:show]:
        print(f"{name}: {found.kind} {found.shared} {found.rule}: {documents[a].text[:120]!r} | {documents[b].text[:120]!r}")
    return {
        "series": name, "pairs": len(pairs), "proposed": sum(bool(keys[a] & keys[b]) for a, b in pairs), "taken for copies": len(links),
        **shares([(documents[a], documents[b]) for a, b in pairs[:2000]]),
    }  # fmt: skip


def shares(pairs: Sequence[tuple[Document, Document]]) -> dict[str, object]:
    """The share of words that the pairs have in common: in the middle, and the most."""
    found = sorted(beside(body(a), body(b)).shared for a, b in pairs)
    return {"middle share": found[len(found) // 2], "greatest share": found[-1]}


def following(folder: Path, show: int) -> list[dict[str, object]]:
    """Speeches of following years and following statements: what is taken for copies."""
    speeches = list(rows_of(folder / "ungdc_2000_2024.jsonl"))
    years = [i for i, (a, b) in enumerate(pairwise(speeches)) if a["iso3"] == b["iso3"]]
    texts = [document(row["text"]) for row in speeches]
    statements = list(rows_of(folder / "fomc_statements.jsonl"))
    next_to = list(pairwise(range(len(statements))))
    dated = [document(row["text"], row["date"]) for row in statements]
    bare = [document(row["text"]) for row in statements]
    return [
        series("speeches of following years", texts, [(i, i + 1) for i in years], show),
        series("following statements, dated", dated, next_to, show),
        series("following statements, undated", bare, next_to, show),
        series("all pairs of statements, dated", dated, [(i, k) for k in range(len(dated)) for i in range(k)], show),
    ]


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def measure(folder: Path, show: int) -> dict[str, list[dict[str, object]]]:
    """All figures."""
    speeches = [row["text"] for row in rows_of(folder / "ungdc_2000_2024.jsonl")]
    found = reprints(speeches, show)
    times: dict[str, object] = {
        "milliseconds of read, cut and card": round(READ.each, 2), "sketch": round(SKETCH.each, 2), "compare": round(COMPARE.each, 2),
        "sketch over read": round(SKETCH.each / READ.each, 3), "compare over read": round(COMPARE.each / READ.each, 3),
    }  # fmt: skip
    return {"reprints": [found], "time": [times], "excerpts": excerpts(speeches), "series": following(folder, show)}


def main() -> int:
    """The exit code: 1 when too few reprints are found or too many pairs are false."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print at most N wrong pairs of each kind")
    arguments = parser.parse_args()
    folder = Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data/documents"
    if not (folder / "ungdc_2000_2024.jsonl").exists() or not (folder / "fomc_statements.jsonl").exists():
        print(f"{folder} lacks the speeches or statements: set REAFFIRM_SHARED to the shared folder; nothing measured", file=sys.stderr)
        return 0
    figures = measure(folder, arguments.show)
    if arguments.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, figure in figures.items():
            for row in figure:
                print(f"{name:10}" + "; ".join(f"{key} {value}" for key, value in row.items()))
    return judged(figures["reprints"][0])


def judged(figures: dict[str, object]) -> int:
    """1 when a bar is missed; the shares are printed on standard error."""
    found, false = int(str(figures["found"])), int(str(figures["false"]))
    recall, wrong = found / COPIES, false / max(1, found + false)
    print(f"found {recall:.3f} (bar {RECALL}), false {wrong:.3f} of those reported (bar {FALSE})", file=sys.stderr)
    return int(recall < RECALL or wrong > FALSE)


if __name__ == "__main__":
    sys.exit(main())
