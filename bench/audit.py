"""Measures the audit of quotations: drawn from speeches with a fixed seed, half of them tampered with; then the seeds' own.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its speeches there is nothing to measure and the script
says so. Two of three speeches are the ledger; 400 quotations of 5 to 40 words are drawn from it and left as they are, altered
by one word (and some of these cut or added to as well), cut with an ellipsis, added to in brackets, said to be from another speech, or
invented (words of speeches that are not in the ledger, which have no run of five words in common with it). Right: at least 0.97; no
altered quotation may pass for anything else but not found.
`--show` lists the wrong ones. With the seed documents at hand every quotation of the articles is printed with its verdict.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

from reaffirm.linking.audit import Primary, Shelf, audit, quotations, shelve
from reaffirm.linking.concordance import Worded, worded
from reaffirm.model import Span
from reaffirm.sequels import Quoted, Verdict

SEED = 20261122
SHORTEST, LONGEST = 5, 40
EACH = {"verbatim": 70, "altered": 90, "elided": 65, "bracketed": 65, "from another document": 55, "not found": 55}
LEAST = 0.97
HELD = 3  # every third speech is kept out of the ledger
ASIDES = ("[the Government]", "[sic]", "[as agreed]", "[our country’s]")


def shared() -> Path:
    return Path(os.environ.get("REAFFIRM_SHARED", "../shared"))


def speeches() -> list[tuple[str, str]]:
    path = shared() / "data/documents/ungdc_2000_2024.jsonl"
    if not path.exists():
        return []
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [(f"{row['iso3']}-{row['year']}", row["text"]) for row in rows]


def drawn(rng: random.Random, texts: list[tuple[str, Worded]]) -> tuple[str, Worded, int, int]:
    """A run of `SHORTEST` to `LONGEST` words of a text, short ones as likely as long ones."""
    name, words = rng.choice(texts)
    size = rng.choice((rng.randint(SHORTEST, 9), rng.randint(SHORTEST, LONGEST)))
    low = rng.randrange(0, len(words.keys) - size - 1)
    return name, words, low, low + size


def restyled(rng: random.Random, text: str) -> str:
    """The text as a paper would set it: other marks, dashes and line breaks, another letter case and stop."""
    text = " ".join(text.split())
    text = text.replace("“", '"').replace("”", '"').replace("—", "-") if rng.random() < 0.5 else text
    text = text[0].swapcase() + text[1:] if rng.random() < 0.3 else text
    return text + rng.choice(("", ",", ".", "!"))


def altered(rng: random.Random, words: Worded, low: int, high: int, pool: list[str]) -> str:
    """The run with one word replaced, left out or added, any but the first and last for the latter two."""
    n = rng.randrange(low, high)
    other = rng.choice(pool)
    while other.casefold() == words.keys[n]:
        other = rng.choice(pool)
    how = rng.choice(("replaced", "replaced", "left out", "added")) if low < n < high - 1 else "replaced"
    before, after = words.text[words.starts[low] : words.starts[n]], words.text[words.ends[n] : words.ends[high - 1]]
    middle = {"replaced": other, "left out": "", "added": f"{words.words(n, n + 1)} {other}"}[how]
    return f"{before}{middle}{after}"


def elided(rng: random.Random, words: Worded, low: int, high: int) -> str:
    """The run with some words of its middle left out."""
    first = rng.randrange(low + 2, high - 2)
    last = rng.randrange(first + 1, high - 1)
    mark = rng.choice((" … ", " ... ", " [...] ", " . . . ", "... "))
    return f"{words.words(low, first)}{mark}{words.words(last, high)}"


def bracketed(rng: random.Random, words: Worded, low: int, high: int) -> str:
    """The run with a word replaced by another in brackets, or one added, or a letter's case changed in brackets."""
    n = rng.randrange(low + 1, high - 1)
    how = rng.choice(("instead", "beside", "letter" if words.keys[low][0].isalpha() else "beside"))
    if how == "letter":
        text = words.words(low, high)
        return f"[{text[0].swapcase()}]{text[1:]}"
    kept = words.words(low, n + (how == "beside"))
    return f"{kept} {rng.choice([a for a in ASIDES if a != '[sic]'])} {words.words(n + 1, high)}"


def made(rng: random.Random, kind: str, ledger: list[tuple[str, Worded]], out: list[tuple[str, Worded]], shelf: Shelf) -> Quoted:
    """A quotation of a kind, with the name of the document that it is said to be from."""
    while True:
        name, words, low, high = drawn(rng, out if kind == "not found" else ledger)
        text = tampered(rng, kind, (words, low, high), ledger)
        if kind in {"from another document", "not found"}:
            name = rng.choice([n for n, _ in ledger if n != name])
        if text and fair(kind, worded(text).keys, shelf, name):
            text = restyled(rng, text)
            said = rng.random() < 0.7 or kind == "from another document"
            return Quoted(Span("article", 0, len(text), text), (name,) if said else ())


