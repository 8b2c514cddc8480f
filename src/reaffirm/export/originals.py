"""What a row held when it was exported, in one cell beside it, so that a correction in a sheet can be told from a change in the ledger.

The cell goes with its row when a sheet is sorted, cut or sent on. It holds the values that can be corrected, a digest of the other cells,
which row of how many it was, and a seal, so that a cell that was altered or stands beside another row is known.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.model import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMN = "as_exported"
MEANING = "what the row held when it was exported, by which `reaffirm corrections` knows what was corrected since; leave it as it is"
VERDICT = "verdict"


def _words(name: str) -> tuple[str, str, str]:
    return name, f"{name}_start", f"{name}_end"


CORRECTABLE = {
    "statements": ("speakers", "parties", "directness", "factuality", "act", "strength", "certainty", *_words("content"), VERDICT),
    "commitments": ("parties", "undertaker", "polarity", "strength", "band", "evidence_mode", "due", *_words("action"), VERDICT),
    "demands": ("holder", "target", "class", "strength", "polarity", *_words("action"), VERDICT),
}
WORDS = {"statements": _words("content"), "commitments": _words("action"), "demands": _words("action")}  # words, where they begin and end
SHORT = 400  # code points of words that are kept as they are; of longer ones a digest
LONGEST = 4095  # code points of a cell that count: the rest may stand in another sheet


@dataclass(frozen=True, slots=True)
class Original:
    """What was exported: values that can be corrected by column, as texts, the digest of the rest, and the row's number of how many."""

    values: Mapping[str, str]
    others: str
    number: int
    total: int


def cell(key: str, sheet: str, cells: Mapping[str, object], number: int, total: int) -> str:
    """The cell for a row of a sheet, by the row's id."""
    values = {name: kept(plain(cells[name])) for name in CORRECTABLE[sheet]}
    told = {"row": number, "of": total, "values": values, "others": others(sheet, cells)}
    return json.dumps({**told, "seal": _seal(key, told)}, ensure_ascii=True, separators=(",", ":"))


def read(key: str, text: str) -> Original | None:
    """What a cell says of the row of this id; None where it was altered or belongs to another row."""
    try:
        told = json.loads(text)
        seal = told.pop("seal")
        found = Original(dict(told["values"]), str(told["others"]), int(told["row"]), int(told["of"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return found if seal == _seal(key, told) else None


def kept(text: str) -> str:
    """A value as it is kept beside its row: of long words the beginning and a digest."""
    return text if len(text) <= SHORT else f"{text[:40]} … {digest(text[:LONGEST])[:16]}"


def _seal(key: str, told: Mapping[str, object]) -> str:
    return digest(key, told)[:12]


def others(sheet: str, cells: Mapping[str, object]) -> str:
    """A digest of the cells that cannot be corrected."""
    return digest([[name, plain(cells[name])[:LONGEST]] for name in sorted(cells) if name not in {*CORRECTABLE[sheet], COLUMN}])[:16]


def plain(value: object) -> str:
    """A value as one text: empty for unknown, names as `a; b`, numbers without a needless fraction, flags as true and false."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return "; ".join(str(name) for name in value)
    return "" if value is None else str(value)
