"""The register of offices as a person reads it in a terminal; no logic, only layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.show.lines import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from reaffirm.resolve.incumbents import Incumbent


def incumbents(console: Console, found: Sequence[Incumbent]) -> None:
    """Nothing: prints the terms, two lines each: person, office, term; and where that is from."""
    for row in found:
        marks = [*(["acting"] if row.acting else []), *([] if row.sourced else ["unverified"])]
        term = f"  {row.start} to {row.end or 'now'}"
        line(console, (row.person, "bold"), f", {row.office} ({row.state})", term, f"  [{', '.join(marks)}]" if marks else "")
        source = row.source if row.sourced else "general knowledge, no source"
        line(console, (f"    {source}{'; ' + row.note if row.note else ''}", "dim"))
    if not found:
        line(console, "nobody is known for that day; docs/offices-gaps.md lists the gaps, and a folder of packs can fill one")
