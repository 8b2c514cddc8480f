"""The rows as flat sheets, one a noun, with a codebook of every column: what CSV, XLSX and Parquet write.

A span becomes its words and, beside them, `..._start` and `..._end`; a list of spans its words with " … " between them, for reading,
and each span by itself in the sheet `spans`. A list of names is `a; b` where a format knows no lists (`joined`, `parted`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from reaffirm.export import originals
from reaffirm.export.columns import COLUMNS, SPANS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reaffirm.export.book import Book, Row
    from reaffirm.export.columns import Column

Cell = str | int | float | bool | list[str] | None
Type = Literal["text", "number", "share", "flag", "names"]
TYPES: tuple[Type, ...] = get_args(Type)
GAP = " … "
NAME = re.compile(r"(?:\A|(?<=; ))((?:\\.|[^\\;])*)(?:; |\Z)", re.DOTALL)  # in a joined list
FORCE = ("force_verb", "force_object", "force_time")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a sheet: its name, the type of its cells, what it means, and the values of a closed list."""

    name: str
    type: Type
    meaning: str
    values: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its columns, and its rows, each with one cell a column."""

    name: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]


CODEBOOK = (
    Heading("sheet", "text", "name of the sheet"),
    Heading("column", "text", "name of the column"),
    Heading("type", "text", "text, number (whole), share (0 to 1; coefficients may be below 0), flag (true, false) or names (a list)"),
    Heading("meaning", "text", "what a cell holds; an empty one: unknown, or none"),
    Heading("values", "text", "the values of a closed list"),
)
PROVENANCE = (Heading("what", "text", "program, version, filter or run"), Heading("value", "text", "its name, value or ingredients"))


def sheets(book: Book) -> list[Sheet]:
    """All sheets: one a noun, then spans, provenance and codebook; a noun without rows is an empty sheet."""
    found = [_sheet(name, columns, list(_rows(book, name))) for name, columns in COLUMNS.items()]
    found.append(_sheet("spans", SPANS, sorted(_spans(book), key=lambda row: (row["sheet"], row["row"], row["role"], row["number"]))))
    found.append(Sheet("provenance", PROVENANCE, tuple(book.provenance())))
    described = [*found, Sheet("codebook", CODEBOOK, ())]
    rows = tuple((sheet.name, h.name, h.type, h.meaning, h.values) for sheet in described for h in sheet.headings)
    return [*found, Sheet("codebook", CODEBOOK, rows)]


def _sheet(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> Sheet:
    heads = tuple(heading for column in columns for heading in headings(column))
    found = tuple(tuple(cell for column in columns for cell in _cells(column, row)) for row in rows)
    if name not in originals.CORRECTABLE:
        return Sheet(name, heads, found)
    names, total = [heading.name for heading in heads], len(found)
    told = (originals.cell(str(row[0]), name, dict(zip(names, row, strict=True)), n, total) for n, row in enumerate(found, 1))
    kept = tuple((*row, original) for row, original in zip(found, told, strict=True))
    return Sheet(name, (*heads, Heading(originals.COLUMN, "text", originals.MEANING)), kept)


def headings(column: Column) -> Iterator[Heading]:
    """The columns of a sheet that one key of a row becomes."""
    name, kind = column.name, column.kind
    plain: Type = next((known for known in TYPES if known == kind), "names" if kind == "pairs" else "text")
    yield Heading(name, plain, column.meaning, column.values)
    if kind in {"span", "spans"}:
        many = " of the first span" if kind == "spans" else ""
        yield Heading(f"{name}_start", "number", f"where {name} begins{many}: code points of the canonical text, from 0")
        yield Heading(f"{name}_end", "number", f"where {name} ends{many.replace('first', 'last')}, exclusive")


def _cells(column: Column, row: Row) -> tuple[Cell, ...]:
    value: Any = row[column.name]
    if column.kind == "span":
        return (value["text"], value["start"], value["end"]) if value else (None, None, None)
    if column.kind == "spans":
        return (GAP.join(s["text"] for s in value), value[0]["start"], value[-1]["end"]) if value else (None, None, None)
    if column.kind == "pairs":
        return ([f"{escaped(str(k), '=')} = {_said(v)}" for k, v in sorted(value.items())],)
    return (list(value) if column.kind == "names" else value,)


def _said(value: object) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _rows(book: Book, name: str) -> Iterator[Row]:
    """The rows of a sheet: those of the noun, or what is a list inside other rows (steps, silences, differences)."""
    if name == "steps":
        yield from ({**step, "thread": row["id"], "number": n} for row in book.rows["threads"] for n, step in enumerate(row["steps"], 1))
    elif name == "silences":
        yield from ({**gap, "thread": row["id"], "number": n} for row in book.rows["threads"] for n, gap in enumerate(row["silent"], 1))
    elif name == "differences":
        yield from ({**d, "copy": row["id"], "number": n} for row in book.rows["copies"] for n, d in enumerate(row["differences"], 1))
    elif name == "commitments":
        yield from ({**row, **dict(zip(FORCE, row["force"], strict=True))} for row in book.rows[name])
    else:
        yield from book.rows.get(name, ())


def _spans(book: Book) -> Iterator[Row]:
    """Every span of a list of spans, one a row."""
    for name, columns in COLUMNS.items():
        keys = [column.name for column in columns if column.kind == "spans"]
        for row in _rows(book, name) if keys else ():
            identity = f"{row['thread']}/{row['number']}" if name == "steps" else row["id"]
            for key in keys:
                for number, span in enumerate(row[key], 1):
                    home = span.get("doc", row.get("doc"))
                    yield {"sheet": name, "row": identity, "role": key, "number": number, "doc": home, "span": span}


def joined(names: Iterable[str]) -> str:
    """The list as one text: `a; b`, a semicolon or backslash within a name after a backslash; `;` alone for one empty name."""
    listed = list(names)
    return ";" if listed == [""] else "; ".join(escaped(name, ";") for name in listed)


def parted(text: str) -> list[str]:
    """The list that was joined."""
    if text in {"", ";"}:
        return [""] if text else []
    return [re.sub(r"\\(.)", r"\1", name, flags=re.DOTALL) for name in NAME.findall(text)]


def escaped(name: str, mark: str) -> str:
    """The name with a backslash before each backslash and each mark."""
    return re.sub(rf"[\\{mark}]", r"\\\g<0>", name)
