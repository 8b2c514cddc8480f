"""Scoring what is spoken of: meetings (one row over many documents), mentions of actors, time expressions."""

from __future__ import annotations

from collections import Counter
from functools import partial

from reaffirm.review.attributions import FOUND
from reaffirm.review.dates import bounds, same_date, touch
from reaffirm.review.matching import (
    Matched,
    Names,
    extents,
    match,
    match_by_document,
    office_key,
    overlap,
    same_extent,
    spans,
)  # fmt: skip
from reaffirm.review.rows import Pair, Row, accepted, documents, items, records, words
from reaffirm.review.tally import Count, Tally


def meetings(gold: list[Row], pred: list[Row], names: Names, out: Tally) -> list[Pair]:
    """The matched meetings; counts those found, the fields of the matched, wrong merges and splits.

    Predicted events that are no consultation (`kind` none) are left out; gold's are optional.
    """
    pred = [p for p in pred if p.get("kind") != "none"]
    here = match(gold, pred, partial(_met_alike, names))
    out.found("meetings", "found", here)
    out.listing("meetings", here)
    for pair in here.pairs:
        if not pair[0].get("optional"):
            _meeting(pair, names, out)
    _identity(gold, pred, out)
    return here.pairs


def _met_alike(names: Names, gold: Row, pred: Row) -> float:
    """The weight of a pair of meetings: 0 unless participants or forum are alike and the dates allow it.

    An unknown date asks for common evidence, and so does an optional gold row.
    """
    told, forum = evidence_overlap(gold, pred), overlap(gold.get("forum"), pred.get("forum"))
    sure = told >= FOUND
    if not (sure or not gold.get("optional")) or not (forum >= FOUND or _same_circle(names, gold, pred)):
        return 0.0
    return 1 + forum + told if _dates_allow(gold, pred, sure=sure) else 0.0


def _same_circle(names: Names, gold: Row, pred: Row) -> bool:
    ours, theirs = (names.states([*_participants(row)]) for row in (gold, pred))
    return len(ours & theirs) / len(ours | theirs) >= FOUND


def _participants(row: Row) -> list[str]:
    return words(row.get("participants")) + words(row.get("participants_external"))


def _dates_allow(gold: Row, pred: Row, *, sure: bool) -> bool:
    theirs = bounds(pred.get("date"))
    ours = [days for date in accepted(gold, "date") if (days := bounds(date))]
    if not theirs or not ours:
        return sure
    return any(touch(days, theirs) for days in ours)


def evidence_overlap(gold: Row, pred: Row) -> float:
    """The greatest token F of any two evidence spans of two meetings in the same document."""
    ours, theirs = records(gold, "evidence"), records(pred, "evidence")
    return max((overlap(g, p) for g in ours for p in theirs if g["doc"] == p["doc"]), default=0.0)


def _meeting(pair: Pair, names: Names, out: Tally) -> None:
    gold, pred = pair
    out.ratio("meetings", "date", pair, right=same_date(accepted(gold, "date"), pred.get("date")))
    out.ratio("meetings", "status", pair, right=gold.get("status") == pred.get("status"))
    out.ratio("meetings", "participants", pair, right=names.same_people("participants", gold, pred))
    out.ratio("meetings", "documents merged", pair, right=documents(gold) == documents(pred))


def _identity(gold: list[Row], pred: list[Row], out: Tally) -> None:
    """Nothing: counts predicted rows that tell two gold meetings, and gold meetings told by two predicted rows."""
    real = [g for g in gold if g.get("kind") != "none"]
    told = [{g["id"] for e in records(p, "evidence") if (g := _told_by(real, e))} for p in pred]
    times = Counter(meeting for several in told for meeting in several)
    merges, splits = sum(len(t) > 1 for t in told), sum(n > 1 for n in times.values())
    out.add("meetings", "wrong merges (count)", None, Count(merges, len(real), len(pred)))
    out.add("meetings", "splits (count)", None, Count(splits, len(real), len(pred)))


def _told_by(rows: list[Row], span: Row) -> Row | None:
    """The one row whose evidence is closest to the span; None when none or several are."""
    ranked = sorted(((evidence_overlap(r, {"evidence": [span]}), n) for n, r in enumerate(rows)), reverse=True)
    if not ranked or ranked[0][0] < FOUND or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return rows[ranked[0][1]]


def mentions(gold: list[Row], pred: list[Row], names: Names, out: Tally) -> list[Pair]:
    """The matched mentions; counts equal spans by kind, then name and office of the matched."""
    pairs: list[Pair] = []
    for here in match_by_document(gold, pred, partial(_mentioned_alike, names)):
        for kind in sorted({str(row.get("kind") or "") for row in here.gold + here.pred}):
            out.found("mentions", f"{kind}: span", _of_kind(kind, here))
        out.listing("mentions", here)
        pairs += here.pairs
    for pair in pairs:
        gold_row, pred_row = pair
        out.ratio("mentions", "name", pair, right=names.same("names", gold_row, pred_row))
        if gold_row.get("office"):
            same = office_key(gold_row["office"]) == office_key(pred_row.get("office"))
            out.ratio("mentions", "office", pair, right=same)
    return pairs


def _mentioned_alike(names: Names, gold: Row, pred: Row) -> float:
    if overlap(gold.get("surface"), pred.get("surface")) < 1:
        return 0.0
    return 1 + 0.2 * (gold.get("kind") == pred.get("kind")) + 0.1 * names.same("names", gold, pred)


def _of_kind(kind: str, here: Matched) -> Matched:
    gold, pred = ([r for r in rows if r.get("kind") == kind] for rows in (here.gold, here.pred))
    return Matched(gold, pred, [(g, p) for g, p in here.pairs if g.get("kind") == kind == p.get("kind")])


def timex(gold: list[Row], pred: list[Row], _names: Names, out: Tally) -> list[Pair]:
    """The matched time expressions; counts extents and values, then value, interval and anchor of the matched."""
    pairs: list[Pair] = []
    for here in match_by_document(gold, pred, _dated_alike):
        out.found("timex", "strict", here, _strict)
        out.found("timex", "relaxed", here)
        out.found("timex", "value", here, _same_value)
        out.listing("timex", here)
        pairs += here.pairs
    for pair in pairs:
        if not pair[0].get("optional"):
            _resolved(pair, out)
    return pairs


def _strict(gold: Row, pred: Row) -> bool:
    return same_extent(extents(gold), extents(pred))


def _same_value(gold: Row, pred: Row) -> bool:
    return pred.get("value") in accepted(gold, "value")


def _dated_alike(gold: Row, pred: Row) -> float:
    ours = [*spans(gold.get("surface")), *spans(gold.get("phrase"))]
    theirs = spans(pred.get("surface") or pred.get("phrase"))
    return max((overlap(a, b) for a in ours for b in theirs), default=0.0) + 0.5 * _strict(gold, pred)


def _resolved(pair: Pair, out: Tally) -> None:
    gold, pred = pair
    out.ratio("timex", "value of matched", pair, right=_same_value(gold, pred))
    if gold.get("interval") or pred.get("interval"):
        right = [gold.get("interval"), *items(gold.get("value_accept"))]
        out.ratio("timex", "interval", pair, right=same_date(right, pred.get("interval")))
    out.ratio("timex", "anchor", pair, right=(gold.get("anchor") or None) == (pred.get("anchor") or None))
