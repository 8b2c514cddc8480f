"""What a person may decide about a row: the fields that can be corrected, their values, and the Judgement that keeps the decision."""

from __future__ import annotations

import getpass
import json
import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args

from reaffirm import proposals
from reaffirm.days import bounds
from reaffirm.errors import UsageError
from reaffirm.model import Act, Certainty, Directness, Factuality, Judgement, digest
from reaffirm.readings import Band, DemandClass, EvidenceMode, Polarity, Tone
from reaffirm.sequels import ADDED, COMMENT, SPAN
from reaffirm.store import blinding, loading, people, queries
from reaffirm.store import proposals as store_proposals
from reaffirm.store.proof import furniture_of, touches
from reaffirm.text import anchor, trim

if TYPE_CHECKING:
    from reaffirm.model import Decision, Document, Verdict
    from reaffirm.store.protocol import Store

Extent = tuple[int, int]
Values = tuple[str, ...] | None  # those that the exchange format allows; None: a list of names
NUMBERS = tuple("0123456")
# What a person may correct, by the letter with which the ids of a kind of row begin.
FIELDS: dict[str, dict[str, Values]] = {
    "S": {
        "speakers": None, "parties": None, "directness": get_args(Directness), "factuality": get_args(Factuality),
        "act": get_args(Act), "strength": NUMBERS, "certainty": get_args(Certainty), "span": (),
    },
    "C": {
        "parties": None, "undertaker": None, "polarity": get_args(Polarity), "strength": NUMBERS, "band": get_args(Band),
        "evidence_mode": get_args(EvidenceMode), "due": (), "span": (),
    },
    "N": {
        "holder": None, "target": None, "class": get_args(DemandClass), "strength": NUMBERS[1:5], "polarity": get_args(Tone),
        "span": (),
    },
    "M": {"date": ()},
}  # fmt: skip
DATED = frozenset({"due", "date"})  # their values are dates
MAY_BE_UNKNOWN = {"act", "strength", "certainty", "due", "date", "polarity"}
SHOWN = {  # judged as a whole by these
    "S": ("speakers", "directness"), "C": ("parties", "undertaker"), "N": ("holder", "target"),
    "M": ("label", "status", "date", "participants"),
}  # fmt: skip
EXTENT = re.compile(r"(\d{1,10})-(\d{1,10})(?: (.*))?", re.DOTALL)


def decision(store: Store, row: str, verdict: Verdict, change: str | None, who: str | None) -> Judgement:
    """The judgement on a statement, commitment, demand or meeting (accepted, rejected ...; corrected: `field=value`); not yet recorded."""
    key = queries.resolve_row(store, row)
    if key[0] not in FIELDS:
        message = (
            f"{row} is no statement, commitment, demand or meeting; only these can be judged (`date` dates a document)"
        )
        raise UsageError(message)
    found = proposals.read(store, [key]).get(key)
    if found is None:
        message = f"{key} is no longer listed: the document is read otherwise now; judge the row that took its place (`reaffirm queue`)"
        raise UsageError(message)
    name, value = _change(store, found, change) if verdict == "corrected" else (None, None)
    judged = found.values[name] if name else {field: found.values[field] for field in SHOWN[key[0]]}
    return judgement(found.row, verdict, name, value, (found.quote, judged), who)


def judgement(row: str, verdict: Decision, field: str | None, value: str | None, read: tuple[str, object], who: str | None) -> Judgement:
    """A judgement made now, with the words and the machine's value (`read`) that were judged; equal decisions have the equal id."""
    who = who or user()
    key = digest(row, verdict, field, value, who)[:16]
    return Judgement(f"J-{key}", row, verdict, field, value, read[0], json.dumps(read[1], ensure_ascii=False), who, now())


def comment(store: Store, row: str, text: str, who: str | None) -> Judgement:
    """A remark on a row of any kind, which says nothing of whether the row is right; not yet recorded."""
    key = queries.resolve_row(store, row)
    if not text.strip():
        message = "a comment needs words; `undo` takes the last one back"
        raise UsageError(message)
    found = proposals.read(store, [key]).get(key)
    return judgement(key, "noted", COMMENT, text.strip(), (found.quote if found else key, None), who)


