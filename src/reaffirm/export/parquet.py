"""Parquet: a folder of tables with types, one a sheet; lists are lists, unknown is null, and each file says what made it.

Needs pyarrow, which is large and so no part of the base installation: `pip install 'reaffirm[exports]'`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from reaffirm.errors import UsageError
from reaffirm.export.book import TOOL
from reaffirm.export.sheets import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.export.book import Book
    from reaffirm.export.sheets import Sheet


def files(book: Book) -> Iterator[tuple[str, bytes]]:
    """The files as (name, bytes), one a sheet; a `UsageError` that says what to install where pyarrow is missing."""
    try:
        import pyarrow  # noqa: ICN001, PLC0415 - large, and asked for by this format alone
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        message = "Parquet needs pyarrow, which is not installed: pip install 'reaffirm[exports]', or export csv"
        raise UsageError(message) from error
    about = {f"reaffirm.{number} {what}": value for number, (what, value) in enumerate(book.provenance(), 1)} | {"program": TOOL}
    for sheet in sheets(book):
        out = io.BytesIO()
        parquet.write_table(_table(pyarrow, sheet, about), out)
        yield f"{sheet.name}.parquet", out.getvalue()


def _table(arrow: Any, sheet: Sheet, about: dict[str, str]) -> Any:  # noqa: ANN401 - the library ships no types
    """The sheet as the library holds it: each column of its type, with its meaning and values beside its name."""
    types = {
        "text": arrow.string(), "number": arrow.int64(), "share": arrow.float64(), "flag": arrow.bool_(),
        "names": arrow.list_(arrow.string()),
    }  # fmt: skip
    fields = [
        arrow.field(h.name, types[h.type], metadata={"meaning": h.meaning, "values": h.values}) for h in sheet.headings
    ]  # fmt: skip
    columns = [list(column) for column in zip(*sheet.rows, strict=True)] if sheet.rows else [[] for _ in fields]
    return arrow.Table.from_arrays(
        [arrow.array(column, type=field.type) for column, field in zip(columns, fields, strict=True)],
        schema=arrow.schema(fields, metadata=about),
    )
