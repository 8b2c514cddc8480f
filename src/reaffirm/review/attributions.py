"""Scoring what was said: statements, and their readings as commitments and demands, matched by their words."""

from __future__ import annotations

from functools import partial

from reaffirm.review.dates import same_last_day
from reaffirm.review.matching import Matched, Names, lemma, match_by_document, overlap, same_words, source_class
from reaffirm.review.rows import JSON, Pair, Row, accepted, name, word
from reaffirm.review.tally import Count, Tally

# Token F from which a row is found, and from which it is exact; what a tie is broken by.
FOUND, EXACT, TIE = 0.5, 0.8, 0.02


def statements(gold: list[Row], pred: list[Row], names: Names, out: Tally) -> list[Pair]:
    """The matched statements; counts those found, exact and right, then each field of the matched."""
    pairs: list[Pair] = []
    for here in match_by_document(gold, pred, _said_alike):
        _statements_found(here, names, out)
        pairs += here.pairs
    twin = {str(p["id"]): str(g["id"]) for g, p in pairs}
    for pair in pairs:
        _voice(pair, names, out)
        _nesting(pair, twin, out)
        _factuality(pair, out)
        _force(pair, out)
    return pairs


def _said_alike(gold: Row, pred: Row) -> float:
    f = overlap(gold.get("content"), pred.get("content"))
    ties = same_words("source", gold, pred) + same_words("cue", gold, pred)
    return f + TIE * ties if f >= FOUND else 0.0


def _exact(key: str, gold: Row, pred: Row) -> bool:
    return overlap(gold.get(key), pred.get(key)) >= EXACT


def _statements_found(here: Matched, names: Names, out: Tally) -> None:
    def right(g: Row, p: Row) -> bool:
        return names.same_people("speakers", g, p) and (same_words("source", g, p) or same_words("cue", g, p))

    out.found("statements", "found", here)
    out.found("statements", "exact", here, partial(_exact, "content"))
    out.found("statements", "right", here, right)
    out.listing("statements", here)
    mate = {id(p): g for g, p in here.pairs}
    for label, turn in (("turns", True), ("not turns", False)):
        gs = [g for g in here.gold if _is_turn(g) == turn]
        ps = [p for p in here.pred if _is_turn(mate.get(id(p), p)) == turn]
        pairs = [(g, p) for g, p in here.pairs if _is_turn(g) == turn]
        out.found("statements", f"found, {label}", Matched(gs, ps, pairs))


def _is_turn(row: Row) -> bool:
    return row.get("directness") == "turn"


def _voice(pair: Pair, names: Names, out: Tally) -> None:
    gold, pred = pair
    speakers = names.same_people("speakers", gold, pred)
    out.ratio("statements", "source exact", pair, right=same_words("source", gold, pred))
    out.ratio("statements", "cue exact", pair, right=same_words("cue", gold, pred))
    out.ratio("statements", "speakers", pair, right=speakers)
    if kind := source_class(gold):
        out.ratio("statements", f"speakers of {kind} sources", pair, right=speakers)
    out.ratio("statements", "parties", pair, right=names.same("parties", gold, pred))
    out.ratio("statements", "directness", pair, right=pred.get("directness") in accepted(gold, "directness"))


def _nesting(pair: Pair, twin: dict[str, str], out: Tally) -> None:
    """Nothing: counts whether the parent is the one matched to gold's parent, or none where gold has none."""
    wanted, given = (name(row.get("nested_in")) for row in pair)
    nested = twin.get(given or "") == wanted and bool(given) == bool(wanted)
    out.ratio("statements", "nested", pair, right=nested)
    if wanted:
        out.ratio("statements", "nested, those that have a parent", pair, right=nested)


def _factuality(pair: Pair, out: Tally) -> None:
    gold, pred = pair
    wanted, given = gold.get("factuality"), pred.get("factuality") or "plain"
    out.ratio("statements", "factuality", pair, right=wanted == given)
    for label, plain in (("plain", True), ("not plain", False)):
        ours, theirs = (wanted == "plain") == plain, (given == "plain") == plain
        count = Count(int(ours and theirs), int(ours), int(theirs))
        out.add("statements", f"factuality {label}", word(gold, "doc"), count)


def _force(pair: Pair, out: Tally) -> None:
    """Nothing: counts the speech act and its strength, exact and within one, where gold has them."""
    gold, pred = pair
    if gold.get("act") is not None:
        out.ratio("statements", "act", pair, right=gold.get("act") == pred.get("act"))
    wanted, given = gold.get("strength"), pred.get("strength")
    if not isinstance(wanted, int):
        return
    out.ratio("statements", "strength", pair, right=wanted == given)
    out.ratio("statements", "strength within one", pair, right=isinstance(given, int) and abs(wanted - given) <= 1)


