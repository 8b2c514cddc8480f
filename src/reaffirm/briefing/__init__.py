"""Briefs: what a ledger answers about one meeting, forum, actor or issue on a day, put into sentences that are all footnoted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.brief import Brief
from reaffirm.briefing.material import gather
from reaffirm.briefing.sections import sections
from reaffirm.briefing.wordings import MOST, changes

if TYPE_CHECKING:
    from reaffirm.brief import Origin, Subject
    from reaffirm.briefing.material import Material
    from reaffirm.store.protocol import Store

NOTHING = "The ledger has rows of it, but no promise and no demand that a brief tells; `reaffirm said` and `reaffirm search` ask for more."
__all__ = ["brief", "compose", "gather"]


def brief(store: Store, subject: Subject, name: str, as_of: str | None = None) -> Brief:
    """The brief of a meeting (its id), a forum, an actor or an issue (words of the name) as of a day (EDTF); default: the newest text's.

    Raises `UsageError` where nothing in the ledger has that name.
    """
    return compose(gather(store, subject, name, as_of))


def compose(material: Material) -> Brief:
    """The brief that this material gives; pure, so that the same answers of a ledger give the same brief."""
    told, table = sections(material), changes(material)
    found = Brief(
        material.subject, material.title, material.as_of, material.basis, told, table[:MOST], max(len(table) - MOST, 0), (),
    )  # fmt: skip
    if not told:
        found = replace(found, basis=f"{found.basis} {NOTHING}")
    cited: dict[str, Origin] = {note.origin.document: note.origin for note in found.notes()}
    origins = tuple(sorted(cited.values(), key=lambda origin: (origin.day or "9999", origin.doc)))
    return replace(found, origins=origins)
