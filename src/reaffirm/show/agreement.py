"""How far coders agree, in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from reaffirm.show.lines import clean, line, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from reaffirm.review.opinions import Accuracy, Agreement, Disagreement

QUOTE = 100  # code points of a row's words


def agreement(console: Console, found: Iterable[Agreement]) -> None:
    """Nothing: prints the figures, kind by kind."""
    told = [part for part in found if part.figures]
    for part in told:
        line(console, (f"{part.kind}s: {', '.join(part.coders)}", "bold"))
        rows = [(f.question, f.units, share(f.agreed), figure(f.alpha)) for f in part.figures]
        _table(console, ("question", "rows", "agreed", "alpha"), rows)
        pairs = [(f"{p.a}, {p.b}", p.question, p.units, share(p.agreed), figure(p.kappa)) for p in part.pairs]
        _table(console, ("pair", "question", "rows", "agreed", "kappa"), pairs)
        u = part.unitized
        line(console, f"units in {u.texts} texts ({u.length:,} code points): u {figure(u.u)}, binary {figure(u.binary)}, cu {figure(u.cu)}")
        lines(console, (f"  left out: {p.doc} ({p.coder} decided {p.decided} of {p.rows})" for p in part.partial))
    if not told:
        line(console, "nobody has judged a row yet; `reaffirm accept`, `reject` and `correct` do, each coder with --who NAME")


def disagreements(console: Console, found: Sequence[Disagreement]) -> None:
    """Nothing: prints what coders differ on, the open ones first."""
    for row in sorted(found, key=lambda d: d.settled is not None):
        values = "; ".join(f"{coder}: {value or '?'}" for coder, value in row.values)
        end = f" -> {row.settled or '?'} (by {row.settled_by})" if row.settled is not None else ""
        line(console, (row.row, "bold"), f" {row.question}: {values}{end}")
        line(console, f"    {row.doc}: {' '.join(row.quote.split())[:QUOTE]}")
    left = sum(row.settled is None for row in found)
    line(console, f"{left} open, {len(found) - left} settled")


def accuracy(console: Console, found: Sequence[Accuracy]) -> None:
    """Nothing: prints how each rule and pack entry fared."""
    told = [(a.kind, a.rule, a.entry, a.right, a.mended, a.wrong, a.unsure, share(a.share), bounds(a)) for a in found]
    _table(console, ("kind", "rule", "entry", "right", "mended", "wrong", "unsure", "share", "95 %"), told)
    if not found:
        line(console, "nobody has judged a row yet; `reaffirm accept`, `reject` and `correct` do")


def bounds(row: Accuracy) -> str:
    """The bounds of a share."""
    return f"{share(row.low)} to {share(row.high)}" if row.share is not None else ""


def share(value: float | None) -> str:
    """A share in per cent, empty where it is not defined."""
    return "" if value is None else f"{100 * value:.0f} %"


def figure(value: float | None) -> str:
    """A coefficient; a dash where the data do not define it."""
    return "-" if value is None else f"{value:.3f}"


def _table(console: Console, names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    if not rows:
        return
    table = Table(*names, box=None)
    for row in rows:
        table.add_row(*(clean(str(cell)) for cell in row))
    console.print(table)
