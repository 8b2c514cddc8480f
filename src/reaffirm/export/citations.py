"""What RIS and CSL-JSON say alike of a document: its type, title, people and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.export.escapes import legible

if TYPE_CHECKING:
    from reaffirm.export.book import Row

# Type in RIS and in CSL by genre; whoever issues it, an editorial is cited as an article of a newspaper.
TYPES = {
    "joint statement": ("GOVDOC", "document"), "communique": ("GOVDOC", "document"), "fact sheet": ("GOVDOC", "document"),
    "press-conference transcript": ("HEAR", "interview"), "gist": ("GOVDOC", "document"), "remarks": ("GOVDOC", "speech"),
    "editorial": ("NEWS", "article-newspaper"), "analysis": ("MGZN", "article-magazine"), "news report": ("NEWS", "article-newspaper"),
    "reaction": ("GEN", "document"), "other": ("GEN", "document"),
}  # fmt: skip


def types(row: Row) -> tuple[str, str]:
    """The types of a document's row in RIS and CSL."""
    return TYPES.get(row["kind"] or "other", TYPES["other"])


def title(row: Row) -> str:
    """The title on one line, the public name where there is none."""
    return legible(row["title"]["text"] if row["title"] else row["doc"]) or legible(row["doc"])


def parts(edtf: str | None) -> list[list[int]]:
    """The numbers of a date (year, month, day, as far as they are known), two lists for an interval; none where it is open or uncertain."""
    found = [side.split("-") for side in (edtf or "").split("/")]
    sound = all(number.isdigit() for side in found for number in side) and all(not side[1:] or int(side[1]) <= 12 for side in found)
    return [[int(number) for number in side] for side in found] if sound else []
