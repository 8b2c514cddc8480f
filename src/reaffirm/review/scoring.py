"""Scoring a ledger in the exchange format against gold in the same format: counts, report, table, listings.

What is measured, and what counts as a match, is told in docs/format.md. Gold and prediction are folders of JSON
Lines; nothing here reads a ledger or a text, except to prove spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from reaffirm.errors import UsageError
from reaffirm.review.attributions import commitments, demands, statements
from reaffirm.review.cards import cards, proofs
from reaffirm.review.events import meetings, mentions, timex
from reaffirm.review.matching import Names
from reaffirm.review.rows import KINDS, Pair, Row, document, load, name, read, require_folder, word, words
from reaffirm.review.tally import Count, Tally
from reaffirm.review.threads import threads

if TYPE_CHECKING:
    from pathlib import Path

Scope = Literal["all", "kind", "doc"]
Figures: TypeAlias = dict[str, float | int | None]
Scorer: TypeAlias = Callable[[list[Row], list[Row], Names, Tally], list[Pair]]

SCORERS: dict[str, Scorer] = {
    "statements": statements,
    "commitments": commitments,
    "demands": demands,
    "meetings": meetings,
    "mentions": mentions,
    "timex": timex,
}
# Members of threads are rows of these kinds.
LINKED = {"statements", "commitments", "demands", "meetings"}
# Kinds of which gold may declare a class or kind `incomplete` in a document, and the key that says which.
PARTIAL = {"demands": "class", "mentions": "kind"}
WHICH = ("missed", "false", "wrong")
# Measures of ours, by kind, that the scorer beside the shared gold does not have.
OWN = {"statements": frozenset({"act", "strength", "strength within one"})}
# The figures shown in a table, and the widths of its first two columns.
SHOWN, WIDTH = ("precision", "recall", "f1"), (12, 42)


def score(gold_dir: Path, pred_dir: Path, docs: set[str] | None = None, texts: Path | None = None) -> Tally:
    """All counts of one prediction folder against one gold folder, for all gold documents or those named in `docs`.

    With `texts`, a folder of canonical texts, every predicted span is proved as well.
    """
    for folder in (gold_dir, pred_dir, *([texts] if texts else [])):
        require_folder(folder)
    gold_cards = _chosen(gold_dir, docs)
    files = {document(d) for d in gold_cards}
    gold, pred = load(gold_dir, files), load(pred_dir, files)
    _leave_out_partial(gold_cards, pred)
    out, names = Tally({document(d): word(d, "kind") for d in gold_cards}), Names(read(gold_dir, "actors"))
    cards(gold["documents"], pred["documents"], out)
    twin: dict[str, str] = {}
    for kind, scorer in SCORERS.items():
        pairs = scorer(gold[kind], pred[kind], names, out)
        twin |= {str(p["id"]): str(g["id"]) for g, p in pairs if kind in LINKED}
    threads(gold, pred, twin, out)
    if texts:
        proofs(pred, gold_cards, texts, out)
    return out


def _chosen(gold_dir: Path, docs: set[str] | None) -> list[Row]:
    """The gold documents to score; a `UsageError` when there are none or one that was asked for is not there."""
    every = [d for d in read(gold_dir, "documents") if document(d)]
    if not every:
        message = f"{gold_dir} has no documents.jsonl that names a document; a gold folder needs one (docs/format.md)"
        raise UsageError(message)
    called = {alias for d in every for alias in (name(d.get("id")), document(d))}
    if unknown := sorted((docs or set()) - called):
        message = f"{gold_dir} has no document {', '.join(unknown)}; give names or ids of its documents.jsonl"
        raise UsageError(message)
    return [d for d in every if not docs or {name(d.get("id")), document(d)} & docs]


def _leave_out_partial(gold_cards: list[Row], pred: dict[str, list[Row]]) -> None:
    """Nothing: drops predicted rows of classes that gold has not marked in full in their document."""
    partial = {(document(d), kind) for d in gold_cards for kind in words(d.get("incomplete"))}
    for kind, key in PARTIAL.items():
        pred[kind] = [p for p in pred[kind] if (document(p), word(p, key)) not in partial]


def slug(measure: str) -> str:
    """The measure as a key without spaces: `demand: target, as states` becomes `demand-target-as-states`."""
    return re.sub(r"\W+", "-", measure).strip("-")


def report(tally: Tally) -> dict[str, dict[str, dict[str, Figures]]]:
    """All figures by kind, measure (as a slug), scope and figure: `demands`, `demand-found`, `all`, `f1`."""
    out: dict[str, dict[str, dict[str, Figures]]] = {}
    for (kind, measure), cells in tally.cells.items():
        out.setdefault(kind, {})[slug(measure)] = {scope: count.figures() for scope, count in cells.items()}
    return out


def render(tally: Tally, by: Scope = "kind") -> list[str]:
    """The lines of a table for everything, then (`by` kind) each document kind, then (`by` doc) each document."""
    depth = {"all": ("all",), "kind": ("all", "kind"), "doc": ("all", "kind", "doc")}.get(by)
    if depth is None:
        message = f"a table goes down to all, kind or doc, not {by!r}"
        raise UsageError(message)
    scopes = {scope for cells in tally.cells.values() for scope in cells}
    shown = sorted((depth.index(level), s) for s in scopes if (level := s.partition(":")[0]) in depth)
    return [line for _, scope in shown for line in _table(tally, scope)]


def _table(tally: Tally, scope: str) -> Iterator[str]:
    first, second = WIDTH
    yield ""
    yield f"== {scope}"
    yield f"{'kind':{first}} {'measure':{second}} {'P':>6} {'R':>6} {'F1':>6}   right/gold/predicted"
    for (kind, measure), cells in tally.cells.items():
        if scope in cells:
            yield f"{kind:{first}} {measure:{second}} {_shown(measure, cells[scope])}"


def _shown(measure: str, count: Count) -> str:
    """The figures of one line; a count of errors has no precision or recall."""
    figures = count.figures()
    values = [None if "(count" in measure else figures[key] for key in SHOWN]
    cells = " ".join(f"{'-' if value is None else format(value, '.3f'):>6}" for value in values)
    return f"{cells}   {count.right}/{count.gold}/{count.pred}"


def listing(tally: Tally, which: str, kind: str) -> list[Row]:
    """The rows of a kind that were `missed` or `false`, or the matched ones that are `wrong` and in what."""
    kinds = (*KINDS, "spans")
    if which not in WHICH or kind not in kinds:
        message = f"there is no list of {which} {kind}; choose one of {', '.join(WHICH)} and one of {', '.join(kinds)}"
        raise UsageError(message)
    return list(tally.rows.get((kind, which), []))
