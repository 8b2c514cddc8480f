"""Sheets that were exported, corrected outside, and came back: each correction becomes a Judgement, and nothing is guessed.

A cell was corrected when it differs from what was exported (`as_exported` beside it); the ledger changed meanwhile when what it would
export now differs from that. Where both happened, and not to the same value, it is a conflict: told, not applied.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from reaffirm import judging
from reaffirm.errors import UsageError
from reaffirm.export import originals
from reaffirm.export.marked import NAMES
from reaffirm.export.sheets import sheets
from reaffirm.model import Verdict
from reaffirm.sequels import SPAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reaffirm.export.book import Book
    from reaffirm.export.marked import Line
    from reaffirm.export.originals import Original
    from reaffirm.model import Judgement
    from reaffirm.store.protocol import Store

SETTABLE = tuple(verdict for verdict in get_args(Verdict) if verdict != "corrected")  # in the column `verdict`
GONE = "the row is not in the ledger any more, or was rejected; what was corrected in it"


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that was corrected: what was exported, what the ledger holds now (None: the row is not listed), and what the sheet has."""

    place: str
    row: str
    column: str
    then: str
    now: str | None
    given: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was found in a sheet and not applied, with the place, and why."""

    place: str
    row: str
    message: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """What came of a sheet: the judgements (made, or in a trial to be made), conflicts, what was told; `rows` were looked at.

    `already` counts cells that hold what the ledger holds by now.
    """

    judgements: tuple[Judgement, ...]
    conflicts: tuple[Change, ...]
    told: tuple[Told, ...]
    rows: int
    already: int
    trial: bool

    @property
    def clean(self) -> bool:
        """Whether everything that was found could be applied."""
        return not (self.conflicts or self.told)


def compare(store: Store, book: Book, lines: Sequence[Line], who: str | None, *, trial: bool) -> Corrections:
    """What came of the lines of sheets, held against what the ledger exports now; nothing is recorded yet."""
    now = _now(book)
    told = list(_missing(lines))
    changes: list[Change] = []
    often = Counter(line.key for line in lines)
    for line in lines:
        original = originals.read(line.key, line.cells.get(originals.COLUMN, ""))
        fault = _fault(line, original, often)
        if fault or original is None:
            told.append(Told(line.place, line.key, fault))
            continue
        held = now.get(line.key)
        changes += _changes(line, original, held)
        told += _elsewhere(line, original, held)
    conflicts = [c for c in changes if c.now is not None and c.now not in {c.then, c.given}]
    already = sum(change.now == change.given for change in changes)
    judgements = []
    for change in (c for c in changes if c.now not in {None, c.given} and c not in conflicts):
        try:
            judgements.append(_judged(store, change, who))
        except UsageError as error:
            told.append(Told(change.place, change.row, str(error)))
    told += [Told(c.place, c.row, f"{GONE} ({c.column}: {c.given!r}) was left out") for c in changes if c.now is None]
    return Corrections(tuple(judgements), tuple(conflicts), tuple(told), len(lines), already, trial)


def _now(book: Book) -> dict[str, Mapping[str, object]]:
    """By row, the cells that the ledger exports now."""
    found = (sheet for sheet in sheets(book) if sheet.name in originals.CORRECTABLE)
    return {str(row[0]): dict(zip((h.name for h in sheet.headings), row, strict=True)) for sheet in found for row in sheet.rows}


def _fault(line: Line, original: Original | None, often: Mapping[str, int]) -> str:
    """Why nothing of a line can be taken; empty where it can."""
    if not line.key:
        return "the row has no id: rows cannot be added in a sheet"
    if often[line.key] > 1:
        return "the row stands more than once: keep it once, as it should be"
    if line.key[:1] not in NAMES:
        return "this is the id of no statement, commitment or demand"
    if not line.cells.get(originals.COLUMN):
        return f"{originals.COLUMN} is empty: the row was not exported so, or the cell was lost; export anew"
    return "" if original else f"{originals.COLUMN} was altered, or stands beside another row; export anew"


def _missing(lines: Iterable[Line]) -> Iterator[Told]:
    """Rows that were exported and did not come back, sheet by sheet."""
    seen: dict[tuple[str, int], set[int]] = {}
    for line in lines:
        original = originals.read(line.key, line.cells.get(originals.COLUMN, ""))
        if original:
            seen.setdefault((line.place.rpartition(", row ")[0], original.total), set()).add(original.number)
    for (sheet, total), numbers in seen.items():
        gone = total - len(numbers)
        if gone:
            first = ", ".join(str(n) for n in sorted(set(range(1, total + 1)) - numbers)[:10])
            word = "row was" if gone == 1 else "rows were"
            what = f"{gone} {word} deleted of {total} (as exported: {first}{' ...' if gone > 10 else ''})"
            yield Told(sheet, "", f"{what}; this rejects nothing: write `rejected` into the column {originals.VERDICT}")


def _changes(line: Line, original: Original, held: Mapping[str, object] | None) -> Iterator[Change]:
    """The cells of a line that were corrected; a column that did not come back changed nothing."""
    words = originals.WORDS[NAMES[line.key[:1]]]
    yield from _spanned(line, original, held, words)
    for column, then in original.values.items():
        if column in words:
            continue
        given = line.cells.get(column)
        if given is not None and given.strip() != then.strip():
            now = originals.plain(held[column]) if held else None
            yield Change(line.place, line.key, column, then, now, given.strip())


def _spanned(line: Line, original: Original, held: Mapping[str, object] | None, words: tuple[str, ...]) -> Iterator[Change]:
    """The correction of a row's words, if they or where they stand were changed; the three cells are one correction."""
    if not original.values.keys() >= set(words):
        return
    then = [original.values[name].strip() for name in words]
    given = [line.cells.get(name, value).strip() for name, value in zip(words, then, strict=True)]
    moved = [n for n, value in enumerate(given) if originals.kept(value) != then[n]]
    if not moved:
        return
    extent = f"{given[1]}-{given[2]}"
    right = given[0] if moved == [0] else f"{extent} {given[0]}" if 0 in moved else extent
    now = [originals.kept(originals.plain(held[name])).strip() for name in words] if held else None
    holds = None if now is None else right if all(now[n] == originals.kept(given[n]) for n in moved) else _extent(now)
    yield Change(line.place, line.key, words[0] if moved == [0] else SPAN, _extent(then), holds, right)


