"""A part of the ledger to take away: the filters of `said` and `commitments`, applied to the rows of the exchange format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from reaffirm.days import bounds, period
from reaffirm.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reaffirm.export.book import Book, Row

ITEMS = ("statements", "commitments", "demands")
PARTIES = {"statements": ("parties",), "commitments": ("parties",), "demands": ("holder", "target")}


class Filters(TypedDict, total=False):
    """What a part may be asked by; a row must meet every filter that is given."""

    document: str | None  # a document's name, id, or the beginning of its id
    forum: str | None  # words of the forum whose meeting the document tells
    since: str | None  # EDTF: the document may be of that day or later; documents without a date are in no period
    until: str | None
    issue: str | None  # an issue of the issues pack, or words of a thing that is named
    speaker: str | None  # a name or a part of one
    party: str | None  # who is bound or spoken for; of a demand: whose it is, or who is asked


def part(book: Book, **wanted: Unpack[Filters]) -> Book:
    """The rows that meet all filters, and what belongs to them.

    Document, forum and period choose documents; issue, speaker and party choose statements, commitments and demands, and then documents
    in which none is left go. A commitment or demand has the speakers of its statement. A meeting stays when a document that
    stays tells it, a thread (whole) when one of its members stays, an actor when a row that stays names it.
    """
    given = {name: str(value) for name, value in wanted.items() if value}
    if not given:
        return book
    docs = _documents(book, given)
    kept = {kind: _items(book, kind, docs, given) for kind in ITEMS}
    if {"issue", "speaker", "party"} & set(given):
        docs = {row["doc"] for rows in kept.values() for row in rows}
    kept |= _rest(book, docs, {row["id"] for rows in kept.values() for row in rows})
    named = {name for rows in kept.values() for row in rows for name in _names(row)}
    kept["actors"] = tuple(row for row in book.rows["actors"] if row["name"] in named)
    texts = {doc: text for doc, text in book.texts.items() if doc in docs}
    runs = {row["run"] for row in kept["documents"]}
    filters = tuple(sorted(given.items()))
    return replace(book, rows=kept, texts=texts, runs=tuple(run for run in book.runs if run.id in runs), filters=filters)


def _documents(book: Book, given: Mapping[str, str]) -> set[str]:
    """The names of the documents that document, forum and period choose; a `UsageError` when a document is asked for that is not there."""
    rows = [row for row in book.rows["documents"] if _called(row, given.get("document", ""))]
    if "document" in given and not rows:
        message = f"no document is called {given['document']!r}; `reaffirm documents` lists them"
        raise UsageError(message)
    if "forum" in given:
        forum = given["forum"].casefold()
        labels = {row["forum"] for row in book.rows["meetings"] if forum in f"{row['forum_id'] or ''}\n{row['forum']}".casefold()}
        rows = [row for row in rows if labels & set(row["forums"])]
    if "since" in given or "until" in given:
        first, last = period(given.get("since"), given.get("until"))
        rows = [row for row in rows if _within(row, first, last)]
    return {row["doc"] for row in rows}


def _called(row: Row, name: str) -> bool:
    return not name or row["doc"] == name or (name[:2].upper() == "D-" and row["id"].startswith(f"D-{name[2:].lower()}"))


def _within(row: Row, first: str, last: str) -> bool:
    days = (bounds(value) for value in (row["published"], *row["event_dates"]))
    return any(extent is not None and extent[1] >= first and extent[0] <= last for extent in days)


def _items(book: Book, kind: str, docs: Collection[str], given: Mapping[str, str]) -> tuple[Row, ...]:
    speaking = _speaking(book, given["speaker"]) if "speaker" in given else None
    issue, party = (given.get(name, "").casefold() for name in ("issue", "party"))
    return tuple(
        row
        for row in book.rows[kind]
        if row["doc"] in docs
        and (speaking is None or (row["id"] if kind == "statements" else row["statement"]) in speaking)
        and _holds(row["issues"], issue)
        and _holds(_alike(book, (name for key in PARTIES[kind] for name in row[key])), party)
    )


def _alike(book: Book, names: Iterable[str]) -> set[str]:
    """These names, and the others of their actors."""
    told = set(names)
    stand = {book.same[name] for name in told if name in book.same}
    return told | {name for name, first in book.same.items() if first in stand}


def _holds(values: Iterable[str], wanted: str) -> bool:
    return not wanted or any(wanted in value.casefold() for value in values)


def _speaking(book: Book, wanted: str) -> set[str]:
    """The ids of the statements of the speaker meant: of the name itself where it occurs, else of all names that contain it."""
    sought = wanted.casefold()
    names = ((row["id"], _alike(book, (*row["speakers"], *row["speakers_external"]))) for row in book.rows["statements"])
    heard = [(key, {name.casefold() for name in told}) for key, told in names]
    exact = {key for key, names in heard if sought in names}
    return exact or {key for key, names in heard if any(sought in name for name in names)}


def _rest(book: Book, docs: Collection[str], items: set[str]) -> dict[str, tuple[Row, ...]]:
    """The rows of the other kinds that hang on the documents and items that stay."""
    rows = book.rows
    meetings = tuple(row for row in rows["meetings"] if any(place["doc"] in docs for place in row["evidence"]))
    members = items | {row["id"] for row in meetings}
    return {
        "documents": tuple(row for row in rows["documents"] if row["doc"] in docs),
        "meetings": meetings,
        "mentions": tuple(row for row in rows["mentions"] if row["doc"] in docs),
        "timex": tuple(row for row in rows["timex"] if row["doc"] in docs),
        "threads": tuple(row for row in rows["threads"] if any(members & set(step["members"]) for step in row["steps"])),
        "problems": tuple(row for row in rows["problems"] if {row["doc"], *(place["doc"] for place in row["evidence"])} & set(docs)),
        "copies": tuple(row for row in rows["copies"] if {row["a"], row["b"]} & set(docs)),
        "codings": tuple(row for row in rows.get("codings", ()) if row["doc"] in docs),
        "agreement": (), "accuracy": (),  # figures of the whole
    }  # fmt: skip


def _names(row: Row) -> set[str]:
    keys = ("speakers", "speakers_external", "parties", "undertaker", "persons", "holder", "target", "participants",
            "participants_external", "states", "names")  # fmt: skip
    found: dict[str, Any] = {key: row.get(key) or () for key in keys}
    return {name for names in found.values() for name in names}