def addition(store: Store, document: str, kind: people.Kind, words: str, who: str | None) -> Judgement:
    """A row that a person saw and the machine did not: its words, or where they stand (START-END); not yet recorded."""
    home = loading.document(store, queries.document_id(store, document))
    start, end = _place(home, words, (0, len(home.text)))
    listed = proposals.read(store, store_proposals.of_document(store, home.id, kind))
    seen = people.seen(home, kind, start, end)
    same = next((row for row, found in listed.items() if [(s.start, s.end) for s in found.words] == [(start, end)]), None)
    if same and not (same == seen.id and blinding.is_blind(store)):  # who codes blind may well add what another added
        message = f"these words are read as a {kind} already: {same}; judge that row"
        raise UsageError(message)
    return judgement(seen.id, "added", ADDED, seen.column(), (seen.words, None), who)


def place(store: Store, row: str, words: str) -> str:
    """Where words stand that are said to be those of a row, as START-END; a `UsageError` where they stand not just once in its document."""
    found = proposals.read(store, [row])[row]
    places = anchor(loading.text(store, found.document), words)
    if len(places) != 1:
        message = f"“{words[:80]}” stands {len(places)} times in {found.doc}; give also where they begin and end, in code points"
        raise UsageError(message)
    return f"{places[0][0]}-{places[0][1]}"


def _place(document: Document, told: str, within: Extent) -> Extent:
    """The extent that is meant by START-END (and its words), or by words that stand once in the text, or once within an extent of it."""
    by_number = EXTENT.fullmatch(told.strip())
    if by_number:
        start, end = int(by_number[1]), int(by_number[2])
        if not start < end <= len(document.text) or (by_number[3] and by_number[3] != document.text[start:end]):
            message = f"{start}-{end} are not those words of {document.id}; offsets are code points, and the text has {len(document.text)}"
            raise UsageError(message)
        start, end = trim(document.text, start, end)
    else:
        found = anchor(document.text, told)
        near = [extent for extent in found if within[0] <= extent[0] and extent[1] <= within[1]]
        if len(near or found) != 1:
            message = f"“{told[:80]}” stands {len(near or found)} times in the text; give more words, or START-END in code points"
            raise UsageError(message)
        start, end = (near or found)[0]
    if start >= end or touches(furniture_of(document.blocks), document.span(start, end)):
        message = f"{start}-{end} are no words of the text's body; evidence lies in no furniture (menus, page numbers)"
        raise UsageError(message)
    return start, end


def _change(store: Store, row: proposals.Proposal, change: str | None) -> tuple[str, str]:
    """The field that is corrected and its right value, as a judgement keeps them."""
    name, mark, value = (part.strip() for part in (change or "").partition("="))
    fields = FIELDS[row.row[0]]
    if not mark or name not in fields:
        first = next(iter(fields))
        message = f"say what to correct as FIELD=VALUE, for instance '{first}=Ana Duarte; Jonas Weidel'; fields: {', '.join(fields)}"
        raise UsageError(message)
    if name == SPAN:
        home = loading.document(store, row.document)
        start, end = _place(home, value, store_proposals.around(store, row.document, row.words[0].start, row.words[-1].end))
        return name, f"{start}-{end} {home.text[start:end]}"
    return name, _value(name, value, fields[name])


def _value(name: str, value: str, allowed: Values) -> str:
    if allowed is None:
        return _names(name, value)
    known = bounds(value) is not None if name in DATED else value in allowed
    if not known and not (name in MAY_BE_UNKNOWN and not value):
        unknown = ", or nothing for unknown" if name in MAY_BE_UNKNOWN else ""
        one_of = "write an EDTF date such as 2031-04 or 2031-04-15" if name in DATED else f"choose one of: {', '.join(allowed)}"
        message = f"{name} cannot be {value!r}; {one_of}{unknown}"
        raise UsageError(message)
    return value


def _names(field: str, value: str) -> str:
    if not value.strip("; "):
        message = f"{field} needs at least one name; where nobody is known write ?"
        raise UsageError(message)
    return "; ".join(part.strip() for part in value.split(";") if part.strip())


def user() -> str:
    """Who is at work, as far as this machine knows."""
    try:
        return os.environ.get("REAFFIRM_USER") or getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in containers
        return "unknown"


def now() -> str:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