def _extent(words: Sequence[str]) -> str:
    return f"{words[1]}-{words[2]} {words[0]}"


def _elsewhere(line: Line, original: Original, held: Mapping[str, object] | None) -> Iterator[Told]:
    """What was changed in cells that cannot be corrected."""
    cells = {name: value for name, value in line.cells.items() if name != originals.COLUMN}
    if held is None:
        return
    known = {name for name in held if name != originals.COLUMN}
    if known <= cells.keys() and originals.others(line.sheet, {name: cells[name] for name in known}) != original.others:
        names = [n for n in known - set(original.values) if cells[n][: originals.LONGEST] != originals.plain(held[n])[: originals.LONGEST]]
        columns = ", ".join(sorted(names)) or "cells"
        yield Told(line.place, line.key, f"{columns}: cannot be corrected in a sheet; left out")
    strange = sorted(cells.keys() - known - {""})
    if strange and original.number == 1:
        yield Told(line.place, line.key, f"{', '.join(strange)}: no column of an export; left out")


def _judged(store: Store, change: Change, who: str | None) -> Judgement:
    """The judgement that a correction is, not yet recorded."""
    if change.column in {words[0] for words in originals.WORDS.values()}:
        return judging.decision(store, change.row, "corrected", f"{SPAN}={judging.place(store, change.row, change.given)}", who)
    if change.column != originals.VERDICT:
        return judging.decision(store, change.row, "corrected", f"{change.column}={change.given}", who)
    verdict = next((known for known in SETTABLE if known == change.given), None)
    if verdict is None:
        message = f"verdict cannot be {change.given!r}; choose one of: {', '.join(SETTABLE)} (`undo` takes a decision back)"
        raise UsageError(message)
    return judging.decision(store, change.row, verdict, None, who)
