"""Scoring the documents themselves: kind, title, dates, furniture; and proving every predicted span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.review.dates import same_date
from reaffirm.review.matching import lines, same_words
from reaffirm.review.rows import JSON, Pair, Row, accepted, document, read_text, records, word, words
from reaffirm.review.tally import Count, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def cards(gold: list[Row], pred: list[Row], out: Tally) -> None:
    """Nothing: counts each field of each gold document; a document that was not predicted is wrong in all."""
    theirs = {document(p): p for p in pred}
    for g in gold:
        p = theirs.get(document(g), {})
        pair = (g, p)
        out.ratio("documents", "kind", pair, right=g.get("kind") == p.get("kind"))
        out.ratio("documents", "title", pair, right=bool(p) and same_words("title", g, p))
        _dates(pair, out)
        _furniture(pair, out)


def _dates(pair: Pair, out: Tally) -> None:
    gold, pred = pair
    known = pred.get("published") in accepted(gold, "published")
    out.ratio("documents", "published", pair, right=bool(pred) and known)
    invented = bool(pred.get("published")) and not gold.get("published") and not known
    out.add("documents", "invented publication date (count)", word(gold, "doc"), Count(int(invented), 1, 1))
    for key in ("published_earliest", "published_latest"):
        if gold.get(key):
            out.ratio("documents", key, pair, right=same_date([gold[key]], pred.get(key)))
    days = sorted(words(pred.get("event_dates")))
    right = [sorted(words(days)) for days in accepted(gold, "event_dates")]
    out.ratio("documents", "event dates", pair, right=bool(pred) and days in right)


def _furniture(pair: Pair, out: Tally) -> None:
    """Nothing: counts furniture line by line, by words alone as soon as one line has no place."""
    mine, marked = (lines(row.get("furniture")) for row in pair)
    if any(place is None for place, _ in mine | marked):
        mine, marked = {(None, text) for _, text in mine}, {(None, text) for _, text in marked}
    doc = word(pair[0], "doc")
    out.add("documents", "furniture lines", doc, Count(len(mine & marked), len(mine), len(marked)))
    wrong = Count(len(marked - mine), len(mine), len(marked))
    out.add("documents", "body lines marked as furniture (count)", doc, wrong)


def proofs(pred: dict[str, list[Row]], gold: list[Row], folder: Path, out: Tally) -> None:
    """Nothing: counts the predicted spans that prove themselves against DIR/doc.txt or DIR/doc, and evidence in furniture."""
    texts = {document(g): text for g in gold if (text := _canonical(folder, document(g))) is not None}
    barred = {document(g): [e for s in records(g, "furniture") if (e := _extent(s))] for g in gold}
    for kind, rows in pred.items():
        for doc, span in _spans_in(list(rows), None):
            if doc not in texts:
                continue
            extent = _extent(span)
            good = extent is not None and texts[doc][extent[0] : extent[1]] == span["text"]
            out.add("spans", f"{kind}: proved", doc, Count(int(good), 1, 1))
            if not good:
                out.rows["spans", "wrong"].append({"kind": kind, "doc": doc, **span})
            inside = good and kind != "documents" and _within(extent, barred[doc])
            out.add("spans", "evidence in furniture (count)", doc, Count(int(inside), 1, 1))


def _canonical(folder: Path, doc: str) -> str | None:
    """The canonical text of a document: `doc.txt` as the export writes it, or `doc` where that is a .txt itself."""
    own = [folder / doc] if doc.endswith(".txt") else []
    return next((read_text(path) for path in (folder / f"{doc}.txt", *own) if path.is_file()), None)


def _spans_in(value: JSON, doc: str | None) -> Iterator[tuple[str, Row]]:
    """The spans anywhere in a value, each with the document that it or the nearest row around it names."""
    if isinstance(value, list):
        for member in value:
            yield from _spans_in(member, doc)
    elif isinstance(value, dict):
        doc = word(value, "doc") or doc
        if doc and {"text", "start", "end"} <= value.keys():
            yield doc, value
        for member in value.values():
            yield from _spans_in(member, doc)


def _extent(span: Row) -> tuple[int, int] | None:
    """The offsets of a span; None where it has none or they enclose nothing."""
    start, end = span.get("start"), span.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    return (start, end) if 0 <= start < end else None


def _within(extent: tuple[int, int] | None, barred: list[tuple[int, int]]) -> bool:
    return extent is not None and any(a < extent[1] and extent[0] < b for a, b in barred)