def _readings(gold: list[Row], pred: list[Row], weight: partial[float], out: Tally, heading: tuple[str, str]) -> list[Pair]:
    """The matched readings of one kind; `heading` is the kind and what its measures begin with."""
    kind, label = heading
    pairs: list[Pair] = []
    for here in match_by_document(gold, pred, weight):
        out.found(kind, f"{label}found", here)
        out.found(kind, f"{label}exact", here, partial(_exact, "action"))
        out.listing(kind, here)
        pairs += here.pairs
    return pairs


def _acts_alike(names: Names, actor: str, gold: Row, pred: Row) -> float:
    f = overlap(gold.get("action"), pred.get("action"))
    return f + TIE * names.same(actor, gold, pred) if f >= FOUND else 0.0


def commitments(gold: list[Row], pred: list[Row], names: Names, out: Tally) -> list[Pair]:
    """The matched commitments; counts those found and exact, then the fields of all but withheld ones."""
    pairs = _readings(gold, pred, partial(_acts_alike, names, "undertaker"), out, ("commitments", ""))
    for g in gold:
        asked = int(bool(g.get("due")) and not g.get("optional"))
        out.add("commitments", "due", word(g, "doc"), Count(0, asked, 0))
    for pair in pairs:
        if pair[0].get("polarity") != "withheld":
            _undertaking(pair, names, out)
            _due(pair, out)
    return pairs


def _undertaking(pair: Pair, names: Names, out: Tally) -> None:
    gold, pred = pair
    for key in ("parties", "undertaker"):
        out.ratio("commitments", key, pair, right=names.same(key, gold, pred))
        out.ratio("commitments", f"{key}, as states", pair, right=names.same_states(key, gold, pred))
    lemmas = {lemma(value) for value in accepted(gold, "illocution")}
    out.ratio("commitments", "illocution", pair, right=lemma(pred.get("illocution")) in lemmas)
    out.ratio("commitments", "band", pair, right=gold.get("band") == pred.get("band"))
    out.ratio("commitments", "polarity", pair, right=gold.get("polarity") == (pred.get("polarity") or "will"))
    out.ratio("commitments", "condition", pair, right=_same_condition(gold.get("condition"), pred.get("condition")))


def _same_condition(gold: JSON, pred: JSON) -> bool:
    if not gold or not pred:
        return bool(gold) == bool(pred)
    return overlap(gold, pred) >= FOUND


def _due(pair: Pair, out: Tally) -> None:
    """Nothing: counts a right due, one that was given, and one that was invented where gold has none."""
    gold, pred = pair
    wanted, given, asked = bool(gold.get("due")), bool(pred.get("due")), not gold.get("optional")
    equal = same_last_day(accepted(gold, "due"), pred.get("due"))
    invented = given and not wanted and not equal
    kept = given and (wanted or invented)
    doc = word(gold, "doc")
    out.add("commitments", "due", doc, Count(int(wanted and equal and asked), 0, int(kept and asked)))
    out.add("commitments", "invented due (count of matched)", doc, Count(int(invented), 1, 1))
    if not equal:
        out.rows["commitments", "wrong"].append({"wrong": "due", "gold": gold, "pred": pred})


def demands(gold: list[Row], pred: list[Row], names: Names, out: Tally) -> list[Pair]:
    """The matched demands, each class matched by itself; counts those found and exact, then holder and target."""
    pairs: list[Pair] = []
    for kind in sorted({str(row.get("class") or "demand") for row in gold + pred}):
        ours, theirs = ([r for r in rows if r.get("class") == kind] for rows in (gold, pred))
        weight = partial(_acts_alike, names, "target")
        here = _readings(ours, theirs, weight, out, ("demands", f"{kind}: "))
        pairs += here
        for pair in here:
            _asked(kind, pair, names, out)
    return pairs


def _asked(kind: str, pair: Pair, names: Names, out: Tally) -> None:
    gold, pred = pair
    out.ratio("demands", f"{kind}: holder", pair, right=names.same("holder", gold, pred))
    if gold.get("target"):
        out.ratio("demands", f"{kind}: target", pair, right=names.same("target", gold, pred))
        out.ratio("demands", f"{kind}: target, as states", pair, right=names.same_states("target", gold, pred))
