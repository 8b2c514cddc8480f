"""Measures the reading of web pages: body kept, furniture kept as body, the way back to the element, the date.

The pages are those of page_layouts.py. What is kept is the ledger's own view: the canonical text of `formats.read`
without the blocks that `blocks.cut` marks as furniture, with the packs that ship. A string counts by its characters
other than white space; the text's own strings must stand in order, and one that is not found whole counts by the runs of
its words that are found between its neighbours. `--plain` measures trafilatura on the same pages in the same way.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import page_layouts
from lxml import etree
from lxml import html as lxml_html

from reaffirm import blocks, formats, packs, pipeline
from reaffirm.extract.card import card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from page_layouts import Page, Piece

    from reaffirm.model import Source
    from reaffirm.packs import Packs

BODY, FURNITURE = 0.99, 0.03
SHORTEST_RUN = 12  # characters of a run of words below which a part of a string is not looked for
Extract = tuple[int, int]


@dataclass
class Tally:
    """Characters of body and furniture, all and kept; dates right, wrong, missed, invented; blocks with a way back."""

    body: int = 0
    kept: int = 0
    furniture: int = 0
    leaked: int = 0
    dates: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("right", "wrong", "missed", "invented", "unknown"), 0))
    lost_ways: int = 0
    pages: int = 0

    def add(self, other: Tally) -> None:
        """Nothing; takes the other's figures in."""
        for name in ("body", "kept", "furniture", "leaked", "lost_ways", "pages"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, count in other.dates.items():
            self.dates[name] += count

    @property
    def body_share(self) -> float:
        """The share of body characters kept."""
        return self.kept / self.body if self.body else 1.0

    @property
    def furniture_share(self) -> float:
        """The share of furniture characters kept as body."""
        return self.leaked / self.furniture if self.furniture else 0.0


def fold(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s+", "", text)


def found(text: str, pieces: Sequence[Piece]) -> tuple[list[int], list[int]]:
    """For each piece how many of its characters stand in the text, those of the text itself and those of the site.

    First the text's own pieces, in order; then what is neither; then the site's, longest first, where nothing stands yet.
    """
    text = fold(text)
    own = [p.text for p in pieces if p.role == "body"]
    taken = list(text)
    kept = _in_order(text, own, taken)
    for piece in (p for p in pieces if p.role == "either"):
        _claim(taken, fold(piece.text))
    site = [fold(p.text) for p in pieces if p.role == "furniture"]
    leaked = [0] * len(site)
    for i in sorted(range(len(site)), key=lambda i: -len(site[i])):
        leaked[i] = _claim(taken, site[i])
    return kept, leaked


def _claim(taken: list[str], words: str) -> int:
    """How many characters of the words were found in what is not taken (all or none), which are then taken."""
    at = "".join(taken).find(words)
    if at < 0 or not words:
        return 0
    taken[at : at + len(words)] = "\0" * len(words)
    return len(words)


def _in_order(text: str, own: Sequence[str], taken: list[str]) -> list[int]:
    places: list[tuple[int, int] | None] = []
    edge = 0
    for words in map(fold, own):
        at = text.find(words, edge)
        places.append(None if at < 0 else (at, at + len(words)))
        edge = edge if at < 0 else at + len(words)
    kept, low = [], 0
    for i, (words, place) in enumerate(zip(own, places, strict=True)):
        high = next((p[0] for p in places[i:] if p), len(text))
        runs = [place] if place else _runs(text, words.split() if " " in words else list(words), low, high)
        for start, end in runs:
            taken[start:end] = "\0" * (end - start)
        low = runs[-1][1] if runs else low
        kept.append(sum(end - start for start, end in runs))
    return kept


def _runs(text: str, words: Sequence[str], low: int, high: int) -> list[tuple[int, int]]:
    """The runs of words found in [low, high) in order: the whole, else those of its halves."""
    run = "".join(words)
    if len(run) < SHORTEST_RUN or low >= high:
        return []
    at = text.find(run, low, high)
    if at >= 0:
        return [(at, at + len(run))]
    middle = len(words) // 2
    if not middle:
        return []
    left = _runs(text, words[:middle], low, high)
    return [*left, *_runs(text, words[middle:], left[-1][1] if left else low, high)]


def kept(source: Source, knowledge: Packs) -> str:
    """The text of a source that is not furniture, a line a block."""
    return "\n".join(source.text[b.start : b.end] for b in blocks.cut(source, knowledge) if b.kind != "furniture")


def lost_ways(page: Page, source: Source, knowledge: Packs) -> int:
    """How many body blocks have no node whose path leads to an element of a fresh parse that holds the block's words."""
    tree = lxml_html.document_fromstring(page.data, parser=lxml_html.HTMLParser(encoding="utf-8")).getroottree()
    lost = 0
    for block in blocks.cut(source, knowledge):
        if block.kind == "furniture":
            continue
        nodes = [n for n in source.nodes if n.start < block.end and n.end > block.start]
        lost += not nodes or not all(_leads(tree, n.path, source.text[n.start : n.end]) for n in nodes)
    return lost


def _leads(tree: etree._ElementTree, path: str, words: str) -> bool:
    """Whether the path leads to an element whose text has the words in order."""
    try:
        there, at = fold(str(tree.xpath(f"string({path})"))), 0
    except etree.XPathError:
        return False
    for word in words.split():  # not all words at once: a button within the paragraph is a node of its own
        at = there.find(word, at) + len(word)
        if at < len(word):
            return False
    return True


def date(page: Page, source: Source, knowledge: Packs) -> str:
    """Whether the date of publication is right, wrong, missed, invented, or unknown as it should be."""
    filled, _ = card(pipeline.identify(page.data, source, knowledge), knowledge)
    value = filled.published.value
    if page.published is None:
        return "invented" if value else "unknown"
    return "right" if value == page.published else "wrong" if value else "missed"


def weigh(page: Page, text: str) -> Tally:
    """The characters of a page that a text keeps."""
    own, site = found(text, page.pieces)
    sizes = {role: sum(len(fold(p.text)) for p in page.pieces if p.role == role) for role in ("body", "furniture")}
    return Tally(sizes["body"], sum(own), sizes["furniture"], sum(site), pages=1)


def examine(page: Page, knowledge: Packs) -> Tally:
    """All figures of a page as the ledger reads it."""
    source = formats.read(page.data, page.name)
    tally = weigh(page, kept(source, knowledge))
    tally.dates[date(page, source, knowledge)] += 1
    tally.lost_ways = lost_ways(page, source, knowledge)
    return tally


def measure(pages: Iterable[Page] | None = None) -> dict[str, dict[str, float]]:
    """The figures of each part and, by `part: layout`, of each layout: the shares, dates and lost ways."""
    knowledge = packs.load()
    return figures((page, examine(page, knowledge)) for page in (page_layouts.pages() if pages is None else pages))


def figures(tallies: Iterable[tuple[Page, Tally]]) -> dict[str, dict[str, float]]:
    """The sums of tallies by part and by layout."""
    sums: dict[str, Tally] = defaultdict(Tally)
    for page, tally in tallies:
        for key in (page.part, f"{page.part}: {page.layout}"):
            sums[key].add(tally)
    return {
        key: {"pages": t.pages, "body": t.body_share, "furniture": t.furniture_share, "lost_ways": t.lost_ways}
        | {f"dates_{name}": count for name, count in t.dates.items()}
        for key, t in sums.items()
    }


def plain(*, recall: bool) -> Callable[[Page], Tally]:
    """A measure of trafilatura alone."""
    import trafilatura  # noqa: PLC0415 - only when asked for

    def one(page: Page) -> Tally:
        text = trafilatura.extract(page.data, include_comments=False, include_tables=True, favor_recall=recall)
        return weigh(page, text or "")

    return one


def show(page: Page, knowledge: Packs, rows: int) -> None:
    """Nothing; prints what a page lost and leaked."""
    source = formats.read(page.data, page.name)
    own, site = found(kept(source, knowledge), page.pieces)
    for role, counts in (("body", own), ("furniture", site)):
        texts = [p.text for p in page.pieces if p.role == role]
        bad = [t for t, n in zip(texts, counts, strict=True) if (n < len(fold(t))) == (role == "body")]
        for text in bad[:rows]:
            print(f"  {page.name} {'lost' if role == 'body' else 'kept'}: {text[:110]!r}")
    if (verdict := date(page, source, knowledge)) not in ("right", "unknown"):
        filled, _ = card(pipeline.identify(page.data, source, knowledge), knowledge)
        print(f"  {page.name} date {verdict} ({page.proof}): {page.published} read {filled.published}")


def table(results: dict[str, dict[str, float]], beside: Sequence[dict[str, dict[str, float]]]) -> None:
    """Nothing; prints the figures, layouts first, then the totals."""
    extra = "".join(f"{name:>16}" for name in ("trafilatura", "with recall")[: len(beside)])
    print(f"{'':38}{'pages':>6}{'body':>8}{'furn.':>8}{'lost ways':>10}  dates right/wrong/missed/invented/unknown{extra}")
    for key in sorted(results, key=lambda k: (":" not in k, k)):
        row = results[key]
        dates = "/".join(f"{row[f'dates_{name}']:.0f}" for name in ("right", "wrong", "missed", "invented", "unknown"))
        more = "".join(f"{b[key]['body']:>9.3f}{b[key]['furniture']:>7.3f}" for b in beside)
        print(f"{key:38}{row['pages']:>6.0f}{row['body']:>8.4f}{row['furniture']:>8.4f}{row['lost_ways']:>10.0f}  {dates:>41}{more}")


def main() -> int:
    """The exit code: 1 when a bar is missed, else 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--plain", action="store_true", help="measure trafilatura beside it")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print at most N faults a page, of dev pages only")
    asked = parser.parse_args()
    begun, pages = time.perf_counter(), page_layouts.pages()
    results = measure(pages)
    seconds = time.perf_counter() - begun
    beside = [figures((p, plain(recall=r)(p)) for p in pages) for r in (False, True)] if asked.plain else []
    if asked.show:
        knowledge = packs.load()
        for page in (p for p in pages if p.part == "dev"):
            show(page, knowledge, asked.show)
    if asked.json:
        print(json.dumps(results, indent=1))
    else:
        table(results, beside)
        print(f"bars: body at least {BODY}, furniture at most {FURNITURE}, no lost ways, no date wrong or invented; {seconds:.1f} seconds")
    totals = [results[part] for part in ("dev", "held out")]
    return int(
        any(t["body"] < BODY or t["furniture"] > FURNITURE or t["lost_ways"] or t["dates_wrong"] or t["dates_invented"] for t in totals)
    )


if __name__ == "__main__":
    sys.exit(main())