def tampered(rng: random.Random, kind: str, run: tuple[Worded, int, int], ledger: list[tuple[str, Worded]]) -> str:
    """The words of a run as a quotation of that kind has them; empty when what was altered was cut out again."""
    words, low, high = run
    if kind == "elided":
        return elided(rng, words, low, high)
    if kind == "bracketed":
        return bracketed(rng, words, low, high)
    if kind != "altered":
        return words.words(low, high)
    pool = [w.words(k, k + 1) for _, w in rng.sample(ledger, 5) for k in rng.sample(range(len(w.keys)), 20)]
    again = worded(altered(rng, words, low, high, pool))
    if len(again.keys) < 8 or rng.random() >= 0.4:
        return again.text
    text = rng.choice((elided, bracketed))(rng, again, 0, len(again.keys))  # cut or added to as well
    kept = worded(re.sub(r"\[.*?\]", " ", text)).keys
    return text if any(word not in words.keys[low:high] for word in kept) else ""


def fair(kind: str, keys: tuple[str, ...], shelf: Shelf, name: str) -> bool:
    """Whether a quotation is of its kind: an altered or invented one must not stand there all the same."""
    known = shelf.words
    if kind == "altered":
        return not len(known.occurrences(known.numbered(keys)))
    if kind == "not found":
        return not any(len(known.occurrences(known.numbered(keys[n : n + 5]))) for n in range(max(1, len(keys) - 4)))
    if kind == "from another document":
        places = known.texts_at(known.occurrences(known.numbered(keys)))
        return name not in {shelf.primaries[int(n)].document for n in places}
    return True


def measure(*, show: bool) -> bool:
    rng = random.Random(SEED)
    found = speeches()
    if not found:
        print("skipped: no speeches in the shared folder")
        return True
    begun = time.perf_counter()
    kept = [(name, text) for n, (name, text) in enumerate(found) if n % HELD]
    shelf = shelve(Primary(name, "remarks", text) for name, text in kept)
    print(f"shelf of {len(kept)} speeches, {len(shelf.words.row):,} words: {time.perf_counter() - begun:.1f} s")
    ledger = [(name, worded(text)) for name, text in kept]
    out = [(name, worded(text)) for n, (name, text) in enumerate(found) if not n % HELD]
    cases = [(kind, made(rng, kind, ledger, out, shelf)) for kind, count in EACH.items() for _ in range(count)]
    begun = time.perf_counter()
    verdicts = audit([quoted for _, quoted in cases], shelf)
    each = (time.perf_counter() - begun) / len(cases)
    right = Counter[str](kind for (kind, _), v in zip(cases, verdicts, strict=True) if v.verdict == kind)
    for kind, count in EACH.items():
        print(f"{kind:24}{right[kind]:4} of {count}")
    share = right.total() / len(cases)
    single = sum(kind == "altered" and len(v.changes) == 1 for (kind, _), v in zip(cases, verdicts, strict=True))
    print(f"altered: the one change is named, and no other, in {single} of {EACH['altered']}")
    passed = sum(kind == "altered" and v.verdict not in {"altered", "not found"} for (kind, _), v in zip(cases, verdicts, strict=True))
    print(f"right {share:.4f} (at least {LEAST}); altered that pass for something else {passed} (0); {1000 * each:.1f} ms a quotation")
    if show:
        wrong(cases, verdicts)
    return share >= LEAST and not passed


def wrong(cases: list[tuple[str, Quoted]], verdicts: tuple[Verdict, ...]) -> None:
    for (kind, quoted), verdict in zip(cases, verdicts, strict=True):
        if verdict.verdict != kind:
            print(f"\n{kind} -> ", end="")
            tell(verdict)
            print("   named:", quoted.named, "stands in", [span.document for span in verdict.standing])


def tell(verdict: Verdict) -> None:
    print(f"{verdict.verdict} ({verdict.weight}, {verdict.share}) “{' '.join(verdict.quotation.span.exact.split())}”")
    for span in verdict.standing:
        print(f"    stands at {span.document} [{span.start}, {span.end}): {' '.join(span.exact.split())}")
    for change in verdict.changes:
        ours, theirs = (side.exact if side else "–" for side in (change.quoted, change.standing))
        print(f"    {change.kind}: quoted {ours!r}, stands {theirs!r}")
    if verdict.nearest:
        print(f"    nearest: {' '.join(verdict.nearest.exact.split())}")
    for note in verdict.notes:
        print(f"    note: {note}")


def seeds() -> None:
    """Every quotation of the seeds' articles against the gist that is among them."""
    files = sorted((shared() / "seeds").glob("00?_*.txt")) if shared().exists() else []
    if len(files) < 5:
        print("skipped: the seed documents are not at hand")
        return
    texts = {path.name[:3]: path.read_text("utf-8") for path in files}
    shelf = shelve([Primary("004", "gist", texts["004"])])
    for name in ("000", "001", "002", "003"):
        print(f"\n== {name}")
        for verdict in audit(quotations(name, texts[name]), shelf):
            tell(verdict)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    good = measure(show=parser.parse_args().show)
    seeds()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
