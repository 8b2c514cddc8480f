"""Coders who worked outside the ledger: a folder in the exchange format, whose rows are held against those of the ledger by their words.

Rows are matched as `score` matches them (docs/format.md): one to one, by document, from a token overlap of .5. Only documents of the very
same bytes are compared, since offsets say nothing of another text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reaffirm import judging, values
from reaffirm.errors import UsageError
from reaffirm.review import attributions
from reaffirm.review.matching import Names, spans, text
from reaffirm.review.opinions import HOLDS, MACHINE, NO, YES, Case, Opinion
from reaffirm.review.rows import document, load, read, require_folder, word, words
from reaffirm.review.tally import Tally
from reaffirm.sequels import SPAN
from reaffirm.store import coders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reaffirm.review.opinions import Found, Kind
    from reaffirm.review.rows import Row
    from reaffirm.store.protocol import Store

SCORERS = {"statement": attributions.statements, "commitment": attributions.commitments, "demand": attributions.demands}
FORCE = frozenset({"strength", "band"})
WORDS = {"statement": "content", "commitment": "action", "demand": "action"}


@dataclass(frozen=True, slots=True)
class Outsider:
    """What a folder says: its name, by which its coder is called, the documents of the ledger that it codes, and its rows by kind."""

    name: str
    folder: Path
    homes: Mapping[str, str]  # by the name that the folder has for it, the id of a document of the ledger
    rows: Mapping[str, list[Row]] = field(default_factory=dict)

    def codes(self, home: str) -> bool:
        """Whether a document of the ledger (its id) is coded there."""
        return home in self.homes.values()


def outsider(store: Store, folder: Path) -> Outsider:
    """The coder of a folder; a `UsageError` where none of its documents has the bytes of one of the ledger."""
    require_folder(folder)
    cards = {document(card): word(card, "sha256") or "" for card in read(folder, "documents") if document(card)}
    known = coders.listed(store)
    homes = {name: known[sha256] for name, sha256 in cards.items() if sha256 in known}
    if not homes:
        message = f"no document of {folder} has the bytes of one of this ledger; read the same files in, then compare"
        raise UsageError(message)
    return Outsider(folder.resolve().name, folder, homes, load(folder, set(homes)))


def cases(found: Iterable[tuple[Found, Case]], coder: Outsider, kind: Kind) -> list[Case]:
    """The cases of a kind with what an outsider says of each, and those that only the outsider has, which the machine did not read.

    A row of the ledger that has no fellow there is none, unless the outsider left its class open in that document.
    """
    rows = list(found)
    names = {home: name for name, home in coder.homes.items()}
    here = [(one, case) for one, case in rows if one.document in names]
    given = [row for row in coder.rows.get(f"{kind}s", ()) if document(row) in coder.homes]
    read_rows: list[Row] = [_row(one, kind, names[one.document]) for one, _ in here]
    pairs = SCORERS[kind](given, read_rows, Names(read(coder.folder, "actors")), Tally({}))
    twins = {str(mine["id"]): theirs for theirs, mine in pairs}
    left_open = {(document(card), name) for card in read(coder.folder, "documents") for name in words(card.get("incomplete"))}
    told = []
    for one, case in rows:
        theirs = twins.get(one.row)
        silent = one.document not in names or (theirs is None and (names[one.document], str(one.read.get("class"))) in left_open)
        told.append(case if silent else _with(case, coder.name, theirs, kind))
    known = {id(theirs) for theirs, _ in pairs}
    return [*told, *(_missed(row, coder, kind) for row in given if id(row) not in known and not row.get("optional"))]


def _row(found: Found, kind: Kind, doc: str) -> Row:
    """A row of the ledger as the exchange format has it, as far as rows are matched by it."""
    place: list[Row] = [{"text": span.exact, "start": span.start, "end": span.end} for span in found.spans]
    own: Row = {name: list(value) if isinstance(value, list | tuple) else value for name, value in found.read.items() if name != SPAN}  # type: ignore[misc] # fields hold texts, numbers and names
    return {**own, "id": found.row, "doc": doc, WORDS[kind]: place if kind == "statement" else place[0]}  # type: ignore[dict-item] # rows are JSON


def _with(case: Case, name: str, theirs: Row | None, kind: Kind) -> Case:
    opinion = Opinion(name, {HOLDS: NO} if theirs is None else _values(theirs, kind))
    return Case(
        case.row, case.document, case.doc, case.quote, case.places, case.rule, case.entry, (*case.opinions, opinion), case.settled
    )  # fmt: skip


def _values(row: Row, kind: Kind) -> dict[str, str]:
    fields = judging.FIELDS["N" if kind == "demand" else kind[0].upper()]
    apart = FORCE if row.get("polarity") == "withheld" else frozenset()  # of what is withheld the format has no force
    told = {name: values.plain(row.get(name)) for name in fields if name in row and name not in apart}
    return {HOLDS: YES, **told, SPAN: "; ".join(f"{start}-{end}" for start, end in _places(row, kind))}


def _places(row: Row, kind: Kind) -> list[tuple[int, int]]:
    found = [(span.get("start"), span.get("end")) for span in spans(row.get(WORDS[kind]))]
    return [(start, end) for start, end in found if isinstance(start, int) and isinstance(end, int)]


def _missed(row: Row, coder: Outsider, kind: Kind) -> Case:
    """A row that only the outsider has."""
    opinions = (Opinion(MACHINE, {HOLDS: NO}), Opinion(coder.name, _values(row, kind)))
    doc, quote = document(row), " ".join(text(row.get(WORDS[kind])).split())
    return Case(f"{coder.name}:{row['id']}", coder.homes[doc], doc, quote, tuple(_places(row, kind)), "", "", opinions)
