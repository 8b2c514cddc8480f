"""Rows of the exchange format as JSON: their types, accessors that never trust a type, and reading a folder.

A row comes from a person, another tool or an older version, so a value of an unexpected type counts as unknown;
only a file that cannot be read at all is an error. The keys are those of docs/format.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

from reaffirm.errors import UsageError

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
Row: TypeAlias = dict[str, JSON]
Pair: TypeAlias = tuple[Row, Row]

KINDS = ("documents", "statements", "commitments", "demands", "meetings", "mentions", "timex", "threads")
# Where a row of these kinds keeps its documents; every other kind has one `doc`.
PARTS = {"meetings": "evidence", "threads": "steps"}


def word(row: Row, key: str) -> str | None:
    """The string under a key; None when there is none."""
    value = row.get(key)
    return value if isinstance(value, str) else None


def name(value: JSON) -> str | None:
    """An id or a reference as a string (a number is one too); None when it is empty or no such thing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) or None


def items(value: JSON) -> list[JSON]:
    """The members of a list; none when the value is no list."""
    return value if isinstance(value, list) else []


def words(value: JSON) -> list[str]:
    """The strings of a list that are not empty; a bare string is a list of one."""
    given = [value] if isinstance(value, str) else items(value)
    return [w for w in given if isinstance(w, str) and w]


def records(row: Row, key: str) -> list[Row]:
    """The objects in the list under a key."""
    return [r for r in items(row.get(key)) if isinstance(r, dict)]


def accepted(row: Row, key: str) -> list[JSON]:
    """The value under a key and the other values that are right, those of `<key>_accept`."""
    return [row.get(key), *items(row.get(f"{key}_accept"))]


def document(row: Row) -> str:
    """The document that a row settled by `load`, or a part of one, belongs to."""
    return word(row, "doc") or ""


def documents(row: Row) -> set[str]:
    """The documents that the evidence of a meeting comes from."""
    return {document(e) for e in records(row, "evidence")}


def require_folder(path: Path) -> None:
    """Nothing, when the path is a folder; else a `UsageError` that says what is expected there."""
    if not path.is_dir():
        message = f"{path} is no folder; give a folder of JSON Lines files as `reaffirm export jsonl` writes (docs/format.md)"
        raise UsageError(message)


def read(folder: Path, kind: str) -> list[Row]:
    """The rows of one file of a folder in their order; none when the file is not there."""
    path = folder / f"{kind}.jsonl"
    if not path.exists():
        return []
    # Split at line feeds only: other line separators are legal inside JSON strings (RFC 8259, section 7).
    lines = read_text(path).split("\n")
    return [_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, line ends untouched; a `UsageError` naming the file when it is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read as UTF-8 text: {error}"
        raise UsageError(message) from error


def _row(path: Path, number: int, line: str) -> Row:
    try:
        value: JSON = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = f"{path}, line {number}: not JSON ({error}); mend the line or write the folder again"
        raise UsageError(message) from error
    if not isinstance(value, dict):
        message = f"{path}, line {number}: one object a line is expected, not {type(value).__name__}"
        raise UsageError(message)
    return value


class Naming:
    """What one folder calls the documents that are scored."""

    def __init__(self, folder: Path, files: set[str]) -> None:
        self._files = files
        self._ids = {short: doc for d in read(folder, "documents") if (short := name(d.get("id"))) and (doc := word(d, "doc"))}

    def settle(self, doc: JSON) -> str | None:
        """The document of that name, last part of a path, or short id; None when it is not among the scored."""
        given = name(doc) or ""
        full = self._ids.get(given, given)
        return next((known for known in (full, Path(full).name) if known in self._files), None)


def load(folder: Path, files: set[str]) -> dict[str, list[Row]]:
    """The rows of a folder by kind, each with an id and documents by name; rows of other documents are left out."""
    naming = Naming(folder, files)
    found = {kind: [_settled(kind, n, row, naming) for n, row in enumerate(read(folder, kind))] for kind in KINDS}
    return {kind: [r for r in rows if r.get(PARTS.get(kind, "doc"))] for kind, rows in found.items()}


def _settled(kind: str, number: int, row: Row, naming: Naming) -> Row:
    settled: Row = {**row, "id": name(row.get("id")) or f"{kind}-{number}"}
    for key in {"evidence", "steps"} & row.keys():
        settled[key] = [{**part, "doc": doc} for part in records(row, key) if (doc := naming.settle(part.get("doc")))]
    if kind == "meetings":
        settled["doc"] = min(documents(settled), default=None)
        settled["optional"] = bool(row.get("optional")) or row.get("kind") == "none"
    elif kind != "threads":
        settled["doc"] = naming.settle(row.get("doc"))
    return settled
