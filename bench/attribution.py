"""Measures attribution spans on news that no rule was written from: PolNeAR's development part, by the scorer beside the data.

Three things are measured: the spans of source, cue and content, fragment-exact, by that scorer; of the indirect attributions, how
many are found (F of the content's words at least 0.5, each statement used once) and how many of the found ones have a source that
overlaps; and how many cues have a head lemma, verb or noun, that the verbs pack knows.

PolNeAR counts the "that" before a clause to the content, as the data show throughout; Reaffirm leaves it outside. Both readings are
scored: as it is, and with a "that" directly before a content taken in.

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
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reaffirm import packs
from reaffirm.extract.lexicon import lexicon
from reaffirm.extract.statements import statements
from reaffirm.language.parse import parse
from reaffirm.model import Block, Card, Document, Field, Span

if TYPE_CHECKING:
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.packs import Packs

Row = dict[str, list[list[int]]]
Article = dict[str, Any]

PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")
WORD = re.compile(r"\w+")
FOUND = 0.5  # of the content's words, as F
BARS = {"indirect found": 0.60, "source right": 0.85, "cue lemmas known": 0.95}
NEWS = Card(genre=Field("news report", "stated"))


def document(text: str) -> Document:
    """An article as a document whose paragraphs stand between blank lines."""
    blocks = tuple(Block("paragraph", m.start(), m.end(), ((m.start(), m.end()),)) for m in PARAGRAPH.finditer(text) if m.group().strip())
    return Document("D-bench", "", text, "", "bench", blocks=blocks, card=NEWS)


def read(article: Document, sentences: tuple[Sentence, ...], knowledge: Packs) -> list[Row]:
    """The attributions of an article in the data's own form: source, cue and content as lists of [start, end]."""
    rows = statements(article, sentences, knowledge)
    return [{"source": places(r.source), "cue": places(r.cue), "content": [[c.start, c.end] for c in r.content]} for r in rows]


def with_that(text: str, row: Row) -> Row:
    """The attribution with the "that" which stands directly before a content taken into it, as the data have it."""
    return {**row, "content": [[a - 5 if text[a - 5 : a].casefold() == "that " else a, b] for a, b in row["content"]]}


def words(text: str, extents: list[list[int]]) -> set[int]:
    """The places of the words in some extents."""
    return {a + m.start() for a, b in extents for m in WORD.finditer(text[a:b])}


def indirect(article: Article, rows: list[Row]) -> Counter[str]:
    """Of an article's indirect attributions: how many there are, are found, have a source when found, and have it right."""
    text, used, count = article["text"], set[int](), Counter[str]()
    contents = [words(text, row["content"]) for row in rows]
    for gold in article["attributions"]:
        truth = words(text, gold["content"])
        near = [(2 * len(truth & c) / (len(truth) + len(c)), n) for n, c in enumerate(contents) if n not in used and truth & c]
        score, n = max(near, default=(0.0, -1))
        used |= {n} if score >= FOUND else set()
        if gold["kind"] != "indirect" or not truth:
            continue
        count["all"] += 1
        count["found"] += score >= FOUND
        if score >= FOUND and gold["source"]:
            count["sourced"] += 1
            count["right"] += bool(words(text, gold["source"]) & words(text, rows[n]["source"]))
    return count


def known(article: Article, sentences: tuple[Sentence, ...], knowledge: Packs) -> Counter[bool]:
    """How many cues of an article with a verb or noun as head have one that the verbs pack knows, and how many have not."""
    lex = lexicon(knowledge)
    adverbial = {n.lemma.split()[0] for nouns in lex.nouns.values() for n in nouns if n.role == "adverbial"}
    count = Counter[bool]()
    for gold in article["attributions"]:
        head = headword(sentences, gold["cue"])
        if head is not None:
            forms = {head.lemma, head.text.casefold()}
            count[bool(forms & (lex.verbs.keys() | lex.nouns.keys() | lex.chains.keys() | adverbial))] += 1
    return count


def headword(sentences: tuple[Sentence, ...], cue: list[list[int]]) -> Token | None:
    """The highest word of a cue when it is a verb or a noun."""
    first = min((a for a, _ in cue), default=-1)
    inside = [t for s in sentences if s.start <= first < s.end for t in s.tokens if any(a <= t.start < b for a, b in cue)]
    held = {t.i for t in inside}
    heads = [t for t in inside if t.head not in held or t.head == t.i]
    return next((t for t in heads if t.tag[:2] in {"VB", "NN"}), None)


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
    documents = [document(a["text"]) for a in articles]
    parses = [parse(d) for d in documents]
    found = [read(d, p, knowledge) for d, p in zip(documents, parses, strict=True)]
    for name, adapt in (("as they are", lambda _, row: row), ("with the data's own “that”", with_that)):
        print(f"spans {name}:", flush=True)
        score(folder, lines, [[adapt(a["text"], row) for row in rows] for a, rows in zip(articles, found, strict=True)], articles)
    return figures(articles, parses, found, knowledge)


def score(folder: Path, lines: list[str], found: list[list[Row]], articles: list[Article]) -> None:
    """Prints what the scorer beside the data says."""
    with tempfile.TemporaryDirectory() as temporary:
        truth, answer = Path(temporary) / "gold.jsonl", Path(temporary) / "found.jsonl"
        truth.write_text("\n".join(lines), encoding="utf-8")
        rows = ({"doc_id": a["doc_id"], "attributions": f} for a, f in zip(articles, found, strict=True))
        answer.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        subprocess.run([sys.executable, folder / "score.py", truth, answer], check=True)


def figures(articles: list[Article], parses: list[tuple[Sentence, ...]], found: list[list[Row]], knowledge: Packs) -> int:
    """Prints the figures that have bars and gives 1 when one is missed."""
    count, lemmas = Counter[str](), Counter[bool]()
    for article, sentences, rows in zip(articles, parses, found, strict=True):
        count += indirect(article, rows)
        lemmas += known(article, sentences, knowledge)
    parts = {
        "indirect found": (count["found"], count["all"]),
        "source right": (count["right"], count["sourced"]),
        "cue lemmas known": (lemmas[True], lemmas.total()),
    }
    for name, (part, whole) in parts.items():
        print(f"{name:18s} {part:5d}/{whole:<5d} {part / max(whole, 1):.3f}   bar {BARS[name]:.2f}")
    return int(any(part < BARS[name] * whole for name, (part, whole) in parts.items()))


if __name__ == "__main__":
    sys.exit(main())
